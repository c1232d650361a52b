"""What words keep of their information that several depictions of a work have.

The names of those who are in every scene, and the words of a trade, are rare in ordinary language
and common in the work. So a word says less about one depiction, the more others have it: of what it
says in ordinary language `log(1 + 100/n) / log(101)` is left where n depictions have it: all where
one has, 0.85 where two have, 0.43 where sixteen have. A hundred is what a series of some seasons
depicts; the figure is the same for shorter works, of which it is not known what is common in them.
Whatever language its anchors are for, a depiction has their words: names are the same in all.

Source: the inverse document frequency of K. Spärck Jones, "A statistical interpretation of term
specificity and its application in retrieval", Journal of Documentation 28 (1972), smoothed, as a
share of that of a word that one depiction has alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import log

from headnotes.matching import Run, Spans
from headnotes.model import Anchor
from headnotes.values import NamedTuple

DEPICTIONS = 100
"""Of a work, about: what a word is common among."""


class Depicted(NamedTuple):
    """What a work depicts, by the words that it is found by.

    Attributes:
        having: the depictions that have each term, as bits of a number.
        anchors: of all, by identity.
    """

    having: Mapping[str, int]
    anchors: Mapping[int, Anchor]


NOTHING = Depicted({}, {})


def weigh_shared(
    spans: Mapping[str, Spans], having: Mapping[str, int]
) -> Mapping[int, Mapping[int, float]]:
    """Return what is left of the information of words that several depictions have.

    Args:
        spans: of a track, by term.
        having: the depictions that have each term, as bits of a number.

    Returns:
        By how many tokens they are, then by the first of them.
    """
    # terms of one pattern share its runs, which are gone through once
    runs: dict[int, tuple[Run, int]] = {}
    for term in spans.keys() & having.keys():
        for run in spans[term].runs:
            _, others = runs.get(id(run), (run, 0))
            runs[id(run)] = run, having[term] | others
    by_length: dict[int, dict[int, int]] = {}
    joined: dict[int, int] = {}
    for (firsts, length), users in runs.values():
        users_at = by_length.setdefault(length, {})
        for first in firsts:
            known = users_at.get(first)
            both = users if known is None else known | users
            # equal numbers once: of thousands of depictions each is long
            users_at[first] = joined.setdefault(both, both)
    return {
        length: {
            first: share_kept(users.bit_count())
            for first, users in users_at.items()
            if users & users - 1
        }
        for length, users_at in by_length.items()
    }


@cache
def share_kept(depictions: int) -> float:
    """Return what share of its information a word keeps that so many depictions have."""
    return log(1 + DEPICTIONS / depictions) / log(1 + DEPICTIONS)


def list_depicted(depictions: Iterable[Iterable[Anchor]]) -> Depicted:
    """Return what a work depicts by its words; each depiction is given by its anchors."""
    having: dict[str, int] = {}
    known: dict[int, Anchor] = {}
    for at, anchors in enumerate(depictions):
        bit = 1 << at
        for anchor in anchors:
            known[id(anchor)] = anchor
            for term in (*anchor.all, *anchor.any):
                having[term] = having.get(term, 0) | bit
    return Depicted(having, known)
