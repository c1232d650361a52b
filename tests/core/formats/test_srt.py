"""SubRip: every deviation that real files were seen to have, as a case of our own making."""

import io

import pysrt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.formats.srt import parse_srt, write_srt
from headnotes.formats.timestamps import STRICT_LINE, is_timing_line, read_timing_line
from headnotes.issues import TrackError

A = "00:00:01,000 --> 00:00:02,000"
B = "00:00:03,000 --> 00:00:04,500"

DEVIATIONS = {
    "clean": (f"1\n{A}\nJa.\n\n2\n{B}\nNein.\n", ["Ja.", "Nein."], []),
    "several-blank-lines-between-cues": (f"1\n{A}\nJa.\n\n\n\n2\n{B}\nNein.", ["Ja.", "Nein."], []),
    "no-blank-line-between-cues": (
        f"1\n{A}\nJa.\n2\n{B}\nNein.",
        ["Ja.", "Nein."],
        ["missing-blank-line"],
    ),
    "number-missing-in-one-cue": (
        f"1\n{A}\nJa.\n\n{B}\nNein.",
        ["Ja.", "Nein."],
        ["missing-number"],
    ),
    "numbers-missing-everywhere": (f"{A}\nJa.\n\n{B}\nNein.", ["Ja.", "Nein."], []),
    "number-is-a-blank": (f"1\n{A}\nJa.\n\n \n{B}\nNein.", ["Ja.", "Nein."], ["missing-number"]),
    "number-is-two-numbers": (f"1\n{A}\nJa.\n\n2 7\n{B}\nNein.", ["Ja.", "Nein."], ["odd-number"]),
    "number-with-a-point": (
        f"1.\n{A}\nJa.\n\n2.\n{B}\nNein.",
        ["Ja.", "Nein."],
        ["odd-number"] * 2,
    ),
    "number-on-the-timing-line": (
        f"1\n{A}\nJa.\n\n2 {B}\nNein.",
        ["Ja.", "Nein."],
        ["odd-number", "odd-time"],
    ),
    "blank-line-behind-the-number": (
        f"1\n{A}\nJa.\n\n2\n\n{B}\nNein.",
        ["Ja.", "Nein."],
        ["odd-number"],
    ),
    "blank-line-behind-a-number-out-of-order": (
        f"1\n\n{A}\n\nJa.\n\n4\n\n{B}\n\nNein.",
        ["Ja.", "Nein."],
        ["odd-number"] * 2 + ["blank-line-in-cue"] * 2,
    ),
    "number-twice": (f"1\n{A}\nJa.\n\n2\n2\n{B}\nNein.", ["Ja.", "Nein."], ["odd-number"]),
    "number-twice-with-a-blank-line-between": (
        f"1\n{A}\nJa.\n\n2\n\n2\n{B}\nNein.",
        ["Ja.", "Nein."],
        ["odd-number"],
    ),
    "first-number-twice-with-blank-lines-between": (
        f"1\n\n\n1\n{A}\nJa.\n\n2 \n\n\n2 \n{B}\nNein.",
        ["Ja.", "Nein."],
        ["odd-number"] * 2,
    ),
    "number-that-is-said-before-the-same-number": (
        f"1\n{A}\n2\n\n2\n{B}\nNein.",
        ["2", "Nein."],
        [],
    ),
    "mark-that-shows-nothing-before-every-line": (
        f"\u200f1\n\u200f{A}\n\u200fJa.\n\u200f\n\u200f2\n\u200f{B}\n\u200fNein.",
        ["\u200fJa.", "\u200fNein."],
        ["odd-time"] * 2,
    ),
    "marks-that-show-nothing-around-times": (
        f"\u200b1\n\u200b{A}\u2060\nJa.\n\n2\n\u061c{B}\nNein.",
        ["Ja.", "Nein."],
        ["odd-time"] * 2,
    ),
    "bold-of-a-chat": (
        f"**1**\n**{A}**\nJa.\n\n**2**\n**{B}**\nNein.",
        ["Ja.", "Nein."],
        ["odd-number", "odd-time"] * 2,
    ),
    "number-glued-to-the-hours": (
        f"1{A}\nJa.\n\n12{B}\nNein.",
        ["Ja.", "Nein."],
        ["odd-number"] * 2,
    ),
    "numbers-out-of-order": (f"9\n{A}\nJa.\n\n3\n{B}\nNein.", ["Ja.", "Nein."], []),
    "blank-line-inside-a-cue": (
        f"1\n{A}\nJa.\n\nGut.\n\n2\n{B}\nNein.",
        ["Ja.\nGut.", "Nein."],
        ["blank-line-in-cue"],
    ),
    "several-blank-lines-inside-a-cue": (
        f"1\n{A}\n\n\nJa.\n\n\n\nGut.\n \nSehr.\n\n2\n{B}\nNein.",
        ["Ja.\nGut.\nSehr.", "Nein."],
        ["blank-line-in-cue"],
    ),
    "year-as-the-only-line": (f"1\n{A}\n1929\n\n2\n{B}\nNein.", ["1929", "Nein."], []),
    "year-in-a-file-without-numbers": (f"{A}\n1929\n{B}\nNein.", ["1929", "Nein."], []),
    "year-before-a-cue-without-blank-line": (
        f"{A}\nJa.\n1929\n{B}\nNein.",
        ["Ja.\n1929", "Nein."],
        [],
    ),
    "empty-cue": (f"1\n{A}\n\n2\n{B}\nNein.", ["", "Nein."], []),
    "empty-cues-in-a-row": (f"1\n{A}\n2\n{B}\nNein.", ["", "Nein."], []),
    "times-twice": (f"1\n{A}\n{B}\nNein.", ["", "Nein."], ["missing-number"]),
    "coordinates": (f"1\n{A}  X1:201 X2:516 Y1:397 Y2:423\nJa.", ["Ja."], []),
    "settings-of-webvtt": (f"1\n{A} align:start position:0%\nJa.", ["Ja."], []),
    "dialogue-on-the-timing-line": (
        f"1\n{A} Ja.\nGut.\n\n2\n{B}\nNein.",
        ["Ja.\nGut.", "Nein."],
        ["text-on-timing-line"],
    ),
    "byte-order-mark-in-mid-file": (
        f"1\n{A}\nJa.\n\n\ufeff2\n{B}\nNein.",
        ["Ja.", "Nein."],
        ["stray-bom"],
    ),
    "runs-of-nul": (
        f"1\n{A}\nJa.\0\0\n\0\0\0\n2\n{B}\nNein.",
        ["Ja.", "Nein."],
        ["nul-bytes"] * 2,
    ),
    "line-ends-mixed": (f"1\r\n{A}\rJa.\n\r\n2\r{B}\nNein.", ["Ja.", "Nein."], []),
    "line-ends-of-old-macintoshes": (f"1\r{A}\rJa.\r\r2\r{B}\rNein.", ["Ja.", "Nein."], []),
    "line-ends-doubled": (
        f"1\n{A}\nJa.\n\n2\n{B}\nNein.\n".replace("\n", "\r\r\n"),
        ["Ja.", "Nein."],
        ["doubled-line-ends"],
    ),
    "end-of-file-sign-of-dos": (f"1\n{A}\nJa.\n\n2\n{B}\nNein.\n\x1a", ["Ja.", "Nein."], []),
    "text-before-the-first-cue": (
        f"Untertitel: Anna\n\n1\n{A}\nJa.",
        ["Ja."],
        ["text-before-first-cue"],
    ),
    "cut-off-behind-a-number": (f"1\n{A}\nJa.\n\n2\n", ["Ja."], ["cut-off-cue"]),
    "cut-off-in-a-time": (
        f"1\n{A}\nJa.\n\n2\n00:00:03,000 --> 00:0",
        ["Ja.", ""],
        ["odd-time", "end-before-start"],
    ),
    "arrow-in-dialogue": (f"1\n{A}\nDa --> dort\n\n2\n{B}\nNein.", ["Da --> dort", "Nein."], []),
    "timetable-in-dialogue": (
        f"1\n{A}\nBerlin 10:30 -> 11:45\n12:00 \u2192 13:15",
        ["Berlin 10:30 -> 11:45\n12:00 \u2192 13:15"],
        [],
    ),
    "header-of-another-format-in-dialogue": (
        f"1\n{A}\n[Script Info]\nWEBVTT\n\n2\n{B}\nDialogue: 0,0:00:01.00,0:00:02.00,,,,,,,x",
        ["[Script Info]\nWEBVTT", "Dialogue: 0,0:00:01.00,0:00:02.00,,,,,,,x"],
        [],
    ),
    "translated-by-machine": (
        "1\n00: 00: 01,000 -> 00: 00: 02,000\nJa.",
        ["Ja."],
        ["odd-time", "odd-arrow"],
    ),
}


@pytest.mark.parametrize(("source", "texts", "kinds"), DEVIATIONS.values(), ids=DEVIATIONS)
def test_reader_keeps_every_line_of_dialogue(source, texts, kinds):
    cues, repairs = parse_srt(source)
    assert [cue.text for cue in cues] == texts
    assert sorted(repair.code for repair in repairs) == sorted(kinds)


@pytest.mark.parametrize(("source", "texts", "kinds"), DEVIATIONS.values(), ids=DEVIATIONS)
def test_written_rows_read_back_through_pysrt(source, texts, kinds):
    cues, _ = parse_srt(source)
    written = write_srt((cue.start_ms, cue.end_ms, cue.raw) for cue in cues)
    items = pysrt.from_string(written)
    # one liberty of pysrt's own: it takes blanks off the end of lines
    assert [item.text for item in items] == [
        "\n".join(line.rstrip() for line in cue.raw.split("\n") if line.strip()) for cue in cues
    ]
    assert [(item.start.ordinal, item.end.ordinal) for item in items] == [
        (cue.start_ms, cue.end_ms) for cue in cues
    ]


TIMES = {
    "point-for-comma": ("00:00:01.000 --> 00:00:02.000", (1_000, 2_000)),
    "trailing-point": ("00:00:01,000. --> 00:00:02,000.", (1_000, 2_000)),
    "hours-missing": ("00:01,000 --> 00:02,000", (1_000, 2_000)),
    "floats": ("560.0000000000009 --> 563.25", (560_000, 563_250)),
    "short-fraction": ("00:00:01,5 --> 00:00:02,25", (1_500, 2_250)),
    "long-fraction": ("00:00:01,0004 --> 00:00:02,9996", (1_000, 3_000)),
    "no-fraction": ("00:00:01 --> 00:00:02", (1_000, 2_000)),
    "one-digit-hours": ("0:00:01,000 --> 0:00:02,000", (1_000, 2_000)),
    "hundred-hours": ("100:00:01,000 --> 100:00:02,000", (360_001_000, 360_002_000)),
    "more-than-sixty-seconds": ("00:00:61,000 --> 00:01:62,000", (61_000, 122_000)),
    "colon-before-fraction": ("00:00:01:250 --> 00:00:02:500", (1_250, 2_500)),
    "negative-start": ("-00:00:01,000 --> 00:00:02,000", (-1_000, 2_000)),
    "negative-parts": ("00:00:-1,-500 --> 00:00:02,-500", (-1_500, 1_500)),
    "end-before-start": ("00:00:05,000 --> 00:00:02,000", (5_000, 7_000)),
    "end-unreadable": ("00:00:01,000 --> 00:00:x", (1_000, 3_000)),
    "start-unreadable": ("--> 00:00:04,000", (2_000, 4_000)),
    "letters-for-digits": ("OO:00:0l,000 --> 00:00:02,OOO", (1_000, 2_000)),
    "full-width-signs": (
        "00\uff1a00\uff1a01\uff0c000 \u2192 00\uff1a00\uff1a02\uff0c000",
        (1_000, 2_000),
    ),
    "thin-arrow": ("00:00:01,000 -> 00:00:02,000", (1_000, 2_000)),
    "no-blanks-around-the-arrow": ("00:00:01,000-->00:00:02,000", (1_000, 2_000)),
}


@pytest.mark.parametrize(("line", "times_ms"), TIMES.values(), ids=TIMES)
def test_odd_times_are_read_as_meant(line, times_ms):
    (cue,), _ = parse_srt(f"1\n{line}\nJa.\n")
    assert (cue.start_ms, cue.end_ms, cue.text) == (*times_ms, "Ja.")


def test_hours_of_three_digits_are_hours_where_the_end_has_them_too():
    (cue,), _ = parse_srt("100:00:01,000 --> 100:00:02,000\nJa.")
    assert (cue.start_ms, cue.end_ms) == (360_001_000, 360_002_000)


def test_end_before_start_shows_until_next_cue():
    cues, repairs = parse_srt(f"1\n00:00:02,000 --> 00:00:01,000\nJa.\n\n2\n{B}\nNein.")
    assert (cues[0].start_ms, cues[0].end_ms) == (2_000, 3_000)
    assert [(repair.line, repair.code) for repair in repairs] == [(2, "end-before-start")]


def test_unordered_and_overlapping_cues_keep_their_places():
    cues, repairs = parse_srt(f"1\n{B}\nZwei.\n\n2\n{A}\nEins.\n\n3\n{A}\nAuch.")
    assert [(cue.number, cue.text) for cue in cues] == [(1, "Zwei."), (2, "Eins."), (3, "Auch.")]
    assert repairs == ()


def test_repairs_tell_their_lines():
    _, repairs = parse_srt(f"1\n{A}\nJa.\n2\n00:00:03.000 --> 00:00:04,000\nNein.\n\nDoch.")
    assert [(repair.line, repair.code) for repair in repairs] == [
        (4, "missing-blank-line"),
        (5, "odd-time"),
        (7, "blank-line-in-cue"),
    ]


def test_spans_hold_the_whole_cue():
    source = f"1\r\n{A}\r\nJa.\r\n\r\n2\r\n{B}\r\nNein."
    cues, _ = parse_srt(source)
    blocks = [source[slice(*cue.span)] for cue in cues if cue.span]
    assert blocks == [f"1\r\n{A}\r\nJa.\r\n", f"2\r\n{B}\r\nNein."]


def test_raw_text_stays_as_it_came():
    (cue,), _ = parse_srt(f"1\n{A}\n{{\\an8}}<i>Ja</i>  \n  und &amp; nein")
    assert cue.raw == "{\\an8}<i>Ja</i>  \n  und &amp; nein"
    assert (cue.text, cue.is_top) == ("Ja\nund & nein", True)


@pytest.mark.parametrize("source", ["", "1\n", "Nur Text.\n", "a --> b"], ids=repr)
def test_text_without_times_is_refused(source):
    with pytest.raises(TrackError):
        parse_srt(source)


def test_writer_numbers_anew_and_drops_blank_lines():
    rows = [(0, 1_000, "Ja.\n\nGut."), (3_600_000, 3_600_001, "")]
    assert write_srt(rows) == (
        "1\n00:00:00,000 --> 00:00:01,000\nJa.\nGut.\n\n2\n01:00:00,000 --> 01:00:00,001\n\n"
    )


words = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="<{&>\u2192"), min_size=1
)
lines = st.lists(words, min_size=1, max_size=4).map(" ".join).filter(lambda line: line.strip())
texts = st.lists(lines, min_size=0, max_size=3).map("\n".join)
rows = st.tuples(st.integers(0, 10**8), st.integers(0, 10**5), texts).map(
    lambda row: (row[0], row[0] + row[1], row[2])
)


@given(st.lists(rows, min_size=1))
def test_written_rows_read_back_equal(rows):
    cues, repairs = parse_srt(write_srt(rows))
    assert [(cue.start_ms, cue.end_ms, cue.raw) for cue in cues] == rows
    assert repairs == ()


@given(st.lists(rows, min_size=1))
def test_reader_agrees_with_pysrt_on_clean_files(rows):
    source = write_srt(rows)
    items = pysrt.SubRipFile.stream(io.StringIO(source))
    cues, _ = parse_srt(source)
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [
        (item.start.ordinal, item.end.ordinal) for item in items
    ]


menu = st.sampled_from(
    [A, B, f"{A} X1:1", A.replace(",", "."), "", "", " ", "1", "2", "3", "2 7", "Ja.", "Nein, nie."]
)


@given(st.lists(menu, max_size=25), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_timing_line_makes_a_cue_and_no_dialogue_is_lost(lines, eol):
    cues, _ = parse_srt(eol.join([A, *lines]))
    assert len(cues) == 1 + sum("-->" in line for line in lines)
    said = [line for line in lines if line.endswith(".") and "-->" not in line]
    assert [line for cue in cues for line in cue.text.split("\n") if line.endswith(".")] == said


@given(st.from_regex(STRICT_LINE.pattern, fullmatch=True) | st.text(" 0:,.->x", max_size=40))
def test_plain_timing_line_is_what_is_read_as_one(line):
    assert is_timing_line(line) == (read_timing_line(line) is not None)
