"""What can be put right in a topic or work file without asking: only what has one meaning.

Everything is a small edit of the text, so comments and layout stay. After each the file is read
again: an edit that does not help, or that makes another mistake, is not kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import tomli

from headnotes.model import EpisodeId, Topic, Work
from headnotes.topics import DataPath, find_misfits, find_slip, line_of
from headnotes.values import frozen

_MOST_EDITS = 200
_FIXED_CODES = frozenset({"bad-value", "wrong-type"})


@frozen(kw_only=True)
class Edit:
    """One line as it was and as it is.

    Attributes:
        line: from 1.
        before, after: the line without spaces around it.
    """

    line: int
    before: str
    after: str


def fix_text(text: str, kind: type[Topic | Work]) -> tuple[str, tuple[Edit, ...]]:
    """Return the text of a file with what can be put right put right, and each edit.

    Args:
        text: of the file.
        kind: what it describes.
    """
    has_crlf = "\r\n" in text
    lines = text.replace("\r\n", "\n")
    edits: list[Edit] = []
    for fixed in islice(_fix_all(lines, kind), _MOST_EDITS):
        edits.append(_compare(lines, fixed))
        lines = fixed
    return (lines.replace("\n", "\r\n") if has_crlf else lines), tuple(edits)


def _fix_all(text: str, kind: type[Topic | Work]) -> Iterator[str]:
    """Yield a text with one mistake less each time: slips first, for they hide the others."""
    for fixed in _fix_slips(text):
        yield (text := fixed)
    yield from _fix_values(text, kind)


def _compare(before: str, after: str) -> Edit:
    """Return the first line in which two texts differ; an edit is of one line."""
    rows = zip(before.split("\n"), after.split("\n"), strict=True)
    line, (old, new) = next(
        (number, pair) for number, pair in enumerate(rows, start=1) if pair[0] != pair[1]
    )
    return Edit(line=line, before=old.strip(), after=new.strip())


def _fix_slips(text: str) -> Iterator[str]:
    """Yield a text with one slip less each time, until it is TOML or no slip is certain."""
    failed_at = -1
    while error := _error_in(text):
        fixed = find_slip(text, error).corrected
        next_error = _error_in(fixed) if fixed else error
        if not fixed or (next_error and next_error.pos <= failed_at):
            return
        failed_at = max(failed_at, error.pos)
        yield fixed
        text = fixed


def _error_in(text: str) -> tomli.TOMLDecodeError | None:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return error
    return None


# ------------------------------------------------------------------------------- values


def _fix_values(text: str, kind: type[Topic | Work]) -> Iterator[str]:
    """Yield a text with one more value in the form that is asked for."""
    if _error_in(text):
        return
    for path, issue in [*find_misfits(kind, tomli.loads(text))]:
        if issue.code in _FIXED_CODES and (fixed := _fix_value(text, kind, path)):
            yield fixed
            text = fixed


def _fix_value(text: str, kind: type[Topic | Work], path: DataPath) -> str:
    """Return a text in which the value of a path fits, by one edit of its line; else nothing."""
    data = tomli.loads(text)
    value = _follow(data, path)
    wrong = {place for place, _ in find_misfits(kind, data)}
    if isinstance(value, dict):
        return _double_brackets(text, kind, path, wrong)
    for other in _other_forms(value) if isinstance(value, str) else ():
        fixed = _replace(text, line_of(text, path), value, other)
        if fixed and {place for place, _ in find_misfits(kind, tomli.loads(fixed))} == wrong - {
            path
        }:
            return fixed
    return ""


def _double_brackets(
    text: str, kind: type[Topic | Work], path: DataPath, wrong: set[DataPath]
) -> str:
    """Return a text in which a table is one of a list; what is wrong inside it shows only then."""
    rows = text.split("\n")
    at = line_of(text, path) - 1
    rows[at] = re.sub(r"^(\s*)\[([^\[\]]+)\](?!\])", r"\1[[\2]]", rows[at])
    fixed = "\n".join(rows)
    if fixed == text or _error_in(fixed):
        return ""
    left = {place for place, _ in find_misfits(kind, tomli.loads(fixed))}
    is_right = path not in left and all(
        place in wrong or place[: len(path)] == path for place in left
    )
    return fixed if is_right else ""


def _other_forms(value: str) -> Iterator[str | int]:
    """Yield what a text may mean in another form: `s1e4`, `Scholarly`, `"1929"`."""
    yield value.strip().lower()
    yield re.sub(r"[\s_]+", "-", value.strip().lower())
    with suppress(ValueError):
        yield str(EpisodeId.parse(value))
    if re.fullmatch(r"\s*[0-9]{1,4}\s*", value):
        yield int(value)


def _follow(data: Any, path: DataPath) -> Any:  # noqa: ANN401  # whatever TOML holds
    for part in path:
        if isinstance(part, int) and isinstance(data, dict):
            continue  # a list that the file writes as a single table
        data = data[part]
    return data


def _replace(text: str, line: int, value: str, other: str | int) -> str:
    """Return a text with a quoted value of one line written otherwise; nothing if it is not there.

    A value that stands in the line twice is left alone.
    """
    rows = text.split("\n")
    quoted = [mark for quote in "\"'" if (mark := f"{quote}{value}{quote}") in rows[line - 1]]
    if value == other or len(quoted) != 1 or rows[line - 1].count(quoted[0]) != 1:
        return ""
    rows[line - 1] = rows[line - 1].replace(quoted[0], json.dumps(other, ensure_ascii=False))
    return "\n".join(rows)
