"""What a file is that is not a subtitle file, in words that tell its owner what to do."""

from __future__ import annotations

import re

_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x1a\x45\xdf\xa3", "a Matroska film"),
    (b"\x00\x00\x01\xba", "picture subtitles (VobSub) or an MPEG film"),
    (b"PG", "picture subtitles (PGS)"),
    (b"ID3", "a sound file"),
    (b"OggS", "an Ogg film or sound file"),
    (b"RIFF", "an AVI film or a sound file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
)
_HTML = r"(?i)\A\s*(?:<!DOCTYPE html|<html|<head|<body)"
_JSON = r"\A\s*[\[{]\s*[\"{\[}\]]"
_PLAYLIST = r"\A\s*#EXTM3U"
_EBU_STL = (b"STL25.01", b"STL30.01", b"STL24.01")
"""What stands behind the code page of a binary EBU STL file. Source: EBU Tech 3264, GSI block."""
_PACKET = 188
"""Bytes from one mark of a transport stream to the next, four more on Blu-ray discs."""
_NAMED_TEXTS = (
    (_HTML, "a web page, perhaps an error page of the site it came from"),
    (_JSON, "JSON data"),
    (_PLAYLIST, "a playlist"),
    (r"\A\s*# VobSub index file", "the index of picture subtitles (VobSub)"),
    (r"\A\s*Scenarist_SCC", "closed captions of Scenarist (SCC)"),
    (
        r"(?m)^[^\S\n]*\d\d:\d\d:\d\d[:;.]\d\d\s*,\s*\d\d:\d\d:\d\d[:;.]\d\d\s*,",
        "Spruce STL subtitles",
    ),
    (r"(?m)^[^\S\n]*\[\d{1,3}:\d\d(?:[.:]\d{1,3})?\]", "LRC lyrics"),
    (r"(?s)\A\s*(?:<\?.{0,200}?\?>\s*)?<(?:timedtext|transcript)[\s>]", "YouTube captions (srv3)"),
)
_UNPACK = "unpack it and give the subtitle files in it"
_EXTRACT = "give the film with its real ending, .mkv or .mp4"
_OCR = "turn them into text by OCR first"
_REMEDIES = (
    ("archive", _UNPACK),
    ("(PGS)", f"{_OCR}, for example with Subtitle Edit"),
    ("(VobSub)", f"{_OCR}, for example with Subtitle Edit; .idx and .sub belong together"),
    ("film", _EXTRACT),
    ("(SCC)", "convert it: ffmpeg -i FILE.scc FILE.srt"),
    ("Spruce STL", "convert it: ffmpeg -f stl -i FILE.stl FILE.srt"),
    ("EBU STL", "convert it: pip install ttconv, then tt convert -i FILE.stl -o FILE.ttml"),
    ("LRC", "convert it: ffmpeg -i FILE.lrc FILE.srt"),
    ("(srv3)", "get them as WebVTT: yt-dlp --skip-download --write-subs --sub-format vtt ADDRESS"),
)
_CONTROLS = bytes((*range(9), *range(14, 32)))
_START_BYTES = 4_096  # enough to know a file by


def describe_bytes(data: bytes) -> str | None:
    """Return what a file is by how it begins; `None` where it may be text."""
    if not data:
        return "an empty file"
    if not data.strip(b"\0"):
        return "a file of nothing but NUL bytes"
    if data[4:8] == b"ftyp":
        return "an MP4 film"
    if data[3:11] in _EBU_STL:
        return "EBU STL subtitles"
    if any(data[at :: _PACKET + at][:4] == b"GGGG" for at in (0, 4)):
        return "an MPEG film (transport stream)"
    found = next((what for magic, what in _MAGIC if data.startswith(magic)), None)
    # `PG 13` at the start of a text is no picture: pictures have control characters
    start = data[:_START_BYTES]
    return found if len(start.translate(None, _CONTROLS)) < len(start) else None


def describe_text(text: str) -> str:
    """Return what text is that no format recognises."""
    if not text.strip():
        return "a file of nothing but white space"
    for pattern, what in _NAMED_TEXTS:
        if re.search(pattern, text[:_START_BYTES]):
            return what
    start = text[:_START_BYTES]
    if sum(not (char.isprintable() or char.isspace()) for char in start) * 20 > len(start):
        return "binary data"
    return "text without a single timestamp of a subtitle format"


def suggest_remedy(what: str) -> str:
    """Return what to do about a file of this kind."""
    return next(
        (remedy for kind, remedy in _REMEDIES if kind in what),
        "give a subtitle file such as .srt, .vtt, .ass or .ttml",
    )
