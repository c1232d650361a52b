"""Candidates: where an anchor's terms meet, and how strongly that shows a moment.

An anchor asks for terms together in a window. Its *candidates* are the tightest windows that
have them; a candidate may be a moment when nothing forbids it and its *strength* reaches one
threshold, 0.5, the same for every note of every topic. A term of `none` forbids it within ten
seconds before or after the window, too.

Strength is `1 - 2 ** -evidence`: 0.5 for evidence 1, 0.75 for 2, never quite 1. Evidence is the
information of the distinct words, times how close together they are, times the prior:

- A word has `(6.2 - z) / 2.7` of information, where z is its Zipf value in ordinary language: 1
  for rare words and names ("phosgene"), about a half for middling ones ("gold", "balcony"), 0.05
  at least, for those of every scene. The words of a phrase add up, to 1.5 at most.
- A term that is spoken in many scenes of this track places nothing, however rare its words are
  elsewhere: its information is divided by the square root of the number of those scenes.
- A word that serves two terms counts once, for the one with more information.
- Further terms of the anchor nearby in the same scene add half of theirs.
- A window as wide as the anchor allows keeps three quarters of its evidence, a narrower one more.
- In an expected episode the evidence counts whole; where the episode is unknown 0.85 of it,
  elsewhere 0.2: an unexpected place wants five times as much, and is never forbidden.

All these numbers are ours, chosen on one half of the labelled tracks in `tests/moments` and held
against the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from attrs import frozen

from headnotes.anchoring.index import IndexedTrack, Occurrence
from headnotes.matching import TokenSpan
from headnotes.model import Anchor, Episode, EpisodeId

THRESHOLD = 0.5
"""The strength from which on a candidate is a moment."""

Expectation = Literal["expected", "unknown", "elsewhere"]
"""How a note stands to the episode of the track."""

PRIORS: Mapping[Expectation, float] = {"expected": 1.0, "unknown": 0.85, "elsewhere": 0.2}

FORBIDDEN_WITHIN_MS = 10_000
"""A term of `none` spoken this close before or after the moment forbids it, too."""

_SUPPORT = 0.5
_WIDEST_KEEPS = 0.75
_MOST_NEARBY = 500
"""More occurrences than this on one side of a window support it no further: in dialogue there are
never so many, and in a file where all is said at once the work would grow with its square."""


@frozen(kw_only=True)
class Candidate:
    """One window in which an anchor's terms meet, or come closest to meeting.

    Attributes:
        found: the occurrences in the window, in order of time.
        missing: terms of `all` that are not among them.
        lacking: how many more terms of `any` it wants.
        forbidden_by: an occurrence of a term of `none` in or close to the window.
        too_wide_by_s: by how many seconds the window exceeds the anchor's.
        evidence: what speaks for it, in all.
    """

    anchor: Anchor
    found: tuple[Occurrence, ...]
    missing: tuple[str, ...] = ()
    lacking: int = 0
    forbidden_by: Occurrence | None = None
    too_wide_by_s: int = 0
    evidence: float = 0.0

    @property
    def strength(self) -> float:
        """How strongly it is shown, from 0 to below 1."""
        return round(1 - 2**-self.evidence, 4)

    @property
    def has_all_terms(self) -> bool:
        """Whether the terms it asks for are there, near enough to each other."""
        return not self.missing and not self.lacking and not self.too_wide_by_s

    @property
    def is_moment(self) -> bool:
        """Whether the note may stand here."""
        return self.has_all_terms and self.forbidden_by is None and self.strength >= THRESHOLD

    @property
    def first_cue(self) -> int:
        """Position of its first cue, by time."""
        return self.found[0].cue

    @property
    def last_cue(self) -> int:
        """Position of its last cue, by time."""
        return max(occurrence.last_cue for occurrence in self.found)


def expectation_of(expected: Sequence[EpisodeId], episode: Episode) -> Expectation:
    """Return how the episodes in which something is expected stand to that of a track."""
    # the numbers of a work that is not known tell nothing about those of another
    if episode.work is None or not episode.ids or not expected:
        return "unknown"
    return "expected" if set(episode.ids).intersection(expected) else "elsewhere"


def find_candidates(
    anchor: Anchor, track: IndexedTrack, expectation: Expectation
) -> tuple[Candidate, ...]:
    """Find the tightest windows that have what an anchor asks for, in order of time.

    Args:
        anchor: its terms must be among those that the track was indexed by.
        track: one track.
        expectation: how the note stands to the track's episode.

    Returns:
        Candidates with all terms, whether or not something else speaks against them; empty where
        the terms never meet. No window holds another.
    """
    if not are_spoken(anchor, track):
        return ()
    occurrences = all_occurrences(anchor, track)
    windows = tightest_windows(anchor, occurrences, anchor.within * 1000)
    return tuple(_weigh(anchor, occurrences, window, track, expectation) for window in windows)


def find_sufficient(
    anchors: Iterable[Anchor], track: IndexedTrack, expectation: Expectation
) -> tuple[Candidate, ...]:
    """Find the candidates of several anchors that may be moments, in no order."""
    return tuple(
        candidate
        for anchor in anchors
        if _can_suffice(anchor, track, expectation)
        for candidate in find_candidates(anchor, track, expectation)
        if candidate.is_moment
    )


def are_spoken(anchor: Anchor, track: IndexedTrack) -> bool:
    """Whether enough of an anchor's terms are spoken anywhere; for most notes they are not."""
    spans = track.spans
    for term in anchor.all:
        if term not in spans:
            return False
    return sum(term in spans for term in anchor.any) >= anchor.at_least


def _can_suffice(anchor: Anchor, track: IndexedTrack, expectation: Expectation) -> bool:
    """Whether all of an anchor's terms together, wherever spoken, would be enough."""
    if not are_spoken(anchor, track):
        return False
    total = 0.0
    for term in (*anchor.all, *anchor.any):
        total += max([found.information for found in track.occurrences(term)], default=0)
        if total * PRIORS[expectation] >= 1:
            return True
    return False


def all_occurrences(anchor: Anchor, track: IndexedTrack) -> list[Occurrence]:
    """Return the occurrences of the terms an anchor asks for, in order of time."""
    terms = dict.fromkeys((*anchor.all, *anchor.any))
    return sorted(found for term in terms for found in track.occurrences(term))


# -------------------------------------------------------------------------------- windows


def tightest_windows(
    anchor: Anchor, occurrences: Sequence[Occurrence], width_ms: float
) -> list[tuple[int, int]]:
    """Return the windows, no wider than that, which have all terms and hold no smaller one.

    Returns:
        Positions in `occurrences` of the first and the last one, both inside.
    """
    windows: list[tuple[int, int]] = []
    count = WindowCount(anchor)
    first = 0
    for last, occurrence in enumerate(occurrences):
        count.add(occurrence.term)
        while occurrence.at_ms - occurrences[first].at_ms > width_ms:
            count.drop(occurrences[first].term)
            first += 1
        if count.is_complete:
            while count.is_complete:
                count.drop(occurrences[first].term)
                first += 1
            windows.append((first - 1, last))
    return windows


class WindowCount:
    """Which terms of an anchor a sliding window holds."""

    def __init__(self, anchor: Anchor) -> None:
        self._all = frozenset(anchor.all)
        self._any = frozenset(anchor.any)
        self._counts: dict[str, int] = {}
        self._missing = len(self._all)
        self._lacking = anchor.at_least

    @property
    def is_complete(self) -> bool:
        """Whether the window has what the anchor asks for."""
        return self._missing == 0 and self._lacking <= 0

    @property
    def shortfall(self) -> int:
        """How many more terms it wants."""
        return self._missing + max(0, self._lacking)

    def add(self, term: str) -> None:
        """Let one occurrence of a term in."""
        held = self._counts.get(term, 0)
        self._counts[term] = held + 1
        if not held:
            self._change(term, -1)

    def drop(self, term: str) -> None:
        """Let one occurrence of a term out."""
        self._counts[term] -= 1
        if not self._counts[term]:
            self._change(term, 1)

    def _change(self, term: str, step: int) -> None:
        if term in self._all:
            self._missing += step
        if term in self._any:
            self._lacking += step


# ------------------------------------------------------------------------------- evidence


def _weigh(
    anchor: Anchor,
    occurrences: Sequence[Occurrence],
    window: tuple[int, int],
    track: IndexedTrack,
    expectation: Expectation,
) -> Candidate:
    """Make a candidate of a window: what supports it, what forbids it, how strong it is."""
    found = tuple(occurrences[window[0] : window[1] + 1])
    start_ms, end_ms = found[0].at_ms, found[-1].at_ms
    evidence = _sum_information(found, track)
    scene_of = track.scene_of
    scenes = (scene_of[found[0].cue], scene_of[found[-1].cue])
    nearby = _nearby(anchor, occurrences, window)
    support = [occurrence for occurrence in nearby if scene_of[occurrence.cue] in scenes]
    evidence += _SUPPORT * (_sum_information((*found, *support), track) - evidence)
    evidence *= 1 - (1 - _WIDEST_KEEPS) * (end_ms - start_ms) / (anchor.within * 1000)
    return Candidate(
        anchor=anchor,
        found=found,
        forbidden_by=_find_forbidden(anchor, track, start_ms, end_ms),
        evidence=evidence * PRIORS[expectation],
    )


def _sum_information(occurrences: Iterable[Occurrence], track: IndexedTrack) -> float:
    """Sum up the information of distinct terms; a word that serves two terms counts once."""
    best: dict[str, Occurrence] = {}
    for occurrence in occurrences:
        known = best.get(occurrence.term)
        if known is None or occurrence.information > known.information:
            best[occurrence.term] = occurrence
    total = 0.0
    used: set[str] = set()
    for occurrence in sorted(best.values(), key=_most_informative_first):
        words = track.folded(occurrence.span)
        if used.isdisjoint(words):
            total += occurrence.information
            used.update(words)
    return total


def _most_informative_first(occurrence: Occurrence) -> tuple[float, TokenSpan, str]:
    return -occurrence.information, occurrence.span, occurrence.term


def _nearby(
    anchor: Anchor, occurrences: Sequence[Occurrence], window: tuple[int, int]
) -> Sequence[Occurrence]:
    """Return the occurrences as close to a window as the anchor's own width."""
    first, last = window
    reach_ms = anchor.within * 1000
    around = occurrences[max(0, first - _MOST_NEARBY) : last + 1 + _MOST_NEARBY]
    start_ms, end_ms = occurrences[first].at_ms, occurrences[last].at_ms
    return between(around, start_ms - reach_ms, end_ms + reach_ms)


def between(occurrences: Sequence[Occurrence], start_ms: int, end_ms: int) -> Sequence[Occurrence]:
    """Return the occurrences, in order of time, from one time to another, both inside."""
    first = bisect_left(occurrences, start_ms, key=_start_ms)
    last = bisect_right(occurrences, end_ms, key=_start_ms)
    return occurrences[first:last]


def _start_ms(occurrence: Occurrence) -> int:
    return occurrence.at_ms


def _find_forbidden(
    anchor: Anchor, track: IndexedTrack, start_ms: int, end_ms: int
) -> Occurrence | None:
    """Find the first occurrence of a forbidden term in or close to a window."""
    first_ms, last_ms = start_ms - FORBIDDEN_WITHIN_MS, end_ms + FORBIDDEN_WITHIN_MS
    near = (between(track.occurrences(term), first_ms, last_ms) for term in anchor.none)
    # The first of each term will do: all of one term come in order of time.
    firsts = (occurrences[0] for occurrences in near if occurrences)
    return min(firsts, key=lambda occurrence: (occurrence.at_ms, occurrence.term), default=None)
