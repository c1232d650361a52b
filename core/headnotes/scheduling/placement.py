"""Windows for headnotes: from the moment on, in its scene, where there is least else to read.

Every headnote looks for its window by itself, the most important first, and takes the best one
that those before it have left. Nothing is squeezed: what finds no window comes with the reason.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import define, field, frozen

from headnotes.model import Cue
from headnotes.scheduling.limits import (
    AIM_CPS,
    FAIL_CPS,
    GAP_MS,
    GRID_MS,
    MAX_DELAY_MS,
    MAX_DURATION_MS,
    MIN_DURATION_MS,
    NOTE_CPS,
)
from headnotes.scheduling.reading_load import ReadingLoad
from headnotes.scheduling.spans import Span

_MAX_BOUNDS = 200
"""Cue bounds looked at in one wait; real dialogue has some sixty, a hostile file any number."""
_STRETCH_MS = 500


class Window(NamedTuple):
    """A place for one headnote; the smaller one is the better one.

    Hundreds are compared for every headnote, which tuples do fastest.

    Attributes:
        is_crowded: whether dialogue stands at the top of the picture meanwhile.
        is_fast: whether there is more to read than the aim of N2.
        cost: characters a second, and what the waiting is worth.
    """

    is_crowded: bool
    is_fast: bool
    cost: float
    start_ms: int
    end_ms: int


@frozen(kw_only=True)
class NoWindow:
    """Why no window was found.

    Attributes:
        cps: the quietest window there would have been for reading, in characters a second;
            `None` where no window was long enough.
        rivals: starts of the headnotes that stand where this one could have stood.
    """

    cps: float | None
    rivals: tuple[int, ...] = ()


@define
class Board:
    """The screen of one track: its dialogue, and the windows that are taken.

    Attributes:
        load: the dialogue as an amount of reading.
        tops: spans of dialogue at the top of the picture, in order, apart from each other.
        spacing_ms: from start to start of two headnotes, at least.
        taken: starts and ends of placed headnotes, in order.
    """

    load: ReadingLoad
    tops: Sequence[tuple[int, int]]
    spacing_ms: int
    taken: list[tuple[int, int]] = field(factory=list)

    def take(self, window: Window) -> None:
        """Reserve a window: no later headnote may have it."""
        insort(self.taken, (window.start_ms, window.end_ms))

    def find_window(self, note_chars: int, span: Span) -> Window | NoWindow:
        """Return the best free window for a headnote of so many characters.

        Returns:
            The window, or what stood in the way.

        The order of preference: nothing else at the top of the picture, then at most the aim of
        N2 to read, then the least of reading and waiting together.
        """
        least_cps = note_chars * 1000 / MAX_DURATION_MS
        best: Window | None = None
        quietest: float | None = None
        for start_ms in self._list_starts(note_chars, span):
            waiting = (start_ms - span.start_ms) / 1000 * span.waiting_cps_per_s
            if best and best[:2] == (False, False) and waiting + least_cps >= best.cost:
                break  # no later window can be better
            for end_ms, cps in self._list_ends(note_chars, start_ms, span.end_ms):
                quietest = cps if quietest is None else min(quietest, cps)
                if cps > FAIL_CPS or not self._is_free(start_ms, end_ms):
                    continue
                crowded = self._meets_top(start_ms, end_ms)
                window = Window(crowded, cps > AIM_CPS, cps + waiting, start_ms, end_ms)
                best = window if best is None else min(best, window)
                if cps <= AIM_CPS:
                    break  # longer than needed covers the picture for nothing
        return best or NoWindow(cps=quietest, rivals=self._list_rivals(span))

    def _list_starts(self, note_chars: int, span: Span) -> list[int]:
        """List the starts worth a look, in order.

        Reading rises and falls in straight lines between cue bounds, so its lows are where a
        window begins or ends on one; besides these only the end of a wait for others counts.
        """
        needed_ms = reading_time_ms(note_chars)
        last_ms = min(span.start_until_ms, span.start_ms + MAX_DELAY_MS, span.end_ms - needed_ms)
        bounds = self.load.list_bounds(span.start_ms, last_ms + needed_ms, _MAX_BOUNDS)
        starts = {span.start_ms}
        starts.update(bounds)
        starts.update(bound - needed_ms for bound in bounds)
        for start_ms, end_ms in self._list_near(span.start_ms, last_ms):
            starts.add(max(end_ms + GAP_MS, start_ms + self.spacing_ms))
            starts.add(min(start_ms - GAP_MS - needed_ms, start_ms - self.spacing_ms))
        on_grid = {-(-start_ms // GRID_MS) * GRID_MS for start_ms in starts}
        return sorted(start for start in on_grid if span.start_ms <= start <= last_ms)

    def _list_ends(
        self, note_chars: int, start_ms: int, until_ms: int
    ) -> Iterator[tuple[int, float]]:
        """List ends and their characters a second, from the shortest window to the longest."""
        end_ms = start_ms + reading_time_ms(note_chars)
        last_ms = min(start_ms + MAX_DURATION_MS, until_ms // GRID_MS * GRID_MS)
        before = self.load.sum_until(start_ms)
        while end_ms <= last_ms:
            chars = note_chars + (self.load.sum_until(end_ms) - before)
            yield end_ms, chars * 1000 / (end_ms - start_ms)
            end_ms = min(end_ms + _STRETCH_MS, last_ms) if end_ms < last_ms else last_ms + 1

    def _is_free(self, start_ms: int, end_ms: int) -> bool:
        window = (start_ms, end_ms)
        at = bisect_left(self.taken, window)
        return (at == 0 or self._are_apart(self.taken[at - 1], window)) and (
            at == len(self.taken) or self._are_apart(window, self.taken[at])
        )

    def _are_apart(self, earlier: tuple[int, int], later: tuple[int, int]) -> bool:
        return later[0] >= max(earlier[0] + self.spacing_ms, earlier[1] + GAP_MS)

    def _list_near(self, first_ms: int, last_ms: int) -> list[tuple[int, int]]:
        """List the taken windows that keep others from starting between two times."""
        reach_ms = max(self.spacing_ms, MAX_DURATION_MS + GAP_MS)
        first = bisect_left(self.taken, (first_ms - reach_ms, 0))
        return self.taken[first : bisect_left(self.taken, (last_ms + reach_ms, 0))]

    def _list_rivals(self, span: Span) -> tuple[int, ...]:
        last_ms = min(span.start_until_ms, span.start_ms + MAX_DELAY_MS)
        return tuple(start_ms for start_ms, _ in self._list_near(span.start_ms, last_ms))

    def _meets_top(self, start_ms: int, end_ms: int) -> bool:
        at = bisect_left(self.tops, (end_ms, 0))
        return at > 0 and self.tops[at - 1][1] > start_ms


def reading_time_ms(note_chars: int) -> int:
    """Return the shortest window in which a headnote can be read (N1), on the grid."""
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
