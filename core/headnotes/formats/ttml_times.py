"""Times of TTML: clocks, frames, ticks and offsets, by the parameters of the document.

Source: W3C TTML2, section 12.3.1 (time values) and appendix I (time to media time).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from headnotes.formats.timestamps import MOST_MS, read_timestamp
from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS
from headnotes.values import frozen

# `00:00:01.5`, `00:00:01:12` with frames and perhaps their parts
_CLOCK = re.compile(r"(\d{2,6}):(\d\d):(\d\d)(?:\.(\d{1,25})|:(\d{1,6})(?:\.\d{1,6})?)?")
# `1.5s`, `250ms`, `30f`, `1200t`; a bare number counts seconds, as players take it
_OFFSET = re.compile(r"(\d{1,18})(?:\.(\d{1,25}))?(h|ms|m|s|f|t)?")
_UNITS_MS = {"h": HOUR_MS, "m": MINUTE_MS, "s": SECOND_MS, "ms": 1}
_DROPPED = {
    # Frame numbers that clocks leave out, by minutes, to keep up with the real time: two in every
    # minute but each tenth, and with PAL four in every second minute but each twentieth.
    "dropNTSC": lambda minutes: 2 * (minutes - minutes // 10),
    "dropPAL": lambda minutes: 4 * (minutes // 2 - minutes // 20),
}


@frozen(kw_only=True)
class TimeRules:
    """How a document counts.

    Attributes:
        frames, seconds: so many frames take so many seconds.
        nominal: frames that a second of a clock has.
        ticks: a second has so many.
        is_smpte: whether clocks count frames instead of seconds.
        is_labels: whether times are marks in the film that need not count on (`markerMode`
            "discontinuous"): each stands for itself, whatever it is nested in.
        drop_mode: how such clocks skip frames.
    """

    frames: int = 30
    seconds: int = 1
    nominal: int = 30
    ticks: int = 1
    is_smpte: bool = False
    is_labels: bool = False
    drop_mode: str = ""

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> TimeRules:
        """Read the parameters of the root element, by their local names."""
        # defaults of the standard: 30 frames a second, a tick a frame where there is a frame rate
        nominal = _read_count(parameters.get("frameRate", ""), 30)
        multiplier = re.findall(r"\d{1,9}", parameters.get("frameRateMultiplier", ""))
        up, down = (max(1, int(count)) for count in (*multiplier, "1", "1")[:2])
        sub = _read_count(parameters.get("subFrameRate", ""), 1)
        counted = nominal * sub if "frameRate" in parameters else 1
        return cls(
            frames=nominal * up,
            seconds=down,
            nominal=nominal,
            ticks=_read_count(parameters.get("tickRate", ""), counted),
            is_smpte=parameters.get("timeBase") == "smpte",
            is_labels=parameters.get("markerMode") == "discontinuous",
            drop_mode=parameters.get("dropMode", ""),
        )

    def is_odd(self, written: str) -> bool:
        """Whether a time is time code with a decimal fraction, which the standard does not know."""
        found = _CLOCK.fullmatch(written.strip()) if self.is_smpte else None
        return found is not None and found[4] is not None

    def read_ms(self, written: str) -> int | None:
        """Read one time value; `None` where it is none of the language, or beyond reason."""
        time_ms = self._count_ms(written.strip())
        return time_ms if time_ms is not None and time_ms < MOST_MS else None

    def _count_ms(self, bare: str) -> int | None:
        if found := _CLOCK.fullmatch(bare):
            return self._read_clock(found)
        if found := _OFFSET.fullmatch(bare):
            whole, fraction, unit = found.groups(default="")
            number, scale = int(whole + fraction), 10 ** len(fraction)
            if unit == "f":
                return _divide(number * SECOND_MS * self.seconds, scale * self.frames)
            if unit == "t":
                return _divide(number * SECOND_MS, scale * self.ticks)
            return _divide(number * _UNITS_MS[unit or "s"], scale)
        # not TTML, but players read it: `1:02,5`
        return read_timestamp(bare)

    def _read_clock(self, found: re.Match[str]) -> int:
        """Read `hh:mm:ss`, with a fraction or with frames."""
        hours, minutes, seconds, fraction, frames = found.groups(default="")
        minute = int(hours) * 60 + int(minutes)
        second = minute * 60 + int(seconds)
        frame = int(frames or 0)
        # a clock with a fraction is none of time code: whoever wrote it counted seconds
        if self.is_smpte and not fraction:
            # time code counts frames as if there were a whole number of them in a second
            drop = _DROPPED.get(self.drop_mode)
            counted = second * self.nominal + frame - (drop(minute) if drop else 0)
            return _divide(counted * SECOND_MS * self.seconds, self.frames)
        part_ms = _divide(int(fraction or 0) * SECOND_MS, 10 ** len(fraction))
        return second * SECOND_MS + part_ms + _divide(frame * SECOND_MS * self.seconds, self.frames)


def _read_count(written: str, default: int) -> int:
    """Read a positive whole number."""
    return int(written) if re.fullmatch(r"0*[1-9]\d{0,11}", written.strip()) else default


def _divide(number: int, by: int) -> int:
    """Divide whole numbers, rounded to the nearest."""
    return (2 * number + by) // (2 * by)
