"""Why a note is, or is not, placed: the nearest candidate, and what it wants, as codes.

No sentence is made here; `languages` has a template in each language for every code.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import floor, inf

from headnotes.anchoring.candidates import (
    STRONG,
    THRESHOLD,
    Candidate,
    are_spoken,
    find_closest,
    find_sufficient,
)
from headnotes.anchoring.index import IndexedTrack
from headnotes.anchoring.windows import Spoken, WindowCount, collect, tightest_windows
from headnotes.model import Anchor, Passage, Reason


def nearest_candidate(
    anchors: Sequence[Anchor], track: IndexedTrack, prior: float
) -> Candidate | None:
    """Find the candidate of several anchors that came closest to being a moment.

    Returns:
        The strongest candidate where the terms did meet; else the window in which most of them
        did, with what it lacked; `None` where not one term is spoken.
    """
    anchors = [anchor for anchor in anchors if track.admits(anchor)]
    candidates = [*find_sufficient(anchors, track, prior)] or [
        candidate for anchor in anchors for candidate in find_closest(anchor, track, prior)
    ]
    if not candidates:
        partial = [_best_partial(anchor, track) for anchor in anchors]
        candidates = [candidate for candidate in partial if candidate is not None]
    return min(candidates, key=how_far, default=None)


def how_far(candidate: Candidate) -> tuple[bool, int, int, bool, float, int]:
    """Return how far a candidate is from being a moment, to compare it with others."""
    return (
        not candidate.is_moment,
        0 if candidate.is_moment else len(candidate.missing) + candidate.lacking,
        candidate.too_wide_by_s,
        candidate.forbidden_by is not None,
        -candidate.evidence,
        candidate.first_cue,
    )


def _best_partial(anchor: Anchor, track: IndexedTrack) -> Candidate | None:
    """Find the window with most of the terms, or the narrowest one that has them all."""
    spoken = collect(anchor, track)
    if not spoken.terms:
        return None
    return _narrowest(anchor, spoken) if are_spoken(anchor, track) else _fullest(anchor, spoken)


def _narrowest(anchor: Anchor, spoken: Spoken) -> Candidate:
    """Make a candidate of the narrowest window that has all terms, wider than the anchor's."""
    windows = tightest_windows(anchor, spoken, inf)
    at_ms = spoken.at_ms
    width_ms, first, last = min(
        (at_ms[last] - at_ms[first], first, last) for first, last in windows
    )
    # rounded up: a window that is too wide by milliseconds is too wide by something
    found = spoken.occurrences(first, last)
    return Candidate(anchor=anchor, found=found, too_wide_by_s=-(-width_ms // 1000) - anchor.within)


def _fullest(anchor: Anchor, spoken: Spoken) -> Candidate:
    """Make a candidate of the first window of the anchor's width that has most of the terms."""
    first = _fullest_start(anchor, spoken)
    last = bisect_right(spoken.at_ms, spoken.at_ms[first] + anchor.within * 1000) - 1
    held = {spoken.terms[term] for term in spoken.term[first : last + 1]}
    return Candidate(
        anchor=anchor,
        found=spoken.occurrences(first, last),
        missing=tuple(term for term in anchor.all if term not in held),
        lacking=max(0, anchor.at_least - len(held.intersection(anchor.any))),
    )


def _fullest_start(anchor: Anchor, spoken: Spoken) -> int:
    """Return where the first window of the anchor's width that has most of the terms begins."""
    count = WindowCount(anchor, spoken.terms)
    shortfalls: list[int] = []
    end = 0
    for first, start_ms in enumerate(spoken.at_ms):
        while end < len(spoken) and spoken.at_ms[end] - start_ms <= anchor.within * 1000:
            count.add(spoken.term[end])
            end += 1
        shortfalls.append(count.missing + max(0, count.lacking))
        count.drop(spoken.term[first])
    return shortfalls.index(min(shortfalls))


# -------------------------------------------------------------------------------- reasons


def explain_candidate(candidate: Candidate, track: IndexedTrack) -> tuple[Reason, ...]:
    """Return what a candidate has, and what keeps it from being a moment."""
    cue = track.tokens.cues[candidate.first_cue]
    quotes = tuple(dict.fromkeys(map(track.quote, candidate.found)))
    found = Reason("found", {"quotes": quotes, "cue": cue.number, "start_ms": cue.start_ms})
    return (found, *_find_faults(candidate, track))


def _find_faults(candidate: Candidate, track: IndexedTrack) -> Iterator[Reason]:
    anchor = candidate.anchor
    for term in candidate.missing:
        yield Reason("term-missing", {"term": term})
    if candidate.lacking and not candidate.is_moment:
        spoken = {occurrence.term for occurrence in candidate.found}
        counted = len(spoken.intersection(anchor.any))
        yield Reason("too-few-terms", {"found": counted, "wanted": anchor.at_least})
    if candidate.too_wide_by_s:
        width_s = candidate.too_wide_by_s + anchor.within
        yield Reason("too-wide", {"width_s": width_s, "within_s": anchor.within})
    if candidate.forbidden_by is not None:
        number = track.tokens.cues[candidate.forbidden_by.cue].number
        quote = track.quote(candidate.forbidden_by)
        yield Reason("forbidden", {"quote": quote, "cue": number})
    wanted = THRESHOLD if candidate.has_all_terms else STRONG
    is_complete = not candidate.missing and not candidate.too_wide_by_s
    if is_complete and candidate.may_lack and candidate.strength < wanted:
        # cut, not rounded: what is not enough must not read as if it were
        strength = floor(candidate.strength * 100) / 100
        yield Reason("too-weak", {"strength": strength, "wanted": wanted})


def explain_loss(
    candidate: Candidate, track: IndexedTrack, rival: str | None, recap: Passage | None
) -> tuple[Reason, ...]:
    """Return why a candidate was not chosen, whether or not it was strong enough.

    Args:
        candidate: that came closest.
        track: the track.
        rival: the depiction that took its place; `None`: none did.
        recap: of earlier episodes; what begins in it is passed over.
    """
    reasons = explain_candidate(candidate, track)
    # who was outbid would have stood there, recap or not
    if rival is not None:
        return (*reasons, Reason("outbid", {"rival": rival}))
    if recap is not None and track.tokens.cues[candidate.first_cue].start_ms <= recap.end_ms:
        return (*reasons, Reason("recap", {"cue": recap.last_cue}))
    return reasons
