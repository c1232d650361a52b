"""The legend as it is made: where, how long, in which words and language."""

import pytest
from attrs import evolve

from headnotes.languages import all_languages
from headnotes.model import Cue, Headnote, Moment, Track
from headnotes.scheduling import is_legend
from headnotes.scheduling.legend import make_legend
from made_outcomes import make_outcome

ANNOTATION = make_outcome(text="Zwei Frauen starben.").annotations[0]
ONLY_ENGLISH = {"en": ANNOTATION.note.texts["en"]}


def track(*starts_ms):
    cues = tuple(
        Cue(number=at, start_ms=start, end_ms=start + 1_000, text="x", spoken="x", raw="x")
        for at, start in enumerate(starts_ms, start=1)
    )
    return Track(name="a.srt", format="srt", language="de", cues=cues)


def legend(first_cue_ms=8_000, first_headnote_ms=9_000, wanted="de", language="de"):
    shown = Headnote(
        annotation=ANNOTATION,
        label="[WAHR]",
        text="[WAHR] So war es.",
        start_ms=first_headnote_ms,
        end_ms=first_headnote_ms + 3_000,
        language=language,
    )
    return make_legend(track(first_cue_ms, 20_000), (shown,), wanted)


def test_legend_is_the_first_headnote_of_all():
    made = legend()
    assert (made.label, made.text) == ("[HISTORIE]", "[HISTORIE] Bewertet wird die Szene.")
    assert (made.start_ms, made.end_ms, made.language) == (0, 2_700, "de")
    assert made.annotation.topic == "headnotes"
    assert (made.annotation.note.id, made.annotation.note.weight) == ("legend", 1)
    assert made.annotation.moment == Moment(
        start_ms=0, end_ms=2_700, first_cue=0, last_cue=0, strength=1.0
    )


@pytest.mark.parametrize(
    ("first_cue_ms", "first_headnote_ms", "is_there"),
    [
        (3_000, 5_000, True),
        (2_999, 5_000, False),
        (3_000, 4_999, False),
        (30_000, 4_999, False),
    ],
)
def test_legend_needs_three_seconds_and_a_gap(first_cue_ms, first_headnote_ms, is_there):
    assert (legend(first_cue_ms, first_headnote_ms) is not None) == is_there


def test_earliest_cue_decides_wherever_it_stands():
    headnote = make_legend(track(20_000, 2_000), (legend(),), "de")
    assert headnote is None


@pytest.mark.parametrize(("wanted", "language"), [("de", "de"), ("en", "en"), ("nl", "en")])
def test_legend_is_in_the_language_of_the_headnotes(wanted, language):
    assert legend(wanted=wanted).language == language


def test_first_headnote_decides_in_which_language_the_legend_is():
    english = evolve(ANNOTATION, note=evolve(ANNOTATION.note, texts=ONLY_ENGLISH))
    first, second = (
        evolve(legend(), annotation=annotation, start_ms=start_ms)
        for annotation, start_ms in ((english, 9_000), (ANNOTATION, 15_000))
    )
    assert make_legend(track(8_000), (first, second), "de").language == "en"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "[HISTORY] Labels judge what is shown."),
        ("fr", "[HISTOIRE] La mention juge la scène."),
        ("ja", "[歴史] ラベルは場面への評価。"),
        ("zh", "[历史] 标签评判的是场景。"),
    ],
)
def test_legend_says_of_all_labels_what_its_own_does_not(language, line):
    note = evolve(ANNOTATION.note, texts={language: ANNOTATION.note.texts["en"]})
    shown = evolve(legend(), annotation=evolve(ANNOTATION, note=note), start_ms=9_000)
    made = make_legend(track(8_000), (shown,), language)
    assert made.text.replace("\n", " ") == line


@pytest.mark.parametrize("language", [data.tag for data in all_languages() if data.legend])
def test_legend_is_known_again_in_every_language(language):
    made = legend(wanted=language)
    assert is_legend(made.text)
    assert is_legend(made.text.replace(" ", "\n", 1))
    assert not is_legend(f"{made.text} So")
