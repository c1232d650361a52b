"""Times as people, tools and translation machines wrote them.

One line such as `00: 00: 01, 5 -> 00: 00: 02.25` in, two whole milliseconds out, with a word for
every liberty the line took.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from headnotes.formats.timestamps import show_times
from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS

_ARROW = re.compile(r"-{2,4}>|-{1,2} -?>|->|[\u2013\u2014]{1,2}>|=>|\u2192")
_REACH = 80  # characters looked at on either side of the arrow: a time is never longer
_CLOCK = r"-?\d{1,9}(?: ?[:.,;]{1,2} ?-?\d{1,25}){0,3}(?![\d:])[.,;]?"
_WHOLE = re.compile(_CLOCK)
_LAST = re.compile(rf"(?:^|(?<=[^\d:.,;-]))({_CLOCK})\s*$")
_FIRST = re.compile(rf"\s*({_CLOCK})(\S*)")
_PART = re.compile(r"([:.,;]?) ?(-?\d+)")
_SIGNS = str.maketrans("\uff1a\uff0e\uff0c\uff1b\u2212\u2013\u2014", ":.,;---")
"""Full-width signs of translation machines, and other minus signs."""
_LETTERS = str.maketrans("OoQlI|", "000111")
"""Letters that scanners see where digits are."""
MOST_MS = 1_000 * HOUR_MS
"""No time is as late as this; one that is cannot be read."""


class Timing(NamedTuple):
    """What one timing line says.

    Attributes:
        start_ms, end_ms: as written; `None` where that side cannot be read.
        before: what stands before the first time: nothing, or a number that slipped down.
        after: what stands behind the second one: settings, coordinates or dialogue.
        oddities: pairs of slug and words, one for every liberty taken.
    """

    start_ms: int | None
    end_ms: int | None
    before: str
    after: str
    oddities: tuple[tuple[str, str], ...] = ()


def read_timing(line: str) -> Timing | None:
    """Read a timing line that need not keep to any format.

    Returns:
        Its times; `None` where the line is rather something that is said. A line with an arrow
        is a timing line if both sides are times, or one is a whole clock and the other none of
        the words of a sentence.
    """
    arrow = _ARROW.search(line)
    if arrow is None:
        return None
    left, right = line[: arrow.start()], line[arrow.end() :]
    start, before = _find_last_clock(left)
    end, after = _find_first_clock(right)
    if before.strip().strip("-.:#()[]0123456789 ") or not _are_times(start, end, left, right):
        return None
    is_drawn = arrow.group() != "-->"
    if is_drawn and not (_is_whole(start) and _is_whole(end)):  # `10:30 -> 11:45` is said
        return None
    start_ms, end_ms = read_clock(start), read_clock(end)
    oddities = [
        ("odd-time", f"the times {line[:60].strip()!r}, read as {show_times(start_ms, end_ms)}")
    ]
    if is_drawn:
        oddities.append(("odd-arrow", f"an arrow drawn {arrow.group()!r}"))
    if "-" in start or "-" in end:
        oddities[0] = ("negative-time", oddities[0][1])
    if start_ms is None or end_ms is None:
        oddities[0] = ("unreadable-time", oddities[0][1])
    return Timing(
        start_ms=start_ms, end_ms=end_ms, before=before, after=after, oddities=tuple(oddities)
    )


def read_clock(clock: str) -> int | None:
    """Read a time in hours, minutes and seconds, or fewer of them.

    Returns:
        Milliseconds, never below zero; `None` where it cannot be read. The last part is a
        fraction where a point or comma stands before it, or where it is the fourth; a fraction
        is decimal, so that `,5` is half a second.
    """
    if not _WHOLE.fullmatch(clock):
        return None
    time_ms = sum(_weigh_parts(clock))
    if clock.startswith("-"):
        return 0
    return max(0, time_ms) if time_ms < MOST_MS else None


def _find_last_clock(text: str) -> tuple[str, str]:
    """Find the time at the end of what stands before the arrow, and what stands before it."""
    far, near = text[:-_REACH], text[-_REACH:].translate(_SIGNS)
    found = _LAST.search(near) or _LAST.search(near.translate(_LETTERS))
    if found is None:
        return "", ""
    return found[1], far + text[len(far) : len(far) + found.start(1)]


def _find_first_clock(text: str) -> tuple[str, str]:
    """Find the time at the start of what stands behind the arrow, and what stands behind it."""
    near = text[:_REACH].translate(_SIGNS)
    found = _FIRST.match(near)
    if found is None or found[1][-1] in ".,:;":
        found = _FIRST.match(near.translate(_LETTERS)) or found
    if found is None:
        return "", ""
    glued = text[found.start(2) : found.end(2)]
    if sum(map(str.isalpha, glued)) > 2:
        return found[1], text[found.end(1) :].strip()
    is_torn = any(map(str.isalnum, glued))
    return "" if is_torn else found[1], text[found.end(2) :].strip()


def _are_times(start: str, end: str, left: str, right: str) -> bool:
    """Whether the sides of an arrow, and the times found in them, make a timing line."""
    if start and end:
        return any(sign in start + end for sign in ":.,;")
    other = right if start else left
    is_clock = (start or end).count(":") >= 2
    return is_clock and len(other.strip()) < 20 and sum(map(str.isalpha, other)) < 4


def _is_whole(clock: str) -> bool:
    """Whether a time has hours, or a fraction."""
    return clock.count(":") >= 2 or re.search(r"[.,;] ?\d{3}$", clock) is not None


def _weigh_parts(clock: str) -> Iterator[int]:
    """Give the milliseconds of every part of a written time."""
    parts = _PART.findall(clock)
    sign, last = parts[-1]
    if len(parts) == 4 or sign in {".", ",", ";"}:
        parts.pop()
        yield _read_fraction(last)
    for (_, digits), unit_ms in zip(reversed(parts), (SECOND_MS, MINUTE_MS, HOUR_MS), strict=False):
        yield int(digits) * unit_ms


def _read_fraction(digits: str) -> int:
    """Read the digits behind the point as thousandths, rounded to the nearest."""
    bare = digits.lstrip("-")[:9].ljust(9, "0")
    thousandths = (int(bare) + 500_000) // 1_000_000
    return -thousandths if digits.startswith("-") else thousandths
