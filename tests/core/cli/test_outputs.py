import fcntl
import os
import stat
from pathlib import Path

import pytest

from headnotes.cli.marks import has_mark
from headnotes.cli.outputs import Outputs, check_name, publish_folder, replace_text
from headnotes.issues import UsageError

NAME = "S01E04.en.srt"
OWN = "the user's own, years of work\n"


def is_none_ours(_path):
    return False


def make_outputs(*inputs, is_ours=is_none_ours, overwrite=False):
    return Outputs(inputs, is_ours=is_ours, overwrite=overwrite)


def list_hidden(folder):
    return [path.name for path in folder.rglob(".*")]


# ------------------------------------------------------------------ what is never replaced


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["annotate", "in", "--lang", "en", "--for", "plex", "-o", "."], "S01E04.en.srt"),
        (["annotate", "in", "--profile", "chapters-matroska", "-o", "."], None),
        (["report", "in", "--format", "md", "-o", "thesis.md"], "thesis.md"),
        (["report", "in", "--format", "json", "-o", "data.json"], "data.json"),
        (["report", "in", "--format", "csv", "-o", "table.csv"], "table.csv"),
        (["report", "in", "--format", "html", "-o", "."], "S01E04.de.html"),
    ],
)
def test_file_of_the_user_is_replaced_only_where_they_insist(world, sample, arguments, name):
    name = name or "S01E04.Historical chapters (de).en.xml"
    world.write({"in/S01E04.de.srt": sample("S01E04.de.srt")})
    if "chapters-matroska" in arguments:
        arguments = [*arguments, "--lang", "en"]
        world.run(*arguments)
        name = next(path for path in world.files() if path.endswith(".xml"))
    world.write({name: OWN})
    finished = world.run(*arguments)
    assert finished.status == 2
    assert f"{name!r} already exists, and Headnotes did not write it" in finished.err
    assert "--overwrite" in finished.err
    assert world.files()[name] == OWN.encode()
    assert list_hidden(world.folder) == []
    assert world.run(*arguments, "--overwrite").status == 0
    written = world.files()[name]
    assert written != OWN.encode()
    # what is there now is ours, and needs no insisting
    assert world.run(*arguments).status == 0
    assert world.files()[name] == written


@pytest.mark.parametrize("form", ["terminal", "html", "md", "csv", "json", "webannotation"])
@pytest.mark.parametrize("names", [[NAME], [NAME, "S01E05.en.srt"]], ids=["one", "several"])
def test_every_report_bears_a_mark(world, sample, form, names):
    world.write({f"in/{name}": sample(name) for name in names})
    target = "out" if form == "html" else "out.report"
    assert world.run("report", "in", "--format", form, "-o", target).status == 0
    written = list(Path().glob("out*/*")) or [Path(target)]
    assert all(map(has_mark, written))


def test_page_of_annotations_by_an_earlier_version_is_known(world, sample, tmp_path):
    world.write({NAME: sample(NAME)})
    text = world.run("report", NAME, "--format", "webannotation").out
    for name, is_ours in (("Headnotes", True), ("Made with Headnotes", True), ("Mine", False)):
        written = text.replace('"name": "Headnotes"\n', f'"name": "{name}"\n', 1)
        (tmp_path / "a").write_text(written, encoding="utf-8")
        assert (name in written, has_mark(tmp_path / "a")) == (True, is_ours)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# My thesis\n\nI used `<!-- Made with Headnotes -->` as a mark.\n",
        '{"schema": "mine/1", "quoted": "headnotes/1"}',
        '"file","work"\r\n',
        "<!doctype html>\n<p>Made with Headnotes</p>\n",
        ";FFMETADATA1\ntitle=Made with Headnotes\n",
    ],
)
def test_text_that_only_speaks_of_headnotes_bears_no_mark(tmp_path, text):
    (tmp_path / "a").write_text(text, encoding="utf-8")
    assert not has_mark(tmp_path / "a")


def test_what_is_not_there_bears_no_mark(tmp_path):
    assert not has_mark(tmp_path / "a")


def test_input_is_never_overwritten_even_where_the_user_insists(world, sample):
    world.write({NAME: sample(NAME)})
    before = world.files()
    finished = world.run("report", NAME, "-o", NAME, "--overwrite")
    assert (finished.status, world.files()) == (2, before)
    assert f"would overwrite the input {NAME!r}" in finished.err


def test_input_is_known_by_what_it_is_not_by_how_it_is_spelt(tmp_path):
    # two names of one file, as on a file system that ignores case
    (tmp_path / "A.srt").write_text(OWN, encoding="utf-8")
    (tmp_path / "a.srt").hardlink_to(tmp_path / "A.srt")
    outputs = make_outputs(tmp_path / "A.srt", overwrite=True)
    with pytest.raises(UsageError, match=r"would overwrite the input 'a\.srt'"):
        outputs.publish(tmp_path / "a.srt", "new", "x")
    assert (tmp_path / "A.srt").read_text(encoding="utf-8") == OWN


def test_empty_file_holds_nothing_to_lose(tmp_path):
    (tmp_path / "a").touch()
    make_outputs().publish(tmp_path / "a", "new", "x")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "new"


def test_link_is_named_and_left_alone(tmp_path):
    (tmp_path / "precious").write_text(OWN, encoding="utf-8")
    (tmp_path / "a.srt").symlink_to("precious")
    with pytest.raises(UsageError, match=r"'a\.srt' already exists, as a link"):
        make_outputs(is_ours=lambda _: True, overwrite=True).publish(tmp_path / "a.srt", "", "x")
    assert (tmp_path / "a.srt").readlink() == Path("precious")


def test_device_is_never_replaced(tmp_path):
    os.mkfifo(tmp_path / "device")
    with pytest.raises(UsageError, match="is not a regular file"):
        make_outputs(overwrite=True).publish(tmp_path / "device", "text", "x")


def test_file_that_comes_while_another_is_written_is_not_replaced(tmp_path, monkeypatch):
    def write_and_let_the_user_come(*arguments):
        (tmp_path / "a").write_text(OWN, encoding="utf-8")
        return fsync(*arguments)

    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", write_and_let_the_user_come)
    with pytest.raises(UsageError, match="File exists"):
        make_outputs().publish(tmp_path / "a", "ours", "x")
    assert (tmp_path / "a").read_text(encoding="utf-8") == OWN
    assert list_hidden(tmp_path) == []


# --------------------------------------------------------------------- names and collisions


@pytest.mark.parametrize("name", ["../a", "a/b", "..", "/a", "", "a\0b"])
def test_name_cannot_leave_the_folder(name):
    with pytest.raises(UsageError, match="is not a file name"):
        check_name(name, "x")


@pytest.mark.parametrize(
    ("first", "second"), [("A.srt", "a.srt"), ("e\u0301.srt", "\u00e9.srt"), ("ß.srt", "SS.srt")]
)
def test_names_that_some_file_system_takes_for_one_are_refused_to_both(tmp_path, first, second):
    outputs = make_outputs()
    outputs.claim(tmp_path / first, "one")
    outputs.claim(tmp_path / second, "two")
    for name, owner, rival in ((first, "one", "two"), (second, "two", "one")):
        with pytest.raises(UsageError, match=f"so would {rival}"):
            outputs.publish(tmp_path / name, "", owner)
    assert list(tmp_path.iterdir()) == []


def test_collision_costs_only_the_files_that_collide(world, sample):
    world.write({"in/a.S01E04.en.srt": sample(NAME), "in/a.S01E04.srt": sample(NAME)})
    world.write({"in/b.S01E04.en.srt": sample(NAME)})
    finished = world.run("annotate", "in", "-o", "out", "--work", "babylon-berlin")
    assert finished.status == 1
    assert [path for path in world.files() if "out" in path] == [
        "out/b.S01E04.Historical notes.en.srt"
    ]
    assert sum("so would" in line for line in finished.lines) == 2
    assert sum("-> " in line for line in finished.lines) == 1


@pytest.mark.parametrize("others", [["en.forced"], ["en.forced", "en.sdh"], ["en.sdh"]])
def test_plain_name_is_for_the_track_that_a_film_is_watched_with(world, sample, others):
    names = [f"S01E04.{end}.srt" for end in ("en", *others)]
    world.write({f"in/{name}": sample(NAME) for name in names})
    finished = world.run("annotate", "in", "--for", "mpv", "--beside", "--work", "babylon-berlin")
    assert finished.status == 0
    (line,) = (line for line in finished.lines if "S01E04.en.srt: 2" in line)
    assert line.endswith("-> in/S01E04.en.ass")
    titled = sum("has a title in its name, as 'S01E04.en.ass'" in one for one in finished.lines)
    assert titled == len(others)


def test_track_that_yields_its_plain_name_is_written_once_for_two_players(world, sample):
    world.write({f"in/S01E04.{end}.srt": sample(NAME) for end in ("en", "en.forced")})
    arguments = ("--for", "mpv", "--for", "kodi", "--work", "babylon-berlin")
    finished = world.run("annotate", "in", "-o", "out", *arguments)
    assert (finished.status, finished.lines[-1]) == (0, "headnotes: 3 track(s) in out")
    assert len([path for path in world.files() if "out" in path]) == 3


def test_captions_get_the_plain_name_before_inserts(world, sample):
    world.write({"in/S01E04.en.forced.srt": sample(NAME), "in/S01E04.en.sdh.srt": sample(NAME)})
    finished = world.run("annotate", "in", "--for", "mpv", "--beside", "--work", "babylon-berlin")
    (line,) = (line for line in finished.lines if "S01E04.en.sdh.srt: 2" in line)
    assert (finished.status, line.endswith("-> in/S01E04.en.ass")) == (0, True)


def test_plain_name_is_for_dialogue_in_the_language_of_the_notes(world, sample):
    world.write({f"in/S01E04.{one}.srt": sample(f"S01E04.{one}.srt") for one in ("de", "en")})
    arguments = ("annotate", "in", "--for", "mpv", "--work", "babylon-berlin", "-o", "out")
    finished = world.run(*arguments, "--lang", "en")
    title = "Historical notes in colour (de)"
    assert [path for path in world.files() if "out" in path] == [
        f"out/S01E04.{title}.en.ass",
        "out/S01E04.en.ass",
    ]
    said = "S01E04.de.srt: has a title in its name, as 'S01E04.en.ass' is for in/S01E04.en.srt"
    assert (finished.status, f"headnotes: {said}" in finished.lines) == (0, True)


def test_players_with_one_profile_each_get_the_name_they_look_for(world, sample):
    world.write({"in/S01E04.en.srt": sample(NAME)})
    world.write({"film.mkv": b"film"})
    arguments = ("--for", "mpv", "--for", "kodi", "--work", "babylon-berlin", "--mux", "film.mkv")
    finished = world.run("annotate", "in", "-o", "out", *arguments)
    # a film needs what both show but once
    assert (finished.status, finished.out.count("--track-name")) == (0, 1)
    assert [path for path in world.files() if "out" in path] == [
        "out/S01E04.Historical notes in colour.en.ass",
        "out/S01E04.en.ass",
    ]


@pytest.mark.parametrize(
    ("film", "is_said"),
    [("S01E04.mkv", True), ("Subs/S01E04.mkv", False), (None, False)],
    ids=["above", "beside", "none"],
)
def test_track_in_a_folder_of_its_own_says_that_it_is_not_beside_the_film(
    world, sample, film, is_said
):
    world.write({"S01E04/Subs/S01E04.en.srt": sample(NAME)})
    if film:
        world.write({f"S01E04/{film}": b"film"})
    place = "S01E04/Subs/S01E04.en.srt"
    arguments = ("--for", "mpv", "--beside", "--work", "babylon-berlin")
    finished = world.run("annotate", place, *arguments)
    said = "S01E04.en.srt: 'S01E04.en.ass' lies beside no film of that name; players that look"
    assert finished.status == 0
    assert (said in finished.err) is is_said


def test_folders_are_kept_where_files_of_one_name_lie_in_several(world, sample):
    seasons = ["Season 1/S01E04.en.srt", "Season 2/S01E04.en.srt"]
    world.write({f"Show/{name}": sample(NAME) for name in seasons})
    for arguments in (["Show"], ["Show/Season 1", "Show/Season 2"]):
        finished = world.run("annotate", *arguments, "-o", "out", "--naming", "plain")
        assert finished.status == 0
        assert [path for path in world.files() if "out/" in path] == [
            f"out/{name}" for name in seasons
        ]


def test_place_is_said_only_of_files_that_are_there(world, sample):
    world.write({"in/S01E04.de.srt": sample("S01E04.de.srt"), "in/S01E05.de.srt": OWN})
    world.write({"out/S01E04.de.srt": OWN})
    finished = world.run("annotate", "in", "-o", "out", "--naming", "plain")
    assert not [line for line in finished.lines if "->" in line]


def test_tracks_have_names_so_they_go_to_no_stream(world, sample):
    world.write({NAME: sample(NAME)})
    finished = world.run("annotate", NAME, "-o", "-")
    assert (finished.status, finished.out) == (2, "")
    assert "give a folder" in finished.err


def test_report_of_one_file_goes_to_standard_output_by_a_hyphen(world, sample):
    world.write({NAME: sample(NAME)})
    printed = world.run("report", NAME, "--format", "md", "-o", "-")
    assert (printed.status, printed.out) == (0, world.run("report", NAME, "--format", "md").out)
    assert world.run("report", NAME, "--format", "html", "-o", "-").status == 2
    assert list(world.files()) == [NAME]


# ------------------------------------------------------------------------- whole or absent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a\nb\r\nc\rd",
        "\n\n",
        "Größe, שלום, 字幕",
        "\ufeffa",
        "\0\x1b[31m\u2028",
        "x" * 99_999,
    ],
    ids=["empty", "letter", "line-ends", "blank", "scripts", "mark", "controls", "long"],
)
def test_written_text_reads_back_equal(tmp_path, text):
    file = tmp_path / "a.txt"
    make_outputs().publish(file, text, "x")
    assert file.read_bytes().decode("utf-8") == text


def test_failure_leaves_everything_as_it_was(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("old", encoding="utf-8")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UsageError, match="No space left on device"):
        make_outputs(overwrite=True).publish(tmp_path / "a", "new", "x")
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


def test_replaced_file_keeps_its_mode_and_a_new_one_has_the_usual(tmp_path):
    (tmp_path / "old").write_text("old", encoding="utf-8")
    (tmp_path / "old").chmod(0o640)
    before = os.umask(0o027)
    try:
        for name in ("old", "new"):
            make_outputs(overwrite=True).publish(tmp_path / name, "text", "x")
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("old", "new")] == [
        0o640,
        0o640,
    ]


def test_file_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    steps: list[str] = []

    def watch(name):
        real = getattr(os, name)

        def call(*arguments):
            steps.append(name)
            return real(*arguments)

        monkeypatch.setattr(os, name, call)

    for name in ("fsync", "link", "replace"):
        watch(name)
    for _ in range(2):
        make_outputs(overwrite=True).publish(tmp_path / "a", "text", "x")
    assert steps == ["fsync", "link", "fsync", "fsync", "replace", "fsync"]


def test_file_system_without_links_is_written_all_the_same(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    make_outputs().publish(tmp_path / "a", "text", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_next_run_clears_what_a_dead_one_left_and_nothing_else(tmp_path):
    dead, live = (tmp_path / f".headnotes-{digit * 16}.part" for digit in "0a")
    dead_folder = tmp_path / f".headnotes-{'f' * 16}.part"
    mine = tmp_path / ".headnotes-notes.part"
    dead_folder.mkdir()
    for file in (dead, live, mine, dead_folder / "a"):
        file.write_text("half", encoding="utf-8")
    with live.open(encoding="utf-8") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        make_outputs().publish(tmp_path / "a", "text", "x")
        assert sorted(tmp_path.iterdir()) == sorted([live, mine, tmp_path / "a"])
    publish_folder(tmp_path / "new", {"b/c": "text"})
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([mine.name, "a", "new"])


def test_file_removed_before_it_was_locked_is_made_again(tmp_path, monkeypatch):
    # another run finds it between the making and the lock, and takes it for dead
    flock = fcntl.flock
    removed: list[Path] = []

    def lose_the_first(handle, how):
        if not removed:
            removed.extend(tmp_path.glob(".headnotes-*"))
            removed[0].unlink()
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", lose_the_first)
    make_outputs().publish(tmp_path / "a", "text", "x")
    assert removed
    assert (tmp_path / "a").read_text(encoding="utf-8") == "text"


def test_folder_that_is_a_loop_of_links_cannot_be_written(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UsageError, match="loop: cannot be written"):
        make_outputs().publish(tmp_path / "loop" / "a.srt", "", "x")


def test_file_that_has_changed_in_the_meantime_is_not_replaced(tmp_path):
    file = tmp_path / "topic.toml"
    file.write_text("newer")
    assert not replace_text(file, b"older", "fixed")
    assert file.read_text() == "newer"
    assert [path.name for path in tmp_path.iterdir()] == ["topic.toml"]


def test_replaced_file_keeps_its_rights_and_its_links(tmp_path):
    file, link = tmp_path / "topic.toml", tmp_path / "link.toml"
    file.write_text("older")
    file.chmod(0o640)
    link.symlink_to(file)
    assert replace_text(link, b"older", "fixed")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("fixed", 0o640)
    assert link.is_symlink()
