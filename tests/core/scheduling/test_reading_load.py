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


def test_cue_without_duration_lasts_a_millisecond():
    load = ReadingLoad([cue("x" * 10, 1_000, 1_000), cue("x" * 10, 3_000, 2_000)])
    assert load.bounds_ms == [1_000, 1_001, 3_000, 3_001]


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


@pytest.mark.parametrize(
    ("count", "at_most", "kept"),
    [(3, 3, [0, 1, 2]), (4, 3, [0, 2]), (6, 3, [0, 2, 4]), (7, 3, [0, 3, 6]), (2, 1, [0])],
)
def test_no_more_bounds_are_listed_than_asked_for(count, at_most, kept):
    load = ReadingLoad([cue("x", at * 100, at * 100 + 100) for at in range(count - 1)])
    assert list(load.list_bounds(0, 10_000, at_most)) == [at * 100 for at in kept]
    assert list(load.list_bounds(20_000, 30_000, at_most)) == []


def test_bounds_at_either_end_are_listed():
    load = ReadingLoad([cue("x", 1_000, 2_000), cue("x", 3_000, 4_000)])
    assert list(load.list_bounds(2_000, 3_000, 9)) == [2_000, 3_000]
    assert list(load.list_bounds(2_001, 2_999, 9)) == []


def test_window_without_duration_has_a_speed():
    assert LOAD.measure_cps(5, 900, 900) == pytest.approx(5_000)
    assert LOAD.measure_cps(5, 900, 902) == pytest.approx(2_500)
