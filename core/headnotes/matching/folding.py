"""Words of dialogue as they are compared: without case, accents, possessives or hyphens.

What lives here turns text into words and words into their folded form. Which words a term asks
for is decided in `terms`, where they stand in a track in `matcher`.

Where a script sets its words apart by spaces, a word is what stands between them. Where it does not
(Chinese characters, hiragana, Thai and its neighbours), each character with its marks is a token of
its own, and a term is a phrase of them: so it is found wherever it stands, without a guess at where
words end. Katakana, in which foreign names are written, keeps together.

Source: Unicode Standard Annex 29, section 4.1 (rules WB4, WB13), and Annex 14 (class SA).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain, filterfalse, product

from headnotes.languages import elided_words, forget_with_languages, language_data
from headnotes.lazy import lazy_pattern
from headnotes.model import Language

# Apostrophes and hyphens as they occur in files: typewriter, typographic, accents in their stead.
_APOSTROPHE_SIGNS = "'\u2019`\u00b4"
_APOSTROPHE = f"[{_APOSTROPHE_SIGNS}]"
_HYPHEN = "[-\u2010]"

# A word: letters and digits, with an apostrophe inside ("don't", "Kardakov's").
_WORD_TEXT = rf"[^\W_]+(?:{_APOSTROPHE}[^\W_]+)*"
_WORD = lazy_pattern(_WORD_TEXT)

# Marks that belong to the letter before them: accents written apart, points of Hebrew and Arabic,
# vowel signs of India and its neighbours, of Thai, Lao, Myanmar and Khmer, of kana.
_MARK = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u09d7"
    "\u0a01-\u0a03\u0a3c-\u0a4d\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03"
    "\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83"
    "\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0d82\u0d83\u0dca-\u0ddf"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
    "\u102b-\u103e\u17b4-\u17d3\u3099\u309a\ufe0e\ufe0f"
)
_UNSPACED = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6"
    "\u1000-\u102a\u1780-\u17b3\u3005-\u3007\u3041-\u3096\u309d-\u309f"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
_FIRST_UNSPACED = _UNSPACED[0]
_LETTER = rf"[^\W_{_UNSPACED}]"
_ANY_WORD = lazy_pattern(
    rf"[{_UNSPACED}][{_MARK}]*|{_LETTER}[^\W_{_UNSPACED}{_MARK}]*(?:[{_MARK}]+{_LETTER}*)*"
    rf"(?:{_APOSTROPHE}(?:{_LETTER}[{_MARK}]*)+)*"
)
_ONE_UNSPACED = lazy_pattern(f"[{_UNSPACED}]")
_PLAIN = lazy_pattern("[\x00-\u02ff\u0370-\u052f\u1e00-\u206f\u20a0-\u20bf]*")
"""Text whose letters bear no marks apart: Latin, Greek, Cyrillic and their punctuation."""

_VOICED = "\u3099\u309a"
"""Marks of kana that make another letter, and no accent."""

_ALIKE = str.maketrans(
    {"\u0142": "l", "\u0111": "d", "\u00f8": "o", "\u0131": "i", "\u0649": "\u064a", "\u0640": ""}
)
"""Letters with a stroke or without their dot that Unicode takes for others, and the line by which
Arabic words are drawn out."""

# A hyphen before a line break splits a word only where a small letter follows: "Polizei-
# präsident", but not "Moka-Efti".
_SPLIT_WORD = lazy_pattern(rf"(?<=[^\W\d_]){_HYPHEN}\n(?=[a-zäöüß])")

_INVISIBLE = lazy_pattern("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")

_APOSTROPHES = lazy_pattern(_APOSTROPHE)
_POSSESSIVE = lazy_pattern(rf"{_APOSTROPHE}s$")

_TRANSCRIBED = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("æ", "ae"), ("ø", "oe"))

# Letters that text recognition confuses, brought to one of them (after case folding): the
# vertical strokes, round letters, and pairs that look like one letter.
_LOOKALIKES = (
    ("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "u"), ("i", "l"), ("1", "l"), ("|", "l"),
    ("0", "o"), ("6", "o"), ("5", "s"), ("8", "b"), ("ss", "b"),
)  # fmt: skip


# Between two texts that are split in one go: no word, and no white space to `str.split`.
_CUT = "\x01"

_AT_ONCE = 1_000
"""Texts that are split in one go: a track, but not an archive in one file."""

_WESTERN = ("latin-1", "cp1252")
"""What nearly all dialogue in western languages can be encoded in, a byte a letter; the first takes
no time, the second has typographic punctuation, and all letters of the first but its controls."""

_MUSIC = "\u266a\u266b"
"""Signs of music, which stand for a space in dialogue of whichever language."""

_SOFT_HYPHEN = b"\xad"
"""Of what nobody sees, the only one among western letters."""

_MOST_OTHERS = 10
"""Of so many texts one may have other letters before a track is no western one."""


def split_all(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """Split texts into their words, as `split_words` does, in less time.

    Returns:
        The words of all texts, and how many each text has. Of more than a thousand texts, equal
        words are one and the same string, so that a long track costs a pointer a word.
    """
    return _split_by_parts(texts, _split_some)


def split_folded(
    texts: Sequence[str], language: Language | None = None
) -> tuple[list[str], list[int]]:
    """Split texts as `split_all` does, into words as `fold_word` folds them."""
    return _split_by_parts(texts, partial(_split_some_folded, language=language))


def _split_by_parts(
    texts: Sequence[str], split: Callable[[Sequence[str]], Iterable[list[str]]]
) -> tuple[list[str], list[int]]:
    words: list[str] = []
    sizes: list[int] = []
    known: dict[str, str] = {}
    for first in range(0, len(texts), _AT_ONCE):
        for found in split(texts[first : first + _AT_ONCE]):
            words += found if len(texts) <= _AT_ONCE else map(known.setdefault, found, found)
            sizes.append(len(found))
    return words, sizes


def _split_some(texts: Sequence[str]) -> Iterable[list[str]]:
    joined = _join(texts)
    if joined.count(_CUT) >= len(texts):  # a text has that character itself
        return map(split_words, texts)
    if (parted := _part_western(joined, _keep_letter)) is not None:
        return map(str.split, _drop_edges(parted).split(_CUT))
    others = _find_others(texts)
    plain = [text for text in others if _PLAIN.fullmatch(text)]
    # what is left is of other scripts
    split = {text: split_words(text) for text in others.difference(plain)}
    restored = _restore(_CUT.join(plain)).split(_CUT)
    split.update(zip(plain, map(_WORD.findall, restored), strict=False))  # of no text is one
    western = _split_some(["" if text in others else text for text in texts])
    return map(split.get, texts, western)


def _split_some_folded(texts: Sequence[str], language: Language | None) -> Iterable[list[str]]:
    joined = _join(texts)
    if joined.count(_CUT) < len(texts) and not _joins_words(joined, language):
        if (parted := _part_western(joined, _fold_letter)) is not None:
            return map(str.split, _drop_apostrophes(parted).split(_CUT))
        others = _find_others(texts)
        if len(others) * _MOST_OTHERS <= len(texts):
            split = {
                text: [fold_word(word, language) for word in split_words(text)] for text in others
            }
            western = _split_some_folded(
                ["" if text in others else text for text in texts], language
            )
            return map(split.get, texts, western)
    found = [*_split_some(texts)]
    folded = fold_all(chain.from_iterable(found), language)
    return [[*map(folded.__getitem__, words)] for words in found]


def _join(texts: Sequence[str]) -> str:
    """Join texts, with a space at both ends of each."""
    return f" {f' {_CUT} '.join(texts)} "


def _joins_words(text: str, language: Language | None) -> bool:
    """Whether a text has words that only `fold_word` folds rightly."""
    if "\u00b4" in text:
        return True
    rules = language_data(language).words if language else None
    return rules is not None and bool(rules.elided or rules.joins_endings)


def _find_others(texts: Iterable[str]) -> set[str]:
    """Return the texts that have other letters than western ones.

    The rest can be encoded together, unlike texts that each have an encoding of their own.
    """
    widest = _WESTERN[-1:]
    return {text for text in texts if not text.isascii() and _encode(text, widest) is None}


def _part_western(text: str, treat: Callable[[str], str]) -> str | None:
    """Return a text of letters, apostrophes and spaces; nothing where it has other letters.

    Args:
        text: as `_join` makes it.
        treat: what to make of each letter.
    """
    encoded = _encode(text)
    if encoded is None:
        return None
    letters, encoding = encoded
    if _SOFT_HYPHEN in letters or b"-\n" in letters:
        letters = _restore(letters.decode(encoding)).encode(encoding)
    table, others = _make_table(encoding, treat)
    parted = letters.translate(table).decode(encoding)
    if not parted.isascii():
        for letter, treated in others.items():
            parted = parted.replace(letter, treated)
    return parted


def _drop_edges(text: str) -> str:
    """Return a text with apostrophes only within words."""
    signs = [sign for sign in _APOSTROPHE_SIGNS if sign in text]
    for first, second in product(signs, repeat=2):
        text = text.replace(first + second, " ")
    # what is left of apostrophes is one by one; those at the edge of a word are no part of it
    for sign in signs:
        text = text.replace(f" {sign}", " ").replace(f"{sign} ", " ")
    return text


def _drop_apostrophes(text: str) -> str:
    """Return a folded text without apostrophes and without `'s` at the end of words."""
    pieces = text.split("'")
    for at, piece in enumerate(pieces):
        if not piece:  # two apostrophes part words
            pieces[at] = " "
        elif piece[0] == "s":
            after = piece[1:2] or pieces[at + 1][:1]
            if after in ("", " ") and pieces[at - 1][-1] != " ":
                pieces[at] = piece[1:]
    return "".join(pieces)


def _encode(text: str, encodings: Iterable[str] = _WESTERN) -> tuple[bytes, str] | None:
    """Return a text with a byte for each character, and how; nothing where it has others."""
    if not text.isascii():
        for sign in _MUSIC:
            text = text.replace(sign, " ")
    for encoding in encodings:
        try:
            return text.encode(encoding), encoding
        except UnicodeEncodeError:
            continue
    return None


@cache
def _make_table(encoding: str, treat: Callable[[str], str]) -> tuple[bytes, Mapping[str, str]]:
    """Return what to make of each byte, a space of what is no part of words.

    Returns:
        A byte for each byte, and what to make of letters that become something else.
    """
    table = bytearray()
    others: dict[str, str] = {}
    for code in range(256):
        letter = bytes([code]).decode(encoding, "replace")
        is_kept = letter.isalnum() or letter in _APOSTROPHE_SIGNS
        made = treat(letter) if is_kept else letter if letter == _CUT else " "
        written = made.encode(encoding, "ignore")
        if len(made) == len(written) == 1:
            table += written
        else:
            table.append(code)
            others[letter] = made
    return bytes(table), others


def _keep_letter(letter: str) -> str:
    return letter


def _fold_letter(letter: str) -> str:
    return "'" if letter in _APOSTROPHE_SIGNS else _fold_letters(letter)


def _restore(text: str) -> str:
    """Return a text without invisible characters and without hyphens that cut a word in two."""
    return _rejoin(text if text.isascii() else _INVISIBLE.sub("", text))


def _rejoin(text: str) -> str:
    if "-\n" in text or "\u2010\n" in text:
        text = _SPLIT_WORD.sub("", text)
    return text


def split_words(text: str) -> list[str]:
    """Split the text of a cue into its words, as spoken, in order.

    A word cut in two by a hyphen at the end of a line comes back whole.
    """
    text = _restore(text)
    return (_WORD if _PLAIN.fullmatch(text) else _ANY_WORD).findall(text)


# What is quoted one after the other mostly stands in the same cue.
@lru_cache(maxsize=16)
def find_words(text: str) -> Sequence[tuple[int, int]]:
    """Return from where to where in a text each of its words stands, as `split_words` has them."""
    restored = _restore(text)
    word = _WORD if _PLAIN.fullmatch(restored) else _ANY_WORD
    spans = [found.span() for found in word.finditer(restored)]
    if len(restored) == len(text):
        return spans
    kept = _find_kept(text, restored)
    return [(kept[start], kept[end - 1] + 1) for start, end in spans]


def _find_kept(text: str, restored: str) -> Sequence[int]:
    """Return where in a text the characters stand that `_restore` has left of it."""
    kept: list[int] = []
    left = iter(restored)
    awaited = next(left, None)
    for place, char in enumerate(text):
        # what was taken out before a letter is no letter, so the first that fits is the one
        if char == awaited:
            kept.append(place)
            awaited = next(left, None)
    return kept


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that puts no spaces between words."""
    return word[:1] >= _FIRST_UNSPACED and _ONE_UNSPACED.match(word) is not None


# The same words come again in every cue, and in every window around them.
@forget_with_languages
@lru_cache(maxsize=1 << 16)
def fold_word(word: str, language: Language | None = None) -> str:
    """Return one word in the form in which words are compared.

    Case is folded (`ß` becomes `ss`), accents and umlaut dots are dropped, compatibility forms
    (full-width letters, ligatures) resolved, apostrophes and a possessive `'s` removed.

    Args:
        word: as spoken.
        language: of the dialogue; what it joins to a word by an apostrophe is dropped (`l'iode`,
            `Berlin'de`), as its data file says.
    """
    folded = word.lower() if word.isascii() else _fold_letters(word)
    if not folded.isalnum():
        if language and (parts := _APOSTROPHES.split(folded, maxsplit=1))[1:]:
            folded = _drop_joined(folded, parts, language)
        folded = _APOSTROPHES.sub("", _POSSESSIVE.sub("", folded))
    return folded


def fold_all(words: Iterable[str], language: Language | None = None) -> dict[str, str]:
    """Return the different words of many, in order, each with its folded form."""
    different = [*dict.fromkeys(words)]
    joined = "\n".join(different)
    folded = dict(zip(different, joined.lower().split("\n"), strict=False))  # of no word is one
    # of plain words nothing is folded but their case
    others = () if joined.isascii() else filterfalse(str.isascii, different)
    for word in chain(others, filterfalse(str.isalnum, different)):
        folded[word] = fold_word(word, language)
    return folded


def _fold_letters(word: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    letters = (char for char in folded if not unicodedata.combining(char) or char in _VOICED)
    return "".join(letters).translate(_ALIKE)


def _drop_joined(folded: str, parts: list[str], language: Language) -> str:
    """Return a folded word without what its language joins to it by an apostrophe."""
    words = language_data(language).words
    if parts[0] in words.elided and len(parts[1]) > 1:
        return parts[1]
    return parts[0] if words.joins_endings else folded


def fold_spellings(word: str) -> tuple[str, ...]:
    """Return the folded forms a word may have in a file.

    `Zörgiebel` gives `zorgiebel` and `zoergiebel`, with plain and with transcribed umlauts;
    `d'Alembert` gives `dalembert` and `alembert`, as some languages drop what is elided. Other
    words have one form.
    """
    if word.isascii():
        return (fold_word(word),) if word.isalnum() else _fold_joined(word)
    lowered = unicodedata.normalize("NFC", word).casefold()
    transcribed = lowered
    for letter, pair in _TRANSCRIBED:
        transcribed = transcribed.replace(letter, pair)
    forms = dict.fromkeys((*_fold_joined(lowered), *_fold_joined(transcribed)))
    return tuple(form for form in forms if form)


def _fold_joined(word: str) -> tuple[str, ...]:
    elided, *others = _APOSTROPHES.split(word, maxsplit=1)
    whole = fold_word(word)
    if others and len(others[0]) > 1 and fold_word(elided) in elided_words():
        return (whole, fold_word(others[0]))
    return (whole,)


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
