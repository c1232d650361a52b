"""MicroDVD, MPL2, TMPlayer, SAMI: what pysubs2 reads, and what it alone would lose or guess."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.formats import FORMATS, set_frame_rate, srt_text
from headnotes.formats.linewise import parse_microdvd, parse_mpl2, parse_sami, parse_tmplayer
from headnotes.issues import TrackError
from headnotes.tracks import parse_track

MICRODVD = "{25}{50}Hallo.|Zweite Zeile\n{75}{120}{y:i}Wohin?\n"


def rows(parsed):
    return [(cue.start_ms, cue.end_ms, cue.text) for cue in parsed[0]]


@pytest.mark.parametrize("head", ["{0}{0}25\n", "{1}{1}25.000\n", "{1}{1}25,0\n"])
def test_microdvd_says_its_frame_rate_in_its_first_cue(head):
    assert rows(parse_microdvd(head + MICRODVD)) == [
        (1_000, 2_000, "Hallo.\nZweite Zeile"),
        (3_000, 4_800, "Wohin?"),
    ]


def test_user_says_the_frame_rate_that_a_file_does_not():
    with pytest.raises(TrackError, match="--fps 25"):
        parse_track(MICRODVD.encode(), "a.sub")
    formats = set_frame_rate(FORMATS, Fraction(50))
    assert parse_track(MICRODVD.encode(), "a.sub", formats=formats).cues[0].end_ms == 1_000
    named = parse_track(f"{{1}}{{1}}25\n{MICRODVD}".encode(), "a.sub", formats=formats)
    assert named.cues[0].end_ms == 2_000


def test_styles_go_along_to_subrip():
    track = parse_track(f"{{1}}{{1}}25\n{MICRODVD}".encode(), "a.sub")
    assert srt_text(track.cues[1], track.format) == "<i>Wohin?</i>"


def test_mpl2_counts_tenths_and_slants_lines():
    parsed = parse_mpl2("[10][30]Hallo|/du\n[40][60]Ja\n")
    assert rows(parsed) == [(1_000, 3_000, "Hallo\ndu"), (4_000, 6_000, "Ja")]
    assert parsed[0][0].raw == "Hallo\n<i>du</i>"


def test_tmplayer_shows_a_text_until_the_next_line_or_an_empty_one():
    source = "00:00:01:Ja.|Gut.\n00:00:04:Nein.\n00:00:06:\n0:00:20=Ende\n"
    assert rows(parse_tmplayer(source)) == [
        (1_000, 4_000, "Ja.\nGut."),
        (4_000, 6_000, "Nein."),
        (20_000, 22_000, "Ende"),
    ]


def test_sami_shows_a_text_until_the_next_point():
    source = (
        "<SAMI><HEAD><STYLE><!-- P {} --></STYLE></HEAD><BODY>\n"
        "<SYNC Start=1000><P Class=DECC>Ja.<br>Gut.\n<SYNC Start='12000'><P Class=DECC>&nbsp;\n"
        '<SYNC Start="15000"><P><i>Nein.</i>\n<SYNC Start=soon><P>Doch.\n</BODY></SAMI>'
    )
    parsed = parse_sami(source)
    assert rows(parsed)[:1] == [(1_000, 12_000, "Ja.\nGut.")]
    assert [(cue.start_ms, cue.text.split()) for cue in parsed[0]][1:] == [
        (15_000, ["Nein.", "Doch."])
    ]
    assert [(repair.line, repair.code) for repair in parsed[1]] == [(5, "unreadable-time")]


def test_marked_section_in_sami_is_no_hindrance():
    cues, _ = parse_sami("<SAMI><BODY><SYNC Start=1000><P>Ja.<![klingon[x]]><SYNC Start=2000>")
    assert cues[0].text.startswith("Ja.")


def test_sami_that_is_cut_off_keeps_its_last_text():
    assert rows(parse_sami("<SAMI><BODY><SYNC Start=1000><P>Ja.")) == [(1_000, 3_000, "Ja.")]


@pytest.mark.parametrize("source", ["<SAMI>", "<SAMI><SYNC Start=1>&nbsp;", "<SAMI><SYNC>Ja."])
def test_sami_without_a_text_is_refused(source):
    with pytest.raises(TrackError, match="without a text"):
        parse_sami(source)


def test_line_that_is_no_cue_belongs_to_the_one_before_it():
    cues, repairs = parse_mpl2("Vorspann\n[10][30]Hallo\nihr\n[40][60]Ja\n")
    assert [cue.text for cue in cues] == ["Hallo\nihr", "Ja"]
    assert [repair.code for repair in repairs] == ["text-before-first-cue", "torn-line"]


SAMPLES = {
    "microdvd": "{1}{1}25\n" + MICRODVD,
    "mpl2": "[10][30]Hallo\n[40][60]Ja\n",
    "tmplayer": "00:00:01:Ja.\n00:00:04:Nein.\n",
    "sami": "<SAMI><BODY><SYNC Start=1000><P>Ja.</BODY></SAMI>",
    "subviewer": "0:00:01.000,0:00:02.000\nJa.\n",
}


@pytest.mark.parametrize(
    "source",
    [
        "<SYNC start=500 <SYNC start=1000>Ja.",
        "<SYNC start=1000<P>Ja.",
        "<SYNC <SYNC start=1000>Ja.",
    ],
)
def test_point_that_does_not_close_ends_where_the_next_element_begins(source):
    """Else the end of each of many would be looked for in the whole file."""
    (cue,), _ = parse_sami(f"<SAMI><BODY>{source}</BODY></SAMI>")
    assert (cue.start_ms, cue.text) == (1_000, "Ja.")


@pytest.mark.parametrize("start", ["1000", " 1000", "'1000'", '"  1000"', " ' 1000"])
def test_start_of_a_point_may_stand_in_quotes_and_blanks(start):
    (cue,), repairs = parse_sami(f"<SAMI><BODY><SYNC start ={start}>Ja.</BODY></SAMI>")
    assert (cue.start_ms, repairs) == (1_000, ())


@pytest.mark.parametrize(("name", "source"), SAMPLES.items(), ids=SAMPLES)
@pytest.mark.parametrize("start", ["", "\ufeff", "\r\n \r\n"])
def test_content_tells_the_format(name, source, start):
    assert parse_track((start + source).encode(), "a.txt").format == name


@pytest.mark.parametrize(
    "text",
    [
        "{1}{2}\nEin Brief.\nNoch einer.\n",
        "10:15:03: er kommt\nEin Brief, kein Untertitel.\nNoch einer.\n",
        "Das ist <sami> und mehr.\n",
    ],
)
def test_text_with_a_line_like_a_cue_is_no_track(text):
    with pytest.raises(TrackError, match="without a single timestamp"):
        parse_track(text.encode(), "a.txt")


@given(st.sampled_from(list(SAMPLES.values())), st.text(max_size=80), st.text(max_size=80))
def test_any_text_around_is_read_or_refused(source, before, after):
    try:
        cues = parse_track((before + source + after).encode(errors="replace"), "a.txt").cues
    except TrackError as error:
        assert error.__cause__ is None  # no reader failed
        return
    assert all(0 <= cue.start_ms <= cue.end_ms for cue in cues)
