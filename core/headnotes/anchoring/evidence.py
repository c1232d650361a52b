"""What speaks for a window: the rules of evidence that `candidates` documents, in figures."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import nsmallest
from itertools import accumulate

from headnotes.anchoring.index import IndexedTrack, Occurrence
from headnotes.anchoring.windows import TermWindow, collect
from headnotes.matching import TokenSpan
from headnotes.model import Anchor

SHORT_TRACK_MS = 20 * 60_000
"""What is spoken by chance is reckoned over so long a time at least: a clip shows no average."""

# The figures of the rules in `candidates`, which says what each is for.
_SUPPORT = 0.5
_SAME_CUE_KEEPS = 0.75

_CHANCE = 1.5
_WIDEST_KEEPS = 0.5

ENOUGH, ENOUGH_LACKING = 0.999, 1.321
"""The evidence that a moment has at least, and one that lacks a term: a little below the evidence
of `candidates.THRESHOLD` and `STRONG`, as strength is rounded."""

_ROUNDING = 1e-6
"""More than sums of so many numbers can be wrong by."""

_MOST_NEARBY = 500
"""More occurrences than this on one side of a window support it no further: in dialogue there are
never so many, and in a file where all is said at once the work would grow with its square."""


class Weighing:
    """The windows of one anchor in one track, each weighed against all that the track speaks.

    Attributes:
        anchor: whose windows they are.
        spoken: its occurrences.
    """

    def __init__(self, anchor: Anchor, track: IndexedTrack) -> None:
        self.anchor = anchor
        self.spoken = collect(anchor, track)
        self._track = track
        self._sums: dict[tuple[int, int], float] = {}
        self._reach_ms = anchor.within * 1000
        self._places: dict[int, tuple[Sequence[str], range, range]] = {}

    @cached_property
    def information(self) -> Sequence[float]:
        """The information of each occurrence."""
        spoken, track = self.spoken, self._track
        spread = [*map(track.spread, spoken.terms)]
        is_depicted = track.is_depicted(self.anchor)
        weights = track.weigh_all(spoken.first, spoken.last, is_depicted=is_depicted)
        return [weight / spread[term] for weight, term in zip(weights, spoken.term, strict=True)]

    @cached_property
    def _until(self) -> Sequence[float]:
        """What all up to some occurrence say."""
        return list(accumulate(self.information, initial=0.0))

    def occurrences(self, first: int, last: int) -> tuple[Occurrence, ...]:
        """Return the occurrences from one position to another, both inside."""
        spoken, cue_of = self.spoken, self._track.tokens.cue_of
        inside = slice(first, last + 1)
        begins, ends = spoken.first[inside], spoken.last[inside]
        return tuple(
            map(
                Occurrence,
                spoken.at_ms[inside],
                map(TokenSpan, begins, ends),
                map(spoken.terms.__getitem__, spoken.term[inside]),
                map(cue_of.__getitem__, begins),
                map(cue_of.__getitem__, ends),
                self.information[inside],
            )
        )

    def weigh(self, first: int, last: int) -> float:
        """Return the evidence for the window from one occurrence to another, both inside."""
        near = self._nearby(first, last)
        inside = self._sum((first, last + 1))
        # windows in a row often have the same around them
        if near not in self._sums:
            self._sums[near] = inside if near == (first, last + 1) else self._sum(near)
        nearby = self._sums[near]
        return self._join(first, last, near, inside, nearby)

    def choose_telling(self, windows: Sequence[TermWindow], most: int) -> Sequence[TermWindow]:
        """Return so many of some windows: which lack the least, and of those hold the most."""
        until = self._until
        return nsmallest(
            most, windows, key=lambda each: (each.lacking, until[each.first] - until[each.last + 1])
        )

    def find_promising(self, windows: Iterable[TermWindow]) -> Iterator[TermWindow]:
        """Return those of some windows whose evidence may be enough."""
        until = self._until
        for window in windows:
            first, last, lacking = window
            near = self._nearby(first, last)
            least = (ENOUGH_LACKING if lacking else ENOUGH) - _ROUNDING
            # all that is spoken, each time it is, and none of the rules that make less of several,
            # so that no window has more
            inside = until[last + 1] - until[first]
            nearby = until[near[1]] - until[near[0]]
            # chance only takes off, so it is reckoned where there would be enough without it
            if (
                inside + _SUPPORT * (nearby - inside) >= least
                and self._join(first, last, near, inside, nearby) >= least
            ):
                yield window

    def _join(
        self, first: int, last: int, near: tuple[int, int], inside: float, nearby: float
    ) -> float:
        """Return the evidence of a window by the sums of what is inside and around it."""
        start, end = near
        # what is nearby holds what is inside, which counts whole
        evidence = inside + _SUPPORT * (nearby - inside) - self._expect_by_chance(start, end)
        width_ms = self.spoken.at_ms[last] - self.spoken.at_ms[first]
        return evidence * (1 - (1 - _WIDEST_KEEPS) * width_ms / self._reach_ms)

    def _nearby(self, first: int, last: int) -> tuple[int, int]:
        """Return which occurrences are as close to a window as the anchor's own width."""
        at_ms = self.spoken.at_ms
        low, high = max(0, first - _MOST_NEARBY), min(len(at_ms), last + 1 + _MOST_NEARBY)
        return (
            bisect_left(at_ms, at_ms[first] - self._reach_ms, low, high),
            bisect_right(at_ms, at_ms[last] + self._reach_ms, low, high),
        )

    def _expect_by_chance(self, start: int, end: int) -> float:
        """Return what is taken off for the terms that a window anywhere in the track holds."""
        length_ms = max(self._track.length_ms, SHORT_TRACK_MS)
        # what is said around the window is no chance: it may be the scene itself
        elsewhere = self._until[-1] - (self._until[end] - self._until[start])
        return _CHANCE * max(0.0, elsewhere) * self._reach_ms / length_ms

    def _sum(self, part: tuple[int, int]) -> float:
        """Sum up the information of distinct terms, from one occurrence to before another.

        A word that serves two terms counts once, and so do words next to each other; of further
        terms in one cue, three quarters count.
        """
        information, term, cue_of = self.information, self.spoken.term, self._track.tokens.cue_of
        order, rank = self._order
        known = self._places.get
        total = 0.0
        terms: set[int] = set()
        words: set[str] = set()
        tokens: set[int] = set()
        cues: set[int] = set()
        # the most telling first, so that of two terms with one word the better one counts
        for at in map(order.__getitem__, sorted(rank[slice(*part)])):
            if term[at] in terms:
                continue
            terms.add(term[at])
            folded, own, around = known(at) or self._place(at)
            if words.isdisjoint(folded) and tokens.isdisjoint(around):
                cue = cue_of[own[0]]
                total += (_SAME_CUE_KEEPS if cue in cues else 1.0) * information[at]
                words.update(folded)
                tokens.update(own)
                cues.add(cue)
        return total

    @cached_property
    def _order(self) -> tuple[Sequence[int], Sequence[int]]:
        """The occurrences from the most informative to the least, and the rank of each in that.

        Among equals the earlier comes first, for the same evidence in every run.
        """
        less = [-information for information in self.information]
        order = sorted(range(len(less)), key=less.__getitem__)
        rank = [0] * len(order)
        for place, at in enumerate(order):
            rank[at] = place
        return order, rank

    def _place(self, at: int) -> tuple[Sequence[str], range, range]:
        """Return the words of an occurrence as compared, its tokens, and those with their next."""
        first, last = self.spoken.first[at], self.spoken.last[at]
        folded = self._track.folded((first, last))
        place = folded, range(first, last + 1), self._around(first, last)
        self._places[at] = place
        return place

    def _around(self, first: int, last: int) -> range:
        """Return the positions of some tokens and of those next to them in the first one's cue."""
        cue_of = self._track.tokens.cue_of
        cue = cue_of[first]
        # words of another cue are said by themselves, however near they stand in the list
        start = first - 1 if first and cue_of[first - 1] == cue else first
        is_followed = last + 1 < len(cue_of) and cue_of[last + 1] == cue
        return range(start, last + 2 if is_followed else last + 1)
