"""Draw the README's picture of the page beside the film, from our stand-in dialogue.

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
SAMPLE = HERE.parents[1] / "subtitles" / "babylon-berlin" / "S01E04.en.srt"
WIDTH, HEIGHT = 760, 560
PRESSES = 149
"""Of the button that goes on ten seconds: a note is up at 0:24:50."""

_PRESS = "<script>for (let press = 0; press < {presses}; press++) {press_once}</script></body>"
_ON = "document.querySelector('[data-by=\"10000\"]').click();"


def move_on(page: Path) -> None:
    """Let the page press its own button; its policy is left out, which allows no second script."""
    text = page.read_text("utf-8").replace("Content-Security-Policy", "left-out", 1)
    pressed = _PRESS.format(presses=PRESSES, press_once=_ON)
    page.write_text(text.replace("</body>", pressed), "utf-8")


def main() -> int:
    """Draw the picture into `tests/browser/pictures/`."""
    with tempfile.TemporaryDirectory() as name:
        status = run_headnotes(["watch", str(SAMPLE), "-o", name])
        page = next(Path(name).glob("*.watch.html"))
        move_on(page)
        subprocess.run(
            [
                "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                f"--user-data-dir={name}/chromium", f"--window-size={WIDTH},{HEIGHT}",
                "--virtual-time-budget=2000",
                f"--screenshot={HERE / 'pictures' / 'watch.png'}", page.as_uri(),
            ],
            check=True,
        )  # fmt: skip
    return status


if __name__ == "__main__":
    sys.exit(main())
