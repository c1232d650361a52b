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
- Words that several depictions of the work have say less about each: where two have them they keep
  0.85, where sixteen have them 0.43. So who is in a scene tells less than what happens in it.
- A term that is spoken in many places of this track, two minutes apart, places nothing, however
  rare its words are elsewhere: its information is divided by the square root of their number.
- A word that serves two terms counts once, for the one with more information, and so do words next
  to each other ("duck shooting" is neither fire nor cover). Of further terms in one cue three
  quarters count: what is spoken of for long weighs more than one rich sentence.
- Further terms of the anchor nearby, as far as it is wide, add half of theirs.
- What a window anywhere else in the track holds of the anchor's terms, on average, is chance;
  one and a half times that is taken off, as the best of many windows has more than the average.
  So a list of 44 terms, of which some are always spoken, asks for more than one of 9.
- A window as wide as the anchor allows keeps half of its evidence, a narrower one more.
- An anchor that wants three terms of `any` or more may do with one less where the strength reaches
  0.6: a strict count is brittle where the words of a scene are not those its author thought of.
- In an expected episode the evidence counts whole, elsewhere 0.2 of it: an unexpected place wants
  five times as much, and is never forbidden. Where several episodes are likely, be it against the
  file's name or without one, the share lies between those, by how likely the expected ones are.
  An episode that the track is taken for is certain where no other is as likely as one in ten.
  Where there is no work, nothing expected or no scene to judge by, it is 0.85. What is expected in
  several episodes plays in few of them: expected in n it keeps the nth part to the power of an
  eighth, 0.92 of its share for two and 0.71 for sixteen.
- A depiction of many terms keeps less, as of many some meet anywhere: up to eight it keeps all, of
  n the (8/n)th part to the power of a fortieth, 0.94 of it for ninety. In the collection of scenes
  that this was chosen on, of ten wrong places three go with it, and of a hundred right ones one.

All these numbers are ours, chosen on one half of the labelled tracks in `tests/moments` and on
three collections of scenes there, and held against the others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Literal

from headnotes.anchoring.evidence import ENOUGH, ENOUGH_LACKING, Weighing
from headnotes.anchoring.index import IndexedTrack, Occurrence
from headnotes.anchoring.windows import Spoken, TermWindow, tightest_windows
from headnotes.matching import TokenSpan
from headnotes.model import Anchor, Depiction, Episode, EpisodeId
from headnotes.values import NamedTuple

THRESHOLD = 0.5
"""The strength from which on a candidate is a moment."""

Expectation = Literal["expected", "unknown", "elsewhere"]
"""How a note stands to the episode of the track."""

PRIORS: Mapping[Expectation, float] = {"expected": 1.0, "unknown": 0.85, "elsewhere": 0.2}

THEME_POWER = 1 / 8
"""How fast the share falls that something keeps, with the number of episodes it is expected in."""

FEW_TERMS = 8
"""A depiction of so many terms, in its longest anchor, keeps all of its evidence."""

LIST_POWER = 1 / 40
"""How fast the share falls that a depiction keeps, with the number of its terms beyond a few."""

LEAST_CONTESTING = 0.1
"""How likely another episode is at least that makes the one a track is taken for uncertain."""

FORBIDDEN_WITHIN_MS = 10_000
"""A term of `none` spoken this close before or after the moment forbids it, too."""

STRONG = 0.6
"""The strength from which on a candidate may lack one of the terms that its anchor wants."""

MOST_WEIGHED = 50
"""Of the windows of one anchor, when only the closest to a moment is asked for."""

_LEAST_TO_LACK = 3
"""Only an anchor that wants so many terms of `any` may do with one less."""


class Candidate(NamedTuple):
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

    def scale(self, prior: float) -> Candidate:
        """Return it with a share of its evidence."""
        return self if prior == 1 else self._replace(evidence=self.evidence * prior)

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
    if episode.is_film and not expected:
        return "expected"
    # the numbers of a work that is not known mean nothing for those of another
    if episode.work is None or not episode.ids or not expected:
        return "unknown"
    return "expected" if set(episode.ids).intersection(expected) else "elsewhere"


def prior_of(expected: Sequence[EpisodeId], episode: Episode) -> float:
    """Return what share of its evidence something keeps in a track, by where it is expected.

    Where the track's episode is one, or unknown, and scenes say how likely the episodes are, the
    share lies between those of an expected and of a strange place by how likely the episodes are
    in which it is expected: the name of a file is no fact. A theme of several episodes keeps less.
    """
    theme: float = max(1, len(expected)) ** -THEME_POWER
    if episode.work is None or not expected or not episode.posterior or len(episode.ids) > 1:
        return PRIORS[expectation_of(expected, episode)] * theme
    likely = _how_likely(expected, episode)
    elsewhere = PRIORS["elsewhere"]
    return (elsewhere + (PRIORS["expected"] - elsewhere) * likely) * theme


def prior_of_depicted(depiction: Depiction, episode: Episode) -> float:
    """Return what share of its evidence a depiction keeps in a track, by its episodes and terms."""
    terms = max((len(each.all) + len(each.any) for each in depiction.anchors), default=0)
    few = min(1.0, FEW_TERMS / max(terms, 1))
    share: float = few**LIST_POWER
    return share * prior_of(depiction.episodes, episode)


def _how_likely(expected: Sequence[EpisodeId], episode: Episode) -> float:
    """Return how likely it is that a track is one of some episodes."""
    taken_for = episode.posterior.keys() & set(episode.ids)
    others = (share for name, share in episode.posterior.items() if name not in taken_for)
    # where little of any episode is found, a right name loses much to many, and none of them has it
    if taken_for and max(others, default=0.0) < LEAST_CONTESTING:
        return float(not taken_for.isdisjoint(expected))
    return sum(episode.posterior.get(name, 0.0) for name in expected)


def find_candidates(
    anchor: Anchor, track: IndexedTrack, prior: float, inside: tuple[int, int] | None = None
) -> tuple[Candidate, ...]:
    """Find the tightest windows that have what an anchor asks for, in order of time.

    Args:
        anchor: its terms must be among those that the track was indexed by.
        track: one track.
        prior: what share of its evidence counts, by the track's episode.
        inside: only windows from one time to another, in milliseconds.

    Returns:
        Candidates with all terms, whether or not something else speaks against them; empty where
        the terms never meet. No window holds another.
    """
    lacking = _may_lack(anchor)
    if not are_spoken(anchor, track, lacking=lacking):
        return ()
    weighing = Weighing(anchor, track)
    if inside and not _are_enough(weighing.spoken.terms_inside(*inside), anchor, lacking):
        return ()
    return tuple(
        _make_candidate(weighing, window, weighing.weigh(window.first, window.last) * prior)
        for window in _find_windows(anchor, weighing.spoken)
        if inside is None or _is_inside(weighing.spoken, window, inside)
    )


def find_closest(anchor: Anchor, track: IndexedTrack, prior: float) -> tuple[Candidate, ...]:
    """Find candidates, none of which is a moment, that came closest to being one.

    As `find_candidates`, but where the terms meet in more places than `MOST_WEIGHED`, only in those
    with the most words: a track in which all is said would take minutes.
    """
    if not are_spoken(anchor, track, lacking=_may_lack(anchor)):
        return ()
    weighing = Weighing(anchor, track)
    windows = _find_windows(anchor, weighing.spoken)
    if len(windows) > MOST_WEIGHED:
        windows = weighing.choose_telling(windows, MOST_WEIGHED)
    return tuple(
        _make_candidate(weighing, window, weighing.weigh(window.first, window.last) * prior)
        for window in windows
    )


def _is_inside(spoken: Spoken, window: TermWindow, inside: tuple[int, int]) -> bool:
    return inside[0] <= spoken.at_ms[window.first] and spoken.at_ms[window.last] <= inside[1]


def _make_candidate(weighing: Weighing, window: TermWindow, evidence: float) -> Candidate:
    spoken = weighing.spoken
    start_ms, end_ms = spoken.at_ms[window.first], spoken.at_ms[window.last]
    return Candidate(
        anchor=weighing.anchor,
        found=weighing.occurrences(window.first, window.last),
        lacking=window.lacking,
        forbidden_by=_find_forbidden(weighing.anchor, spoken.track, start_ms, end_ms),
        # chance may take off more than a window has
        evidence=max(0.0, evidence),
    )


def _may_lack(anchor: Anchor) -> int:
    """Return how many of the terms it wants an anchor may do without, where all else is strong."""
    return 1 if anchor.at_least >= _LEAST_TO_LACK else 0


def _find_windows(anchor: Anchor, spoken: Spoken) -> Sequence[TermWindow]:
    """Return the tightest windows with how many terms each lacks, in order of time."""
    width_ms = anchor.within * 1000
    lacking = _may_lack(anchor)
    looser = tightest_windows(anchor, spoken, width_ms, lacking) if lacking else ()
    if lacking and not looser:
        return ()
    is_full = not lacking or are_spoken(anchor, spoken.track)
    full = tightest_windows(anchor, spoken, width_ms) if is_full else ()
    windows = [TermWindow(first, last, 0) for first, last in full]
    # what lacks a term is of use only outside the windows that have all of them
    if lacking:
        for first, last in looser:
            before = bisect_right(full, first, key=itemgetter(0)) - 1
            if before < 0 or full[before][1] < last:
                windows.append(TermWindow(first, last, lacking))
    return sorted(windows)


def find_sufficient(
    anchors: Iterable[Anchor], track: IndexedTrack, prior: float
) -> tuple[Candidate, ...]:
    """Find the candidates of several anchors that may be moments, in no order.

    Anchors are weighed once for each track, whatever the prior: their evidence is only scaled.
    """
    return tuple(
        scaled
        for anchor in anchors
        if track.admits(anchor)
        for candidate in _find_sufficient(anchor, track)
        if candidate.evidence * prior >= ENOUGH
        if (scaled := candidate.scale(prior)).is_moment
    )


def _find_sufficient(anchor: Anchor, track: IndexedTrack) -> tuple[Candidate, ...]:
    """Find the candidates that may be moments where they are expected; remember them."""
    known = track.weighed.get(anchor)
    if known is None:
        known = tuple(_look_for_sufficient(anchor, track))
        track.weighed.keep(anchor, known)
    return known


def _look_for_sufficient(anchor: Anchor, track: IndexedTrack) -> Iterator[Candidate]:
    if not _can_suffice(anchor, track):
        return
    weighing = Weighing(anchor, track)
    windows = _find_windows(anchor, weighing.spoken)
    if not windows:  # what the words say is not asked for then
        return
    for window in weighing.find_promising(windows):
        evidence = weighing.weigh(window.first, window.last)
        if evidence >= (ENOUGH_LACKING if window.lacking else ENOUGH):
            yield _make_candidate(weighing, window, evidence)


def are_spoken(anchor: Anchor, track: IndexedTrack, lacking: int = 0) -> bool:
    """Whether enough of an anchor's terms are spoken anywhere; for most notes they are not.

    Args:
        anchor: its terms must be among those that the track was indexed by.
        track: one track.
        lacking: how many of `any` may be wanting.
    """
    # A term that its author listed twice counts once.
    return _are_enough(track.terms_of(anchor), anchor, lacking)


def _are_enough(terms: Collection[str], anchor: Anchor, lacking: int) -> bool:
    """Whether different terms of an anchor are what it asks for, but so many of `any`."""
    if not anchor.all:
        return len(terms) >= anchor.at_least - lacking
    spoken = {*terms}
    return spoken.issuperset(anchor.all) and (
        len(spoken.intersection(anchor.any)) >= anchor.at_least - lacking
    )


def _can_suffice(anchor: Anchor, track: IndexedTrack) -> bool:
    """Whether all of an anchor's terms together, wherever spoken, would be enough."""
    if not are_spoken(anchor, track, lacking=_may_lack(anchor)):
        return False
    total, is_depicted = 0.0, track.is_depicted(anchor)
    # a few terms are enough for most anchors, so the sum stops there
    for term in track.terms_of(anchor):
        total += track.most_information(term, is_depicted=is_depicted)
        if total >= ENOUGH:
            return True
    return False


def _find_forbidden(
    anchor: Anchor, track: IndexedTrack, start_ms: int, end_ms: int
) -> Occurrence | None:
    """Find the first occurrence of a forbidden term in or close to a window."""
    if track.spans.keys().isdisjoint(anchor.none):
        return None
    first = track.token_at(start_ms - FORBIDDEN_WITHIN_MS)
    end = track.token_at(end_ms + FORBIDDEN_WITHIN_MS + 1)
    near = [
        track.locate(term, TokenSpan(firsts[at], firsts[at] + length - 1))
        for term in anchor.none
        if term in track.spans
        for firsts, length in track.spans[term].runs
        if (at := bisect_left(firsts, first)) < len(firsts) and firsts[at] < end
    ]
    return min(near, key=lambda occurrence: (occurrence.at_ms, occurrence.term), default=None)
