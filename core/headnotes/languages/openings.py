"""How a line begins that denies or corrects what is shown, so that it cannot be read as true."""

from __future__ import annotations

from headnotes.languages.data import language_data
from headnotes.lazy import lazy_pattern
from headnotes.model import Language

_SOON = 5
_WORD = lazy_pattern(r"[^\W_]+(?:['’][^\W_]+)*")


def opens_by_denying(line: str, language: Language) -> bool | None:
    """Whether a line opens by denying or correcting; `None` where the language has no rule.

    It does where it begins with one of the `begin` openings of the language and with none of
    its `deceptive` ones, or where one of its `soon` phrases stands in its first five words.
    """
    openings = language_data(language).openings
    if openings is None:
        return None
    words = " ".join(_WORD.findall(line.lower())) + " "
    soon = " " + " ".join(words.split()[:_SOON]) + " "
    if words.startswith(_spaced(openings.deceptive)):
        return False
    return words.startswith(_spaced(openings.begin)) or any(
        f" {phrase} " in soon for phrase in openings.soon
    )


def _spaced(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{phrase} " for phrase in phrases)
