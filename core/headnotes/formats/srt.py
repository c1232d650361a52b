"""SubRip: read whatever state it is in, and written as players want it.

pysrt writes the items. Its own reader splits a file at blank lines and drops
what does not fit; so the cues are found here, by their timing lines: everything from one timing
line to the next belongs to the first, except for the number that announces the second. A blank
line inside a cue, two cues without a gap or a strange number lose nothing.

What is a number and what is dialogue is decided here, too. `1929` before a timing line is a number
in a file whose cues are numbered, and dialogue in one whose cues are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from io import StringIO
from itertools import chain, pairwise, tee

from pysrt import SubRipFile, SubRipItem, SubRipTime

from headnotes.formats.markup import CueColumns, read_srt_text
from headnotes.formats.source import EDGES, RepairLog, is_blank, split_lines
from headnotes.formats.timestamps import (
    MOST_MS,
    STRICT_LINE,
    TimingLine,
    has_arrow,
    read_timestamp,
    read_timing_line,
    settle_times,
)
from headnotes.issues import Issue, TrackError
from headnotes.model import Cue
from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS, format_srt_time

# `2.`, `(2)`, `#2`, `**2**`, `2 7`: a number that somebody numbered again, or marked up
_ODD_NUMBER = r"\*{0,2}[#(\[-]?(\d{1,9})(?:[ .:)\]#*-]{1,3}\d{0,9}){0,2}"
# `X1:100 Y2:400` of old DVD rippers, `line:0` of WebVTT
_SETTING = r"[XxYy][12]:-?\d+|(?:align|line|position|size|vertical|region):\S+"
# `1200:01:16,840`: the number 12 and the time after it on one line
_GLUED = r"\s*([0-9]{1,6})([0-9]{2}:[0-5][0-9]:[0-5][0-9][,.][0-9]{3})"
_GAP_MAX = 100  # numbers that may be missing in a row: more is dialogue that counts something


def parse_srt(source: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Read the cues of a decoded SubRip file.

    Raises:
        TrackError: there is no timing line in it.
    """
    lines, repairs = split_lines(source)
    texts, starts = lines.texts, lines.starts
    headers = _find_headers(texts, repairs)
    if not headers:
        raise TrackError(
            Issue(code="no-cues", message="no cue in it", hint="is it a subtitle file?")
        )
    preface = range(headers[0].first)
    repairs.add_preface(texts, [at for at in preface if not is_blank(texts[at])])
    found, places, timed, followed = tee(_let_go(headers), 4)
    written = ((header.start_ms, header.end_ms) for header in timed)
    times = settle_times(written, (header.at + 1 for header in places), repairs)
    ends = _find_ends(texts, followed, repairs)
    columns = CueColumns()
    for header, end, settled in zip(found, ends, times, strict=True):
        raw = _read_raw(texts, header, end, repairs)
        columns.add(settled, read_srt_text(raw), raw, (starts[header.first], starts[end]))
        lines.forget(header.first, end)
    return columns.make_cues(), repairs.close()


def write_srt(rows: Iterable[tuple[int, int, str]]) -> str:
    """Write a SubRip file.

    Args:
        rows: start and end in milliseconds and text with SubRip markup, in the order to write
            them; they are numbered anew. Blank lines inside a text would end the cue for every
            player and are left out.

    Returns:
        The whole file's text, its lines ended by a newline alone.
    """
    file = SubRipFile(eol="\n")
    for number, (start_ms, end_ms, text) in enumerate(rows, start=1):
        # a text of blanks alone would end the cue as well
        lines = text.split("\n")
        shown = text if all(map(str.strip, lines)) else "\n".join(filter(str.strip, lines))
        file.append(SubRipItem(number, _Time(start_ms), _Time(end_ms), shown))
    stream = StringIO()
    file.write_into(stream)
    return stream.getvalue()


class _Time(SubRipTime):  # type: ignore[misc]  # pysrt has no types
    """A time of pysrt that is made and written at once, as a file has two for each cue."""

    def __init__(self, time_ms: int) -> None:
        self.ordinal = time_ms

    def __str__(self) -> str:
        return format_srt_time(max(0, self.ordinal))


class _CueHeader:
    """A timing line and the number before it, by their places in the file, from 0.

    Attributes:
        at: place of the timing line.
        first: where the cue begins: at its number, else at its timing line.
        number: digits; `0` where there are none.
        start_ms, end_ms: `None` where the file's cannot be used.
        tail: dialogue on the timing line.
    """

    __slots__ = ("at", "end_ms", "first", "number", "start_ms", "tail")

    def __init__(self, at: int, start_ms: int | None, end_ms: int | None) -> None:
        self.at = at
        self.first = at
        self.number = "0"
        self.start_ms = start_ms
        self.end_ms = end_ms
        self.tail = ""


def _find_headers(texts: list[str], repairs: RepairLog) -> list[_CueHeader]:
    """Find where every cue of a file begins."""
    headers = []
    # every arrow has one of these two signs
    perhaps = ((at, line) for at, line in enumerate(texts) if ">" in line or "\u2192" in line)
    for at, line in perhaps:
        if found := STRICT_LINE.match(line):
            hours, minutes, seconds, millis, *end = map(int, found.groups())
            start_ms = hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS + millis
            hours, minutes, seconds, millis = end
            end_ms = hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS + millis
            header = _CueHeader(at, start_ms, end_ms)
            if found.end() < len(line):
                header.tail = _read_tail(at, line[found.end() :], repairs)
        elif (odd := _read_odd_header(at, line, repairs)) is not None:
            header = odd
        else:
            continue
        headers.append(header)
    if headers:
        _Numbers(texts, headers, repairs).find()
    return headers


def _read_odd_header(at: int, line: str, repairs: RepairLog) -> _CueHeader | None:
    """Read a timing line that takes liberties."""
    timing = read_timing_line(line) if has_arrow(line) else None
    if timing is None:
        return None
    glued = _find_glued_number(line, timing)
    for kind, what in () if glued else timing.oddities:
        repairs.add(at + 1, kind, what)
    header = _CueHeader(at, timing.start_ms, timing.end_ms)
    # `2 00:00:03,000 --> …`: the line end after the number was lost
    if timing.before:
        header.number = "".join(filter(str.isdecimal, timing.before)) or "0"
        what = f"the number {timing.before.strip()!r} on the timing line, read as before it"
        repairs.add(at + 1, "odd-number", what)
    elif glued:
        number, header.start_ms = glued
        header.number = number
        what = f"the number {number} before the hours, read as before the line"
        repairs.add(at + 1, "odd-number", what)
    header.tail = _read_tail(at, timing.after, repairs)
    return header


def _find_glued_number(line: str, timing: TimingLine) -> tuple[str, int] | None:
    """Find a number that lost its line end: `1200:01:16,840` is cue 12, then a time.

    Returns:
        The number, and the start without it; `None` where the start may be what it seems.
    """
    # the end tells which is meant: the start must lie before it, and not by hundreds of hours
    glued = re.match(_GLUED, line)
    start_ms = read_timestamp(glued[2]) if glued else None
    if glued is None or start_ms is None or timing.end_ms is None:
        return None
    # more hours than there may be count as unreadable
    seeming_ms = MOST_MS if timing.start_ms is None else timing.start_ms
    is_meant = start_ms <= timing.end_ms < seeming_ms
    return (glued[1], start_ms) if is_meant else None


def _read_tail(at: int, after: str, repairs: RepairLog) -> str:
    """Return dialogue after the times; settings of WebVTT and coordinates mean nothing here."""
    tail = after.strip(EDGES)
    if all(re.fullmatch(_SETTING, word) for word in tail.split()):
        return ""
    what = f"dialogue after the times, {tail[:40]!r}, read as the first line"
    repairs.add(at + 1, "text-on-timing-line", what)
    return tail


def _let_go(headers: list[_CueHeader]) -> Iterator[_CueHeader]:
    """Yield headers and keep none, so that a large file does not have them beside its cues."""
    headers.reverse()
    while headers:
        yield headers.pop()


def _find_ends(
    texts: list[str], headers: Iterable[_CueHeader], repairs: RepairLog
) -> Iterator[int]:
    """Yield where the text of every cue ends."""
    for header, after in pairwise(chain(headers, (None,))):
        if header and after:
            yield _trim(texts, header.at + 1, after.first)
        elif header:
            yield _find_last_end(texts, header, repairs)


def _trim(texts: list[str], begin: int, end: int) -> int:
    """Return the end of some lines without the blank ones there."""
    while end > begin and is_blank(texts[end - 1]):
        end -= 1
    return end


def _find_last_end(texts: list[str], header: _CueHeader, repairs: RepairLog) -> int:
    """Find where the last cue ends; a file cut off after a number has that left over."""
    begin = header.at + 1
    end = _trim(texts, begin, len(texts))
    number = texts[end - 1].strip(EDGES)
    # only the number that is due: a last line of digits is dialogue otherwise
    is_due = number == str(int(header.number[-9:]) + 1)
    if end > begin + 1 and is_due and is_blank(texts[end - 2]):
        repairs.add(end, "cut-off-cue", f"the file ends after the number {number}, skipped")
        return _trim(texts, begin, end - 1)
    return end


def _read_raw(texts: list[str], header: _CueHeader, end: int, repairs: RepairLog) -> str:
    """Read the text of one cue; blank lines inside it stay, for they are part of it."""
    body = texts[header.at + 1 : end]
    if not all(map(str.strip, body)):
        blank = next(at for at, line in enumerate(body) if not line.strip())
        what = "a blank line inside a cue, the text after it kept"
        repairs.add(header.at + blank + 2, "blank-line-in-cue", what)
    # a lost line end has put the first line of dialogue beside the times
    if header.tail:
        body.insert(0, header.tail)
    return "\n".join(body)


class _Numbers:
    """The search for numbers through one file.

    Attributes:
        floor: the first line that the cue looked at may claim.
        last: the number of the cue before.
    """

    def __init__(self, texts: list[str], headers: list[_CueHeader], repairs: RepairLog) -> None:
        self.texts = texts
        self.headers = headers
        self.repairs = repairs
        self.floor = 0
        self.last = "0"

    def find(self) -> None:
        """Fill in the number and the first line of every cue."""
        texts = self.texts
        for header in self.headers:
            at = header.at - 1
            # as it should be: the number alone between a blank line and the times
            if at > self.floor and texts[at].isdecimal() and not texts[at - 1]:
                header.number = texts[at]
                is_odd = not texts[at - 2] or texts[at - 2] == texts[at]
                header.first = self._find_repeated(at) if is_odd else at
            else:
                header.first = self._find_near(header)
            self.last = header.number
            self.floor = header.at + 1

    def _find_repeated(self, at: int) -> int:
        """Return where a number stands for the first time that is repeated after a blank line."""
        number, first = self._bare(at), at - 1
        while first > self.floor and is_blank(self.texts[first]):
            first -= 1
        # right after the times of the cue before it, the same digits are all that is said there
        if first == self.floor > 0 or self._bare(first) != number or not self._is_apart(first):
            return at
        what = f"the number {number} twice, read as once"
        self.repairs.add(at + 1, "odd-number", what)
        return first

    @cached_property
    def is_numbered(self) -> bool:
        """Whether this file numbers its cues: most of them, or the first and every other one."""
        announced = [
            header.at > 0
            and re.fullmatch(_ODD_NUMBER, self.texts[header.at - 1].strip(EDGES)) is not None
            for header in self.headers
        ]
        # a file without numbers has digits before some timing lines, as dialogue
        share = sum(announced) / len(announced)
        return share > 0.75 or (announced[0] and share >= 0.5)

    def _find_near(self, header: _CueHeader) -> int:
        """Look for the number right before the timing line, where it should be."""
        at = header.at - 1
        bare = self._bare(at)
        is_apart = self._is_apart(at)
        # right after the times of the cue before it, digits may also be all that is said there
        is_first = at > self.floor or self.floor == 0
        if bare.isdecimal() and ((is_apart and is_first) or self.is_numbered):
            header.number = bare
            if not is_apart and self._bare(at - 1) == bare and self._is_apart(at - 1):
                self.repairs.add(at + 1, "odd-number", f"the number {bare} twice, read as once")
                return at - 1
            if not is_apart:
                what = "no blank line before the number, read as if there were"
                self.repairs.add(at + 1, "missing-blank-line", what)
            return self._find_repeated(at) if is_apart else at
        # `2.`, `(2)`, `#2`, `2 7`
        odd = re.fullmatch(_ODD_NUMBER, bare) if bare else None
        if odd and self.is_numbered and is_apart:
            header.number = odd[1]
            self.repairs.add(at + 1, "odd-number", f"the number {bare!r}, read as {odd[1]}")
            return at
        return header.at if header.number != "0" else self._find_far(header)

    def _find_far(self, header: _CueHeader) -> int:
        """Look for a number before blank lines; one that is far from being due is dialogue."""
        at = header.at - 1
        # some files have a blank line after every number
        while at > self.floor and is_blank(self.texts[at]):
            at -= 1
        bare = self._bare(at)
        due = int(self.last[-9:]) + 1  # nine digits: int() refuses thousands of them
        if bare.isdecimal() and due <= int(bare[-9:]) < due + _GAP_MAX and self._is_apart(at):
            header.number = bare
            what = f"a blank line after the number {bare}, skipped"
            self.repairs.add(at + 1, "odd-number", what)
            return at
        if self.is_numbered:
            self.repairs.add(header.at + 1, "missing-number", "no number before the times")
        return header.at

    def _bare(self, at: int) -> str:
        """Return a line without its edges; nothing where the cue before owns it."""
        return self.texts[at].strip(EDGES) if at >= self.floor else ""

    def _is_apart(self, at: int) -> bool:
        """Whether nothing is said on the line before."""
        return at - 1 < self.floor or is_blank(self.texts[at - 1])
