"""Topic and work files to topics and works, and what is wrong with them, with its line."""

from typing import Any

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
from headnotes.topics.tables import DataPath, Found

__all__ = [
    "TOPIC_FILE",
    "WORK_FILE",
    "DataPath",
    "Found",
    "describe_topic_file",
    "find_topic_files",
    "locate_issues",
    "read_folder",
    "read_topic",
    "read_work",
    "shown_path",
]


def describe_topic_file() -> dict[str, Any]:
    """Return the JSON Schema of topic files, for editors; few runs need it."""
    from headnotes.topics import schema

    return schema.describe_topic_file()
