"""Subtitle formats: one module for each reads and writes it, and knows its markup.

A reader takes the decoded text of a file to cues and to the list of what had to be put right; a
writer takes texts with their times to the text of a file. Which texts those are is decided in
`profiles`, which bytes a file has in `tracks`. Every function here imports the module that does
the work: a run loads the formats it meets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from headnotes.formats.catalogue import FORMATS, set_frame_rate
from headnotes.formats.markup import ass_text, srt_text
from headnotes.formats.source import RepairLog, split_lines
from headnotes.formats.timestamps import read_timestamp
from headnotes.model import Track

if TYPE_CHECKING:
    from headnotes.formats.ass import AssScript

__all__ = [
    "FORMATS",
    "RepairLog",
    "ass_text",
    "find_settings",
    "open_script",
    "read_timestamp",
    "set_frame_rate",
    "split_lines",
    "srt_text",
    "write_srt",
    "write_vtt",
]


def write_srt(rows: Iterable[tuple[int, int, str]]) -> str:
    """Return a SubRip file of these rows: start, end, text with SubRip markup."""
    from headnotes.formats import srt

    return srt.write_srt(rows)


def write_vtt(rows: Iterable[tuple[int, int, str, str]]) -> str:
    """Return a WebVTT file of these rows: start, end, text with WebVTT markup, settings."""
    from headnotes.formats import webvtt

    return webvtt.write_vtt(rows)


def find_settings(block: str) -> str:
    """Return the settings in the block of a WebVTT cue as read."""
    from headnotes.formats import webvtt

    return webvtt.find_settings(block)


def open_script(track: Track) -> AssScript:
    """Open the ASS script that a track's events go into: its own, or a plain one of ours."""
    from headnotes.formats.ass import AssScript

    return AssScript.open(track)
