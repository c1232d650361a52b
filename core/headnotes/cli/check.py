"""`headnotes check`: all that is wrong with topic files, and how far up the ladder they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from headnotes.authoring import (
    RUNG_MEANINGS,
    RUNGS,
    Review,
    check_file,
    fix_text,
    rung_of,
    schema_beside,
)
from headnotes.cli.commands import Command
from headnotes.cli.inputs import PATH, is_file, is_folder, true_path
from headnotes.cli.options import plugin_options
from headnotes.cli.outputs import replace_text
from headnotes.cli.places import OWN_TOPICS, choose_bounds, open_registry
from headnotes.cli.printing import print_line
from headnotes.issues import Issue, TopicError, UsageError
from headnotes.languages import find_flaws_of_language
from headnotes.model import PLACEHOLDER, Topic, Work
from headnotes.registry import Registry
from headnotes.text import escape_workflow, printable, write_json
from headnotes.topics import (
    RATINGS_FILE,
    TOPIC_FILE,
    WORK_FILE,
    find_topic_files,
    guess_id,
    is_archive,
    line_of,
    merge_works,
    read_work,
    shown_path,
)
from headnotes.values import evolve

SCHEMA = "headnotes-check/1"

_LANGUAGE_FILE = r"[A-Za-z]{2,3}([-_]([A-Za-z]{2}|[A-Z][a-z]{3}|\d{3}))*\.toml"

_MARK_BYTES = 200
"""Of a schema, in which it says that it is ours."""


@click.command(
    "check", cls=Command, epilog="Example: headnotes check topics/weimar-cinema --strict"
)
@click.argument("paths", nargs=-1, metavar="[FOLDER|FILE]...", type=PATH)
@click.option(
    "--strict", is_flag=True, help="Ask for everything that the built-in topics must meet."
)
@click.option(
    "--fix", is_flag=True, help="First correct what can mean only one thing, and list it."
)
@click.option(
    "--format", "form", type=click.Choice(("terminal", "json", "github")), default="terminal"
)
@plugin_options
def command(
    paths: tuple[Path, ...], form: str, topics_dir: tuple[Path, ...], *, strict: bool, fix: bool
) -> int:
    """Check topic and work files, or the folders that hold them (default: topics/).

    Checks the data file of a language, too: sv.toml.
    """
    languages = [path for path in paths if _is_language(path)]
    others = [path for path in paths if path not in languages]
    files, misplaced = _find(others or (OWN_TOPICS,)) if others or not paths else ([], [])
    for file in files:
        if fix:
            _fix(file)
        _renew_schema(file)
    reviews = [*map(_review_issue, misplaced), *_review(files, open_registry(topics_dir))]
    reviews += map(_review_language, languages)
    issues = [issue for review in reviews for issue in review.asked(is_strict=strict)]
    for line in _FORMATS[form](reviews, issues):
        click.echo(line)
    return 1 if issues else 0


def _find(paths: Sequence[Path]) -> tuple[list[Path], list[Issue]]:
    """Return the files that paths lead to, each once, and what is wrong with the paths.

    Raises:
        UsageError: no path leads to any file.
    """
    found: dict[Path, Path] = {}
    issues: list[Issue] = []
    for path in paths:
        if is_archive(path):
            hint = "unpack it to check what is in it"
            issues.append(Issue(path=str(path), code="archive", message="is a zip", hint=hint))
            continue
        files, misplaced = _look_into(path)
        found.update({true_path(file): file for file in reversed(files)})
        issues += misplaced
    if not found:
        raise UsageError(*issues)
    return sorted(found.values()), issues


def _look_into(path: Path) -> tuple[Sequence[Path], Sequence[Issue]]:
    """Return the files that a path leads to, and what is wrong with it.

    Ratings are checked with their topic; a folder is one of topics, or where one works on them.
    """
    if is_file(path):
        topic = path.with_name(TOPIC_FILE)
        if path.name != RATINGS_FILE or is_file(topic):
            return (topic if path.name == RATINGS_FILE else path,), ()
        message, hint = f"has no {TOPIC_FILE} beside it", "put it into the folder of its topic"
        return (), (Issue(path=str(path), code="no-topic", message=message, hint=hint),)
    files, issues = find_topic_files(path)
    own = path / OWN_TOPICS
    if is_folder(own):
        inside, misplaced = find_topic_files(own)
        files, issues = (*files, *inside), tuple(dict.fromkeys((*issues, *misplaced)))
    if files:
        issues = tuple(issue for issue in issues if issue.code != "no-topic-file")
    return files, issues


def _fix(file: Path) -> None:
    """Put right what has one meaning in a file, and print each line as it was and is."""
    try:
        before = file.read_bytes()
        text = before.decode("utf-8")
    except (OSError, ValueError):  # the check says so
        return
    if len(before) > (choose_bounds().file_bytes or len(before)):
        return
    try:
        fixed, edits = fix_text(text, Work if file.name == WORK_FILE else Topic)
    except (RecursionError, ValueError):  # nested too deeply, or an endless number
        return
    if edits and _replace(file, before, fixed):
        for edit in edits:
            print_line(f"{file}:{edit.line}: {edit.before} -> {edit.after}")


def _renew_schema(file: Path) -> None:
    """Update the schema beside a file, by which editors complete it.

    Only what is a schema of ours is replaced; where there is none, none is made.
    """
    name, text = schema_beside(file.name if file.name == WORK_FILE else TOPIC_FILE)
    schema = file.with_name(name)
    try:
        before = schema.read_bytes()
    except OSError:
        return
    is_ours = b'"title": "Headnotes ' in before[:_MARK_BYTES]
    if is_ours and before != text.encode() and _replace(schema, before, text):
        print_line(f"{schema}: brought up to date")


def _replace(file: Path, before: bytes, text: str) -> bool:
    try:
        return replace_text(file, before, text)
    except OSError as error:
        print_line(f"{file}: not changed: {error.strerror or error}")
        return False


def _review(files: Sequence[Path], registry: Registry) -> Iterator[Review]:
    parts, broken = _parts_of(files, registry)
    works, _ = merge_works(parts)
    taken = {topic.id: registry.origin_of(topic) for topic in registry.topics.values()}
    others = registry.topics.values()
    for file in files:
        review = check_file(
            file, works, taken, choose_bounds(), parts=parts, others=others, broken=broken
        )
        if review.id and file.name != WORK_FILE:
            taken.setdefault(review.id, shown_path(file))
        yield review


def _parts_of(files: Sequence[Path], registry: Registry) -> tuple[list[Work], Mapping[str, str]]:
    """Return the works of the files and of their folder, and of all others that are known.

    Returns:
        The works; and the files that cannot be read as one, by the id that they give. Mistakes
        in one are listed when it is checked.
    """
    read: dict[str, Work] = {}
    broken: dict[str, str] = {}
    folders = dict.fromkeys(true_path(file).parent.parent for file in files)
    near = [file for folder in folders for file in find_topic_files(folder)[0]]
    for file in dict.fromkeys(map(true_path, (*files, *near))):
        if file.name != WORK_FILE:
            continue
        try:
            work = read_work(file, choose_bounds())
        except TopicError:
            broken[guess_id(file, choose_bounds())] = shown_path(file)
        else:
            read.setdefault(work.origin, work)
    return [*read.values(), *(part for part in registry.parts if part.origin not in read)], broken


def _is_language(path: Path) -> bool:
    """Whether a path is the data file of a language, by its name, be that a wrong one: pt-BR."""
    return is_file(path) and re.fullmatch(_LANGUAGE_FILE, path.name) is not None


def _review_language(path: Path) -> Review:
    issues = (
        evolve(issue, path=shown_path(path), line=_line_of_flaw(issue, path), level="error")
        for issue in find_flaws_of_language(path)
    )
    return Review(file=shown_path(path), id="", issues=tuple(issues))


def _line_of_flaw(issue: Issue, path: Path) -> int:
    """Return the line of a flaw in a language's file: of its key, or of the table around it."""
    if issue.line or not issue.key:
        return issue.line or 1
    return line_of(path.read_text(encoding="utf-8-sig"), tuple(issue.key.split(".")))


def _review_issue(issue: Issue) -> Review:
    return Review(file=issue.path, id="", issues=(evolve(issue, line=1),))


# --------------------------------------------------------------------------------- formats


def _as_text(reviews: Sequence[Review], issues: Sequence[Issue]) -> Iterator[str]:
    """Write each issue on a line, then how far up the ladder each file is."""
    yield from map(str, issues)
    for review in reviews:
        files = {review.file, *(issue.path for issue in review.issues)}  # its ratings, too
        count = sum(issue.path in files for issue in issues)
        summary = f"{count} finding(s)" if count else "nothing to correct"
        if not review.id:
            yield printable(f"{review.file}: {summary}")
            continue
        reached = RUNGS.index(review.next_rung) if review.next_rung else len(RUNGS)
        rungs = "  ".join(
            f"[{'x' if position < reached else ' '}] {rung}" for position, rung in enumerate(RUNGS)
        )
        yield printable(f"{review.file}: {summary}; {rungs}")
        if review.placeholders and review.placeholders[0] not in issues:
            yield _describe_placeholders(review.placeholders)
        if review.next_rung:
            open_count = review.count_by_rung[review.next_rung]
            more = "" if count else "; --strict lists it all"
            meaning = RUNG_MEANINGS[review.next_rung]
            yield f"    next rung, {review.next_rung}: {meaning}; {open_count} to correct{more}"


def _describe_placeholders(left: Sequence[Issue]) -> str:
    """Return in one line what is still to be written, where each is not listed by itself."""
    texts = "1 text is" if len(left) == 1 else f"{len(left)} texts are"
    first = f"line {left[0].line}" if len(left) == 1 else f"the first in line {left[0].line}"
    return f"    {texts} still to be written ({PLACEHOLDER}), {first}; --strict lists it all"


def _as_json(reviews: Sequence[Review], issues: Sequence[Issue]) -> Iterator[str]:
    document = {
        "schema": SCHEMA,
        "findings": [
            {
                "file": issue.path,
                "line": issue.line,
                "place": issue.key,
                "what": issue.message,
                "mend": issue.hint,
                "rung": rung_of(issue),
                "is_strict": issue.level != "error",
                "code": issue.code,
            }
            for issue in issues
        ],
        "files": [
            {"file": review.file, "id": review.id or None, "ladder": review.count_by_rung}
            for review in reviews
        ],
    }
    yield write_json(document, indent=2)


def _as_github(_: Sequence[Review], issues: Sequence[Issue]) -> Iterator[str]:
    """Write workflow commands, which GitHub shows beside the lines of a change.

    Source: GitHub Actions, workflow commands: in properties `:` and `,` are percent codes, too.
    """
    for issue in issues:
        file = escape_workflow(Path(issue.path).as_posix()).replace(":", "%3A").replace(",", "%2C")
        text = escape_workflow(str(evolve(issue, path="", line=0)))
        yield f"::error file={file},line={issue.line},title=headnotes check::{text}"


_FORMATS: dict[str, Callable[[Sequence[Review], Sequence[Issue]], Iterator[str]]] = {
    "terminal": _as_text,
    "json": _as_json,
    "github": _as_github,
}
