"""One track as anchors see it: its tokens, its scenes, and an inverted index of its terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import inf, sqrt
from typing import NamedTuple

from attrs import define, field

from headnotes.anchoring.scenes import find_scenes
from headnotes.matching import Matcher, Tokens, TokenSpan, tokenize, zipf_of
from headnotes.model import Cue, Language, Scene

# Word frequencies as Zipf values: the base-10 logarithm of how often a word comes in a billion.
_NO_INFORMATION_ZIPF = 6.2
_FULL_INFORMATION_ZIPF = 3.5
_LEAST_INFORMATION = 0.05
_MOST_INFORMATION_OF_PHRASE = 1.5

PLACES_APART_MS = 120_000
"""A term spoken again so much later is spoken in another place: the length of a scene of drama."""


class Occurrence(NamedTuple):
    """One place where a term of an anchor matches tokens; ordered by time first.

    A tuple, because thousands are made and sorted for every track.

    Attributes:
        at_ms: when its cue starts.
        span: the tokens it matches.
        term: as its author wrote it.
        cue: position of the cue it begins in, by time, from 0.
        last_cue: position of the cue it ends in.
        information: of its words, 0 to 1.5, less the more places of the track speak the term.
    """

    at_ms: int
    span: TokenSpan
    term: str
    cue: int
    last_cue: int
    information: float


@define(kw_only=True, slots=False)
class IndexedTrack:
    """One track as anchors see it.

    Attributes:
        tokens: by time.
        spans: where each term matches, by its text, as `Matcher.find` returns them; terms that
            are not spoken are left out.
        scenes: in order; every cue is in one.
        language: of the dialogue; `None` where unknown.
    """

    tokens: Tokens
    spans: Mapping[str, tuple[TokenSpan, ...]]
    scenes: Sequence[Scene]
    language: Language | None
    _occurrences: dict[str, tuple[Occurrence, ...]] = field(init=False, factory=dict)
    _information: dict[str, float] = field(init=False, factory=dict)

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

    def scene_at(self, cue: int) -> Scene:
        """Return the scene of the cue at a position."""
        return self.scenes[self.scene_of[cue]]

    def occurrences(self, term: str) -> tuple[Occurrence, ...]:
        """Return all occurrences of a term, in order of time."""
        known = self._occurrences.get(term)
        if known is None:
            known = self._occurrences[term] = self._locate(term)
        return known

    def _locate(self, term: str) -> tuple[Occurrence, ...]:
        spans = self.spans.get(term, ())
        cue_of, cues = self.tokens.cue_of, self.tokens.cues
        spread = sqrt(_count_places([cues[cue_of[first]].start_ms for first, _ in spans]))
        return tuple(
            [
                Occurrence(
                    cues[cue_of[span[0]]].start_ms,
                    span,
                    term,
                    cue_of[span[0]],
                    cue_of[span[1]],
                    self.information(span) / spread,
                )
                for span in spans
            ]
        )

    def information(self, span: TokenSpan) -> float:
        """Return the information of some tokens by how rare they are in ordinary language."""
        first, last = span
        spoken = self.tokens.spoken
        if first == last:
            return self._information_of_word(spoken[first])
        total = sum(map(self._information_of_word, spoken[first : last + 1]))
        return min(total, _MOST_INFORMATION_OF_PHRASE)

    def _information_of_word(self, word: str) -> float:
        known = self._information.get(word)
        if known is None:
            zipf = zipf_of(self.tokens.folded[word], self.language)
            share = (_NO_INFORMATION_ZIPF - zipf) / (_NO_INFORMATION_ZIPF - _FULL_INFORMATION_ZIPF)
            known = self._information[word] = max(share, _LEAST_INFORMATION)
        return known

    def folded(self, span: TokenSpan) -> list[str]:
        """Return some tokens in the form in which they are compared."""
        first, last = span
        return [self.tokens.folded[word] for word in self.tokens.spoken[first : last + 1]]

    def quote(self, occurrence: Occurrence) -> str:
        """Return the words of an occurrence as spoken."""
        first, last = occurrence.span
        return " ".join(self.tokens.spoken[first : last + 1])


def _count_places(times_ms: Sequence[int]) -> int:
    """Count the places, `PLACES_APART_MS` from each other, at which something is spoken."""
    count, last_ms = 0, -inf
    for at_ms in times_ms:
        if at_ms - last_ms >= PLACES_APART_MS:
            count += 1
            last_ms = at_ms
    return count


def index_track(cues: Iterable[Cue], matcher: Matcher, language: Language | None) -> IndexedTrack:
    """Index the cues of one track, which must come in the order of time, by a matcher's terms."""
    tokens = tokenize(cues)
    return IndexedTrack(
        tokens=tokens,
        spans=matcher.find(tokens),
        scenes=find_scenes(tokens.cues),
        language=language,
    )
