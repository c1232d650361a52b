import random
from itertools import pairwise
from math import inf

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes import scheduling
from headnotes.anchoring import find_scenes
from headnotes.languages import all_languages, language_data
from headnotes.model import Annotation, Cue, Evidence, Moment, NoteText, Passage, Reason, Track
from headnotes.scheduling import ReadingLoad, limits, list_by_moment, schedule
from made_outcomes import make_note, make_outcome
from strategies import outcomes

LINES = ["No such cell is known.", "Two women died at one address; their names were printed."]


def cue(number, start_ms, end_ms, text="Who told you?", **more):
    return Cue(
        number=number, start_ms=start_ms, end_ms=end_ms, text=text, spoken=text, raw=text, **more
    )


def make_track(*cues):
    return Track(name="a.en.srt", format="srt", language="en", cues=cues)


def annotate(
    track, number, name="n", line=LINES[0], *, evidence=(), last=None, passage=None, **more
):
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
        passage=passage or find_passage(track, first.start_ms),
    )


def find_passage(track, start_ms):
    """The dialogue around a time, as the passage in which something plays."""
    scene = [scene for scene in find_scenes(track.by_time) if scene.start_ms <= start_ms][-1]
    return Passage(
        depiction="D001",
        start_ms=scene.start_ms,
        end_ms=scene.end_ms,
        first_cue=1,
        last_cue=1,
    )


def plan(track, *annotations, **more):
    return schedule(track, annotations, **more)


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
    *_, planned = made
    for before, after in pairwise(planned.shown):
        assert after.start_ms - before.end_ms >= limits.GAP_MS


@given(plans())
def test_no_ten_minutes_hold_more_headnotes_than_the_density_allows(made):
    _, _, density, planned = made
    most = limits.BUCKET_MS // limits.SPACING_MS[density]
    for first, last in zip(planned.headnotes, planned.headnotes[most:], strict=False):
        assert last.start_ms - first.start_ms >= limits.BUCKET_MS


@given(plans())
def test_headnotes_stand_from_their_moment_to_the_end_of_their_passage(made):
    *_, planned = made
    for headnote in planned.headnotes:
        annotation = headnote.annotation
        rest_ms = 0 if annotation.note.kind == "verdict" else limits.QUIET_MS
        assert annotation.moment.start_ms <= headnote.start_ms
        assert headnote.end_ms <= annotation.passage.end_ms + rest_ms


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
    planned = schedule(outcome.track, outcome.annotations)
    assert len(planned.headnotes) + len(planned.left_out) == len(outcome.annotations)


def make_crowd(seed):
    """Twenty notes of passages that overlap, over talk that comes and goes."""
    chance = random.Random(seed)
    start_ms, cues = 500, []
    for number in range(1, 81):
        end_ms = start_ms + chance.randint(300, 3_000)
        cues.append(cue(number, start_ms, end_ms, "x" * chance.choice([1, 10, 30, 60])))
        start_ms = end_ms + chance.choice([0, 0, 200, 4_000])
    track = make_track(*cues)
    return track, [
        annotate(
            track,
            first := chance.randint(1, 70),
            f"n{number}",
            "word " * chance.randint(3, 15),
            passage=Passage(
                depiction="D001",
                start_ms=cues[first - 1].start_ms,
                end_ms=cues[min(79, first + chance.randint(5, 40))].end_ms,
                first_cue=1,
                last_cue=1,
            ),
        )
        for number in range(20)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_windows_that_were_not_looked_at_would_change_nothing(seed, monkeypatch):
    track, annotations = make_crowd(seed)
    found = plan(track, *annotations, density="dense")
    monkeypatch.setattr(scheduling, "_AHEAD", inf)  # then every window may matter
    assert plan(track, *annotations, density="dense") == found
    assert found.headnotes


# -------------------------------------------------------------------------- who goes first


def shown_in_a_tight_passage(*annotations):
    """Which of some notes of the second cue show in a passage that holds one of them."""
    passage = evolve(annotations[0].passage, start_ms=8_000, end_ms=13_000)
    after = annotate(QUIET, 3, "after", passage=evolve(passage, start_ms=13_010, end_ms=21_000))
    tight = (evolve(annotation, passage=passage) for annotation in annotations)
    return [name for name, _ in starts(plan(QUIET, *tight, after)) if name != "after"]


def test_verdict_goes_before_context():
    context = annotate(QUIET, 2, "context", verdict=None, weight=3)
    verdict = annotate(QUIET, 2, "verdict", weight=1)
    assert shown_in_a_tight_passage(context, verdict) == ["verdict"]


def test_heavier_note_goes_before_lighter():
    light, heavy = (annotate(QUIET, 2, f"weight-{n}", weight=n) for n in (1, 3))
    assert shown_in_a_tight_passage(light, heavy) == ["weight-3"]


def test_first_showing_goes_before_a_repeat():
    again = [annotate(QUIET, number, "again", weight=3) for number in (2, 20)]
    new = annotate(QUIET, 20, "new", weight=1)
    tight = evolve(again[1].passage, end_ms=157_000)
    second, new = (evolve(each, passage=tight) for each in (again[1], new))
    assert [name for name, _ in starts(plan(QUIET, again[0], second, new))] == ["again", "new"]


def test_omission_goes_before_context():
    context, omission = (annotate(QUIET, 2, name, verdict=None, weight=2) for name in ("a", "b"))
    omission = evolve(omission, note=evolve(omission.note, departures=("omitted",), weight=1))
    assert shown_in_a_tight_passage(context, omission) == ["b"]


def test_surer_note_goes_before_doubtful_one():
    doubtful, sure = (annotate(QUIET, 2, name) for name in ("a", "b"))
    doubtful = evolve(doubtful, note=evolve(doubtful.note, confidence="low"))
    sure = evolve(sure, note=evolve(sure.note, confidence="high"))
    assert shown_in_a_tight_passage(doubtful, sure) == ["b"]


@pytest.mark.parametrize("confidences", [("high", None), (None, "high")], ids=str)
def test_note_without_a_degree_counts_as_sure(confidences):
    first, second = (
        evolve(annotation, note=evolve(annotation.note, confidence=confidence))
        for annotation, confidence in zip(
            (annotate(QUIET, 2, name) for name in ("a", "b")), confidences, strict=True
        )
    )
    assert shown_in_a_tight_passage(second, first) == ["a"]


@pytest.mark.parametrize(
    ("density", "count"), [("sparse", 5), ("normal", 13), ("dense", 40)], ids=str
)
def test_density_limits_headnotes_in_ten_minutes(density, count):
    annotations = [annotate(QUIET, number, f"n{number}") for number in range(1, 61)]
    assert len(plan(QUIET, *annotations, density=density).headnotes) == count


def test_crowded_passage_shows_several_in_a_row():
    shown = starts(plan(QUIET, *(annotate(QUIET, 2, f"n{n}") for n in range(4))))
    assert [name for name, _ in shown] == ["n0", "n1", "n2", "n3"]
    assert shown[-1][1] < 35_000


@pytest.mark.parametrize(
    ("end_ms", "shown"),
    [(16_000, [(0, 7_000), (9_000, 16_000)]), (13_000, [(0, 4_770), (7_000, 13_000)])],
    ids=["room-for-both", "crowded"],
)
def test_crowded_passage_shows_headnotes_more_briefly(end_ms, shown):
    # Beside 18 characters a second, 36 are read at ease in 7 s, and can be in 4.5.
    track = wall(20, 18)
    passage = evolve(find_passage(track, 0), end_ms=end_ms)
    planned = plan(track, *(annotate(track, 1, f"n{n}", passage=passage) for n in range(2)))
    assert [(one.start_ms, one.end_ms) for one in planned.headnotes] == shown


# --------------------------------------------------------------------------- where it goes


def test_headnote_lets_its_line_be_read_first():
    assert starts(plan(QUIET, annotate(QUIET, 3))) == [("n", 17_900)]


def test_headnote_in_silence_begins_at_once():
    track = make_track(cue(1, 0, 20_000, "..."), cue(2, 25_000, 26_000))
    assert starts(plan(track, annotate(track, 1))) == [("n", 0)]


def test_headnote_waits_for_a_quieter_window():
    busy = [cue(n + 1, n * 2_000, n * 2_000 + 2_000, "x" * 40) for n in range(4)]
    track = make_track(*busy, cue(5, 15_000, 17_000), cue(6, 24_000, 25_000))
    planned = plan(track, annotate(track, 1, line=LINES[1]))
    assert starts(planned) == [("n", 8_000)]


def test_headnote_waits_for_the_first_telling_word():
    track = make_track(*(cue(n + 1, n * 5_000, n * 5_000 + 1_000) for n in range(9)))
    planned = plan(track, annotate(track, 2, evidence=(3, 4), last=4))
    assert starts(planned) == [("n", 11_000)]


def test_headnote_does_not_wait_for_ever():
    loud = wall(30, 24)
    track = make_track(*loud.cues, cue(31, 95_000, 96_000), cue(32, 104_000, 105_000))
    passage = evolve(find_passage(track, 0), end_ms=88_000)
    early = annotate(track, 1, "early", passage=passage)
    late = annotate(track, 20, "late")
    assert starts(plan(track, early, late)) == [("late", 90_000)]


def test_context_note_lasts_into_the_silence():
    track = make_track(cue(1, 1_000, 2_000), cue(2, 20_000, 22_000))
    planned = plan(track, annotate(track, 1, line=LINES[1], verdict=None))
    assert [(one.start_ms, one.end_ms) for one in planned.headnotes] == [(2_000, 7_080)]


def test_verdict_note_is_left_out_where_its_passage_is_too_short():
    track = make_track(cue(1, 1_000, 2_000), cue(2, 25_000, 26_000))
    planned = plan(track, annotate(track, 1, line=LINES[1]))
    assert planned.left_out[0].kind == "dialogue"
    assert planned.left_out[0].reason == Reason("passage-too-short")


def test_notes_at_first_and_last_second_are_shown():
    track = make_track(cue(1, 0, 3_900), cue(2, 60_000, 64_000))
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
    assert planned.left_out[0].reason == Reason("much-dialogue", {"cps": 36, "most": 26})


def test_five_hundred_notes_in_a_minute_are_thinned():
    annotations = [annotate(QUIET, 1 + n % 7, f"n{n:03}", weight=1 + n % 3) for n in range(500)]
    planned = plan(QUIET, *annotations, density="dense")
    assert len(planned.headnotes) == 40
    assert {one.annotation.note.weight for one in planned.headnotes} == {3}
    assert len(planned.left_out) == 460


def test_note_without_room_names_its_rivals():
    passage = evolve(find_passage(QUIET, 0), start_ms=8_000, end_ms=16_000)
    notes = (annotate(QUIET, 2, f"n{n}", passage=passage) for n in range(3))
    planned = plan(QUIET, *notes)
    line = f"[MOSTLY TRUE] {LINES[0]}"
    assert [left.reason for left in planned.left_out] == [
        Reason("crowded-passage", {"notes": (line, line)})
    ]
    assert [left.kind for left in planned.left_out] == ["room"]


@pytest.mark.parametrize("number", [1, 8], ids=["long-before", "long-after"])
def test_headnote_elsewhere_is_no_rival(number):
    passage = evolve(find_passage(QUIET, 0), start_ms=24_000, end_ms=32_000)
    notes = (annotate(QUIET, 4, f"n{n}", passage=passage) for n in range(3))
    other = annotate(QUIET, number, "other", LINES[1])
    (left,) = plan(QUIET, *notes, other).left_out
    assert left.reason == Reason("crowded-passage", {"notes": (f"[MOSTLY TRUE] {LINES[0]}",) * 2})


def test_note_over_the_density_says_how_many_there_may_be():
    planned = plan(QUIET, *(annotate(QUIET, 2, f"n{n}") for n in range(6)), density="sparse")
    assert [left.reason for left in planned.left_out] == [
        Reason("many-in-ten-minutes", {"most": 5, "density": "sparse"})
    ]


# ------------------------------------------------------------------------------ the legend


@pytest.mark.parametrize(("free_ms", "is_there"), [(3_000, True), (2_990, False)])
def test_legend_stands_first_where_three_seconds_are_free(free_ms, is_there):
    track = make_track(*(cue(n + 1, n * 8_000 + free_ms, n * 8_000 + 4_500) for n in range(9)))
    planned = plan(track, annotate(track, 3))
    assert (planned.legend is not None) == is_there
    assert planned.shown[0].text.startswith("[HISTORY] Labels") == is_there


def test_track_without_headnotes_needs_no_legend():
    track = make_track(cue(1, 10_000, 12_000))
    assert plan(track).legend is None


@pytest.mark.parametrize("language", [data.tag for data in all_languages() if data.legend])
def test_legend_can_be_read_in_three_seconds(language):
    data = language_data(language)
    assert len(f"{data.labels['context']} {data.legend}") <= 3 * data.note_cps


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
    planned = schedule(outcome.track, outcome.annotations, language="fr")
    assert {one.language for one in planned.headnotes} == {"en"}


# ------------------------------------------------------------------------- without a picture


@pytest.mark.parametrize(
    ("passage_ms", "end_ms"),
    [(30_000, 30_000), (8_000, 9_500), (None, 9_500)],
    ids=["passage", "shorter-passage", "no-passage"],
)
def test_chapter_lasts_from_its_moment_to_the_end_of_its_passage(passage_ms, end_ms):
    annotation = annotate(QUIET, 2)
    passage = passage_ms and evolve(annotation.passage, end_ms=passage_ms)
    (listed,) = list_by_moment(QUIET, [evolve(annotation, passage=passage)])
    assert (listed.start_ms, listed.end_ms) == (8_000, end_ms)
    assert (listed.label, listed.text) == ("[MOSTLY TRUE]", f"[MOSTLY TRUE] {LINES[0]}")


def test_chapters_come_by_moment_without_what_cannot_be_shown():
    notes = [annotate(QUIET, 3, "c"), annotate(QUIET, 2, "b", ""), annotate(QUIET, 1, "a")]
    listed = list_by_moment(QUIET, notes)
    assert [chapter.annotation.note.id for chapter in listed] == ["a", "c"]


@pytest.mark.parametrize(("wanted", "language"), [("de", "de"), ("en", "en"), (None, "en")])
def test_chapters_are_in_the_wanted_language_or_that_of_the_dialogue(wanted, language):
    annotation = evolve(annotate(QUIET, 1), note=make_note(text="Kurz."))
    (listed,) = list_by_moment(QUIET, [annotation], language=wanted)
    assert listed.language == language
