"""Candidates to moments: where inside the track, or inside its passage, one note belongs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from headnotes.anchoring.assignment import cues_of
from headnotes.anchoring.candidates import (
    PRIORS,
    Candidate,
    find_candidates,
)
from headnotes.anchoring.index import IndexedTrack, Occurrence
from headnotes.anchoring.windows import collect
from headnotes.model import Anchor, Evidence, Moment, Note, Passage
from headnotes.values import evolve

_ABOUT_AS_MUCH = 0.6
"""`first` (or `last`) looks among the moments with so much of the best one's evidence: a chance
meeting of words early on must not outrun the scene itself."""

_TELLING = 0.5
"""The information from which on one word of a note shows by itself where in a passage it belongs:
that of middling words, "gold", "balcony"."""

_TO_BE_READ_MS = 7_000
"""What a word must leave of its passage: one that is spoken as the passage ends comes too late."""


def choose_moments(candidates: Sequence[Candidate], track: IndexedTrack) -> tuple[Moment, ...]:
    """Make moments of candidates of one note, without two of them in one place."""
    return tuple(make_moment(candidate, track) for candidate in choose(candidates, track))


def find_moment(note: Note, passage: Passage, candidate: Candidate, track: IndexedTrack) -> Moment:
    """Return where inside a passage a note belongs.

    At the note's own words where its anchors meet there; else at the most informative of them
    that is spoken there in time to be read; else where the passage's telling words are.

    Args:
        note: it stands, because the passage was found.
        passage: of a depiction that the note is about.
        candidate: that the passage was made of.
        track: indexed by the note's own terms.
    """
    anchors = [anchor for anchor in note.anchors if track.admits(anchor)]
    own = _find_own(anchors, passage, track) or _find_word(anchors, passage, track)
    if own is None:
        return make_moment(candidate, track)
    strength = max(candidate.strength, own.strength)
    return evolve(make_moment(own, track), strength=strength)


def _find_own(anchors: Sequence[Anchor], passage: Passage, track: IndexedTrack) -> Candidate | None:
    """Return where a note's anchors meet inside a passage."""
    bounds = passage.start_ms, passage.end_ms
    inside = [
        candidate
        for anchor in anchors
        for candidate in find_candidates(anchor, track, PRIORS["expected"], inside=bounds)
        # however weak: that the scene plays here is known, only the place in it is not
        if candidate.has_all_terms and candidate.forbidden_by is None
        if _is_inside(candidate.first_cue, candidate.last_cue, passage, track)
    ]
    return next(iter(choose(inside, track)), None) if inside else None


def _find_word(
    anchors: Sequence[Anchor], passage: Passage, track: IndexedTrack
) -> Candidate | None:
    """Return the most informative word of a note inside a passage, if one has some information.

    A single word is a hint, so one that leaves no time to read the note is none.
    """
    words = [
        Candidate(anchor=anchor, found=(found,))
        for anchor in anchors
        for found in _find_spoken(anchor, passage, track)
        if found.information >= _TELLING and _is_inside(found.cue, found.last_cue, passage, track)
    ]
    latest_ms = passage.end_ms - _TO_BE_READ_MS
    in_time = [word for word in words if word.found[0].at_ms <= latest_ms]
    return max(in_time, key=lambda word: (word.found[0].information, -word.first_cue), default=None)


def _find_spoken(anchor: Anchor, passage: Passage, track: IndexedTrack) -> tuple[Occurrence, ...]:
    spoken = collect(anchor, track)
    first = bisect_left(spoken.at_ms, passage.start_ms)
    return spoken.occurrences(first, bisect_right(spoken.at_ms, passage.end_ms) - 1)


def _is_inside(first: int, last: int, passage: Passage, track: IndexedTrack) -> bool:
    cues = track.tokens.cues
    return cues[first].start_ms >= passage.start_ms and cues[last].end_ms <= passage.end_ms


def choose(candidates: Sequence[Candidate], track: IndexedTrack) -> list[Candidate]:
    """Choose among overlapping and repeated candidates as the anchors ask: `when`."""
    # the strongest first, so that weaker ones in the same place give way to it
    ranked = sorted(candidates, key=lambda candidate: (-candidate.evidence, *cues_of(candidate)))
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in ranked:
        claimed = _claimed_cues(candidate, track)
        if taken.isdisjoint(claimed):
            chosen.append(candidate)
            taken.update(claimed)
    in_order = sorted(chosen, key=cues_of)
    wanted = {candidate.anchor.when for candidate in in_order}
    # anchors of one note may ask for different things; the one that wants a single moment decides
    if wanted.isdisjoint(("first", "last")):
        return in_order
    enough = ranked[0].evidence * _ABOUT_AS_MUCH
    strong = [candidate for candidate in in_order if candidate.evidence >= enough]
    return [strong[0] if "first" in wanted else strong[-1]]


def _claimed_cues(candidate: Candidate, track: IndexedTrack) -> range:
    """Return the cues in which no second moment of the note may begin or end."""
    if candidate.anchor.when == "every":
        return range(candidate.first_cue, candidate.last_cue + 1)
    return _cues_of_scenes(candidate, track)


def _cues_of_scenes(candidate: Candidate, track: IndexedTrack) -> range:
    """Return the cues of the scenes in which a candidate lies."""
    first = track.scene_at(candidate.first_cue).first_cue
    last = track.scene_at(candidate.last_cue).last_cue
    return range(first, last + 1)


def make_moment(candidate: Candidate, track: IndexedTrack) -> Moment:
    """Make a moment of a candidate: its cues, or the scene around them."""
    positions = range(candidate.first_cue, candidate.last_cue + 1)
    if candidate.anchor.widen == "scene":
        positions = _cues_of_scenes(candidate, track)
    cues = track.tokens.cues
    return Moment(
        start_ms=cues[positions[0]].start_ms,
        end_ms=max(cues[position].end_ms for position in positions),
        first_cue=cues[positions[0]].number,
        last_cue=cues[positions[-1]].number,
        strength=candidate.strength,
        evidence=list_evidence(candidate, track),
    )


def list_evidence(candidate: Candidate, track: IndexedTrack) -> tuple[Evidence, ...]:
    """Return the words that make a candidate, by cue, then by term."""
    cues = track.tokens.cues
    # a set: what a term finds twice in one cue is shown once
    evidence = {
        (cues[found.cue].number, found.term, track.quote(found)) for found in candidate.found
    }
    return tuple(Evidence(cue=cue, term=term, text=text) for cue, term, text in sorted(evidence))
