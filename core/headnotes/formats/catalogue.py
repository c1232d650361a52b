"""The formats we bring: how each is recognised, and where its reader and writer live.

What reads a format is imported when a file of that format comes: most runs see SubRip alone.
"""

from __future__ import annotations

import re

from headnotes.formats.srt import parse_srt, write_srt_track
from headnotes.formats.timestamps import STRICT_SRT, has_arrow
from headnotes.lazy import import_later
from headnotes.model import TrackFormat

_ASS_MARK = (
    r"(?im)^[ \t\ufeff]*(?:\[(?:Script Info|V4\+? Styles|Events)\]|Dialogue:[^,\n]*,[^,\n]*:)"
)
_TTML_ROOT = r"<(?:[\w.-]{1,40}:)?tt[\s>/]|<!DOCTYPE\s+(?:[\w.-]{1,40}:)?tt[\s>\[]"
_XML_PROLOGUE = (("<?", "?>"), ("<!--", "-->"))


def _is_srt(source: str) -> bool:
    """Whether a timing line comes before anything that another format begins with."""
    for line in re.finditer(r"[^\r\n]+", source):
        if has_arrow(line.group()) and _is_timing(line.group()):
            head = source[: line.start()]
            return not (_is_vtt(head) or _is_ass(head) or _is_ttml(source))
    return False


def _is_timing(line: str) -> bool:
    if STRICT_SRT.match(line):
        return True
    from headnotes.formats.odd_clocks import read_timing

    return read_timing(line) is not None


def _is_vtt(source: str) -> bool:
    """Whether a file begins with the signature of WebVTT, blank lines before it or not."""
    return source.lstrip().startswith("WEBVTT")


def _is_ass(source: str) -> bool:
    """Whether a line opens a section of SubStation or is one of its events."""
    return re.search(_ASS_MARK, source) is not None


def _is_ttml(source: str) -> bool:
    """Whether the root element is `tt`, past declarations and comments."""
    place = 0
    while begun := re.compile(r"\S").search(source, place):
        place = begun.start()
        closing = next((end for start, end in _XML_PROLOGUE if source.startswith(start, place)), "")
        if not closing:
            return re.compile(_TTML_ROOT).match(source, place) is not None
        found = source.find(closing, place)
        if found < 0:
            return False
        place = found + len(closing)
    return False


FORMATS: tuple[TrackFormat, ...] = (
    TrackFormat(
        name="srt",
        suffixes=(".srt",),
        recognise=_is_srt,
        parse=parse_srt,
        write=write_srt_track,
    ),
    TrackFormat(
        name="webvtt",
        suffixes=(".vtt", ".webvtt"),
        recognise=_is_vtt,
        parse=import_later("headnotes.formats.webvtt", "parse_vtt"),
        write=import_later("headnotes.formats.webvtt", "write_vtt_track"),
    ),
    TrackFormat(
        name="ass",
        suffixes=(".ass", ".ssa"),
        recognise=_is_ass,
        parse=import_later("headnotes.formats.ass", "parse_ass"),
        write=import_later("headnotes.formats.ass", "write_ass_track"),
    ),
    TrackFormat(
        name="ttml",
        suffixes=(".ttml", ".dfxp", ".itt", ".xml"),
        recognise=_is_ttml,
        parse=import_later("headnotes.formats.ttml", "parse_ttml"),
    ),
)
"""The formats we bring; a file goes to the first that recognises its text."""
