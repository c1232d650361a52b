"""What the program says to people, in the reader's language.

The messages lie in the files of the languages; a message that a language lacks comes in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from headnotes.languages.data import cache_by_languages, language_data, read_messages
from headnotes.languages.tags import FALLBACK, base_language, choose_language, choose_local
from headnotes.model import Language, LocalText, Note, NoteText
from headnotes.values import frozen


@frozen(kw_only=True)
class Messages:
    """The messages of one language.

    Attributes:
        language: the language they are in.
        reader: the language asked for, in which titles and notes come where they have it.
        table: all of them: texts, lists of plural forms, and tables of these.
        plural_form: the place, among the forms of a message, of the form a number takes.
    """

    language: Language
    reader: Language
    table: Mapping[str, Any]
    plural_form: Callable[[int], int]

    def text(self, key: str, **values: object) -> str:
        """Return a text by its dotted key, its {places} filled."""
        return str(self._find(key)).format(**values)

    def plural(self, key: str, number: int) -> str:
        """Return a number with its noun in the right form, `3 notes`."""
        forms = self._find(f"count.{key}")
        form = min(self.plural_form(number), len(forms) - 1)  # English ones may stand in
        return str(forms[form]).format(count=number)

    def name_language(self, tag: Language | None) -> str:
        """Name a language, or return its tag where it has no name here; empty for none."""
        return str(self.table["languages"].get(base_language(tag), tag)) if tag else ""

    def local(self, text: LocalText) -> str:
        """Return a text in the language the reader gets; empty where there is none."""
        return choose_local(text, self.reader)

    def note_text(self, note: Note) -> tuple[Language, NoteText]:
        """Return the language in which the reader gets a note, and its text in it."""
        tag = choose_language(note.texts, self.reader)
        return tag, note.texts[tag]

    def percent(self, share: float) -> str:
        """Write a share of one as whole per cent."""
        return self.text("percent", value=points(share))

    def quote(self, texts: Iterable[str]) -> str:
        """Write texts in quotation marks, one after the other."""
        return ", ".join(self.text("quoted", text=text) for text in texts)

    def span(self, low: float, high: float) -> str:
        """Write two shares of one as a range of points out of 100."""
        return self.text("range", low=points(low), high=points(high))

    def decimal(self, value: float, digits: int = 2) -> str:
        """Write a number with so many decimals."""
        sign = "\N{MINUS SIGN}" if value < 0 else ""
        return f"{sign}{abs(value):.{digits}f}".replace(".", self.table["decimal_mark"])

    def change(self, change: float) -> str:
        """Write a difference of shares as signed points with one decimal."""
        mark = self.table["decimal_mark"]
        sign = "\N{MINUS SIGN}" if change < 0 else "+"
        return f"{sign}{abs(change) * 100:.1f}".replace(".", mark)

    def _find(self, key: str) -> Any:  # noqa: ANN401 - texts, lists and tables
        found: Any = self.table
        for part in key.split("."):
            found = found[part]
        return found


def points(share: float) -> int:
    """Return a share of one as whole points out of 100, halves rounded up."""
    return int(share * 100 + 0.5)


@cache_by_languages
def load_messages(language: Language) -> Messages:
    """Return the messages of a language, or the English ones where it has none."""
    from gettext import c2py

    data = language_data(language)
    if not data.has_messages:
        data = language_data(FALLBACK)
    return Messages(
        language=data.tag,
        reader=language,
        table=_complete(read_messages(data.tag), read_messages(FALLBACK)),
        plural_form=c2py(data.plural_rule),
    )


def _complete(own: Mapping[str, Any], english: Mapping[str, Any]) -> dict[str, Any]:
    """Return a language's messages, with the English ones that it lacks."""
    inner = {
        key: _complete(own.get(key, {}), table)
        for key, table in english.items()
        if isinstance(table, Mapping)
    }
    return {**english, **own, **inner}
