"""Language tags: their first part, and which of several texts serves a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from headnotes.model import Language, LocalText

FALLBACK: Language = "en"
"""The language that has every word, for readers of one that has not."""


def choose_language(texts: Mapping[Language, object], wanted: Language | None) -> Language:
    """Choose the language to show a text in: the wanted one, else English, else any.

    Args:
        texts: by language, at least one.
        wanted: a tag; `de-at` is served by `de` where there is no closer one.

    Returns:
        A key of `texts`; of several that would do, the first in the order of the alphabet.
    """
    tags = sorted(texts)
    for wish in (wanted or FALLBACK, FALLBACK):
        for tag in tags:
            if tag.lower() == wish.lower():
                return tag
        for tag in tags:
            if base_language(tag) == base_language(wish):
                return tag
    return tags[0]


def common_language(spoken: Iterable[Language | None]) -> Language:
    """Return the language of all tracks that share a page; English where they differ."""
    different = {*spoken}
    return (different.pop() if len(different) == 1 else None) or FALLBACK


def choose_local(text: LocalText, wanted: Language) -> str:
    """Return a text in the language a reader gets; empty where there is none."""
    return text[choose_language(text, wanted)] if text else ""


def base_language(language: Language) -> Language:
    """Cut a tag down to its first part: `de` for `de-at`."""
    return language.replace("_", "-").partition("-")[0].lower()
