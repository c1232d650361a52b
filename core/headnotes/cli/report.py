"""`headnotes report`: how accurate an episode is."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from headnotes import reports
from headnotes.cli.commands import Command
from headnotes.cli.inputs import PATH, is_folder
from headnotes.cli.options import (
    DEFAULT_OUTPUT,
    STANDARD_OUTPUT,
    Choosing,
    Reading,
    choosing_options,
    jobs_option,
    overwrite_option,
    pick,
    reading_options,
    seen_option,
)
from headnotes.cli.outputs import check_name
from headnotes.cli.printing import is_terminal
from headnotes.cli.publishing import choose_page_language, make_choice, publish_files
from headnotes.cli.session import NOTHING, Session, shown
from headnotes.issues import Issue, UsageError, look_up
from headnotes.model import Outcome, Report
from headnotes.scheduling import choose, select
from headnotes.values import frozen

WIDEST_COLUMNS = 200
"""Wider terminals get no wider lines: nobody reads them."""

_REPORTS = ", ".join(report.name for report in reports.provide_reports())


@frozen(kw_only=True)
class _Target:
    """Where a report goes; `None` is standard output, or a folder of its own."""

    output: Path | None
    overwrite: bool

    @property
    def folder(self) -> Path:
        """The folder for a report of several files."""
        return self.output or Path(DEFAULT_OUTPUT)


@click.command(
    "report",
    cls=Command,
    epilog="Example: headnotes report subtitles/ --format html -o report/",
)
@reading_options
@choosing_options
@seen_option
@click.option(
    "-o",
    "--output",
    type=PATH,
    help=f"Folder for html, file for the rest. [default: {DEFAULT_OUTPUT}/, standard output]",
)
@click.option(
    "--format",
    "form",
    default="terminal",
    show_default=True,
    metavar="NAME",
    help=f"Kind of report: {_REPORTS}.",
)
@jobs_option
@overwrite_option
def command(**chosen: Any) -> int:  # noqa: ANN401  # click gives what the options say
    """Report on subtitle files and folders (default: subtitles/)."""
    reading, choosing = pick(Reading, chosen), pick(Choosing, chosen)
    target = pick(_Target, chosen)
    choice = make_choice(choosing, chosen["seen"])
    select((), seen=choice.seen)  # a wrong --seen is refused before anything is read
    session = Session(reading)
    session.check_topics(choosing)
    known = session.notes.reports
    session.print_issues()  # why a plugin has none, before one of its names is unknown
    report = look_up(chosen["form"], known, "--format")
    found = (choose(outcome, choice) for _, outcome in session.outcomes())
    if report.name == "html":
        _check_folder(target.folder, report)
        # Not held together: a season of pages needs no more memory than one.
        files = reports.write_pages(found, choosing.lang)
        return _publish_folder(files, (), target, session)
    held = tuple(found)
    if not held:
        return session.status
    return _publish(report, held, choose_page_language(held, choosing), target, session)


def _publish(
    report: Report, outcomes: tuple[Outcome, ...], language: str, target: _Target, session: Session
) -> int:
    """Print a report or write its files, and return the exit status."""
    output = target.output
    if not report.is_for_folder and (output is None or str(output) == STANDARD_OUTPUT):
        _print(report, outcomes, language)
        return session.status
    files = report.render(outcomes, language)
    if report.is_for_folder or output is None or is_folder(output):
        _check_folder(target.folder, report)
        return _publish_folder(files.items(), files, target, session)
    whole = "".join(files.values())
    results = publish_files([(output, whole)], session, overwrite=target.overwrite)
    if not results[output]:
        return NOTHING
    session.inform(f"report in {shown(output)}")
    return session.status


def _publish_folder(
    files: Iterable[tuple[str, str]], names: Iterable[str], target: _Target, session: Session
) -> int:
    """Write files into a folder one by one, and return the exit status.

    Args:
        files: names and whole texts.
        names: those known beforehand: what two of them want is refused to both.
        target: where to.
        session: hears of what cannot be written.
    """
    for name in names:
        check_name(name, "report")
    results = publish_files(
        ((target.folder / name, text) for name, text in files),
        session,
        overwrite=target.overwrite,
        known=[target.folder / name for name in names],
    )
    written = [place for place, is_there in results.items() if is_there]
    if written:
        session.inform(f"{len(written)} file(s) in {shown(target.folder)}")
    return NOTHING if results and not written else session.status


def _check_folder(folder: Path, report: Report) -> None:
    """Refuse a file's name, or standard output, for a report of several files."""
    if str(folder) == STANDARD_OUTPUT:
        what = f"{report.name} writes several files"
    elif folder.suffix == report.suffix:
        what = f"{folder.name!r} is a file's name, and {report.name} writes several files"
    else:
        return
    hint = f"give a folder, such as {folder.with_suffix('').name.strip('-') or 'report'}/"
    raise UsageError(Issue(path="-o", code="file-for-folder", message=what, hint=hint))


def _print(report: Report, outcomes: tuple[Outcome, ...], language: str) -> None:
    """Print to standard output; on a terminal in its own width and colours."""
    if report.name == "terminal" and is_terminal(sys.stdout):
        import os
        import shutil

        width = min(shutil.get_terminal_size().columns, WIDEST_COLUMNS)
        is_colored = "NO_COLOR" not in os.environ
        text = reports.render_terminal(outcomes, language, width=width, is_colored=is_colored)
    else:
        text = "".join(report.render(outcomes, language).values())
    # Bytes, so that no console's character set can stand in the way of a report.
    click.echo(text.encode("utf-8"), nl=False)
