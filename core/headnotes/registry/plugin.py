"""One plugin as a run sees it: what it brought, what it took, what is wrong with it."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, MethodType, ModuleType
from typing import Any

import pluggy

from headnotes import hookspecs
from headnotes.issues import Issue, near_name
from headnotes.model import Topic, Work
from headnotes.topics import known_claims
from headnotes.values import evolve

SLOW_S = 2.0
"""A plugin that takes longer than this at a stretch is named; our own take a fiftieth."""

_MOST_FLAWS = 10
"""Of one answer; who wrote it will look at the others, too."""

UPDATE = "update headnotes if the plugin is for a newer one"


_HOOKABLE = (FunctionType, MethodType, staticmethod, classmethod)
"""What pluggy takes for hooks; it looks at each name of a module as closely as at these."""


class _Manager(pluggy.PluginManager):
    """Looks closely only at what may be a hook, as pluggy lets its managers do."""

    def parse_hookimpl_opts(self, plugin: Any, name: str) -> Any:  # noqa: ANN401  # pluggy's
        """Return the options of an answer to a hook; nothing of what is none."""
        return super().parse_hookimpl_opts(plugin, name) if _may_be_hook(plugin, name) else None

    def parse_hookspec_opts(self, module_or_class: Any, name: str) -> Any:  # noqa: ANN401  # pluggy's
        """Return the options of a hook; nothing of what is none."""
        is_hook = _may_be_hook(module_or_class, name)
        return super().parse_hookspec_opts(module_or_class, name) if is_hook else None


def _may_be_hook(module: object, name: str) -> bool:
    return type(module) is not ModuleType or isinstance(vars(module).get(name), _HOOKABLE)


def _make_manager() -> pluggy.PluginManager:
    manager = _Manager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    return manager


class Plugin:
    """One plugin, and how it fared in this run.

    Attributes:
        name: of its entry point, its folder, or its module.
        origin: where it came from: a distribution with version, `folder NAME`, `built in`.
        version: of its distribution or topic; empty where it has none.
        hooks: names of the hooks it answers.
        topics: ids of the topics and works it brought.
        notes: how many notes it brought.
        folder: where its files lie, if they were found in a folder, or the zip that they are in.
        seconds: time spent in it, loading included.
        longest_s: the longest time at a stretch: in loading, or in one answer.
        issues: why it failed or was left out; empty for a good one.
        is_ours: whether it is a part of Headnotes, whose bugs keep their tracebacks.
        manager: of its own, so that no plugin meets another's code.
    """

    def __init__(
        self, *, name: str, origin: str, version: str = "", folder: Path | None = None
    ) -> None:
        """Note where it came from; nothing of it has run yet."""
        self.name, self.origin, self.version, self.folder = name, origin, version, folder
        self.hooks: tuple[str, ...] = ()
        self.topics: list[str] = []
        self.notes = 0
        self.seconds = self.longest_s = 0.0
        self.issues: list[Issue] = []
        self.is_ours = False
        self.manager = _make_manager()

    @property
    def is_slow(self) -> bool:
        """Whether it kept the user waiting."""
        return self.longest_s > SLOW_S

    def fail(self, where: str, code: str, message: str, hint: str) -> None:
        """Keep an issue of this plugin under its name.

        Args:
            where: what it was asked or what it brought: `hook annotate_track`, a file.
            code: slug of this kind of issue.
            message: what is wrong.
            hint: what to do about it.
        """
        path = f"plugin {self.name!r}, {where}"
        self.issues.append(Issue(path=path, code=code, message=message, hint=hint))

    def list_flaws(self, where: str, flaws: Sequence[Issue]) -> list[Issue]:
        """Return the flaws of one answer under its name; of many the first, and their number."""
        path = f"plugin {self.name!r}, {where}"
        listed = [evolve(flaw, path=path, key=flaw.where) for flaw in flaws[:_MOST_FLAWS]]
        if more := len(flaws[_MOST_FLAWS:]):
            message, hint = f"{more:,} more flaws like these", "see its docstring"
            listed.append(Issue(path=path, code="more-flaws", message=message, hint=hint))
        return listed

    @contextmanager
    def at_work(self, doing: str) -> Iterator[None]:
        """Count the time it takes; an interrupt by the user carries a note that it was running.

        Args:
            doing: in words, for the message: `loading`, `hook annotate_track`.
        """
        started = time.perf_counter()
        try:
            yield
        except KeyboardInterrupt as interrupt:
            interrupt.add_note(f"plugin {self.name!r} was running, {doing}")
            raise
        finally:
            took = time.perf_counter() - started
            self.seconds += took
            self.longest_s = max(self.longest_s, took)


# ------------------------------------------- what would come to nothing, without a word


def find_unknown_hooks(module: object, manager: pluggy.PluginManager) -> Iterator[tuple[str, str]]:
    """Find marked functions that no hook of ours has the name or the arguments of.

    Args:
        module: the plugin.
        manager: knows which functions are marked, as hooks and as answers to them.

    Yields:
        Message and hint.
    """
    hooks = vars(manager.hook)  # nothing but ours, before a plugin is registered
    for name in dir(module):
        marked = manager.parse_hookimpl_opts(module, name)
        if marked is None:
            continue
        hook = marked["specname"] or name
        if hook not in hooks:
            yield f"unknown hook {hook!r}", _suggest(hook, [*hooks])
            continue
        offered = hooks[hook].spec.argnames
        for wanted in _required_arguments(getattr(module, name)):
            if wanted not in offered:
                yield f"hook {hook} has no argument {wanted!r}", _suggest(wanted, offered)


def _required_arguments(function: Callable[..., object]) -> list[str]:
    """Return the names that pluggy passes values for: those without a default."""
    return [
        argument.name
        for argument in inspect.signature(function).parameters.values()
        if argument.kind in (argument.POSITIONAL_ONLY, argument.POSITIONAL_OR_KEYWORD)
        and argument.default is argument.empty
    ]


def _suggest(name: str, known: Sequence[str]) -> str:
    return f"{near_name(name, known)}use {' | '.join(known) or 'none'}; {UPDATE}"


def find_unknown_names(
    topic: Topic,
    works: Mapping[str, Work],
    unwanted: Collection[str] = (),
    broken: Collection[str] = (),
) -> Iterator[Issue]:
    """Find a topic's work, or its depictions and claims, that nobody brings.

    Notes on unknown works and depictions would never show; a verdict on an unknown claim would be
    counted by itself, beside other verdicts on what is meant.

    Args:
        topic: already taken.
        works: all that are known, by id.
        unwanted: names of installed plugins that the user wants not loaded.
        broken: ids of works whose files have mistakes, which are named instead; what of such a
            work is unknown may have been left out.
    """
    path = topic.origin or f"topic {topic.id!r}"
    work = works.get(topic.work)
    if work is None:
        near = f"{near_name(topic.work, list(works))}known: {', '.join(works) or 'none'}"
        hint = f"{near}; put the folder or zip of that work beside it"
        if topic.work in unwanted:
            hint = f"load its plugin, too: --only-plugin {topic.work}"
        elif topic.work in broken:
            hint = "its file has mistakes; correct those first"
        message = f"unknown work {topic.work!r}"
        yield Issue(path=path, code="unknown-work", message=message, hint=hint)
        return
    if topic.work in broken:
        return
    known = {
        "depiction": [depiction.id for depiction in work.depictions],
        "claim": [*known_claims(topic, work)],
    }
    named = [("depiction", note, name) for note in topic.notes for name in note.depictions]
    named += [("claim", note, note.claim) for note in topic.notes if note.claim]
    for kind, note, name in named:
        if name not in known[kind]:
            yield Issue(
                path=path,
                line=note.line if topic.origin else 0,
                key=note.id,
                code=f"unknown-{kind}",
                message=f"unknown {kind} {name!r}",
                hint=f"{near_name(name, known[kind])}`headnotes topics {work.id}` lists them",
            )
