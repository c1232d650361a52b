"""Where an anchor's terms are spoken, and the tightest windows that hold enough of them.

Occurrences are numbers in parallel lists here, not objects: a track in which all is said may have
a hundred thousand for each anchor.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import add

from headnotes.anchoring.index import IndexedTrack, Occurrence
from headnotes.matching import TokenSpan
from headnotes.model import Anchor
from headnotes.values import NamedTuple

_MOST_REMEMBERED = 2_000
"""Occurrences of one anchor; a track in which all is said would not be small any more."""


class Collected(NamedTuple):
    """What `Spoken` holds, but the track: holding each other, both would outlast their use."""

    terms: tuple[str, ...]
    term: Sequence[int]
    first: Sequence[int]
    last: Sequence[int]
    at_ms: Sequence[int]


class Spoken:
    """All occurrences of the terms an anchor asks for, in order of time.

    Attributes:
        track: in which they are spoken.
        terms: that are spoken, in the order of their texts.
        term: of each occurrence, as a position in `terms`.
        first, last: of each occurrence, its tokens, both inside.
        at_ms: when the cue of each starts.
    """

    __slots__ = ("at_ms", "first", "last", "term", "terms", "track")

    def __init__(self, track: IndexedTrack, collected: Collected) -> None:
        self.track = track
        self.terms, self.term, self.first, self.last, self.at_ms = collected

    def __len__(self) -> int:
        return len(self.first)

    def terms_inside(self, start_ms: int, end_ms: int) -> set[str]:
        """Return the terms that are spoken from one time to another."""
        first, end = bisect_left(self.at_ms, start_ms), bisect_right(self.at_ms, end_ms)
        return {*map(self.terms.__getitem__, self.term[first:end])}

    def occurrence(self, at: int) -> Occurrence:
        """Return one occurrence."""
        span = TokenSpan(self.first[at], self.last[at])
        return self.track.locate(self.terms[self.term[at]], span)

    def occurrences(self, first: int, last: int) -> tuple[Occurrence, ...]:
        """Return the occurrences from one position to another, both inside."""
        return tuple(map(self.occurrence, range(first, last + 1)))


def collect(anchor: Anchor, track: IndexedTrack) -> Spoken:
    """Collect what an anchor asks for and the track speaks; remember it unless it is much."""
    collected = track.collected.get(anchor)
    if collected is None:
        collected = _collect(anchor, track)
        if len(collected.first) <= _MOST_REMEMBERED:
            track.collected.keep(anchor, collected)
    return Spoken(track, collected)


def _collect(anchor: Anchor, track: IndexedTrack) -> Collected:
    spans, terms = track.spans, track.terms_of(anchor)
    # a code holds by how many tokens a term is spoken beyond the first, and the term
    size = max(1, len(terms))
    coded = [
        (firsts, (length - 1) * size + position)
        for position, term in enumerate(terms)
        for firsts, length in spans[term].runs
    ]
    count = max([code for _, code in coded], default=0) + 1
    # keys sort by first token and code; a set, as the same words may speak one term in two ways
    in_time = sorted({first * count + code for firsts, code in coded for first in firsts})
    first = [key // count for key in in_time]
    codes = [key % count for key in in_time]
    is_by_words = count <= size
    return Collected(
        terms=terms,
        term=codes if is_by_words else [code % size for code in codes],
        first=first,
        last=first if is_by_words else [*map(add, first, [code // size for code in codes])],
        at_ms=[*map(track.spoken_ms.__getitem__, first)],
    )


class TermWindow(NamedTuple):
    """Positions among an anchor's occurrences, both inside, and how many terms are wanting."""

    first: int
    last: int
    lacking: int


class WindowCount:
    """Which terms of an anchor a sliding window holds.

    Attributes:
        missing: how many terms of `all` it does not hold.
        lacking: how many more of `any` it wants; below 0 where it has more.
    """

    def __init__(self, anchor: Anchor, terms: Sequence[str], lacking: int = 0) -> None:
        self._in_all = [*map({*anchor.all}.__contains__, terms)]
        self._in_any = [*map({*anchor.any}.__contains__, terms)]
        self._held = [0] * len(terms)
        self.missing = len({*anchor.all})
        self.lacking = anchor.at_least - lacking

    def add(self, term: int) -> None:
        """Let one occurrence of a term in."""
        self._held[term] += 1
        if self._held[term] == 1:
            self.missing -= self._in_all[term]
            self.lacking -= self._in_any[term]

    def drop(self, term: int) -> None:
        """Let one occurrence of a term out."""
        self._held[term] -= 1
        if not self._held[term]:
            self.missing += self._in_all[term]
            self.lacking += self._in_any[term]


def tightest_windows(
    anchor: Anchor, spoken: Spoken, width_ms: float, lacking: int = 0
) -> list[tuple[int, int]]:
    """Return the windows, no wider than that, which have all terms and hold no smaller one.

    Args:
        anchor: what they must have.
        spoken: of the anchor.
        width_ms: from the first occurrence to the last.
        lacking: how many terms of `any` they may do without.

    Returns:
        Positions in `spoken` of the first and the last occurrence, both inside.
    """
    # the same as `WindowCount` counts, written out: this is gone through for every anchor
    in_all = [*map({*anchor.all}.__contains__, spoken.terms)]
    in_any = [*map({*anchor.any}.__contains__, spoken.terms)]
    held = [0] * len(spoken.terms)
    missing, wanting = len({*anchor.all}), anchor.at_least - lacking
    windows: list[tuple[int, int]] = []
    term, at_ms = spoken.term, spoken.at_ms
    first = 0
    for last, coming in enumerate(term):
        held[coming] += 1
        if held[coming] > 1:  # it makes nothing whole that was not so before
            continue
        missing -= in_all[coming]
        wanting -= in_any[coming]
        if missing or wanting > 0:  # not even with what is too far away by now
            continue
        since_ms = at_ms[last] - width_ms
        is_found = False
        # letting go from the left as long as nothing is wanting finds the tightest that ends here
        while first <= last:
            if at_ms[first] >= since_ms:
                if missing or wanting > 0:
                    break
                is_found = True
            leaving = term[first]
            held[leaving] -= 1
            if not held[leaving]:
                missing += in_all[leaving]
                wanting += in_any[leaving]
            first += 1
        if is_found:
            windows.append((first - 1, last))
    return windows
