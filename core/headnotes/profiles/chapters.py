"""Chapters of a video: the moments, to jump from note to note.

A chapter begins with its note's moment, so that a jump shows what the note speaks of. It ends
where the next one begins, the last one with its passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from headnotes.languages import container_code
from headnotes.model import Headnote, Language, Track
from headnotes.text import MADE_WITH, escape_ffmetadata, escape_xml
from headnotes.times import format_vtt_time
from headnotes.values import NamedTuple

_SHORTEST_MS = 1_000
_READ_MS = 7_000
"""How long a chapter lasts before the next of the same moment, where there is time: long enough to
read the longest headnote."""


class Chapter(NamedTuple):
    """A stretch of the video under the text of a headnote."""

    start_ms: int
    end_ms: int
    title: str
    language: Language


def write_matroska_chapters(_: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write chapters as mkvmerge and mkvpropedit take them.

    Source: Matroska specification, RFC 9559, 5.1.7; mkvmerge manual, "Chapters".
    """
    atoms = "".join(
        "    <ChapterAtom>\n"
        f"      <ChapterUID>{number}</ChapterUID>\n"
        f"      <ChapterTimeStart>{format_vtt_time(chapter.start_ms)}000000</ChapterTimeStart>\n"
        f"      <ChapterTimeEnd>{format_vtt_time(chapter.end_ms)}000000</ChapterTimeEnd>\n"
        "      <ChapterDisplay>\n"
        f"        <ChapterString>{escape_xml(chapter.title)}</ChapterString>\n"
        f"        <ChapterLanguage>{_tag(chapter)}</ChapterLanguage>\n"
        "      </ChapterDisplay>\n"
        "    </ChapterAtom>\n"
        for number, chapter in enumerate(_list_chapters(headnotes), start=1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {MADE_WITH} -->\n'
        "<Chapters>\n  <EditionEntry>\n"
        f"{atoms}"
        "  </EditionEntry>\n</Chapters>\n"
    )


def write_ffmetadata_chapters(_: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write chapters as ffmpeg takes them.

    Source: ffmpeg documentation, "Metadata".
    """
    return f";FFMETADATA1\n; {MADE_WITH}\n" + "".join(
        "[CHAPTER]\nTIMEBASE=1/1000\n"
        f"START={chapter.start_ms}\nEND={chapter.end_ms}\n"
        f"title={escape_ffmetadata(chapter.title)}\n"
        for chapter in _list_chapters(headnotes)
    )


def _list_chapters(headnotes: tuple[Headnote, ...]) -> Iterator[Chapter]:
    """List the chapters in order; none overlaps another (P3)."""
    ordered = sorted(headnotes, key=_find_place)
    if not ordered:
        return
    starts = _find_starts(ordered)
    # the last one may have been pushed past its own end
    last_ms = max(ordered[-1].end_ms, starts[-1] + _SHORTEST_MS)
    for headnote, start_ms, end_ms in zip(ordered, starts, [*starts[1:], last_ms], strict=True):
        yield Chapter(
            start_ms=start_ms,
            end_ms=end_ms,
            title=headnote.text.replace("\n", " "),
            language=headnote.language,
        )


def _find_starts(ordered: Sequence[Headnote]) -> list[int]:
    """Return when chapters begin: those of one moment one after the other, so that each is read."""
    moments = Counter(headnote.annotation.moment.start_ms for headnote in ordered)
    ends = [*list(moments)[1:], ordered[-1].end_ms]
    starts: list[int] = []
    for (moment_ms, count), end_ms in zip(moments.items(), ends, strict=True):
        # no chapter may be empty
        first_ms = max(moment_ms, starts[-1] + _SHORTEST_MS) if starts else moment_ms
        step_ms = min(_READ_MS, max(_SHORTEST_MS, (end_ms - first_ms) // count))
        starts += [first_ms + step_ms * place for place in range(count)]
    return starts


def _find_place(headnote: Headnote) -> tuple[int, int]:
    return headnote.annotation.moment.start_ms, headnote.start_ms


def _tag(chapter: Chapter) -> str:
    return escape_xml(container_code(chapter.language))
