"""Markup of every format: what a viewer reads of it, and what SubRip keeps."""

import pytest

from headnotes.formats.converting import srt_text
from headnotes.formats.markup import read_srt_text
from headnotes.formats.styled_text import read_vtt_text
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
    assert read_vtt_text(raw) == ("Ja und nein nie", ("Bruno & Co",), False)


CONVERTED = {
    "srt": ("{\\an8}<i>Ja</i> &amp; <font>", "{\\an8}<i>Ja</i> &amp; <font>"),
    "webvtt": ("<v Bruno><i.laut>Ja</i> &amp; <c.rot>nein</c>", "<i>Ja</i> & nein"),
    "ass": (r"{\an8\i1}Ja\N{\b1}nein{\i0} nie{\r} gut", "<i>Ja\n</i><b><i>nein</i> nie</b> gut"),
    "ttml": ("<i>Ja</i> & nein", "<i>Ja</i> & nein"),
    "klingon": ("HIja'", "nur Text"),
}


@pytest.mark.parametrize(
    ("name", "raw", "text"),
    [(name, *texts) for name, texts in CONVERTED.items()],
    ids=CONVERTED,
)
def test_text_of_every_format_becomes_subrip(name, raw, text):
    cue = Cue(number=1, start_ms=0, end_ms=1, text="nur Text", spoken="", raw=raw)
    assert srt_text(cue, name) == text
