"""What reports cost, against reading and matching the same files.

Prints, for a season of 16 files (our sample tracks, or as many copies of them), the median of
paired repetitions in one run: reading and matching alone, then each kind of report made from
what they gave. Ratios hold from machine to machine; seconds do not.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from attrs import evolve

from headnotes import reports, tracks
from headnotes.engine import Engine
from headnotes.model import Outcome
from headnotes.recognition import FileHints
from headnotes.registry import Registry

SAMPLES = Path(__file__).parents[2] / "subtitles" / "babylon-berlin"
FILES = 16
ROUNDS = 5


def measure(job: Callable[[], object]) -> float:
    """Give the seconds one run takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def hints_of(number: int) -> FileHints:
    """Give a file its own episode, eight to a season."""
    season, episode = divmod(number, 8)
    return FileHints(names=("babylon-berlin",), season=season + 1, episodes=(episode + 1,))


def main() -> None:
    """Measure and print."""
    registry = Registry(builtins={"formats": tracks})
    engine = Engine(registry.topics, registry.works, registry)
    paths = list(islice(cycle(sorted(SAMPLES.glob("*.en.srt"))), FILES))

    def read_and_match() -> tuple[Outcome, ...]:
        return tuple(
            engine.annotate(tracks.read_track(path), hints_of(number))
            for number, path in enumerate(paths)
        )

    season = tuple(
        evolve(one, track=evolve(one.track, name=f"{number:02d}.srt"))
        for number, one in enumerate(read_and_match())
    )
    kinds = {report.name: report.render for report in reports.provide_reports()}
    seconds: dict[str, list[float]] = {name: [] for name in ("reading and matching", *kinds)}
    for _ in range(ROUNDS):
        seconds["reading and matching"].append(measure(read_and_match))
        for name, render in kinds.items():
            seconds[name].append(measure(lambda render=render: render(season, "en")))  # type: ignore[misc]
    notes = sum(len(outcome.annotations) for outcome in season)
    print(f"{FILES} files, {notes} annotations, medians of {ROUNDS} rounds")
    base = statistics.median(seconds["reading and matching"])
    for name, taken in seconds.items():
        median = statistics.median(taken)
        print(f"{name:24} {median * 1000:8.1f} ms {median / base:6.2f} times reading and matching")


if __name__ == "__main__":
    main()
