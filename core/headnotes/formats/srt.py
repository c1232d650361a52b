"""SubRip: the repairing pass before pysrt, and the way back.

pysrt reads and writes the items. Before it, this module finds every cue by its timing line and
hands pysrt one clean item at a time, so that a blank line inside a cue, two cues without a gap or
a strange number lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from pysrt import SubRipFile, SubRipItem

from headnotes.formats.blocks import find_blocks
from headnotes.formats.markup import read_srt_text
from headnotes.formats.source import split_lines
from headnotes.formats.splicing import splice_cues
from headnotes.formats.spoken import split_spoken
from headnotes.issues import Issue, TrackError
from headnotes.model import Cue, Track


def parse_srt(source: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    """Read the cues of a decoded SubRip file, whatever state it is in.

    Raises:
        TrackError: there is no timing line in it.
    """
    lines, repairs = split_lines(source)
    blocks = find_blocks(lines, repairs)
    if not blocks:
        raise TrackError(
            Issue(code="no-cues", message="no cue in it", hint="is it a subtitle file?")
        )
    cues = []
    for number, block in enumerate(blocks, start=1):
        item = SubRipItem.from_lines(block.item_lines)
        text, is_top = read_srt_text(block.raw)
        spoken, asides = split_spoken(text)
        cues.append(
            Cue(
                number=number,
                start_ms=item.start.ordinal,
                end_ms=item.end.ordinal,
                raw=block.raw,
                text=text,
                spoken=spoken,
                asides=asides,
                is_top=is_top,
                span=block.span,
            )
        )
    return tuple(cues), repairs.close()


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
        file.append(SubRipItem(number, start_ms, end_ms, _drop_blank_lines(text)))
    stream = StringIO()
    file.write_into(stream)
    return stream.getvalue()


def _drop_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def write_srt_track(track: Track) -> str:
    """Write a track back; a cue that is as it was read keeps its block."""
    original = parse_srt(track.source)[0] if track.source else ()
    eol = split_lines(track.source)[0].eol

    def render(cue: Cue, _: str) -> str:
        item = SubRipItem(cue.number, cue.start_ms, cue.end_ms, _drop_blank_lines(cue.raw))
        return str(item).replace("\n", eol)

    return splice_cues(track.source, original, track.cues, render, gap=eol)
