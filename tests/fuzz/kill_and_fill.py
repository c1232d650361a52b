"""Kill runs at random moments and fill their disks: nothing of the user's may change.

    python tests/fuzz/kill_and_fill.py [--kills 200] [--disks 50] [--seed 1]

Each run annotates a season and reports on it, into folders in which files of the user's own have
the very names of some outputs. After each, every file must be as it was, or a complete output; what
a killed run left is hidden, and gone after the next whole run. A full disk is a small tmpfs where
that may be mounted, elsewhere a limit on the size of files. Exit status 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "subtitles" / "babylon-berlin"
OWN = b"years of work\n"
COMMANDS = (
    ("annotate", "in", "-o", "out", "--profile", "combined-srt", "--profile", "combined-ass"),
    ("report", "in", "--format", "html", "-o", "out/pages"),
)
Files = dict[str, bytes]


def list_files(folder: Path) -> Files:
    """Return all files below a folder by name, hidden ones too."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def start(folder: Path, command: tuple[str, ...], most_bytes: int = 0) -> subprocess.Popen[bytes]:
    """Start one command in a folder, with a limit on the size of files, if one is given."""
    program = [sys.executable, "-m", "headnotes.cli", *command]
    if most_bytes:
        program = ["sh", "-c", f'ulimit -f {most_bytes // 512}; exec "$0" "$@"', *program]
    return subprocess.Popen(
        program, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def run_all(folder: Path) -> float:
    """Run every command to its end and return the seconds of the longest."""
    longest = 0.0
    for command in COMMANDS:
        begun = time.monotonic()
        start(folder, command).wait()
        longest = max(longest, time.monotonic() - begun)
    return longest


def is_hidden(name: str) -> bool:
    """Whether a file is one that a run left unfinished."""
    return any(part.startswith(".headnotes-") for part in Path(name).parts)


class Survey:
    """What must hold after every run, and how often it did not."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        self.folder = folder
        for name in names:
            (folder / "in").mkdir(exist_ok=True)
            shutil.copy(SAMPLES / name, folder / "in" / name)
        self.seconds = run_all(folder)
        self.complete = list_files(folder)
        outputs = sorted(name for name in self.complete if name.startswith("out/"))
        self.own = set(outputs[::4])
        self.wrong = self.left = 0
        self.reset()

    def reset(self) -> None:
        """Begin anew: inputs, and files of the user's own in the way of some outputs."""
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        for name in self.own:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(OWN)

    def check(self, *, may_leave: bool) -> None:
        """Compare everything that is there with what may be."""
        found = list_files(self.folder)
        hidden = [name for name in found if is_hidden(name)]
        self.left += bool(hidden)
        for name in self.own | {name for name in self.complete if name.startswith("in/")}:
            expected = OWN if name in self.own else self.complete[name]
            self.tell(found.get(name) == expected, f"{name} has changed")
        for name in found.keys() - set(hidden) - self.own:
            self.tell(found[name] == self.complete.get(name), f"{name} is not complete")
        self.tell(may_leave or not hidden, f"left for ever: {hidden}")

    def tell(self, holds: bool, message: str) -> None:  # noqa: FBT001  # a condition
        """Count and print what does not hold."""
        if not holds:
            self.wrong += 1
            print(message)


def kill_runs(folder: Path, count: int, chance: random.Random) -> int:
    """Kill so many runs, a whole run after every tenth; return how much was wrong."""
    survey = Survey(folder, sorted(path.name for path in SAMPLES.glob("S01E0[1-4].en.srt")))
    killed = 0
    for number in range(count):
        run = start(folder, COMMANDS[number % 2])
        time.sleep(chance.uniform(0.2, survey.seconds))
        killed += run.poll() is None
        run.kill()
        run.wait()
        survey.check(may_leave=True)
        if number % 10 == 9:
            run_all(folder)
            survey.check(may_leave=False)
            survey.reset()
            print(f"{number + 1} runs, {killed} killed, {survey.wrong} things wrong", flush=True)
    print(f"{killed} of {count} runs killed; unfinished files after {survey.left} of them")
    return survey.wrong


def fill_disks(folder: Path, count: int, chance: random.Random) -> int:
    """Run on so many disks that are too small; return how much was wrong."""
    survey = Survey(folder, ["S01E01.en.srt", "S01E02.en.srt"])
    largest = max(map(len, survey.complete.values()))
    total = sum(map(len, survey.complete.values()))
    disk = folder / "out"
    mounted = failed = 0
    for _ in range(count):
        survey.reset()
        shutil.rmtree(disk)
        disk.mkdir()
        size = chance.randrange(40_000, total)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
        is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        mounted += is_mounted
        most_bytes = 0 if is_mounted else chance.randrange(1_000, largest)
        own, survey.own = survey.own, set()
        for command in COMMANDS:
            failed += start(folder, command, most_bytes).wait() != 0
        survey.check(may_leave=False)
        survey.own = own
        if is_mounted:
            subprocess.run(["umount", str(disk)], check=True)
    print(f"{count} small disks ({mounted} mounted, the rest limits), {failed} runs failed on them")
    return survey.wrong


def main() -> int:
    """Do both and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--disks", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    wrong = 0
    for act, count in ((kill_runs, options.kills), (fill_disks, options.disks)):
        with tempfile.TemporaryDirectory() as made:
            wrong += act(Path(made), count, chance) if count else 0
    print(f"{wrong} things wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
