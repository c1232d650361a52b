"""Dialogue and headnotes as the rows of one file.

A row is what a writer of `headnotes.tracks` takes: start and end in milliseconds, and text in
the markup of the format.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence

from headnotes.model import Cue, Headnote, Track
from headnotes.scheduling import join_tops

Row = tuple[int, int, str]


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


def find_crowded(track: Track, headnotes: Iterable[Headnote]) -> Collection[int]:
    """Find the headnotes that meet dialogue at the top of the picture, by their start.

    They go to the bottom: there every player stacks texts, while VLC lets a headnote at the top
    cover the feet of the line above it.
    """
    tops = join_tops(track.cues)
    crowded = set()
    for one in headnotes:
        at = bisect_left(tops, (one.end_ms, 0))
        if at and tops[at - 1][1] > one.start_ms:
            crowded.add(one.start_ms)
    return crowded
