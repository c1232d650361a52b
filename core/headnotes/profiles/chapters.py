"""Chapters of a video: the moments, to jump from note to note.

A chapter begins with its headnote's moment, so that a jump shows what the headnote speaks of; it
ends where the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from headnotes.languages import container_code
from headnotes.model import Headnote, Track
from headnotes.times import format_vtt_time

_SHORTEST_MS = 1_000
_FFMETADATA_SPECIAL = re.compile(r"([=;#\\\n])")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Source: W3C XML 1.0, 2.2, characters."""


@frozen(kw_only=True)
class Chapter:
    """A stretch of the video under the text of a headnote."""

    start_ms: int
    end_ms: int
    title: str
    language: str


def write_matroska_chapters(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write chapters as mkvmerge and mkvpropedit take them.

    Source: Matroska specification, RFC 9559, 5.1.7; mkvmerge manual, "Chapters".
    """
    from xml.sax.saxutils import escape

    atoms = "".join(
        "    <ChapterAtom>\n"
        f"      <ChapterUID>{number}</ChapterUID>\n"
        f"      <ChapterTimeStart>{format_vtt_time(one.start_ms)}000000</ChapterTimeStart>\n"
        f"      <ChapterTimeEnd>{format_vtt_time(one.end_ms)}000000</ChapterTimeEnd>\n"
        "      <ChapterDisplay>\n"
        f"        <ChapterString>{escape(_NOT_IN_XML.sub('', one.title))}</ChapterString>\n"
        f"        <ChapterLanguage>{escape(container_code(one.language))}</ChapterLanguage>\n"
        "      </ChapterDisplay>\n"
        "    </ChapterAtom>\n"
        for number, one in enumerate(list_chapters(track, headnotes), start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<Chapters>\n  <EditionEntry>\n"
        f"{atoms}"
        "  </EditionEntry>\n</Chapters>\n"
    )


def write_ffmetadata_chapters(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write chapters as ffmpeg takes them.

    Source: ffmpeg documentation, "Metadata".
    """
    return ";FFMETADATA1\n" + "".join(
        "[CHAPTER]\nTIMEBASE=1/1000\n"
        f"START={one.start_ms}\nEND={one.end_ms}\n"
        f"title={_escape_ffmetadata(one.title)}\n"
        for one in list_chapters(track, headnotes)
    )


def _escape_ffmetadata(text: str) -> str:
    return _FFMETADATA_SPECIAL.sub(r"\\\1", text)


def list_chapters(track: Track, headnotes: tuple[Headnote, ...]) -> Iterator[Chapter]:
    """List the chapters in order; none overlaps another (P3)."""
    ordered = sorted(headnotes, key=lambda one: (one.annotation.moment.start_ms, one.start_ms))
    starts: list[int] = []
    for headnote in ordered:
        after_ms = starts[-1] + _SHORTEST_MS if starts else 0
        starts.append(max(headnote.annotation.moment.start_ms, after_ms))
    if not starts:
        return
    last_ms = max(track.duration_ms, ordered[-1].end_ms, starts[-1] + _SHORTEST_MS)
    for headnote, start_ms, end_ms in zip(ordered, starts, [*starts[1:], last_ms], strict=True):
        yield Chapter(
            start_ms=start_ms,
            end_ms=end_ms,
            title=headnote.text.replace("\n", " "),
            language=headnote.language,
        )
