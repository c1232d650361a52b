"""Many files are shared by processes, and nobody can tell from what comes of it."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

import made_jobs
from headnotes import Headnotes, archive
from headnotes.cli import jobs, sending
from headnotes.cli.jobs import FILES_PER_PROCESS, FileWork, choose_jobs

SAMPLES = Path(__file__).parents[3] / "subtitles" / "babylon-berlin"
SERIES = ("S01E01.en.srt", "S01E04.de.srt", "S01E04.en.srt", "S02E01.en.srt")
FAILING = """
from headnotes import hookimpl
from headnotes.model import TrackFormat

def recognise(text):
    raise ValueError("no eyes")

@hookimpl
def provide_formats():
    return [TrackFormat(name="blind", suffixes=(".blind",), recognise=recognise, parse=list)]

@hookimpl
def annotate_track(track, episode, topics):
    if "S01E04" in track.name:
        raise ValueError("no hands")
"""
DEADLY = """
import os, signal
from headnotes import hookimpl

@hookimpl
def annotate_track(track, episode, topics):
    if "deadly" in track.name:
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def series(world):
    """Give a world with four tracks, one that has headnotes already, and a file that is none."""
    world.write({f"series/{name}": (SAMPLES / name).read_bytes() for name in SERIES})
    world.write({"series/bad.srt": "no cue"})
    assert world.run("annotate", "series/S01E01.en.srt", "-o", "series").status == 0
    return world


def run_with(world, count, *arguments):
    """Run a command with so many processes; return what it printed, and what it wrote."""
    shutil.rmtree(world.folder / "out", ignore_errors=True)
    done = world.run(*arguments, "-o", "out", "--jobs", count)
    written = {name: data for name, data in world.files().items() if name.startswith("out")}
    assert written
    return done, written


@pytest.mark.parametrize(
    "arguments",
    [
        ("annotate", "series", "-v", "--seen", "all"),
        (
            "annotate",
            "series",
            "--profile",
            "chapters-matroska",
            "--density",
            "dense",
            "--lang",
            "de",
        ),
        ("annotate", "series", "--shift", "2.5", "--rate", "25/24", "--work", "babylon-berlin"),
        ("report", "series", "--format", "html"),
        ("report", "series", "--format", "csv", "--any-work", "--episode", "S01E04"),
    ],
    ids=" ".join,
)
def test_two_processes_print_and_write_what_one_does(series, arguments):
    assert run_with(series, 2, *arguments) == run_with(series, 1, *arguments)


def test_desk_elsewhere_is_opened_once_for_all_files(series, monkeypatch):
    opened = []

    def open_desk(orders):
        opened.append(orders)
        return jobs.Desk(orders)

    monkeypatch.setattr(sending, "start_processes", lambda _: ThreadPoolExecutor(1))
    monkeypatch.setattr(sending, "Desk", open_desk)
    sending._open_desk.cache_clear()
    try:
        assert run_with(series, 2, "annotate", "series") == run_with(
            series, 1, "annotate", "series"
        )
    finally:
        sending._open_desk.cache_clear()
    (orders,) = opened
    assert orders.reading.paths == ()


def test_plugin_that_fails_is_named_once_by_whichever_process(series, install):
    install("failing", FAILING)
    one, two = (run_with(series, count, "annotate", "series") for count in (1, 2))
    assert one == two
    assert one[0].status == 1
    assert sum("no eyes" in line for line in one[0].lines) == 1
    assert sum("no hands" in line for line in one[0].lines) == 2


def test_file_that_kills_its_process_is_named_and_the_others_are_written(series, install):
    alone, written = run_with(series, 1, "annotate", "series")
    install("deadly", DEADLY)
    shutil.copy(SAMPLES / "S01E02.en.srt", series.folder / "series" / "deadly.srt")
    done, with_deadly = run_with(series, 2, "annotate", "series")
    assert with_deadly == written
    assert done.status == alone.status == 1
    named = [line for line in done.lines if "died" in line]
    assert named == [
        "headnotes: deadly.srt: the process that read it died; is there enough memory?"
    ]


def test_processes_that_die_whatever_they_get_end_the_run(series, monkeypatch):
    @contextmanager
    def start_nothing(_):
        raise BrokenExecutor
        yield

    monkeypatch.setattr(sending, "start_processes", start_nothing)
    done = series.run("annotate", "series", "-o", "out", "--jobs", "2")
    assert done.status == 2
    assert done.lines[-1].startswith("headnotes: --jobs: workers die whatever they are given")


def test_work_that_nobody_knows_is_refused_in_one_line_by_any_number(series):
    for count in (1, 2):
        done = series.run("report", "series", "--work", "babylon", "--jobs", count)
        assert done.status == 2
        assert "did you mean 'babylon-berlin'" in done.lines[-1]


def test_interrupt_leaves_whole_files_and_no_process(series):
    for copy in range(30):
        source = SAMPLES / SERIES[copy % len(SERIES)]
        shutil.copy(source, series.folder / "series" / f"copy{copy}.{source.name}")
    _, whole = run_with(series, 1, "annotate", "series")
    shutil.rmtree(series.folder / "out")
    command = [sys.executable, "-m", "headnotes.cli", "annotate", "series", "-o", "out"]
    run = subprocess.Popen(
        [*command, "--jobs", "2"], start_new_session=True, stderr=subprocess.PIPE, text=True
    )
    while run.poll() is None and not list((series.folder / "out").glob("*.srt")):
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does
    _, lines = run.communicate()
    assert run.returncode == 130, lines
    assert lines.splitlines()[-1] == "headnotes: interrupted"
    assert "Traceback" not in lines
    written = {name: data for name, data in series.files().items() if name.startswith("out")}
    assert 0 < len(written) < len(whole)
    assert written.items() <= whole.items()
    assert made_jobs.has_ended(-run.pid)


@pytest.mark.parametrize(
    ("asked", "files", "jobs_of_four"),
    [
        (None, 1, 1),
        (None, 2 * FILES_PER_PROCESS - 1, 1),
        (None, 2 * FILES_PER_PROCESS, 2),
        (None, 3 * FILES_PER_PROCESS, 3),
        (None, 50_000, 4),
        (8, 50_000, 8),
        (8, 3, 3),
        (2, 0, 1),
    ],
)
def test_processes_are_started_where_each_gets_files_enough(
    monkeypatch, asked, files, jobs_of_four
):
    monkeypatch.setattr(archive, "count_processors", lambda: 4)
    assert choose_jobs(asked, files) == jobs_of_four


def test_one_episode_imports_nothing_of_processes(world):
    world.write({"S01E04.en.srt": (SAMPLES / "S01E04.en.srt").read_bytes()})
    code = (
        "import sys; from headnotes.cli import run; run(['annotate', 'S01E04.en.srt', '-q']);"
        " print({'multiprocessing', 'sqlite3', 'concurrent.futures', 'pickle'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_notes_are_the_same_objects_after_they_were_sent(sample):
    notes = Headnotes()
    outcome = notes.annotate(notes.read(sample("S01E04.en.srt").encode(), "S01E04.en.srt"))
    work = FileWork(
        file=Path("S01E04.en.srt"),
        tracks=(jobs.TrackWork(track=outcome.track, outcome=outcome, plan=notes.plan(outcome)),),
    )
    post = sending.Post(notes)
    packed = post.pack(work)
    assert len(packed) < len(pickle.dumps(work)) / 10
    received = post.unpack(packed)
    assert received == work
    again = received.tracks[0].outcome
    assert again.topics is outcome.topics
    assert again.work is outcome.work
    assert all(
        here.note is there.note
        for here, there in zip(outcome.annotations, again.annotations, strict=True)
    )


def test_plugins_are_timed_over_all_processes():
    there, here = Headnotes(), Headnotes()
    slow, waiting = (notes.registry.plugins[-1] for notes in (there, here))
    begun = waiting.seconds
    sent, received = sending.Post(there), sending.Post(here)
    slow.seconds, slow.longest_s = 3.0, 2.0
    received.unpack(sent.pack(FileWork(file=Path("a.srt"))))
    slow.seconds = 4.5
    received.unpack(sent.pack(FileWork(file=Path("b.srt"))))
    assert waiting.seconds == pytest.approx(begun + 4.5)
    assert waiting.longest_s == 2.0
