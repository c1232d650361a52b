"""Candidates to scenes and moments: which of several candidates stand where they compete.

What a work depicts competes for scenes (`assign_scenes`): a scene plays one thing. The moments of
one note compete with each other (`choose_moments`): the anchor says how many it wants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from headnotes.anchoring.candidates import Candidate
from headnotes.anchoring.index import IndexedTrack
from headnotes.model import Evidence, Moment

_NEARLY_AS_MUCH = 0.85
"""Two things depicted may share a scene where one has so much of the other's evidence."""

_ABOUT_AS_MUCH = 0.6
"""`first` (or `last`) looks among the moments with so much of the best one's evidence: a chance
meeting of words early on must not outrun the scene itself."""


def assign_scenes(
    candidates: Mapping[str, Sequence[Candidate]], track: IndexedTrack
) -> dict[str, tuple[Candidate, ...]]:
    """Assign each of several things depicted a scene of its own, where they claim the same one.

    A scene plays one thing; words that two have in common speak for the one with more evidence.
    The other one keeps the scene only with nearly as much, or takes its next best.

    Args:
        candidates: that may be moments, by what they are about.
        track: the track.

    Returns:
        One candidate each; what is left without a scene is left out.
    """
    claims = [
        (-candidate.evidence, candidate.first_cue, name, candidate)
        for name, claimed in candidates.items()
        for candidate in claimed
    ]
    strongest: dict[int, float] = {}
    assigned: dict[str, tuple[Candidate, ...]] = {}
    for _, _, name, candidate in sorted(claims, key=lambda claim: claim[:3]):
        scene = track.scene_at(candidate.first_cue).number
        best = strongest.get(scene, candidate.evidence)
        if name not in assigned and candidate.evidence >= best * _NEARLY_AS_MUCH:
            strongest.setdefault(scene, candidate.evidence)
            assigned[name] = (_settle(candidate, candidates[name], track),)
    return assigned


def _settle(candidate: Candidate, others: Iterable[Candidate], track: IndexedTrack) -> Candidate:
    """Return the first (or last) candidate of the same scene with nearly as much evidence."""
    scene = track.scene_at(candidate.first_cue)
    alike = [
        other
        for other in others
        if track.scene_at(other.first_cue) is scene
        and other.evidence >= candidate.evidence * _NEARLY_AS_MUCH
    ]
    choose = max if candidate.anchor.when == "last" else min
    return choose(alike, key=_cues_of)


def choose_moments(candidates: Sequence[Candidate], track: IndexedTrack) -> tuple[Moment, ...]:
    """Make moments of candidates of one note, without two of them in one place."""
    return tuple(_make_moment(candidate, track) for candidate in _choose(candidates, track))


def _choose(candidates: Sequence[Candidate], track: IndexedTrack) -> list[Candidate]:
    """Choose among overlapping and repeated candidates as the anchors ask: `when`."""
    ranked = sorted(candidates, key=lambda candidate: (-candidate.evidence, *_cues_of(candidate)))
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in ranked:
        claimed = _claimed_cues(candidate, track)
        if taken.isdisjoint(claimed):
            chosen.append(candidate)
            taken.update(claimed)
    in_order = sorted(chosen, key=_cues_of)
    wanted = {candidate.anchor.when for candidate in in_order}
    if wanted.isdisjoint(("first", "last")):
        return in_order
    enough = ranked[0].evidence * _ABOUT_AS_MUCH
    strong = [candidate for candidate in in_order if candidate.evidence >= enough]
    return [strong[0] if "first" in wanted else strong[-1]]


def _cues_of(candidate: Candidate) -> tuple[int, int]:
    return candidate.first_cue, candidate.last_cue


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
