"""Hostile strings in tracks and chapters, as ffmpeg and mpv read them."""

from __future__ import annotations

import json
import re

import pytest
from frames import run

from headnotes.profiles import PROFILES, render_profile
from hostile_strings import (
    STRINGS,
    find_marks,
    make_hostile_headnotes,
    make_hostile_track,
)

pytestmark = pytest.mark.players

ALL = [*range(len(STRINGS))]
TRACKS = [profile for profile in PROFILES if not profile.is_by_moment]
"""Chapters and the sheet for our keys in mpv are no tracks."""
WATCH = """
local file = io.open(mp.get_opt("seen"), "w")
local at, most = 0, tonumber(mp.get_opt("count"))
mp.register_event("playback-restart", function()
  if at > 0 then file:write(mp.get_property("sub-text") or "", "\\0") end
  if at == most then file:close() mp.command("quit") return end
  at = at + 1
  mp.commandv("seek", 20 * at - 17, "absolute+exact")
end)
"""
"""Looks one second into every headnote."""


def write(profile, folder):
    file = folder / f"hostile{profile.suffix}"
    text = render_profile(profile, make_hostile_track(), make_hostile_headnotes())
    file.write_text(text, "utf-8", newline="")
    return file


@pytest.mark.parametrize("profile", TRACKS, ids=lambda profile: profile.name)
def test_ffmpeg_reads_a_cue_for_each_and_no_other(profile, tmp_path):
    read = run("ffmpeg", "-v", "error", "-i", write(profile, tmp_path), "-f", "srt", "-")
    cues = re.split(r"(?m)^\d+\n[\d:,]+ --> [\d:,]+$", read.decode())[1:]
    headnotes = [cue for cue in cues if "Line " not in cue]
    assert [find_marks(cue) for cue in headnotes] == [[place] for place in ALL]
    dialogue = len(make_hostile_track().cues) if profile.name.startswith("combined") else 0
    assert len(cues) - len(headnotes) == dialogue


def test_ffmpeg_reads_a_chapter_for_each_and_no_other(tmp_path):
    (profile,) = (profile for profile in PROFILES if profile.name == "chapters-ffmetadata")
    file = write(profile, tmp_path)
    read = run("ffprobe", "-v", "error", "-show_chapters", "-of", "json", "-i", file)
    titles = [chapter["tags"]["title"] for chapter in json.loads(read)["chapters"]]
    assert [find_marks(title) for title in titles if find_marks(title)] == [[n] for n in ALL]


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A dark film that lasts as long as the track."""
    file = tmp_path_factory.mktemp("film") / "film.mkv"
    picture = f"color=c=black:s=16x16:r=1:d={make_hostile_track().duration_ms // 1_000}"
    run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, "-c:v", "ffv1", file)
    return file


@pytest.mark.parametrize("profile", TRACKS, ids=lambda profile: profile.name)
def test_mpv_shows_each_by_itself(profile, film, tmp_path):
    (tmp_path / "watch.lua").write_text(WATCH)
    run(
        "mpv", "--no-config", "--really-quiet", "--no-audio", "--vo=null", "--pause",
        "--sub-auto=no", f"--sub-file={write(profile, tmp_path)}",
        f"--script={tmp_path / 'watch.lua'}",
        f"--script-opts=seen={tmp_path / 'seen'},count={len(STRINGS)}", film,
    )  # fmt: skip
    shown = (tmp_path / "seen").read_text("utf-8").split("\0")
    assert [find_marks(text) for text in shown[:-1]] == [[place] for place in ALL]
