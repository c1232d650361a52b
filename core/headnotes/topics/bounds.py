"""How much a topic or work may hold: more than any real one does, less than harms the machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain

from headnotes.issues import Issue
from headnotes.model import Anchor, Note, Topic, Work
from headnotes.topics.tables import DataPath, Found
from headnotes.values import frozen

TermList = tuple[Sequence[str], DataPath]
"""Terms, and where in a file they stand."""

_INSIST = "split it; --large reads it all the same"


@frozen(kw_only=True)
class Bounds:
    """The most that one topic or work may have.

    Attributes:
        file_bytes: 4 MB; our largest file has a fourteenth of that. `None`: any number.
        notes: of a topic, and depictions of a work; our largest has a fiftieth.
        terms: of one list; our longest has a tenth.
        all_terms: of a whole file; our largest has a twenty-fifth.
        term_chars: of a term with all its alternatives; our longest has a quarter.
        text_chars: of one text of a note; our longest has a ninth.
    """

    file_bytes: int | None = 4_000_000
    notes: int = 5_000
    terms: int = 1_000
    all_terms: int = 50_000
    term_chars: int = 2_000
    text_chars: int = 10_000

    def find_excesses(self, value: Topic | Work) -> Iterator[Found]:
        """Find what a topic or work has too much of."""
        lists: list[TermList] = []
        if isinstance(value, Work):
            name, anchors = "depictions", [depiction.anchors for depiction in value.depictions]
            lists.append((value.names, ("names",)))
        else:
            name, anchors = "notes", [note.anchors for note in value.notes]
            yield from self._check_texts(value.notes)
        yield from _check_count(len(anchors), self.notes, name, (name,))
        for position, found in enumerate(anchors):
            lists += _list_terms(found, (name, position))
        count = sum(len(terms) for terms, _ in lists)
        yield from _check_count(count, self.all_terms, "terms in all", ())
        for terms, path in lists:
            yield from self._check_terms(terms, path)

    def _check_texts(self, notes: Sequence[Note]) -> Iterator[Found]:
        for position, note in enumerate(notes):
            for language, text in note.texts.items():
                longest = max(map(len, (text.headnote, text.shown, text.record, text.confidence)))
                if longest > self.text_chars:
                    message = f"text of {longest:,} characters, at most {self.text_chars:,} allowed"
                    hint = "shorten it; --large reads it all the same"
                    issue = Issue(code="too-long", message=message, hint=hint)
                    yield ("notes", position, language), issue

    def _check_terms(self, terms: Sequence[str], path: DataPath) -> Iterator[Found]:
        yield from _check_count(len(terms), self.terms, "terms", path)
        for position, term in enumerate(terms):
            if len(term) > self.term_chars:
                message = f"term of {len(term):,} characters, at most {self.term_chars:,} allowed"
                hint = "write words that are spoken; --large reads it all the same"
                yield (*path, position), Issue(code="too-long", message=message, hint=hint)


BOUNDS = Bounds()
NO_BOUNDS = Bounds(
    file_bytes=None,
    notes=sys.maxsize,
    terms=sys.maxsize,
    all_terms=sys.maxsize,
    term_chars=sys.maxsize,
    text_chars=sys.maxsize,
)
"""For files that their owner trusts; a run with them may take hours and gigabytes."""


def _list_terms(anchors: Sequence[Anchor], path: DataPath) -> Iterator[TermList]:
    """Return the lists of terms of some anchors, with their places."""
    return chain.from_iterable(
        (
            (anchor.all, (*path, "anchor", position, "all")),
            (anchor.any, (*path, "anchor", position, "any")),
            (anchor.none, (*path, "anchor", position, "none")),
        )
        for position, anchor in enumerate(anchors)
    )


def _check_count(count: int, most: int, name: str, path: DataPath) -> Iterator[Found]:
    if count > most:
        message = f"has {count:,} {name}, at most {most:,} allowed"
        yield path, Issue(code="too-many", message=message, hint=_INSIST)
