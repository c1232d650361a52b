"""What the verdicts of one file, or of many, add up to, and how far that can be trusted.

Everything here is pure: ratings in, a `Score` out, the same every time. Ratings come from
outcomes through `rate_outcomes`; how a score is worded or drawn is decided in `reports`.

Source: the project's rating model. Levels after Information is Beautiful, "Based on a True True
Story?"; the middle rule after Lim 2018; what is a rule of our own is called ours below.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

from attrs import evolve, frozen

from headnotes.model import Annotation, Outcome, Scene, Verdict

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""All verdicts, the scored ones first and from right to wrong."""

SCORED: Mapping[Verdict, float] = {
    "accurate": 1.0,
    "mostly-accurate": 2 / 3,
    "mostly-inaccurate": 1 / 3,
    "inaccurate": 0.0,
}

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

Basis = Literal["none", "few", "enough"]
FEWEST_SCORED = 5
"""Below this many scored notes no number is given. Source: ours."""
ENOUGH_SCORED = 10
"""Below this many scored notes the number is called "few". Source: ours."""
FEWEST_SCENES = 3
"""Scenes with a scored note that an interval needs at least. Source: ours."""
RESAMPLES = 1_000
SEED = 1929
MAX_MOVERS = 5
DIGITS = 4
"""Figures are rounded to so many digits, so that equal input gives equal bytes."""

SceneKey = tuple[int, int]
"""Which file, and which scene in it: what is resampled as a whole."""


@frozen(kw_only=True)
class CountedNote:
    """One note as it counts: once per work, where it is placed first.

    Attributes:
        topic, note: their ids.
        verdict: `None` for a context note.
        weight: 1 prop, 2 scene, 3 plot-level claim.
        scene: number of the file and of the scene in it.
    """

    topic: str
    note: str
    verdict: Verdict | None
    weight: int
    scene: SceneKey


@frozen(kw_only=True)
class Range:
    """Two shares of one, the lower first."""

    low: float
    high: float


@frozen(kw_only=True)
class PresetScore:
    """The index under one preset, with its interval where there are scenes enough for one."""

    index: float
    interval: Range | None


@frozen(kw_only=True)
class Mover:
    """A note, and by how much the index is higher because of it (lower, where negative)."""

    topic: str
    note: str
    change: float


@frozen(kw_only=True)
class Score:
    """What the ratings add up to; shares run from 0 to 1.

    Attributes:
        counts: notes per verdict, all six of them.
        context: notes that judge nothing.
        scored: notes with one of the four scored verdicts.
        scenes: scenes these stand in.
        coverage: scored / (scored + unverified); `None` where both are 0.
        basis: whether the scored notes are too few for a number, few, or enough.
        index: sum of weight times value over sum of weights, scored notes only.
        bounds: the index with everything unverified at 0, and at 1.
        interval: 95 % of the index over resampled scenes.
        presets: the same under the strict, standard and lenient reading.
        movers: the notes that move the index most, the strongest first.
    """

    counts: Mapping[Verdict, int]
    context: int
    scored: int
    scenes: int
    coverage: float | None
    basis: Basis
    index: float | None = None
    bounds: Range | None = None
    interval: Range | None = None
    presets: Mapping[Preset, PresetScore] | None = None
    movers: tuple[Mover, ...] = ()


def rate_outcomes(outcomes: Iterable[Outcome]) -> tuple[CountedNote, ...]:
    """Turn annotations into ratings: each note of a work once, where it is placed first.

    A note that comes back in a later scene, episode or second file of the same episode is one
    claim about the work, so it counts once.
    """
    ratings: dict[tuple[str | None, str, str], CountedNote] = {}
    for number, outcome in enumerate(outcomes):
        starts = [scene.start_ms for scene in outcome.scenes]
        for annotation in outcome.annotations:
            key = (outcome.episode.work, annotation.topic, annotation.note.id)
            if key not in ratings:
                scene = _find_scene(annotation, starts, outcome.scenes)
                ratings[key] = _rate(annotation, (number, scene))
    return tuple(ratings.values())


def _rate(annotation: Annotation, scene: SceneKey) -> CountedNote:
    note = annotation.note
    return CountedNote(
        topic=annotation.topic,
        note=note.id,
        verdict=note.verdict,
        weight=note.weight,
        scene=scene,
    )


def _find_scene(annotation: Annotation, starts: Sequence[int], scenes: Sequence[Scene]) -> int:
    place = bisect_right(starts, annotation.moment.start_ms)
    return scenes[max(place - 1, 0)].number if scenes else 0


def score_ratings(ratings: Iterable[CountedNote]) -> Score:
    """Add up ratings of any number of files.

    Below five scored notes there is no index, and nothing that rests on it.

    Source: ours. A weighted mean over scored notes only, never shown without what stands beside
    it; thresholds five and ten.
    """
    rated = tuple(ratings)
    verdicts = [rating.verdict for rating in rated]
    counts = {verdict: verdicts.count(verdict) for verdict in VERDICTS}
    scored = tuple(rating for rating in rated if rating.verdict in SCORED)
    known = len(scored) + counts["unverified"]
    plain = Score(
        counts=counts,
        context=verdicts.count(None),
        scored=len(scored),
        scenes=len({rating.scene for rating in scored}),
        coverage=_round(len(scored) / known) if known else None,
        basis=_find_basis(len(scored)),
    )
    return plain if plain.basis == "none" else _add_index(plain, rated, scored)


def score_topics(ratings: Iterable[CountedNote]) -> dict[str, Score]:
    """Score each topic by itself, by topic id."""
    topics: dict[str, list[CountedNote]] = {}
    for rating in ratings:
        topics.setdefault(rating.topic, []).append(rating)
    return {topic: score_ratings(topics[topic]) for topic in sorted(topics)}


def _add_index(plain: Score, rated: Sequence[CountedNote], scored: Sequence[CountedNote]) -> Score:
    unverified = sum(rating.weight for rating in rated if rating.verdict == "unverified")
    value, weight = _add_up(scored, SCORED)
    intervals = _resample(rated)
    readings = {
        preset: PresetScore(index=_index(*_add_up(rated, values)), interval=intervals.get(preset))
        for preset, values in PRESETS.items()
    }
    return evolve(
        plain,
        index=readings["standard"].index,
        bounds=Range(
            low=_index(value, weight + unverified),
            high=_index(value + unverified, weight + unverified),
        ),
        interval=readings["standard"].interval,
        presets=readings,
        movers=_find_movers(scored),
    )


def _find_basis(scored: int) -> Basis:
    if scored < FEWEST_SCORED:
        return "none"
    return "few" if scored < ENOUGH_SCORED else "enough"


def _add_up(ratings: Iterable[CountedNote], values: Mapping[Verdict, float]) -> tuple[float, int]:
    """Return the sum of weighted values and that of weights of what counts under `values`."""
    value, weight = 0.0, 0
    for rating in ratings:
        if rating.verdict is not None and rating.verdict in values:
            value += rating.weight * values[rating.verdict]
            weight += rating.weight
    return value, weight


def _index(value: float, weight: float) -> float:
    return _round(value / weight)


def _round(share: float) -> float:
    return round(share, DIGITS)


def _find_movers(scored: Sequence[CountedNote]) -> tuple[Mover, ...]:
    """Leave each note out in turn and see what that changes.

    Source: ours, after the usual leave-one-out check for single influential items.
    """
    value, weight = _add_up(scored, SCORED)
    movers = []
    for rating in scored:
        own_value, own_weight = _add_up([rating], SCORED)
        without = (value - own_value) / (weight - own_weight)
        change = _round(value / weight - without)
        movers.append(Mover(topic=rating.topic, note=rating.note, change=change))
    movers.sort(key=lambda mover: (-abs(mover.change), mover.topic, mover.note))
    return tuple(mover for mover in movers[:MAX_MOVERS] if mover.change)


def _resample(rated: Sequence[CountedNote]) -> dict[Preset, Range]:
    """Draw as many scenes as there are, with replacement, and see where the index falls.

    Notes of one scene stand or fall together, so scenes are drawn, not notes. All presets share
    the draws. Empty where fewer than three scenes have a scored note.

    Source: percentile bootstrap over clusters (Efron & Tibshirani 1993, chapters 8 and 13), 95 %,
    1,000 draws, seed 1929.
    """
    scenes: dict[SceneKey, list[CountedNote]] = {}
    for rating in rated:
        if rating.verdict in PRESETS["strict"]:
            scenes.setdefault(rating.scene, []).append(rating)
    groups = list(scenes.values())
    with_scored = sum(any(rating.verdict in SCORED for rating in group) for group in groups)
    if with_scored < FEWEST_SCENES:
        return {}
    draws = _draw(len(groups))
    return {
        preset: _find_middle([_add_up(group, values) for group in groups], draws)
        for preset, values in PRESETS.items()
    }


def _draw(count: int) -> list[list[int]]:
    """Return the same random picks for the same count, on every machine and version.

    Only `Random.random` is promised to repeat across versions, so it alone is used.
    """
    pick = random.Random(SEED).random  # noqa: S311 - a simulation, not a secret
    return [[int(pick() * count) for _ in range(count)] for _ in range(RESAMPLES)]


def _find_middle(sums: Sequence[tuple[float, int]], draws: Sequence[Sequence[int]]) -> Range:
    """Return the 2.5th and 97.5th percentile; a draw without a scored note says nothing."""
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
