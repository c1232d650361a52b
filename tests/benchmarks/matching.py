"""What it costs to find our terms in a track, against other programs that look for many words.

    pip install -e ".[bench]" && python tests/benchmarks/matching.py [--rounds 25] [--slow]

All look for the same words and phrases: every alternative of every term of our topics that has no
signs in it. Ours splits the dialogue into words and looks for all of them; the others get the
dialogue as one text: flashtext2, ahocorasick-rs, and with `--slow` spaCy's PhraseMatcher and one
regular expression of all. They are run in turn within one process; the figures are processor time,
medians of paired ratios. Hits are compared, not counted: what another program finds inside one cue,
as whole words, must be found by ours, by the positions of words. Aim: 1.2 times flashtext2.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "moments"))
from annotate import make_track
from rhythm import lay_out

from headnotes.matching import Matcher, fold_word, parse_term, split_words, tokenize
from headnotes.model import Cue, Depiction, Note
from headnotes.registry import Registry
from headnotes.tracks import read_track

SCRIPTS = Path(__file__).parents[1] / "moments" / "scripts"
TRACKS = ("S01E04.en", "S01E04.de", "elsewhere/harbour-murders.en")

Hits = set[tuple[int, int]]
"""Cue and first word in it, where something was found."""


def plain_terms() -> list[str]:
    """Return the alternatives of all our terms that mean themselves, each once."""
    registry = Registry()
    placed: list[Depiction | Note] = []
    for work in registry.works.values():
        placed += work.depictions
    for topic in registry.topics.values():
        placed += topic.notes
    terms = [
        term
        for anchored in placed
        for anchor in anchored.anchors
        for term in (*anchor.all, *anchor.any, *anchor.none)
    ]
    alternatives = dict.fromkeys(part.strip() for term in terms for part in term.split("|"))
    return [part for part in alternatives if part.replace(" ", "").isalnum()]


def took_s(work: Callable[[], object]) -> float:
    """Return the processor time that some work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def our_hits(matcher: Matcher, cues: Sequence[Cue]) -> Hits:
    """Return where ours finds something."""
    tokens = tokenize(cues)
    first_of: dict[int, int] = {}
    for position, cue in enumerate(tokens.cue_of):
        first_of.setdefault(cue, position)
    return {
        (cue := tokens.cue_of[span.first], span.first - first_of[cue])
        for spans in matcher.find(tokens).values()
        for span in spans
    }


def their_hits(found: Sequence[tuple[int, int]], cues: Sequence[Cue]) -> Hits:
    """Return where another program finds something, from places in the text of all cues."""
    starts = [0, *accumulate(len(cue.spoken) + 1 for cue in cues)]
    hits: Hits = set()
    for start, end in found:
        cue = bisect_right(starts, start) - 1
        if end <= starts[cue + 1]:
            hits.add((cue, len(split_words(cues[cue].spoken[: start - starts[cue]]))))
    return hits


class Rival(NamedTuple):
    """Another program: what is timed, and the places that its answer gives in the text."""

    work: Callable[[], Any]
    read: Callable[[Any], Iterable[tuple[int, int]]]


def compare(terms: Sequence[str], cues: Sequence[Cue], rounds: int, *, with_slow: bool) -> None:
    """Print what each program costs on one track, and what it finds and ours does not."""
    text = " ".join(cue.spoken for cue in cues)
    matcher = Matcher(map(parse_term, terms))
    rivals = {
        "flashtext2": _prepare_flashtext(terms, text),
        "ahocorasick-rs": _prepare_corasick(terms, text),
    }
    if with_slow:
        rivals["spaCy"] = _prepare_spacy(terms, text)
        rivals["one pattern"] = _prepare_pattern(terms, text)
    flashtext = rivals["flashtext2"].work
    ours = our_hits(matcher, cues)
    print(f"    places: ours {len(ours)}")
    _print_ratio("ours", lambda: matcher.find(tokenize(cues)), flashtext, rounds)
    for name, rival in rivals.items():
        if name != "flashtext2":
            _print_ratio(name, rival.work, flashtext, rounds)
        theirs = their_hits([*rival.read(rival.work())], cues)
        missing = sorted(theirs - ours)
        words = [fold_word(split_words(cues[cue].spoken)[at]) for cue, at in missing[:5]]
        print(f"    {name:16} {len(theirs)} places, of which not ours: {len(missing)}", *words)


def _print_ratio(
    name: str, work: Callable[[], object], flashtext: Callable[[], object], rounds: int
) -> None:
    work()
    seconds = took_s(work)
    some = max(3, min(rounds, int(5 / max(seconds, 1e-6))))
    ratios = sorted(took_s(work) / took_s(flashtext) for _ in range(some))
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    print(f"    {name:16} {median(ratios):6.2f} x flashtext2 ({spread})")


def _prepare_flashtext(terms: Sequence[str], text: str) -> Rival:
    from flashtext2 import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=False)
    for term in terms:
        processor.add_keyword(term)
    return Rival(
        lambda: processor.extract_keywords_with_span(text),
        lambda found: ((start, end) for _, start, end in found),
    )


def _prepare_corasick(terms: Sequence[str], text: str) -> Rival:
    import ahocorasick_rs

    automaton = ahocorasick_rs.AhoCorasick([term.lower() for term in terms])
    padded = f" {text} "

    def read(found: Any) -> Iterable[tuple[int, int]]:
        # it knows nothing of words
        return (
            (start, end)
            for _, start, end in found
            if not (padded[start].isalnum() or padded[end + 1].isalnum())
        )

    return Rival(lambda: automaton.find_matches_as_indexes(text.lower(), overlapping=True), read)


def _prepare_spacy(terms: Sequence[str], text: str) -> Rival:
    import spacy
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    matcher.add("terms", [language.make_doc(term) for term in terms])
    doc = language.make_doc(text)
    return Rival(
        lambda: matcher(language.make_doc(text)),
        lambda found: (
            (doc[first:end].start_char, doc[first:end].end_char) for _, first, end in found
        ),
    )


def _prepare_pattern(terms: Sequence[str], text: str) -> Rival:
    longest_first = sorted(map(re.escape, terms), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)
    return Rival(lambda: [*pattern.finditer(text)], lambda found: (match.span() for match in found))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--slow", action="store_true", help="spaCy and one pattern, too")
    asked = parser.parse_args()
    rivals = ["flashtext2", "ahocorasick-rs", *(["spacy"] if asked.slow else [])]
    print(f"Python {sys.version.split()[0]}", *(f"{each} {version(each)}" for each in rivals))
    terms = plain_terms()
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder, name.replace("/", "-") + ".srt") for name in TRACKS}
        for name, file in files.items():
            script = lay_out(SCRIPTS / f"{name}.txt")
            file.write_text(script.to_srt(), encoding="utf-8")
        files["700 cues of samples"] = make_track(Path(folder))
        for name, file in files.items():
            cues = read_track(file).by_time
            print(f"{name}: {len(cues)} cues, {len(terms):,} words and phrases")
            compare(terms, cues, asked.rounds, with_slow=asked.slow)


if __name__ == "__main__":
    main()
