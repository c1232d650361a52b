"""TTML and its profiles (IMSC, DFXP, the files of streaming services), read only.

A stream of expat events, so that neither depth nor size costs more than the text; a document type
is refused before anything of it is expanded, and no outside reference is ever followed.

Source: W3C TTML2, sections 8 (styling; 8.1.5 on white space), 9 (layout) and 12 (timing).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import define, field

from headnotes.formats.markup import Piece, join_pieces, make_cue
from headnotes.formats.source import RepairLog
from headnotes.formats.timestamps import settle_times
from headnotes.formats.ttml_times import TimeRules
from headnotes.issues import Issue, TrackError
from headnotes.model import Cue

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

# Source: W3C XML 1.0, 2.2; one of them and expat reads no further.
_FORBIDDEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
# `&nbsp;`, and an `&` that begins nothing XML knows.
_FOREIGN_ENTITY = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)(?:[A-Za-z][A-Za-z0-9]{1,30};)?"
)
_SILENT = frozenset({"metadata", "title", "desc", "copyright"})
_SPACES = re.compile(r"[ \t\r\n]+")
_DEPTH_MAX = 100  # deeper is an attack, not a document
_TAGS = {("fontStyle", "italic"): "i", ("fontStyle", "oblique"): "i", ("fontWeight", "bold"): "b"}
# Two shares of the picture, of which the second is the height.
_PERCENT = r"\s*[\d.]{1,12}%\s+([\d.]{1,12})%\s*"
_CHAIN_MAX = 8  # styles that name styles; a loop ends here


@define(kw_only=True)
class _Frame:
    """An open element, with what its content inherits.

    Attributes:
        begin_ms, end_ms: when it is shown; `None` where nothing ends it.
        reached_ms: when the last of its children so far ends; in a sequence (`seq`), where the
            next one begins.
        written_ms, written_end_ms: its times as written, or those around it; `None` without any.
        has_end: whether it says itself when it ends.
        is_outside: whether its time lies after the end of its parent.
    """

    name: str
    begin_ms: int = 0
    end_ms: int | None = None
    is_seq: bool = False
    reached_ms: int = 0
    written_ms: int | None = None
    written_end_ms: int | None = None
    has_end: bool = False
    is_outside: bool = False
    is_silent: bool = False
    keeps_space: bool = False
    region: str = ""
    tags: frozenset[str] = frozenset()

    def is_over(self, at_ms: int) -> bool:
        """Whether it has ended by a time.

        What ends where it begins, or before, cannot tell when its content is shown.
        """
        return self.end_ms is not None and self.begin_ms < self.end_ms <= at_ms


@define(kw_only=True)
class _Paragraph:
    """A `p` element: the frame it opened, and its text by the time that text is shown."""

    frame: _Frame
    line: int
    is_timed: bool
    pieces: dict[tuple[int, int | None], list[Piece]] = field(factory=dict)


@define(kw_only=True)
class _Found:
    """A cue before it is numbered: its line, its times, its text with and without tags."""

    line: int
    begin_ms: int
    end_ms: int | None
    raw: str
    text: str
    is_top: bool


@define
class _StyleSheet:
    """The styles and regions of one document's head.

    Attributes:
        styles, regions: attributes by id, by their local names.
    """

    styles: dict[str, dict[str, str]] = field(factory=dict)
    regions: dict[str, dict[str, str]] = field(factory=dict)

    def find_tags(self, attributes: Mapping[str, str]) -> frozenset[str]:
        """Find the SubRip tags that an element's own and named styles ask for."""
        tags: set[str] = set()
        if attributes:  # most spans have none
            for style in (attributes, *self._follow(attributes.get("style", ""))):
                tags |= {tag for (name, value), tag in _TAGS.items() if style.get(name) == value}
                tags |= {"u"} if "underline" in style.get("textDecoration", "") else set()
        return frozenset(tags)

    def is_top(self, region: str) -> bool:
        """Whether a region puts its text into the upper half of the picture."""
        # a region's own attributes go before those of the styles it names
        own = self.regions.get(region)
        if own is None:
            return False
        known: dict[str, str] = {}
        for style in (*reversed(self._follow(own.get("style", ""))), own):
            known |= style
        origin = re.fullmatch(_PERCENT, known.get("origin", ""))
        extent = re.fullmatch(_PERCENT, known.get("extent", ""))
        if origin is None:
            return known.get("displayAlign") == "before"
        # where in its region the text stands: at its top unless it says otherwise
        share = {"center": 0.5, "after": 1.0}.get(known.get("displayAlign", ""), 0.0)
        return _number(origin[1]) + share * (_number(extent[1]) if extent else 0.0) < 50

    def _follow(self, names: str) -> list[dict[str, str]]:
        """Return the styles of these names and the ones they name, nearest first."""
        followed: list[dict[str, str]] = []
        waiting = names.split()[:_CHAIN_MAX]
        while waiting and len(followed) < _CHAIN_MAX:
            style = self.styles.get(waiting.pop(0), {})
            followed.append(style)
            # breadth first: a style goes before those that it builds on
            waiting += style.get("style", "").split()[:_CHAIN_MAX]
        return followed


@define(kw_only=True)
class _TtmlReader:
    """The state of one pass over one document.

    Attributes:
        is_absolute: whether times inside times count from the start of the film, against the
            standard, as some editors write them.
        misfits: how many such times lie outside their parent if they are read by the standard.
        strays: how many lie outside it if they are read from the start of the film.
    """

    parser: XMLParserType
    repairs: RepairLog
    is_absolute: bool = False
    misfits: int = 0
    strays: int = 0
    has_odd_times: bool = False
    rules: TimeRules = field(factory=TimeRules)
    sheet: _StyleSheet = field(factory=_StyleSheet)
    frames: list[_Frame] = field(factory=lambda: [_Frame(name="")])
    paragraph: _Paragraph | None = None
    broken: str = ""
    found: list[_Found] = field(factory=list)

    def start(self, qualified: str, given: dict[str, str]) -> None:
        """Open an element."""
        # prefixes are not looked up: some files use what they never declare
        name = qualified.rpartition(":")[2]
        attributes = {key.rpartition(":")[2]: value for key, value in given.items()}
        if len(self.frames) > _DEPTH_MAX:
            what = f"XML nested more than {_DEPTH_MAX} deep"
            raise TrackError(Issue(code="unknown-format", message=what))
        if name == "tt":
            self.rules = TimeRules.of(attributes)
            self.is_absolute = self.is_absolute or self.rules.is_labels
        elif name == "style":
            self._keep_style(attributes)
        elif name == "region":
            # one without an id is not the one that an element around it names
            attributes.setdefault("id", "")
            self.sheet.regions[attributes["id"]] = attributes
        elif name == "br" and self.paragraph:
            self._add("\n")
        frame = self._open_frame(name, attributes)
        self.frames.append(frame)
        if name == "p" and self.paragraph is None:
            is_timed = not {"begin", "end", "dur"}.isdisjoint(attributes)
            line = self.parser.CurrentLineNumber
            self.paragraph = _Paragraph(frame=frame, line=line, is_timed=is_timed)

    def end(self, _: str) -> None:
        """Close the element opened last."""
        frame = self.frames.pop()
        # an element that says no end lasts as long as its children
        ended_ms = frame.end_ms if frame.has_end and frame.end_ms is not None else frame.reached_ms
        if not frame.is_silent:
            self.frames[-1].reached_ms = max(self.frames[-1].reached_ms, ended_ms)
        if self.paragraph and self.paragraph.frame is frame:
            self.close_paragraph()

    def read_text(self, text: str) -> None:
        """Take text in."""
        if self.paragraph and not self.frames[-1].is_silent:
            self._add(text if self.frames[-1].keeps_space else _SPACES.sub(" ", text))

    def refuse_doctype(self, *_: object) -> None:
        """Refuse a document type: it can only bring entities and outside references."""
        hint = "take the DOCTYPE out of the file if you trust it"
        raise TrackError(Issue(code="document-type", message="XML with a document type", hint=hint))

    def close_paragraph(self) -> None:
        """Make cues of the paragraph: one for each time at which some of its text is shown."""
        paragraph, self.paragraph = self.paragraph, None
        if paragraph is None:
            return
        texts = {
            time: (join_pieces(pieces, with_tags=True), join_pieces(pieces, with_tags=False))
            for time, pieces in paragraph.pieces.items()
        }
        filled = {time: text for time, text in texts.items() if text[1]}
        # a timed paragraph without text is a cue all the same: it may clear the screen
        if not filled and paragraph.is_timed and not paragraph.frame.is_outside:
            filled[paragraph.frame.begin_ms, paragraph.frame.end_ms] = ("", "")
        is_top = self.sheet.is_top(paragraph.frame.region)
        for (begin_ms, end_ms), (raw, text) in filled.items():
            if end_ms is None:
                self.repairs.add(paragraph.line, "missing-time", "a text without an end time")
            self.found.append(
                _Found(
                    line=paragraph.line,
                    begin_ms=begin_ms,
                    end_ms=end_ms,
                    raw=raw,
                    text=text,
                    is_top=is_top,
                )
            )

    def _keep_style(self, attributes: dict[str, str]) -> None:
        """Keep a style by its id, or one that stands inside a region as that region's own."""
        if self.frames[-1].name == "region":
            self.sheet.regions[self.frames[-1].region] |= attributes
        else:
            self.sheet.styles[attributes.get("id", "")] = attributes

    def _open_frame(self, name: str, attributes: dict[str, str]) -> _Frame:
        """Work out when an element is shown, and what its content inherits."""
        parent = self.frames[-1]
        written_ms, own_end_ms, dur_ms = (
            self._read_ms(attributes.get(name)) for name in ("begin", "end", "dur")
        )
        self._compare_readings(parent, written_ms, own_end_ms)
        begin_ms, end_ms = self._settle_span(parent, written_ms, own_end_ms, dur_ms)
        is_region = name == "region"
        return _Frame(
            name=name,
            begin_ms=begin_ms,
            end_ms=end_ms,
            is_seq=attributes.get("timeContainer") == "seq",
            reached_ms=begin_ms,
            written_ms=parent.written_ms if written_ms is None else written_ms,
            written_end_ms=parent.written_end_ms if own_end_ms is None else own_end_ms,
            has_end=own_end_ms is not None or dur_ms is not None,
            is_outside=parent.is_outside or parent.is_over(begin_ms),
            is_silent=parent.is_silent or name in _SILENT,
            keeps_space=attributes.get("space", "preserve" if parent.keeps_space else "")
            == "preserve",
            region=attributes.get("id" if is_region else "region", parent.region),
            tags=parent.tags | self.sheet.find_tags(attributes),
        )

    def _settle_span(
        self, parent: _Frame, written_ms: int | None, own_end_ms: int | None, dur_ms: int | None
    ) -> tuple[int, int | None]:
        """Return when an element is shown: from its begin to the first of all ends it has."""
        # times count from the start of the parent, in a sequence from the end of the one before
        base_ms = parent.reached_ms if parent.is_seq else parent.begin_ms
        if self.is_absolute:
            begin_ms, base_ms = base_ms if written_ms is None else written_ms, 0
        else:
            begin_ms = base_ms + (written_ms or 0)
        ends = (
            None if own_end_ms is None else base_ms + own_end_ms,
            None if dur_ms is None else begin_ms + dur_ms,
            parent.end_ms,
        )
        return begin_ms, min((end_ms for end_ms in ends if end_ms is not None), default=None)

    def _compare_readings(
        self, parent: _Frame, written_ms: int | None, own_end_ms: int | None
    ) -> None:
        """Count whether times as written fit their parent, by the standard and from the start."""
        if not parent.written_ms or written_ms is None or parent.is_seq or parent.end_ms is None:
            return
        end_ms = written_ms if own_end_ms is None else own_end_ms
        self.misfits += parent.begin_ms + end_ms > parent.end_ms
        until_ms = end_ms if parent.written_end_ms is None else parent.written_end_ms
        self.strays += not parent.written_ms <= written_ms <= end_ms <= until_ms

    def _read_ms(self, written: str | None) -> int | None:
        """Read a time; one that cannot be read is noted and counts as not given."""
        if written is None:
            return None
        time_ms = self.rules.read_ms(written)
        if time_ms is None:
            what = f"the time {written[:40]!r} cannot be read, skipped"
            self.repairs.add(self.parser.CurrentLineNumber, "unreadable-time", what)
        if not self.has_odd_times and self.rules.is_odd(written):
            self.has_odd_times = True  # it is the same in the whole document
            what = f"time code with a fraction, {written[:40]!r}; read as seconds, here and below"
            self.repairs.add(self.parser.CurrentLineNumber, "smpte-fraction", what)
        return time_ms

    def _add(self, text: str) -> None:
        """Add text to the paragraph under the time of the element it stands in."""
        frame = self.frames[-1]
        if frame.is_outside:
            if text.strip():
                what = f"{text.strip()[:40]!r} begins when what it is part of has ended, left out"
                self.repairs.add(self.parser.CurrentLineNumber, "never-shown", what)
        elif self.paragraph:
            # read from the start of the film, such spans time the words of one text
            shown = self.paragraph.frame if self._has_timed_words() else frame
            time = (shown.begin_ms, shown.end_ms)
            self.paragraph.pieces.setdefault(time, []).append((text, frame.tags))

    def _has_timed_words(self) -> bool:
        paragraph = self.paragraph
        return self.is_absolute and paragraph is not None and paragraph.is_timed


def parse_ttml(source: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Read the paragraphs of a decoded TTML document.

    Raises:
        TrackError: it has no paragraph with text or a time, declares a document type, or is
            nested beyond reason.
    """
    reader = _read_document(source)
    # where both readings leave something outside, the standard's holds
    if reader.misfits and not reader.strays and not reader.is_absolute:
        reader = _read_document(source, is_absolute=True)
        what = "times inside times count from the start of the film, read so"
        reader.repairs.add(1, "absolute-times", what)
    if not reader.found:
        what = reader.broken or "TTML without text"
        hint = "" if reader.broken else "if its subtitles are pictures, they need OCR first"
        raise TrackError(Issue(code="no-cues", message=what, hint=hint))
    written = [(found.begin_ms, found.end_ms) for found in reader.found]
    times = settle_times(written, [found.line for found in reader.found], reader.repairs)
    cues = tuple(
        make_cue(number, timed, (found.text, found.is_top), found.raw)
        for number, (found, timed) in enumerate(zip(reader.found, times, strict=True), start=1)
    )
    return cues, reader.repairs.close()


def _read_document(source: str, *, is_absolute: bool = False) -> _TtmlReader:
    """Run expat over a document; one that breaks off keeps what was read until there."""
    from xml.parsers import expat

    repairs = RepairLog()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True  # else a paragraph comes in pieces, one for each line and entity
    reader = _TtmlReader(parser=parser, repairs=repairs, is_absolute=is_absolute)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.read_text
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    try:
        parser.Parse(_clean(source, repairs).encode(), True)  # noqa: FBT003  # takes no keyword
    except expat.ExpatError as error:
        reader.broken = f"broken XML in line {error.lineno}, {expat.ErrorString(error.code)}"
        repairs.add(error.lineno, "broken-xml", f"{reader.broken}; read up to there")
        parser.buffer_text = False  # hands over the text before the break
        reader.close_paragraph()
    return reader


def _clean(source: str, repairs: RepairLog) -> str:
    """Take out what no XML may hold, and give entities of HTML their characters."""
    kept = re.sub(_FORBIDDEN, "", source)
    if len(kept) < len(source):
        what = f"{len(source) - len(kept)} characters that XML forbids, left out"
        repairs.add(1, "forbidden-characters", what)
    # `&nbsp;` needs a document type in XML; converters write it without
    kept, count = _FOREIGN_ENTITY.subn(_replace_entity, kept)
    if count:
        what = f"{count} signs & that XML does not know, read as in HTML"
        repairs.add(1, "foreign-entity", what)
    return kept.lstrip()


def _replace_entity(found: re.Match[str]) -> str:
    from html import unescape

    char = unescape(found.group())
    return "&amp;" + found.group()[1:] if char.startswith("&") or char == "<" else char


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0
