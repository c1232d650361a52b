"""Whether a topic file is good enough to show: what reading alone cannot know.

`check` asks of a topic what a viewer needs: one language, one source a note, lines that hit and
lines that miss, on-screen lines that fit. `strict`, which our own topics are held to, asks for
English and German and three of each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import frozen

from headnotes.authoring.cases import finds, language_of
from headnotes.errors import Problem, TopicError
from headnotes.model import Note, Topic
from headnotes.scheduling.wording import word_note
from headnotes.topics import read_topic
from headnotes.topics.lines import LineIndex
from headnotes.topics.reading import shown_path

STRICT_LANGUAGES = ("en", "de")
STRICT_CASES = 3

_Path = tuple[str | int, ...]


@frozen(kw_only=True)
class Rigour:
    """How much is asked: languages that every note must have, and cases of each kind."""

    languages: tuple[str, ...]
    cases: int


LENIENT = Rigour(languages=(), cases=1)
STRICT = Rigour(languages=STRICT_LANGUAGES, cases=STRICT_CASES)


def check_topic(file: Path, rigour: Rigour = LENIENT) -> tuple[Problem, ...]:
    """Find everything that is wrong with a topic file, in the order of the file.

    Returns:
        Problems whose `where` begins with `folder/file:line`; none for a good topic. A file that
        cannot be read as a topic gives the problems of reading alone.
    """
    try:
        topic = read_topic(file)
    except TopicError as error:
        return error.problems
    index = LineIndex(file.read_text(encoding="utf-8-sig"))
    found = sorted(
        (
            (index.line_of(path), note, what, mend)
            for path, note, what, mend in _flaws(topic, rigour)
        ),
        key=lambda one: one[0],
    )
    origin = shown_path(file)
    return tuple(
        Problem(where=f"{origin}:{line}: {name}", what=what, mend=mend)
        for line, name, what, mend in found
    )


_Flaw = tuple[_Path, str, str, str]
"""Path, what it belongs to, what is wrong, how to mend it."""


def _flaws(topic: Topic, rigour: Rigour) -> Iterator[_Flaw]:
    cited = {one.source for note in topic.notes for one in note.citations}
    for position, source in enumerate(topic.sources):
        if source not in cited:
            path: _Path = ("sources", position)
            yield path, source, "is cited by no note", "cite it or remove it"
    for position, note in enumerate(topic.notes):
        for path, what, mend in _flaws_of_note(topic, note, rigour):
            yield ("notes", position, *path), note.id, what, mend


def _flaws_of_note(topic: Topic, note: Note, rigour: Rigour) -> Iterator[tuple[_Path, str, str]]:
    for language in rigour.languages:
        if language not in note.texts:
            yield (), f"has no text in {language!r}", f"write a [notes.{language}] table"
    for language, text in note.texts.items():
        wording = word_note(note, language)
        if wording.misfit:
            yield (language, "headnote"), wording.misfit, "shorten it"
        if note.verdict and not text.confidence:
            mend = "say why it is as sure as it is: confidence = …"
            yield (language,), "a verdict without the reason of its confidence", mend
    if note.verdict != "unverified" and all(
        topic.sources[one.source].read == "not" for one in note.citations
    ):
        yield ("citations",), "rests only on sources not read", "read one, or say 'unverified'"
    if note.anchors:
        yield from _flaws_of_cases("hits", note.cases.hits, note, rigour)
        yield from _flaws_of_cases("misses", note.cases.misses, note, rigour)


def _flaws_of_cases(
    kind: str, cases: Sequence[Sequence[str]], note: Note, rigour: Rigour
) -> Iterator[tuple[_Path, str, str]]:
    path: _Path = ("cases", kind)
    yield from _flaws_of_count(kind, cases, rigour)
    for position, lines in enumerate(cases):
        is_found, closest = finds(note, lines)
        if is_found == (kind == "hits"):
            continue
        shown = " / ".join(lines)
        if kind == "hits":
            what, mend = f"line does not hit: {shown!r}", f"closest: {closest}"
        else:
            what, mend = f"line hits, but must not: {shown!r}", closest
        yield (*path, position), what, mend


def _flaws_of_count(
    kind: str, cases: Sequence[Iterable[str]], rigour: Rigour
) -> Iterator[tuple[_Path, str, str]]:
    if not rigour.languages and len(cases) < rigour.cases:
        yield ("cases",), f"lists no {kind}", f"write at least one line in {kind}"
    counts = Counter(language_of(tuple(lines)) for lines in cases)
    for language in rigour.languages:
        if counts[language] < rigour.cases:
            what = f"lists {counts[language]} {kind} in {language!r}"
            yield ("cases", kind), what, f"write {rigour.cases} or more"
