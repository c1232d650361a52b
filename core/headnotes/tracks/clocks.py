"""Times as people, tools and translation machines wrote them.

One line such as `00:00:01,000 --> 00:00:02,500` in, two whole milliseconds out, with a word for
every liberty the line took. SubRip and WebVTT share it; SubStation and TTML have clocks of their
own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS, format_srt_time

SHORT_MS = 2_000
"""How long a cue shows whose end cannot be read and which nothing follows."""

LONG_MS = 7_000
"""The longest a cue shows whose end cannot be read. Source: Netflix Timed Text Style Guide."""

STRICT_SRT = re.compile(
    r"([0-9]{2,3}:[0-5][0-9]:[0-5][0-9],[0-9]{3}) --> "
    r"([0-9]{2,3}:[0-5][0-9]:[0-5][0-9],[0-9]{3})(?=\s|$)"
)
"""A timing line as SubRip writes it; what stands behind the second time is not looked at."""

_ARROW = re.compile(r"-{2,4}>|-{1,2} -?>|->|[\u2013\u2014]{1,2}>|=>|\u2192")
_ARROW_SIGNS = ("->", "- >", "=>", "\u2013>", "\u2014>", "\u2192")
_REACH = 80  # characters looked at on either side of the arrow: a time is never longer
_CLOCK = r"-?\d{1,9}(?: ?[:.,;] ?-?\d{1,25}){0,3}(?![\d:])[.,;]?"
_LEFT = re.compile(rf"(?:^|(?<=[^\d:.,;-]))({_CLOCK})\s*$")
_RIGHT = re.compile(rf"\s*({_CLOCK})(\S*)")
_PART = re.compile(r"([:.,;]?) ?(-?\d+)")
_SIGNS = str.maketrans("\uff1a\uff0e\uff0c\uff1b\u2212\u2013\u2014", ":.,;---")
"""Full-width signs of translation machines, and other minus signs."""
_LETTERS = str.maketrans("OoQlI|", "000111")
"""Letters that scanners see where digits are."""
_MOST_MS = 1_000 * HOUR_MS


@frozen(kw_only=True)
class Timing:
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


def has_arrow(line: str) -> bool:
    """Whether a line may be a timing line, however its arrow is drawn."""
    return any(sign in line for sign in _ARROW_SIGNS)


def read_timing(line: str) -> Timing | None:
    """Read a timing line that need not keep to any format.

    Returns:
        Its times; `None` where the line is rather something that is said. A line with an arrow
        is a timing line if both sides are times, or one of them is a whole clock.
    """
    arrow = _ARROW.search(line)
    if arrow is None:
        return None
    start, before = _read_left(line[: arrow.start()])
    end, after = _read_right(line[arrow.end() :])
    written = [token for token in (start, end) if token is not None]
    colons = max((token.count(":") for token in written), default=0)
    is_exact = len(written) == 2 and any(_has_sign(token) for token in written)
    if not (is_exact or colons >= 2) or before.strip(" \t-.:#").strip("0123456789 "):
        return None
    oddities: list[tuple[str, str]] = []
    if arrow.group() != "-->":
        oddities.append(("odd-arrow", f"an arrow drawn {arrow.group()!r}"))
    start_ms = _count_ms(start, oddities)
    end_ms = _count_ms(end, oddities)
    return Timing(
        start_ms=start_ms, end_ms=end_ms, before=before, after=after, oddities=tuple(oddities)
    )


def count_strict_ms(time: str) -> int:
    """Turn a time as SubRip writes it into milliseconds."""
    minutes = int(time[:-10]) * 60 + int(time[-9:-7])
    return (minutes * 60 + int(time[-6:-4])) * SECOND_MS + int(time[-3:])


def guess_end(start_ms: int, next_ms: int | None) -> int:
    """Say until when a cue shows whose end cannot be used: until the next one, if that is near."""
    if next_ms is None or next_ms <= start_ms:
        return start_ms + SHORT_MS
    return min(next_ms, start_ms + LONG_MS)


def _read_left(text: str) -> tuple[str | None, str]:
    """Find the time at the end of what stands before the arrow, and what stands before it."""
    far, near = text[:-_REACH], text[-_REACH:].translate(_SIGNS)
    found = _LEFT.search(near) or _LEFT.search(near.translate(_LETTERS))
    if found is None:
        return None, ""
    return found.group(1), far + text[len(far) : len(far) + found.start(1)]


def _read_right(text: str) -> tuple[str | None, str]:
    """Find the time at the start of what stands behind the arrow, and what stands behind it."""
    near = text[:_REACH].translate(_SIGNS)
    found = _RIGHT.match(near) or _RIGHT.match(near.translate(_LETTERS))
    if found is None:
        return None, text.strip()
    glued = text[found.start(2) : found.end(2)]
    is_said = sum(map(str.isalpha, glued)) > 2
    return found.group(1), text[found.end(1) if is_said else found.end(2) :].strip()


def _has_sign(token: str) -> bool:
    return any(sign in token for sign in ":.,;")


def _count_ms(token: str | None, oddities: list[tuple[str, str]]) -> int | None:
    """Turn a written time into milliseconds, never below zero."""
    time_ms = sum(_weigh_parts(token)) if token else _MOST_MS
    if token is None or time_ms >= _MOST_MS:
        oddities.append(("unreadable-time", f"a time that cannot be read, {token or ''!r}"))
        return None
    if token.startswith("-") or time_ms < 0:
        oddities.append(("negative-time", f"the negative time {token!r}, read as zero"))
        return 0
    written = format_srt_time(time_ms)
    if written != token:
        oddities.append(("odd-time", f"the time {token!r}, read as {written}"))
    return time_ms


def _weigh_parts(token: str) -> Iterator[int]:
    """Give the milliseconds of every part of a written time.

    The last part is a fraction where a point or comma stands before it, or where it is the
    fourth; a fraction is decimal, so that `,5` is half a second.
    """
    parts = _PART.findall(token)
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
