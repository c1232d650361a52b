"""Topic and work files that were right in an earlier run, kept as plain data: TOML read already.

A file is kept only where nothing at all is wrong with it, under its place, with a key made of all
that decides: its text, that of the ratings beside it, the bounds, and the code that reads it. So an
edit is seen at once. What comes back is held to the rules by which files are read, because a cache
is no more trusted than a file; only parsing it and comparing its parts are left out.

A run needs of each note where it belongs, and of few what they say. So that comes first, in
`columns`, and the texts, sources and cases behind it, one line for each note, which is read when it
is asked for. Where such a line is not what it should be, the file itself is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from headnotes import cache as kept_files
from headnotes import languages, matching, model
from headnotes.issues import Issue, TopicError
from headnotes.later import put_off
from headnotes.model import Depiction, LanguageTag, Note, Ratings, Topic, Work
from headnotes.topics.bounds import Bounds
from headnotes.topics.building import build
from headnotes.topics.columns import (
    names_of,
    read_columns,
    read_fields,
    write_columns,
    write_fields,
)
from headnotes.topics.tables import FORMAT, MismatchError, fits
from headnotes.values import NamedTuple, make_all

_DECIDING = (model, matching)
"""The other rooms by whose code a file is right or wrong, beside the languages."""

_LATER: Mapping[type, tuple[str, ...]] = {
    Note: ("citations", "cases", "texts", "exempt"),
    Depiction: ("shown", "cases"),
    Topic: ("title", "authors", "licence", "homepage", "sources", "questions", "corrections"),
    Work: (),
}
"""What few runs ask for."""

_TEXTS = "texts"
_RATED = ("ratings", "rater")

_BROKEN = (ValueError, TypeError, KeyError, RecursionError)
"""What is raised where kept data is not what it should be."""


class Place(NamedTuple):
    """Where one file is kept.

    Attributes:
        name: of the entry.
        key: of what it was made from.
        brought: name of the entry in a wheel that has the file, too.
    """

    name: str
    key: str
    brought: str


def find_place(
    file: object, contents: Sequence[bytes | TopicError | None], bounds: Bounds
) -> Place | None:
    """Return where a file is kept; nothing for one that lies in an archive, or where none is.

    Args:
        file: the file.
        contents: its own, and that of a file beside it, which may be unreadable or not there.
        bounds: that it is held to.
    """
    if not isinstance(file, Path) or kept_files.is_off():
        return None
    parts = [repr(bounds).encode()]
    for content in contents:
        if isinstance(content, TopicError):
            return None
        parts += b"-" if content is None else b"+", content or b""
    try:
        place, code = os.fsencode(file.absolute()), fingerprint_code()
    except OSError:
        return None
    key = kept_files.fingerprint((code.encode(), *parts))
    brought = f"{kept_files.fingerprint(map(os.fsencode, (file.parent.name, file.name)))}.json"
    return Place(f"{kept_files.fingerprint([place])}.json", key, brought)


def keep_topic(place: Place, topic: Topic) -> None:
    """Keep a topic in which nothing is wrong."""
    head = {
        "topic": _write_head(Topic, [topic], "notes"),
        "notes": _write_head(Note, topic.notes),
        "lines": [note.line for note in topic.notes],
        "languages": [[*note.texts] for note in topic.notes],
    }
    rest = write_fields(topic, _LATER[Topic])
    from attrs import asdict  # a run that finds all files kept does without it

    rest |= {"ratings": [asdict(rating) for rating in topic.ratings], "rater": topic.rater}
    _store(place, head, [rest, *(write_fields(note, _LATER[Note]) for note in topic.notes)])


def load_topic(place: Place, origin: str, read_file: Callable[[], Topic]) -> Topic | None:
    """Return a topic as kept; nothing where it is not, or is not what it should be.

    Args:
        place: from `find_place`.
        origin: its file, for messages.
        read_file: reads the file itself.
    """
    found = kept_files.load_entry(*place)
    if found is None:
        return None
    read_again = cache(read_file)
    with suppress(*_BROKEN):
        head, (rest, *pieces) = found.value, found.rest.split(b"\n")
        tags, lines = head["languages"], head["lines"]
        _check_side(tags, lines)
        notes = make_all(Note, read_columns(Note, head["notes"]) | {"line": lines}, _LATER[Note])
        for note, spoken, piece in zip(notes, tags, pieces, strict=True):
            read = partial(_read_piece, Note, note.id, piece, lambda: read_again().notes)
            put_off(note, (), read, known=tuple(spoken))
        columns = read_columns(Topic, head["topic"])
        columns |= {"notes": [tuple(notes)], "origin": [origin]}
        later = (*_LATER[Topic], *_RATED)
        (topic,) = make_all(Topic, columns, later)
        return put_off(topic, (), lambda _: _read_rest(topic.id, rest, read_again))
    return None


def _check_side(tags: Any, lines: Any) -> None:  # noqa: ANN401  # of plain data
    """Hold what stands beside the notes to its rules.

    Raises:
        ValueError, TypeError: it does not fit.
    """
    spoken = {tag for some in tags for tag in some}
    if not all(fits(tag, LanguageTag) for tag in spoken) or not all(tags):
        raise MismatchError(tags, LanguageTag)
    if not all(type(line) is int for line in lines):
        raise MismatchError(lines, int)


def _read_rest(name: str, written: bytes, read_file: Callable[[], Topic]) -> Mapping[str, object]:
    """Return the fields of a topic that few runs ask for."""
    with suppress(*_BROKEN):
        rest = _parse(written)
        ratings, rater = rest.pop("ratings"), rest.pop("rater")
        found = read_fields(Topic, _LATER[Topic], rest)
        if not ratings:
            return {**found, "ratings": (), "rater": ""}
        given = {"format": FORMAT, "topic": name, "rater": rater, "ratings": ratings}
        read = build(Ratings, given)
        return {**found, "ratings": read.ratings, "rater": read.rater}
    topic = read_file()
    return {field: getattr(topic, field) for field in (*_LATER[Topic], *_RATED)}


def keep_work(place: Place, work: Work) -> None:
    """Keep a work in which nothing is wrong."""
    head = {
        "work": _write_head(Work, [work], "depictions"),
        "depictions": _write_head(Depiction, work.depictions),
    }
    _store(place, head, [write_fields(shown, _LATER[Depiction]) for shown in work.depictions])


def load_work(place: Place, origin: str, read_file: Callable[[], Work]) -> Work | None:
    """Return a work as kept; nothing where it is not, or is not what it should be.

    Args:
        place: from `find_place`.
        origin: its file, for messages.
        read_file: reads the file itself.
    """
    found = kept_files.load_entry(*place)
    if found is None:
        return None
    read_again = cache(read_file)
    with suppress(*_BROKEN):
        head = found.value
        pieces = found.rest.split(b"\n") if found.rest else []
        columns = read_columns(Depiction, head["depictions"])
        depictions = make_all(Depiction, columns, _LATER[Depiction])
        for shown, piece in zip(depictions, pieces, strict=True):
            read = partial(_read_piece, Depiction, shown.id, piece, lambda: read_again().depictions)
            put_off(shown, (), read)
        made_with = read_columns(Work, head["work"])
        made_with |= {"depictions": [tuple(depictions)], "origin": [origin]}
        (work,) = make_all(Work, made_with)
        return work
    return None


def _read_piece(
    kind: type,
    name: str,
    written: bytes,
    list_again: Callable[[], Sequence[Note | Depiction]],
    wanted: str,
) -> Mapping[str, object]:
    """Return the fields of a note or depiction that few runs ask for.

    Args:
        kind: its class.
        name: its id.
        written: its line.
        list_again: returns all of the file, read anew.
        wanted: the field that is asked for; the texts come alone, as a track needs no others.

    Raises:
        TopicError: the line is not what it should be, and the file has nothing of that id.
    """
    fields = [field for field in _LATER[kind] if (field == _TEXTS) == (wanted == _TEXTS)]
    with suppress(*_BROKEN):
        return read_fields(kind, fields, _parse(written))
    for item in list_again():
        if item.id == name:
            return {field: getattr(item, field) for field in fields}
    message, hint = "what the cache keeps of it belongs to no file", "delete the cache folder"
    raise TopicError(Issue(key=name, code="damaged-cache", message=message, hint=hint))


def _write_head(kind: type, values: Sequence[Any], *others: str) -> dict[str, Any]:
    """Return the columns of what every run asks for.

    Args:
        kind: a class.
        values: of it.
        others: names of fields that are written by themselves.
    """
    names = [name for name in names_of(kind) if name not in {*_LATER[kind], *others}]
    return write_columns(kind, names, values)


def _store(place: Place, head: object, pieces: Sequence[object]) -> None:
    import json

    with suppress(ValueError):  # what can be in no file
        lines = [json.dumps(piece, ensure_ascii=False, separators=(",", ":")) for piece in pieces]
        rest = "\n".join(lines).encode()
        kept_files.store(place.name, place.key, head, rest, brought=place.brought)


def _parse(written: bytes) -> Any:  # noqa: ANN401  # whatever JSON holds
    import json

    return json.loads(written)


def fingerprint_code() -> str:
    """Return what is different where the code that reads files is, or the rules of languages.

    Raises:
        OSError: it lies in an archive.
    """
    folders = [str(Path(__file__).parent), *(_folder_of(room.__file__) for room in _DECIDING)]
    return " ".join((*map(kept_files.fingerprint_code, folders), languages.fingerprint_languages()))


def _folder_of(module: str | None) -> str:
    return os.path.dirname(str(module))  # noqa: PTH120  # of a text
