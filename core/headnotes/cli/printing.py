"""Lines for people, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO, TypeVar

import click

from headnotes.text import printable

Item = TypeVar("Item")

_MANY_FILES = 3


def print_line(line: str) -> None:
    """Print one line for a person; untrusted text in it cannot steer the terminal.

    Where nobody can read it, because standard error is full or closed, the work goes on.
    """
    with suppress(OSError):
        click.echo(f"headnotes: {printable(line)}", err=True)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream is a terminal; a closed one is not."""
    return stream is not None and stream.isatty()


@contextmanager
def progress(items: Sequence[Item], *, is_quiet: bool) -> Iterator[Iterator[Item]]:
    """Yield the items, with a bar where there are many, on a terminal only."""
    if is_quiet or len(items) <= _MANY_FILES or not is_terminal(sys.stderr):
        yield iter(items)
        return
    with click.progressbar(items, label="reading", file=sys.stderr) as bar:
        yield iter(bar)
