"""What a track costs once topics are loaded, against pysrt reading and writing the same file.

    python tests/benchmarks/pipeline.py [FILE ...] [--rounds 15]

Each round does both in turn, so that whatever else the machine does meets both alike; the figures
are processor time of this process. Printed for each file: the median of the paired ratios, how far
they spread, and the same for each step. By default two tracks are measured: a written script laid
out in the rhythm of television, and 700 cues of our samples, in which everything is spoken of at
once. Aim: 5 at most. Then tracks of other works: what it costs to find that out, against reading
them. Aim: 0.4.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median

import pysrt

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "moments"))
from annotate import make_track
from rhythm import lay_out

from headnotes.engine import Engine
from headnotes.model import Outcome, Track
from headnotes.profiles import PROFILES, render_profile
from headnotes.recognition import FileHints
from headnotes.registry import Registry
from headnotes.scheduling import Schedule, schedule, select
from headnotes.tracks import read_file_name, read_track

SCRIPT = Path(__file__).parents[1] / "moments" / "scripts" / "S01E04.en.txt"
FOREIGN = Path(__file__).parents[1] / "moments" / "elsewhere"
STEPS = ("reading", "annotating", "scheduling", "writing")


class Clock:
    """Processor time since it was asked last."""

    def __init__(self) -> None:
        self._before = time.process_time()

    def lap(self) -> float:
        """Return the seconds since it was made, or asked."""
        now = time.process_time()
        took, self._before = now - self._before, now
        return took


def run_steps(engine: Engine, file: Path) -> list[float]:
    """Return the seconds that each step takes."""
    clock, seconds = Clock(), []

    def step(work: Callable[[], object]) -> object:
        done = work()
        seconds.append(clock.lap())
        return done

    track = step(lambda: read_track(file))
    assert isinstance(track, Track)
    named = read_file_name(file)
    hints = FileHints(names=(file.stem,), season=named.season, episodes=named.episodes)
    outcome = step(lambda: engine.annotate(track, hints))
    assert isinstance(outcome, Outcome)
    kept = select(outcome.annotations, episode=outcome.episode).kept
    planned = step(lambda: schedule(track, kept, language="en"))
    assert isinstance(planned, Schedule)
    step(lambda: render_profile(PROFILES[0], track, planned.shown))
    return seconds


def run_pysrt(file: Path) -> float:
    """Return the seconds that pysrt takes to read a file and to write it."""
    clock = Clock()
    pysrt.open(str(file), encoding="utf-8").save(f"{file}.out", encoding="utf-8")
    return clock.lap()


def measure(file: Path, rounds: int) -> None:
    """Print what one file costs."""
    registry = Registry()
    engine = Engine(registry.topics, registry.works, registry)
    run_steps(engine, file)
    ratios: list[list[float]] = []
    for _ in range(rounds):
        theirs = run_pysrt(file)
        ratios.append([seconds / theirs for seconds in run_steps(engine, file)])
    whole = sorted(map(sum, ratios))
    print(f"{file.name}: {median(whole):.1f} x pysrt ({whole[0]:.1f} to {whole[-1]:.1f})")
    for name, each in zip(STEPS, zip(*ratios, strict=True), strict=True):
        print(f"    {name:11} {median(each):6.2f}")


def measure_foreign(file: Path, rounds: int) -> None:
    """Print what a track of another work costs beyond being read."""
    registry = Registry()
    engine = Engine(registry.topics, registry.works, registry)
    ratios = []
    for _ in range(rounds):
        clock = Clock()
        track = read_track(file)
        reading = clock.lap()
        engine.annotate(track, FileHints(names=(file.stem,)))
        ratios.append(clock.lap() / reading)
    counted = sorted(ratios[1:])  # the first makes the terms ready
    spread = f"{counted[0]:.2f} to {counted[-1]:.2f}"
    print(f"{file.name}: {median(counted):.2f} x reading it ({spread})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, pysrt {version('pysrt')}, {asked.rounds} rounds")
    with tempfile.TemporaryDirectory() as folder:
        files = asked.files
        if not files:
            drama = Path(folder, "Babylon.Berlin.S01E04.drama.en.srt")
            drama.write_text(lay_out(SCRIPT).to_srt(), encoding="utf-8")
            files = [drama, make_track(Path(folder))]
        for file in files:
            measure(file, asked.rounds)
        for file in () if asked.files else sorted(FOREIGN.glob("*.srt")):
            measure_foreign(file, asked.rounds)


if __name__ == "__main__":
    main()
