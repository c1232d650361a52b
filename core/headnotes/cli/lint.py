"""`headnotes lint`: whether an annotated track keeps the rules of readability."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from headnotes import tracks
from headnotes.cli.commands import Command
from headnotes.cli.inputs import PATH, find_files
from headnotes.cli.options import fps_option
from headnotes.cli.printing import print_line
from headnotes.issues import HeadnotesError, UsageError
from headnotes.linting import Violation, lint_track
from headnotes.text import printable, write_json


@click.command("lint", cls=Command, epilog="Example: headnotes lint headnotes-out/")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--encoding", metavar="NAME", help="Character set of the files.")
@fps_option
@click.option("--format", "form", type=click.Choice(("terminal", "json")), default="terminal")
def command(paths: tuple[Path, ...], encoding: str | None, fps: Fraction | None, form: str) -> int:
    """Check annotated tracks, ours or another's, against the rules, and print what breaks them.

    Tracks are checked as they are; options that move cues belong to the command that writes them.
    """
    formats = tuple(tracks.provide_formats())
    if fps:
        formats = tracks.set_frame_rate(formats, fps)
    files, problems = find_files(paths)
    violations: list[dict[str, Any]] = []
    count = 0
    for file in files:
        try:
            track = tracks.read_track(file, formats=formats, encoding=encoding)
        except HeadnotesError as error:
            problems += error.issues
            continue
        for finding in lint_track(track):
            count += 1
            if form == "json":
                violations.append(_describe(track.name, finding))
            else:
                click.echo(printable(str(finding.as_issue(track.name))))
    if form == "json":
        click.echo(write_json(violations, indent=2))
    if len(problems) == len(files):
        raise UsageError(*problems)
    for problem in problems:
        print_line(str(problem))
    print_line(f"{len(files) - len(problems)} track(s), {count} violation(s)")
    return 1 if count or problems else 0


def _describe(file: str, finding: Violation) -> dict[str, Any]:
    return {
        "file": file,
        "rule": finding.rule,
        "cue": finding.cue,
        "start_ms": finding.start_ms,
        "line": finding.line,
        "what": finding.what,
        "mend": finding.hint,
    }
