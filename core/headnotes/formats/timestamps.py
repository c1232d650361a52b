"""Timestamps as formats, people, tools and translation machines write them.

A timing line such as `00: 00: 01, 5 -> 00: 00: 02.25` in, two whole milliseconds out, with a word
for every liberty the line took; and a start and an end for cues whose times make no sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from headnotes.formats.source import EDGES, RepairLog
from headnotes.lazy import lazy_pattern
from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS, format_srt_time
from headnotes.values import NamedTuple

MOST_MS = 1_000 * HOUR_MS
"""No time is as late as this; a later one counts as unreadable."""

_SHORT_MS = 2_000
"""How long a cue shows whose end cannot be read and which nothing follows."""

_LONG_MS = 7_000
"""The longest a cue shows whose end cannot be read. Source: Netflix Timed Text Style Guide."""

STRICT_LINE = lazy_pattern(
    r"[ \t]*([0-9]{2}):([0-5][0-9]):([0-5][0-9]),([0-9]{3})[ \t]*-->"
    r"[ \t]*([0-9]{2,3}):([0-5][0-9]):([0-5][0-9]),([0-9]{3})(?=\s|$)"
)
"""A timing line as SubRip writes it; what stands after the second time is not looked at."""

_ARROW_SIGNS = ("->", "- >", "=>", "\u2013>", "\u2014>", "\u2192")

# Few files take liberties; their patterns are compiled when the first line of one comes.
_ARROW = r"-{2,4}>|-{1,2} -?>|->|[\u2013\u2014]{1,2}>|=>|\u2192"
_AROUND = EDGES + "*_`"
_REACH = 80  # characters looked at on either side of the arrow: a time is never longer
# `00:00:01,500`, `0: 0: 1. 5`, `-0:0:-1,-200`, `1.5`; the last sign may be a stop after it
_TIMESTAMP = r"-?\d{1,9}(?: ?[:.,;]{1,2} ?-?\d{1,25}){0,3}(?![\d:])[.,;]?"
# The time that ends the left side, and the one that begins the right side; what is glued to the
# latter may be dialogue, or show that it is none.
_LAST = rf"(?:^|(?<=[^\d:.,;-]))({_TIMESTAMP})\s*$"
_FIRST = rf"\s*({_TIMESTAMP})(\S*)"
# One number with the sign before it, which tells whether it is a fraction.
_PART = r"([:.,;]?) ?(-?\d+)"
_SIGNS = str.maketrans("\uff1a\uff0e\uff0c\uff1b\u2212\u2013\u2014", ":.,;---")
"""Full-width signs of translation machines, and other minus signs."""
_LETTERS = str.maketrans("OoQlI|", "000111")
"""Letters that scanners see where digits are."""


class TimingLine(NamedTuple):
    """What one timing line says.

    Attributes:
        start_ms, end_ms: as written; `None` where that side cannot be read.
        before: what stands before the first time: nothing, or a number that slipped down.
        after: what stands after the second one: settings, coordinates or dialogue.
        oddities: pairs of slug and words, one for every liberty taken.
    """

    start_ms: int | None
    end_ms: int | None
    before: str
    after: str
    oddities: tuple[tuple[str, str], ...] = ()


def is_timing_line(line: str) -> bool:
    """Whether `read_timing_line` reads a line; of one as SubRip writes it that is plain."""
    return has_arrow(line) and bool(STRICT_LINE.fullmatch(line) or read_timing_line(line))


def has_arrow(line: str) -> bool:
    """Whether a line may be a timing line, however its arrow is drawn."""
    return "-->" in line or any(sign in line for sign in _ARROW_SIGNS)


def read_timing_line(line: str) -> TimingLine | None:
    """Read a timing line that need not keep to any format.

    Marks that show nothing, and those that make a text bold in a chat, may stand around it.

    Returns:
        Its times; `None` where the line is rather something that is said. A line with an arrow
        is a timing line if both sides are times, or one is a whole time of day and the other
        holds no words of a sentence.
    """
    line = line.strip(_AROUND)
    arrow = re.search(_ARROW, line)
    if arrow is None:
        return None
    left, right = line[: arrow.start()], line[arrow.end() :]
    start, before = _find_last(left)
    end, after = _find_first(right)
    # words before the first time: somebody speaks of a timetable
    if before.strip().strip("-.:#()[]0123456789 ") or not _are_times(start, end, left, right):
        return None
    # nobody writes `-->` into a sentence
    is_drawn = arrow.group() != "-->"
    if is_drawn and not (_is_whole(start) and _is_whole(end)):  # `10:30 -> 11:45` is said
        return None
    start_ms, end_ms = read_timestamp(start), read_timestamp(end)
    is_read = start_ms is not None and end_ms is not None
    kind = "negative-time" if "-" in start + end else "odd-time"
    what = f"the times {line[:60].strip()!r}, read as {_show_times(start_ms, end_ms)}"
    oddities = [(kind if is_read else "unreadable-time", what)]
    if is_drawn:
        oddities.append(("odd-arrow", f"an arrow written {arrow.group()!r}"))
    return TimingLine(
        start_ms=start_ms, end_ms=end_ms, before=before, after=after, oddities=tuple(oddities)
    )


def read_timestamp(written: str) -> int | None:
    """Read a time in hours, minutes and seconds, or fewer of them.

    Returns:
        Milliseconds; `None` where it cannot be read. The last part is a fraction where a point
        or comma stands before it, or where it is the fourth; a fraction is decimal, so that `,5`
        is half a second. A time may lie below zero; converters that shift too far write the
        sign before the whole time, or before every part that is below zero.
    """
    # bounded numbers of digits, so that no line makes a number of a million of them
    if not re.fullmatch(_TIMESTAMP, written):
        return None
    is_negated = written.startswith("-") and written.count("-") == 1
    time_ms = sum(_weigh_parts(written.lstrip("-") if is_negated else written))
    if abs(time_ms) >= MOST_MS:
        return None
    return -time_ms if is_negated else time_ms


def _find_last(text: str) -> tuple[str, str]:
    """Find the time at the end of what stands before the arrow, and what stands before it."""
    far, near = text[:-_REACH], text[-_REACH:].translate(_SIGNS)
    # letters only where digits give nothing: dialogue is full of O and l
    found = re.search(_LAST, near) or re.search(_LAST, near.translate(_LETTERS))
    if found is None:
        return "", ""
    return found[1], far + text[len(far) : len(far) + found.start(1)]


def _find_first(text: str) -> tuple[str, str]:
    """Find the time at the start of what stands after the arrow, and what stands after it."""
    near = text[:_REACH].translate(_SIGNS)
    found = re.match(_FIRST, near)
    if found is None or found[1][-1] in ".,:;":
        found = re.match(_FIRST, near.translate(_LETTERS)) or found
    if found is None:
        return "", ""
    # `00:00:02,000Ja.` is a time and dialogue, `00:00:02,0x0` is no time
    glued = text[found.start(2) : found.end(2)]
    if sum(map(str.isalpha, glued)) > 2:
        return found[1], text[found.end(1) :].strip()
    is_torn = any(map(str.isalnum, glued))
    return "" if is_torn else found[1], text[found.end(2) :].strip()


def _are_times(start: str, end: str, left: str, right: str) -> bool:
    """Whether the sides of an arrow, and the times found in them, make a timing line."""
    # `10 -> 11` is said; a time has a separator
    if start and end:
        return any(sign in start + end for sign in ":.,;")
    other = right if start else left
    # one side is torn off or unreadable: the other must then leave no doubt
    is_whole = (start or end).count(":") >= 2
    return is_whole and len(other.strip()) < 20 and sum(map(str.isalpha, other)) < 4


def _is_whole(written: str) -> bool:
    """Whether a time has hours, or a fraction."""
    return written.count(":") >= 2 or re.search(r"[.,;] ?\d{3}$", written) is not None


def _weigh_parts(written: str) -> Iterator[int]:
    """Yield the milliseconds of every part of a written time."""
    parts = re.findall(_PART, written)
    sign, last = parts[-1]
    # the fourth part is a fraction even after a colon
    if len(parts) == 4 or sign in {".", ",", ";"}:
        parts.pop()
        yield _read_fraction(last)
    for (_, digits), unit_ms in zip(reversed(parts), (SECOND_MS, MINUTE_MS, HOUR_MS), strict=False):
        yield int(digits) * unit_ms


def _read_fraction(digits: str) -> int:
    """Read the digits after the point as thousandths, rounded to the nearest."""
    # nine digits are enough to round by; floats of converters have sixteen
    bare = digits.lstrip("-")[:9].ljust(9, "0")
    thousandths = (int(bare) + 500_000) // 1_000_000
    return -thousandths if digits.startswith("-") else thousandths


def settle_times(
    written: Iterable[tuple[int | None, int | None]], lines: Iterable[int], repairs: RepairLog
) -> Iterator[tuple[int, int]]:
    """Yield times that make sense: every cue has a start, and an end that is not before it.

    Args:
        written: start and end of every cue in file order; `None` where they cannot be read.
        lines: where their times stand, from 1.
        repairs: ends before their starts are added to it.

    Yields:
        Start and end of every cue, below zero where the file has them there: what that means,
        the clock of the whole track tells. Where an end is missing or too early, the cue shows
        until the next one if that is near.
    """
    previous_ms = 0
    followed = pairwise(chain(written, ((None, None),)))
    for ((start_ms, end_ms), (follower_ms, _)), line in zip(followed, lines, strict=True):
        if start_ms is None or end_ms is None or end_ms < start_ms:
            # without a start, a cue begins where the one before ends, or two seconds before its end
            guessed_ms = previous_ms if end_ms is None else max(0, end_ms - _SHORT_MS)
            begin_ms = guessed_ms if start_ms is None else start_ms
            previous_ms = _settle_end(begin_ms, end_ms, follower_ms, line, repairs)
            yield begin_ms, previous_ms
        else:
            previous_ms = end_ms
            yield start_ms, end_ms


def _settle_end(
    start_ms: int, end_ms: int | None, follower_ms: int | None, line: int, repairs: RepairLog
) -> int:
    """Return when a cue ends whose times are not what they should be."""
    if end_ms is not None and end_ms >= start_ms:
        return end_ms
    settled_ms = _guess_end(start_ms, follower_ms)
    if end_ms is not None:
        until = _show_times(settled_ms)
        what = f"{_show_times(start_ms, end_ms)} ends before it starts, shown until {until}"
        repairs.add(line, "end-before-start", what)
    return settled_ms


def _guess_end(start_ms: int, follower_ms: int | None) -> int:
    """Return when a cue ends whose own end cannot be used."""
    if follower_ms is None or follower_ms <= start_ms:
        return start_ms + _SHORT_MS
    return min(follower_ms, start_ms + _LONG_MS)


def _show_times(*times_ms: int | None) -> str:
    """Return times as a message shows them."""
    return " --> ".join(
        "?" if time_ms is None else f"{'-' * (time_ms < 0)}{format_srt_time(abs(time_ms))}"
        for time_ms in times_ms
    )
