"""The clock of a whole track: from the times in a file to times that begin where the film does.

No single line shows what is wrong here. Broadcasters deliver files whose clock begins at ten
o'clock, two discs in one file make its clock restart, a converter may have shifted everything
below zero. One step after the readers settles that for all formats; every change is an issue of
the track. What no file can tell, the user may say: a shift, and the rates of two films.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from headnotes.formats import read_timestamp
from headnotes.issues import Issue
from headnotes.model import Cue, Track
from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS, format_clock
from headnotes.values import evolve

if TYPE_CHECKING:
    from fractions import Fraction

CLOCK_CODES = frozenset(
    {"clock-offset", "clock-restart", "clock-midnight", "clock-below-zero", "clock-adjusted"}
)
"""Codes of the issues that name a change to the times of a whole track or a whole part of it."""

_DAY_MS = 24 * HOUR_MS
_NIGHT_MS = 20 * HOUR_MS
"""Ours: a clock that goes back this far has passed midnight."""

_MOST_NIGHTS = 10
_SURE_HOURS = 5
"""Ours: no film is silent for so long; a clock that begins here begins at a whole hour."""

_SILENCE_MS = 10 * MINUTE_MS
"""Ours: fewer hours are taken off only where dialogue begins this soon after the last of them.

A track of the few foreign lines of a film, or its second half, may begin after an hour.
"""

_BACK_MS = 5 * SECOND_MS
"""Ours: the least way back of a clock that restarts; cues out of order go back less."""

_FAR_BACK_MS = 5 * MINUTE_MS
"""Ours: after so long a way back, a part need not begin at zero, only in its first minutes."""

_MOST_PARTS = 500
"""Ours: a speech recogniser that reads a film of four hours in chunks of half a minute."""

_SAME_MS = 500
_SPARSE = 5
"""Ours: signs and songs listed after the dialogue are this many times fewer than it."""

_RATES = {
    "23.976": "24000/1001",
    "23.98": "24000/1001",
    "29.97": "30000/1001",
    "59.94": "60000/1001",
}
"""Frame rates whose usual names are rounded."""

Starts = list[int]


def settle_timebase(
    cues: Sequence[Cue], source: str, *, is_ordered: bool = True
) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Return the cues on a clock that begins with the film, and what had to be changed for that.

    Args:
        cues: in the order of the file, as a reader gave them; times may lie below zero.
        source: the decoded file, for the lines of the issues.
        is_ordered: whether the order of the file is the order of time, as it is in all formats
            but SubStation. Only then can a clock that goes back have been set back.

    Returns:
        The cues in the same order, none before zero: whole hours before the first one taken off,
        a clock that restarts put after the part before it, a base below zero lifted.
    """
    starts = [cue.start_ms for cue in cues]
    lowest_ms = min(starts, default=0)
    is_rising = all(after - before > -_BACK_MS for before, after in pairwise(starts))
    if 0 <= lowest_ms < HOUR_MS and (is_rising or not is_ordered):
        return tuple(cues), ()
    offsets = [0] * len(starts)
    found: list[tuple[int, str, str]] = []
    if lowest_ms < 0:
        found += _lift(starts, [cue.end_ms for cue in cues], offsets)
    if is_ordered:
        found += _pass_midnights(starts, offsets)
    found += _take_hours_off(starts, offsets)
    if is_ordered:
        lengths = [cue.end_ms - cue.start_ms for cue in cues]
        found += _join_parts(starts, lengths, offsets)
    settled = tuple(map(_move, cues, offsets))
    return settled, tuple(_name_change(cues[at], source, code, what) for at, code, what in found)


def retime(track: Track, *, shift_ms: int = 0, rate: Fraction | int = 1) -> Track:
    """Return a track with other times.

    Args:
        track: as read.
        shift_ms: added to every time; below zero it moves the track forward. What would begin
            before the film begins with it.
        rate: every time is multiplied by it, before the shift.
    """
    if not shift_ms and rate == 1:
        return track
    stretched = [f"multiplied by {float(rate):.6g}"] if rate != 1 else []
    moved = [f"shifted by {shift_ms / SECOND_MS:+g} s"] if shift_ms else []
    what = f"all times {' and '.join((*stretched, *moved))}, as asked"
    adjusted = Issue(code="clock-adjusted", level="info", message=what)
    cues = tuple(
        evolve(
            cue,
            start_ms=max(0, round(cue.start_ms * rate) + shift_ms),
            end_ms=max(0, round(cue.end_ms * rate) + shift_ms),
        )
        for cue in track.cues
    )
    return evolve(track, cues=cues, repairs=(adjusted, *track.repairs))


def read_shift(written: str) -> int:
    """Read a shift such as `2.5`, `-90` or `-1:02:03.5`: seconds, or a clock; in milliseconds.

    Raises:
        ValueError: it is none.
    """
    shift_ms = read_timestamp(written.removeprefix("+"))
    if shift_ms is None:
        raise ValueError(f"{written!r} is not a shift")
    return shift_ms


def read_rate(written: str) -> Fraction:
    """Read what times are multiplied by: `25/23.976`, made for 25 frames, played at 23.976.

    Raises:
        ValueError: it is none, or makes a track less than half or more than twice as long.
    """
    from fractions import Fraction  # few runs calculate with one, and the import is slow

    rates = written.replace(" ", "").split("/")
    if not 1 <= len(rates) <= 2 or not all(map(_is_number, rates)):
        raise ValueError(f"{written!r} is not a rate")
    first, second = (Fraction(_RATES.get(rate, rate)) for rate in (*rates, "1")[:2])
    if not second or not Fraction(1, 2) <= first / second <= 2:
        raise ValueError(f"{written!r} is not a rate that films have")
    return first / second


def read_frame_rate(written: str) -> Fraction:
    """Read frames a second: `25`, `23.976`.

    Raises:
        ValueError: it is none.
    """
    from fractions import Fraction

    if not _is_number(written) or not 1 <= Fraction(_RATES.get(written, written)) <= 1_000:
        raise ValueError(f"{written!r} is not a frame rate")
    return Fraction(_RATES.get(written, written))


def _is_number(part: str) -> bool:
    # without bounds a short text could stand for a number of a million digits
    return re.fullmatch(r"\d{1,6}(?:\.\d{1,9})?", part) is not None


def _lift(
    starts: Starts, ends: Sequence[int], offsets: list[int]
) -> Iterator[tuple[int, str, str]]:
    """Lift a base below zero; a few cues there were shifted too far and begin with the film."""
    below = sum(end_ms < 0 for end_ms in ends)
    if 2 * below < len(starts):
        return
    base_ms = -min(starts)
    _shift(starts, offsets, base_ms)
    what = f"the clock begins {_show(base_ms)} below zero; all times lifted by that"
    yield 0, "clock-below-zero", what


def _pass_midnights(starts: Starts, offsets: list[int]) -> Iterator[tuple[int, str, str]]:
    """Continue a clock of the day past midnight."""
    nights = sum(before - after > _NIGHT_MS for before, after in pairwise(starts))
    if nights > _MOST_NIGHTS:  # a file in no order at all
        return
    added_ms, previous_ms = 0, starts[0]
    for at, start_ms in enumerate(starts):
        if previous_ms - start_ms > _NIGHT_MS:
            what = f"the clock passes midnight at cue {at + 1}; a day added from there"
            yield at, "clock-midnight", what
            added_ms += _DAY_MS
        previous_ms = start_ms
        starts[at] += added_ms
        offsets[at] += added_ms


def _take_hours_off(starts: Starts, offsets: list[int]) -> Iterator[tuple[int, str, str]]:
    """Take whole hours before the first cue off."""
    hours, rest_ms = divmod(min(starts), HOUR_MS)
    if hours >= _SURE_HOURS or (hours > 0 and rest_ms < _SILENCE_MS):
        what = f"the clock begins at {_show(hours * HOUR_MS)}; whole hours taken off all times"
        yield 0, "clock-offset", what
        _shift(starts, offsets, -hours * HOUR_MS)


def _join_parts(
    starts: Starts, lengths: Sequence[int], offsets: list[int]
) -> Iterator[tuple[int, str, str]]:
    """Put every part with a clock of its own after the part before it."""
    begin, latest_ms = 0, 0
    cuts = _find_restarts(starts)
    for at, after in pairwise([*cuts, len(starts)]):
        latest_ms = max(map(int.__add__, starts[begin:at], lengths[begin:at])) if at else 0
        if at:
            what = (
                f"the clock restarts at cue {at + 1}, {_show(starts[at])}; read as a new part"
                f" that begins at {_show(latest_ms)}"
            )
            yield at, "clock-restart", what
            for place in range(at, after):
                starts[place] += latest_ms
                offsets[place] += latest_ms
        begin = at


def _find_restarts(starts: Starts) -> list[int]:
    """Return where each part with a clock of its own begins, the first at 0."""
    turns, reached_ms = [0], starts[0]
    for at, start_ms in enumerate(starts):
        back_ms = reached_ms - start_ms
        is_start = start_ms < SECOND_MS or (back_ms >= _FAR_BACK_MS and start_ms < _FAR_BACK_MS)
        if back_ms >= _BACK_MS and is_start:
            turns.append(at)
            reached_ms = start_ms
        reached_ms = max(reached_ms, start_ms)
    cuts = [0]
    if len(turns) > _MOST_PARTS:  # a file in no order at all
        return cuts
    for at, after in pairwise([*turns[1:], len(starts)]):
        if _is_part(starts[cuts[-1] : at], starts[at:after], is_known=len(cuts) > 1):
            cuts.append(at)
    return cuts


def _is_part(before: Starts, part: Starts, *, is_known: bool) -> bool:
    """Whether cues after a way back have a clock of their own, and are not merely out of order.

    Args:
        before: when the cues of the part before begin.
        part: when the cues from the way back to the next one begin.
        is_known: whether the clock of this file has restarted before.
    """
    # a line alone is more often a credit at the wrong end of the file
    if min(len(before), len(part)) < 2 and not is_known:
        return False
    if not (_is_rising(before) and _is_rising(part)):
        return False
    known = sorted(before)
    # the same dialogue in another language keeps to the clock
    same = sum(_is_near(start_ms, known) for start_ms in part[1:])
    if len(part) > 1 and 2 * same >= len(part) - 1:
        return False
    return len(part) * _SPARSE >= bisect_right(known, max(part))


def _is_rising(starts: Starts) -> bool:
    """Whether cues are in order but for a few."""
    return sum(after < before for before, after in pairwise(starts)) * 10 <= len(starts)


def _is_near(start_ms: int, known: Starts) -> bool:
    """Whether one of some sorted times lies within half a second."""
    at = bisect_left(known, start_ms - _SAME_MS)
    return at < len(known) and known[at] <= start_ms + _SAME_MS


def _shift(starts: Starts, offsets: list[int], by_ms: int) -> None:
    for place in range(len(starts)):
        starts[place] += by_ms
        offsets[place] += by_ms


def _move(cue: Cue, offset_ms: int) -> Cue:
    """Move a cue; it begins with the film at the earliest."""
    start_ms, end_ms = max(0, cue.start_ms + offset_ms), max(0, cue.end_ms + offset_ms)
    if (start_ms, end_ms) == (cue.start_ms, cue.end_ms):
        return cue
    return evolve(cue, start_ms=start_ms, end_ms=end_ms)


def _name_change(cue: Cue, source: str, code: str, what: str) -> Issue:
    # formats without places name the cue alone
    line = source.count("\n", 0, cue.span[0]) + 1 if cue.span else 0
    return Issue(line=line, code=code, level="info", message=what)


def _show(time_ms: int) -> str:
    sign = "-" if time_ms < 0 else ""  # a part may begin below the zero of its own clock
    return sign + format_clock(abs(time_ms))
