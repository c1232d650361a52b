"""`headnotes explain`: why notes stand where they stand, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from headnotes.anchoring import (
    THRESHOLD,
    Candidate,
    IndexedTrack,
    explain_candidate,
    explain_loss,
)
from headnotes.cli.inputs import PATH
from headnotes.cli.options import Reading, pick, recognising_options
from headnotes.cli.session import Session
from headnotes.engine import Examination
from headnotes.issues import Issue, UsageError, near_name
from headnotes.languages import FALLBACK, describe_reasons, load_messages
from headnotes.model import Annotation, Moment, Note, Outcome, Reason, Topic
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
    described: list[dict[str, Any]] = []
    for _, outcome in session.outcomes():
        indexed = session.engine.index(outcome.track)
        examined = session.engine.examine(indexed, outcome.episode, wanted)
        if note is None:
            examined = tuple(exam for exam in examined if _is_of_interest(exam, outcome))
        if form == "json":
            described += [_describe(exam, outcome, indexed) for exam in examined]
        else:
            _print(outcome, examined, indexed)
    if form == "json":
        from headnotes.reports import write_json

        click.echo(write_json(described, indent=2))
    return session.status


def _find_notes(topics: dict[str, Topic], name: str | None) -> dict[str, tuple[Note, ...]]:
    """Return the notes of all topics, or those of one name, `note` or `topic/note`."""
    if name is None:
        return {topic.id: topic.notes for topic in topics.values()}
    found = {
        topic.id: tuple(note for note in topic.notes if name in (note.id, f"{topic.id}/{note.id}"))
        for topic in topics.values()
    }
    found = {topic: notes for topic, notes in found.items() if notes}
    if not found:
        known = [note.id for topic in topics.values() for note in topic.notes]
        hint = f"{near_name(name, known)}`headnotes topics TOPIC` lists a topic's notes"
        raise UsageError(
            Issue(path="note", code="unknown-note", message=f"unknown {name!r}", hint=hint)
        )
    return found


def _is_of_interest(exam: Examination, outcome: Outcome) -> bool:
    """Leave out, where all notes are explained, those that nothing in this track speaks for."""
    if _annotations_of(exam, outcome) or exam.expectation == "expected":
        return True
    return exam.candidate is not None and exam.candidate.has_all_terms


def _annotations_of(exam: Examination, outcome: Outcome) -> list[Annotation]:
    return [
        annotation
        for annotation in outcome.annotations
        if (annotation.topic, annotation.note.id) == (exam.topic, exam.note.id)
    ]


# ------------------------------------------------------------------------------ in words


def _print(outcome: Outcome, examined: tuple[Examination, ...], track: IndexedTrack) -> None:
    click.echo(printable(describe_recognised(outcome)))
    for exam in examined:
        click.echo()
        for line in _explain(exam, outcome, track):
            click.echo(printable(line))


def write_reasons(reasons: tuple[Reason, ...]) -> str:
    """Write reasons in the language of the command line."""
    return describe_reasons(reasons, load_messages(FALLBACK))


def describe_recognised(outcome: Outcome) -> str:
    """Describe in a line what a track was taken for."""
    episode = outcome.episode
    known = (
        f"{episode.work} {episode.id or '(episode unknown)'}, "
        f"by {write_reasons(episode.recognised_by)}"
        if episode.work
        else "no known work recognised"
    )
    return f"{outcome.track.name}: {known}; {len(outcome.track.cues)} cues"


def _explain(exam: Examination, outcome: Outcome, track: IndexedTrack) -> Iterator[str]:
    name = f"{exam.topic}/{exam.note.id}"
    placed = _annotations_of(exam, outcome)
    for annotation in placed:
        yield f"{name}: placed at {describe_place(annotation.moment)}"
        for found in annotation.moment.evidence:
            yield f"    heard {found.text!r} in cue {found.cue}, for {found.term}"
    if placed:
        strength = placed[0].moment.strength
        yield f"    strength {strength:.2f}, {THRESHOLD:.2f} wanted; {describe_expectation(exam)}"
        return
    yield f"{name}: not placed; {describe_expectation(exam)}"
    if not exam.admitted:
        yield f"    {NOT_ADMITTED}"
    if exam.candidate is None:
        yield f"    {write_reasons(exam.reasons)}"
        return
    nearest = "would stand here" if exam.candidate.is_moment else "nearest miss"
    explain = explain_loss if exam.admitted else explain_candidate
    yield f"    {nearest}: {write_reasons(explain(exam.candidate, track))}"


NOT_ADMITTED = "its work was not recognised in this track; --work says it by hand"


def describe_expectation(exam: Examination) -> str:
    """Describe how a note stands to the episode."""
    episodes = ", ".join(map(str, exam.note.episodes))
    return {
        "expected": "expected in this episode",
        "elsewhere": f"expected in {episodes}, so it wants more evidence here",
        "unknown": f"expected in {episodes}; the episode is unknown"
        if episodes
        else "expected in no episode in particular",
    }[exam.expectation]


def describe_place(moment: Moment) -> str:
    """Describe where a moment is, by clock and cues."""
    cues = f"cue {moment.first_cue}"
    if moment.last_cue != moment.first_cue:
        cues = f"cues {moment.first_cue} to {moment.last_cue}"
    return f"{format_clock(moment.start_ms)} ({cues})"


# ------------------------------------------------------------------------------- as data


def _describe(exam: Examination, outcome: Outcome, track: IndexedTrack) -> dict[str, Any]:
    return {
        "file": outcome.track.name,
        "topic": exam.topic,
        "note": exam.note.id,
        "admitted": exam.admitted,
        "expectation": exam.expectation,
        "placed": [
            {
                "start_ms": annotation.moment.start_ms,
                "end_ms": annotation.moment.end_ms,
                "first_cue": annotation.moment.first_cue,
                "last_cue": annotation.moment.last_cue,
                "strength": annotation.moment.strength,
            }
            for annotation in _annotations_of(exam, outcome)
        ],
        "threshold": THRESHOLD,
        "attempt": _describe_candidate(exam.candidate, track) if exam.candidate else None,
    }


def _describe_candidate(candidate: Candidate, track: IndexedTrack) -> dict[str, Any]:
    cues = track.tokens.cues
    forbidden = candidate.forbidden_by
    return {
        "found": [
            {
                "cue": cues[occurrence.cue].number,
                "start_ms": occurrence.at_ms,
                "term": occurrence.term,
                "text": track.quote(occurrence),
                "told": round(occurrence.information, 3),
            }
            for occurrence in candidate.found
        ],
        "missing": list(candidate.missing),
        "lacking": candidate.lacking,
        "too_wide_by_s": candidate.too_wide_by_s,
        "blocked_by": {"cue": cues[forbidden.cue].number, "text": track.quote(forbidden)}
        if forbidden
        else None,
        "strength": candidate.strength,
        "is_moment": candidate.is_moment,
        "in_words": write_reasons(explain_candidate(candidate, track)),
    }
