"""WebVTT: what the standard says, and what files do all the same."""

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from headnotes.formats.webvtt import find_settings, parse_vtt, write_vtt
from headnotes.issues import TrackError
from headnotes.text import escape_vtt
from headnotes.times import format_vtt_time

FULL = """\
\ufeffWEBVTT - Babylon
Language: de

STYLE
::cue { color: lime }

REGION
id:oben

NOTE
eine Bemerkung

eins
00:01.000 --> 00:02.000 line:0 align:start
<v Charlotte>Nein, <i>nie</i> &amp; nimmer.</v>

NOTE noch eine

00:00:03.000 --> 00:00:04.500
<c.gelb>Doch.</c> <00:00:04.000>Jetzt.
"""


def test_reader_follows_the_standard():
    cues, repairs = parse_vtt(FULL.removeprefix("\ufeff"))
    assert repairs == ()
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in cues] == [
        (1_000, 2_000, "Nein, nie & nimmer."),
        (3_000, 4_500, "Doch. Jetzt."),
    ]
    assert [cue.is_top for cue in cues] == [True, False]
    assert cues[0].raw == "<v Charlotte>Nein, <i>nie</i> &amp; nimmer.</v>"


HEAD = "WEBVTT\n\n"
A = "00:00:01.000 --> 00:00:02.000"
B = "00:00:03.000 --> 00:00:04.500"
CASES = {
    "headers-of-joined-files": (
        "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n00:01.000 --> 00:02.000\nJa.\n\n"
        "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n00:03.000 --> 00:04.000\nNein.\n"
        "WEBVTT - Teil 3\nKind: captions\n\n00:05.000 --> 00:06.000\nWEBVTT kenne ich.\n",
        ["Ja.", "Nein.", "WEBVTT kenne ich."],
        ["inner-header"] * 2,
    ),
    "no-blank-line-behind-the-header": (f"WEBVTT\n{A}\nJa.", ["Ja."], []),
    "no-blank-line-between-cues": (f"{HEAD}{A}\nJa.\n{B}\nNein.", ["Ja.", "Nein."], []),
    "blank-line-inside-a-cue": (
        f"{HEAD}{A}\nJa.\n\nGut.\n\n{B}\nNein.",
        ["Ja.\nGut.", "Nein."],
        ["blank-line-in-cue"],
    ),
    "signature-behind-a-blank-line": (f"\n{HEAD}{A}\nJa.", ["Ja."], ["odd-signature"]),
    "signature-with-a-tail": (f"WEBVTT-X\n\n{A}\nJa.", ["Ja."], ["odd-signature"]),
    "comma-for-point": (
        f"{HEAD}00:00:01,000 --> 00:00:02,000\nJa.",
        ["Ja."],
        ["odd-time"],
    ),
    "short-parts": (f"{HEAD}0:0:1.5 --> 0:0:2.5\nJa.", ["Ja."], ["odd-time"]),
    "end-before-start": (
        f"{HEAD}00:05.000 --> 00:02.000\nJa.",
        ["Ja."],
        ["end-before-start"],
    ),
    "dialogue-on-the-timing-line": (f"{HEAD}{A} Ja.\nGut.", ["Ja.\nGut."], ["text-on-timing-line"]),
    "empty-cue": (f"{HEAD}{A}\n\n{B}\nNein.", ["", "Nein."], []),
    "style-behind-a-cue": (
        f"{HEAD}{A}\nJa.\n\nSTYLE\n::cue {{}}\n\n{B}\nNein.",
        ["Ja.", "Nein."],
        [],
    ),
    "text-before-the-first-cue": (
        f"{HEAD}irgendwas\n\n{A}\nJa.",
        ["Ja."],
        ["text-before-first-cue"],
    ),
    "arrow-in-dialogue": (f"{HEAD}{A}\nDa --> dort", ["Da --> dort"], []),
    "angle-that-is-no-tag": (f"{HEAD}{A}\n3 < 4 und 5 > 2", ["3 < 4 und 5 > 2"], []),
    "nul": (f"{HEAD}{A}\nJa\0.", ["Ja."], ["nul-bytes"]),
    "carriage-returns": (f"{HEAD}{A}\nJa.\n\n{B}\nNein.".replace("\n", "\r"), ["Ja.", "Nein."], []),
}


@pytest.mark.parametrize(("source", "texts", "kinds"), CASES.values(), ids=CASES)
def test_reader_loses_no_dialogue(source, texts, kinds):
    cues, repairs = parse_vtt(source)
    assert [cue.text for cue in cues] == texts
    assert [repair.code for repair in repairs] == kinds


@pytest.mark.parametrize(
    ("settings", "is_top"),
    [
        ("line:0", True),
        ("line:10%", True),
        ("line:3,start", True),
        ("line:85%", False),
        ("line:-1", False),
        ("line:15", False),
        ("align:start", False),
    ],
)
def test_line_setting_tells_the_top(settings, is_top):
    (cue,), _ = parse_vtt(f"{HEAD}{A} {settings}\nJa.")
    assert cue.is_top == is_top


@pytest.mark.parametrize("source", ["WEBVTT", "WEBVTT\n\nNOTE nichts\n"])
def test_file_without_cues_is_refused(source):
    with pytest.raises(TrackError):
        parse_vtt(source)


# the reader also knows the codes of SubStation, which begin with a backslash or a brace
texts = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="\\{"))
settings = st.sampled_from(["", "line:0", "line:0 align:start"])
rows = st.tuples(st.integers(0, 10**8), st.integers(0, 10**5), texts, settings).map(
    lambda row: (row[0], row[0] + row[1], *row[2:])
)


@given(st.lists(rows, min_size=1))
def test_written_rows_read_back_equal(rows):
    source = write_vtt((*times, escape_vtt(text), setting) for *times, text, setting in rows)
    cues, repairs = parse_vtt(source)
    assert repairs == ()
    assert [
        (cue.start_ms, cue.end_ms, cue.text, find_settings(source[slice(*cue.span)]))
        for cue in cues
    ] == rows


@given(st.lists(rows, min_size=1))
def test_another_reader_finds_the_same_cues(rows):
    source = write_vtt((*times, escape_vtt(text), setting) for *times, text, setting in rows)
    assert [(caption.start, caption.end) for caption in webvtt.from_string(source).captions] == [
        (format_vtt_time(start_ms), format_vtt_time(end_ms)) for start_ms, end_ms, *_ in rows
    ]


def test_writer_keeps_markup_and_holds_nothing_but_cues():
    assert write_vtt([(0, 1_000, "<i>a</i> --> &amp;\n\nb", ""), (5, 6, "", "line:0")]) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<i>a</i> --&gt; &amp;\nb\n\n"
        "00:00:00.005 --> 00:00:00.006 line:0\n\n"
    )
