"""The sheet that the script for mpv reads."""

from __future__ import annotations

import json
import re

import pytest
from attrs import evolve

from headnotes.model import NoteText
from headnotes.profiles import MPV_SCHEMA, PROFILES, render_profile
from headnotes.profiles.sheets import LINE_CHARS, PAGE_LINES
from headnotes.scheduling import list_by_moment
from headnotes.text import escape_ass, show_controls
from made_outcomes import make_everywhere, make_outcome
from strategies import HOSTILE

(PROFILE,) = (profile for profile in PROFILES if profile.name == "notes-mpv")


def write(outcome, language="en"):
    headnotes = list_by_moment(outcome.track, outcome.annotations, language=language)
    return json.loads(render_profile(PROFILE, outcome.track, headnotes)), headnotes


def make_one(texts):
    """Make an outcome with a single note of these texts."""
    outcome = make_outcome(1)
    (annotation,) = outcome.annotations
    note = evolve(annotation.note, texts=texts)
    return evolve(outcome, annotations=(evolve(annotation, note=note),))


def read_lines(note):
    return [line for page in note["pages"] for line in page.split(r"\N")]


def test_each_note_stands_at_its_moment_with_its_passage_and_its_line():
    sheet, headnotes = write(make_outcome(12))
    assert sheet["schema"] == MPV_SCHEMA
    assert [(one["id"], one["moment"], one["line"]) for one in sheet["notes"]] == [
        (
            f"{headnote.annotation.topic}/{headnote.annotation.note.id}",
            headnote.annotation.moment.start_ms,
            headnote.text.replace("\n", " "),
        )
        for headnote in headnotes
    ]
    assert [one["passage"] for one in sheet["notes"]] == [
        [place.start_ms, place.end_ms] if place else [headnote.start_ms, headnote.end_ms]
        for headnote in headnotes
        for place in [headnote.annotation.passage]
    ]


def test_track_without_notes_gives_an_empty_sheet():
    sheet, _ = write(make_outcome(0))
    assert sheet["notes"] == []


@pytest.mark.parametrize(("language", "heading"), [("en", "What is known"), ("de", "Was bekannt")])
def test_words_are_those_of_the_notes(language, heading):
    text = NoteText(headnote="Short", shown="", record="A sentence.")
    sheet, _ = write(make_one({"en": text, "de": text}), language)
    assert heading in "".join(sheet["notes"][0]["pages"])
    assert sheet["words"]["off"] == {"en": "Notes off", "de": "Anmerkungen aus"}[language]


def test_long_note_is_turned_page_by_page():
    text = NoteText(headnote="Short", shown="", record="many words " * 300)
    sheet, _ = write(make_one({"en": text}))
    (long,) = sheet["notes"]
    counts = [page.count(r"\N") + 1 for page in long["pages"]]
    assert counts[:-1] == [PAGE_LINES] * (len(counts) - 1) != []
    assert all(len(line) <= LINE_CHARS for line in read_lines(long) if "{" not in line)
    assert " ".join(read_lines(long)).count("many words") == 300


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_acts_on_the_screen(text):
    sheet, _ = write(make_everywhere(text))
    own = re.compile(r"(?<!\\)\{\\[bi][01]\}")
    for note in sheet["notes"]:
        for line in read_lines(note):
            bare = own.sub("", line)
            assert not re.search(r"(?<!\\)[{}]", bare)
            assert bare == show_controls(bare)
            assert "\n" not in bare


def test_braces_of_a_text_are_shown():
    text = NoteText(headnote="Short", shown=r"{\an8} \N", record="")
    sheet, _ = write(make_one({"en": text}))
    assert escape_ass(r"{\an8} \N") in read_lines(sheet["notes"][0])
