"""How long reading a clean SubRip file takes, against pysrt reading the same file.

    python tests/benchmarks/reading.py [--cues 700] [--repeat 40]

Both are run in turn within one process, so that whatever else the machine does meets both alike;
the medians and the median of the paired ratios are printed. Aim: 1.3 at most.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pysrt

from headnotes.times import format_srt_time
from headnotes.tracks import read_track

WORDS = "the police said that nobody knows where Charlotte went last night and why he never came"


def write_clean_file(path: Path, cues: int) -> None:
    """Write a file that needs no repair, the same one every time."""
    dice = random.Random(1929)
    words = WORDS.split()
    blocks, now_ms = [], 1_000
    for number in range(1, cues + 1):
        end_ms = now_ms + dice.randint(900, 4_000)
        lines = [" ".join(dice.choices(words, k=dice.randint(3, 8))) for _ in range(number % 2 + 1)]
        times = f"{format_srt_time(now_ms)} --> {format_srt_time(end_ms)}"
        blocks.append("\n".join((str(number), times, *lines, "")))
        now_ms = end_ms + dice.randint(100, 3_000)
    path.write_text("\n".join(blocks), encoding="utf-8")


def take_ms(read: Callable[[], object]) -> float:
    """Time one call."""
    begun = time.perf_counter()
    read()
    return (time.perf_counter() - begun) * 1_000


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cues", type=int, default=700)
    parser.add_argument("--repeat", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Babylon.Berlin.S01E04.1080p.en.srt"
        write_clean_file(path, asked.cues)
        rows = {
            "headnotes read_track": lambda: read_track(path),
            "pysrt.open": lambda: pysrt.open(str(path), encoding="utf-8"),
            "pysrt.from_string": lambda: pysrt.from_string(path.read_text(encoding="utf-8")),
        }
        for read in rows.values():
            read()
        taken = [{name: take_ms(read) for name, read in rows.items()} for _ in range(asked.repeat)]
    for name in rows:
        ratio = median(once["headnotes read_track"] / once[name] for once in taken)
        print(
            f"{name:22} {median(once[name] for once in taken):8.2f} ms   we take {ratio:.2f} of it"
        )


if __name__ == "__main__":
    main()
