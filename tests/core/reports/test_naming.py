from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.filenames import MOST_BYTES, clean_name, name_files
from made_outcomes import make_outcome, make_track
from strategies import HOSTILE


def name(*tracks, suffix=".html"):
    return name_files([make_outcome(0, track=make_track(0, name=one)) for one in tracks], suffix)


def fold(text):
    return unicodedata.normalize("NFC", text.casefold())


@pytest.mark.parametrize(
    ("track", "file"),
    [
        ("S01E04.en.srt", "S01E04.en"),
        ("a/b\\c.vtt", "c"),
        ("../../etc/passwd", "passwd"),
        ("..", "track"),
        ("", "track"),
        ("con.srt", "_con"),
        ("-rf.srt", "_-rf"),
        ("a:b*c?.srt", "a_b_c_"),
        ("Folge 4: Über.srt", "Folge 4_ Über"),
        ("x\u202etrs.exe", "x_trs"),
    ],
    ids=ascii,
)
def test_track_name_becomes_file_name(track, file):
    assert clean_name(track) == file


def test_same_name_gets_a_number():
    assert name("S01E04.srt", "S01E04.vtt", "s01e04.ass") == (
        "S01E04.html",
        "S01E04 (2).html",
        "s01e04 (3).html",
    )


def test_no_page_takes_the_name_of_the_index():
    assert name("INDEX.srt") == ("INDEX (2).html",)


@given(st.lists(st.text(st.characters(), max_size=12) | st.sampled_from(HOSTILE), max_size=6))
def test_names_are_different_and_plain(tracks):
    names = name(*tracks)
    assert len({fold(one) for one in names}) == len(tracks)
    assert all(one.isprintable() and not set(one) & set('/\\<>:"|?*') for one in names)


@given(st.text(max_size=600))
def test_names_are_never_too_long(track):
    assert len(clean_name(track).encode()) <= MOST_BYTES + 1
