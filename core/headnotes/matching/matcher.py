"""Where terms stand in a track: one pass over its words for all terms of all topics.

Each distinct word of the track is compared once with all patterns, through indexes whose cost
does not grow with the number of patterns; only the places that fit are looked at again. So time
grows with the number of words, and no pattern, whoever wrote it, can make it grow otherwise.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from attrs import Factory, field, frozen

from headnotes.languages import language_data, stop_words
from headnotes.matching.folding import (
    fold_lookalikes,
    fold_word,
    is_one_edit_apart,
    split_words,
)
from headnotes.matching.terms import SHORTEST, Phrase, Term, WordPattern, kind_of
from headnotes.model import Cue, Language

PHRASE_GAP_MS = 3_000
"""A phrase may run on into the next cue when that follows this closely."""

# A tolerant name is looked up by its first and by its last letters: one error spares one end.
_END_LETTERS = SHORTEST["tolerant"] // 2

# Below this too many words look like another one behind a small word.
_LEAST_BEHIND = 3

# One error changes the length by one letter at most, two letters that look like one by two.
_LENGTHS_APART = 2


@frozen(kw_only=True)
class Tokens:
    """All tokens of a track in the order of time: its words as spoken.

    Attributes:
        cues: by time; positions of cues count in this order, from 0.
        spoken: each token as spoken.
        cue_of: for each token the position of its cue.
        folded: the folded forms of the different words as spoken, in order of appearance.
        language: of the dialogue; `None` where unknown.
    """

    cues: tuple[Cue, ...]
    spoken: Sequence[str] = field(repr=False)
    cue_of: Sequence[int] = field(repr=False)
    folded: Mapping[str, str] = field(repr=False)
    language: Language | None = None


class TokenSpan(NamedTuple):
    """First and last token of a match, as positions in `Tokens`, both inside."""

    first: int
    last: int


class Run(NamedTuple):
    """Matches of one length: where they begin, ascending, and how many tokens each has.

    Numbers, not objects, and shared by all terms of one pattern, so that a track in which
    everything matches stays small.
    """

    firsts: Sequence[int]
    length: int


@frozen
class Spans:
    """Every place of one term, as runs; going through it gives token spans in reading order."""

    runs: tuple[Run, ...]

    def __iter__(self) -> Iterator[TokenSpan]:
        return iter(
            sorted(
                {
                    TokenSpan(first, first + length - 1)
                    for firsts, length in self.runs
                    for first in firsts
                }
            )
        )


# The patterns that fit at each position of a track; `None` where none does.
_Fitting = Sequence[set[WordPattern] | None]

_Places = Mapping[WordPattern, Sequence[int]]

# Stems with their patterns, listed under the letters that a word must share with them.
_Stems = dict[str, list[tuple[str, WordPattern]]]


@frozen(kw_only=True)
class _PatternIndex:
    """Patterns by what a word must have to be worth comparing; names with their look, too."""

    exact: set[WordPattern] = Factory(set)
    starts: _Stems = Factory(lambda: defaultdict(list))
    ends: _Stems = Factory(lambda: defaultdict(list))
    insides: _Stems = Factory(lambda: defaultdict(list))
    name_starts: _Stems = Factory(lambda: defaultdict(list))
    name_tails: _Stems = Factory(lambda: defaultdict(list))
    looks: dict[str, str] = Factory(dict)


def tokenize(cues: Iterable[Cue], language: Language | None = None) -> Tokens:
    """Split the spoken text of cues into tokens; cues must come in the order of time.

    Args:
        cues: of one track.
        language: of the dialogue, by whose rules its words are folded.
    """
    ordered = tuple(cues)
    spoken: list[str] = []
    cue_of: list[int] = []
    # Equal words share one string, so that a long track costs a pointer a word.
    known: dict[str, str] = {}
    for position, cue in enumerate(ordered):
        found = split_words(cue.spoken)
        spoken += map(known.setdefault, found, found)
        cue_of += [position] * len(found)
    folded = {word: fold_word(word, language) for word in known}
    return Tokens(cues=ordered, spoken=spoken, cue_of=cue_of, folded=folded, language=language)


class Matcher:
    """A set of terms, prepared once and used on any number of tracks."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: tuple[Term, ...] = tuple({term.text: term for term in terms}.values())
        # Terms of one word by its pattern; phrases by that of their longest word, which is
        # spoken least, so that few of them are looked at again.
        self._single_words: dict[WordPattern, list[str]] = defaultdict(list)
        self._phrases: dict[WordPattern, list[tuple[str, Phrase]]] = defaultdict(list)
        patterns: dict[WordPattern, None] = {}
        for text, phrases in self.terms:
            for phrase in phrases:
                if len(phrase) == 1:
                    for pattern in phrase[0]:
                        self._single_words[pattern].append(text)
                else:
                    patterns.update(dict.fromkeys(chain.from_iterable(phrase)))
                    for pattern in max(phrase, key=_length):
                        self._phrases[pattern].append((text, phrase))
        self._index = _build_index({**self._single_words, **patterns})

    def find(self, tokens: Tokens) -> dict[str, Spans]:
        """Find every place of every term.

        Returns:
            Token spans by term text; terms that are not spoken are left out.
            Spans of different terms may overlap. A phrase may cross into the next cue, but not a
            silence of more than 3 seconds. Alone, a stop word of the dialogue's language is none
            of a term: `war` is for English dialogue, in German it is said everywhere.
        """
        silent = stop_words(tokens.language) if tokens.language else frozenset[str]()
        fitting, places = self._find_patterns(tokens)
        found: dict[str, list[Run]] = defaultdict(list)
        for pattern, positions in places.items():
            if pattern not in silent and (terms := self._single_words.get(pattern)):
                run = Run(positions, 1)
                for text in terms:
                    found[text].append(run)
            for text, phrase in self._phrases.get(pattern, ()):
                if firsts := _find_phrase(phrase, fitting, places, tokens):
                    found[text].append(Run(firsts, len(phrase)))
        return {text: Spans(tuple(runs)) for text, runs in found.items()}

    def _find_patterns(self, tokens: Tokens) -> tuple[_Fitting, _Places]:
        """Return the patterns that fit at each position, and the positions of each pattern."""
        vocabulary = dict.fromkeys(tokens.folded.values())
        patterns_of = _compare(vocabulary, self._index)
        if tokens.language and (attached := language_data(tokens.language).words.attached):
            _compare_attached(vocabulary, self._index, attached, patterns_of)
        fitting = list(map(patterns_of.get, map(tokens.folded.__getitem__, tokens.spoken)))
        places: dict[WordPattern, array[int]] = defaultdict(lambda: array("I"))
        for position, patterns in enumerate(fitting):
            for pattern in patterns or ():
                places[pattern].append(position)
        return fitting, places


def _length(word: tuple[WordPattern, ...]) -> int:
    return len(word[0])


def _find_phrase(
    phrase: Phrase, fitting: _Fitting, places: _Places, tokens: Tokens
) -> Sequence[int]:
    """Find where a phrase begins, looking from the word that has fewest places."""
    fewest: Sequence[int] = ()
    rarest = -1
    for position, word in enumerate(phrase):
        at_word = places.get(word[0], ()) if len(word) == 1 else _places_of(word, places)
        if not at_word:
            return ()
        if rarest < 0 or len(at_word) < len(fewest):
            fewest, rarest = at_word, position
    last = len(phrase) - 1
    firsts = [
        first
        for first in [at - rarest for at in fewest]
        if _fits(phrase, first, fitting) and _is_in_a_row(tokens, first, first + last)
    ]
    return array("I", firsts)


def _places_of(word: tuple[WordPattern, ...], places: _Places) -> Sequence[int]:
    return sorted({at for pattern in word for at in places.get(pattern, ())})


def _fits(phrase: Phrase, first: int, fitting: _Fitting) -> bool:
    """Whether the words from a position on fit those of a phrase, word by word."""
    if first < 0 or first + len(phrase) > len(fitting):
        return False
    for position, word in enumerate(phrase, start=first):
        patterns = fitting[position]
        if patterns is None or patterns.isdisjoint(word):
            return False
    return True


def _is_in_a_row(tokens: Tokens, first: int, last: int) -> bool:
    """Whether no long silence lies between two words of a phrase."""
    first_cue, last_cue = tokens.cue_of[first], tokens.cue_of[last]
    if first_cue == last_cue:
        return True
    cues = tokens.cues[first_cue : last_cue + 1]
    return all(after.start_ms - before.end_ms <= PHRASE_GAP_MS for before, after in pairwise(cues))


def _build_index(patterns: Iterable[WordPattern]) -> _PatternIndex:
    index = _PatternIndex()
    for pattern in patterns:
        if pattern.isalnum():  # most by far
            index.exact.add(pattern)
            continue
        kind, stem = kind_of(pattern), pattern.strip("*~")
        entry = (stem, pattern)
        if kind == "exact":
            index.exact.add(pattern)
        elif kind == "start":
            index.starts[stem[: SHORTEST["start"]]].append(entry)
        elif kind == "end":
            index.ends[stem[-SHORTEST["end"] :]].append(entry)
        elif kind == "inside":
            index.insides[stem[: SHORTEST["inside"]]].append(entry)
        else:
            index.name_starts[stem[:_END_LETTERS]].append(entry)
            index.name_tails[stem[-_END_LETTERS:]].append(entry)
            index.looks[stem] = fold_lookalikes(stem)
    return index


def _compare(vocabulary: Mapping[str, None], index: _PatternIndex) -> dict[str, set[WordPattern]]:
    """Return, for each folded word that fits any pattern, those patterns."""
    found: dict[str, set[WordPattern]] = defaultdict(set)
    for word in index.exact & vocabulary.keys():
        found[word].add(word)
    size = SHORTEST["start"]
    for word in [word for word in vocabulary if word[:size] in index.starts]:
        stems = index.starts[word[:size]]
        _add(found, word, (pattern for stem, pattern in stems if word.startswith(stem)))
    size = SHORTEST["end"]
    for word in [word for word in vocabulary if word[-size:] in index.ends]:
        stems = index.ends[word[-size:]]
        _add(found, word, (pattern for stem, pattern in stems if word.endswith(stem)))
    _compare_insides(vocabulary, index.insides, found)
    _compare_names(vocabulary, index, found)
    return found


def _compare_attached(
    vocabulary: Mapping[str, None],
    index: _PatternIndex,
    attached: tuple[str, ...],
    found: dict[str, set[WordPattern]],
) -> None:
    """Add whole words that stand behind small ones that their language writes as one with them."""
    for word in vocabulary:
        for small in attached:
            rest = word.removeprefix(small)
            if len(word) > len(rest) >= _LEAST_BEHIND and rest in index.exact:
                found[word].add(rest)


def _add(found: dict[str, set[WordPattern]], word: str, patterns: Iterable[WordPattern]) -> None:
    """Add patterns of a word, without an entry for words that fit none."""
    for pattern in patterns:
        found[word].add(pattern)


def _compare_insides(
    vocabulary: Mapping[str, None], insides: _Stems, found: dict[str, set[WordPattern]]
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
        _add(found, word, (pattern for stem, pattern in stems if word.startswith(stem, at)))


def _compare_names(
    vocabulary: Mapping[str, None], index: _PatternIndex, found: dict[str, set[WordPattern]]
) -> None:
    if not index.name_starts:
        return
    starts, tails = index.name_starts, index.name_tails
    for word in [
        word
        for word in vocabulary
        if word[:_END_LETTERS] in starts or word[-_END_LETTERS:] in tails
    ]:
        look = fold_lookalikes(word)
        near = (*starts.get(word[:_END_LETTERS], ()), *tails.get(word[-_END_LETTERS:], ()))
        _add(
            found,
            word,
            # a name with one reading error; two letters may look like one
            (
                pattern
                for name, pattern in near
                if abs(len(word) - len(name)) <= _LENGTHS_APART
                and (look == index.looks[name] or is_one_edit_apart(word, name))
            ),
        )
