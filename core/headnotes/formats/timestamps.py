"""Times of cues as the formats write them, and cues whose times make no sense.

Lines that take liberties are read in `odd_clocks`, which few files need.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from headnotes.formats.repairs import RepairLog
from headnotes.times import SECOND_MS, format_srt_time

SHORT_MS = 2_000
"""How long a cue shows whose end cannot be read and which nothing follows."""

LONG_MS = 7_000
"""The longest a cue shows whose end cannot be read. Source: Netflix Timed Text Style Guide."""

STRICT_SRT = re.compile(
    r"[ \t]*([0-9]{2,3}:[0-5][0-9]:[0-5][0-9],[0-9]{3})[ \t]*-->"
    r"[ \t]*([0-9]{2,3}:[0-5][0-9]:[0-5][0-9],[0-9]{3})(?=\s|$)"
)
"""A timing line as SubRip writes it; what stands behind the second time is not looked at."""

_ARROW_SIGNS = ("->", "- >", "=>", "\u2013>", "\u2014>", "\u2192")


def has_arrow(line: str) -> bool:
    """Whether a line may be a timing line, however its arrow is drawn."""
    return "-->" in line or any(sign in line for sign in _ARROW_SIGNS)


def count_strict_ms(time: str) -> int:
    """Turn a time as SubRip writes it into milliseconds."""
    minutes = int(time[:-10]) * 60 + int(time[-9:-7])
    return (minutes * 60 + int(time[-6:-4])) * SECOND_MS + int(time[-3:])


def settle_times(
    written: Sequence[tuple[int | None, int | None]], lines: Sequence[int], repairs: RepairLog
) -> list[tuple[int, int]]:
    """Give every cue a start, and an end that is not before it.

    Args:
        written: start and end of every cue in file order; `None` where they cannot be read.
        lines: where their times stand, from 1.
        repairs: ends before their starts are added to it.

    Returns:
        Start and end of every cue. Where an end is missing or too early, the cue shows until
        the next one if that is near.
    """
    settled: list[tuple[int, int]] = []
    previous_ms = 0
    followers = [*(start_ms for start_ms, _ in written[1:]), None]
    for (start, end), line, follower_ms in zip(written, lines, followers, strict=True):
        guessed_ms = previous_ms if end is None else max(0, end - SHORT_MS)
        start_ms = guessed_ms if start is None else start
        if end is not None and end >= start_ms:
            previous_ms = end
        else:
            previous_ms = _guess_end(start_ms, follower_ms)
        if end not in {None, previous_ms}:
            until = show_times(previous_ms)
            what = f"{show_times(start_ms, end)} ends before it starts, shown until {until}"
            repairs.note(line, "end-before-start", what)
        settled.append((start_ms, previous_ms))
    return settled


def _guess_end(start_ms: int, follower_ms: int | None) -> int:
    """Say until when a cue shows whose end cannot be used."""
    if follower_ms is None or follower_ms <= start_ms:
        return start_ms + SHORT_MS
    return min(follower_ms, start_ms + LONG_MS)


def show_times(*times_ms: int | None) -> str:
    """Write times for a message."""
    return " --> ".join("?" if one is None else format_srt_time(one) for one in times_ms)
