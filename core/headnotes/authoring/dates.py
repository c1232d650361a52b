"""Dates as running text says them, in the months of each language's own data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from headnotes.languages import language_data
from headnotes.model import Language
from headnotes.values import NamedTuple

_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
_PLAIN_YEAR = re.compile(rf"(?<![\d.,–-]){_YEAR}(?![\d–-]|[.,/]\d)")


class SaidDate(NamedTuple):
    """A date as far as a text says it; what it leaves out is `None`.

    Attributes:
        text: as written.
        start: offset in the text.
    """

    year: int | None
    month: int | None
    day: int | None
    text: str
    start: int

    @property
    def precision(self) -> str:
        """Whether it is a day, a month or a year."""
        return "day" if self.day else "month" if self.month else "year"

    def may_be(self, other: SaidDate) -> bool:
        """Whether both may mean the same day, as far as both say."""
        return all(
            mine is None or theirs is None or mine == theirs
            for mine, theirs in zip(self[:3], other[:3], strict=True)
        )


def read_dates(text: str, language: Language) -> Iterator[SaidDate]:
    """Find the dates of a text: those that name a month, then plain years.

    A month alone counts where it has its capital as the text's beginning has, so that neither
    "may" nor "march" is taken for one; in a language without capitals every month counts.
    """
    months = language_data(language).hedges.months
    if not months:
        return
    rest = [*text]
    for match in _month_pattern(months).finditer(text):
        day, month, year = match.groups()
        if not day and not year and not _is_name(text, match.start(2)):
            continue
        rest[match.start() : match.end()] = " " * len(match[0])
        yield SaidDate(
            year=int(year) if year else None,
            month=months.index(month.lower()) + 1,
            day=int(day) if day else None,
            text=match[0],
            start=match.start(),
        )
    for match in _PLAIN_YEAR.finditer("".join(rest)):
        yield SaidDate(int(match[0]), None, None, match[0], match.start())


def make_date(year: int, month: int, day: int) -> date | None:
    """Return a day of the calendar, or nothing where it has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_pattern(months: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, months))
    return re.compile(rf"(?:\b(\d{{1,2}})\.? )?\b({names})\b(?:,? ({_YEAR})\b)?", re.IGNORECASE)


def _is_name(text: str, start: int) -> bool:
    """Whether a word is written as a name: with a capital, and not only because it begins."""
    return text[start].isupper() and start > 0
