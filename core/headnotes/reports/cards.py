"""What reports for reading say about each note, whatever they are written in.

One card per note with all its moments, in the language a reader gets. Nothing is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from headnotes.languages.messages import choose_local, choose_note_text
from headnotes.model import (
    Annotation,
    Citation,
    Correction,
    Evidence,
    Language,
    Note,
    NoteText,
    Outcome,
    Source,
)
from headnotes.reports.headings import find_spoilers
from headnotes.reports.json import name_sources
from headnotes.reports.verdict_styles import Look, look_of


@frozen(kw_only=True)
class Cited:
    """A citation with its source, under the id the page gives it; both empty where unknown."""

    citation: Citation
    source: Source | None
    id: str


@frozen(kw_only=True)
class Card:
    """One note with all its moments.

    Attributes:
        id: `topic/note`, the card's address in the page.
        first: the annotation it is sorted by.
        moments: all of them, in order.
        language: of the text, which may differ from the page's.
        is_spoiler: whether it is folded.
    """

    id: str
    first: Annotation
    moments: tuple[Annotation, ...]
    topic: str
    look: Look
    language: Language
    text: NoteText
    is_spoiler: bool
    cited: tuple[Cited, ...]
    corrections: tuple[Correction, ...]

    @property
    def note(self) -> Note:
        """The note itself."""
        return self.first.note

    @property
    def line(self) -> str:
        """Its headnote, or its id where it has none."""
        return self.text.headnote or self.id


def list_evidence(annotation: Annotation) -> tuple[Evidence, ...]:
    """Give the evidence of a moment, the same words of a cue once, whatever terms found them."""
    found = {(one.cue, one.text): one for one in reversed(annotation.moment.evidence)}
    return tuple(one for one in annotation.moment.evidence if found[one.cue, one.text] is one)


def make_cards(outcome: Outcome, language: Language) -> tuple[Card, ...]:
    """Give one card per note, by its first moment."""
    moments: dict[str, list[Annotation]] = {}
    for one in outcome.annotations:
        moments.setdefault(f"{one.topic}/{one.note.id}", []).append(one)
    topics = name_topics(outcome, language)
    spoilers = find_spoilers(outcome)
    names = name_sources(outcome)
    cards = []
    for card_id, group in moments.items():
        first = group[0]
        tag, text = choose_note_text(first.note, language)
        cards.append(
            Card(
                id=card_id,
                first=first,
                moments=tuple(group),
                topic=topics[first.topic],
                look=look_of(first.note.verdict),
                language=tag,
                text=text,
                is_spoiler=(first.topic, first.note.id) in spoilers,
                cited=_find_cited(first, outcome, names),
                corrections=_find_corrections(outcome, first.topic, [first.note.id]),
            )
        )
    return tuple(cards)


def _find_cited(
    one: Annotation, outcome: Outcome, names: Mapping[tuple[str, str], str]
) -> tuple[Cited, ...]:
    known = outcome.topics[one.topic].sources if one.topic in outcome.topics else {}
    return tuple(
        Cited(
            citation=citation,
            source=known.get(citation.source),
            id=names.get((one.topic, citation.source), citation.source),
        )
        for citation in one.note.citations
    )


def _find_corrections(outcome: Outcome, topic: str, notes: Iterable[str]) -> tuple[Correction, ...]:
    wanted = set(notes)
    known = outcome.topics[topic].corrections if topic in outcome.topics else ()
    return tuple(one for one in known if one.note in wanted)


def name_topics(outcome: Outcome, language: Language) -> dict[str, str]:
    """Give the titles of the topics that have a say here, by id; the id where there is none."""
    names = {}
    for topic in sorted({topic for topic, _ in _name_notes(outcome)}):
        known = outcome.topics.get(topic)
        names[topic] = (choose_local(known.title, language) if known else "") or topic
    return names


def _name_notes(outcome: Outcome) -> list[tuple[str, str]]:
    """Give topic and note id of everything the page names, placed or not."""
    placed = [(one.topic, one.note.id) for one in outcome.annotations]
    return placed + [(one.topic, one.note.id) for one in outcome.unplaced]


def list_sources(outcome: Outcome) -> dict[str, Source]:
    """Give the cited sources under the ids that data and page share."""
    return {
        name: outcome.topics[topic].sources[source]
        for (topic, source), name in name_sources(outcome).items()
    }


def list_corrections(outcome: Outcome) -> list[tuple[str, Correction]]:
    """Give the corrections of all notes that the page names, with their topic."""
    notes: dict[str, list[str]] = {}
    for topic, note in _name_notes(outcome):
        notes.setdefault(topic, []).append(note)
    return [
        (topic, one)
        for topic, ids in sorted(notes.items())
        for one in _find_corrections(outcome, topic, ids)
    ]
