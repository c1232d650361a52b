"""Which windows are looked at, and what stands at the top of the picture."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import Cue
from headnotes.scheduling import ReadingLoad, join_tops
from headnotes.scheduling.placement import Screen, Windows
from headnotes.scheduling.spans import Span


def cue(start_ms, end_ms, chars=0, *, is_top=False):
    text = "x" * chars
    return Cue(
        number=1,
        start_ms=start_ms,
        end_ms=end_ms,
        text=text,
        spoken=text,
        raw=text,
        is_top=is_top,
    )


def find(*cues, chars=42, start_ms=0, end_ms=60_000, tops=()):
    span = Span(start_ms=start_ms, end_ms=end_ms)
    return Windows(Screen(ReadingLoad(cues), tops), chars, span).list_within(inf)


def starts(*cues, **more):
    return sorted({window.start_ms for window in find(*cues, **more)})


def test_silence_is_looked_at_every_second():
    assert starts(end_ms=10_000) == [0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000]
    assert starts(start_ms=500, end_ms=5_740) == [500, 1_500, 2_500]


@pytest.mark.parametrize(
    ("end_ms", "second_ms", "count"),
    [(243_240, 1_000, 241), (244_200, 1_010, 241), (483_240, 2_000, 241)],
    ids=["four-minutes", "a-little-more", "eight-minutes"],
)
def test_long_silence_is_looked_at_two_hundred_and_forty_times(end_ms, second_ms, count):
    found = starts(end_ms=end_ms)
    assert (found[1], len(found)) == (second_ms, count)


def test_window_may_begin_or_end_where_a_cue_does():
    # 42 characters take 3,240 ms; what is not on the grid of 10 ms begins just after.
    found = starts(cue(4_333, 5_555, 5), end_ms=9_000)
    assert found == [0, 1_000, 1_100, 2_000, 2_320, 3_000, 4_000, 4_340, 5_000, 5_560]


def test_hundred_cue_bounds_of_a_span_are_looked_at():
    asked = []

    class Load(ReadingLoad):
        def list_bounds(self, first_ms, last_ms, at_most):
            asked.append((first_ms, last_ms, at_most))
            return super().list_bounds(first_ms, last_ms, at_most)

    Windows(Screen(Load([]), ()), 42, Span(start_ms=2_000, end_ms=60_000))
    assert asked == [(2_000, 60_000, 100)]


def test_stretched_window_reaches_the_end_of_its_span():
    # 18 characters a second of dialogue are over the aim; the last step is shorter than the others.
    longest = max(find(cue(0, 60_000, 1_080), end_ms=6_430), key=lambda window: window.end_ms)
    assert longest[:2] == (0, 6_430)


def test_end_of_a_span_off_the_grid_is_left_to_the_grid():
    assert find(end_ms=3_249)[-1][:2] == (0, 3_240)


CHATTER = [cue(second * 1_000, second * 1_000 + 800, second % 30) for second in range(60)]


@given(
    cues=st.lists(
        st.builds(cue, st.integers(0, 30_000), st.integers(30_000, 60_000), st.integers(0, 300))
    ),
    chars=st.integers(1, 91),
    limits=st.lists(st.floats(0, 50), max_size=4),
)
def test_windows_within_a_cost_are_listed_whatever_was_looked_at_before(cues, chars, limits):
    screen = Screen(ReadingLoad([*CHATTER, *cues]), ())
    span = Span(start_ms=0, end_ms=60_000)
    every = Windows(screen, chars, span).list_within(inf)
    windows = Windows(screen, chars, span)
    assert windows.least_cost == min((window.cost for window in every), default=inf)
    for beyond in limits:
        most = windows.least_cost + beyond
        assert windows.list_within(beyond) == [each for each in every if each.cost <= most]


def test_no_more_is_looked_at_than_may_matter(monkeypatch):
    # 42 characters in 3,240 ms are 12.963 a second, and each second of waiting is half of one more
    looked: list[int] = []
    look_from = Windows._look_from

    def look_and_keep(windows, start_ms, waiting):
        looked.append(start_ms)
        look_from(windows, start_ms, waiting)

    monkeypatch.setattr(Windows, "_look_from", look_and_keep)
    windows = Windows(Screen(ReadingLoad([]), ()), 42, Span(start_ms=0, end_ms=60_000))
    assert looked == [0]
    assert len(windows.list_within(1.0)) == 3
    assert looked == [0, 1_000, 2_000]


def test_note_too_long_for_any_window_has_none():
    assert find(chars=92) == []


@pytest.mark.parametrize(
    ("tops", "cost"),
    [
        ((), 12.963),
        (((0, 10_000),), 42.963),
        (((3_230, 5_000),), 42.963),
        (((3_240, 5_000),), 12.963),
        (((-5_000, 0),), 12.963),
        (((-5_000, 10),), 42.963),
        (((-5_000, -4_000), (-3_000, 10), (3_240, 4_000)), 42.963),
    ],
    ids=["free", "covered", "late", "just-after", "just-before", "early", "several"],
)
def test_dialogue_at_the_top_costs_thirty_where_it_meets_a_window(tops, cost):
    assert find(end_ms=3_240, tops=tops)[0].cost == pytest.approx(cost, abs=0.001)


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([(0, 10), (20, 30)], [(0, 10), (20, 30)]),
        ([(20, 30), (0, 10)], [(0, 10), (20, 30)]),
        ([(0, 10), (20, 30), (25, 40)], [(0, 10), (20, 40)]),
        ([(0, 10), (20, 50), (25, 40)], [(0, 10), (20, 50)]),
        ([(0, 10), (10, 20)], [(0, 20)]),
        ([(0, 10), (11, 20)], [(0, 10), (11, 20)]),
    ],
    ids=["apart", "sorted", "overlap", "inside", "touch", "nearly"],
)
def test_cues_at_the_top_are_joined_where_they_meet(spans, joined):
    cues = [cue(start, end, is_top=True) for start, end in spans]
    assert join_tops([*cues, cue(0, 100)]) == joined
