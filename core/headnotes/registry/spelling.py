"""Whether a plugin's hooks are spelt as ours are; a misspelt one would never be asked."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

import pluggy

from headnotes import hookspecs
from headnotes.issues import near_name

UPDATE = "update headnotes if the plugin is for a newer one"


def find_misspellings(module: object, manager: pluggy.PluginManager) -> Iterator[tuple[str, str]]:
    """Find marked functions that no hook of ours has the name or the arguments of.

    Args:
        module: the plugin.
        manager: knows which functions are marked, as hooks and as answers to them.

    Yields:
        What is wrong, and how to mend it.
    """
    hooks = [name for name in dir(hookspecs) if manager.parse_hookspec_opts(hookspecs, name)]
    for name in dir(module):
        marked = manager.parse_hookimpl_opts(module, name)
        if marked is None:
            continue
        hook = marked["specname"] or name
        if hook not in hooks:
            yield f"unknown hook {hook!r}", _mend(hook, hooks)
            continue
        offered = list(inspect.signature(getattr(hookspecs, hook)).parameters)
        for taken in _arguments_of(getattr(module, name)):
            if taken not in offered:
                yield f"hook {hook} has no argument {taken!r}", _mend(taken, offered)


def _arguments_of(function: Callable[..., object]) -> list[str]:
    """Give the names that pluggy passes values for: those without a default."""
    return [
        one.name
        for one in inspect.signature(function).parameters.values()
        if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD) and one.default is one.empty
    ]


def _mend(name: str, known: list[str]) -> str:
    return f"{near_name(name, known)}use {' | '.join(known) or 'none'}; {UPDATE}"
