"""Draw the pictures of the README: our stand-in dialogue over a house front of our own.

    PYTHONPATH=tests python tests/players/draw_pictures.py

needs what `.ci/run` installs. One picture is mpv with the coloured profile, one the keys of
`headnotes watch --mpv`, one Chromium with dialogue and headnotes as two tracks of a page. That of
Kodi was taken by hand: a film with the track that `--for kodi` writes beside it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from frames import run
from mpv_remote import Mpv

from headnotes.cli import run as run_headnotes
from headnotes.formats import write_vtt
from headnotes.scheduling import find_label
from headnotes.text import escape_vtt
from headnotes.tracks import read_track

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "subtitles" / "babylon-berlin" / "S01E04.en.srt"
WIDTH, HEIGHT = 960, 540
_BEFORE_S = 10
WINDOWS = [(90 + 200 * column, 70 + 165 * row) for row in range(3) for column in range(4)]
LIT = {(290, 235), (690, 70), (490, 400)}
WOOD, DARK, IRON, LAMP = "0x4a4038", "0x18202b", "0x1a1614", "0xd9a441"
PAGE = """<!doctype html><meta charset="utf-8"><title>film</title>
<style>body {{ margin: 0 }} video {{ width: {width}px; height: {height}px }}</style>
<video muted preload="auto" src="film.webm">
<track kind="subtitles" srclang="en" label="Dialogue" src="dialogue.vtt">
<track kind="subtitles" srclang="en" label="Historical notes" src="notes.vtt">
</video>
<script>
const video = document.querySelector("video");
for (const one of video.textTracks) one.mode = "showing";
for (const one of document.querySelectorAll("track"))
  one.addEventListener("load", () => {{
    for (const cue of [...one.track.cues]) {{
      cue.startTime -= {begins};
      cue.endTime -= {begins};
    }}
  }});
video.addEventListener("loadedmetadata", () => {{ video.currentTime = {second}; }});
</script>"""


def draw_house() -> str:
    """Give the filters for a house front at dusk: windows, three of them lit, one balcony."""
    boxes = []
    for x, y in WINDOWS:
        boxes += [(x - 6, y - 6, 92, 122, WOOD), (x, y, 80, 110, LAMP if (x, y) in LIT else DARK)]
        boxes += [(x + 38, y, 4, 110, WOOD), (x, y + 36, 80, 4, WOOD)]
    boxes += [(250, 336, 160, 12, IRON), (250, 290, 160, 5, IRON)]
    boxes += [(x, 292, 4, 46, IRON) for x in range(252, 410, 14)]
    filled = (f"drawbox={x}:{y}:{w}:{h}:{colour}:fill" for x, y, w, h, colour in boxes)
    return ",".join([*filled, "gblur=1.2", "format=yuv420p"])


def make_film(path: Path, seconds: int, codec: str) -> None:
    """Make a film in which nothing moves."""
    wall = f"gradients=s={WIDTH}x{HEIGHT}:c0=0x3a322c:c1=0x241f1c:x0=0:y0=0:x1=0:y1={HEIGHT}"
    still = f"{draw_house()},loop=-1:1"
    source = f"{wall}:d=1:r=1,{still}"
    coded = ("-t", seconds, "-c:v", codec, "-b:v", "2M")
    run("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, *coded, path)


def pick_second(track: Path) -> int:
    """Pick a second at which the women on the balcony and a line of dialogue are on screen."""
    cues = read_track(track).by_time
    note = next(
        cue
        for cue in cues
        if find_label(cue.text) and "two women" in " ".join(cue.text.lower().split())
    )
    spoken = [cue for cue in cues if not find_label(cue.text)]
    return next(
        second
        for second in range(note.start_ms // 1000 + 1, note.end_ms // 1000)
        if any(cue.start_ms < second * 1000 < cue.end_ms - 900 for cue in spoken)
    )


def draw_mpv(folder: Path, track: Path, second: int, picture: Path) -> None:
    """Let mpv draw one second of the film."""
    make_film(folder / "film.mkv", second + 5, "mpeg4")
    run(
        "mpv", "--no-config", "--really-quiet", "--no-audio", "--vo=image", "--sub-auto=no",
        "--vo-image-format=png", f"--vo-image-outdir={folder / 'drawn'}", "--frames=1",
        f"--sub-file={track}", f"--start={second}", folder / "film.mkv",
    )  # fmt: skip
    shrink(next((folder / "drawn").iterdir()), picture)


def draw_chromium(folder: Path, notes: Path, second: int, picture: Path) -> None:
    """Let Chromium draw one second of the film, dialogue and headnotes as two tracks.

    A film for the web is long in the making, so this one begins shortly before.
    """
    begins = max(0, second - _BEFORE_S)
    make_film(folder / "film.webm", 2 * _BEFORE_S, "libvpx")
    cues = read_track(SAMPLE).by_time
    rows = [(cue.start_ms, cue.end_ms, escape_vtt(cue.text), "") for cue in cues]
    (folder / "dialogue.vtt").write_text(write_vtt(rows), "utf-8")
    notes.rename(folder / "notes.vtt")
    page = folder / "page.html"
    shown = PAGE.format(width=WIDTH, height=HEIGHT, begins=begins, second=second - begins + 0.1)
    page.write_text(shown, "utf-8")
    run(
        "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--allow-file-access-from-files", f"--user-data-dir={folder / 'chromium'}",
        "--virtual-time-budget=5000", f"--window-size={WIDTH},{HEIGHT + 120}",
        f"--screenshot={folder / 'page.png'}", page.as_uri(),
    )  # fmt: skip
    shrink(folder / "page.png", picture)


def draw_keys(folder: Path, second: int, picture: Path) -> None:
    """Press keys in mpv: notes on, all notes of the passage, the film again, the next note."""
    film = folder / SAMPLE.with_suffix(".mkv").name
    make_film(film, second + 120, "mpeg4")
    shutil.copy(SAMPLE, folder)
    os.environ["MPV_HOME"] = str(folder / "mpv")
    run_headnotes(["watch", "--mpv"])
    player = Mpv(folder, film, f"--start={second}", "--pause")
    player.press("h")
    player.wait("sid", 2)
    time.sleep(5)  # the message is gone then
    grabbed: list[Path] = []
    for key in ("", "H", "H", "n"):
        player.press(key)
        time.sleep(1)
        player.put("pause", value=True)
        grabbed.append(player.grab(folder / f"key-{len(grabbed)}.png"))
    player.close()
    inputs = [word for path in grabbed for word in ("-i", path)]
    tiled = "[0][1]hstack[a];[2][3]hstack[b];[a][b]vstack"
    run("ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex", tiled, "-frames:v", "1", picture)


def shrink(source: Path, picture: Path) -> None:
    """Cut a picture to size and to few colours."""
    cut = f"crop={WIDTH}:{HEIGHT}:0:0,split[a][b]"
    colours = "[a]palettegen=max_colors=96[p];[b][p]paletteuse=dither=none"
    shown = ("-filter_complex", f"{cut};{colours}", "-frames:v", "1")
    run("ffmpeg", "-v", "error", "-y", "-i", source, *shown, picture)


def main() -> int:
    """Draw the pictures into `tests/players/pictures/`."""
    pictures = HERE / "pictures"
    pictures.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profiles = ["--profile", "combined-ass", "--profile", "notes-web"]
        status = run_headnotes(["annotate", str(SAMPLE), "-o", name, *profiles])
        styled, web = next(folder.glob("*.ass")), next(folder.glob("*.vtt"))
        second = pick_second(styled)
        draw_mpv(folder, styled, second, pictures / "mpv.png")
        draw_chromium(folder, web, second, pictures / "browser.png")
        draw_keys(folder, second, pictures / "mpv-keys.png")
    return status


if __name__ == "__main__":
    sys.exit(main())
