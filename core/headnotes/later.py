"""Values whose fields are read later.

Values of a class that stands on `Later` may leave some of their fields to be read when one of them
is first asked for: a run looks at the texts of few notes. Nobody who uses such a value can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["Later", "known_of", "put_off"]


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
            for field, value in read(name).items():
                object.__setattr__(self, field, value)
            return object.__getattribute__(self, name)


_Late = TypeVar("_Late", bound=Later)


def put_off(
    value: _Late,
    names: Iterable[str],
    read: Callable[[str], Mapping[str, object]],
    known: object = None,
) -> _Late:
    """Return a value that was just made, some of whose fields are read when needed.

    Args:
        value: that nobody else has yet.
        names: of those of its fields that it already holds; they are emptied.
        read: returns the one that is asked for, and any others; may be asked more than once.
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
