"""The cues of a SubRip file, each cut out of it and made fit for pysrt.

Everything from one timing line to the next belongs to the first, except for the number that
announces the second: a blank line inside a cue, or none behind it, loses nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from headnotes.formats.heads import Head, find_heads
from headnotes.formats.repairs import RepairLog
from headnotes.formats.source import EDGES, SourceLines, is_blank, note_preface
from headnotes.formats.timestamps import count_strict_ms, settle_times
from headnotes.times import format_srt_time


class Block(NamedTuple):
    """One cue as found in a file.

    Attributes:
        item_lines: a clean SubRip item: number, timing line, lines of text, none of them blank.
        raw: its text as the file has it, lines joined by a newline.
        span: where it stands in the source, its last line end included.
    """

    item_lines: list[str]
    raw: str
    span: tuple[int, int]


def find_blocks(lines: SourceLines, repairs: RepairLog) -> list[Block]:
    """Find all cues of a file, in its order.

    Args:
        lines: the file.
        repairs: what was put right is added to it.
    """
    heads = find_heads(lines.texts, repairs)
    if not heads:
        return []
    _mend_times(heads, repairs)
    preface = range(heads[0].first)
    note_preface(lines.texts, [at for at in preface if not is_blank(lines.texts[at])], repairs)
    ends = [head.first for head in heads[1:]]
    ends.append(_find_end(lines.texts, heads[-1], repairs))
    return [_cut_block(lines, head, end, repairs) for head, end in zip(heads, ends, strict=True)]


def _mend_times(heads: list[Head], repairs: RepairLog) -> None:
    """Give every cue a start, and an end that is not before it, where one has none."""
    # times of one width sort like text, which saves counting them all
    widths = {len(time) for head in heads for time in (head.start, head.end)}
    if len(widths) == 1 and all(head.start <= head.end for head in heads):
        return
    written = [(_count_ms(head.start), _count_ms(head.end)) for head in heads]
    settled = settle_times(written, [head.at + 1 for head in heads], repairs)
    for head, (start_ms, end_ms) in zip(heads, settled, strict=True):
        head.start, head.end = format_srt_time(start_ms), format_srt_time(end_ms)


def _count_ms(time: str) -> int | None:
    return count_strict_ms(time) if time else None


def _find_end(texts: list[str], head: Head, repairs: RepairLog) -> int:
    """Find where the last cue ends; a file cut off behind a number has that left over."""
    end = len(texts)
    while end > head.at + 1 and is_blank(texts[end - 1]):
        end -= 1
    is_due = texts[end - 1].strip(EDGES) == str(int(head.number[-9:]) + 1)
    if end - head.at > 2 and is_due and is_blank(texts[end - 2]):
        what = f"the file ends behind the number {texts[end - 1].strip(EDGES)}, passed over"
        repairs.note(end, "cut-off-cue", what)
        end -= 1
    return end


def _cut_block(lines: SourceLines, head: Head, end: int, repairs: RepairLog) -> Block:
    """Cut one cue out of the file."""
    texts = lines.texts
    begin = head.at + 1
    while end > begin and (not texts[end - 1] or is_blank(texts[end - 1])):
        end -= 1
    body = texts[begin:end]
    said = [line for line in body if line and not line.isspace()]
    if len(said) < len(body):
        place = next(at for at in range(begin, end) if not texts[at].strip())
        what = "a blank line inside a cue, read on behind it"
        repairs.note(place + 1, "blank-line-in-cue", what)
    if head.tail:
        said.insert(0, head.tail)
        body.insert(0, head.tail)
    item_lines = [head.number, f"{head.start} --> {head.end}", *said]
    return Block(item_lines, "\n".join(body), (lines.starts[head.first], lines.starts[end]))
