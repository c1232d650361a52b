"""What strength means in each language: how many words of dialogue would place a note alone.

    pip install wordfreq && python tests/moments/measure_tongues.py

prints for each language of `tongues.toml` the share of the words of running text, drawn by how
often wordfreq counts them, that would place a note whose only term they are, where it is expected;
the same for the words of the scene there; and how many of its five terms are found.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import tomli

from headnotes.anchoring import IndexedTrack, find_sufficient, index_track
from headnotes.issues import TermError
from headnotes.matching import Matcher, parse_term, split_words
from headnotes.model import Anchor, Cue

SCENES = tomli.loads(Path(__file__).with_name("tongues.toml").read_text(encoding="utf-8"))
CUE_MS = 3_000
DRAWN_WORDS = 4_000
WORDS_A_CUE = 6


def speak(lines: Sequence[str]) -> tuple[Cue, ...]:
    """Return cues of three seconds, one after the other."""
    return tuple(
        Cue(
            number=number,
            start_ms=number * CUE_MS,
            end_ms=(number + 1) * CUE_MS,
            text=line,
            spoken=line,
            raw=line,
        )
        for number, line in enumerate(lines, start=1)
    )


def lines_of(language: str) -> list[str]:
    """Return the lines of the scene in a language."""
    lines: str = SCENES[language]["lines"]
    return lines.strip().splitlines()


def places_alone(words: Sequence[str], cues: tuple[Cue, ...], language: str) -> float:
    """Return the share of words of which each would be enough for a note."""
    terms = {word: term for word in dict.fromkeys(words) if (term := find_term(word, language))}
    track = index_track(cues, Matcher(map(parse_term, terms.values())), language)
    enough = {word for word, term in terms.items() if is_enough(term, track)}
    return sum(word in enough for word in words) / len(words)


def find_term(word: str, language: str) -> str | None:
    """Return a word as a term, if it may be one."""
    try:
        parse_term(word, [language])
    except TermError:
        return None
    return word


def is_enough(term: str, track: IndexedTrack) -> bool:
    """Whether a note with this term alone has a moment where it is expected."""
    return bool(find_sufficient([Anchor(all=(term,))], track, 1.0))


def draw_words(language: str) -> list[str]:
    """Return words as often as they are spoken, the same ones each time."""
    from wordfreq import get_frequency_dict

    listed = get_frequency_dict(language, wordlist="best")
    words = [word for word in listed if split_words(word)]
    weights = [listed[word] for word in words]
    return random.Random(0).choices(words, weights, k=DRAWN_WORDS)


def measure_drawn(language: str) -> float:
    """Return the share for running text; each word counts as spoken where nothing is near it."""
    words = draw_words(language)
    lines = [" ".join(words[at : at + WORDS_A_CUE]) for at in range(0, len(words), WORDS_A_CUE)]
    return places_alone(words, speak(lines), language)


def measure_scene(language: str) -> float:
    """Return the share for the words of the scene."""
    lines = lines_of(language)
    return places_alone(
        [word for line in lines for word in split_words(line)], speak(lines), language
    )


def count_found(language: str) -> int:
    """Return how many of the terms of the scene are heard in it."""
    terms: list[str] = SCENES[language]["terms"]
    track = index_track(speak(lines_of(language)), Matcher(map(parse_term, terms)), language)
    return sum(term in track.spans for term in terms)


if __name__ == "__main__":
    sys.stdout.write("language  drawn  scene  found\n")
    for tag, scene in SCENES.items():
        drawn, said = measure_drawn(tag), measure_scene(tag)
        found = f"{count_found(tag)} of {len(scene['terms'])}"
        sys.stdout.write(f"{tag:8} {drawn:6.1%} {said:6.1%}  {found}\n")
