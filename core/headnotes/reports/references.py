"""The sources of topics as CSL-JSON and BibTeX, for reference managers and papers.

Every source of every topic asked for, cited or not; the same entry in two topics once. Standpoint
and reading status go into the note of each entry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from headnotes.languages import Messages
from headnotes.model import Source, Topic
from headnotes.reports.sentences import describe_standing
from headnotes.text import escape_tex, web_address, write_json

_BIBTEX_TYPES: Mapping[str, str] = {
    "article-journal": "article",
    "article-newspaper": "article",
    "book": "book",
}
_YEAR = re.compile(r"\d{3,4}")
_NUMBER = re.compile(r"\b\d+/\d+\b")
"""Volume and issue, or issue and year, as in "29/1" and "30/1958"."""
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}\b")


def name_entries(topics: Iterable[Topic]) -> dict[str, Source]:
    """Return every different entry under a key of its own: its id, after its topic on a clash."""
    entries: dict[str, Source] = {}
    for topic in topics:
        for source in topic.sources.values():
            key = source.id
            if entries.get(key, source) != source:
                key = f"{topic.id}:{source.id}"
            entries[key] = source
    return entries


def write_csl(entries: Mapping[str, Source], messages: Messages) -> str:
    """Return sources by key as CSL-JSON."""
    described = [_describe_csl(key, source, messages) for key, source in entries.items()]
    return write_json(described, indent=2) + "\n"


def _describe_csl(key: str, source: Source, messages: Messages) -> dict[str, Any]:
    entry = {
        "id": key,
        "type": _choose_type(source),
        "title": source.title,
        "author": [{"literal": source.author}] if source.author else None,
        "issued": _describe_year(source.year),
        "container-title": source.site,
        "publisher": source.publisher,
        "page": source.pages,
        "URL": web_address(source.url),
        "note": "; ".join(describe_standing(source, messages)),
    }
    return {name: value for name, value in entry.items() if value}


def _choose_type(source: Source) -> str:
    """Return the CSL type of a source, by its kind where that tells, else by what it has.

    Pages of a named journal, and what stands in an issue of a paper, are an article; what has a
    publisher and is no part of anything else is a book; what has a site or an address is a page
    on the web.
    """
    kind, in_issue = source.kind, _names_issue(source)
    if kind == "journalism" or (kind == "primary" and in_issue and not source.pages):
        return "article-newspaper"
    if in_issue:
        return "article-journal"
    if kind == "reference":
        return "entry-encyclopedia"
    is_address = _HOST.match(source.site)
    if source.site and (source.pages or (kind == "scholarly" and not is_address)):
        return "article-journal"
    if source.publisher and not source.site:
        return "book"
    return "webpage" if source.site or source.url else "document"


def _names_issue(source: Source) -> bool:
    """Whether it stands in an issue: a site of a number or of its own year that is no address."""
    if _HOST.match(source.site):
        return False
    year = str(source.year or "")
    return bool(_NUMBER.search(source.site) or (year and year in source.site))


def _describe_year(year: int | str | None) -> dict[str, Any] | None:
    if year is None:
        return None
    years = [int(found) for found in _YEAR.findall(str(year))][:2]
    return {"date-parts": [[part] for part in years]} if years else {"literal": str(year)}


def write_bibtex(entries: Mapping[str, Source], messages: Messages) -> str:
    """Return sources by key as BibTeX."""
    used: set[str] = set()
    return "\n".join(
        _describe_bibtex(_make_key(key, used), source, messages) for key, source in entries.items()
    )


def _describe_bibtex(key: str, source: Source, messages: Messages) -> str:
    kind = _BIBTEX_TYPES.get(_choose_type(source), "misc")
    if kind == "article" and not source.site:
        kind = "misc"
    fields = {
        # Double braces: a name is taken as it is, not split into first and last.
        "author": f"{{{escape_tex(source.author)}}}" if source.author else "",
        "title": f"{{{escape_tex(source.title)}}}" if source.title else "",
        "year": escape_tex(str(source.year)) if source.year is not None else "",
        "journal" if kind == "article" else "howpublished": escape_tex(source.site),
        "publisher": escape_tex(source.publisher),
        "pages": escape_tex(source.pages),
        "url": web_address(source.url),
        "note": escape_tex("; ".join(describe_standing(source, messages))),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@{kind}{{{key},", *lines, "}", ""))


def _make_key(key: str, used: set[str]) -> str:
    """Return a key of plain letters, digits, `-` and `:`, unlike all before it in any case."""
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9:-]", "-", plain) or "source"
    number, chosen = 1, stem
    while chosen.casefold() in used:
        number += 1
        chosen = f"{stem}-{number}"
    used.add(chosen.casefold())
    return chosen
