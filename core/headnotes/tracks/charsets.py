"""Which legacy character set a file is in, when it is not Unicode.

Most such files are cp1252, and short ones mislead every detector; so cp1252 is asked first
whether its letters make sense, and only where they do not chardet is, which pysrt brings along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from headnotes.model import Certainty

_WESTERN_LETTERS = {
    "de": "äöüß",
    "en": "éèïêñçöü",
    "fr": "éèêëàâçîïôûùœæ",
    "es": "áéíóúñü",
    "pt": "áâãàçéêíóôõú",
    "it": "àèéìòùî",
    "nordic": "åäöæøé",
    "nl": "éëïóöüèê",
    "is": "áðéíóúýþæö",
}
"""Letters beyond ASCII that a language writes; a file of one language has no others to speak of."""

_EASTERN_LETTERS = {
    "pl": "ąćęłńóśźż",
    "cs, sk": "áäčďéěíĺľňóôŕřšťúůýž",
    "hu": "áéíóöőúüű",
    "hr, sl": "čćđšž",
    "ro": "ăâîşţ",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "et": "äöüõšž",
}

_OLD_WESTERN = ("cp850", "mac_roman")
_OLD_SHARE = 0.9  # the rest are quotes and dashes
_UMLAUT_IN_WORD = re.compile(r"[äöüß](?=[a-z])|(?<=[a-zA-Z])[äöüß]|\b[ÄÖÜ](?=[a-z])")
"""Umlauts as German has them: a capital begins a word, a small letter stands beside another."""

_FOREIGN_SHARE = 0.04  # letters of names and of a sentence in another language
_FEW_LETTERS = 5

_LETTER = r"[^\W\d_]"
_LETTERS = re.compile(r"[^\W\d_a-zA-Z]")
# Three letters beyond ASCII in a row are no western word.
_RUN = re.compile(r"[^\W\d_a-zA-Z]{3}")
_MISPLACED = re.compile(
    rf"(?<={_LETTER})[\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    rf"\u201a\u201e\u2020-\u2022\u2030\u2039\u203a\u20ac\u2122\ufffd](?={_LETTER})"
    rf"|(?<={_LETTER})[\u00a4\u00a6\u00b1\u00b6\u00b9\u00bc-\u00be]"
    rf"|[\u00a4\u00a6\u00b1\u00b6\u00b9\u00bc-\u00be](?={_LETTER})"
)
"""Signs that stand neither between nor beside letters: another set has letters there."""

_CANDIDATES = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("iso8859-1", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-13", "iso8859-15"),
    *("koi8-r", "koi8-u", "cp866", "cp850", "cp852", "cp874", "tis-620"),
    *("gb18030", "big5", "cp932", "euc-jp", "cp949"),
)
"""What subtitle files are found in; the sets of old Macintoshes only mislead a detector."""

_SIBLINGS = {"cp1250": "iso8859-2", "cp1257": "iso8859-13"}
"""Sets that a detector confuses, being alike but for a few letters."""

_SAMPLE_BYTES = 65_536


def guess_charset(data: bytes) -> tuple[str, Certainty]:
    """Guess the legacy character set of a file that is not Unicode.

    Returns:
        The name of a Python codec, which may still fail on some bytes, and how sure it is.
    """
    telling = _pick_telling_lines(data)
    western = telling.decode("cp1252", "replace")
    if _is_western(western):
        count = len(_LETTERS.findall(western))
        # few letters fit many sets; none at all but quotes and dashes fit English alone
        return "cp1252", "likely" if count >= _FEW_LETTERS or count == 0 else "guess"
    if old := _find_old_german(telling):
        return old
    ranked = _detect(telling)
    best = next(iter(ranked), "cp1252")
    name = min(
        (best, _SIBLINGS.get(best, best)),
        key=lambda charset: _count_foreign(telling.decode(charset, "replace"), _EASTERN_LETTERS),
    )
    read = telling.decode(name, "replace")
    # a rival that reads the file alike, or half as likely, is none
    is_clear = all(
        ranked[best] >= 2 * share or telling.decode(other, "replace") == read
        for other, share in ranked.items()
        if other not in {best, name}
    )
    return name, "likely" if is_clear else "guess"


def _find_old_german(telling: bytes) -> tuple[str, Certainty] | None:
    """Find German of DOS or of old Macintoshes, whose umlauts are signs in every other set.

    Returns:
        The set and how sure it is; `None` where not nearly all that is not ASCII are umlauts.
    """
    for charset in _OLD_WESTERN:
        text = telling.decode(charset, "replace")
        umlauts = len(_UMLAUT_IN_WORD.findall(text))
        wide = sum(not char.isascii() for char in text)
        if umlauts and umlauts >= _OLD_SHARE * wide:
            return charset, "likely" if umlauts >= _FEW_LETTERS else "guess"
    return None


def _detect(telling: bytes) -> dict[str, float]:
    """Return what chardet finds most likely, each with how sure it is, the likeliest first."""
    from chardet import detect_all

    found = detect_all(
        telling,
        ignore_threshold=True,
        prefer_superset=False,
        compat_names=False,
        include_encodings=_CANDIDATES,
    )
    # it names no set for what looks like no text at all
    return {str(guess["encoding"]): guess["confidence"] for guess in found[:4] if guess["encoding"]}


def _pick_telling_lines(data: bytes) -> bytes:
    """Pick the lines that are not plain ASCII, as far as a sample needs them."""
    lines = data[: 64 * _SAMPLE_BYTES].splitlines()
    return b"\n".join(line for line in lines if not line.isascii())[:_SAMPLE_BYTES]


def _is_western(text: str) -> bool:
    """Whether text read as cp1252 has the letters of one western language in its words."""
    tolerated = len(_LETTERS.findall(text)) * _FOREIGN_SHARE
    return (
        len(_RUN.findall(text)) <= tolerated
        and len(_MISPLACED.findall(text)) <= tolerated
        and _count_foreign(text, _WESTERN_LETTERS) <= tolerated
    )


def _count_foreign(text: str, languages: Mapping[str, str]) -> int:
    """Count the letters beyond ASCII that the language which fits best does not write."""
    letters = [letter.lower() for letter in _LETTERS.findall(text)]
    return min(sum(letter not in own for letter in letters) for own in languages.values())
