"""From a path in TOML data to its line in the file.

`tomli` does not keep lines. This walks the text once, only when there is something to report,
and relies on `tomli` having accepted the text: it need not find mistakes, only positions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

import tomli

from headnotes.issues import Issue
from headnotes.topics.spreading import written_path
from headnotes.topics.tables import DataPath, Found
from headnotes.values import evolve

_KEY = re.compile(
    r"""[ \t]*((?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
    r"""(?:[ \t]*\.[ \t]*(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'))*)[ \t]*"""
)
_HEADER = re.compile(r"[ \t]*(\[\[?)([^\n]*?)(\]\]?)[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_STRING = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"{3,5}|\'\'\'[\s\S]*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
)
_BARE = re.compile(r"[^\s,\]}#]+(?: [^\s,\]}#]+)?")
_TOKEN = re.compile(rf"[\[\]{{}}]|#[^\n]*|{_STRING.pattern}")
_DEEPER = {"[": 1, "{": 1, "]": -1, "}": -1}
_PLAIN_KEYS = re.compile(r"[A-Za-z0-9_-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_-]+)*")


class LineIndex:
    """The lines of some keys and list items of one TOML text that `tomli` accepts.

    What nobody asks for is passed over: a file of 4 MB may hold a million empty lists.
    """

    def __init__(self, text: str, paths: Iterable[DataPath]) -> None:
        """Find the lines of some paths, and of what is around them."""
        self._asked = {path[:depth] for path in paths for depth in range(len(path) + 1)}
        self._around = {path[:-1] for path in self._asked if path}
        # tomllib reads a carriage return before a newline as part of it.
        self._text = text.replace("\r\n", "\n")
        self._breaks = [offset for offset, char in enumerate(self._text) if char == "\n"]
        self._lines: dict[DataPath, int] = {(): 1}
        self._counts: dict[DataPath, int] = {}
        self._walk()

    def line_of(self, path: DataPath) -> int:
        """Return the line of a path, or of the nearest thing around it that has one."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _keep(self, path: DataPath, offset: int) -> None:
        if path in self._asked:
            self._lines.setdefault(path, bisect_right(self._breaks, offset - 1) + 1)

    def _walk(self) -> None:
        table: DataPath = ()
        offset = 0
        while offset < len(self._text):
            if blank := _BLANK.match(self._text, offset):
                offset = blank.end()
            elif header := _HEADER.match(self._text, offset):
                table = self._enter(
                    _split_key(header[2]), header.start(1), is_list=header[1] == "[["
                )
                self._keep(table, header.start(1))
                offset = header.end()
            else:
                offset = self._walk_pair(table, offset)
            if blank and blank.end() == blank.start():
                break

    def _enter(self, keys: tuple[str, ...], offset: int, *, is_list: bool) -> DataPath:
        """Return the path of a table header, with the current item of every list on the way."""
        path: DataPath = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            is_last = position == len(keys) - 1
            self._keep(path, offset)
            if is_last and is_list:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _walk_pair(self, table: DataPath, offset: int) -> int:
        """Keep the key at an offset and what its value holds; return the offset after both."""
        key = _KEY.match(self._text, offset)
        if key is None:
            return len(self._text)
        path = (*table, *_split_key(key[1]))
        self._keep(path, key.start(1))
        return self._walk_value(path, self._skip(key.end() + 1))

    def _walk_value(self, path: DataPath, offset: int) -> int:
        opener = self._text[offset : offset + 1]
        if opener and opener in "[{" and path not in self._around:
            return self._pass_over(offset)
        if opener == "[":
            return self._walk_list(path, offset + 1)
        if opener == "{":
            return self._walk_table(path, offset + 1)
        value = _STRING.match(self._text, offset) or _BARE.match(self._text, offset)
        return value.end() if value else offset + 1

    def _pass_over(self, offset: int) -> int:
        """Return the offset after a list or table that holds nothing that is asked for."""
        depth = 0
        for token in _TOKEN.finditer(self._text, offset):
            depth += _DEEPER.get(token[0], 0)
            if not depth:
                return token.end()
        return len(self._text)

    def _walk_list(self, path: DataPath, offset: int) -> int:
        item = 0
        while (offset := self._skip(offset)) < len(self._text) and self._text[offset] != "]":
            self._keep((*path, item), offset)
            offset = self._skip(self._walk_value((*path, item), offset))
            item += 1
            if self._text[offset : offset + 1] == ",":
                offset += 1
        return offset + 1

    def _walk_table(self, path: DataPath, offset: int) -> int:
        while (offset := self._skip(offset)) < len(self._text) and self._text[offset] != "}":
            offset = self._skip(self._walk_pair(path, offset))
            if self._text[offset : offset + 1] == ",":
                offset += 1
        return offset + 1

    def _skip(self, offset: int) -> int:
        space = _SPACE.match(self._text, offset)
        return space.end() if space else offset


def _split_key(dotted: str) -> tuple[str, ...]:
    """Split `notes."en".text` into its parts, quotes resolved as TOML does."""
    if _PLAIN_KEYS.fullmatch(dotted.strip()):
        return tuple(map(str.strip, dotted.split(".")))
    parts: list[str] = []
    data: object = tomli.loads(f"{dotted.strip()} = 0")
    while isinstance(data, dict):
        name, data = next(iter(data.items()))
        parts.append(name)
    return tuple(parts)


def locate(found: Iterable[Found], text: str, data: object, path: str) -> list[Issue]:
    """Return issues with file, line and key, in the order of the file.

    Args:
        found: issues with the paths of what they are about; one that has a key already keeps it.
        text: of the file.
        data: what is in it, as `tomli` gives it.
        path: the file, for people.

    Raises:
        RecursionError: lists or tables are nested deeper than Python can follow.
    """
    written = [(_as_written(written_path(place, data), data), issue) for place, issue in found]
    index = LineIndex(text, (place for place, _ in written))
    issues = [
        evolve(issue, path=path, line=index.line_of(place), key=issue.key or shown_key(place))
        for place, issue in written
    ]
    return sorted(issues, key=lambda issue: (issue.line, issue.key))


def _as_written(path: DataPath, data: Any) -> DataPath:  # noqa: ANN401  # whatever TOML holds
    """Leave out positions in lists that the file writes as a single table."""
    written: list[str | int] = []
    for part in path:
        if isinstance(part, int) and isinstance(data, dict):
            continue
        written.append(part)
        inside = data.get(part) if isinstance(data, dict) and isinstance(part, str) else None
        is_item = isinstance(data, list) and isinstance(part, int) and part < len(data)
        data = data[part] if is_item else inside
    return tuple(written)


def shown_key(path: Sequence[str | int]) -> str:
    """Write a path as `notes[3].anchor.within`; list items count from 1, as people do."""
    shown = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return shown.removeprefix(".")
