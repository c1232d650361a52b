"""How much memory reading a file takes, by format, and a report on many, as multiples of a file.

    python tests/benchmarks/memory.py [--megabytes 20] [--files 240]

Each file is read in a process of its own, whose greatest size Linux is asked for before and after,
so that what Python allocates and what libraries do count alike. Aim: 10 at most. A file of 20 MB
has twice the cues that `Limits` lets pass; what they refuse costs next to nothing.

Then pages are written on some files and on ten times as many, each in a process of its own: what
each further file adds must be less than the file. Reports that are one document hold all of it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
from archive import make_files

from made_files import SHAPES, make_file

PEAK = """
import re
from pathlib import Path

def peak():
    # of this program alone; getrusage goes on from the process that started it
    return int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
"""

READ = f"""{PEAK}
import json, sys, time
from fractions import Fraction
from headnotes.formats import FORMATS, set_frame_rate
from headnotes.tracks import NO_LIMITS, read_track

small, large = map(Path, sys.argv[1:])
formats = set_frame_rate(FORMATS, Fraction(25))
read_track(small, formats=formats)
before, begun = peak(), time.perf_counter()
track = read_track(large, formats=formats, limits=NO_LIMITS)
took = time.perf_counter() - begun
print(json.dumps([track.format, len(track.cues), len(track.repairs), peak() - before, took]))
"""

REPORT = f"""{PEAK}
import sys
from headnotes.cli import run
run(["report", "-q", sys.argv[1], "--format", "html", "-o", sys.argv[2], "--jobs", "1"])
print(peak())
"""


def main() -> int:
    """Print a line for each format; exit status 1 where one takes more than the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--files", type=int, default=240)
    asked = parser.parse_args()
    size = int(asked.megabytes * (1 << 20))
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for shape in SHAPES:
            paths = []
            for name, count in (("small", 5_000), ("large", size)):
                paths.append(Path(folder, f"{name}.en.{shape}"))
                paths[-1].write_bytes(make_file(shape, count))
            command = [sys.executable, "-c", READ, *map(str, paths)]
            done = subprocess.run(command, capture_output=True, check=True)
            form, cues, repairs, taken, seconds = json.loads(done.stdout)
            share = taken / paths[-1].stat().st_size
            worst = max(worst, share)
            print(f"{form:10} {cues:8,} cues {repairs:3} repairs {share:6.1f} x {seconds:6.1f} s")
        added = measure_report(Path(folder), asked.files)
        print(f"pages      {asked.files:8,} files {added:20.2f} x each further file")
    return int(worst > 10 or added > 1)


def measure_report(folder: Path, files: int) -> float:
    """Return what each further file adds to the memory of a report, as a multiple of the file."""
    peaks, sizes = [], []
    for count in (files // 10, files):
        inputs = folder / f"{count}"
        sizes.append(make_files(inputs, count))
        command = [sys.executable, "-c", REPORT, str(inputs), f"{inputs}.pages"]
        peaks.append(int(subprocess.run(command, capture_output=True, check=True).stdout))
    return (peaks[1] - peaks[0]) / (sizes[1] - sizes[0])


if __name__ == "__main__":
    sys.exit(main())
