"""Data of a TOML file to values, the fast way: the first thing that does not fit ends it.

What is accepted here is what `checking` accepts, with the same value; a test holds both equal. What
is refused goes there, to be put in words. So a run whose files are good never loads cattrs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, get_args

from headnotes.model import Layout
from headnotes.topics.tables import (
    Hint,
    MismatchError,
    Table,
    UnknownKeyError,
    base_of,
    is_by_id,
    is_leaf,
    is_list,
    item_of,
    rules_of,
    table_of,
    test_of,
)
from headnotes.values import is_value_class

Value = TypeVar("Value")
Builder = Callable[[Any], Any]


def build(kind: type[Value], data: object) -> Value:
    """Return the value that a file's data describes.

    Raises:
        ValueError: something in it does not fit.
    """
    from headnotes.topics.spreading import spread

    hint: Hint = kind
    make: Callable[[object], Value] = builder_of(hint)
    return make(spread(data))


@cache
def builder_of(hint: Hint) -> Builder:
    """Return what makes a value of a hint from data; it raises `ValueError` where that is none."""
    base = base_of(hint)
    if is_value_class(base):
        return _build_table(table_of(base))
    if is_leaf(hint):
        return _build_leaf(hint)
    if is_by_id(hint):
        return _build_by_id(hint)
    return _build_list(hint) if is_list(hint) else _build_mapping(hint)


def _build_leaf(hint: Hint) -> Builder:
    is_right = test_of(hint)

    def build_leaf(value: object) -> object:
        if is_right(value):
            return value
        raise MismatchError(value, hint)

    return build_leaf


def _build_list(hint: Hint) -> Builder:
    if is_leaf(item_of(hint)):
        return _build_leaf_list(hint)
    item = builder_of(item_of(hint))
    is_singular, is_filled = (rule in rules_of(hint) for rule in (Layout.SINGULAR, Layout.FILLED))

    def build_list(value: object) -> tuple[Any, ...]:
        if is_singular and type(value) is dict:
            return (item(value),)
        if type(value) is not list or (is_filled and not value):
            raise MismatchError(value, hint)
        return tuple(map(item, value))

    return build_list


def _build_leaf_list(hint: Hint) -> Builder:
    """Build a list without others inside it, such as terms: most of all values are in one."""
    are_right, is_filled = test_of(item_of(hint)), Layout.FILLED in rules_of(hint)

    def build_leaf_list(value: object) -> tuple[Any, ...]:
        if type(value) is not list or (is_filled and not value) or not all(map(are_right, value)):
            raise MismatchError(value, hint)
        return tuple(value)

    return build_leaf_list


def _build_by_id(hint: Hint) -> Builder:
    item = builder_of(item_of(hint))

    def build_by_id(value: object) -> dict[str, Any]:
        if type(value) is not list or not value:
            raise MismatchError(value, hint)
        found = {made.id: made for made in map(item, value)}
        if len(found) < len(value):
            raise MismatchError(value, hint)
        return found

    return build_by_id


def _build_mapping(hint: Hint) -> Builder:
    is_key, item = test_of(get_args(base_of(hint))[0]), builder_of(item_of(hint))
    is_filled = Layout.FILLED in rules_of(hint)

    def build_mapping(value: object) -> dict[str, Any]:
        if type(value) is not dict or (is_filled and not value):
            raise MismatchError(value, hint)
        if not all(map(is_key, value)):
            raise MismatchError(value, hint)
        return {key: item(inner) for key, inner in value.items()}

    return build_mapping


def _build_table(table: Table) -> Builder:
    builders = {key: (entry.name, builder_of(entry.hint)) for key, entry in table.keys.items()}
    required = {key for key, entry in table.keys.items() if entry.is_required}
    inline = builder_of(item_of(table.inline.hint)) if table.inline else None

    def build_table(value: object) -> object:
        if type(value) is not dict or not required <= value.keys():
            raise MismatchError(value, table.kind)
        made: dict[str, Any] = {}
        texts: dict[str, Any] = {}
        for key, inner in value.items():
            if key in builders:
                name, builder = builders[key]
                made[name] = builder(inner)
            elif inline and table.is_inline(key, inner):
                texts[key] = inline(inner)
            else:
                raise UnknownKeyError(key, table.kind)
        made.pop("", None)
        if table.inline:
            made[table.inline.name] = texts
        return table.kind(**made)

    return build_table
