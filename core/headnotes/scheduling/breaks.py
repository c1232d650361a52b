"""Where a headnote of two lines breaks.

The choice is a matter of small costs: each possible break is charged for what it tears apart and
credited for a pause of the sentence. There is no grammar here, only closed lists of small words
and the look of the large ones, which is enough for one line of 84 characters.

Source: Netflix Timed Text Style Guide, General Requirements, "Line Treatment": break after
punctuation, before conjunctions and prepositions; keep article and noun, adjective and noun,
first and last name, pronoun and verb, auxiliary and verb together.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from headnotes.scheduling.limits import MAX_LINE_CHARS

_PAUSE = ".,;:!?\N{HORIZONTAL ELLIPSIS}\N{EN DASH}\N{EM DASH}"
_CLOSING = "\"'”\N{RIGHT SINGLE QUOTATION MARK}“»«)]"

_LABEL_ALONE = 60
_TORN = 40
_TORN_LOOSELY = 25
_BEFORE_NAME = 10
_AFTER_PAUSE = -30
_BEFORE_CONJUNCTION = -20
_BEFORE_PREPOSITION = -15
_BEFORE_VERB = -10
_PER_CHARACTER_OFF_BALANCE = 0.5


@frozen(kw_only=True)
class _SmallWords:
    """Small words of one language, by what they ask of a break beside them.

    Attributes:
        conjunctions, prepositions: a break is good before them, bad after a preposition.
        clinging: articles, pronouns, possessives; they belong to the word that follows.
        helping: auxiliaries and negations; better not torn from what follows, good to begin with.
        shortened: abbreviations whose full stop ends no sentence.
        adjective_ends: how adjectives end, as far as the eye can tell.
    """

    conjunctions: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    clinging: frozenset[str] = frozenset()
    helping: frozenset[str] = frozenset()
    shortened: frozenset[str] = frozenset()
    adjective_ends: tuple[str, ...] = ()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EN = _SmallWords(
    conjunctions=_words(
        "and or but nor yet so that which who whose whom because although though while when "
        "where if unless until than since"
    ),
    prepositions=_words(
        "about above across after against among around as at before behind below beside between "
        "beyond by despite down during for from in inside into like near of off on onto out "
        "outside over past through to toward towards under until up upon via with within without"
    ),
    clinging=_words(
        "a an the this that these those my your his her its our their some any no every each both "
        "i he she it we they you there who only very more most less"
    ),
    helping=_words(
        "am is are was were be been being has have had do does did will would shall should can "
        "could may might must not never"
    ),
    shortened=_words("dr. mr. mrs. ms. st. no. vs. gen. col. lt. prof. c. ca."),
    adjective_ends=("ic", "al", "ous", "ive", "ish", "ary", "ful", "less", "ern", "ese", "ian"),
)
_DE = _SmallWords(
    conjunctions=_words(
        "und oder aber sondern denn dass daß weil obwohl während wenn als wie ob damit doch "
        "sowie bis bevor nachdem"
    ),
    prepositions=_words(
        "ab an am ans auf aufs aus außer bei beim bis durch für gegen hinter im in ins mit nach "
        "neben ohne seit statt trotz über um unter vom von vor wegen zu zum zur zwischen laut"
    ),
    clinging=_words(
        "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner "
        "mein dein sein ihr unser euer seine seinen seinem seiner ihre ihren ihrem ihrer dieser "
        "diese dieses diesen diesem jeder jede jedes jeden alle ich er sie es wir man nur sehr "
        "mehr zu"
    ),
    helping=_words(
        "bin ist sind war waren sei wäre hat haben hatte hatten hätte wird werden wurde wurden "
        "würde kann konnte konnten soll sollte sollten muss musste mussten darf durfte nicht nie"
    ),
    shortened=_words("dr. prof. st. nr. gen. z. b. d. h. u. a. ca. vgl. bzw. frl."),
    adjective_ends=("e", "en", "er", "es", "em"),
)
_BY_LANGUAGE: Mapping[str, _SmallWords] = {"en": _EN, "de": _DE}
_NONE = _SmallWords()


def break_line(text: str, language: str) -> str:
    """Break a headnote into one line, or two at the best place.

    Args:
        text: label and line, single spaces between words; the label, in brackets, stays whole.
        language: base tag; others than `en` and `de` break by punctuation and balance alone.

    Returns:
        One or two lines joined by a newline; empty where two lines cannot hold it.
    """
    if len(text) <= MAX_LINE_CHARS:
        return text
    if len(text) > 2 * MAX_LINE_CHARS + 1:
        return ""
    small = _BY_LANGUAGE.get(language, _NONE)
    label_end = text.find("]") if text.startswith("[") else -1
    places = [
        at
        for at, char in enumerate(text)
        if char == " " and label_end < at <= MAX_LINE_CHARS and len(text) - at - 1 <= MAX_LINE_CHARS
    ]
    if not places:
        return ""
    best = min(places, key=lambda at: (_cost(text[:at], text[at + 1 :], small), at))
    return f"{text[:best]}\n{text[best + 1 :]}"


def _cost(upper: str, lower: str, small: _SmallWords) -> float:
    before = upper.rpartition(" ")[2]
    after = lower.partition(" ")[0]
    balance = abs(len(upper) - len(lower)) * _PER_CHARACTER_OFF_BALANCE
    if upper.startswith("[") and upper.find("]") == len(upper) - 1:
        return _LABEL_ALONE + balance
    return balance + _binding(before, after, small) + _pause(before, after, small)


def _pause(before: str, after: str, small: _SmallWords) -> int:
    """Credit a break where the sentence itself takes breath."""
    if _ends_in_pause(before, small):
        return _AFTER_PAUSE
    follower = after.strip(_PAUSE + _CLOSING).lower()
    if follower in small.conjunctions:
        return _BEFORE_CONJUNCTION
    if follower in small.prepositions:
        return _BEFORE_PREPOSITION
    return _BEFORE_VERB if follower in small.helping else 0


def _ends_in_pause(word: str, small: _SmallWords) -> bool:
    bare = word.rstrip(_CLOSING)
    if not bare.endswith(tuple(_PAUSE)):
        return False
    is_ordinal = bare[:-1].isdigit() and bare.endswith(".")
    return not is_ordinal and bare.lower() not in small.shortened


def _binding(before: str, after: str, small: _SmallWords) -> int:
    """Charge a break for the two words it tears apart."""
    if _ends_in_pause(before, small):
        return 0
    if _belong_together(before, after, small):
        return _TORN
    word = before.strip(_CLOSING).lower()
    if word in small.conjunctions | small.helping or _looks_like_adjective(before, after, small):
        return _TORN_LOOSELY
    return _BEFORE_NAME if small is _EN and after[:1].isupper() else 0


def _belong_together(before: str, after: str, small: _SmallWords) -> bool:
    """Tell whether two words are one unit: `the flag`, `33 dead`, `4 May`, `Rosa Luxemburg`."""
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


def _looks_like_adjective(before: str, after: str, small: _SmallWords) -> bool:
    if small is _DE:
        return (
            before[:1].islower() and after[:1].isupper() and before.endswith(small.adjective_ends)
        )
    return bool(small.adjective_ends) and before.endswith(small.adjective_ends)
