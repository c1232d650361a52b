from typing import get_args

import pytest
from attrs import evolve
from hypothesis import given

from headnotes.languages import all_languages
from headnotes.model import Cue, Track, Verdict
from headnotes.profiles import PROFILES
from headnotes.scheduling import (
    every_label,
    find_label,
    is_annotated,
    label_note,
    mark_label,
    schedule,
)
from headnotes.scheduling.limits import MAX_DURATION_MS
from headnotes.tracks import parse_track
from made_outcomes import make_note, make_outcome
from strategies import tracks

SUBTITLES = [one for one in PROFILES if one.suffix in {".srt", ".ass", ".vtt"}]
EVERY_LABEL = sorted(every_label())
LABELLED = [data for data in all_languages() if data.labels]


def cue(text, start_ms=1_000, end_ms=5_000, number=1, **more):
    return Cue(
        number=number,
        start_ms=start_ms,
        end_ms=end_ms,
        text=text,
        spoken=text,
        raw=text,
        **more,
    )


def track(*cues):
    return Track(name="a.srt", format="srt", language="en", cues=cues)


DIALOGUE = (cue("Who told you that?", 10_000, 12_000, 2), cue("Nobody.", 13_000, 14_000, 3))


@pytest.mark.parametrize("data", LABELLED, ids=lambda data: data.tag)
def test_labels_of_one_language_differ(data):
    assert set(data.labels) == {*get_args(Verdict), "omission", "context"}
    assert len({*data.labels.values(), *data.former_labels}) == 8 + len(data.former_labels)


@pytest.mark.parametrize("data", LABELLED, ids=lambda data: data.tag)
def test_negative_labels_name_the_scene_they_deny(data):
    """N5: a bare "false" was understood in 7 of 16 cases, one that names the scene in 14."""
    negative = [data.labels[verdict] for verdict in ("mostly-inaccurate", "inaccurate")]
    assert all(":" in label or "\uff1a" in label for label in negative)
    assert len({label.replace("\uff1a", ":").partition(":")[0] for label in negative}) == 1


@pytest.mark.parametrize("data", LABELLED, ids=lambda data: data.tag)
def test_headnote_of_two_full_lines_can_be_read_in_its_longest_window(data):
    assert 2 * data.line_chars / data.note_cps <= MAX_DURATION_MS / 1000
    assert all(len(label) < data.line_chars for label in data.labels.values())


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "[MOSTLY TRUE]"),
        ("de-AT", "[IM KERN WAHR]"),
        ("fr", "[PLUTÔT VRAI]"),
        ("xx", "[MOSTLY TRUE]"),
    ],
)
def test_label_speaks_the_notes_language(language, label):
    assert label_note(make_note(verdict="mostly-accurate"), language) == label


def test_omission_has_label_of_its_own():
    note = evolve(make_note(verdict=None), departures=("omitted",))
    assert [label_note(note, language) for language in ("en", "de")] == ["[LEFT OUT]", "[FEHLT]"]


@pytest.mark.parametrize(
    "label", ["[MOSTLY FALSE]", "[FALSE]", "[MEIST WAHR]", "[MEIST FALSCH]", "[FALSCH]"]
)
def test_labels_of_version_0_1_are_known(label):
    assert find_label(f"{label} Two women died.") == label


def test_context_note_has_label_of_its_own():
    assert label_note(make_note(verdict=None), "en") == "[HISTORY]"


@pytest.mark.parametrize("label", EVERY_LABEL)
def test_label_is_found_before_words(label):
    assert find_label(f"{label} Two women\ndied.") == label
    assert find_label(f"{label}\nTwo women died.") == label


@pytest.mark.parametrize(
    "text",
    ["[TRUE]", "[TRUE] ...", "[FALSE ALARM] Run!", "[true] so", "So [TRUE] it is", "[TRUE]Two", ""],
)
def test_other_brackets_are_no_label(text):
    assert find_label(text) is None


@pytest.mark.parametrize("profile", SUBTITLES, ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["en", "de"])
def test_our_outputs_are_known(profile, language):
    outcome = make_outcome(text="Zwei Frauen starben.")
    made = schedule(outcome.track, outcome.annotations, language=language)
    text = profile.write(outcome.track, made.headnotes)
    assert is_annotated(parse_track(text.encode(), "x.srt"))


@pytest.mark.parametrize("form", ["srt", "webvtt"])
@pytest.mark.parametrize("words", ["Zwei Frauen starben.", "Zwei Frauen starben an einer Adresse"])
@pytest.mark.parametrize("profile", SUBTITLES, ids=lambda one: one.name)
def test_one_headnote_is_enough(profile, words, form):
    outcome = make_outcome(text=words)
    made = schedule(outcome.track, outcome.annotations)
    spoken = evolve(outcome.track, format=form)
    # apart from all dialogue, where neither its place nor its neighbours tell
    apart = evolve(made.headnotes[0], start_ms=5_000, end_ms=9_000)
    written = parse_track(profile.write(spoken, (apart,)).encode(), "x.srt")
    assert is_annotated(written)
    shown = next(found.text for found in written.cues if find_label(found.text))
    assert " ".join(shown.split()) == " ".join(apart.text.split())


def test_line_may_break_after_the_label_of_a_marked_headnote():
    outcome = make_outcome(text="Zwei Frauen starben.")
    (first, *_) = schedule(outcome.track, outcome.annotations).headnotes
    broken = evolve(first, text=f"{first.label}\nZwei Frauen starben.")
    assert mark_label(broken).text == f"{first.label}\u00a0\nZwei Frauen starben."


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(cue("[TRUE] I never said that."), id="one labelled cue among dialogue"),
        pytest.param(cue("[TRUE] No."), id="short line"),
        pytest.param(cue("[TRUE]", is_top=True), id="bare sound"),
        pytest.param(cue("[HISTORY] Too brief.", 1_000, 2_000, is_top=True), id="too brief"),
        pytest.param(cue("[FALSE] Off grid.", 1_003, 5_001, is_top=True), id="off the grid"),
    ],
)
def test_random_tag_in_dialogue_is_not_ours(odd):
    assert not is_annotated(track(odd, *DIALOGUE))


def test_labelled_cue_beside_dialogue_is_ours():
    assert is_annotated(track(cue("[TRUE] Nobody did.", 9_000, 13_500), *DIALOGUE))


@given(tracks())
def test_dialogue_is_never_taken_for_ours(one):
    assert not is_annotated(one)
    assert not is_annotated(evolve(one, cues=()))


def labelled(chars=20, duration_ms=5_000, start_ms=1_000, *, lines=1):
    """A labelled cue of so many characters, which stands alone in its track."""
    text = "[TRUE] " + "x" * (chars - 7)
    for line in range(1, lines):
        text = f"{text[: line * 9]}\n{text[line * 9 + 1 :]}"
    return track(cue(text, start_ms, start_ms + duration_ms))


@pytest.mark.parametrize(
    ("ours", "not_ours"),
    [
        (labelled(duration_ms=2_500), labelled(duration_ms=2_490)),
        (labelled(duration_ms=7_000), labelled(duration_ms=7_010)),
        (labelled(39, 3_000), labelled(40, 3_000)),
        (labelled(42, 7_000), labelled(43, 7_000)),
        (labelled(40, lines=2), labelled(40, lines=3)),
        (labelled(), labelled(start_ms=1_005)),
        (labelled(duration_ms=5_010), labelled(duration_ms=5_001)),
    ],
    ids=["briefest", "longest", "fastest", "widest", "lines", "start-on-grid", "end-on-grid"],
)
def test_cue_of_ours_keeps_the_rules_of_headnotes(ours, not_ours):
    assert (is_annotated(ours), is_annotated(not_ours)) == (True, False)


def test_two_labelled_cues_are_more_than_a_chance():
    """Neither stands at the top nor beside dialogue, and there is dialogue besides."""
    first, second = cue("[TRUE] So it was.", 1_000, 5_000), cue("[TRUE] It was.", 20_000, 24_000, 4)
    assert is_annotated(track(first, *DIALOGUE, second))
    assert not is_annotated(track(first, *DIALOGUE))
    assert is_annotated(track(first))


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "is_ours"),
    [
        (5_000, 10_000, False),
        (5_000, 10_010, True),
        (14_000, 18_000, False),
        (13_990, 18_000, True),
    ],
)
def test_labelled_cue_that_only_touches_dialogue_is_not_beside_it(start_ms, end_ms, is_ours):
    assert is_annotated(track(cue("[TRUE] Nobody did.", start_ms, end_ms), *DIALOGUE)) == is_ours
