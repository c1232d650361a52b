"""Where a headnote of two lines breaks.

The choice is a matter of small costs: each possible break is charged for what it tears apart and
credited for a pause of the sentence. There is no grammar here, only closed lists of small words
and the look of the large ones, which is enough for one line of 84 characters.

Source: Netflix Timed Text Style Guide, General Requirements, "Line Treatment": break after
punctuation, before conjunctions and prepositions; keep article and noun, adjective and noun,
first and last name, pronoun and verb, auxiliary and verb together.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from headnotes.languages import LineBreakWords, forget_with_languages, language_data
from headnotes.matching import is_unspaced

_WIDE_PAUSE = "\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f"
_PAUSE = ".,;:!?\N{HORIZONTAL ELLIPSIS}\N{EN DASH}\N{EM DASH}\u060c\u061b\u061f\u0964" + _WIDE_PAUSE
_CLOSING = "\"'”\N{RIGHT SINGLE QUOTATION MARK}“»«)]"

# All ours, and counted in balance: two lines of 42 characters are 21 out of it at most, about half
# of what it costs to tear two words apart.
_LABEL_ALONE = 60
_TORN = 40
_TORN_LOOSELY = 25
_BEFORE_NAME = 10
_AFTER_PAUSE = -30
_BEFORE_CONJUNCTION = -20
_BEFORE_PREPOSITION = -15
_BEFORE_VERB = -10
_PER_CHARACTER_OFF_BALANCE = 0.5


# a note is asked for on screen and by its moment, and again in every file of an archive
@forget_with_languages
@lru_cache(maxsize=1 << 10)
def break_line(text: str, language: str) -> str:
    """Break a headnote into one line, or two at the best place.

    Where a script puts no spaces between words, a line may break between any two characters but
    before a mark that closes and after one that opens.

    Args:
        text: label and line, single spaces between words; the label, in brackets, stays whole.
        language: says how long a line may be; one whose data has no small words breaks by
            punctuation and balance alone.

    Returns:
        One or two lines joined by a newline; empty where two lines cannot hold it.
    """
    data = language_data(language)
    longest = data.line_chars
    if len(text) <= longest:
        return text
    if len(text) > 2 * longest + 1:
        return ""
    label_end = text.find("]") if text.startswith("[") else -1
    halves: list[tuple[str, str]] = [
        (text[:at].rstrip(" "), text[at:].lstrip(" "))
        for at in range(label_end + 1, len(text))
        if at
        and (
            text[at] == " "
            # of ASCII no letter stands without spaces
            or (not text[at - 1].isascii() and _is_between_characters(text[at - 1], text[at]))
        )
    ]
    fitting = [pair for pair in halves if max(map(len, pair)) <= longest]
    if not fitting:
        return ""
    small = data.line_breaks
    upper, lower = min(fitting, key=lambda pair: rate_break(pair[0], pair[1], small))
    return f"{upper}\n{lower}"


def _is_between_characters(before: str, after: str) -> bool:
    """Whether a line may break between two characters that no space parts."""
    return (
        (is_unspaced(before) or before in _WIDE_PAUSE)
        and not after.isspace()
        and unicodedata.category(after) not in {"Pe", "Pf", "Po", "Mn", "Lm"}
    )


def rate_break(upper: str, lower: str, small: LineBreakWords) -> float:
    """Return what a break between two lines costs: what it tears apart, less what speaks for it."""
    before = upper.rpartition(" ")[2]
    after = lower.partition(" ")[0]
    balance = abs(len(upper) - len(lower)) * _PER_CHARACTER_OFF_BALANCE
    if upper.startswith("[") and upper.find("]") == len(upper) - 1:
        return _LABEL_ALONE + balance
    return balance + _binding(before, after, small) + _pause(before, after, small)


def _pause(before: str, after: str, small: LineBreakWords) -> int:
    """Credit a break where the sentence itself takes breath."""
    if _ends_in_pause(before, small):
        return _AFTER_PAUSE
    follower = after.strip(_PAUSE + _CLOSING).lower()
    if follower in small.conjunctions:
        return _BEFORE_CONJUNCTION
    if follower in small.prepositions:
        return _BEFORE_PREPOSITION
    return _BEFORE_VERB if follower in small.helping else 0


def _ends_in_pause(word: str, small: LineBreakWords) -> bool:
    bare = word.rstrip(_CLOSING)
    if not bare.endswith(tuple(_PAUSE)):
        return False
    # `am 4. Mai` goes on after its point, and so does `Dr. Zorn`
    is_ordinal = bare[:-1].isdigit() and bare.endswith(".")
    return not is_ordinal and bare.lower() not in small.shortened


def _binding(before: str, after: str, small: LineBreakWords) -> int:
    """Charge a break for the two words it tears apart."""
    if _ends_in_pause(before, small):
        return 0
    if _belong_together(before, after, small):
        return _TORN
    word = before.strip(_CLOSING).lower()
    is_small = word in small.conjunctions or word in small.helping
    if is_small or _looks_like_adjective(before, after, small):
        return _TORN_LOOSELY
    return _BEFORE_NAME if small.capitals == "names" and after[:1].isupper() else 0


def _belong_together(before: str, after: str, small: LineBreakWords) -> bool:
    """Whether two words are one unit: `the flag`, `33 dead`, `4 May`, `Rosa Luxemburg`."""
    word = before.strip(_CLOSING).lower()
    return (
        word in small.clinging
        or word in small.prepositions
        or word in small.shortened
        or _is_number(before)
        or _is_number(after)
        or (before[:1].isupper() and after[:1].isupper())
    )


def _is_number(word: str) -> bool:
    return word[:1].isdigit()


def _looks_like_adjective(before: str, after: str, small: LineBreakWords) -> bool:
    if small.capitals == "nouns":
        return (
            before[:1].islower() and after[:1].isupper() and before.endswith(small.adjective_ends)
        )
    return bool(small.adjective_ends) and before.endswith(small.adjective_ends)
