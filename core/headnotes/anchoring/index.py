"""One track as anchors see it: its tokens, its scenes, and an inverted index of its terms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import sqrt
from typing import Any, Generic, TypeVar

from headnotes.anchoring.scenes import find_scenes
from headnotes.anchoring.sharing import NOTHING, Depicted, weigh_shared
from headnotes.languages import (
    RAREST_ZIPF,
    base_language,
    cache_by_languages,
    has_frequencies,
    rarest_zipf,
    zipf_of,
)
from headnotes.matching import (
    Matcher,
    Run,
    Spans,
    Tokens,
    TokenSpan,
    find_words,
    fold_word,
    is_unspaced,
    tokenize,
)
from headnotes.model import Anchor, Cue, Language, Scene
from headnotes.values import NamedTuple, define, field

# Word frequencies as Zipf values: the base-10 logarithm of how often a word comes in a billion.
_NO_INFORMATION_ZIPF = 6.2
_LEAST_INFORMATION = 0.05
_MOST_INFORMATION_OF_PHRASE = 1.5

_UNKNOWN_KEEPS = 0.5
"""What words keep of their information where nothing says how common they are: two must do the
work of one."""
_ENOUGH_TOKENS = 50
_MOST_UNLISTED = 0.3
"""Of the tokens of a track in a language that we know a tenth at most is in no table."""

_MOST_REMEMBERED = 1 << 16
"""Words of a language of which it is kept what they say."""

PLACES_APART_MS = 120_000
"""A term spoken again so much later is spoken in another place: the length of a scene of drama."""


_ALL: Mapping[int, float] = {}
"""What words keep of which none is shared: all."""


class Occurrence(NamedTuple):
    """One place where a term of an anchor matches tokens; ordered by time first.

    Attributes:
        at_ms: when its cue starts.
        span: the tokens it matches.
        term: as its author wrote it.
        cue: position of the cue it begins in, by time, from 0.
        last_cue: position of the cue it ends in.
        information: of its words, 0 to 1.5, less the more places of the track speak the term;
            for a depiction less, too, the more others have them.
    """

    at_ms: int
    span: TokenSpan
    term: str
    cue: int
    last_cue: int
    information: float


_Known = TypeVar("_Known")


class Memory(Generic[_Known]):
    """What is known of anchors, each by its identity: to compare one is to go through its terms."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Anchor, _Known]] = {}

    def get(self, anchor: Anchor) -> _Known | None:
        """Return what is known of an anchor; `None`: nothing."""
        known = self._known.get(id(anchor))
        return None if known is None else known[1]

    def keep(self, anchor: Anchor, known: _Known) -> None:
        """Keep something, and the anchor with it, or another one could get its identity."""
        self._known[id(anchor)] = anchor, known


class _Information(dict[str, float]):
    """What folded words say by how rare they are in a language, looked up when first asked for."""

    def __init__(self, language: Language | None, keeps: float) -> None:
        """Take the language of the words, and how much of what its table says is believed."""
        self._language = language
        self._keeps = keeps
        self._rarest = rarest_zipf(language)

    def __missing__(self, word: str) -> float:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        known = self[word] = self._look_up(word) * self._keeps
        return known

    def _look_up(self, word: str) -> float:
        """Return how much a word says, by its table; of characters, as little as they can mean."""
        if not word.isascii() and len(word) > 1 and is_unspaced(word):
            return min(sum(map(self._rate, parts)) for parts in self._read_as_words(word))
        return self._rate(word)

    def _rate(self, folded: str) -> float:
        zipf = zipf_of(folded, self._language)
        share = (_NO_INFORMATION_ZIPF - zipf) / (_NO_INFORMATION_ZIPF - self._rarest)
        return max(share, _LEAST_INFORMATION)

    def _read_as_words(self, characters: str) -> Iterator[tuple[str, ...]]:
        """Return the ways to read characters as one word, or as two that the table lists."""
        yield (characters,)
        for at in range(1, len(characters)):
            parts = (characters[:at], characters[at:])
            if all(zipf_of(part, self._language) > self._rarest for part in parts):
                yield parts


# tracks of one language have most of their words in common
@cache_by_languages
def _information_in(language: Language | None, keeps: float) -> _Information:
    return _Information(language, keeps)


@define(kw_only=True, slots=False)
class IndexedTrack:
    """One track as anchors see it.

    Attributes:
        tokens: by time.
        matcher: of the terms that it is indexed by.
        scenes: in order; every cue is in one.
        language: of the dialogue; `None` where unknown.
        depicted: what the track's work depicts; its words say less where several share them.
        weighed: candidates of anchors that were weighed already.
        collected: what of anchors is spoken, where it was collected already.
    """

    tokens: Tokens
    matcher: Matcher
    scenes: Sequence[Scene]
    language: Language | None
    depicted: Depicted = NOTHING
    weighed: Memory[tuple[Any, ...]] = field(init=False, factory=Memory)
    _terms: Memory[tuple[str, ...]] = field(init=False, factory=Memory)
    collected: Memory[Any] = field(init=False, factory=Memory)
    _spread: dict[Spans, float] = field(init=False, factory=dict)
    _most: dict[tuple[Spans, bool], float] = field(init=False, factory=dict)

    @cached_property
    def spans(self) -> Mapping[str, Spans]:
        """Where each term matches, by its text; terms that are not spoken are left out."""
        return self.matcher.find(self.tokens)

    def by(self, matcher: Matcher, depicted: Depicted) -> IndexedTrack:
        """Return the same track, to be indexed by the terms of another matcher."""
        return IndexedTrack(
            tokens=self.tokens,
            matcher=matcher,
            scenes=self.scenes,
            language=self.language,
            depicted=depicted,
        )

    def is_depicted(self, anchor: Anchor) -> bool:
        """Whether it is an anchor of something that the track's work depicts."""
        return id(anchor) in self.depicted.anchors

    @cached_property
    def _kept(self) -> Mapping[int, Mapping[int, float]]:
        """What tokens keep of their information, by number and first; all where not listed."""
        return weigh_shared(self.spans, self.depicted.having)

    @cached_property
    def starts_ms(self) -> Sequence[int]:
        """When each cue starts."""
        return [cue.start_ms for cue in self.tokens.cues]

    @cached_property
    def spoken_ms(self) -> Sequence[int]:
        """When the cue of each token starts."""
        return [*map(self.starts_ms.__getitem__, self.tokens.cue_of)]

    @cached_property
    def scene_of(self) -> Sequence[int]:
        """For each cue the position of its scene."""
        return [
            position
            for position, scene in enumerate(self.scenes)
            for _ in range(scene.first_cue, scene.last_cue + 1)
        ]

    @cached_property
    def length_ms(self) -> int:
        """How long the dialogue lasts, from the first cue to the last."""
        cues = self.tokens.cues
        return cues[-1].end_ms - cues[0].start_ms if cues else 0

    def admits(self, anchor: Anchor) -> bool:
        """Whether an anchor is for dialogue of this track's language, as far as that is known."""
        return (
            anchor.language is None
            or self.language is None
            or base_language(anchor.language) == base_language(self.language)
        )

    def terms_of(self, anchor: Anchor) -> tuple[str, ...]:
        """Return what is spoken of the terms that an anchor asks for, in the order of texts."""
        known = self._terms.get(anchor)
        if known is None:
            known = tuple(sorted(self.spans.keys() & {*anchor.all, *anchor.any}))
            self._terms.keep(anchor, known)
        return known

    def scene_at(self, cue: int) -> Scene:
        """Return the scene of the cue at a position."""
        return self.scenes[self.scene_of[cue]]

    def token_at(self, at_ms: int) -> int:
        """Return the position of the first token of a cue that starts then or later."""
        cue = bisect_left(self.starts_ms, at_ms)
        return bisect_left(self.tokens.cue_of, cue)

    def occurrences(self, term: str) -> tuple[Occurrence, ...]:
        """Return all occurrences of a term, in order of time."""
        return tuple(self.locate(term, span) for span in self.spans.get(term, ()))

    def locate(self, term: str, span: TokenSpan) -> Occurrence:
        """Return the occurrence of a term at some tokens."""
        cue_of = self.tokens.cue_of
        cue, last_cue = cue_of[span.first], cue_of[span.last]
        information = self.information(span) / self.spread(term)
        return Occurrence(self.starts_ms[cue], span, term, cue, last_cue, information)

    def spread(self, term: str) -> float:
        """Return by what the information of a spoken term is divided: root of its places."""
        return self._spread_of(self.spans[term])

    def _spread_of(self, spans: Spans) -> float:
        known = self._spread.get(spans)
        if known is None:
            known = 1.0 if _is_single(spans) else sqrt(self._count_places(spans.runs))
            self._spread[spans] = known
        return known

    def _count_places(self, runs: Sequence[Run]) -> int:
        """Count the places, `PLACES_APART_MS` from each other, at which a term is spoken."""
        tokens = runs[0][0]
        if len(runs) > 1:
            tokens = sorted(chain.from_iterable(firsts for firsts, _ in runs))
        # from each place on, all within the distance are the same place
        spoken_ms = self.spoken_ms
        apart_ms = spoken_ms[tokens[0]] + PLACES_APART_MS
        count = 1
        if spoken_ms[tokens[-1]] >= apart_ms:
            for token in tokens:
                if spoken_ms[token] >= apart_ms:
                    count += 1
                    apart_ms = spoken_ms[token] + PLACES_APART_MS
        return count

    def most_information(self, term: str, *, is_depicted: bool) -> float:
        """Return the information of a spoken term's most informative occurrence."""
        spans = self.spans[term]
        known = self._most.get((spans, is_depicted))
        if known is None:
            weights = [*self._weigh_runs(spans, is_depicted=is_depicted)]
            known = max(weights) / self._spread_of(spans)
            self._most[spans, is_depicted] = known
        return known

    def _weigh_runs(self, spans: Spans, *, is_depicted: bool) -> Iterator[float]:
        for firsts, length in spans.runs:
            beyond = length - 1
            lasts = firsts if not beyond else [first + beyond for first in firsts]
            yield max(self.weigh_all(firsts, lasts, is_depicted=is_depicted))

    def information(self, span: tuple[int, int]) -> float:
        """Return the information of some tokens by how rare they are in ordinary language."""
        first, last = span
        words = self.tokens.words[first : last + 1]
        if self._is_unspaced:
            joined = join_unspaced(self.tokens.spoken[first : last + 1])
            words = [fold_word(word, self.language) for word in joined]
        information = self._information
        if len(words) == 1:
            return information[words[0]]
        total = sum(map(information.__getitem__, words))
        return min(total, _MOST_INFORMATION_OF_PHRASE * self._keeps)

    def weigh_all(
        self, firsts: Sequence[int], lasts: Sequence[int], *, is_depicted: bool
    ) -> list[float]:
        """Return the information of the tokens from each of some positions to its last.

        Args:
            firsts: positions.
            lasts: of the same length; the same list where each is one token.
            is_depicted: whether they are of a depiction: of words that several have, each keeps
                a share (see `sharing`).
        """
        weights = self._lessened if is_depicted else self._weights
        if firsts is lasts:
            return [*map(weights.__getitem__, firsts)]
        kept = self._kept if is_depicted else {}
        return [
            weights[first]
            if first == last
            else self.information((first, last)) * kept.get(last - first + 1, _ALL).get(first, 1.0)
            for first, last in zip(firsts, lasts, strict=True)
        ]

    @cached_property
    def _weights(self) -> Sequence[float]:
        """The information of each token by itself."""
        return [*map(self._information.__getitem__, self.tokens.words)]

    @cached_property
    def _lessened(self) -> Sequence[float]:
        """The same, as depictions that share words have it."""
        weights = [*self._weights]
        for token, share in self._kept.get(1, _ALL).items():
            weights[token] *= share
        return weights

    @cached_property
    def _information(self) -> Mapping[str, float]:
        return _information_in(self.language, self._keeps)

    @cached_property
    def _is_unspaced(self) -> bool:
        """Whether any word is of a script that puts no spaces between words."""
        # of such a script nothing is folded to western letters
        is_western = "".join(self.tokens.vocabulary).isascii()
        return not is_western and any(map(is_unspaced, {*self.tokens.spoken}))

    @cached_property
    def is_language_known(self) -> bool:
        """Whether a table says how common the words are.

        Of unknown language is a track of which a good part stands in no table of the languages
        it may be taken for.
        """
        if self.language:
            return has_frequencies(self.language)
        words = self.tokens.words
        unlisted = sum(zipf_of(word, None) <= RAREST_ZIPF for word in words)
        return len(words) < _ENOUGH_TOKENS or unlisted <= _MOST_UNLISTED * len(words)

    @cached_property
    def _keeps(self) -> float:
        return 1.0 if self.is_language_known else _UNKNOWN_KEEPS

    def folded(self, span: tuple[int, int]) -> Sequence[str]:
        """Return the words of some tokens in the form in which they are compared."""
        first, last = span
        words = self.tokens.words[first : last + 1]
        return join_unspaced(words) if self._is_unspaced else words

    def quote(self, occurrence: Occurrence) -> str:
        """Return what is spoken from the first to the last word of an occurrence, on one line.

        It stands so in the file: with its punctuation, and with the hyphen of a word cut in two.
        """
        tokens = self.tokens
        cues = tokens.cues[occurrence.cue : occurrence.last_cue + 1]
        spoken = " ".join(cue.spoken for cue in cues)
        words = find_words(spoken)
        before = bisect_left(tokens.cue_of, occurrence.cue)
        first, last = occurrence.span
        start, end = words[first - before][0], words[last - before][1]
        return " ".join(spoken[start:end].split())


def _is_single(spans: Spans) -> bool:
    """Whether a term is spoken once, as most are."""
    runs = spans.runs
    return len(runs) == 1 and len(runs[0][0]) == 1


def join_unspaced(words: Sequence[str]) -> list[str]:
    """Return tokens with those of a script without spaces joined to those before them."""
    joined: list[str] = []
    for position, word in enumerate(words):
        if position and is_unspaced(word) and is_unspaced(words[position - 1]):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def index_track(
    cues: Iterable[Cue],
    matcher: Matcher,
    language: Language | None,
    depicted: Depicted = NOTHING,
) -> IndexedTrack:
    """Index one track by a matcher's terms; nothing is looked for before it is asked for.

    Args:
        cues: in the order of time.
        matcher: of the terms.
        language: of the dialogue; `None` where unknown.
        depicted: what the track's work depicts.
    """
    tokens = tokenize(cues, language)
    return IndexedTrack(
        tokens=tokens,
        matcher=matcher,
        scenes=find_scenes(tokens.cues),
        language=language,
        depicted=depicted,
    )
