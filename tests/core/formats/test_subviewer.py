"""SubViewer and SBV."""

import pytest

from headnotes.formats.subviewer import parse_subviewer
from headnotes.issues import TrackError


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
