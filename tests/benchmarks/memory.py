"""How much memory reading a file takes, by format, as a multiple of the file.

    python tests/benchmarks/memory.py [--megabytes 20]

Each file is read in a process of its own, whose greatest size Linux is asked for before and after,
so that what Python allocates and what libraries do count alike. Aim: 10 at most. A file of 20 MB
has twice the cues that `Limits` lets pass; what they refuse costs next to nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from made_files import SHAPES, make_file

READ = """
import json, re, sys, time
from fractions import Fraction
from pathlib import Path
from headnotes.formats import FORMATS, set_frame_rate
from headnotes.tracks import NO_LIMITS, read_track

def peak():
    # of this program alone; getrusage goes on from the process that started it
    return int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024

small, large = map(Path, sys.argv[1:])
formats = set_frame_rate(FORMATS, Fraction(25))
read_track(small, formats=formats)
before, begun = peak(), time.perf_counter()
track = read_track(large, formats=formats, limits=NO_LIMITS)
took = time.perf_counter() - begun
print(json.dumps([track.format, len(track.cues), len(track.repairs), peak() - before, took]))
"""


def main() -> int:
    """Print a line for each format; exit status 1 where one takes more than the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=20)
    size = int(parser.parse_args().megabytes * (1 << 20))
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
    return int(worst > 10)


if __name__ == "__main__":
    sys.exit(main())
