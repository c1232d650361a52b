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

from headnotes.archive.job import FileResult, Setting, annotate_file
from headnotes.archive.store import Store
from headnotes.values import frozen

WRITE_SECONDS = 1.0
"""So much work at most is done again after a crash."""

_MOST_HELD = 500

_MOST_DEATHS = 2
"""Of executors in a row without a single file done: then it is not the files' fault."""


def run_files(
    crew: Crew, states: Mapping[str, str], store: Store, made_by: str
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
    for held in _gather(crew.work(list(states))):
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


@frozen
class Crew:
    """What does the work.

    Attributes:
        setting: for all files.
        executors: makes a fresh executor, after one whose workers died, too.
        at_once: how many files are on their way at a time.
    """

    setting: Setting
    executors: Callable[[], AbstractContextManager[Executor]]
    at_once: int

    def work(self, paths: list[str]) -> Iterator[FileResult]:
        """Yield the results of files as they come; one that kills its worker fails by itself.

        Raises:
            BrokenExecutor: workers die whatever they are given.
        """
        left = iter(paths)
        deaths = 0
        while deaths < _MOST_DEATHS:
            suspects: list[str] = []
            done = 0
            try:
                with self.executors() as executor:
                    for result in self._stream(left, executor, suspects):
                        done += 1
                        yield result
            except BrokenExecutor:
                deaths = 0 if done else deaths + 1
            else:
                return
            for path in suspects:
                yield self._do_alone(path)
        raise BrokenExecutor("workers die whatever they are given")

    def _stream(
        self, left: Iterator[str], executor: Executor, underway: list[str]
    ) -> Iterator[FileResult]:
        """Keep so many files on their way.

        Args:
            left: paths still to do; taken from.
            executor: does the work.
            underway: paths on their way, kept up to date: where workers die, these are not done.
        """
        futures: dict[Future[FileResult], str] = {}
        while True:
            for path in islice(left, self.at_once - len(futures)):
                underway.append(path)
                futures[executor.submit(annotate_file, path, self.setting)] = path
            if not futures:
                return
            for future in wait(futures, return_when=FIRST_COMPLETED).done:
                result = _take(future, futures[future])
                del futures[future]
                underway.remove(result.path)
                yield result

    def _do_alone(self, path: str) -> FileResult:
        """Do one file with nothing else on its way."""
        try:
            with self.executors() as executor:
                return _take(executor.submit(annotate_file, path, self.setting), path)
        except BrokenExecutor:
            return FileResult(path=path, failure=f"{path}: the process that read it died")


def _take(future: Future[FileResult], path: str) -> FileResult:
    """Return a result; a job that broke fails by itself, unless it took its worker along."""
    try:
        return future.result()
    except BrokenExecutor:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the other files go on
        return FileResult(path=path, failure=f"{path}: {type(error).__name__}: {error}")
