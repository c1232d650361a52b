"""What a run does where the streams it speaks into are full, closed, or of another time."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CUE = "1\n00:00:01,000 --> 00:00:02,000\nHello.\n"
FULL = Path("/dev/full")
NAME = os.fsdecode(b"\xff\x1b[31m\xe2\x80\xae.srt")


def run_apart(world, *arguments, **options):
    """Run the program in a process of its own, whose streams may be anything."""
    return subprocess.run(
        [sys.executable, "-m", "headnotes.cli", *arguments],
        cwd=world.folder,
        check=False,
        stderr=subprocess.PIPE,
        **options,
    )


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["topics"], ["--help"]], ids=" ".join)
def test_full_disk_behind_standard_output_is_one_line(world, arguments):
    with FULL.open("wb") as full:
        finished = run_apart(world, *arguments, stdout=full)
    assert finished.returncode == 2
    assert finished.stderr.decode().strip() == (
        f"headnotes: standard output: cannot be used: {os.strerror(errno.ENOSPC)};"
        " check where it goes"
    )


def test_reader_that_went_away_is_no_failure(world):
    reader, writer = os.pipe()
    os.close(reader)
    finished = run_apart(world, "topics", "blutmai", stdout=writer)
    os.close(writer)
    assert (finished.returncode, finished.stderr) == (0, b"")


@pytest.mark.parametrize("form", ["terminal", "json"])
def test_closed_standard_output_is_no_traceback(world, monkeypatch, form):
    world.write({"a.srt": CUE})
    monkeypatch.setattr(sys, "stdout", None)
    assert world.run("report", "a.srt", "--format", form).status == 0


def test_full_standard_error_stops_no_work(world, sample, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    world.write({"Babylon.Berlin.S01E04.en.srt": sample("S01E04.en.srt")})
    monkeypatch.setattr("headnotes.cli.printing.click.echo", refuse)
    assert world.run("annotate", ".", "-o", "out").status == 0
    assert any(name.startswith("out/") for name in world.files())


@pytest.mark.parametrize(
    "arguments",
    [["lint"], ["explain"]],
    ids=" ".join,
)
def test_data_names_any_file_in_characters_that_can_be_printed(world, arguments):
    world.write({NAME: CUE.encode() * 2})
    finished = world.run(*arguments, NAME, "--format", "json")
    assert finished.out.replace("\n", "").isprintable()
    assert {one["file"] for one in json.loads(finished.out)} <= {NAME}


@pytest.mark.parametrize(
    "arguments",
    [["\x1b[31m"], ["--\x1b[31m"], ["report", "--\x1b[31m"], ["report", "--min-weight", "\x9b1m"]],
    ids=ascii,
)
def test_wrong_use_is_one_line_that_steers_no_terminal(world, arguments):
    finished = world.run(*arguments)
    assert (finished.status, len(finished.lines)) == (2, 1)
    assert finished.err.startswith("headnotes: ")
    assert finished.err.strip().isprintable()
    assert "--help` shows how to use it" in finished.err


def test_bare_program_shows_its_help(world):
    finished = world.run()
    assert "Commands:" in finished.out + finished.err
