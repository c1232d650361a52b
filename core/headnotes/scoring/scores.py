"""What the verdicts on some claims add up to, and how far that can be trusted.

Claims in, a `Score` out, the same every time and in whatever order. Claims are chosen by the
authors of topics, not sampled: a score describes these claims.

Source: the project's rating model. Levels after Information is Beautiful, "Based on a True True
Story?"; the middle rule after Lim 2018; what is a rule of our own is called ours below.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from math import lcm
from typing import Literal

from headnotes.model import Outcome, Topic, Verdict
from headnotes.scoring.agreement import DIGITS, SCORED, VERDICTS, Agreement, measure_agreement
from headnotes.scoring.judging import JudgedClaim, claims_of, merge_claims
from headnotes.values import evolve, frozen

Preset = Literal["strict", "standard", "lenient"]
PRESETS: Mapping[Preset, Mapping[Verdict, float]] = {
    "strict": {
        "accurate": 1.0,
        "mostly-accurate": 0.0,
        "mostly-inaccurate": 0.0,
        "inaccurate": 0.0,
        "invented": 0.0,
    },
    "standard": SCORED,
    "lenient": {**SCORED, "mostly-accurate": 1.0},
}
"""What each verdict counts under each reading; a verdict that is missing is left out.

Source: ours. Strict is never above standard, standard never above lenient.
"""

_COUNTING = frozenset[Verdict](PRESETS["strict"])
"""Verdicts that count under some preset."""

Basis = Literal["none", "few", "enough"]
Withheld = Literal["no-claims", "few-scored", "rated-once", "unmeasured-agreement", "low-agreement"]
FEWEST_SCORED = 5
"""Below this many scored claims no number is given. Source: ours."""
ENOUGH_SCORED = 10
"""Below this many scored claims the number is called "few". Source: ours."""
RESAMPLES = 1_000
SEED = 1929
MAX_MOVERS = 5


@frozen(kw_only=True)
class Range:
    """Two shares of one, the lower first."""

    low: float
    high: float


@frozen(kw_only=True)
class PresetScore:
    """The index under one preset, with its interval."""

    index: float
    interval: Range


@frozen(kw_only=True)
class Mover:
    """A claim, and by how much the index is higher because of it (lower, where negative).

    Attributes:
        claim: its name.
    """

    claim: str
    change: float


@frozen(kw_only=True)
class Score:
    """What the verdicts on some claims add up to; shares run from 0 to 1.

    Attributes:
        claims: how many are judged.
        found: of these, on how many a note has a place in the files looked at.
        from_summaries: of these, how many nobody has watched.
        disputed: of these, how many notes judge differently; they are not scored.
        counts: claims per verdict, all six of them, without the disputed.
        scored: claims with one of the four scored verdicts.
        coverage: scored / (scored + unverified); `None` where both are 0.
        agreement: of the two ratings of all claims of the topics that judge some of these.
        basis: whether there is no number, one that rests on few scored claims, or on enough.
        withheld: why there is no number; empty where there is one.
        index: sum of weight times value over sum of weights, scored claims only.
        bounds: the index with everything unverified at 0, and at 1.
        interval: 95 % of the index over resampled claims and verdicts.
        presets: the same under the strict, standard and lenient reading.
        movers: the claims that move the index most, the strongest first.
    """

    claims: int
    found: int
    from_summaries: int
    disputed: int
    counts: Mapping[Verdict, int]
    scored: int
    coverage: float | None
    agreement: Agreement
    basis: Basis
    withheld: tuple[Withheld, ...]
    index: float | None = None
    bounds: Range | None = None
    interval: Range | None = None
    presets: Mapping[Preset, PresetScore] | None = None
    movers: tuple[Mover, ...] = ()


def score_claims(claims: Iterable[JudgedClaim], topics: Mapping[str, Topic]) -> Score:
    """Add up the claims of any number of files, each once.

    There is no number, and nothing that rests on one, below five scored claims; where a topic that
    judges any of them has a claim that is rated once; and where the two ratings of these topics
    agree too little, or do not vary, so that nothing tells how far they agree.

    Args:
        claims: from `claims_of`, of one file or of many.
        topics: all that judge them, by id.

    Source: ours. A weighted mean over scored claims only, never shown without what stands beside
    it; thresholds five and ten.
    """
    # sorted, for the draws of the interval go by position
    judged = sorted(merge_claims(claims), key=lambda claim: claim.key)
    names = {judgement.topic for claim in judged for judgement in claim.judgements}
    agreement = measure_agreement(topics[name] for name in sorted(names & {*topics}))
    verdicts = [claim.verdict for claim in judged]
    counts = {verdict: verdicts.count(verdict) for verdict in VERDICTS}
    scored = sum(counts[verdict] for verdict in SCORED)
    known = scored + counts["unverified"]
    withheld = _find_doubts(scored, agreement) if judged else ("no-claims",)
    plain = Score(
        claims=len(judged),
        found=sum(claim.is_found for claim in judged),
        from_summaries=sum(claim.seen == "summaries" for claim in judged),
        disputed=verdicts.count(None),
        counts=counts,
        scored=scored,
        coverage=_round(scored / known) if known else None,
        agreement=agreement,
        basis=_find_basis(scored, withheld),
        withheld=withheld,
    )
    if withheld:
        return plain
    return _add_index(plain, [claim for claim in judged if not claim.is_disputed])


def score_outcomes(outcomes: Sequence[Outcome]) -> Score:
    """Add up the claims of some files, each once."""
    claims = [claim for outcome in outcomes for claim in claims_of(outcome)]
    return score_claims(claims, topics_of(outcomes))


def topics_of(outcomes: Iterable[Outcome]) -> dict[str, Topic]:
    """Return all topics that were asked about some files, by id."""
    return {name: topic for outcome in outcomes for name, topic in outcome.topics.items()}


def score_topics(claims: Iterable[JudgedClaim], topics: Mapping[str, Topic]) -> dict[str, Score]:
    """Score what each topic judges by itself, by topic id.

    What topics judge differently stays disputed in the score of each.
    """
    judged = merge_claims(claims)
    by_topic: dict[str, list[JudgedClaim]] = {}
    for claim in judged:
        for judgement in claim.judgements:
            by_topic.setdefault(judgement.topic, []).append(claim)
    return {
        name: score_claims(by_topic[name], {name: topics[name]} if name in topics else {})
        for name in sorted(by_topic)
    }


def _find_doubts(scored: int, agreement: Agreement) -> tuple[Withheld, ...]:
    """Return why no number may be given to claims, if so."""
    doubts: list[Withheld] = []
    if scored < FEWEST_SCORED:
        doubts.append("few-scored")
    if agreement.rated_twice < agreement.claims:
        doubts.append("rated-once")
    elif agreement.ordinal is None:
        doubts.append("unmeasured-agreement")
    elif not agreement.is_enough:
        doubts.append("low-agreement")
    return tuple(doubts)


def _find_basis(scored: int, withheld: Sequence[Withheld]) -> Basis:
    if withheld:
        return "none"
    return "few" if scored < ENOUGH_SCORED else "enough"


def _add_index(plain: Score, claims: Sequence[JudgedClaim]) -> Score:
    unverified = sum(claim.weight for claim in claims if claim.verdict == "unverified")
    value, weight = _add_up(claims, SCORED)
    # what no reading can ever count would only widen the interval
    drawn = [claim for claim in claims if not _COUNTING.isdisjoint(_pool(claim))]
    slots = _make_slots(drawn)
    draws = _draw(len(drawn), len(slots))
    readings = {preset: _read(claims, values, slots, draws) for preset, values in PRESETS.items()}
    return evolve(
        plain,
        index=readings["standard"].index,
        bounds=Range(
            low=_round(value / (weight + unverified)),
            high=_round((value + unverified) / (weight + unverified)),
        ),
        interval=readings["standard"].interval,
        presets=readings,
        movers=_find_movers(claims),
    )


def _add_up(claims: Iterable[JudgedClaim], values: Mapping[Verdict, float]) -> tuple[float, int]:
    """Return the sum of weighted values and that of weights of what counts under `values`."""
    value, weight = 0.0, 0
    for claim in claims:
        if claim.verdict is not None and claim.verdict in values:
            value += claim.weight * values[claim.verdict]
            weight += claim.weight
    return value, weight


def _round(share: float) -> float:
    return round(share, DIGITS)


def _find_movers(claims: Sequence[JudgedClaim]) -> tuple[Mover, ...]:
    """Leave each claim out in turn and see what that changes.

    Source: ours, after the usual leave-one-out check for single influential items.
    """
    value, weight = _add_up(claims, SCORED)
    movers = []
    for claim in claims:
        own_value, own_weight = _add_up([claim], SCORED)
        # at least five claims are scored here, so that the rest has a weight, too
        if own_weight:
            without = (value - own_value) / (weight - own_weight)
            movers.append(Mover(claim=claim.name, change=_round(value / weight - without)))
    # by name among equals, so that the order of topics decides nothing
    movers.sort(key=lambda mover: (-abs(mover.change), mover.claim))
    return tuple(mover for mover in movers[:MAX_MOVERS] if mover.change)


# ---------------------------------------------------------------------------- interval

Slot = tuple[int, Verdict]
"""The weight of a claim and one verdict on it."""


def _make_slots(claims: Sequence[JudgedClaim]) -> list[Slot]:
    """Return the verdicts that were ever given, so that each claim has as many slots.

    Drawing among the slots is drawing a claim, then one of its ratings, each as likely.
    """
    pools = [(claim.weight, _pool(claim)) for claim in claims]
    width = lcm(*(len(pool) for _, pool in pools))
    return [
        (weight, verdict)
        for weight, pool in pools
        for verdict in pool
        for _ in range(width // len(pool))
    ]


def _pool(claim: JudgedClaim) -> list[Verdict]:
    """Return the first and the second verdict of each topic on a claim."""
    given: list[Verdict] = []
    for judgement in claim.judgements:
        given += judgement.verdicts
        given += [judgement.second.verdict] if judgement.second else []
    return given


def _read(
    claims: Sequence[JudgedClaim],
    values: Mapping[Verdict, float],
    slots: Sequence[Slot],
    draws: Sequence[Sequence[int]],
) -> PresetScore:
    """Return the index under one preset, and between what it falls over all draws."""
    value, weight = _add_up(claims, values)
    index = _round(value / weight)
    sums = [
        (weight * values[verdict], weight) if verdict in values else (0.0, 0)
        for weight, verdict in slots
    ]
    middle = _find_middle(sums, draws)
    # Where the second reader differs to one side only, the index may lie outside.
    interval = Range(low=min(middle.low, index), high=max(middle.high, index))
    return PresetScore(index=index, interval=interval)


def _draw(claims: int, slots: int) -> list[list[int]]:
    """Return the same random slots for as many claims, on every machine and version.

    Only `Random.random` is promised to repeat across versions, so it alone is used.
    """
    pick = random.Random(SEED).random  # noqa: S311 - a simulation, not a secret
    return [[int(pick() * slots) for _ in range(claims)] for _ in range(RESAMPLES)]


def _find_middle(sums: Sequence[tuple[float, int]], draws: Sequence[Sequence[int]]) -> Range:
    """Return the 2.5th and 97.5th percentile; a draw without a scored claim says nothing.

    Source: percentile bootstrap (Efron & Tibshirani 1993, chapter 13), 95 %, 1,000 draws, seed
    1929; that each draw takes one of a claim's ratings is ours.
    """
    values = [value for value, _ in sums]
    weights = [weight for _, weight in sums]
    indices = []
    for draw in draws:
        weight = sum(map(weights.__getitem__, draw))
        if weight:
            indices.append(sum(map(values.__getitem__, draw)) / weight)
    indices.sort()
    # A fortieth of the draws lies outside on either side.
    cut = len(indices) // 40
    return Range(low=_round(indices[cut]), high=_round(indices[-1 - cut]))
