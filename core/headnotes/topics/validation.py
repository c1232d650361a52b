"""What is wrong with the data of a TOML file, all of it at once and in words.

cattrs walks the data along the classes of the model and collects what does not fit; here are the
hooks that hold it to the rules of `tables`, and the sentences. Only a file that `building` has
refused comes here, because importing cattrs takes as long as a short run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any, get_args

from attrs import fields, has
from cattrs import Converter
from cattrs.cols import list_structure_factory
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, mapping_structure_factory, override

from headnotes.issues import Issue, near_name
from headnotes.languages import find_labelled
from headnotes.model import Language, Layout, Pattern, Verdict, WholeNumber
from headnotes.topics.spreading import spread
from headnotes.topics.tables import (
    DataPath,
    Found,
    Hint,
    MismatchError,
    Table,
    UnknownKeyError,
    base_of,
    fits,
    is_by_id,
    is_choice,
    is_leaf,
    is_list,
    is_mapping,
    is_table_list,
    is_union,
    item_of,
    lists_of_tables,
    rule_of,
    rules_of,
    table_of,
)
from headnotes.values import evolve

Hook = Callable[[Any, Any], Any]

_TYPE_NAMES = {
    str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table",
    float: "a decimal number", date: "a date", datetime: "a date with a time", time: "a time",
}  # fmt: skip
_FORMS = {
    str: "text in quotes", int: "a whole number", bool: "true or false", list: "a list in [ ]",
    dict: "a table",
}  # fmt: skip
_NEAR = 0.65
"""How alike a choice must be to have been meant; 'always' and 'last' are not."""
_EXAMPLE = "as { en ="
_TO_FILL = {
    str: "write something, or drop the key", list: "list at least one", dict: "write at least one",
}  # fmt: skip


class _MissingKeyError(ValueError):
    """A key that a table must have."""


class _RepeatedIdError(ValueError):
    """An id that an earlier table of the same list has."""


def find_misfits(kind: type, data: object) -> Iterator[Found]:
    """Find everything in a file's data that does not fit the tables of a class of the model."""
    try:
        make_converter().structure(spread(data), kind)
    except (BaseValidationError, MismatchError) as error:
        example = f"as {{ {_own_language(data)} ="
        for path, issue in _walk(error, ()):
            yield path, evolve(issue, hint=issue.hint.replace(_EXAMPLE, example))


def _own_language(data: object) -> str:
    """Return the first language of the title in a file's data; English where it has none."""
    title = data.get("title") if isinstance(data, dict) else None
    tags = [tag for tag in title if fits(tag, Language)] if isinstance(title, dict) else []
    return tags[0] if tags else "en"


# ----------------------------------------------------------------------------------- hooks


def make_converter() -> Converter:
    """Return a cattrs converter that holds data of files to the rules of the model."""
    converter = Converter(detailed_validation=True)
    for is_meant, make_hook in (
        (is_leaf, _leaf_hook),
        (is_list, _list_hook),
        (is_by_id, _by_id_hook),
        (is_mapping, _mapping_hook),
        (lambda hint: has(base_of(hint)), _table_hook),
    ):
        converter.register_structure_hook_factory(is_meant, make_hook)
    # By itself cattrs makes text of anything; hooks of plain types come before all others.
    for plain in (str, int, bool):
        converter.register_structure_hook(plain, _leaf_hook(plain))
    return converter


def _leaf_hook(hint: Hint) -> Hook:
    def structure(value: object, _: Hint) -> object:
        if not fits(value, hint):
            raise MismatchError(value, hint)
        return value

    return structure


def _list_hook(hint: Hint, converter: Converter) -> Hook:
    items = list_structure_factory(_as_list(hint), converter)
    item = converter.get_structure_hook(item_of(hint))

    def structure(value: object, _: Hint) -> object:
        if Layout.SINGULAR in rules_of(hint) and type(value) is dict:
            return (item(value, item_of(hint)),)
        if type(value) is not list or (Layout.FILLED in rules_of(hint) and not value):
            raise MismatchError(value, hint)
        return tuple(items(value, base_of(hint)))

    return structure


def _by_id_hook(hint: Hint, converter: Converter) -> Hook:
    items = list_structure_factory(_as_list(hint), converter)

    def structure(value: object, _: Hint) -> object:
        if type(value) is not list or not value:
            raise MismatchError(value, hint)
        found: dict[str, Any] = {}
        errors: list[Exception] = []
        for position, made in enumerate(items(value, base_of(hint))):
            if made.id in found:
                errors.append(_RepeatedIdError(made.id))
                errors[-1].add_note(IterableValidationNote("repeated", position, hint))
            found[made.id] = made
        if errors:
            raise IterableValidationError("ids", errors, base_of(hint))
        return found

    return structure


def _as_list(hint: Hint) -> Hint:
    """Return the hint of what a file writes: a list of the same items."""
    return list[item_of(hint)]  # type: ignore[misc]  # made at run time


def _mapping_hook(hint: Hint, converter: Converter) -> Hook:
    key_hint = get_args(base_of(hint))[0]
    items = mapping_structure_factory(base_of(hint), converter)

    def structure(value: object, _: Hint) -> object:
        if type(value) is not dict or (Layout.FILLED in rules_of(hint) and not value):
            raise MismatchError(value, hint)
        errors: list[Exception] = [
            UnknownKeyError(key, hint, value[key]) for key in value if not fits(key, key_hint)
        ]
        try:
            made = items({key: value[key] for key in value if fits(key, key_hint)}, hint)
        except IterableValidationError as error:
            errors += error.exceptions
        if errors:
            raise IterableValidationError("items", errors, base_of(hint))
        return made

    return structure


def _table_hook(hint: Hint, converter: Converter) -> Hook:
    kind = base_of(hint)
    table = table_of(kind)
    hooks: dict[str, Any] = {
        entry.name: override(rename=key, struct_hook=converter.get_structure_hook(entry.hint))
        for key, entry in table.keys.items()
    }
    if table.inline:
        inline = converter.get_structure_hook(table.inline.hint)
        hooks[table.inline.name] = override(struct_hook=inline)
    unread: dict[str, Any] = {
        field.name: override(omit=True) for field in fields(kind) if field.name not in hooks
    }
    hooks.pop("", None)
    make = make_dict_structure_fn(kind, converter, **hooks, **unread)

    def structure(value: object, _: Hint) -> object:
        if type(value) is not dict:
            raise MismatchError(value, kind)
        given, errors = _sort_keys(value, table)
        try:
            made = make(given, kind)
        except ClassValidationError as error:
            errors += error.exceptions
        if errors:
            raise ClassValidationError("keys", errors, kind)
        return made

    return structure


def _sort_keys(value: Mapping[str, Any], table: Table) -> tuple[dict[str, Any], list[Exception]]:
    """Return what cattrs may structure, and what is wrong with the keys that only a file has."""
    given = {key: inner for key, inner in value.items() if key in table.keys}
    inline = {key: inner for key, inner in value.items() if table.is_inline(key, inner)}
    errors: list[Exception] = [
        UnknownKeyError(key, table.kind, inner)
        for key, inner in value.items()
        if key not in given and key not in inline
    ]
    for key, entry in table.keys.items():
        if not entry.name and key not in given:
            errors.append(_MissingKeyError(key))
        elif not entry.name and not fits(given[key], entry.hint):
            errors.append(MismatchError(given[key], entry.hint))
            errors[-1].add_note(AttributeValidationNote("format", key, entry.hint))
    if table.inline:
        given[table.inline.name] = inline
    return given, errors


# -------------------------------------------------------------------------------- in words


def _walk(error: Exception, path: DataPath) -> Iterator[Found]:
    """Turn what cattrs collected into issues, each with its path in the file."""
    if isinstance(error, ClassValidationError):
        yield from _walk_table(error, path, table_of(error.cl))
    elif isinstance(error, IterableValidationError):
        items, others = error.group_exceptions()
        for inner in others:
            yield from _walk(inner, path)
        for inner, item in items:
            yield from _walk(inner, (*path, item.index))
    elif isinstance(error, _RepeatedIdError):
        message = f"{error.args[0]!r} is used twice"
        yield (*path, "id"), Issue(code="repeated-id", message=message, hint="rename one")
    elif isinstance(error, UnknownKeyError):
        issue = _describe_unknown(error.key, [], _like_of(get_args(base_of(error.hint))[0]))
        tag = _tag_of(error.key)
        is_tag = fits(tag, get_args(base_of(error.hint))[0])
        yield (*path, error.key), evolve(issue, hint=f"write {tag}") if is_tag else issue
    elif isinstance(error, MismatchError):
        is_single = type(error.value) is dict and is_table_list(error.hint)
        yield path, _describe_single(path) if is_single else _describe(error.value, error.hint)
    else:
        raise error


def _walk_table(error: ClassValidationError, path: DataPath, table: Table) -> Iterator[Found]:
    noted, others = error.group_exceptions()
    for inner in others:
        yield from _walk_key(inner, path, table)
    for inner, note in noted:
        key = _key_of(note.name, table)
        if isinstance(inner, KeyError):
            yield from _walk_key(_MissingKeyError(key), path, table)
        else:
            yield from _walk(inner, (*path, key) if key else path)


def _walk_key(error: Exception, path: DataPath, table: Table) -> Iterator[Found]:
    if isinstance(error, UnknownKeyError):
        issue = _describe_header(error, path, table)
        like = table.inline.help if table.inline else ""
        yield (*path, error.key), issue or _describe_unknown(error.key, [*table.keys], like)
    elif isinstance(error, _MissingKeyError):
        (key,) = error.args
        hint = f"write {key} = … ({table.keys[key].help})"
        yield path, Issue(code="missing-key", message=f"{key!r} is missing", hint=hint)
    else:
        raise error


def _key_of(name: str, table: Table) -> str:
    """Return the key under which a file has an attribute; empty for what stands inline."""
    if table.inline and name == table.inline.name:
        return ""
    return next((key for key, entry in table.keys.items() if entry.name == name), name)


def _describe_header(error: UnknownKeyError, path: DataPath, table: Table) -> Issue | None:
    """Put in words what is wrong with the header of a table, if that is plain."""
    tag = _tag_of(error.key)
    wanted = tag if table.is_inline(tag, error.value) else ""
    opens, closes, inner = "[", "]", ""
    if not path and not wanted:
        near = get_close_matches(error.key, table.keys, n=1)
        is_table = near and near[0] in lists_of_tables() and _has_tables(error.value)
        wanted = near[0] if is_table else ""
        # of [note.fr] and [[note.citations]] the data know a table in a table
        within = error.value
        if isinstance(within, dict):
            key = next((key for key in within if _has_tables(within[key])), "")
            inner, within = (f".{key}", within[key]) if key else ("", within)
        if isinstance(within, list):
            opens, closes = "[[", "]]"
    if not wanted:
        return None
    given, meant = (f"{opens}{_dotted((*path, key))}{inner}{closes}" for key in (error.key, wanted))
    hint = f"write {meant}" if path else f"did you mean {meant}?"
    return Issue(code="unknown-key", message=f"unknown table {given}", hint=hint)


def _has_tables(value: object) -> bool:
    """Whether a value is a table, or a list with one."""
    return isinstance(value, dict) or (isinstance(value, list) and dict in map(type, value))


def _tag_of(key: str) -> str:
    """Return a key as a language tag is written."""
    return key.lower().replace("_", "-")


def _describe_single(path: DataPath) -> Issue:
    """Put in words that a list of tables is written as one."""
    hint = f"write [[{_dotted(path)}]] before each"
    return Issue(code="wrong-type", message="is a single table", hint=hint)


def _dotted(path: DataPath) -> str:
    """Return the name of a table as its header has it."""
    return ".".join(part for part in path if isinstance(part, str))


def _describe_unknown(key: str, known: list[str], like: str) -> Issue:
    allowed = " | ".join([*known, *([like] if like else [])])
    hint = f"{near_name(key, known)}use {allowed}"
    return Issue(code="unknown-key", message=f"unknown key {key!r}", hint=hint)


def _describe(value: object, hint: Hint) -> Issue:
    """Put in words why a value does not fit."""
    if is_union(hint):
        kinds = get_args(base_of(hint))
        meant = next((kind for kind in kinds if isinstance(value, base_of(kind))), kinds[-1])
        return _describe(value, meant)
    wanted, detail = _type_of(value, hint), _detail_of(hint)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        name = _TYPE_NAMES.get(type(value), type(value).__name__)
        form = f"{_FORMS[wanted]}{': ' if wanted is str else ', '}{detail}"
        message = f"{shown_value(value)} is {name}"
        return Issue(code="wrong-type", message=message, hint=f"use {form.rstrip(':, ')}")
    if wanted in _TO_FILL and (not value or (isinstance(value, str) and not value.strip())):
        example = _detail_of(hint) if wanted is dict else ""
        filling = f"{_TO_FILL[wanted]}{f', {example}' if example else ''}"
        return Issue(code="empty", message="is empty", hint=filling)
    is_slip = isinstance(value, str) and is_choice(hint)
    near = _near_choice(str(value), hint) if is_slip else ""
    return Issue(code="bad-value", message=shown_value(value), hint=f"{near}use {detail}")


def _near_choice(value: str, hint: Hint) -> str:
    """Return which choice was meant, as `near_name` does; all of them are listed behind it."""
    choices = get_args(base_of(hint))
    called = find_labelled(value) if base_of(hint) == Verdict else None
    near = [called] if called in choices else get_close_matches(value[:100], choices, 1, _NEAR)
    return f"did you mean {near[0]!r}? " if near else ""


def _type_of(value: object, hint: Hint) -> type:
    """Return the type that a file's value should have; any type may miss a choice."""
    if is_choice(hint):
        return object
    if is_leaf(hint):
        return base_of(hint)  # type: ignore[no-any-return]  # str, int or bool
    is_table = Layout.SINGULAR in rules_of(hint) and not isinstance(value, list)
    return list if (is_list(hint) or is_by_id(hint)) and not is_table else dict


def _detail_of(hint: Hint) -> str:
    """Return what a value of the right type should be like, as far as a rule says so."""
    if is_choice(hint):
        return " | ".join(get_args(base_of(hint)))
    if is_mapping(hint) and get_args(base_of(hint))[0] == Language:
        return f'{_EXAMPLE} "…" }}'
    least_most = rule_of(hint, WholeNumber)
    return f"{least_most.least} to {least_most.most}" if least_most else _like_of(hint)


def _like_of(hint: Hint) -> str:
    pattern = rule_of(hint, Pattern)
    return pattern.like if pattern else ""


def shown_value(value: object) -> str:
    """Write a value for a message, as the file has it where that is short enough."""
    if isinstance(value, int) and value.bit_length() > 200:  # longer ones may not be written at all
        return f"a number of {value.bit_length()} bits"
    shown = str(value) if isinstance(value, date | time) else repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
