"""Matchers of many terms as an earlier run prepared them, kept as plain data.

The key is made of the terms themselves, of the code that prepares them and of the rules of the
languages, those that plugins bring among them; so it does not matter where the terms come from.
What a kept table says of the terms is checked group by group, when one is read; where one makes no
sense, the matcher prepares its terms anew. Groups are kept as long texts that are cut in pieces, as
of ten thousand texts in JSON each would have to be looked through.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from headnotes import cache, languages
from headnotes.matching.matcher import Matcher, Tables
from headnotes.matching.terms import parse_term

_BETWEEN, _BETWEEN_LISTS = "\x1e", "\x1d"
"""Stand in no pattern, which holds letters and digits, and in no group."""

_SURROGATES = "surrogatepass"

_FEWEST = 200
"""Fewer terms than this are prepared in less time than a file is read."""


def prepare_matcher(texts: Sequence[str], name: str) -> Matcher:
    """Return a matcher of terms, from an earlier run where it can be.

    Args:
        texts: the terms as written, each once.
        name: of what they are the terms of; of each name one matcher is kept.

    Raises:
        TermError: one of them is no term.
    """
    if len(texts) < _FEWEST or cache.is_off():
        return Matcher(map(parse_term, texts))
    try:
        code = cache.fingerprint_code(os.path.dirname(__file__))  # noqa: PTH120  # of a text
        rules = languages.fingerprint_languages()
    except OSError:  # it lies in an archive
        return Matcher(map(parse_term, texts))
    place = f"{cache.fingerprint([b'matcher', name.encode()])}.json"
    key = cache.fingerprint([code.encode(), rules.encode(), *_encode("\0".join(texts))])
    if (kept := cache.load_entry(place, key)) and (tables := _read(kept.rest, texts)):
        return Matcher(tables=tables)
    matcher = Matcher(map(parse_term, texts))
    cache.store(place, key, None, _write(matcher.tables))
    return matcher


def _encode(text: str) -> tuple[bytes, bytes]:
    """Return a text as bytes, and how; in western letters that takes a tenth of the time."""
    try:
        return b"western", text.encode("latin-1")
    except UnicodeEncodeError:
        return b"any", text.encode(errors=_SURROGATES)


def _write(tables: Tables) -> bytes:
    parts = (
        *(tables.entries, tables.entries.values()),
        *(tables.pairs, tables.pairs.values()),
        tables.stems,
    )
    return _BETWEEN_LISTS.join(_BETWEEN.join(part) for part in parts).encode(errors=_SURROGATES)


def _read(written: bytes, texts: Sequence[str]) -> Tables | None:
    """Return kept tables; nothing where they are none."""
    try:
        parts = written.decode(errors=_SURROGATES).split(_BETWEEN_LISTS)
        letters, entries, firsts, pairs, stems = (
            part.split(_BETWEEN) if part else [] for part in parts
        )
        if not all(stem.strip("*~") for stem in stems):
            return None
        entries_of = dict(zip(letters, entries, strict=True))
        return Tables(texts, entries_of, dict(zip(firsts, pairs, strict=True)), stems)
    except ValueError:  # there are more or fewer
        return None
