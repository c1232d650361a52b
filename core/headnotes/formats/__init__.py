"""Subtitle formats: one module for each reads and writes it, and knows its markup.

A reader takes the decoded text of a file to cues and to the list of what had to be put right; a
writer takes texts with their times to the text of a file. Which texts those are is decided in
`profiles`, which bytes a file has in `tracks`.
"""

from typing import TYPE_CHECKING

from headnotes.formats.catalogue import FORMATS
from headnotes.formats.source import RepairLog, split_lines

if TYPE_CHECKING:
    from headnotes.formats.ass import SCRIPT_HEIGHT, AssScript
    from headnotes.formats.markup import ass_text, srt_text
    from headnotes.formats.srt import write_srt
    from headnotes.formats.webvtt import find_settings, write_vtt
else:
    from headnotes.lazy import export_later

    __getattr__ = export_later(
        __name__,
        ass=("SCRIPT_HEIGHT", "AssScript"),
        markup=("ass_text", "srt_text"),
        srt=("write_srt",),
        webvtt=("find_settings", "write_vtt"),
    )

__all__ = [
    "FORMATS",
    "SCRIPT_HEIGHT",
    "AssScript",
    "RepairLog",
    "ass_text",
    "find_settings",
    "split_lines",
    "srt_text",
    "write_srt",
    "write_vtt",
]
