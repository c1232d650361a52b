"""A decoded file as lines that know where they stand.

Files mix all three line ends and carry NULs and byte order marks in the middle; the formats see
clean lines, and offsets into the source as it was.
"""

from __future__ import annotations

import re
from io import StringIO
from itertools import accumulate
from typing import NamedTuple

from headnotes.formats.repairs import RepairLog

INVISIBLE = "\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\x1a\x00"
"""Characters that show nothing and stray to the edges of lines; U+001A ended files in DOS."""

EDGES = INVISIBLE + " \t\xa0"
"""What may stand around a number or a time without meaning anything."""


class SourceLines(NamedTuple):
    """The lines of a decoded file.

    Attributes:
        texts: without line ends, NULs and marks at their start; at least one line.
        starts: offset of each line in the source, and the length of the source at the end.
        eol: the line end of the first line, for writing more of the same.
    """

    texts: list[str]
    starts: list[int]
    eol: str

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Say where the lines from `first` to `last` stand, the last line end included."""
        return self.starts[first], self.starts[last + 1]


def split_lines(source: str) -> tuple[SourceLines, RepairLog]:
    """Cut a decoded file into lines, whichever line ends it has.

    Returns:
        The lines, and what had to be taken out of them.
    """
    repairs = RepairLog()
    if "\r" not in source:
        texts, eol = source.split("\n"), "\n"
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        starts[-1] = len(source)
    elif source.count("\r\r\n") * 2 > source.count("\n"):
        kept, eol = re.findall(r"[^\r\n]*(?:\r{0,2}\n|\r|\Z)", source), "\r\r\n"
        texts = [line.rstrip("\r\n") for line in kept]
        starts = list(accumulate(map(len, kept), initial=0))
        repairs.note(1, "doubled-line-ends", "every line ends twice, read as once")
    else:
        kept = list(StringIO(source, newline=""))
        eol = "\r\n" if kept[0].endswith("\r\n") else kept[0][-1]
        texts = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        starts = list(accumulate(map(len, kept), initial=0))
        starts += [len(source)] * (len(texts) + 1 - len(starts))
    if "\0" in source:
        _drop(texts, "\0", "nul-bytes", "NUL characters, left out", repairs)
    if "\ufeff" in source:
        _drop(texts, "\ufeff", "stray-bom", "a byte order mark inside the file, left out", repairs)
    return SourceLines(texts=texts, starts=starts, eol=eol), repairs


def is_blank(line: str) -> bool:
    """Whether a line shows nothing."""
    return not line or not line.strip().strip(EDGES)


def note_preface(texts: list[str], places: list[int], repairs: RepairLog) -> None:
    """Say which lines stand before the first cue and belong to none."""
    if places:
        first = texts[places[0]].strip()[:40]
        what = f"{len(places)} lines before the first cue, from {first!r}, passed over"
        repairs.note(places[0] + 1, "text-before-first-cue", what)


def _drop(texts: list[str], char: str, kind: str, what: str, repairs: RepairLog) -> None:
    """Take a character out of all lines and say where; a mark only from the start of a line."""
    for place, text in enumerate(texts):
        cleaned = text.replace(char, "") if char == "\0" else text.lstrip(char)
        if cleaned != text:
            texts[place] = cleaned
            repairs.note(place + 1, kind, what)
