"""What reports say, in the reader's language; the words themselves lie in `LANGUAGE.toml`.

Also which of a note's languages a reader gets. How things look is in `palette`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen

from headnotes.languages.tags import base_language, choose_language
from headnotes.model import Language, LocalText, Note, NoteText

FALLBACK: Language = "en"


@frozen(kw_only=True)
class Words:
    """The words of one language.

    Attributes:
        language: the language they are in, which may differ from the one asked for.
        table: the whole word file; reports take closed lists such as `verdicts` from it.
    """

    language: Language
    table: Mapping[str, Any]

    def say(self, key: str, **values: object) -> str:
        """Give a text by its dotted key, its places filled."""
        return str(self._find(key)).format(**values)

    def count(self, key: str, number: int) -> str:
        """Give a number with its noun, `3 notes`."""
        forms = self._find(f"count.{key}")
        return str(forms[number != 1]).format(count=number)

    def name_language(self, tag: Language | None) -> str:
        """Name a language, or give its tag where it has no name here."""
        return str(self.table["languages"].get(base_language(tag), tag)) if tag else ""

    def percent(self, share: float) -> str:
        """Write a share of one as whole per cent."""
        return self.say("percent", value=points(share))

    def span(self, low: float, high: float) -> str:
        """Write two shares of one as a range of points out of 100."""
        return self.say("range", low=points(low), high=points(high))

    def change(self, change: float) -> str:
        """Write a difference of shares as signed points with one decimal."""
        mark = self.table["decimal_mark"]
        sign = "\N{MINUS SIGN}" if change < 0 else "+"
        return f"{sign}{abs(change) * 100:.1f}".replace(".", mark)

    def _find(self, key: str) -> Any:  # noqa: ANN401 - a word file holds texts, lists and tables
        found: Any = self.table
        for part in key.split("."):
            found = found[part]
        return found


def points(share: float) -> int:
    """Give a share of one as whole points out of 100, halves rounded up."""
    return int(share * 100 + 0.5)


@cache
def load_words(language: Language) -> Words:
    """Give the words of a language, or the English ones where there are none."""
    import tomllib

    folder = files(__package__)
    known = {
        item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")
    }
    chosen = next((tag for tag in (language, base_language(language)) if tag in known), FALLBACK)
    table = tomllib.loads((folder / f"{chosen}.toml").read_text(encoding="utf-8"))
    return Words(language=chosen, table=table)


def choose_local(text: LocalText, wanted: Language) -> str:
    """Give a text in the language a reader gets; empty where there is none."""
    return text[choose_language(text, wanted)] if text else ""


def choose_note_text(note: Note, wanted: Language) -> tuple[Language, NoteText]:
    """Give a note's text in the language a reader gets, and which that is."""
    tag = choose_language(note.texts, wanted)
    return tag, note.texts[tag]
