"""Where terms stand in a track: one pass over its words for all terms of all topics.

Each distinct word of the track is compared once with all patterns, through indexes whose cost
does not grow with the number of patterns; only the places that hit are looked at again. So time
grows with the number of words, and no pattern of a stranger can make it grow otherwise.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from attrs import Factory, field, frozen

from headnotes.matching.folding import (
    fold_lookalikes,
    fold_word,
    is_one_edit_apart,
    split_words,
)
from headnotes.matching.terms import SHORTEST, Term, WordPattern
from headnotes.model import Cue

PHRASE_GAP_MS = 3_000
"""A phrase may run on into the next cue when that follows this closely."""

# A tolerant name is looked up by its first and by its last letters: one error spares one end.
_END_LETTERS = SHORTEST["tolerant"] // 2


@frozen(kw_only=True)
class Words:
    """All words of a track in the order of time.

    Attributes:
        cues: by time; positions of cues count in this order, from 0.
        spoken: the words as spoken.
        first_of: for each cue the position of its first word in `spoken`.
        distinct: the different words as spoken, in order of appearance.
    """

    cues: tuple[Cue, ...]
    spoken: Sequence[str] = field(repr=False)
    first_of: Sequence[int] = field(repr=False)
    distinct: Sequence[str] = field(repr=False)

    def cue_at(self, word: int) -> int:
        """Give the position of the cue in which the word at a position is spoken."""
        return bisect_right(self.first_of, word) - 1


class Hit(NamedTuple):
    """One place where a term stands: first and last word, positions in `Words`, both inside.

    A tuple, because thousands are made and sorted for every track.
    """

    first: int
    last: int


# A stem with the number of its pattern, listed under the letters that a word must share with it.
_Stems = Mapping[str, list[tuple[str, int]]]


@frozen(kw_only=True)
class _Index:
    """Patterns by what a word must have to be worth comparing."""

    exact: dict[str, list[int]] = Factory(lambda: defaultdict(list))
    starts: dict[str, list[tuple[str, int]]] = Factory(lambda: defaultdict(list))
    ends: dict[str, list[tuple[str, int]]] = Factory(lambda: defaultdict(list))
    insides: dict[str, list[tuple[str, int]]] = Factory(lambda: defaultdict(list))
    name_heads: dict[str, list[tuple[str, int]]] = Factory(lambda: defaultdict(list))
    name_tails: dict[str, list[tuple[str, int]]] = Factory(lambda: defaultdict(list))


def words_of(cues: Iterable[Cue]) -> Words:
    """Lay out the spoken words of cues, which must come in the order of time."""
    ordered = tuple(cues)
    spoken: list[str] = []
    first_of: list[int] = []
    # Equal words share one string, so that a long track costs a pointer a word.
    known: dict[str, str] = {}
    for cue in ordered:
        first_of.append(len(spoken))
        found = split_words(cue.spoken)
        spoken += map(known.setdefault, found, found)
    return Words(cues=ordered, spoken=spoken, first_of=first_of, distinct=tuple(known))


class Matcher:
    """A set of terms, made ready once and used on any number of tracks."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: tuple[Term, ...] = tuple({term.text: term for term in terms}.values())
        numbers: dict[WordPattern, int] = {}
        # By the pattern of their first word: terms of one word, and longer phrases.
        self._words: dict[int, list[str]] = defaultdict(list)
        self._phrases: dict[int, list[tuple[str, tuple[tuple[int, ...], ...]]]] = defaultdict(list)
        for term in self.terms:
            for phrase in term.phrases:
                numbered = tuple(
                    tuple(numbers.setdefault(one, len(numbers)) for one in word) for word in phrase
                )
                if len(numbered) == 1:
                    for pattern in numbered[0]:
                        self._words[pattern].append(term.text)
                else:
                    for pattern in numbered[0]:
                        self._phrases[pattern].append((term.text, numbered))
        self._index = _build_index(numbers)

    def find(self, words: Words) -> dict[str, tuple[Hit, ...]]:
        """Find every place of every term.

        Returns:
            Hits by term text, in reading order; terms that are not spoken are left out. Hits of
            different terms may overlap. A phrase may cross into the next cue, but not a silence
            of more than 3 seconds.
        """
        fitting, places = self._find_patterns(words)
        found: dict[str, list[Hit]] = defaultdict(list)
        for pattern, positions in places.items():
            if terms := self._words.get(pattern):
                hits = [Hit(at, at) for at in positions]
                for text in terms:
                    found[text] += hits
            for text, phrase in self._phrases.get(pattern, ()):
                if hits := _find_phrase(phrase, fitting, places, words):
                    found[text] += hits
        return {
            text: (hits[0],) if len(hits) == 1 else tuple(sorted(set(hits)))
            for text, hits in found.items()
        }

    def _find_patterns(self, words: Words) -> tuple[dict[int, set[int]], dict[int, list[int]]]:
        """Give the patterns that fit at each position, and the positions of each pattern."""
        folded = [(fold_word(word), word) for word in words.distinct]
        patterns_of = _compare(dict.fromkeys(form for form, _ in folded), self._index)
        get = {word: patterns_of[form] for form, word in folded if form in patterns_of}.get
        fitting = {
            position: patterns
            for position, word in enumerate(words.spoken)
            if (patterns := get(word))
        }
        places: dict[int, list[int]] = defaultdict(list)
        for position, patterns in fitting.items():
            for pattern in patterns:
                places[pattern].append(position)
        return fitting, places


def _find_phrase(
    phrase: Sequence[tuple[int, ...]],
    fitting: Mapping[int, set[int]],
    places: Mapping[int, list[int]],
    words: Words,
) -> list[Hit]:
    """Find a phrase, beginning with the word that has fewest places."""
    counts = [sum(len(places.get(pattern, ())) for pattern in word) for word in phrase]
    fewest = min(counts)
    if not fewest:
        return []
    rarest = counts.index(fewest)
    firsts = [at - rarest for pattern in phrase[rarest] for at in places.get(pattern, ())]
    last = len(phrase) - 1
    return [
        Hit(first, first + last)
        for first in firsts
        if _fits(phrase, first, fitting) and _is_in_a_row(words, first, first + last)
    ]


def _fits(phrase: Sequence[tuple[int, ...]], first: int, fitting: Mapping[int, set[int]]) -> bool:
    """Tell whether the words from a position on fit those of a phrase, one by one."""
    for position, word in enumerate(phrase, start=first):
        patterns = fitting.get(position)
        if patterns is None or patterns.isdisjoint(word):
            return False
    return True


def _is_in_a_row(words: Words, first: int, last: int) -> bool:
    """Tell whether no long silence lies between two words of a phrase."""
    cues = words.cues[words.cue_at(first) : words.cue_at(last) + 1]
    return all(after.start_ms - before.end_ms <= PHRASE_GAP_MS for before, after in pairwise(cues))


def _build_index(numbers: Mapping[WordPattern, int]) -> _Index:
    index = _Index()
    for pattern, number in numbers.items():
        stem = pattern.stem
        entry = (stem, number)
        if pattern.manner == "exact":
            index.exact[stem].append(number)
        elif pattern.manner == "start":
            index.starts[stem[: SHORTEST["start"]]].append(entry)
        elif pattern.manner == "end":
            index.ends[stem[-SHORTEST["end"] :]].append(entry)
        elif pattern.manner == "inside":
            index.insides[stem[: SHORTEST["inside"]]].append(entry)
        else:
            index.name_heads[stem[:_END_LETTERS]].append(entry)
            index.name_tails[stem[-_END_LETTERS:]].append(entry)
    return index


def _compare(vocabulary: Mapping[str, None], index: _Index) -> dict[str, set[int]]:
    """Give, for each folded word that fits any pattern, the numbers of those patterns."""
    found: dict[str, set[int]] = defaultdict(set)
    for word in index.exact.keys() & vocabulary.keys():
        found[word].update(index.exact[word])
    size = SHORTEST["start"]
    for word in [word for word in vocabulary if word[:size] in index.starts]:
        _add(found, word, (n for stem, n in index.starts[word[:size]] if word.startswith(stem)))
    size = SHORTEST["end"]
    for word in [word for word in vocabulary if word[-size:] in index.ends]:
        _add(found, word, (n for stem, n in index.ends[word[-size:]] if word.endswith(stem)))
    _compare_insides(vocabulary, index.insides, found)
    _compare_names(vocabulary, index, found)
    return found


def _add(found: dict[str, set[int]], word: str, numbers: Iterable[int]) -> None:
    """Note patterns for a word, without an entry for words that fit none."""
    for number in numbers:
        found[word].add(number)


def _compare_insides(
    vocabulary: Mapping[str, None], insides: _Stems, found: dict[str, set[int]]
) -> None:
    if not insides:
        return
    size = SHORTEST["inside"]
    candidates = [
        (word, at)
        for word in vocabulary
        for at in range(len(word) - size + 1)
        if word[at : at + size] in insides
    ]
    for word, at in candidates:
        stems = insides[word[at : at + size]]
        _add(found, word, (n for stem, n in stems if word.startswith(stem, at)))


def _compare_names(
    vocabulary: Mapping[str, None], index: _Index, found: dict[str, set[int]]
) -> None:
    if not index.name_heads:
        return
    heads, tails = index.name_heads, index.name_tails
    for word in [
        word for word in vocabulary if word[:_END_LETTERS] in heads or word[-_END_LETTERS:] in tails
    ]:
        near = (*heads.get(word[:_END_LETTERS], ()), *tails.get(word[-_END_LETTERS:], ()))
        _add(found, word, (number for stem, number in near if _could_be_misread(word, stem)))


def _could_be_misread(word: str, name: str) -> bool:
    """Tell whether a word is a name with one reading error; two letters may look like one."""
    if abs(len(word) - len(name)) > 2:
        return False
    return is_one_edit_apart(word, name) or fold_lookalikes(word) == fold_lookalikes(name)
