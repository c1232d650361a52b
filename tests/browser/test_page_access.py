"""Pages in a browser: accessible, self-contained, safe. Rules R1 to R3 of the conventions."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chromium import FLAGS, HERE
from made_outcomes import make_everywhere, make_outcome, make_track
from strategies import HOSTILE

pytestmark = pytest.mark.players

MODES = {
    "light": {},
    "dark": {"scheme": "dark"},
    "forced colours": {"forced": "active"},
    "print": {"media": "print"},
}
WIDTHS = (320, 1280)


@pytest.fixture(scope="session")
def pages(write_pages):
    """Pages of every shape, by what is special about them."""
    several = write_pages(
        make_outcome(25),
        make_outcome(12, track=make_track(name="b.srt"), episode_id="S01E05"),
        make_outcome(2, track=make_track(name="c.srt"), episode_id=None),
    )
    return {
        "episode": several["S01E04.en.html"],
        "index": several["index.html"],
        "german": next(iter(write_pages(make_outcome(12), language="de").values())),
        "empty": next(iter(write_pages(make_outcome(0)).values())),
        "hostile": next(iter(write_pages(make_everywhere(HOSTILE[1])).values())),
    }


SHAPES = ("episode", "index", "german", "empty", "hostile")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("shape", SHAPES)
def test_axe_finds_no_violation(browser, pages, shape, mode, width):
    browser.open(pages[shape], width=width, **MODES[mode])
    assert browser.check() == {}


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_no_violation_on_the_sheet(browser, pages, mode):
    browser.open(pages["episode"], place="#sheet", **MODES[mode])
    assert browser.count_visible("#sheet tbody tr") == 10
    assert browser.check() == {}


@pytest.mark.parametrize("place", ["", "#sheet"])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_page_needs_sideways_scrolling(browser, pages, shape, place):
    browser.open(pages[shape], width=320, place=place)
    browser.run("for (const one of document.querySelectorAll('details')) one.open = true")
    wide = {}
    for width in range(320, 1601, 20):
        browser.resize(width)
        wide[width] = browser.run("return document.documentElement.scrollWidth")
    assert {width: needed for width, needed in wide.items() if needed > width} == {}


@pytest.mark.parametrize("shape", SHAPES)
def test_page_asks_for_nothing_and_complains_of_nothing(browser, pages, shape):
    browser.open(pages[shape])
    assert [one for one in browser.requests() if not one.startswith("data:")] == []
    assert browser.messages() == []


BOXES = (
    "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility())"
    ".map(e => e.getBoundingClientRect())"
    ".map(r => [Math.round(r.x), Math.round(r.y), Math.round(r.width), Math.round(r.height)])"
)


def find_touching(boxes):
    """Pairs of boxes that cover one another."""
    return [
        (a, b)
        for place, a in enumerate(boxes)
        for b in boxes[:place]
        if abs(a[0] - b[0]) < min(a[2], b[2]) and abs(a[1] - b[1]) < min(a[3], b[3])
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_passages_are_large_to_touch_and_apart(browser, write_pages, width):
    (page,) = write_pages(make_outcome(40)).values()
    browser.open(page, width=width)
    boxes = browser.run(BOXES, ".areas a use")
    assert len(boxes) >= 30
    assert min(min(w, h) for _, _, w, h in boxes) >= 24
    assert find_touching(boxes) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_marks_cover_none_another(browser, write_pages, width):
    (page,) = write_pages(make_outcome(90)).values()
    browser.open(page, width=width)
    boxes = browser.run(BOXES, ".marks use")
    assert len(boxes) == 90
    assert find_touching(boxes) == []


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_nothing_from_outside_runs(browser, write_pages, text):
    (page,) = write_pages(make_everywhere(text)).values()
    browser.open(page)
    alerts = "return typeof window.alerted"
    assert browser.run(alerts) == "undefined"
    assert browser.messages() == []
    assert browser.run("return document.scripts.length") == 4


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def server(pages):
    """The pages over loopback: Lighthouse refuses addresses of files."""
    handler = partial(_QuietHandler, directory=str(pages["index"].parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize("shape", ["episode", "index"])
def test_lighthouse_is_content(pages, server, shape, tmp_path):
    report = tmp_path / "report.json"
    command = [
        "node",
        str(HERE / "node_modules" / "lighthouse" / "cli" / "index.js"),
        f"{server}/{pages[shape].name}",
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        "--only-categories=accessibility,best-practices",
        f"--chrome-flags={' '.join(FLAGS)}",
    ]
    chromium = {**os.environ, "CHROME_PATH": "/usr/bin/chromium"}
    subprocess.run(command, check=True, timeout=180, env=chromium, cwd=Path(tmp_path))
    scores = {
        name: one["score"]
        for name, one in json.loads(report.read_text(encoding="utf-8"))["categories"].items()
    }
    assert scores["accessibility"] == 1
    assert scores["best-practices"] >= 0.95
