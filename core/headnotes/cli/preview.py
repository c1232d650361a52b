"""`headnotes preview`: what topics of your own would show in a track, where, and why."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from headnotes.anchoring import IndexedTrack
from headnotes.cli.explain import (
    annotations_of,
    describe_absence,
    describe_expectation,
    describe_place,
    describe_recognised,
    describe_span,
    describe_strength,
)
from headnotes.cli.inputs import PATH
from headnotes.cli.options import Choosing, Reading, lang_option, pick, recognising_options
from headnotes.cli.places import list_folders
from headnotes.cli.printing import is_terminal, print_line
from headnotes.cli.session import Session
from headnotes.engine import Examination
from headnotes.issues import HeadnotesError, Issue, UsageError
from headnotes.languages import FALLBACK, Messages, describe_reasons, load_messages
from headnotes.model import Annotation, Headnote, Outcome
from headnotes.scheduling import LeftOut, schedule
from headnotes.text import printable
from headnotes.topics import find_topic_files

LOOK_S = 0.3
"""How often `--watch` looks whether a file was saved; nobody types faster."""

Stamps = Mapping[Path, tuple[int, int]]
"""Time of change and size of files: another one, and the file was saved."""


@click.command("preview", epilog="Example: headnotes preview S01E04.en.srt --watch")
@click.argument("track", type=PATH)
@click.option("--watch", is_flag=True, help="Show it again whenever a topic file is saved.")
@click.option("--topic", multiple=True, metavar="ID", help="This topic. [default: your own ones]")
@lang_option
@recognising_options
def command(track: Path, *, watch: bool, **chosen: Any) -> int:  # noqa: ANN401  # as click says
    """Show what topics of your own would show in TRACK, where and why, and what they would not."""
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
        UsageError: there is no topic or no track to show.
    """
    session = Session(reading)
    session.check_topics(choosing)
    topics = choosing.topic or tuple(
        topic
        for plugin in session.notes.registry.plugins
        if plugin.folder
        for topic in plugin.topics
    )
    wanted = {
        topic: session.notes.topics[topic].notes
        for topic in topics
        if topic in session.notes.topics
    }
    if not wanted and not session.notes.issues:
        hint = "`headnotes new NAME` begins one; --topic ID shows an installed one"
        raise UsageError(
            Issue(
                path="preview", code="no-topic", message="there is no topic of your own", hint=hint
            )
        )
    for _, outcome in session.outcomes():
        indexed = session.notes.engine.index(outcome.track)
        examined = session.notes.engine.examine(indexed, outcome.episode, wanted)
        for line in _describe_all(outcome, examined, indexed, choosing.lang):
            click.echo(printable(line))
    return session.status


# ----------------------------------------------------------------------------- in words


def _describe_all(
    outcome: Outcome, examined: Sequence[Examination], track: IndexedTrack, lang: str | None
) -> Iterator[str]:
    messages = load_messages(lang or outcome.track.language or FALLBACK)
    wanted = {(exam.topic, exam.note.id) for exam in examined}
    found = [
        annotation
        for annotation in outcome.annotations
        if (annotation.topic, annotation.note.id) in wanted
    ]
    planned = schedule(outcome.track, found, language=lang)
    shown: list[Headnote | LeftOut] = [*planned.headnotes, *planned.left_out]
    fates = {id(fate.annotation): fate for fate in shown}
    yield from describe_recognised(outcome, messages)
    for exam in examined:
        yield ""
        yield f"{exam.topic}/{exam.note.id}"
        lines = [
            line
            for annotation in annotations_of(exam, outcome)
            for line in _describe_placed(annotation, fates[id(annotation)], messages)
        ]
        yield from (f"    {line}" for line in lines)
        if not lines:
            expectation = describe_expectation(exam, messages)
            yield f"    {messages.text('preview.not_placed', expectation=expectation)}"
            yield f"    {describe_absence(exam, outcome, track, messages)}"
    yield ""
    counts = {"shown": len(planned.headnotes), "left_out": len(planned.left_out)}
    yield messages.text("preview.total", **counts)


def _describe_placed(
    annotation: Annotation, shown: Headnote | LeftOut, messages: Messages
) -> Iterator[str]:
    moment = annotation.moment
    if isinstance(shown, Headnote):
        yield messages.text("preview.on_screen", span=describe_span(shown, messages))
        yield from (f"    {line}" for line in shown.text.split("\n"))
    else:
        reason = describe_reasons((shown.reason,), messages)
        yield messages.text("preview.not_on_screen", reason=reason)
    reason = messages.text("explain.by_code")
    if spoken := tuple(dict.fromkeys(found.text for found in moment.evidence)):
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
        files += find_topic_files(folder)[0]
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
