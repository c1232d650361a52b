"""Hostile strings through every output, each read by a program that knows nothing of Headnotes.

Browser, ffmpeg and mpv read them in `tests/browser` and `tests/players`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import PurePosixPath
from typing import cast
from xml.etree import ElementTree as ET

import pysubs2
import pyte
import pytest
import webvtt
from markdown_it import MarkdownIt

from headnotes.issues import Issue
from headnotes.profiles import PROFILES, MuxTrack, mux_commands, render_profile
from headnotes.reports import provide_reports, render_terminal
from hostile_strings import (
    STRINGS,
    find_marks,
    make_hostile_headnotes,
    make_hostile_outcome,
    make_hostile_track,
)

BY_NAME = {profile.name: profile for profile in PROFILES}
ALL = [*range(len(STRINGS))]
REPORTS = {report.name: report for report in provide_reports()}


def write_track(name):
    return render_profile(BY_NAME[name], make_hostile_track(), make_hostile_headnotes())


def write_report(name, *, is_marked=True):
    (text,) = REPORTS[name].render((make_hostile_outcome(is_marked=is_marked),), "en").values()
    return text


@pytest.mark.parametrize("name", ["combined-srt", "combined-plain", "combined-ass", "notes-plain"])
def test_pysubs2_reads_a_cue_for_each_and_no_other(name):
    form = BY_NAME[name].suffix[1:]
    events = pysubs2.SSAFile.from_string(write_track(name), format_=form).events
    headnotes = [event for event in events if "Line " not in event.text]
    assert [find_marks(event.plaintext) for event in headnotes] == [[place] for place in ALL]
    assert all(event.type == "Dialogue" for event in events)
    dialogue = len(make_hostile_track().cues) if name.startswith("combined") else 0
    assert len(events) - len(headnotes) == dialogue


def test_webvtt_py_reads_a_cue_for_each_and_no_other():
    captions = webvtt.from_string(write_track("notes-web")).captions
    assert [find_marks(caption.text) for caption in captions] == [[place] for place in ALL]


def test_chapters_are_xml_with_a_chapter_for_each():
    root = ET.fromstring(write_track("chapters-matroska").encode())
    titles = ["".join(found.itertext()) for found in root.iter("ChapterString")]
    assert [place for title in titles for place in find_marks(title)] == ALL
    assert {len(found) for found in root.iter("ChapterString")} == {0}


def test_no_cell_of_a_table_is_a_formula_to_a_spreadsheet():
    rows = list(csv.reader(io.StringIO(write_report("csv", is_marked=False), newline="")))
    kinds = [row[rows[0].index("kind")] for row in rows[1:]]
    assert len(kinds) - kinds.count("claim") == len(STRINGS)
    assert len({*map(len, rows)}) == 1
    # a formula begins with one of these, after blanks that a spreadsheet may drop
    cells = [cell.strip() for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", *"＝＋－＠"))] == []


@pytest.mark.parametrize("name", ["json", "webannotation"])
def test_data_holds_every_string_as_it_is(name):
    written = write_report(name, is_marked=False)
    assert {*act(written)} == {"draw", "linefeed"}
    held = [*walk(json.loads(written))]
    assert [text for text in STRINGS if not any(text in value for value in held)] == []


def walk(value):
    """Return every text in JSON data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from walk(part)


def test_markdown_makes_nothing_of_them():
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    text, _ = write_report("md").rsplit("\n\n", 1)  # without the mark, which is a comment
    bare, _ = write_report("md", is_marked=False).rsplit("\n\n", 1)

    def count_kinds(written):
        tokens = reader.parse(written)
        inner = [child for token in tokens for child in token.children or ()]
        kinds = [token.type for token in (*tokens, *inner)]
        return {kind: kinds.count(kind) for kind in kinds if not kind.startswith("text")}

    marked = count_kinds(text)
    assert not {"html_block", "html_inline", "image", "fence", "code_block", "s_open"} & {*marked}
    structure = {"heading_open", "link_open", "tr_open", "td_open", "em_open", "strong_open", "hr"}
    structure |= {"list_item_open", "blockquote_open", "code_inline"}
    plain = count_kinds(bare)
    # only marks are telling words, which are strong in a sentence heard
    marked["strong_open"] = count_kinds(_without_heard(text))["strong_open"]
    plain["strong_open"] = count_kinds(_without_heard(bare))["strong_open"]
    assert {kind: marked.get(kind) for kind in structure} == {
        kind: plain.get(kind) for kind in structure
    }


def _without_heard(written):
    return "\n".join(line for line in written.split("\n") if not line.startswith("“"))


class Acts(list[str]):
    """What a terminal is made to do, in order."""

    def __getattr__(self, name):
        return lambda *_, **__: self.append(name)


def act(written):
    """Return what a terminal is made to do by a text, without drawing."""
    acts = Acts()
    pyte.Stream(cast(pyte.Screen, acts)).feed(written)
    return acts


@pytest.mark.parametrize("is_marked", [True, False])
def test_terminal_draws_lines_in_colours_and_does_nothing_else(is_marked):
    outcome = make_hostile_outcome(is_marked=is_marked)
    written = render_terminal((outcome,), "en", width=200, is_colored=True)
    assert {*act(written)} == {"draw", "linefeed", "select_graphic_rendition"}


def test_message_is_drawn_on_its_line_and_does_nothing_else():
    for text in STRINGS:
        issue = Issue(path=text, line=1, key=text, code="x", message=text, hint=text)
        assert {*act(str(issue))} == {"draw"}, text


def test_shell_hands_every_name_and_title_on_as_it_is(tmp_path):
    usable = [text for text in STRINGS if "\0" not in text and not text.endswith("\n")]
    tracks = [
        MuxTrack(path=PurePosixPath(f"{text}.srt"), language="en", title=text) for text in usable
    ]
    for line in mux_commands(PurePosixPath("a.mkv"), tracks, PurePosixPath("b.mkv")):
        assert line.isprintable()
        shown = "printf '%s\\0' \"$@\""
        programs = "".join(f"{name}() {{ {shown}; }}; " for name in ("mkvmerge", "ffmpeg"))
        done = subprocess.run(
            ["sh", "-c", f"ffprobe() {{ :; }}; {programs}{line}"],
            capture_output=True, check=True, cwd=tmp_path,
        )  # fmt: skip
        words = {os.fsdecode(word) for word in done.stdout.split(b"\0")}
        prefix = "title=" if line.startswith("n=") else "0:"
        assert [text for text in usable if f"{prefix}{text}" not in words] == []
        paths = {str(track.path) for track in tracks}
        assert paths - {word.removeprefix("./") for word in words} == set()
    assert list(tmp_path.iterdir()) == []
