"""What languages are called in file names and in containers."""

from __future__ import annotations

from collections.abc import Mapping

from headnotes.model import Language

_CODES: Mapping[Language, str] = {
    "ar": "ara",
    "bg": "bul",
    "ca": "cat",
    "cs": "cze ces czech",
    "da": "dan danish",
    "de": "ger deu german deutsch",
    "el": "gre ell greek",
    "en": "eng english",
    "es": "spa spanish español",
    "et": "est",
    "fi": "fin finnish",
    "fr": "fre fra french français",
    "he": "heb hebrew",
    "hi": "hin hindi",
    "hr": "hrv",
    "hu": "hun hungarian",
    "it": "ita italian italiano",
    "ja": "jpn japanese",
    "ko": "kor korean",
    "lt": "lit",
    "lv": "lav",
    "nl": "dut nld dutch",
    "no": "nor norwegian",
    "pl": "pol polish",
    "pt": "por portuguese",
    "ro": "rum ron romanian",
    "ru": "rus russian",
    "sk": "slo slk",
    "sl": "slv",
    "sr": "srp",
    "sv": "swe swedish",
    "tr": "tur turkish",
    "uk": "ukr ukrainian",
    "zh": "chi zho chinese",
}
"""By tag: the code that containers store, then other codes and names.

Source: ISO 639-2, the bibliographic code first, which Matroska and ffmpeg use.
"""


def container_code(language: Language) -> str:
    """Give the three letters by which containers know a language; its own tag where unlisted."""
    base = language.lower().replace("_", "-").partition("-")[0]
    return _CODES.get(base, base).split()[0]


def names_language(word: str, language: Language) -> bool:
    """Tell whether a part of a file name stands for a language: `de`, `de-AT`, `ger`, `German`."""
    base = language.lower().replace("_", "-").partition("-")[0]
    first = word.lower().replace("_", "-").partition("-")[0]
    return first == base or word.lower() in _CODES.get(base, "").split()
