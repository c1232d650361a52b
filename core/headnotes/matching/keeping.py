"""Matchers of many terms as an earlier run prepared them, kept as plain data.

The key is made of the terms themselves, of the code that prepares them and of the rules of the
languages, those that plugins bring among them; so it does not matter where the terms come from.
What a kept table says of the terms is checked entry by entry, when an entry is read; where one
makes no sense, the matcher prepares its terms anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from headnotes import cache, languages
from headnotes.matching.matcher import Matcher, Tables
from headnotes.matching.terms import parse_term

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
    if len(texts) < _FEWEST:
        return Matcher(map(parse_term, texts))
    try:
        folders = (Path(__file__).parent, Path(str(languages.__file__)).parent)
        code = [cache.fingerprint_code(folder).encode() for folder in folders]
        code += [_describe_rules().encode()]
    except OSError:  # it lies in an archive
        return Matcher(map(parse_term, texts))
    place = f"{cache.fingerprint([b'matcher', name.encode()])}.json"
    key = cache.fingerprint([*code, "\0".join(texts).encode("utf-8", "surrogatepass")])
    if tables := _check(cache.load(place, key), texts):
        return Matcher(tables=tables)
    matcher = Matcher(map(parse_term, texts))
    cache.store(place, key, [matcher.tables.entries, matcher.tables.stems])
    return matcher


def _describe_rules() -> str:
    """Return what is different where the rules are by which languages write their words.

    Raises:
        OSError: a file of a plugin cannot be read any more.
    """
    return " ".join((languages.fingerprint_added(), *sorted(languages.elided_words())))


def _check(kept: object, texts: Sequence[str]) -> Tables | None:
    """Return kept tables whose parts have their types."""
    if type(kept) is not list or len(kept) != len(("entries", "stems")):
        return None
    entries, stems = kept
    if type(entries) is not dict or type(stems) is not list:
        return None
    if any(type(part) is not str or not part.strip("*~") for part in stems):
        return None
    if any(type(entry) is not str for entry in entries.values()):
        return None
    return Tables(texts, entries, stems)
