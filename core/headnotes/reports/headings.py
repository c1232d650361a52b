"""What a report says about a track before it says anything about its notes.

Also which notes tell too much for that episode. Plain text: whoever shows it escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.languages.messages import Words, choose_local
from headnotes.model import Language, Outcome
from headnotes.scheduling import select
from headnotes.times import format_clock


def title_work(outcome: Outcome, words: Words, language: Language) -> str:
    """Give the title of the recognised work, its id where it has none, or that there is none."""
    if outcome.work is None:
        return outcome.episode.work or words.say("unknown_work")
    return choose_local(outcome.work.title, language) or outcome.work.id


def title_episode(outcome: Outcome, words: Words, language: Language) -> str:
    """Give the episode's title in quotes; empty where it is unknown or has none."""
    known = {one.id: one.title for one in outcome.work.episodes} if outcome.work else {}
    episode = outcome.episode.id
    title = choose_local(known.get(episode, {}), language) if episode else ""
    return words.say("quoted", text=title) if title else ""


def name_episode(outcome: Outcome, words: Words, language: Language) -> str:
    """Give the episode's id and title; a file that holds several names them all."""
    episode = outcome.episode
    if episode.id is None:
        return words.say("unknown_episode")
    ids = " + ".join(map(str, episode.ids))
    return f"{ids} {title_episode(outcome, words, language)}".rstrip()


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


def label_outcomes(outcomes: Sequence[Outcome], words: Words) -> tuple[str, ...]:
    """Give each outcome a short name of its own: its episode, with what tells it apart.

    That is the dialogue's language or, where that is not enough, the file's name.
    """
    ids = [outcome.episode.id for outcome in outcomes]
    tongues = [(outcome.episode.id, outcome.track.language) for outcome in outcomes]
    labels = []
    for one in outcomes:
        episode, language = one.episode.id, one.track.language
        if episode is None:
            labels.append(one.track.name)
        elif ids.count(episode) == 1:
            labels.append(str(episode))
        else:
            is_alone = language and tongues.count((episode, language)) == 1
            apart = words.name_language(language) if is_alone else one.track.name
            labels.append(f"{episode} ({apart})")
    return tuple(labels)


def find_spoilers(outcome: Outcome) -> frozenset[tuple[str, str]]:
    """Give topic and note ids of what tells of a later episode; if this one is unknown, of any."""
    kept_back = select(outcome.annotations, episode=outcome.episode).kept_back
    return frozenset((one.annotation.topic, one.annotation.note.id) for one in kept_back)
