from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.reports.timeline import measure_density, measure_length, place_ticks
from made_outcomes import make_outcome, make_track
from strategies import tracks

HOUR_MS = 3_600_000


@given(tracks(), st.integers(1, 300))
def test_density_is_a_share_of_the_densest(track, bins):
    said = measure_density(track.cues, max(1, track.duration_ms), bins)
    assert len(said) == bins
    assert all(0 <= share <= 1 for share in said)


def test_density_is_where_the_words_are():
    track = make_track(2, step_ms=50_000)
    assert [share > 0 for share in measure_density(track.cues, 75_000, 3)] == [True, False, True]


@given(st.integers(1, 30 * HOUR_MS), st.integers(2, 20))
def test_ticks_are_few_and_inside(length_ms, most):
    ticks = place_ticks(length_ms, most)
    assert len(ticks) <= most
    assert ticks[0] == 0
    assert ticks[-1] < length_ms


@pytest.mark.parametrize(("hours", "step"), [(0.75, 5), (20, 120)])
def test_ticks_are_round_times(hours, step):
    ticks = place_ticks(int(hours * HOUR_MS), 11)
    assert ticks[1] == step * 60_000


def test_length_of_an_empty_track_is_not_zero():
    assert measure_length(make_outcome(0, track=make_track(0))) == 1_000
