"""What Headnotes knows of each language: one file `TAG.toml` per language, and nothing in code.

A run looks for every language in the names of its files and in the dialogue, so it reads all the
files once, but of each only its head: what stands before the first table of messages. What is in
them is kept for the next run. That takes a few milliseconds; babelfish, which has names and codes
of more languages, takes more than fifty to be imported.

Plugins may bring further files, which are laid over ours: what they say goes, the rest stays.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from headnotes import cache as cache_folder
from headnotes.languages.tags import FALLBACK, base_language, choose_local
from headnotes.later import Later, put_off
from headnotes.model import Language, Profile
from headnotes.values import field, frozen

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper
    from importlib.resources.abc import Traversable

FOLDER = Path(__file__).parent

_HAS_MESSAGES = "has messages"
"""A key beside those of the files, none of which has a space in it."""

TABLE_HEADER = r"^[ \t]*\[[ \t]*([\w.-]+)[ \t]*\]"
"""Of a table in a file, whose name it catches."""

Direction = Literal["ltr", "rtl"]
"""Which way a language is written."""

_added: dict[Language, list[Path | Traversable]] = {}

_cached: list[_lru_cache_wrapper[Any]] = []

_Answer = TypeVar("_Answer")


def cache_by_languages(function: Callable[..., _Answer]) -> _lru_cache_wrapper[_Answer]:
    """Return a function that remembers its answers for as long as no language is added."""
    return forget_with_languages(cache(function))


def forget_with_languages(cached: _lru_cache_wrapper[_Answer]) -> _lru_cache_wrapper[_Answer]:
    """Return a function that remembers, and have it forget its answers when a language is added."""
    _cached.append(cached)
    return cached


def forget_languages() -> None:
    """Forget all that was remembered of languages: one of them has changed."""
    for cached in _cached:
        cached.cache_clear()


@frozen(kw_only=True)
class LineBreakWords:
    """Small words of one language, by what they ask of a line break beside them.

    Attributes:
        conjunctions, prepositions: a break is good before them, bad after a preposition.
        clinging: articles, pronouns, possessives; they belong to the word that follows.
        helping: auxiliaries and negations; better not torn from what follows, good to begin with.
        shortened: abbreviations whose full stop ends no sentence.
        adjective_ends: how adjectives end, as far as the eye can tell.
        capitals: what begins with a capital inside a sentence, `names` or all `nouns`; empty
            where it tells nothing.
    """

    conjunctions: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    clinging: frozenset[str] = frozenset()
    helping: frozenset[str] = frozenset()
    shortened: frozenset[str] = frozenset()
    adjective_ends: tuple[str, ...] = ()
    capitals: str = ""


@frozen(kw_only=True)
class Openings:
    """How a line of one language denies or corrects at once, in lower case without punctuation.

    Attributes:
        begin: words or phrases that it begins with.
        soon: phrases among its first five words.
        deceptive: beginnings that look like denials and are none.
        good, bad: examples, whole lines; tests hold the rule to them.
    """

    begin: tuple[str, ...]
    soon: tuple[str, ...] = ()
    deceptive: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


@frozen(kw_only=True)
class Hedges:
    """Words and phrases that make a statement weaker, in lower case, and what they limit.

    Attributes:
        unproven: that something cannot be settled, which no sure verdict goes with.
        opening: parts of a source that bear no argument: what precedes it, or retells the work.
        about: that a number is not exact.
        since: that a time begins or ends where a number says.
        account: that somebody says so.
        partly, abroad: that it is so of a part, or only elsewhere.
        press: what is printed before anybody can know how things went.
        months: their twelve names, by which a day is known.
        limits: that something was before or after a date, not on it.
        once: groups of words for what happens to somebody or something a single time.
    """

    unproven: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    abroad: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    press: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


@frozen(kw_only=True)
class Numbering:
    """How names of files number seasons and episodes in one language.

    In a form `#` stands for the number: `Folge #`, `# серия`, `第#集`. Where an episode's form has
    two, the second is how many there are: `# of #`.
    """

    seasons: tuple[str, ...] = ()
    episodes: tuple[str, ...] = ()


@frozen(kw_only=True)
class WordRules:
    """How the words of one language are compared.

    Attributes:
        elided: small words that lose their vowel before another and are joined to it by an
            apostrophe (`l'iode`, `dell'acqua`), without it; they are dropped.
        attached: small words and articles that are written as one with the word after them
            (`والبيت`, `בבית`); a word of a term is found behind them.
        joins_endings: whether endings are joined to names by an apostrophe (`Berlin'de`).
        is_assumed: whether dialogue of unknown language is taken for one that may be this one.
    """

    elided: frozenset[str] = frozenset()
    attached: tuple[str, ...] = ()
    joins_endings: bool = False
    is_assumed: bool = False


@frozen(kw_only=True)
class LanguageData(Later):
    """One language, as its file describes it; `en.toml` explains the keys.

    Attributes:
        tag: its first part alone, `de`.
        codes: of ISO 639-2, first the one that Matroska and ffmpeg store.
        names: other words by which file names call it, in lower case.
        kin: languages that detection does not tell from this one.
        small_words: its commonest words in dialogue.
        characters: the first and the last of its script, `a-z`; empty for Latin.
        characters_share: the share of all letters from which on these decide.
        letters: letters of a shared script that only this language uses.
        numbering: of seasons and episodes in file names.
        titles: of profiles in file names, by the profile's name.
        labels: of headnotes, by verdict; `omission` and `context` for notes without one.
        former_labels: of earlier versions, by which their tracks are known.
        legend: the line that explains the labels; empty for none.
        openings: how a line denies or corrects at once; `None`: lines are not held to it.
        hedges: by which a headnote is compared with its record; none in most languages.
        line_breaks: where a headnote of two lines may break.
        direction: which way it is written.
        words: how its words are compared.
        note_cps: how many characters a second of a headnote are read at leisure (N1).
        line_chars: how many characters a line of a headnote has at most.
        plural_rule: which of the forms of a message a number takes, as gettext writes it.
        has_messages: whether it has words for reports, which `read_messages` returns.
    """

    tag: Language
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    kin: tuple[Language, ...] = ()
    small_words: frozenset[str] = frozenset()
    characters: str = ""
    characters_share: float = 0.4
    letters: str = ""
    numbering: Numbering = Numbering()
    titles: Mapping[str, str] = field(factory=dict)
    labels: Mapping[str, str] = field(factory=dict)
    former_labels: tuple[str, ...] = ()
    legend: str = ""
    openings: Openings | None = None
    hedges: Hedges = Hedges()
    line_breaks: LineBreakWords = LineBreakWords()
    direction: Direction = "ltr"
    words: WordRules = WordRules()
    note_cps: int = 13
    line_chars: int = 42
    plural_rule: str = "n != 1"
    has_messages: bool = False


def add_language_files(files: Iterable[Path | Traversable]) -> None:
    """Lay files `TAG.toml` over what is known of their languages, for the rest of the process.

    A table of frequencies, `common_words.TAG.txt`, is taken from beside a file.
    """
    for file in files:
        listed = _added.setdefault(Path(file.name).stem, [])
        if file not in listed:
            listed.append(file)
    forget_languages()


@cache_by_languages
def language_tags() -> tuple[Language, ...]:
    """Return the tags of all languages that have a file, in the order of the alphabet."""
    names = os.listdir(FOLDER)  # noqa: PTH208  # names are enough
    own = (name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    return tuple(sorted({*own, *_added}))


@cache_by_languages
def language_data(language: Language) -> LanguageData:
    """Return what is known of a language; of one without a file, its tag alone."""
    tag = base_language(language)
    if tag not in language_tags():
        return LanguageData(tag=tag)
    return _make_data(tag, _read_heads(FOLDER, language_tags())[tag])


@cache_by_languages
def _read_heads(folder: Path, tags: Sequence[Language]) -> Mapping[Language, dict[str, Any]]:
    """Return the heads of all files of languages, which are shared: nobody may change them."""
    return _keep("heads", _read_all_files(folder, tags), _read_head)


def _read_head(texts: Sequence[str]) -> dict[str, Any]:
    """Return the data of the heads of a language's files, and whether there are messages behind."""
    return {**_lay(map(_cut_head, texts)), _HAS_MESSAGES: any(map(_has_messages, texts))}


@cache_by_languages
def _read_all_files(folder: Path, tags: Sequence[Language]) -> Mapping[Language, list[bytes]]:
    return {tag: _read_files(folder, tag) for tag in tags}


def _keep(
    part: str,
    files: Mapping[Language, Sequence[bytes]],
    read: Callable[[Sequence[str]], dict[str, Any]],
) -> Mapping[Language, dict[str, Any]]:
    """Return data of files by language, as an earlier run read them where it can be.

    Args:
        part: which part of them it is; of each one is kept.
        files: of each language, the later ones laid over the earlier.
        read: returns the data of the files of one.
    """
    counts = [f"{tag} {len(some)}" for tag, some in files.items()]
    place = f"{cache_folder.fingerprint(map(str.encode, ('languages', part, *counts)))}.json"
    parts = (content for some in files.values() for content in some)
    key = cache_folder.fingerprint((_fingerprint_code().encode(), *parts))
    tables = cache_folder.load(place, key)
    if type(tables) is dict and tables.keys() == files.keys() and _are_tables(tables.values()):
        return tables
    tables = {tag: read([*map(_decode, some)]) for tag, some in files.items()}
    cache_folder.store(place, key, tables)
    return tables


def _decode(content: bytes) -> str:
    # editors of Windows put a mark before the text
    return content.decode().removeprefix("\ufeff").replace("\r\n", "\n")


def _fingerprint_code() -> str:
    try:
        return cache_folder.fingerprint_code(str(FOLDER))
    except OSError:  # it lies in an archive
        return ""


def _are_tables(values: Iterable[object]) -> bool:
    return all(type(value) is dict for value in values)


def all_languages() -> tuple[LanguageData, ...]:
    """Return what is known of every language, by tag."""
    return tuple(map(language_data, language_tags()))


@cache_by_languages
def read_messages(tag: Language) -> Mapping[str, Any]:
    """Return the words of a language for reports: texts, lists of plural forms, and tables."""
    table = _keep("messages", {tag: _read_all_files(FOLDER, language_tags())[tag]}, _lay)[tag]
    return {key: value for key, value in table.items() if key not in HEAD_KEYS}


def find_table(tag: Language) -> Path | Traversable | None:
    """Return the file of a language's common words; `None` where it has none."""
    name = f"common_words.{tag}.txt"
    folders: list[Any] = [FOLDER]
    # a file inside an archive cannot say what lies beside it
    folders += [file.parent for file in _added.get(tag, ()) if isinstance(file, Path)]
    return next((place / name for place in folders if (place / name).is_file()), None)


@cache_by_languages
def fingerprint_languages() -> str:
    """Return what is different where what is known of languages is, be it ours or from plugins.

    That is the code and the files; of our tables, which are large, the names and sizes.

    Raises:
        OSError: one of them cannot be read any more, or lies in an archive.
    """
    parts = [cache_folder.fingerprint_code(str(FOLDER)).encode()]
    parts += (f"{own.name} {own.stat().st_size}".encode() for own in _list_tables())
    for tag, contents in _read_all_files(FOLDER, language_tags()).items():
        parts += tag.encode(), *contents
    for tag in sorted(_added):
        if (table := find_table(tag)) is not None:
            parts += tag.encode(), table.read_bytes()
    return cache_folder.fingerprint(parts)


def _list_tables() -> list[os.DirEntry[str]]:
    with os.scandir(FOLDER) as found:
        return sorted((file for file in found if file.name.endswith(".txt")), key=_name_of)


def _name_of(file: os.DirEntry[str]) -> str:
    return file.name


def _read_files(folder: Path, tag: Language) -> list[bytes]:
    try:
        with open(f"{folder}/{tag}.toml", "rb") as own:  # noqa: PTH123  # there are many
            contents = [own.read()]
    except FileNotFoundError:
        contents = []
    return [*contents, *(file.read_bytes() for file in _added.get(tag, ()))]


def _lay(texts: Iterable[str]) -> dict[str, Any]:
    """Return the data of several texts, the later ones laid over the earlier."""
    import tomli

    laid: dict[str, Any] = {}
    for text in texts:
        _lay_over(laid, tomli.loads(text))
    return laid


def _lay_over(under: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(under.get(key), dict):
            _lay_over(under[key], value)
        else:
            under[key] = value


def _cut_head(text: str) -> str:
    """Return a file up to its first table of messages."""
    end = _find_messages(text)
    return text if end is None else text[:end]


def _has_messages(text: str) -> bool:
    return _find_messages(text) is not None


def _find_messages(text: str) -> int | None:
    headers = re.finditer(TABLE_HEADER, text, re.MULTILINE)
    return next((found.start() for found in headers if is_messages_table(found[1])), None)


def is_messages_table(name: str) -> bool:
    """Whether a table of a language's file is one that only reports and messages need."""
    return name not in HEAD_TABLES


def _make_data(tag: Language, table: Mapping[str, Any]) -> LanguageData:
    rules = table.get("words", {})
    data = LanguageData(
        tag=tag,
        codes=tuple(table.get("codes", ())),
        names=tuple(table.get("names", ())),
        kin=tuple(table.get("kin", ())),
        former_labels=tuple(table.get("former_labels", ())),
        small_words=frozenset(table.get("small_words", "").split()),
        words=WordRules(
            elided=frozenset(rules.get("elided", "").split()),
            attached=tuple(rules.get("attached", "").split()),
            joins_endings=rules.get("joins_endings", False),
            is_assumed=rules.get("is_assumed", False),
        ),
        has_messages=table.get(_HAS_MESSAGES) is True,
        **{key: table[key] for key in _PLAIN_KEYS & table.keys()},
    )
    return put_off(data, _LATER, partial(_make_rest, table))


_LATER = ("openings", "hedges", "numbering", "line_breaks")
"""What a run asks of few languages; all are looked for in names and in dialogue."""


def _make_rest(table: Mapping[str, Any], _: str) -> dict[str, object]:
    def read(name: str) -> dict[str, tuple[str, ...]]:
        return {key: tuple(value) for key, value in table.get(name, {}).items()}

    words = dict(table.get("line_breaks", {}))
    return {
        "openings": Openings(**read("openings")) if table.get("openings") else None,
        "hedges": Hedges(**read("hedges")),
        "numbering": Numbering(**read("numbering")),
        "line_breaks": LineBreakWords(
            capitals=words.pop("capitals", ""),
            adjective_ends=tuple(words.pop("adjective_ends", "").split()),
            **{kind: frozenset(listed.split()) for kind, listed in words.items()},
        ),
    }


_PLAIN_KEYS = frozenset(
    {
        "characters",
        "characters_share",
        "direction",
        "letters",
        "titles",
        "labels",
        "legend",
        "line_chars",
        "note_cps",
        "plural_rule",
    }
)
HEAD_TABLES = frozenset(
    {"titles", "labels", "openings", "hedges", "line_breaks", "numbering", "words"}
)
HEAD_KEYS = _PLAIN_KEYS | HEAD_TABLES | {"codes", "names", "kin", "former_labels", "small_words"}


@cache_by_languages
def elided_words() -> frozenset[str]:
    """Return the words that any language joins to the next one by an apostrophe."""
    return frozenset[str]().union(*(data.words.elided for data in all_languages()))


def find_labelled(words: str) -> str | None:
    """Return what a label, without brackets, stands for in any language; case does not matter.

    Returns:
        A verdict, `context` or `omission`.
    """
    for data in all_languages():
        for verdict, label in data.labels.items():
            if words.lower() == label.strip("[]").rpartition(": ")[2].lower():
                return verdict
    return None


def labels_of(language: Language) -> Mapping[str, str]:
    """Return the labels of headnotes by verdict; those that a language lacks in English."""
    return {**language_data(FALLBACK).labels, **language_data(language).labels}


def direction_of(language: Language) -> Direction:
    """Return which way a language is written; from left to right where that is not known."""
    return language_data(language).direction


def profile_title(profile: Profile, language: Language) -> str:
    """Return what a profile is called in file names.

    That is the title it brings itself, else the one that the language has for it, else the
    English one, else its name.
    """
    titles = {**language_data(FALLBACK).titles, **language_data(language).titles}
    return choose_local(profile.title, language) or titles.get(profile.name, profile.name)
