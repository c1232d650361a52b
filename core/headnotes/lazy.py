"""Doors that import what few runs need only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def export_later(room: str, **names: tuple[str, ...]) -> Callable[[str], object]:
    """Return the `__getattr__` of a room's door (PEP 562).

    Type checkers do not see through it: beside it, the door imports the same names under
    `TYPE_CHECKING`.

    Args:
        room: full name of the package.
        names: what the door exports, by the module of the room that has it.
    """
    homes = {name: module for module, exported in names.items() for name in exported}

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{homes[name]}"), name)

    return find


def import_later(module: str, function: str) -> Callable[..., Any]:
    """Give a function that imports the real one when it is called.

    Args:
        module: full name of the module, which stands in the room that asks.
        function: name of a function in it, called with the same arguments.
    """

    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever the real one takes
        return getattr(import_module(module), function)(*arguments, **named)

    return call
