"""SubStation files, orderly and torn."""

import pysubs2
import pytest

from headnotes.formats.ass import AssScript, parse_ass
from headnotes.issues import TrackError
from headnotes.profiles import PROFILES, render_profile
from headnotes.tracks import parse_track

COMBINED_ASS = next(profile for profile in PROFILES if profile.name == "combined-ass")

HEAD = """\
[Script Info]
; eine Bemerkung
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, Alignment
Style: Default,Arial,20,2
Style: Oben,Arial,20,8

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
LINE = "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,"


def test_reader_finds_dialogue_and_passes_comments_over():
    source = f"{HEAD}{LINE}Ja, gut.\nComment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Nein.\n"
    (cue,), repairs = parse_ass(source)
    assert (cue.start_ms, cue.end_ms, cue.text) == (1_000, 2_500, "Ja, gut.")
    assert cue.span is not None
    assert source[slice(*cue.span)] == f"{LINE}Ja, gut.\n"
    assert repairs == ()


TEXTS = {
    "codes": (r"{\i1}Nein,{\i0} nie.", "Nein, nie."),
    "line-breaks": (r"Ja.\NGut.\nSehr.", "Ja.\nGut. Sehr."),
    "hard-blank": (r"Ja\hund", "Ja\u00a0und"),
    "drawing": (r"{\p1}m 0 0 l 9 9{\p0}Ja.", "Ja."),
    "position-is-no-drawing": (r"{\pos(1,2)}Ja.", "Ja."),
    "comment-in-braces": ("Ja{vielleicht}.", "Ja."),
    "brace-left-open": ("Ja {", "Ja {"),
    "commas": ("Ja, ja, ja.", "Ja, ja, ja."),
}


@pytest.mark.parametrize(("raw", "text"), TEXTS.values(), ids=TEXTS)
def test_text_is_what_a_viewer_reads(raw, text):
    (cue,), _ = parse_ass(f"{HEAD}{LINE}{raw}\n")
    assert (cue.text, cue.raw) == (text, raw)


TORN = {
    "without-header": (f"{LINE}Ja.\n", ["Ja."], []),
    "without-events-header": (f"[Script Info]\n{LINE}Ja.\n", ["Ja."], []),
    "torn-line-with-a-colon": (
        f"{HEAD}{LINE}Er sagte\ndies: ja.\n",
        ["Er sagte\ndies: ja."],
        ["torn-line"],
    ),
    "torn-line": (f"{HEAD}{LINE}Ja,\nund nein.\n", ["Ja,\nund nein."], ["torn-line"]),
    "fields-missing": (
        f"{HEAD}Dialogue: 0:00:01.00,0:00:02.00,Ja.\n",
        ["Ja."],
        ["odd-fields"],
    ),
    "no-times-at-all": (
        f"{HEAD}Dialogue: Ja, gut.\n",
        ["Ja, gut."],
        ["odd-fields", "unreadable-time"],
    ),
    "nothing-but-the-key": (f"{HEAD}Dialogue:\n", [""], ["odd-fields", "unreadable-time"]),
    "milliseconds": (
        f"{HEAD}{LINE.replace('1.00', '1.005')}Ja.\n",
        ["Ja."],
        ["odd-time"],
    ),
    "end-before-start": (
        f"{HEAD}{LINE.replace('2.50', '0.50')}Ja.\n",
        ["Ja."],
        ["end-before-start"],
    ),
    "negative-time": (f"{HEAD}{LINE.replace('0:00:01', '-0:00:01')}Ja.\n", ["Ja."], ["odd-time"]),
    "times-of-subrip-in-dialogue": (
        f"{HEAD}{LINE}00:00:01,000 --> 00:00:02,000\n",
        ["00:00:01,000 --> 00:00:02,000"],
        [],
    ),
}


@pytest.mark.parametrize(("source", "texts", "kinds"), TORN.values(), ids=TORN)
def test_reader_loses_no_dialogue(source, texts, kinds):
    cues, repairs = parse_ass(source)
    assert [cue.text for cue in cues] == texts
    assert [repair.code for repair in repairs] == kinds


def test_format_line_rules_the_fields():
    source = "[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,Ja, gut.\n"
    (cue,), repairs = parse_ass(source)
    assert (cue.text, cue.start_ms, repairs) == ("Ja, gut.", 1_000, ())


def test_styles_and_codes_tell_the_top():
    events = [LINE, LINE.replace("Default", "Oben"), LINE + r"{\an8}", LINE + r"{\an2}"]
    cues, _ = parse_ass(HEAD + "".join(f"{event}Ja.\n" for event in events))
    assert [cue.is_top for cue in cues] == [False, True, True, False]


def test_older_alignments_tell_the_top():
    source = (
        "[V4 Styles]\nFormat: Name, Alignment\nStyle: Oben,6\nStyle: Mitte,9\n[Events]\n"
        + LINE.replace("Default", "*Oben")
        + "Ja.\n"
        + LINE.replace("Default", "Mitte")
        + "Ja.\n"
    )
    cues, _ = parse_ass(source)
    assert [cue.is_top for cue in cues] == [True, False]


def test_file_without_dialogue_is_refused():
    with pytest.raises(TrackError):
        parse_ass(HEAD)


def test_another_reader_finds_the_same_events():
    source = HEAD + "".join(
        f"Dialogue: 0,0:00:{n:02d}.10,0:00:{n:02d}.99,Default,,0,0,0,,Zeile {n}, ja\n"
        for n in range(50)
    )
    events = pysubs2.SSAFile.from_string(source, format_="ass").events
    cues, _ = parse_ass(source)
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in cues] == [
        (event.start, event.end, event.plaintext) for event in events
    ]


def test_format_line_without_times_is_that_of_styles_and_costs_no_time():
    """Where the header of the styles is torn, events are written by the usual fields."""
    source = (
        "[Script Info]\n/[V4+ Styles]\nFormat: Name, Alignment\n"
        "Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,Stop!\n"
    )
    track = parse_track(source.encode(), "a.ass")
    text = render_profile(COMBINED_ASS, track, ())
    assert [(cue.start_ms, cue.end_ms) for cue in parse_ass(text)[0]] == [(1000, 3000)]


@pytest.mark.parametrize(("fields", "most"), [(48, 200), (49, 100), (100_000, 100)])
def test_format_line_of_more_than_fifty_fields_is_none(fields, most):
    """By it, each event would be written with as many."""
    source = (
        "[Script Info]\n\n[V4+ Styles]\nFormat: Name\nStyle: Default\n\n[Events]\n"
        f"Format: Start,End,{'a,' * (fields - 1)}Text\nDialogue: 0:00:01.00,0:00:02.00,Ja.\n"
    )
    track = parse_track(source.encode(), "a.ass")
    (event,) = render_profile(COMBINED_ASS, track, ()).partition("Dialogue:")[2].splitlines()
    assert most / 3 < len(event) <= most
    assert [cue.text for cue in track.cues] == ["Ja."]


def test_styles_of_more_than_fifty_fields_have_the_usual_ones():
    source = (
        f"[Script Info]\n\n[V4+ Styles]\nFormat: {'a,' * 100_000}Name\nStyle: Default\n\n"
        "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Ja.\n"
    )
    script = AssScript.open(parse_track(source.encode(), "a.ass"))
    script.add_style("Note", {"fontsize": 40})
    style = script.write(()).partition("Style: Note")[2].partition("\n")[0]
    assert style.count(",") == 22
