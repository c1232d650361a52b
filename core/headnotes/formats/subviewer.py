"""SubViewer and YouTube's SBV: two times with a comma between them, then the text.

Written by hand: no library that is kept reads either.
"""

from __future__ import annotations

import re

from headnotes.formats.markup import make_cue, read_srt_text
from headnotes.formats.source import EDGES, RepairLog, SourceLines, is_blank, split_lines
from headnotes.formats.timestamps import read_timestamp, settle_times
from headnotes.issues import Issue, TrackError
from headnotes.model import Cue

_TIMESTAMP = r"-?\d{1,3}:\d{1,2}:\d{1,2}\.\d{2,3}"
TIMING_LINE = re.compile(
    rf"^[{EDGES}]*({_TIMESTAMP}) ?, ?({_TIMESTAMP})[{EDGES}]*\r?$", re.MULTILINE
)
"""A line of two times alone; SubViewer counts hundredths, SBV thousandths."""

_SECTION = re.compile(r"\[[A-Z ]{2,30}\]")
"""SubViewer's header: `[INFORMATION]`, `[TITLE]`, `[COLF]&HFFFFFF,[STYLE]no`."""


def parse_subviewer(source: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Read the cues of a decoded file; everything up to the next timing line is text.

    Raises:
        TrackError: there is no timing line in it.
    """
    lines, repairs = split_lines(source)
    headers = [
        (at, found) for at, text in enumerate(lines.texts) if (found := TIMING_LINE.match(text))
    ]
    if not headers:
        raise TrackError(Issue(code="no-cues", message="a SubViewer file without a cue"))
    written = [(read_timestamp(found[1]), read_timestamp(found[2])) for _, found in headers]
    places = [at for at, _ in headers]
    times = settle_times(written, [at + 1 for at in places], repairs)
    _log_preface(lines, places[0], repairs)
    cues = []
    ends = [*places[1:], len(lines.texts)]
    for number, (at, end, timed) in enumerate(zip(places, ends, times, strict=True), 1):
        shown = [text for text in lines.texts[at + 1 : end] if not is_blank(text)]
        raw = re.sub(r"(?i)\[br\]", "\n", "\n".join(shown))
        cues.append(make_cue(number, timed, read_srt_text(raw), raw, lines.span(at, end - 1)))
    return tuple(cues), repairs.close()


def _log_preface(lines: SourceLines, first: int, repairs: RepairLog) -> None:
    """Log what stands before the first cue and is no header."""
    texts = lines.texts[:first]
    if not any(map(_SECTION.match, texts)):
        repairs.add_preface(texts, [at for at, text in enumerate(texts) if not is_blank(text)])
