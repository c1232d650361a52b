"""Dates that contradict each other: between the languages of a note, and between notes.

What happens once to somebody (`once` in the data of a language: a birth, a founding, a ban) has
one date. Two clauses that name the same person or thing, the same such event and dates that
cannot both be right are shown to the author, each with its place. Names are what is written with
a capital, is rare in speech, and does not follow a preposition: those are mostly places.
Source: ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from headnotes.authoring.dates import SaidDate, read_dates
from headnotes.languages import language_data, zipf_of
from headnotes.matching import fold_word
from headnotes.model import Language, Note, NoteText, Topic
from headnotes.values import NamedTuple

_PARTS = ("headnote", "shown", "record", "confidence")
_TOLD = ("headnote", "record")
"""Parts about the record; a work may date things as it likes."""
_SENTENCE = re.compile(r"(?<!\d[.])(?<=[.!?…;:])\s+")
_CLAUSE = re.compile(r", | \(|\)")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_COMMON = 4.5
"""From this frequency on (Zipf scale) a word is no name that tells one thing from another."""
_SHORTEST_NAME = 3
_NUMBER = re.compile(r"\d[\d.,\u00a0\u202f ]*")


class _Occasion(NamedTuple):
    """Something that happens once to somebody or something of a name."""

    language: Language
    group: int
    name: str


class _Dating(NamedTuple):
    """Where a note dates an event.

    Attributes:
        note: its topic's id and its own.
        place: file, line and note, for people.
    """

    event: _Occasion
    date: SaidDate
    note: tuple[str, str]
    place: str
    part: str


class Chronology:
    """What the notes of one work date, to be asked what contradicts a note."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._datings: dict[_Occasion, list[_Dating]] = {}
        for topic in topics:
            for note in topic.notes:
                for dating in _datings_of(note, topic):
                    self._datings.setdefault(dating.event, []).append(dating)

    def find_contradictions(self, note: Note, topic: Topic) -> Iterator[tuple[Language, str, str]]:
        """Find dates of one note that another gives otherwise, or another language of it.

        Of two notes of one topic the later is found, of two topics both.

        Yields:
            Language, part of the note's text, and what is wrong.
        """
        yield from _find_translated(note.texts)
        earlier = [other.id for other in topic.notes[: topic.notes.index(note)]]
        found = set()
        for dating in _datings_of(note, topic):
            for other in self._datings.get(dating.event, ()):
                is_mine = other.note[0] == topic.id
                if (is_mine and other.note[1] not in earlier) or dating.date.may_be(other.date):
                    continue
                key = (dating.event.language, dating.part, other.note)
                if key not in found:
                    found.add(key)
                    message = f"{dating.date.text!r}, and {other.place} says {other.date.text!r}"
                    yield dating.event.language, dating.part, f"{message} of {dating.event.name!r}"


def _datings_of(note: Note, topic: Topic) -> Iterator[_Dating]:
    place = f"{topic.origin}:{note.line}: {note.id}" if topic.origin else note.id
    for language, text in note.texts.items():
        for part in _TOLD:
            for event, said in _read_events(getattr(text, part), language):
                yield _Dating(event, said, (topic.id, note.id), place, part)


def _read_events(text: str, language: Language) -> Iterator[tuple[_Occasion, SaidDate]]:
    """Find events with one plain date; what somebody only says, or limits, is not plain."""
    data = language_data(language)
    if not data.hedges.once or not data.line_breaks.capitals:
        return
    for sentence in _SENTENCE.split(text):
        if _has_any(sentence, data.hedges.account):
            continue
        for clause, about in _clauses_of(sentence, language):
            dates = [*read_dates(clause, language)]
            if len(dates) != 1 or _is_limited(clause[: dates[0].start], language):
                continue
            words = {word.lower() for word in _WORD.findall(clause)}
            for group, listed in enumerate(_once(language)):
                if words & listed:
                    for name in _names_in(about, language):
                        yield _Occasion(language, group, name), dates[0]


def _clauses_of(sentence: str, language: Language) -> Iterator[tuple[str, str]]:
    """Return the clauses of a sentence, each with the text that has its names.

    A clause that names nobody is about whom the one before it names.
    """
    months = language_data(language).hedges.months
    before = ""
    for clause in _CLAUSE.split(sentence):
        capitals = (word for word in _WORD.findall(clause) if word[0].isupper())
        has_name = any(word.lower() not in months for word in capitals)
        yield clause, clause if has_name else before
        before = clause


def _has_any(text: str, phrases: Iterable[str]) -> bool:
    words = f" {' '.join(_WORD.findall(text.lower()))} "
    return any(f" {phrase} " in words for phrase in phrases)


def _is_limited(before: str, language: Language) -> bool:
    """Whether a date is the end of a span, or only a limit, by what stands before it."""
    hedges = language_data(language).hedges
    words = _WORD.findall(before.lower())[-2:]
    limits = {*hedges.limits, *hedges.since, *hedges.about}
    return any(word in limits or word[0].isdigit() for word in words)


@cache
def _once(language: Language) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split()) for group in language_data(language).hedges.once)


def _names_in(clause: str, language: Language) -> set[str]:
    """Find the names of a clause that are neither common words nor mostly those of places."""
    words = language_data(language).line_breaks
    events = frozenset[str]().union(*_once(language), language_data(language).hedges.months)
    names: set[str] = set()
    before: list[str] = []
    for word in _WORD.findall(clause):
        led = [other for other in before[-2:] if other not in words.clinging][-1:]
        if (
            word[0].isupper()
            and len(word) >= _SHORTEST_NAME
            and word.lower() not in events
            and zipf_of(fold_word(word), language) < _COMMON
            and not words.prepositions.intersection(led)
        ):
            names.add(word)
        before.append(word.lower())
    return names


# ------------------------------------------------------------------- between languages


def _find_translated(texts: Mapping[Language, NoteText]) -> Iterator[tuple[Language, str, str]]:
    """Find dates for which another language of the same note has another one.

    One that the other language leaves out contradicts nothing, nor does one that is less exact.
    """
    first, *others = texts
    for language in others:
        for part in _PARTS:
            mine, theirs = getattr(texts[language], part), getattr(texts[first], part)
            missing = _unmatched(mine, language, theirs, first)
            instead = {said.precision: said for said in _unmatched(theirs, first, mine, language)}
            for said in missing:
                if other := instead.get(said.precision):
                    yield language, part, f"{said.text!r}, and in {first!r} {other.text!r}"
                    break


def _unmatched(
    text: str, language: Language, other: str, other_language: Language
) -> list[SaidDate]:
    """Return the dates of a text that may be no date and no number of the other."""
    dates = [*read_dates(other, other_language)]
    numbers = {re.sub(r"\D", "", match[0]) for match in _NUMBER.finditer(other)}
    return [
        said
        for said in read_dates(text, language)
        if not any(map(said.may_be, dates)) and said.text not in numbers
    ]
