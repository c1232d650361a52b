"""Many files through any executor of `concurrent.futures`, each of them once.

Only so many files are on their way at a time, so that memory does not grow with the archive. Where
a worker dies, the files that it may have died of are tried again one by one, each in a worker of
its own: the one that kills it is named, the others are done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager
from itertools import islice
from typing import Generic, TypeVar

from headnotes.archive.job import FileResult
from headnotes.archive.store import Store
from headnotes.values import frozen

Item = TypeVar("Item")
Result = TypeVar("Result")

WRITE_SECONDS = 1.0
"""So much work at most is done again after a crash."""

_MOST_HELD = 500

_MOST_DEATHS = 2
"""Of executors in a row without a single file done: then it is not the files' fault."""


def run_files(
    crew: Crew[str, FileResult], states: Mapping[str, str], store: Store, made_by: str
) -> Iterator[FileResult]:
    """Do files and keep what comes of them; yield each result once it is kept.

    Args:
        crew: does them.
        states: of the files to do, by path.
        store: where the results go.
        made_by: version and topics, kept beside each result.

    Raises:
        BrokenExecutor: workers die whatever they are given.
    """
    for held in _gather(crew.work(states)):
        store.write([(result, states[result.path]) for result in held], made_by)
        yield from held


def _gather(results: Iterable[FileResult]) -> Iterator[list[FileResult]]:
    """Yield results in groups that are worth a transaction."""
    held: list[FileResult] = []
    last = time.monotonic()
    try:
        for result in results:
            held.append(result)
            if len(held) >= _MOST_HELD or time.monotonic() - last >= WRITE_SECONDS:
                yield held
                held, last = [], time.monotonic()
    except (Exception, KeyboardInterrupt):
        # What is done is kept, also where the user stops the run.
        if held:
            yield held
        raise
    if held:
        yield held


@frozen(kw_only=True)
class Crew(Generic[Item, Result]):
    """What does the work.

    Attributes:
        do: the work on one item; importable by any process, and so is what it takes and returns.
        fail: the result for an item whose work raised, or killed its worker (`BrokenExecutor`).
        executors: makes a fresh executor, after one whose workers died, too.
        at_once: how many items are on their way at a time.
        is_ordered: yield results in the order of items, and not as they come.
    """

    do: Callable[[Item], Result]
    fail: Callable[[Item, Exception], Result]
    executors: Callable[[], AbstractContextManager[Executor]]
    at_once: int
    is_ordered: bool = False

    def work(self, items: Iterable[Item]) -> Iterator[Result]:
        """Yield the results of items; one that kills its worker fails by itself.

        Raises:
            BrokenExecutor: workers die whatever they are given.
        """
        left = iter(items)
        deaths = 0
        while deaths < _MOST_DEATHS:
            underway: dict[Future[Result], Item] = {}
            done = 0
            try:
                with self.executors() as executor:
                    for result in self._stream(left, executor, underway):
                        done += 1
                        yield result
            except BrokenExecutor:
                deaths = 0 if done else deaths + 1
            else:
                return
            for item in underway.values():
                yield self._do_alone(item)
        raise BrokenExecutor("workers die whatever they are given")

    def _stream(
        self, left: Iterator[Item], executor: Executor, underway: dict[Future[Result], Item]
    ) -> Iterator[Result]:
        """Keep so many items on their way.

        Args:
            left: items still to do; taken from.
            executor: does the work.
            underway: items on their way, kept up to date: where workers die, these are not done.
        """
        while True:
            for item in islice(left, self.at_once - len(underway)):
                try:
                    underway[executor.submit(self.do, item)] = item
                except BrokenExecutor:
                    underway[Future()] = item
                    raise
            if not underway:
                return
            for future in self._await(underway):
                result = self._take(future, underway[future])
                del underway[future]
                yield result

    def _await(self, underway: Mapping[Future[Result], Item]) -> Iterable[Future[Result]]:
        """Wait for what is yielded next: the oldest, or all that are done."""
        if self.is_ordered:
            return [next(iter(underway))]
        return wait(underway, return_when=FIRST_COMPLETED).done

    def _do_alone(self, item: Item) -> Result:
        """Do one item with nothing else on its way."""
        try:
            with self.executors() as executor:
                return self._take(executor.submit(self.do, item), item)
        except BrokenExecutor as error:
            return self.fail(item, error)

    def _take(self, future: Future[Result], item: Item) -> Result:
        """Return a result; work that broke fails by itself, unless it took its worker along."""
        try:
            return future.result()
        except BrokenExecutor:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the other items go on
            return self.fail(item, error)
