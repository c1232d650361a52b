"""What a check found, each thing with its place and with the rung of the ladder it belongs to."""

from __future__ import annotations

from collections import Counter
from typing import Literal, get_args

from attrs import frozen

from headnotes.issues import Issue

Rung = Literal["file", "sources", "cases", "languages", "strict"]
RUNGS: tuple[Rung, ...] = get_args(Rung)

RUNG_MEANINGS: dict[Rung, str] = {
    "file": "it can be read, everything it names is there, every line fits the screen",
    "sources": "every note rests on something that was read, every source is cited",
    "cases": "every anchor has lines that hit and near misses that do not",
    "languages": "every note speaks English and German",
    "strict": "three hits and three misses in each of them",
}
"""The ladder of quality, from the lowest rung up (ours)."""


@frozen(kw_only=True)
class Finding:
    """One thing to mend in a topic or work file.

    Attributes:
        file: as the author named it.
        line: from 1.
        place: the note, source or key it is about; may be empty.
        what: what is wrong, with the value.
        mend: what to do about it.
        rung: what the file fails to reach by it.
        is_strict: whether only the strict check asks for it.
    """

    file: str
    line: int
    place: str
    what: str
    mend: str
    rung: Rung
    is_strict: bool = False

    @property
    def problem(self) -> Issue:
        """The same, as Headnotes says all that a user can mend."""
        place = f": {self.place}" if self.place else ""
        return Issue(
            path=f"{self.file}:{self.line}{place}",
            code="bad-value",
            message=self.what,
            hint=self.mend,
        )

    def __str__(self) -> str:
        return str(self.problem)


@frozen(kw_only=True)
class Review:
    """One file as checked.

    Attributes:
        file: as the author named it.
        id: of the topic or work; empty where the file cannot be read as one.
        findings: all, strict ones too, in the order of the file.
    """

    file: str
    id: str
    findings: tuple[Finding, ...]

    def asked(self, *, is_strict: bool) -> tuple[Finding, ...]:
        """Give the findings that a check of this rigour asks to be mended."""
        return tuple(one for one in self.findings if is_strict or not one.is_strict)

    @property
    def count_by_rung(self) -> dict[Rung, int]:
        """How many findings stand on each rung, in the order of the ladder."""
        counts = Counter(one.rung for one in self.findings)
        return {rung: counts[rung] for rung in RUNGS}

    @property
    def next_rung(self) -> Rung | None:
        """The lowest rung that is not reached; `None` at the top of the ladder."""
        return next((rung for rung, count in self.count_by_rung.items() if count), None)
