"""Lines for people, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, TypeVar

import click

from headnotes.text import printable

Item = TypeVar("Item")

_MANY_FILES = 3
_bars: list[Any] = []
"""The bar on screen, if there is one."""


def print_line(line: str) -> None:
    """Print one line for a person; untrusted text in it cannot steer the terminal.

    Where nobody can read it, because standard error is full or closed, the work goes on.
    """
    with suppress(OSError):
        if _bars:
            click.echo("\r\x1b[K", nl=False, err=True)  # the bar makes room for the line
        click.echo(_fit(f"headnotes: {printable(line)}"), err=True)
        for bar in _bars:
            _draw_again(bar)


def _fit(line: str) -> str:
    """Break a line between words where a terminal would break it anywhere.

    Commands, which are indented, stay whole: they are there to be copied.
    """
    if "  " in line or not is_terminal(sys.stderr):
        return line
    import shutil
    import textwrap

    columns = shutil.get_terminal_size().columns
    return (
        line
        if len(line) <= columns
        else textwrap.fill(
            line, columns, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
    )


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream is a terminal; a closed one is not."""
    return stream is not None and stream.isatty()


@contextmanager
def progress_of(items: Iterable[Item], count: int, *, is_quiet: bool) -> Iterator[Iterator[Item]]:
    """Yield so many items as they come; with a bar that tells their rate and the time left."""
    if is_quiet or count <= _MANY_FILES or not is_terminal(sys.stderr):
        yield iter(items)
        return
    with click.progressbar(
        items,
        length=count,
        label="reading",
        file=sys.stderr,
        show_pos=True,
        item_show_func=_make_rate(),
    ) as bar:
        _bars.append(bar)
        try:
            yield iter(bar)
        finally:
            _bars.remove(bar)


def _make_rate() -> Callable[[object], str]:
    """Return what tells how many items a second have come so far."""
    began = time.monotonic()
    come = 0

    def show(item: object) -> str:
        nonlocal come
        come += item is not None
        seconds = time.monotonic() - began
        return f"{come / seconds:.1f}/s" if seconds > 0 else ""

    return show


def _draw_again(bar: Any) -> None:  # noqa: ANN401 - click does not name its class
    bar._last_line = None  # noqa: SLF001 - or it would not draw an unchanged line
    bar.render_progress()
