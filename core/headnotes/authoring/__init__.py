"""For topic authors: checking topic files, and running the dialogue that tests their anchors."""

from headnotes.authoring.cases import finds
from headnotes.authoring.checking import check_topic

__all__ = ["check_topic", "finds"]
