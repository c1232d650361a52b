"""How common a word is in ordinary language: the measure of how much it reveals.

A table `common_words.LANGUAGE.txt` has a line for each tenth of the Zipf value (the decimal
logarithm of occurrences per thousand million words): ten times the value, and the folded words that
have it, the commonest first. The tables were made from the lists of wordfreq 3.1.1 by
`tests/make_frequencies.py`, which says where each ends.

Source: Robyn Speer, wordfreq, https://github.com/rspeer/wordfreq (code Apache-2.0, data CC
BY-SA 4.0); the Zipf scale is that of van Heuven, Mandera, Keuleers and Brysbaert 2014.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from headnotes.languages.data import all_languages, cache_by_languages, find_table
from headnotes.languages.tags import base_language
from headnotes.model import Language

# Above this a word stands in nearly every scene: "the", "und", "have", "nicht".
_STOP_ZIPF = 6.5

RAREST_ZIPF = 3.5
"""What a word counts that no table lists, where no other end is known."""


def zipf_of(folded: str, language: Language | None) -> float:
    """Return the Zipf value of a folded word, from that of its table's end to about 7.8 ("the").

    Where the language of the dialogue is unknown, or has no table, the word counts as common as
    it is in the language we assume where it is commonest: it can then only tell less.
    """
    tables = _tables(language)
    if len(tables) == 1:  # as nearly always
        return tables[0].get(folded, tables[0][""])
    return max(table.get(folded, table[""]) for table in tables)


def rarest_zipf(language: Language | None) -> float:
    """Return the Zipf value of words that the table of a language does not list."""
    known = _table(base_language(language)) if language else None
    return known[""] if known else RAREST_ZIPF


@cache_by_languages
def _tables(language: Language | None) -> tuple[dict[str, float], ...]:
    """Return the table of a language; of one without, those of all that we assume."""
    known = _table(base_language(language)) if language else None
    return _assumed_tables() if known is None else (known,)


def has_frequencies(language: Language) -> bool:
    """Whether it is known how common the words of a language are."""
    return find_table(base_language(language)) is not None


@cache_by_languages
def assumed_languages() -> tuple[Language, ...]:
    """Return the languages that dialogue of unknown language is taken for."""
    return tuple(data.tag for data in all_languages() if data.words.is_assumed)


@cache_by_languages
def _assumed_tables() -> tuple[dict[str, float], ...]:
    return tuple(table for tag in assumed_languages() if (table := _table(tag)))


@cache_by_languages
def _table(language: Language) -> dict[str, float] | None:
    """Return the words of a table, under the empty word where it ends; `None` without a table."""
    table: dict[str, float] = {}
    zipf = RAREST_ZIPF
    for zipf, words in _read_rows(language):  # the last one is the end
        table.update(zip(words, repeat(zipf), strict=False))
    if table:
        table[""] = zipf
    return table or None


def _read_rows(language: Language) -> Iterator[tuple[float, list[str]]]:
    """Read a table row by row, the commonest words first."""
    path = find_table(language)
    if path is None:
        return
    with path.open(encoding="utf-8") as rows:
        for row in rows:
            value, *words = row.split(maxsplit=1)
            yield int(value) / 10, "".join(words).split()


@cache_by_languages
def stop_words(language: Language) -> frozenset[str]:
    """Return the folded words that are so common in a language that they tell nothing.

    Read from the top of its table alone: a run that only checks terms needs no more of it.
    """
    found: set[str] = set()
    for zipf, words in _read_rows(base_language(language)):
        if zipf < _STOP_ZIPF:
            break
        found.update(words)
    return frozenset(found)
