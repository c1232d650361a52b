"""Candidates to moments: where inside the track, or inside its passage, one note belongs."""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.anchoring.assignment import cues_of
from headnotes.anchoring.candidates import Candidate
from headnotes.anchoring.index import IndexedTrack
from headnotes.model import Evidence, Moment

_ABOUT_AS_MUCH = 0.6
"""`first` (or `last`) looks among the moments with so much of the best one's evidence: a chance
meeting of words early on must not outrun the scene itself."""


def choose_moments(candidates: Sequence[Candidate], track: IndexedTrack) -> tuple[Moment, ...]:
    """Make moments of candidates of one note, without two of them in one place."""
    return tuple(_make_moment(candidate, track) for candidate in _choose(candidates, track))


def _choose(candidates: Sequence[Candidate], track: IndexedTrack) -> list[Candidate]:
    """Choose among overlapping and repeated candidates as the anchors ask: `when`."""
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


def _make_moment(candidate: Candidate, track: IndexedTrack) -> Moment:
    positions = range(candidate.first_cue, candidate.last_cue + 1)
    if candidate.anchor.widen == "scene":
        positions = _cues_of_scenes(candidate, track)
    cues = track.tokens.cues
    evidence = {
        (cues[found.cue].number, found.term, track.quote(found)) for found in candidate.found
    }
    return Moment(
        start_ms=cues[positions[0]].start_ms,
        end_ms=max(cues[position].end_ms for position in positions),
        first_cue=cues[positions[0]].number,
        last_cue=cues[positions[-1]].number,
        strength=candidate.strength,
        evidence=tuple(
            Evidence(cue=cue, term=term, text=text) for cue, term, text in sorted(evidence)
        ),
    )
