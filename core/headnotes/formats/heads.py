"""Where the cues of a SubRip file begin: timing lines, and the numbers that announce them.

What is a number and what is something that is said is decided here. `1929` before a timing line
is a number in a file whose cues are numbered, and dialogue in one whose cues are not.
"""

from __future__ import annotations

import re
from functools import cached_property

from headnotes.formats.repairs import RepairLog
from headnotes.formats.source import EDGES, is_blank
from headnotes.formats.timestamps import STRICT_SRT, has_arrow
from headnotes.times import format_srt_time

_ODD_NUMBER = r"[#(\[-]?(\d{1,9})(?:[ .:)\]#-]{1,3}\d{0,9}){0,2}"
_SETTING = r"[XxYy][12]:-?\d+|(?:align|line|position|size|vertical|region):\S+"
_GAP_MAX = 100  # numbers that may be missing in a row


class Head:
    """A timing line and the number before it, by their places in the file, from 0.

    Attributes:
        at: place of the timing line.
        start, end: as SubRip writes times; empty where the file's cannot be used.
        tail: what is said on the timing line.
        first: where the cue begins: at its number, else at its timing line.
        number: digits; `0` where there are none.
    """

    __slots__ = ("at", "end", "first", "number", "start", "tail")

    def __init__(self, at: int, start: str, end: str, tail: str) -> None:
        self.at = at
        self.start = start
        self.end = end
        self.tail = tail
        self.first = at
        self.number = "0"


def find_heads(texts: list[str], repairs: RepairLog) -> list[Head]:
    """Find where every cue of a file begins.

    Args:
        texts: the lines of the file.
        repairs: what was put right is added to it.
    """
    heads = []
    for at, line in enumerate(texts):
        if (">" not in line and "\u2192" not in line) or not has_arrow(line):
            continue
        found = STRICT_SRT.match(line)
        if found:
            head = Head(at, found[1], found[2], line[found.end() :])
        elif (odd := _read_odd_head(at, line, repairs)) is not None:
            head = odd
        else:
            continue
        head.tail = head.tail and _read_tail(head, repairs)
        heads.append(head)
    if heads:
        _Numbers(texts, heads, repairs).find()
    return heads


def _read_odd_head(at: int, line: str, repairs: RepairLog) -> Head | None:
    """Read a timing line that takes liberties."""
    from headnotes.formats.odd_clocks import read_timing

    timing = read_timing(line.strip(EDGES))
    if timing is None:
        return None
    for kind, what in timing.oddities:
        repairs.note(at + 1, kind, what)
    start, end = (
        "" if time_ms is None else format_srt_time(time_ms)
        for time_ms in (timing.start_ms, timing.end_ms)
    )
    head = Head(at, start, end, timing.after)
    if timing.before:
        head.number = "".join(filter(str.isdecimal, timing.before)) or "0"
        what = f"the number {timing.before.strip()!r} on the timing line, read as before it"
        repairs.note(at + 1, "odd-number", what)
    return head


def _read_tail(head: Head, repairs: RepairLog) -> str:
    """Part settings and coordinates from something that is said on a timing line."""
    tail = head.tail.strip(EDGES)
    if all(re.fullmatch(_SETTING, word) for word in tail.split()):
        return ""
    what = f"dialogue behind the times, {tail[:40]!r}, read as the first line"
    repairs.note(head.at + 1, "text-on-timing-line", what)
    return tail


class _Numbers:
    """The search for numbers through one file.

    Attributes:
        floor: the first line that the cue looked at may claim.
        last: the number of the cue before.
    """

    def __init__(self, texts: list[str], heads: list[Head], repairs: RepairLog) -> None:
        self.texts = texts
        self.heads = heads
        self.repairs = repairs
        self.floor = 0
        self.last = "0"

    def find(self) -> None:
        """Fill in the number and the first line of every cue."""
        texts = self.texts
        for head in self.heads:
            at = head.at - 1
            # as it should be: the number alone between a blank line and the times
            if at > self.floor and texts[at].isdecimal() and not texts[at - 1]:
                head.number = texts[at]
                head.first = at
            else:
                head.first = self._find_near(head)
            self.last = head.number
            self.floor = head.at + 1

    @cached_property
    def is_numbered(self) -> bool:
        """Whether this file numbers its cues."""
        announced = [
            head.at > 0 and re.fullmatch(_ODD_NUMBER, self.texts[head.at - 1].strip(EDGES))
            for head in self.heads
        ]
        share = sum(map(bool, announced)) / len(announced)
        return share > 0.75 or (bool(announced[0]) and share >= 0.5)

    def _find_near(self, head: Head) -> int:
        """Look for the number right before the timing line, where it should be."""
        at = head.at - 1
        bare = self._bare(at)
        is_apart = self._is_apart(at)
        # right behind the times of the cue before it may also be all that is said there
        is_first = at > self.floor or self.floor == 0
        if bare.isdecimal() and (self.is_numbered or (is_apart and is_first)):
            head.number = bare
            if not is_apart and self._bare(at - 1) == bare and self._is_apart(at - 1):
                self.repairs.note(at + 1, "odd-number", f"the number {bare} twice, read as once")
                return at - 1
            if not is_apart:
                what = "no blank line before the number, read as one"
                self.repairs.note(at + 1, "missing-blank-line", what)
            return at
        odd = re.fullmatch(_ODD_NUMBER, bare) if bare else None
        if odd and self.is_numbered and is_apart:
            head.number = odd[1]
            self.repairs.note(at + 1, "odd-number", f"the number {bare!r}, read as {odd[1]}")
            return at
        return head.at if head.number != "0" else self._find_far(head)

    def _find_far(self, head: Head) -> int:
        """Look for a number behind blank lines; one that is far from being due is dialogue."""
        at = head.at - 1
        while at > self.floor and is_blank(self.texts[at]):
            at -= 1
        bare = self._bare(at)
        due = int(self.last[-9:]) + 1
        if bare.isdecimal() and due <= int(bare[-9:]) < due + _GAP_MAX and self._is_apart(at):
            head.number = bare
            what = f"a blank line behind the number {bare}, read as none"
            self.repairs.note(at + 1, "odd-number", what)
            return at
        if self.is_numbered:
            self.repairs.note(head.at + 1, "missing-number", "no number before the times")
        return head.at

    def _bare(self, at: int) -> str:
        """Give a line without its edges; nothing where the cue before owns it."""
        return self.texts[at].strip(EDGES) if at >= self.floor else ""

    def _is_apart(self, at: int) -> bool:
        """Whether nothing is said on the line before."""
        return at - 1 < self.floor or is_blank(self.texts[at - 1])
