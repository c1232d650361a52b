"""From a path in TOML data to its line in the file.

`tomli` does not keep lines. This walks the text once, only when there is something to report,
and relies on `tomli` having accepted the text: it need not find mistakes, only places.
"""

from __future__ import annotations

import re
from bisect import bisect_right

import tomli

from headnotes.topics.shapes import Path

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


class LineIndex:
    """The lines of all keys and list items of one TOML text that `tomli` accepts."""

    def __init__(self, text: str) -> None:
        # tomllib reads a carriage return before a newline as part of it.
        self._text = text.replace("\r\n", "\n")
        self._breaks = [place for place, char in enumerate(self._text) if char == "\n"]
        self._lines: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        self._walk()

    def line_of(self, path: Path) -> int:
        """Give the line of a path, or of the nearest thing around it that has one."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _note(self, path: Path, place: int) -> None:
        self._lines.setdefault(path, bisect_right(self._breaks, place - 1) + 1)

    def _walk(self) -> None:
        table: Path = ()
        place = 0
        while place < len(self._text):
            if blank := _BLANK.match(self._text, place):
                place = blank.end()
            elif header := _HEADER.match(self._text, place):
                table = self._enter(_split_key(header[2]), is_list=header[1] == "[[")
                self._note(table, header.start(1))
                place = header.end()
            else:
                place = self._walk_pair(table, place)
            if blank and blank.end() == blank.start():
                break

    def _enter(self, keys: tuple[str, ...], *, is_list: bool) -> Path:
        """Give the path of a table header, with the current item of every list on the way."""
        path: Path = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            is_last = position == len(keys) - 1
            if is_last and is_list:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _walk_pair(self, table: Path, place: int) -> int:
        """Note the key at a place and what its value holds; give the place behind both."""
        key = _KEY.match(self._text, place)
        if key is None:
            return len(self._text)
        path = (*table, *_split_key(key[1]))
        self._note(path, key.start(1))
        return self._walk_value(path, self._skip(key.end() + 1))

    def _walk_value(self, path: Path, place: int) -> int:
        opener = self._text[place : place + 1]
        if opener == "[":
            return self._walk_list(path, place + 1)
        if opener == "{":
            return self._walk_table(path, place + 1)
        value = _STRING.match(self._text, place) or _BARE.match(self._text, place)
        return value.end() if value else place + 1

    def _walk_list(self, path: Path, place: int) -> int:
        item = 0
        while (place := self._skip(place)) < len(self._text) and self._text[place] != "]":
            self._note((*path, item), place)
            place = self._skip(self._walk_value((*path, item), place))
            item += 1
            if self._text[place : place + 1] == ",":
                place += 1
        return place + 1

    def _walk_table(self, path: Path, place: int) -> int:
        while (place := self._skip(place)) < len(self._text) and self._text[place] != "}":
            place = self._skip(self._walk_pair(path, place))
            if self._text[place : place + 1] == ",":
                place += 1
        return place + 1

    def _skip(self, place: int) -> int:
        space = _SPACE.match(self._text, place)
        return space.end() if space else place


def _split_key(dotted: str) -> tuple[str, ...]:
    """Split `notes."en".text` into its parts, quotes resolved as TOML does."""
    parts: list[str] = []
    data: object = tomli.loads(f"{dotted.strip()} = 0")
    while isinstance(data, dict):
        name, data = next(iter(data.items()))
        parts.append(name)
    return tuple(parts)
