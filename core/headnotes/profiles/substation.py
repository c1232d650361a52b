"""The ASS profile: dialogue at the bottom, headnotes at the top in a box, labels in colour.

Colours follow the ITC rule for text on video (white, yellow, cyan and green on black); there are
fewer of them than verdicts, and none means anything without its word.

Source: the format as libass reads it (libass wiki, "ASS File Format Guide"); ITC Guidance on
Standards for Subtitling, 1999, on colours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from headnotes.model import Cue, Headnote, Track
from headnotes.profiles.rows import find_crowded, merge_rows
from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS
from headnotes.tracks.markup import read_srt_text

_WHITE, _YELLOW, _CYAN, _GREEN = "&HFFFFFF&", "&H00FFFF&", "&HFFFF00&", "&H00FF00&"
_COLOURS: Mapping[str, str] = {
    "accurate": _GREEN,
    "mostly-accurate": _CYAN,
    "mostly-inaccurate": _YELLOW,
    "inaccurate": _YELLOW,
    "invented": _WHITE,
    "unverified": _WHITE,
    "context": _WHITE,
}
"""By verdict, blue before green before red as ASS writes colours."""

_HEAD = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 1280
PlayResY: 720
WrapStyle: 0
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, \
Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, \
Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,44,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,\
0,0,0,0,100,100,0,0,1,2.5,0,2,60,60,36,1
Style: Note,Arial,36,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,\
0,0,0,0,100,100,0,0,3,6,0,8,60,60,36,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""

_SIMPLE_TAG = re.compile(r"<(/?)([ibu])>", re.IGNORECASE)
_STAND_INS = {
    "i": "\ue000",
    "/i": "\ue001",
    "b": "\ue002",
    "/b": "\ue003",
    "u": "\ue004",
    "/u": "\ue005",
}
_OVERRIDES = {
    ord(stand_in): "{\\" + tag[-1] + ("0" if tag[0] == "/" else "1") + "}"
    for tag, stand_in in _STAND_INS.items()
}
_WITHOUT_STAND_INS = dict.fromkeys(_OVERRIDES, "")


def write_combined_ass(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write dialogue and headnotes; times are rounded to the 10 ms that ASS counts."""
    crowded = find_crowded(track, headnotes)

    def write_cue(cue: Cue) -> str:
        place = r"{\an8}" if cue.is_top else ""
        return f"Default,,0,0,0,,{place}{_keep_slants(cue)}"

    def write_headnote(headnote: Headnote) -> str:
        place = r"{\an2}" if headnote.start_ms in crowded else ""
        colour = _COLOURS[headnote.annotation.note.verdict or "context"]
        label, text = escape_ass(headnote.label), escape_ass(headnote.text)
        return f"Note,,0,0,0,,{place}{{\\c{colour}}}{label}{{\\c}}{text.removeprefix(label)}"

    rows = merge_rows(track, headnotes, write_cue, write_headnote)
    return _HEAD + "".join(
        f"Dialogue: 0,{format_ass_time(start_ms)},{format_ass_time(end_ms)},{text}\n"
        for start_ms, end_ms, text in rows
    )


def escape_ass(text: str) -> str:
    """Write characters that ASS would read as markup so that they are shown.

    libass, which mpv, VLC, Kodi and ffmpeg use, shows an escaped brace. Nothing escapes a
    backslash; a word joiner behind it keeps it from making a line break of an `n`.
    """
    escaped = text.replace("\\", "\\\u2060").replace("{", r"\{").replace("}", r"\}")
    return escaped.replace("\n", r"\N")


def format_ass_time(time_ms: int) -> str:
    """Write a time as ASS does, `1:02:03.04`, rounded to 10 ms."""
    rounded_ms = (time_ms + 5) // 10 * 10
    hours, rest = divmod(rounded_ms, HOUR_MS)
    minutes, rest = divmod(rest, MINUTE_MS)
    seconds, millis = divmod(rest, SECOND_MS)
    return f"{hours}:{minutes:02d}:{seconds:02d}.{millis // 10:02d}"


def _keep_slants(cue: Cue) -> str:
    """Write a cue's text, with italics, bold and underline where its raw text has simple tags.

    The tags travel as characters that no text uses; whatever does not come back to exactly the
    cue's text is written without them.
    """
    plain = escape_ass(cue.text)
    if "<" not in cue.raw or not _OVERRIDES.keys().isdisjoint(map(ord, cue.raw)):
        return plain
    marked = _SIMPLE_TAG.sub(lambda tag: _STAND_INS[(tag[1] + tag[2]).lower()], cue.raw)
    text, _ = read_srt_text(marked)
    if text.translate(_WITHOUT_STAND_INS) != cue.text:
        return plain
    return escape_ass(text).translate(_OVERRIDES)
