"""Which words of depictions are said elsewhere nearly as often as in their scenes.

Words come into anchors by hands that think of one scene, and some of them are said in all: they
raise what is found by chance, which is taken off from every place, and so they cost more true
places than they find. Run it by hand after words were added: `python tests/moments/prune.py` lists
what should go, `--apply` takes it out of the work's file.

A word *tells* of a depiction by how many times more often a line of its scenes has it than a line
of other scenes (the likelihood ratio, 0.3 lines added for those that were never written). Each line
counts once, however often a collection is laid out. What tells less than `LEAST_TELLING` goes, but
for the words by which the depiction itself is described: they are its subject, and for those of the
lines that must find it (its cases). Only scenes that may
be tuned on are counted. The figure was chosen on a collection whose words nobody had taken (easy,
medium, hard, precision, each of its scenes played) and on all scripts: all words .94/.76/.46 .91
and .93/.75/.78 .92; without those that tell less than three times .94/.73/.45 .91 and
.98/.79/.76 .94, five .96/.72/.40 .93 and .98/.79/.76 .93.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from attrs import frozen
from scenes import DEPICTIONS
from variants import WORK, Sample, make_samples, make_source

import headnotes_babylon_berlin
from headnotes.anchoring import index_track
from headnotes.matching import Matcher, parse_term
from headnotes.model import Depiction, Work
from headnotes.registry import Registry
from headnotes.tracks import parse_track

LEAST_TELLING = 3.0
NEVER_WRITTEN = 0.3
"""Lines that are added to those inside: what nobody wrote may be written yet."""

STEM_CHARS = 5
"""Words that begin alike so far are taken for forms of one; shorter ones than four never are."""

FILE = Path(headnotes_babylon_berlin.__file__).parent / "work.toml"


@frozen
class Line:
    """One line that is spoken, whichever collections have it.

    Attributes:
        text: as spoken.
        plays: what is depicted while it is said.
    """

    text: str
    plays: frozenset[str]


def read_lines(samples: Collection[Sample]) -> set[Line]:
    """Return what is said in some samples."""
    lines = set()
    for sample in samples:
        plays = defaultdict(set)
        for label in sample.track.labels:
            for number in range(label.first_cue, label.last_cue + 1):
                plays[number].add(DEPICTIONS.get(label.depiction, ""))
        for number, line in enumerate(sample.track.lines, 1):
            lines.add(Line(line.text, frozenset(plays[number] - {""})))
    return lines


def alternatives(depiction: Depiction) -> Iterator[str]:
    """Return the words of a depiction, each of several for one term by itself."""
    for anchor in depiction.anchors:
        for term in (*anchor.all, *anchor.any):
            yield from map(str.strip, term.split("|"))


def rate(work: Work, lines: Mapping[str, Collection[Line]]) -> dict[tuple[str, str], float]:
    """Return how much each word tells of each depiction, as far as it is said elsewhere at all.

    Args:
        work: whose depictions are looked at.
        lines: by language.
    """
    users = defaultdict(set)
    for depiction in work.depictions:
        for word in alternatives(depiction):
            users[word].add(depiction.id)
    inside: Counter[tuple[str, str]] = Counter()
    said: Counter[str] = Counter()
    for tag, spoken in lines.items():
        for line, word in _find(spoken, Matcher(map(parse_term, users)), tag):
            said[word] += 1
            inside.update((name, word) for name in users[word] & line.plays)
    total = sum(map(len, lines.values()))
    own = Counter(name for spoken in lines.values() for line in spoken for name in line.plays)
    return {
        (name, word): ((inside[name, word] + NEVER_WRITTEN) / max(own[name], 1))
        / (elsewhere / (total - own[name]))
        for word, names in users.items()
        for name in names
        if (elsewhere := said[word] - inside[name, word])
    }


def _find(
    lines: Collection[Line], matcher: Matcher, tag: str | None = None
) -> Iterator[tuple[Line, str]]:
    """Return each line with each word that is said in it."""
    in_order = sorted(lines, key=lambda line: (line.text, sorted(line.plays)))
    # a cue every ten seconds: no phrase reaches from one into the next
    blocks = [
        f"{number}\n{_clock(10 * number)},000 --> {_clock(10 * number + 5)},000\n{line.text}\n"
        for number, line in enumerate(in_order, 1)
    ]
    track = parse_track("\n".join(blocks).encode(), "lines.srt")
    index = index_track(track.by_time, matcher, tag)
    for word, spans in index.spans.items():
        for cue in sorted({index.tokens.cue_of[span.first] for span in spans}):
            yield in_order[index.tokens.cues[cue].number - 1], word


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def is_subject(word: str, depiction: Depiction) -> bool:
    """Whether all of a word is in what a depiction is called or described as."""
    described = " ".join([depiction.id, *depiction.shown.values()]).casefold()
    stems = re.findall(r"\w+", word.casefold())
    return bool(stems) and all(len(s) >= 4 and s[:STEM_CHARS] in described for s in stems)


def find_in_cases(depiction: Depiction) -> set[str]:
    """Return the words of a depiction that are said in lines that must find it."""
    cases = (line for case in depiction.cases.hits for line in case)
    lines = [Line(line, frozenset()) for line in cases]
    return {word for _, word in _find(lines, Matcher(map(parse_term, alternatives(depiction))))}


def find_noise(work: Work, lines: Mapping[str, Collection[Line]]) -> dict[str, set[str]]:
    """Return the words that should go, by depiction."""
    rated = rate(work, lines)
    noise = {}
    for depiction in work.depictions:
        words = {
            word
            for word in alternatives(depiction)
            if rated.get((depiction.id, word), LEAST_TELLING) < LEAST_TELLING
            if not is_subject(word, depiction)
        }
        if words := words - find_in_cases(depiction):
            noise[depiction.id] = words
    return noise


def take_out(text: str, noise: Mapping[str, Collection[str]]) -> str:
    """Return a work's file without some words of its depictions, one term in a line."""
    kept = []
    name = table = ""
    for line in text.splitlines(keepends=True):
        if header := re.match(r"\[+([\w.]+)", line):
            table = header[1]
        if table == "depictions" and (named := re.match(r'id = "(.+)"', line)):
            name = named[1]
        term = re.fullmatch(r'(\s+)"(.*)",?\n', line)
        if table == "depictions.anchor" and term:
            words = [word for word in term[2].split(" | ") if word not in noise.get(name, ())]
            kept += [f'{term[1]}"{" | ".join(words)}",\n'] if words else []
        else:
            kept.append(line)
    return "".join(kept)


def main() -> None:
    """Print what should go; with `--apply`, take it out."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--apply", action="store_true", help="take the words out of the file")
    wishes = parser.parse_args()
    lines: defaultdict[str, set[Line]] = defaultdict(set)
    for part in ("open", "opened", "tuned"):
        for sample in make_samples("drama", make_source(part, is_whole=True)):
            lines[sample.name[-2:]] |= read_lines([sample])
    noise = find_noise(Registry().works[WORK], lines)
    for name, words in noise.items():
        print(f"{name}: {', '.join(sorted(words))}")
    print(sum(map(len, noise.values())), "words")
    if wishes.apply:
        FILE.write_text(take_out(FILE.read_text("utf-8"), noise), "utf-8")


if __name__ == "__main__":
    main()
