"""What a whole command costs, against the least that any program with our libraries could cost.

    python tests/benchmarks/start.py [--rounds 9]

The floor is a bare Python that imports attrs, pluggy, pysrt and click and reads and writes the same
file with pysrt. Each command is run in turn with it, as a process of its own with its bytecode
ready, and the processor time of both processes is compared: medians of the paired ratios, with
their spread. Aims: one episode 2.2, its first run 4.1, `--version` and completion 0.9.

Run by the Python of an environment into which a wheel was installed, "first run" is that after an
installation, as the wheel brings what others have to make; by that of an editable installation it
is the run that fills the cache.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "moments"))
from annotate import FLOOR, make_track
from rhythm import lay_out

from headnotes.cache import OFF

FIRST = "one episode, first run"
SCRIPT = Path(__file__).parents[1] / "moments" / "scripts" / "S01E04.en.txt"


def run_s(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Run a command and return the processor time that it took, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    headnotes = shutil.which("headnotes", path=str(Path(sys.executable).parent)) or "headnotes"
    with tempfile.TemporaryDirectory() as name:
        # bytecode as pip leaves it, also where the environment forbids Python to keep any
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{name}/bytecode"}
        environment |= {"XDG_CACHE_HOME": f"{name}/cache", "XDG_CONFIG_HOME": f"{name}/config"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        drama = Path(name, "Babylon.Berlin.S01E04.drama.en.srt")
        drama.write_text(lay_out(SCRIPT).to_srt(), encoding="utf-8")
        dense = make_track(Path(name))
        annotate = [headnotes, "annotate", "-q", "-o", f"{name}/out"]
        completing = {"_HEADNOTES_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
        completing["COMP_WORDS"] = "headnotes an"
        rows = {
            "one episode": ([*annotate, str(drama)], drama, {}),
            FIRST: ([*annotate, str(drama)], drama, {}),
            "one episode, samples": ([*annotate, str(dense)], dense, {}),
            "no cache": ([*annotate, str(drama)], drama, {OFF: "1"}),
            "--version": ([headnotes, "--version"], drama, {}),
            "completion": ([headnotes], drama, completing),
            "help": ([headnotes, "--help"], drama, {}),
        }
        libraries = ", ".join(f"{each} {version(each)}" for each in ("attrs", "click", "pysrt"))
        print(f"Python {sys.version.split()[0]}, {libraries}, {rounds} rounds")
        for label, (command, file, variables) in rows.items():
            floor = [sys.executable, "-c", FLOOR.format(str(file))]
            ratios = []
            for _ in range(rounds + 1):
                theirs = run_s(floor, environment)
                if label == FIRST:
                    shutil.rmtree(f"{name}/cache", ignore_errors=True)
                ratios.append(run_s(command, {**environment, **variables}) / theirs)
            counted = sorted(ratios[1:])  # the first fills bytecode and cache
            spread = f"{counted[0]:.2f} to {counted[-1]:.2f}"
            print(
                f"{label:24} {median(counted):5.2f} x the floor ({spread}; first {ratios[0]:.1f})"
            )


if __name__ == "__main__":
    main()
