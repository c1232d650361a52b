"""Shapes of data: what a TOML file may hold, checked to the end, every problem with its path.

A shape reads plain data (dicts, lists, strings, numbers as `tomli` gives them), notes each
problem it meets and goes on. The same shapes describe themselves as JSON Schema for editors.
What the fields of a topic file are is in `fields`; what they mean together, in `reading`.

No library does this: those that turn data into values (cattrs, msgspec, pydantic) know no line
numbers and word their messages for programmers, and importing one takes as long as a whole run.
The shapes are named tuples for the same reason: to make a class of attrs takes seven times as long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from attrs import frozen

from headnotes.issues import near_name

Path = tuple[str | int, ...]
"""Where a value stands: `("notes", 3, "anchor", "within")`; list positions count from 0."""

Schema = dict[str, Any]
"""A JSON Schema, as data."""

_TYPE_NAMES = {
    str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table",
    float: "a decimal number", date: "a date", datetime: "a date with a time", time: "a time",
}  # fmt: skip


@frozen(kw_only=True)
class Flaw:
    """One thing wrong with the data, at a path; the reader of the file adds the line."""

    path: Path
    what: str
    mend: str


MOST_FLAWS = 200
"""After so many a check stops: whoever mends them will check again."""


class Shape(Protocol):
    """What a value must look like."""

    def check(self, value: object, path: Path, flaws: list[Flaw]) -> None:
        """Add what is wrong with a value, and with what is inside it, to `flaws`."""

    def schema(self) -> Schema:
        """Describe the shape as JSON Schema (draft 7, which editors know)."""


class Text(NamedTuple):
    """Text that is not blank; optionally of a pattern, said in words for the message."""

    pattern: str = ""
    like: str = ""

    def check(self, value: object, path: Path, flaws: list[Flaw]) -> None:
        """See `Shape.check`."""
        if not isinstance(value, str):
            wanted = f"text in quotes: {self.like}" if self.like else "text in quotes"
            flaws.append(_wrong_type(value, path, wanted))
        elif not value.strip():
            flaws.append(Flaw(path=path, what="is empty", mend="write something, or drop the key"))
        elif self.pattern and not re.fullmatch(self.pattern, value):
            flaws.append(Flaw(path=path, what=shown_value(value), mend=f"use {self.like}"))

    def schema(self) -> Schema:
        """See `Shape.schema`."""
        return {"type": "string", "pattern": f"^{self.pattern}$" if self.pattern else "\\S"}


class Number(NamedTuple):
    """A whole number from `least` to `most`, both allowed."""

    least: int
    most: int

    def check(self, value: object, path: Path, flaws: list[Flaw]) -> None:
        """See `Shape.check`."""
        if isinstance(value, bool) or not isinstance(value, int):
            flaws.append(_wrong_type(value, path, f"a whole number, {self.least} to {self.most}"))
        elif not self.least <= value <= self.most:
            mend = f"use {self.least} to {self.most}"
            flaws.append(Flaw(path=path, what=shown_value(value), mend=mend))

    def schema(self) -> Schema:
        """See `Shape.schema`."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Flag(NamedTuple):
    """True or false."""

    def check(self, value: object, path: Path, flaws: list[Flaw]) -> None:
        """See `Shape.check`."""
        if not isinstance(value, bool):
            flaws.append(_wrong_type(value, path, "true or false"))

    def schema(self) -> Schema:
        """See `Shape.schema`."""
        return {"type": "boolean"}


class Choice(NamedTuple):
    """One of a few words."""

    values: tuple[str, ...]

    def check(self, value: object, path: Path, flaws: list[Flaw]) -> None:
        """See `Shape.check`."""
        if value not in self.values:
            near = near_name(value, self.values) if isinstance(value, str) else ""
            mend = f"{near}use {' | '.join(self.values)}"
            flaws.append(Flaw(path=path, what=shown_value(value), mend=mend))

    def schema(self) -> Schema:
        """See `Shape.schema`."""
        return {"enum": list(self.values)}


class Either(NamedTuple):
    """A value of one of two shapes, told apart by the Python type of the first."""

    first: Shape
    first_type: type
    other: Shape

    def check(self, value: object, path: Path, flaws: list[Flaw]) -> None:
        """See `Shape.check`."""
        shape = self.first if isinstance(value, self.first_type) else self.other
        shape.check(value, path, flaws)

    def schema(self) -> Schema:
        """See `Shape.schema`."""
        return {"anyOf": [self.first.schema(), self.other.schema()]}


class ListOf(NamedTuple):
    """A list of values of one shape."""

    item: Shape
    least: int = 0

    def check(self, value: object, path: Path, flaws: list[Flaw]) -> None:
        """See `Shape.check`."""
        if not isinstance(value, list):
            flaws.append(_wrong_type(value, path, "a list in [ ]"))
            return
        if len(value) < self.least:
            flaws.append(Flaw(path=path, what="is empty", mend="list at least one"))
        for position, item in enumerate(value):
            if len(flaws) > MOST_FLAWS:
                break
            self.item.check(item, (*path, position), flaws)

    def schema(self) -> Schema:
        """See `Shape.schema`."""
        return {"type": "array", "items": self.item.schema(), "minItems": self.least}


class Key(NamedTuple):
    """One key of a table: the shape of its value, whether it must be there, what it is for."""

    shape: Shape
    help: str
    is_required: bool = False


class Table(NamedTuple):
    """A table with known keys; any other key is an error.

    Attributes:
        keys: by name.
        by_pattern: shape of the values whose keys fit `pattern`, such as language tags.
        pattern, like: that pattern, and how a message calls it.
        least: how many keys there must be at least.
    """

    keys: Mapping[str, Key] = MappingProxyType({})
    by_pattern: Shape | None = None
    pattern: str = ""
    like: str = ""
    least: int = 0

    def check(self, value: object, path: Path, flaws: list[Flaw]) -> None:
        """See `Shape.check`."""
        if not isinstance(value, dict):
            flaws.append(_wrong_type(value, path, "a table"))
            return
        for name, key in self.keys.items():
            if key.is_required and name not in value:
                mend = f"write {name} = … ({key.help})"
                flaws.append(Flaw(path=path, what=f"{name!r} is missing", mend=mend))
        if len(value) < self.least:
            flaws.append(Flaw(path=path, what="is empty", mend=f"write at least one {self.like}"))
        for name, item in value.items():
            if len(flaws) > MOST_FLAWS:
                break
            if name in self.keys:
                self.keys[name].shape.check(item, (*path, name), flaws)
            elif self.by_pattern is not None and self._fits(name, item):
                self.by_pattern.check(item, (*path, name), flaws)
            else:
                flaws.append(self._unknown(name, path))

    def _fits(self, name: str, item: object) -> bool:
        # Beside known keys, only a table can be meant for a language: `vrdict = "…"` is a slip.
        return bool(re.fullmatch(self.pattern, name)) and (not self.keys or isinstance(item, dict))

    def _unknown(self, name: str, path: Path) -> Flaw:
        known = [*self.keys, *([self.like] if self.by_pattern is not None else [])]
        mend = f"{near_name(name, list(self.keys))}use {' | '.join(known)}"
        return Flaw(path=(*path, name), what=f"unknown key {name!r}", mend=mend)

    def schema(self) -> Schema:
        """See `Shape.schema`."""
        described: Schema = {
            "type": "object",
            "properties": {
                name: {**key.shape.schema(), "description": key.help}
                for name, key in self.keys.items()
            },
            "required": [name for name, key in self.keys.items() if key.is_required],
            "additionalProperties": False,
            "minProperties": self.least,
        }
        if self.by_pattern is not None:
            # A key that has a name of its own (`id`) may look like a language tag, too.
            named = "|".join(name for name in self.keys if re.fullmatch(self.pattern, name))
            pattern = f"^(?!(?:{named})$){self.pattern}$" if named else f"^{self.pattern}$"
            described["patternProperties"] = {pattern: self.by_pattern.schema()}
        return described


def _wrong_type(value: object, path: Path, wanted: str) -> Flaw:
    name = _TYPE_NAMES.get(type(value), type(value).__name__)
    return Flaw(path=path, what=f"{shown_value(value)} is {name}", mend=f"use {wanted}")


def shown_value(value: object) -> str:
    """Write a value for a message, as the file has it where that is short enough."""
    if isinstance(value, int) and value.bit_length() > 200:  # longer ones may not be written at all
        return f"a number of {value.bit_length()} bits"
    shown = str(value) if isinstance(value, date | time) else repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
