"""Files that lie elsewhere: in a zip, in memory, on a server that is not there."""

import os
import zipfile
from pathlib import Path

import pytest

from headnotes import archive
from headnotes.archive import Setting, annotate_file
from headnotes.issues import UsageError

pytest.importorskip("fsspec", reason='needs the extra "archive"')

SAMPLES = Path(__file__).parents[3] / "subtitles" / "babylon-berlin"


@pytest.fixture
def season(tmp_path):
    """Give the address of a zip with a folder of two tracks, and what is none."""
    with zipfile.ZipFile(tmp_path / "season.zip", "w") as made:
        for name in ("S01E04.en.srt", "S01E04.de.srt"):
            made.write(SAMPLES / name, f"Season 1/{name}")
        made.writestr("Season 1/cover.jpg", b"\xff\xd8")
        made.writestr("Season 1/.hidden.srt", b"")
    return f"zip://::{tmp_path / 'season.zip'}"


def test_tracks_inside_a_zip_are_found_and_read(season):
    found = dict(archive.list_remote(season))
    assert [path.partition("::")[0] for path in found] == [
        "zip://Season 1/S01E04.de.srt",
        "zip://Season 1/S01E04.en.srt",
    ]
    assert all(found.values())
    for path in found:
        result = annotate_file(path, Setting())
        assert not result.failure
        assert result.tracks[0].episodes == ("S01E04",)


def test_address_of_one_file_is_that_file(season):
    one = season.replace("zip://", "zip://Season 1/S01E04.en.srt")
    assert [path for path, _ in archive.list_remote(one)] == [one]


@pytest.mark.parametrize(
    "address",
    [
        "nowhere://a/b",
        "zip://::/is/not/there.zip",
        "memory://is-not-there.srt::",
        "zip://::\udcff.zip",
        "dir://x",
        "reference://x",
    ],
)
def test_address_that_leads_nowhere_is_refused_in_one_line(address):
    with pytest.raises(UsageError) as refused:
        list(archive.list_remote(address))
    assert len(str(refused.value).splitlines()) == 1
    failure = annotate_file(address, Setting()).failure
    assert failure
    assert len(failure.splitlines()) == 1


def test_zip_has_one_address_however_its_path_is_written(season, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    found = dict(archive.list_remote(season))
    assert dict(archive.list_remote("zip://::season.zip")) == found
    assert dict(archive.list_remote(f"zip://::file://{tmp_path}/season.zip")) == found


def test_address_keeps_the_one_that_it_takes_its_path_from(tmp_path):
    place = tmp_path / "S01E04.srt"
    place.write_text("1\n00:00:01,000 --> 00:00:02,000\nGood day.\n", encoding="utf-8")
    assert list(archive.list_remote(f"simplecache::file://{place}"))


def test_path_written_as_an_address_may_have_signs_for_bytes(tmp_path):
    name = os.fsdecode(b"a b\xff.srt")
    assert archive.local_path(f"file://{tmp_path}/a%20b%FF.srt") == f"{tmp_path}/{name}"
    (tmp_path / "a%20b.srt").touch()
    assert archive.local_path(f"file://{tmp_path}/a%20b.srt") == f"{tmp_path}/a%20b.srt"
    assert archive.local_path("zip://a.srt::file:///b.zip") is None


def test_broken_zip_is_refused_in_one_line(tmp_path):
    broken = tmp_path / "b.zip"
    broken.write_bytes(b"PK\3\4aaaa")
    with pytest.raises(UsageError, match="not a zip file"):
        list(archive.list_remote(f"zip://::{broken}"))
    assert "not a zip file" in annotate_file(f"zip://a.srt::{broken}", Setting()).failure
    assert f"give zip://::{broken}" in annotate_file(str(broken), Setting()).failure


def test_file_elsewhere_is_no_larger_than_a_file_here(monkeypatch, tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.srt", b"\0" * 40_000_000)
    result = annotate_file(f"zip://a.srt::{tmp_path / 'bomb.zip'}", Setting())
    assert "a subtitle file has 20 MB at most" in result.failure
