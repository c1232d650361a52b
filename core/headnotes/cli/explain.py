"""`headnotes explain`: why notes stand where they stand, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from headnotes.anchoring import THRESHOLD, Attempt, Dialogue, describe_loss, describe_shortfall
from headnotes.cli.inputs import PATH
from headnotes.cli.options import Reading, pick, recognising_options
from headnotes.cli.session import Session
from headnotes.engine import Examination
from headnotes.issues import Issue, UsageError, near_name
from headnotes.model import Annotation, Moment, Note, Outcome, Topic
from headnotes.text import printable
from headnotes.times import format_clock


@click.command(
    "explain",
    epilog="Example: headnotes explain S01E04.en.srt women-on-the-balcony",
)
@click.argument("track", type=PATH)
@click.argument("note", required=False)
@recognising_options
@click.option("--format", "form", type=click.Choice(("terminal", "json")), default="terminal")
def command(track: Path, note: str | None, form: str, **chosen: Any) -> int:  # noqa: ANN401
    """Explain for each note of a track, or for one NOTE, what was found and what was missing."""
    session = Session(pick(Reading, {**chosen, "paths": (track,)}))
    wanted = _find_notes(session.registry.topics, note)
    told: list[dict[str, Any]] = []
    for _, outcome in session.outcomes():
        dialogue = session.engine.listen(outcome.track)
        examined = session.engine.examine(dialogue, outcome.episode, wanted)
        if note is None:
            examined = tuple(one for one in examined if _is_worth_telling(one, outcome))
        if form == "json":
            told += [_describe(one, outcome, dialogue) for one in examined]
        else:
            _print(outcome, examined, dialogue)
    if form == "json":
        from headnotes.reports import write_json

        click.echo(write_json(told, indent=2))
    return session.status


def _find_notes(topics: dict[str, Topic], name: str | None) -> dict[str, tuple[Note, ...]]:
    """Give the notes of all topics, or those of one name, `note` or `topic/note`."""
    if name is None:
        return {topic.id: topic.notes for topic in topics.values()}
    found = {
        topic.id: tuple(one for one in topic.notes if name in (one.id, f"{topic.id}/{one.id}"))
        for topic in topics.values()
    }
    found = {topic: notes for topic, notes in found.items() if notes}
    if not found:
        known = [note.id for topic in topics.values() for note in topic.notes]
        mend = f"{near_name(name, known)}`headnotes topics TOPIC` lists a topic's notes"
        raise UsageError(
            Issue(path="note", code="unknown-note", message=f"unknown {name!r}", hint=mend)
        )
    return found


def _is_worth_telling(one: Examination, outcome: Outcome) -> bool:
    """Leave out, where all notes are told, those that nothing in this track speaks for."""
    if _annotations_of(one, outcome) or one.expectation == "expected":
        return True
    return one.attempt is not None and one.attempt.has_all_terms


def _annotations_of(one: Examination, outcome: Outcome) -> list[Annotation]:
    return [
        annotation
        for annotation in outcome.annotations
        if (annotation.topic, annotation.note.id) == (one.topic, one.note.id)
    ]


# ------------------------------------------------------------------------------ in words


def _print(outcome: Outcome, examined: tuple[Examination, ...], dialogue: Dialogue) -> None:
    click.echo(printable(say_recognised(outcome)))
    for one in examined:
        click.echo()
        for line in _tell(one, outcome, dialogue):
            click.echo(printable(line))


def say_recognised(outcome: Outcome) -> str:
    """Say in a line what a track was taken for."""
    episode = outcome.episode
    known = (
        f"{episode.work} {episode.id or '(episode unknown)'}, by {episode.how}"
        if episode.work
        else "no known work recognised"
    )
    return f"{outcome.track.name}: {known}; {len(outcome.track.cues)} cues"


def _tell(one: Examination, outcome: Outcome, dialogue: Dialogue) -> Iterator[str]:
    name = f"{one.topic}/{one.note.id}"
    placed = _annotations_of(one, outcome)
    for annotation in placed:
        yield f"{name}: placed at {say_place(annotation.moment)}"
        for found in annotation.moment.evidence:
            yield f"    heard {found.text!r} in cue {found.cue}, for {found.term}"
    if placed:
        strength = placed[0].moment.strength
        yield f"    strength {strength:.2f}, {THRESHOLD:.2f} wanted; {say_expectation(one)}"
        return
    yield f"{name}: not placed; {say_expectation(one)}"
    if not one.admitted:
        yield "    its work was not recognised in this track; --work says it by hand"
    if one.attempt is None:
        yield f"    {say_nothing_heard(one.note)}"
        return
    nearest = "would stand here" if one.attempt.is_moment else "nearest miss"
    tell = describe_loss if one.admitted else describe_shortfall
    yield f"    {nearest}: {tell(one.attempt, dialogue)}"


def say_nothing_heard(note: Note) -> str:
    """Say why there is not even an attempt to place a note."""
    if note.anchors or note.depictions:
        return "none of its words is spoken"
    return "its plugin's code found no place"


def say_expectation(one: Examination) -> str:
    """Say how a note stands to the episode."""
    episodes = ", ".join(one.note.episodes)
    return {
        "expected": "expected in this episode",
        "elsewhere": f"expected in {episodes}, so it wants more evidence here",
        "unknown": f"expected in {episodes}; the episode is unknown"
        if episodes
        else "expected in no episode in particular",
    }[one.expectation]


def say_place(moment: Moment) -> str:
    """Say where a moment is, by clock and cues."""
    cues = f"cue {moment.first_cue}"
    if moment.last_cue != moment.first_cue:
        cues = f"cues {moment.first_cue} to {moment.last_cue}"
    return f"{format_clock(moment.start_ms)} ({cues})"


# ------------------------------------------------------------------------------- as data


def _describe(one: Examination, outcome: Outcome, dialogue: Dialogue) -> dict[str, Any]:
    return {
        "file": outcome.track.name,
        "topic": one.topic,
        "note": one.note.id,
        "admitted": one.admitted,
        "expectation": one.expectation,
        "placed": [
            {
                "start_ms": annotation.moment.start_ms,
                "end_ms": annotation.moment.end_ms,
                "first_cue": annotation.moment.first_cue,
                "last_cue": annotation.moment.last_cue,
                "strength": annotation.moment.strength,
            }
            for annotation in _annotations_of(one, outcome)
        ],
        "threshold": THRESHOLD,
        "attempt": _describe_attempt(one.attempt, dialogue) if one.attempt else None,
    }


def _describe_attempt(attempt: Attempt, dialogue: Dialogue) -> dict[str, Any]:
    cues = dialogue.words.cues
    blocker = attempt.blocked_by
    return {
        "found": [
            {
                "cue": cues[one.cue].number,
                "start_ms": one.at_ms,
                "term": one.term,
                "text": dialogue.quote(one),
                "told": round(one.told, 3),
            }
            for one in attempt.found
        ],
        "missing": list(attempt.missing),
        "lacking": attempt.lacking,
        "too_wide_by_s": attempt.too_wide_by_s,
        "blocked_by": {"cue": cues[blocker.cue].number, "text": dialogue.quote(blocker)}
        if blocker
        else None,
        "strength": attempt.strength,
        "is_moment": attempt.is_moment,
        "in_words": describe_shortfall(attempt, dialogue),
    }
