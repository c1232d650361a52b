"""`headnotes archive`: many files to one file that answers questions."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

import headnotes
from headnotes import archive
from headnotes.app import Headnotes
from headnotes.cli.commands import Command
from headnotes.cli.inputs import PATH, check_addresses, find_files, is_folder, true_path
from headnotes.cli.jobs import AT_ONCE, naming_broken_workers
from headnotes.cli.marks import has_mark
from headnotes.cli.options import plugin_options
from headnotes.cli.outputs import publish_folder
from headnotes.cli.places import is_large, list_folders, list_wanted_plugins
from headnotes.cli.printing import is_terminal, print_line, progress_of
from headnotes.cli.session import DONE, NOTHING, PARTLY, shown
from headnotes.issues import Issue, TrackError, UsageError, look_up
from headnotes.text import printable, quote_csv
from headnotes.times import format_clock
from headnotes.tracks import parse_track
from headnotes.values import frozen

DEFAULT_ARCHIVE = "archive.sqlite"

_SPACES = "  "
_MILLISECONDS = "_ms"
"""Columns whose names end so hold times."""


@click.command(
    "archive",
    cls=Command,
    epilog="Example: headnotes archive Series/ -o archive.sqlite; headnotes archive --ask notes",
)
@click.argument("paths", nargs=-1, callback=check_addresses)
@click.option(
    "-o",
    "--output",
    type=PATH,
    default=DEFAULT_ARCHIVE,
    show_default=True,
    metavar="FILE",
    help="The archive; a run that was stopped goes on in it.",
)
@click.option("--work", metavar="ID", help="The work of all files, instead of recognising it.")
@click.option("--encoding", metavar="NAME", help="Character set of the files.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many processes. [default: one for each processor, or what the cluster has]",
)
@click.option("--dask", metavar="ADDRESS", help="Use this Dask cluster instead: tcp://HOST:8786.")
@click.option(
    "--ask",
    metavar="QUESTION",
    help=f"Answer from the archive: {', '.join(archive.QUESTIONS)}; or any SELECT.",
)
@click.option(
    "--parquet",
    type=PATH,
    metavar="FOLDER",
    help="Also write the tables as Parquet files into this new folder.",
)
@plugin_options
@click.option("-q", "--quiet", is_flag=True, help="Print only problems.")
def command(**chosen: Any) -> int:  # noqa: ANN401  # click gives what the options say
    """Annotate many files into one SQLite file, and answer questions from it.

    PATHS are files, folders, and addresses that fsspec knows, such as s3://bucket/subtitles or
    zip://::season.zip. Files that have not changed since are not read again, unless they failed;
    those that are gone from a folder among PATHS are dropped.
    """
    options = _Options(**chosen)
    if not (options.paths or options.ask or options.parquet):
        what, hint = "nothing to do", "give files and folders, or --ask a question"
        raise UsageError(Issue(path="archive", code="missing-option", message=what, hint=hint))
    if options.parquet and options.parquet.exists():
        message, hint = f"{options.parquet.name!r} already exists", "give a new folder"
        raise UsageError(Issue(path="--parquet", code="taken", message=message, hint=hint))
    status = _fill(options) if options.paths else DONE
    if options.ask or options.parquet:
        with closing(archive.open_for_reading(options.output)) as database:
            if options.ask:
                _print_answer(*archive.ask(database, options.ask))
            if options.parquet:
                publish_folder(options.parquet, dict(archive.write_tables(database)))
    return status


@frozen(kw_only=True)
class _Options:
    """What the command is asked to do."""

    paths: tuple[str, ...]
    output: Path
    work: str | None
    encoding: str | None
    jobs: int | None
    dask: str | None
    ask: str | None
    parquet: Path | None
    topics_dir: tuple[Path, ...]
    quiet: bool


def _fill(options: _Options) -> int:
    """Do the files that the archive does not have, and return the exit status."""
    setting = archive.Setting(
        folders=tuple(str(true_path(folder)) for folder in list_folders(options.topics_dir)),
        plugins=_as_tuple(list_wanted_plugins()),
        work=options.work,
        encoding=options.encoding,
        is_large=is_large(),
    )
    _check_encoding(options.encoding)
    notes = setting.load()
    for issue in notes.issues:
        print_line(str(issue))
    if options.work is not None:
        look_up(options.work, notes.works, "--work")
    files = _list_files(options)
    states = files.states
    made_by = _describe_maker(notes, setting)
    executors, at_once = _choose_executors(options)
    with closing(archive.Store(options.output)) as store:
        _drop_gone(store, files, options)
        store.write_notes(notes.topics)
        done = store.list_done(made_by)
        left = {path: state for path, state in states.items() if done.get(path) != state}
        if ready := len(states) - len(left):
            _inform(options, _count(ready, "file is", "files are", "done already"))
        crew = archive.Crew(
            do=partial(archive.annotate_file, setting=setting),
            fail=archive.fail_file,
            executors=executors,
            at_once=AT_ONCE * at_once,
        )
        results = archive.run_files(crew, left, store, made_by)
        failed, empty = _follow(results, len(left), files.names, options) if left else (0, 0)
        store.drop_notes(notes.topics)
    if empty == len(states):
        return NOTHING
    return DONE if files.is_whole and not failed and not notes.issues else PARTLY


def _drop_gone(store: archive.Store, files: _Files, options: _Options) -> None:
    """Drop what the archive has of files that are gone, or that it has by another name now."""
    gone, renamed = _list_gone(store.list_paths(), files)
    store.drop([*gone, *renamed])
    if gone:
        what = f"no longer there, dropped from {shown(options.output)}"
        _inform(options, _count(len(gone), "file is", "files are", what))
    if renamed:
        _inform(options, _count(len(renamed), "file is", "files are", "kept by another name"))


def _check_encoding(encoding: str | None) -> None:
    """Refuse an unknown character set once, before any file.

    Raises:
        UsageError: it is unknown.
    """
    try:
        parse_track(b"no cue", "", encoding=encoding)
    except TrackError as error:
        if error.issues[0].code == "unknown-encoding":
            raise UsageError(*error.issues) from None


def _choose_executors(
    options: _Options,
) -> tuple[Callable[[], AbstractContextManager[Executor]], int]:
    """Return what starts the workers, and how many files they do at a time."""
    if options.dask:
        join = partial(archive.join_cluster, options.dask)
        return join, options.jobs or archive.count_threads(options.dask)
    jobs = options.jobs or archive.count_processors()
    return partial(archive.start_processes, jobs), jobs


def _follow(
    results: Iterator[archive.FileResult],
    count: int,
    names: Mapping[str, str],
    options: _Options,
) -> tuple[int, int]:
    """Print how a run gets on.

    Args:
        results: as they come.
        count: how many will come.
        names: of files here, as the user gave them, by path.
        options: of the run.

    Returns:
        How many files failed, or plugins on them, and how many files gave nothing at all.
    """
    broken: set[str] = set()
    failed = empty = tracks = passed_over = doubtful = 0
    with (
        naming_broken_workers(),
        progress_of(results, count, is_quiet=options.quiet) as coming,
    ):
        for result in coming:
            tracks += len(result.tracks)
            passed_over += result.passed_over
            for line in sorted({*result.broken} - broken):
                print_line(line)
            broken |= {*result.broken}
            doubtful += any(len(track.issues) > len(track.errors) for track in result.tracks)
            if result.failure:
                failed += 1
                empty += not result.tracks
                print_line(_shorten(result, names))
    if passed_over:
        _inform(options, f"skipped what already has headnotes: {passed_over:,}")
    if doubtful:
        what = "with doubts; see --ask issues"
        _inform(options, _count(doubtful, "file", "files", what))
    done = _count(tracks, "track", "tracks", f"added to {shown(options.output)}")
    _inform(options, f"{done}; {failed:,} failed" if failed else done)
    return failed + len(broken), empty


def _shorten(result: archive.FileResult, names: Mapping[str, str]) -> str:
    """Return why a file failed, with its path as the user gave it."""
    path = printable(result.path)
    name = printable(names.get(result.path, result.path))
    return name + result.failure[len(path) :] if result.failure.startswith(path) else result.failure


@frozen(kw_only=True)
class _Files:
    """The files of a run.

    Attributes:
        states: what changes with each file, by its absolute path or address.
        names: of those here, as the user gave them.
        folders: those among the paths of the user, absolute.
        is_whole: whether all paths led to some files.
    """

    states: Mapping[str, str]
    names: Mapping[str, str]
    folders: tuple[str, ...]
    is_whole: bool


def _list_files(options: _Options) -> _Files:
    """Find the files to do, and print what keeps some away."""
    places = {path: archive.local_path(path) for path in options.paths}
    here = [Path(place) for place in places.values() if place is not None]
    states: dict[str, str] = {}
    names: dict[str, str] = {}
    issues: list[Issue] = []
    if here:
        files, issues = find_files(here, has_mark)
        for issue in issues:
            if issue.level != "info":
                print_line(str(issue))
        for file in files:
            path = _given_path(file)
            states[path], names[path] = _state_of(file), file.as_posix()
    for address, place in places.items():
        if place is None:
            states.update(archive.list_remote(address))
    return _Files(
        states=states,
        names=names,
        folders=tuple(_given_path(path) for path in here if is_folder(path)),
        is_whole=all(issue.level == "info" for issue in issues),
    )


def _given_path(path: Path) -> str:
    """Return an absolute path that keeps the names of links: they may tell work and episode."""
    given = os.path.abspath(path)  # noqa: PTH100 - no links
    if ".." in path.parts and os.path.realpath(given) != os.path.realpath(path):
        return str(true_path(path))  # the folder above one that a link leads to
    return given


def _list_gone(kept: Collection[str], files: _Files) -> tuple[list[str], list[str]]:
    """Return the paths of the archive that this run shows to be over.

    Returns:
        Those below its folders where no file is any more, unless a path of the run leads nowhere,
        as where a disk is missing; and there, other names of files that the run has by one name.
    """
    folders = tuple(os.path.join(folder, "") for folder in files.folders)  # noqa: PTH118 - ends with /
    others = [path for path in kept if path not in files.states and path.startswith(folders)]
    here = {os.path.realpath(path) for path in (files.names if others else ())}
    gone = [path for path in others if files.is_whole and _is_nowhere(path)]
    return gone, [path for path in others if os.path.realpath(path) in here]


def _is_nowhere(path: str) -> bool:
    """Whether no file has this path; one that may not be looked at may be there."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _state_of(file: Path) -> str:
    """Return what changes with a file; of one that cannot be looked at nothing, as reading says."""
    try:
        status = file.stat()
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"


def _describe_maker(notes: Headnotes, setting: archive.Setting) -> str:
    """Return what results depend on besides the file: other topics or versions do it anew."""
    known = repr((sorted(notes.topics.items()), sorted(notes.works.items()), setting))
    code = [f"{plugin.name} {plugin.version}" for plugin in notes.registry.plugins]
    digest = sha256(repr((known, code)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"headnotes {headnotes.__version__}, topics {digest[:16]}"


def _as_tuple(names: Any) -> tuple[str, ...] | None:  # noqa: ANN401 - click's
    return None if names is None else tuple(names)


def _print_answer(names: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    """Print a table: in columns and in words on a terminal, as CSV for programs."""
    if is_terminal(sys.stdout):
        table = [list(map(_word_heading, names)), *(_word_row(names, row) for row in rows)]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        for line in table:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            click.echo(_SPACES.join(cells).rstrip())
        return
    for row in (names, *rows):
        click.echo(_write_row(row))


def _word_heading(name: str) -> str:
    """Return the name of a column as words: `shown_start_ms` as `shown start`."""
    return printable(name.removesuffix(_MILLISECONDS).replace("_", " "))


def _word_row(names: Sequence[str], row: Sequence[object]) -> list[str]:
    """Return the cells of a row as people read them, with times as a clock shows them."""
    return [
        format_clock(cell)
        if name.endswith(_MILLISECONDS) and isinstance(cell, int) and cell >= 0
        else _show(cell)
        for name, cell in zip(names, row, strict=True)
    ]


def _write_row(cells: Sequence[object]) -> bytes:
    return ",".join(map(_write_cell, cells)).encode("utf-8", "replace")


def _write_cell(cell: object) -> str:
    """Return a number as it is, anything else as text that no spreadsheet calculates."""
    if isinstance(cell, int | float):
        return str(cell)
    return quote_csv("" if cell is None else str(cell))


def _show(cell: object) -> str:
    return "" if cell is None else printable(str(cell))


def _count(number: int, singular: str, plural: str, rest: str) -> str:
    return f"{number:,} {singular if number == 1 else plural} {rest}"


def _inform(options: _Options, line: str) -> None:
    if not options.quiet:
        print_line(line)
