"""Every documented number of scheduling, with the figure that follows from it."""

from itertools import pairwise, permutations, product
from math import inf

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import Annotation, Cue, Evidence, Moment, Passage, Track
from headnotes.scheduling import ReadingLoad, limits
from headnotes.scheduling.packing import Bucket, Row
from headnotes.scheduling.placement import Screen, Window, Windows, reading_time_ms
from headnotes.scheduling.spans import Span, SpanFinder
from made_outcomes import make_note


def cue(start_ms, end_ms, chars, number=1, **more):
    text = "x" * chars
    return Cue(
        number=number, start_ms=start_ms, end_ms=end_ms, text=text, spoken=text, raw=text, **more
    )


def windows(*cues, chars=42, until_ms=60_000, tops=()):
    span = Span(start_ms=0, end_ms=until_ms)
    return Windows(Screen(ReadingLoad(cues), tops), chars, span)


def best(*cues, **more):
    return min(windows(*cues, **more).list_within(inf), key=lambda window: window.cost)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_LINES", 2),
        ("MAX_LINE_CHARS", 42),
        ("MIN_DURATION_MS", 2_500),
        ("MAX_DURATION_MS", 7_000),
        ("NOTE_CPS", 13),
        ("AIM_CPS", 20),
        ("FAIL_CPS", 26),
        ("GAP_MS", 2_000),
        ("BUCKET_MS", 600_000),
        ("QUIET_MS", 120_000),
        ("MAX_DELAY_MS", 120_000),
        ("LEGEND_MS", 3_000),
        ("WAITING_CPS_PER_S", 0.5),
        ("FAST_CPS", 15),
        ("CROWDED_CPS", 30),
        ("GRID_MS", 10),
    ],
)
def test_limit_is_the_documented_figure(name, value):
    assert getattr(limits, name) == value


def test_spacing_is_the_documented_figure():
    assert limits.SPACING_MS == {"sparse": 120_000, "normal": 45_000, "dense": 15_000}


@pytest.mark.parametrize(
    ("chars", "duration_ms"),
    [(0, 2_500), (32, 2_500), (33, 2_540), (42, 3_240), (70, 5_390), (84, 6_470)],
)
def test_reading_time_is_thirteen_characters_a_second_on_the_grid(chars, duration_ms):
    assert reading_time_ms(chars) == duration_ms


# ------------------------------------------------------------------------ windows of one headnote


def test_window_in_silence_is_as_short_as_reading_allows():
    window = best()
    assert (window.start_ms, window.end_ms) == (0, 3_240)
    assert window.cost == pytest.approx(42_000 / 3_240)


def test_window_is_stretched_by_half_seconds_until_the_aim_is_kept():
    # 10 characters a second of dialogue: 42 more need 4.2 s for 20 in all; 3.24 + 0.5 + 0.5.
    window = best(cue(0, 60_000, 600))
    assert (window.start_ms, window.end_ms) == (0, 4_240)
    assert window.cost == pytest.approx(10 + 42_000 / 4_240)


@pytest.mark.parametrize(("chars", "ends"), [(420, [3_000]), (421, [3_000, 3_500])])
def test_window_that_reads_at_the_aim_is_not_made_longer(chars, ends):
    # 39 characters take 3 s, and 7 a second of dialogue beside them make 20
    found = windows(cue(0, 60_000, chars), chars=39).list_within(inf)
    assert [window.end_ms for window in found if window.start_ms == 0] == ends


def test_window_never_exceeds_seven_seconds():
    # 18 a second of dialogue and 42 characters are 24 in 7 s, over the aim and under the limit.
    window = best(cue(0, 60_000, 1_080))
    assert (window.start_ms, window.end_ms) == (0, 7_000)
    assert window.cost == pytest.approx(18 + 42 / 7 + 15)


def test_shortest_readable_window_stands_beside_the_easiest():
    # 18 a second of dialogue leave 8 for 42 characters: 5.25 s, reached in steps of half a second.
    found = windows(cue(0, 60_000, 1_080)).list_within(inf)
    assert [window[:2] for window in found[:2]] == [(0, 5_740), (0, 7_000)]


@pytest.mark.parametrize(("dialogue_cps", "is_shown"), [(20, True), (21, False)])
def test_more_than_twenty_six_together_is_no_window(dialogue_cps, is_shown):
    assert bool(windows(cue(0, 60_000, dialogue_cps * 60)).list_within(inf)) == is_shown


def test_refused_window_names_the_quietest_speed():
    assert windows(cue(0, 60_000, 1_500)).quietest_cps == pytest.approx(25 + 42 / 7)


def test_span_shorter_than_reading_has_no_speed():
    assert windows(until_ms=3_239).quietest_cps == inf
    assert windows(until_ms=3_240).list_within(inf)[0].end_ms == 3_240


@pytest.mark.parametrize(
    ("quiet_after_ms", "start_ms"),
    # The first window reads at 18.96 in all; 12.96 once it is quiet: worth waiting 12 s for.
    [(11_990, 11_990), (12_010, 0)],
)
def test_waiting_a_second_is_worth_half_a_character_a_second(quiet_after_ms, start_ms):
    talk = cue(0, quiet_after_ms, round(quiet_after_ms * 6 / 1000))
    assert best(talk).start_ms == start_ms


@pytest.mark.parametrize(
    ("loud_ms", "start_ms"),
    # 24 in 7 s over the aim cost 39; in quiet 42 characters cost 12.96: worth waiting 52 s for.
    [(51_000, 51_000), (53_000, 0)],
)
def test_reading_at_ease_is_worth_half_a_minute_more(loud_ms, start_ms):
    loud = cue(0, loud_ms, round(loud_ms * 18 / 1000))
    assert best(loud, until_ms=100_000).start_ms == start_ms


@pytest.mark.parametrize(("top_ms", "start_ms"), [(59_990, 59_990), (60_010, 0)])
def test_free_top_is_worth_a_minute(top_ms, start_ms):
    found = best(cue(0, top_ms, 0), tops=[(0, top_ms)], until_ms=100_000)
    assert found.start_ms == start_ms


# --------------------------------------------------------------------- windows of several together


def pack(*slots):
    """Put headnotes into a row, the most important first; return what each is shown at."""
    row = Row()
    order: list[int] = []
    for name, slot in enumerate(slots):
        place = row.find_place(slot)
        if place is not None:
            row = row.with_slot(place, slot)
            order.insert(place, name)
    return dict(zip(order, row.choose_windows(), strict=True))


def fixed(*starts, length_ms=3_000):
    """Windows that begin at these times and cost what a viewer waits for them, in seconds."""
    return [Window(start, start + length_ms, start / 1000) for start in starts]


def test_next_headnote_begins_two_seconds_after_the_end_of_the_last():
    shown = pack(fixed(0), fixed(0, 4_990, 5_000, 6_000))
    assert [shown[name].start_ms for name in (0, 1)] == [0, 5_000]


def test_headnote_moves_to_make_room_for_a_less_important_one():
    shown = pack(fixed(0, 5_000), fixed(0))
    assert {name: window.start_ms for name, window in shown.items()} == {0: 5_000, 1: 0}


def test_headnote_never_gives_up_its_place():
    assert list(pack(fixed(0), fixed(0))) == [0]


def least_cost(slots):
    """The least cost of showing all of some headnotes, by trying everything."""
    least = inf
    for order in permutations(slots):
        for chosen in product(*order):
            gaps = (late.start_ms - early.end_ms for early, late in pairwise(chosen))
            if all(gap >= limits.GAP_MS for gap in gaps):
                least = min(least, sum(window.cost for window in chosen))
    return least


@given(st.lists(st.sets(st.integers(0, 8), min_size=1, max_size=4), min_size=1, max_size=3))
def test_joint_schedule_of_three_costs_no_more_than_any_other(starts):
    slots = [fixed(*(at * 2_500 for at in sorted(each))) for each in starts]
    shown = pack(*slots)
    in_order = sorted(shown.values())
    assert all(b.start_ms - a.end_ms >= limits.GAP_MS for a, b in pairwise(in_order))
    if len(shown) == len(slots) and len(slots) < 3:
        assert sum(window.cost for window in in_order) == pytest.approx(least_cost(slots))


@pytest.mark.parametrize("begin_ms", [0, 1_800_000], ids=["at-first", "later"])
@pytest.mark.parametrize(
    ("density", "most"), [("sparse", 5), ("normal", 13), ("dense", 40)], ids=str
)
def test_ten_minutes_take_so_many_headnotes(density, most, begin_ms):
    bucket = Bucket(limits.BUCKET_MS // limits.SPACING_MS[density])
    taken = [bucket.exchange((), [begin_ms + at * 5_000]) for at in range(most + 1)]
    assert taken == [True] * most + [False]
    assert not bucket.exchange((), [begin_ms + 599_990])
    assert bucket.exchange((), [begin_ms + 600_000])


def test_headnote_that_moves_frees_its_place_in_the_bucket():
    bucket = Bucket(1)
    assert bucket.exchange((), [1_000])
    assert bucket.exchange([1_000], [2_000])
    assert bucket.starts == [2_000]


# ----------------------------------------------------------------------- where it may stand

TRACK = Track(
    name="a.srt",
    format="srt",
    language="en",
    cues=(
        cue(0, 2_000, 10, 1),
        cue(15_000, 20_000, 10, 2),
        cue(33_000, 35_000, 10, 3),
        cue(945_000, 950_000, 10, 4),
    ),
)


def annotate(start_ms, end_ms, *evidence, passage=None, verdict="accurate", depiction="D001"):
    moment = Moment(
        start_ms=start_ms,
        end_ms=end_ms,
        first_cue=1,
        last_cue=1,
        strength=1.0,
        evidence=tuple(Evidence(cue=number, term="x", text="x") for number in evidence),
    )
    found = passage and Passage(
        depiction=depiction, start_ms=passage[0], end_ms=passage[1], first_cue=1, last_cue=1
    )
    note = make_note(verdict=verdict)
    return Annotation(topic="blutmai", note=note, moment=moment, passage=found)


def bounds(annotation, *others):
    span = SpanFinder(TRACK, (annotation, *others)).find_span(annotation)
    return span.start_ms, span.end_ms


def test_verdict_note_may_stand_from_its_moment_to_the_end_of_its_passage():
    assert bounds(annotate(15_000, 20_000, passage=(0, 300_000))) == (15_000, 300_000)


@pytest.mark.parametrize("departures", [(), ("omitted",)], ids=["context", "omission"])
def test_context_note_may_go_on_for_two_minutes_after_its_passage(departures):
    context = annotate(15_000, 20_000, passage=(0, 300_000), verdict=None)
    context = evolve(context, note=evolve(context.note, departures=departures))
    assert bounds(context) == (15_000, 420_000)


@pytest.mark.parametrize(
    ("other", "verdict", "end_ms"),
    [
        ((350_000, 360_000), "accurate", 350_000),
        ((350_000, 360_000), None, 420_000),
        ((200_000, 310_000), "accurate", 300_000),
        ((200_000, 300_000), "accurate", 420_000),
        ((0, 300_000), "accurate", 420_000),
    ],
)
def test_context_note_never_goes_into_a_passage_with_verdict_notes(other, verdict, end_ms):
    context = annotate(15_000, 20_000, passage=(0, 300_000), verdict=None)
    rival = annotate(other[0], other[1], passage=other, verdict=verdict)
    assert bounds(context, rival) == (15_000, end_ms)


@pytest.mark.parametrize(
    "judged",
    [
        [(0, 100_000), (10_000, 200_000), (20_000, 400_000), (30_000, 250_000)],
        [(0, 100_000), (20_000, 400_000)],
        [(20_000, 400_000), (30_000, 250_000)],
    ],
    ids=["many", "last", "first"],
)
def test_context_note_stops_where_any_earlier_passage_still_plays(judged):
    context = annotate(15_000, 20_000, passage=(0, 300_000), verdict=None)
    others = [annotate(start, end, passage=(start, end)) for start, end in judged]
    assert bounds(context, *others) == (15_000, 300_000)


@pytest.mark.parametrize("verdict", ["accurate", None])
def test_headnote_in_mere_dialogue_waits_two_minutes_at_most(verdict):
    in_run = annotate(15_000, 20_000, passage=(0, 900_000), depiction="", verdict=verdict)
    assert bounds(in_run) == (15_000, 135_000)


def test_headnote_without_a_passage_waits_two_minutes_at_most():
    assert bounds(annotate(15_000, 20_000)) == (15_000, 135_000)


def test_headnote_may_stand_seven_seconds_after_the_last_words_at_most():
    context = annotate(945_000, 950_000, passage=(900_000, 950_000), verdict=None)
    assert bounds(context) == (945_000, 957_000)


def test_headnote_begins_no_earlier_than_the_first_telling_word():
    assert bounds(annotate(0, 35_000, 2, 3, passage=(0, 60_000)))[0] == 15_000


def test_evidence_outside_the_moment_delays_nothing():
    assert bounds(annotate(0, 2_000, 4, passage=(0, 60_000)))[0] == 0
