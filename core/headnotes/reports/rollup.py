"""Many files at once: series, seasons and episodes, and what may be said about their differences.

Nothing is ranked. Two scores differ clearly only where their intervals do not overlap. What is
kept of a file is light: its dialogue and its annotations are not, so that many files need no more
memory than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from headnotes.model import EpisodeId, Outcome, Work
from headnotes.scoring import (
    JudgedClaim,
    Score,
    claims_elsewhere,
    claims_of,
    merge_claims,
    score_claims,
    score_topics,
    topics_of,
)
from headnotes.values import evolve, frozen


@frozen(kw_only=True)
class Member:
    """One file of a series.

    Attributes:
        outcome: without text and cues, scenes, annotations and what has no place.
        claims: of its episodes, and whether it let us find them.
        elsewhere: judged in it, and counted for other episodes.
        cues: how many it has.
    """

    outcome: Outcome
    claims: tuple[JudgedClaim, ...]
    elsewhere: tuple[JudgedClaim, ...]
    cues: int

    @property
    def episode(self) -> EpisodeId | None:
        """The first episode it holds, where known."""
        return self.outcome.episode.id


@frozen(kw_only=True)
class Part:
    """Some files that belong together, and what they add up to.

    Attributes:
        members: in the order of episodes; several files of one episode in the order given.
        score, topics: of all their claims, each once, and the same by topic.
    """

    members: tuple[Member, ...]
    score: Score
    topics: Mapping[str, Score]

    @property
    def elsewhere(self) -> tuple[JudgedClaim, ...]:
        """The claims judged in its files that count for none of them, each once."""
        counted = {claim.key for member in self.members for claim in member.claims}
        judged = merge_claims(claim for member in self.members for claim in member.elsewhere)
        return tuple(claim for claim in judged if claim.key not in counted)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What its files are."""
        return tuple(member.outcome for member in self.members)


@frozen(kw_only=True)
class Season:
    """One season of a work; `number` is `None` for a film, and for files of an unknown episode.

    Attributes:
        episodes: all files of one episode together; each by itself where it is unknown.
    """

    number: int | None
    part: Part
    episodes: tuple[Part, ...]


@frozen(kw_only=True)
class Series:
    """All files of one work; `work` is `None` where none was recognised."""

    work: Work | None
    part: Part
    seasons: tuple[Season, ...]

    @property
    def episodes(self) -> tuple[Part, ...]:
        """The episodes of all seasons."""
        return tuple(episode for season in self.seasons for episode in season.episodes)


def make_member(outcome: Outcome) -> Member:
    """Keep of an outcome what its series needs."""
    track = evolve(outcome.track, cues=(), repairs=(), source="")
    light = evolve(
        outcome,
        track=track,
        scenes=(),
        passages=(),
        annotations=(),
        set_aside=(),
        unplaced=(),
    )
    return Member(
        outcome=light,
        claims=claims_of(outcome),
        elsewhere=claims_elsewhere(outcome),
        cues=len(outcome.track.cues),
    )


def roll_up(members: Iterable[Member]) -> tuple[Series, ...]:
    """Group files by work, season and episode.

    Returns:
        Works in the order they first come up, those that are not recognised last.
    """
    by_work: dict[str | None, list[Member]] = {}
    for member in members:
        by_work.setdefault(member.outcome.episode.work, []).append(member)
    # Sorting is stable: works keep the order of their first file.
    ordered = sorted(by_work, key=lambda work: work is None)
    return tuple(_make_series(by_work[work]) for work in ordered)


def _make_series(members: list[Member]) -> Series:
    ordered = sorted(members, key=_place_of)
    seasons: dict[int | None, list[Member]] = {}
    for member in ordered:
        season = member.episode.season if member.episode else None
        seasons.setdefault(season, []).append(member)
    return Series(
        work=members[0].outcome.work,
        part=make_part(ordered),
        seasons=tuple(_make_season(number, group) for number, group in seasons.items()),
    )


def _make_season(number: int | None, members: list[Member]) -> Season:
    episodes: dict[object, list[Member]] = {}
    for place, member in enumerate(members):
        known = member.outcome.episode.is_film or member.episode
        # nothing tells whether two files of unknown episodes are of one
        episodes.setdefault(known or place, []).append(member)
    parts = tuple(make_part(group) for group in episodes.values())
    return Season(number=number, part=make_part(members), episodes=parts)


def make_part(members: Sequence[Member]) -> Part:
    """Add up some files: a claim of a work counts once, found where any of them has it."""
    claims = [claim for member in members for claim in member.claims]
    topics = topics_of(member.outcome for member in members)
    return Part(
        members=tuple(members),
        score=score_claims(claims, topics),
        topics=score_topics(claims, topics),
    )


def _place_of(member: Member) -> tuple[bool, int, int]:
    episode = member.episode
    return (episode is None, episode.season if episode else 0, episode.number if episode else 0)


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
