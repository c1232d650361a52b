"""What languages are called in file names and in containers.

Source: ISO 639-1 and both sets of ISO 639-2, and names in English and in the language itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from headnotes.languages.data import all_languages, cache_by_languages, language_data
from headnotes.languages.tags import base_language
from headnotes.model import Language

_RELEASE_WORDS = frozenset({"web", "web-dl", "webrip", "hdtv", "x264", "x265", "h264", "proper"})

FLAGS: Mapping[str, str] = {
    "sdh": "sdh",
    "cc": "sdh",
    "forced": "forced",
    "foreign": "forced",
    "default": "default",
}
"""What a subtitle track is for, by the words that file names use, in lower case."""


@cache_by_languages
def _languages_by_word() -> Mapping[str, Language]:
    return {
        word: data.tag for data in all_languages() for word in (data.tag, *data.codes, *data.names)
    }


def find_language(word: str) -> Language | None:
    """Return the tag of the language that a word stands for: `de`, `ger`, `german`.

    Args:
        word: in lower case, without region.
    """
    return _languages_by_word().get(word)


def container_code(language: Language) -> str:
    """Return the three letters by which containers know a language; its own tag where unlisted."""
    data = language_data(language)
    return data.codes[0] if data.codes else data.tag


def names_language(word: str, language: Language) -> bool:
    """Whether a part of a file name stands for a language: `de`, `de-AT`, `ger`, `German`."""
    data = language_data(language)
    return base_language(word) == data.tag or word.lower() in data.codes + data.names


def read_language(text: str) -> tuple[Language | None, frozenset[str]]:
    """Find language and flags in the name of a file without its ending.

    At the end of a name a code of two letters is a language; before it only a word is one, for
    `It.Is.Over` is a title.
    """
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)?", text.lower())
    flags: set[str] = set()
    language = None
    is_tail = True
    for word in reversed(words[1:] if len(words) > 1 else words):
        tag = find_language(word) or find_language(word.partition("-")[0])
        if word in FLAGS and is_tail:
            flags.add(FLAGS[word])
        elif tag and language == "hi" and is_tail:  # `en.hi`: for the hard of hearing, not Hindi
            flags.add("sdh")
            language = tag
        elif tag and language is None and (is_tail or len(word) > 3):
            language = tag
        elif not (word[0].isdecimal() or word in _RELEASE_WORDS):
            is_tail = False
    return language, frozenset(flags)
