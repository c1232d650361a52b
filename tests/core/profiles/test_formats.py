"""Dialogue of every format through every profile that carries it."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from headnotes.model import Annotation, Headnote, Moment
from headnotes.profiles import PROFILES, render_profile
from headnotes.scheduling import find_label
from headnotes.tracks import parse_track
from made_outcomes import make_note

COMBINED = [profile for profile in PROFILES if profile.name.startswith("combined")]
SOURCES = {
    "srt": (
        "1\n00:00:01,000 --> 00:00:04,000\n<i>Wer</i> war das?\n\n"
        "2\n00:00:05,000 --> 00:00:06,010\n{\\an8}Oben & 1 < 2\n\n"
    ),
    "webvtt": (
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n"
        "00:01.000 --> 00:04.000 position:10%\n<v Lotte><i>Wer</i> war das?\n\n"
        "b\n00:05.000 --> 00:06.010 line:0\nOben &amp; 1 &lt; 2\n"
    ),
    "ass": (
        "[Script Info]\nScriptType: v4.00+\nPlayResX: 384\nPlayResY: 360\n\n"
        "[V4+ Styles]\nFormat: Name, Fontname, Fontsize, Alignment, BorderStyle\n"
        "Style: Default,Georgia,20,2,1\nStyle: Note,Georgia,18,8,1\n\n"
        "[Events]\n"
        "Format: Layer, Start, End, Style, Actor, MarginL, MarginR, MarginV, Effect, Text\n"
        "Comment: 0,0:00:00.00,0:00:00.00,Default,,0,0,0,,by hand\n"
        "Dialogue: 7,0:00:05.00,0:00:06.01,Note,Rath,0,0,0,,Oben & 1 < 2\n"
        "Comment: 0,0:00:00.00,0:00:00.00,Default,,0,0,0,,between\n"
        "Dialogue: 0,0:00:01.00,0:00:04.00,Default,,0,0,0,,{\\i1}Wer{\\i0} war das?\n"
        "\n[Fonts]\nfontname: x.ttf\nAAAA\n"
    ),
}
NOTE = Headnote(
    annotation=Annotation(
        topic="blutmai",
        note=make_note(),
        moment=Moment(start_ms=2_000, end_ms=4_000, first_cue=1, last_cue=1, strength=1.0),
    ),
    label="[MOSTLY TRUE]",
    text="[MOSTLY TRUE] Two women\ndied {there}.",
    start_ms=1_500,
    end_ms=4_500,
    language="en",
)


def through(source, name):
    """A track of one format as one profile writes it with a headnote."""
    track = parse_track(SOURCES[source].encode(), f"a.{source}")
    profile = next(one for one in PROFILES if one.name == name)
    return render_profile(profile, track, (NOTE,))


@pytest.mark.parametrize("profile", COMBINED, ids=lambda one: one.name)
@pytest.mark.parametrize("source", SOURCES)
def test_dialogue_keeps_text_and_time(source, profile):
    back = parse_track(through(source, profile.name).encode(), "x")
    dialogue = [one for one in back.cues if not find_label(one.text)]
    assert [(one.start_ms, one.end_ms, one.text.replace("\u2060", "")) for one in dialogue] == [
        (1_000, 4_000, "Wer war das?"),
        (5_000, 6_010, "Oben & 1 < 2"),
    ]
    assert len(back.cues) == 3


@pytest.mark.parametrize(
    ("source", "name"),
    [("srt", "combined-srt"), ("webvtt", "combined-plain"), ("ass", "combined-ass")],
)
def test_same_format_keeps_raw_text(source, name):
    before = parse_track(SOURCES[source].encode(), "x").by_time
    after = parse_track(through(source, name).encode(), "x").by_time
    kept = [one.raw for one in after if not find_label(one.text)]
    assert kept == [one.raw for one in before]


@pytest.mark.parametrize(
    ("name", "slanted"),
    [("combined-srt", "<i>Wer</i> war"), ("combined-ass", "{\\i1}Wer{\\i0} war")],
)
@pytest.mark.parametrize("source", SOURCES)
def test_italics_travel_between_formats(source, name, slanted):
    assert slanted in through(source, name)


@pytest.mark.parametrize("name", ["combined-srt", "combined-ass"])
@pytest.mark.parametrize("source", SOURCES)
def test_dialogue_at_the_top_stays_there(source, name):
    back = parse_track(through(source, name).encode(), "x")
    assert [one.is_top for one in back.by_time] == [False, True, True]


def test_plain_web_track_keeps_settings_and_drops_styles():
    assert through("webvtt", "combined-plain") == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.000 position:10%\n<v Lotte><i>Wer</i> war das?\n\n"
        "00:00:01.500 --> 00:00:04.500\n[MOSTLY TRUE]\u00a0Two women\ndied {there}.\n\n"
        "00:00:05.000 --> 00:00:06.010 line:0\nOben &amp; 1 &lt; 2\n"
    )


def test_own_script_keeps_styles_comments_and_fonts():
    made = through("ass", "combined-ass")
    events = [line for line in made.splitlines() if line.startswith("Dialogue:")]
    assert events == [
        "Dialogue: 0,0:00:01.00,0:00:04.00,Default,,0,0,0,,{\\i1}Wer{\\i0} war das?",
        "Dialogue: 0,0:00:01.50,0:00:04.50,Note+,,0,0,0,,"
        "{\\c&HFFFF00&}[MOSTLY TRUE]{\\c} Two women\\Ndied \\{there\\}.",
        "Dialogue: 7,0:00:05.00,0:00:06.01,Note,Rath,0,0,0,,Oben & 1 < 2",
    ]
    assert (
        "Style: Default,Georgia,20,2,1\nStyle: Note,Georgia,18,8,1\nStyle: Note+,Arial,18,8,3\n"
        in made
    )
    assert made.endswith(",between\n\n[Fonts]\nfontname: x.ttf\nAAAA\n")


def test_script_of_the_older_kind_gets_a_new_one():
    old = SOURCES["ass"].replace("[V4+ Styles]", "[V4 Styles]")
    track = parse_track(old.encode(), "a.ssa")
    profile = next(one for one in PROFILES if one.name == "combined-ass")
    made = render_profile(profile, track, (NOTE,))
    assert made.startswith("[Script Info]\nScriptType: v4.00+\nPlayResX: 1280\n")
    assert re.search(r"Default,,0,0,0,,\{\\i1\}Wer\{\\i0\} war das\?", made)


@pytest.mark.parametrize("name", ["combined-srt", "combined-ass"])
def test_headnote_that_gives_way_is_read_back_as_below(name):
    source = "1\n00:00:01,000 --> 00:00:09,000\n{\\an8}Oben.\n\n"
    track = parse_track(source.encode(), "a.srt")
    profile = next(one for one in PROFILES if one.name == name)
    back = parse_track(render_profile(profile, track, (NOTE,)).encode(), "x")
    assert [one.is_top for one in back.cues] == [True, False]


@pytest.mark.parametrize("name", ["combined-srt", "combined-plain", "combined-ass"])
def test_text_that_only_looks_like_markup_is_kept(name):
    source = "WEBVTT\n\n00:01.000 --> 00:04.000\n&lt;i&gt;Wer&lt;/i&gt; {\\an8}a\\Nb\n"
    track = parse_track(source.replace("{\\an8}", "{so}").encode(), "a.vtt")
    profile = next(one for one in PROFILES if one.name == name)
    back = parse_track(render_profile(profile, track, (NOTE,)).encode(), "x").cues[0]
    assert back.text.replace("\u2060", "") == track.cues[0].text


@given(
    st.sets(st.integers(0, SOURCES["ass"].count("\n")), max_size=8), st.sampled_from(["\n", "\r\n"])
)
def test_damaged_script_keeps_its_dialogue(missing, eol):
    lines = SOURCES["ass"].split("\n")
    source = eol.join(line for at, line in enumerate(lines) if at not in missing)
    assume(source.count("\nDialogue:".replace("\n", eol)) == 2)
    track = parse_track(source.encode(), "a.ass")
    profile = next(one for one in PROFILES if one.name == "combined-ass")
    back = parse_track(render_profile(profile, track, (NOTE,)).encode(), "x")
    dialogue = [(one.text, one.start_ms) for one in back.by_time if not find_label(one.text)]
    assert dialogue == [(one.text, one.start_ms) for one in track.by_time]
    assert len(back.cues) == len(track.cues) + 1
