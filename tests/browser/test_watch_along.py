"""The page beside the film in a real browser: when notes come and go, and what a viewer can do.

A quarter of a second is what a viewer may be off; a film of our own plays, made by ffmpeg.
"""

from __future__ import annotations

import json
import time

import pytest
from attrs import evolve
from film import SECONDS, make_annotations, make_track
from frames import make_video

from headnotes.model import Passage
from headnotes.scheduling import schedule
from headnotes.watch import render_watch
from made_outcomes import make_everywhere, make_outcome
from strategies import HOSTILE

pytestmark = pytest.mark.players

MOST_OFF_MS = 250
TRACK = make_track()
OUTCOME = evolve(
    make_outcome(0),
    track=TRACK,
    annotations=tuple(
        evolve(
            annotation,
            passage=Passage(
                start_ms=annotation.moment.start_ms,
                end_ms=annotation.moment.end_ms + 6_000,
                first_cue=annotation.moment.first_cue,
                last_cue=annotation.moment.last_cue,
            ),
        )
        for annotation in make_annotations(TRACK)
    ),
)
WINDOWS = [(one.start_ms, one.end_ms) for one in schedule(TRACK, OUTCOME.annotations).headnotes]
PLACE = "headnotes/babylon-berlin/S01E04"
OBSERVE = """
window.seen = [];
const now = document.getElementById("now");
const video = document.getElementById("video");
new MutationObserver(() => {
  const up = now.classList.contains("past") ? "" : now.textContent;
  seen.push([Date.now(), up, video ? video.currentTime * 1000 : null]);
}).observe(now, {childList: true, attributes: true});
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Pages with and without a film, an empty one to set the browser's memory from."""
    folder = tmp_path_factory.mktemp("along")
    make_video(folder / "film.webm", SECONDS, codec="libvpx")
    for name, film in {"clock": "", "film": "film.webm", "gone": "none.webm"}.items():
        (text,) = render_watch([OUTCOME], "en", video=film).values()
        (folder / f"{name}.html").write_text(text, "utf-8")
    passage = Passage(start_ms=0, end_ms=60_000, first_cue=0, last_cue=8)
    joint = tuple(evolve(one, passage=passage) for one in OUTCOME.annotations)
    several = {
        "joint": evolve(OUTCOME, annotations=joint),
        "long": make_outcome(40),
        "german": make_outcome(40),
        "hostile": make_everywhere(HOSTILE[1]),
        "empty": make_outcome(0),
    }
    for name, outcome in several.items():
        (text,) = render_watch([outcome], "de" if name == "german" else "en").values()
        (folder / f"{name}.html").write_text(text, "utf-8")
    index = render_watch([make_outcome(3), make_outcome(2, episode_id="S01E05")], "en")
    (folder / "index.html").write_text(index["watch.html"], "utf-8")
    (folder / "blank.html").write_text("<!doctype html><title>blank</title>", "utf-8")
    return folder


class Viewer:
    """Somebody who watches along; all times in milliseconds."""

    def __init__(self, browser, folder):
        self.browser, self.folder = browser, folder

    def open(self, page="clock", at=0, **more):
        """Open a page, remembered to be at a place of the film, and nothing else remembered."""
        self.browser.open(self.folder / "blank.html")
        kept = json.dumps({"place": at, "offset": 0, "rate": "1"})
        self.browser.run(
            "localStorage.clear(); localStorage.setItem(arguments[0], arguments[1])", PLACE, kept
        )
        self.browser.open(self.folder / f"{page}.html", **more)
        if page == "film":
            self.wait("return document.getElementById('video').readyState >= 3")
            place = "document.getElementById('video').currentTime * 1000"
            self.wait(f"return Math.abs({place} - arguments[0]) < 100", at)
        if page != "index":
            self.browser.run(OBSERVE)

    def wait(self, script, *arguments, seconds=15):
        deadline = time.monotonic() + seconds
        while not self.browser.run(script, *arguments):
            assert time.monotonic() < deadline, script
            time.sleep(0.02)

    def act(self, act, by=None):
        """Press a button and return when, by the browser's own clock."""
        selector = f"[data-act={act}]" + (f"[data-by='{by}']" if by else "")
        return self.browser.run(
            "document.querySelector(arguments[0]).click(); return Date.now()", selector
        )

    def step(self, by):
        """Press a button as a mouse does, which takes the focus; return note in focus, status."""
        self.browser.run(
            "const button = document.querySelector(`[data-act=step][data-by='${arguments[0]}']`);"
            "button.focus(); button.click()",
            by,
        )
        focused = self.browser.run("return document.activeElement.closest('article')?.id ?? ''")
        return focused, self.browser.text("#status")

    def show_all(self):
        """Ask for all notes before the end, and mean it."""
        self.act("finish")
        self.act("reveal")

    def type(self, field, text):
        self.browser.run(
            "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
            "field.dispatchEvent(new Event('input', {bubbles: true}))",
            field,
            text,
        )

    def start_film(self):
        """Press the button as a person does: a browser lets nothing else start a film."""
        self.browser.driver.find_element("id", "play").click()

    def press(self, key):
        self.browser.run(
            "document.body.dispatchEvent("
            "new KeyboardEvent('keydown', {key: arguments[0], bubbles: true}))",
            key,
        )

    def choose(self, name, value):
        self.browser.run(
            "const one = document.getElementById('choices').elements[arguments[0]];"
            "const box = one.type ? one : [...one].find(e => e.value === arguments[1]);"
            "box.type === 'checkbox' ? box.checked = !box.checked : box.value = arguments[1];"
            "box.dispatchEvent(new Event('change', {bubbles: true}))",
            name,
            value,
        )

    def changes(self, count):
        """Wait for so many comings and goings; each as time, text, and the film's own time."""
        self.wait("return seen.length >= arguments[0]", count)
        return self.browser.run("return seen")

    @property
    def time(self):
        return self.browser.text("#time")

    def cards(self):
        return self.browser.texts("article:not([hidden]) h3")


@pytest.fixture
def viewer(browser, folder):
    return Viewer(browser, folder)


def is_near(seen, wanted):
    return abs(seen - wanted) <= MOST_OFF_MS


START, END = WINDOWS[0]
BEFORE = START - 700


# ------------------------------------------------------------------------------ beside a film


def test_headnote_comes_and_goes_by_the_clock(viewer):
    viewer.open(at=BEFORE)
    started = viewer.act("play")
    (come, text, _), (gone, nothing, _) = viewer.changes(2)
    assert text == "[MOSTLY TRUE] Two women died at one address, Hermannstrasse 177, on 3 May 1929"
    assert nothing == ""
    assert is_near(come - started, START - BEFORE)
    assert is_near(gone - started, END - BEFORE)


def test_headnote_waits_while_the_clock_is_at_rest(viewer):
    viewer.open(at=START - 1_500)
    started = viewer.act("play")
    time.sleep(0.4)
    paused = viewer.act("play")
    time.sleep(1.6)
    assert viewer.browser.run("return seen") == []
    resumed = viewer.act("play")
    ((come, _, _),) = viewer.changes(1)
    assert is_near(come - started - (resumed - paused), 1_500)


@pytest.mark.parametrize(
    ("act", "by", "passed"),
    [
        ("skip", 10_000, 10_000),
        ("skip", -10_000, -10_000),
        ("shift", 500, 500),
        ("shift", -500, -500),
    ],
)
def test_headnote_follows_what_moves_the_clock(viewer, act, by, passed):
    start = WINDOWS[1][0]
    viewer.open(at=start - 700 - passed)
    started = viewer.act("play")
    viewer.act(act, by)
    viewer.wait("return seen.some(([, text]) => text.includes('Völcker'))")
    come = next(one[0] for one in viewer.changes(1) if "Völcker" in one[1])
    assert is_near(come - started, 700)


def test_frame_rate_moves_what_comes(viewer):
    start, factor = WINDOWS[2][0], 25 * 1.001 / 24
    viewer.open(at=start / factor - 700)
    viewer.choose("rate", viewer.browser.run("return choices.elements.rate.options[1].value"))
    started = viewer.act("play")
    ((come, _, _),) = viewer.changes(1)
    assert is_near(come - started, 700)


@pytest.mark.parametrize("speed", ["0.5", "2"])
def test_speed_moves_what_comes_and_goes(viewer, speed):
    viewer.open(at=BEFORE)
    viewer.choose("speed", speed)
    started = viewer.act("play")
    (come, _, _), (gone, _, _) = viewer.changes(2)
    assert is_near(come - started, (START - BEFORE) / float(speed))
    assert is_near(gone - started, (END - BEFORE) / float(speed))


def test_speed_is_changed_and_remembered_where_the_film_is(viewer):
    viewer.open(at=20_000)
    viewer.act("play")
    viewer.choose("speed", "2")
    time.sleep(1)
    viewer.act("play")
    place = viewer.browser.run(f"return JSON.parse(localStorage.getItem('{PLACE}')).place")
    assert 21_800 < place < 23_000
    viewer.browser.open(viewer.folder / "clock.html")
    assert viewer.browser.run("return choices.elements.speed.value") == "2"


def test_line_just_heard_sets_the_clock(viewer):
    """The line was over when the viewer began to write; the film went on meanwhile."""
    line = TRACK.cues[2]
    viewer.open()
    heard = viewer.browser.run(
        "const field = document.getElementById('said'); field.value = 'Whole street';"
        "field.dispatchEvent(new Event('input', {bubbles: true})); return Date.now()"
    )
    assert viewer.browser.texts("#found button") == [f"0:00:15 {line.text.replace(chr(10), ' ')}"]
    time.sleep(0.8)
    viewer.browser.click("#found button")
    assert "In step again" in viewer.browser.text("#status")
    assert "(+1 s for typing)" in viewer.browser.text("#status")
    viewer.wait("return seen.some(([, text]) => text.includes('Völcker'))")
    come = next(one[0] for one in viewer.changes(1) if "Völcker" in one[1])
    assert is_near(come - heard, WINDOWS[1][0] - line.end_ms)
    assert viewer.browser.text("#status") == ""


@pytest.mark.parametrize("between", ["", "no such line"])
def test_time_to_type_is_counted_anew_after_nothing(viewer, between):
    viewer.open()
    viewer.act("play")
    viewer.type("said", "who")
    time.sleep(1.6)
    viewer.type("said", between)
    viewer.type("said", "talks")
    viewer.browser.click("#found button")
    assert "(+0 s for typing)" in viewer.browser.text("#status")


def test_enter_takes_the_match_nearest_to_the_clock(viewer):
    viewer.open(at=36_000)
    viewer.type("said", "doctor")
    assert [text[:7] for text in viewer.browser.texts("#found button")] == ["0:00:34", "0:00:22"]
    viewer.browser.driver.execute_script(
        "document.querySelector('#said').closest('details').open = true"
    )
    viewer.browser.driver.find_element("id", "said").send_keys("\n")
    assert viewer.time == "0:00:38"


def test_clock_that_was_moved_is_set_back_with_the_time_that_passed(viewer):
    viewer.open(at=30_000)
    assert viewer.browser.count_visible("#back") == 0
    viewer.act("play")
    viewer.act("skip", 10_000)
    viewer.act("skip", 10_000)
    assert "Back to 0:00:30" <= viewer.browser.text("#back") < "Back to 0:00:40"
    viewer.wait("return document.getElementById('back').textContent >= 'Back to 0:00:31'")
    viewer.act("back")
    assert "0:00:31" <= viewer.time < "0:00:45"
    assert viewer.browser.count_visible("#back") == 0


def test_last_note_stays_with_its_time_until_the_next_comes(viewer):
    viewer.open(at=END + 500)
    viewer.act("play")
    assert viewer.browser.run("return document.getElementById('now').className") == "past"
    assert viewer.browser.text("#now").startswith("[MOSTLY TRUE] Two women died")
    (at,) = viewer.browser.run(
        "return [...document.querySelectorAll('#now p')].map(p => p.dataset.at)"
    )
    assert at == f"came up at 0:00:{START // 1000:02}"
    assert viewer.browser.count_visible("#idle") == 0


def test_notes_that_came_up_are_searched_and_no_others(viewer):
    viewer.open(at=WINDOWS[1][0] + 100)
    viewer.type("search", "volcker")
    assert len(viewer.cards()) == 1
    assert viewer.browser.text("#hits") == "1 of 2 notes are shown."
    viewer.type("search", "marches")
    assert viewer.cards() == []
    viewer.type("search", "")
    assert (len(viewer.cards()), viewer.browser.text("#hits")) == (2, "")


def test_what_is_to_come_is_hidden_and_what_has_passed_stays(viewer):
    viewer.open(at=WINDOWS[1][0] + 100)
    assert viewer.cards() == [note for _, _, note in reversed(notes())][1:]


def notes():
    from film import NOTES

    return NOTES


def test_end_shows_every_note_and_what_never_came(viewer):
    viewer.open("long")
    assert viewer.cards() == []
    viewer.show_all()
    never = len(viewer.browser.texts("#never li"))
    shown = len(viewer.cards())
    assert shown == 40 - sum(place % 11 == 7 for place in range(40))
    assert viewer.browser.text("#sum").startswith(f"Of all {shown} notes, {never} ")
    assert 0 < never < shown


def test_clock_stops_at_the_end_and_says_so(viewer):
    viewer.open(at=TRACK.duration_ms - 300)
    viewer.act("play")
    viewer.wait("return document.getElementById('over').textContent !== ''")
    assert viewer.browser.text("#over") == "The film is over: all 3 notes, first to last."
    assert viewer.browser.text("#play") == "Back to the start"
    assert viewer.browser.count_visible("#early") == 0
    assert {text[:10] for text in viewer.browser.texts("article .place")} == {"came up at"}
    viewer.act("play")
    assert (viewer.time, viewer.cards()) == ("0:00:00", [])


def test_sources_come_with_the_notes_that_cite_them(viewer):
    viewer.open("long")
    sources = ".sources > li:not([hidden])"
    assert (viewer.browser.texts(sources), viewer.browser.count_visible("#sources")) == ([], 0)
    viewer.show_all()
    assert viewer.browser.texts(sources) != []
    viewer.act("finish")
    assert viewer.browser.count_visible("#sources") == 0


def test_film_that_begins_again_hides_what_is_to_come(viewer):
    viewer.open(at=SECONDS * 1_000)
    assert len(viewer.cards()) == 3
    assert viewer.browser.count_visible("#after") == 1
    viewer.act("again")
    assert viewer.cards() == []
    viewer.act("finish")
    assert viewer.cards() == []
    assert "still to come" in viewer.browser.text("#sure")
    viewer.act("spare")
    assert (viewer.cards(), viewer.browser.count_visible("#sure")) == ([], 0)
    viewer.show_all()
    assert len(viewer.cards()) == 3
    assert viewer.browser.run("return document.getElementById('finish').ariaChecked") == "true"
    viewer.act("finish")
    assert viewer.cards() == []
    assert viewer.browser.count_visible("#after") == 0


def test_screen_is_kept_on_while_the_clock_runs(viewer):
    viewer.open()
    viewer.browser.run(
        "window.held = 0;"
        "navigator.wakeLock.request = async () => (held++, {release: async () => held--})"
    )
    for held in (1, 0, 1):
        viewer.act("play")
        viewer.wait("return held === arguments[0]", held)
    viewer.choose("awake", "on")
    viewer.wait("return held === 0")


def test_later_episodes_are_shown_when_they_are_seen(viewer):
    viewer.open("long")
    viewer.show_all()
    guarded = len(viewer.cards())
    viewer.choose("seen", "1")
    assert len(viewer.cards()) == 40 > guarded


@pytest.mark.parametrize(("name", "value"), [("topic", "blutmai"), ("verdict", "accurate")])
def test_topics_and_verdicts_can_be_left_out(viewer, name, value):
    viewer.open("long")
    viewer.show_all()
    before = viewer.browser.count_visible("article")
    viewer.choose(name, value)
    kept = viewer.browser.count_visible("article")
    left = f"article[id^='{value}/']" if name == "topic" else f"article.{value}"
    assert viewer.browser.count_visible(left) == 0
    assert 0 < kept < before


def test_place_offset_and_choices_are_remembered(viewer):
    viewer.open(at=20_000)
    viewer.act("shift", 500)
    viewer.choose("large", "on")
    viewer.choose("density", "every")
    viewer.browser.open(viewer.folder / "clock.html")
    assert viewer.time == "0:00:20"
    assert viewer.browser.text("#shifted") == "Notes are shifted by 0.5 s."
    assert viewer.browser.run("return choices.elements.density.value") == "every"
    assert viewer.browser.run("return document.documentElement.className") == "large"


def test_browser_without_memory_watches_along(viewer):
    script = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('none') }})"
    added = viewer.browser.tell("Page.addScriptToEvaluateOnNewDocument", source=script)
    try:
        viewer.browser.open(viewer.folder / "clock.html")
        viewer.act("play")
        assert viewer.browser.text("#play") == "Pause"
        assert viewer.browser.messages() == []
    finally:
        viewer.browser.tell("Page.removeScriptToEvaluateOnNewDocument", **added)


def test_keys_act_until_they_are_switched_off(viewer):
    viewer.open(at=20_000)
    viewer.press("ArrowRight")
    viewer.press(".")
    assert viewer.time == "0:00:30"
    viewer.choose("keys", "on")
    viewer.press("ArrowRight")
    assert viewer.time == "0:00:30"


def test_what_was_that_opens_the_newest_note_of_the_passage(viewer):
    viewer.open("joint", at=END + 25_000)
    viewer.act("play")
    viewer.press("w")
    assert viewer.browser.text("#play") == "Go on"
    assert viewer.browser.run("return document.activeElement.id") == "blutmai/note-4"
    assert viewer.browser.count_visible("article:not([hidden]) dl") == 1
    others = viewer.browser.run(
        "return [...document.querySelectorAll('#others ~ .other')].map(one => one.id)"
    )
    assert others == ["blutmai/note-1"]


@pytest.mark.parametrize(("act", "runs"), [("recall", "Pause"), ("play", "Pause")])
def test_what_was_that_is_closed_by_itself_and_by_going_on(viewer, act, runs):
    viewer.open("joint", at=END + 25_000)
    viewer.act("play")
    viewer.act("recall")
    viewer.act(act)
    assert viewer.browser.text("#play") == runs
    assert viewer.browser.count_visible("article:not([hidden]) dl") == 0
    assert viewer.browser.count_visible("#others") == 0
    assert viewer.browser.run("return scrollY") == 0


def test_film_that_went_on_while_notes_were_read_is_caught_up_with(viewer):
    viewer.open(at=END + 1_000)
    assert viewer.browser.count_visible("#halted") == 0
    began = viewer.act("play")
    viewer.act("recall")
    assert "Clock stopped: pause the film, too" in viewer.browser.text("#halted")
    time.sleep(2.2)
    caught = viewer.act("catchUp")
    place = viewer.browser.run(f"return JSON.parse(localStorage.getItem('{PLACE}')).place")
    assert is_near(place - END - 1_000, caught - began)
    assert viewer.browser.text("#play") == "Pause"
    assert viewer.browser.count_visible("#halted") == 0


def test_clock_that_was_at_rest_is_not_said_to_stop(viewer):
    viewer.open(at=END + 1_000)
    viewer.act("recall")
    assert viewer.browser.count_visible("#halted") == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_what_was_that_begins_at_the_top_of_a_long_note(viewer, width):
    viewer.open("long", width=width)
    viewer.act("skip", 10_000)
    viewer.browser.run("document.querySelector('[data-act=skip][data-by=\"10000\"]').click()")
    viewer.act("play")
    viewer.wait("return document.querySelector('article:not([hidden])')")
    viewer.act("recall")
    top = "document.activeElement.getBoundingClientRect().top"
    console = "document.querySelector('.console').getBoundingClientRect().bottom"
    assert viewer.browser.run(f"return {console} <= {top} && {top} < innerHeight / 2")
    clock = "document.getElementById('time').getBoundingClientRect().top"
    assert viewer.browser.run(f"return 0 <= {clock} && {clock} < 60")


def test_previous_and_next_note_are_read_without_moving_the_clock(viewer):
    viewer.open(at=SECONDS * 500)
    names = [viewer.step(by)[0] for by in (-1, 1)]
    assert names == ["blutmai/note-1", "blutmai/note-4"]
    assert viewer.time == "0:00:38"


def test_previous_goes_before_what_is_in_the_box_and_further_with_each_press(viewer):
    viewer.open("joint", at=SECONDS * 1_000)
    assert [viewer.step(-1) for _ in range(3)] == [
        ("blutmai/note-4", ""),
        ("blutmai/note-1", ""),
        ("", "No earlier note."),
    ]
    assert [viewer.step(1)[0] for _ in range(2)] == ["blutmai/note-4", "blutmai/note-7"]
    assert viewer.step(1)[1] == "No later note."


def test_buttons_that_lead_to_no_note_say_so_and_nothing_of_what_comes(viewer):
    viewer.open(at=START - 1_500)
    assert [viewer.step(by) for by in (-1, 1)] == [("", "No note so far.")] * 2
    viewer.act("play")
    assert viewer.browser.text("#status") == ""
    viewer.act("step", 1)
    viewer.changes(1)
    assert viewer.browser.text("#status") == ""
    assert [viewer.step(by)[1] for by in (-1, 1)] == ["No earlier note.", "No newer note so far."]


@pytest.mark.parametrize("said", ["stay away", "come away"])
def test_film_that_is_over_is_not_said_to_be_in_step(viewer, said):
    """One line is spoken before the end, the other is the last."""
    viewer.open()
    viewer.choose("speed", "2")
    viewer.type("said", said)
    viewer.browser.click("#found button")
    assert ("In step again" in viewer.browser.text("#status")) == (said == "stay away")
    viewer.wait("return document.getElementById('over').textContent !== ''")
    assert viewer.browser.text("#status") == ""


# ------------------------------------------------------------------------------ with a film


@pytest.mark.parametrize("speed", [1, 2])
def test_headnote_comes_and_goes_with_the_film(viewer, speed):
    viewer.open("film", at=BEFORE)
    viewer.browser.run("document.getElementById('video').playbackRate = arguments[0]", speed)
    viewer.start_film()
    (_, text, come), (_, _, gone) = viewer.changes(2)
    assert text.startswith("[MOSTLY TRUE] Two women died")
    assert is_near(come, START)
    assert is_near(gone, END)


def test_speed_of_the_film_is_chosen_here_or_by_its_own_controls(viewer):
    viewer.open("film", at=BEFORE)
    video, chosen = "document.getElementById('video')", "return choices.elements.speed.value"
    viewer.choose("speed", "1.5")
    assert viewer.browser.run(f"return {video}.playbackRate") == 1.5
    viewer.browser.run(f"{video}.playbackRate = 2")
    viewer.wait(f"{chosen} === '2'")
    viewer.browser.run(f"{video}.playbackRate = 1.1")
    viewer.wait(f"{chosen} === ''")
    viewer.choose("large", "on")
    assert viewer.browser.run(f"return {video}.playbackRate") == 1.1


def test_headnote_follows_a_film_that_is_paused_and_moved(viewer):
    viewer.open("film", at=40_000)
    viewer.browser.run("document.getElementById('video').currentTime = arguments[0]", START / 1000)
    viewer.changes(1)
    viewer.act("step", 1)
    changes = viewer.changes(2)
    assert "Völcker" in changes[-1][1]
    assert is_near(changes[-1][2], WINDOWS[1][0])


def test_offset_and_synchronising_move_notes_and_leave_the_film(viewer):
    viewer.open("film", at=30_000)
    line = TRACK.cues[2]
    viewer.browser.run(
        "const field = document.getElementById('said'); field.value = 'TALKS';"
        "field.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    viewer.browser.click("#found button")
    assert viewer.browser.run("return document.getElementById('video').currentTime") == 30
    assert viewer.time == "0:00:19"
    viewer.start_film()
    viewer.wait("return seen.some(([, text]) => text.includes('Völcker'))")
    come = next(one[2] for one in viewer.changes(1) if "Völcker" in one[1])
    assert is_near(come, WINDOWS[1][0] + 30_000 - line.end_ms)


ACTIVE = (
    "return [...document.getElementById('video').textTracks]"
    ".map(track => [track.mode, [...(track.activeCues ?? [])].map(cue => cue.text)])"
)


def test_dialogue_and_headnotes_stand_on_the_picture(viewer):
    viewer.open("film", at=9_000)
    viewer.wait(f"{ACTIVE}.every(([, cues]) => cues.length === 1)")
    (_, (said,)), (_, (noted,)) = viewer.browser.run(ACTIVE)
    assert said == TRACK.cues[1].text
    assert noted.startswith("[MOSTLY TRUE] Two women died")
    viewer.choose("dialogue", "on")
    assert [mode for mode, _ in viewer.browser.run(ACTIVE)] == ["disabled", "showing"]


def test_film_that_cannot_be_played_is_named(viewer):
    viewer.open("gone")
    viewer.wait("return document.getElementById('status').textContent !== ''")
    assert "cannot be played" in viewer.browser.text("#status")


# ------------------------------------------------------------------------------ access


def test_what_the_viewer_cannot_use_is_not_shown(viewer):
    viewer.open()
    viewer.browser.run("document.getElementById('choices').closest('details').open = true")
    assert viewer.browser.count_visible("[name=seen]") == 0
    assert viewer.browser.count_visible("kbd") == 9
    viewer.open("long")
    viewer.browser.run("document.getElementById('choices').closest('details').open = true")
    assert viewer.browser.count_visible("[name=seen]") == 1


def test_touch_screen_is_offered_no_keys(viewer):
    viewer.browser.tell("Emulation.setTouchEmulationEnabled", enabled=True)
    viewer.browser.tell(
        "Emulation.setEmitTouchEventsForMouse", enabled=True, configuration="mobile"
    )
    try:
        viewer.open()
        viewer.browser.run("document.getElementById('choices').closest('details').open = true")
        assert viewer.browser.count_visible("kbd, [name=keys]") == 0
    finally:
        viewer.browser.tell("Emulation.setEmitTouchEventsForMouse", enabled=False)
        viewer.browser.tell("Emulation.setTouchEmulationEnabled", enabled=False)


def test_labels_are_those_on_screen(viewer):
    viewer.open(at=SECONDS * 1_000)
    labels = viewer.browser.texts("article .v")
    assert labels == ["[MOSTLY TRUE]", "[INVENTED]", "[HISTORY]"]
    chosen = viewer.browser.texts("#choices .v")
    assert chosen[0] == "[TRUE]"
    assert chosen[-2:] == ["[LEFT OUT]", "[HISTORY]"]


MODES = {"light": {}, "dark": {"scheme": "dark"}, "forced colours": {"forced": "active"}}
STATES = {
    "at the start": lambda viewer: None,
    "with a note": lambda viewer: viewer.act("recall"),
    "asked": lambda viewer: viewer.act("finish"),
    "all shown": lambda viewer: viewer.show_all(),
    "stopped": lambda viewer: (viewer.act("play"), viewer.act("recall")),
    "gone by": lambda viewer: viewer.act("skip", 10_000),
    "searching": lambda viewer: viewer.browser.run(
        "const field = document.getElementById('said'); field.value = 'the';"
        "field.dispatchEvent(new Event('input', {bubbles: true}))"
    ),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", ["clock", "film"])
def test_axe_finds_no_violation_in_any_state(viewer, page, state, mode):
    viewer.open(page, at=START + 300, width=320, **MODES[mode])
    STATES[state](viewer)
    assert viewer.browser.check() == {}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("page", ["index", "long", "german", "hostile", "empty"])
def test_axe_finds_no_violation_on_any_page(viewer, page, width):
    viewer.open(page, width=width)
    assert viewer.browser.check() == {}


@pytest.mark.parametrize("width", [*range(320, 700, 60), 1024, 1280, 1920])
@pytest.mark.parametrize("page", ["long", "german"])
def test_page_needs_no_sideways_scrolling(viewer, page, width):
    viewer.open(page, width=width)
    viewer.show_all()
    viewer.browser.run("for (const one of document.querySelectorAll('details')) one.open = true")
    assert viewer.browser.run("return document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough(viewer):
    viewer.open("long", width=320)
    viewer.show_all()
    viewer.browser.run("for (const one of document.querySelectorAll('details')) one.open = true")
    small = viewer.browser.run(
        "return [...document.querySelectorAll('button, input, select, summary')]"
        ".filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect(), e.outerHTML])"
        ".filter(([box]) => box.width < 24 || box.height < 24).map(([, text]) => text)"
    )
    assert small == []


@pytest.mark.parametrize("page", ["clock", "film", "long", "hostile"])
def test_page_asks_for_nothing_but_its_film_and_complains_of_nothing(viewer, page):
    viewer.open(page)
    viewer.act("play")
    time.sleep(0.3)
    asked = {url.rpartition("/")[2] for url in viewer.browser.requests() if url[:5] != "data:"}
    assert asked <= ({"film.webm"} if page == "film" else set())
    assert viewer.browser.messages() == []
    assert viewer.browser.run("return typeof window.alerted") == "undefined"


@pytest.mark.parametrize("page", ["clock", "film"])
def test_waiting_costs_little(viewer, page):
    """Under 2% of a core: the processor time of the page's process over three seconds.

    A clock waits while it runs, a film while it rests: what playing costs is the browser's. On a
    busy machine waking up costs more now and then, so the least of some counts.
    """
    viewer.open(page, at=40_000)
    if page == "clock":
        viewer.act("play")
    viewer.browser.tell("Performance.enable")

    def busy():
        found = viewer.browser.tell("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in found if one["name"] == "ProcessTime")

    def measure():
        before = busy()
        time.sleep(3)
        return (busy() - before) / 3

    time.sleep(1)
    assert any(measure() < 0.02 for _ in range(5))
