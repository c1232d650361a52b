"""A decoded file as lines that know where they stand, and the list of what was put right in it.

Files mix all three line ends and carry NULs and byte order marks in the middle; the formats see
clean lines, and offsets into the source as it was.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from io import StringIO
from itertools import accumulate, count
from operator import add

from headnotes.issues import Issue
from headnotes.values import NamedTuple

INVISIBLE = (
    "\ufeff\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\x1a\x00"
)
"""Characters that show nothing and stray to the edges of lines; U+001A ended files in DOS."""

EDGES = INVISIBLE + " \t\xa0"
"""What may stand around a number or a time without meaning anything."""

_LISTED_MAX = 1_000  # of one kind; a damaged episode has some dozens


class RepairLog:
    """Repairs as they are made; beyond a thousand of one kind they are only counted."""

    def __init__(self) -> None:
        self._listed: list[Issue] = []
        self._counts: dict[str, int] = {}
        self._first_unlisted: dict[str, int] = {}

    def add(self, line: int, kind: str, what: str) -> None:
        """Add one repair.

        Args:
            line: of the decoded file, from 1.
            kind: its slug.
            what: what was found and how it was read.
        """
        count = self._counts.get(kind, 0) + 1
        self._counts[kind] = count
        if count <= _LISTED_MAX:
            self._listed.append(_name_repair(line, kind, what))
        else:
            self._first_unlisted.setdefault(kind, line)

    def add_preface(self, texts: Sequence[str], places: Sequence[int]) -> None:
        """Add the lines that stand before the first cue and belong to none.

        Args:
            texts: the lines of the file.
            places: of those lines, from 0; may be empty.
        """
        if places:
            first = texts[places[0]].strip()[:40]
            what = f"{len(places)} lines before the first cue, from {first!r}, skipped"
            self.add(places[0] + 1, "text-before-first-cue", what)

    def close(self) -> tuple[Issue, ...]:
        """Return all repairs by line; one entry stands for all of a kind that were only counted."""
        rest = [
            _name_repair(line, kind, f"{self._counts[kind] - _LISTED_MAX} more from here")
            for kind, line in self._first_unlisted.items()
        ]
        return tuple(sorted((*self._listed, *rest), key=lambda repair: repair.line))


def _name_repair(line: int, kind: str, what: str) -> Issue:
    return Issue(line=line, code=kind, level="info", message=what)


class SourceLines(NamedTuple):
    """The lines of a decoded file.

    Attributes:
        texts: without line ends, NULs and marks at their start; at least one line.
        starts: offset of each line in the source, and the length of the source at the end.
    """

    texts: list[str]
    starts: array[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the lines from `first` to `last` stand, the last line end included."""
        return self.starts[first], self.starts[last + 1]

    def forget(self, first: int, last: int) -> None:
        """Let lines go whose cue is made, so that a large file is not held twice."""
        self.texts[first:last] = [""] * (last - first)


def split_lines(source: str) -> tuple[SourceLines, RepairLog]:
    """Cut a decoded file into lines, whichever line ends it has.

    Returns:
        The lines, and what had to be taken out of them.
    """
    repairs = RepairLog()
    if "\r" not in source:
        texts = source.split("\n")
        ends = map(add, accumulate(map(len, texts)), count(1))  # a line end each
        starts = array("q", (0, *ends))
        starts[-1] = len(source)
    elif source.count("\r\r\n") * 2 > source.count("\n"):
        # text written twice in text mode on Windows: a blank line after every line is none
        kept = re.findall(r"[^\r\n]*(?:\r{0,2}\n|\r|\Z)", source)
        texts = [line.rstrip("\r\n") for line in kept]
        starts = array("q", accumulate(map(len, kept), initial=0))
        repairs.add(1, "doubled-line-ends", "every line ends twice, read as once")
    else:
        kept = list(StringIO(source, newline=""))
        texts = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        starts = array("q", accumulate(map(len, kept), initial=0))
        # a file that ends with a line end has an empty last line, which StringIO does not list
        starts.extend([len(source)] * (len(texts) + 1 - len(starts)))
    # damaged files have runs of them
    if "\0" in source:
        _drop(texts, "\0", "nul-bytes", "NUL characters, left out", repairs)
    # files put together from several carry the mark of each
    if "\ufeff" in source:
        _drop(texts, "\ufeff", "stray-bom", "a byte order mark inside the file, left out", repairs)
    return SourceLines(texts=texts, starts=starts), repairs


def is_blank(line: str) -> bool:
    """Whether a line shows nothing."""
    return not line or not line.strip().strip(EDGES)


def _drop(texts: list[str], char: str, kind: str, what: str, repairs: RepairLog) -> None:
    """Take a character out of all lines and log where; a mark only from the start of a line."""
    for place, text in enumerate(texts):
        cleaned = text.replace(char, "") if char == "\0" else text.lstrip(char)
        if cleaned != text:
            texts[place] = cleaned
            repairs.add(place + 1, kind, what)
