"""Markup inside cue texts: what a viewer reads of it, and what stays of it in SubRip.

Only tags that players know are taken for markup: `<Ja, ich komme>` is something that is said.
"""

from __future__ import annotations

import re
from html import unescape

_MARKED = re.compile(r"[<{&\\]")
_TAG = re.compile(
    r"</?(?:i|b|u|s|em|strong|strike|font|span|c|v|lang|ruby|rt|p|div)\b[^<>]*>", re.IGNORECASE
)
_VTT_TAG = re.compile(r"</?(?:[A-Za-z.][^<>]*)?>|<\d[\d:.]*>")
_VOICE = re.compile(r"<v(?:\.[^<>\s]*)?[ \t\n]([^<>]*)>")
_BREAK = re.compile(r"<br\b[^<>]*>|\\N", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{\\[^{}]*\}|\{[YycCfFsSpP]:[^{}\n]*\}")
_AT_TOP = re.compile(r"\{[^{}]*\\(?:an[789]|a(?:5|6|7))(?!\d)")
_BRACES = re.compile(r"\{[^{}]*\}")
_DRAWING = re.compile(r"\\p(\d{1,3})")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def read_srt_text(raw: str) -> tuple[str, bool]:
    """Read the text of a SubRip cue.

    Args:
        raw: as the file has it; may hold blank lines.

    Returns:
        What a viewer reads, without blank lines, and whether it stands at the top.
    """
    if not _MARKED.search(raw):
        text, is_top = raw, False
    else:
        is_top = is_top_code(raw)
        text = _BREAK.sub("\n", _OVERRIDE.sub("", raw))
        text = replace_entities(_TAG.sub("", text))
    return tidy_lines(text), is_top


def read_vtt_text(raw: str) -> tuple[str, tuple[str, ...], bool]:
    """Read the text of a WebVTT cue.

    Returns:
        What a viewer reads, who speaks according to voice tags, and whether an override code of
        another format puts it at the top.
    """
    if not _MARKED.search(raw):
        return tidy_lines(raw), (), False
    voices = [" ".join(voice.split()) for voice in _VOICE.findall(raw)]
    text, is_top = read_srt_text(_VTT_TAG.sub("", raw))
    return text, tuple(filter(None, map(replace_entities, voices))), is_top


def read_ass_text(raw: str) -> str:
    """Read the text of a SubStation event; drawings show no text, nor do braces."""
    pieces: list[str] = []
    place, is_drawing = 0, False
    for code in _BRACES.finditer(raw):
        pieces.append("" if is_drawing else raw[place : code.start()])
        place = code.end()
        for depth in _DRAWING.findall(code.group()):
            is_drawing = depth.strip("0") != ""
    pieces.append("" if is_drawing else raw[place:])
    text = "".join(pieces).replace("\\N", "\n").replace("\\n", " ").replace("\\h", "\xa0")
    return tidy_lines(text)


def is_top_code(raw: str) -> bool:
    """Whether an override code puts a text at the top of the picture."""
    return "{" in raw and _AT_TOP.search(raw) is not None


def replace_entities(text: str) -> str:
    """Turn `&amp;` and its like into their characters; what is none stays as it is."""
    return _ENTITY.sub(_replace_entity, text) if "&" in text else text


def tidy_lines(text: str) -> str:
    """Take blank lines and the blanks around every line away."""
    if "\n" not in text:
        return text.strip()
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def _replace_entity(found: re.Match[str]) -> str:
    char = unescape(found.group())
    return char if char.isprintable() or char in "\u00a0\u00ad\u200b\u200e\u200f" else ""
