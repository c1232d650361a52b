"""Files to tracks: recognition by content, limits, refusals, plugins, languages."""

import json
import os
import re
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.formats import FORMATS
from headnotes.issues import HeadnotesError, Issue, PluginError, TrackError
from headnotes.model import Cue, TrackFormat
from headnotes.tracks import LIMITS, NO_LIMITS, Limits, parse_track, provide_formats, read_track

SRT = b"1\n00:00:01,000 --> 00:00:02,000\nJa.\n"
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nJa.\n"
ASS = b"[Script Info]\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Ja.\n"
TTML = b'<?xml version="1.0"?><!-- x --><tt><body><p begin="1s" end="2s">Ja.</p></body></tt>'


@pytest.mark.parametrize(
    ("data", "name"), [(SRT, "srt"), (VTT, "webvtt"), (ASS, "ass"), (TTML, "ttml")]
)
@pytest.mark.parametrize("suffix", [".srt", ".vtt", ".ass", ".txt", ""])
def test_content_tells_the_format_not_the_ending(data, name, suffix):
    track = parse_track(data, f"episode{suffix}")
    assert (track.format, [cue.text for cue in track.cues]) == (name, ["Ja."])


def test_track_says_how_it_was_read(tmp_path):
    path = tmp_path / "A.S01E01.de.srt"
    path.write_bytes(b"\xef\xbb\xbf" + SRT)
    track = read_track(path)
    assert (track.name, track.encoding, track.encoding_certainty) == (path.name, "utf-8", "certain")
    assert (track.bom, track.source, track.language) == (True, SRT.decode(), "de")


def test_given_encoding_rules():
    data = SRT.replace(b"Ja.", "Żółć".encode("cp1250"))
    track = parse_track(data, "a.srt", encoding="cp1250")
    assert (track.cues[0].text, track.encoding_certainty) == ("Żółć", "given")


def test_dialogue_overrules_a_name_that_lies():
    line = "Ich weiß nicht, wo du warst. Was ist das, und was haben wir mit der Polizei zu tun?"
    track = parse_track(SRT.replace(b"Ja.", line.encode()), "A.S01E01.en.srt")
    assert track.language == "de"
    assert [repair.code for repair in track.repairs] == ["language-mismatch"]


NO_SUBTITLES = {
    "empty": (b"", "an empty file"),
    "blank": (b" \n\t\n", "nothing but white space"),
    "nul": (b"\0" * 10_000, "nothing but NUL"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG picture"),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG picture"),
    "matroska": (b"\x1aE\xdf\xa3\x01\0\0\0", "Matroska film"),
    "mp4": (b"\0\0\0\x18ftypmp42", "MP4 film"),
    "vobsub": (b"\0\0\x01\xba\x44\0", "picture subtitles"),
    "html": (b"<!DOCTYPE html><html><tt>404</tt>", "web page"),
    "json": (json.dumps({"error": 404}).encode(), "JSON"),
    "random": (bytes(range(1, 256)) * 40, "binary data"),
    "text": (b"Dies ist ein Brief.\n", "without a single timestamp"),
    "vtt-without-cues": (b"WEBVTT\n\nNOTE nichts", "without a cue"),
    "ass-without-cues": (b"[Script Info]\nTitle: x\n", "without a Dialogue line"),
    "cut-utf16": ("\ufeffJa".encode("utf-16-le")[:-1], "without a single timestamp"),
}


@pytest.mark.parametrize(("data", "what"), NO_SUBTITLES.values(), ids=NO_SUBTITLES)
def test_file_that_is_no_subtitle_gets_its_line(data, what):
    with pytest.raises(TrackError) as caught:
        parse_track(data, "episode.srt")
    (problem,) = caught.value.issues
    assert problem.path == "episode.srt"
    assert what in problem.message
    assert "\n" not in str(caught.value)


NAMED = {
    "scc": (b"Scenarist_SCC V1.0\n\n00:00:01:00\t9420 94d0\n", "SCC", "ffmpeg -i FILE.scc"),
    "lrc": (b"[ar:x]\n[00:01.00]Ja\n[00:03.00]Nein\n", "LRC", "ffmpeg -i FILE.lrc"),
    "spruce": (
        b"$FontName = Arial\n00:00:01:00 , 00:00:02:00 , Ja\n",
        "Spruce STL",
        "ffmpeg -f stl -i FILE.stl",
    ),
    "ebu": (b"850STL25.01" + b"1" * 1_013, "EBU STL", "tt convert -i FILE.stl"),
    "srv3": (b'<?xml version="1.0"?><timedtext format="3"><body/></timedtext>', "srv3", "yt-dlp"),
    "idx": (b"# VobSub index file, v7\nsize: 720x576\n", "VobSub", "OCR"),
    "sup": (b"PG\x00\x01\x02\x03\0\0\0\0\x16", "PGS", "OCR"),
    "ts": ((b"G" + b"\x11" * 187) * 5, "MPEG film", "real ending"),
    "m2ts": ((b"\0\0\0\0G" + b"\x11" * 187) * 5, "MPEG film", "real ending"),
}


@pytest.mark.parametrize(("data", "name", "remedy"), NAMED.values(), ids=NAMED)
def test_format_that_is_not_read_is_named_with_what_converts_it(data, name, remedy):
    with pytest.raises(TrackError) as caught:
        parse_track(data, "a.sub")
    (issue,) = caught.value.issues
    assert name in issue.message
    assert remedy in issue.hint


def test_archive_is_to_be_unpacked(tmp_path):
    path = tmp_path / "a.srt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.srt", SRT)
    with pytest.raises(TrackError, match="ZIP archive; unpack it"):
        read_track(path)


def test_text_that_begins_like_another_kind_is_read():
    assert parse_track(b"PG 13\n\n" + SRT, "a.srt").cues[0].text == "Ja."


def test_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.srt"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    with pytest.raises(TrackError, match="300 MB, and a subtitle file has 20 MB at most"):
        read_track(path)


def test_limit_can_be_moved(tmp_path):
    path = tmp_path / "a.srt"
    path.write_bytes(SRT)
    assert read_track(path, limits=Limits(file_bytes=len(SRT))).cues
    with pytest.raises(TrackError, match="--large"):
        read_track(path, limits=Limits(file_bytes=len(SRT) - 1))


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(cues=2), "about 3 cues, and a subtitle file has 2 at most"),
        (Limits(cue_chars=10), "cue 2 has 11 characters, and a cue has 10 at most"),
        (Limits(file_bytes=9), "0 MB, and a subtitle file has 0 MB at most"),
    ],
)
def test_each_limit_is_said_and_can_be_lifted(limits, message):
    text = "".join(
        f"{number}\n00:00:0{number},000 --> 00:00:0{number},900\n{'x' * (9 + number)}\n\n"
        for number in (1, 2, 3)
    )
    with pytest.raises(TrackError, match=re.escape(message)):
        parse_track(text.encode(), "a.srt", limits=limits)
    assert len(parse_track(text.encode(), "a.srt", limits=NO_LIMITS).cues) == 3


def test_limits_are_those_we_name():
    assert (LIMITS.file_bytes, LIMITS.cues, LIMITS.cue_chars) == (20 * 1024**2, 100_000, 10_000)


def test_cues_of_a_format_that_counts_otherwise_are_limited_too():
    lines = TrackFormat(
        name="lines",
        suffixes=(".txt",),
        recognise=lambda _: True,
        parse=lambda text: (
            tuple(
                Cue(number=n, start_ms=n, end_ms=n, text=line, spoken=line, raw=line)
                for n, line in enumerate(text.split("\n"), 1)
            ),
            (),
        ),
    )
    with pytest.raises(TrackError, match="3 cues, and a subtitle file has 2 at most"):
        parse_track(b"a\nb\nc", "a.txt", formats=[lines], limits=Limits(cues=2))


def test_missing_file_and_folder_get_their_lines(tmp_path):
    with pytest.raises(TrackError, match="cannot be read"):
        read_track(tmp_path / "a.srt")
    with pytest.raises(TrackError, match="cannot be read"):
        read_track(tmp_path / "a\0.srt")
    with pytest.raises(TrackError, match="a folder"):
        read_track(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_pipe_is_refused_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.srt")
    with pytest.raises(TrackError, match="not a regular file"):
        read_track(tmp_path / "a.srt")


def test_hook_provide_formats_brings_ours():
    assert tuple(provide_formats()) == FORMATS
    names = "srt webvtt ass ttml sami subviewer subviewer1 microdvd mpl2 tmplayer"
    assert [form.name for form in FORMATS] == names.split()


def shout_format(parse):
    """Make a format of a plugin that reads text in capitals."""
    return TrackFormat(name="shout", suffixes=(".shout",), recognise=str.isupper, parse=parse)


def test_format_of_a_plugin_reads_what_ours_do_not():
    cue = Cue(number=1, start_ms=0, end_ms=1, text="JA", spoken="JA", raw="JA")
    form = shout_format(lambda _: ((cue,), ()))
    track = parse_track(b"JA", "a.shout", formats=(*FORMATS, form))
    assert (track.format, track.cues) == ("shout", (cue,))


def test_format_of_a_plugin_that_fails_is_named():
    def fail(_):
        raise PluginError(Issue(path="plugin 'p', format 'shout'", code="x", message="no luck"))

    with pytest.raises(TrackError, match=r"plugin 'p', format 'shout': 'a\.shout': no luck"):
        parse_track(b"JA", "a.shout", formats=(*FORMATS, shout_format(fail)))


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (KeyError("x"), "KeyError: 'x'"),
        (ValueError("two\nlines"), "ValueError: two lines"),
        (RecursionError(), "RecursionError:"),
        (MemoryError(), "MemoryError:"),
    ],
    ids=repr,
)
def test_reader_that_fails_costs_its_file_alone(error, what, tmp_path):
    def fail(_):
        raise error

    path = tmp_path / "a.srt"
    path.write_bytes(b"JA")
    with pytest.raises(TrackError) as caught:
        read_track(path, formats=(shout_format(fail), *FORMATS))
    (issue,) = caught.value.issues
    assert (issue.path, issue.code) == (path.as_posix(), "failed-reader")
    assert issue.message == f"the reader of shout fails on it ({what})"
    assert caught.value.__cause__ is error


def read_or_refuse(data):
    """Read bytes to their cues, or to the lines that refuse them; no reader of ours fails."""
    try:
        return parse_track(data, "a.srt").cues, []
    except HeadnotesError as error:
        assert [issue for issue in error.issues if issue.code == "failed-reader"] == []
        return (), str(error).splitlines()


PIECES = [
    "1", "\n", "\r\n", "\n\n", " ", "Ja.", "[", "]", "{", "}", "<", ">", "/", "|", ",", '\x00',
    '\ufeff', "00:00:01,000", " --> ", "00:00:02,000", "-1:00:00,5", "99999999999:00:00.000",
    "align:start", "<i>", "</i>", "<font color=red>", "{\\an8}", "{\\pos(1,2)}", "&amp;", "&#0;",
    "&nbsp;", "&#x110000;", "WEBVTT", "NOTE", "STYLE", "REGION", "<v A>", "<00:01.000>",
    "X-TIMESTAMP-MAP=MPEGTS:1,LOCAL:0", "[Script Info]", "[V4+ Styles]", "[Events]",
    "PlayResY: 0", "Format: ", "Style: ", "Dialogue: ", "Start,", "End,", "Text", "Name",
    "Alignment", "0:00:01.00,", "Default,", "\\N", "{\\p1}", "<tt>", '<tt region="x">',
    '<tt ttp:frameRate="0" ttp:tickRate="0">', "</tt>", "<head>", "</head>", "<layout>",
    "</layout>", "<region>", '<region id="x">', '<region style="s"/>', "</region>",
    '<style origin="1% 1%"/>', '<style id="s" style="s" origin="1% .%"/>', "<body>", "</body>",
    '<div timeContainer="seq" begin="1s">', "</div>", '<p begin="1s" end="2s">',
    '<p begin="-1f">', '<p dur="1t" region="x">', "</p>", '<span begin="9s" style="s">',
    "</span>", "<br/>", "<!--", "-->", "<SAMI>", "<BODY>", "<SYNC start=1000>", "<SYNC start=",
    "<SYNC>", "<P Class=ENCC>", "</SAMI>", "{1}{1}25", "{1}{1}0", "{25}{50}", "{999999999}{0}",
    "[10][20]", "[-1][999999999]", "00:00:01:", "00:00:01.00,00:00:02.00",
    "0:00:01.000,0:00:02.000", "[00:00:01]", "[00:12.00]", "[br]", "[END]",
]  # fmt: skip
STARTS = [
    "", "1\n00:00:01,000 --> ", "WEBVTT\n\n", "[Events]\n", "<tt>", "<SAMI><BODY>",
    "{1}{1}25\n{1}{2}", "[1][2]", "00:00:01:", "[00:00:01]\n", "0:00:01.000,0:00:02.000\n",
]  # fmt: skip


@given(st.sampled_from(STARTS), st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_pieces_of_formats_give_a_track_or_one_line(start, pieces):
    cues, lines = read_or_refuse("".join((start, *pieces)).encode())
    assert bool(cues) != bool(lines)
    assert len(lines) <= 1


@given(st.binary(max_size=300), st.sampled_from([b"", SRT, VTT, ASS, TTML]))
def test_any_bytes_give_a_track_or_one_line(data, start):
    cues, lines = read_or_refuse(start + data)
    assert bool(cues) != bool(lines)
    assert len(lines) <= 1
    assert all(0 <= cue.start_ms <= cue.end_ms for cue in cues)
    assert [cue.number for cue in cues] == list(range(1, len(cues) + 1))


HEAVY = ("pysrt", "pysubs2", "webvtt", "xml", "chardet", "guessit", "json", "html", "subprocess")


def test_import_brings_nothing_heavy_along():
    code = f"import sys, headnotes.tracks; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_said_in_xml_does_not_make_it_substation():
    line = b"\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Ja.\n[Events]\n"
    assert parse_track(TTML.replace(b"Ja.", line), "a.ttml").format == "ttml"


def test_pipe_that_takes_a_files_place_is_not_waited_for(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "a.srt")
    (tmp_path / "b.srt").write_bytes(SRT)
    regular = (tmp_path / "b.srt").stat()
    monkeypatch.setattr("pathlib.Path.stat", lambda *_, **__: regular)
    with pytest.raises(TrackError, match="not a regular file"):
        read_track(tmp_path / "a.srt")
