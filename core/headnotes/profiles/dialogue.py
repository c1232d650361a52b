"""Dialogue of any format in the markup of another one.

Italics, bold and underline go along as far as that is sure: a slant may be lost on the way, a
character never.
"""

from __future__ import annotations

import re

from headnotes.formats.markup import read_srt_text
from headnotes.model import Cue
from headnotes.profiles.escapes import escape_ass, escape_srt
from headnotes.tracks import srt_text

_TAG = re.compile(r"<(/?)([ibu])>", re.IGNORECASE)
_STAND_INS = {
    "<i>": "\ue000",
    "</i>": "\ue001",
    "<b>": "\ue002",
    "</b>": "\ue003",
    "<u>": "\ue004",
    "</u>": "\ue005",
}
"""Tags travel as private characters, which no escape touches."""
_WITHOUT = dict.fromkeys(map(ord, _STAND_INS.values()), "")
_ASS_CODES = {
    ord(one): f"{{\\{tag.strip('</>')}{int('/' not in tag)}}}" for tag, one in _STAND_INS.items()
}


def write_srt_cue(cue: Cue, format_name: str) -> str:
    """Write a cue for SubRip; SubRip's own stays as it is.

    Args:
        cue: as read.
        format_name: of the track it is from.
    """
    if format_name == "srt":
        return cue.raw
    text = srt_text(cue, format_name)
    return text if read_srt_text(text)[0] == cue.text else escape_srt(cue.text)


def write_ass_cue(cue: Cue, format_name: str) -> str:
    """Write a cue of another format as the text of an ASS event.

    Args:
        cue: as read.
        format_name: of the track it is from.
    """
    source = write_srt_cue(cue, format_name)
    if "<" not in source or source.translate(_WITHOUT) != source:
        return escape_ass(cue.text)
    marked, _ = read_srt_text(_TAG.sub(lambda tag: _STAND_INS[tag[0].lower()], source))
    if marked.translate(_WITHOUT) != cue.text:
        return escape_ass(cue.text)
    return escape_ass(marked).translate(_ASS_CODES)
