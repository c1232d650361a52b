"""Pictures of tracks as players draw them, and what can be read off a picture.

Videos are dark but for a strip in the middle, whose grey tells the second of the film; so a frame
knows when it is, whatever player drew it, and however late. A frame is its bytes in grey; the ink
of a frame are the rows that differ from the background.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

WIDTH, HEIGHT = 640, 360
SIZE = WIDTH * HEIGHT
STRIP = (172, 188)
STEP = 3
"""Greys from second to second: more than what colour conversions take away."""
GREY = ("-vsync", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", "-")
NOBODY = 65534
"""VLC refuses to run as root."""

SECONDS = 76


def run(*words, **more):
    """Run a program that must succeed, and give what it prints."""
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, timeout=300, check=False, **more
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return done.stdout


def make_video(path, seconds, codec="ffv1"):
    """Make a film of so many seconds; without sound, for nobody listens."""
    first, last = STRIP
    strip = f"lum='if(between(Y,{first},{last}),20+{STEP}*floor(T),45)'"
    picture = f"color=c=black:s={WIDTH}x{HEIGHT}:r=5:d={seconds},format=gray,geq={strip}"
    coded = ("-c:v", codec, "-pix_fmt", "yuv420p")
    run("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", picture, *coded, path)
    return path


def split_frames(data):
    """Part raw grey frames, one for each second of the film that was seen."""
    middle = sum(STRIP) // 2 * WIDTH + WIDTH // 2
    seen: dict[int, bytes] = {}
    for at in range(0, len(data), SIZE):
        second = round((data[at + middle] - 20) / STEP)
        seen.setdefault(second, data[at : at + SIZE])
    return {second: frame for second, frame in seen.items() if second >= 0}


def read_frames(path, *options):
    """Read the frames of a video, or a picture, in grey, by second."""
    return split_frames(run("ffmpeg", "-v", "error", "-i", path, *options, *GREY))


def draw_with_ffmpeg(video, track, folder):
    """Burn a track into a video's frames. The path is one of ours, without special characters."""
    return read_frames(video, "-vf", f"subtitles={track}")


def draw_with_mpv(video, track, folder, *options):
    """Let mpv draw every frame, with a track as the only or the first one."""
    place = Path(folder, "mpv-" + Path(track).name)
    place.mkdir(parents=True)
    run(
        "mpv", "--no-config", "--really-quiet", "--no-audio", "--untimed", "--sub-auto=no",
        "--vo=image", "--vo-image-format=png", "--vo-image-png-compression=1",
        f"--vo-image-outdir={place}", f"--sub-file={track}", *options, video,
    )  # fmt: skip
    return read_frames(place / "%08d.png", "-vf", f"scale={WIDTH}:{HEIGHT}")


def draw_with_vlc(video, track, folder):
    """Let VLC play to a screen nobody sees, as another user where we are root."""
    read, write = os.pipe()
    options = ("-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-ac", "-nolisten", "tcp")
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), *options], pass_fds=[write], stderr=subprocess.DEVNULL
    ) as screen:
        os.close(write)
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        try:
            return _grab_vlc(video, track, Path(folder), display)
        finally:
            screen.terminate()


def _grab_vlc(video, track, folder, display):
    """Grab the screen while VLC plays at eight times the speed.

    At that speed VLC 3.0 keeps an ASS text that ends within another on screen until that one ends,
    too; at its proper speed it does not.
    """
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    grabbed = folder / f"{Path(track).name}.grey"
    screen = ("-f", "x11grab", "-framerate", "20", "-video_size", f"{WIDTH}x{HEIGHT}")
    with subprocess.Popen(
        [
            "ffmpeg",
            "-v",
            "error",
            "-y",
            *screen,
            "-draw_mouse",
            "0",
            "-i",
            display,
            *GREY[:-1],
            grabbed,
        ],
        stdin=subprocess.PIPE,
    ) as grabber:
        run(
            "cvlc", "--quiet", "--intf=dummy", "--ignore-config", "--no-audio", "--no-osd",
            "--no-sub-autodetect-file", "--no-video-title-show", "--vout=xcb_x11", "--fullscreen",
            "--rate=8", f"--sub-file={track}", video, "vlc://quit",
            env={**os.environ, "HOME": str(folder), "DISPLAY": display}, **user,
        )  # fmt: skip
        grabber.communicate(b"q", timeout=60)
    return split_frames(grabbed.read_bytes())


def draw_with_chromium(page, picture, second):
    """Let Chromium draw a page whose film is to stand at one second.

    A headless picture is taken when a time is up, be the page ready or not. So the page turns white
    below the film when its tracks are loaded, and the film has a clock; the picture is taken with
    more time until both are right.
    """
    profile = Path(picture).parent / "chromium"
    for budget_ms in (2_000, 5_000, 10_000, 20_000, 40_000):
        run(
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--allow-file-access-from-files", "--autoplay-policy=no-user-gesture-required",
            f"--user-data-dir={profile}", f"--virtual-time-budget={budget_ms}",
            f"--window-size={WIDTH},{HEIGHT + 120}", f"--screenshot={picture}", page.as_uri(),
        )  # fmt: skip
        below = run(
            "ffmpeg", "-v", "error", "-i", picture, "-vf", f"crop=8:8:9:{HEIGHT + 8}", *GREY
        )
        frames = read_frames(picture, "-vf", f"crop={WIDTH}:{HEIGHT}:0:0")
        shown = next(iter(frames), -1)
        if min(below) > 200 and abs(shown - second) <= 1:
            return frames[shown]
    raise AssertionError(f"the film stands at {shown} s instead of {second} s")


def ink(frame, first=0, last=HEIGHT):
    """Give the rows between two rows that are not background."""
    rows = ((row, frame[row * WIDTH : (row + 1) * WIDTH]) for row in range(first, last))
    return [row for row, bytes_ in rows if max(bytes_) - min(bytes_) > 60]


def top_ink(frame):
    """Give the rows of text above the strip."""
    return ink(frame, 0, STRIP[0] - 4)


def bottom_ink(frame):
    """Give the rows of text below the strip."""
    return ink(frame, STRIP[1] + 4, HEIGHT)
