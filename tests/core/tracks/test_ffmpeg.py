"""Subtitles inside films; what ffmpeg would say is played by a script where it is not needed."""

import json
import os
import stat
import subprocess
import sys

import pytest

from headnotes.issues import TrackError
from headnotes.tracks.ffmpeg import list_streams, open_container

GERMAN = "1\n00:00:01,000 --> 00:00:02,000\nDas ist es, was wir nicht haben.\n"
ENGLISH = "1\n00:00:01,000 --> 00:00:02,000\nThis is what we do not have.\n"
STREAMS = [
    {"index": 2, "codec_name": "subrip", "tags": {"language": "ger", "title": "Deutsch"}},
    {"index": 3, "codec_name": "subrip", "tags": {"language": "eng"}},
    {"index": 4, "codec_name": "hdmv_pgs_subtitle", "tags": {"language": "ger"}},
]
SCRIPT = """\
#!{python}
import sys
said = {said!r}
command = " ".join(sys.argv[1:])
sys.stdout.write(next((text for part, text in said.items() if part in command), ""))
"""


@pytest.fixture
def film(tmp_path, monkeypatch):
    """A film, and programs in the place of ffmpeg that say what is in it."""
    programs = tmp_path / "bin"
    programs.mkdir()
    said = {"ffprobe": {"": json.dumps({"streams": STREAMS})}}
    said["ffmpeg"] = {"0:2": GERMAN, "0:3": ENGLISH}
    for name, answers in said.items():
        program = programs / name
        program.write_text(SCRIPT.format(python=sys.executable, said=answers))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(programs))
    film = tmp_path / "Babylon.Berlin.S01E04.mkv"
    film.write_bytes(b"\x1aE\xdf\xa3")
    return film


needs_posix = pytest.mark.skipif(os.name != "posix", reason="plays ffmpeg by a script")


@needs_posix
def test_all_text_streams_are_read_and_pictures_named(film):
    opened = open_container(film)
    assert [(track.name, track.language) for track in opened.tracks] == [
        ("Babylon.Berlin.S01E04.de.srt", "de"),
        ("Babylon.Berlin.S01E04.en.srt", "en"),
    ]
    assert [str(problem) for problem in opened.issues] == [
        f"{film}, stream 4: PGS subtitles are pictures; turn them into text by OCR first"
    ]


@needs_posix
def test_stream_is_chosen_by_its_number(film):
    assert [track.language for track in open_container(film, stream=3).tracks] == ["en"]


@needs_posix
def test_stream_that_is_not_there_is_an_error(film):
    with pytest.raises(
        TrackError,
        match=r"no stream 9 .* 2 \(de, subrip\), 3 \(en, subrip\), 4 \(de, PGS\)",
    ):
        open_container(film, stream=9)


@needs_posix
def test_streams_are_listed(film):
    assert [(stream.index, stream.codec, stream.language) for stream in list_streams(film)] == [
        (2, "subrip", "de"),
        (3, "subrip", "en"),
        (4, "hdmv_pgs_subtitle", "de"),
    ]


def test_without_ffmpeg_the_command_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TrackError) as caught:
        open_container(tmp_path / "a; rm -rf b.mkv")
    (problem,) = caught.value.issues
    assert "ffmpeg -i 'a; rm -rf b.mkv' -map 0:s:0" in problem.hint


@pytest.fixture
def real_film(tmp_path):
    """A film of one second with two subtitle streams, made by ffmpeg."""
    (tmp_path / "de.srt").write_text(GERMAN)
    (tmp_path / "en.srt").write_text(ENGLISH)
    film = tmp_path / "-i $(echo Babylon) 'Berlin'.mkv"
    command = "ffmpeg -v error -f lavfi -i color=d=2 -i de.srt -i en.srt -map 0 -map 1 -map 2"
    languages = ("-metadata:s:s:0", "language=ger", "-metadata:s:s:1", "language=eng")
    codecs = ("-c:s:0", "srt", "-c:s:1", "ass", f"file:{film.name}")
    subprocess.run([*command.split(), *languages, *codecs], cwd=tmp_path, check=True)
    return film


@pytest.mark.players
def test_real_film_with_a_strange_name_is_read(real_film):
    opened = open_container(real_film)
    assert [(track.format, track.language) for track in opened.tracks] == [
        ("srt", "de"),
        ("ass", "en"),
    ]
    assert opened.tracks[0].cues[0].text == "Das ist es, was wir nicht haben."


@pytest.mark.players
def test_file_that_is_no_film_gets_one_line(tmp_path):
    film = tmp_path / "a.mkv"
    film.write_bytes(b"nichts")
    with pytest.raises(TrackError) as caught:
        open_container(film)
    assert caught.value.issues[0].path == film.as_posix()
    assert str(tmp_path) not in caught.value.issues[0].message
    assert len(str(caught.value).splitlines()) == 1
