"""The fields of topic and work files: names, shapes, and a line of help each.

One description serves three ends: reading checks against it, messages quote it, and editors get
it as JSON Schema. The format itself is explained in `plugins/README.md`.
"""

from __future__ import annotations

from typing import get_args

from headnotes import model
from headnotes.topics.shapes import Choice, Either, Flag, Key, ListOf, Number, Table, Text

FORMAT = 1
"""The version of the file format that this code reads."""

LANGUAGE_PATTERN = r"[a-z]{2,3}(-[a-zA-Z0-9]{2,8})*"
EPISODE_PATTERN = r"S\d{2,4}E\d{2,4}"
SLUG_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"

_SLUG = Text(pattern=SLUG_PATTERN, like="small letters, digits and single hyphens")
_EPISODE = Text(pattern=EPISODE_PATTERN, like="season and episode as S01E04")
_YEAR = Text(
    pattern=r"\D*\d{4}(\D.*)?",
    like='a span of years as "1929-31"; a plain year, 1929, has no quotes',
)
_TERMS = ListOf(Text())
_CASES = ListOf(ListOf(Text(), least=1))


def _by_language(shape: Text | Table) -> Table:
    return Table(by_pattern=shape, pattern=LANGUAGE_PATTERN, like="a language tag", least=1)


_LOCAL_TEXT = _by_language(Text())

_SOURCE = Table(
    {
        "id": Key(_SLUG, "slug that citations name it by", is_required=True),
        "author": Key(Text(), "as printed"),
        "title": Key(Text(), "as printed", is_required=True),
        "year": Key(Either(Number(1000, 2999), int, _YEAR), "of this edition or page"),
        "kind": Key(Choice(get_args(model.SourceKind)), "sort of text", is_required=True),
        "standpoint": Key(_LOCAL_TEXT, "from where it speaks, by language", is_required=True),
        "read": Key(Choice(get_args(model.ReadStatus)), "how much was read", is_required=True),
        "url": Key(Text(pattern=r"https?://[^\s<>\"'`]+", like="an http(s) address"), "where"),
        "publisher": Key(Text(), "publisher"),
        "site": Key(Text(), "site or paper"),
        "pages": Key(Text(), "pages"),
    }
)

_TEXT = Table(
    {
        "headnote": Key(Text(), "the on-screen line without its label", is_required=True),
        "shown": Key(Text(), "what the work shows", is_required=True),
        "record": Key(Text(), "what is known", is_required=True),
        "confidence": Key(Text(), "why the verdict is as sure as it is"),
    }
)

_CITATION = Table(
    {
        "source": Key(_SLUG, "id of one of the sources", is_required=True),
        "at": Key(Text(), "place in it: page, paragraph", is_required=True),
        "stance": Key(Choice(get_args(model.Stance)), "what it does", is_required=True),
    }
)

_ANCHOR = Table(
    {
        "all": Key(_TERMS, "terms that must all be spoken"),
        "any": Key(_TERMS, "terms of which at_least must be spoken"),
        "at_least": Key(Number(1, 50), "how many of any; 1 unless said"),
        "none": Key(_TERMS, "terms that must not be spoken in or close to the moment"),
        "within": Key(Number(5, 600), "seconds from first to last term; 60 unless said"),
        "when": Key(Choice(get_args(model.When)), "which moments; first unless said"),
        "widen": Key(Choice(get_args(model.Widen)), "the moment or its scene; moment unless said"),
    }
)

_ANCHORS = Either(ListOf(_ANCHOR, least=1), list, _ANCHOR)

_CASE_LISTS = Table(
    {
        "hits": Key(_CASES, "lines that must find the note; each case is a list of lines"),
        "misses": Key(_CASES, "near misses that must not"),
    }
)

_NOTE = Table(
    {
        "id": Key(_SLUG, "slug that never changes", is_required=True),
        "verdict": Key(Choice(get_args(model.Verdict)), "left out for a context note"),
        "confidence": Key(Choice(get_args(model.Confidence)), "how sure the verdict is"),
        "departures": Key(ListOf(Choice(get_args(model.Departure))), "kinds of licence taken"),
        "weight": Key(Number(1, 3), "1 prop, 2 scene, 3 plot; 2 unless said"),
        "episodes": Key(ListOf(_EPISODE), "where it is expected"),
        "spoiler": Key(_EPISODE, "the later episode it tells of"),
        "disputed": Key(Flag(), "whether sources disagree on the point"),
        "citations": Key(ListOf(_CITATION, least=1), "what it rests on", is_required=True),
        "depictions": Key(ListOf(_SLUG), "what it is about: ids of depictions of its work"),
        "anchor": Key(
            _ANCHORS,
            "the rule that finds its moment, or several of which one must hold; left out where "
            "a depiction or a plugin's code places it",
        ),
        "cases": Key(_CASE_LISTS, "dialogue that tests the anchor"),
    },
    by_pattern=_TEXT,
    pattern=LANGUAGE_PATTERN,
    like="a language tag with the note's texts",
)

_CORRECTION = Table(
    {
        "note": Key(_SLUG, "id of the note", is_required=True),
        "version": Key(Text(), "since which version of the topic", is_required=True),
        "change": Key(Text(), "what it was, what it is", is_required=True),
        "why": Key(Text(), "what made it needed", is_required=True),
    }
)

_HEAD = {
    "format": Key(Number(1, 9999), "version of this file format: 1", is_required=True),
    "id": Key(_SLUG, "slug that never changes", is_required=True),
    "title": Key(_LOCAL_TEXT, "by language", is_required=True),
}

TOPIC = Table(
    {
        **_HEAD,
        "version": Key(Text(), "of this topic, for corrections", is_required=True),
        "work": Key(_SLUG, "id of the work its verdicts are about", is_required=True),
        "sources": Key(ListOf(_SOURCE, least=1), "bibliography", is_required=True),
        "notes": Key(ListOf(_NOTE, least=1), "what is worth knowing", is_required=True),
        "corrections": Key(ListOf(_CORRECTION), "public log of changes to notes"),
    }
)
"""A topic file, `topic.toml`."""

_DEPICTION = Table(
    {
        "id": Key(_SLUG, "slug that notes name it by", is_required=True),
        "shown": Key(_LOCAL_TEXT, "what is shown, in a line", is_required=True),
        "episodes": Key(ListOf(_EPISODE), "where it is shown"),
        "anchor": Key(_ANCHORS, "the rule that finds it, or several", is_required=True),
        "cases": Key(_CASE_LISTS, "dialogue that tests the anchor"),
    }
)

WORK = Table(
    {
        **_HEAD,
        "depictions": Key(ListOf(_DEPICTION), "what it shows, in order"),
        "aliases": Key(ListOf(Text()), "other titles that file names use"),
        "names": Key(_TERMS, "terms for names spoken in it"),
        "episodes": Key(
            ListOf(
                Table(
                    {
                        "id": Key(_EPISODE, "in the broadcaster's numbering", is_required=True),
                        "title": Key(_LOCAL_TEXT, "where it has one"),
                        "numberings": Key(
                            Table(by_pattern=Text(), pattern=r"[a-z0-9-]+", like="a service"),
                            "what other services call it",
                        ),
                    }
                )
            ),
            "in order",
        ),
    }
)
"""A work file, `work.toml`."""
