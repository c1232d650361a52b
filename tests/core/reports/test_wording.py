from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from headnotes.reports.wording import (
    Words,
    choose_local,
    choose_note_text,
    load_words,
    points,
)
from made_outcomes import make_note

LANGUAGES = ("en", "de")


def flatten(table, prefix=""):
    """Dotted keys of a word file with the places of their texts."""
    found: dict[str, list[str]] = {}
    for key, value in table.items():
        inner = value if isinstance(value, dict) else None
        texts = value if isinstance(value, list) else [value]
        places = sorted({place for text in texts for place in re.findall(r"\{\w+\}", str(text))})
        found |= flatten(inner, f"{prefix}{key}.") if inner is not None else {prefix + key: places}
    return found


def read_words(language):
    path = files("headnotes.reports") / "words" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_keys_and_places(language):
    assert flatten(read_words(language)) == flatten(read_words("en"))


@pytest.mark.parametrize(
    ("asked", "given"), [("de", "de"), ("de-at", "de"), ("DE", "de"), ("nl", "en"), ("", "en")]
)
def test_words_fall_back_to_base_then_english(asked, given):
    assert load_words(asked).language == given


@pytest.mark.parametrize(("number", "told"), [(0, "0 notes"), (1, "1 note"), (2, "2 notes")])
def test_number_takes_its_form(number, told):
    assert load_words("en").count("notes", number) == told


@pytest.mark.parametrize(
    ("share", "whole"), [(0, 0), (0.004, 0), (0.005, 1), (0.665, 67), (1, 100)], ids=str
)
def test_share_becomes_whole_points(share, whole):
    assert points(share) == whole


@pytest.mark.parametrize(
    ("language", "change", "told"),
    [("en", 0.062, "+6.2"), ("de", -0.062, "\N{MINUS SIGN}6,2"), ("en", 0, "+0.0")],
)
def test_change_is_signed(language, change, told):
    assert load_words(language).change(change) == told


def test_place_of_a_stranger_is_not_filled_again():
    words = Words(language="en", table={"line": "{text}!"})
    assert words.say("line", text="{language}") == "{language}!"


def test_missing_text_is_empty():
    assert choose_local({}, "en") == ""


def test_note_text_comes_with_its_language():
    assert choose_note_text(make_note(), "fr")[0] == "en"
