"""What our profiles put into a track: which headnotes and cues, where, in which style.

How it is written is the business of `formats`, which is imported when a track is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from headnotes.languages import direction_of
from headnotes.model import Cue, Headnote, Track
from headnotes.text import escape_ass, escape_srt, escape_vtt, isolate_lines

_Row = TypeVar("_Row")
"""A cue or a headnote as the writer of a format takes it."""

_SRT_TOP = r"{\an8}"
"""In no specification of SubRip, so only where the player is known to honour it (P5)."""

_BRACES = str.maketrans("{}", "()")
"""What stands between braces mpv and ffmpeg hide in SubRip, whatever it is."""

_VTT_TOP = "line:0"

_WHITE, _YELLOW, _CYAN, _GREEN = "&HFFFFFF&", "&H00FFFF&", "&HFFFF00&", "&H00FF00&"
_LABEL_COLOURS: Mapping[str, str] = {
    "accurate": _GREEN,
    "mostly-accurate": _CYAN,
    "mostly-inaccurate": _YELLOW,
    "inaccurate": _YELLOW,
    "invented": _WHITE,
    "unverified": _WHITE,
    "context": _WHITE,
}
"""By verdict, blue before green before red as ASS writes colours.

There are fewer colours than verdicts, and none means anything without its word. Source: ITC
Guidance on Standards for Subtitling, 1999: white, yellow, cyan and green on black.
"""

_NOTE_STYLE: Mapping[str, str | float] = {
    "Fontname": "Arial",
    "Fontsize": 36.0,
    "PrimaryColour": "&H00FFFFFF",
    "SecondaryColour": "&H000000FF",
    "OutlineColour": "&H00000000",
    "BackColour": "&H00000000",
    "ScaleX": "100",
    "ScaleY": "100",
    "BorderStyle": "3",
    "Outline": 6.0,
    "Alignment": "8",
    "MarginL": 60.0,
    "MarginR": 60.0,
    "MarginV": 36.0,
    "Encoding": "1",
}
"""White on a black box, at the top.

A number is for a picture `SCRIPT_HEIGHT` high and is scaled to the file's own, as lengths must be;
a number written as text stands in the file as it is.
"""


def write_combined_srt(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue, and headnotes at the top of the picture."""
    from headnotes.formats import srt_text, write_srt

    crowded = _find_crowded(track, headnotes)

    # SubRip's own raw text has its place in it already
    def write_cue(cue: Cue) -> tuple[int, int, str]:
        place = _SRT_TOP if cue.is_top and track.format != "srt" else ""
        return cue.start_ms, cue.end_ms, place + srt_text(cue, track.format)

    def write_headnote(headnote: Headnote) -> tuple[int, int, str]:
        place = "" if headnote.start_ms in crowded else _SRT_TOP
        start_ms, end_ms, text = _write_unplaced(headnote)
        return start_ms, end_ms, place + text

    return write_srt(_merge(track, headnotes, write_cue, write_headnote))


def write_combined_plain(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue and headnotes without any place or style of ours.

    A WebVTT track stays WebVTT, so that its dialogue keeps its raw text and its settings. A
    headnote that is the only one is marked: neither place nor number tells that it is ours.
    """
    if len(headnotes) == 1:
        from headnotes.scheduling import mark_label

        headnotes = (mark_label(headnotes[0]),)
    if track.format == "webvtt":
        return _write_combined_vtt(track, headnotes)
    from headnotes.formats import srt_text, write_srt

    def write_cue(cue: Cue) -> tuple[int, int, str]:
        return cue.start_ms, cue.end_ms, srt_text(cue, track.format)

    return write_srt(_merge(track, headnotes, write_cue, _write_unplaced))


def write_notes_plain(_track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write the headnotes alone, for a second subtitle track or for muxing."""
    from headnotes.formats import write_srt

    return write_srt(map(_write_unplaced, headnotes))


def write_notes_web(_track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write the headnotes alone for a web page, at the top of the picture.

    There is no STYLE and no REGION block: ffmpeg, and with it many a player, reads such a file as
    empty (P1). A page that wants colours finds a class on each label: `::cue(.mostly-accurate)`.

    Source: W3C WebVTT, 3.5 (cue settings); FFmpeg trac #9064.
    """
    from headnotes.formats import write_vtt

    def write_headnote(headnote: Headnote) -> tuple[int, int, str, str]:
        label, text = escape_vtt(headnote.label), escape_vtt(headnote.text)
        # the label is escaped like the text, so that it can be found at its beginning
        marked = f"<c.{_name_verdict(headnote)}>{label}</c>{text.removeprefix(label)}"
        return headnote.start_ms, headnote.end_ms, _direct(headnote, marked), _VTT_TOP

    return write_vtt(map(write_headnote, headnotes))


def write_combined_ass(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue at the bottom, headnotes at the top in a box, their labels in colour.

    An ASS track keeps its styles, its fonts and the raw text of its events; times are rounded to
    the 10 ms that ASS counts.
    """
    from headnotes.formats import ass_text, open_script

    script = open_script(track)
    style = script.add_style("Note", _NOTE_STYLE)
    crowded = _find_crowded(track, headnotes)

    def write_cue(cue: Cue) -> str:
        # the file's own events keep all their fields, and styles that we know nothing of
        if script.is_own:
            return script.rewrite_event(cue, track.source)
        place = r"{\an8}" if cue.is_top else ""
        return script.write_event(cue.start_ms, cue.end_ms, place + ass_text(cue, track.format))

    def write_headnote(headnote: Headnote) -> str:
        place = r"{\an2}" if headnote.start_ms in crowded else ""
        colour = _LABEL_COLOURS[_name_verdict(headnote)]
        marked = place + _colour_label(headnote, colour)
        return script.write_event(headnote.start_ms, headnote.end_ms, marked, {"style": style})

    return script.write(_merge(track, headnotes, write_cue, write_headnote))


def _write_combined_vtt(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    from headnotes.formats import find_settings, write_vtt

    def write_cue(cue: Cue) -> tuple[int, int, str, str]:
        block = track.source[slice(*cue.span)] if cue.span else ""
        return cue.start_ms, cue.end_ms, cue.raw, find_settings(block)

    def write_headnote(headnote: Headnote) -> tuple[int, int, str, str]:
        text = _direct(headnote, escape_vtt(headnote.text))
        return headnote.start_ms, headnote.end_ms, text, ""

    return write_vtt(_merge(track, headnotes, write_cue, write_headnote))


def _write_unplaced(headnote: Headnote) -> tuple[int, int, str]:
    """Return a headnote as a row of SubRip, without a place."""
    text = escape_srt(headnote.text.translate(_BRACES))
    return headnote.start_ms, headnote.end_ms, _direct(headnote, text)


def _colour_label(headnote: Headnote, colour: str) -> str:
    """Return a headnote as ASS, its label in a colour.

    libass sets the text on both sides of an override by itself, as if it were two lines; so a line
    from right to left bears no override within, and is coloured as a whole.
    """
    text = escape_ass(headnote.text)
    label = escape_ass(headnote.label)
    if direction_of(headnote.language) == "rtl":
        first, *others = isolate_lines(text, r"\N").split(r"\N")
        return r"\N{\c}".join([f"{{\\c{colour}}}{first}", *others])
    return f"{{\\c{colour}}}{label}{{\\c}}{text.removeprefix(label)}"


def _direct(headnote: Headnote, text: str) -> str:
    """Return a headnote as written with its direction, where that is from right to left."""
    if direction_of(headnote.language) == "ltr":
        return text
    return isolate_lines(text)


def _name_verdict(headnote: Headnote) -> str:
    return headnote.annotation.note.verdict or "context"


def _merge(
    track: Track,
    headnotes: Iterable[Headnote],
    write_cue: Callable[[Cue], _Row],
    write_headnote: Callable[[Headnote], _Row],
) -> Iterable[_Row]:
    """Put dialogue and headnotes in one order: by start, dialogue before a headnote.

    Where two texts share a place, players stack them in the order of the file; so the dialogue
    stays where viewers look for it.
    """
    rows = [(cue.start_ms, write_cue(cue)) for cue in track.by_time]
    rows += [(headnote.start_ms, write_headnote(headnote)) for headnote in headnotes]
    rows.sort(key=lambda row: row[0])  # keeps the order of equals
    return (row for _, row in rows)


def _find_crowded(track: Track, headnotes: Iterable[Headnote]) -> Collection[int]:
    """Find the headnotes that meet dialogue at the top of the picture, by their start.

    They go to the bottom: there every player stacks texts, while VLC lets a headnote at the top
    cover the feet of the line above it.
    """
    from headnotes.scheduling import join_tops, meets_top

    tops = join_tops(track.cues)
    return {
        headnote.start_ms
        for headnote in headnotes
        if meets_top(tops, headnote.start_ms, headnote.end_ms)
    }
