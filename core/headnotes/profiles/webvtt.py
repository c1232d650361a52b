"""The WebVTT profiles: headnotes alone for a web page, and dialogue with headnotes.

There is no STYLE and no REGION block in either: ffmpeg, and with it many a player, reads such a
file as empty (P1). A page that wants colours finds a class on each label:
`::cue(.mostly-accurate)`.

Source: W3C WebVTT, 3.5 (cue settings); FFmpeg trac #9064.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from headnotes.model import Cue, Headnote, Track
from headnotes.profiles.escapes import escape_vtt
from headnotes.profiles.rows import Row, list_rows, merge_rows
from headnotes.times import format_vtt_time

_AT_TOP = " line:0"
_TIMING = re.compile(
    r"-->[ \t]*[\d:.]+((?:[ \t]+(?:vertical|line|position|size|align|region):\S+)*)"
)
"""The end of a timing line. What else stands there is dialogue, and in the raw text already."""


def write_notes_web(_track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write the headnotes alone, at the top of the picture."""

    def write_headnote(headnote: Headnote) -> str:
        verdict = headnote.annotation.note.verdict or "context"
        label, text = escape_vtt(headnote.label), escape_vtt(headnote.text)
        return f"{_AT_TOP}\n<c.{verdict}>{label}</c>{text.removeprefix(label)}"

    return _write_file(list_rows(headnotes, write_headnote))


def write_combined_vtt(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue and headnotes without any place or style of ours.

    Args:
        track: read from WebVTT; its cues keep their raw text and their settings.
        headnotes: by start.
    """

    def write_cue(cue: Cue) -> str:
        block = track.source[slice(*cue.span)] if cue.span else ""
        timing = _TIMING.search(block)
        # An arrow that is said would begin another cue.
        return f"{timing[1] if timing else ''}\n{cue.raw.replace('-->', '--&gt;')}"

    def write_headnote(headnote: Headnote) -> str:
        return f"\n{escape_vtt(headnote.text)}"

    return _write_file(merge_rows(track, headnotes, write_cue, write_headnote))


def _write_file(rows: Iterable[Row]) -> str:
    """Write rows whose text begins with the settings of its timing line."""
    return "WEBVTT\n" + "".join(
        f"\n{format_vtt_time(start_ms)} --> {format_vtt_time(end_ms)}{text}\n"
        for start_ms, end_ms, text in rows
    )
