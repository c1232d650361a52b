"""Every documented number of scheduling, with the figure that follows from it."""

import pytest

from headnotes.model import Cue, Evidence, Moment, Scene, Track
from headnotes.scheduling import ReadingLoad, limits
from headnotes.scheduling.placement import Board, NoWindow, reading_time_ms
from headnotes.scheduling.spans import Span, SpanFinder


def cue(start_ms, end_ms, chars, number=1, **more):
    text = "x" * chars
    return Cue(
        number=number, start_ms=start_ms, end_ms=end_ms, text=text, spoken=text, raw=text, **more
    )


def board(*cues, spacing_ms=45_000, tops=()):
    return Board(ReadingLoad(cues), tops, spacing_ms)


def span(start_ms=0, until_ms=100_000, end_ms=120_000, **more):
    return Span(start_ms=start_ms, start_until_ms=until_ms, end_ms=end_ms, **more)


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
        ("MAX_DELAY_MS", 60_000),
        ("WAITING_CPS_PER_S", 0.5),
        ("OVERHANG_CPS_PER_S", 100),
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


# ------------------------------------------------------------------------- choice of windows


def test_window_in_silence_is_as_short_as_reading_allows():
    window = board().find_window(42, span())
    assert (window.start_ms, window.end_ms) == (0, 3_240)
    assert window.cost == pytest.approx(42_000 / 3_240)


def test_window_is_stretched_by_half_seconds_until_the_aim_is_kept():
    # 10 characters a second of dialogue: 42 more need 4.2 s for 20 in all; 3.24 + 0.5 + 0.5.
    window = board(cue(0, 60_000, 600)).find_window(42, span(until_ms=0))
    assert (window.start_ms, window.end_ms) == (0, 4_240)
    assert window.cost == pytest.approx(10 + 42_000 / 4_240)


def test_window_never_exceeds_seven_seconds():
    # 18 a second of dialogue and 42 characters are 24 in 7 s, over the aim and under the limit.
    window = board(cue(0, 60_000, 1_080)).find_window(42, span(until_ms=0))
    assert (window.start_ms, window.end_ms) == (0, 7_000)
    assert window.is_fast


@pytest.mark.parametrize(("dialogue_cps", "is_shown"), [(20, True), (21, False)])
def test_more_than_twenty_six_together_is_no_window(dialogue_cps, is_shown):
    found = board(cue(0, 60_000, dialogue_cps * 60)).find_window(42, span(until_ms=0))
    assert isinstance(found, NoWindow) != is_shown


def test_refused_window_names_the_quietest_speed():
    found = board(cue(0, 60_000, 1_500)).find_window(42, span(until_ms=0))
    assert found.cps == pytest.approx(25 + 42 / 7)


def test_span_shorter_than_reading_has_no_speed():
    assert board().find_window(42, span(end_ms=3_239)) == NoWindow(cps=None)
    assert board().find_window(42, span(end_ms=3_240)).end_ms == 3_240


@pytest.mark.parametrize(
    ("quiet_after_ms", "start_ms"),
    # The first window reads at 18.96 in all; 12.96 once it is quiet: worth waiting 12 s for.
    [(11_990, 11_990), (12_010, 0)],
)
def test_waiting_a_second_is_worth_half_a_character_a_second(quiet_after_ms, start_ms):
    talk = cue(0, quiet_after_ms, round(quiet_after_ms * 6 / 1000))
    assert board(talk).find_window(42, span()).start_ms == start_ms


def test_waiting_beyond_the_scene_is_worth_a_hundred_a_second():
    talk = cue(0, 1_000, 6)
    late = span(waiting_cps_per_s=limits.OVERHANG_CPS_PER_S)
    assert board(talk).find_window(42, late).start_ms == 0


def test_free_top_is_worth_any_wait():
    crowded = board(cue(0, 30_000, 0), tops=[(0, 30_000)])
    assert crowded.find_window(42, span()).start_ms == 30_000


def test_reading_at_ease_goes_before_reading_soon():
    loud = cue(0, 40_000, 40 * 18)  # over the aim of 20 together for 40 s
    assert board(loud).find_window(42, span()).start_ms >= 33_000


@pytest.mark.parametrize(("quiet_after_ms", "is_shown"), [(60_000, True), (60_010, False)])
def test_headnote_waits_a_minute_at_most(quiet_after_ms, is_shown):
    talk = cue(0, quiet_after_ms, quiet_after_ms)
    found = board(talk).find_window(42, span(until_ms=100_000, end_ms=quiet_after_ms + 3_240))
    assert isinstance(found, NoWindow) != is_shown


@pytest.mark.parametrize(
    ("spacing_ms", "start_ms"),
    # 2 s after the end of the last, and a spacing after its start, whichever is later.
    [(1_000, 5_240), (5_240, 5_240), (5_250, 5_250), (45_000, 45_000)],
)
def test_next_headnote_keeps_gap_and_spacing(spacing_ms, start_ms):
    screen = board(spacing_ms=spacing_ms)
    screen.take(screen.find_window(42, span()))
    assert screen.find_window(42, span()).start_ms == start_ms


def test_headnote_may_stand_before_a_taken_window():
    screen = board(spacing_ms=15_000)
    screen.take(screen.find_window(42, span(start_ms=20_000)))
    assert screen.find_window(42, span(start_ms=4_000)).start_ms == 4_000
    assert screen.find_window(42, span(start_ms=5_010)).start_ms == 35_000


def test_refusal_names_the_windows_in_the_way():
    screen = board(spacing_ms=45_000)
    screen.take(screen.find_window(42, span(start_ms=10_000)))
    found = screen.find_window(42, span(start_ms=10_000, until_ms=30_000))
    assert found.rivals == (10_000,)


# ----------------------------------------------------------------------- where it may stand

SCENES = (
    Scene(number=1, start_ms=0, end_ms=20_000, first_cue=0, last_cue=1),
    Scene(number=2, start_ms=33_000, end_ms=50_000, first_cue=2, last_cue=3),
)
TRACK = Track(
    name="a.srt",
    format="srt",
    language="en",
    cues=(
        cue(0, 2_000, 10, 1),
        cue(15_000, 20_000, 10, 2),
        cue(33_000, 35_000, 10, 3),
        cue(45_000, 50_000, 10, 4),
    ),
)


def moment(first, last, *evidence):
    cues = {each.number: each for each in TRACK.cues}
    return Moment(
        start_ms=cues[first].start_ms,
        end_ms=cues[last].end_ms,
        first_cue=first,
        last_cue=last,
        strength=1.0,
        evidence=tuple(Evidence(cue=number, term="x", text="x") for number in evidence),
    )


def bounds(first, last, *evidence):
    inside, beyond = SpanFinder(TRACK, SCENES).find_spans(moment(first, last, *evidence))
    assert inside.start_ms == beyond.start_ms
    assert inside.start_until_ms == inside.end_ms == beyond.start_until_ms
    return inside.start_ms, inside.end_ms, beyond.end_ms


def test_headnote_may_stand_from_its_last_evidence_to_the_end_of_its_scene():
    assert bounds(1, 2, 1, 2) == (15_000, 20_000, 33_000)


def test_evidence_outside_the_moment_delays_nothing():
    assert bounds(1, 1, 4) == (0, 20_000, 33_000)


def test_headnote_of_the_last_scene_may_outlast_it_by_seven_seconds():
    assert bounds(3, 3, 3) == (33_000, 50_000, 57_000)


def test_only_the_span_beyond_the_scene_makes_waiting_dear():
    inside, beyond = SpanFinder(TRACK, SCENES).find_spans(moment(1, 1, 1))
    assert (inside.waiting_cps_per_s, beyond.waiting_cps_per_s) == (0.5, 100)


def test_track_without_scenes_is_one_scene():
    inside, beyond = SpanFinder(TRACK, ()).find_spans(moment(1, 1, 1))
    assert (inside.end_ms, beyond.end_ms) == (50_000, 57_000)
