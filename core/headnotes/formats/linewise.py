"""Older formats through pysubs2: MicroDVD, MPL2 and TMPlayer, one line for each cue, and SAMI.

pysubs2 reads the lines and their markup. What it would drop or guess is settled here: a line that
does not begin like a cue belongs to the one before it; where a format has no ends, a cue shows
until the next line, which may be empty for no other purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise, tee
from typing import TYPE_CHECKING

from headnotes.formats.markup import join_pieces, make_cue, read_ass_pieces
from headnotes.formats.source import RepairLog, is_blank, split_lines
from headnotes.formats.timestamps import MOST_MS, settle_times
from headnotes.issues import Issue, TrackError
from headnotes.lazy import lazy_pattern
from headnotes.model import Cue

if TYPE_CHECKING:
    from pysubs2 import SSAEvent

Parsed = tuple[tuple[Cue, ...], tuple[Issue, ...]]
Row = tuple[int, str]
"""The line where a cue begins, from 1, and its text with what the format says of it."""

_PART_ROWS = 250

# `{100}{250}Text|of two lines`, in frames
MICRODVD_LINE = r"\s*\{\s*\d{1,9}\s*\}\{\s*\d{1,9}\s*\}"
# `[10][25]Text`, in tenths of a second
MPL2_LINE = r"\s*\[-?\d{1,9}\]\[-?\d{1,9}\]"
# `00:00:01:Text`
TMPLAYER_LINE = r"\s*\d{1,2}:\d\d:\d\d[:=](?!\d\d[\s;:.,])"
"""The start of a cue; what looks like time code behind it is one of the STL formats."""

# `{1}{1}23.976`: a first cue that nobody sees, and that says how many frames a second has
_FRAME_RATE = r"\s*\{[01]\}\{[01]\}\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*"
_COMMENT = r"(?s)<!--.*?-->"
# one that does not close ends where the next element begins
_SYNC = lazy_pattern(r"<sync\b[^<>]*(?:>|(?=<))", re.IGNORECASE)
_SYNC_START = r"(?i)\bstart\s*=\s*(?:[\"']\s*)?(\d{1,9})"


def parse_microdvd(source: str, frame_rate: float | None = None) -> Parsed:
    """Read a MicroDVD file, which counts frames.

    Args:
        source: the decoded file.
        frame_rate: frames a second, where the file's first cue does not say it.

    Raises:
        TrackError: nothing tells the frame rate.
    """
    lines, repairs = split_lines(source)
    rows = _find_rows(lines.texts, MICRODVD_LINE, repairs)
    first = next(rows, None)
    if first and (named := re.fullmatch(_FRAME_RATE, first[1])):
        frame_rate = float(named[1].replace(",", "."))
    elif first:
        rows = chain((first,), rows)
    if not frame_rate:
        what = "MicroDVD counts frames, and this file does not say how many there are in a second"
        hint = "give it with --fps 25 or --fps 23.976"
        raise TrackError(Issue(code="no-frame-rate", message=what, hint=hint))
    return _make_cues(_read_rows(rows, "microdvd", frame_rate), repairs)


def parse_mpl2(source: str) -> Parsed:
    """Read an MPL2 file, which counts tenths of a second."""
    lines, repairs = split_lines(source)
    rows = _find_rows(lines.texts, MPL2_LINE, repairs)
    return _make_cues(_read_rows(rows, "mpl2"), repairs)


def parse_tmplayer(source: str) -> Parsed:
    """Read a TMPlayer file, which has whole seconds and no ends."""
    lines, repairs = split_lines(source)
    rows = _find_rows(lines.texts, TMPLAYER_LINE, repairs)
    named = ((line, _name_text(text)) for line, text in rows)
    return _make_cues(_read_rows(named, "tmp"), repairs, has_ends=False)


def parse_sami(source: str) -> Parsed:
    """Read a SAMI file; each of its points shows a text until the next one."""
    lines, repairs = split_lines(source)
    text = _drop_comments("\n".join(lines.texts))
    del lines  # of a large file they are larger than all that comes of it
    # the parser of pysubs2 keeps the last text only of documents that are closed
    found = _read_rows(_find_points(text, repairs), "sami", closing="</sami>")
    return _make_cues(found, repairs, has_ends=False, until_next=True)


def _drop_comments(text: str) -> str:
    """Leave comments out of a document, but not their line ends; one without an end is none."""
    # only where an end comes after it, or looking for it would take the square of the size
    closed, end, rest = text.rpartition("-->")
    kept = re.sub(_COMMENT, lambda comment: "\n" * comment.group().count("\n"), closed + end)
    # a comment that is open, and a marked section, would end the work of pysubs2's parser
    return (kept + rest.replace("<!--", "< !--")).replace("<![", "< ![")


def _find_points(text: str, repairs: RepairLog) -> Iterator[Row]:
    """Yield each point of a SAMI document that has a start, as pysubs2 knows it."""
    row: list[str] = []
    number, line, before = 0, 1, 0
    for sync in _SYNC.finditer(text):
        if row:
            row.append(text[before : sync.start()])
        line += text.count("\n", before, sync.start())
        before = sync.end()
        if start := re.search(_SYNC_START, sync.group()):
            if row:
                yield number, "".join(row)
            number, row = line, [f"<sync start={start[1]}>"]
        else:
            row.append(" ")
            repairs.add(line, "unreadable-time", "a SYNC without a start, read as more of the last")
        line += sync.group().count("\n")
    if row:
        yield number, "".join((*row, text[before:]))


def _name_text(text: str) -> str:
    """Write a TMPlayer line as pysubs2 knows it; an empty one clears the screen."""
    head = re.match(TMPLAYER_LINE, text)
    end = head.end() if head else 0
    return f"{text[: end - 1].strip()}:{text[end:] or ' '}"


def _find_rows(texts: Sequence[str], start: str, repairs: RepairLog) -> Iterator[Row]:
    """Yield the lines of a file that are cues, each with what belongs to it."""
    row: list[str] = []
    number = 0
    preface: list[int] = []
    for at, text in enumerate(texts):
        if re.match(start, text):
            if row:
                yield number, "|".join(row)
            # pysubs2 passes over a line without text
            number, row = at + 1, [f"{text.lstrip()} "]
        elif is_blank(text):
            continue
        elif row:
            row.append(text.strip())
            repairs.add(at + 1, "torn-line", "a line without times, read as more of the last cue")
        else:
            preface.append(at)
    repairs.add_preface(texts, preface)
    if row:
        yield number, "|".join(row)


def _read_rows(
    rows: Iterable[Row], name: str, frame_rate: float | None = None, *, closing: str = ""
) -> Iterator[tuple[int, SSAEvent]]:
    """Yield what pysubs2 reads of some rows, each with its line.

    Args:
        rows: as pysubs2 knows them.
        name: its name of the format.
        frame_rate: frames a second, where the format counts them.
        closing: what stands at the end of a file.
    """
    from pysubs2 import SSAFile

    waiting = iter(rows)
    # its events are large, so that it gets a part of the file at a time
    while part := list(islice(waiting, _PART_ROWS)):
        text = "\n".join(row for _, row in part) + closing
        events = SSAFile.from_string(text, format_=name, fps=frame_rate).events
        # where it passes over a row, nothing tells which
        is_each = len(events) == len(part)
        yield from zip((line if is_each else part[0][0] for line, _ in part), events, strict=False)


def _make_cues(
    found: Iterable[tuple[int, SSAEvent]],
    repairs: RepairLog,
    *,
    has_ends: bool = True,
    until_next: bool = False,
) -> Parsed:
    """Make cues of what pysubs2 has read.

    Args:
        found: in the order of the file, each with its line, from 1.
        repairs: what was put right.
        has_ends: whether the format has ends; else pysubs2 has guessed them.
        until_next: whether a text without an end shows until the next one, however late that is.

    Raises:
        TrackError: there is no text in it.
    """
    places, timed, texts = tee(found, 3)
    starts_and_ends = ((event.start, event.end if has_ends else None) for _, event in timed)
    written = _follow(starts_and_ends) if until_next else starts_and_ends
    bound = ((_bound(start_ms), _bound(end_ms)) for start_ms, end_ms in written)
    times = settle_times(bound, (line for line, _ in places), repairs)
    cues: list[Cue] = []
    for (_, event), (start_ms, end_ms) in zip(texts, times, strict=True):
        pieces = read_ass_pieces(event.text)
        text = join_pieces(pieces, with_tags=False)
        # where there are no ends, an empty text is one
        if text.strip("\xa0") or has_ends:
            is_styled = any(tags for _, tags in pieces)
            cue = make_cue(
                len(cues) + 1,
                (start_ms, end_ms),
                (text, False),
                join_pieces(pieces, with_tags=True) if is_styled else text,
            )
            cues.append(cue)
    if not cues:
        raise TrackError(Issue(code="no-cues", message="a file without a text"))
    return tuple(cues), repairs.close()


def _follow(written: Iterable[tuple[int, int | None]]) -> Iterator[tuple[int, int | None]]:
    """Yield starts, each with the next one as its end; the last has none."""
    starts = chain((start_ms for start_ms, _ in written), (None,))
    for start_ms, follower_ms in pairwise(starts):
        if start_ms is not None:
            yield start_ms, follower_ms


def _bound(time_ms: int | None) -> int | None:
    """Return a time that a film can have, else nothing."""
    return None if time_ms is None or time_ms >= MOST_MS else time_ms
