from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from headnotes.languages import load_messages
from headnotes.reports.pages.timeline import make_timeline, place_rows
from headnotes.reports.played import group_cards
from headnotes.reports.view import make_cards
from made_outcomes import make_outcome

PLACES = st.lists(st.floats(0, 1), max_size=80).map(sorted)


@given(PLACES, st.floats(0.001, 0.5))
def test_marks_of_one_row_do_not_touch(places, gap):
    rows = place_rows(places, gap)
    rowed = zip(rows, places, strict=True)
    placed = sorted((row, place) for row, place in rowed if row is not None)
    apart = [b - a for (row, a), (next_row, b) in pairwise(placed) if row == next_row]
    assert all(distance >= gap for distance in apart)


@given(PLACES)
def test_mark_without_room_finds_all_rows_full(places):
    rows = place_rows(places, 0.1, most=2)
    assert {row for row in rows if row is not None} <= {0, 1}


def make(note_count):
    outcome = make_outcome(note_count)
    messages = load_messages("en")
    return make_timeline(outcome, group_cards(make_cards(outcome, messages), outcome, messages))


def test_each_topic_has_a_lane_with_all_its_notes():
    lanes = make(40).lanes
    assert [lane.name for lane in lanes] == ["blutmai", "comintern", "trotskyists"]
    assert sum(len(lane.spots) for lane in lanes) == 40


def test_marks_beyond_the_rows_are_counted():
    lane = make(1_200).lanes[0]
    assert 0 < lane.wide_hidden < lane.narrow_hidden < 400


def test_passages_are_drawn_to_scale_with_their_verdicts():
    timeline = make(3)
    first = timeline.blocks[0]
    assert (round(first.at * timeline.length), first.verdicts) == (20_000, {"accurate": 1})
    assert len(timeline.areas.spots) == len(timeline.blocks) == 3
