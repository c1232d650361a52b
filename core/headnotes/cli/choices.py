"""Names that users give: finding what they stand for, or saying what they may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from headnotes.issues import Issue, UsageError, near_name

Thing = TypeVar("Thing")


def look_up(name: str, known: Mapping[str, Thing], where: str) -> Thing:
    """Give what a name stands for.

    Args:
        name: as the user wrote it.
        known: all there is, by name.
        where: the option or argument, for the message.

    Raises:
        UsageError: nothing has that name; says which names are near, and all there are.
    """
    if name not in known:
        mend = f"{near_name(name, list(known))}known: {', '.join(known) or 'none'}"
        raise UsageError(
            Issue(path=where, code="unknown-name", message=f"unknown {name!r}", hint=mend)
        )
    return known[name]
