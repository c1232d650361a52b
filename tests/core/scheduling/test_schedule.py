from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.anchoring import find_scenes
from headnotes.model import Annotation, Cue, Evidence, Moment, NoteText, Track
from headnotes.scheduling import ReadingLoad, limits, schedule
from made_outcomes import make_note, make_outcome
from strategies import outcomes

LINES = ["No such cell is known.", "Two women died at one address; their names were printed."]


def cue(number, start_ms, end_ms, text="Who told you?", **more):
    return Cue(
        number=number, start_ms=start_ms, end_ms=end_ms, text=text, spoken=text, raw=text, **more
    )


def make_track(*cues):
    return Track(name="a.en.srt", format="srt", language="en", cues=cues)


def annotate(track, number, name="n", line=LINES[0], *, evidence=(), last=None, **more):
    """An annotation whose moment begins with one cue of a track."""
    first = track.cues[number - 1]
    text = NoteText(headnote=line, shown="", record="")
    return Annotation(
        topic="blutmai",
        note=evolve(make_note(name, **more), texts={"en": text}),
        moment=Moment(
            start_ms=first.start_ms,
            end_ms=track.cues[(last or number) - 1].end_ms,
            first_cue=number,
            last_cue=last or number,
            strength=1.0,
            evidence=tuple(Evidence(cue=one, term="x", text="x") for one in evidence),
        ),
    )


def plan(track, *annotations, **more):
    return schedule(track, find_scenes(track.by_time), annotations, **more)


def starts(planned):
    return [(one.annotation.note.id, one.start_ms) for one in planned.headnotes]


def wall(count, cps, step_ms=3_000):
    """Dialogue without a gap at so many characters a second."""
    text = "x" * (cps * step_ms // 1000)
    return make_track(*(cue(n + 1, n * step_ms, (n + 1) * step_ms, text) for n in range(count)))


QUIET = make_track(*(cue(n + 1, n * 8_000, n * 8_000 + 1_500) for n in range(60)))


# ------------------------------------------------------------------- rules that always hold


@st.composite
def plans(draw):
    """A made outcome of any density of speech and notes, and what was scheduled for it."""
    step_ms = draw(st.sampled_from([900, 2_000, 2_600, 6_000, 12_900]))
    texts = st.lists(st.text("abc de", min_size=0, max_size=80), min_size=1, max_size=20)
    lines = draw(texts)
    cues = [
        cue(
            at + 1,
            at * step_ms + draw(st.integers(0, 300)),
            at * step_ms + draw(st.integers(300, 2 * step_ms)),
            line,
            is_top=draw(st.integers(0, 9)) == 0,
        )
        for at, line in enumerate(lines)
    ]
    track = make_track(*cues)
    annotations = [
        annotate(
            track,
            draw(st.integers(1, len(cues))),
            f"n{at}",
            draw(st.sampled_from([*LINES, "word " * 16, ""])),
            weight=draw(st.integers(1, 3)),
            verdict=draw(st.sampled_from([None, "accurate", "mostly-inaccurate"])),
        )
        for at in range(draw(st.integers(0, 12)))
    ]
    density = draw(st.sampled_from(list(limits.SPACING_MS)))
    return track, annotations, density, plan(track, *annotations, density=density)


@given(plans())
def test_headnotes_can_be_read(made):
    track, _, _, planned = made
    load = ReadingLoad(track.cues)
    for one in planned.headnotes:
        duration_ms = one.end_ms - one.start_ms
        assert limits.MIN_DURATION_MS <= duration_ms <= limits.MAX_DURATION_MS
        assert len(one.text) * 1000 <= limits.NOTE_CPS * duration_ms
        assert load.measure_cps(len(one.text), one.start_ms, one.end_ms) <= limits.FAIL_CPS


@given(plans())
def test_headnotes_stand_apart(made):
    _, _, density, planned = made
    for before, after in pairwise(planned.headnotes):
        assert after.start_ms - before.end_ms >= limits.GAP_MS
        assert after.start_ms - before.start_ms >= limits.SPACING_MS[density]


@given(plans())
def test_headnotes_follow_their_anchor_in_its_scene(made):
    track, _, _, planned = made
    scenes = find_scenes(track.by_time)
    for one in planned.headnotes:
        moment = one.annotation.moment
        later = [scene.start_ms for scene in scenes if scene.start_ms > moment.start_ms]
        scene = [scene for scene in scenes if scene.start_ms <= moment.start_ms][-1]
        assert moment.start_ms <= one.start_ms <= scene.end_ms
        assert one.end_ms <= min(later, default=scene.end_ms + limits.MAX_DURATION_MS)


@given(plans())
def test_every_annotation_is_shown_or_explained(made):
    _, annotations, _, planned = made
    shown = [one.annotation.note.id for one in planned.headnotes]
    left_out = [one.annotation.note.id for one in planned.left_out]
    assert sorted(shown + left_out) == sorted(one.note.id for one in annotations)
    assert all(one.reason for one in planned.left_out)


@given(plans(), st.randoms())
def test_order_of_annotations_changes_nothing(made, random):
    track, annotations, density, planned = made
    random.shuffle(annotations)
    assert plan(track, *annotations, density=density) == planned


@given(plans())
def test_windows_lie_on_the_grid_of_every_format(made):
    *_, planned = made
    times = [time for one in planned.headnotes for time in (one.start_ms, one.end_ms)]
    assert all(time % limits.GRID_MS == 0 for time in times)


@given(outcomes())
def test_any_outcome_can_be_scheduled(outcome):
    planned = schedule(outcome.track, outcome.scenes, outcome.annotations)
    assert len(planned.headnotes) + len(planned.left_out) == len(outcome.annotations)


# -------------------------------------------------------------------------- who goes first


def test_verdict_goes_before_context():
    context = annotate(QUIET, 2, "context", verdict=None, weight=3)
    verdict = annotate(QUIET, 2, "verdict", weight=1)
    assert starts(plan(QUIET, context, verdict))[0] == ("verdict", 9_500)


def test_heavier_note_goes_before_lighter():
    light, heavy = (annotate(QUIET, 2, f"weight-{n}", weight=n) for n in (1, 3))
    assert starts(plan(QUIET, light, heavy))[0] == ("weight-3", 9_500)


def test_first_showing_goes_before_a_repeat():
    again = [annotate(QUIET, number, "again", weight=3) for number in (2, 20)]
    new = annotate(QUIET, 20, "new", weight=1)
    assert ("new", 153_500) in starts(plan(QUIET, *again, new))


@pytest.mark.parametrize(
    ("density", "count"), [("sparse", 4), ("normal", 10), ("dense", 30)], ids=str
)
def test_density_limits_headnotes_in_a_while(density, count):
    annotations = [annotate(QUIET, number, f"n{number}") for number in range(1, 61)]
    assert len(plan(QUIET, *annotations, density=density).headnotes) == count


# --------------------------------------------------------------------------- where it goes


def test_headnote_lets_its_line_be_read_first():
    assert starts(plan(QUIET, annotate(QUIET, 3))) == [("n", 17_500)]


def test_headnote_in_silence_begins_at_once():
    track = make_track(cue(1, 0, 20_000, "..."), cue(2, 25_000, 26_000))
    assert starts(plan(track, annotate(track, 1))) == [("n", 0)]


def test_headnote_waits_for_a_quieter_window():
    busy = [cue(n + 1, n * 2_000, n * 2_000 + 2_000, "x" * 40) for n in range(4)]
    track = make_track(*busy, cue(5, 15_000, 17_000), cue(6, 24_000, 25_000))
    planned = plan(track, annotate(track, 1, line=LINES[1]))
    assert starts(planned) == [("n", 8_000)]


def test_headnote_waits_for_the_last_evidence():
    track = make_track(*(cue(n + 1, n * 5_000, n * 5_000 + 1_000) for n in range(9)))
    planned = plan(track, annotate(track, 2, evidence=(2, 4), last=4))
    assert starts(planned) == [("n", 16_000)]


def test_headnote_does_not_wait_for_ever():
    loud = wall(30, 24)
    track = make_track(*loud.cues, cue(31, 95_000, 96_000), cue(32, 104_000, 105_000))
    early, late = annotate(track, 1, "early"), annotate(track, 20, "late")
    assert starts(plan(track, early, late)) == [("late", 90_000)]


def test_last_headnote_of_a_scene_lasts_into_the_silence():
    track = make_track(cue(1, 1_000, 2_000), cue(2, 20_000, 22_000))
    planned = plan(track, annotate(track, 1, line=LINES[1]))
    assert [(one.start_ms, one.end_ms) for one in planned.headnotes] == [(1_000, 6_390)]


def test_headnote_ends_before_the_next_scene_speaks():
    track = make_track(cue(1, 1_000, 2_000), cue(2, 5_000, 6_000))
    scenes = [scene for alone in track.cues for scene in find_scenes([alone])]
    planned = schedule(track, scenes, (annotate(track, 1, line=LINES[1]),))
    assert planned.left_out[0].kind == "dialogue"
    assert planned.left_out[0].reason == "its scene is over before it could be read (N1, N4)"


def test_notes_at_first_and_last_second_are_shown():
    track = make_track(cue(1, 0, 900), cue(2, 60_000, 61_000))
    planned = plan(track, annotate(track, 1, "first"), annotate(track, 2, "last"))
    assert starts(planned) == [("first", 0), ("last", 60_000)]


def test_headnote_avoids_dialogue_at_the_top():
    track = make_track(cue(1, 0, 1_000), cue(2, 1_000, 4_000, is_top=True), cue(3, 9_000, 12_000))
    assert starts(plan(track, annotate(track, 1))) == [("n", 4_000)]


# ------------------------------------------------------------------------------ bad input


def test_wall_to_wall_dialogue_leaves_out_with_a_number():
    track = wall(40, 26)
    planned = plan(track, annotate(track, 3, line=LINES[1]))
    assert planned.headnotes == ()
    assert planned.left_out[0].reason == (
        "the dialogue leaves no time to read it: 36 characters a second together at the "
        "quietest, 26 at most (N2)"
    )


def test_five_hundred_notes_in_a_minute_are_thinned():
    annotations = [annotate(QUIET, 1 + n % 7, f"n{n:03}", weight=1 + n % 3) for n in range(500)]
    planned = plan(QUIET, *annotations, density="dense")
    assert len(planned.headnotes) == 7
    assert {one.annotation.note.weight for one in planned.headnotes} == {3}
    assert len(planned.left_out) == 493


def test_note_without_room_names_its_rivals():
    planned = plan(QUIET, *(annotate(QUIET, 2, f"n{n}") for n in range(4)), density="normal")
    assert [one.reason for one in planned.left_out] == [
        "no room beside blutmai/n0 at 0:00:09, blutmai/n1 at 0:00:57 at density 'normal' (N3)",
        "no room beside blutmai/n0 at 0:00:09, blutmai/n1 at 0:00:57 at density 'normal' (N3)",
    ]


def test_cues_without_duration_are_no_obstacle():
    track = make_track(*(cue(n + 1, n * 4_000, n * 4_000) for n in range(20)))
    assert len(plan(track, annotate(track, 2)).headnotes) == 1


def test_moment_outside_the_track_is_left_out():
    track = make_track(cue(1, 1_000, 2_000))
    inside = annotate(track, 1)
    outside = evolve(inside, moment=evolve(inside.moment, start_ms=90_000, end_ms=91_000))
    assert len(plan(track, outside).left_out) + len(plan(track, outside).headnotes) == 1


def test_note_in_wanted_language_or_english():
    outcome = make_outcome(6)
    planned = schedule(outcome.track, outcome.scenes, outcome.annotations, language="fr")
    assert {one.language for one in planned.headnotes} == {"en"}
