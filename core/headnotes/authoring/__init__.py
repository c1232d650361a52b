"""For topic authors: first files to begin with, and what is wrong with those they wrote."""

from headnotes.authoring.cases import finds, speak
from headnotes.authoring.checking import check_file
from headnotes.authoring.findings import RUNG_MEANINGS, RUNGS, Finding, Review, Rung

__all__ = ["RUNGS", "RUNG_MEANINGS", "Finding", "Review", "Rung", "check_file", "finds", "speak"]
