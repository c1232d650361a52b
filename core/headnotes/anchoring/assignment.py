"""Candidates to passages: the best set of places for all that a work depicts.

Depictions compete for words and time, not for stretches between silences: two exclude each other
where their windows overlap or nearly touch, unless one has nearly as much evidence as the other.
Each stands once. Of all sets that keep to this, the one with most evidence is assigned.

The order in which a work lists its depictions was tried as a weak prior and changed no figure: the
scenes of drama cross-cut, and equal evidence for two places is rare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from attrs import field, frozen

from headnotes.anchoring.candidates import Candidate
from headnotes.anchoring.index import IndexedTrack

NEAR_MS = 20_000
"""Windows this close to each other compete; on labelled tracks anything up to 40 s did as well."""

NEARLY_AS_MUCH = 0.85
"""Two depictions may share a place where one has so much of the other's evidence."""

MUCH_WEAKER = 0.6
"""A depiction that loses its best place takes none with less than so much of its evidence."""

_MOST_PLACES = 4
"""Candidates of one depiction that are considered, the strongest first."""

_BEAM = 24
"""Sets of passages that are followed at a time."""


class Claim(NamedTuple):
    """One candidate of one depiction, with the time from its first to its last telling word."""

    start_ms: int
    end_ms: int
    name: str
    candidate: Candidate

    @property
    def evidence(self) -> float:
        """What speaks for it."""
        return self.candidate.evidence


class _Choice(NamedTuple):
    """A set of claims, all earlier than those still to be looked at."""

    worth: float
    claims: tuple[Claim, ...]
    names: frozenset[str]


@frozen(kw_only=True)
class Assignment:
    """Where each depiction plays, and what took the place of those that lost theirs.

    Attributes:
        passages: one candidate each, by depiction.
        rivals: by depiction that has no passage or not its best, what outbid it there.
    """

    passages: Mapping[str, Candidate] = field(factory=dict)
    rivals: Mapping[str, str] = field(factory=dict)


def assign_passages(
    candidates: Mapping[str, Sequence[Candidate]], track: IndexedTrack
) -> Assignment:
    """Assign depictions to places so that the evidence for all of them is most.

    Args:
        candidates: that may be moments, by depiction.
        track: the track.
    """
    claims = {name: _rank(name, found, track) for name, found in candidates.items()}
    in_time = sorted(
        (claim for ranked in claims.values() for claim in ranked),
        key=lambda claim: (claim.start_ms, claim.end_ms, claim.name),
    )
    chosen = _choose_best(in_time)
    taken = {claim.name: claim for claim in chosen}
    rivals = {
        ranked[0].name: rival.name
        for ranked in claims.values()
        if ranked and taken.get(ranked[0].name) != ranked[0]
        for rival in [_find_rival(ranked[0], chosen)]
        if rival is not None
    }
    passages = {
        claim.name: _settle(claim.candidate, candidates[claim.name], track) for claim in chosen
    }
    return Assignment(passages=passages, rivals=rivals)


def _rank(name: str, candidates: Sequence[Candidate], track: IndexedTrack) -> list[Claim]:
    """Return the strongest candidates of one depiction that lie apart, none much weaker."""
    ranked: list[Claim] = []
    for candidate in sorted(candidates, key=lambda found: (-found.evidence, *cues_of(found))):
        claim = _claim(name, candidate, track)
        if ranked and claim.evidence < ranked[0].evidence * MUCH_WEAKER:
            break
        if not any(_are_near(claim, other) for other in ranked):
            ranked.append(claim)
        if len(ranked) == _MOST_PLACES:
            break
    return ranked


def _claim(name: str, candidate: Candidate, track: IndexedTrack) -> Claim:
    end_ms = track.tokens.cues[candidate.last_cue].end_ms
    return Claim(candidate.found[0].at_ms, end_ms, name, candidate)


def _are_near(claim: Claim, other: Claim) -> bool:
    return claim.start_ms < other.end_ms + NEAR_MS and other.start_ms < claim.end_ms + NEAR_MS


def _exclude(claim: Claim, other: Claim) -> bool:
    """Whether two claims of different depictions cannot both stand."""
    less, more = sorted((claim.evidence, other.evidence))
    return less < more * NEARLY_AS_MUCH and _are_near(claim, other)


def _choose_best(in_time: Sequence[Claim]) -> tuple[Claim, ...]:
    """Choose the set of claims with most evidence, by a beam over the time of the track."""
    choices = [_Choice(0.0, (), frozenset())]
    for claim in in_time:
        taking = [
            _Choice(
                choice.worth + claim.evidence,
                (*choice.claims, claim),
                choice.names | {claim.name},
            )
            for choice in choices
            if claim.name not in choice.names
            and not any(_exclude(claim, other) for other in reversed(choice.claims))
        ]
        if taking:
            choices = sorted([*taking, *choices], key=lambda choice: -choice.worth)[:_BEAM]
    return choices[0].claims


def _find_rival(claim: Claim, chosen: Sequence[Claim]) -> Claim | None:
    """Return the strongest chosen claim that excludes one."""
    rivals = [other for other in chosen if other.name != claim.name and _exclude(claim, other)]
    return max(rivals, key=lambda rival: rival.evidence, default=None)


def _settle(candidate: Candidate, others: Sequence[Candidate], track: IndexedTrack) -> Candidate:
    """Return the candidate; where its anchor wants the last one, the last about as strong."""
    if candidate.anchor.when != "last":
        return candidate
    own = _claim("", candidate, track)
    alike = [
        other
        for other in others
        if other.evidence >= candidate.evidence * NEARLY_AS_MUCH
        and _are_near(_claim("", other, track), own)
    ]
    return max(alike, key=cues_of)


def cues_of(candidate: Candidate) -> tuple[int, int]:
    """Return the positions of a candidate's first and last cue."""
    return candidate.first_cue, candidate.last_cue
