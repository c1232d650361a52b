"""The list of what was put right in one file, kept short where a file is nothing but wreckage."""

from __future__ import annotations

from headnotes.issues import Issue

_LISTED_MAX = 1_000  # of one kind; a damaged episode has some dozens


class RepairLog:
    """Repairs as they are made; beyond a thousand of one kind they are only counted."""

    def __init__(self) -> None:
        self._listed: list[Issue] = []
        self._counts: dict[str, int] = {}
        self._first_unlisted: dict[str, int] = {}

    def note(self, line: int, kind: str, what: str) -> None:
        """Note one repair.

        Args:
            line: of the decoded file, from 1.
            kind: its slug.
            what: what was found and how it was read.
        """
        count = self._counts.get(kind, 0) + 1
        self._counts[kind] = count
        if count <= _LISTED_MAX:
            self._listed.append(Issue(line=line, code=kind, level="info", message=what))
        else:
            self._first_unlisted.setdefault(kind, line)

    def close(self) -> tuple[Issue, ...]:
        """Give all repairs by line; one entry stands for all of a kind that were only counted."""
        rest = [
            Issue(
                line=line,
                code=kind,
                level="info",
                message=f"{self._counts[kind] - _LISTED_MAX} more from here",
            )
            for kind, line in self._first_unlisted.items()
        ]
        return tuple(sorted((*self._listed, *rest), key=lambda repair: repair.line))
