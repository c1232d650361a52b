import os
from pathlib import Path

import pytest

CUE = "1\n00:00:01,000 --> 00:00:02,000\nHello.\n"


def refuse(action):
    """Stand in for a file system that does not let us look, which no test may rely on."""

    def look(path, *arguments, **options):
        if Path(path).name.startswith("locked"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return action(path, *arguments, **options)

    return look


@pytest.mark.parametrize("command", ["report", "lint", "annotate"])
@pytest.mark.parametrize(
    ("name", "reason"),
    [("loop.srt", "levels of symbolic links"), ("x" * 300, "name too long")],
    ids=["loop", "length"],
)
def test_path_that_cannot_be_looked_at_is_one_line(world, command, name, reason):
    (world.folder / "loop.srt").symlink_to("loop.srt")
    finished = world.run(command, name)
    assert (finished.status, len(finished.lines)) == (2, 1)
    assert reason in finished.err


def test_loop_of_links_in_a_folder_keeps_no_other_file_from_being_read(world):
    world.write({"in/a.srt": CUE})
    (world.folder / "in" / "loop.srt").symlink_to("loop.srt")
    finished = world.run("report", "in", "--format", "csv", "--work", "babylon-berlin")
    assert finished.status == 1
    assert "in/loop.srt: cannot be read: " in finished.err
    assert finished.out.startswith('"file"')


def test_locked_folder_is_told_and_the_rest_is_read(world, monkeypatch):
    world.write({"in/a.srt": CUE, "in/locked/b.srt": CUE})
    monkeypatch.setattr(os, "scandir", refuse(os.scandir))
    finished = world.run("report", "in", "--format", "csv", "--work", "babylon-berlin")
    assert finished.status == 1
    assert "in/locked: cannot be read: Permission denied; check name and rights" in finished.err


def test_one_locked_file_keeps_no_other_from_being_read(world, monkeypatch):
    world.write({"a.srt": CUE, "locked.srt": CUE})
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(os, "stat", refuse(os.stat))
    finished = world.run("report", "locked.srt", "a.srt", "--work", "babylon-berlin", "-q")
    assert finished.status == 1
    assert finished.lines == [
        "headnotes: locked.srt: cannot be read: Permission denied; check name and rights"
    ]


@pytest.mark.parametrize("arguments", [("check",), ("topics", "--topics-dir")], ids=" ".join)
@pytest.mark.parametrize("name", ["loop", "x" * 300], ids=["loop", "length"])
def test_topics_folder_that_cannot_be_looked_at_is_told(world, arguments, name):
    (world.folder / "loop").symlink_to("loop")
    finished = world.run(*arguments, name)
    assert finished.status in {1, 2}
    assert f"headnotes: {name}: cannot be read: " in finished.err


@pytest.mark.parametrize(
    "name", ["a.xml", "a.txt", "a.scc", "a.stl", "a.lrc", "a.srv3", "a.sup", "a.idx"]
)
def test_folder_of_other_subtitles_names_them(world, name):
    world.write({f"in/{name}": "x"})
    finished = world.run("report", "in")
    assert finished.status == 2
    assert "holds no subtitle files" not in finished.err
    assert repr(name) in finished.err


@pytest.mark.parametrize("ending", ["ts", "m2ts", "mts", "avi", "mks"])
def test_film_in_a_folder_is_looked_into(world, ending):
    world.write({f"in/a.{ending}": "x"})
    assert f"a.{ending}: " in world.run("report", "in").err  # with ffprobe or without


def test_pictures_beside_their_index_are_not_read_in_a_folder(world):
    world.write({"in/a.idx": "# VobSub index file", "in/a.sub": b"\0\0\1\xba", "in/a.srt": CUE})
    finished = world.run("report", "in", "--format", "csv", "--work", "babylon-berlin")
    assert (finished.status, "picture" in finished.err) == (0, False)


def test_frame_rate_reaches_the_files_that_need_it(world):
    world.write({"a.sub": "{25}{50}Hello.\n"})
    refused = world.run("report", "a.sub", "--work", "babylon-berlin")
    assert (refused.status, "--fps 25" in refused.err) == (2, True)
    read = world.run("report", "a.sub", "--fps", "23.976", "--work", "babylon-berlin")
    assert read.status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("annotate", ""),
        ("annotate", "S01E04.en.srt", ""),
        ("annotate", "-o", ""),
        ("annotate", "--mux", ""),
        ("annotate", "--video", ""),
        ("annotate", "--topics-dir", ""),
        ("report", ""),
        ("report", "-o", ""),
        ("archive", ""),
        ("archive", ".", "-o", ""),
        ("archive", ".", "--parquet", ""),
        ("watch", ""),
        ("watch", "S01E04.en.srt", ""),
        ("explain", ""),
        ("preview", ""),
        ("lint", ""),
        ("check", ""),
        ("new", "weather", "-o", ""),
    ],
    ids=" ".join,
)
def test_empty_path_is_refused_and_taken_for_no_folder(world, sample, arguments):
    """As a script gives one where a variable is not set."""
    world.write({"S01E04.en.srt": sample("S01E04.en.srt")})
    finished = world.run(*arguments)
    assert (finished.status, finished.out) == (2, "")
    (line,) = finished.err.splitlines()
    assert f": empty path; `headnotes {arguments[0]} --help` shows how to use it" in line
    assert [path.name for path in world.folder.iterdir()] == ["S01E04.en.srt"]
