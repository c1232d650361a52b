"""Many outcomes at once: series and seasons, and what may be said about their differences.

Nothing is ranked. Two scores differ clearly only where their intervals do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from headnotes.model import Outcome, Work
from headnotes.scoring import Score, claims_of, score_outcomes, score_topics, topics_of


@frozen(kw_only=True)
class Part:
    """Some outcomes that belong together, and what they add up to.

    Attributes:
        outcomes: by episode; several files of one episode in the order given.
        score, topics: of all their claims, each once, and the same by topic.
        scores: of each outcome by itself, in the same order.
    """

    outcomes: tuple[Outcome, ...]
    score: Score
    topics: Mapping[str, Score]
    scores: tuple[Score, ...]


@frozen(kw_only=True)
class Season:
    """One season of a work; `number` is `None` for files of an unknown episode."""

    number: int | None
    part: Part


@frozen(kw_only=True)
class Series:
    """All outcomes of one work; `work` is `None` where none was recognised."""

    work: Work | None
    part: Part
    seasons: tuple[Season, ...]


def roll_up(outcomes: Iterable[Outcome]) -> tuple[Series, ...]:
    """Group outcomes by work and season.

    Returns:
        Works in the order they first come up, those that are not recognised last.
    """
    by_work: dict[str | None, list[Outcome]] = {}
    for outcome in outcomes:
        by_work.setdefault(outcome.episode.work, []).append(outcome)
    # Sorting is stable: works keep the order of their first file.
    ordered = sorted(by_work, key=lambda work: work is None)
    return tuple(_make_series(by_work[work]) for work in ordered)


def _make_series(outcomes: list[Outcome]) -> Series:
    seasons: dict[int | None, list[Outcome]] = {}
    for outcome in sorted(outcomes, key=_place_of):
        season, _ = find_place(outcome)
        seasons.setdefault(season, []).append(outcome)
    return Series(
        work=outcomes[0].work,
        part=make_part([outcome for group in seasons.values() for outcome in group]),
        seasons=tuple(
            Season(number=number, part=make_part(group)) for number, group in seasons.items()
        ),
    )


def make_part(outcomes: Sequence[Outcome]) -> Part:
    """Add up some outcomes, together and each by itself."""
    claims = [claim for outcome in outcomes for claim in claims_of(outcome)]
    return Part(
        outcomes=tuple(outcomes),
        score=score_outcomes(outcomes),
        topics=score_topics(claims, topics_of(outcomes)),
        scores=tuple(score_outcomes([outcome]) for outcome in outcomes),
    )


def find_place(outcome: Outcome) -> tuple[int | None, int | None]:
    """Return season and number of an outcome's episode; both `None` where it is unknown."""
    episode = outcome.episode.id
    return (episode.season, episode.number) if episode else (None, None)


def _place_of(outcome: Outcome) -> tuple[bool, int, int]:
    season, number = find_place(outcome)
    return (season is None, season or 0, number or 0)


def find_clear_differences(scores: Sequence[Score]) -> list[tuple[int, tuple[int, ...]]]:
    """Find which scores lie clearly above which others.

    Returns:
        Places of a score and of those whose interval ends below its interval's start; only
        where there are any, in the order given, which is no ranking.

    Source: ours, after the rule not to rank what overlaps; more cautious than a test of each pair.
    """
    found = []
    for place, score in enumerate(scores):
        if score.interval is None:
            continue
        start = score.interval.low
        below = tuple(
            other
            for other, lower in enumerate(scores)
            if lower.interval and lower.interval.high < start
        )
        if below:
            found.append((place, below))
    return found
