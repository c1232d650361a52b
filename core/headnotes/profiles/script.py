"""An ASS script to put events into: its sections, styles and picture size.

The dialogue of an ASS track keeps its styles, fonts and comments; other dialogue gets a plain
script of ours. Both go the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from headnotes.model import Cue, Track

_STYLE_FIELDS = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, "
    "Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, "
    "Alignment, MarginL, MarginR, MarginV, Encoding"
)
_EVENT_FIELDS = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_OURS = f"""\
[Script Info]
ScriptType: v4.00+
PlayResX: 1280
PlayResY: 720
WrapStyle: 0
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: {_STYLE_FIELDS}
Style: Default,Arial,44,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2.5,0,\
2,60,60,36,1

[Events]
Format: {_EVENT_FIELDS}
"""
_NOTE_STYLE: Mapping[str, str | float] = {
    "Fontname": "Arial",
    "Fontsize": 36.0,
    "PrimaryColour": "&H00FFFFFF",
    "SecondaryColour": "&H000000FF",
    "OutlineColour": "&H00000000",
    "BackColour": "&H00000000",
    "ScaleX": "100",
    "ScaleY": "100",
    "BorderStyle": "3",
    "Outline": 6.0,
    "Alignment": "8",
    "MarginL": 60.0,
    "MarginR": 60.0,
    "MarginV": 36.0,
    "Encoding": "1",
}
"""White on a black box, at the top; numbers are for a picture 720 high."""
_OURS_HEIGHT = 720
_UNSIZED_HEIGHT = 288
"""What a script without PlayResY counts in. Source: libass, ass_types.h."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")
_HEIGHT = re.compile(r"^PlayResY:[ \t]*(\d{1,5})[ \t]*$", re.MULTILINE | re.IGNORECASE)


@frozen(kw_only=True)
class Script:
    """Everything of an ASS file but its events.

    Attributes:
        head: up to the events, our style included.
        tail: what stood between and behind the events: comments, fonts.
        event_fields: what a Dialogue line holds, in order, as the file spells it.
        note_style: name of our style, which no other style has.
        is_own: whether the file is the track's own, not ours.
    """

    head: str
    tail: str
    event_fields: Sequence[str]
    note_style: str
    is_own: bool

    def write_event(self, values: Mapping[str, str]) -> str:
        """Write one Dialogue line from its fields in lower case; others are 0 or empty."""
        defaults = {"style": "Default", "name": "", "actor": "", "effect": ""}
        row = [values.get(name, defaults.get(name, "0")) for name in self.event_fields]
        return f"Dialogue: {','.join(row)}\n"

    def read_event(self, line: str) -> Mapping[str, str]:
        """Read the fields of one of the file's own Dialogue lines."""
        values = line.partition(":")[2].lstrip(" ").split(",", len(self.event_fields) - 1)
        is_whole = len(values) == len(self.event_fields)
        return dict(zip(self.event_fields, values, strict=True)) if is_whole else {}


def open_script(track: Track) -> Script:
    """Open the script that a track's events go into."""
    is_own = track.format == "ass" and "[v4+ styles]" in track.source.lower()
    spans = [cue.span for cue in track.cues if cue.span] if is_own else []
    source = track.source.removeprefix("\ufeff") if is_own else _OURS
    shift = len(track.source) - len(source) if is_own else 0
    begin = min((start - shift for start, _ in spans), default=len(source))
    head = source[:begin]
    ends = [0, *(end - shift for _, end in sorted(spans))]
    starts = [*(start - shift for start, _ in sorted(spans)), len(source)]
    tail = "".join(source[end:start] for end, start in zip(ends[1:], starts[1:], strict=True))
    lines = _LINE.findall(head)
    note_style = _free_name(lines)
    return Script(
        head=_add_style(lines, note_style, _scale(source)),
        tail=tail,
        event_fields=_find_event_fields(lines),
        note_style=note_style,
        is_own=is_own,
    )


def find_line(track: Track, cue: Cue) -> str:
    """Give the line of an ASS file that a cue was read from; empty where there is none."""
    return track.source[slice(*cue.span)].rstrip("\r\n") if cue.span else ""


def _scale(source: str) -> float:
    height = _HEIGHT.search(source)
    return (int(height[1]) if height else _UNSIZED_HEIGHT) / _OURS_HEIGHT


def _free_name(lines: Iterable[str]) -> str:
    taken = {
        line.partition(":")[2].partition(",")[0].strip().lower()
        for line in lines
        if line.lower().startswith("style:")
    }
    name = "Note"
    while name.lower() in taken:
        name += "+"
    return name


def _find_event_fields(lines: Sequence[str]) -> Sequence[str]:
    """Find what the events' Format line names, in lower case; text is always the last."""
    section, names = "", _EVENT_FIELDS
    for line in lines:
        if line.startswith("["):
            section = line.strip().lower()
        elif section == "[events]" and line.lower().startswith("format:"):
            names = line.partition(":")[2]
    fields = [name.strip().lower() for name in names.split(",")]
    return sorted(fields, key="text".__eq__)


def _add_style(lines: Sequence[str], name: str, scale: float) -> str:
    """Put our style behind the last one of the styles section."""
    fields = _STYLE_FIELDS
    section, place = "", len(lines)
    for at, line in enumerate(lines):
        if line.startswith("["):
            section = line.strip().lower()
        elif section == "[v4+ styles]" and line.lower().startswith(("format:", "style:")):
            place = at + 1
            if line.lower().startswith("format:"):
                fields = line.partition(":")[2]
    style = {key.lower(): value for key, value in _NOTE_STYLE.items()} | {"name": name}
    row = (style.get(field.strip().lower(), "0") for field in fields.split(","))
    written = ",".join(one if isinstance(one, str) else f"{one * scale:g}" for one in row)
    return "".join([*lines[:place], f"Style: {written}\n", *lines[place:]])
