"""The tables of topic and work files, derived from the classes of the model and their rules.

What may stand where, under which key, and what a single value must look like. `building` and
`checking` read files by these tables, `schema` describes them; no field is listed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from inspect import get_annotations
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from headnotes.issues import Issue
from headnotes.model import (
    WRITTEN_EPISODE,
    EpisodeId,
    Help,
    LanguageTag,
    Layout,
    Pattern,
    Ratings,
    Topic,
    WholeNumber,
    Work,
)
from headnotes.values import NOTHING, fields_of, frozen, is_value_class

FORMAT = 2
"""The version of the file format that this code reads."""

Hint = Any
"""A type as the model annotates it: `str`, `tuple[Citation, ...]`, a `Literal`, `Annotated`."""

DataPath = tuple[str | int, ...]
"""Where a value stands in data: `("notes", 3, "anchor", "within")`; lists count from 0."""

Found = tuple[DataPath, Issue]
"""An issue of a file whose line is not looked up yet."""

Rule = TypeVar("Rule", Pattern, WholeNumber, Help)

_ABSENT = {
    "format": Annotated[int, WholeNumber(1, 9999), Help(f"version of this file format: {FORMAT}")]
}


class MismatchError(ValueError):
    """A value that does not fit its hint; `checking` puts it in words."""

    def __init__(self, value: object, hint: Hint) -> None:
        super().__init__(value, hint)
        self.value, self.hint = value, hint


class UnknownKeyError(ValueError):
    """A key that a table does not have."""

    def __init__(self, key: str, hint: Hint, value: object = None) -> None:
        super().__init__(key, hint)
        self.key, self.hint, self.value = key, hint, value


@frozen(kw_only=True)
class Key:
    """One key of a table.

    Attributes:
        name: of the attribute that holds its value; empty for what only the file says.
        hint: what the value in the file looks like.
        is_required: whether it must be given.
        help: what it is for.
    """

    name: str
    hint: Hint
    is_required: bool
    help: str


@frozen(kw_only=True, eq=False)
class Table:
    """How a file writes one class of the model.

    Attributes:
        kind: the class.
        keys: by the name that the file uses.
        inline: the field whose tables stand beside the keys, one for each language; or `None`.
    """

    kind: type
    keys: Mapping[str, Key]
    inline: Key | None

    def is_inline(self, key: str, value: object) -> bool:
        """Whether a key is a language with its texts; beside known keys only a table can be."""
        return (
            self.inline is not None
            and key not in self.keys
            and isinstance(value, dict)
            and fits(key, LanguageTag)
        )


@cache
def hints_of(kind: type) -> Mapping[str, Hint]:
    """Return the types of the fields of a class, as `get_type_hints` does, in half the time."""
    hints: dict[str, Hint] = {}
    for base in reversed(kind.__mro__):
        hints |= get_annotations(base, eval_str=True)
    return hints


@cache
def file_hints_of(kind: type) -> Mapping[str, Hint]:
    """Return what the values of the fields of a class look like in its file.

    Left out is where it was read, which no file says, and what another file says.
    """
    hints = hints_of(kind)
    return {
        field.name: _without_none(hints[field.name])
        for field in fields_of(kind)
        if field.eq and Layout.ELSEWHERE not in rules_of(hints[field.name])
    }


@cache
def table_of(kind: type) -> Table:
    """Return the table that a file writes for a class of the model."""
    hints = file_hints_of(kind)
    keys, inline = {}, None
    if kind in (Topic, Work, Ratings):
        keys = {
            name: Key(name="", hint=hint, is_required=True, help=_help_of(hint))
            for name, hint in _ABSENT.items()
        }
    for field in fields_of(kind):
        hint = hints.get(field.name)
        if hint is None:
            continue
        key = Key(
            name=field.name,
            hint=hint,
            is_required=field.default is NOTHING,
            help=_help_of(hint),
        )
        if Layout.INLINE in rules_of(hint):
            inline = key
        else:
            is_singular = Layout.SINGULAR in rules_of(hint)
            keys[field.name.removesuffix("s") if is_singular else field.name] = key
    return Table(kind=kind, keys=MappingProxyType(keys), inline=inline)


@cache
def lists_of_tables() -> frozenset[str]:
    """Return what files of topics and works write as `[[…]]`, by its whole name."""
    return frozenset(name for kind in (Topic, Work) for name in _find_lists(kind, ""))


def _find_lists(kind: type, behind: str) -> Iterator[str]:
    for key, entry in table_of(kind).keys.items():
        if is_table_list(entry.hint):
            yield f"{behind}{key}"
            yield from _find_lists(base_of(item_of(entry.hint)), f"{behind}{key}.")


# ----------------------------------------------------------------------------------- hints


def base_of(hint: Hint) -> Hint:
    """Return a type without the rules that annotate it."""
    return _split(hint)[0]


def origin_of(hint: Hint) -> Any:  # noqa: ANN401  # a class or a special form
    """Return what a type is made with: `tuple`, `Mapping`, `Literal`; `None` for a plain one."""
    return get_origin(base_of(hint))


def rules_of(hint: Hint) -> tuple[Any, ...]:
    """Return the rules that annotate a type."""
    return _split(hint)[1]


def rule_of(hint: Hint, kind: type[Rule]) -> Rule | None:
    """Return the rule of one kind that annotates a type, if there is one."""
    return next((rule for rule in rules_of(hint) if isinstance(rule, kind)), None)


def is_union(hint: Hint) -> bool:
    """Whether a value may be of several types."""
    return origin_of(hint) in (Union, UnionType)


def is_leaf(hint: Hint) -> bool:
    """Whether a value of this type has no others inside it."""
    return not is_value_class(base_of(hint)) and origin_of(hint) not in (tuple, Mapping)


def is_choice(hint: Hint) -> bool:
    """Whether a value is one of a few words."""
    return origin_of(hint) is Literal


def is_list(hint: Hint) -> bool:
    """Whether a file writes a list, and the model holds a tuple."""
    return origin_of(hint) is tuple


def is_by_id(hint: Hint) -> bool:
    """Whether a file writes a list of tables, and the model holds them by their ids."""
    return Layout.BY_ID in rules_of(hint)


def is_table_list(hint: Hint) -> bool:
    """Whether a file writes a list of tables, and never a single one."""
    is_many = is_by_id(hint) or (is_list(hint) and Layout.SINGULAR not in rules_of(hint))
    return is_many and is_value_class(base_of(item_of(hint)))


def is_mapping(hint: Hint) -> bool:
    """Whether a file writes a table with keys of one pattern."""
    return origin_of(hint) is Mapping and not is_by_id(hint)


def item_of(hint: Hint) -> Hint:
    """Return the type of the items of a list, or of the values of a table with any keys."""
    items = get_args(base_of(hint))
    return items[0] if is_list(hint) else items[1]


@cache
def _split(hint: Hint) -> tuple[Hint, tuple[Any, ...]]:
    """Return a type and its rules, as a file has them: episodes are texts there."""
    origin: Any = get_origin(hint)
    base, *rules = get_args(hint) if origin is Annotated else (hint,)
    return (str, (WRITTEN_EPISODE, *rules)) if base is EpisodeId else (base, tuple(rules))


def _help_of(hint: Hint) -> str:
    rule = rule_of(hint, Help)
    return rule.text if rule else ""


def _without_none(hint: Hint) -> Hint:
    """Return what a file may hold where the model holds that or `None`: a file leaves it out."""
    if not is_union(hint):
        return hint
    kinds = tuple(kind for kind in get_args(base_of(hint)) if kind is not type(None))
    return Annotated[(Union[kinds], *rules_of(hint))]  # noqa: UP007  # of a tuple


# ---------------------------------------------------------------------------------- leaves


def fits(value: object, hint: Hint) -> bool:
    """Whether a single value is what a leaf hint asks for."""
    return test_of(hint)(value)


def is_text(value: Any) -> bool:  # noqa: ANN401  # whatever a file holds
    """Whether a value is a text that says something."""
    return type(value) is str and value != "" and not value.isspace()


def are_texts(values: Collection[Any]) -> bool:
    """Whether all of many values are what `is_text` asks for."""
    return {*map(type, values)} <= {str} and "" not in values and not any(map(str.isspace, values))


@cache
def test_of(hint: Hint) -> Callable[[object], bool]:
    """Return the test of one leaf hint, with its pattern ready."""
    base = base_of(hint)
    if base is str:
        pattern = rule_of(hint, Pattern)
        if pattern is None:
            return is_text
        matches = re.compile(pattern.regex).fullmatch
        return lambda value: type(value) is str and is_text(value) and bool(matches(value))
    if base is int:
        least, most = rule_of(hint, WholeNumber) or WholeNumber(0, 0)
        return lambda value: type(value) is int and least <= value <= most
    if base is bool:
        return lambda value: type(value) is bool
    if is_choice(hint):
        choices = get_args(base)
        return lambda value: type(value) is str and value in choices
    tests = [*map(test_of, get_args(base))]
    return lambda value: any(test(value) for test in tests)
