"""Topic and work files to topics and works, and what is wrong with them, with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from headnotes.model import Ratings, Topic, Work
from headnotes.topics.bounds import BOUNDS, NO_BOUNDS, Bounds
from headnotes.topics.loading import (
    RATINGS_FILE,
    TOPIC_FILE,
    WORK_FILE,
    guess_id,
    list_texts,
    locate_issues,
    read_folder,
    read_topic,
    read_work,
    shown_path,
)
from headnotes.topics.merging import find_clashes, known_claims, merge_works
from headnotes.topics.tables import DataPath, Found

if TYPE_CHECKING:
    from pathlib import Path

    import tomli

    from headnotes.issues import Issue
    from headnotes.topics.archives import HeldFolder
    from headnotes.topics.slips import Slip

__all__ = [
    "BOUNDS",
    "NO_BOUNDS",
    "RATINGS_FILE",
    "TOPIC_FILE",
    "WORK_FILE",
    "Bounds",
    "DataPath",
    "Found",
    "describe_file",
    "find_clashes",
    "find_flaws",
    "find_misfits",
    "find_slip",
    "find_topic_files",
    "guess_id",
    "is_archive",
    "known_claims",
    "line_of",
    "list_texts",
    "locate_issues",
    "merge_works",
    "open_archive",
    "read_folder",
    "read_topic",
    "read_work",
    "show_value",
    "shown_path",
]


def describe_file(kind: type[Topic | Work | Ratings]) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file, for editors; few runs need it."""
    from headnotes.topics import schema

    return schema.describe_file(kind)


def find_flaws(value: object, kind: type, bounds: Bounds = BOUNDS) -> Iterator[Issue]:
    """Find what is wrong with a value that a plugin's code made; in few runs one makes any."""
    from headnotes.topics import made

    return made.find_flaws(value, kind, bounds)


def find_misfits(kind: type[Topic | Work], data: object) -> Iterator[Found]:
    """Find everything in a file's data that does not fit its kind; only wrong files need it."""
    from headnotes.topics import validation

    return validation.find_misfits(kind, data)


def find_slip(text: str, error: tomli.TOMLDecodeError) -> Slip:
    """Return the most likely slip in a text that is not valid TOML; few files need it."""
    from headnotes.topics import slips

    return slips.find_slip(text, error)


def find_topic_files(folder: Path) -> tuple[tuple[Path, ...], tuple[Issue, ...]]:
    """Find the topic and work files in a folder that a user has, and what is wrong with it."""
    from headnotes.topics import folders

    return folders.find_topic_files(folder)


def is_archive(path: Path) -> bool:
    """Whether a path is a zip in which topics may be."""
    from headnotes.topics import folders

    return folders.is_archive(path)


def line_of(text: str, path: DataPath) -> int:
    """Return the line of a place in a text that is valid TOML, or of what is around it."""
    from headnotes.topics import lines

    return lines.LineIndex(text, [path]).line_of(path)


def open_archive(file: Path, bounds: Bounds = BOUNDS) -> tuple[HeldFolder, ...]:
    """Read the topic and work files in a zip; few runs need it."""
    from headnotes.topics import archives

    return archives.open_archive(file, bounds)


def show_value(value: object) -> str:
    """Return a value as a message shows it; few runs have any."""
    from headnotes.topics import made

    return made.show_value(value)
