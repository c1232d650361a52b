"""Draw headnotes in Arabic and Hebrew as mpv, VLC and Chromium show them.

    PYTHONPATH=tests python tests/players/draw_directions.py

writes one picture for each player into `tests/players/pictures/`: above the coloured or the web
profile in Arabic, below in Hebrew. Each line has what tells a wrong direction: brackets at its
start, a year, a name in Latin script.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from attrs import evolve
from film import make_track
from frames import HEIGHT, WIDTH, draw_with_mpv, draw_with_vlc, make_video, run

from headnotes.model import Annotation, Moment, NoteText
from headnotes.profiles import PROFILES, render_profile
from headnotes.scheduling import schedule
from made_outcomes import make_note

PICTURES = Path(__file__).parent / "pictures"
LINES = {
    "ar": "لم يكن في 1929: رفع الحظر في 1925 (Vossische Zeitung)",
    "he": "לא ב-1929: האיסור בוטל ב-1925 (Vossische Zeitung)",
}
SECOND = 9
"""At which headnote and dialogue are on screen."""
PAGE = """<!doctype html><meta charset="utf-8"><style>body {{ margin: 0; background: black }}
video {{ width: {width}px; height: {height}px }}</style>
<video muted preload="auto" src="film.webm"><track kind="subtitles" srclang="{tag}" src="{notes}">
</video><script>
const video = document.querySelector("video");
video.textTracks[0].mode = "showing";
video.addEventListener("loadedmetadata", () => {{ video.currentTime = {second}; }});
</script>"""


def write_tracks(folder: Path, tag: str) -> dict[str, Path]:
    """Write the film's track with one note in a language, in every profile."""
    track = make_track()
    text = NoteText(headnote=LINES[tag], shown="", record="")
    note = evolve(make_note("note", "inaccurate"), texts={tag: text})
    moment = Moment(start_ms=2_500, end_ms=6_500, first_cue=1, last_cue=1, strength=1.0)
    annotation = Annotation(topic="blutmai", note=note, moment=moment)
    planned = schedule(track, [annotation], language=tag, density="dense")
    (shown,) = planned.headnotes
    assert shown.start_ms < 1_000 * SECOND < shown.end_ms, shown
    files = {}
    for profile in PROFILES:
        files[profile.name] = folder / f"{tag}.{profile.name}{profile.suffix}"
        files[profile.name].write_text(render_profile(profile, track, planned.headnotes), "utf-8")
    return files


def draw_frame(draw, video: Path, track: Path, folder: Path, picture: Path) -> None:
    """Keep one second of a film as a player draws it."""
    frame = draw(video, track, folder)[SECOND]
    raw = folder / "frame.gray"
    raw.write_bytes(frame)
    size = ("-f", "rawvideo", "-pix_fmt", "gray", "-video_size", f"{WIDTH}x{HEIGHT}")
    run("ffmpeg", "-v", "error", "-y", *size, "-i", raw, picture)


def draw_page(folder: Path, tag: str, notes: Path, picture: Path) -> None:
    """Let Chromium show the notes of the web profile over the film."""
    page = folder / f"{tag}.html"
    page.write_text(
        PAGE.format(width=WIDTH, height=HEIGHT, tag=tag, notes=notes.name, second=SECOND), "utf-8"
    )
    run(
        "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--allow-file-access-from-files", f"--user-data-dir={folder / 'chromium'}",
        "--virtual-time-budget=5000", f"--window-size={WIDTH},{HEIGHT + 120}",
        f"--screenshot={picture}", page.as_uri(),
    )  # fmt: skip


def stack(above: Path, below: Path, picture: Path) -> None:
    """Put two pictures of the top of the film above each other."""
    crop = f"crop={WIDTH}:{HEIGHT}:0:0"
    joined = f"[0]{crop}[a];[1]{crop}[b];[a][b]vstack"
    run("ffmpeg", "-v", "error", "-y", "-i", above, "-i", below, "-filter_complex", joined, picture)


def main() -> int:
    """Draw a picture for each player."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        video = make_video(folder / "film.mkv", SECOND + 6)
        run("ffmpeg", "-v", "error", "-i", video, "-c:v", "libvpx", folder / "film.webm")
        drawn: dict[str, list[Path]] = {}
        for tag in LINES:
            files = write_tracks(folder, tag)
            for player, draw, profile in (
                ("mpv", draw_with_mpv, "combined-ass"),
                ("vlc", draw_with_vlc, "combined-srt"),
            ):
                picture = folder / f"{player}.{tag}.png"
                draw_frame(draw, video, files[profile], folder, picture)
                drawn.setdefault(player, []).append(picture)
            picture = folder / f"chromium.{tag}.png"
            draw_page(folder, tag, files["notes-web"], picture)
            drawn.setdefault("chromium", []).append(picture)
        for player, (above, below) in drawn.items():
            stack(above, below, PICTURES / f"directions-{player}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
