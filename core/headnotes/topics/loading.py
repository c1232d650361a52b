"""Topic and work files to topics and works, every issue at once with its line.

A file that is right goes through `building` alone. One that is not is looked at again, slowly, to
say all that is wrong with it: in its parts (`validation`), and then between them (`consistency`).

TOML is read by tomli, the standard library's tomllib with compiled wheels: three times as fast,
and reading topics is the largest part of a short run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from headnotes.issues import Issue, TopicError
from headnotes.lazy import lazy_pattern
from headnotes.model import Ratings, Topic, Work
from headnotes.topics.bounds import BOUNDS, NO_BOUNDS, Bounds
from headnotes.topics.building import build
from headnotes.topics.compiled import find_place, keep_topic, keep_work, load_topic, load_work
from headnotes.topics.tables import FORMAT
from headnotes.values import evolve, frozen

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import tomli

    from headnotes.topics.tables import DataPath, Found

TOPIC_FILE = "topic.toml"
WORK_FILE = "work.toml"
RATINGS_FILE = "ratings.toml"
"""Second verdicts on the claims of the topic in the same folder."""

MOST_ISSUES = 200
"""After so many a check stops: whoever corrects them will check again."""

_HARMLESS = frozenset({"unknown-key", "punctuation"})
_NOTE_HEADER = lazy_pattern(r"""\[\[[ \t]*(["']?)notes\1[ \t]*\]\]""")
_ID = lazy_pattern(r"""(?m)^[ \t]*id[ \t]*=[ \t]*["']([^"'\r\n]+)""")
_FORMAT_KEY = lazy_pattern(r"""(?m)^[ \t]*(["']?)format\1[ \t]*=""")

Value = TypeVar("Value", bound=Topic | Work)


@frozen(kw_only=True)
class _Source:
    """A file as read: its name for messages, its text and its data."""

    origin: str
    text: str
    data: dict[str, Any]


def read_folder(
    folder: Path | Traversable, bounds: Bounds = BOUNDS
) -> tuple[tuple[Topic, ...], tuple[Work, ...]]:
    """Read what a plugin's folder holds: its `topic.toml`, its `work.toml`, or both.

    Mistakes cost what they are in, as far as they can, and stand in the `issues` of the values.

    Raises:
        TopicError: neither is there, or a file has mistakes that cost all of it.
    """
    topics: list[Topic] = []
    works: list[Work] = []
    if (file := folder / TOPIC_FILE).is_file():
        topics.append(read_topic(file, bounds, folder / RATINGS_FILE, is_lenient=True))
    if (file := folder / WORK_FILE).is_file():
        works.append(read_work(file, bounds, is_lenient=True))
    if not topics and not works:
        message = f"has neither {TOPIC_FILE} nor {WORK_FILE}"
        hint = "put one there, or give the folder that has it"
        raise _refusal(folder.name, "no-topic-file", message, hint)
    return tuple(topics), tuple(works)


def read_topic(
    file: Path | Traversable,
    bounds: Bounds = BOUNDS,
    ratings: Path | Traversable | None = None,
    *,
    is_lenient: bool = False,
) -> Topic:
    """Read one topic file, and the second verdicts beside it.

    Args:
        file: the topic.
        bounds: the most that it may have; what exceeds them is a mistake.
        ratings: its file of ratings, which need not exist; by default the one in the folder of
            a plain file. Mistakes in it cost the ratings and stand in the topic's `issues`.
        is_lenient: whether unknown keys and notes with mistakes are left out alone, and named in
            the topic's `issues`.

    Raises:
        TopicError: it cannot be read, is not valid TOML, or has mistakes: all, with lines.
    """
    if ratings is None and isinstance(file, Path):
        ratings = file.with_name(RATINGS_FILE)
    content = _read_content(file, bounds)
    beside = _read_beside(ratings, bounds)
    place = find_place(file, (content, beside), bounds) if is_lenient else None

    def read_file() -> Topic:
        return _read_topic(file, content, ratings, beside, bounds, is_lenient=is_lenient)

    if place and (kept := load_topic(place, shown_path(file), read_file)):
        return kept
    topic = read_file()
    if place and not topic.issues:
        keep_topic(place, topic)
    return topic


def _read_topic(  # noqa: PLR0913  # both files
    file: Path | Traversable,
    content: bytes,
    ratings: Path | Traversable | None,
    beside: bytes | TopicError | None,
    bounds: Bounds,
    *,
    is_lenient: bool,
) -> Topic:
    source = _parse(file, content)
    topic, issues = _build(Topic, source, bounds, is_lenient=is_lenient)
    lines = _note_lines(source)
    notes = tuple(evolve(note, line=lines[note.id]) for note in topic.notes)
    topic = evolve(topic, notes=notes, origin=source.origin, issues=issues)
    if ratings is None or beside is None:
        return topic
    return _add_ratings(topic, ratings, beside, _list_claims(source) if issues else ())


def _read_beside(file: Path | Traversable | None, bounds: Bounds) -> bytes | TopicError | None:
    """Return the content of a file that need not exist, or why it cannot be read."""
    try:
        return _read_content(file, bounds) if file and file.is_file() else None
    except TopicError as error:
        return error


def _list_claims(source: _Source) -> list[str]:
    """Return the claims that a topic file judges or makes, also those of what was left out."""
    items = [item for key in ("notes", "claims") for item in source.data.get(key, ())]
    return [str(item.get("claim") or item.get("id")) for item in items if isinstance(item, dict)]


def _add_ratings(
    topic: Topic, file: Path | Traversable, content: bytes | TopicError, claims: Sequence[str]
) -> Topic:
    """Return a topic with its second ratings, but those of claims that were left out of it."""
    from headnotes.topics.consistency import find_misratings, list_judged

    try:
        if isinstance(content, TopicError):
            raise content
        source = _parse(file, content)
        read = _read_ratings(source)
    except TopicError as error:
        return evolve(topic, issues=(*topic.issues, *error.issues))
    if found := [*find_misratings(read, topic, claims)]:
        return evolve(topic, issues=(*topic.issues, *_locate(found, source)))
    known = list_judged(topic) if claims else ()
    rated = tuple(each for each in read.ratings if not claims or each.claim in known)
    return evolve(topic, ratings=rated, rater=read.rater)


def _locate(found: Iterable[Found], source: _Source) -> list[Issue]:
    from headnotes.topics.lines import locate

    return locate(found, source.text, source.data, source.origin)


def read_work(
    file: Path | Traversable, bounds: Bounds = BOUNDS, *, is_lenient: bool = False
) -> Work:
    """Read one work file.

    Args:
        file: the work.
        bounds: as for `read_topic`.
        is_lenient: as for `read_topic`.

    Raises:
        TopicError: it cannot be read, is not valid TOML, or has mistakes: all, with lines.
    """
    content = _read_content(file, bounds)
    place = find_place(file, (content,), bounds) if is_lenient else None

    def read_file() -> Work:
        source = _parse(file, content)
        work, issues = _build(Work, source, bounds, is_lenient=is_lenient)
        return evolve(work, origin=source.origin, issues=issues)

    if place and (kept := load_work(place, shown_path(file), read_file)):
        return kept
    work = read_file()
    if place and not work.issues:
        keep_work(place, work)
    return work


def guess_id(file: Path | Traversable, bounds: Bounds = BOUNDS) -> str:
    """Return the id that a file with mistakes seems to give; empty where none is to be seen."""
    try:
        found = _ID.search(_read_content(file, bounds).decode("utf-8", "replace"))
    except TopicError:
        return ""
    return found[1] if found else ""


def _build(
    kind: type[Value], source: _Source, bounds: Bounds, *, is_lenient: bool
) -> tuple[Value, tuple[Issue, ...]]:
    """Make the value of a file that is right; for all others find out what is wrong, slowly.

    Returns:
        The value, and what was left out of it where that is allowed.
    """
    from headnotes.topics.consistency import find_faults

    with suppress(ValueError):
        value = build(kind, source.data)
        if not find_faults(value, bounds, 1):
            return value, ()
    try:
        found = _find_mistakes(kind, source, bounds)
        refusal: TopicError = _explain(found, source)
    except RecursionError:
        raise _too_deep(source.origin) from None
    if not is_lenient:
        raise refusal
    return _salvage(kind, source, bounds, found, refusal)


def _salvage(
    kind: type[Value],
    source: _Source,
    bounds: Bounds,
    found: list[Found],
    refusal: TopicError,
) -> tuple[Value, tuple[Issue, ...]]:
    """Return what is right of a file and what was left out, or refuse it."""
    from headnotes.topics.salvaging import salvage

    if len(found) <= MOST_ISSUES:
        for value, followers in salvage(kind, source.data, bounds, found, MOST_ISSUES):
            return value, (
                *map(_soften, refusal.issues),
                *_name_followers(followers, source),
            )
    raise refusal


def _soften(issue: Issue) -> Issue:
    """Return what costs nothing as a warning: an unknown key, punctuation in a term."""
    return evolve(issue, level="warning") if issue.code in _HARMLESS else issue


def _name_followers(followers: Sequence[tuple[str, str]], source: _Source) -> list[Issue]:
    """Return what had to go because it names what is left out, with lines, in their order."""
    from headnotes.topics.salvaging import name_item

    message = "is left out, too: it names something in this file that has a mistake"
    hint = "correct that mistake; nothing else is wrong here"
    found: list[Found] = [
        ((table, position), Issue(key=name, code="left-out-with", message=message, hint=hint))
        for table, items in source.data.items()
        if isinstance(items, list)
        for position, item in enumerate(items)
        if (table, name := name_item(item)) in followers
    ]
    return _locate(found, source)


def _read_ratings(source: _Source) -> Ratings:
    """Return the ratings of a file that is right.

    Raises:
        TopicError: it is not; all its mistakes, with lines.
    """
    with suppress(ValueError):
        return build(Ratings, source.data)
    from headnotes.topics.validation import find_misfits

    raise _explain([*find_misfits(Ratings, source.data)], source)


def _find_mistakes(kind: type[Value], source: _Source, bounds: Bounds) -> list[Found]:
    """Find all that is wrong with a file, up to one more than is shown."""
    from headnotes.topics.consistency import find_faults
    from headnotes.topics.validation import find_misfits

    found = [*islice(find_misfits(kind, source.data), MOST_ISSUES + 1)]
    return found or find_faults(build(kind, source.data), bounds, MOST_ISSUES + 1)


def _explain(found: list[Found], source: _Source) -> TopicError:
    """Return what is wrong with a file, with lines, in its order."""
    issues = _locate(found[:MOST_ISSUES], source)
    if len(found) > MOST_ISSUES:
        message = f"has more than these {MOST_ISSUES} mistakes"
        hint = "correct these, then check again"
        issues.append(Issue(path=source.origin, code="too-many-issues", message=message, hint=hint))
    return TopicError(*issues)


def _note_lines(source: _Source) -> dict[str, int]:
    """Return the line of each note by its id; the exact index is made where headers mislead."""
    ids = [str(note.get("id")) if isinstance(note, dict) else "" for note in source.data["notes"]]
    text, lines = source.text, list[int]()
    number, offset = 1, 0
    for header in _NOTE_HEADER.finditer(text):
        number += text.count("\n", offset, header.start())
        offset = header.start()
        if not text[text.rfind("\n", 0, offset) + 1 : offset].strip():
            lines.append(number)
    if len(lines) != len(ids):
        from headnotes.topics.lines import LineIndex

        places = [("notes", position) for position in range(len(ids))]
        lines = [*map(LineIndex(source.text, places).line_of, places)]
    return dict(zip(ids, lines, strict=True))


def locate_issues(found: Iterable[Found], file: Path) -> tuple[Issue, ...]:
    """Return issues of a file that can be read with their lines, in its order, by its full name."""
    found = [*found]
    if not found:
        return ()
    source = _parse(file, _read_content(file, NO_BOUNDS))
    return tuple(_locate(found, evolve(source, origin=str(file))))


def list_texts(file: Path) -> Iterator[tuple[DataPath, str]]:
    """Yield every text of a file that can be read, with its path."""
    yield from _list_texts((), _parse(file, _read_content(file, NO_BOUNDS)).data)


def _list_texts(path: DataPath, data: object) -> Iterator[tuple[DataPath, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _list_texts((*path, key), value)
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _list_texts((*path, position), value)


# ---------------------------------------------------------------------------- file to data


def _parse(file: Path | Traversable, content: bytes) -> _Source:
    import tomli  # a run that finds all files kept does without it

    origin = shown_path(file)
    text = _decode(origin, content)
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise TopicError(_broken_toml(origin, text, error)) from error
    except ValueError as error:
        hint = "look for a number of thousands of digits"
        message = "holds a number too long to be read"
        raise _refusal(origin, "endless-number", message, hint) from error
    except RecursionError as error:
        raise _too_deep(origin) from error
    # Before anything else: a newer format may well have keys that we do not know.
    version = data.get("format")
    if isinstance(version, int) and version > FORMAT:
        from headnotes.topics.validation import shown_value

        message = f"format {shown_value(version)}, newer than {FORMAT}"
        written = _FORMAT_KEY.search(text)
        line = text.count("\n", 0, written.start()) + 1 if written else 0
        raise _refusal(origin, "newer-format", message, "update headnotes to read it", line)
    return _Source(origin=origin, text=text, data=data)


def _read_content(file: Path | Traversable, bounds: Bounds) -> bytes:
    origin, most_bytes = shown_path(file), bounds.file_bytes
    try:
        if not file.is_file():
            message = "does not exist, or is not a regular file"
            raise _refusal(origin, "not-there", message, "check the path")
        with file.open("rb") as stream:
            content = stream.read(-1 if most_bytes is None else most_bytes + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise _refusal(origin, "unreadable", message, "check the path") from error
    if most_bytes is not None and len(content) > most_bytes:
        message = f"is larger than {most_bytes / 1_000_000:g} MB"
        raise _refusal(origin, "too-large", message, "split it; --large reads it all the same")
    return content


def _decode(origin: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message, hint = "is not UTF-8", "save it as UTF-8"
        raise _refusal(origin, "not-utf-8", message, hint, line=line) from error


def _refusal(origin: str, code: str, message: str, hint: str, line: int = 0) -> TopicError:
    return TopicError(Issue(path=origin, line=line, code=code, message=message, hint=hint))


def shown_path(file: Path | Traversable) -> str:
    """Name a file by itself and its folder: enough to find it, without this machine's paths."""
    if isinstance(file, Path) and file.parent.name:
        return f"{file.parent.name}/{file.name}"
    return file.name


def _too_deep(origin: str) -> TopicError:
    return _refusal(origin, "nested-too-deeply", "is nested too deeply", "see plugins/README.md")


def _broken_toml(origin: str, text: str, error: tomli.TOMLDecodeError) -> Issue:
    from headnotes.topics.slips import find_slip

    slip = find_slip(text, error)
    message = f"is not valid TOML: {slip.message}"
    return Issue(path=origin, line=slip.line, code="bad-toml", message=message, hint=slip.hint)
