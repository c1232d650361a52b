"""What Headnotes knows of each language: one file `TAG.toml` per language, and nothing in code.

A run looks for every language in the names of its files and in the dialogue, so it reads all the
files once. That takes about two milliseconds; babelfish, which has names and codes of more
languages, takes more than fifty to be imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from attrs import field, frozen

from headnotes.languages.tags import FALLBACK, base_language, choose_local
from headnotes.model import Language, Profile

FOLDER = Path(__file__).parent


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
class LanguageData:
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
        plural_rule: which of the forms of a message a number takes, as gettext writes it.
        messages: what is left, as in the file: texts, lists of forms, tables.
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
    plural_rule: str = "n != 1"
    messages: Mapping[str, Any] = field(factory=dict)


@cache
def language_tags() -> tuple[Language, ...]:
    """Return the tags of all languages that have a file, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def language_data(language: Language) -> LanguageData:
    """Return what is known of a language; of one without a file, its tag alone."""
    import tomli

    tag = base_language(language)
    if tag not in language_tags():
        return LanguageData(tag=tag)
    return _make_data(tag, tomli.loads((FOLDER / f"{tag}.toml").read_text(encoding="utf-8")))


def all_languages() -> tuple[LanguageData, ...]:
    """Return what is known of every language, by tag."""
    return tuple(map(language_data, language_tags()))


def _make_data(tag: Language, table: dict[str, Any]) -> LanguageData:
    words = table.pop("line_breaks", {})
    breaks = LineBreakWords(
        capitals=words.pop("capitals", ""),
        adjective_ends=tuple(words.pop("adjective_ends", "").split()),
        **{kind: frozenset(listed.split()) for kind, listed in words.items()},
    )
    openings = table.pop("openings", None)
    return LanguageData(
        tag=tag,
        openings=openings and Openings(**{key: tuple(value) for key, value in openings.items()}),
        hedges=Hedges(**{key: tuple(value) for key, value in table.pop("hedges", {}).items()}),
        numbering=Numbering(
            **{key: tuple(value) for key, value in table.pop("numbering", {}).items()}
        ),
        codes=tuple(table.pop("codes", ())),
        names=tuple(table.pop("names", ())),
        kin=tuple(table.pop("kin", ())),
        former_labels=tuple(table.pop("former_labels", ())),
        small_words=frozenset(table.pop("small_words", "").split()),
        line_breaks=breaks,
        **{key: table.pop(key) for key in _PLAIN_KEYS & table.keys()},
        messages=table,
    )


_PLAIN_KEYS = {
    "characters",
    "characters_share",
    "letters",
    "titles",
    "labels",
    "legend",
    "plural_rule",
}


def labels_of(language: Language) -> Mapping[str, str]:
    """Return the labels of headnotes by verdict; those that a language lacks in English."""
    return {**language_data(FALLBACK).labels, **language_data(language).labels}


def profile_title(profile: Profile, language: Language) -> str:
    """Return what a profile is called in file names.

    That is the title it brings itself, else the one that the language has for it, else the
    English one, else its name.
    """
    titles = {**language_data(FALLBACK).titles, **language_data(language).titles}
    return choose_local(profile.title, language) or titles.get(profile.name, profile.name)
