"""Topic and work files to topics and works, every problem at once with its line.

What a file may hold is in `fields`. Here it is read, checked for what only the whole can show
(ids used twice, citations of unknown sources, terms that match everything), and made a value.
Whether a topic is good enough to publish is another question: `headnotes check` asks it.

TOML is read by tomli, the standard library's tomllib with compiled wheels: three times as fast,
and reading topics is the largest part of a short run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from headnotes.issues import Issue, TermError, TopicError, near_name
from headnotes.matching import parse_term
from headnotes.model import (
    Anchor,
    Cases,
    Citation,
    Correction,
    Depiction,
    Note,
    NoteText,
    Source,
    Topic,
    Work,
    WorkEpisode,
)
from headnotes.topics.fields import FORMAT, TOPIC, WORK
from headnotes.topics.shapes import MOST_FLAWS, Flaw, shown_value

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

TOPIC_FILE = "topic.toml"
WORK_FILE = "work.toml"

SIZE_LIMIT_BYTES = 4_000_000
"""A file larger than this is refused: our largest topic has a fortieth of it."""

_NOTE_KEYS = ("id", "weight", "spoiler", "disputed", "verdict", "confidence")

# What may stand in a topic file beside the texts by language.
_KNOWN_NOTE_KEYS = frozenset(
    {*_NOTE_KEYS, "departures", "episodes", "citations", "depictions", "anchor", "cases"}
)


def read_folder(folder: Path | Traversable) -> tuple[tuple[Topic, ...], tuple[Work, ...]]:
    """Read what a plugin's folder holds: its `topic.toml`, its `work.toml`, or both.

    Raises:
        TopicError: neither is there, or a file has mistakes (all of them, with lines).
    """
    topics: list[Topic] = []
    works: list[Work] = []
    if (file := folder / TOPIC_FILE).is_file():
        topics.append(read_topic(file))
    if (file := folder / WORK_FILE).is_file():
        works.append(read_work(file))
    if not topics and not works:
        raise TopicError(
            Issue(
                path=folder.name,
                code="no-topic-file",
                message=f"has neither {TOPIC_FILE} nor {WORK_FILE}",
                hint="put one there, or name the folder that has it",
            )
        )
    return tuple(topics), tuple(works)


def read_topic(file: Path | Traversable) -> Topic:
    """Read one topic file.

    Raises:
        TopicError: it cannot be read, is no TOML, or has mistakes: all of them, with lines.
    """
    origin, text, data = _load(file)
    flaws: list[Flaw] = []
    TOPIC.check(data, (), flaws)
    if not flaws:
        flaws += _flaws_across(data)
    _refuse(flaws, origin, text)
    return _topic(data, origin, text)


def read_work(file: Path | Traversable) -> Work:
    """Read one work file.

    Raises:
        TopicError: it cannot be read, is no TOML, or has mistakes: all of them, with lines.
    """
    origin, text, data = _load(file)
    flaws: list[Flaw] = []
    WORK.check(data, (), flaws)
    if not flaws:
        flaws += _bad_terms(data.get("names", ()), ("names",))
        for table in ("episodes", "depictions"):
            flaws += _repeated([one["id"] for one in data.get(table, ())], table)
        for position, one in enumerate(data.get("depictions", ())):
            flaws += _flaws_of_anchors(one, ("depictions", position))
    _refuse(flaws, origin, text)
    return Work(
        id=data["id"],
        title=data["title"],
        aliases=tuple(data.get("aliases", ())),
        names=tuple(data.get("names", ())),
        episodes=tuple(WorkEpisode(**one) for one in data.get("episodes", ())),
        depictions=tuple(map(_depiction, data.get("depictions", ()))),
        origin=origin,
    )


def _load(file: Path | Traversable) -> tuple[str, str, dict[str, Any]]:
    """Give a file's name for messages, its text and its data."""
    origin = shown_path(file)
    try:
        if not file.is_file():
            what = "is not there, or is no regular file"
            raise TopicError(
                Issue(path=origin, code="not-there", message=what, hint="check the path")
            )
        with file.open("rb") as stream:
            content = stream.read(SIZE_LIMIT_BYTES + 1)
        if len(content) > SIZE_LIMIT_BYTES:
            raise TopicError(
                Issue(
                    path=origin,
                    code="too-large",
                    message="is larger than 4 MB",
                    hint="split the topic",
                )
            )
        text = content.decode("utf-8-sig")
        data = tomli.loads(text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise TopicError(
            Issue(
                path=origin,
                code="unreadable",
                message=f"cannot be read: {reason}",
                hint="check the path",
            )
        ) from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TopicError(
            Issue(
                path=f"{origin}:{line}",
                code="not-utf-8",
                message="is not UTF-8",
                hint="save it as UTF-8",
            )
        ) from error
    except tomli.TOMLDecodeError as error:
        raise TopicError(_broken_toml(origin, text, error)) from error
    except ValueError as error:
        what = "holds a number too long to be read"
        mend = "look for a number of thousands of digits"
        raise TopicError(
            Issue(path=origin, code="endless-number", message=what, hint=mend)
        ) from error
    except RecursionError as error:
        raise _too_deep(origin) from error
    _refuse_other_format(origin, data)
    return origin, text, data


def shown_path(file: Path | Traversable) -> str:
    """Name a file by itself and its folder: enough to find it, without this machine's paths."""
    if isinstance(file, Path) and file.parent.name:
        return f"{file.parent.name}/{file.name}"
    return file.name


def _too_deep(origin: str) -> TopicError:
    return TopicError(
        Issue(
            path=origin,
            code="nested-too-deeply",
            message="is nested too deeply",
            hint="see plugins/README.md",
        )
    )


def _broken_toml(origin: str, text: str, error: tomli.TOMLDecodeError) -> Issue:
    told = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error))
    line = int(told[2]) if told and told[2] else text.rstrip().count("\n") + 1
    what = (told[1] if told else str(error)).lower()
    return Issue(
        path=f"{origin}:{line}",
        code="bad-toml",
        message=f"is no TOML: {what}",
        hint="look for a quote or bracket missing here or in the line above",
    )


def _refuse_other_format(origin: str, data: Mapping[str, Any]) -> None:
    # Said before anything else: a newer format may well have keys that we do not know.
    version = data.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise TopicError(
            Issue(
                path=origin,
                code="newer-format",
                message=f"format {shown_value(version)}, newer than {FORMAT}",
                hint="update headnotes to read it",
            )
        )


def _refuse(flaws: Sequence[Flaw], origin: str, text: str) -> None:
    """Raise all flaws as problems with lines, in the order of the file; nothing if none."""
    if not flaws:
        return
    from headnotes.topics.lines import LineIndex

    try:
        index = LineIndex(text)
    except RecursionError as error:
        raise _too_deep(origin) from error
    placed = sorted(
        ((index.line_of(flaw.path), shown_key(flaw.path), flaw) for flaw in flaws[:MOST_FLAWS]),
        key=lambda one: one[:2],
    )
    problems = [
        Issue(
            path=f"{origin}:{line}: {key}" if key else f"{origin}:{line}",
            code="bad-value",
            message=flaw.what,
            hint=flaw.mend,
        )
        for line, key, flaw in placed
    ]
    if len(flaws) > MOST_FLAWS:
        what = f"has more than these {MOST_FLAWS} mistakes"
        problems.append(
            Issue(
                path=origin,
                code="too-many-issues",
                message=what,
                hint="mend these, then check again",
            )
        )
    raise TopicError(*problems)


def shown_key(path: tuple[str | int, ...]) -> str:
    """Write a path as `notes[3].anchor.within`; list items count from 1, as people do."""
    shown = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return shown.removeprefix(".")


# ----------------------------------------------------------- what only the whole can show


def _flaws_across(data: Mapping[str, Any]) -> list[Flaw]:
    """Find what is wrong between the parts of a topic whose parts are right by themselves."""
    notes, sources = data["notes"], data["sources"]
    flaws = _repeated([one["id"] for one in sources], "sources")
    flaws += _repeated([one["id"] for one in notes], "notes")
    known = {one["id"]: one for one in sources}
    for position, note in enumerate(notes):
        path = ("notes", position)
        flaws += _flaws_of_note(note, path)
        for place, citation in enumerate(note["citations"]):
            if citation["source"] not in known and len(flaws) <= MOST_FLAWS:
                flaws.append(
                    Flaw(
                        path=(*path, "citations", place, "source"),
                        what=f"unknown source {citation['source']!r}",
                        mend=f"{near_name(citation['source'], list(known))}add it to [[sources]], "
                        "or cite one that is there",
                    )
                )
    note_ids = {note["id"]: note for note in notes}
    for position, one in enumerate(data.get("corrections", ())):
        if one["note"] not in note_ids and len(flaws) <= MOST_FLAWS:
            flaws.append(
                Flaw(
                    path=("corrections", position, "note"),
                    what=f"unknown note {one['note']!r}",
                    mend=f"{near_name(one['note'], list(note_ids))}name a note of this file",
                )
            )
    return flaws


def _flaws_of_note(note: Mapping[str, Any], path: tuple[str | int, ...]) -> list[Flaw]:
    flaws: list[Flaw] = []
    if ("verdict" in note) != ("confidence" in note):
        here, missing = (
            ("verdict", "confidence") if "verdict" in note else ("confidence", "verdict")
        )
        flaws.append(
            Flaw(
                path=path,
                what=f"{here} without {missing}",
                mend="a verdict needs its confidence; a context note has neither",
            )
        )
    if not _texts_of(note):
        flaws.append(
            Flaw(path=path, what="has no text in any language", mend="write a [notes.en] table")
        )
    return flaws + _flaws_of_anchors(note, path)


def _flaws_of_anchors(data: Mapping[str, Any], path: tuple[str | int, ...]) -> list[Flaw]:
    """Look at the one anchor, or the several, of a note or depiction."""
    anchors = data.get("anchor", [])
    if not isinstance(anchors, list):
        return _flaws_of_anchor(anchors, (*path, "anchor"))
    return [
        flaw
        for position, anchor in enumerate(anchors)
        for flaw in _flaws_of_anchor(anchor, (*path, "anchor", position))
    ]


def _flaws_of_anchor(anchor: Mapping[str, Any], path: tuple[str | int, ...]) -> list[Flaw]:
    flaws: list[Flaw] = []
    wanted, chosen = anchor.get("all", []), anchor.get("any", [])
    if not wanted and not chosen:
        flaws.append(Flaw(path=path, what="asks for no term", mend="list some in all or any"))
    if anchor.get("at_least", 1) > len(chosen) and "at_least" in anchor:
        flaws.append(
            Flaw(
                path=(*path, "at_least"),
                what=f"{anchor['at_least']} of {len(chosen)} terms can never be spoken",
                mend="list more terms in any, or ask for fewer",
            )
        )
    forbidden = set(anchor.get("none", ()))
    flaws += [
        Flaw(
            path=(*path, "none"),
            what=f"{term!r} stands in all too, so the anchor can never hold",
            mend="drop it from one of them",
        )
        for term in sorted(forbidden.intersection(wanted))
    ]
    for key in ("all", "any", "none"):
        flaws += _bad_terms(anchor.get(key, ()), (*path, key))
    return flaws


def _bad_terms(terms: Sequence[str], path: tuple[str | int, ...]) -> list[Flaw]:
    flaws: list[Flaw] = []
    for position, term in enumerate(terms):
        try:
            parse_term(term)
        except TermError as error:
            flaws += [
                Flaw(path=(*path, position), what=f"term {term!r}: {one.message}", mend=one.hint)
                for one in error.issues
            ]
    return flaws


def _repeated(ids: Sequence[str], table: str) -> list[Flaw]:
    known: set[str] = set()
    flaws: list[Flaw] = []
    for position, name in enumerate(ids):
        if name in known:
            path = (table, position, "id")
            flaws.append(Flaw(path=path, what=f"{name!r} is used twice", mend="rename one"))
        known.add(name)
    return flaws


# ------------------------------------------------------------------------ data to values


def _topic(data: Mapping[str, Any], origin: str, text: str) -> Topic:
    lines = _note_lines(text)
    return Topic(
        id=data["id"],
        version=data["version"],
        work=data["work"],
        title=data["title"],
        notes=tuple(_note(note, line) for note, line in zip(data["notes"], lines, strict=False)),
        sources={one["id"]: Source(**one) for one in data["sources"]},
        corrections=tuple(Correction(**one) for one in data.get("corrections", ())),
        origin=origin,
    )


def _note_lines(text: str) -> list[int]:
    """Give the line of each `[[notes]]`; the exact index is made only where it is needed."""
    return [
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip().startswith("[[notes]]")
    ]


def _depiction(data: Mapping[str, Any]) -> Depiction:
    return Depiction(
        id=data["id"],
        shown=data["shown"],
        episodes=tuple(data.get("episodes", ())),
        anchors=_anchors(data),
        cases=_cases(data.get("cases", {})),
    )


def _note(note: Mapping[str, Any], line: int) -> Note:
    return Note(
        **{key: note[key] for key in _NOTE_KEYS if key in note},
        departures=tuple(note.get("departures", ())),
        episodes=tuple(note.get("episodes", ())),
        texts={tag: NoteText(**text) for tag, text in _texts_of(note).items()},
        citations=tuple(Citation(**one) for one in note["citations"]),
        depictions=tuple(note.get("depictions", ())),
        anchors=_anchors(note),
        cases=_cases(note.get("cases", {})),
        line=line,
    )


def _texts_of(note: Mapping[str, Any]) -> dict[str, Any]:
    return {tag: text for tag, text in note.items() if tag not in _KNOWN_NOTE_KEYS}


def _anchors(data: Mapping[str, Any]) -> tuple[Anchor, ...]:
    anchors = data.get("anchor", [])
    return tuple(map(_anchor, anchors if isinstance(anchors, list) else [anchors]))


def _anchor(data: Mapping[str, Any]) -> Anchor:
    values: dict[str, Any] = {"at_least": 1 if data.get("any") else 0, **data}
    return Anchor(**{key: _frozen(value) for key, value in values.items()})


def _frozen(value: Any) -> Any:  # noqa: ANN401  # whatever TOML holds
    return tuple(value) if isinstance(value, list) else value


def _cases(data: Mapping[str, Any]) -> Cases:
    return Cases(
        hits=tuple(tuple(case) for case in data.get("hits", ())),
        misses=tuple(tuple(case) for case in data.get("misses", ())),
    )
