"""`headnotes check`: all that is wrong with topic files, and how far up the ladder they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from attrs import asdict

from headnotes.authoring import RUNG_MEANINGS, RUNGS, Finding, Review, check_file
from headnotes.cli.options import topics_dir_option
from headnotes.cli.paths import PATH, is_file, true_path
from headnotes.cli.places import OWN_TOPICS, open_registry
from headnotes.issues import Issue, TopicError, UsageError, printable
from headnotes.model import Work
from headnotes.registry import Registry
from headnotes.topics import WORK_FILE, find_files, read_work
from headnotes.topics.reading import shown_path

SCHEMA = "headnotes-check/1"


@click.command("check", epilog="Example: headnotes check topics/weimar-cinema --strict")
@click.argument("paths", nargs=-1, metavar="[FOLDER|FILE]...", type=PATH)
@click.option("--strict", is_flag=True, help="Ask for all that the built-in topics are held to.")
@click.option(
    "--format", "form", type=click.Choice(("terminal", "json", "github")), default="terminal"
)
@topics_dir_option
def command(
    paths: tuple[Path, ...], form: str, topics_dir: tuple[Path, ...], *, strict: bool
) -> int:
    """Check topic and work files, or the folders that hold them (default: topics/)."""
    files, problems = _find(paths or (OWN_TOPICS,))
    reviews = [*map(_review_problem, problems), *_review(files, open_registry(topics_dir))]
    findings = [finding for review in reviews for finding in review.asked(is_strict=strict)]
    for line in _FORMATS[form](reviews, findings):
        click.echo(line)
    return 1 if findings else 0


def _find(paths: Sequence[Path]) -> tuple[list[Path], list[Issue]]:
    """Give the files that paths lead to, each once, and what is wrong with the paths.

    Raises:
        UsageError: no path leads to any file.
    """
    found: dict[Path, Path] = {}
    problems: list[Issue] = []
    for path in paths:
        files, flaws = ((path,), ()) if is_file(path) else find_files(path)
        found.update({true_path(file): file for file in reversed(files)})
        problems += flaws
    if not found:
        raise UsageError(*problems)
    return sorted(found.values()), problems


def _review(files: Sequence[Path], registry: Registry) -> Iterator[Review]:
    works = {**registry.works, **_read_works(files)}
    taken = {
        True: {one.id: registry.origin_of(one) for one in registry.works.values()},
        False: {one.id: registry.origin_of(one) for one in registry.topics.values()},
    }
    for file in files:
        ids = taken[file.name == WORK_FILE]
        review = check_file(file, works, ids)
        if review.id:
            ids.setdefault(review.id, shown_path(file))
        yield review


def _read_works(files: Sequence[Path]) -> dict[str, Work]:
    """Read the works among the files; one with mistakes is told of when it is checked."""
    works: dict[str, Work] = {}
    for file in files:
        if file.name == WORK_FILE:
            try:
                work = read_work(file)
            except TopicError:
                continue
            works.setdefault(work.id, work)
    return works


def _review_problem(problem: Issue) -> Review:
    finding = Finding(
        file=problem.where, line=1, place="", what=problem.message, mend=problem.hint, rung="file"
    )
    return Review(file=problem.where, id="", findings=(finding,))


# --------------------------------------------------------------------------------- formats


def _as_text(reviews: Sequence[Review], findings: Sequence[Finding]) -> Iterator[str]:
    """Tell each finding on a line, then how far up the ladder each file is."""
    yield from map(str, findings)
    for review in reviews:
        asked = sum(finding.file == review.file for finding in findings)
        told = f"{asked} finding(s)" if asked else "nothing to mend"
        if not review.id:
            yield printable(f"{review.file}: {told}")
            continue
        reached = RUNGS.index(review.next_rung) if review.next_rung else len(RUNGS)
        rungs = "  ".join(
            f"[{'x' if position < reached else ' '}] {rung}" for position, rung in enumerate(RUNGS)
        )
        yield printable(f"{review.file}: {told}; {rungs}")
        if review.next_rung:
            count = review.count_by_rung[review.next_rung]
            more = "" if asked else "; --strict lists it all"
            meaning = RUNG_MEANINGS[review.next_rung]
            yield f"    next rung, {review.next_rung}: {meaning}; {count} to mend{more}"


def _as_json(reviews: Sequence[Review], findings: Sequence[Finding]) -> Iterator[str]:
    from headnotes.reports import write_json

    told: dict[str, Any] = {
        "schema": SCHEMA,
        "findings": [asdict(finding) for finding in findings],
        "files": [
            {"file": one.file, "id": one.id or None, "ladder": one.count_by_rung} for one in reviews
        ],
    }
    yield write_json(told, indent=2)


def _as_github(_: Sequence[Review], findings: Sequence[Finding]) -> Iterator[str]:
    """Write workflow commands, which GitHub shows beside the lines of a change.

    Source: GitHub Actions, workflow commands: in values `%` and line ends are written as
    percent codes, in properties `:` and `,` as well.
    """
    for one in findings:
        file = _escape(Path(one.file).as_posix()).replace(":", "%3A").replace(",", "%2C")
        place = f"{one.place}: " if one.place else ""
        text = _escape(f"{place}{one.what}; {one.mend}" if one.mend else f"{place}{one.what}")
        yield f"::error file={file},line={one.line},title=headnotes check::{text}"


def _escape(text: str) -> str:
    return printable(text).replace("%", "%25")


_FORMATS: dict[str, Callable[[Sequence[Review], Sequence[Finding]], Iterator[str]]] = {
    "terminal": _as_text,
    "json": _as_json,
    "github": _as_github,
}
