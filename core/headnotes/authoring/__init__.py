"""For topic authors: first files to begin with, and what is wrong with those they wrote."""

from headnotes.authoring.cases import finds, speak
from headnotes.authoring.checking import check_file
from headnotes.authoring.ladder import RUNG_MEANINGS, RUNGS, Review, rung_of
from headnotes.authoring.scaffolding import package_files, topic_files

__all__ = [
    "RUNGS",
    "RUNG_MEANINGS",
    "Review",
    "check_file",
    "finds",
    "package_files",
    "rung_of",
    "speak",
    "topic_files",
]
