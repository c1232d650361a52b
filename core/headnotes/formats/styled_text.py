"""Styled text of the other formats: what a viewer reads of it, and how SubRip would write it."""

from __future__ import annotations

import re

from headnotes.formats.markup import read_srt_text, replace_entities, tidy_lines

Piece = tuple[str, frozenset[str]]
"""Some text, and the SubRip tags (`i`, `b`, `u`) for how it is shown."""

_VTT_TAG = re.compile(r"</?(?:[A-Za-z.][^<>]*)?>|<\d[\d:.]*>")
_VOICE = re.compile(r"<v(?:\.[^<>\s]*)?[ \t\n]([^<>]*)>")
_KEPT_TAG = re.compile(r"<(/?)([ibu])(?=[.\s>])")
_BRACES = re.compile(r"(?<!\\)\{[^{}]*\}")  # libass shows a brace behind a backslash
_STYLE_CODE = re.compile(r"\\(?:([ibup])(\d{0,3})(?![A-Za-z(])|r)")
_CLOSED_AND_OPENED = re.compile(r"</([ibu])>(\s*)<\1>")


def read_vtt_text(raw: str) -> tuple[str, tuple[str, ...], bool]:
    """Read the text of a WebVTT cue.

    Returns:
        What a viewer reads, who speaks according to voice tags, and whether an override code of
        another format puts it at the top.
    """
    voices = [replace_entities(" ".join(voice.split())) for voice in _VOICE.findall(raw)]
    text, is_top = read_srt_text(_VTT_TAG.sub("", raw))
    return text, tuple(filter(None, voices)), is_top


def convert_vtt_text(raw: str) -> str:
    """Turn the text of a WebVTT cue into that of a SubRip cue."""
    return tidy_lines(replace_entities(_VTT_TAG.sub(_keep_tag, raw)))


def read_ass_pieces(raw: str) -> list[Piece]:
    """Cut the text of a SubStation event at its codes.

    Returns:
        What a viewer reads, with the tags for its style. Drawings show no text, nor do braces.
    """
    pieces: list[Piece] = []
    tags: frozenset[str] = frozenset()
    place, is_drawing = 0, False
    for code in _BRACES.finditer(raw):
        pieces.append(("" if is_drawing else raw[place : code.start()], tags))
        place = code.end()
        for name, digits in _STYLE_CODE.findall(code.group()):
            is_on = digits.strip("0") not in {"", "4"}  # weight 400 is not bold
            if name == "p":
                is_drawing = is_on
            elif name:
                tags = tags | {name} if is_on else tags - {name}
            else:
                tags = frozenset()
    pieces.append(("" if is_drawing else raw[place:], tags))
    return [(_replace_ass_signs(text), tags) for text, tags in pieces]


def join_pieces(pieces: list[Piece], *, with_tags: bool) -> str:
    """Join styled text, with SubRip tags around it or without."""
    if not with_tags:
        return tidy_lines("".join(text for text, _ in pieces))
    tagged = []
    for text, tags in pieces:
        named = sorted(tags) if text.strip() else []
        opened = "".join(f"<{tag}>" for tag in named)
        closed = "".join(f"</{tag}>" for tag in reversed(named))
        tagged.append(f"{opened}{text}{closed}")
    joined = "".join(tagged)
    for _ in range(3):  # i, b and u, the innermost first
        joined = _CLOSED_AND_OPENED.sub(r"\2", joined)
    return tidy_lines(joined)


def _keep_tag(tag: re.Match[str]) -> str:
    found = _KEPT_TAG.match(tag.group())
    return f"<{found[1]}{found[2]}>" if found else ""


def _replace_ass_signs(text: str) -> str:
    text = text.replace("\\N", "\n").replace("\\n", " ").replace("\\h", "\xa0")
    return text.replace("\\{", "{").replace("\\}", "}")
