"""What is wrong with a part of a file that can be read; its line and its file are added later."""

from __future__ import annotations

from attrs import evolve, frozen

from headnotes.authoring.findings import Rung

Path = tuple[str | int, ...]
"""Where in the file: `("notes", 3, "cases")`; list positions count from 0."""


@frozen(kw_only=True)
class Flaw:
    """One thing to mend, at a path that is relative to what it was found in.

    Attributes:
        place: what it belongs to, for people: the id of a note or source.
    """

    path: Path
    what: str
    mend: str
    rung: Rung
    is_strict: bool = False
    place: str = ""

    def within(self, *path: str | int, place: str) -> Flaw:
        """Give the same flaw as seen from the whole file."""
        return evolve(self, path=(*path, *self.path), place=place)
