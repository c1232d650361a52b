"""What differs from language to language; the door of the room.

What is known of one language stands in its file `TAG.toml`: to add a language is to add a file. Two
things belong to groups of languages and stand in code: the letters by which old character sets are
distinguished (`tracks.charsets`), and how umlauts and their like are transcribed
(`matching.folding`).
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from headnotes.issues import Issue
from headnotes.languages.data import (
    LanguageData,
    LineBreakWords,
    Numbering,
    Openings,
    WordRules,
    add_language_files,
    all_languages,
    cache_by_languages,
    direction_of,
    elided_words,
    find_labelled,
    fingerprint_languages,
    forget_languages,
    forget_with_languages,
    labels_of,
    language_data,
    profile_title,
)
from headnotes.languages.detection import guess_language, guess_text_language, is_kin
from headnotes.languages.frequencies import (
    RAREST_ZIPF,
    assumed_languages,
    has_frequencies,
    rarest_zipf,
    stop_words,
    zipf_of,
)
from headnotes.languages.names import (
    FLAGS,
    container_code,
    find_language,
    names_language,
    read_language,
)
from headnotes.languages.tags import (
    FALLBACK,
    base_language,
    choose_language,
    choose_local,
    common_language,
)

if TYPE_CHECKING:
    from headnotes.languages.messages import Messages, load_messages, points
    from headnotes.languages.openings import opens_by_denying
    from headnotes.languages.reasons import (
        abridge_term,
        describe_reason,
        describe_reasons,
        describe_remedy,
    )
else:
    # what puts into words is imported when it is asked for: a run that prints nothing does without
    def __getattr__(name: str) -> object:
        room = next((room for room, names in _WORDING.items() if name in names), None)
        if room is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"{__name__}.{room}"), name)
        return value


_WORDING = {
    "messages": ("Messages", "load_messages", "points"),
    "openings": ("opens_by_denying",),
    "reasons": ("abridge_term", "describe_reason", "describe_reasons", "describe_remedy"),
}
"""The modules of the names that are imported when they are asked for."""

__all__ = [
    "FALLBACK",
    "FLAGS",
    "RAREST_ZIPF",
    "LanguageData",
    "LineBreakWords",
    "Messages",
    "Numbering",
    "Openings",
    "WordRules",
    "abridge_term",
    "add_language_files",
    "all_languages",
    "assumed_languages",
    "base_language",
    "cache_by_languages",
    "choose_language",
    "choose_local",
    "common_language",
    "container_code",
    "describe_reason",
    "describe_reasons",
    "describe_remedy",
    "direction_of",
    "elided_words",
    "find_flaws_of_language",
    "find_labelled",
    "find_language",
    "fingerprint_languages",
    "forget_languages",
    "forget_with_languages",
    "guess_language",
    "guess_text_language",
    "has_frequencies",
    "is_kin",
    "labels_of",
    "language_data",
    "load_messages",
    "names_language",
    "opens_by_denying",
    "points",
    "profile_title",
    "rarest_zipf",
    "read_language",
    "stop_words",
    "zipf_of",
]


def find_flaws_of_language(file: Any) -> Iterator[Issue]:  # noqa: ANN401  # path or resource
    """Find what is wrong with a language's file; few runs need it."""
    from headnotes.languages import flaws

    return flaws.find_flaws_of_language(file)
