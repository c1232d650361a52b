from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.languages import load_messages
from headnotes.model import Choice, Depiction, Evidence, Passage
from headnotes.reports.played import QUOTE_CHARS, group_cards, judge_place, quote_dialogue
from headnotes.reports.view import make_cards
from headnotes.scheduling import choose
from made_outcomes import make_outcome


def group(outcome, language="en"):
    messages = load_messages(language)
    return group_cards(make_cards(outcome, messages), outcome, messages)


def place(outcome, *passages):
    """Put the notes of an outcome into passages, by turns."""
    annotations = tuple(
        evolve(annotation, passage=passages[number % len(passages)])
        for number, annotation in enumerate(outcome.annotations)
    )
    return evolve(outcome, annotations=annotations)


MARCH = Passage(depiction="march", start_ms=5_000, end_ms=90_000, first_cue=1, last_cue=5)
RAID = Passage(depiction="raid", start_ms=2_000, end_ms=8_000, first_cue=1, last_cue=2)


def test_notes_of_a_passage_stand_together_by_time():
    passages = group(place(make_outcome(5), MARCH, RAID))
    assert [(one.id, one.start_ms, len(one.cards)) for one in passages] == [
        ("p1", 2_000, 2),
        ("p2", 5_000, 3),
    ]


def test_passage_is_called_by_what_it_shows():
    shown = Depiction(id="march", shown={"en": "A march", "de": "Ein Zug"}, anchors=())
    outcome = place(make_outcome(1), MARCH)
    assert outcome.work is not None
    outcome = evolve(outcome, work=evolve(outcome.work, depictions=(shown,)))
    assert [group(outcome, tag)[0].name for tag in ("en", "de")] == ["A march", "Ein Zug"]


def test_note_without_a_passage_stands_at_its_moment():
    (passage,) = group(make_outcome(1))
    assert passage.start_ms == 20_000


def test_passage_that_nobody_named_is_known_by_its_first_words():
    (passage,) = group(make_outcome(1))
    assert passage.name == "at the words “The march is forbidden. Who told you …”"
    silent = evolve(make_outcome(1).track, cues=())
    (passage,) = group(evolve(make_outcome(1), track=silent))
    assert passage.name == ""


RUN = Passage(depiction="", start_ms=0, end_ms=3_000_000, first_cue=1, last_cue=300)


def test_passage_without_a_depiction_is_where_its_notes_are():
    outcome = make_outcome(5)
    moments = [item.moment for item in outcome.annotations]
    (passage,) = group(place(outcome, RUN))
    assert (passage.start_ms, passage.end_ms) == (moments[0].start_ms, moments[-1].end_ms)
    late = evolve(outcome, annotations=outcome.annotations[2:])
    (passage,) = group(place(late, RUN))
    assert passage.start_ms == moments[2].start_ms
    line = next(cue for cue in outcome.track.cues if cue.number == moments[2].first_cue)
    assert passage.name.removeprefix("at the words “")[:12] == line.spoken[:12]


@pytest.mark.parametrize(
    ("seen", "name"),
    [(None, "at the words “"), ("S02E07", "at the words “"), ("S02E08", "A march")],
)
def test_passage_is_called_by_its_words_where_a_note_on_it_is_folded(seen, name):
    shown = Depiction(id="march", shown={"en": "A march"}, anchors=())
    outcome = place(make_outcome(12), MARCH)  # the eighth note tells of S02E08
    assert outcome.work is not None
    outcome = evolve(outcome, work=evolve(outcome.work, depictions=(shown,)))
    (passage,) = group(choose(outcome, Choice(seen=seen)))
    assert (passage.name.startswith(name), passage.shown) == (True, "A march")


@pytest.mark.parametrize(
    ("strength", "certainty"),
    [(1.0, "firm"), (0.9, "firm"), (0.8999, "likely"), (0.7, "likely"), (0.6999, "weak")],
)
def test_place_is_as_sure_as_its_evidence(strength, certainty):
    assert judge_place(strength) == certainty


def find(cue, text):
    return Evidence(cue=cue, term=text, text=text)


def test_cue_with_most_telling_words_is_quoted():
    evidence = [find(1, "gold"), find(2, "Shots"), find(2, "Straße"), find(3, "shots")]
    quote = quote_dialogue(evidence, {1: "And the gold?", 2: "Shots in the Straße.", 3: "No shots"})
    assert quote is not None
    assert quote.parts == (("Shots", True), (" in the ", False), ("Straße", True), (".", False))
    assert quote.others == ("gold",)


@given(st.lists(st.text("ab ", min_size=1, max_size=9), min_size=1, max_size=60))
def test_quote_is_never_long(words):
    line = " ".join(" ".join(words).split()) + " gold " + " ".join(words)
    quote = quote_dialogue([find(1, "gold")], {1: line})
    assert quote is not None
    assert ("gold", True) in quote.parts
    assert len("".join(part for part, _ in quote.parts)) <= QUOTE_CHARS + len("… ") + len(" …")


def test_words_that_the_cue_does_not_have_are_quoted_alone():
    quote = quote_dialogue([find(1, "gold rush")], {1: "the gold"})
    assert quote is not None
    assert quote.parts == (("gold rush", True),)


def test_nothing_is_quoted_where_no_words_tell():
    assert quote_dialogue([], {1: "the gold"}) is None
