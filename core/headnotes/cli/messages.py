"""Lines for people, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

from headnotes.errors import printable

Item = TypeVar("Item")

_MANY_FILES = 3


def say(line: str) -> None:
    """Print one line for a person; text of strangers in it cannot steer the terminal."""
    click.echo(f"headnotes: {printable(line)}", err=True)


@contextmanager
def progress(items: Sequence[Item], *, is_quiet: bool) -> Iterator[Iterator[Item]]:
    """Give the items, with a bar where there are many, on a terminal only."""
    if is_quiet or len(items) <= _MANY_FILES or not sys.stderr.isatty():
        yield iter(items)
        return
    with click.progressbar(items, label="reading", file=sys.stderr) as bar:
        yield iter(bar)
