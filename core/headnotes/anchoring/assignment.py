"""Candidates to passages: the best set of places for all that a work depicts.

Depictions compete for words and time, not for stretches between silences: two exclude each other
where their windows overlap or nearly touch, unless the weaker has nearly as much evidence as the
other, or enough in words that the other does not have. Each stands once. Of all sets that keep to
this, the one with most evidence is assigned. Who loses its best place takes none at which another
has its best, with more evidence.

The order in which a work lists its depictions was tried as a weak prior and changed no figure: the
scenes of drama cross-cut, and equal evidence for two places is rare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from headnotes.anchoring.candidates import Candidate
from headnotes.anchoring.index import IndexedTrack
from headnotes.values import NamedTuple, field, frozen

NEAR_MS = 20_000
"""Windows this close to each other compete; on labelled tracks anything up to 40 s did as well."""

NEARLY_AS_MUCH = 0.85
"""Two depictions may share a place where one has so much of the other's evidence."""

OF_ITS_OWN = 1.6
"""Two depictions may share a place, too, where the weaker has so much evidence in its own words:
scenes follow each other closely, and what is said in both of them proves neither."""

MUCH_WEAKER = 0.6
"""A depiction that loses its best place takes none with less than so much of its evidence."""

_MOST_PLACES = 4
"""Candidates of one depiction that are considered, the strongest first."""

_BEAM = 24
"""Sets of passages that are followed at a time."""


class Bid(NamedTuple):
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
    """A set of bids, all earlier than those still to be looked at.

    Attributes:
        worth: the evidence of all.
        bids: as positions, each a bit.
        last: the latest, and what it was added to; `None` for the empty set.
    """

    worth: float
    bids: int
    last: tuple[Bid, _Choice] | None


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
    bids = {name: _rank(name, found, track) for name, found in candidates.items()}
    best = [ranked[0] for ranked in bids.values() if ranked]
    in_time = sorted(
        (bid for ranked in bids.values() for bid in ranked if _may_stand(bid, ranked, best)),
        key=lambda bid: (bid.start_ms, bid.end_ms, bid.name),
    )
    chosen = _choose_best(in_time)
    taken = {bid.name: bid for bid in chosen}
    # who got a place, but not its best one, has a rival there all the same
    rivals = {
        ranked[0].name: rival.name
        for ranked in bids.values()
        if ranked and taken.get(ranked[0].name) != ranked[0]
        for rival in [_find_rival(ranked[0], chosen)]
        if rival is not None
    }
    passages = {bid.name: _settle(bid.candidate, candidates[bid.name], track) for bid in chosen}
    return Assignment(passages=passages, rivals=rivals)


def _rank(name: str, candidates: Sequence[Candidate], track: IndexedTrack) -> list[Bid]:
    """Return the strongest candidates of one depiction that lie apart, none much weaker."""
    ranked: list[Bid] = []
    for candidate in sorted(candidates, key=lambda found: (-found.evidence, *cues_of(found))):
        bid = _bid(name, candidate, track)
        # better nowhere than where a few chance words are, beside another scene
        if ranked and bid.evidence < ranked[0].evidence * MUCH_WEAKER:
            break
        if not any(_are_near(bid, other) for other in ranked):
            ranked.append(bid)
        if len(ranked) == _MOST_PLACES:
            break
    return ranked


def _bid(name: str, candidate: Candidate, track: IndexedTrack) -> Bid:
    end_ms = track.tokens.cues[candidate.last_cue].end_ms
    return Bid(candidate.found[0].at_ms, end_ms, name, candidate)


def _are_near(bid: Bid, other: Bid) -> bool:
    return bid.start_ms < other.end_ms + NEAR_MS and other.start_ms < bid.end_ms + NEAR_MS


def _exclude(bid: Bid, other: Bid) -> bool:
    """Whether two bids of different depictions cannot both stand."""
    if not _are_near(bid, other):
        return False
    weaker, stronger = sorted((bid, other), key=_evidence_of)
    if weaker.evidence >= stronger.evidence * NEARLY_AS_MUCH:
        return False
    return weaker.evidence * _share_of_own(weaker, stronger) < OF_ITS_OWN


def _may_stand(bid: Bid, ranked: Sequence[Bid], best: Sequence[Bid]) -> bool:
    """Whether a bid is its depiction's best, or takes the place of no other's better best one."""
    return bid is ranked[0] or not any(
        other.name != bid.name and other.evidence > bid.evidence and _exclude(bid, other)
        for other in best
    )


def _evidence_of(bid: Bid) -> float:
    return bid.evidence


def _share_of_own(bid: Bid, other: Bid) -> float:
    """Return what share of a bid's information lies in words that another does not use."""
    used = {
        token
        for found in other.candidate.found
        for token in range(found.span.first, found.span.last + 1)
    }
    own = whole = 0.0
    for found in bid.candidate.found:
        whole += found.information
        if used.isdisjoint(range(found.span.first, found.span.last + 1)):
            own += found.information
    return own / whole if whole else 0.0


def _choose_best(in_time: Sequence[Bid]) -> tuple[Bid, ...]:
    """Choose the set of bids with most evidence, by a beam over the time of the track."""
    # Whether a bid can join a set depends only on the bids before it, so one pass over time does.
    choices = [_Choice(0.0, 0, None)]
    for position, bid in enumerate(in_time):
        barred = _bar(position, in_time)
        taking = [
            _Choice(choice.worth + bid.evidence, choice.bids | 1 << position, (bid, choice))
            for choice in choices
            if not choice.bids & barred
        ]
        if taking:
            # of sets of one worth the sort keeps the first: that with the later bid in it
            choices = sorted([*taking, *choices], key=_least_worth)[:_BEAM]
    return tuple(reversed([*_list_bids(choices[0])]))


def _bar(position: int, in_time: Sequence[Bid]) -> int:
    """Return the earlier bids that cannot stand beside one, each as a bit."""
    bid = in_time[position]
    return sum(
        1 << earlier
        for earlier, other in enumerate(in_time[:position])
        if other.name == bid.name or _exclude(bid, other)
    )


def _least_worth(choice: _Choice) -> float:
    return -choice.worth


def _list_bids(choice: _Choice) -> Iterator[Bid]:
    """Return the bids of a set, the latest first."""
    while choice.last is not None:
        bid, choice = choice.last
        yield bid


def _find_rival(bid: Bid, chosen: Sequence[Bid]) -> Bid | None:
    """Return the strongest chosen bid that excludes one."""
    rivals = [other for other in chosen if other.name != bid.name and _exclude(bid, other)]
    return max(rivals, key=lambda rival: rival.evidence, default=None)


def _settle(candidate: Candidate, others: Sequence[Candidate], track: IndexedTrack) -> Candidate:
    """Return the candidate; where its anchor wants the last one, the last about as strong."""
    if candidate.anchor.when != "last":
        return candidate
    own = _bid("", candidate, track)
    # what the end of a scene reveals is not to be told at its beginning
    alike = [
        other
        for other in others
        if other.evidence >= candidate.evidence * NEARLY_AS_MUCH
        and _are_near(_bid("", other, track), own)
    ]
    return max(alike, key=cues_of)


def cues_of(candidate: Candidate) -> tuple[int, int]:
    """Return the positions of a candidate's first and last cue."""
    return candidate.first_cue, candidate.last_cue
