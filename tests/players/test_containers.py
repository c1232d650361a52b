"""Headnotes through the tools that convert, mux and demux."""

import json
import subprocess
from pathlib import Path

import pytest
from frames import make_video, run

from headnotes.languages import profile_title
from headnotes.profiles import PROFILES, MuxTrack, mux_commands
from headnotes.scheduling import find_label
from headnotes.tracks import parse_track

pytestmark = pytest.mark.players

SUBTITLES = [profile for profile in PROFILES if profile.suffix in {".srt", ".ass", ".vtt"}]
PROGRAMS = ["mkvmerge", "ffmpeg"]
MUXED = [
    pytest.param(program, profile, id=f"{program}-{profile.name}")
    for program in PROGRAMS
    for profile in SUBTITLES
    if (program, profile.suffix) != ("mkvmerge", ".vtt")
]
HOSTILE = 'it\'s a "film"; $(touch x) `y` a=b\n100% (1)'


def convert(source, *suffixes):
    """Let ffmpeg write a track in one format after the other."""
    for suffix in suffixes:
        target = source.with_name(f"{source.name}{suffix}")
        run("ffmpeg", "-v", "error", "-y", "-i", source, target)
        source = target
    return parse_track(source.read_bytes(), source.name)


def spoken(stage):
    """Start, end and words of every headnote."""
    return [(one.start_ms, one.end_ms, one.text.split()) for one in stage.headnotes]


def notes_of(track):
    return [
        (cue.start_ms, cue.end_ms, cue.text.split())
        for cue in track.by_time
        if find_label(cue.text)
    ]


@pytest.mark.parametrize("profile", SUBTITLES, ids=lambda one: one.name)
def test_headnotes_survive_conversion_by_ffmpeg(stage, profile):
    track = convert(stage.files[profile.name], ".srt", ".vtt", ".ass")
    assert notes_of(track) == spoken(stage)


@pytest.mark.parametrize("profile", SUBTITLES, ids=lambda one: one.name)
def test_ffmpeg_finds_every_cue(stage, profile):
    path = stage.files[profile.name]
    packets = run("ffprobe", "-v", "error", "-show_packets", "-of", "json", path)
    expected = len(stage.headnotes) + profile.name.startswith("combined") * len(stage.track.cues)
    assert len(json.loads(packets)["packets"]) == expected


def mux(program, video, tracks, output):
    """Run one of the printed commands in a shell."""
    commands = mux_commands(video, tracks, output)
    line = next(one for one in commands if program in one)
    done = subprocess.run(["sh", "-c", line], capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, (line, done.stdout + done.stderr)


def probe(video, what):
    return json.loads(run("ffprobe", "-v", "error", f"-show_{what}", "-of", "json", video))[what]


def subtitles(video):
    """Title, language, flags and codec of each subtitle stream."""
    return [
        (
            one["tags"].get("title"),
            one["tags"].get("language"),
            {flag for flag, is_set in one["disposition"].items() if is_set},
            one["codec_name"],
        )
        for one in probe(video, "streams")
        if one["codec_type"] == "subtitle"
    ]


@pytest.mark.parametrize(("program", "profile"), MUXED)
def test_muxed_track_comes_out_as_it_went_in(stage, tmp_path, program, profile):
    path, output = stage.files[profile.name], tmp_path / "out.mkv"
    one = MuxTrack(path=path, language="de", title=profile_title(profile, "de"))
    mux(program, stage.video, [one], output)
    codec = {".srt": "subrip", ".ass": "ass", ".vtt": "webvtt"}[profile.suffix]
    assert subtitles(output) == [(profile_title(profile, "de"), "ger", {"comment"}, codec)]
    back = tmp_path / f"back{profile.suffix}"
    run("ffmpeg", "-v", "error", "-i", output, "-map", "0:s:0", "-c", "copy", back)
    cues = parse_track(back.read_bytes(), back.name).by_time
    before = parse_track(path.read_bytes(), path.name).by_time
    assert [(one.start_ms, one.end_ms, one.text) for one in cues] == [
        (one.start_ms, one.end_ms, one.text) for one in before
    ]


@pytest.mark.parametrize("program", PROGRAMS)
def test_new_tracks_stand_behind_old_ones(stage, tmp_path, program):
    old, output = tmp_path / "old.mkv", tmp_path / "out.mkv"
    run("ffmpeg", "-v", "error", "-i", stage.video, "-i", stage.srt, "-c", "copy", old)
    tracks = [
        MuxTrack(path=stage.files["notes-plain"], language="en", title="one"),
        MuxTrack(path=stage.files["combined-ass"], language="en", title="two"),
    ]
    mux(program, old, tracks, output)
    assert [(title, codec) for title, *_, codec in subtitles(output)] == [
        (None, "subrip"),
        ("one", "subrip"),
        ("two", "ass"),
    ]


@pytest.mark.parametrize("program", PROGRAMS)
def test_film_of_a_phone_or_camera_takes_new_tracks(stage, tmp_path, program):
    old, output = tmp_path / "old.mp4", tmp_path / "out.mkv"
    run("ffmpeg", "-v", "error", "-i", stage.video, "-i", stage.srt, "-c:s", "mov_text",
        "-c:v", "mpeg4", "-timecode", "01:00:00:00", old)  # fmt: skip
    assert [one["codec_type"] for one in probe(old, "streams")] == ["video", "subtitle", "data"]
    one = MuxTrack(path=stage.files["combined-ass"], language="en", title="one")
    mux(program, old, [one], output)
    # mkvmerge knows no subtitles of MP4
    assert [(title, codec) for title, *_, codec in subtitles(output)][-1:] == [("one", "ass")]


@pytest.mark.parametrize(
    ("program", "profile"), [("mkvmerge", "chapters-matroska"), ("ffmpeg", "chapters-ffmetadata")]
)
def test_chapters_lead_from_note_to_note(stage, tmp_path, program, profile):
    output = tmp_path / "out.mkv"
    one = MuxTrack(path=stage.files[profile], language="en", title="")
    mux(program, stage.video, [one], output)
    chapters = probe(output, "chapters")
    assert [round(float(one["start_time"]) * 1000) for one in chapters] == [
        one.annotation.moment.start_ms for one in stage.headnotes
    ]
    assert [one["tags"]["title"] for one in chapters] == [
        one.text.replace("\n", " ") for one in stage.headnotes
    ]


@pytest.mark.parametrize("program", PROGRAMS)
def test_hostile_names_reach_the_program_unharmed(stage, tmp_path, monkeypatch, program):
    monkeypatch.chdir(tmp_path)
    video = make_video(tmp_path / f"-{HOSTILE}.mkv", 2)
    path = Path(f"@{HOSTILE}.srt")
    path.write_bytes(stage.files["notes-plain"].read_bytes())
    title = HOSTILE.replace("\n", " ")
    mux(program, Path(video.name), [MuxTrack(path=path, language="en", title=title)], Path("o.mkv"))
    assert [title for title, *_ in subtitles(tmp_path / "o.mkv")] == [title]
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(
        [video.name, path.name, "o.mkv"]
    )
