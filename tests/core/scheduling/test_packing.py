"""Rows of headnotes in small cases, where the best order and the best windows can be seen."""

import pytest

from headnotes.scheduling.packing import Row
from headnotes.scheduling.placement import Window


def row_of(*slots):
    row = Row()
    for at, slot in enumerate(slots):
        row = row.with_slot(at, slot)
    return row


def at(*starts, costs=None):
    """Windows of three seconds that begin at these times, for nothing unless costs are given."""
    return [
        Window(start, start + 3_000, cost)
        for start, cost in zip(starts, costs or [0.0] * len(starts), strict=True)
    ]


def test_first_headnote_takes_the_first_place():
    assert Row().find_place(at(0)) == 0


@pytest.mark.parametrize(
    ("there", "coming", "place"),
    [
        (at(0), at(5_000), 1),
        (at(0), at(4_990), None),
        (at(5_000), at(0), 0),
        (at(4_990), at(0), None),
        (at(0, 5_000), at(0, 5_000), 1),
        (at(0, 5_000), at(0, 5_000, costs=[0.0, 0.5]), 0),
        (at(0, 5_000, costs=[0.5, 0.0]), at(0, 5_000), 0),
        (at(0, 5_000, costs=[0.0, 0.5]), at(0, 5_000), 1),
        (at(0, 5_000), at(0, 5_000, costs=[0.5, 0.0]), 1),
        (at(0, 5_000, costs=[2.0, 0.0]), at(0, 5_000, costs=[0.0, 1.5]), 0),
    ],
    ids=[
        *("just-after", "too-near-after", "just-before", "too-near-before", "equals-come-after"),
        *("cheaper-before", "other-cheaper-after", "other-cheaper-before", "cheaper-after"),
        "sum-decides",
    ],
)
def test_place_is_where_all_together_cost_least(there, coming, place):
    assert row_of(there).find_place(coming) == place


def test_headnote_goes_between_two_others():
    row = row_of(at(0), at(10_000))
    assert row.find_place(at(5_000)) == 1
    assert row.find_place(at(4_990, 5_010)) is None
    assert row.find_place(at(15_000)) == 2


def test_place_is_found_by_a_window_that_begins_later_and_ends_sooner():
    row = row_of(at(8_000))
    assert row.find_place([Window(0, 6_500, 0.0), Window(1_000, 4_000, 0.0)]) == 0


def test_headnotes_before_and_after_move_for_one_between():
    row = row_of(at(0, 2_000, costs=[1.0, 0.0]), at(10_000, 12_000, costs=[0.0, 1.0]))
    assert row.find_place(at(5_000)) == 1
    moved = row.with_slot(1, at(5_000))
    assert [window.start_ms for window in moved.choose_windows()] == [0, 5_000, 10_000]
    both = row.with_slot(1, at(6_000, 7_000))
    assert [window.start_ms for window in both.choose_windows()] == [2_000, 7_000, 12_000]


@pytest.mark.parametrize(
    ("slots", "starts"),
    [
        ([at(0, 1_000, costs=[1.0, 0.0])], [1_000]),
        ([at(0, 1_000, costs=[1.0, 0.0]), at(5_000)], [0, 5_000]),
        ([at(0, 1_000, costs=[1.0, 0.0]), at(5_000, 6_000, costs=[0.0, 0.5])], [1_000, 6_000]),
        ([at(0, 1_000, costs=[1.0, 0.0]), at(5_000, 6_000, costs=[0.0, 1.5])], [0, 5_000]),
        ([at(0), at(5_000), at(10_000)], [0, 5_000, 10_000]),
        (
            [at(0, 20_000, costs=[0.2, 0.0]), at(5_000, 25_000, costs=[0.0, 0.1]), at(30_000)],
            [20_000, 25_000, 30_000],
        ),
    ],
    ids=["alone", "makes-room", "next-moves", "next-stays", "in-a-row", "three"],
)
def test_windows_of_a_row_cost_least_together(slots, starts):
    assert [window.start_ms for window in row_of(*slots).choose_windows()] == starts


def test_costs_of_a_row_add_up_from_either_side():
    row = row_of(at(0, costs=[1.0]), at(5_000, 6_000, costs=[2.0, 0.5]), at(11_000, costs=[4.0]))
    forward, back = row._before, row._after
    assert [(reach.times, reach.costs) for reach in forward] == [
        ([3_000], [1.0]),
        ([8_000, 9_000], [3.0, 1.5]),
        ([14_000], [5.5]),
    ]
    assert [(reach.times, reach.costs) for reach in back] == [
        ([0], [5.5]),
        ([6_000], [4.5]),
        ([11_000], [4.0]),
    ]
