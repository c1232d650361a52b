"""What a second process gains: an archive by two against the same archive by one.

    python tests/benchmarks/two_processes.py [--files 800] [--rounds 5] [--command archive]

Each round makes the same archive in turn with one process and with two, each as a whole command,
so that whatever else the machine does meets both alike. Printed are the median of the paired ratios
of elapsed time and how far they spread. Where other programs want the processors, too, there is no
second one to be had, so the ratio of the processor time that both took is printed beside it: what
sharing costs, whoever else is there. With `--command annotate` or `report` the same is asked of
these. Aim: 1.8.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))
from archive import HEADNOTES, make_files

OUTPUTS = {"archive": "archive.sqlite", "annotate": "tracks", "report": "pages"}


def run_s(command: list[str], output: Path) -> tuple[float, float]:
    """Run a command anew; return the seconds it took, and those of all its processors."""
    shutil.rmtree(output, ignore_errors=True)
    output.unlink(missing_ok=True)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    # one thread each, whatever libraries below would like
    subprocess.run(command, check=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return time.monotonic() - began, used


def main() -> int:
    """Measure and print; exit status 1 below the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--command", choices=OUTPUTS, default="archive")
    asked = parser.parse_args()
    gains, shares = [], []
    with tempfile.TemporaryDirectory() as name:
        folder, output = Path(name, "files"), Path(name, OUTPUTS[asked.command])
        make_files(folder, asked.files)
        command = [HEADNOTES, asked.command, "-q", str(folder), "-o", str(output)]
        command += ["--format", "html"] if asked.command == "report" else []
        for _ in range(asked.rounds):
            one, two = (run_s([*command, "--jobs", jobs], output) for jobs in ("1", "2"))
            gains.append(one[0] / two[0])
            shares.append(one[1] / two[1])
            print(f"    {gains[-1]:.2f} times as fast; {one[1] / two[1]:.2f} of the processor time")
    print(f"Python {sys.version.split()[0]}, {asked.files} files, {asked.rounds} rounds")
    print(
        f"{asked.command}, two processes against one: {median(gains):.2f}"
        f" ({min(gains):.2f} to {max(gains):.2f}); sharing leaves {median(shares):.2f} of the work"
    )
    return int(median(gains) < 1.8)


if __name__ == "__main__":
    sys.exit(main())
