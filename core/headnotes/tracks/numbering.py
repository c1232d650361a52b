"""Seasons and episodes by the words that languages use for them in names of files.

The forms are data of the languages; here they become a few regular expressions. Names and forms
are compared without case and accents, `.` and `_` count as spaces, and a number may be written in
digits of any script, in Chinese numerals, or after a word in Roman ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from headnotes.languages import all_languages
from headnotes.lazy import lazy_pattern

_DIGITS = r"\d{1,3}"
_HAN_DIGITS = "〇一二三四五六七八九十"
_HAN = rf"[{_HAN_DIGITS}]{{1,3}}"
_ROMAN = r"[ivx]{1,7}(?!\w)"
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_SPACES = lazy_pattern(r"[\s._]+")
LENGTH_MAX = 255
"""No longer part of a name is looked at: file systems know none."""

_RANGE_MAX = 20

# scripts whose words stand side by side without spaces: of China, Japan and Thailand
_UNSPACED = lazy_pattern(r"[\u0e00-\u0e7f\u2e80-\u9fff\uf900-\ufaff]")


def fold_name(text: str) -> str:
    """Return a name without case, accents and the signs that names have for spaces."""
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFKC", text[:LENGTH_MAX]))
    letters = unicodedata.normalize("NFKD", spaced.casefold())
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).strip()


def find_season(folded: str) -> tuple[int, str, str] | None:
    """Return the season that a folded name gives in words, and the name before and after that."""
    found = _season_pattern().search(folded)
    if found is None:
        return None
    number = _value_of(next(filter(None, found.groups())))
    return number, folded[: found.start()], folded[found.end() :]


def find_episodes(folded: str) -> tuple[int, ...]:
    """Return the episodes that a folded name gives in words, alone or with how many there are."""
    found = _episode_pattern().search(folded)
    if found is not None:
        return list_numbers(next(filter(None, found.groups())))
    for counted in _count_pattern().finditer(folded):
        number, whole = (_value_of(digits) for digits in counted.groups() if digits)
        if 0 < number <= whole:
            return (number,)
    return ()


def has_word(folded: str) -> bool:
    """Whether a folded name has a word for episodes, perhaps with its number in words, too."""
    return _word_pattern().search(folded) is not None


def list_numbers(written: str) -> tuple[int, ...]:
    """Return the numbers of `4`, `4-6` (a range), `4+6` or `4 & 6` (two), each once, in order."""
    numbers: list[int] = []
    is_range = False
    for sign, digits in re.findall(rf"([-–+&])|({_DIGITS}|{_HAN}|[ivx]+)", written):
        if sign:
            is_range = sign in "-–"
            continue
        number = _value_of(digits)
        if is_range and numbers and numbers[-1] < number <= numbers[-1] + _RANGE_MAX:
            numbers += range(numbers[-1] + 1, number)
        numbers.append(number)
    return tuple(dict.fromkeys(numbers))


def _value_of(written: str) -> int:
    """Return the value of a number in digits, or in Chinese or Roman numerals."""
    if written.isdecimal():
        return int(written)
    if written[0] in _ROMAN_VALUES:
        values = [_ROMAN_VALUES[letter] for letter in written]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-value if value < after else value for value, after in pairs)
    if "十" in written:  # ten, with how many before it and what is left after it
        tens, ones = (_value_of(part) if part else 0 for part in written.split("十", 1))
        return (tens or 1) * 10 + ones
    return int("".join(str(_HAN_DIGITS.index(sign)) for sign in written))


# ------------------------------------------------------------------------- forms to patterns


@cache
def _season_pattern() -> re.Pattern[str]:
    forms = [form for language in all_languages() for form in language.numbering.seasons]
    return _compile(forms, "{}")


@cache
def _episode_pattern() -> re.Pattern[str]:
    return _compile(
        [form for form in _episode_forms() if form.count("#") == 1], "{0}(?:(?:[-–]| ?[+&] ?){0})*"
    )


@cache
def _count_pattern() -> re.Pattern[str]:
    words = [form.split("#")[1].strip() for form in _episode_forms() if form.count("#") > 1]
    between = "|".join(map(re.escape, sorted(map(fold_name, words))))
    return re.compile(rf"(?<!\w)(\d{{1,2}}) ?(?:{between}) ?(\d{{1,2}})(?!\w)")


@cache
def _word_pattern() -> re.Pattern[str]:
    words = {fold_name(form.replace("#", " ")) for form in _episode_forms() if form.count("#") == 1}
    longer = sorted(word for word in words if len(word) > 1 and not _UNSPACED.search(word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longer))})(?!\w)")


def _episode_forms() -> list[str]:
    return [form for language in all_languages() for form in language.numbering.episodes]


def _compile(forms: Iterable[str], numbers: str) -> re.Pattern[str]:
    """Return what finds any of the forms, each number in a group of its own.

    Args:
        forms: with one `#` each.
        numbers: what may stand for it, with `{}` for a single number.
    """
    around: dict[tuple[str, str], list[str]] = {}
    for form in sorted({fold_name(form) for form in forms}):
        before, after = (re.escape(part.strip()) for part in form.split("#"))
        # words that stand alike share one branch
        shape = "before" if not after else "after" if not before else f"both {after}"
        around.setdefault((shape, after if before else ""), []).append(before or after)
    branches = [
        _branch(shape, words, after, numbers) for (shape, after), words in sorted(around.items())
    ]
    return re.compile("|".join(branches))


def _branch(shape: str, words: list[str], after: str, numbers: str) -> str:
    """Return the branch of a pattern for forms with their words before the number, after it, both.

    Where a word touches the rest of a name it is cut off from it only if its script has spaces.
    """
    spaced = [word for word in words if not _UNSPACED.search(word)]
    touching = [word for word in words if _UNSPACED.search(word)]
    single = f"(?:{_DIGITS}|{_HAN})"
    number = numbers.format(single)
    if shape == "after":
        return rf"(?<![\w{_HAN_DIGITS}])({number})[ -]?(?:{_any(spaced)})(?!\w)" + (
            rf"|(?<![\d{_HAN_DIGITS}])({number}) ?(?:{_any(touching)})" if touching else ""
        )
    if shape == "before":
        number = f"{_ROMAN}|{number}"
        return rf"(?<!\w)(?:{_any(spaced)})[ -]?({number})(?!\w)" + (
            rf"|(?:{_any(touching)}) ?({number})(?!\d)" if touching else ""
        )
    edge = "" if touching else r"(?<!\w)"
    return rf"{edge}(?:{_any(words)}) ?({number}) ?{after}"


def _any(words: list[str]) -> str:
    """Return a pattern of any of some words, the longest first; of none, what never matches."""
    return "|".join(sorted(words, key=len, reverse=True)) or r"(?!)"
