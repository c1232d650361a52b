"""Topic and work files that were right in an earlier run, kept as plain data: TOML read already.

A file is kept only where nothing at all is wrong with it, under its place, with a key made of all
that decides: its text, that of the ratings beside it, the bounds, and the code that reads it. So an
edit is seen at once. What comes back goes through `building` like any file's data, because a cache
is no more trusted than a file; only parsing it and comparing its parts are left out.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from attrs import asdict, evolve

from headnotes import cache, languages, matching, model
from headnotes.issues import TopicError
from headnotes.model import Ratings, Topic, Work
from headnotes.topics.bounds import Bounds
from headnotes.topics.building import build
from headnotes.topics.tables import FORMAT

_DECIDING = (model, matching, languages)
"""The other rooms by whose code a file is right or wrong."""


class Place(NamedTuple):
    """Where one file is kept.

    Attributes:
        name: of the entry.
        key: of what it was made from.
    """

    name: str
    key: str


def find_place(
    file: object, texts: Sequence[str | TopicError | None], bounds: Bounds
) -> Place | None:
    """Return where a file is kept; nothing for one that lies in an archive.

    Args:
        file: the file.
        texts: its own, and that of a file beside it, which may be unreadable or not there.
        bounds: that it is held to.
    """
    if not isinstance(file, Path) or any(isinstance(text, TopicError) for text in texts):
        return None
    parts = [repr(bounds), *(f"{text is None} {text}" for text in texts)]
    try:
        place, code = os.fsencode(file.absolute()), fingerprint_code()
    except OSError:
        return None
    key = cache.fingerprint(part.encode() for part in (code, *parts))
    return Place(f"{cache.fingerprint([place])}.json", key)


def keep_topic(place: Place, data: object, topic: Topic) -> None:
    """Keep a topic in which nothing is wrong, with the data of its file."""
    ratings = [asdict(rating) for rating in topic.ratings]
    lines = [note.line for note in topic.notes]
    kept = {"topic": data, "lines": lines, "rater": topic.rater, "ratings": ratings}
    cache.store(*place, kept)


def load_topic(place: Place, origin: str) -> Topic | None:
    """Return a topic as kept; nothing where it is not, or is not what it should be.

    Args:
        place: from `find_place`.
        origin: its file, for messages.
    """
    with suppress(ValueError, TypeError, KeyError):
        kept = cache.load(*place)
        topic = build(Topic, kept["topic"])
        lines = [line for line in kept["lines"] if type(line) is int]
        notes = zip(topic.notes, lines, strict=True)
        topic = evolve(
            topic, origin=origin, notes=tuple(evolve(note, line=line) for note, line in notes)
        )
        if not kept["ratings"]:
            return topic
        written = {
            "format": FORMAT,
            "topic": topic.id,
            **{k: kept[k] for k in ("rater", "ratings")},
        }
        read = build(Ratings, written)
        return evolve(topic, rater=read.rater, ratings=read.ratings)
    return None


def keep_work(place: Place, data: object) -> None:
    """Keep the data of a work file in which nothing is wrong."""
    cache.store(*place, data)


def load_work(place: Place, origin: str) -> Work | None:
    """Return a work as kept; nothing where it is not, or is not what it should be."""
    with suppress(ValueError, TypeError):
        return evolve(build(Work, cache.load(*place)), origin=origin)
    return None


def fingerprint_code() -> str:
    """Return what changes with the code that reads files, and with languages from plugins.

    Raises:
        OSError: it lies in an archive.
    """
    folders = [Path(__file__).parent, *(Path(str(room.__file__)).parent for room in _DECIDING)]
    return " ".join((*map(cache.fingerprint_code, folders), languages.fingerprint_added()))
