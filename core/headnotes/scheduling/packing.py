"""The best joint schedule of headnotes that contend for the same minutes.

Headnotes come the most important first. Each is tried at every place in the order of those that
are in already, which move within their windows to make room but are never lost. For one order the
windows of least total cost are found exactly, by dynamic programming over the windows of each
headnote; so a whole passage is weighed at once, and nothing depends on who came first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from math import inf
from operator import itemgetter

from headnotes.scheduling.limits import BUCKET_MS, GAP_MS
from headnotes.scheduling.placement import Window
from headnotes.values import NamedTuple, define, field

_ALIKE = 1e-6

_NEVER_MS = 1 << 62
"""Later than anything."""


class _Reach(NamedTuple):
    """The least cost of all headnotes on one side of a time, where it changes; what can be reached.

    Attributes:
        times: of windows of the outermost headnote, in order.
        costs: of it and all beyond it, the least up to (or from) that time.
        windows: of the outermost headnote, the one that costs so little.
    """

    times: list[int]
    costs: list[float]
    windows: list[Window]


_NOTHING_BEFORE = _Reach([-_NEVER_MS], [0.0], [])
_NOTHING_AFTER = _Reach([_NEVER_MS], [0.0], [])


# by place rather than by name, as nothing of Python is run for that
_cost_of = itemgetter(Window._fields.index("cost"))
_end_and_cost_of = itemgetter(Window._fields.index("end_ms"), Window._fields.index("cost"))


def _find_least(cheapest_first: Iterable[Window], before: _Reach, after: _Reach) -> float:
    """Return the least cost of a headnote in one of its windows with all before and after it."""
    least = inf
    rest = before.costs[-1] + after.costs[0]
    for window in cheapest_first:
        if window.cost + rest >= least:
            break  # all that follow cost more
        earlier = bisect_right(before.times, window.start_ms - GAP_MS) - 1
        later = bisect_left(after.times, window.end_ms + GAP_MS)
        if earlier >= 0 and later < len(after.times):
            least = min(least, window.cost + before.costs[earlier] + after.costs[later])
    return least


@define
class Row:
    """Headnotes in the order in which they show, with the windows that each may take."""

    slots: list[Sequence[Window]] = field(factory=list)
    _before: list[_Reach] = field(factory=list)
    _after: list[_Reach] = field(factory=list)

    def find_place(self, windows: Sequence[Window]) -> int | None:
        """Return the place in the order at which a headnote costs least; `None`: there is none."""
        best, least = None, inf
        cheapest_first = sorted(windows, key=_cost_of)
        first_end_ms = min(window.end_ms for window in windows)
        for place in range(len(self.slots) + 1):
            before = self._before[place - 1] if place else _NOTHING_BEFORE
            after = self._after[place] if place < len(self.slots) else _NOTHING_AFTER
            if before.times[0] + GAP_MS > windows[-1].start_ms:
                break
            if after.times[-1] < first_end_ms + GAP_MS:
                continue
            cost = _find_least(cheapest_first, before, after)
            if cost < inf and cost <= least + _ALIKE:  # among equals, after the more important
                best, least = place, cost
        return best

    def with_slot(self, place: int, windows: Sequence[Window]) -> Row:
        """Return a row with one headnote more."""
        row = Row([*self.slots[:place], windows, *self.slots[place:]])
        # what is reached from the start is known up to the place, what from the end after it
        row._before, row._after = self._before[:place], self._after[place:]
        row._reach()
        return row

    @classmethod
    def of(cls, slots: Sequence[Sequence[Window]]) -> Row:
        """Return the row of headnotes with these windows."""
        row = cls([*slots])
        row._reach()
        return row

    def _reach(self) -> None:
        """Work out what is reached from the start and from the end, where that is not known."""
        for slot in self.slots[len(self._before) :]:
            before = self._before[-1] if self._before else _NOTHING_BEFORE
            self._before.append(_reach_forward(slot, before))
        for slot in reversed(self.slots[: len(self.slots) - len(self._after)]):
            after = self._after[0] if self._after else _NOTHING_AFTER
            self._after.insert(0, _reach_back(slot, after))

    @property
    def least_cost(self) -> float:
        """What all headnotes cost together, in the windows that are chosen for them."""
        return self._after[0].costs[0]

    def choose_windows(self) -> list[Window]:
        """Return the window of each headnote, in order, with the least total cost."""
        chosen: list[Window] = []
        free_ms = -GAP_MS
        for reach in self._after:
            window = reach.windows[bisect_left(reach.times, free_ms)]
            chosen.append(window)
            free_ms = window.end_ms + GAP_MS
        return chosen


def _reach_forward(slot: Sequence[Window], before: _Reach) -> _Reach:
    """Return what a headnote costs that ends by a time, with all before it."""
    times, costs = before.times, before.costs
    reach = _Reach([], [], [])
    rest, least = costs[-1], inf
    for start_ms, end_ms, cost in sorted(slot, key=_end_and_cost_of):
        if cost + rest >= least:
            continue  # whatever comes before it, an earlier end costs no more
        at = bisect_right(times, start_ms - GAP_MS) - 1
        if at >= 0 and cost + costs[at] < least:
            least = cost + costs[at]
            reach.times.append(end_ms)
            reach.costs.append(least)
    return reach


def _reach_back(slot: Sequence[Window], after: _Reach) -> _Reach:
    """Return what a headnote costs that begins at a time or later, with all after it."""
    times, costs, count = after.times, after.costs, len(after.times)
    reach = _Reach([], [], [])
    rest, least = costs[0], inf
    for window in reversed(slot):
        start_ms, end_ms, cost = window
        if cost + rest > least:
            continue  # whatever comes after it, a later start costs less
        at = bisect_left(times, end_ms + GAP_MS)
        if at < count and cost + costs[at] <= least:  # of equals the earlier
            least = cost + costs[at]
            reach.times.append(start_ms)
            reach.costs.append(least)
            reach.windows.append(window)
    for part in reach:
        part.reverse()
    return reach


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
