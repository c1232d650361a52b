"""The work of `jobs` in other processes, through the crew of an archive."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor
from functools import cache, partial
from pathlib import Path
from typing import IO

from headnotes.app import Headnotes, Wishes
from headnotes.archive import Crew, start_processes
from headnotes.cli.jobs import AT_ONCE, Desk, FileWork, Orders, Task
from headnotes.issues import Issue
from headnotes.registry import Plugin
from headnotes.values import NamedTuple, frozen

_Name = tuple[str, ...]


def do_in_processes(
    desk: Desk, tasks: Iterable[Task], wishes: Wishes | None, jobs: int
) -> Iterator[FileWork]:
    """Do files in so many processes, and yield what comes of them in their order.

    Args:
        desk: of this process; its plugins get what those of the others have done.
        tasks: taken as they are needed.
        wishes: what the viewer wants on screen; `None`: nothing is planned.
        jobs: how many processes.

    Raises:
        BrokenExecutor: processes die whatever they are given.
    """
    post = Post(desk.notes)
    crew = Crew(
        do=partial(_do_elsewhere, desk.orders, wishes),
        fail=lambda task, error: post.pack(_fail(task, error)),
        executors=partial(start_processes, jobs),
        at_once=AT_ONCE * jobs,
        is_ordered=True,
    )
    return map(post.unpack, crew.work(tasks))


def _do_elsewhere(orders: Orders, wishes: Wishes | None, task: Task) -> bytes:
    """Do a file in a process that was started for it."""
    desk, post = _open_desk(orders)
    return post.pack(desk.do(task, wishes))


@cache
def _open_desk(orders: Orders) -> tuple[Desk, Post]:
    """Load plugins and topics, once in each process."""
    desk = Desk(orders)
    return desk, Post(desk.notes)


def _fail(task: Task, error: Exception) -> FileWork:
    """Return what comes of a file that killed its process; any other error is the run's."""
    if not isinstance(error, BrokenExecutor):
        raise error
    message, hint = "the process that read it died", "is there enough memory?"
    issue = Issue(path=task.file.name, code="dead-process", message=message, hint=hint)
    return FileWork(file=task.file, issues=(issue,))


class _PluginKey(NamedTuple):
    name: str
    origin: str
    folder: Path | None


@frozen(kw_only=True)
class _PluginWork:
    """What one plugin did in its process since the last file.

    Attributes:
        seconds: that it took.
        longest_s: the longest that it ever took at a time.
        issues: all that ever failed in it, except on tracks.
    """

    key: _PluginKey
    seconds: float
    longest_s: float
    issues: tuple[Issue, ...]


class Post:
    """One process's end of the line to another: work as bytes, and back.

    What both have, such as topics and their notes, goes by its name.
    """

    def __init__(self, notes: Headnotes) -> None:
        """Prepare to send and to receive.

        Args:
            notes: as both processes have loaded them.
        """
        self._registry = notes.registry
        self._shared = dict(_list_shared(notes))
        self._names = {id(value): name for name, value in self._shared.items()}
        self._seconds: dict[_PluginKey, float] = {}

    def pack(self, work: FileWork) -> bytes:
        """Return work, and what plugins did meanwhile, as bytes."""
        packed = io.BytesIO()
        _Packer(packed, self._names).dump((work, list(self._list_plugins())))
        return packed.getvalue()

    def unpack(self, packed: bytes) -> FileWork:
        """Return the work of another process, and add what its plugins did to those here."""
        work: FileWork
        work, plugins = _Unpacker(io.BytesIO(packed), self._shared).load()
        known = {_key_of(plugin): plugin for plugin in self._registry.plugins}
        for done in plugins:
            plugin = known[done.key]
            plugin.seconds += done.seconds
            plugin.longest_s = max(plugin.longest_s, done.longest_s)
            plugin.issues += [issue for issue in done.issues if issue not in plugin.issues]
        return work

    def _list_plugins(self) -> Iterator[_PluginWork]:
        for plugin in self._registry.plugins:
            key = _key_of(plugin)
            seconds = plugin.seconds - self._seconds.get(key, 0.0)
            self._seconds[key] = plugin.seconds
            yield _PluginWork(
                key=key,
                seconds=seconds,
                longest_s=plugin.longest_s,
                issues=tuple(plugin.issues),
            )


def _list_shared(notes: Headnotes) -> Iterator[tuple[_Name, object]]:
    """Yield what every process has loaded, and its name."""
    topics, works = notes.engine.topics, notes.engine.works
    yield ("topics",), topics
    yield from ((("work", name), work) for name, work in works.items())
    for name, topic in topics.items():
        yield ("topic", name), topic
        yield from ((("note", name, note.id), note) for note in topic.notes)


def _key_of(plugin: Plugin) -> _PluginKey:
    return _PluginKey(plugin.name, plugin.origin, plugin.folder)


class _Packer(pickle.Pickler):
    def __init__(self, file: IO[bytes], names: Mapping[int, _Name]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._names = names

    def persistent_id(self, value: object) -> _Name | None:
        return self._names.get(id(value))


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: IO[bytes], shared: Mapping[_Name, object]) -> None:
        super().__init__(file)
        self._shared = shared

    def persistent_load(self, name: _Name) -> object:
        return self._shared[name]
