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
_UNPACK = "unpack it and give the subtitle files in it"
_EXTRACT = "give the film with its real ending, .mkv or .mp4"
_OCR = "turn them into text by OCR first"
_REMEDIES = (("archive", _UNPACK), ("film", _EXTRACT), ("picture subtitles", _OCR))
_HTML = r"(?i)\s*(?:<!DOCTYPE html|<html|<head|<body)"
_JSON = r"\s*[\[{]\s*[\"{\[}\]]"
_PLAYLIST = r"\s*#EXTM3U"
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
    found = next((what for magic, what in _MAGIC if data.startswith(magic)), None)
    # `PG 13` at the start of a text is no picture: pictures have control characters
    start = data[:_START_BYTES]
    return found if len(start.translate(None, _CONTROLS)) < len(start) else None


def describe_text(text: str) -> str:
    """Return what text is that no format recognises."""
    if not text.strip():
        return "a file of nothing but white space"
    if re.match(_HTML, text):
        return "a web page, perhaps an error page of the site it came from"
    if re.match(_JSON, text):
        return "JSON data"
    if re.match(_PLAYLIST, text):
        return "a playlist"
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
