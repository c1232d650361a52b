"""Draw the README's pictures of the page beside the film and of a report, from our samples.

    PYTHONPATH=tests python tests/browser/draw_pictures.py

needs what `.ci/run` installs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from headnotes.cli import run as run_headnotes

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
SAMPLES = HERE.parents[1] / "subtitles" / "babylon-berlin"
SAMPLE = "S01E04.en.srt"
BESIDE = ("S01E03.en.srt", "S01E05.en.srt")
"""Reports lead to those of the episodes before and after."""

WATCH_SIZE = (760, 560)
REPORT_SIZE = (1200, 1300)
PRESSES = 179
"""Of the button that goes on ten seconds: a note is up at 0:29:50."""

_PRESS = "<script>for (let press = 0; press < {presses}; press++) {press_once}</script></body>"
_ON = "document.querySelector('[data-by=\"10000\"]').click();"


def move_on(page: Path) -> None:
    """Let the page press its own button; its policy is left out, which allows no second script."""
    text = page.read_text("utf-8").replace("Content-Security-Policy", "left-out", 1)
    pressed = _PRESS.format(presses=PRESSES, press_once=_ON)
    page.write_text(text.replace("</body>", pressed), "utf-8")


def draw(page: Path, picture: Path, size: tuple[int, int]) -> None:
    """Draw the top of a page into a picture of so many pixels across and down."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}",
                "--virtual-time-budget=2000", f"--screenshot={picture}", page.as_uri(),
            ],
            check=True,
        )  # fmt: skip


def main() -> int:
    """Draw the pictures into `tests/browser/pictures/`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        status = run_headnotes(["watch", str(SAMPLES / SAMPLE), "-o", name])
        page = next(folder.glob("*.watch.html"))
        move_on(page)
        draw(page, PICTURES / "watch.png", WATCH_SIZE)
        files = [str(SAMPLES / sample) for sample in (SAMPLE, *BESIDE)]
        status = run_headnotes(["report", *files, "--format", "html", "-o", name]) or status
        page = folder / Path(SAMPLE).with_suffix(".html").name
        draw(page, PICTURES / "report.png", REPORT_SIZE)
    return status


if __name__ == "__main__":
    sys.exit(main())
