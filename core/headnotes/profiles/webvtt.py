"""The WebVTT profile: headnotes alone, as a second track of a web page.

There is no STYLE and no REGION block in it: ffmpeg, and with it many a player, reads such a file
as empty (P1). A page that wants colours finds a class on each label: `::cue(.mostly-accurate)`.

Source: W3C WebVTT, 3.1 (escapes), 3.5 (cue settings); FFmpeg trac #9064.
"""

from __future__ import annotations

from headnotes.model import Headnote, Track
from headnotes.times import format_vtt_time

_AT_TOP = "line:0"


def write_notes_web(_track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write the headnotes alone, at the top of the picture."""
    return "WEBVTT\n" + "".join(map(_write_block, headnotes))


def escape_vtt(text: str) -> str:
    """Write characters that WebVTT would read as markup, or as a timing line, as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _write_block(headnote: Headnote) -> str:
    times = f"{format_vtt_time(headnote.start_ms)} --> {format_vtt_time(headnote.end_ms)}"
    verdict = headnote.annotation.note.verdict or "context"
    label, text = escape_vtt(headnote.label), escape_vtt(headnote.text)
    marked = f"<c.{verdict}>{label}</c>{text.removeprefix(label)}"
    return f"\n{times} {_AT_TOP}\n{marked}\n"
