"""Where topic and work files lie in a folder, and what looks like one under another name."""

from __future__ import annotations

import os
from pathlib import Path

from headnotes.issues import Issue
from headnotes.topics.loading import TOPIC_FILE, WORK_FILE

_PROJECT_FILE = "pyproject.toml"
_SETTINGS_FILE = "headnotes.toml"


def is_archive(path: Path) -> bool:
    """Whether a path is a zip, by its name, in which topics may be."""
    return path.suffix.lower() == ".zip" and os.path.isfile(path)  # noqa: PTH113  # as below


def find_topic_files(folder: Path) -> tuple[tuple[Path, ...], tuple[Issue, ...]]:
    """Find the topic and work files in a folder and in the folders right below it.

    Returns:
        The files, by folder; and an issue for each folder that cannot be read, for the folder
        if it has no topic file, and for each TOML file that nobody would read because of its
        name. Folders of Python projects hold other TOML files, too, so none of theirs is taken
        for a slip.
    """
    files: list[Path] = []
    issues: list[Issue] = []
    folders = [folder]
    for current in folders:
        try:
            inside = sorted(current.iterdir())
        except OSError as error:
            issues.append(_describe_unreadable(current, error))
            continue
        if current == folder:
            # False where pathlib raises, in a folder that may be listed but not entered.
            folders += [path for path in inside if path.name[0] != "." and os.path.isdir(path)]  # noqa: PTH112
        names = {path.name for path in inside}
        named = [current / name for name in (TOPIC_FILE, WORK_FILE) if name in names]
        files += named
        if not named and _PROJECT_FILE not in names:
            issues += [
                _describe_misnamed(path)
                for path in inside
                if path.suffix == ".toml" and path.name != _SETTINGS_FILE
            ]
    if not files and not issues:
        issues.append(_describe_empty(folder))
    return tuple(files), tuple(issues)


def _describe_empty(folder: Path) -> Issue:
    zipped = sorted(path.name for path in folder.iterdir() if is_archive(path))
    hint = f"unpack {zipped[0]}" if zipped else "`headnotes new NAME` writes one"
    message = f"holds no {TOPIC_FILE}"
    return Issue(path=str(folder), code="no-topic-file", message=message, hint=hint)


def _describe_unreadable(folder: Path, error: OSError) -> Issue:
    what = f"cannot be read: {error.strerror}"
    if isinstance(error, FileNotFoundError):
        what = "does not exist"
    elif isinstance(error, NotADirectoryError):
        what = "is not a folder"
    return Issue(
        path=str(folder), code="unreadable", message=what, hint="give a folder of topic files"
    )


def _describe_misnamed(file: Path) -> Issue:
    return Issue(
        path=str(file),
        code="misnamed-file",
        message="is not read under this name",
        hint=f"call it {TOPIC_FILE} or {WORK_FILE}, in a folder of its own",
    )
