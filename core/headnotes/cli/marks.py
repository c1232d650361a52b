"""The marks by which files that we wrote are known again, where their format can bear one.

Tracks are known by the labels of their headnotes, tables by their header, data by its schema. All
others carry a line of their own that no reader shows.
"""

from __future__ import annotations

from pathlib import Path

from headnotes.lazy import lazy_pattern
from headnotes.reports import is_own_table
from headnotes.text import MADE_WITH

_ENOUGH_BYTES = 4_096
"""At either end: marks stand in the first or in the last lines."""

_STARTS = tuple(
    map(
        lazy_pattern,
        (
            rf'<!doctype html>\n.*\n<head>\n.*\n.*\n<meta name="generator" content="{MADE_WITH}">',
            rf"<\?xml [^\n]*\?>\n<!-- {MADE_WITH} -->\n",
            rf";FFMETADATA1\n; {MADE_WITH}\n",
            r'\{\s*"schema": ?"headnotes/(?:mpv-)?\d',
            rf"-- {MADE_WITH}\n",
            # until 0.2 the page said who made it as the others do
            r'\{\s*"@context": [^{}]*"generator": \{[^{}]*"name": "(?:Made with )?Headnotes"',
        ),
    )
)
_ENDS = (f"\n<!-- {MADE_WITH} -->\n", f"\n{MADE_WITH}\n")


def has_mark(file: Path) -> bool:
    """Whether a file bears a mark of ours; one that cannot be read bears none."""
    try:
        with file.open("rb") as opened:
            start = opened.read(_ENOUGH_BYTES).decode("utf-8", "replace")
            opened.seek(max(0, opened.seek(0, 2) - _ENOUGH_BYTES))
            end = opened.read().decode("utf-8", "replace")
    except OSError:
        return False
    return (
        is_own_table(start)
        or end.endswith(_ENDS)
        or any(pattern.match(start) for pattern in _STARTS)
    )
