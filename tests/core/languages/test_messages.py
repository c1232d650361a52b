from __future__ import annotations

import re

import pytest

from headnotes.languages import all_languages, load_messages, points
from headnotes.languages.data import read_messages
from headnotes.languages.messages import Messages
from made_outcomes import make_note

SPOKEN = [data for data in all_languages() if data.has_messages]
WHOLE = ["en", "de"]
SHORT = [data.tag for data in SPOKEN if data.tag not in WHOLE]


def flatten(table, prefix=""):
    """Dotted keys of messages with the places of their texts."""
    found: dict[str, object] = {}
    for key, value in table.items():
        inner = value if isinstance(value, dict) else None
        texts = value if isinstance(value, list) else [value]
        places = sorted(
            {place for text in texts for place in re.findall(r"\{(\w+)(?:!r)?\}", str(text))}
        )
        found |= flatten(inner, f"{prefix}{key}.") if inner is not None else {prefix + key: places}
    return found


@pytest.mark.parametrize("tag", WHOLE)
def test_languages_of_our_own_have_the_same_keys_and_places(tag):
    assert flatten(read_messages(tag)) == flatten(read_messages("en"))


@pytest.mark.parametrize("tag", SHORT)
def test_other_languages_have_no_key_or_place_of_their_own(tag):
    assert flatten(read_messages(tag)).items() <= flatten(read_messages("en")).items()


@pytest.mark.parametrize(
    ("asked", "given"), [("de", "de"), ("de-at", "de"), ("DE", "de"), ("xx", "en"), ("", "en")]
)
def test_messages_fall_back_to_base_then_english(asked, given):
    assert load_messages(asked).language == given


@pytest.mark.parametrize(("number", "written"), [(0, "0 notes"), (1, "1 note"), (2, "2 notes")])
def test_number_takes_its_form(number, written):
    assert load_messages("en").plural("notes", number) == written


@pytest.mark.parametrize(
    ("share", "whole"), [(0, 0), (0.004, 0), (0.005, 1), (0.665, 67), (1, 100)], ids=str
)
def test_share_becomes_whole_points(share, whole):
    assert points(share) == whole


@pytest.mark.parametrize(
    ("language", "change", "written"),
    [("en", 0.062, "+6.2"), ("de", -0.062, "\N{MINUS SIGN}6,2"), ("en", 0, "+0.0")],
)
def test_change_is_signed(language, change, written):
    assert load_messages(language).change(change) == written


def test_text_from_outside_is_not_filled_again():
    messages = Messages(language="en", reader="en", table={"line": "{text}!"}, plural_form=bool)
    assert messages.text("line", text="{language}") == "{language}!"


@pytest.mark.parametrize("data", SPOKEN, ids=lambda data: data.tag)
def test_every_language_has_a_name(data):
    assert set(load_messages(data.tag).table["languages"]) == {
        other.tag for other in all_languages()
    }


def test_reader_gets_notes_in_the_language_asked_for():
    assert load_messages("de").note_text(make_note())[0] == "de"
    assert load_messages("fr").note_text(make_note())[0] == "en"
    assert load_messages("fr").local({"de": "Folge", "fr": "Épisode"}) == "Épisode"
