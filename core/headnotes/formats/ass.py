"""SubStation Alpha, plain (.ssa) and advanced (.ass): events to cues and back.

Written by hand: pysubs2 gives up on a file for one odd field, does not look at the Format line,
and replaces comments and fonts. Times of this format count hundredths; what is written is rounded.

Source: the SSA v4.00 and ASS v4.00+ format descriptions, and libass where they are silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from sys import intern

from attrs import define, field

from headnotes.formats.markup import is_top_code, join_pieces, make_cue, read_ass_pieces
from headnotes.formats.source import EDGES, RepairLog, is_blank, split_lines
from headnotes.formats.timestamps import read_timestamp, settle_times
from headnotes.issues import Issue, TrackError
from headnotes.model import Cue, Track
from headnotes.times import clock_parts

_SECTION = re.compile(
    r"\[(script info|v4\+* styles|events|fonts|graphics|aegisub [\w ]+)\]", re.IGNORECASE
)
# What begins a line of its own; any other line was torn off the event before it.
_KEY = re.compile(r"(?:format|style|dialogue|comment|picture|sound|movie|command):", re.IGNORECASE)
# `{\an8}`, `{\a6}`: the text says itself where it stands, whatever its style
_PLACE_CODE = re.compile(r"\{[^{}]*\\an?\d")
_EXACT_TIME = re.compile(r"\d:[0-5]\d:[0-5]\d\.\d\d")
# Times by their form, for lines in which a field is missing.
_TIMESTAMP = re.compile(r"-?\d{1,9}(?::-?\d{1,9}){1,2}(?:[.,:;]-?\d{1,9})?")
_EVENT_FIELDS = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_STYLE_FIELDS = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, "
    "Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, "
    "Alignment, MarginL, MarginR, MarginV, Encoding"
)
_FIELDS_MAX = 50  # twice those of a style; a line of more would come back with each event
_FIELD_DEFAULTS = {"style": "Default", "name": "", "actor": "", "effect": ""}
"""What an event says of itself where we know nothing; all other fields are 0."""

SCRIPT_HEIGHT = 720
"""The height of the picture that sizes and margins of our own script count in."""

_UNSIZED_HEIGHT = 288
"""What a script without PlayResY counts in. Source: libass, ass_types.h."""

_OWN_SCRIPT = f"""\
[Script Info]
ScriptType: v4.00+
PlayResX: 1280
PlayResY: {SCRIPT_HEIGHT}
WrapStyle: 0
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: {_STYLE_FIELDS}
Style: Default,Arial,44,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2.5,0,\
2,60,60,36,1

[Events]
Format: {_EVENT_FIELDS}
"""


def parse_ass(source: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Read the Dialogue lines of a decoded file; comments are no cues.

    Raises:
        TrackError: there is no Dialogue line in it.
    """
    lines, repairs = split_lines(source)
    reader = _AssReader(texts=lines.texts, repairs=repairs)
    reader.read()
    events = reader.events
    if not events:
        raise TrackError(Issue(code="no-cues", message="a SubStation file without a Dialogue line"))
    written = ((event.start_ms, event.end_ms) for event in events)
    times = settle_times(written, (event.at + 1 for event in events), repairs)
    cues: list[Cue] = []
    for event, (start_ms, end_ms) in zip(events, times, strict=True):
        torn = (line.strip(EDGES) for line in lines.texts[event.at + 1 : event.last + 1])
        raw = "\n".join((event.text, *torn))
        text = join_pieces(read_ass_pieces(raw), with_tags=False)
        is_styled = _PLACE_CODE.search(raw) is None
        cues.append(
            make_cue(
                len(cues) + 1,
                (start_ms, end_ms),
                (text, event.style in reader.top_styles if is_styled else is_top_code(raw)),
                raw,
                lines.span(event.at, event.last),
            )
        )
        lines.forget(event.at, event.last + 1)
    return tuple(cues), repairs.close()


@define(kw_only=True)
class AssScript:
    """Everything of an ASS file but its events, to put events into.

    The dialogue of an ASS track keeps its styles, fonts and comments; other dialogue gets a plain
    script of ours. Both go the same way.

    Attributes:
        is_own: whether the file is the track's own, not ours.
        _head: lines up to the first event, with their line ends.
        _tail: what stood between and after the events: comments, fonts.
        _reader: what is known of the lines before the events.
    """

    is_own: bool
    _head: list[str]
    _tail: str
    _reader: _AssReader

    @classmethod
    def open(cls, track: Track) -> AssScript:
        """Open the script that a track's events go into."""
        # styles of plain SSA are no styles of ASS, so such a track goes into a script of ours
        is_own = track.format == "ass" and "[v4+ styles]" in track.source.lower()
        source = track.source if is_own else _OWN_SCRIPT
        spans = sorted(cue.span for cue in track.cues if cue.span) if is_own else []
        starts = [*(start for start, _ in spans), len(source)]
        between = zip((end for _, end in spans), starts[1:], strict=True)
        # what is written has no byte order mark (P6)
        head = source[: starts[0]].removeprefix("\ufeff")
        lines, repairs = split_lines(head)
        reader = _AssReader(texts=lines.texts, repairs=repairs)
        reader.read()
        offsets = zip(lines.starts, lines.starts[1:], strict=False)
        return cls(
            head=[head[start:end] for start, end in offsets],
            tail="".join(source[end:start] for end, start in between),
            is_own=is_own,
            reader=reader,
        )

    def add_style(self, name: str, style: Mapping[str, str | float]) -> str:
        """Add a style after those of the file.

        Args:
            name: to be given to it, with `+` after it where the file has one of that name.
            style: values by field; numbers are for a picture `SCRIPT_HEIGHT` high and are scaled
                to the file's own.

        Returns:
            The name it got.
        """
        # a style of the same name would change how the track's own dialogue looks
        while name.lower() in self._reader.style_names:
            name += "+"
        scale = self._reader.height / SCRIPT_HEIGHT
        values = {key.lower(): value for key, value in style.items()} | {"name": name}
        row = (values.get(key, "0") for key in self._reader.style_fields)
        shown = (value if isinstance(value, str) else f"{value * scale:g}" for value in row)
        place = self._reader.styles_end or len(self._head)
        self._head.insert(place, f"Style: {','.join(shown)}\n")
        return name

    def write_event(
        self, start_ms: int, end_ms: int, text: str, fields: Mapping[str, str] | None = None
    ) -> str:
        """Write one Dialogue line.

        Args:
            start_ms: rounded to the 10 ms that ASS counts.
            end_ms: likewise.
            text: with ASS markup.
            fields: other values, by names in lower case.
        """
        times = {"start": _format_time(start_ms), "end": _format_time(end_ms)}
        values = {**_FIELD_DEFAULTS, **(fields or {}), **times, "text": text}
        row = (values.get(name, "0") for name in self._reader.event_fields)
        return f"Dialogue: {','.join(row)}\n"

    def rewrite_event(self, cue: Cue, source: str) -> str:
        """Write the Dialogue line of one of the file's own cues, sorted in elsewhere.

        Args:
            cue: as read, its raw text and its other fields stay.
            source: of the track.
        """
        line = source[slice(*cue.span)].rstrip("\r\n") if cue.span else ""
        names = self._reader.event_fields
        # where fields are missing their order is unknown, and defaults are safer
        values = line.partition(":")[2].lstrip(" ").split(",", len(names) - 1)
        fields = dict(zip(names, values, strict=True)) if len(values) == len(names) else {}
        return self.write_event(cue.start_ms, cue.end_ms, cue.raw.replace("\n", r"\N"), fields)

    def write(self, events: Iterable[str]) -> str:
        """Return the whole file's text with these events."""
        return "".join((*self._head, *events, self._tail))


@define(kw_only=True)
class _Event:
    """One Dialogue line: its places from first to last line, its times, its style and its text.

    What is torn off its text is left in the lines after the first.
    """

    at: int
    last: int
    start_ms: int | None
    end_ms: int | None
    style: str
    text: str


@define(kw_only=True)
class _AssReader:
    """The state of one pass over one file, or over the part of it before its events.

    Attributes:
        texts: its lines.
        section: the one the line looked at is in, in lower case.
        height: of the picture, as sizes and margins count.
        event_fields, style_fields: what the Format lines of both sections name, in lower case.
        style_names: in lower case.
        top_styles: names of the styles that stand at the top.
        styles_end: the line after the last style.
    """

    texts: list[str]
    repairs: RepairLog
    section: str = ""
    height: int = _UNSIZED_HEIGHT
    event_fields: Sequence[str] = field(factory=lambda: _read_names(_EVENT_FIELDS))
    style_fields: Sequence[str] = field(factory=lambda: _read_style_names(_STYLE_FIELDS))
    style_names: set[str] = field(factory=set)
    top_styles: set[str] = field(factory=set)
    styles_end: int = 0
    events: list[_Event] = field(factory=list)

    def read(self) -> None:
        """Go through the file once."""
        for at, line in enumerate(self.texts):
            bare = line.strip(EDGES)
            if found := _SECTION.fullmatch(bare):
                self.section = found[1].lower()
                continue
            # keys are looked for in every section, for headers get lost
            key, colon, rest = line.lstrip(EDGES).partition(":")
            match key.lower() if colon else "":
                case "dialogue":
                    self._read_event(at, rest)
                case "format" if "style" in self.section:
                    self._read_style_format(at, rest)
                case "format":
                    self._read_event_format(rest)
                case "style":
                    self._read_style(rest)
                    self.styles_end = at + 1
                case "playresy" if re.fullmatch(r"\s*\d{1,5}\s*", rest):
                    self.height = int(rest)
                case _ if self._goes_on(at, bare):
                    self._extend_event(at)

    def _read_style_format(self, at: int, rest: str) -> None:
        """Read the names of a style's fields, unless they are more than anybody needs."""
        # a second one belongs to events whose own header is torn
        if not self.style_names and rest.count(",") < _FIELDS_MAX:
            self.style_fields = _read_style_names(rest)
            self.styles_end = at + 1

    def _read_event_format(self, rest: str) -> None:
        """Read the names of an event's fields, unless they are more than anybody needs.

        A line that names no times is that of styles whose header is torn; by it, events would be
        written without theirs.
        """
        names = _read_names(rest) if rest.count(",") < _FIELDS_MAX else []
        if {"start", "end"} <= set(names):
            self.event_fields = names

    def _read_event(self, at: int, rest: str) -> None:
        """Read one Dialogue line; where fields are missing, its times are looked for."""
        values = rest.split(",", len(self.event_fields) - 1)
        fields = dict(zip(self.event_fields, values, strict=False))
        written = [fields.get(name, "").strip() for name in ("start", "end")]
        # a field is lost, so that none is where it should be; times are found by their form
        if len(values) < len(self.event_fields):
            times = list(islice(_TIMESTAMP.finditer(rest), 2))
            written = [time.group() for time in times]
            fields["text"] = rest[times[-1].end() if times else 0 :].lstrip(", ")
            what = f"{len(values)} fields instead of {len(self.event_fields)}"
            self.repairs.add(at + 1, "odd-fields", what)
        start_ms, end_ms = (read_timestamp(time) for time in (*written, "", "")[:2])
        if len(written) < 2 or not all(map(_EXACT_TIME.fullmatch, written)):
            kind = "unreadable-time" if start_ms is None or end_ms is None else "odd-time"
            what = f"the times {' and '.join(written)!r}, read as far as possible"
            self.repairs.add(at + 1, kind, what)
        event = _Event(
            at=at,
            last=at,
            start_ms=start_ms,
            end_ms=end_ms,
            style=intern(fields.get("style", "").strip().lstrip("*")),
            text=fields.get("text", ""),
        )
        self.events.append(event)

    def _read_style(self, rest: str) -> None:
        """Read the name of a style, and whether it puts its text at the top."""
        values = map(str.strip, rest.split(","))
        fields = dict(zip(self.style_fields, values, strict=False))
        name = fields.get("name", "").lstrip("*")
        self.style_names.add(name.lower())
        # ASS numbers places like a numeric keypad, SSA counts 1 to 3, plus 4 at the top
        tops = {"7", "8", "9"} if "+" in self.section else {"5", "6", "7"}
        if fields.get("alignment") in tops:
            self.top_styles.add(name)

    def _goes_on(self, at: int, bare: str) -> bool:
        """Whether a line is dialogue that a line end has torn off the event before it."""
        if not self.events or self.section not in {"events", ""}:
            return False
        # a line end within an event leaves its rest on the next line
        is_near = self.events[-1].last == at - 1
        return is_near and not is_blank(bare) and not bare.startswith(";") and not _KEY.match(bare)

    def _extend_event(self, at: int) -> None:
        self.events[-1].last = at
        what = "a line without a key, read as more of the one before it"
        self.repairs.add(at + 1, "torn-line", what)


def _read_names(rest: str) -> list[str]:
    """Read a Format line; an event's text is its last field, named or not: it may hold commas."""
    names = _read_style_names(rest)
    return [*(name for name in names if name != "text"), "text"]


def _read_style_names(rest: str) -> list[str]:
    return [name.strip().lower() for name in rest.split(",")]


def _format_time(time_ms: int) -> str:
    """Return a time in hundredths, rounded to the nearest."""
    hours, minutes, seconds, millis = clock_parts((time_ms + 5) // 10 * 10)
    return f"{hours}:{minutes:02d}:{seconds:02d}.{millis // 10:02d}"
