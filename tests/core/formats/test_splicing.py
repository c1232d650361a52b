"""Tracks written back: equal bytes where nothing changed, and little change where something did."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import Cue, Track
from headnotes.tracks import parse_track, write_track

SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,000 X1:5\r\n<i>Ja.</i>  \r\n\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,000\r\nNein."
)
VTT = """\
WEBVTT Titel

STYLE
::cue { color: lime }

eins
00:01.000 --> 00:02.000 line:0
<i>Ja.</i>

NOTE hier
bleibt alles

00:03.000 --> 00:04.000
Nein.

STYLE
zuletzt
"""
ASS = """\
[Script Info]
; eigene Bemerkung

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 3,0:00:01.00,0:00:02.00,Oben,Anna,1,2,3,fx,{\\i1}Ja.
Comment: 0,0:00:00.00,0:00:00.00,,,0,0,0,,bleibt
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Nein.

[Fonts]
fontname: x
"""
SOURCES = {"srt": SRT, "webvtt": VTT, "ass": ASS}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_unchanged_track_gives_equal_bytes(source, encoding):
    data = source.replace("Nein", "Nö, größer, für Tür, Öl").encode(encoding)
    track = parse_track(data, "a")
    assert track.repairs == ()
    assert write_track(track) == data


CHANGED = {
    "srt": SRT.replace(" X1:5\r\n<i>Ja.</i>  \r\n", "\r\nDoch.\r\n"),
    "webvtt": VTT.replace("00:01.000 --> 00:02.000", "00:00:01.000 --> 00:00:02.000").replace(
        "<i>Ja.</i>", "Doch."
    ),
    "ass": ASS.replace("{\\i1}Ja.", "Doch."),
}


@pytest.mark.parametrize("name", SOURCES)
def test_changed_cue_changes_nothing_else(name):
    track = parse_track(SOURCES[name].encode(), "a")
    first, second = track.cues
    changed = evolve(track, cues=(evolve(first, raw="Doch."), second))
    assert write_track(changed).decode() == CHANGED[name]


@pytest.mark.parametrize("name", SOURCES)
def test_cues_may_be_taken_out_and_put_in(name):
    track = parse_track(SOURCES[name].encode(), "a")
    first, second = track.cues
    new = Cue(number=3, start_ms=5_000, end_ms=6_000, text="Neu.", spoken="Neu.", raw="Neu.")
    written = write_track(evolve(track, cues=(new, second)))
    again = parse_track(written, "a")
    assert [(cue.start_ms, cue.text) for cue in again.cues] == [(5_000, "Neu."), (3_000, "Nein.")]
    assert first.raw.encode() not in written


@pytest.mark.parametrize("name", SOURCES)
def test_made_track_is_written_whole(name):
    made = [
        Cue(number=n, start_ms=n * 1_000, end_ms=n * 1_000 + 500, text=t, spoken=t, raw=t)
        for n, t in enumerate(["Ja,\nja.", "Nein."], 1)
    ]
    track = Track(name="a", format=name, language=None, cues=tuple(made))
    again = parse_track(write_track(track), "a")
    assert again.repairs == ()
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in again.cues] == [
        (cue.start_ms, cue.end_ms, cue.text) for cue in made
    ]


blocks = st.lists(
    st.tuples(
        st.integers(0, 99),
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20),
        st.sampled_from(["\n", "\r\n", "\n\n"]),
    ),
    min_size=1,
    max_size=6,
)


@given(blocks, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_found_srt_files_round_trip(blocks, encoding):
    source = "".join(
        f"{n}\n00:00:{s:02},000 --> 00:01:{s:02},000{end}{text}\n\n"
        for n, (s, text, end) in enumerate(((s % 60, t, e) for s, t, e in blocks), 1)
    )
    track = parse_track(source.encode(encoding), "a.srt")
    assert write_track(track) == source.encode(encoding)


@given(blocks, st.booleans())
def test_found_vtt_files_round_trip(blocks, has_style):
    source = "WEBVTT\n\n" + "STYLE\n::cue {}\n\n" * has_style
    source += "".join(
        f"00:{s % 60:02}.000 --> 01:{s % 60:02}.000{end}{text}\n\nNOTE {s}\n\n"
        for s, text, end in blocks
    )
    assert write_track(parse_track(source.encode(), "a")) == source.encode()


@given(blocks, st.sampled_from(["\n", "\r\n"]))
def test_found_ass_files_round_trip(blocks, eol):
    source = "[Script Info]\n; x\n\n[Events]\n" + "".join(
        f"Dialogue: 0,0:00:{s % 60:02}.00,0:01:{s % 60:02}.00,Default,,0,0,0,,{text}\n"
        for s, text, _ in blocks
    )
    source = source.replace("\n", eol)
    assert write_track(parse_track(source.encode(), "a")) == source.encode()
