"""Where an anchor's terms are spoken, and the tightest windows that hold enough of them.

Occurrences are numbers in parallel lists here, not objects: a track in which all is said may have
a hundred thousand for each anchor.
"""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.anchoring.index import IndexedTrack, Occurrence
from headnotes.matching import TokenSpan
from headnotes.model import Anchor
from headnotes.values import frozen

# A key holds first token, length and term, so that keys sort by time, then by length, then by term.
_BITS = 16
_MASK = (1 << _BITS) - 1


@frozen(kw_only=True)
class Spoken:
    """All occurrences of the terms an anchor asks for, in order of time.

    Attributes:
        track: in which they are spoken.
        terms: that are spoken, in the order of their texts.
        term: of each occurrence, as a position in `terms`.
        first, last: of each occurrence, its tokens, both inside.
        at_ms: when the cue of each starts.
    """

    track: IndexedTrack
    terms: tuple[str, ...]
    term: Sequence[int]
    first: Sequence[int]
    last: Sequence[int]
    at_ms: Sequence[int]

    def __len__(self) -> int:
        return len(self.first)

    def occurrence(self, at: int) -> Occurrence:
        """Return one occurrence."""
        span = TokenSpan(self.first[at], self.last[at])
        return self.track.locate(self.terms[self.term[at]], span)

    def occurrences(self, first: int, last: int) -> tuple[Occurrence, ...]:
        """Return the occurrences from one position to another, both inside."""
        return tuple(map(self.occurrence, range(first, last + 1)))


def collect(anchor: Anchor, track: IndexedTrack) -> Spoken:
    """Collect what an anchor asks for and the track speaks."""
    spans = track.spans
    terms = sorted(term for term in {*anchor.all, *anchor.any} if term in spans)
    keys: set[int] = set()
    for position, term in enumerate(terms):
        for firsts, length in spans[term].runs:
            low = length << _BITS | position
            keys.update([first << 2 * _BITS | low for first in firsts])
    in_time = sorted(keys)
    first = [key >> 2 * _BITS for key in in_time]
    starts_ms, cue_of = track.starts_ms, track.tokens.cue_of
    return Spoken(
        track=track,
        terms=tuple(terms),
        term=[key & _MASK for key in in_time],
        first=first,
        last=[(key >> 2 * _BITS) + (key >> _BITS & _MASK) - 1 for key in in_time],
        at_ms=[starts_ms[cue_of[token]] for token in first],
    )


class WindowCount:
    """Which terms of an anchor a sliding window holds.

    Attributes:
        missing: how many terms of `all` it does not hold.
        lacking: how many more of `any` it wants; below 0 where it has more.
    """

    def __init__(self, anchor: Anchor, terms: Sequence[str], lacking: int = 0) -> None:
        self._in_all = [term in anchor.all for term in terms]
        self._in_any = [term in anchor.any for term in terms]
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
    windows: list[tuple[int, int]] = []
    count = WindowCount(anchor, spoken.terms, lacking)
    term, at_ms = spoken.term, spoken.at_ms
    first = 0
    for last, end_ms in enumerate(at_ms):
        count.add(term[last])
        while end_ms - at_ms[first] > width_ms:
            count.drop(term[first])
            first += 1
        # letting go from the left as long as nothing is wanting finds the tightest that ends here
        start = first
        while not count.missing and count.lacking <= 0:
            count.drop(term[first])
            first += 1
        if first > start:
            windows.append((first - 1, last))
    return windows
