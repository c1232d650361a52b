"""Pages in a browser: what a reader can do with them, with the script and without."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from statistics import mode

import pytest
from attrs import evolve

from headnotes.model import Annotation, Choice, Unplaced
from headnotes.reports.csvtable import render_csv
from headnotes.reports.pages.episode import describe_page
from headnotes.scheduling import choose as choose_notes
from made_outcomes import make_everywhere, make_outcome, make_track
from strategies import HOSTILE

pytestmark = pytest.mark.players

OUTCOME = make_outcome(33)
NOTES: tuple[Annotation | Unplaced, ...] = (*OUTCOME.annotations, *OUTCOME.unplaced)
"""All that the page has a card of: the one without a place is on a claim that counts."""


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
        "const one = document.querySelector(`#filters [name=${arguments[0]}]`);"
        "one.value = arguments[1];"
        "one.dispatchEvent(new Event('input', {bubbles: true}))",
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


@pytest.mark.parametrize(
    ("name", "value", "keeps"),
    [
        ("verdict", "accurate", lambda one: one.note.verdict == "accurate"),
        ("verdict", "context", lambda one: one.note.verdict is None),
        ("topic", "blutmai", lambda one: one.topic == "blutmai"),
        ("weight", "3", lambda one: one.note.weight == 3),
        ("words", "NOTE-0003", lambda one: one.note.id == "note-0003"),
        ("words", "kosliner trotskyists", lambda one: one.topic == "trotskyists"),
    ],
)
def test_filter_keeps_notes_and_their_passages(opened, name, value, keeps):
    choose(opened, name, value)
    kept, placed = sum(map(keeps, NOTES)), sum(map(keeps, OUTCOME.annotations))
    assert opened.count_visible("article.note") == kept
    assert opened.count_visible(".passage") == placed
    assert opened.count_visible("#unheard") == kept - placed
    assert opened.run("return document.querySelectorAll('.areas .off').length") == 33 - placed
    assert opened.text("#status") == f"{kept} of 34 notes are shown."


def test_search_opens_what_it_finds(opened):
    choose(opened, "words", "note-0003")
    assert opened.count_visible("article.note [data-text]") == 5


def test_reset_shows_all_again(opened):
    choose(opened, "topic", "blutmai")
    opened.click("#filters [type=reset]")
    opened.run("return new Promise(resolve => setTimeout(resolve, 50))")
    assert opened.text("#status") == "All 34 notes are shown."


def test_link_to_a_hidden_note_shows_it(opened):
    choose(opened, "topic", "comintern")
    opened.run("location.hash = '#blutmai/note-0000'")
    opened.run("return new Promise(resolve => setTimeout(resolve, 100))")
    assert opened.run("return document.getElementById('blutmai/note-0000').checkVisibility()")


def test_link_to_a_source_opens_the_list(opened):
    opened.click("article:first-of-type .cited a")
    opened.run("return new Promise(resolve => setTimeout(resolve, 100))")
    assert opened.count_visible(".sources li") == 2


def test_passage_offers_what_opens_a_player(opened):
    assert opened.texts("#p1 .play code") == ["mpv --start=20 VIDEO", "vlc --start-time=20 VIDEO"]


def test_copy_puts_the_command_on_the_clipboard(opened):
    opened.tell("Browser.grantPermissions", permissions=["clipboardReadWrite"])
    opened.click("#p1 .play p:nth-of-type(1) button")
    opened.run("return new Promise(resolve => setTimeout(resolve, 100))")
    assert opened.texts("#p1 .play button") == ["Copied", "Copy"]


def test_citation_can_be_copied(opened):
    assert opened.text("#cite button") == "Copy"
    assert "Blutmai 1.1" in opened.text("#cite .citation")
    opened.tell("Browser.grantPermissions", permissions=["clipboardReadWrite"])
    opened.click("#cite button")
    opened.run("return new Promise(resolve => setTimeout(resolve, 100))")
    assert opened.text("#cite button") == "Copied"


def test_citation_is_copied_where_the_page_may_not_write_to_the_clipboard(opened):
    opened.run("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    opened.driver.find_element("css selector", "#cite button").click()
    opened.run("return new Promise(resolve => setTimeout(resolve, 100))")
    assert opened.text("#cite button") == "Copied"


def test_link_from_what_is_furthest_off_opens_its_card(opened):
    opened.click("#worst li:first-child a")
    opened.run("return new Promise(resolve => setTimeout(resolve, 100))")
    assert opened.run("return document.querySelector('article:target > .proof').open")


def test_short_version_begins_at_the_head_of_the_page(opened):
    opened.click(".facts a[href='#sheet']")
    opened.run("return new Promise(resolve => setTimeout(resolve, 100))")
    assert opened.run("return scrollY") == 0


ASKED = [Choice(verdicts=("invented",)), Choice(verdicts=("unverified",)), Choice(min_weight=3)]


@pytest.mark.parametrize("choice", ASKED, ids=["invented", "unverified", "weight"])
def test_downloads_list_what_was_asked_for(browser, write_pages, choice):
    outcome = choose_notes(make_outcome(12, track=make_track(name="d.srt")), choice)
    check_downloads(outcome, browser, write_pages)


@pytest.mark.parametrize("text", [None, *HOSTILE], ids=ascii)
def test_downloads_are_the_exports(browser, write_pages, text):
    outcome = make_everywhere(text) if text else make_outcome(12, track=make_track(name="d.srt"))
    check_downloads(outcome, browser, write_pages)


def check_downloads(outcome, browser, write_pages):
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
    assert opened.run("return document.activeElement.id") == "notes"


def test_page_is_whole_without_script(browser, page):
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.count_visible("article.note") == 34
    assert browser.count_visible(".areas a") == 33
    assert browser.count_visible("form, button") == 0
    browser.run("document.querySelector('article .proof').open = true")
    assert browser.count_visible("#p1 [data-text]") == 5


def read_lines(pdf):
    """The lines of each page of a PDF from top to bottom, as the size of their letters and text."""
    import pypdf  # one of the extra `players`, which plain tests do without

    pages = []
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        lines: dict[int, tuple[float, str]] = {}

        def visit(text, outer, inner, _, size, lines=lines):
            if text.strip():
                height = round(inner[4] * outer[1] + inner[5] * outer[3] + outer[5])
                known = lines.get(height, (0.0, ""))
                lines[height] = (max(known[0], size * abs(inner[3] * outer[3])), known[1] + text)

        page.extract_text(visitor_text=visit)
        pages.append([lines[height] for height in sorted(lines, reverse=True)])
    return pages


@pytest.mark.parametrize("count", [33, 34, 35, 36])
def test_no_heading_is_alone_at_the_foot_of_a_printed_page(browser, write_pages, count):
    (page,) = write_pages(make_outcome(count)).values()
    browser.open(page, media="print")
    pages = read_lines(browser.print_pages())
    plain = mode(round(size, 1) for lines in pages for size, _ in lines)
    feet = [lines[-1] for lines in pages[:-1]]
    assert [text for size, text in feet if size > 1.05 * plain] == []


def test_print_opens_the_sources_and_what_is_known(browser, page):
    browser.open(page, media="print")
    text = "\n".join(text for lines in read_lines(browser.print_pages()) for _, text in lines)
    # But for the notes that are folded because they give away what comes.
    open_verdicts = [one for one in NOTES if one.note.verdict and not one.note.spoiler]
    assert text.count("Two independent lists agree") == len(open_verdicts)
    assert "The Historical Journal" in " ".join(text.split())


@pytest.mark.parametrize("language", ["en", "de"])
def test_short_version_is_one_sheet_of_paper(browser, write_pages, language):
    (page,) = write_pages(lengthen_lines(OUTCOME), language=language).values()
    browser.open(page, media="print", place="#sheet")
    (lines,) = read_lines(browser.print_pages())
    assert len(re.findall(r"\d:\d\d:\d\d", " ".join(line for _, line in lines))) == 10


def lengthen_lines(outcome):
    """Give every note a line as long as a screen takes, and much to show."""
    longer = []
    for annotation in outcome.annotations:
        texts = {
            tag: evolve(
                text,
                headnote=(text.headnote + " And so on, and on, and on.")[:84],
                shown=(text.shown + " And so on, and on," * 9)[:180],
            )
            for tag, text in annotation.note.texts.items()
        }
        longer.append(evolve(annotation, note=evolve(annotation.note, texts=texts)))
    return evolve(outcome, annotations=tuple(longer))
