"""Functions whose modules are imported when they are first called: a run loads what it uses."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def import_later(module: str, function: str) -> Callable[..., Any]:
    """Give a function that imports the real one when it is called.

    Args:
        module: full name of the module, which stands in the room that asks.
        function: name of a function in it, called with the same arguments.
    """

    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever the real one takes
        return getattr(import_module(module), function)(*arguments, **named)

    return call
