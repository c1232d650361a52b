"""Where topic and work files lie in a folder, and what looks like one under another name."""

from __future__ import annotations

from pathlib import Path

from headnotes.errors import Problem
from headnotes.topics.reading import TOPIC_FILE, WORK_FILE

_PROJECT_FILE = "pyproject.toml"


def find_files(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Find the topic and work files in a folder and in the folders right below it.

    Returns:
        The files, by folder; and a problem for the folder if it has none, and for each TOML file
        that nobody would read because of its name. Folders of Python projects hold other
        TOML files, too, so none of theirs is taken for a slip.
    """
    try:
        below = sorted(one for one in folder.iterdir() if one.is_dir() and one.name[0] != ".")
    except OSError as error:
        reason = "is no folder" if folder.exists() else "is not there"
        reason = reason if not folder.is_dir() else f"cannot be read: {error.strerror}"
        mend = "name a folder of topic files; `headnotes new NAME` writes one"
        return (), (Problem(where=str(folder), what=reason, mend=mend),)
    files: list[Path] = []
    problems: list[Problem] = []
    for place in (folder, *below):
        named = [file for name in (TOPIC_FILE, WORK_FILE) if (file := place / name).is_file()]
        files += named
        if not named and not (place / _PROJECT_FILE).is_file():
            problems += map(_misnamed, sorted(place.glob("*.toml")))
    if not files and not problems:
        problems.append(
            Problem(
                where=str(folder),
                what=f"holds no {TOPIC_FILE}",
                mend="`headnotes new NAME` writes one",
            )
        )
    return tuple(files), tuple(problems)


def _misnamed(file: Path) -> Problem:
    return Problem(
        where=str(file),
        what="is not read under this name",
        mend=f"call it {TOPIC_FILE} or {WORK_FILE}, in a folder of its own",
    )
