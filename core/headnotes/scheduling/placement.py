"""Windows for one headnote: where in its span it can be read, and how well."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

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
from headnotes.values import NamedTuple, frozen

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


@frozen
class Screen:
    """What else is on screen.

    Attributes:
        load: the dialogue as an amount of reading.
        tops: spans of dialogue at the top of the picture, in order, apart from each other.
    """

    load: ReadingLoad
    tops: Sequence[tuple[int, int]]


class Windows:
    """The windows of one headnote, looked at from the start of its span on as far as is needed.

    Attributes:
        least_cost: of all, those not looked at yet included; infinite where there is none.
        quietest_cps: characters a second where there is least to read, of what was looked at,
            whether or not that is a window; infinite where the span is too short to read anything.
    """

    def __init__(self, screen: Screen, note_chars: int, span: Span) -> None:
        """Look as far as the cheapest window may be.

        Args:
            screen: what else is on it.
            note_chars: characters of the headnote.
            span: where it may stand.
        """
        self.least_cost = self.quietest_cps = math.inf
        self._screen, self._note_chars, self._span = screen, note_chars, span
        self._needed_ms = reading_time_ms(note_chars)
        self._until_ms = span.end_ms // GRID_MS * GRID_MS
        # One longer than needed is a window only where those up to half a second shorter are over
        # `AIM_CPS`, so it has more characters a second than the note by itself, as all others have.
        self._least_cps = note_chars * 1000 / self._needed_ms
        self._found: list[Window] = []
        self._starts = self._list_starts()
        self._starts.reverse()
        self._look_on(0.0)

    def list_within(self, beyond: float) -> list[Window]:
        """List the windows that cost no more than so much beyond the cheapest, by start.

        Of those that begin at one time, the shortest and the one that reads best are windows.
        """
        self._look_on(beyond)
        most = self.least_cost + beyond
        return [window for window in self._found if window.cost <= most]

    def _look_on(self, beyond: float) -> None:
        starts = self._starts
        while starts:
            waiting = (starts[-1] - self._span.start_ms) / 1000 * WAITING_CPS_PER_S
            if self._least_cps + waiting > self.least_cost + beyond:
                break
            self._look_from(starts.pop(), waiting)

    def _look_from(self, start_ms: int, waiting: float) -> None:
        """Look at the windows from one start on, which cost so much for waiting."""
        bounds_ms, sums, slopes = self._screen.load.lines
        tops = self._screen.tops
        at = bisect_right(bounds_ms, start_ms) - 1
        note_chars, before = self._note_chars, sums[at] + slopes[at] * (start_ms - bounds_ms[at])
        last_ms = min(start_ms + MAX_DURATION_MS, self._until_ms)
        least = lowest = math.inf
        shortest, best_ms = None, 0
        for end_ms in (*range(start_ms + self._needed_ms, last_ms, _STRETCH_MS), last_ms):
            at = bisect_right(bounds_ms, end_ms, at) - 1
            chars = note_chars + (sums[at] + slopes[at] * (end_ms - bounds_ms[at]) - before)
            cps = chars * 1000 / (end_ms - start_ms)
            # a longer window is worth a look where it is quieter: its company is no better
            if cps < least:
                least = cps
                if cps <= FAIL_CPS:
                    company = FAST_CPS if cps > AIM_CPS else 0.0
                    if tops and meets_top(tops, start_ms, end_ms):
                        company += CROWDED_CPS
                    cost = cps + waiting + company
                    if cost < lowest:
                        lowest, best_ms = cost, end_ms
                        shortest = shortest or Window(start_ms, end_ms, cost)
                    if cps <= AIM_CPS:
                        break  # longer than needed covers the picture for nothing
        self.quietest_cps = min(self.quietest_cps, least)
        if shortest is not None:
            self.least_cost = min(self.least_cost, lowest)
            self._found.append(shortest)
            if shortest.end_ms != best_ms:
                self._found.append(Window(start_ms, best_ms, lowest))

    def _list_starts(self) -> list[int]:
        """List the starts worth a look, in order.

        Reading rises and falls in straight lines between cue bounds, so its lows are where a
        window begins or ends on one; the even steps between let headnotes follow each other.
        """
        first_ms, last_ms = self._span.start_ms, self._span.end_ms - self._needed_ms
        bounds = self._screen.load.list_bounds(first_ms, self._span.end_ms, _MAX_BOUNDS)
        step_ms = max(_STEP_MS, (last_ms - first_ms) // _MAX_STEPS)
        starts = {*range(first_ms, last_ms + 1, step_ms), *bounds}
        starts.update(bound - self._needed_ms for bound in bounds)
        on_grid = {-(-start_ms // GRID_MS) * GRID_MS for start_ms in starts}
        if self._needed_ms > MAX_DURATION_MS:
            return []
        last_ms = self._until_ms - self._needed_ms  # a window ends on the grid, too
        return sorted(start for start in on_grid if first_ms <= start <= last_ms)


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
