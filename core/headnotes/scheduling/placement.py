"""Windows for one headnote: where in its span it can be read, and how well."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from headnotes.model import Cue
from headnotes.scheduling.limits import (
    AIM_CPS,
    CROWDED_CPS,
    FAIL_CPS,
    FAST_CPS,
    GRID_MS,
    MAX_DURATION_MS,
    MIN_DURATION_MS,
    NOTE_CPS,
    WAITING_CPS_PER_S,
)
from headnotes.scheduling.reading_load import ReadingLoad
from headnotes.scheduling.spans import Span
from headnotes.values import frozen

_MAX_BOUNDS = 100
"""Cue bounds looked at in one span; a minute of dialogue has sixty, a hostile file any number."""
_MAX_STEPS = 240
_STEP_MS = 1_000
_STRETCH_MS = 500


class Window(NamedTuple):
    """A place for one headnote.

    Attributes:
        cost: characters a second, and what waiting and bad company are worth in these.
    """

    start_ms: int
    end_ms: int
    cost: float


@frozen(kw_only=True)
class Windows:
    """Every window worth a look, by start.

    Attributes:
        best: of those that begin at one time, the shortest and the one that reads best.
        quietest_cps: characters a second where there is least to read, whether or not that is a
            window; `None` where the span is too short to read anything.
    """

    best: tuple[Window, ...]
    quietest_cps: float | None


@frozen
class Screen:
    """What else is on screen.

    Attributes:
        load: the dialogue as an amount of reading.
        tops: spans of dialogue at the top of the picture, in order, apart from each other.
    """

    load: ReadingLoad
    tops: Sequence[tuple[int, int]]

    def list_windows(self, note_chars: int, span: Span) -> Windows:
        """List the windows of a headnote of so many characters, one or two for each start."""
        best: list[Window] = []
        quietest: list[float] = []
        needed_ms, until_ms = reading_time_ms(note_chars), span.end_ms // GRID_MS * GRID_MS
        starts = self._list_starts(needed_ms, span)
        for start_ms, before in zip(starts, self.load.sum_up(starts), strict=True):
            waiting = (start_ms - span.start_ms) / 1000 * WAITING_CPS_PER_S
            last_ms = min(start_ms + MAX_DURATION_MS, until_ms)
            if start_ms + needed_ms <= last_ms:
                shown = note_chars, before, waiting
                least_cps, windows = self._look_from(start_ms, needed_ms, last_ms, shown)
                quietest.append(least_cps)
                best += windows
        return Windows(best=tuple(best), quietest_cps=min(quietest, default=None))

    def _look_from(
        self, start_ms: int, needed_ms: int, last_ms: int, shown: tuple[int, float, float]
    ) -> tuple[float, Sequence[Window]]:
        """Look at the windows from one start on.

        Args:
            start_ms: when they begin.
            needed_ms: the length of the first.
            last_ms: when the last one ends, not before the first.
            shown: characters of the note, of dialogue up to the start, and what waiting costs.

        Returns:
            The least characters a second; of readable windows the shortest and the best.
        """
        note_chars, before, waiting = shown
        bounds_ms, sums, slopes = self.load.lines
        least = lowest = math.inf
        shortest, best_ms = None, 0
        end_ms = start_ms + needed_ms
        while True:
            at = bisect_right(bounds_ms, end_ms) - 1
            chars = note_chars + (sums[at] + slopes[at] * (end_ms - bounds_ms[at]) - before)
            cps = chars * 1000 / (end_ms - start_ms)
            # a longer window is worth a look where it is quieter: its company is no better
            if cps < least:
                least = cps
                if cps <= FAIL_CPS:
                    cost = cps + waiting + self._rate_company(cps, start_ms, end_ms)
                    if cost < lowest:
                        lowest, best_ms = cost, end_ms
                        shortest = shortest or Window(start_ms, end_ms, cost)
                    if cps <= AIM_CPS:
                        break  # longer than needed covers the picture for nothing
            if end_ms == last_ms:
                break
            end_ms += _STRETCH_MS
            if end_ms > last_ms:  # noqa: PLR1730  # gone through for every window; this is sooner
                end_ms = last_ms
        if shortest is None or shortest.end_ms == best_ms:
            return least, (shortest,) if shortest else ()
        return least, (shortest, Window(start_ms, best_ms, lowest))

    def _rate_company(self, cps: float, start_ms: int, end_ms: int) -> float:
        fast = FAST_CPS if cps > AIM_CPS else 0.0
        if self.tops and meets_top(self.tops, start_ms, end_ms):
            return CROWDED_CPS + fast
        return fast

    def _list_starts(self, needed_ms: int, span: Span) -> list[int]:
        """List the starts worth a look, in order.

        Reading rises and falls in straight lines between cue bounds, so its lows are where a
        window begins or ends on one; the even steps between let headnotes follow each other.
        """
        last_ms = span.end_ms - needed_ms
        bounds = self.load.list_bounds(span.start_ms, span.end_ms, _MAX_BOUNDS)
        step_ms = max(_STEP_MS, (last_ms - span.start_ms) // _MAX_STEPS)
        starts = {*range(span.start_ms, last_ms + 1, step_ms), *bounds}
        starts.update(bound - needed_ms for bound in bounds)
        on_grid = {-(-start_ms // GRID_MS) * GRID_MS for start_ms in starts}
        return sorted(start for start in on_grid if span.start_ms <= start <= last_ms)


def reading_time_ms(note_chars: int) -> int:
    """Return the shortest window in which a headnote can be read (N1), on the grid."""
    # rounded up: a headnote cut to the grid would be too fast by a fraction
    needed_ms = math.ceil(note_chars * 1000 / NOTE_CPS / GRID_MS) * GRID_MS
    return max(MIN_DURATION_MS, needed_ms)


def join_tops(cues: Sequence[Cue]) -> list[tuple[int, int]]:
    """Join the cues at the top of the picture to spans in order, apart from each other."""
    spans: list[tuple[int, int]] = []
    for cue in sorted((cue for cue in cues if cue.is_top), key=lambda cue: cue.start_ms):
        if spans and cue.start_ms <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], cue.end_ms))
        else:
            spans.append((cue.start_ms, cue.end_ms))
    return spans


def meets_top(tops: Sequence[tuple[int, int]], start_ms: int, end_ms: int) -> bool:
    """Whether dialogue from `join_tops` stands at the top of the picture between two times."""
    at = bisect_left(tops, (end_ms, 0))
    return at > 0 and tops[at - 1][1] > start_ms
