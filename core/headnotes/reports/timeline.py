"""Where things stand on the timeline of an episode, for any way of drawing it.

Shares of the whole length, not columns or pixels; what is drawn there is up to the reports.
"""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.model import Cue, Outcome
from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS

_STEPS = (
    *(minutes * MINUTE_MS for minutes in (1, 2, 5, 10, 15, 30)),
    *(hours * HOUR_MS for hours in (1, 2, 5, 10, 24)),
)


def measure_length(outcome: Outcome) -> int:
    """Give the length to draw, in milliseconds, at least a second.

    A file does not say how long its episode is: the end of the last cue stands for it.
    """
    ends = [one.moment.end_ms for one in outcome.annotations]
    return max(SECOND_MS, outcome.track.duration_ms, *ends)


def measure_density(cues: Sequence[Cue], length_ms: int, bins: int) -> list[float]:
    """Give how much is said in each of so many equal parts, the most in any being 1.

    A cue counts with its characters where its middle is.
    """
    said = [0] * bins
    for cue in cues:
        middle = (cue.start_ms + cue.end_ms) // 2
        said[min(bins - 1, middle * bins // length_ms)] += len(cue.spoken)
    most = max(said, default=0) or 1
    return [one / most for one in said]


def place_ticks(length_ms: int, most: int) -> list[int]:
    """Give round times from 0 on that divide the length, at most so many."""
    step = next((one for one in _STEPS if length_ms // one < most), length_ms)
    return list(range(0, length_ms, step))
