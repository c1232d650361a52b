"""How common a word is in ordinary language: the measure of how much it tells.

The tables `common_words.LANGUAGE.txt` list folded words, the commonest first, with ten times
their Zipf value (the decimal logarithm of occurrences per thousand million words). They were
made from the lists of wordfreq 3.1.1, cut below 3.5.

Source: Robyn Speer, wordfreq, https://github.com/rspeer/wordfreq (code Apache-2.0, data CC
BY-SA 4.0); the Zipf scale is that of van Heuven, Mandera, Keuleers and Brysbaert 2014.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

TABLE_LANGUAGES = ("en", "de")

# Above this a word stands in nearly every scene: "the", "und", "have", "nicht".
_STOP_ZIPF = 6.5

RAREST_ZIPF = 3.5
"""Where the tables end: whatever is not listed is at most this common."""


def zipf_of(folded: str, language: str | None) -> float:
    """Give the Zipf value of a folded word, from 3.5 (rare or unknown) to about 7.8 ("the").

    Where the language of the dialogue is unknown, or has no table, the word counts as common as
    it is in the language of ours where it is commonest: it can then only tell less, not more.
    """
    languages = (language,) if language in TABLE_LANGUAGES else TABLE_LANGUAGES
    return max(_look_up(folded, one) for one in languages)


def _look_up(folded: str, language: str) -> float:
    value = _table(language).get(folded)
    return RAREST_ZIPF if value is None else int(value) / 10


@cache
def _table(language: str) -> dict[str, str]:
    """Give the values as written: a thousand of fifteen thousand are asked for in one track."""
    words = _table_path(language).read_text(encoding="ascii").split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _table_path(language: str) -> Path:
    return Path(__file__).with_name(f"common_words.{language}.txt")


@cache
def stop_words() -> frozenset[str]:
    """Give the folded words that are so common, in any of our languages, that they tell nothing."""
    found: set[str] = set()
    for language in TABLE_LANGUAGES:
        with (
            Path(__file__).with_name(f"common_words.{language}.txt").open(encoding="ascii") as rows
        ):
            for row in rows:
                word, value = row.split()
                if int(value) < _STOP_ZIPF * 10:
                    break
                found.add(word)
    return frozenset(found)
