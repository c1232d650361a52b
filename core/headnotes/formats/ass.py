"""SubStation Alpha, plain (.ssa) and advanced (.ass): events to cues, by the lines they stand on.

Written by hand: pysubs2 gives up on a file for one odd field, does not look at the Format line,
replaces comments, and keeps no offsets by which a file could be written back. Times of this
format count hundredths: what was read stays, what is written anew is rounded.

Source: the SSA v4.00 and ASS v4.00+ format descriptions, and libass where they are silent.
"""

from __future__ import annotations

import re
from itertools import islice

from attrs import define, field

from headnotes.formats.markup import is_top_code
from headnotes.formats.odd_clocks import read_clock
from headnotes.formats.repairs import RepairLog
from headnotes.formats.source import EDGES, SourceLines, is_blank, split_lines
from headnotes.formats.splicing import splice_cues
from headnotes.formats.spoken import split_spoken
from headnotes.formats.styled_text import join_pieces, read_ass_pieces
from headnotes.formats.timestamps import settle_times
from headnotes.issues import Issue, TrackError
from headnotes.model import Cue, Track
from headnotes.times import clock_parts

_SECTION = re.compile(
    r"\[(script info|v4\+* styles|events|fonts|graphics|aegisub [\w ]+)\]", re.IGNORECASE
)
_KEY = re.compile(r"(?:format|style|dialogue|comment|picture|sound|movie|command):", re.IGNORECASE)
_PLACE_CODE = re.compile(r"\{[^{}]*\\an?\d")
_EXACT_TIME = re.compile(r"\d:[0-5]\d:[0-5]\d\.\d\d")
_CLOCK = re.compile(r"-?\d{1,9}(?::-?\d{1,9}){1,2}(?:[.,:;]-?\d{1,9})?")
_FORMAT = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_STYLE_FORMAT = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, "
    "Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, "
    "Alignment, MarginL, MarginR, MarginV, Encoding"
)
_DEFAULTS = {"marked": "Marked=0", "style": "Default", "name": "", "effect": ""}
_HEADER = f"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: {_STYLE_FORMAT}
Style: Default,Arial,20,&HFFFFFF,&HFFFF,&H0,&H0,0,0,0,0,100,100,0,0,1,1,1,2,10,10,10,1

[Events]
Format: {_FORMAT}
"""


@define(kw_only=True)
class _Event:
    """One Dialogue line: its places from first to last line, its fields, torn-off text."""

    at: int
    last: int
    fields: dict[str, str]
    torn: list[str] = field(factory=list)
    start_ms: int | None
    end_ms: int | None


@define(kw_only=True)
class _Reader:
    """The state of one pass over one file.

    Attributes:
        section: the one the line looked at is in, in lower case.
        event_fields, style_fields: what the Format lines of both sections name.
        top_styles: names of the styles that stand at the top.
    """

    lines: SourceLines
    repairs: RepairLog
    section: str = ""
    event_fields: list[str] = field(factory=lambda: _read_names(_FORMAT))
    style_fields: list[str] = field(factory=lambda: _read_names(_STYLE_FORMAT))
    top_styles: set[str] = field(factory=set)
    events: list[_Event] = field(factory=list)

    def read(self) -> None:
        """Go through the file once."""
        for at, line in enumerate(self.lines.texts):
            bare = line.strip(EDGES)
            found = _SECTION.fullmatch(bare)
            if found:
                self.section = found[1].lower()
                continue
            key, colon, rest = line.lstrip(EDGES).partition(":")
            match key.lower() if colon else "":
                case "dialogue":
                    self._read_event(at, rest)
                case "format" if "style" in self.section:
                    self.style_fields = _read_names(rest)
                case "format":
                    self.event_fields = _read_names(rest)
                case "style":
                    self._read_style(rest)
                case _ if self._goes_on(at, bare):
                    self._extend_event(at, bare)

    def _read_event(self, at: int, rest: str) -> None:
        """Read one Dialogue line; where fields are missing, its times are looked for."""
        values = rest.split(",", len(self.event_fields) - 1)
        fields = dict(zip(self.event_fields, values, strict=False))
        written = [fields.get(name, "").strip() for name in ("start", "end")]
        if len(values) < len(self.event_fields):
            clocks = list(islice(_CLOCK.finditer(rest), 2))
            written = [clock.group() for clock in clocks]
            fields["text"] = rest[clocks[-1].end() if clocks else 0 :].lstrip(", ")
            what = f"{len(values)} fields instead of {len(self.event_fields)}"
            self.repairs.note(at + 1, "odd-fields", what)
        start_ms, end_ms = (read_clock(time) for time in (*written, "", "")[:2])
        if len(written) < 2 or not all(map(_EXACT_TIME.fullmatch, written)):
            kind = "unreadable-time" if start_ms is None or end_ms is None else "odd-time"
            what = f"the times {' and '.join(written)!r}, read as far as possible"
            self.repairs.note(at + 1, kind, what)
        self.events.append(_Event(at=at, last=at, fields=fields, start_ms=start_ms, end_ms=end_ms))

    def _read_style(self, rest: str) -> None:
        """Keep a style that puts its text at the top."""
        values = map(str.strip, rest.split(","))
        fields = dict(zip(self.style_fields, values, strict=False))
        tops = {"7", "8", "9"} if "+" in self.section else {"5", "6", "7"}
        if fields.get("alignment") in tops:
            self.top_styles.add(fields.get("name", "").lstrip("*"))

    def _goes_on(self, at: int, bare: str) -> bool:
        """Whether a line is dialogue that a line end has torn off the event before it."""
        if not self.events or self.section not in {"events", ""}:
            return False
        is_near = self.events[-1].last == at - 1
        return is_near and not is_blank(bare) and not bare.startswith(";") and not _KEY.match(bare)

    def _extend_event(self, at: int, bare: str) -> None:
        event = self.events[-1]
        event.torn.append(bare)
        event.last = at
        what = "a line without a key, read as more of the one before it"
        self.repairs.note(at + 1, "torn-line", what)


def parse_ass(source: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Read the Dialogue lines of a decoded file; comments are no cues.

    Raises:
        TrackError: there is no Dialogue line in it.
    """
    reader = _read_source(source)
    if not reader.events:
        raise TrackError(Issue(code="no-cues", message="a SubStation file without a Dialogue line"))
    written = [(event.start_ms, event.end_ms) for event in reader.events]
    times = settle_times(written, [event.at + 1 for event in reader.events], reader.repairs)
    cues = tuple(
        _make_cue(number, event, time, reader)
        for number, (event, time) in enumerate(zip(reader.events, times, strict=True), start=1)
    )
    return cues, reader.repairs.close()


def _read_source(source: str) -> _Reader:
    lines, repairs = split_lines(source)
    reader = _Reader(lines=lines, repairs=repairs)
    reader.read()
    return reader


def _make_cue(number: int, event: _Event, time: tuple[int, int], reader: _Reader) -> Cue:
    raw = "\n".join((event.fields.get("text", ""), *event.torn))
    text = join_pieces(read_ass_pieces(raw), with_tags=False)
    spoken, asides = split_spoken(text)
    voice = event.fields.get("name", "").strip()
    style = event.fields.get("style", "").strip().lstrip("*")
    return Cue(
        number=number,
        start_ms=time[0],
        end_ms=time[1],
        text=text,
        spoken=spoken,
        asides=(voice, *asides) if voice and voice != "NTP" else asides,
        raw=raw,
        is_top=is_top_code(raw) if _PLACE_CODE.search(raw) else style in reader.top_styles,
        span=reader.lines.span(event.at, event.last),
    )


def _read_names(rest: str) -> list[str]:
    """Read a Format line; an event's text is its last field, named or not: it may hold commas."""
    names = [name.strip().lower() for name in rest.split(",")]
    return [*(name for name in names if name != "text"), "text"]


def write_ass_track(track: Track) -> str:
    """Write a track back; a cue that is as it was read keeps its line."""
    source = track.source or _HEADER
    reader = _read_source(source)
    original = parse_ass(source)[0] if reader.events else ()

    def render(cue: Cue, block: str) -> str:
        values = block.partition(":")[2].split(",", len(reader.event_fields) - 1)
        fields = _DEFAULTS | dict(zip(reader.event_fields, values if block else (), strict=False))
        fields["start"], fields["end"] = _format_time(cue.start_ms), _format_time(cue.end_ms)
        fields["text"] = cue.raw.replace("\n", r"\N")
        row = ",".join(fields.get(name, "0") for name in reader.event_fields)
        return f"Dialogue: {row.strip()}{reader.lines.eol}"

    return splice_cues(source, original, track.cues, render, gap="")


def _format_time(time_ms: int) -> str:
    """Write a time in hundredths, rounded to the nearest."""
    hours, minutes, seconds, millis = clock_parts((time_ms + 5) // 10 * 10)
    return f"{hours}:{minutes:02d}:{seconds:02d}.{millis // 10:02d}"
