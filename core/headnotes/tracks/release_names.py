"""What file and folder names say: season, episodes, language.

A small rule reads the usual ways of writing them; guessit, slow to load, is asked only where the
rule finds no episode and a number is left that might be one. Which work a name means is decided
in `recognition`.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from attrs import frozen

from headnotes.languages import read_language
from headnotes.model import Language

_SEASON_WORD = r"(?:season|series|staffel|saison|temporada|stagione|sezon)"
_EPISODE_WORD = r"(?:episode|epis|ep|e|folge|teil|episodio|odcinek|aflevering|afsnit|avsnitt)"
_MARKS = tuple(
    re.compile(mark, re.IGNORECASE)
    for mark in (
        # S01E04, S01E04-E06, S01E04E05, `S01 E04`; `-720p` after it is no range
        r"(?<![^\W_])s(?P<season>\d{1,2}) ?e(?P<first>\d{1,3})(?!\d)"
        r"(?P<more>(?:[-+&](?:s\d{1,2} ?)?e?\d{1,3}(?![\dp])| ?[-+&]? ?(?:s\d{1,2} ?)?e\d{1,3})*)",
        # 1x04, 1x04-1x05
        r"(?<!\w)(?P<season>\d{1,2})x(?P<first>\d{1,3})(?P<more>(?:[-+&x]\d{1,3})*)(?!\w)",
        # Season 1 Episode 4, Staffel 1 - Folge 4
        rf"(?<!\w){_SEASON_WORD} ?(?P<season>\d{{1,2}})(?!\d)[ ,-]{{0,3}}"
        rf"{_EPISODE_WORD}? ?(?P<first>\d{{1,3}})(?P<more>(?:[-+&]\d{{1,3}})*)(?!\w)",
        # Episode 4, Folge 4, E04; the season may stand in the name of a folder
        rf"(?<!\w)(?P<season>){_EPISODE_WORD} ?(?P<first>\d{{1,3}})(?P<more>(?:[-+&]\d{{1,3}})*)"
        r"(?!\w)",
        # A Show - 04
        r"(?<!\w)(?P<season>)- (?P<first>\d{1,2})(?P<more>(?:[-+&]\d{1,2})?)(?!\w)",
        # 04, `04 - A Title`, `04 en`: a number that is the whole name, or begins it
        r"\A(?P<season>)(?P<first>\d{1,2})(?P<more>)(?=\Z| - | [a-z]{2,3}\Z)",
    )
)
_SEASON_FOLDER = re.compile(
    rf"(?<!\w)(?:{_SEASON_WORD} ?|s)(?P<season>\d{{1,2}})(?!\w)", re.IGNORECASE
)
_SPACES = re.compile(r"[\s._]+")
_YEAR = re.compile(r"[(\[]?(?<!\d)(?:19|20)\d\d(?!\d)[)\]]?")
_RELEASE = re.compile(
    r"(?<!\w)(?:\d{3,4}[pi]|uhd|hdr|web(?:-?dl|-?rip)?|hdtv|dvd(?:rip)?|b[dr]rip|blu-?ray|"
    r"[xh] ?26[45]|hevc|av1|aac|ac3|dts|ddp?\d|proper|repack|complete|multi|internal|"
    r"nf|amzn|atvp|dsnp)(?!\w)",
    re.IGNORECASE,
)
_LENGTH_MAX = 255  # file systems know no longer names
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
    own = _space(path.stem)
    folders = [_space(folder) for folder in path.parts[-2 : -2 - _PARENTS : -1]]
    season, episodes = next(filter(None, map(_read_episodes, (own, *folders[:1]))), (None, ()))
    # a year or the name of a release is no reason to wait for guessit
    if not episodes and re.search(r"\d", _RELEASE.sub("", _YEAR.sub("", own))):
        season, episodes = _ask_guessit(path)
    # the nearest folder that names a season
    if season is None:
        found = next(filter(None, map(_SEASON_FOLDER.search, folders)), None)
        season = int(found["season"]) if found else None
    return FileName(season=season, episodes=episodes, language=read_language(own)[0])


def _space(text: str) -> str:
    """Put spaces where names have points and underscores."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text[:_LENGTH_MAX])).strip()


def _read_episodes(text: str) -> tuple[int | None, tuple[int, ...]] | None:
    """Find season and episodes in a name."""
    found = next(filter(None, (mark.search(text) for mark in _MARKS)), None)
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
    """Ask guessit for the season and episodes in a name that the small rule cannot read."""
    from guessit import guessit
    from guessit.api import GuessitException

    try:
        found = guessit("/".join(part[:_LENGTH_MAX] for part in path.parts[-2:]))
    except GuessitException:  # a bug of it on a strange name; the name then says nothing
        return None, ()
    numbers, season = found.get("episode", ()), found.get("season")
    episodes = tuple(numbers) if isinstance(numbers, list) else (numbers,) if numbers else ()
    return season if episodes and isinstance(season, int) else None, episodes
