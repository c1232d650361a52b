"""Words of dialogue as they are compared: without case, accents, possessives or hyphens.

What lives here turns text into words and words into their folded form. Which words a term asks
for is decided in `terms`, where they stand in a track in `matcher`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Apostrophes and hyphens as they occur in files: typewriter, typographic, accents in their stead.
_APOSTROPHE = "['\u2019`\u00b4]"
_HYPHEN = "[-\u2010]"

# A word: letters and digits, with an apostrophe inside ("don't", "Kardakov's").
_WORD = re.compile(rf"[^\W_]+(?:{_APOSTROPHE}[^\W_]+)*")

# A hyphen before a line break splits a word only where a small letter follows: "Polizei-
# präsident", but not "Moka-Efti".
_SPLIT_WORD = re.compile(rf"(?<=[^\W\d_]){_HYPHEN}\n(?=[a-zäöüß])")

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

_APOSTROPHES = re.compile(_APOSTROPHE)
_POSSESSIVE = re.compile(rf"{_APOSTROPHE}s$")

_TRANSCRIBED = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("æ", "ae"), ("ø", "oe"))

# Letters that text recognition confuses, brought to one of them (after case folding): the
# vertical strokes, round letters, and pairs that look like one letter.
_LOOKALIKES = (
    ("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "u"), ("i", "l"), ("1", "l"), ("|", "l"),
    ("0", "o"), ("6", "o"), ("5", "s"), ("8", "b"), ("ss", "b"),
)  # fmt: skip


def split_words(text: str) -> list[str]:
    """Split the text of a cue into its words, as spoken, in order.

    A word cut in two by a hyphen at the end of a line comes back whole.
    """
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    if "-\n" in text or "\u2010\n" in text:
        text = _SPLIT_WORD.sub("", text)
    return _WORD.findall(text)


# The same words come again in every cue, and in every window around them.
@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """Return one word in the form in which words are compared.

    Case is folded (`ß` becomes `ss`), accents and umlaut dots are dropped, compatibility forms
    (full-width letters, ligatures) resolved, apostrophes and a possessive `'s` removed.
    """
    if word.isascii():
        folded = word.lower()
    else:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
        folded = "".join(char for char in folded if not unicodedata.combining(char))
    if not folded.isalnum():
        folded = _APOSTROPHES.sub("", _POSSESSIVE.sub("", folded))
    return folded


def fold_spellings(word: str) -> tuple[str, ...]:
    """Return the folded forms a word may have in a file: with plain and with transcribed umlauts.

    `Zörgiebel` gives `zorgiebel` and `zoergiebel`; a word without umlauts has one form.
    """
    if word.isascii():
        return (fold_word(word),)
    lowered = unicodedata.normalize("NFC", word).casefold()
    transcribed = lowered
    for letter, pair in _TRANSCRIBED:
        transcribed = transcribed.replace(letter, pair)
    forms = dict.fromkeys((fold_word(lowered), fold_word(transcribed)))
    return tuple(form for form in forms if form)


def fold_lookalikes(folded: str) -> str:
    """Return a folded word in which letters that text recognition confuses are alike."""
    for seen, meant in _LOOKALIKES:
        if seen in folded:
            folded = folded.replace(seen, meant)
    return folded


def is_one_edit_apart(word: str, other: str) -> bool:
    """Whether one letter inserted, dropped, replaced or swapped turns one into the other.

    Equal words count too. Written out here because a library for edit distances takes longer to
    import than a whole season takes to match.
    """
    if abs(len(word) - len(other)) > 1:
        return False
    start = 0
    shortest = min(len(word), len(other))
    while start < shortest and word[start] == other[start]:
        start += 1
    left, right = word[start:], other[start:]
    if left[1:] == right[1:] or left == right[1:] or left[1:] == right:
        return True
    return left[:2] == right[1::-1] and left[2:] == right[2:]
