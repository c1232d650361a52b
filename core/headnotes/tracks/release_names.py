"""What file and folder names say: season, episodes, language.

Small rules read the usual ways of writing them; guessit, slow to load, is asked only where they
find no episode and a number is left that might be one, or a word that might have one. Which work
a name means is decided in `recognition`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from headnotes.languages import read_language
from headnotes.lazy import lazy_pattern
from headnotes.model import Language
from headnotes.tracks.numbering import (
    LENGTH_MAX,
    find_episodes,
    find_season,
    fold_name,
    has_word,
)
from headnotes.values import frozen

_MARKS = tuple(
    lazy_pattern(mark, re.IGNORECASE)
    for mark in (
        # S01E04, S01E04-E06, S01E04E05, `S01 E04`; `-720p` after it is no range
        r"(?<![^\W_])s(?P<season>\d{1,2}) ?e(?P<first>\d{1,3})(?!\d)"
        r"(?P<more>(?:[-+&](?:s\d{1,2} ?)?e?\d{1,3}(?![\dp])| ?[-+&]? ?(?:s\d{1,2} ?)?e\d{1,3})*)",
        # 1x04, 1x04-1x05
        r"(?<!\w)(?P<season>\d{1,2})x(?P<first>\d{1,3})(?P<more>(?:[-+&x]\d{1,3})*)(?!\w)",
    )
)
# what says less by itself, and is looked at where no word says more
_WEAK_MARKS = tuple(
    lazy_pattern(mark, re.IGNORECASE)
    for mark in (
        # E04; the season may stand in the name of a folder
        r"(?<!\w)(?P<season>)e ?(?P<first>\d{1,3})(?P<more>(?:[-+&]e?\d{1,3})*)(?!\w)",
        # A Show - 04
        r"(?<!\w)(?P<season>)- (?P<first>\d{1,2})(?P<more>(?:[-+&]\d{1,2})?)(?!\w)",
        # 04, `04 - A Title`, `04 en`: a number that is the whole name, or begins it
        r"\A(?P<season>)(?P<first>\d{1,2})(?P<more>)(?=\Z| - | [a-z]{2,3}\Z)",
    )
)
_SEASON_LETTER = lazy_pattern(r"(?<!\w)s(?P<season>\d{1,2})(?!\w)", re.IGNORECASE)
_AFTER_SEASON = lazy_pattern(r"[ ,-]{1,3}(\d{1,3})(?!\w)")
_YEAR = lazy_pattern(r"[(\[]?(?<!\d)(?:19|20)\d\d(?!\d)[)\]]?")
_RELEASE = lazy_pattern(
    r"(?<!\w)(?:\d{3,4}[pi]|uhd|hdr|web(?:-?dl|-?rip)?|hdtv|dvd(?:rip)?|b[dr]rip|blu-?ray|"
    r"[xh] ?26[45]|hevc|av1|aac|ac3|dts|ddp?\d|proper|repack|complete|multi|internal|"
    r"nf|amzn|atvp|dsnp)(?!\w)",
    re.IGNORECASE,
)
# A film lies in a folder of its own in one of its season in one of its series.
_PARENTS = 3
# More than that in one file are no episodes but the numbers of a release.
_RANGE_MAX = 20


@frozen(kw_only=True)
class FileName:
    """What the name of a file says, with the names of the folders around it.

    Attributes:
        season: `None` where no name has one.
        episodes: numbers in the season, or in the whole run where there is no season.
        language: `None` where the file's name has none.
    """

    season: int | None = None
    episodes: tuple[int, ...] = ()
    language: Language | None = None


def read_file_name(path: Path) -> FileName:
    """Read the name of a subtitle file and of the folders it lies in.

    Args:
        path: need not exist; only names are looked at, of the file and three folders.
    """
    folders = [fold_name(folder) for folder in path.parts[-2 : -2 - _PARENTS : -1]]
    own = fold_name(path.stem)
    season, episodes = next(filter(None, map(_read_episodes, (own, *folders[:1]))), (None, ()))
    if not episodes and _may_have_number(own):
        season, episodes = _ask_guessit(path)
    if season is None:
        # of the name itself, else of the nearest folder that names a season
        season = next((found for name in (own, *folders) if (found := _read_season(name))), None)
    language, _ = read_language(unicodedata.normalize("NFKC", path.stem[:LENGTH_MAX]))
    return FileName(season=season, episodes=episodes, language=language)


def _may_have_number(folded: str) -> bool:
    """Whether it is worth to wait for guessit: a year or the name of a release is no reason."""
    return has_word(folded) or bool(re.search(r"\d", _RELEASE.sub("", _YEAR.sub("", folded))))


def _read_season(folded: str) -> int | None:
    """Find a season without an episode in a name."""
    if in_words := find_season(folded):
        return in_words[0]
    found = _SEASON_LETTER.search(folded)
    return int(found["season"]) if found else None


def _read_episodes(folded: str) -> tuple[int | None, tuple[int, ...]] | None:
    """Find season and episodes in a name: by signs of their own, by words, by signs that say less.

    Returns:
        Both, or nothing where there is no episode.
    """
    if marked := _read_marks(folded, _MARKS):
        return marked
    season, before, after = find_season(folded) or (None, folded, "")
    if episodes := find_episodes(after) or find_episodes(before):
        return season, episodes
    if bare := _AFTER_SEASON.match(after):
        return season, (int(bare[1]),)
    return _read_marks(folded, _WEAK_MARKS)


def _read_marks(
    folded: str, marks: Iterable[re.Pattern[str]]
) -> tuple[int | None, tuple[int, ...]] | None:
    found = next(filter(None, (mark.search(folded) for mark in marks)), None)
    if found is None:
        return None
    numbers = [int(found["first"])]
    # `1x04-1x05` names its season again, while in `1x04x05` an `x` stands before an episode
    more = re.sub(r"(?i)(?<=[-+&])\d{1,2}x", "", found["more"])
    for sign, digits in re.findall(r"([-+&x]?) ?(?:s\d{1,2} ?)?e?(\d{1,3})", more, re.IGNORECASE):
        # `E01-E03` is a range, `E01+E03` are two; `S01E04-720` is neither
        is_range = sign == "-" and numbers[-1] < int(digits) <= numbers[-1] + _RANGE_MAX
        numbers += range(numbers[-1] + 1, int(digits)) if is_range else ()
        numbers.append(int(digits))
    return int(found["season"]) if found["season"] else None, tuple(dict.fromkeys(numbers))


def _ask_guessit(path: Path) -> tuple[int | None, tuple[int, ...]]:
    """Ask guessit for the season and episodes in a name that the small rules cannot read."""
    from guessit import guessit
    from guessit.api import GuessitException

    try:
        found = guessit("/".join(part[:LENGTH_MAX] for part in path.parts[-2:]))
    except GuessitException:  # a bug of it on a strange name; the name then says nothing
        return None, ()
    numbers, season = found.get("episode", found.get("part", ())), found.get("season")
    episodes = tuple(numbers) if isinstance(numbers, list) else (numbers,) if numbers else ()
    return season if episodes and isinstance(season, int) else None, episodes
