"""How long `headnotes annotate FILE` takes, against the least it could take.

Prints ratios of paired repetitions in one run; absolute times say more about the machine.

- start: the whole command on a release-named file of 700 cues, against a bare Python that
  imports attrs, pluggy, pysrt and click and reads and writes the same file with pysrt. Both have
  their bytecode, as pip leaves an installed package, also where the environment forbids Python
  to keep any.
- reading: our reading of the file, against pysrt's.
- matching: laying out the words and looking for 50, 500 and 5,000 terms, against our reading.
- finding: matching, anchoring and all else that all topics cost, against our reading.
- growth: processor time to match one cue, from 50 to 5,000 terms, and from 1 thousand cues to
  1 million (as many as the first argument says); each against the first of its row.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pysrt
from attrs import evolve

if TYPE_CHECKING:
    from headnotes.matching import Matcher
    from headnotes.model import Cue, Track

SAMPLES = Path(__file__).parents[2] / "subtitles" / "babylon-berlin"
NAME = "Babylon.Berlin.S01E04.1080p.WEB-DL.en.srt"
CUES = 700
ROUNDS = 15
FLOOR = (
    "import attrs, pluggy, pysrt, click; "
    "pysrt.open({0!r}, encoding='utf-8').save({0!r} + '.out', encoding='utf-8')"
)


def make_track(folder: Path) -> Path:
    """Make a file of 700 cues out of our sample tracks, one after the other."""
    track = pysrt.SubRipFile()
    shift_ms = 0
    for sample in sorted(SAMPLES.glob("*.en.srt")):
        for cue in pysrt.open(str(sample), encoding="utf-8"):
            cue.shift(milliseconds=shift_ms)
            track.append(cue)
        shift_ms = track[-1].end.ordinal + 20_000
    del track[CUES:]
    track.clean_indexes()
    path = folder / NAME
    track.save(str(path), encoding="utf-8")
    return path


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Give the median ratio of two jobs done in turn, and the median seconds of ours."""
    ratios, seconds = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        theirs()
        middle = time.perf_counter()
        ours()
        end = time.perf_counter()
        ratios.append((end - middle) / (middle - start))
        seconds.append(end - middle)
    return statistics.median(ratios), statistics.median(seconds)


def made_up_terms(count: int) -> list[str]:
    """Make terms of all kinds from words of our samples; the same ones each time."""
    chance = random.Random(1929)
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.srt")))
    words = sorted({word for word in text.split() if word.isalpha() and len(word) > 7})
    shapes: Sequence[str] = ("{0}", "{0}*", "*{0}*", "~{0}", "{0} {1}", "{0} | {1}*")
    return [
        chance.choice(shapes).format(
            chance.choice(words) + "x" * (n % 3), chance.choice(words) + "x"
        )
        for n in range(count)
    ]


def main() -> None:
    """Print the ratios."""
    from headnotes.engine import Engine
    from headnotes.matching import Matcher, parse_term, tokenize
    from headnotes.recognition import Overrides
    from headnotes.registry import Registry
    from headnotes.tracks import read_track

    headnotes = shutil.which("headnotes", path=str(Path(sys.executable).parent)) or "headnotes"
    with tempfile.TemporaryDirectory() as name:
        path = make_track(Path(name))
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": name + "/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def run(*command: str) -> None:
            subprocess.run(command, check=True, env=environment)

        whole = (headnotes, "annotate", str(path), "-q", "-o", name + "/out")
        floor = (sys.executable, "-c", FLOOR.format(str(path)))
        run(*whole)
        run(*floor)
        start, seconds = ratio(lambda: run(*whole), lambda: run(*floor))
        print(f"start      {start:6.2f} x the floor        ({seconds * 1000:.0f} ms)")
        reading, seconds = ratio(
            lambda: read_track(path), lambda: pysrt.open(str(path), encoding="utf-8")
        )
        print(f"reading    {reading:6.2f} x pysrt            ({CUES / seconds:,.0f} cues/s)")
        track = read_track(path)

    def find(matcher: Matcher) -> object:
        return matcher.find(tokenize(track.by_time))

    for count in (50, 500, 5000):
        matcher = Matcher(map(parse_term, made_up_terms(count)))
        matching, seconds = ratio(
            partial(find, matcher),
            lambda: read_again(track.source),
        )
        rate = f"{CUES / seconds:,.0f} cues/s"
        print(f"matching   {matching:6.2f} x our reading      ({count} terms, {rate})")
    registry = Registry()
    engine = Engine(registry.topics, registry.works, registry)
    overrides = Overrides(work="babylon-berlin", episode="S01E04")
    finding, seconds = ratio(
        lambda: engine.annotate(track, overrides=overrides), lambda: read_again(track.source)
    )
    print(f"finding    {finding:6.2f} x our reading      ({CUES / seconds:,.0f} cues/s)")
    print_growth(track, most_cues=int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)


def print_growth(track: Track, most_cues: int) -> None:
    """Print how the time to match one cue grows with the terms and with the cues."""
    from headnotes.matching import Matcher, parse_term

    matchers = {n: Matcher(map(parse_term, made_up_terms(n))) for n in (50, 500, 5_000)}
    cues = track.by_time * 2
    print_row("terms", {n: seconds_per_cue(one, cues) for n, one in matchers.items()})
    counts = [n for n in (1_000, 10_000, 100_000, 1_000_000) if n <= most_cues]
    print_row("cues", {n: seconds_per_cue(matchers[500], repeat(track, n)) for n in counts})


def print_row(of: str, seconds: Mapping[int, float]) -> None:
    """Print times per cue against the first of them, with what they are the times of."""
    first = next(iter(seconds.values()))
    row = (f"{count:>9,}: {each / first:4.2f}" for count, each in seconds.items())
    print(f"growth     per cue, {of:<5} {'  '.join(row)}")


def repeat(track: Track, count: int) -> Sequence[Cue]:
    """Make a long dialogue of a short one, over and over, in the order of time."""
    cues, length_ms = track.by_time, track.duration_ms + 1
    return [
        evolve(cue, start_ms=cue.start_ms + shift_ms, end_ms=cue.end_ms + shift_ms)
        for shift_ms in range(0, length_ms * (count // len(cues) + 1), length_ms)
        for cue in cues
    ][:count]


def seconds_per_cue(matcher: Matcher, cues: Sequence[Cue]) -> float:
    """Measure what matching costs for each cue in processor time; the least of some rounds."""
    from headnotes.matching import tokenize

    rounds = []
    for _ in range(max(3, min(ROUNDS, 100_000 // len(cues)))):
        start = time.process_time()
        matcher.find(tokenize(cues))
        rounds.append(time.process_time() - start)
    return min(rounds) / len(cues)


def read_again(source: str) -> object:
    """Read a track from memory, as the program does from a file."""
    from headnotes.tracks import parse_track

    return parse_track(source.encode("utf-8"), NAME)


if __name__ == "__main__":
    main()
