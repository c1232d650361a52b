"""`headnotes preview`: what topics of your own would show in a track, where, and why."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from headnotes.app import Headnotes
from headnotes.cli.commands import Command
from headnotes.cli.explaining import (
    describe_absence,
    describe_expectation,
    describe_place,
    describe_span,
    describe_strength,
    explain_depicted,
)
from headnotes.cli.findings import Findings, find_all
from headnotes.cli.inputs import PATH
from headnotes.cli.options import Choosing, Reading, lang_option, pick, recognising_options
from headnotes.cli.overview import Overview
from headnotes.cli.places import list_folders
from headnotes.cli.printing import is_terminal, print_line
from headnotes.cli.recognised import describe_recognised
from headnotes.cli.session import Session
from headnotes.engine import Examination
from headnotes.issues import HeadnotesError, Issue, UsageError
from headnotes.languages import FALLBACK, describe_reasons, load_messages
from headnotes.model import Annotation, Depiction, Headnote, Moment, Note, Outcome, Passage
from headnotes.recognition import DOUBTS
from headnotes.scheduling import LeftOut, schedule
from headnotes.text import printable
from headnotes.topics import find_topic_files, is_archive

LOOK_S = 0.3
"""How often `--watch` looks whether a file was saved; nobody types faster."""

Stamps = Mapping[Path, tuple[int, int]]
"""Time of change and size of files: another one, and the file was saved."""


@click.command("preview", cls=Command, epilog="Example: headnotes preview S01E04.en.srt --watch")
@click.argument("track", metavar="TRACK|FOLDER", type=PATH)
@click.option("--watch", is_flag=True, help="Show it again whenever a topic file is saved.")
@click.option(
    "--topic",
    multiple=True,
    metavar="ID",
    help="This topic; may be repeated. [default: your own ones]",
)
@lang_option
@recognising_options
def command(track: Path, *, watch: bool, **chosen: Any) -> int:  # noqa: ANN401  # as click says
    """Show what topics of your own would show in TRACK, where and why, and what they would not.

    For a FOLDER: a table of notes by episode, and what is unexpected. A work of your own shows
    where its depictions play.
    """
    reading = pick(Reading, {**chosen, "paths": (track,)})
    choosing = pick(Choosing, chosen)
    if watch:
        watch_files(
            lambda: _stamp_files(reading),
            lambda: _preview_or_explain(reading, choosing),
            time.sleep,
        )
        return 0
    return preview(reading, choosing)


def preview(reading: Reading, choosing: Choosing) -> int:
    """Print what would show; return the exit status.

    Raises:
        UsageError: there is no topic, no work or no track to show.
    """
    overview = Overview() if any(path.is_dir() for path in reading.paths) else None
    session = Session(reading, described=DOUBTS if overview is None else ())
    session.check_topics(choosing)
    notes, depictions = _choose(session.notes, choosing)
    if not notes and not depictions and not session.notes.issues:
        hint = "`headnotes new NAME` begins one; --topic ID shows an installed one"
        raise UsageError(
            Issue(
                path="preview", code="no-topic", message="you have no topic of your own", hint=hint
            )
        )
    in_words = load_messages(choosing.lang or FALLBACK)
    for _, outcome in session.outcomes():
        findings = find_all(session.notes, outcome, choosing.lang)
        engine, track = session.notes.engine, findings.track
        examined = engine.examine(track, outcome.episode, notes)
        depicted = engine.examine_depictions(track, outcome, depictions)
        if overview is not None:
            found = _find_places(findings, examined, depicted, choosing.lang)
            overview.add(outcome, found, track, in_words)
        else:
            _print_all(_describe_all(findings, examined, choosing.lang))
            _print_all(_describe_depicted(findings, depicted))
    if overview is not None:
        _print_all(overview.lines(in_words))
    return session.status


def _print_all(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(printable(line))


def _choose(
    known: Headnotes, choosing: Choosing
) -> tuple[dict[str, tuple[Note, ...]], dict[str, tuple[Depiction, ...]]]:
    """Return the notes of topics, and the depictions of works, that are one's own or named."""
    own = [name for plugin in known.registry.plugins if plugin.folder for name in plugin.topics]
    notes = {
        name: known.topics[name].notes for name in choosing.topic or own if name in known.topics
    }
    works = (known.works[name] for name in own if name in known.works)
    depictions = {} if choosing.topic else {work.id: work.depictions for work in works}
    return notes, depictions


def _is_of_interest(exam: Examination, findings: Findings) -> bool:
    """Leave out what is shown in other episodes and does not play here."""
    return exam.admitted and (
        exam.expectation != "elsewhere" or findings.passage_of(exam) is not None
    )


def _find_places(
    findings: Findings,
    examined: Sequence[Examination],
    depicted: Sequence[Examination],
    lang: str | None,
) -> list[tuple[Examination, Sequence[Moment | Passage], bool]]:
    """Return where notes and depictions are, and whether that is on screen; what plays is."""
    fates = _plan(findings.outcome, examined, lang)
    found: list[tuple[Examination, Sequence[Moment | Passage], bool]] = []
    for exam in examined:
        placed = findings.annotations_of(exam)
        is_shown = any(isinstance(fates[id(annotation)], Headnote) for annotation in placed)
        found.append((exam, [annotation.moment for annotation in placed], is_shown))
    for exam in depicted:
        passage = findings.passage_of(exam)
        found.append((exam, [passage] if passage else [], True))
    return found


def _plan(
    outcome: Outcome, examined: Sequence[Examination], lang: str | None
) -> dict[int, Headnote | LeftOut]:
    """Return what becomes of the annotations of examined notes on screen, by identity."""
    wanted = {(exam.topic, exam.note.id) for exam in examined}
    found = [
        annotation
        for annotation in outcome.annotations
        if (annotation.topic, annotation.note.id) in wanted
    ]
    planned = schedule(outcome.track, found, language=lang)
    fates: list[Headnote | LeftOut] = [*planned.headnotes, *planned.left_out]
    return {id(fate.annotation): fate for fate in fates}


# ----------------------------------------------------------------------------- in words


def _describe_all(
    findings: Findings, examined: Sequence[Examination], lang: str | None
) -> Iterator[str]:
    outcome, messages = findings.outcome, findings.messages
    fates = _plan(outcome, examined, lang)
    yield from describe_recognised(outcome, messages)
    for exam in examined:
        yield ""
        yield f"{exam.topic}/{exam.note.id}"
        lines = [
            line
            for annotation in findings.annotations_of(exam)
            for line in _describe_placed(annotation, fates[id(annotation)], findings)
        ]
        yield from (f"    {line}" for line in lines)
        if not lines:
            expectation = describe_expectation(exam, messages)
            yield f"    {messages.text('preview.not_placed', expectation=expectation)}"
            yield f"    {describe_absence(exam, outcome, findings.track, messages)}"
    if examined:
        yield ""
        shown = sum(isinstance(fate, Headnote) for fate in fates.values())
        yield messages.text("preview.total", shown=shown, left_out=len(fates) - shown)


def _describe_depicted(findings: Findings, depicted: Sequence[Examination]) -> Iterator[str]:
    for exam in depicted:
        if _is_of_interest(exam, findings):
            yield ""
            yield from explain_depicted(exam, findings)


def _describe_placed(
    annotation: Annotation, shown: Headnote | LeftOut, findings: Findings
) -> Iterator[str]:
    moment, messages = annotation.moment, findings.messages
    if isinstance(shown, Headnote):
        yield messages.text("preview.on_screen", span=describe_span(shown, messages))
        yield from (f"    {line}" for line in shown.text.split("\n"))
    else:
        reason = describe_reasons((shown.reason,), messages)
        yield messages.text("preview.not_on_screen", reason=reason)
    reason = messages.text("explain.by_code")
    if spoken := findings.spoken_for(annotation):
        reason = f"{messages.quote(spoken)}; {describe_strength(moment, messages)}"
    place = describe_place(moment, messages)
    yield messages.text("preview.placed", place=place, reason=reason)


# ------------------------------------------------------------------------------ watching


def watch_files(
    look: Callable[[], Stamps], act: Callable[[], None], pause: Callable[[float], None]
) -> None:
    """Act at once, and again whenever files are not what they were, until the user interrupts.

    Args:
        look: gives the files as they are.
        act: what to do.
        pause: waits so many seconds.
    """
    seen: Stamps | None = None
    try:
        while True:
            now = look()
            if now != seen:
                seen = now
                act()
            pause(LOOK_S)
    except KeyboardInterrupt:
        return


def _stamp_files(reading: Reading) -> Stamps:
    files = [*reading.paths]
    for folder in list_folders(reading.topics_dir):
        files += [folder] if is_archive(folder) else find_topic_files(folder)[0]
    stamps = {}
    for file in files:
        try:
            status = file.stat()
        except OSError:  # gone for the moment in which an editor replaces it
            continue
        stamps[file] = (status.st_mtime_ns, status.st_size)
    return stamps


def _preview_or_explain(reading: Reading, choosing: Choosing) -> None:
    """Preview; what is wrong is printed, and may be corrected while the watch goes on."""
    if is_terminal(sys.stdout):
        click.clear()
    try:
        preview(reading, choosing)
    except HeadnotesError as error:
        for issue in error.issues:
            print_line(str(issue))
    messages = load_messages(choosing.lang or FALLBACK)
    print_line(messages.text("preview.watching"))
