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
- A term that is spoken in many places of this track, two minutes apart, places nothing, however
  rare its words are elsewhere: its information is divided by the square root of their number.
- A word that serves two terms counts once, for the one with more information, and so do words next
  to each other ("duck shooting" is neither fire nor cover). Of further terms in one cue three
  quarters count: what is spoken of for long weighs more than one rich sentence.
- Further terms of the anchor nearby, as far as it is wide, add half of theirs.
- What a window anywhere else in the track holds of the anchor's terms, on average, is chance and
  is taken off. So a list of 44 terms, of which some are always spoken, asks for more than one of 9.
- A window as wide as the anchor allows keeps three quarters of its evidence, a narrower one more.
- An anchor that wants three terms of `any` or more may do with one less where the strength reaches
  0.6: a strict count is brittle where the words of a scene are not those its author thought of.
- In an expected episode the evidence counts whole; where the episode is unknown 0.85 of it,
  elsewhere 0.2: an unexpected place wants five times as much, and is never forbidden. Where several
  episodes are likely, the share lies between those, by how likely the expected ones are.

All these numbers are ours, chosen on one half of the labelled tracks in `tests/moments` and held
against the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from attrs import evolve, frozen

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

STRONG = 0.6
"""The strength from which on a candidate may lack one of the terms that its anchor wants."""

_LEAST_TO_LACK = 3
"""Only an anchor that wants so many terms of `any` may do with one less."""

SHORT_TRACK_MS = 20 * 60_000
"""What is spoken by chance is reckoned over so long a time at least: a clip shows no average."""

_SUPPORT = 0.5
_SAME_CUE_KEEPS = 0.75

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
        if self.missing or self.too_wide_by_s or self.forbidden_by is not None:
            return False
        return self.may_lack and self.strength >= (STRONG if self.lacking else THRESHOLD)

    @property
    def may_lack(self) -> bool:
        """Whether it lacks no more terms than strength can make up for."""
        return self.lacking <= _may_lack(self.anchor)

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
    # the numbers of a work that is not known mean nothing for those of another
    if episode.work is None or not episode.ids or not expected:
        return "unknown"
    return "expected" if set(episode.ids).intersection(expected) else "elsewhere"


def prior_of(expected: Sequence[EpisodeId], episode: Episode) -> float:
    """Return what share of its evidence something keeps in a track, by where it is expected.

    Where the episode is unknown but some are likely, the share grows with how likely those are in
    which it is expected.
    """
    expectation = expectation_of(expected, episode)
    if expectation != "unknown" or not expected or not episode.posterior:
        return PRIORS[expectation]
    likely = sum(episode.posterior.get(name, 0.0) for name in expected)
    return PRIORS["elsewhere"] + (PRIORS["unknown"] - PRIORS["elsewhere"]) * likely


def find_candidates(anchor: Anchor, track: IndexedTrack, prior: float) -> tuple[Candidate, ...]:
    """Find the tightest windows that have what an anchor asks for, in order of time.

    Args:
        anchor: its terms must be among those that the track was indexed by.
        track: one track.
        prior: what share of its evidence counts, by the track's episode.

    Returns:
        Candidates with all terms, whether or not something else speaks against them; empty where
        the terms never meet. No window holds another.
    """
    if not are_spoken(anchor, track, lacking=_may_lack(anchor)):
        return ()
    weighing = _Weighing(anchor, track, prior)
    return tuple(weighing.weigh(*window) for window in _find_windows(anchor, weighing.occurrences))


def _may_lack(anchor: Anchor) -> int:
    """Return how many of the terms it wants an anchor may do without, where all else is strong."""
    return 1 if anchor.at_least >= _LEAST_TO_LACK else 0


def _find_windows(
    anchor: Anchor, occurrences: Sequence[Occurrence]
) -> Sequence[tuple[int, int, int]]:
    """Return the tightest windows with how many terms each lacks, in order of time."""
    width_ms = anchor.within * 1000
    full = tightest_windows(anchor, occurrences, width_ms)
    windows = [(first, last, 0) for first, last in full]
    if lacking := _may_lack(anchor):
        less = evolve(anchor, at_least=anchor.at_least - lacking)
        for first, last in tightest_windows(less, occurrences, width_ms):
            before = bisect_right(full, first, key=_first_of) - 1
            if before < 0 or full[before][1] < last:
                windows.append((first, last, lacking))
    return sorted(windows)


def _first_of(window: tuple[int, int]) -> int:
    return window[0]


def find_sufficient(
    anchors: Iterable[Anchor], track: IndexedTrack, prior: float
) -> tuple[Candidate, ...]:
    """Find the candidates of several anchors that may be moments, in no order."""
    return tuple(
        candidate
        for anchor in anchors
        if _can_suffice(anchor, track, prior)
        for candidate in find_candidates(anchor, track, prior)
        if candidate.is_moment
    )


def are_spoken(anchor: Anchor, track: IndexedTrack, lacking: int = 0) -> bool:
    """Whether enough of an anchor's terms are spoken anywhere; for most notes they are not.

    Args:
        anchor: its terms must be among those that the track was indexed by.
        track: one track.
        lacking: how many of `any` may be wanting.
    """
    spans = track.spans
    for term in anchor.all:
        if term not in spans:
            return False
    # A term that its author listed twice counts once.
    return sum(term in spans for term in {*anchor.any}) >= anchor.at_least - lacking


def _can_suffice(anchor: Anchor, track: IndexedTrack, prior: float) -> bool:
    """Whether all of an anchor's terms together, wherever spoken, would be enough."""
    if not are_spoken(anchor, track, lacking=_may_lack(anchor)):
        return False
    total = 0.0
    for term in (*anchor.all, *anchor.any):
        total += max([found.information for found in track.occurrences(term)], default=0)
        if total * prior >= 1:
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


class _Weighing:
    """The windows of one anchor in one track, each weighed against all that the track speaks."""

    def __init__(self, anchor: Anchor, track: IndexedTrack, prior: float) -> None:
        self.occurrences = all_occurrences(anchor, track)
        self._anchor = anchor
        self._track = track
        self._prior = prior
        self._whole = sum(found.information for found in self.occurrences)

    def weigh(self, first: int, last: int, lacking: int) -> Candidate:
        """Make a candidate of a window: what supports it, what forbids it, how strong it is."""
        anchor, track = self._anchor, self._track
        found = tuple(self.occurrences[first : last + 1])
        start_ms, end_ms = found[0].at_ms, found[-1].at_ms
        nearby = _nearby(anchor, self.occurrences, (first, last))
        evidence = _sum_information(found, track)
        evidence += _SUPPORT * (_sum_information(nearby, track) - evidence)
        evidence -= self._expect_by_chance(nearby)
        evidence *= 1 - (1 - _WIDEST_KEEPS) * (end_ms - start_ms) / (anchor.within * 1000)
        return Candidate(
            anchor=anchor,
            found=found,
            lacking=lacking,
            forbidden_by=_find_forbidden(anchor, track, start_ms, end_ms),
            evidence=max(0.0, evidence * self._prior),
        )

    def _expect_by_chance(self, nearby: Sequence[Occurrence]) -> float:
        """Return how much of the terms' information a window anywhere else in the track holds."""
        length_ms = max(self._track.length_ms, SHORT_TRACK_MS)
        elsewhere = self._whole - sum(found.information for found in nearby)
        return max(0.0, elsewhere) * self._anchor.within * 1000 / length_ms


def _sum_information(occurrences: Iterable[Occurrence], track: IndexedTrack) -> float:
    """Sum up the information of distinct terms.

    A word that serves two terms counts once, and so do words next to each other; of further terms
    in one cue, three quarters count.
    """
    best: dict[str, Occurrence] = {}
    for occurrence in occurrences:
        known = best.get(occurrence.term)
        if known is None or occurrence.information > known.information:
            best[occurrence.term] = occurrence
    total = 0.0
    words: set[str] = set()
    tokens: set[int] = set()
    cues: set[int] = set()
    for occurrence in sorted(best.values(), key=_most_informative_first):
        first, last = occurrence.span
        spoken = track.folded(occurrence.span)
        if not words.isdisjoint(spoken) or not tokens.isdisjoint(
            _with_neighbours(occurrence, track)
        ):
            continue
        share = _SAME_CUE_KEEPS if occurrence.cue in cues else 1.0
        total += share * occurrence.information
        words.update(spoken)
        tokens.update(range(first, last + 1))
        cues.add(occurrence.cue)
    return total


def _with_neighbours(occurrence: Occurrence, track: IndexedTrack) -> Iterable[int]:
    """Return the positions of an occurrence's tokens and those next to it in the same cue."""
    first, last = occurrence.span
    cue_of = track.tokens.cue_of
    around = range(max(first - 1, 0), min(last + 2, len(cue_of)))
    return [at for at in around if first <= at <= last or cue_of[at] == occurrence.cue]


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
