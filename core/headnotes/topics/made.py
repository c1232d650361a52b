"""Values made in code, held to the rules that files are held to: the classes of the model.

Nothing of a value is trusted: only the exact types of the model and of Python are looked into, so
that no code of whoever made it runs here or later.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Any, get_args

from headnotes.issues import Issue
from headnotes.model import EpisodeId, Layout, Pattern, Ratings, Topic, WholeNumber, Work
from headnotes.topics.bounds import BOUNDS, Bounds
from headnotes.topics.tables import (
    DataPath,
    Found,
    Hint,
    base_of,
    fits,
    hints_of,
    is_choice,
    is_list,
    is_union,
    item_of,
    origin_of,
    rule_of,
    rules_of,
)
from headnotes.values import Field, fields_of, is_value_class

MOST_CHARS = 100_000
MOST_ITEMS = 100_000
_MOST_PARTS = 2_000_000
"""Of one value in all: parts that stand in many places count in each."""
_MOST_ISSUES = 20
_LARGEST = 2**53
"""Numbers beyond this one are not exact in JSON."""


def find_flaws(value: object, kind: type, bounds: Bounds = BOUNDS) -> Iterator[Issue]:
    """Find what is wrong with a value that should be of a class of the model.

    Yields:
        The first part that does not fit its rule; where all fit, what is too much; where nothing
        is, what contradicts each other.
    """
    if flaw := _Inspection().find_flaw(value, kind, ""):
        yield flaw
    elif isinstance(value, Topic | Work):
        excesses = [*islice(bounds.find_excesses(value), _MOST_ISSUES)]
        for path, issue in excesses or islice(_find_contradictions(value), _MOST_ISSUES):
            yield Issue(
                key=f"{type(value).__name__.lower()} {value.id!r}: {_write_path(path)}",
                code=issue.code,
                message=issue.message,
                hint=issue.hint,
            )


def _find_contradictions(value: Topic | Work) -> Iterator[Found]:
    from headnotes.topics.consistency import find_contradictions, find_misratings

    yield from find_contradictions(value)
    if isinstance(value, Topic) and value.ratings:
        given = Ratings(topic=value.id, rater=value.rater, ratings=value.ratings)
        yield from find_misratings(given, value)


def _write_path(path: DataPath) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).lstrip(".")


def show_value(value: object) -> str:
    """Return a value as `repr` shows it, shortened, whatever its own code does instead."""
    try:
        shown = repr(value)
        return shown if len(shown) <= 60 else f"{shown[:57]}..."
    except BaseException as error:
        if type(error) is KeyboardInterrupt:
            raise
        return f"a value of the type {type.__dict__['__name__'].__get__(type(value))!r}"


Inspect = Callable[[Any, Hint, str], "Issue | None"]


class _Inspection:
    """One value looked through, part by part."""

    def __init__(self) -> None:
        self._parts = 0

    def find_flaw(self, value: object, hint: Hint, path: str) -> Issue | None:
        """Return what keeps a value from being what a hint asks for, or nothing."""
        self._parts += 1
        base = _plain(hint)
        if self._parts > _MOST_PARTS:
            return _flaw(path, "too-large", f"has more than {_MOST_PARTS:,} parts", "give less")
        return self._choose(hint, base)(value, hint, path)

    def _choose(self, hint: Hint, base: Any) -> Inspect:  # noqa: ANN401  # a class or special form
        if is_union(hint):
            return self._try_each
        if base is not EpisodeId and is_value_class(base):
            return self._look_into
        if is_list(hint):
            return self._look_along
        return self._look_up if origin_of(hint) is Mapping else _inspect_leaf

    def _try_each(self, value: object, hint: Hint, path: str) -> Issue | None:
        flaws = [self.find_flaw(value, kind, path) for kind in get_args(base_of(hint))]
        return flaws[0] if all(flaws) else None

    def _look_into(self, value: object, hint: Hint, path: str) -> Issue | None:
        kind: Any = _plain(hint)
        parts = _fields_of(kind)
        if type(value) is not kind:
            message = f"gave {show_value(value)}, not {_article(kind.__name__)}"
            return _flaw(path, "bad-answer", message, "see its docstring")
        for field, part_hint in parts:
            name, part = field.name, getattr(value, field.name)
            usual = field.make_default(value)  # fields before it are looked at already
            if type(part) is type(usual) and part == usual:
                continue
            if flaw := self.find_flaw(part, part_hint, f"{path}.{name}".lstrip(".")):
                return flaw
        return None

    def _look_along(self, value: object, hint: Hint, path: str) -> Issue | None:
        if type(value) is not tuple:
            return _flaw(path, "wrong-type", f"{show_value(value)} is not a tuple", "use a tuple")
        if flaw := _check_size(value, hint, path):
            return flaw
        found = (
            self.find_flaw(item, item_of(hint), f"{path}[{position}]")
            for position, item in enumerate(value)
        )
        return next(filter(None, found), None)

    def _look_up(self, value: object, hint: Hint, path: str) -> Issue | None:
        if type(value) is not dict and type(value) is not MappingProxyType:
            return _flaw(path, "wrong-type", f"{show_value(value)} is not a dict", "use a dict")
        if flaw := _check_size(value, hint, path):
            return flaw
        key_hint, item_hint = get_args(base_of(hint))
        for key, item in value.items():
            flaw = self.find_flaw(key, key_hint, f"{path} key") or self.find_flaw(
                item, item_hint, f"{path}.{key}"
            )
            if flaw:
                return flaw
            if Layout.BY_ID in rules_of(hint) and item.id != key:
                message = f"{item.id!r} is under the key {key!r}"
                return _flaw(path, "bad-value", message, "use its id")
        return None


@cache
def _fields_of(kind: type) -> tuple[tuple[Field, Hint], ...]:
    """Return each field with its type."""
    hints = hints_of(kind)
    return tuple((field, hints[field.name]) for field in fields_of(kind))


def _plain(hint: Hint) -> Any:  # noqa: ANN401  # a class or a special form
    """Return a type without its rules; episodes stay what the model has them as."""
    return getattr(hint, "__origin__", hint) if rules_of(hint) else hint


def _inspect_leaf(value: object, hint: Hint, path: str) -> Issue | None:
    """Return what keeps a single value from being what a hint asks for, or nothing."""
    base = _plain(hint)
    if base in _LEAVES:
        is_right = _LEAVES[base](value) and (not _has_bounds(hint) or fits(value, hint))
    elif is_choice(hint):
        is_right = fits(value, hint)
    else:
        is_right = origin_of(hint) is not Callable or callable(value)
    if is_right:
        return None
    return _flaw(path, "bad-value", f"{show_value(value)} does not fit", _describe(hint))


def _has_bounds(hint: Hint) -> bool:
    if _plain(hint) is EpisodeId:  # its pattern is that of files
        return False
    return bool(rule_of(hint, Pattern) or rule_of(hint, WholeNumber))


def _is_episode(value: object) -> bool:
    return type(value) is EpisodeId and all(
        type(number) is int and 0 <= number <= 9_999 for number in (value.season, value.number)
    )


def _is_text(value: object) -> bool:
    return type(value) is str and len(value) <= MOST_CHARS and _is_encodable(value)


def _is_integer(value: object) -> bool:
    return type(value) is int and abs(value) <= _LARGEST


def _is_number(value: object) -> bool:
    return _is_integer(value) or (type(value) is float and math.isfinite(value))


_LEAVES: Mapping[object, Callable[[object], bool]] = {
    EpisodeId: _is_episode,
    str: _is_text,
    int: _is_integer,
    float: _is_number,
    bool: lambda value: type(value) is bool,
    type(None): lambda value: value is None,
}


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_size(value: Any, hint: Hint, path: str) -> Issue | None:  # noqa: ANN401  # sized
    if len(value) > MOST_ITEMS:
        return _flaw(path, "too-large", f"has {len(value):,} items", f"use {MOST_ITEMS:,} at most")
    if Layout.FILLED in rules_of(hint) and not value:
        return _flaw(path, "empty", "is empty", "give at least one, or leave it out")
    return None


def _describe(hint: Hint) -> str:
    """Return what a value should be, in a few words."""
    if pattern := rule_of(hint, Pattern):
        return f"use {pattern.like}"
    if limits := rule_of(hint, WholeNumber):
        return f"use {limits.least} to {limits.most}"
    if is_choice(hint):
        return f"use {' | '.join(map(str, get_args(base_of(hint))))}"
    base = _plain(hint)
    return f"use {_article(getattr(base, '__name__', str(base)))}"


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiouAEIO' else 'a'} {name}"


def _flaw(key: str, code: str, message: str, hint: str) -> Issue:
    return Issue(key=key, code=code, message=message, hint=hint)
