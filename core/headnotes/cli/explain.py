"""`headnotes explain`: why notes stand where they stand, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from headnotes.app import Headnotes
from headnotes.cli.at_time import describe_time, explain_time, look_at
from headnotes.cli.commands import Command
from headnotes.cli.explained import describe_depicted, describe_note
from headnotes.cli.explaining import explain_all, give_overview
from headnotes.cli.findings import Findings, find_all
from headnotes.cli.inputs import PATH
from headnotes.cli.options import Reading, lang_option, pick, recognising_options
from headnotes.cli.session import Session
from headnotes.engine import Examination
from headnotes.issues import Issue, UsageError, near_name
from headnotes.model import Depiction, Note, Topic, Work
from headnotes.recognition import DOUBTS
from headnotes.text import printable, write_json
from headnotes.tracks import read_shift
from headnotes.values import field, frozen

_TIMES = "0:35:00, 35:00 or 2100"


@frozen(kw_only=True)
class _Question:
    """What is to be explained.

    Attributes:
        notes: by topic.
        depictions: by work.
        time_ms: at which all notes are looked for; `None`: wherever they are.
        is_all: whether nothing was named.
    """

    notes: Mapping[str, tuple[Note, ...]] = field(factory=dict)
    depictions: Mapping[str, tuple[Depiction, ...]] = field(factory=dict)
    time_ms: int | None = None
    is_all: bool = False


class _ExplainCommand(Command):
    """A command that takes `-5` for the time that it is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; refuse a time before the film, which looks like an option."""
        given = [*args]  # click takes them away
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if not error.option_name[1:].isdecimal():
                raise
            written = (each for each in given if each.startswith(error.option_name))
            raise _refuse_time(next(written, error.option_name)) from None


@click.command(
    "explain",
    cls=_ExplainCommand,
    epilog="Example: headnotes explain S01E04.en.srt women-on-the-balcony; headnotes explain"
    " S01E04.en.srt 0:29:50",
)
@click.argument("track", type=PATH)
@click.argument("note", metavar="[NOTE|CLAIM|DEPICTION|TIME]", required=False)
@lang_option
@recognising_options
@click.option("--format", "form", type=click.Choice(("terminal", "json")), default="terminal")
def command(track: Path, note: str | None, lang: str | None, form: str, **chosen: Any) -> int:  # noqa: ANN401
    """Explain what a track was taken for, and where its notes stand; for one of them, why.

    Without a name it gives an overview, with -v each note as if it had been asked for. If a note
    has a place but is not on screen by default, it says why. For a TIME, such as 0:35:00, 35:00
    or 2100, it says what is recognised there, and which notes are there or were left out.
    """
    described = () if form == "json" else DOUBTS
    session = Session(pick(Reading, {**chosen, "paths": (track,)}), described)
    asked = _find_question(session.notes, note)
    is_json = form == "json"
    data: list[dict[str, Any]] = []
    for _, outcome in session.outcomes():
        findings = find_all(session.notes, outcome, lang)
        if is_json:
            data += _describe(asked, findings, session.notes)
        else:
            _print(_explain(asked, findings, session.notes, is_whole=session.reading.verbose))
    if is_json:
        click.echo(write_json(data, indent=2))
    return session.status


def _explain(
    asked: _Question, findings: Findings, notes: Headnotes, *, is_whole: bool
) -> Iterator[str]:
    """Return lines about what is asked for; of all notes, an overview or the whole."""
    examined, depicted = _examine(asked, findings, notes)
    if asked.time_ms is not None:
        return explain_time(look_at(asked.time_ms, findings, examined), findings)
    if asked.is_all and not is_whole:
        return give_overview(findings, examined)
    chosen = _choose_of_interest(examined, findings) if asked.is_all else examined
    return explain_all(findings, chosen, depicted)


def _describe(asked: _Question, findings: Findings, notes: Headnotes) -> list[dict[str, Any]]:
    """Return data about what is asked for."""
    examined, depicted = _examine(asked, findings, notes)
    if asked.time_ms is not None:
        return [describe_time(look_at(asked.time_ms, findings, examined), findings)]
    chosen = _choose_of_interest(examined, findings) if asked.is_all else examined
    return [
        *(describe_note(exam, findings) for exam in chosen),
        *(describe_depicted(exam, findings) for exam in depicted),
    ]


def _examine(
    asked: _Question, findings: Findings, notes: Headnotes
) -> tuple[tuple[Examination, ...], tuple[Examination, ...]]:
    """Look closely at the notes and the depictions that are asked for."""
    engine, outcome = notes.engine, findings.outcome
    return (
        engine.examine(findings.track, outcome.episode, asked.notes),
        engine.examine_depictions(findings.track, outcome, asked.depictions),
    )


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(printable(line))


def _find_question(notes: Headnotes, name: str | None) -> _Question:
    """Return what a name stands for: notes, else depictions, else a time.

    Raises:
        UsageError: it is none of these, or a time before the film.
    """
    if name is None:
        return _Question(notes=_all_notes(notes.topics), is_all=True)
    if wanted := _find_notes(notes.topics, name):
        return _Question(notes=wanted)
    if shown := _find_depictions(notes.works, name):
        return _Question(depictions=shown)
    try:
        time_ms = read_shift(name)
    except ValueError:
        raise _refuse_name(notes, name) from None
    if time_ms < 0:
        raise _refuse_time(name)
    return _Question(notes=_all_notes(notes.topics), time_ms=time_ms)


def _all_notes(topics: Mapping[str, Topic]) -> dict[str, tuple[Note, ...]]:
    return {topic.id: topic.notes for topic in topics.values()}


def _find_notes(topics: Mapping[str, Topic], name: str) -> dict[str, tuple[Note, ...]]:
    """Return the notes of one name, by topic: of a note, else of what they judge.

    A name is `note` or `topic/note`; that of a claim is what reports call it.
    """
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
            return {topic: notes for topic, notes in found.items() if notes}
    return {}


def _find_depictions(works: Mapping[str, Work], name: str) -> dict[str, tuple[Depiction, ...]]:
    """Return the depictions of one name, `depiction` or `work/depiction`, by work."""
    found = {
        work.id: tuple(
            shown for shown in work.depictions if name in (shown.id, f"{work.id}/{shown.id}")
        )
        for work in works.values()
    }
    return {work: shown for work, shown in found.items() if shown}


def _refuse_name(notes: Headnotes, name: str) -> UsageError:
    known = [note.id for topic in notes.topics.values() for note in topic.notes]
    known += [shown.id for work in notes.works.values() for shown in work.depictions]
    hint = (
        f"{near_name(name, known)}`headnotes topics TOPIC` lists a topic's notes; a time is written"
        f" like {_TIMES}"
    )
    return UsageError(
        Issue(path="note", code="unknown-note", message=f"unknown {name!r}", hint=hint)
    )


def _refuse_time(written: str) -> UsageError:
    what, hint = f"{written!r} lies before the film", f"count from its start, as in {_TIMES}"
    return UsageError(Issue(path="time", code="negative-time", message=what, hint=hint))


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
