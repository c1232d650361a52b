"""Markup of every format: what a viewer reads of it, what is said, and what SubRip keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.formats.markup import read_spoken, read_srt_text, read_vtt_text, srt_text
from headnotes.model import Cue

SRT = {
    "tags": ("<i>Ja</i> <font color='#fff'>und</font> <B>nein</B>", "Ja und nein", False),
    "tag-with-blanks": ("< i>Ja</ i>", "Ja", False),
    "break": ("Ja<br/>nein\\Nnie", "Ja\nnein\nnie", False),
    "speech-in-angles": ("<Ja, ich komme>", "<Ja, ich komme>", False),
    "speech-that-begins-like-a-tag": ("<I am here>", "<I am here>", False),
    "heart": ("I <3 you > me", "I <3 you > me", False),
    "position": ("{\\an8}Oben", "Oben", True),
    "old-position": ("{\\a6}Oben", "Oben", True),
    "bottom": ("{\\an2}Unten", "Unten", False),
    "codes-of-microdvd": ("{y:i}Ja", "Ja", False),
    "speech-in-braces": ("{lacht} Ja", "{lacht} Ja", False),
    "entities": ("a &amp; b &lt;c&gt; &#39;d&#39; &nbsp;", "a & b <c> 'd'", False),
    "entity-of-a-control-sign": ("a&#8;b", "ab", False),
    "ampersand": ("R&B; A&B", "R&B; A&B", False),
    "blank-lines": ("Ja\n \n\nnein ", "Ja\nnein", False),
}


@pytest.mark.parametrize(("raw", "text", "is_top"), SRT.values(), ids=SRT)
def test_srt_markup_is_taken_off(raw, text, is_top):
    assert read_srt_text(raw) == (text, is_top)


def test_vtt_markup_is_taken_off():
    raw = "<v.laut Bruno &amp; Co>Ja <c.rot>und</c> <lang de>nein</lang> <00:01.000>nie"
    assert read_vtt_text(raw) == ("Ja und nein nie", False)


CONVERTED = {
    "srt": ("{\\an8}<i>Ja</i> &amp; <font>", "Ja &", "{\\an8}<i>Ja</i> &amp; <font>"),
    "webvtt": ("<v Bruno><i.laut>Ja</i> &amp; <c.rot>nein</c>", "Ja & nein", "<i>Ja</i> & nein"),
    "ass": (
        r"{\an8\i1}Ja\N{\b1}nein{\i0} nie{\r} gut",
        "Ja\nnein nie gut",
        "<i>Ja\n</i><b><i>nein</i> nie</b> gut",
    ),
    "ttml": ("<i>Ja</i> & nein", "Ja & nein", "<i>Ja</i> & nein"),
    "klingon": ("HIja'", "nur Text", "nur Text"),
    "webvtt-that-would-be-markup": ("<i>&lt;b&gt;</i>", "<b>", "<\u2060b>"),
}


@pytest.mark.parametrize(("name", "texts"), CONVERTED.items(), ids=CONVERTED)
def test_text_of_every_format_becomes_subrip(name, texts):
    raw, text, written = texts
    cue = Cue(number=1, start_ms=0, end_ms=1, text=text, spoken="", raw=raw)
    assert srt_text(cue, name.partition("-")[0]) == written


SPOKEN = {
    "plain": ("Nein.", "Nein."),
    "speaker-in-capitals": ("WOLTER: Nein.", "Nein."),
    "speaker-with-a-first-name": ("BRUNO WOLTER: Nein.", "Nein."),
    "speaker-and-manner": ("WOLTER (leise): Nein.", "Nein."),
    "speaker-behind-a-dash": ("- WOLTER: Nein.\n- RATH: Doch.", "- Nein.\n- Doch."),
    "speaker-on-a-line-of-its-own": ("WOLTER:\nNein.", "Nein."),
    "speaker-in-brackets": ("[Charlotte] Nein.", "Nein."),
    "said-with-a-colon": ("Er sagte: Nein.", "Er sagte: Nein."),
    "time-of-day": ("UM 12:30 war er da.", "UM 12:30 war er da."),
    "sound": ("[Schüsse] Runter!", "Runter!"),
    "sound-in-round-brackets": ("(Tür knallt) Wer da?", "Wer da?"),
    "sound-over-two-lines": ("[Schüsse\nund Schreie]\nRunter!", "Runter!"),
    "sound-in-mid-line": ("Ich [hustet] gehe.", "Ich gehe."),
    "nothing-but-a-sound": ("- [lacht]", ""),
    "song": ("♪ Zu Asche, zu Staub ♪", "Zu Asche, zu Staub"),
    "song-with-hashes": ("# Zu Asche, zu Staub #", "Zu Asche, zu Staub"),
    "number-sign": ("Zimmer # 5", "Zimmer # 5"),
    "bracket-left-open": ("[Schüsse", "[Schüsse"),
    "empty-brackets": ("Ja [] nein", "Ja nein"),
    "blanks-inside": ("Ja.\n\n Nein.", "Ja.\n\n Nein."),
}


@pytest.mark.parametrize(("text", "spoken"), SPOKEN.values(), ids=SPOKEN)
def test_labels_sounds_and_music_are_not_spoken(text, spoken):
    assert read_spoken(text) == spoken


@given(st.text("ab#: \nc-", max_size=60))
def test_no_word_outside_labels_is_lost(text):
    assert [char for char in read_spoken(text) if char in "abc"] == [c for c in text if c in "abc"]
