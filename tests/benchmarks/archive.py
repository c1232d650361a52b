"""What an archive of 50,000 files takes, and that no accident changes what is in it.

    python tests/benchmarks/archive.py [--files 50000] [--compared 50000] [--jobs 2]

The files are our sample tracks, the labelled scripts in the rhythm of television, and four times
as many of other works, copied until there are enough, each copy without two of its cues, so that
no two files are equal. A run over them is interrupted as by Ctrl-C, the next is killed and
its workers must end, the next is killed with all its workers, the next loses a worker and ends.
Printed are the rate, and the greatest memory of any process. Then the files to compare are done by
one process, by two, and on a Dask cluster of two workers, and every row of every table must be the
same. Where all are compared, the run that had the accidents is that of two processes: it must have
these rows, too.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "moments"))
from rhythm import lay_out

TESTS = Path(__file__).parents[1]
SAMPLES = TESTS.parent / "subtitles" / "babylon-berlin"
HEADNOTES = shutil.which("headnotes", path=str(Path(sys.executable).parent)) or "headnotes"
LOOK_S = 0.5
OTHERS = 4
"""Of other works to each of ours: whoever keeps many tracks keeps them of much."""

ROWS = """
    SELECT path, digest, failure, tracks.name, format, language, cues, duration_ms, work, episode,
        topic, note, moment_ms, passage_start_ms, passage_end_ms, shown_start_ms, shown_end_ms,
        strength, first_cue, depiction,
        (SELECT group_concat(line) FROM issues WHERE issues.track = tracks.id)
    FROM files LEFT JOIN tracks ON file = files.id LEFT JOIN annotations ON track = tracks.id
    ORDER BY path, tracks.name, moment_ms, topic, note, first_cue
"""


# ------------------------------------------------------------------------------ the files


def read_sources() -> list[tuple[str, list[str]]]:
    """Return the name and the cues, as text, of each file that is multiplied."""
    moments = TESTS / "moments"
    own = list(_read_all(SAMPLES, moments / "scripts", "Babylon.Berlin."))
    foreign = list(_read_all(moments / "elsewhere", moments / "scripts" / "elsewhere", ""))
    return own + list(islice(cycle(foreign), OTHERS * len(own)))


def _read_all(tracks: Path, scripts: Path, title: str) -> Iterator[tuple[str, list[str]]]:
    """Yield all tracks and scripts in two folders; the scripts under a title."""
    for file in sorted(tracks.glob("*.srt")):
        yield file.name, file.read_text().strip().split("\n\n")
    for script in sorted(scripts.glob("*.txt")):
        yield f"{title}{script.stem}.drama.srt", lay_out(script).to_srt().strip().split("\n\n")


def make_files(folder: Path, wanted: int) -> int:
    """Make so many files, each in a folder of its copies; return how many bytes they have."""
    size = 0
    copies: Counter[str] = Counter()
    for name, cues in islice(cycle(read_sources()), wanted):
        place = folder / f"copy-{copies[name]:05}" / name
        place.parent.mkdir(exist_ok=True, parents=True)
        size += place.write_text(_vary(cues, copies[name]))
        copies[name] += 1
    return size


def _vary(cues: list[str], copy: int) -> str:
    """Return a file's text without two of its cues, in each copy others."""
    first = copy % len(cues)
    second = (first + 1 + copy // len(cues)) % len(cues)
    return "\n\n".join(cue for number, cue in enumerate(cues) if number not in {first, second})


# ------------------------------------------------------------------------------- the runs


class Run:
    """One `headnotes archive` with its workers, in a group of processes of its own.

    Attributes:
        peaks: greatest memory of each process by its number, in bytes; the first is the parent.
    """

    def __init__(self, folder: Path, archive: Path, *options: str) -> None:
        command = [HEADNOTES, "archive", "-q", str(folder), "-o", str(archive), *options]
        self.archive = archive
        self.process = subprocess.Popen(command, start_new_session=True)
        self.peaks: dict[int, int] = {}

    def watch(self, done: int | None = None) -> bool:
        """Wait until so many files are done, or the run ends; return whether it goes on."""
        while self.process.poll() is None:
            for process in (self.process.pid, *self.list_workers()):
                peak = _peak(process)
                self.peaks[process] = max(peak, self.peaks.get(process, 0))
            if done is not None and count_done(self.archive) >= done:
                return True
            time.sleep(LOOK_S)
        return False

    def list_workers(self) -> list[int]:
        """Return the numbers of the processes that do the work."""
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
            started = Path(f"/proc/{self.process.pid}/task").glob("*/children")
            numbers = " ".join(each.read_text() for each in (children, *started)).split()
            return [number for number in set(map(int, numbers)) if _is_worker(number)]
        return []

    def has_left_nothing(self) -> bool:
        """Whether all processes end soon after the one that began them."""
        for _ in range(60):
            if not any(map(_is_worker, self.peaks)):
                return True
            time.sleep(LOOK_S)
        return False


def _is_worker(process: int) -> bool:
    with contextlib.suppress(OSError):
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def _peak(process: int) -> int:
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{process}/status").read_text()
        if found := re.search(r"VmHWM:\s+(\d+)", status):
            return int(found[1]) * 1024
    return 0


def count_done(archive: Path) -> int:
    """Return how many files an archive has; a run that writes into it is not disturbed."""
    try:
        with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM files").fetchone()[0])
    except sqlite3.Error:
        return 0


def survive(folder: Path, archive: Path, accidents: Sequence[int], jobs: int) -> float:
    """Do all files with an accident whenever so many are done; return the seconds of all runs."""
    seconds, peaks = 0.0, []

    def go(done: int, accident: str, strike: Callable[[Run], None]) -> None:
        nonlocal seconds
        began, before = time.monotonic(), count_done(archive)
        run = Run(folder, archive, "--jobs", str(jobs))
        if run.watch(done):
            strike(run)
            run.watch(None)
        took = time.monotonic() - began
        seconds += took
        peaks.append(list(run.peaks.values()))
        now = count_done(archive)
        rate = (now - before) / took
        print(f"{accident:28} status {run.process.returncode}, {now:,} done, {rate:.1f} a second")
        assert run.has_left_nothing(), "processes left behind"

    first, second, third, last = accidents
    go(first, "interrupted", lambda run: run.process.send_signal(signal.SIGINT))
    go(second, "killed", lambda run: run.process.kill())
    go(third, "killed with its workers", lambda run: os.killpg(run.process.pid, signal.SIGKILL))
    go(last, "a worker killed", lambda run: os.kill(run.list_workers()[0], signal.SIGKILL))
    parent = max(each[0] for each in peaks)
    workers = max(peak for each in peaks for peak in each[1:])
    print(f"greatest memory: parent {parent / 2**20:.0f} MB, worker {workers / 2**20:.0f} MB")
    return seconds


def fingerprint(archive: Path) -> tuple[int, int, str]:
    """Return files, annotations and a digest of all rows but their numbers.

    Raises:
        AssertionError: a file is there twice, has failed, or SQLite finds the archive damaged.
    """
    with closing(sqlite3.connect(archive)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not database.execute("PRAGMA foreign_key_check").fetchall()
        failed = database.execute("SELECT path, failure FROM files WHERE failure <> ''").fetchall()
        assert not failed, failed[:3]
        files, paths = database.execute(
            "SELECT count(*), count(DISTINCT path) FROM files"
        ).fetchone()
        assert files == paths
        (annotations,) = database.execute("SELECT count(*) FROM annotations").fetchone()
        digest = hashlib.sha256()
        for row in database.execute(ROWS):
            digest.update(repr(row).encode())
    return files, annotations, digest.hexdigest()[:16]


@contextmanager
def start_cluster() -> Iterator[str]:
    """Start a Dask cluster of two worker processes and yield its address."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def compare(
    folder: Path, place: Path, files: int, ways: Sequence[str]
) -> set[tuple[int, int, str]]:
    """Do the same files in several ways and return their fingerprints."""
    found = set()
    with start_cluster() as address:
        options_of = {
            "serial": ["--jobs", "1"],
            "two processes": ["--jobs", "2"],
            "Dask, two workers": ["--dask", address],
        }
        for name in ways:
            options = options_of[name]
            archive = place / f"{name}.sqlite"
            began = time.monotonic()
            run = Run(folder, archive, *options)
            run.watch()
            rate = files / (time.monotonic() - began)
            found.add(made := fingerprint(archive))
            print(f"{name:28} status {run.process.returncode}, {rate:.1f} a second, {made}")
    return found


def main() -> int:
    """Measure and print; exit status 1 where answers differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--compared", type=int, default=50_000)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    # a shell lets what it starts in the background ignore Ctrl-C, and what that starts, too
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # it takes an hour
    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        size = make_files(place / "all", asked.files)
        print(f"{asked.files:,} files, {size / 2**20:,.0f} MB")
        accidents = [asked.files * part // 5 for part in range(1, 5)]
        seconds = survive(place / "all", place / "accidents.sqlite", accidents, asked.jobs)
        survived = fingerprint(place / "accidents.sqlite")
        taken = (place / "accidents.sqlite").stat().st_size
        rate = asked.files / seconds
        print(f"{rate:.1f} files a second with all accidents; {taken / 2**20:.0f} MB; {survived}")
        assert survived[0] == asked.files
        if asked.compared == asked.files:
            ways: tuple[str, ...] = ("serial", "Dask, two workers")
            found = {survived, *compare(place / "all", place, asked.files, ways)}
        else:
            make_files(place / "some", asked.compared)
            ways = ("serial", "two processes", "Dask, two workers")
            found = compare(place / "some", place, asked.compared, ways)
    print("the same rows" if len(found) == 1 else "ROWS DIFFER")
    return int(len(found) != 1)


if __name__ == "__main__":
    sys.exit(main())
