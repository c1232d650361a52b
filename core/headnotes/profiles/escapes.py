"""Plain text made safe for each format: shown as it is, never taken for markup."""

from __future__ import annotations

import re

_WORD_JOINER = "\u2060"
_LIKE_SRT_MARKUP = re.compile(
    r"(?<=<)(?=[/A-Za-z])|(?<=--)(?=>)|(?<=&)(?=[#\w])|(?<=\\)(?=[Nnh])|(?<=\{)(?=[\\\w])"
)


def escape_srt(text: str) -> str:
    """Escape text for SubRip, which knows no escapes.

    A word joiner, which nobody sees, keeps players from reading a tag, an override, an arrow or
    an entity.
    """
    return _LIKE_SRT_MARKUP.sub(_WORD_JOINER, text)


def escape_vtt(text: str) -> str:
    """Escape text for WebVTT; what it takes for markup, or for a timing line, becomes an entity.

    Source: W3C WebVTT, 3.1.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_ass(text: str) -> str:
    """Escape text for ASS.

    libass, which mpv, VLC, Kodi and ffmpeg use, shows an escaped brace. Nothing escapes a
    backslash; a word joiner behind it keeps it from making a line break of an `n`.
    """
    escaped = text.replace("\\", f"\\{_WORD_JOINER}").replace("{", r"\{").replace("}", r"\}")
    return escaped.replace("\n", r"\N")
