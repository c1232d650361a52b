"""What a headnote says: the language of its line, its label, and where its lines break.

Markup is not escaped here; each profile writes another one.
"""

from __future__ import annotations

import math
import unicodedata

from headnotes.languages import base_language, choose_language, language_data
from headnotes.model import Language, Note, Reason
from headnotes.scheduling.breaks import break_line
from headnotes.scheduling.labels import label_note
from headnotes.scheduling.limits import MAX_LINES
from headnotes.scheduling.reading_load import weigh_reading
from headnotes.text import is_noncharacter
from headnotes.values import frozen

_JOINERS_AND_MARKS = "\u200c\u200d\u200e\u200f"
"""Invisible characters that Persian, Indic and Hebrew writing needs; all others are dropped."""


@frozen(kw_only=True)
class Wording:
    """A headnote's words.

    Attributes:
        label: one of the fixed set, brackets included.
        text: label and line, broken into lines; empty where they cannot be shown.
        language: of the line.
        misfit: why they cannot be shown; `None` where they can.
    """

    label: str
    text: str
    language: Language
    misfit: Reason | None = None

    @property
    def reading_chars(self) -> int:
        """How much there is to read, in characters of Latin script."""
        return math.ceil(len(self.text) * weigh_reading(self.language))


def word_note(note: Note, wanted: Language | None) -> Wording:
    """Return a note's on-screen line after its label, broken into lines that fit.

    Args:
        note: its texts hold at least one language.
        wanted: language to show it in, where the note has it.
    """
    language = choose_language(note.texts, wanted)
    label = label_note(note, language)
    line = clean_line(note.texts[language].headnote)
    whole = f"{label} {line}"
    text = break_line(whole, base_language(language)) if line else ""
    misfit = None if text else _explain_misfit(line, whole, language)
    return Wording(label=label, text=text, language=language, misfit=misfit)


def clean_line(text: str) -> str:
    """Return one line of printable characters: line breaks to spaces, controls dropped.

    Noncharacters go as well: ffmpeg drops a cue that has one.
    """
    if not text.isprintable():
        text = "".join(
            char
            for char in text
            if char.isspace()
            or char in _JOINERS_AND_MARKS
            or (unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and not is_noncharacter(char))
        )
    return " ".join(text.split())


def _explain_misfit(line: str, whole: str, language: Language) -> Reason:
    if not line:
        return Reason("no-line", {"language": language})
    longest = language_data(language).line_chars
    figures = {"chars": len(whole), "lines": MAX_LINES, "line_chars": longest}
    return Reason("long-line", figures)
