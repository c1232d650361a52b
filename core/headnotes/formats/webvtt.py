"""WebVTT, read as its standard says, and more leniently where that would lose a cue.

Written after the parsing algorithm of the standard: webvtt-py moves STYLE blocks, drops a cue
whose time it does not know, and keeps no offsets by which a file could be written back.

Source: W3C WebVTT, sections 6.1 (files), 6.3 (timings and settings), 6.4 (cue text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from headnotes.formats.markup import tidy_lines
from headnotes.formats.odd_clocks import Timing, read_timing
from headnotes.formats.repairs import RepairLog
from headnotes.formats.source import note_preface, split_lines
from headnotes.formats.splicing import splice_cues
from headnotes.formats.spoken import split_spoken
from headnotes.formats.styled_text import read_vtt_text
from headnotes.formats.timestamps import count_strict_ms, settle_times
from headnotes.issues import Issue, TrackError
from headnotes.model import Cue, Track
from headnotes.times import format_vtt_time

_EXACT_SIGNATURE = re.compile(r"WEBVTT(?:[ \t]|\Z)")
_AT_TOP = re.compile(r"(?:^|\s)line:(?:[0-4]|[0-3]?\d(?:\.\d+)?%)(?=[,\s]|\Z)")
_STRICT_TIMING = re.compile(
    r"[ \t\f]*((?:[0-9]{2,3}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3})[ \t\f]*-->"
    r"[ \t\f]*((?:[0-9]{2,3}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3})(?=[ \t\f]|$)"
)
_SETTING = re.compile(r"(?:align|line|position|size|vertical|region|X1)\b|[a-z]+:\S")
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@frozen(kw_only=True)
class _Head:
    """A timing line: its place, the first line of its cue, its times and settings."""

    at: int
    first: int
    timing: Timing


def parse_vtt(source: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Read the cues of a decoded WebVTT file.

    Raises:
        TrackError: there is no timing line in it.
    """
    lines, repairs = split_lines(source)
    if not _EXACT_SIGNATURE.match(lines.texts[0]):
        what = "a first line that is not WEBVTT alone, read as that"
        repairs.note(1, "odd-signature", what)
    heads = _find_heads(lines.texts, repairs)
    if not heads:
        raise TrackError(Issue(code="no-cues", message="a WebVTT file without a cue"))
    _note_preface(lines.texts, heads[0].first, repairs)
    ends = [*(head.first for head in heads[1:]), len(lines.texts)]
    written = [(head.timing.start_ms, head.timing.end_ms) for head in heads]
    times = settle_times(written, [head.at + 1 for head in heads], repairs)
    cues = []
    for number, (head, end, (start_ms, end_ms)) in enumerate(
        zip(heads, ends, times, strict=True), start=1
    ):
        said = _find_said(lines.texts, head.at + 1, end)
        if said and said[-1] - head.at > len(said):
            what = "text behind a blank line, read as more of the cue before it"
            repairs.note(head.at + 1, "blank-line-in-cue", what)
        spoken_lines = [lines.texts[at] for at in said]
        if tail := _find_tail(head, repairs):
            spoken_lines.insert(0, tail)
        raw = "\n".join(spoken_lines)
        text, voices, is_top = read_vtt_text(raw)
        spoken, asides = split_spoken(text)
        cues.append(
            Cue(
                number=number,
                start_ms=start_ms,
                end_ms=end_ms,
                text=text,
                spoken=spoken,
                asides=(*voices, *asides),
                raw=raw,
                is_top=is_top or _AT_TOP.search(head.timing.after) is not None,
                span=lines.span(head.first, said[-1] if said else head.at),
            )
        )
    return tuple(cues), repairs.close()


def write_vtt(rows: Iterable[tuple[int, int, str]]) -> str:
    """Write a WebVTT file that holds nothing but cues, as every player reads it.

    Args:
        rows: start and end in milliseconds and plain text, in the order to write them; signs
            that WebVTT takes for markup are escaped, blank lines are left out.

    Returns:
        The whole file's text, its lines ended by a newline alone.
    """
    blocks = [
        f"{format_vtt_time(start_ms)} --> {format_vtt_time(end_ms)}\n"
        f"{tidy_lines(text.translate(_ESCAPES))}\n"
        for start_ms, end_ms, text in rows
    ]
    return "\n".join(("WEBVTT\n", *blocks))


def _find_heads(texts: list[str], repairs: RepairLog) -> list[_Head]:
    """Find every timing line, and the identifier before it if there is one."""
    heads: list[_Head] = []
    floor = 1
    for at, line in enumerate(texts):
        timing = (_read_strictly(line) or read_timing(line)) if "->" in line else None
        if timing is None:
            continue
        for kind, what in timing.oddities:
            repairs.note(at + 1, kind, what)
        has_id = at > floor and texts[at - 1] and not texts[at - 2]
        heads.append(_Head(at=at, first=at - 1 if has_id else at, timing=timing))
        floor = at + 1
    return heads


def _read_strictly(line: str) -> Timing | None:
    """Read a timing line that keeps to the standard."""
    found = _STRICT_TIMING.match(line)
    if found is None:
        return None
    start_ms, end_ms = (
        count_strict_ms(time if len(time) > 9 else f"00:{time}") for time in found.groups()
    )
    return Timing(start_ms=start_ms, end_ms=end_ms, before="", after=line[found.end() :].strip())


def _note_preface(texts: list[str], begin: int, repairs: RepairLog) -> None:
    """Say what stands between the header and the first cue and is no comment or style."""
    body = next((at for at in range(1, begin) if not texts[at]), begin)
    note_preface(texts, _find_said(texts, body, begin), repairs)


def _find_said(texts: list[str], begin: int, end: int) -> list[int]:
    """Find the lines of a cue up to the next one, without comments and styles between them."""
    said: list[int] = []
    is_comment = False
    for at in range(begin, end):
        if not texts[at]:
            is_comment = False
        elif at > begin and not texts[at - 1]:
            is_comment = _COMMENT.match(texts[at]) is not None
        if texts[at] and not is_comment:
            said.append(at)
    return said


def _find_tail(head: _Head, repairs: RepairLog) -> str:
    """Find what is said on a timing line instead of settings."""
    tail = head.timing.after
    if not tail or _SETTING.match(tail):
        return ""
    what = f"dialogue behind the times, {tail[:40]!r}, read as the first line"
    repairs.note(head.at + 1, "text-on-timing-line", what)
    return tail


def write_vtt_track(track: Track) -> str:
    """Write a track back; a cue that is as it was read keeps its block."""
    source = track.source or "WEBVTT\n\n"
    original = parse_vtt(source)[0] if track.source else ()
    eol = split_lines(source)[0].eol

    def render(cue: Cue, block: str) -> str:
        before, settings = _keep_surroundings(block)
        times = f"{format_vtt_time(cue.start_ms)} --> {format_vtt_time(cue.end_ms)}"
        said = filter(str.strip, cue.raw.replace("-->", "--&gt;").split("\n"))
        return "".join(f"{line}{eol}" for line in (*before, f"{times} {settings}".strip(), *said))

    return splice_cues(source, original, track.cues, render, gap=eol)


def _keep_surroundings(block: str) -> tuple[list[str], str]:
    """Find the identifier and the settings of a cue that is written anew."""
    texts = split_lines(block)[0].texts
    heads = _find_heads(texts, RepairLog())
    return (texts[: heads[0].at], heads[0].timing.after) if heads else ([], "")
