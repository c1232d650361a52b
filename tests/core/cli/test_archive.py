"""`headnotes archive` as a user types it."""

import csv
import io
import os
from pathlib import Path

import pytest

FAILING = """
from headnotes import hookimpl

@hookimpl
def annotate_track(track, episode):
    raise ValueError("no luck")
"""
BROKEN = """
from headnotes import TrackFormat, hookimpl

def recognise(text):
    raise ValueError("no luck")

@hookimpl
def provide_formats():
    return [TrackFormat(name="odd", suffixes=(".odd",), recognise=recognise, parse=recognise)]
"""
SAMPLE = Path(__file__).parents[3] / "subtitles" / "babylon-berlin" / "S01E04.en.srt"


@pytest.fixture
def archived(world):
    """Give a world with an archive of one good and one bad file."""
    world.write({"series/S01E04.en.srt": SAMPLE.read_bytes(), "series/bad.srt": "no cue"})
    done = world.run("archive", "series", "--jobs", "1")
    return world, done


def test_folder_becomes_an_archive_and_bad_files_are_named(archived):
    world, done = archived
    assert done.status == 1
    assert any("bad.srt" in line for line in done.lines)
    assert done.lines[-1] == "headnotes: 1 track added to archive.sqlite; 1 failed"
    assert not any("done already" in line for line in done.lines)
    again = world.run("archive", "series", "--jobs", "1")
    ready, bad, added = again.lines
    assert again.status == 1
    assert ready == "headnotes: 1 file is done already"
    assert bad.startswith("headnotes: series/bad.srt: text without")
    assert added == "headnotes: 0 tracks added to archive.sqlite; 1 failed"


def test_link_that_leads_nowhere_costs_itself_alone(world):
    world.write({"series/S01E04.en.srt": SAMPLE.read_bytes()})
    (world.folder / "series" / "gone.srt").symlink_to("nowhere.srt")
    done = world.run("archive", "series", "--jobs", "1")
    assert done.status == 1
    assert any("gone.srt: cannot be read" in line for line in done.lines)
    assert done.lines[-1] == "headnotes: 1 track added to archive.sqlite; 1 failed"


def ask(world, question):
    """Return the rows of an answer, without the names of its columns."""
    return list(csv.reader(io.StringIO(world.run("archive", "--ask", question).out)))[1:]


def test_run_in_which_nothing_is_read_ends_alike_each_time(world):
    world.write({"empty.srt": ""})
    assert [world.run("archive", "empty.srt", "--jobs", "1").status for _ in "12"] == [2, 2]


def test_plugin_that_fails_on_a_track_is_named_each_time_and_the_file_done_again(world, install):
    install("failing", FAILING)
    world.write({"series/S01E05.en.srt": SAMPLE.read_bytes()})
    for _ in range(2):
        done = world.run("archive", "series", "--jobs", "1")
        assert done.status == 1
        (line,) = (line for line in done.lines if "no luck" in line)
        assert line.startswith("headnotes: series/S01E05.en.srt: ")
        assert done.lines[-1] == "headnotes: 1 track added to archive.sqlite; 1 failed"
    assert ask(world, "SELECT count(*) FROM tracks") == [["1"]]
    ((path, failure),) = ask(world, "failed")
    assert failure.startswith(f"{path}: ")
    lines = [line for _, _, line in ask(world, "issues")]
    assert any("no luck" in line for line in lines)
    assert any("named S01E05, but its scenes look like S01E04" in line for line in lines)


def test_format_that_cannot_say_what_is_its_own_is_named_once_and_costs_no_file(world, install):
    install("broken", BROKEN)
    world.write({"in/S01E04.en.srt": SAMPLE.read_bytes(), "in/a.odd.srt": "x", "in/b.odd.srt": "x"})
    done = world.run("archive", "in", "--jobs", "1")
    assert done.status == 1
    assert ["no luck" in line for line in done.lines].count(True) == 1
    assert done.lines[-1] == "headnotes: 1 track added to archive.sqlite; 2 failed"
    world.write({"good/S01E04.en.srt": SAMPLE.read_bytes()})
    good = world.run("archive", "good", "--jobs", "1", "--encoding", "utf-8", "-o", "good.sqlite")
    assert (good.status, good.lines) == (0, ["headnotes: 1 track added to good.sqlite"])


def test_plugin_that_brings_no_formats_is_no_failure_of_a_file(world, install):
    install("failing", FAILING.replace("annotate_track(track, episode)", "provide_formats()"))
    world.write({"series/S01E04.en.srt": SAMPLE.read_bytes()})
    done = world.run("archive", "series", "--jobs", "1")
    assert done.status == 1
    assert [("no luck" in line) for line in done.lines] == [True, False]
    assert done.lines[-1] == "headnotes: 1 track added to archive.sqlite"


def test_file_whose_name_is_no_text_is_done_once(world):
    name = os.fsdecode(b"S01E04 b\xff.srt")
    world.write({f"series/{name}": SAMPLE.read_bytes()})
    assert world.run("archive", "series", "--jobs", "1").status == 0
    again = world.run("archive", "series", "--jobs", "1")
    assert again.lines == ["headnotes: 1 file is done already"]
    assert ask(world, "places")[0][2].endswith("/series/S01E04%20b%FF.srt")


def test_files_that_are_gone_from_a_folder_are_dropped(world):
    sample = SAMPLE.read_bytes()
    world.write({f"{name}.srt": sample for name in ("series/a", "series/b", "series/c", "other/d")})
    world.run("archive", "series", "other", "--jobs", "1")
    (world.folder / "series/a.srt").rename(world.folder / "series/e.srt")
    (world.folder / "series/b.srt").unlink()
    (world.folder / "other/d.srt").unlink()
    stopped = world.run("archive", "series", "nowhere", "--jobs", "1")
    assert not any("dropped" in line for line in stopped.lines)
    done = world.run("archive", "series", "--jobs", "1")
    assert "headnotes: 2 files are no longer there, dropped from archive.sqlite" in done.lines
    paths = [path for (path,) in ask(world, "SELECT path FROM files ORDER BY path")]
    assert [Path(path).name for path in paths] == ["d.srt", "c.srt", "e.srt"]


def test_link_tells_work_and_episode_by_its_own_name_and_doubles_nothing(world):
    world.write({"store/0815.srt": "1\n00:00:01,000 --> 00:00:02,000\nGood day.\n"})
    (world.folder / "links").mkdir()
    link = world.folder / "links" / "Babylon Berlin S01E04.srt"
    link.symlink_to(world.folder / "store/0815.srt")
    world.run("archive", "store", "--jobs", "1")
    world.run("archive", "links", f"file://{world.folder}/links", "--jobs", "1")
    assert ask(world, "SELECT count(*) FROM files") == [["2"]]  # neither run has both names
    done = world.run("archive", "links", "store", "--jobs", "1")
    assert "headnotes: 1 file is kept by another name" in done.lines
    assert ask(world, "SELECT path, work, episode FROM files JOIN tracks ON file = files.id") == [
        [str(link), "babylon-berlin", "S01E04"]
    ]


def test_folder_above_a_link_is_the_one_the_system_means(world):
    world.write({"far/away/b.srt": "", "far/S01E04.en.srt": SAMPLE.read_bytes()})
    (world.folder / "near").symlink_to(world.folder / "far/away")
    world.run("archive", "near/../S01E04.en.srt", "--jobs", "1")
    assert ask(world, "SELECT path FROM files") == [[str(world.folder / "far/S01E04.en.srt")]]


def test_files_that_have_headnotes_already_are_counted(world):
    world.write({"series/S01E04.en.srt": SAMPLE.read_bytes()})
    world.run("annotate", "series", "-o", "notes")
    done = world.run("archive", "notes", "--jobs", "1")
    assert (done.status, done.lines) == (
        0,
        [
            "headnotes: skipped what already has headnotes: 1",
            "headnotes: 0 tracks added to archive.sqlite",
        ],
    )


def test_numbers_are_written_as_they_are_and_text_is_guarded(archived):
    world, _ = archived
    done = world.run("archive", "--ask", "SELECT -10201 AS a, -1.5 AS b, '-1' AS c, NULL AS d")
    assert done.out.splitlines() == ['"a","b","c","d"', '-10201,-1.5,"\'-1",""']


def test_questions_are_answered_as_a_table_for_programs(archived):
    world, _ = archived
    done = world.run("archive", "--ask", "works")
    assert done.status == 0
    header, row = csv.reader(io.StringIO(done.out))
    assert dict(zip(header, row, strict=True))["work"] == "babylon-berlin"
    asked = world.run("archive", "--ask", "SELECT topic, count(*) FROM annotations GROUP BY topic")
    assert dict(list(csv.reader(io.StringIO(asked.out)))[1:])["blutmai"] > "0"


def test_people_get_columns(archived, monkeypatch):
    world, _ = archived
    monkeypatch.setattr("headnotes.cli.archive.is_terminal", lambda _: True)
    done = world.run("archive", "--ask", "works")
    assert done.out.splitlines()[0].split() == ["work", "tracks", "episodes", "languages", "cues"]


def test_people_get_words_and_clocks_where_programs_get_names_and_milliseconds(
    archived, monkeypatch
):
    world, _ = archived
    columns = "first_cue, 3723000 AS shown_start_ms, 'x' AS odd_ms, -5 AS early_ms"
    question = f"SELECT {columns} FROM annotations LIMIT 1"
    for_programs = world.run("archive", "--ask", question).out.splitlines()
    monkeypatch.setattr("headnotes.cli.archive.is_terminal", lambda _: True)
    heading, row = world.run("archive", "--ask", question).out.splitlines()
    assert for_programs[0] == '"first_cue","shown_start_ms","odd_ms","early_ms"'
    assert heading.split("  ") == ["first cue", "shown start", "odd", "early"]
    assert row.split()[1:] == ["1:02:03", "x", "-5"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "nothing to do"),
        (("--ask", "notes", "-o", "none.sqlite"), "none.sqlite: does not exist"),
        (("series", "--encoding", "klingon"), "unknown character set 'klingon'"),
        (("--ask", "DELETE FROM notes"), "--ask"),
        (("series", "--work", "babylon"), "did you mean 'babylon-berlin'"),
        (("is-not-there",), "does not exist"),
        (("series", "-o", "series/bad.srt"), "cannot be used as an archive"),
        (("--parquet", "series"), "'series' already exists"),
    ],
)
def test_wrong_use_is_answered_in_one_line(archived, arguments, message):
    world, _ = archived
    before = world.files()
    done = world.run("archive", *arguments)
    assert done.status == 2
    (line,) = done.lines
    assert message in line
    assert world.files() == before


def test_tables_are_written_as_parquet(archived):
    parquet = pytest.importorskip("pyarrow.parquet", reason='needs the extra "archive"')
    world, _ = archived
    assert world.run("archive", "--parquet", "tables").status == 0
    table = parquet.read_table(world.folder / "tables" / "notes.parquet")
    assert "women-on-the-balcony" in table.column("note").to_pylist()
    issues = parquet.read_schema(world.folder / "tables" / "issues.parquet")
    assert list(map(str, issues.types)) == ["int64", "string"]
    files = parquet.read_schema(world.folder / "tables" / "annotations.parquet")
    assert list(map(str, files.types))[:4] == ["int64", "string", "string", "int64"]
    assert {path.stem for path in (world.folder / "tables").iterdir()} == {
        *("files", "tracks", "annotations", "issues", "notes")
    }
