"""Topic and work files to topics and works, and what is wrong with them, with its line."""

from typing import Any

from headnotes.topics.bounds import BOUNDS, NO_BOUNDS, Bounds
from headnotes.topics.folders import find_topic_files
from headnotes.topics.loading import (
    TOPIC_FILE,
    WORK_FILE,
    locate_issues,
    read_folder,
    read_topic,
    read_work,
    shown_path,
)
from headnotes.topics.made import find_flaws, show_value
from headnotes.topics.tables import DataPath, Found

__all__ = [
    "BOUNDS",
    "NO_BOUNDS",
    "TOPIC_FILE",
    "WORK_FILE",
    "Bounds",
    "DataPath",
    "Found",
    "describe_topic_file",
    "find_flaws",
    "find_topic_files",
    "locate_issues",
    "read_folder",
    "read_topic",
    "read_work",
    "show_value",
    "shown_path",
]


def describe_topic_file() -> dict[str, Any]:
    """Return the JSON Schema of topic files, for editors; few runs need it."""
    from headnotes.topics import schema

    return schema.describe_topic_file()
