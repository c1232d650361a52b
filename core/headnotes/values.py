"""Frozen attrs classes that are made in half the time, as a run makes some seventy of them.

attrs writes the code of `__eq__`, `__hash__` and `__repr__` for each class and compiles it whenever
the class is made, which took a third of a short run. Few of these methods are ever called, so here
all classes share one of each. In every other way these are attrs classes: values are equal where
they are of one class and all fields with `eq` are.

Values of a class that stands on `Later` may leave some of their fields to be read when one of them
is first asked for: a run looks at the texts of few notes. Nobody who uses such a value can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

__all__ = ["Later", "frozen", "known_of", "put_off"]

if TYPE_CHECKING:
    from attrs import frozen  # what type checkers know of it
else:

    def frozen(cls=None, /, **options):  # noqa: ANN001, ANN003, ANN201  # those of attrs
        """Make a frozen attrs class; takes what `attrs.frozen` takes."""
        if cls is None:
            return lambda decorated: frozen(decorated, **options)
        if "eq" in options or "order" in options:  # by identity, or in an order
            return attrs.frozen(cls, **options)
        made = attrs.frozen(cls, eq=False, repr=False, **options)
        made.__eq__, made.__hash__ = _is_equal, _hash
        if "__repr__" not in cls.__dict__:
            made.__repr__ = _show
        return made


_keys: dict[type, Any] = {}


def _key_of(value: Any) -> Any:  # noqa: ANN401  # of any class of ours
    """Return what a value is compared by."""
    kind = type(value)
    if kind not in _keys:
        names = [field.name for field in attrs.fields(kind) if field.eq]
        _keys[kind] = attrgetter(*names) if names else type
    return _keys[kind](value)


def _is_equal(self: object, other: object) -> Any:  # noqa: ANN401  # or `NotImplemented`
    return _key_of(self) == _key_of(other) if type(other) is type(self) else NotImplemented


def _hash(self: object) -> int:
    return hash((type(self), _key_of(self)))


def _show(self: object) -> str:
    shown = [
        f"{field.name}={getattr(self, field.name)!r}"
        for field in attrs.fields(type(self))  # type: ignore[arg-type]  # a class of attrs
        if field.repr
    ]
    return f"{type(self).__qualname__}({', '.join(shown)})"


class Later:
    """What a class is made of whose values may have fields that are read later."""

    __slots__ = ("_known", "_later")

    if not TYPE_CHECKING:  # where all fields are there

        def __getattr__(self, name: str) -> object:
            """Fill the fields that are not there yet."""
            try:
                read = object.__getattribute__(self, "_later")
            except AttributeError:
                message = f"{type(self).__name__!r} object has no attribute {name!r}"
                raise AttributeError(message) from None
            for field, value in read().items():
                object.__setattr__(self, field, value)
            return object.__getattribute__(self, name)


_Late = TypeVar("_Late", bound=Later)


def put_off(
    value: _Late,
    names: Iterable[str],
    read: Callable[[], Mapping[str, object]],
    known: object = None,
) -> _Late:
    """Return a value that was just made without some of its fields, which are read when needed.

    Args:
        value: that nobody else has yet.
        names: of the fields.
        read: returns them all, and may be asked more than once.
        known: of these fields before they are read, for `known_of`.
    """
    for name in names:
        object.__delattr__(value, name)
    object.__setattr__(value, "_later", read)
    object.__setattr__(value, "_known", known)
    return value


def known_of(value: Later) -> Any:  # noqa: ANN401  # whatever was given
    """Return what `put_off` was given to know of a value; `None` of any other."""
    try:
        return object.__getattribute__(value, "_known")
    except AttributeError:
        return None
