"""How common a word is in ordinary language: the measure of how much it reveals.

The tables `common_words.LANGUAGE.txt` list folded words, the commonest first, with ten times
their Zipf value (the decimal logarithm of occurrences per thousand million words). They were
made from the lists of wordfreq 3.1.1, cut below 3.5.

Source: Robyn Speer, wordfreq, https://github.com/rspeer/wordfreq (code Apache-2.0, data CC
BY-SA 4.0); the Zipf scale is that of van Heuven, Mandera, Keuleers and Brysbaert 2014.
"""

from __future__ import annotations

from functools import cache

from headnotes.languages.data import FOLDER
from headnotes.model import Language

# Above this a word stands in nearly every scene: "the", "und", "have", "nicht".
_STOP_ZIPF = 6.5

RAREST_ZIPF = 3.5
"""Where the tables end: whatever is not listed is at most this common."""


def has_frequencies(language: Language) -> bool:
    """Whether it is known how common the words of a language are."""
    return language in _table_languages()


def zipf_of(folded: str, language: Language | None) -> float:
    """Return the Zipf value of a folded word, from 3.5 (rare or unknown) to about 7.8 ("the").

    Where the language of the dialogue is unknown, or has no table, the word counts as common as
    it is in the language with a table where it is commonest: it can then only tell less.
    """
    languages = (language,) if language in _table_languages() else _table_languages()
    return max(_look_up(folded, tag) for tag in languages if tag)


@cache
def _table_languages() -> tuple[Language, ...]:
    return tuple(sorted(path.suffixes[0][1:] for path in FOLDER.glob("common_words.*.txt")))


def _look_up(folded: str, language: Language) -> float:
    value = _table(language).get(folded)
    return RAREST_ZIPF if value is None else int(value) / 10


@cache
def _table(language: Language) -> dict[str, str]:
    """Return the values as written: a thousand of fifteen thousand are asked for in one track."""
    words = (FOLDER / f"common_words.{language}.txt").read_text(encoding="ascii").split()
    return dict(zip(words[::2], words[1::2], strict=True))


@cache
def stop_words() -> frozenset[str]:
    """Return the folded words that are so common, in any of our languages, that they tell nothing.

    Read from the top of the tables alone: a run that only checks terms needs no more of them.
    """
    found: set[str] = set()
    for language in _table_languages():
        with (FOLDER / f"common_words.{language}.txt").open(encoding="ascii") as rows:
            for row in rows:
                word, value = row.split()
                if int(value) < _STOP_ZIPF * 10:
                    break
                found.add(word)
    return frozenset(found)
