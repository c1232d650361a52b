"""How far two readers who rate the same claims agree beyond chance: Krippendorff's alpha.

Source: Hayes & Krippendorff 2007, "Answering the Call for a Standard Reliability Measure for
Coding Data"; Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability". .800 is firm, .667
tentative (Krippendorff 2004). The library `krippendorff` gives the same
figures, and asks for numpy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import get_args

from headnotes.model import Topic, Verdict
from headnotes.values import frozen

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""All verdicts, the scored ones first and from right to wrong."""

SCORED: Mapping[Verdict, float] = {
    "accurate": 1.0,
    "mostly-accurate": 2 / 3,
    "mostly-inaccurate": 1 / 3,
    "inaccurate": 0.0,
}
"""What each scored verdict counts."""

FIRM = 0.8
TENTATIVE = 0.667
"""Below this much agreement no number is given. Source: Krippendorff 2004, chapter 11."""

DIGITS = 4
"""Figures are rounded to so many digits, so that equal input gives equal bytes."""

Unit = Sequence[Verdict]
"""All that was said of one claim."""
Distance = Callable[[int, int, Sequence[int]], float]
"""How far two ranks are apart, where so many values have each rank."""


@frozen(kw_only=True)
class Agreement:
    """How far first and second ratings agree.

    Attributes:
        claims: how many are judged.
        rated_twice: of these, how many have a second rating.
        differing: of these, how many of which the second verdict is another than the first.
        ordinal: alpha by the order of the verdicts, over claims that both scored; `None` where
            it says nothing: without two different verdicts there is no chance to be beaten.
        nominal: alpha by equality alone, over all claims rated twice; `None` likewise.
    """

    claims: int
    rated_twice: int
    differing: int
    ordinal: float | None
    nominal: float | None

    @property
    def is_enough(self) -> bool:
        """Whether a number may rest on it."""
        return self.ordinal is not None and self.ordinal >= TENTATIVE


def measure_agreement(topics: Iterable[Topic]) -> Agreement:
    """Compare the first and the second ratings of all claims that these topics judge."""
    units = [unit for topic in topics for unit in _units_of(topic)]
    pairs = [unit for unit in units if unit[1]]
    # where notes of one topic differ, each verdict is a voice of its own
    rated: list[Unit] = [(*first, *second) for first, second in pairs]
    scored = [[verdict for verdict in unit if verdict in SCORED] for unit in rated]
    return Agreement(
        claims=len(units),
        rated_twice=len(pairs),
        differing=sum(first != second for first, second in pairs),
        ordinal=find_alpha(scored, [*SCORED], ordinal_distance),
        nominal=find_alpha(rated, VERDICTS, nominal_distance),
    )


def _units_of(topic: Topic) -> list[tuple[Unit, Unit]]:
    """Return the first and the second verdicts on each claim, each verdict of a kind once."""
    firsts: dict[str, dict[Verdict, None]] = {}
    for note in topic.notes:
        if note.verdict and note.judges:
            firsts.setdefault(note.judges, {})[note.verdict] = None
    seconds = {rating.claim: (rating.verdict,) for rating in topic.ratings}
    return [(tuple(first), seconds.get(claim, ())) for claim, first in firsts.items()]


def find_alpha(units: Iterable[Unit], ranks: Sequence[Verdict], distance: Distance) -> float | None:
    """Return Krippendorff's alpha: 1 less the observed disagreement over that of chance.

    Args:
        units: what was said of each claim, by any number of readers; one voice says nothing.
        ranks: all values there are, in their order.
        distance: between two ranks.

    Returns:
        1 where all agree, 0 where they do as if by chance, less where they rather disagree;
        `None` where all said the same of everything.
    """
    counted = [Counter(map(ranks.index, unit)) for unit in units if len(unit) > 1]
    total: Counter[int] = sum(counted, Counter())
    sizes = [total[rank] for rank in range(len(ranks))]
    number = sum(sizes)
    expected = _disagree(total, distance, sizes)
    if not expected:
        return None
    # each unit weighs as many voices as it has, over the partners that each of them has
    observed = sum(_disagree(unit, distance, sizes) / (unit.total() - 1) for unit in counted)
    return round(1 - (number - 1) * observed / expected, DIGITS)


def _disagree(values: Counter[int], distance: Distance, sizes: Sequence[int]) -> float:
    """Return the sum of distances between all pairs of values, in both orders."""
    return sum(
        values[first] * values[second] * distance(first, second, sizes)
        for first in values
        for second in values
        if first != second
    )


def nominal_distance(first: int, second: int, _: Sequence[int]) -> float:
    """Return 1 for values that differ, 0 for equal ones."""
    return float(first != second)


def ordinal_distance(first: int, second: int, sizes: Sequence[int]) -> float:
    """Return the square of how many values lie from one rank to the other, ends counting half."""
    low, high = sorted((first, second))
    between: float = sum(sizes[low : high + 1]) - (sizes[low] + sizes[high]) / 2
    return between * between
