"""`headnotes archive` as a user types it."""

import csv
import io
from pathlib import Path

import pytest

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
    assert done.lines[-1] == "headnotes: 1 track in archive.sqlite; 1 failed"
    assert not any("done already" in line for line in done.lines)
    again = world.run("archive", "series", "--jobs", "1")
    assert (again.status, again.lines) == (0, ["headnotes: 2 files are done already"])


def test_link_that_leads_nowhere_costs_itself_alone(world):
    world.write({"series/S01E04.en.srt": SAMPLE.read_bytes()})
    (world.folder / "series" / "gone.srt").symlink_to("nowhere.srt")
    done = world.run("archive", "series", "--jobs", "1")
    assert done.status == 1
    assert any("nowhere.srt: cannot be read" in line for line in done.lines)
    assert done.lines[-1] == "headnotes: 1 track in archive.sqlite; 1 failed"


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
        (("--ask", "notes", "-o", "none.sqlite"), "is not an archive"),
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
    assert {path.stem for path in (world.folder / "tables").iterdir()} == {
        *("files", "tracks", "annotations", "issues", "notes")
    }
