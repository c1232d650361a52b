"""What does the work: processes on this machine, or a Dask cluster that is already there."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from headnotes.issues import Issue, UsageError


@contextmanager
def start_processes(jobs: int) -> Iterator[Executor]:
    """Start so many processes; they end with the block, or with this process.

    Each is begun anew rather than forked: nothing of this process's state, threads and locks gets
    into it.
    """
    pool = _Processes(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_depend_on_parent
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Processes(ProcessPoolExecutor):
    """A pool in which Ctrl-C never meets a process in the middle of its start."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401  # as the library has it
        """Submit work; a process that this starts puts off Ctrl-C until it is ready."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _depend_on_parent() -> None:
    """Leave Ctrl-C to the process that has the results, and end when that process is killed.

    Nobody would tell otherwise: each worker holds both ends of the queue that it waits for.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # for programs that it starts
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # the rest of this process waits for work that cannot come


@contextmanager
def join_cluster(address: str) -> Iterator[Executor]:
    """Use the workers of a Dask cluster; they need Headnotes installed, and see the same files.

    Raises:
        UsageError: the library is missing, or nobody answers at that address.
    """
    with _connect(address) as client:
        # Not pure: a changed file under the same path is another job.
        yield client.get_executor(pure=False)


def count_threads(address: str) -> int:
    """Return how many files a Dask cluster does at a time, at least one.

    Raises:
        UsageError: as for `join_cluster`.
    """
    with _connect(address) as client:
        return int(sum(client.nthreads().values())) or 1


@contextmanager
def _connect(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError:
        hint = 'pip install "headnotes[archive]"'
        issue = Issue(path="--dask", code="missing-library", message="needs Dask", hint=hint)
        raise UsageError(issue) from None
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        hint = "give its scheduler: tcp://HOST:8786"
        message = f"no cluster answers at {address!r}: {error}"
        issue = Issue(path="--dask", code="no-cluster", message=message, hint=hint)
        raise UsageError(issue) from None
    try:
        yield client
    finally:
        client.close()


def count_processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1
