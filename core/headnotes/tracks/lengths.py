"""Whether a track fits its film, as far as their lengths can tell.

Dialogue that ends after its film has ended, or long before, was timed for another release. Where
the frame rates of films explain that, the rate that sets it right is named; nothing is changed
unasked, for a shorter film with long credits looks the same.
"""

from __future__ import annotations

from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from headnotes.issues import Issue
from headnotes.languages import read_language
from headnotes.model import Track
from headnotes.times import MINUTE_MS, SECOND_MS, format_clock
from headnotes.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

_SLACK_MS = 5 * SECOND_MS
"""Ours: words may end so long after the picture; sound and picture of a film differ by less."""

_LEAST_LATE = 3
"""Ours: fewer cues after the end are the credits of whoever made the file."""

_CREDITS_MS = 5 * MINUTE_MS
_CREDITS_SHARE = 10
"""Ours: credits are as long as that, or such a part of the film, whichever is longer."""

_REPEATS = (1, 2, 1.25, 2.5)
"""Pictures a frame: 50 pictures are 25 frames; 29.97 are made of 23.976, four of each five."""

_SAME_SPEED = 1 / 2_500
"""Ours: less than the thousandth between 23.976 and 24."""

_RATES = (
    *(("23.976", "24"), ("24", "23.976")),  # the smallest change first
    *(("23.976", "25"), ("25", "23.976"), ("25", "24")),  # 24 for 25 looks like the first
)
"""Pairs of speeds as `--rate` takes them: made for the first, the film has the second."""


@frozen(kw_only=True)
class Film:
    """What is known of a film.

    Attributes:
        duration_ms: of its picture.
        frame_rate: frames a second; `None` where nothing tells.
    """

    duration_ms: int
    frame_rate: Fraction | None = None


def compare_lengths(track: Track, film: Film) -> Issue | None:
    """Compare the end of a track with the end of its film.

    Returns:
        What does not fit, in which direction and by how much, and what may set it right; `None`
        where they fit or cannot be compared. Forced subtitles cannot: they are few, and may end
        at any time.
    """
    if not track.cues or film.duration_ms <= 0 or _is_forced(track):
        return None
    gap_ms = film.duration_ms - track.duration_ms
    late = sum(cue.end_ms > film.duration_ms + _SLACK_MS for cue in track.cues)
    if late < _LEAST_LATE and gap_ms <= _longest_credits(film):
        return None
    direction = "after" if gap_ms < 0 else "before the end of"
    what = (
        f"its last words end {format_clock(abs(gap_ms))} {direction} the film, which takes"
        f" {format_clock(film.duration_ms)}"
    )
    rate = _find_rate(track.duration_ms, film)
    made, _, played = rate.partition("/")
    hint = (
        f"if it was made for {made} frames a second, --rate {rate} sets it right for {played}"
        if rate
        else "is it for another release? --shift and --rate move it"
    )
    return Issue(path=track.name, code="length-misfit", level="warning", message=what, hint=hint)


def _is_forced(track: Track) -> bool:
    """Whether a track's name says that it holds only what is foreign, or on signs."""
    return "forced" in read_language(PurePath(track.name).stem)[1]


@cache
def _speeds() -> Mapping[str, Fraction]:
    """Return frames a second that films are shown with, by the names that `--rate` takes."""
    from fractions import Fraction  # slow to import, and asked for with films alone

    return {"23.976": Fraction(24_000, 1_001), "24": Fraction(24), "25": Fraction(25)}


def _longest_credits(film: Film) -> int:
    return max(_CREDITS_MS, film.duration_ms // _CREDITS_SHARE)


def _find_rate(last_ms: int, film: Film) -> str:
    """Return the rate after which the last words end where they may; empty without one."""
    shown, speeds = _find_speed(film.frame_rate), _speeds()
    for made, played in _RATES:
        gap_ms = film.duration_ms - last_ms * speeds[made] / speeds[played]
        if shown in {"", played} and -_SLACK_MS <= gap_ms <= _longest_credits(film):
            return f"{made}/{played}"
    return ""


def _find_speed(frame_rate: Fraction | None) -> str:
    """Return the speed that a film of some frame rate is shown with; empty where none is known.

    Fields and repeated frames change the number of pictures, not the speed.
    """
    if frame_rate is None:
        return ""
    for name, speed in _speeds().items():
        if any(abs(frame_rate / (speed * times) - 1) < _SAME_SPEED for times in _REPEATS):
            return name
    return ""
