"""The SubRip profiles: with a place, without a place, and headnotes alone."""

from __future__ import annotations

from headnotes.formats.srt import write_srt
from headnotes.model import Cue, Headnote, Track
from headnotes.profiles.dialogue import write_srt_cue
from headnotes.profiles.escapes import escape_srt
from headnotes.profiles.rows import find_crowded, list_rows, merge_rows

_AT_TOP = r"{\an8}"
"""In no specification of SubRip, so only where the player is known to honour it (P5)."""

_BRACES = str.maketrans("{}", "()")


def write_combined_srt(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue, and headnotes at the top of the picture."""
    crowded = find_crowded(track, headnotes)

    def write_cue(cue: Cue) -> str:
        is_moved = cue.is_top and track.format != "srt"
        return (_AT_TOP if is_moved else "") + write_srt_cue(cue, track.format)

    def write_headnote(headnote: Headnote) -> str:
        place = "" if headnote.start_ms in crowded else _AT_TOP
        return place + _write_plain(headnote)

    return write_srt(merge_rows(track, headnotes, write_cue, write_headnote))


def write_combined_plain(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue and headnotes without any place or style of ours.

    A WebVTT track stays WebVTT, so that its dialogue keeps its raw text.
    """
    if track.format == "webvtt":
        from headnotes.profiles.webvtt import write_combined_vtt

        return write_combined_vtt(track, headnotes)
    return write_srt(
        merge_rows(track, headnotes, lambda cue: write_srt_cue(cue, track.format), _write_plain)
    )


def write_notes_plain(_track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write the headnotes alone, for a second subtitle track or for muxing."""
    return write_srt(list_rows(headnotes, _write_plain))


def _write_plain(headnote: Headnote) -> str:
    # what stands between braces mpv and ffmpeg hide, whatever it is
    return escape_srt(headnote.text.translate(_BRACES))
