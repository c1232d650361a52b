"""Older formats through pysubs2: MicroDVD, MPL2 and TMPlayer, one line for each cue, and SAMI.

pysubs2 reads the lines and their markup. What it would drop or guess is settled here: a line that
does not begin like a cue belongs to the one before it; where a format has no ends, a cue shows
until the next line, which may be empty for no other purpose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headnotes.formats.markup import join_pieces, make_cue, read_ass_pieces
from headnotes.formats.source import RepairLog, is_blank, split_lines
from headnotes.formats.timestamps import MOST_MS, settle_times
from headnotes.issues import Issue, TrackError
from headnotes.model import Cue

if TYPE_CHECKING:
    from pysubs2 import SSAEvent

Parsed = tuple[tuple[Cue, ...], tuple[Issue, ...]]

MICRODVD_LINE = r"\s*\{\s*\d{1,9}\s*\}\{\s*\d{1,9}\s*\}"
MPL2_LINE = r"\s*\[-?\d{1,9}\]\[-?\d{1,9}\]"
TMPLAYER_LINE = r"\s*\d{1,2}:\d\d:\d\d[:=](?!\d\d[\s;:.,])"
"""The start of a cue; what looks like time code behind it is one of the STL formats."""

_FRAME_RATE = r"\s*\{[01]\}\{[01]\}\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*"
_SYNC = re.compile(r"<sync\b[^>]*>", re.IGNORECASE)
_SYNC_START = r"(?i)\bstart\s*=\s*[\"']?\s*(\d{1,9})"


def parse_microdvd(source: str, frame_rate: float | None = None) -> Parsed:
    """Read a MicroDVD file, which counts frames.

    Args:
        source: the decoded file.
        frame_rate: frames a second, where the file's first cue does not state it.

    Raises:
        TrackError: the frame rate is unknown.
    """
    rows, repairs = _find_rows(source, MICRODVD_LINE)
    named = re.fullmatch(_FRAME_RATE, rows[0][1]) if rows else None
    if named:
        rows, frame_rate = rows[1:], float(named[1].replace(",", "."))
    if not frame_rate:
        what = "MicroDVD counts frames, and this file does not say how many a second has"
        hint = "set it with --fps 25 or --fps 23.976"
        raise TrackError(Issue(code="no-frame-rate", message=what, hint=hint))
    events = _read_events("\n".join(text for _, text in rows), "microdvd", frame_rate)
    return _make_cues(events, [line for line, _ in rows], repairs)


def parse_mpl2(source: str) -> Parsed:
    """Read an MPL2 file, which counts tenths of a second."""
    rows, repairs = _find_rows(source, MPL2_LINE)
    events = _read_events("\n".join(text for _, text in rows), "mpl2")
    return _make_cues(events, [line for line, _ in rows], repairs)


def parse_tmplayer(source: str) -> Parsed:
    """Read a TMPlayer file, which has whole seconds and no ends."""
    rows, repairs = _find_rows(source, TMPLAYER_LINE)
    events = _read_events("\n".join(_name_text(text) for _, text in rows), "tmp")
    return _make_cues(events, [line for line, _ in rows], repairs, has_ends=False)


def parse_sami(source: str) -> Parsed:
    """Read a SAMI file; each of its points shows a text until the next one."""
    lines, repairs = split_lines(source)
    text = "\n".join(lines.texts)
    numbers: list[int] = []
    line, before = 1, 0
    for sync in _SYNC.finditer(text):
        line += text.count("\n", before, sync.start())
        before = sync.start()
        if re.search(_SYNC_START, sync.group()):
            numbers.append(line)
        else:
            repairs.add(line, "unreadable-time", "a SYNC without a start, read as more of the last")
    # its parser raises on marked sections, and keeps the last text only of closed documents
    harmless = _SYNC.sub(_name_start, text).replace("<![", "< ![")
    events = _read_events(f"{harmless}</sami>", "sami")
    return _make_cues(events, numbers, repairs, has_ends=False, until_next=True)


def _name_start(sync: re.Match[str]) -> str:
    # pysubs2 gives up on a file for one point without a whole number
    start = re.search(_SYNC_START, sync.group())
    return f"<sync start={start[1]}>" if start else " "


def _name_text(text: str) -> str:
    """Write a TMPlayer line as pysubs2 knows it; an empty one clears the screen."""
    head = re.match(TMPLAYER_LINE, text)
    end = head.end() if head else 0
    return f"{text[: end - 1].strip()}:{text[end:] or ' '}"


def _find_rows(source: str, start: str) -> tuple[list[tuple[int, str]], RepairLog]:
    """Find the lines of a file that are cues, each with what belongs to it, and their numbers."""
    lines, repairs = split_lines(source)
    rows: list[tuple[int, list[str]]] = []
    preface: list[int] = []
    for at, text in enumerate(lines.texts):
        if re.match(start, text):
            # pysubs2 passes over a line without text
            rows.append((at + 1, [f"{text.lstrip()} "]))
        elif is_blank(text):
            continue
        elif rows:
            rows[-1][1].append(text.strip())
            repairs.add(at + 1, "torn-line", "a line without times, read as more of the last cue")
        else:
            preface.append(at)
    repairs.add_preface(lines.texts, preface)
    return [(number, "|".join(texts)) for number, texts in rows], repairs


def _read_events(text: str, name: str, frame_rate: float | None = None) -> list[SSAEvent]:
    from pysubs2 import SSAFile

    return SSAFile.from_string(text, format_=name, fps=frame_rate).events


def _make_cues(
    events: list[SSAEvent],
    lines: list[int],
    repairs: RepairLog,
    *,
    has_ends: bool = True,
    until_next: bool = False,
) -> Parsed:
    """Make cues of what pysubs2 has read.

    Args:
        events: in the order of the file.
        lines: where each of them stands, from 1.
        repairs: what was put right.
        has_ends: whether the format has ends; else pysubs2 has guessed them.
        until_next: whether a text without an end shows until the next one, however late that is.

    Raises:
        TrackError: there is no text in it.
    """
    if not events:
        raise TrackError(Issue(code="no-cues", message="a file without a text"))
    if len(lines) != len(events):  # points inside comments are none
        lines = [1] * len(events)
    starts = [event.start if event.start < MOST_MS else None for event in events]
    if has_ends:
        ends = [event.end if event.end < MOST_MS else None for event in events]
    else:
        followers = [*starts[1:], None] if events else []
        ends = followers if until_next else [None] * len(events)
    times = settle_times(list(zip(starts, ends, strict=True)), lines, repairs)
    cues: list[Cue] = []
    for event, timed in zip(events, times, strict=True):
        pieces = read_ass_pieces(event.text)
        text = join_pieces(pieces, with_tags=False)
        # where there are no ends, an empty text is one
        if text.strip("\xa0") or has_ends:
            raw = join_pieces(pieces, with_tags=True)
            cues.append(make_cue(len(cues) + 1, timed, (text, False), raw))
    if not cues:
        raise TrackError(Issue(code="no-cues", message="a file without a text"))
    return tuple(cues), repairs.close()
