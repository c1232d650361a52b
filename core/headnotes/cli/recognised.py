"""What a track was taken for, in words: its work, its episodes, by what, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from headnotes.cli.session import SAY_WORK
from headnotes.languages import (
    Messages,
    describe_reason,
    describe_reasons,
    describe_remedy,
)
from headnotes.model import Episode, EpisodeId, Outcome, Passage, Reason
from headnotes.recognition import DOUBTS, doubts_of
from headnotes.times import format_clock
from headnotes.values import NamedTuple

_OF_EPISODE = frozenset({"episode-named", "episode-counted", "episode-asked", "scenes"})

_MOST_LIKELY = 3
"""Of episodes that a track may be, so many are listed: where only a season is known, all of it."""

_LEAST_LIKELY = 0.05
"""Less likely ones are not listed: where nothing tells them apart, each has its few hundredths."""


class EpisodePart(NamedTuple):
    """What plays of one of the episodes in a file, and of no other.

    Attributes:
        episode: that the file holds.
        start_ms, end_ms: of the first and of the last of its passages; `None` where there is none.
    """

    episode: EpisodeId
    start_ms: int | None
    end_ms: int | None


def reasons_of_work(episode: Episode) -> tuple[Reason, ...]:
    """Return what the work of a track was recognised by."""
    others = _OF_EPISODE | DOUBTS
    return tuple(reason for reason in episode.recognised_by if reason.code not in others)


def reasons_of_episode(episode: Episode) -> tuple[Reason, ...]:
    """Return what the episode of a track was recognised by; a name that was outweighed is none."""
    if any(reason.code == "episode-contradicted" for reason in episode.recognised_by):
        return (Reason("scenes"),)
    return tuple(reason for reason in episode.recognised_by if reason.code in _OF_EPISODE)


def describe_recognised(outcome: Outcome, messages: Messages) -> Iterator[str]:
    """Yield lines that say what a track was taken for, and what speaks for and against it."""
    episode, name = outcome.episode, outcome.track.name
    cues = messages.plural("cues", len(outcome.track.cues))
    if episode.work is None:
        yield messages.text("explain.unrecognised", track=name, cues=cues)
    else:
        recognised = ", ".join(_describe_names(episode, messages))
        yield messages.text("explain.recognised", track=name, recognised=recognised, cues=cues)
    for doubts in doubts_of(episode):
        remedy = describe_remedy(doubts[0], messages)
        yield f"    {describe_reasons(doubts, messages)}; {remedy}"
    if len(episode.ids) > 1:
        parts = ", ".join(_describe_part(part, messages) for part in find_parts(outcome))
        yield f"    {messages.text('explain.parts', parts=parts)}"
    elif likeliest := [item for item in episode.posterior.items() if item[1] >= _LEAST_LIKELY]:
        likely = (f"{known} {messages.percent(share)}" for known, share in likeliest[:_MOST_LIKELY])
        yield f"    {messages.text('explain.likely', episodes=', '.join(likely))}"
    if outcome.recap is not None:
        end, time = outcome.recap.last_cue, format_clock(outcome.recap.end_ms)
        yield f"    {messages.text('explain.recap', cue=end, time=time)}"


def _describe_names(episode: Episode, messages: Messages) -> Iterator[str]:
    """Yield the work and its episodes, each with what it was recognised by."""
    work = f"{episode.work} ({messages.text('film')})" if episode.is_film else str(episode.work)
    yield _describe_name(work, reasons_of_work(episode), messages)
    if episode.ids:
        ids = " + ".join(map(str, episode.ids))
        yield _describe_name(ids, reasons_of_episode(episode), messages)
    elif not episode.is_film:
        yield messages.text("unknown_episode")


def _describe_name(name: str, reasons: Sequence[Reason], messages: Messages) -> str:
    by = " + ".join(describe_reason(reason, messages) for reason in reasons)
    return messages.text("explain.by", name=name, reasons=by) if by else name


def describe_track(outcome: Outcome, messages: Messages, *, is_whole: bool) -> str:
    """Return the name of a track with the episode it was taken for, and by what.

    Args:
        outcome: of the track.
        messages: in which to say it.
        is_whole: add the work, too, where that is as said.
    """
    episode = outcome.episode
    work, *ids = _describe_names(episode, messages)
    is_said = any(reason.code in SAY_WORK for reason in episode.recognised_by)
    shown = ids if is_said and not is_whole else [work, *ids]
    return f"{outcome.track.name} ({', '.join(shown)})" if shown else outcome.track.name


def find_parts(outcome: Outcome) -> tuple[EpisodePart, ...]:
    """Return from when to when each episode of a file plays, by what no other of them shows."""
    ids = outcome.episode.ids
    depictions = outcome.work.depictions if outcome.work else ()
    meant = {shown.id: set(ids).intersection(shown.episodes) for shown in depictions}
    return tuple(
        _make_part(
            name, [played for played in outcome.passages if meant.get(played.depiction) == {name}]
        )
        for name in ids
    )


def _make_part(episode: EpisodeId, passages: Sequence[Passage]) -> EpisodePart:
    start_ms = min((passage.start_ms for passage in passages), default=None)
    end_ms = max((passage.end_ms for passage in passages), default=None)
    return EpisodePart(episode, start_ms, end_ms)


def _describe_part(part: EpisodePart, messages: Messages) -> str:
    """Return an episode and from when to when it plays, or that nothing of it was found."""
    if part.start_ms is None or part.end_ms is None:
        return messages.text("explain.no_part", episode=part.episode)
    start, end = format_clock(part.start_ms), format_clock(part.end_ms)
    span = messages.text("explain.span", start=start, end=end)
    return f"{part.episode} {span}"
