"""Italics, bold and underline of dialogue on their way from one format to another.

Simple tags travel as characters that no text uses. Whatever does not come back to exactly the
cue's text travels without them: a slant may be lost, a character never.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from headnotes.model import Cue
from headnotes.tracks.markup import read_srt_text

_STAND_INS = {
    "i1": "\ue000",
    "i0": "\ue001",
    "b1": "\ue002",
    "b0": "\ue003",
    "u1": "\ue004",
    "u0": "\ue005",
}
_WITHOUT = dict.fromkeys(map(ord, _STAND_INS.values()), "")
_ANGLED = re.compile(r"<(?P<end>/?)(?P<tag>[ibu])(?:\.[^<>]*)?>", re.IGNORECASE)
_BRACED = re.compile(r"\{\\(?P<tag>[ibu])(?P<on>[01])\}")


def _read_vtt(raw: str) -> str:
    from headnotes.tracks.styled_text import read_vtt_text

    return read_vtt_text(raw)[0]


def _read_ass(raw: str) -> str:
    from headnotes.tracks.styled_text import join_pieces, read_ass_pieces

    return join_pieces(read_ass_pieces(raw), with_tags=False)


_READERS: Mapping[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "srt": (_ANGLED, lambda raw: read_srt_text(raw)[0]),
    "webvtt": (_ANGLED, _read_vtt),
    "ass": (_BRACED, _read_ass),
}


def write_dialogue(
    cue: Cue,
    format_name: str,
    escape: Callable[[str], str],
    tag: Callable[[str, bool], str],
) -> str:
    """Write a cue's text in the markup of another format.

    Args:
        cue: its raw text is read for slants.
        format_name: of the track it is from.
        escape: makes plain text safe for the other format; keeps private characters.
        tag: gives the other format's tag for `i`, `b` or `u` that begins (`True`) or ends.
    """
    marked = _mark_slants(cue, format_name)
    if marked is None:
        return escape(cue.text)
    tags = {ord(one): tag(name[0], name[1] == "1") for name, one in _STAND_INS.items()}
    return escape(marked).translate(tags)


def _mark_slants(cue: Cue, format_name: str) -> str | None:
    """Put stand-ins for simple tags into a cue's text; `None` where that is not sure or no use."""
    if format_name not in _READERS or cue.raw == cue.text:
        return None
    if cue.raw.translate(_WITHOUT) != cue.raw:
        return None
    pattern, read = _READERS[format_name]
    text = read(pattern.sub(_stand_in, cue.raw))
    return text if text.translate(_WITHOUT) == cue.text else None


def _stand_in(found: re.Match[str]) -> str:
    groups = found.groupdict()
    is_on = groups["on"] == "1" if "on" in groups else not groups["end"]
    return _STAND_INS[f"{groups['tag'].lower()}{int(is_on)}"]
