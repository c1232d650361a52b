"""SubViewer and YouTube's SBV: two times with a comma between them, then the text.

The first SubViewer had one time in brackets, and shows a text until the next. Written by hand: no
library that is kept reads any of them.
"""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest

from headnotes.formats.markup import make_cue, read_srt_text
from headnotes.formats.source import EDGES, RepairLog, SourceLines, is_blank, split_lines
from headnotes.formats.timestamps import read_timestamp, settle_times
from headnotes.issues import Issue, TrackError
from headnotes.lazy import lazy_pattern
from headnotes.model import Cue

_TIMESTAMP = r"-?\d{1,3}:\d{1,2}:\d{1,2}\.\d{2,3}"
TIMING_LINE = lazy_pattern(
    rf"^[{EDGES}]*({_TIMESTAMP}) ?, ?({_TIMESTAMP})[{EDGES}]*\r?$", re.MULTILINE
)
"""A line of two times alone; SubViewer counts hundredths, SBV thousandths."""

POINT_LINE = lazy_pattern(rf"^[{EDGES}]*\[(\d{{1,2}}:\d\d:\d\d)\][{EDGES}]*\r?$", re.MULTILINE)
"""A line of one time alone, in whole seconds, as the first SubViewer has it."""

_SECTION = lazy_pattern(r"\[[A-Z ]{2,30}\]")
"""SubViewer's header: `[INFORMATION]`, `[TITLE]`, `[COLF]&HFFFFFF,[STYLE]no`."""


def parse_subviewer(source: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Read the cues of a decoded file; everything up to the next timing line is text.

    Raises:
        TrackError: there is no timing line in it.
    """
    lines, repairs = split_lines(source)
    places = [at for at, text in enumerate(lines.texts) if TIMING_LINE.match(text)]
    if not places:
        raise TrackError(Issue(code="no-cues", message="a SubViewer file without a cue"))
    written = (_read_times(lines.texts[at]) for at in places)
    times = settle_times(written, (at + 1 for at in places), repairs)
    _log_preface(lines, places[0], repairs)
    cues: list[Cue] = []
    for (at, end), (start_ms, end_ms) in zip(
        pairwise((*places, len(lines.texts))), times, strict=True
    ):
        shown = [text for text in lines.texts[at + 1 : end] if not is_blank(text)]
        # its own word for a line break, beside real ones
        raw = re.sub(r"(?i)\[br\]", "\n", "\n".join(shown))
        text, is_top = read_srt_text(raw)
        cues.append(
            make_cue(
                len(cues) + 1, (start_ms, end_ms), (text, is_top), raw, lines.span(at, end - 1)
            )
        )
        lines.forget(at, end)
    return tuple(cues), repairs.close()


def parse_subviewer_1(source: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Read the cues of a decoded file of the first SubViewer; a time without a text ends one.

    Raises:
        TrackError: there is no text in it.
    """
    lines, repairs = split_lines(source)
    places = [at for at, text in enumerate(lines.texts) if POINT_LINE.match(text)]
    _log_preface(lines, places[0] if places else 0, repairs)
    starts = [_read_point(lines.texts[at]) for at in places]
    # each time ends the text before it; the last one has no end of its own
    written = zip_longest(starts, starts[1:])
    times = settle_times(written, (at + 1 for at in places), repairs)
    cues: list[Cue] = []
    spans = pairwise((*places, len(lines.texts)))
    for (at, end), (start_ms, end_ms) in zip(spans, times, strict=True):
        shown = [text for text in lines.texts[at + 1 : end] if _is_shown(text)]
        raw = "\n".join(shown).replace("|", "\n")
        text, is_top = read_srt_text(raw)
        if text:
            cue = make_cue(
                len(cues) + 1, (start_ms, end_ms), (text, is_top), raw, lines.span(at, end - 1)
            )
            cues.append(cue)
    if not cues:
        raise TrackError(Issue(code="no-cues", message="a SubViewer file without a text"))
    return tuple(cues), repairs.close()


def _read_point(line: str) -> int | None:
    found = POINT_LINE.match(line)
    return read_timestamp(found[1]) if found else None


def _is_shown(line: str) -> bool:
    """Whether a line is text, and not `[END]` or the like."""
    return not is_blank(line) and not _SECTION.fullmatch(line.strip(EDGES))


def _read_times(line: str) -> tuple[int | None, int | None]:
    """Read both times of a timing line."""
    found = TIMING_LINE.match(line)
    return (read_timestamp(found[1]), read_timestamp(found[2])) if found else (None, None)


def _log_preface(lines: SourceLines, first: int, repairs: RepairLog) -> None:
    """Log what stands before the first cue and is no header."""
    texts = lines.texts[:first]
    if not any(map(_SECTION.match, texts)):
        repairs.add_preface(texts, [at for at, text in enumerate(texts) if not is_blank(text)])
