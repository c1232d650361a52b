"""What file and folder names say: title, season, episodes, language, flags.

A small rule reads the usual ways of writing them; guessit, slow to load, is asked only where the
rule finds no episode and a number is left that might be one. Which work a title belongs to is
decided in `works`.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from attrs import evolve, frozen

from headnotes.languages import FLAGS, find_language, read_language
from headnotes.model import Language

_SEASON_WORD = r"(?:season|series|staffel|saison|temporada|stagione|sezon)"
_EPISODE_WORD = r"(?:episode|epis|ep|e|folge|teil|episodio|odcinek|aflevering|afsnit|avsnitt)"
_MARKS = tuple(
    re.compile(mark, re.IGNORECASE)
    for mark in (
        r"(?<![^\W_])s(?P<season>\d{1,2}) ?e(?P<first>\d{1,3})(?!\d)"
        r"(?P<more>(?:[-+&](?:s\d{1,2} ?)?e?\d{1,3}(?![\dp])| ?[-+&]? ?(?:s\d{1,2} ?)?e\d{1,3})*)",
        r"(?<!\w)(?P<season>\d{1,2})x(?P<first>\d{1,3})(?P<more>(?:[-+&x]\d{1,3})*)(?!\w)",
        rf"(?<!\w){_SEASON_WORD} ?(?P<season>\d{{1,2}})(?!\d)[ ,-]{{0,3}}"
        rf"{_EPISODE_WORD}? ?(?P<first>\d{{1,3}})(?P<more>(?:[-+&]\d{{1,3}})*)(?!\w)",
        rf"(?<!\w)(?P<season>){_EPISODE_WORD} ?(?P<first>\d{{1,3}})(?P<more>(?:[-+&]\d{{1,3}})*)"
        r"(?!\w)",
        r"(?<!\w)(?P<season>)- (?P<first>\d{1,2})(?P<more>(?:[-+&]\d{1,2})?)(?!\w)",
        r"\A(?P<season>)(?P<first>\d{1,2})(?P<more>)(?=\Z| - | [a-z]{2,3}\Z)",
    )
)
_SEASON_FOLDER = re.compile(
    rf"(?<!\w)(?:{_SEASON_WORD} ?|s)(?P<season>\d{{1,2}})(?!\w)", re.IGNORECASE
)
_SPACES = re.compile(r"[\s._]+")
_GROUP = re.compile(r"\A(?:\[[^\]]*\]|\([^)]*\)) ?")
_YEAR = re.compile(r"[(\[]?(?<!\d)(?:19|20)\d\d(?!\d)[)\]]?")
_RELEASE = re.compile(
    r"(?<!\w)(?:\d{3,4}[pi]|uhd|hdr|web(?:-?dl|-?rip)?|hdtv|dvd(?:rip)?|b[dr]rip|blu-?ray|"
    r"[xh] ?26[45]|hevc|av1|aac|ac3|dts|ddp?\d|proper|repack|complete|multi|internal|"
    r"nf|amzn|atvp|dsnp)(?!\w)",
    re.IGNORECASE,
)
_NO_TITLES = frozenset({"subs", "sub", "subtitles", "subtitle", "untertitel", "featurettes", ""})
_LENGTH_MAX = 255  # file systems know no longer names
_PARENTS = 3
_RANGE_MAX = 20


@frozen(kw_only=True)
class FileName:
    """What the name of a file says, with the names of the folders around it.

    Attributes:
        title: most likely title of the work: lower-case words with single spaces; may be empty.
        titles: all titles that file and folders may mean, nearest first, in the same form.
        season: `None` where no name has one.
        episodes: numbers in the season, or in the whole run where there is no season.
        language: `None` where the file's name has none.
        flags: `sdh`, `forced`, `default`.
        how: who said so: `file name`, `folder name`, `guessit`; empty where there is no episode.
    """

    title: str = ""
    titles: tuple[str, ...] = ()
    season: int | None = None
    episodes: tuple[int, ...] = ()
    language: Language | None = None
    flags: frozenset[str] = frozenset()
    how: str = ""


def read_file_name(path: Path) -> FileName:
    """Read the name of a subtitle file and of the folders it lies in.

    Args:
        path: need not exist; only names are looked at, of the file and three folders.
    """
    own = _space(path.stem)
    folders = [_space(folder) for folder in path.parts[-2 : -2 - _PARENTS : -1]]
    language, flags = read_language(own)
    name = FileName(language=language, flags=flags)
    for how, text in (("file name", own), *(("folder name", folder) for folder in folders[:1])):
        if episodes := _read_episodes(text):
            season, numbers = episodes
            name = evolve(name, season=season, episodes=numbers, how=how)
            break
    else:
        if re.search(r"\d", _RELEASE.sub("", _YEAR.sub("", own))):
            name = _ask_guessit(path, name)
    if name.season is None:
        found = next(filter(None, map(_SEASON_FOLDER.search, folders)), None)
        name = evolve(name, season=int(found["season"])) if found else name
    read = (name.title, *map(_read_title, (own, *folders)))
    titles = tuple(dict.fromkeys(filter(None, read)))
    return evolve(name, title=next(iter(titles), ""), titles=titles)


def _space(text: str) -> str:
    """Put spaces where names have points and underscores."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text[:_LENGTH_MAX])).strip()


def _read_episodes(text: str) -> tuple[int | None, tuple[int, ...]] | None:
    """Find season and episodes in a name."""
    found = next(filter(None, (mark.search(text) for mark in _MARKS)), None)
    if found is None:
        return None
    numbers = [int(found["first"])]
    for sign, digits in re.findall(
        r"([-+&x]?) ?(?:s\d{1,2} ?)?e?(\d{1,3})", found["more"], re.IGNORECASE
    ):
        is_range = sign == "-" and numbers[-1] < int(digits) <= numbers[-1] + _RANGE_MAX
        numbers += range(numbers[-1] + 1, int(digits)) if is_range else ()
        numbers.append(int(digits))
    return int(found["season"]) if found["season"] else None, tuple(dict.fromkeys(numbers))


def _read_title(text: str) -> str:
    """Cut a name down to the title of a work."""
    text = _GROUP.sub("", text)
    cuts = [found.start() for mark in (*_MARKS, _SEASON_FOLDER) if (found := mark.search(text))]
    cuts += [found.start() for mark in (_YEAR, _RELEASE) if (found := mark.search(text, 1))]
    words = re.findall(r"[^\W_]+", text[: min(cuts, default=len(text))].casefold())
    while len(words) > 1 and (find_language(words[-1]) or words[-1] in FLAGS):
        words.pop()
    title = " ".join(words)
    is_title = not (title.isdecimal() or title in _NO_TITLES or find_language(title))
    return title if is_title else ""


def _ask_guessit(path: Path, name: FileName) -> FileName:
    """Ask guessit about a name that the small rule cannot read."""
    from guessit import guessit
    from guessit.api import GuessitException

    try:
        found = guessit("/".join(part[:_LENGTH_MAX] for part in path.parts[-2:]))
    except GuessitException:  # a bug of it on a strange name; the name then says nothing
        return name
    numbers, season = found.get("episode", ()), found.get("season")
    episodes = tuple(numbers) if isinstance(numbers, list) else (numbers,) if numbers else ()
    if not episodes:
        return name
    title = " ".join(re.findall(r"[^\W_]+", str(found.get("title", "")).casefold()))
    return evolve(
        name,
        title=title,
        season=season if isinstance(season, int) else None,
        episodes=episodes,
        how="guessit",
    )
