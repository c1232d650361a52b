"""The formats we bring, and how each is recognised.

What reads a format is imported when a file of that format comes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from headnotes.formats.timestamps import is_timing_line
from headnotes.issues import Issue
from headnotes.model import Cue, TrackFormat
from headnotes.values import evolve

if TYPE_CHECKING:
    from fractions import Fraction

Parsed = tuple[tuple[Cue, ...], tuple[Issue, ...]]

# A section, or an event with times; SubRip may well have somebody say "Dialogue:".
_ASS_MARK = (
    r"(?im)^[ \t\ufeff]*(?:\[(?:Script Info|V4\+? Styles|Events)\]|Dialogue:[^,\n]*,[^,\n]*:)"
)
_TTML_ROOT = r"<(?:[\w.-]{1,40}:)?tt[\s>/]|<!DOCTYPE\s+(?:[\w.-]{1,40}:)?tt[\s>\[]"
_SAMI_ROOT = r"(?im)^[ \t\ufeff]*<sami[\s>]"
# How lyrics begin their lines, too: `[00:12.00]Words`.
_BRACKETED_TIME = r"(?m)^[^\S\n]*\[\d{1,3}:\d\d"
# Enough to know a format by whose marks stand everywhere, or at the start.
_SAMPLE_CHARS = 10_000
_XML_PROLOGUE = (("<?", "?>"), ("<!--", "-->"))


def _is_srt(source: str) -> bool:
    """Whether a timing line comes before anything that another format begins with."""
    for line in re.finditer(r"[^\r\n]+", source):
        if is_timing_line(line.group()):
            # the header of another format inside the dialogue is something that is said
            before = source[: line.start()]
            return not (_is_vtt(before) or _is_ass(before) or _is_ttml(source))
    return False


def _is_vtt(source: str) -> bool:
    """Whether a file begins with the signature of WebVTT, blank lines before it or not."""
    return source.lstrip().startswith("WEBVTT")


def _is_ass(source: str) -> bool:
    """Whether a line opens a section of SubStation or is one of its events, outside XML."""
    # most that is asked about is the number before the first timing line of SubRip
    may_be = "[" in source or ":" in source
    return may_be and re.search(_ASS_MARK, source) is not None and not _is_ttml(source)


def _is_ttml(source: str) -> bool:
    """Whether the root element is `tt`, past declarations and comments."""
    place = 0
    while begun := re.compile(r"\S").search(source, place):
        place = begun.start()
        closing = next((end for start, end in _XML_PROLOGUE if source.startswith(start, place)), "")
        if not closing:
            is_element = source.startswith("<", place)
            return is_element and re.compile(_TTML_ROOT).match(source, place) is not None
        found = source.find(closing, place)
        if found < 0:
            return False
        place = found + len(closing)
    return False


def _is_linewise(source: str, start: str) -> bool:
    """Whether most lines that hold anything begin like a cue of a format of one line each."""
    lines = [line for line in source[:_SAMPLE_CHARS].splitlines() if line.strip()]
    return sum(re.match(start, line) is not None for line in lines) * 2 > len(lines)


def _is_microdvd(source: str) -> bool:
    from headnotes.formats.linewise import MICRODVD_LINE

    return _is_linewise(source, MICRODVD_LINE)


def _is_mpl2(source: str) -> bool:
    from headnotes.formats.linewise import MPL2_LINE

    return _is_linewise(source, MPL2_LINE)


def _is_tmplayer(source: str) -> bool:
    from headnotes.formats.linewise import TMPLAYER_LINE

    return _is_linewise(source, TMPLAYER_LINE)


def _is_sami(source: str) -> bool:
    """Whether a line near the start opens the element `sami`."""
    return re.search(_SAMI_ROOT, source[:_SAMPLE_CHARS]) is not None


def _is_subviewer(source: str) -> bool:
    """Whether a line is two times of SubViewer or SBV and nothing else."""
    from headnotes.formats.subviewer import TIMING_LINE

    return TIMING_LINE.search(source) is not None


def _is_subviewer_1(source: str) -> bool:
    """Whether times in brackets stand alone; in lyrics the words stand beside them."""
    from headnotes.formats.subviewer import POINT_LINE

    alone = len(POINT_LINE.findall(source))
    return 2 * alone > len(re.findall(_BRACKETED_TIME, source))


def set_frame_rate(formats: Sequence[TrackFormat], frame_rate: Fraction) -> tuple[TrackFormat, ...]:
    """Return formats that know the frame rate of files that count frames and do not state it."""

    def parse(source: str) -> Parsed:
        return _parse_microdvd(source, float(frame_rate))

    return tuple(
        evolve(form, parse=parse) if form.parse is _parse_microdvd else form for form in formats
    )


def _parse_srt(source: str) -> Parsed:
    from headnotes.formats.srt import parse_srt

    return parse_srt(source)


def _parse_vtt(source: str) -> Parsed:
    from headnotes.formats.webvtt import parse_vtt

    return parse_vtt(source)


def _parse_ass(source: str) -> Parsed:
    from headnotes.formats.ass import parse_ass

    return parse_ass(source)


def _parse_ttml(source: str) -> Parsed:
    from headnotes.formats.ttml import parse_ttml

    return parse_ttml(source)


def _parse_microdvd(source: str, frame_rate: float | None = None) -> Parsed:
    from headnotes.formats.linewise import parse_microdvd

    return parse_microdvd(source, frame_rate)


def _parse_mpl2(source: str) -> Parsed:
    from headnotes.formats.linewise import parse_mpl2

    return parse_mpl2(source)


def _parse_tmplayer(source: str) -> Parsed:
    from headnotes.formats.linewise import parse_tmplayer

    return parse_tmplayer(source)


def _parse_sami(source: str) -> Parsed:
    from headnotes.formats.linewise import parse_sami

    return parse_sami(source)


def _parse_subviewer(source: str) -> Parsed:
    from headnotes.formats.subviewer import parse_subviewer

    return parse_subviewer(source)


def _parse_subviewer_1(source: str) -> Parsed:
    from headnotes.formats.subviewer import parse_subviewer_1

    return parse_subviewer_1(source)


FORMATS: tuple[TrackFormat, ...] = (
    TrackFormat(name="srt", suffixes=(".srt",), recognise=_is_srt, parse=_parse_srt),
    TrackFormat(name="webvtt", suffixes=(".vtt", ".webvtt"), recognise=_is_vtt, parse=_parse_vtt),
    TrackFormat(name="ass", suffixes=(".ass", ".ssa"), recognise=_is_ass, parse=_parse_ass),
    TrackFormat(
        name="ttml",
        suffixes=(".ttml", ".dfxp", ".itt", ".xml"),
        recognise=_is_ttml,
        parse=_parse_ttml,
    ),
    TrackFormat(name="sami", suffixes=(".smi", ".sami"), recognise=_is_sami, parse=_parse_sami),
    TrackFormat(
        name="subviewer",
        suffixes=(".sbv", ".sub"),
        recognise=_is_subviewer,
        parse=_parse_subviewer,
    ),
    TrackFormat(
        name="subviewer1",
        suffixes=(".sub",),
        recognise=_is_subviewer_1,
        parse=_parse_subviewer_1,
    ),
    TrackFormat(name="microdvd", suffixes=(".sub",), recognise=_is_microdvd, parse=_parse_microdvd),
    TrackFormat(
        name="mpl2", suffixes=(".mpl", ".mpl2", ".txt"), recognise=_is_mpl2, parse=_parse_mpl2
    ),
    TrackFormat(
        name="tmplayer", suffixes=(".tmp", ".txt"), recognise=_is_tmplayer, parse=_parse_tmplayer
    ),
)
"""The formats we bring; a file goes to the first that recognises its text."""
