"""The SubRip profiles: with a place, without a place, and headnotes alone."""

from __future__ import annotations

import re

from headnotes.model import Cue, Headnote, Track
from headnotes.profiles.rows import find_crowded, list_rows, merge_rows
from headnotes.tracks.srt import write_srt

_AT_TOP = r"{\an8}"
"""In no specification of SubRip, so only where the player is known to honour it (P5)."""

_WORD_JOINER = "\u2060"
_LIKE_MARKUP = re.compile(r"(?<=<)(?=[/A-Za-z])|(?<=--)(?=>)|(?<=&)(?=[#\w])|(?<=\\)(?=[Nnh])")
_BRACES = str.maketrans("{}", "()")


def write_combined_srt(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue, and headnotes at the top of the picture."""
    crowded = find_crowded(track, headnotes)

    def write_headnote(headnote: Headnote) -> str:
        place = "" if headnote.start_ms in crowded else _AT_TOP
        return place + escape_srt(headnote.text)

    return write_srt(merge_rows(track, headnotes, _write_cue, write_headnote))


def write_combined_plain(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue and headnotes without any place or style."""
    return write_srt(merge_rows(track, headnotes, _write_cue, _write_plain))


def write_notes_plain(_track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write the headnotes alone, for a second subtitle track or for muxing."""
    return write_srt(list_rows(headnotes, _write_plain))


def escape_srt(text: str) -> str:
    """Keep what looks like markup in a headnote from being taken for it.

    SubRip knows no escape. A word joiner, which nobody sees, keeps players from reading a tag, an
    arrow or an entity; but between braces mpv and ffmpeg hide everything, so these become
    parentheses.
    """
    return _LIKE_MARKUP.sub(_WORD_JOINER, text.translate(_BRACES))


def _write_plain(headnote: Headnote) -> str:
    return escape_srt(headnote.text)


def _write_cue(cue: Cue) -> str:
    return cue.raw
