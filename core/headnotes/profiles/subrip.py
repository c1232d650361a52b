"""The SubRip profiles: with a place, without a place, and headnotes alone."""

from __future__ import annotations

from collections.abc import Iterable

from headnotes.model import Cue, Headnote, Track
from headnotes.profiles.rows import Row, escape_srt, list_rows, merge_rows
from headnotes.times import format_srt_time

_AT_TOP = r"{\an8}"
"""In no specification of SubRip, so only where the player is known to honour it (P5)."""


def write_combined_srt(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue, and headnotes at the top of the picture."""
    return _write_srt(merge_rows(track, headnotes, _srt_text, _write_at_top))


def write_combined_plain(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue and headnotes without any place or style."""
    return _write_srt(merge_rows(track, headnotes, _srt_text, _write_plain))


def write_notes_plain(_track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write the headnotes alone, for a second subtitle track or for muxing."""
    return _write_srt(list_rows(headnotes, _write_plain))


def _write_at_top(headnote: Headnote) -> str:
    return _AT_TOP + escape_srt(headnote.text)


def _write_plain(headnote: Headnote) -> str:
    return escape_srt(headnote.text)


def _srt_text(cue: Cue) -> str:
    return cue.raw


def _write_srt(rows: Iterable[Row]) -> str:
    return "".join(
        f"{number}\n{format_srt_time(start_ms)} --> {format_srt_time(end_ms)}\n{text}\n\n"
        for number, (start_ms, end_ms, text) in enumerate(rows, start=1)
    )
