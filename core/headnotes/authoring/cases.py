"""Cases: a few lines of dialogue that must, or must not, find a note."""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.anchoring import Attempt, Dialogue, Expectation, describe_shortfall, nearest_attempt
from headnotes.matching import Matcher, fold_word, parse_term, words_of, zipf_of
from headnotes.matching.folding import split_words
from headnotes.model import Cue, Note
from headnotes.scenes import find_scenes

LINE_MS = 2_500
"""How long each line of a case is spoken; the next one follows at once."""


def finds(note: Note, lines: Sequence[str]) -> tuple[bool, str]:
    """Tell whether a note is found in lines spoken in a row, and what came closest.

    The lines are a small track of the note's own work, in an episode where it is expected. Their
    language counts as unknown, so that a case says the same beside English and German words.
    """
    dialogue = _play(note, lines)
    expectation: Expectation = "expected" if note.episodes else "unknown"
    attempt = nearest_attempt(note.anchors, dialogue, expectation)
    return attempt is not None and attempt.is_moment, _tell(attempt, dialogue)


def language_of(lines: Sequence[str]) -> str:
    """Say whether lines are rather English or German, by which language knows their words."""
    words = [fold_word(word) for line in lines for word in split_words(line)]
    lead = sum(zipf_of(word, "en") - zipf_of(word, "de") for word in words)
    return "en" if lead > 0 else "de"


def _play(note: Note, lines: Sequence[str]) -> Dialogue:
    cues = [
        Cue(
            number=at + 1,
            start_ms=at * LINE_MS,
            end_ms=(at + 1) * LINE_MS,
            text=line,
            spoken=line,
            raw=line,
        )
        for at, line in enumerate(lines)
    ]
    terms = dict.fromkeys(
        term for anchor in note.anchors for term in (*anchor.all, *anchor.any, *anchor.none)
    )
    words = words_of(cues)
    hits = Matcher(map(parse_term, terms)).find(words)
    return Dialogue(words=words, hits=hits, scenes=find_scenes(cues), language=None)


def _tell(attempt: Attempt | None, dialogue: Dialogue) -> str:
    return "none of its words" if attempt is None else describe_shortfall(attempt, dialogue)
