"""From PATH arguments to files, whatever a file system answers; its oddities raise nothing here.

`Path.resolve` raises on a loop of links, and `Path.is_dir` and its like on a folder that may not
be looked into or a name that is too long.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headnotes.issues import Issue, UsageError
from headnotes.tracks import TRACK_SUFFIXES, VIDEO_SUFFIXES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class _PathType(click.ParamType):  # type: ignore[type-arg]  # older ones have none
    """A path, whether or not anything is there; see `commands` why it is not click's."""

    name = "path"

    def convert(
        self,
        value: str | Path,
        param: click.Parameter | None,  # click's
        ctx: click.Context | None,
    ) -> Path:
        """Return it as a path; refuse an empty one, which pathlib takes for the current folder."""
        if not isinstance(value, str | Path):  # a settings file may hold anything
            self.fail(f"{value!r} is not a path", param, ctx)
        if value == "":
            self.fail("empty path", param, ctx)
        return Path(value)

    def shell_complete(
        self,
        ctx: click.Context,  # click's
        param: click.Parameter,
        incomplete: str,
    ) -> list[CompletionItem]:
        """Have the shell complete it."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


PATH = _PathType()
"""The type of arguments that are paths: what reads them says what is wrong, file by file."""


def check_addresses(
    context: click.Context, argument: click.Parameter, addresses: tuple[str, ...]
) -> tuple[str, ...]:
    """Return paths and addresses as they are written; refuse what would be refused as a path."""
    for address in addresses:
        PATH.convert(address, argument, context)
    return addresses


# In a folder, an .xml file is more often something else than TTML; named, it is read.
_IN_FOLDERS = TRACK_SUFFIXES - {".xml", ".txt", ".tmp"}

# What a folder may hold that is or was subtitles, and that is looked at only where it is named.
_PERHAPS = (TRACK_SUFFIXES - _IN_FOLDERS) | {
    *(".idx", ".sup", ".scc", ".stl", ".lrc", ".srv1", ".srv2", ".srv3"),
}


def true_path(path: Path) -> Path:
    """Follow all links as far as they lead; a loop of links stays as it is."""
    return Path(os.path.realpath(path))


def is_folder(path: Path) -> bool:
    """Whether a folder exists that one may see."""
    return os.path.isdir(path)  # noqa: PTH112 - false where pathlib raises


def is_file(path: Path) -> bool:
    """Whether a regular file exists that one may see."""
    return os.path.isfile(path)  # noqa: PTH113 - false where pathlib raises


def find_files(
    paths: Sequence[Path], is_ours: Callable[[Path], bool] = lambda _: False
) -> tuple[list[Path], list[Issue]]:
    """Return the files to read: those named, and those with a known ending in named folders.

    Films count where no subtitle file lies beside them.

    Args:
        paths: files and folders in any mix.
        is_ours: whether a file is an output of ours, which serves no film.

    Returns:
        Files without repetition, folders' ones by name; and an issue for each path that leads
        nowhere, and for each folder that may not be looked into.

    Raises:
        UsageError: no path leads to any file.
    """
    found: dict[Path, Path] = {}
    issues: list[Issue] = []
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            issues.append(_describe_unseen(path, error))
            continue
        for file in _list_folder(path, issues, is_ours) if is_folder else [path]:
            found.setdefault(true_path(file), file)
    if not found:
        raise UsageError(*issues)
    return list(found.values()), issues


def _list_folder(folder: Path, issues: list[Issue], is_ours: Callable[[Path], bool]) -> list[Path]:
    """List the subtitle files and films below a folder, and note what keeps some away."""
    known = len(issues)
    inside = list(_walk(folder, lambda error: issues.append(_describe_unseen(folder, error))))
    if not inside and len(issues) == known:
        issues.append(_describe_empty(folder))
    return _without_served_films(inside, issues, is_ours)


def _without_served_films(
    files: Sequence[Path], issues: list[Issue], is_ours: Callable[[Path], bool]
) -> list[Path]:
    """Leave out films that have a subtitle file beside them, and note each."""
    texts: dict[Path, list[str]] = {}
    for file in files:
        if not _is_film(file):
            texts.setdefault(file.parent, []).append(file.name)
    kept: list[Path] = []
    for file in files:
        beside = [
            name
            for name in (texts.get(file.parent, ()) if _is_film(file) else ())
            if name.startswith(f"{file.stem}.") and not is_ours(file.parent / name)
        ]
        if beside:
            message = f"skipped, as {min(beside)!r} lies beside it"
            hint = "give the film itself to read the subtitles inside it"
            issue = Issue(
                path=str(file), code="film-served", level="info", message=message, hint=hint
            )
            issues.append(issue)
        else:
            kept.append(file)
    return kept


def _is_film(file: Path) -> bool:
    return file.suffix.lower() in VIDEO_SUFFIXES


def _describe_empty(folder: Path) -> Issue:
    """Describe what a folder without subtitles is asked to hold."""
    others = [file for file in sorted(folder.iterdir()) if _may_be_track(file)]
    if others:
        return Issue(
            path=str(folder),
            code="no-subtitles",
            message=f"holds no files with endings known in folders, but {len(others)} that may be"
            " subtitles",
            hint=f"give one to read it or to learn how to convert it, such as {others[0].name!r}",
        )
    wanted = " ".join(sorted(_IN_FOLDERS))
    hint = f"put some there ({wanted}), or give another path"
    return Issue(
        path=str(folder), code="no-subtitles", message="holds no subtitle files", hint=hint
    )


def _may_be_track(file: Path) -> bool:
    """Whether a file may be subtitles by its ending, or half of picture subtitles."""
    return file.suffix.lower() in _PERHAPS | {".sub"}


def _describe_unseen(path: Path, error: OSError) -> Issue:
    """Describe why a path cannot even be looked at."""
    if isinstance(error, FileNotFoundError):
        return Issue(
            path=str(path), code="not-there", message="does not exist", hint="check the path"
        )
    where = str(error.filename or path)
    what = f"cannot be read: {error.strerror or type(error).__name__}"
    return Issue(path=where, code="unreadable", message=what, hint="check name and rights")


def _walk(folder: Path, note: Callable[[OSError], None]) -> Iterable[Path]:
    """Yield subtitle files and films below a folder, in order; hidden ones are passed over.

    So are the pictures that an index of VobSub stands beside.
    """
    known = _IN_FOLDERS | VIDEO_SUFFIXES
    for place, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            is_known = not name.startswith(".") and Path(name).suffix.lower() in known
            if is_known and not (name.lower().endswith(".sub") and f"{name[:-4]}.idx" in files):
                yield Path(place, name)
