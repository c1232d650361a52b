"""What a report says about a track before it says anything about its notes.

Also which notes tell too much for that episode. Plain text: whoever shows it escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.model import Language, Outcome
from headnotes.reports.wording import Words, choose_local
from headnotes.scheduling import select
from headnotes.times import format_clock


def title_work(outcome: Outcome, words: Words, language: Language) -> str:
    """Give the title of the recognised work, its id where it has none, or that there is none."""
    if outcome.work is None:
        return outcome.episode.work or words.say("unknown_work")
    return choose_local(outcome.work.title, language) or outcome.work.id


def name_episode(outcome: Outcome, words: Words, language: Language) -> str:
    """Give the episode's id and title; a file that holds several names them all."""
    episode = outcome.episode
    if episode.id is None:
        return words.say("unknown_episode")
    known = {one.id: one.title for one in outcome.work.episodes} if outcome.work else {}
    title = choose_local(known.get(episode.id, {}), language)
    ids = " + ".join(episode.ids or (episode.id,))
    return f"{ids} {words.say('quoted', text=title)}" if title else ids


def head_episode(outcome: Outcome, words: Words, language: Language) -> str:
    """Give episode, length, dialogue language, size and file in one line."""
    track = outcome.track
    parts = (
        name_episode(outcome, words, language),
        format_clock(track.duration_ms),
        words.name_language(track.language),
        words.count("cues", len(track.cues)),
        track.name,
    )
    return " · ".join(part for part in parts if part)


def label_outcomes(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Give each outcome a short name of its own: its episode, or its file where that says more."""
    ids = [outcome.episode.id for outcome in outcomes]
    return tuple(
        one.episode.id if one.episode.id and ids.count(one.episode.id) == 1 else one.track.name
        for one in outcomes
    )


def find_spoilers(outcome: Outcome) -> frozenset[tuple[str, str]]:
    """Give topic and note ids of what tells of a later episode; if this one is unknown, of any."""
    kept_back = select(outcome.annotations, episode=outcome.episode).kept_back
    return frozenset((one.annotation.topic, one.annotation.note.id) for one in kept_back)
