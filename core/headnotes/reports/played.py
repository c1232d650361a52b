"""The passages of a track as reports show them: what is said there, and which notes belong there.

Little is quoted: enough to know the place again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from headnotes.languages import Messages
from headnotes.model import EpisodeId, Evidence, Moment, Outcome, Passage
from headnotes.reports.view import STYLES, Card, VerdictKey, list_evidence
from headnotes.values import frozen

Certainty = Literal["firm", "likely", "weak"]
"""How sure it is that a passage plays where it was found."""

_CERTAINTIES: Mapping[Certainty, float] = {"firm": 0.9, "likely": 0.7, "weak": 0.0}
"""From which strength of evidence on. Source: ours; below 0.5 nothing is placed."""

QUOTE_CHARS = 90
"""A quote is never longer: enough to know the place again, no more of the dialogue than that."""


OPENING_CHARS = 40
"""Characters of a passage's first cue that stand for its name."""


@frozen(kw_only=True)
class Quote:
    """One cue that tells where a passage plays.

    Attributes:
        parts: its text in pieces, each with whether it is a telling word.
        others: telling words of other cues, each once.
    """

    parts: tuple[tuple[str, bool], ...]
    others: tuple[str, ...]


@frozen(kw_only=True)
class PlayedPassage:
    """A passage as reports show it, with the notes that belong there.

    Attributes:
        id: `p1` and so on, its address in the page.
        start_ms, end_ms: where it plays; without a depiction, from the first to the last of the
            moments of its notes, which may be far inside the run of dialogue around them.
        shown: what it shows, in the reader's language; empty where nothing says it.
        opening: the words that it begins with, in quotes; empty where nothing is said.
        spoiler: the latest episode that a note on it gives away; `None`: there is none.
        certainty: of the place.
        quote: what is said there; `None` where no words tell the place.
        cards: at least one, by moment.
    """

    id: str
    start_ms: int
    end_ms: int
    shown: str
    opening: str
    spoiler: EpisodeId | None
    certainty: Certainty
    quote: Quote | None
    cards: tuple[Card, ...]

    @property
    def name(self) -> str:
        """What it is called while nothing is unfolded.

        What it shows may give away as much as a note on it does; its words are spoken anyway.
        """
        return self.opening if self.spoiler else self.shown or self.opening

    @property
    def verdicts(self) -> dict[VerdictKey, int]:
        """How many of its notes have which verdict, in the order of verdicts."""
        counts = Counter(card.verdict for card in self.cards)
        return {verdict: counts[verdict] for verdict in STYLES if counts[verdict]}


def group_cards(
    cards: Iterable[Card], outcome: Outcome, messages: Messages
) -> tuple[PlayedPassage, ...]:
    """Return the passages that have notes, by time; each note once, where it comes first.

    Args:
        cards: by moment.
        outcome: that they are of.
        messages: in the language of the reader.
    """
    groups: dict[tuple[int, int, str], list[Card]] = {}
    for card in cards:
        place = _place_of(card)
        depiction = place.depiction if isinstance(place, Passage) else ""
        groups.setdefault((place.start_ms, place.end_ms, depiction), []).append(card)
    lines = {cue.number: " ".join(cue.spoken.split()) for cue in outcome.track.cues}
    depictions = outcome.work.depictions if outcome.work else ()
    shown = {depiction.id: messages.local(depiction.shown) for depiction in depictions}
    places = [
        (_find_span(group, depiction), depiction, group)
        for (_, _, depiction), group in groups.items()
    ]
    places.sort(key=lambda place: place[:2])
    return tuple(
        PlayedPassage(
            id=f"p{number}",
            start_ms=start_ms,
            end_ms=end_ms,
            shown=shown.get(depiction, ""),
            opening=quote_opening(lines.get(first_cue, ""), messages),
            spoiler=_find_spoiler(group),
            certainty=judge_place(max(card.first.moment.strength for card in group)),
            quote=quote_dialogue(list_evidence(card.first for card in group), lines),
            cards=tuple(group),
        )
        for number, ((start_ms, end_ms, first_cue), depiction, group) in enumerate(places, 1)
    )


def _place_of(card: Card) -> Passage | Moment:
    return card.first.passage or card.first.moment


def _find_spoiler(cards: Iterable[Card]) -> EpisodeId | None:
    given_away = [card.note.spoiler for card in cards if card.is_spoiler and card.note.spoiler]
    return max(given_away, default=None)


def _find_span(cards: Sequence[Card], depiction: str) -> tuple[int, int, int]:
    """Return start, end and first cue of what cards by moment belong to."""
    if depiction:
        place = _place_of(cards[0])
        return place.start_ms, place.end_ms, place.first_cue
    moments = [card.first.moment for card in cards]
    end_ms = max(moment.end_ms for moment in moments)
    return moments[0].start_ms, end_ms, moments[0].first_cue


def quote_opening(line: str, messages: Messages) -> str:
    """Return the words by which to know a passage that nobody has named; empty for no words."""
    clipped = line if len(line) <= OPENING_CHARS else line[:OPENING_CHARS].rsplit(" ", 1)[0] + " …"
    return messages.text("page.at_words", words=messages.quote((clipped,))) if line else ""


def judge_place(strength: float) -> Certainty:
    """Return how sure a place of so much evidence is."""
    return next(name for name, least in _CERTAINTIES.items() if strength >= least)


def quote_dialogue(evidence: Sequence[Evidence], lines: Mapping[int, str]) -> Quote | None:
    """Quote the cue with most telling words, the first of several, and name the words of others."""
    words: dict[int, list[str]] = {}
    for found in evidence:
        words.setdefault(found.cue, []).append(" ".join(found.text.split()))
    if not words:
        return None
    cue = max(words, key=lambda number: len(words[number]))
    own = {word.casefold() for word in words[cue]}
    others = dict.fromkeys(
        word
        for number in words
        if number != cue
        for word in words[number]
        if word.casefold() not in own
    )
    return Quote(parts=_mark(lines.get(cue, ""), words[cue]), others=tuple(others))


def _mark(line: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Cut a line into pieces at its telling words, and leave out what is far from the first."""
    pattern = re.compile(f"({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})")
    found = pattern.search(line)
    if found is None:
        return tuple((word, True) for word in words[:1])
    start = line.rfind(" ", 0, max(1, found.start() - QUOTE_CHARS // 3)) + 1
    rest = line[start:]
    clipped = rest if len(rest) <= QUOTE_CHARS else rest[:QUOTE_CHARS].rsplit(" ", 1)[0] + " …"
    before = "… " if start else ""
    pieces = pattern.split(before + clipped)
    return tuple((piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece)
