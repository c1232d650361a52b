"""Subtitles inside films; what ffmpeg would say is played by a script where it is not needed."""

import json
import os
import stat
import subprocess
import sys
from fractions import Fraction

import pytest

from headnotes.issues import TrackError
from headnotes.tracks.ffmpeg import measure_film, open_container
from made_recordings import make_recording

GERMAN = "1\n00:00:01,000 --> 00:00:02,000\nDas ist es, was wir nicht haben.\n"
ENGLISH = "1\n00:00:01,000 --> 00:00:02,000\nThis is what we do not have.\n"


def subtitles(index, codec, language, **tags):
    """What ffprobe says of one stream of subtitles."""
    named = {"codec_name": codec, "codec_type": "subtitle"}
    return {"index": index, **named, "tags": {"language": language, **tags}}


COVER = {"codec_type": "video", "disposition": {"attached_pic": 1}, "duration": "7.000000"}
PICTURE = {"codec_type": "video", "avg_frame_rate": "24000/1001"}
STREAMS = [
    COVER | {"index": 0},
    PICTURE | {"index": 1, "tags": {"DURATION": "00:45:00.250000000"}},
    subtitles(2, "subrip", "ger", title="Deutsch"),
    subtitles(3, "subrip", "eng"),
    subtitles(4, "hdmv_pgs_subtitle", "ger"),
]
SCRIPT = """\
#!{python}
import sys
said = {said!r}
command = " ".join(sys.argv[1:])
sys.stdout.write(next((text for part, text in said.items() if part in command), ""))
"""


@pytest.fixture
def make_film(tmp_path, monkeypatch):
    """Make a film, and programs in the place of ffmpeg that say what is in it."""

    def make(probed, said):
        programs = tmp_path / "bin"
        programs.mkdir()
        for name, answers in (("ffprobe", {"": json.dumps(probed)}), ("ffmpeg", said)):
            program = programs / name
            program.write_text(SCRIPT.format(python=sys.executable, said=answers))
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(programs))
        film = tmp_path / "Babylon.Berlin.S01E04.mkv"
        film.write_bytes(b"\x1aE\xdf\xa3")
        return film

    return make


@pytest.fixture
def film(make_film):
    """A film with two streams of text and one of pictures."""
    said = {"0:2": GERMAN, "0:3": ENGLISH}
    return make_film({"streams": STREAMS, "format": {"duration": "2760.000000"}}, said)


needs_posix = pytest.mark.skipif(os.name != "posix", reason="plays ffmpeg by a script")


@needs_posix
def test_all_text_streams_are_read_and_pictures_named(film):
    opened = open_container(film)
    assert [(track.name, track.language) for track in opened.tracks] == [
        ("Babylon.Berlin.S01E04.de.srt", "de"),
        ("Babylon.Berlin.S01E04.en.srt", "en"),
    ]
    assert [str(problem) for problem in opened.issues] == [
        f"{film}, stream 4: PGS subtitles are pictures; turn them into text by OCR"
        " first, for example with Subtitle Edit"
    ]


@needs_posix
def test_full_stream_has_the_name_that_players_find_and_forced_ones_say_so(make_film):
    streams = [subtitles(number, "subrip", "ger") for number in range(5)]
    for number in (0, 2):
        streams[number]["disposition"] = {"forced": 1}
    film = make_film({"streams": streams}, {f"0:{number}": GERMAN for number in range(5)})
    assert [track.name.removeprefix(film.stem) for track in open_container(film).tracks] == [
        ".de.forced.srt",
        ".de.srt",
        ".2.de.forced.srt",
        ".3.de.srt",
        ".4.de.srt",
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
def test_length_of_the_picture_counts_and_not_that_of_the_file(film):
    measured = open_container(film).film
    assert measured == measure_film(film)
    assert (measured.duration_ms, measured.frame_rate) == (2_700_250, Fraction(24_000, 1_001))


@needs_posix
@pytest.mark.parametrize(
    ("probed", "measured"),
    [
        ({"streams": [PICTURE | {"duration": "12.5000000001"}]}, 12_500),
        ({"streams": [PICTURE], "format": {"duration": "3.25"}}, 3_250),
        ({"streams": [PICTURE | {"duration": "N/A"}], "format": {"duration": "4"}}, 4_000),
        ({"streams": [PICTURE | {"avg_frame_rate": "0/0"}], "format": {"duration": "4"}}, 4_000),
    ],
    ids=["stream", "format", "unknown-to-the-stream", "no-rate"],
)
def test_length_is_taken_where_it_is_known(make_film, probed, measured):
    assert measure_film(make_film(probed, {})).duration_ms == measured


@needs_posix
def test_film_without_a_length_is_named(make_film):
    with pytest.raises(TrackError, match="nothing in it says how long it is"):
        measure_film(make_film({"streams": [PICTURE]}, {}))


TELETEXT = {"streams": [subtitles(5, "dvb_teletext", "ger")]}


@needs_posix
def test_teletext_is_read_through_libzvbi(make_film):
    said = {"-decoders": " S..... libzvbi_teletextdec", "-txt_page subtitle": GERMAN}
    (track,) = open_container(make_film(TELETEXT, said)).tracks
    assert (track.name, track.language) == ("Babylon.Berlin.S01E04.de.srt", "de")


@needs_posix
def test_teletext_without_libzvbi_is_named_with_what_is_needed(make_film):
    with pytest.raises(TrackError) as caught:
        open_container(make_film(TELETEXT, {"-decoders": " S..... subrip"}))
    (problem,) = caught.value.issues
    assert (problem.code, problem.message) == (
        "no-teletext",
        "teletext, which this ffmpeg was built without (libzvbi)",
    )
    assert problem.hint.endswith(
        "ccextractor Babylon.Berlin.S01E04.mkv -o Babylon.Berlin.S01E04.srt"
    )


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
    codecs = ("-c:s:0", "srt", "-c:s:1", "ass", "-disposition:s:1", "forced", f"file:{film.name}")
    subprocess.run([*command.split(), *languages, *codecs], cwd=tmp_path, check=True)
    return film


@pytest.mark.players
def test_real_film_with_a_strange_name_is_read(real_film):
    opened = open_container(real_film)
    assert [(track.format, track.language) for track in opened.tracks] == [
        ("srt", "de"),
        ("ass", "en"),
    ]
    assert opened.tracks[1].name.endswith(".en.forced.ass")
    assert opened.tracks[0].cues[0].text == "Das ist es, was wir nicht haben."


@pytest.mark.players
def test_teletext_of_a_real_recording_is_read(tmp_path):
    recording = tmp_path / "Tatort.ts"
    subtitles = [(1_000, 3_000, "Ja, das ist es."), (5_000, 7_500, "Nein, nie.")]
    recording.write_bytes(make_recording(subtitles))
    (track,) = open_container(recording).tracks
    assert track.name == "Tatort.de.srt"
    # ffmpeg counts from the first packet, and shows a page until the next one
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in track.cues] == [
        (start_ms - 1_000, end_ms - 1_000, text) for start_ms, end_ms, text in subtitles
    ]


@pytest.mark.players
def test_subtitles_alone_in_a_container_are_read(tmp_path):
    (tmp_path / "de.srt").write_text(GERMAN)
    command = "ffmpeg -v error -i de.srt -c:s srt -f matroska a.mks"
    subprocess.run(command.split(), cwd=tmp_path, check=True)
    (track,) = open_container(tmp_path / "a.mks").tracks
    assert track.cues[0].text == "Das ist es, was wir nicht haben."


@pytest.mark.players
def test_real_film_is_measured(real_film):
    film = measure_film(real_film)
    assert film.duration_ms == pytest.approx(2_000, abs=50)
    assert film.frame_rate == 25


@pytest.mark.players
def test_file_that_is_no_film_gets_one_line(tmp_path):
    film = tmp_path / "a.mkv"
    film.write_bytes(b"nichts")
    with pytest.raises(TrackError) as caught:
        open_container(film)
    assert caught.value.issues[0].path == film.as_posix()
    assert str(tmp_path) not in caught.value.issues[0].message
    assert len(str(caught.value).splitlines()) == 1
