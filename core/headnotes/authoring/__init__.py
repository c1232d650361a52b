"""For topic authors: first files to begin with, and what is wrong with those they wrote."""

from headnotes.authoring.cases import finds, speak
from headnotes.authoring.checking import check_file
from headnotes.authoring.fixing import Edit, fix_text
from headnotes.authoring.ladder import RUNG_MEANINGS, RUNGS, Review, rung_of
from headnotes.authoring.scaffolding import (
    package_files,
    schema_beside,
    topic_files,
    work_files,
)

__all__ = [
    "RUNGS",
    "RUNG_MEANINGS",
    "Edit",
    "Review",
    "check_file",
    "finds",
    "fix_text",
    "package_files",
    "rung_of",
    "schema_beside",
    "speak",
    "topic_files",
    "work_files",
]
