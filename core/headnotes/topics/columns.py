"""Values of the model as plain data that is read in little time: field by field, not one by one.

All values of one field stand in one list, so that they are held to its rule at once: equal texts,
of which there are many, are looked at once. The rules are those by which files are read. What was
left out is `None`, and what a value has many of is one set of lists with the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import chain, islice
from typing import Any

from headnotes.model import EpisodeId, Layout
from headnotes.topics.building import builder_of
from headnotes.topics.tables import (
    Hint,
    MismatchError,
    are_texts,
    base_of,
    file_hints_of,
    is_by_id,
    is_choice,
    is_leaf,
    is_list,
    is_text,
    item_of,
    rules_of,
    table_of,
    test_of,
)
from headnotes.values import NOTHING, Field, fields_of, is_value_class, make_all

_Reader = Callable[[Any], list[Any]]
_Check = Callable[[list[Any]], bool]


def write_columns(kind: type, names: Iterable[str], values: Sequence[Any]) -> dict[str, Any]:
    """Return fields of values of one class as columns.

    Args:
        kind: the class.
        names: of the fields.
        values: of that class.
    """
    return {
        name: _write_column(file_hints_of(kind)[name], [_given(value, name) for value in values])
        for name in names
    }


def read_columns(kind: type, columns: object) -> dict[str, list[Any]]:
    """Return columns as those that the values of a class are made of.

    Raises:
        ValueError, TypeError, KeyError: they are none of that class.
    """
    if type(columns) is not dict:
        raise MismatchError(columns, kind)
    return {name: _reader_of(kind, name)(column) for name, column in columns.items()}


def write_fields(value: Any, names: Iterable[str]) -> dict[str, Any]:  # noqa: ANN401  # of any class
    """Return fields of one value as data of the form in which files have them."""
    kind: type = type(value)
    hints = file_hints_of(kind)
    found = {name: _given(value, name) for name in names}
    return {name: _write(hints[name], given) for name, given in found.items() if given is not None}


def read_fields(kind: type, names: Iterable[str], data: object) -> dict[str, Any]:
    """Return fields of a value from what `write_fields` returned.

    Raises:
        ValueError, TypeError, KeyError: they do not fit the class.
    """
    if type(data) is not dict:
        raise MismatchError(data, kind)
    hints, fields = file_hints_of(kind), _fields_by_name(kind)
    return {
        name: builder_of(hints[name])(data[name]) if name in data else _default_of(fields[name])
        for name in names
    }


@cache
def names_of(kind: type) -> tuple[str, ...]:
    """Return the names of all fields that a file has."""
    return tuple(file_hints_of(kind))


def _given(value: Any, name: str) -> Any:  # noqa: ANN401  # of any class
    """Return what a field holds, `None` where it is what it holds by default."""
    kind: type = type(value)
    held, default = getattr(value, name), _fields_by_name(kind)[name].make_default(value)
    return None if default is not NOTHING and held == default else held


def _default_of(field: Field) -> Any:  # noqa: ANN401  # of any field
    """Return what a field holds where nothing is given, whatever the others hold.

    Raises:
        KeyError: it must be given.
    """
    default = field.make_default(None)
    if default is NOTHING:
        raise KeyError(field.name)
    return default


@cache
def _fields_by_name(kind: type) -> Mapping[str, Field]:
    return {field.name: field for field in fields_of(kind)}


# --------------------------------------------------------------------------------- writing


def _write_column(hint: Hint, values: Sequence[Any]) -> Any:  # noqa: ANN401  # plain data
    if not _is_of_tables(hint):
        return [None if value is None else _write(hint, value) for value in values]
    kind = base_of(item_of(hint))
    items = [item for value in values if value is not None for item in value]
    counts = [None if value is None else len(value) for value in values]
    return {"counts": counts, "items": write_columns(kind, names_of(kind), items)}


def _write(hint: Hint, value: Any) -> Any:  # noqa: ANN401  # plain data
    if isinstance(value, EpisodeId):
        return str(value)
    if is_value_class(base_of(hint)):
        kind = base_of(hint)
        keys = {key: entry for key, entry in table_of(kind).keys.items() if entry.name}
        found = {key: _given(value, entry.name) for key, entry in keys.items()}
        return {
            key: _write(keys[key].hint, held) for key, held in found.items() if held is not None
        }
    if is_by_id(hint):
        return [_write(item_of(hint), item) for item in value.values()]
    if is_list(hint):
        return [_write(item_of(hint), item) for item in value]
    if isinstance(value, Mapping):
        return {key: _write(item_of(hint), item) for key, item in value.items()}
    return value


def _is_of_tables(hint: Hint) -> bool:
    return is_list(hint) and is_value_class(base_of(item_of(hint)))


# --------------------------------------------------------------------------------- reading


@cache
def _reader_of(kind: type, name: str) -> _Reader:
    """Return what reads a column of one field: what its hint asks for is worked out once."""
    hint = file_hints_of(kind)[name]
    if _is_of_tables(hint):
        return partial(_read_tables, base_of(item_of(hint)), _must_be_filled(hint))
    if is_leaf(hint):
        return partial(_read_leaves, _check_of(hint))
    if is_list(hint) and is_leaf(item_of(hint)):
        return partial(_read_lists, _check_of(item_of(hint)), _must_be_filled(hint))
    return partial(_build_each, builder_of(hint))


def _read_leaves(are_right: _Check, column: Any) -> list[Any]:  # noqa: ANN401  # of plain data
    if type(column) is not list or not are_right([held for held in column if held is not None]):
        raise MismatchError(column, list)
    return column


def _read_lists(are_right: _Check, is_filled: bool, column: Any) -> list[Any]:  # noqa: ANN401, FBT001  # of plain data
    if type(column) is not list:
        raise MismatchError(column, list)
    given = [held for held in column if held is not None]
    are_lists = {*map(type, given)} <= {list} and not (is_filled and not all(given))
    if not are_lists or not are_right([*chain.from_iterable(given)]):
        raise MismatchError(column, list)
    return [None if held is None else tuple(held) for held in column]


def _build_each(build: Callable[[Any], Any], column: Any) -> list[Any]:  # noqa: ANN401  # of plain data
    if type(column) is not list:
        raise MismatchError(column, list)
    return [None if held is None else build(held) for held in column]


def _read_tables(kind: type, is_filled: bool, column: Mapping[str, Any]) -> list[Any]:  # noqa: FBT001
    counts = column["counts"]
    given = [count for count in counts if count is not None]
    made: list[Any] = make_all(kind, read_columns(kind, column["items"]))
    are_counts = all(type(count) is int and count >= 0 for count in given)
    if not are_counts or sum(given) != len(made) or (is_filled and not all(given)):
        raise MismatchError(counts, kind)
    items = iter(made)
    return [None if count is None else tuple(islice(items, count)) for count in counts]


def _check_of(hint: Hint) -> _Check:
    """Return what holds values to a rule; of equal texts one is enough, while `True` equals 1."""
    test = test_of(hint)
    if test is is_text:
        return are_texts
    if base_of(hint) is str or is_choice(hint):
        return lambda values: all(map(test, {*values}))
    return lambda values: all(map(test, values))


def _must_be_filled(hint: Hint) -> bool:
    return Layout.FILLED in rules_of(hint)
