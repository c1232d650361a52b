"""Times as whole milliseconds, and the ways they are written.

Everything in Headnotes counts milliseconds from the start of the file as `int`. Formats parse
their own notations; what several rooms print or read is here.
"""

from __future__ import annotations

SECOND_MS = 1_000
MINUTE_MS = 60_000
HOUR_MS = 3_600_000


def clock_parts(time_ms: int) -> tuple[int, int, int, int]:
    """Split a time into hours, minutes, seconds and milliseconds.

    Raises:
        ValueError: the time is negative; no format we write has a sign.
    """
    if time_ms < 0:
        raise ValueError(f"negative time: {time_ms} ms")
    hours, rest = divmod(time_ms, HOUR_MS)
    minutes, rest = divmod(rest, MINUTE_MS)
    seconds, millis = divmod(rest, SECOND_MS)
    return hours, minutes, seconds, millis


def format_srt_time(time_ms: int) -> str:
    """Write a time as SubRip does, `01:02:03,004`; hours grow beyond two digits."""
    return "%02d:%02d:%02d,%03d" % clock_parts(time_ms)  # noqa: UP031  # in half the time


def format_vtt_time(time_ms: int) -> str:
    """Write a time as WebVTT does, `01:02:03.004`, always with hours."""
    return format_srt_time(time_ms).replace(",", ".")


def format_clock(time_ms: int) -> str:
    """Write a time for people, `1:02:03`, the way players show it; fractions are cut off."""
    hours, minutes, seconds, _ = clock_parts(time_ms)
    return f"{hours}:{minutes:02d}:{seconds:02d}"
