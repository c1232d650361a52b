import pytest
from attrs import evolve
from hypothesis import given

from headnotes.languages import choose_language
from headnotes.model import NoteText, Reason
from headnotes.scheduling import clean_line
from headnotes.scheduling.wording import word_note
from made_outcomes import make_note
from strategies import notes, texts

TEXT = NoteText(headnote="Two women died.", shown="", record="")


@pytest.mark.parametrize(
    ("tags", "wanted", "chosen"),
    [
        (["de", "en"], "de", "de"),
        (["de", "en"], None, "en"),
        (["de", "en"], "fr", "en"),
        (["de", "fr"], "es", "de"),
        (["de", "en"], "de-AT", "de"),
        (["de-at", "en"], "de", "de-at"),
        (["en", "pt", "pt-br"], "pt-BR", "pt-br"),
        (["de", "en-gb"], "es", "en-gb"),
    ],
)
def test_language_is_the_closest_there_is(tags, wanted, chosen):
    assert choose_language(dict.fromkeys(tags, TEXT), wanted) == chosen


def test_wording_is_label_and_line():
    note = evolve(make_note(verdict="inaccurate"), texts={"en": TEXT})
    wording = word_note(note, "en")
    assert (wording.label, wording.text) == ("[SCENE: FALSE]", "[SCENE: FALSE] Two women died.")


def test_note_without_line_says_so():
    note = evolve(make_note(), texts={"en": evolve(TEXT, headnote=" \n")})
    assert word_note(note, "de").misfit == Reason("no-line", {"language": "en"})


def test_line_too_long_says_how_long():
    note = evolve(make_note(verdict="accurate"), texts={"en": evolve(TEXT, headnote="word " * 20)})
    assert word_note(note, "en").misfit == Reason(
        "long-line", {"chars": 106, "lines": 2, "line_chars": 42}
    )


@given(texts())
def test_clean_line_is_one_line_without_controls(text):
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert not set(line) & set("\n\r\x00\x1b\u202e\u2066\u2028\u2060")


def test_clean_line_drops_what_is_set_aside_never_to_be_a_character():
    # ffmpeg drops a whole cue that has one; a sign younger than our Unicode stays
    assert clean_line("a\ufdd0b\ufffec\uffff\U0010ffffd\U0001fae9") == "abcd\U0001fae9"


def test_clean_line_keeps_joiners_of_scripts():
    assert clean_line("می\u200cخواهم\n\x00x") == "می\u200cخواهم x"


@given(notes())
def test_every_note_has_words_or_a_reason(note):
    wording = word_note(note, "en")
    assert bool(wording.text) != bool(wording.misfit)
    assert not wording.text or wording.text.startswith(wording.label)
