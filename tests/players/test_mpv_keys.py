"""The keys that `headnotes watch --mpv` puts into mpv, pressed in a real one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from frames import HEIGHT, STRIP, WIDTH, make_video, run
from mpv_remote import Mpv, wait_for

from headnotes.cli import run as run_headnotes

pytestmark = pytest.mark.players

SAMPLE = Path(__file__).parents[2] / "subtitles" / "babylon-berlin" / "S01E04.en.srt"
SECONDS = 900
HOSTILE = "-a $(touch pwned) `touch pwned`; 'b' \"c\" %41 {x}"
"""A folder as somebody may call it who knows that shells are careless."""

MOST_OFF_S = 0.25


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A film, its subtitles beside it, in a folder with a name to stumble over."""
    folder = tmp_path_factory.mktemp("films") / HOSTILE
    folder.mkdir()
    path = make_video(folder / "S01E04.mkv", SECONDS, "mpeg4")
    path.with_suffix(".srt").write_bytes(SAMPLE.read_bytes())
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with our script, and what opens pages there: it notes the file it is given."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MPV_HOME", str(home / "mpv"))
        assert run_headnotes(["watch", "--mpv"]) == 0
    opener = home / "opener"
    opener.write_text(f'#!/bin/sh\ncp "$1" "{home}/opened.html"\n', "utf-8")
    opener.chmod(0o755)
    return home


@pytest.fixture
def start(home, film):
    """Start the film, paused, the picture a second old."""
    players = []

    def start(*options, path=film):
        chosen = f"--script-opts=headnotes-browser={home / 'opener'}"
        players.append(Mpv(home, path, "--pause", chosen, *options))
        return players[-1]

    yield start
    for player in players:
        player.close()
    # what runs keep of topics may stay, what was made for one film may not
    assert list((home / ".cache" / "headnotes").glob("mpv-*")) == []
    assert not Path("pwned").exists()


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    """The notes of the sample as the script reads them."""
    folder = tmp_path_factory.mktemp("sheet")
    run_headnotes(["annotate", str(SAMPLE), "--profile", "notes-mpv", "-o", str(folder)])
    (sheet,) = folder.iterdir()
    return json.loads(sheet.read_text("utf-8"))["notes"]


def list_titles(player):
    return [track.get("title") for track in player.get("track-list") if track["type"] == "sub"]


def is_near(player, milliseconds):
    return abs(player.get("time-pos") - milliseconds / 1000) <= MOST_OFF_S


def test_notes_come_and_go_by_a_key(start):
    player = start()
    assert list_titles(player) == ["S01E04.srt"]
    player.press("h")
    player.wait("sid", 2)
    assert list_titles(player) == ["S01E04.srt", "Headnotes"]
    player.press("h")
    player.wait("sid", 1)
    assert list_titles(player) == ["S01E04.srt"]
    player.press("h")
    player.wait("sid", 2)


def test_notes_come_with_the_film_where_that_is_chosen(start):
    player = start("--script-opts-append=headnotes-auto=yes")
    player.wait("sid", 2)
    assert list_titles(player)[1] == "Headnotes"


def test_subtitles_inside_the_film_are_read(start, film, tmp_path):
    inside = tmp_path / "S01E04.mkv"
    subtitles = film.with_suffix(".srt")
    run("ffmpeg", "-v", "error", "-i", film, "-i", subtitles, "-map", "0", "-map", "1",
        "-c:v", "copy", "-c:s", "srt", inside)  # fmt: skip
    player = start(path=inside)
    player.press("h")
    player.wait("sid", 2)
    assert list_titles(player)[-1] == "Headnotes"


FORCED = "1\n00:01:00,000 --> 00:01:02,000\nPlatz da!\n"


@pytest.mark.parametrize("shown", ["1", "no"], ids=["selected", "first"])
def test_track_that_gives_no_notes_leads_to_the_next(start, film, tmp_path, shown):
    inside, forced = tmp_path / "S01E04.mkv", tmp_path / "forced.srt"
    forced.write_text(FORCED, "utf-8")
    run("ffmpeg", "-v", "error", "-i", film, "-i", forced, "-i", film.with_suffix(".srt"),
        "-map", "0", "-map", "1", "-map", "2", "-c:v", "copy", "-c:s", "srt",
        "-disposition:s:0", "forced", inside)  # fmt: skip
    forced.unlink()
    player = start(f"--sid={shown}", path=inside)
    player.press("h")
    player.wait("sid", 3)
    assert list_titles(player)[-1] == "Headnotes"


def test_notes_come_where_our_own_track_is_shown(start, film, tmp_path):
    alone = tmp_path / "S01E04.mkv"
    alone.symlink_to(film)
    alone.with_suffix(".srt").write_bytes(SAMPLE.read_bytes())
    run_headnotes(["annotate", str(alone.with_suffix(".srt")), "--for", "mpv", "--beside"])
    player = start("--sub-auto=fuzzy", "--sid=2", path=alone)
    assert player.get("current-tracks/sub/external-filename").endswith(".ass")
    player.press("h")
    player.wait("sid", 3)
    assert list_titles(player)[-1] == "Headnotes"


def test_next_and_previous_note_are_gone_to(start, notes):
    player = start()
    moments = sorted({note["moment"] for note in notes})
    player.press("n")
    wait_for(lambda: is_near(player, moments[0]))
    player.press("n")
    wait_for(lambda: is_near(player, moments[1]))
    player.put("sub-delay", -3)
    player.press("n")
    wait_for(lambda: is_near(player, moments[2] - 3_000))
    player.press("N")
    wait_for(lambda: is_near(player, moments[1] - 3_000))


def test_all_notes_of_the_passage_are_read_with_the_film_at_rest(start, notes, tmp_path):
    player = start()
    first = notes[0]
    player.put("time-pos", first["moment"] / 1000 + 1)
    player.put("pause", value=False)
    player.press("H")
    player.wait("pause", True)  # noqa: FBT003
    wait_for(lambda: is_panel(player, tmp_path))
    one = player.grab(tmp_path / "one.png").read_bytes()
    player.press("DOWN")
    wait_for(lambda: player.grab(tmp_path / "two.png").read_bytes() != one)
    player.press("UP")
    wait_for(lambda: player.grab(tmp_path / "two.png").read_bytes() == one)
    player.press("H")
    player.wait("pause", False)  # noqa: FBT003
    wait_for(lambda: not is_panel(player, tmp_path))


@pytest.mark.parametrize("key", ["SPACE", "n", "ESC"])
def test_panel_closes_by_what_lets_the_film_go_on(start, notes, tmp_path, key):
    player = start()
    player.put("time-pos", notes[0]["moment"] / 1000 + 1)
    player.press("H")
    wait_for(lambda: is_panel(player, tmp_path))
    player.press(key)
    wait_for(lambda: not is_panel(player, tmp_path))


def is_panel(player, folder):
    """Whether there is text below the strip of our film and above all subtitles."""
    part = f"crop={WIDTH // 2}:{HEIGHT // 5}:{WIDTH // 4}:{STRIP[1] + 8}"
    return find_brightest(player.grab(folder / "now.png"), part) > 200


def find_brightest(picture, part):
    """Return the brightest grey in a part of a picture, 255 for white."""
    chosen = f"{part},format=gray"
    return max(run("ffmpeg", "-v", "error", "-i", picture, "-vf", chosen, "-f", "rawvideo", "-"))


def test_nothing_is_told_before_its_moment(start, notes, tmp_path):
    player = start()
    player.press("h")
    player.wait("sid", 2)
    player.put("time-pos", notes[0]["moment"] / 1000 - 2)
    player.press("H")
    assert player.get("pause")
    assert not is_panel(player, tmp_path)


def test_report_opens_at_the_note(start, home, notes):
    player = start()
    player.put("time-pos", notes[0]["moment"] / 1000 + 1)
    opened = home / "opened.html"
    opened.unlink(missing_ok=True)
    player.press("Alt+h")
    wait_for(opened.exists)
    wait_for(lambda: opened.read_text("utf-8").endswith('">'))
    (target,) = re.findall('url=([^"]+)', opened.read_text("utf-8"))
    name, _, anchor = unquote(target).partition("#")
    (report,) = (home / ".cache" / "headnotes").glob(f"*/{name}")
    assert anchor == notes[0]["id"]
    assert f'id="{anchor}"' in report.read_text("utf-8")


def test_film_of_another_work_says_so_and_stays_as_it_is(start, film, tmp_path):
    other = tmp_path / "holiday.mkv"
    other.write_bytes(film.read_bytes())
    other.with_suffix(".srt").write_text("1\n00:00:01,000 --> 00:00:03,000\nWhat a beach.\n")
    player = start(f"--log-file={tmp_path / 'log'}", path=other)
    player.press("h")
    wait_for(lambda: is_long_line(player, tmp_path))
    player.press("h")  # the first answer leaves nothing in the way of a second
    wait_for(lambda: (tmp_path / "log").read_text("utf-8").count("Run command: subprocess") == 2)
    assert list_titles(player) == ["holiday.srt"]
    assert player.get("sid") == 1


def is_long_line(player, folder):
    """Whether a message at the top goes beyond the middle of the screen."""
    part = f"crop={WIDTH // 2}:{HEIGHT // 4}:{WIDTH // 2}:0"
    return find_brightest(player.grab(folder / "now.png"), part) > 200
