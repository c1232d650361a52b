"""The readability of an annotated track, ours or another's: which rule is broken where.

Only notes are judged; dialogue is somebody else's work and counts as what must be read besides.
The numbers are those that `headnotes.scheduling` keeps.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from headnotes.issues import Issue
from headnotes.model import Cue, Track
from headnotes.scheduling import (
    ReadingLoad,
    count_chars,
    find_label,
    is_legend,
    join_tops,
    limits,
    meets_top,
)
from headnotes.times import format_clock
from headnotes.values import evolve, frozen

_ROUNDING_CPS = 0.25
"""ASS rounds the times of dialogue to 10 ms, which moves the sum of N2 by as much."""
_VTT_BLOCK = re.compile(r"^(STYLE|REGION)[ \t]*$", re.MULTILINE)
_ADDRESS = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


@frozen(kw_only=True)
class Violation:
    """One rule broken at one place.

    Attributes:
        rule: `N1` to `N8`, `P1`, `P6`; stays the same from version to version.
        cue: number of the cue; 0 where the whole file is meant.
        start_ms: when that cue starts.
        line: where it stands in the decoded file, from 1; 0 where unknown.
        what: what is wrong, with the number found.
        hint: what to do about it.
    """

    rule: str
    what: str
    hint: str
    cue: int = 0
    start_ms: int = 0
    line: int = 0

    def as_issue(self, track_name: str) -> Issue:
        """Return it as an issue of a track, with its place and time in the file."""
        return Issue(
            path=track_name,
            line=self.line,
            key=f"cue {self.cue} at {format_clock(self.start_ms)}" if self.cue else "",
            code=self.rule,
            message=f"{self.rule}: {self.what}",
            hint=self.hint,
        )


def lint_track(track: Track) -> tuple[Violation, ...]:
    """Return every rule that a track's notes break, by place, then by rule.

    Notes are the cues that begin with a label of ours. Where there are none, another program may
    have made the track, and the cues at the top of the picture are taken for notes.
    """
    notes, dialogue = divide_cues(track)
    found = [*_lint_file(track), *_lint_apart(notes)]
    if not notes:
        found.append(
            Violation(
                rule="N5",
                what="no headnote: no cue begins with a label, and none is at the top",
                hint="annotate the track first",
            )
        )
    load = ReadingLoad(dialogue)
    # the latest end so far, for a long cue may outlast those after it
    latest_ends = list(accumulate((cue.end_ms for cue in dialogue), max))
    tops = join_tops(dialogue)
    for note in notes:
        found += _lint_form(note)
        found += _lint_words(note)
        found += _lint_company(note, load, tops)
        found += _lint_time(note, dialogue, latest_ends)
    return _number_lines(
        sorted(found, key=lambda violation: (violation.start_ms, violation.cue, violation.rule)),
        track,
    )


def divide_cues(track: Track) -> tuple[Sequence[Cue], Sequence[Cue]]:
    """Separate a track's notes from its dialogue, each by time."""
    cues = track.by_time
    numbers = {cue.number for cue in cues if find_label(cue.text)}
    # tracks of other programs have no labels of ours, but most put their notes at the top
    numbers = numbers or {cue.number for cue in cues if cue.is_top}
    notes = [cue for cue in cues if cue.number in numbers]
    return notes, [cue for cue in cues if cue.number not in numbers]


def _lint_file(track: Track) -> Iterator[Violation]:
    """Check what players want of the file as a whole (P1, P6)."""
    if track.source.lstrip("\ufeff").startswith("WEBVTT") and (
        block := _VTT_BLOCK.search(track.source)
    ):
        yield Violation(
            rule="P1",
            what=f"has a {block[1]} block; ffmpeg and the players on it show nothing of the file",
            hint="take the block out, style the page instead",
        )
    if track.bom or track.encoding.lower().replace("_", "-") not in {"utf-8", "ascii"}:
        mark = " with a byte order mark" if track.bom else ""
        yield Violation(
            rule="P6",
            what=f"is written in {track.encoding}{mark}",
            hint="write it as UTF-8 without a mark",
        )
    for before, after in pairwise(track.cues):
        if after.start_ms < before.start_ms:
            yield _at(after, "P6", "starts before the cue above it", "sort the cues by start")


def _lint_form(note: Cue) -> Iterator[Violation]:
    """Check length, lines and duration (N1)."""
    duration_ms = note.end_ms - note.start_ms
    chars = count_chars(note.text)
    lines = note.text.split("\n")
    longest = max(map(count_chars, lines))
    if chars * 1000 > limits.NOTE_CPS * duration_ms:
        # a cue of another program may have no duration at all
        speed = f"{chars * 1000 / duration_ms:.1f}" if duration_ms else "endless"
        what = f"{speed} characters a second by itself, {limits.NOTE_CPS} at most"
        yield _at(note, "N1", what, "show it longer or say less")
    if duration_ms < limits.MIN_DURATION_MS:
        what = f"shows {duration_ms / 1000:.2f} s, {limits.MIN_DURATION_MS / 1000} at least"
        yield _at(note, "N1", what, "show it longer")
    if duration_ms > limits.MAX_DURATION_MS:
        what = f"shows {duration_ms / 1000:.2f} s, {limits.MAX_DURATION_MS / 1000} at most"
        yield _at(note, "N1", what, "show it shorter")
    if len(lines) > limits.MAX_LINES:
        what = f"{len(lines)} lines, {limits.MAX_LINES} at most"
        yield _at(note, "N1", what, "say less")
    if longest > limits.MAX_LINE_CHARS:
        what = f"a line of {longest} characters, {limits.MAX_LINE_CHARS} at most"
        yield _at(note, "N1", what, "break it elsewhere or say less")


def _lint_words(note: Cue) -> Iterator[Violation]:
    """Check that a note names itself and keeps its sources for the report (N5, N8)."""
    if not find_label(note.text):
        yield _at(note, "N5", "does not begin with a label of ours", "begin it with, say, [TRUE]")
    if _ADDRESS.search(note.text):
        yield _at(note, "N8", "holds an address", "keep sources for the report")


def _lint_company(
    note: Cue, load: ReadingLoad, tops: Sequence[tuple[int, int]]
) -> Iterator[Violation]:
    """Check a note against the dialogue around it (N2, N7)."""
    cps = load.measure_cps(count_chars(note.text), note.start_ms, note.end_ms)
    if note.end_ms > note.start_ms and cps > limits.FAIL_CPS + _ROUNDING_CPS:
        what = f"{cps:.1f} characters a second with the dialogue, {limits.FAIL_CPS} at most"
        yield _at(note, "N2", what, "move it to a quieter place")
    if note.is_top and meets_top(tops, note.start_ms, note.end_ms):
        yield _at(note, "N7", "is where dialogue is", "put it at the bottom meanwhile")


def _lint_time(
    note: Cue, dialogue: Sequence[Cue], latest_ends: Sequence[int]
) -> Iterator[Violation]:
    """Check that a note follows something said, and not too long after it (N4).

    A file does not show where the moment of a note was, only whether anything was said before it.
    """
    if not dialogue or is_legend(note.text):
        return
    at = bisect_right(dialogue, note.start_ms, key=lambda cue: cue.start_ms)
    if not at:
        yield _at(note, "N4", "begins before anything is said", "show it after what it speaks of")
    elif note.start_ms - latest_ends[at - 1] > limits.QUIET_MS:
        quiet = (note.start_ms - latest_ends[at - 1]) / 1000
        what = f"begins {quiet:.0f} s after the last words, {limits.QUIET_MS // 1000} at most"
        yield _at(note, "N4", what, "show it nearer to what it speaks of")


def _lint_apart(notes: Sequence[Cue]) -> Iterator[Violation]:
    """Check that notes keep their distance and do not come too many at once (N3)."""
    latest_ms = None
    for note in notes:
        if latest_ms is not None and note.start_ms < latest_ms + limits.GAP_MS:
            apart = (note.start_ms - latest_ms) / 1000
            what = f"{apart:.2f} s after the note before it, {limits.GAP_MS / 1000:.0f} at least"
            yield _at(note, "N3", what, "leave one of the two out or move it")
        latest_ms = max(latest_ms or 0, note.end_ms)
    # the densest there is, as no file says which density it was made for
    most = limits.BUCKET_MS // limits.SPACING_MS["dense"]
    for first, note in zip(notes, notes[most:], strict=False):
        if note.start_ms - first.start_ms < limits.BUCKET_MS:
            what = f"more than {most} notes in ten minutes"
            yield _at(note, "N3", what, "leave some of them out")


def _at(cue: Cue, rule: str, what: str, hint: str) -> Violation:
    return Violation(rule=rule, cue=cue.number, start_ms=cue.start_ms, what=what, hint=hint)


def _number_lines(violations: Sequence[Violation], track: Track) -> tuple[Violation, ...]:
    """Return violations with the line of the file where each one's cue stands."""
    if not violations or not track.source:
        return tuple(violations)
    spans = {cue.number: cue.span for cue in track.cues}
    ends = [line_end.start() for line_end in re.finditer(r"\r\n?|\n", track.source)]
    return tuple(
        evolve(violation, line=bisect_left(ends, span[0]) + 1)
        if (span := spans.get(violation.cue))
        else violation
        for violation in violations
    )
