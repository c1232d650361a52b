"""Rules that annotate the fields of topics and works: what a value must look like, what it is for.

They cost nothing when a value is made. `headnotes.topics` reads files by them, words its messages
with them, and describes the files by them to editors and readers; the classes of the model stay
the only list of fields.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from headnotes.values import NamedTuple


class Help(NamedTuple):
    """What a field is for, in a few words for authors."""

    text: str


class Pattern(NamedTuple):
    """What a text must match as a whole, and how a message calls such a text."""

    regex: str
    like: str


class WholeNumber(NamedTuple):
    """The least and the greatest whole number that are allowed."""

    least: int
    most: int


class Layout(Enum):
    """How a file writes a field in another way than the model holds it."""

    FILLED = "a list or table with at least one item, where it is given"
    SINGULAR = "a list under its singular name; a single table may stand for it"
    BY_ID = "a list of tables, held by their ids"
    INLINE = "its tables stand beside the other keys"
    BY_LANGUAGE = "a list, or a table of lists by language"
    ELSEWHERE = "stands in a file of its own"


SLUG_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
LANGUAGE_PATTERN = r"[a-z]{2,3}(-[a-zA-Z0-9]{2,8})*"

Slug = Annotated[str, Pattern(SLUG_PATTERN, "small letters, digits and single hyphens")]
LanguageTag = Annotated[str, Pattern(LANGUAGE_PATTERN, "a language tag")]

WRITTEN_EPISODE = Pattern(r"S[0-9]{2,4}E[0-9]{2,4}", "season and episode as S01E04")
"""How a file writes an episode id."""

PlainYear = Annotated[int, WholeNumber(1000, 2999)]
"""How a file writes one year: a number without quotes."""
