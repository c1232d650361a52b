"""Terms: what the dialogue may say, as topic authors write it.

The grammar, in full (no regular expressions, so no topic can make matching slow):

    Trotzkist*                      a word that starts so
    *verbot*   *verbot              a word with this inside, a word that ends so
    Fourth International            a phrase: these words in a row, across line and cue breaks
    Kardakow | Kardakov             either
    ~Zörgiebel                      a name; one reading error is tolerated

A term is letters, digits, spaces, hyphens and apostrophes with these signs; any other is refused.

Letter case, accents, `ß`, transcribed umlauts, typographic quotes, hyphens, markup and speaker
labels do not matter. Where a script has no spaces between words, a term is found within longer
words, and stars add nothing. How terms are found in a track is in `matcher`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from headnotes.issues import Issue, TermError
from headnotes.languages import cache_by_languages, forget_with_languages, stop_words
from headnotes.lazy import lazy_pattern
from headnotes.matching.folding import fold_spellings, is_unspaced, split_words
from headnotes.model import Language
from headnotes.values import NamedTuple

PatternKind = Literal["exact", "start", "end", "inside", "tolerant"]
"""How a word of a term is compared with a word of dialogue."""

# The shortest stems that still say something, and that the matcher's index is built on. Below
# six letters one reading error too often turns a name into another word (Rath, Bath; Benda,
# Bender).
SHORTEST = {"exact": 1, "start": 3, "end": 3, "inside": 4, "tolerant": 6}

_FOREIGN = lazy_pattern(r"[^A-Za-z0-9\s*~|'`\u2018\u2019\u02bc\u2010\u2011-]")
_JOINERS = "\u200c\u200d\u00b7\u30fb\u05f3\u05f4\u05be"
"""Signs inside words of other scripts: joiners, the points of Catalan and katakana, geresh."""

_ESCAPED = "\b\f\x1b"
"""What a backslash and a letter are in a text of TOML in double quotes."""

_PUNCTUATION = frozenset('.,;:!"“”„«»…')
"""What prose has between words; earlier versions passed over it in terms."""

_WRITTEN = {"exact": "{}", "start": "{}*", "end": "*{}", "inside": "*{}*", "tolerant": "~{}"}


WordPattern = str
"""One word of a term as its author wrote it, but folded: `word`, `start*`, `*end`, `~name`.

Plain text, because the topics of one work have ten thousand of them to keep and look up.
"""

Phrase = tuple[tuple[WordPattern, ...], ...]
"""One alternative of a term: words in a row, each a choice of patterns (spellings)."""


class Term(NamedTuple):
    """One term, understood.

    Attributes:
        text: as its author wrote it; two terms of the same text are the same term.
        phrases: the alternatives.
    """

    text: str
    phrases: tuple[Phrase, ...]


def parse_term(text: str, languages: Iterable[Language] = ()) -> Term:
    """Parse a term as written in a topic file.

    Args:
        text: the term.
        languages: of the dialogue it is for; a stop word of one of them is refused.

    Raises:
        TermError: an alternative is empty, matches everything or is too short for its stars.
    """
    try:
        _refuse_signs(text)
        term = Term(text, tuple(map(_parse_phrase, text.split("|"))))
        languages = tuple(languages)
        if stop := _all_stop_words(languages):
            for phrase in term.phrases:
                if len(phrase) == 1 and not stop.isdisjoint(phrase[0]):
                    raise _said_everywhere(phrase[0], languages)
    except ValueError as error:
        what, hint, *codes = error.args
        code = codes[0] if codes else "bad-term"
        raise TermError(Issue(path=f"term {text!r}", code=code, message=what, hint=hint)) from None
    return term


def _refuse_signs(text: str) -> None:
    """Refuse what is neither written in a word nor a sign of terms.

    Raises:
        ValueError: with what is wrong and how to put it right.
    """
    foreign = [
        sign
        for sign in _FOREIGN.findall(text)
        # vowel signs and joiners belong to words
        if unicodedata.category(sign)[0] not in "LMN" and sign not in _JOINERS
    ]
    if foreign:
        what = f"{foreign[0]!r} stands for nothing in a term"
        code = "punctuation" if _PUNCTUATION.issuperset(foreign) else "bad-term"
        hint = "leave it out; of all signs only * ~ | - ' mean something"
        if foreign[0] in _ESCAPED:
            hint = "leave out the backslash: TOML makes one sign of it and the letter after it"
        raise ValueError(f"{what}: terms are words, not regular expressions", hint, code)


def without_punctuation(text: str) -> str:
    """Return a term without the signs that prose has between words; `Castle.*` is `Castle*`."""
    marks = re.escape("".join(sorted(_PUNCTUATION)))
    return re.sub(f"[{marks}]", " ", re.sub(rf"[{marks}]+(?=\*)", "", text))


# A few combinations of languages, asked for with every term of every topic.
@cache_by_languages
def _all_stop_words(languages: tuple[Language, ...]) -> frozenset[str]:
    return frozenset[str]().union(*map(stop_words, languages))


def _said_everywhere(word: tuple[WordPattern, ...], languages: Sequence[Language]) -> ValueError:
    """Return what is wrong with a word that is said in nearly every scene of a language."""
    language = next(tag for tag in languages if not stop_words(tag).isdisjoint(word))
    what = f"{word[0]!r} is said in nearly every scene in {language!r}"
    hint = "use a word that belongs to the moment"
    if others := [tag for tag in languages if stop_words(tag).isdisjoint(word)]:
        hint += f', or write it for {others[0]!r} alone: all = {{ {others[0]} = ["{word[0]}"] }}'
    return ValueError(what, hint)


# Anchors of one subject share most of their alternatives, and a topic's terms are understood
# once to be checked and once to be looked for.
@forget_with_languages
@lru_cache(maxsize=1 << 15)
def _parse_phrase(phrase: str) -> Phrase:
    """Parse one alternative.

    Raises:
        ValueError: with what is wrong and how to put it right.
    """
    words: list[tuple[WordPattern, ...]] = []
    if phrase.isascii() and phrase.replace(" ", "").isalnum():  # most are plain words
        words += [(word,) for word in phrase.lower().split()]
    else:
        for part in phrase.split():
            words += _parse_part(part)
    if not words:
        raise ValueError("an alternative is empty", "write a word on both sides of each |")
    if len(words) == 1 and any(map(_is_letter, words[0])):
        what = f"{phrase.strip()!r} is said in nearly every scene"
        raise ValueError(what, "use a word that belongs to the moment")
    return tuple(words)


def _is_letter(word: WordPattern) -> bool:
    """Whether a word is a single letter, and no word of a script without spaces."""
    return len(word) == 1 and word.isalpha() and not is_unspaced(word)


# The same words stand in many terms.
@forget_with_languages
@lru_cache(maxsize=1 << 15)
def _parse_part(part: str) -> Phrase:
    """Parse what stands between two spaces; a hyphen inside makes several words of it.

    Raises:
        ValueError: with what is wrong and how to put it right.
    """
    is_tolerant = part.startswith("~")
    opens, closes = part.startswith("*"), part.endswith("*")
    stems = split_words(part)
    is_misplaced = "*" in part.strip("*") or "~" in part[1:] or (is_tolerant and closes)
    if not stems or is_misplaced:
        raise ValueError(
            f"{part!r} is not a word pattern", "use word, start*, *inside*, *end or ~name"
        )
    found: list[tuple[WordPattern, ...]] = []
    for position, stem in enumerate(stems):
        starts = opens and position == 0
        ends = closes and position == len(stems) - 1
        kind = _kind(is_tolerant=is_tolerant, opens=starts, closes=ends)
        if is_unspaced(stem):  # found within longer words as it is
            kind = "exact"
        forms = fold_spellings(stem)
        if not forms or len(forms[0]) < SHORTEST[kind]:
            what = f"{part!r} would match almost everything"
            raise ValueError(what, f"write at least {SHORTEST[kind]} letters")
        found.append(tuple(map(_WRITTEN[kind].format, forms)))
    return tuple(found)


def _kind(*, is_tolerant: bool, opens: bool, closes: bool) -> PatternKind:
    if is_tolerant:
        return "tolerant"
    if opens and closes:
        return "inside"
    if opens:
        return "end"
    return "start" if closes else "exact"


def kind_of(word: WordPattern) -> PatternKind:
    """Return how a word of a term is compared."""
    return _kind(is_tolerant=word[0] == "~", opens=word[0] == "*", closes=word[-1] == "*")
