"""Markup inside cues: what a viewer reads of it, and how another format would write it.

Only tags that players know are taken for markup: `<Ja, ich komme>` is something that is said. On
the way from one format to another italics, bold and underline go along as far as that is sure: a
slant may be lost, a character never.
"""

from __future__ import annotations

import re

from headnotes.lazy import lazy_pattern
from headnotes.model import Cue
from headnotes.text import escape_ass, escape_srt
from headnotes.values import make_all

Piece = tuple[str, frozenset[str]]
"""Some text, and the SubRip tags (`i`, `b`, `u`) for how it is shown."""

# A sign without which a text has no markup, and one without which it has nothing unspoken.
_MARKED = lazy_pattern(r"[<{&\\]")
_NOTED = lazy_pattern(r"[\[(:#*]")
_MUSIC = "\u2669\u266a\u266b\u266c\u266d\u266e\u266f"  # a set with these is slow to compile

# What only marked texts need is compiled when the first of them comes.
_SRT_TAG = (
    r"(?i)</? ?(?:[ibus]|em|strong|strike|ruby|rt) ?/?>"
    r"|</?(?:font|span|c|v|lang|p|div)(?:[\s.=][^<>]*)?>"
)
_SRT_BREAK = r"(?i)<br ?/?>|\\N"
# `{\i1}` of SubStation, which players honour in SubRip, and `{y:i}` of MicroDVD
_OVERRIDE = r"\{\\[^{}]*\}|\{[YyCcFfSsPp]:[^{}\n]*\}"
# Places 7 to 9 of a keypad (`\an8`), or 5 to 7 as old SubStation counts them (`\a6`).
_TOP_CODE = r"\{[^{}]*\\(?:an[789]|a[567])(?!\d)"
_ENTITY = r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"
_VTT_TAG = r"</?(?:[A-Za-z.][^<>]*)?>|<\d[\d:.]*>"
_KEPT_VTT_TAG = r"<(/?)([ibu])(?=[.\s>])"
_BRACES = r"(?<!\\)\{[^{}]*\}"  # libass shows a brace after a backslash
# `\i1`, `\b700`, `\p1` (a drawing), and `\r`, which puts all back
_STYLE_CODE = r"\\(?:([ibup])(\d{0,3})(?![A-Za-z(])|r)"
# `</i> <i>`: one slanted text that was cut by a code between
_CLOSED_AND_OPENED = r"</([ibu])>(\s*)<\1>"
_ASIDE = (
    r"\[[^\[\]]*\]|\([^()]*\)"
    # music notes, and the signs that stand for them at either end of a line
    r"|[\u2669-\u266f]+|(?m:^[#*](?= ))|(?m:(?<= )[#*]$)"
    # what may be a speaker: the start of a line, perhaps after a dash, up to a colon
    r"|(?m:^)(?P<dash>[-\u2010-\u2015]? ?)(?P<speaker>[^\W\d_][^\n:\[\]]{1,38}):(?=\s|\Z)"
)
_BRACKETED = r"\([^()]*\)"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015 "

_KEPT_SRT_TAG = r"(?i)<(/?)([ibu])>"
_STAND_INS = {
    tag: chr(0xE000 + place) for place, tag in enumerate(("i", "/i", "b", "/b", "u", "/u"))
}
"""Tags travel as private characters, which no escape touches."""
_WITHOUT_STAND_INS = dict.fromkeys(map(ord, _STAND_INS.values()), "")
_ASS_CODES = {
    ord(stand_in): f"{{\\{tag.strip('/')}{int('/' not in tag)}}}"
    for tag, stand_in in _STAND_INS.items()
}


def read_srt_text(raw: str) -> tuple[str, bool]:
    """Read the text of a SubRip cue.

    Args:
        raw: as the file has it; may hold blank lines.

    Returns:
        What a viewer reads, without blank lines, and whether it stands at the top.
    """
    # most texts have no markup, and one search tells
    if not _MARKED.search(raw):
        return tidy_lines(raw), False
    text = re.sub(_SRT_BREAK, "\n", re.sub(_OVERRIDE, "", raw))
    return tidy_lines(replace_entities(re.sub(_SRT_TAG, "", text))), is_top_code(raw)


def read_vtt_text(raw: str) -> tuple[str, bool]:
    """Read the text of a WebVTT cue.

    Returns:
        What a viewer reads, and whether an override code of another format puts it at the top.
    """
    return read_srt_text(re.sub(_VTT_TAG, "", raw))


def read_ass_pieces(raw: str) -> list[Piece]:
    """Cut the text of a SubStation event at its codes.

    Returns:
        What a viewer reads, with the tags for its style. Drawings show no text, nor do braces.
    """
    pieces: list[Piece] = []
    tags: frozenset[str] = frozenset()
    place, is_drawing = 0, False
    for code in re.finditer(_BRACES, raw):
        pieces.append(("" if is_drawing else raw[place : code.start()], tags))
        place = code.end()
        for name, digits in re.findall(_STYLE_CODE, code.group()):
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
        # tags around blanks alone would stand in the way of joining their neighbours
        named = sorted(tags) if text.strip() else []
        opened = "".join(f"<{tag}>" for tag in named)
        closed = "".join(f"</{tag}>" for tag in reversed(named))
        tagged.append(f"{opened}{text}{closed}")
    joined = "".join(tagged)
    for _ in range(3):  # i, b and u, the innermost first
        joined = re.sub(_CLOSED_AND_OPENED, r"\2", joined)
    return tidy_lines(joined)


def is_top_code(raw: str) -> bool:
    """Whether an override code puts a text at the top of the picture."""
    return "{" in raw and re.search(_TOP_CODE, raw) is not None


def replace_entities(text: str) -> str:
    """Turn `&amp;` and its like into their characters; what is none stays as it is."""
    return re.sub(_ENTITY, _replace_entity, text) if "&" in text else text


def tidy_lines(text: str) -> str:
    """Take blank lines and the blanks around every line away."""
    if "\n" not in text:
        return text.strip()
    tidy = "\n".join(filter(None, map(str.strip, text.split("\n"))))
    return text if tidy == text else tidy  # one object for both where nothing changed


def make_cue(
    number: int,
    times: tuple[int, int],
    shown: tuple[str, bool],
    raw: str,
    span: tuple[int, int] | None = None,
) -> Cue:
    """Return a cue as a file has it.

    Args:
        number: its place in the file, from 1.
        times: start and end in milliseconds.
        shown: what a viewer reads, and whether it stands at the top.
        raw: the text with its markup.
        span: where it stands in the source.
    """
    text, is_top = shown
    return Cue(
        number=number,
        start_ms=times[0],
        end_ms=times[1],
        text=text,
        spoken=read_spoken(text),
        raw=raw,
        is_top=is_top,
        span=span,
    )


class CueColumns:
    """What many cues are made of at once, field by field: in a third of the time."""

    def __init__(self) -> None:
        self._start_ms: list[int] = []
        self._end_ms: list[int] = []
        self._texts: list[str] = []
        self._tops: list[bool] = []
        self._raws: list[str] = []
        self._spans: list[tuple[int, int]] = []

    def add(
        self, times: tuple[int, int], shown: tuple[str, bool], raw: str, span: tuple[int, int]
    ) -> None:
        """Take the next cue of a file; see `make_cue`."""
        self._start_ms.append(times[0])
        self._end_ms.append(times[1])
        self._texts.append(shown[0])
        self._tops.append(shown[1])
        self._raws.append(raw)
        self._spans.append(span)

    def make_cues(self) -> tuple[Cue, ...]:
        """Return the cues, numbered as they came."""
        columns = {
            "number": range(1, len(self._raws) + 1),
            "start_ms": self._start_ms,
            "end_ms": self._end_ms,
            "text": self._texts,
            "spoken": [*map(read_spoken, self._texts)],
            "raw": self._raws,
            "is_top": self._tops,
            "span": self._spans,
        }
        return tuple(make_all(Cue, columns))


def read_spoken(text: str) -> str:
    """Return what is said in a cue, without speaker labels, sounds and music notes.

    Viewers who cannot hear read who speaks and what sounds; terms must neither match in it nor be
    kept apart by it.

    Args:
        text: what a viewer reads, lines joined by a newline. A speaker is known by capitals:
            `WOLTER: Nein.` has one, `Er sagte: Nein.` has none.
    """
    if not (_NOTED.search(text) or _has_music(text)):
        return text
    spoken = re.sub(_ASIDE, _drop_aside, text)
    if spoken == text:
        return text
    lines = tidy_lines(spoken).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip(_DASHES))


def _has_music(text: str) -> bool:
    return not text.isascii() and any(sign in text for sign in _MUSIC)


def _drop_aside(found: re.Match[str]) -> str:
    if found["speaker"] is None:
        return " "
    is_speaker = re.sub(_BRACKETED, "", found["speaker"]).isupper()
    return found["dash"] if is_speaker else found.group()


def srt_text(cue: Cue, format_name: str) -> str:
    """Return the text of a cue as a SubRip file may hold it.

    Args:
        cue: as read.
        format_name: of the track it was read from.

    Returns:
        SubRip's own text unchanged. Of other formats italic, bold and underlined stay, all else
        becomes plain characters; of a format that we do not know only the characters stay.
    """
    if format_name == "srt":
        return cue.raw
    text = _convert(cue, format_name)
    # what would be read as something else than it is goes without its styles
    return text if read_srt_text(text)[0] == cue.text else escape_srt(cue.text)


def ass_text(cue: Cue, format_name: str) -> str:
    """Return the text of a cue of another format as an ASS event may hold it.

    Args:
        cue: as read.
        format_name: of the track it was read from.
    """
    source = srt_text(cue, format_name)
    # a text that holds our private characters already cannot lend them to tags
    if "<" not in source or source.translate(_WITHOUT_STAND_INS) != source:
        return escape_ass(cue.text)
    marked, _ = read_srt_text(
        re.sub(_KEPT_SRT_TAG, lambda tag: _STAND_INS[(tag[1] + tag[2]).lower()], source)
    )
    # tags that hid or moved a character are not worth it
    if marked.translate(_WITHOUT_STAND_INS) != cue.text:
        return escape_ass(cue.text)
    return escape_ass(marked).translate(_ASS_CODES)


def _convert(cue: Cue, format_name: str) -> str:
    """Turn the text of a cue of another format into SubRip's, with nothing escaped yet."""
    match format_name:
        # their readers have given the cues the tags of SubRip
        case "ttml" | "sami" | "subviewer" | "subviewer1" | "microdvd" | "mpl2" | "tmplayer":
            return cue.raw
        case "webvtt":
            return tidy_lines(replace_entities(re.sub(_VTT_TAG, _keep_tag, cue.raw)))
        case "ass":
            return join_pieces(read_ass_pieces(cue.raw), with_tags=True)
        case _:
            return cue.text


def _replace_entity(found: re.Match[str]) -> str:
    from html import unescape

    char = unescape(found.group())
    return char if char.isprintable() or char in "\u00a0\u00ad\u200b\u200e\u200f" else ""


def _keep_tag(tag: re.Match[str]) -> str:
    found = re.match(_KEPT_VTT_TAG, tag.group())
    return f"<{found[1]}{found[2]}>" if found else ""


def _replace_ass_signs(text: str) -> str:
    text = text.replace("\\N", "\n").replace("\\n", " ").replace("\\h", "\xa0")
    return text.replace("\\{", "{").replace("\\}", "}")
