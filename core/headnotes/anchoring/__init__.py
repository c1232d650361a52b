"""Terms found to moments: where in a track a note belongs, and how strongly that is shown.

An anchor asks for terms together in a window. Its *attempts* are the tightest windows that have
them; an attempt becomes a moment when nothing forbids it and its *strength* reaches one
threshold, the same for every note of every topic.

Strength is `1 - 2 ** -evidence`: 0.5 for evidence 1, 0.75 for 2, never quite 1. Evidence is a sum
of what each distinct word tells, times how close together the words are, times the prior:

- A word tells `(6.2 - z) / 2.7`, where z is its Zipf value in ordinary language: 1 for rare words
  and names ("phosgene"), about a half for middling ones ("gold", "balcony"), next to nothing
  for those of every scene. Words of a phrase add up, to 1.5 at most.
- A term that is spoken in many scenes of this track places nothing, whatever the language says
  of it: what it tells is divided by the square root of the number of those scenes.
- Further terms of the anchor nearby in the same scene support the moment with half of theirs.
- A window as wide as the anchor allows keeps three quarters of its evidence.
- In an expected episode the evidence counts whole; where the episode is unknown 0.85 of it,
  elsewhere 0.2: an unexpected place wants five times as much, and is never forbidden.

All these numbers are ours, chosen on one half of the labelled tracks in `tests/moments` and held
against the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import sqrt
from typing import Literal, NamedTuple

from attrs import define, field, frozen

from headnotes.matching import Hit, Words, zipf_of
from headnotes.model import Anchor, Evidence, Moment, Scene
from headnotes.times import format_clock

THRESHOLD = 0.5
"""The strength from which on an attempt is a moment."""

Expectation = Literal["expected", "unknown", "elsewhere"]
"""How a note stands to the episode of the track."""

PRIORS: Mapping[Expectation, float] = {"expected": 1.0, "unknown": 0.85, "elsewhere": 0.2}

FORBIDDEN_WITHIN_MS = 10_000
"""A term of `none` spoken this close before or after the moment forbids it, too."""

_TELLS_NOTHING_ZIPF = 6.2
_TELLS_ALL_ZIPF = 3.5
_LEAST_TOLD = 0.05
_MOST_TOLD_BY_PHRASE = 1.5
_SUPPORT = 0.5
_MOST_NEARBY = 500
"""More sightings than this on one side of a window support it no further: in dialogue there are
never so many, and in a file where all is said at once the work would grow with its square."""
_WIDEST_KEEPS = 0.75

# `first` (or `last`) looks among the moments with about as much evidence as the best: a chance
# meeting of words early on must not outrun the scene itself.
_ABOUT_AS_MUCH = 0.6

# Two things shown may share a scene where they have nearly as much evidence.
_NEARLY_AS_MUCH = 0.85


class Sighting(NamedTuple):
    """One place where a term of an anchor is spoken; in order of time by its first parts.

    A tuple, because thousands are made and sorted for every track.

    Attributes:
        at_ms: when its cue starts.
        hit: first and last word, as the matcher counts them.
        term: as its author wrote it.
        cue: position of the cue it begins in, by time, from 0.
        last_cue: position of the cue it ends in.
        told: how much it tells, 0 to 1.5.
    """

    at_ms: int
    hit: Hit
    term: str
    cue: int
    last_cue: int
    told: float


@frozen(kw_only=True)
class Attempt:
    """One window in which an anchor's terms meet, or come closest to meeting.

    Attributes:
        found: what was spoken in the window, in order of time.
        missing: terms of `all` that were not.
        lacking: how many more terms of `any` it wants.
        blocked_by: a term of `none` in or close to the window.
        too_wide_by_s: by how many seconds the window exceeds the anchor's.
        evidence: what speaks for it, in all.
    """

    anchor: Anchor
    found: tuple[Sighting, ...]
    missing: tuple[str, ...] = ()
    lacking: int = 0
    blocked_by: Sighting | None = None
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
        """Whether the note belongs here."""
        return self.has_all_terms and self.blocked_by is None and self.strength >= THRESHOLD

    @property
    def first_cue(self) -> int:
        """Position of its first cue, by time."""
        return self.found[0].cue

    @property
    def last_cue(self) -> int:
        """Position of its last cue, by time."""
        return max(one.last_cue for one in self.found)


@define(kw_only=True, slots=False)
class Dialogue:
    """One track as anchors see it: its words, where terms stand, its scenes.

    Attributes:
        words: by time.
        hits: by term text, as `Matcher.find` gives them.
        scenes: in order; every cue is in one.
        language: of the dialogue; `None` where unknown.
    """

    words: Words
    hits: Mapping[str, tuple[Hit, ...]]
    scenes: Sequence[Scene]
    language: str | None
    _sightings: dict[str, tuple[Sighting, ...]] = field(init=False, factory=dict)
    _told: dict[str, float] = field(init=False, factory=dict)

    @cached_property
    def scene_of(self) -> Sequence[int]:
        """For each cue the position of its scene."""
        return [
            position
            for position, scene in enumerate(self.scenes)
            for _ in range(scene.first_cue, scene.last_cue + 1)
        ]

    def scene_at(self, cue: int) -> Scene:
        """Give the scene of the cue at a position."""
        return self.scenes[self.scene_of[cue]]

    def sightings(self, term: str) -> tuple[Sighting, ...]:
        """Give all places of a term, in order of time."""
        known = self._sightings.get(term)
        if known is None:
            known = self._sightings[term] = self._see(term)
        return known

    def _see(self, term: str) -> tuple[Sighting, ...]:
        hits = self.hits.get(term, ())
        cue_of, scene_of, cues = self.words.cue_of, self.scene_of, self.words.cues
        spread = sqrt(len({scene_of[cue_of[first]] for first, _ in hits})) or 1
        return tuple(
            [
                Sighting(
                    cues[cue_of[hit[0]]].start_ms,
                    hit,
                    term,
                    cue_of[hit[0]],
                    cue_of[hit[1]],
                    self.told_by(hit) / spread,
                )
                for hit in hits
            ]
        )

    def told_by(self, hit: Hit) -> float:
        """Say how much the words of a hit tell, by how common they are, however often spoken."""
        first, last = hit
        spoken = self.words.spoken
        if first == last:
            return self._told_by_word(spoken[first])
        told = sum(map(self._told_by_word, spoken[first : last + 1]))
        return min(told, _MOST_TOLD_BY_PHRASE)

    def _told_by_word(self, word: str) -> float:
        told = self._told.get(word)
        if told is None:
            zipf = zipf_of(self.words.folded[word], self.language)
            share = (_TELLS_NOTHING_ZIPF - zipf) / (_TELLS_NOTHING_ZIPF - _TELLS_ALL_ZIPF)
            told = self._told[word] = max(share, _LEAST_TOLD)
        return told

    def folded(self, hit: Hit) -> list[str]:
        """Give the words of a hit in the form in which they are compared."""
        first, last = hit
        return [self.words.folded[word] for word in self.words.spoken[first : last + 1]]

    def quote(self, sighting: Sighting) -> str:
        """Give the words of a sighting as spoken."""
        return " ".join(self.words.spoken[sighting.hit.first : sighting.hit.last + 1])


# ------------------------------------------------------------------------------- attempts


def find_attempts(
    anchor: Anchor, dialogue: Dialogue, expectation: Expectation
) -> tuple[Attempt, ...]:
    """Find the tightest windows that have what an anchor asks for, in order of time.

    Args:
        anchor: its terms must be among those that `dialogue.hits` was made with.
        dialogue: one track.
        expectation: how the note stands to the track's episode.

    Returns:
        Attempts with all terms, whether or not something else speaks against them; empty where
        the terms never meet. No window holds another.
    """
    if not _are_spoken(anchor, dialogue):
        return ()
    seen = _all_sightings(anchor, dialogue)
    windows = _tightest_windows(anchor, seen)
    return tuple(_weigh(anchor, seen, window, dialogue, expectation) for window in windows)


def _are_spoken(anchor: Anchor, dialogue: Dialogue) -> bool:
    """Tell quickly, for most notes of most tracks, that there is nothing to find."""
    hits = dialogue.hits
    for term in anchor.all:
        if term not in hits:
            return False
    return sum(term in hits for term in anchor.any) >= anchor.at_least


def _all_sightings(anchor: Anchor, dialogue: Dialogue) -> list[Sighting]:
    terms = dict.fromkeys((*anchor.all, *anchor.any))
    return sorted(one for term in terms for one in dialogue.sightings(term))


def _tightest_windows(anchor: Anchor, seen: Sequence[Sighting]) -> list[tuple[int, int]]:
    """Give first and last position in `seen` of the windows that hold no smaller one."""
    windows: list[tuple[int, int]] = []
    count = _Count(anchor)
    width_ms = anchor.within * 1000
    first = 0
    for last, sighting in enumerate(seen):
        count.add(sighting.term)
        while sighting.at_ms - seen[first].at_ms > width_ms:
            count.drop(seen[first].term)
            first += 1
        if count.is_complete:
            while count.is_complete:
                count.drop(seen[first].term)
                first += 1
            windows.append((first - 1, last))
    return windows


class _Count:
    """Which terms of an anchor a moving window holds."""

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
        """Let one sighting of a term in."""
        held = self._counts.get(term, 0)
        self._counts[term] = held + 1
        if not held:
            self._change(term, -1)

    def drop(self, term: str) -> None:
        """Let one sighting of a term out."""
        self._counts[term] -= 1
        if not self._counts[term]:
            self._change(term, 1)

    def _change(self, term: str, step: int) -> None:
        if term in self._all:
            self._missing += step
        if term in self._any:
            self._lacking += step


def _weigh(
    anchor: Anchor,
    seen: Sequence[Sighting],
    window: tuple[int, int],
    dialogue: Dialogue,
    expectation: Expectation,
) -> Attempt:
    """Make an attempt of a window: what supports it, what forbids it, how strong it is."""
    found = tuple(seen[window[0] : window[1] + 1])
    start_ms, end_ms = found[0].at_ms, found[-1].at_ms
    evidence = _sum_told(found, dialogue)
    near = _nearby(anchor, seen, window)
    scene_of = dialogue.scene_of
    scenes = (scene_of[found[0].cue], scene_of[found[-1].cue])
    support = [one for one in near if scene_of[one.cue] in scenes]
    with_support = _sum_told((*found, *support), dialogue)
    evidence += _SUPPORT * (with_support - evidence)
    width = (end_ms - start_ms) / (anchor.within * 1000)
    evidence *= 1 - (1 - _WIDEST_KEEPS) * min(width, 1)
    evidence *= PRIORS[expectation]
    return Attempt(
        anchor=anchor,
        found=found,
        blocked_by=_find_blocker(anchor, dialogue, start_ms, end_ms),
        evidence=evidence,
    )


def _sum_told(sightings: Iterable[Sighting], dialogue: Dialogue) -> float:
    """Sum up what distinct terms tell; a word that serves two terms tells once."""
    best: dict[str, Sighting] = {}
    for one in sightings:
        known = best.get(one.term)
        if known is None or one.told > known.told:
            best[one.term] = one
    told = 0.0
    used: set[str] = set()
    for one in sorted(best.values(), key=lambda one: (-one.told, one.hit, one.term)):
        words = dialogue.folded(one.hit)
        if used.isdisjoint(words):
            told += one.told
            used.update(words)
    return told


def _nearby(
    anchor: Anchor, seen: Sequence[Sighting], window: tuple[int, int]
) -> Sequence[Sighting]:
    """Give the sightings as close to a window as the anchor's own width."""
    reach_ms = anchor.within * 1000
    near = seen[max(0, window[0] - _MOST_NEARBY) : window[1] + 1 + _MOST_NEARBY]
    return _between(near, seen[window[0]].at_ms - reach_ms, seen[window[1]].at_ms + reach_ms)


def _between(seen: Sequence[Sighting], start_ms: int, end_ms: int) -> Sequence[Sighting]:
    """Give the sightings, in order of time, from one time to another, both inside."""
    first = bisect_left(seen, start_ms, key=lambda one: one.at_ms)
    last = bisect_right(seen, end_ms, key=lambda one: one.at_ms)
    return seen[first:last]


def _find_blocker(
    anchor: Anchor, dialogue: Dialogue, start_ms: int, end_ms: int
) -> Sighting | None:
    first_ms, last_ms = start_ms - FORBIDDEN_WITHIN_MS, end_ms + FORBIDDEN_WITHIN_MS
    near = (_between(dialogue.sightings(term), first_ms, last_ms) for term in anchor.none)
    # The first of each term will do: all of one term come in order of time.
    firsts = (seen[0] for seen in near if seen)
    return min(firsts, key=lambda one: (one.at_ms, one.term), default=None)


# -------------------------------------------------------------------------------- moments


def find_placed(
    anchors: Iterable[Anchor], dialogue: Dialogue, expectation: Expectation
) -> tuple[Attempt, ...]:
    """Find the attempts of several anchors that are moments, in no order."""
    return tuple(
        attempt
        for anchor in anchors
        if _can_suffice(anchor, dialogue, expectation)
        for attempt in find_attempts(anchor, dialogue, expectation)
        if attempt.is_moment
    )


def _can_suffice(anchor: Anchor, dialogue: Dialogue, expectation: Expectation) -> bool:
    """Tell whether all of an anchor's words together, wherever spoken, would be enough."""
    if not _are_spoken(anchor, dialogue):
        return False
    told = 0.0
    for term in (*anchor.all, *anchor.any):
        told += max([one.told for one in dialogue.sightings(term)], default=0)
        if told * PRIORS[expectation] >= 1:
            return True
    return False


def share_scenes(
    found: Mapping[str, Sequence[Attempt]], dialogue: Dialogue
) -> dict[str, tuple[Attempt, ...]]:
    """Give each of several things shown its own scene, where they claim the same one.

    A scene plays one thing; words that two have in common speak for the one with more evidence.
    The other one keeps the scene only with nearly as much, or takes its next best.

    Args:
        found: attempts that are moments, by what they are about.
        dialogue: the track.

    Returns:
        At most one attempt each; nothing for what is left without a scene.
    """
    claims = [
        (-attempt.evidence, attempt.first_cue, name, attempt)
        for name, attempts in found.items()
        for attempt in attempts
    ]
    strongest: dict[int, float] = {}
    placed: dict[str, tuple[Attempt, ...]] = {}
    for _, _, name, attempt in sorted(claims, key=lambda claim: claim[:3]):
        scene = dialogue.scene_at(attempt.first_cue).number
        best = strongest.get(scene, attempt.evidence)
        if name not in placed and attempt.evidence >= best * _NEARLY_AS_MUCH:
            strongest.setdefault(scene, attempt.evidence)
            placed[name] = (_settle(attempt, found[name], dialogue),)
    return placed


def _settle(attempt: Attempt, others: Iterable[Attempt], dialogue: Dialogue) -> Attempt:
    """Give the first attempt of the same scene with nearly as much evidence; or the last one."""
    scene = dialogue.scene_at(attempt.first_cue)
    alike = [
        one
        for one in others
        if dialogue.scene_at(one.first_cue) is scene
        and one.evidence >= attempt.evidence * _NEARLY_AS_MUCH
    ]
    choose = max if attempt.anchor.when == "last" else min
    return choose(alike, key=lambda one: (one.first_cue, one.last_cue))


def choose_moments(attempts: Sequence[Attempt], dialogue: Dialogue) -> tuple[Moment, ...]:
    """Make moments of placed attempts of one note, without two of them in one place."""
    return tuple(_moment(attempt, dialogue) for attempt in _choose(attempts, dialogue))


def _choose(attempts: Sequence[Attempt], dialogue: Dialogue) -> list[Attempt]:
    """Choose among overlapping and repeated attempts as the anchors ask: `when`."""
    ranked = sorted(attempts, key=lambda one: (-one.evidence, one.first_cue, one.last_cue))
    chosen: list[Attempt] = []
    taken: set[int] = set()
    for attempt in ranked:
        claimed = _claimed_cues(attempt, dialogue)
        if taken.isdisjoint(claimed):
            chosen.append(attempt)
            taken.update(claimed)
    in_order = sorted(chosen, key=lambda one: one.first_cue)
    wanted = {one.anchor.when for one in in_order}
    if wanted.isdisjoint(("first", "last")):
        return in_order
    enough = ranked[0].evidence * _ABOUT_AS_MUCH
    strong = [one for one in in_order if one.evidence >= enough]
    return [strong[0] if "first" in wanted else strong[-1]]


def _claimed_cues(attempt: Attempt, dialogue: Dialogue) -> range:
    """Give the cues in which no second moment of the note may begin or end."""
    first, last = attempt.first_cue, attempt.last_cue
    if attempt.anchor.when != "every":
        first = dialogue.scene_at(first).first_cue
        last = dialogue.scene_at(last).last_cue
    return range(first, last + 1)


def _moment(attempt: Attempt, dialogue: Dialogue) -> Moment:
    first, last = attempt.first_cue, attempt.last_cue
    if attempt.anchor.widen == "scene":
        first = dialogue.scene_at(first).first_cue
        last = dialogue.scene_at(last).last_cue
    cues = dialogue.words.cues
    evidence = sorted(
        {(cues[one.cue].number, one.term, dialogue.quote(one)) for one in attempt.found}
    )
    return Moment(
        start_ms=cues[first].start_ms,
        end_ms=max(cue.end_ms for cue in cues[first : last + 1]),
        first_cue=cues[first].number,
        last_cue=cues[last].number,
        strength=attempt.strength,
        evidence=tuple(Evidence(cue=cue, term=term, text=text) for cue, term, text in evidence),
    )


# ------------------------------------------------------------------------------ near misses


def nearest_attempt(
    anchors: Sequence[Anchor], dialogue: Dialogue, expectation: Expectation
) -> Attempt | None:
    """Find the attempt of several anchors that came closest to being a moment.

    Returns:
        The strongest attempt where the terms did meet; else the window in which most of them
        did, with what it lacked; `None` where not one term is spoken.
    """
    attempts = [
        attempt for anchor in anchors for attempt in find_attempts(anchor, dialogue, expectation)
    ]
    if attempts:
        return max(attempts, key=lambda one: (one.is_moment, one.blocked_by is None, one.evidence))
    partial = [_best_partial(anchor, dialogue) for anchor in anchors]
    return min(
        (one for one in partial if one is not None),
        key=lambda one: (len(one.missing) + one.lacking, one.too_wide_by_s, one.first_cue),
        default=None,
    )


def _best_partial(anchor: Anchor, dialogue: Dialogue) -> Attempt | None:
    """Find the window with most of the terms, or the narrowest one that has them all."""
    seen = _all_sightings(anchor, dialogue)
    if not seen:
        return None
    if _are_spoken(anchor, dialogue):
        unbounded = _tightest_windows(_with_any_width(anchor), seen)
        first, last = min(unbounded, key=lambda one: (seen[one[1]].at_ms - seen[one[0]].at_ms, one))
        found = tuple(seen[first : last + 1])
        width_s = -(-(found[-1].at_ms - found[0].at_ms) // 1000)
        return Attempt(anchor=anchor, found=found, too_wide_by_s=width_s - anchor.within)
    return _window_from(anchor, seen, _fullest_start(anchor, seen))


def _fullest_start(anchor: Anchor, seen: Sequence[Sighting]) -> int:
    """Give the position in `seen` from which, in the anchor's width, most of the terms stand."""
    count = _Count(anchor)
    shortfalls: list[int] = []
    last = 0
    for sighting in seen:
        while last < len(seen) and seen[last].at_ms <= sighting.at_ms + anchor.within * 1000:
            count.add(seen[last].term)
            last += 1
        shortfalls.append(count.shortfall)
        count.drop(sighting.term)
    return shortfalls.index(min(shortfalls))


def _with_any_width(anchor: Anchor) -> Anchor:
    day_s = 24 * 60 * 60
    return Anchor(all=anchor.all, any=anchor.any, at_least=anchor.at_least, within=day_s)


def _window_from(anchor: Anchor, seen: Sequence[Sighting], first: int) -> Attempt:
    end_ms = seen[first].at_ms + anchor.within * 1000
    last = bisect_right(seen, end_ms, key=lambda one: one.at_ms)
    found = tuple(seen[first:last])
    spoken = {one.term for one in found}
    return Attempt(
        anchor=anchor,
        found=found,
        missing=tuple(term for term in anchor.all if term not in spoken),
        lacking=max(0, anchor.at_least - sum(term in spoken for term in anchor.any)),
    )


def describe_shortfall(attempt: Attempt, dialogue: Dialogue) -> str:
    """Say in words what an attempt had and what kept it from being a moment."""
    heard = dict.fromkeys(f"{dialogue.quote(one)!r}" for one in attempt.found)
    cue = dialogue.words.cues[attempt.first_cue]
    place = f"found {', '.join(heard)} from cue {cue.number} ({format_clock(cue.start_ms)})"
    reasons = [f"no {term!r}" for term in attempt.missing]
    if attempt.lacking:
        counted = len({one.term for one in attempt.found}.intersection(attempt.anchor.any))
        reasons.append(f"{counted} of the {attempt.anchor.at_least} terms wanted of 'any'")
    if attempt.too_wide_by_s:
        allowed = attempt.anchor.within
        reasons.append(f"{attempt.too_wide_by_s + allowed} s apart, {allowed} allowed")
    if attempt.blocked_by is not None:
        spoken = dialogue.quote(attempt.blocked_by)
        number = dialogue.words.cues[attempt.blocked_by.cue].number
        reasons.append(f"{spoken!r} in cue {number} speaks against it")
    if attempt.has_all_terms and attempt.strength < THRESHOLD:
        reasons.append(f"too weak: strength {attempt.strength:.2f} of {THRESHOLD:.2f}")
    return f"{place}; {', '.join(reasons)}" if reasons else place


def describe_loss(attempt: Attempt, dialogue: Dialogue) -> str:
    """Say in words why an attempt was not placed, be it that another took its scene."""
    told = describe_shortfall(attempt, dialogue)
    if attempt.is_moment:
        return f"{told}; but the scene speaks more for something else that is shown"
    return told
