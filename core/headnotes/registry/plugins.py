"""One plugin as a run sees it: what it brought, what it took, what was wrong with it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import define, field

from headnotes.issues import Issue

SLOW_S = 2.0
"""A plugin that takes longer than this at a stretch is named; our own take a fiftieth."""


@define(kw_only=True)
class Plugin:
    """One plugin, and how it fared in this run.

    Attributes:
        name: of its entry point, its folder, or its module.
        origin: where it came from: a distribution with version, `folder NAME`, `built in`.
        version: of its distribution or topic; empty where it has none.
        hooks: names of the hooks it answers.
        topics: ids of the topics and works it brought.
        notes: how many notes it brought.
        folder: where its files lie, if they were found in a folder.
        seconds: time spent in it, loading included.
        longest_s: the longest time at a stretch: in loading, or in one answer.
        issues: why it failed or was left out; empty for a good one.
    """

    name: str
    origin: str
    version: str = ""
    hooks: tuple[str, ...] = ()
    topics: list[str] = field(factory=list)
    notes: int = 0
    folder: Path | None = None
    seconds: float = 0.0
    longest_s: float = 0.0
    issues: list[Issue] = field(factory=list)

    @property
    def is_slow(self) -> bool:
        """Whether it kept the user waiting."""
        return self.longest_s > SLOW_S

    def fail(self, where: str, code: str, what: str, mend: str) -> None:
        """Keep a problem of this plugin, to be told by its name."""
        self.issues.append(
            Issue(path=f"plugin {self.name!r}, {where}", code=code, message=what, hint=mend)
        )

    @contextmanager
    def at_work(self, doing: str) -> Iterator[None]:
        """Count the time it takes; where the user interrupts, say that it was running.

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
