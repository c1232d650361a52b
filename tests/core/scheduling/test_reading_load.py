import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import Cue
from headnotes.scheduling import ReadingLoad, count_chars
from strategies import tracks


def cue(text, start_ms, end_ms):
    return Cue(number=1, start_ms=start_ms, end_ms=end_ms, text=text, spoken=text, raw=text)


LOAD = ReadingLoad([cue("x" * 10, 1_000, 2_000), cue("x" * 30, 1_500, 4_500)])


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "chars"),
    [(0, 1_000, 0), (1_000, 1_500, 5), (0, 9_000, 40), (2_500, 3_500, 10), (5_000, 9_000, 0)],
)
def test_half_a_cue_counts_half(start_ms, end_ms, chars):
    assert LOAD.count_chars(start_ms, end_ms) == pytest.approx(chars)


def test_cue_without_duration_counts_once():
    load = ReadingLoad([cue("x" * 10, 1_000, 1_000)])
    assert load.count_chars(0, 5_000) == pytest.approx(10)


def test_speed_adds_note_and_dialogue():
    assert LOAD.measure_cps(20, 1_000, 4_000) == pytest.approx((20 + 10 + 25) / 3)


def test_joiners_are_not_read():
    assert count_chars("a\u2060b\nc") == 4


@given(tracks(), st.integers(0, 90_000), st.integers(0, 90_000), st.integers(0, 90_000))
def test_parts_of_a_window_add_up(track, first, second, third):
    first, second, third = sorted((first, second, third))
    load = ReadingLoad(track.cues)
    parts = load.count_chars(first, second) + load.count_chars(second, third)
    assert load.count_chars(first, third) == pytest.approx(parts, abs=1e-6)


def test_bounds_are_thinned_out_evenly():
    load = ReadingLoad([cue("x", at * 100, at * 100 + 100) for at in range(1_000)])
    assert list(load.list_bounds(0, 90_000, 3)) == [0, 30_100, 60_200]
    assert list(load.list_bounds(250, 550, 200)) == [300, 400, 500]
