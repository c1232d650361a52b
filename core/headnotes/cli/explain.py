"""`headnotes explain`: why notes stand where they stand, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from headnotes.app import Headnotes
from headnotes.cli.commands import Command
from headnotes.cli.explained import describe_depicted, describe_note
from headnotes.cli.explaining import explain_all, give_overview
from headnotes.cli.findings import Findings, find_all
from headnotes.cli.inputs import PATH
from headnotes.cli.options import Reading, lang_option, pick, recognising_options
from headnotes.cli.session import Session
from headnotes.engine import Examination
from headnotes.issues import Issue, UsageError, near_name
from headnotes.model import Depiction, Note, Topic
from headnotes.recognition import DOUBTS
from headnotes.text import printable, write_json


@click.command(
    "explain",
    cls=Command,
    epilog="Example: headnotes explain S01E04.en.srt women-on-the-balcony",
)
@click.argument("track", type=PATH)
@click.argument("note", metavar="[NOTE|CLAIM|DEPICTION]", required=False)
@lang_option
@recognising_options
@click.option("--format", "form", type=click.Choice(("terminal", "json")), default="terminal")
def command(track: Path, note: str | None, lang: str | None, form: str, **chosen: Any) -> int:  # noqa: ANN401
    """Explain what a track was taken for, and where its notes stand; of one of them, why.

    Without a name it gives an overview, with -v each note as if it had been asked for. Of a note
    that has a place and is not on screen by default it says why.
    """
    described = () if form == "json" else DOUBTS
    session = Session(pick(Reading, {**chosen, "paths": (track,)}), described)
    wanted = _find_notes(session.notes.topics, note)
    shown = {} if wanted else _find_depictions(session.notes, note or "")
    data: list[dict[str, Any]] = []
    for _, outcome in session.outcomes():
        engine = session.notes.engine
        findings = find_all(session.notes, outcome, lang)
        examined = engine.examine(findings.track, outcome.episode, wanted)
        depicted = engine.examine_depictions(findings.track, outcome, shown)
        if note is None and form != "json" and not session.reading.verbose:
            _print(give_overview(findings, examined))
            continue
        if note is None:
            examined = _choose_of_interest(examined, findings)
        if form == "json":
            data += [describe_note(exam, findings) for exam in examined]
            data += [describe_depicted(exam, findings) for exam in depicted]
        else:
            _print(explain_all(findings, examined, depicted))
    if form == "json":
        click.echo(write_json(data, indent=2))
    return session.status


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(printable(line))


def _find_notes(topics: Mapping[str, Topic], name: str | None) -> dict[str, tuple[Note, ...]]:
    """Return the notes of all topics, or those of one name: of a note, else of what they judge.

    A name is `note` or `topic/note`; that of a claim is what reports call it.
    """
    if name is None:
        return {topic.id: topic.notes for topic in topics.values()}
    for key in ("id", "judges"):
        found = {
            topic.id: tuple(
                note
                for note in topic.notes
                if name in ((called := getattr(note, key)), f"{topic.id}/{called}")
            )
            for topic in topics.values()
        }
        if any(found.values()):
            break
    return {topic: notes for topic, notes in found.items() if notes}


def _find_depictions(notes: Headnotes, name: str) -> dict[str, tuple[Depiction, ...]]:
    """Return the depictions of one name, `depiction` or `work/depiction`, by work.

    Raises:
        UsageError: no depiction has it; and no note, or there would be no need to ask.
    """
    works = notes.works
    found = {
        work.id: tuple(
            shown for shown in work.depictions if name in (shown.id, f"{work.id}/{shown.id}")
        )
        for work in works.values()
    }
    found = {work: shown for work, shown in found.items() if shown}
    if not found and name:
        known = [note.id for topic in notes.topics.values() for note in topic.notes]
        known += [shown.id for work in works.values() for shown in work.depictions]
        hint = f"{near_name(name, known)}`headnotes topics TOPIC` lists a topic's notes"
        raise UsageError(
            Issue(path="note", code="unknown-note", message=f"unknown {name!r}", hint=hint)
        )
    return found


def _choose_of_interest(
    examined: Iterable[Examination], findings: Findings
) -> tuple[Examination, ...]:
    """Leave out notes that nothing in a track speaks for; those expected in it come first."""
    of_interest = [exam for exam in examined if _is_of_interest(exam, findings)]
    return tuple(sorted(of_interest, key=lambda exam: exam.expectation != "expected"))


def _is_of_interest(exam: Examination, findings: Findings) -> bool:
    """Whether something in a track speaks for a note, or should."""
    if findings.annotations_of(exam):
        return True
    if not exam.admitted or exam.expectation == "expected":
        return exam.admitted
    return exam.candidate is not None and exam.candidate.has_all_terms
