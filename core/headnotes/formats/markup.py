"""Markup inside the texts of SubRip cues, and what all formats share.

Only tags that players know are taken for markup: `<Ja, ich komme>` is something that is said.
"""

from __future__ import annotations

import re

_MARKED = re.compile(r"[<{&\\]")
_TAG = re.compile(
    r"</? ?(?:[ibus]|em|strong|strike|ruby|rt) ?/?>"
    r"|</?(?:font|span|c|v|lang|p|div)(?:[\s.=][^<>]*)?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br ?/?>|\\N", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{\\[^{}]*\}|\{[YyCcFfSsPp]:[^{}\n]*\}")


def read_srt_text(raw: str) -> tuple[str, bool]:
    """Read the text of a SubRip cue.

    Args:
        raw: as the file has it; may hold blank lines.

    Returns:
        What a viewer reads, without blank lines, and whether it stands at the top.
    """
    if not _MARKED.search(raw):
        return tidy_lines(raw), False
    text = _BREAK.sub("\n", _OVERRIDE.sub("", raw))
    return tidy_lines(replace_entities(_TAG.sub("", text))), is_top_code(raw)


def is_top_code(raw: str) -> bool:
    """Whether an override code puts a text at the top of the picture."""
    return "{" in raw and re.search(r"\{[^{}]*\\(?:an[789]|a[567])(?!\d)", raw) is not None


def replace_entities(text: str) -> str:
    """Turn `&amp;` and its like into their characters; what is none stays as it is."""
    if "&" not in text:
        return text
    entity = r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"
    return re.sub(entity, _replace_entity, text)


def tidy_lines(text: str) -> str:
    """Take blank lines and the blanks around every line away."""
    if "\n" not in text:
        return text.strip()
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def _replace_entity(found: re.Match[str]) -> str:
    from html import unescape

    char = unescape(found.group())
    return char if char.isprintable() or char in "\u00a0\u00ad\u200b\u200e\u200f" else ""
