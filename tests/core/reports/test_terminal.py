from __future__ import annotations

import re

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from headnotes.model import Choice
from headnotes.reports.terminal import render_plain, render_terminal
from headnotes.scheduling import choose
from made_outcomes import make_outcome, make_track
from strategies import HOSTILE, outcomes


def render(outcome, *, width=80, is_colored=False, language="en"):
    return render_terminal((outcome,), language, width=width, is_colored=is_colored)


@given(outcomes(), st.sampled_from([80, 200]))
@settings(max_examples=50)
def test_no_line_is_longer_than_the_terminal(outcome, width):
    assert max(map(cell_len, render(outcome, width=width).splitlines())) <= width


@given(outcomes())
@settings(max_examples=50)
def test_text_without_colour_has_no_escape_sequence(outcome):
    written = render(outcome).replace("\n", "")
    assert written.isprintable()


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_strangers_cannot_steer_a_coloured_terminal(text):
    written = render(make_outcome(3, text=text), is_colored=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", written).replace("\n", "").isprintable()


def test_colours_change_no_word():
    colored = render(make_outcome(), is_colored=True)
    plain = re.sub("\x1b\\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in plain.splitlines()] == render(make_outcome()).splitlines()


def test_spoiler_text_is_held_back():
    written = render(make_outcome(12, text="the butler did it"))
    assert "spoiler for S02E08; --seen S02E08 shows it" in written


def test_spoiler_is_shown_to_who_has_seen_its_episode():
    seen = choose(make_outcome(12), Choice(seen="S02E08"))
    assert "spoiler" not in render(seen)


def test_few_notes_are_called_few():
    assert "71 of 100 (few claims: it rests on 8 scored claims)" in render(make_outcome(12))


def test_too_few_notes_give_no_number():
    assert "no score (2 scored claims; a score needs five; two" in render(make_outcome(3))


def test_report_speaks_german():
    written = render(make_outcome(12), language="de")
    assert "Wie geschichtstreu ist Babylon Berlin?" in written
    assert "Zwei Frauen starben" in written


def test_unknown_language_falls_back_to_english():
    assert render(make_outcome(3), language="xx") == render(make_outcome(3))


def test_track_without_notes_says_so():
    assert "No note was placed in this track." in render(make_outcome(0, track=make_track(0)))


def test_wide_terminal_needs_fewer_lines_and_says_more():
    narrow, wide = (render(make_outcome(30), width=width) for width in (80, 120))
    assert len(wide.splitlines()) < len(narrow.splitlines())
    assert ("time compressed" in wide, "time compressed" in narrow) == (True, False)


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_no_word_is_broken_at_the_edge(width):
    written = render(make_outcome(12), width=width)
    whole = r"[A-Za-z][\w/-]+"
    assert set(re.findall(whole, written)) <= set(
        re.findall(whole, render(make_outcome(12), width=400))
    )


@pytest.mark.parametrize(("width", "mark"), [(80, "▸"), (120, "0:04:17")])
def test_note_tells_whether_or_when_it_is_on_screen(width, mark):
    rows = [line.split() for line in render(make_outcome(12), width=width).splitlines()]
    shown = {row[0]: row[1] for row in rows if len(row) > 3 and re.match(r"\d:\d\d:\d\d$", row[0])}
    assert shown["0:04:14"] == mark
    assert shown["0:28:33"] != mark


def test_time_of_several_notes_is_printed_once():
    outcome = make_outcome(2)
    first, second = outcome.annotations
    together = evolve(outcome, annotations=(first, evolve(second, moment=first.moment)))
    assert render(together).count("0:00:20") == render(evolve(outcome, annotations=(first,))).count(
        "0:00:20"
    )


def test_plain_report_fits_eighty_columns():
    (text,) = render_plain((make_outcome(30),), "en").values()
    assert max(map(len, text.splitlines())) <= 80


def test_several_files_are_closed_with_one_table():
    several = (make_outcome(12), make_outcome(12, episode_id="S01E05"))
    written = render_terminal(several, "en", width=80, is_colored=False)
    table = written[written.index("All files: Babylon Berlin") :]
    begins = [word for word in table.split() if word in ("S01E04", "S01E05", "together")]
    assert begins[:3] == ["S01E04", "S01E05", "together"]
    assert "Not a ranking" in table


def test_many_notes_become_a_bar_in_proportion():
    assert "█" in render(make_outcome(400))
    assert "█" not in "".join(render(make_outcome(3)).splitlines()[6:13])
