"""Where topic and work files lie in a folder, and what looks like one under another name."""

from __future__ import annotations

import os
from pathlib import Path

from headnotes.issues import Issue
from headnotes.topics.reading import TOPIC_FILE, WORK_FILE

_PROJECT_FILE = "pyproject.toml"


def find_files(folder: Path) -> tuple[tuple[Path, ...], tuple[Issue, ...]]:
    """Find the topic and work files in a folder and in the folders right below it.

    Returns:
        The files, by folder; and a problem for each folder that cannot be read, for the folder
        if it has no topic file, and for each TOML file that nobody would read because of its
        name. Folders of Python projects hold other TOML files, too, so none of theirs is taken
        for a slip.
    """
    files: list[Path] = []
    problems: list[Issue] = []
    places = [folder]
    for place in places:
        try:
            inside = sorted(place.iterdir())
        except OSError as error:
            problems.append(_unread(place, error))
            continue
        if place == folder:
            # Says no where pathlib raises, in a folder that may be listed but not entered.
            places += [one for one in inside if one.name[0] != "." and os.path.isdir(one)]  # noqa: PTH112
        names = {one.name for one in inside}
        named = [place / name for name in (TOPIC_FILE, WORK_FILE) if name in names]
        files += named
        if not named and _PROJECT_FILE not in names:
            problems += [_misnamed(one) for one in inside if one.suffix == ".toml"]
    if not files and not problems:
        problems.append(
            Issue(
                path=str(folder),
                code="no-topic-file",
                message=f"holds no {TOPIC_FILE}",
                hint="`headnotes new NAME` writes one",
            )
        )
    return tuple(files), tuple(problems)


def _unread(folder: Path, error: OSError) -> Issue:
    what = f"cannot be read: {error.strerror}"
    if isinstance(error, FileNotFoundError):
        what = "is not there"
    elif isinstance(error, NotADirectoryError):
        what = "is no folder"
    return Issue(
        path=str(folder), code="unreadable", message=what, hint="name a folder of topic files"
    )


def _misnamed(file: Path) -> Issue:
    return Issue(
        path=str(file),
        code="misnamed-file",
        message="is not read under this name",
        hint=f"call it {TOPIC_FILE} or {WORK_FILE}, in a folder of its own",
    )
