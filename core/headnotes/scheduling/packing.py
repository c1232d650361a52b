"""The best joint schedule of headnotes that contend for the same minutes.

Headnotes come the most important first. Each is tried at every place in the order of those that
are in already, which move within their windows to make room but are never lost. For one order the
windows of least total cost are found exactly, by dynamic programming over the windows of each
headnote; so a whole passage is weighed at once, and nothing depends on who came first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import inf

from attrs import define, field, frozen

from headnotes.scheduling.limits import BUCKET_MS, GAP_MS
from headnotes.scheduling.placement import Window

_ALIKE = 1e-6


@frozen
class _Reach:
    """The least cost of all headnotes on one side of a time; times only that can be reached.

    Attributes:
        times: of windows of the outermost headnote, in order.
        costs: of it and all beyond it, the least up to (or from) that time.
    """

    times: Sequence[int]
    costs: Sequence[float]

    def until(self, time_ms: int) -> float:
        """Return the least cost of what has ended by a time."""
        at = bisect_right(self.times, time_ms) - 1
        return self.costs[at] if at >= 0 else inf

    def since(self, time_ms: int) -> float:
        """Return the least cost of what begins at a time or later."""
        at = bisect_left(self.times, time_ms)
        return self.costs[at] if at < len(self.times) else inf


@define
class Row:
    """Headnotes in the order in which they show, with the windows that each may take."""

    slots: list[Sequence[Window]] = field(factory=list)
    _before: list[_Reach] = field(factory=list)
    _after: list[_Reach] = field(factory=list)

    def find_place(self, windows: Sequence[Window]) -> int | None:
        """Return the place in the order at which a headnote costs least; `None`: there is none."""
        best, least = None, inf
        for place in range(len(self.slots) + 1):
            before = self._before[place - 1] if place else None
            after = self._after[place] if place < len(self.slots) else None
            if before and before.times[0] + GAP_MS > windows[-1].start_ms:
                break
            if after and after.times[-1] < windows[0].end_ms + GAP_MS:
                continue
            cost = min(
                window.cost
                + (before.until(window.start_ms - GAP_MS) if before else 0.0)
                + (after.since(window.end_ms + GAP_MS) if after else 0.0)
                for window in windows
            )
            if cost < inf and cost <= least + _ALIKE:  # among equals, after the more important
                best, least = place, cost
        return best

    def with_slot(self, place: int, windows: Sequence[Window]) -> Row:
        """Return a row with one headnote more."""
        row = Row([*self.slots[:place], windows, *self.slots[place:]])
        # what is reached from the start is known up to the place, what from the end after it
        before = self._before[place - 1] if place else None
        row._before = self._before[:place]
        for slot in row.slots[place:]:
            before = _reach_forward(slot, before)
            row._before.append(before)
        after = self._after[place] if place < len(self.slots) else None
        row._after = self._after[place:]
        for slot in reversed(row.slots[: place + 1]):
            after = _reach_back(slot, after)
            row._after.insert(0, after)
        return row

    def choose_windows(self) -> list[Window]:
        """Return the window of each headnote, in order, with the least total cost."""
        chosen: list[Window] = []
        free_ms = -GAP_MS
        for at, slot in enumerate(self.slots):
            rest = self._after[at + 1] if at + 1 < len(self.slots) else None
            window = min(
                (window for window in slot if window.start_ms >= free_ms),
                key=lambda window: (
                    window.cost + (rest.since(window.end_ms + GAP_MS) if rest else 0)
                ),
            )
            chosen.append(window)
            free_ms = window.end_ms + GAP_MS
        return chosen


def _reach_forward(slot: Sequence[Window], before: _Reach | None) -> _Reach:
    costs = [
        (window.end_ms, window.cost + (before.until(window.start_ms - GAP_MS) if before else 0))
        for window in slot
    ]
    reached = sorted(pair for pair in costs if pair[1] < inf)
    return _Reach([end for end, _ in reached], list(accumulate((c for _, c in reached), min)))


def _reach_back(slot: Sequence[Window], after: _Reach | None) -> _Reach:
    costs = [
        (window.start_ms, window.cost + (after.since(window.end_ms + GAP_MS) if after else 0))
        for window in slot
    ]
    reached = [pair for pair in costs if pair[1] < inf]
    least = list(accumulate((cost for _, cost in reversed(reached)), min))
    return _Reach([start for start, _ in reached], least[::-1])


@define
class Bucket:
    """How many headnotes may begin within any `BUCKET_MS`."""

    capacity: int
    starts: list[int] = field(factory=list)

    def exchange(self, leaving: Iterable[int], coming: Iterable[int]) -> bool:
        """Replace some starts by others where they fit; return whether they did."""
        starts = list(self.starts)
        for start_ms in leaving:
            starts.pop(bisect_left(starts, start_ms))
        for start_ms in coming:
            insort(starts, start_ms)
        fits = all(
            late - early >= BUCKET_MS
            for early, late in zip(starts, starts[self.capacity :], strict=False)
        )
        if fits:
            self.starts = starts
        return fits
