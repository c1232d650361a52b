"""`headnotes report`: how accurate an episode is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from attrs import evolve

from headnotes import reports
from headnotes.cli.inputs import PATH, is_folder
from headnotes.cli.options import (
    DEFAULT_OUTPUT,
    Choosing,
    Reading,
    choosing_options,
    look_up,
    pick,
    reading_options,
)
from headnotes.cli.outputs import Outputs, write_file
from headnotes.cli.printing import is_terminal
from headnotes.cli.session import Session, shown
from headnotes.issues import Issue, UsageError
from headnotes.languages import FALLBACK
from headnotes.model import Outcome, Report
from headnotes.scheduling import select

WIDEST_COLUMNS = 200
"""Wider terminals get no wider lines: nobody reads them."""

_REPORTS = ", ".join(report.name for report in reports.provide_reports())


@click.command(
    "report",
    epilog="Example: headnotes report subtitles/ --format html -o report/",
)
@reading_options
@choosing_options
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
def command(**chosen: Any) -> int:  # noqa: ANN401  # click gives what the options say
    """Report on subtitle files and folders (default: subtitles/)."""
    reading, choosing = pick(Reading, chosen), pick(Choosing, chosen)
    session = Session(reading, {"reports": reports})
    session.check_topics(choosing)
    known: dict[str, Report] = {
        report.name: report for report in session.registry.provide("provide_reports")
    }
    report = look_up(chosen["form"], known, "--format")
    found = tuple(_choose(outcome, choosing) for _, outcome in session.outcomes())
    if found:
        _publish(report, found, _language(found, choosing), chosen["output"], session)
    return session.status


def _choose(outcome: Outcome, choosing: Choosing) -> Outcome:
    """Keep what the options ask for; spoilers stay, reports fold them themselves."""
    kept = select(
        outcome.annotations,
        topics=choosing.topic,
        verdicts=choosing.verdict,
        min_weight=choosing.min_weight,
        seen="all",
    ).kept
    unplaced = (
        item for item in outcome.unplaced if not choosing.topic or item.topic in choosing.topic
    )
    return evolve(outcome, annotations=kept, unplaced=tuple(unplaced))


def _language(outcomes: tuple[Outcome, ...], choosing: Choosing) -> str:
    """Return the language of the page: as asked, else that of the dialogue, else English."""
    spoken = {outcome.track.language for outcome in outcomes}
    return choosing.lang or (spoken.pop() if len(spoken) == 1 else None) or FALLBACK


def _publish(
    report: Report,
    outcomes: tuple[Outcome, ...],
    language: str,
    output: Path | None,
    session: Session,
) -> None:
    if output is None and not report.is_for_folder:
        _print(report, outcomes, language)
        return
    files = report.render(outcomes, language)
    if not report.is_for_folder and output is not None and not is_folder(output):
        write_file(output, "".join(files.values()), session.inputs)
        session.inform(f"report in {shown(output)}")
        return
    folder = output or Path(DEFAULT_OUTPUT)
    if folder.suffix == report.suffix:
        message = f"{folder.name!r} is a file's name, and {report.name} writes several files"
        hint = f"name a folder, such as {folder.with_suffix('').name}/"
        raise UsageError(Issue(path="-o", code="file-for-folder", message=message, hint=hint))
    with Outputs(folder, session.inputs) as outputs:
        for name, text in files.items():
            outputs.add(name, text, made_from="report")
    session.inform(f"{len(files)} file(s) in {shown(folder)}")


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
