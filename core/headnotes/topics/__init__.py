"""Topic and work files to topics and works, and what is wrong with them, with its line."""

from typing import Any

from headnotes.model import Ratings, Topic, Work
from headnotes.topics.bounds import BOUNDS, NO_BOUNDS, Bounds
from headnotes.topics.consistency import known_claims
from headnotes.topics.folders import find_topic_files
from headnotes.topics.loading import (
    RATINGS_FILE,
    TOPIC_FILE,
    WORK_FILE,
    locate_issues,
    read_folder,
    read_topic,
    read_work,
    shown_path,
)
from headnotes.topics.made import find_flaws, show_value
from headnotes.topics.merging import find_clashes, merge_works
from headnotes.topics.tables import DataPath, Found

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
    "find_topic_files",
    "known_claims",
    "locate_issues",
    "merge_works",
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
