"""From PATH arguments to tracks, one at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from headnotes.errors import Problem, UsageError
from headnotes.tracks import TRACK_SUFFIXES, VIDEO_SUFFIXES

# In a folder, an .xml file is more often something else than TTML; named, it is read.
_IN_FOLDERS = TRACK_SUFFIXES - {".xml"}


def find_files(paths: Sequence[Path]) -> tuple[list[Path], list[Problem]]:
    """Give the files to read: those named, and those with a known ending in named folders.

    Args:
        paths: files and folders in any mix.

    Returns:
        Files without repetition, folders' ones by name; and a problem for each path that leads
        nowhere.

    Raises:
        UsageError: no path leads to any file.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            inside = list(_walk(path))
            if not inside:
                problems.append(_tell_empty(path))
        elif path.exists():
            inside = [path]
        else:
            inside = []
            problems.append(Problem(where=str(path), what="is not there", mend="check the path"))
        for file in inside:
            found.setdefault(file.resolve(), file)
    if not found:
        raise UsageError(*problems)
    return list(found.values()), problems


def _tell_empty(folder: Path) -> Problem:
    """Say what a folder without subtitle files holds instead, and what to do."""
    films = [file for file in sorted(folder.iterdir()) if file.suffix.lower() in VIDEO_SUFFIXES]
    if films:
        mend = f"name a film to read the subtitles inside it, such as {films[0].name!r}"
        return Problem(where=str(folder), what="holds films, but no subtitle files", mend=mend)
    wanted = " ".join(sorted(_IN_FOLDERS))
    mend = f"put some there ({wanted}), or name another path"
    return Problem(where=str(folder), what="holds no subtitle files", mend=mend)


def _walk(folder: Path) -> Iterable[Path]:
    """Give the subtitle files below a folder, in order; hidden ones are passed over."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in _IN_FOLDERS:
                yield Path(place, name)


def clue_names(file: Path) -> Iterator[str]:
    """Give the names that may tell the work: the file's, then those of the folders around it."""
    yield file.stem
    yield from (folder.name for folder in list(file.resolve().parents)[:3])
