"""Pages in a browser: what a reader can do with them, with the script and without."""

from __future__ import annotations

import csv
import io
import json
import time

import pytest

from headnotes.languages import points
from headnotes.reports.csvtable import render_csv
from headnotes.reports.pages.episode import describe_page
from headnotes.scoring import PRESETS, claims_of, score_claims, score_outcomes
from made_outcomes import make_everywhere, make_outcome, make_track
from strategies import HOSTILE

pytestmark = pytest.mark.players

OUTCOME = make_outcome(33)


@pytest.fixture(scope="session")
def page(write_pages):
    (path,) = write_pages(OUTCOME).values()
    return path


@pytest.fixture
def opened(browser, page):
    browser.open(page)
    return browser


def choose(browser, name, value):
    """Change one control of the filters as a reader would."""
    browser.run(
        "const one = document.querySelector(`[name=${arguments[0]}][value='${arguments[1]}']`)"
        "?? document.querySelector(`[name=${arguments[0]}]`);"
        "one.tagName === 'SELECT' ? one.value = arguments[1] : one.checked = !one.checked;"
        "one.dispatchEvent(new Event('change', {bubbles: true}))",
        name,
        value,
    )


def wait_for(folder, name):
    """Wait for a download to be there."""
    deadline = time.monotonic() + 10
    while not (folder / name).exists():
        assert time.monotonic() < deadline, f"no {name}"
        time.sleep(0.05)
    return (folder / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize("preset", PRESETS)
def test_switch_shows_the_score_we_computed(opened, preset):
    opened.click(f"#strictness [value={preset}]")
    score = score_outcomes([OUTCOME])
    assert score.presets is not None
    assert opened.text("#index") == f"{points(score.presets[preset].index)} of 100"


@pytest.mark.parametrize(
    ("name", "value", "keeps"),
    [
        ("verdict", "accurate", lambda one: one.note.verdict != "accurate"),
        ("verdict", "context", lambda one: one.note.verdict is not None),
        ("topic", "blutmai", lambda one: one.topic != "blutmai"),
        ("weight", "3", lambda one: one.note.weight == 3),
        ("confidence", "high", lambda one: one.note.confidence == "high"),
        ("confidence", "low", lambda one: one.note.confidence is not None),
    ],
)
def test_filter_keeps_notes_everywhere(opened, name, value, keeps):
    choose(opened, name, value)
    kept = sum(map(keeps, OUTCOME.annotations))
    assert opened.count_visible("article.note") == kept
    assert opened.count_visible("#list tbody tr") == kept
    assert opened.count_visible(".lane a") == kept
    assert opened.text("#status").startswith(f"{kept} of 33 notes")


def test_filter_scores_what_is_shown(opened):
    choose(opened, "topic", "blutmai")
    claims = [one for one in claims_of(OUTCOME) if one.topic != "blutmai"]
    index = score_claims(claims, OUTCOME.topics).index
    assert index is not None
    assert opened.text("#index") == f"{points(index)} of 100"


def test_filter_gives_no_score_for_few_notes(opened):
    choose(opened, "confidence", "high")
    assert opened.text("#index") == "no score"


def test_reset_shows_all_again(opened):
    choose(opened, "topic", "blutmai")
    opened.click("#filters button")
    opened.run("return new Promise(resolve => setTimeout(resolve, 50))")
    assert opened.text("#status") == "All 33 notes are shown."


def test_link_to_a_hidden_note_shows_it(opened):
    choose(opened, "topic", "blutmai")
    opened.run("location.hash = '#blutmai/note-0000'")
    opened.run("return new Promise(resolve => setTimeout(resolve, 100))")
    assert opened.run("return document.getElementById('blutmai/note-0000').checkVisibility()")


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [(0, "0:47:13", "0:00:20"), (1, "accurate", "context"), (5, "prop", "plot")],
    ids=["time", "verdict", "weight"],
)
def test_table_sorts_by_its_heads(opened, column, first, last):
    head = f"#list th:nth-child({column + 1})"
    opened.click(f"{head} button")
    cells = opened.texts(f"#list tbody td:nth-child({column + 1})")
    sort = opened.run("return document.querySelector(arguments[0]).ariaSort", head)
    assert sort == ("descending" if column == 0 else "ascending")
    assert (cells[0], cells[-1]) == (first, last)


def test_moment_offers_what_opens_a_player(opened):
    lines = opened.texts("article:first-of-type .play code")
    assert lines == ["0:00:20", "mpv --start=20 VIDEO", "vlc --start-time=20 VIDEO"]


def test_copy_puts_the_command_on_the_clipboard(opened):
    opened.tell("Browser.grantPermissions", permissions=["clipboardReadWrite"])
    opened.click("article:first-of-type .play p:nth-of-type(2) button")
    opened.run("return new Promise(resolve => setTimeout(resolve, 100))")
    assert opened.texts("article:first-of-type .play button") == ["Copy", "copied", "Copy"]


def test_citation_tells_its_standpoint(opened):
    cited = opened.texts("article:first-of-type .cited li")
    assert cited[1].endswith("(academic; read in part)")


@pytest.mark.parametrize("text", [None, *HOSTILE], ids=ascii)
def test_downloads_are_the_exports(browser, write_pages, text):
    outcome = make_everywhere(text) if text else make_outcome(12, track=make_track(name="d.srt"))
    ((name, path),) = write_pages(outcome).items()
    browser.open(path)
    stem = name.removesuffix("html")
    for one in browser.downloads.iterdir():
        one.unlink()
    browser.click("#downloads [data-type=csv]")
    browser.click("#downloads [data-type=json]")
    (exported,) = render_csv((outcome,), "en").values()
    downloaded = wait_for(browser.downloads, f"{stem}csv")
    assert list(csv.reader(io.StringIO(downloaded, newline=""))) == list(
        csv.reader(io.StringIO(exported, newline=""))
    )
    data = json.loads(wait_for(browser.downloads, f"{stem}json"))
    assert data == describe_page(outcome, "en")


def test_keyboard_skips_to_the_notes(opened):
    opened.driver.switch_to.active_element.send_keys("\ue004")
    assert opened.run("return document.activeElement.className") == "skip"
    opened.driver.switch_to.active_element.send_keys("\ue007")
    assert opened.run("return document.activeElement.id") == "overview"


def test_page_is_whole_without_script(browser, page):
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.count_visible("article.note") == 33
    assert browser.count_visible(".lane a") == 33
    assert browser.count_visible("form, button") == 0
    assert "Two women are shot" in browser.text("article:first-of-type")


def test_page_prints_on_paper(opened):
    assert opened.print_pages().startswith(b"%PDF")
