"""What the harnesses begin with, and the words that break it: data alone."""

from __future__ import annotations

import random
from pathlib import Path

from made_topics import SMALL_TOPIC

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "subtitles/babylon-berlin/S01E04.en.srt").read_bytes()[:6_000]
TRACK_SEEDS = tuple(
    text.encode()
    for text in (
        "1\n00:00:01,000 --> 00:00:02,000\nDas weiß ich nicht.\n\n2\n00:00:03,500 --> 00:00:04,000"
        " X1:1 X2:2\n- WOLTER: <i>Nein</i>.\n- [lacht] {\\an8}Doch &amp; ♪\n",
        "WEBVTT - x\n\nSTYLE\n::cue {}\n\nNOTE x\n\na\n00:01.000 --> 00:02.000 line:0\n<v Anna>Ja"
        "</v> <c.b>nein</c>\n\n00:00:03.000 --> 00:00:04.000\n&lt;x&gt;\n",
        "[Script Info]\n; x\n\n[V4+ Styles]\nFormat: Name, Alignment\nStyle: A,8\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,A,Anna,0,0,0,,{\\i1}Ja{\\p1}m 0 0{\\p0}\\Nnein\n"
        "Comment: 0,0:00:00.00,0:00:00.00,,,0,0,0,,x\n",
        '<?xml version="1.0"?><!-- x --><tt xmlns:ttp="a" ttp:frameRate="24" ttp:tickRate="9">'
        '<head><styling><style id="i" fontStyle="italic"/></styling><layout><region id="r" '
        'origin="1% 2%"/></layout></head><body><div timeContainer="seq" begin="1s"><p dur="2s" '
        'region="r">Ja<br/><span style="i" begin="10t" end="00:00:01:12">nein &amp;</span></p>'
        "</div></body></tt>",
    )
)
TRACK_WORDS = (
    *(b"-->", b"->", b"\n\n", b"\r\r\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1a"),
    *(
        b"00:00:0",
        b"99:99:99,999",
        b"-1",
        b"1" * 30,
        b".",
        b",",
        b":",
        b"\xd9\xa3",
        b"\xe2\x80\x8f",
    ),
    *(b"<", b">", b"<i>", b"{\\", b"}", b"[", b"]", b"(", b")", b"&#x", b"&amp;", b";", b"\\N"),
    *(b"WEBVTT", b"NOTE", b"STYLE", b"Dialogue:", b"Format:", b"[Events]", b"\\p1", b"\\an8"),
    *(b"<tt>", b"</tt>", b"<p begin='1s'>", b"</p>", b"dur='1t'", b"<!--", b"<!DOCTYPE tt"),
    *(b"\xe4\xf6\xfc", b"\xc3", b"\x81\x8d", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xb9\xea"),
)
TOPIC = (
    SMALL_TOPIC.partition("[[notes]]")[0].encode()
    + b"""[[notes]]
id = "snow"
verdict = "inaccurate"
confidence = "high"
episodes = ["S01E04"]
en = { headnote = "No snow.", shown = "Snow.", record = "It was warm.", confidence = "Clear." }
citations = [{ source = "almanac", at = "page 3", stance = "disputes" }]
[notes.anchor]
all = ["snow*", "~Berlin"]
any = ["ice|rain coat", "*storm"]
at_least = 1
within = 60
[notes.cases]
hits = [["snow in Berlin", "a"]]
misses = [["sun"]]
"""
)
WORK = b"""format = 1
id = "weather-film"
title = { en = "The Weather" }
aliases = ["Wetter"]
names = ["Liebermann", "Otto|Otti"]
[[episodes]]
id = "S01E01"
numberings = { disc = "S01E02" }
[[depictions]]
id = "storm"
shown = { en = "A storm." }
episodes = ["S01E01"]
anchor = { any = ["storm*", "wind", "rain coat"], at_least = 2, when = "every", widen = "scene" }
"""
TOML_WORDS = (
    b'"', b"'", b'"""', b"[", b"]", b"[[", b"]]", b"{", b"}", b"=", b"\n", b"#", b"\\u0000",
    b"1979-05-27", b"1e999", b"nan", b"true", b"[[notes]]", b"[notes.en]", b"all = []", b"~", b"*",
    b"|", b"9" * 40, b"\xe2\x80\xae", b"\xff", b"a" * 300, b"id = 'x'\n", b"[" * 50, b"\0",
)  # fmt: skip
TERM_SEEDS = (b"snow*", b"*now", b"*no*", b"~Berlin", b"a b|c d", b"don't", b"rain-coat", b"A. B.")
TERM_WORDS = (b"*", b"~", b"|", b" ", b"-", b"'", b".", b"\xc3\x9f", b"\xcc\x81", b"\xe2\x80\x99",
    b"\xf0\x9f\x98\x80", b"\xd9\xa3", b"(", b"\\", b"\0", b"a" * 99)  # fmt: skip
NAME_SEEDS = (b"Babylon.Berlin.S01E04.1080p.WEB.x264-GRP.en.sdh.srt", b"Show/Season 1/01x04 - a",
    b"Folge 3 (2017) [de].forced", b"CON.en", b"S1E1-E3.default", b"..", b"a\\b")  # fmt: skip
NAME_WORDS = (b".", b"/", b"\\", b"-", b" ", b"S01E", b"x", b"E", b"\xff", b"\xcc\x81", b"\0",
    b"\n", b"\x1b[31m", b"9" * 30, b"a" * 300, b"%s", b"'", b"\xe2\x80\xae", b".en", b".hi", b":",
    b"NUL")  # fmt: skip
OPTION_SEEDS = (b"topics", b"topics\0blutmai\0--lang\0de", b"plugins\0--no-plugins",
    b"explain\0a.srt\0snow\0--episode\0S01E04", b"annotate\0a.srt\0--for\0vlc\0--seen\0all",
    b"report\0a.srt\0--format\0json\0--verdict\0invented", b"lint\0a.srt", b"check\0t.toml",
    b"bibliography\0--format\0bibtex", b"preview\0a.srt\0--topic\0x", b"new\0x\0--work\0y",
    b"--version", b"report\0-o\0x\0--overwrite")  # fmt: skip
OPTION_WORDS = (b"\0", b"-", b"--", b"=", b"--lang", b"\xff", b"\x1b", b"-o", b"--work", b"'",
    b"S99E99", b"--only-plugin", b"--density", b"\n",
    b"--encoding\0utf-16", b"--stream\09")  # fmt: skip
NOISE = (random.Random(1929).randbytes(4_000),)
