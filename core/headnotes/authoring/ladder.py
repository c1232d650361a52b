"""The ladder of quality: which rung a file reaches, by the issues that a check found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from headnotes.issues import Issue
from headnotes.values import frozen

Rung = Literal["file", "sources", "cases", "languages", "ratings", "strict"]
RUNGS: tuple[Rung, ...] = get_args(Rung)

RUNG_MEANINGS: dict[Rung, str] = {
    "file": "it can be read, everything it names exists, every line fits the screen",
    "sources": "every note rests on something that was read, every source that was read is cited",
    "cases": "every anchor has lines that hit and near misses that do not",
    "languages": "every text speaks all the languages of the title",
    "ratings": "every verdict names its claim, and a second reader has rated it",
    "strict": "nothing left to write, three hits and three misses in each of them, no verdict surer"
    " than its record",
}
"""The ladder of quality, from the lowest rung up (ours)."""

_RUNG_OF_CODE: Mapping[str, Rung] = MappingProxyType(
    {
        "uncited-source": "sources",
        "unread-sources": "sources",
        "no-reason": "sources",
        "no-cases": "cases",
        "idle-cases": "cases",
        "case-does-not-hit": "cases",
        "case-hits": "cases",
        "missing-language": "languages",
        "idle-claim": "sources",
        "unnamed-claim": "ratings",
        "disputed-claim": "ratings",
        "rated-once": "ratings",
        "uncounted-claim": "ratings",
        "placeholder": "strict",
        "few-cases": "strict",
        "unproven": "strict",
        "stronger-headnote": "strict",
        "early-source": "strict",
        "thin-sources": "strict",
        "contradictory-dates": "strict",
        "untested-depiction": "strict",
    }
)


def rung_of(issue: Issue) -> Rung:
    """Return the rung that a file fails to reach by an issue; the lowest by default."""
    return _RUNG_OF_CODE.get(issue.code, "file")


@frozen(kw_only=True)
class Review:
    """One file as checked.

    Attributes:
        file: as the author named it.
        id: of the topic or work; empty where the file cannot be read as one.
        issues: all, in the order of the file; those that only the strict check asks to be
            corrected are warnings.
    """

    file: str
    id: str
    issues: tuple[Issue, ...]

    def asked(self, *, is_strict: bool) -> tuple[Issue, ...]:
        """Return the issues that a check of this rigour asks to be corrected."""
        return tuple(issue for issue in self.issues if is_strict or issue.level == "error")

    @property
    def placeholders(self) -> tuple[Issue, ...]:
        """What its author has still to write."""
        return tuple(issue for issue in self.issues if issue.code == "placeholder")

    @property
    def count_by_rung(self) -> dict[Rung, int]:
        """How many issues stand on each rung, in the order of the ladder."""
        counts = Counter(map(rung_of, self.issues))
        return {rung: counts[rung] for rung in RUNGS}

    @property
    def next_rung(self) -> Rung | None:
        """The lowest rung that is not reached; `None` at the top of the ladder."""
        return next((rung for rung, count in self.count_by_rung.items() if count), None)
