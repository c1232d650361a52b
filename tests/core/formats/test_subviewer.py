"""SubViewer and SBV."""

import pytest

from headnotes.formats.subviewer import parse_subviewer, parse_subviewer_1
from headnotes.issues import TrackError
from headnotes.tracks import parse_track


def test_sbv_counts_thousandths():
    cues, repairs = parse_subviewer(
        "0:00:00.599,0:00:04.160\n>> ALICE: Hallo,\ndas ist Bob.\n\n0:00:04.160,0:00:06.770\nJa.\n"
    )
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in cues] == [
        (599, 4_160, ">> ALICE: Hallo,\ndas ist Bob."),
        (4_160, 6_770, "Ja."),
    ]
    assert repairs == ()


def test_subviewer_has_a_header_hundredths_and_breaks_of_its_own():
    cues, repairs = parse_subviewer(
        "[INFORMATION]\n[TITLE]x\n[END INFORMATION]\n[SUBTITLE]\n[COLF]&HFFFFFF,[STYLE]no\n"
        "00:04:35.03,00:04:38.82\nHallo[br]<i>ihr</i>\n\n00:05:00.19,00:05:03.47\nJa.\n"
    )
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in cues] == [
        (275_030, 278_820, "Hallo\nihr"),
        (300_190, 303_470, "Ja."),
    ]
    assert repairs == ()


def test_blank_line_inside_a_cue_loses_nothing_and_a_preface_is_named():
    cues, repairs = parse_subviewer("Vorwort\n0:00:01.000,0:00:02.000\nJa.\n\nGut.\n")
    assert [cue.text for cue in cues] == ["Ja.\nGut."]
    assert [repair.code for repair in repairs] == ["text-before-first-cue"]


def test_text_without_times_is_refused():
    with pytest.raises(TrackError, match="without a cue"):
        parse_subviewer("0:00:01.000, nichts")


FIRST = (
    "[TITLE]\nEin Film\n[DELAY]\n0\n[BEGIN]\n******** START SCRIPT ********\n"
    "[00:00:02]\nHallo|ihr\n[00:00:04]\n\n[00:01:05]\n<i>Ja.</i>\n[00:01:07]\n[END]\n"
)


def test_first_subviewer_shows_a_text_until_the_next_time():
    cues, repairs = parse_subviewer_1(FIRST)
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in cues] == [
        (2_000, 4_000, "Hallo\nihr"),
        (65_000, 67_000, "Ja."),
    ]
    assert repairs == ()


def test_first_subviewer_is_told_from_lyrics():
    assert parse_track(FIRST.encode(), "a.sub").format == "subviewer1"
    with pytest.raises(TrackError, match="LRC lyrics"):
        parse_track(b"[00:01:20]Ja.\n[00:02:30]\n[00:03:00]Nein.\n", "a.sub")


@pytest.mark.parametrize("source", ["[00:00:02]\n[END]\n", "Ja.\n", ""])
def test_first_subviewer_without_text_is_refused(source):
    with pytest.raises(TrackError, match="without a text"):
        parse_subviewer_1(source)
