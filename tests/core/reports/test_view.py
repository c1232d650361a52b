from __future__ import annotations

from itertools import combinations
from math import dist

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.languages import load_messages
from headnotes.model import Claim, Depiction, Evidence, Rating
from headnotes.reports.view import (
    STYLES,
    find_plain_languages,
    list_corrections,
    list_evidence,
    make_cards,
    make_unheard,
    measure_density,
    measure_length,
    place_ticks,
)
from made_outcomes import correct_also, correct_in, make_outcome, make_track
from strategies import tracks

MESSAGES = load_messages("en")
PAPERS = ("#ffffff", "#15181c")
VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Linear sRGB to linear sRGB. Source: Machado, Oliveira & Fernandes 2009, severity 1."""


def read_linear(color):
    shares = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [_linear(share) for share in shares]


def _linear(share):
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def measure_contrast(first, second):
    """WCAG 2.2, definition of contrast ratio."""
    light, dark = sorted(
        (
            sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), read_linear(x), strict=True))
            for x in (first, second)
        ),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


def see_lab(color, vision):
    """CIE L*a*b* under D65 of a colour as seen."""
    linear = read_linear(color)
    seen = [
        min(1, max(0, sum(m * c for m, c in zip(row, linear, strict=True))))
        for row in VISIONS[vision]
    ]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1, 1.08883)
    x, y, z = (
        _bend(sum(m * c for m, c in zip(row, seen, strict=True)) / w)
        for row, w in zip(rows, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _bend(share):
    return share ** (1 / 3) if share > (6 / 29) ** 3 else share / (3 * (6 / 29) ** 2) + 4 / 29


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("verdict", STYLES)
def test_fill_stands_out_from_paper(verdict, paper):
    assert measure_contrast(STYLES[verdict].fill, paper) >= 3


@pytest.mark.parametrize("verdict", STYLES)
def test_ink_is_readable_on_fill(verdict):
    assert measure_contrast(STYLES[verdict].ink, STYLES[verdict].fill) >= 4.5


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(("first", "second"), list(combinations(STYLES, 2)))
def test_two_fills_look_different_to_everyone(first, second, vision):
    assert dist(see_lab(STYLES[first].fill, vision), see_lab(STYLES[second].fill, vision)) >= 20


@pytest.mark.parametrize("part", ["symbol", "fill", "pattern"])
def test_no_two_verdicts_share_a_mark(part):
    marks = [getattr(style, part) for style in STYLES.values()]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize(
    ("episode_id", "folded"),
    [("S01E04", 1), ("S02E07", 1), ("S02E08", 0), ("S03E01", 0), (None, 1)],
)
def test_spoiler_depends_on_the_episode(episode_id, folded):
    cards = make_cards(make_outcome(12, episode_id=episode_id), load_messages("en"))
    assert sum(card.is_spoiler for card in cards) == folded


def test_same_words_of_a_cue_are_listed_once():
    annotation = make_outcome(1).annotations[0]
    twice = (
        Evidence(cue=1, term="a", text="gold"),
        Evidence(cue=1, term="b", text="gold"),
        Evidence(cue=2, term="a", text="gold"),
    )
    moment = evolve(annotation.moment, evidence=twice)
    listed = list_evidence([evolve(annotation, moment=moment)])
    assert [(evidence.cue, evidence.term) for evidence in listed] == [(1, "a"), (2, "a")]


CLAIM = Claim(id="one-day", text={"en": "All of it happened on one day."}, seen="watched")
SECOND = Rating(claim="one-day", verdict="invented", confidence="low", reason={"en": "No."})


def judge(outcome, **topic):
    """Let the first note of an outcome judge the claim."""
    first = outcome.annotations[0]
    note = evolve(first.note, claim="one-day")
    changed = evolve(outcome.topics["blutmai"], notes=(note,), **topic)
    topics = {**outcome.topics, "blutmai": changed}
    return evolve(outcome, annotations=(evolve(first, note=note),), topics=topics)


def test_card_has_its_claim_and_the_second_rating():
    (card,) = make_cards(judge(make_outcome(1), claims=(CLAIM,), ratings=(SECOND,)), MESSAGES)
    assert (card.sentence, card.second) == ("All of it happened on one day.", SECOND)


def test_claim_of_the_work_is_found_in_its_depiction():
    outcome = judge(make_outcome(1), ratings=())
    shown = Depiction(id="march", shown={"en": "A march"}, anchors=(), claims=(CLAIM,))
    assert outcome.work is not None
    outcome = evolve(outcome, work=evolve(outcome.work, depictions=(shown,)))
    (card,) = make_cards(outcome, MESSAGES)
    assert (card.sentence, card.second) == ("All of it happened on one day.", None)


def test_claim_that_is_what_the_note_says_is_shown_is_not_said_twice():
    (card,) = make_cards(make_outcome(1), MESSAGES)
    assert card.claim is not None
    assert card.sentence == ""


def test_corrections_are_those_of_notes_on_the_page():
    """Every topic corrects `note-0001`, which only the second one has."""
    corrected = [topic for topic, _ in list_corrections(make_outcome(4))]
    assert corrected == ["comintern"]


def test_corrections_of_spoilers_stand_by_themselves():
    outcome = correct_also("note-0007", make_outcome(8))
    said = [correction.note for _, correction in list_corrections(outcome)]
    assert said == ["note-0001"]
    spoiling = [correction.note for _, correction in list_corrections(outcome, is_spoiler=True)]
    assert spoiling == ["note-0007"]


SAID = {
    "en": "The list of the dead was not known to us, and this is what you have.",
    "de": "Die Liste der Toten war es nicht, und das ist, was wir haben.",
}


@pytest.mark.parametrize("language", SAID)
def test_language_of_corrections_and_places_is_told_by_their_words(language):
    outcome = correct_in(SAID[language], make_outcome(2))
    assert {card.plain_language for card in make_cards(outcome, MESSAGES)} == {language}
    assert {leaf.plain_language for leaf in make_unheard(outcome, MESSAGES)} <= {language}


@pytest.mark.parametrize("reader", ["en", "de"])
def test_language_that_nothing_tells_counts_as_the_reader_s(reader):
    topics = correct_in("1929", make_outcome(1)).topics
    bare = {name: evolve(topic, notes=()) for name, topic in topics.items()}
    found = find_plain_languages(bare, load_messages(reader))
    assert found == dict.fromkeys(topics, reader)


def test_places_tell_the_language_of_a_topic_without_corrections():
    topic = make_outcome(1).topics["blutmai"]
    note = topic.notes[0]
    cited = evolve(note.citations[0], at=SAID["de"])
    bare = evolve(topic, corrections=(), notes=(evolve(note, citations=(cited,)),))
    assert find_plain_languages({"blutmai": bare}, MESSAGES) == {"blutmai": "de"}


HOUR_MS = 3_600_000


@given(tracks(), st.integers(1, 300))
def test_density_is_a_share_of_the_densest(track, bins):
    shares = measure_density(track.cues, max(1, track.duration_ms), bins)
    assert len(shares) == bins
    assert all(0 <= share <= 1 for share in shares)


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
