"""Which work the names of a file and its folders mean: by titles and by years.

Of the titles that stand in a name the longest counts: *Chernobyl Diaries* is not *Chernobyl*. A
year behind a title must be one in which the work was shown, give or take one, for premieres differ
from country to country. Works of one title differ by their years, then by whether the file
has the number of an episode.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from headnotes.languages import forget_with_languages
from headnotes.lazy import lazy_pattern
from headnotes.matching import fold_spellings, fold_word, split_words
from headnotes.model import EpisodeId, Work, WorkSeason
from headnotes.values import NamedTuple

_YEAR = lazy_pattern(r"(?<!\d)(?:18[89]\d|19\d\d|20\d\d)(?!\d)")
_YEARS_APART = 1
_EPISODE_MARK = lazy_pattern(r"\b(?:s\d{1,2} ?e\d|\d{1,2}x\d|e\d)", re.IGNORECASE)
# scripts whose titles touch what stands around them: of China, Japan and Thailand
_UNSPACED = (("\u0e00", "\u0e7f"), ("\u2e80", "\u9fff"), ("\uf900", "\ufaff"))
_SHORT = 4
_SHORT_UNSPACED = 3
"""A title of fewer letters is too often a word of another one, so it must begin a name."""


class Named(NamedTuple):
    """What the names around a file say of its work.

    Attributes:
        works: that are meant; several where nothing tells namesakes apart, none where no title is
            there.
        name: in which the title stands.
        own_season: whose title stands there instead of that of the work, so that a season `S01` in
            the name is this one; `None` for the title of the work.
        season: that a title or a year behind that of the work means; `None` where none does.
        others: works whose title is there with a year in which they were not shown, and that year.
    """

    works: tuple[Work, ...] = ()
    name: str = ""
    own_season: int | None = None
    season: int | None = None
    others: tuple[tuple[Work, int], ...] = ()


class _Title(NamedTuple):
    """A title that stands in a name.

    Attributes:
        size: its letters.
        start: where it begins.
        rest: the name after it.
        season: the one it is a title of; `None` for those of the whole work.
    """

    size: int
    start: int
    rest: str
    season: int | None

    @property
    def years(self) -> list[int]:
        """The years behind it, before the number of an episode."""
        return [*map(int, _YEAR.findall(_EPISODE_MARK.split(self.rest)[0]))]


def find_named(works: Iterable[Work], names: Sequence[str], *, has_episode: bool) -> Named:
    """Return which of some works the names around a file mean.

    Args:
        works: all that are known.
        names: of the file and the folders around it, nearest first, without endings.
        has_episode: whether they have the number of an episode.
    """
    left: list[Work] = []
    others: list[tuple[Work, int]] = []
    for work in works:
        year = _find_other_year(work, names)
        if year is None:
            left.append(work)
        else:
            others.append((work, year))
    for name in names:
        found = [(title, work) for work in left if (title := find_title(work, name))]
        if not found:
            continue
        best = min((-title.size, title.start) for title, _ in found)
        alike = [pair for pair in found if (-pair[0].size, pair[0].start) == best]
        chosen = _tell_apart(alike, has_episode=has_episode)
        meant = tuple(work for _, work in chosen)
        if len(meant) > 1:
            return Named(meant, name, others=tuple(others))
        title, work = chosen[0]
        return Named(meant, name, title.season, _find_season(work, title), tuple(others))
    return Named(others=tuple(others))


def find_title(work: Work, name: str) -> _Title | None:
    """Return the longest title of a work, or of one of its seasons, that stands in a name."""
    whole = [(title, None) for title in (*work.title.values(), *work.aliases, work.id)]
    seasons = [(title, season.number) for season in work.seasons for title in season.aliases]
    found = (_place(title, name, season) for title, season in (*whole, *seasons))
    return min(filter(None, found), key=lambda title: (-title.size, title.start), default=None)


def find_episode(work: Work, name: str) -> EpisodeId | None:
    """Return the episode whose own title stands in a name behind that of the work.

    Of several the one with the longest title is meant; `None` where none is there.
    """
    title = find_title(work, name)
    if title is None:
        return None
    placed = [
        (found.size, episode.id)
        for episode in work.episodes
        for text in episode.title.values()
        if (found := _place(text, title.rest, None))
    ]
    longest = max((size for size, _ in placed), default=0)
    meant = {known for size, known in placed if size == longest}
    return meant.pop() if len(meant) == 1 else None


# ---------------------------------------------------------------------------- titles in names


def _place(title: str, name: str, season: int | None) -> _Title | None:
    """Return where a title stands in a name, first, as words in a row; umlauts may be transcribed.

    One of a script without spaces need not be a word of its own.
    """
    if any(first <= letter <= last for first, last in _UNSPACED for letter in title):
        joined, inside = ("".join(map(fold_word, split_words(text))) for text in (title, name))
        start = inside.find(joined)
        is_there = bool(joined) and start >= 0 and (start == 0 or len(joined) >= _SHORT_UNSPACED)
        rest = inside[start + len(joined) :]
        return _Title(len(joined), start, rest, season) if is_there else None
    words, among = _spell(title), _fold_all(name)
    size = sum(len(forms[0]) for forms in words if forms)
    is_short = len(words) == 1 and (size < _SHORT or title.isdecimal())
    for start in range(1 if is_short else len(among) - len(words) + 1):
        there = among[start : start + len(words)]
        if words and len(there) == len(words) and all(map(_is_among, there, words)):
            return _Title(size, start, " ".join(among[start + len(words) :]), season)
    return None


# Each title is looked for in the names of every file, and each name for every title.
@forget_with_languages
@lru_cache(maxsize=1 << 12)
def _spell(title: str) -> Sequence[Sequence[str]]:
    """Return the words of a title, each in the folded forms that it may have."""
    return tuple(map(fold_spellings, split_words(title)))


@forget_with_languages
@lru_cache(maxsize=1 << 6)
def _fold_all(name: str) -> Sequence[str]:
    return tuple(map(fold_word, split_words(name)))


def _is_among(word: str, forms: Sequence[str]) -> bool:
    return word in forms


# ---------------------------------------------------------------------- years and namesakes


def _find_other_year(work: Work, names: Iterable[str]) -> int | None:
    """Return a year that stands behind a title of a work, in which it was not shown."""
    span = work.span
    for name in names if span else ():
        title = find_title(work, name)
        if title and title.years and not any(_was_shown(work, year) for year in title.years):
            return title.years[-1]
    return None


def _was_shown(work: Work, year: int) -> bool:
    span = work.span
    return span is not None and span[0] - _YEARS_APART <= year <= span[1] + _YEARS_APART


def _tell_apart(
    alike: list[tuple[_Title, Work]], *, has_episode: bool
) -> list[tuple[_Title, Work]]:
    """Leave out of works of one title those that others are likelier than."""
    dated = [(title, work) for title, work in alike if any(_dates(title, work))]
    alike = dated or alike
    fitting = [(title, work) for title, work in alike if work.is_film != has_episode]
    return fitting or alike


def _dates(title: _Title, work: Work) -> Iterator[bool]:
    return (_was_shown(work, year) for year in title.years)


def _find_season(work: Work, title: _Title) -> int | None:
    """Return the season that its own title, or else its year, behind that of the work means."""
    titled = [season for season in work.seasons if _is_titled(season, title.rest)]
    dated = [season for season in work.seasons if season.year in title.years]
    meant = titled or dated
    return meant[0].number if len(meant) == 1 else None


def _is_titled(season: WorkSeason, rest: str) -> bool:
    texts = (*season.title.values(), *season.aliases)
    return any(_place(text, rest, None) for text in texts)
