"""What a machine can see of a verdict that says more than the note's own record and sources.

Each finding has a code; `exempt = { code = "why" }` in the note lets it pass. Which words make a
statement weaker is known by each language's own data; a language without them is not looked at.
Source: ours, after an outside reading of 87 notes that found these mistakes by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from headnotes.authoring.chronology import Chronology
from headnotes.authoring.dates import make_date, read_dates
from headnotes.issues import Issue
from headnotes.languages import language_data
from headnotes.model import Citation, Language, Note, NoteText, Source, Topic
from headnotes.topics import Found

_WORD = r"[^\W\d_]+(?:['’.-][^\W\d_]+)*"
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?!\d)")
_BEFORE = re.compile(rf"({_WORD})(?:\s+({_WORD}))?\s*$")
_BEFORE_CHARS = 100
"""In so many characters before a number stand the words that weaken it."""
_AHEAD = 21
"""Days that an announcement looks ahead; what lies further off is another matter."""
_FIRM_KINDS = frozenset({"scholarly", "primary", "reference", "journalism"})
_MANY = 100
"""From this number on, whose count it is matters as much as the number."""
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_WORDS = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<!\d[.])(?<=[.!?…])\s+")
_SEPARATORS = re.compile(r"[.,\u00a0\u202f ]")
_DATED_ID = re.compile(r"-(\d{4})-(\d\d)-(\d\d)$")
_READ_WELL = frozenset({"whole", "passage"})

CODES = ("unproven", "stronger-headnote", "early-source", "thin-sources", "contradictory-dates")
"""What a note may be exempt from, with a reason."""


def check_verdict(note: Note, topic: Topic, chronology: Chronology) -> Iterator[Found]:
    """Find where a note is surer than what it rests on, by paths relative to it.

    Args:
        note: of the topic.
        topic: with the sources it cites.
        chronology: what the notes of the topic date, and those of others on the same work.
    """
    found = [*_find_all(note, topic), *_find_contradictions(note, topic, chronology)]
    yield from ((path, issue) for path, issue in found if issue.code not in note.exempt)
    codes = {issue.code for _, issue in found}
    for code in note.exempt:
        if code not in CODES:
            hint = f"use {' | '.join(CODES)}"
            message = f"there is no finding {code!r} about verdicts"
            yield ("exempt", code), Issue(code="unknown-exemption", message=message, hint=hint)
        elif code not in codes:
            message = f"is exempt from {code!r}, which does not find it"
            yield ("exempt", code), Issue(code="idle-exemption", message=message, hint="drop it")


def _find_all(note: Note, topic: Topic) -> Iterator[Found]:
    for language, text in note.texts.items():
        if note.verdict == "inaccurate":
            yield from _find_unproven(language, text)
        for message in dict.fromkeys(_find_stronger(language, text)):
            yield (language, "headnote"), _issue("stronger-headnote", message, "say it as weakly")
    for language, message in dict.fromkeys(_find_lost(note.texts)):
        yield (
            (language, "headnote"),
            _issue("stronger-headnote", message, "say it in every language"),
        )
    if note.confidence == "high" and all(_is_thin(cited, topic) for cited in note.citations):
        message = "high confidence on openings alone"
        yield ("confidence",), _issue("thin-sources", message, "read on, or be less sure")
    yield from _find_early(note, topic)


def _find_contradictions(note: Note, topic: Topic, chronology: Chronology) -> Iterator[Found]:
    for language, part, message in chronology.find_contradictions(note, topic):
        hint = "find out which is right, or say in both whose dates they are"
        yield (language, part), _issue("contradictory-dates", message, hint)


def _issue(code: str, message: str, hint: str) -> Issue:
    """Make a finding that only the strict check asks to be corrected."""
    known = f'{hint}; or say why not: exempt = {{ {code} = "…" }}'
    return Issue(code=code, level="warning", message=message, hint=known)


def _find_unproven(language: Language, text: NoteText) -> Iterator[Found]:
    """Find a verdict that the record should rule out beside words that say it cannot."""
    for key, part in (("record", text.record), ("confidence", text.confidence)):
        for phrase in _phrases_in(part, language_data(language).hedges.unproven):
            message = f"inaccurate beside {phrase!r}"
            yield (language, key), _issue("unproven", message, "use invented or unverified")


def _phrases_in(text: str, phrases: Sequence[str]) -> list[str]:
    words = f" {' '.join(_WORDS.findall(text.lower()))} "
    return [phrase for phrase in phrases if f" {phrase} " in words]


# ------------------------------------------------------------------- headnote and record


def _find_stronger(language: Language, text: NoteText) -> Iterator[str]:
    """Find numbers of a headnote that its record never says without a weakening word."""
    hedges = language_data(language).hedges
    sentences = [
        (_hedged_numbers(sentence, language), bool(_phrases_in(sentence, hedges.account)))
        for sentence in _SENTENCE.split(text.record)
    ]
    if _phrases_in(text.headnote, hedges.account):
        return
    for number, kinds in _hedged_numbers(text.headnote, language).items():
        inside = [(found[number], by) for found, by in sentences if number in found]
        if not inside or "since" in kinds:
            continue
        if not kinds and all(found for found, _ in inside):
            yield f"says {number} as exact, and its record does not"
        elif _is_many(number) and not _YEAR.fullmatch(number) and all(by for _, by in inside):
            yield f"says {number} as a fact, and its record as one account"


def _is_many(number: str) -> bool:
    """Whether a number is one whose source matters, however many digits it has."""
    digits = number.lstrip("0")
    return len(digits) > len(str(_MANY)) or int(digits or "0") >= _MANY


def _hedged_numbers(text: str, language: Language) -> dict[str, set[str]]:
    """Return the numbers of a text, and which kinds of weakening words stand before each."""
    hedges = language_data(language).hedges
    found: dict[str, set[str]] = {}
    for match in _NUMBER.finditer(text):
        before = _BEFORE.search(text[max(0, match.start() - _BEFORE_CHARS) : match.start()].lower())
        words = " ".join(filter(None, before.groups())) if before else ""
        kinds = {
            kind
            for kind, phrases in (("about", hedges.about), ("since", hedges.since))
            if (kind == "about") != bool(_YEAR.fullmatch(match[0]))
            and any(words == phrase or words.endswith(f" {phrase}") for phrase in phrases)
        }
        found.setdefault(_SEPARATORS.sub("", match[0]), set()).update(kinds)
    return found


def _find_lost(texts: Mapping[Language, NoteText]) -> Iterator[tuple[Language, str]]:
    """Find headnotes that lack a weakening word which they have in another language."""
    for kind in ("partly", "abroad"):
        has = {
            language: bool(_phrases_in(text.headnote, phrases))
            for language, text in texts.items()
            if (phrases := getattr(language_data(language).hedges, kind))
        }
        if any(has.values()):
            with_it = next(language for language, is_there in has.items() if is_there)
            for language, is_there in has.items():
                if not is_there:
                    yield language, f"lacks what limits it in {with_it!r} ({kind})"
    hedged = {
        language: _hedged_numbers(text.headnote, language)
        for language, text in texts.items()
        if language_data(language).hedges.about
    }
    for language, numbers in hedged.items():
        for other, others in hedged.items():
            for number in numbers.keys() & others.keys():
                if "about" in others[number] - numbers[number]:
                    yield language, f"says {number} as exact, and in {other!r} it does not"


# ------------------------------------------------------------------------------- sources


def _is_thin(citation: Citation, topic: Topic) -> bool:
    """Whether a source makes nobody sure: one of opinion, or read no further than its beginning."""
    source = topic.sources.get(citation.source)
    if source is None or source.kind not in _FIRM_KINDS:
        return True
    if source.read in _READ_WELL:
        return False
    if source.read != "part":
        return True
    openings = {word for tag in topic.title for word in language_data(tag).hedges.opening}
    return bool(_phrases_in(citation.at, sorted(openings)))


def _find_early(note: Note, topic: Topic) -> Iterator[Found]:
    """Find a day of which a cited source was printed before it, or in a hurry on it."""
    sources = [topic.sources.get(citation.source) for citation in note.citations]
    printed = [
        (day, _is_press(source)) for source in sources if source and (day := _date_of(source))
    ]
    for language, text in note.texts.items():
        said = f"{text.headnote}. {text.record}"
        for day, is_press in sorted(set(printed)):
            ahead = range(int(not is_press), _AHEAD)
            named = _flat_dates(said, language, day.year)
            late = [found for found in named if (found - day).days in ahead]
            if late:
                message = f"{late[0].isoformat()} may rest on what was printed by {day.isoformat()}"
                hint = "find a source that looks back, or say who announced it"
                yield (language, "record"), _issue("early-source", message, hint)
                break


def _flat_dates(text: str, language: Language, year: int) -> Iterator[date]:
    """Find the days of sentences that do not name who says so."""
    hedges = language_data(language).hedges
    for sentence in _SENTENCE.split(text):
        if not _phrases_in(sentence, (*hedges.account, *hedges.press)):
            yield from _dates_in(sentence, language, year)


def _is_press(source: Source) -> bool:
    """Whether a source was printed before anybody could know how things went."""
    return any(
        _phrases_in(f"{source.title} {standpoint}", language_data(tag).hedges.press)
        for tag, standpoint in source.standpoint.items()
    )


def _date_of(source: Source) -> date | None:
    """Return the day of which a source is, where its id ends with it."""
    match = _DATED_ID.search(source.id)
    return make_date(*map(int, match.groups())) if match else None


def _dates_in(text: str, language: Language, year: int) -> Iterator[date]:
    """Find the days of a text that name a month; one without a year is of the given one."""
    for said in read_dates(text, language):
        if (
            said.month
            and said.day
            and (named := make_date(said.year or year, said.month, said.day))
        ):
            yield named
