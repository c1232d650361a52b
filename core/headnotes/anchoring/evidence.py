"""What speaks for a window: the rules of evidence that `candidates` documents, in figures."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from headnotes.anchoring.index import IndexedTrack, Occurrence
from headnotes.anchoring.windows import collect
from headnotes.matching import TokenSpan
from headnotes.model import Anchor

SHORT_TRACK_MS = 20 * 60_000
"""What is spoken by chance is reckoned over so long a time at least: a clip shows no average."""

# The figures of the rules in `candidates`, which says what each is for.
_SUPPORT = 0.5
_SAME_CUE_KEEPS = 0.75

_CHANCE = 2.5
_WIDEST_KEEPS = 0.5
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
        self._reach_ms = anchor.within * 1000
        self._folded: dict[int, Sequence[str]] = {}

    @cached_property
    def information(self) -> Sequence[float]:
        """The information of each occurrence."""
        spoken, track = self.spoken, self._track
        spread = [*map(track.spread, spoken.terms)]
        weights = map(track.information, zip(spoken.first, spoken.last, strict=True))
        return [weight / spread[term] for weight, term in zip(weights, spoken.term, strict=True)]

    @cached_property
    def _until(self) -> Sequence[float]:
        """What all up to some occurrence say."""
        return list(accumulate(self.information, initial=0.0))

    def occurrences(self, first: int, last: int) -> tuple[Occurrence, ...]:
        """Return the occurrences from one position to another, both inside."""
        spoken, cue_of = self.spoken, self._track.tokens.cue_of
        return tuple(
            Occurrence(
                spoken.at_ms[at],
                TokenSpan(spoken.first[at], spoken.last[at]),
                spoken.terms[spoken.term[at]],
                cue_of[spoken.first[at]],
                cue_of[spoken.last[at]],
                self.information[at],
            )
            for at in range(first, last + 1)
        )

    def weigh(self, first: int, last: int) -> float:
        """Return the evidence for the window from one occurrence to another, both inside."""
        near = self._nearby(first, last)
        inside = self._sum(first, last + 1)
        nearby = inside if near == (first, last + 1) else self._sum(*near)
        return self._join(first, last, near, inside, nearby)

    def bounds(self, windows: Iterable[tuple[int, int]]) -> Iterator[float]:
        """Return for each window, in order of time, what its evidence cannot exceed."""
        # Each term at its best, and none of the rules that make less of several, so that no window
        # has more. Windows come in order, so what is near them slides along.
        most = [self._track.most_information(term) for term in self.spoken.terms]
        term = self.spoken.term
        held = [0] * len(most)
        start = end = 0
        nearby = 0.0
        for first, last in windows:
            low, high = self._nearby(first, last)
            for at in range(end, high):
                if not held[term[at]]:
                    nearby += most[term[at]]
                held[term[at]] += 1
            for at in range(start, low):
                held[term[at]] -= 1
                if not held[term[at]]:
                    nearby -= most[term[at]]
            start, end = low, high
            inside = sum([most[held_term] for held_term in {*term[first : last + 1]}])
            yield self._join(first, last, (low, high), inside, nearby)

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

    def _sum(self, start: int, end: int) -> float:
        """Sum up the information of distinct terms, from one occurrence to before another.

        A word that serves two terms counts once, and so do words next to each other; of further
        terms in one cue, three quarters count.
        """
        firsts, lasts, cue_of = self.spoken.first, self.spoken.last, self._track.tokens.cue_of
        total = 0.0
        words: set[str] = set()
        tokens: set[int] = set()
        cues: set[int] = set()
        # the most telling first, so that of two terms with one word the better one counts
        for information, at in self._best_of_terms(start, end):
            first, last = firsts[at], lasts[at]
            folded = self._fold(at)
            if not words.isdisjoint(folded) or not tokens.isdisjoint(self._around(first, last)):
                continue
            cue = cue_of[first]
            total += (_SAME_CUE_KEEPS if cue in cues else 1.0) * information
            words.update(folded)
            tokens.update(range(first, last + 1))
            cues.add(cue)
        return total

    def _fold(self, at: int) -> Sequence[str]:
        """Return the words of an occurrence as they are compared."""
        folded = self._folded.get(at)
        if folded is None:
            span = self.spoken.first[at], self.spoken.last[at]
            folded = self._folded[at] = self._track.folded(span)
        return folded

    def _best_of_terms(self, start: int, end: int) -> list[tuple[float, int]]:
        """Return of each term its most informative occurrence, the most informative term first."""
        information = self.information
        best: dict[int, int] = {}
        for at, term in enumerate(self.spoken.term[start:end], start):
            known = best.get(term)
            if known is None or information[at] > information[known]:
                best[term] = at
        # among equals the earlier, for the same evidence in every run
        ranked = sorted([(-information[at], at) for at in best.values()])
        return [(-rank, at) for rank, at in ranked]

    def _around(self, first: int, last: int) -> range:
        """Return the positions of some tokens and of those next to them in the first one's cue."""
        cue_of = self._track.tokens.cue_of
        cue = cue_of[first]
        # words of another cue are said by themselves, however near they stand in the list
        start = first - 1 if first and cue_of[first - 1] == cue else first
        is_followed = last + 1 < len(cue_of) and cue_of[last + 1] == cue
        return range(start, last + 2 if is_followed else last + 1)
