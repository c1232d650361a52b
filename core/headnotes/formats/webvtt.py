"""WebVTT, read as its standard says, and more leniently where that would lose a cue.

Written after the parsing algorithm of the standard: webvtt-py moves STYLE blocks, drops a cue
whose time it does not know, and does not say where a cue stands in the file.

Source: W3C WebVTT, sections 6.1 (files), 6.3 (timings and settings), 6.4 (cue text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from headnotes.formats.markup import make_cue, read_vtt_text
from headnotes.formats.source import RepairLog, split_lines
from headnotes.formats.timestamps import TimingLine, read_timing_line, settle_times
from headnotes.issues import Issue, TrackError
from headnotes.model import Cue
from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS, format_vtt_time
from headnotes.values import NamedTuple

_EXACT_SIGNATURE = r"WEBVTT(?:[ \t]|\Z)"
_AT_TOP = re.compile(r"(?:^|\s)line:(?:[0-4]|[0-3]?\d(?:\.\d+)?%)(?=[,\s]|\Z)")
"""The first five lines, or the upper two fifths of the picture."""

# Exactly as the standard has it; what is not goes through the lenient reader of all formats.
_TIMESTAMP = r"(?:([0-9]{2,3}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_STRICT_TIMING = re.compile(rf"[ \t\f]*{_TIMESTAMP}[ \t\f]*-->[ \t\f]*{_TIMESTAMP}(?=[ \t\f]|$)")
# `align:start`, or a setting of a later standard: no dialogue begins with `word:x`
_SETTING = re.compile(r"(?:align|line|position|size|vertical|region|X1)\b|[a-z]+:\S")
# Blocks that are no cues; the last is a line that HTTP Live Streaming puts after the signature.
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)|X-TIMESTAMP-MAP=")
_INNER_HEADER = re.compile(r"WEBVTT(?:[ \t]+-.*)?\s*\Z|WEBVTT FILE\s*\Z")
"""The signature of a file that was joined to another; somebody may well say the word."""
_KEPT_SETTINGS = re.compile(
    r"-->[ \t]*[\d:.]+((?:[ \t]+(?:vertical|line|position|size|align|region):\S+)*)"
)
"""The end of a timing line. What else stands there is dialogue, and in the raw text already."""


class _VttHeader(NamedTuple):
    """A timing line: its place, the first line of its cue, its times, and what follows them."""

    at: int
    first: int
    start_ms: int | None
    end_ms: int | None
    after: str


def parse_vtt(source: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Read the cues of a decoded WebVTT file.

    Raises:
        TrackError: there is no timing line in it.
    """
    lines, repairs = split_lines(source)
    texts = lines.texts
    if not re.match(_EXACT_SIGNATURE, texts[0]):
        repairs.add(1, "odd-signature", "the first line is not WEBVTT alone, read as that")
    headers = _find_headers(texts, repairs)
    if not headers:
        raise TrackError(Issue(code="no-cues", message="a WebVTT file without a cue"))
    _log_preface(texts, headers[0].first, repairs)
    ends = chain((header.first for header in headers[1:]), (len(texts),))
    written = ((header.start_ms, header.end_ms) for header in headers)
    times = settle_times(written, (header.at + 1 for header in headers), repairs)
    cues: list[Cue] = []
    for header, end, settled in zip(headers, ends, times, strict=True):
        dialogue = _read_dialogue(texts, header.at + 1, end, repairs)
        tail = _read_tail(header, repairs)
        raw = "\n".join([*tail, *(texts[at] for at in dialogue)])
        text, is_top = read_vtt_text(raw)
        shown = text, is_top or _AT_TOP.search(header.after) is not None
        span = lines.span(header.first, dialogue[-1] if dialogue else header.at)
        cues.append(make_cue(len(cues) + 1, settled, shown, raw, span))
        lines.forget(header.first, end)
    return tuple(cues), repairs.close()


def write_vtt(rows: Iterable[tuple[int, int, str, str]]) -> str:
    """Write a WebVTT file that holds nothing but cues, as every player reads it.

    Args:
        rows: start and end in milliseconds, text with WebVTT markup, and settings such as
            `line:0` or nothing, in the order to write them. An arrow in a text would begin
            another cue and becomes an entity; blank lines would end the cue and are left out.

    Returns:
        The whole file's text, its lines ended by a newline alone.
    """
    blocks = ["WEBVTT\n"]
    for start_ms, end_ms, text, settings in rows:
        timing = f"{format_vtt_time(start_ms)} --> {format_vtt_time(end_ms)} {settings}".rstrip()
        shown = "\n".join(filter(None, text.replace("-->", "--&gt;").split("\n")))
        blocks.append(f"{timing}\n{shown}\n")
    return "\n".join(blocks)


def find_settings(block: str) -> str:
    """Return the settings in the block of a cue as read; empty where there are none."""
    timing = _KEPT_SETTINGS.search(block)
    return timing[1].strip() if timing else ""


def _find_headers(texts: list[str], repairs: RepairLog) -> list[_VttHeader]:
    """Find every timing line, and the identifier before it if there is one."""
    headers = []
    floor = 1
    for at, line in enumerate(texts):
        # the standard lets any line with an arrow begin a cue; `Da --> dort` is dialogue here
        timing = (_read_strictly(line) or read_timing_line(line)) if "->" in line else None
        if timing is None:
            continue
        for kind, what in timing.oddities:
            repairs.add(at + 1, kind, what)
        # a line right before the times and after a blank one names the cue; it is not shown
        has_id = at > floor and texts[at - 1] and not texts[at - 2]
        first = at - 1 if has_id else at
        headers.append(_VttHeader(at, first, timing.start_ms, timing.end_ms, timing.after))
        floor = at + 1
    return headers


def _read_strictly(line: str) -> TimingLine | None:
    """Read a timing line that keeps to the standard."""
    found = _STRICT_TIMING.match(line)
    if found is None:
        return None
    parts = [int(part) for part in found.groups(default="0")]
    start_ms, end_ms = (
        hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS + millis
        for hours, minutes, seconds, millis in (parts[:4], parts[4:])
    )
    return TimingLine(start_ms, end_ms, before="", after=line[found.end() :].strip())


def _log_preface(texts: list[str], begin: int, repairs: RepairLog) -> None:
    """Log what stands before the first cue and is no header."""
    # the header, which may hold metadata, reaches to the first blank line
    body = next((at for at in range(1, begin) if not texts[at]), begin)
    repairs.add_preface(texts, _find_dialogue(texts, body, begin))


def _read_dialogue(texts: list[str], begin: int, end: int, repairs: RepairLog) -> list[int]:
    """Find the lines of a cue, and log what the standard would not have among them."""
    dialogue = _find_dialogue(texts, begin, end)
    # the standard ends a cue at a blank line and drops what follows; here it is kept
    if dialogue and dialogue[-1] + 1 - begin > len(dialogue):
        what = "text after a blank line, read as more of the cue before it"
        repairs.add(begin, "blank-line-in-cue", what)
    for at in range(begin, end):
        if _INNER_HEADER.match(texts[at]):
            what = "the header of another file joined to this one, skipped"
            repairs.add(at + 1, "inner-header", what)
    return dialogue


def _find_dialogue(texts: list[str], begin: int, end: int) -> list[int]:
    """Find the lines of a cue up to the next one, without comments and styles between them."""
    dialogue: list[int] = []
    is_comment = False
    for at in range(begin, end):
        if not texts[at]:
            is_comment = False
        elif texts[at].startswith("WEBVTT") and _INNER_HEADER.match(texts[at]):
            is_comment = True
        # NOTE is a comment after a blank line alone; inside a cue somebody says it
        elif at > begin and not texts[at - 1]:
            is_comment = _COMMENT.match(texts[at]) is not None
        if texts[at] and not is_comment:
            dialogue.append(at)
    return dialogue


def _read_tail(header: _VttHeader, repairs: RepairLog) -> tuple[str, ...]:
    """Find dialogue that stands on a timing line instead of settings."""
    tail = header.after
    if not tail or _SETTING.match(tail):
        return ()
    what = f"dialogue after the times, {tail[:40]!r}, read as the first line"
    repairs.add(header.at + 1, "text-on-timing-line", what)
    return (tail,)
