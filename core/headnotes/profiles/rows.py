"""Dialogue and headnotes as the rows of one file.

A row is what a writer of `headnotes.tracks` takes: start and end in milliseconds, and text in
the markup of the format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from headnotes.model import Cue, Headnote, Track

Row = tuple[int, int, str]

_SRT_MARKUP = re.compile(r"(?<=<)(?=[/A-Za-z])|(?<=\{)(?=[\\A-Za-z])|(?<=--)(?=>)|(?<=&)(?=[#\w])")
_WORD_JOINER = "\u2060"


def merge_rows(
    track: Track,
    headnotes: Iterable[Headnote],
    write_cue: Callable[[Cue], str],
    write_headnote: Callable[[Headnote], str],
) -> Sequence[Row]:
    """Put dialogue and headnotes in one order: by start, dialogue before a headnote.

    Where two texts share a place, players stack them in the order of the file; so the dialogue
    stays where viewers look for it.
    """
    dialogue = [(cue.start_ms, cue.end_ms, write_cue(cue)) for cue in track.by_time]
    # sorting keeps the order of equals
    return sorted([*dialogue, *list_rows(headnotes, write_headnote)], key=lambda row: row[0])


def list_rows(headnotes: Iterable[Headnote], write: Callable[[Headnote], str]) -> Sequence[Row]:
    """Put the headnotes alone into rows."""
    return [(one.start_ms, one.end_ms, write(one)) for one in headnotes]


def escape_srt(text: str) -> str:
    """Keep what looks like markup from being taken for it.

    SubRip knows no escape; a word joiner, which nobody sees, keeps players from reading a tag, an
    override, an arrow or an entity.
    """
    return _SRT_MARKUP.sub(_WORD_JOINER, text)
