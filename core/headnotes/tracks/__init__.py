"""Subtitle files to tracks: decoding, file types, subtitles inside films, names of files.

A file is decoded, recognised by its content, repaired where it has to be and read, cue by cue;
all that was put right is listed in `Track.repairs`. What the dialogue means is the business of
`matching` and the rooms above; which files of a folder to read is the command line's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from headnotes.formats import FORMATS, set_frame_rate
from headnotes.hookspecs import hookimpl
from headnotes.issues import Issue
from headnotes.model import Track, TrackFormat
from headnotes.tracks.reading import (
    TRACK_SUFFIXES,
    VIDEO_SUFFIXES,
    load_bytes,
    parse_track,
    read_track,
)
from headnotes.tracks.release_names import FileName, read_file_name
from headnotes.tracks.sizes import LIMITS, NO_LIMITS, Limits
from headnotes.tracks.timebase import (
    CLOCK_CODES,
    read_frame_rate,
    read_rate,
    read_shift,
    retime,
)

if TYPE_CHECKING:
    from headnotes.tracks.ffmpeg import Opened
    from headnotes.tracks.lengths import Film as Film  # as the others use it, in types alone

__all__ = [
    "CLOCK_CODES",
    "LIMITS",
    "NO_LIMITS",
    "TRACK_SUFFIXES",
    "VIDEO_SUFFIXES",
    "FileName",
    "Limits",
    "compare_lengths",
    "load_bytes",
    "measure_film",
    "open_container",
    "parse_track",
    "provide_formats",
    "read_file_name",
    "read_frame_rate",
    "read_rate",
    "read_shift",
    "read_track",
    "retime",
    "set_frame_rate",
]


@hookimpl
def provide_formats() -> Iterable[TrackFormat]:
    """Return SubRip, WebVTT, SubStation, TTML, and older formats through pysubs2."""
    return FORMATS


def open_container(
    path: Path,
    *,
    stream: int | None = None,
    formats: Sequence[TrackFormat] = FORMATS,
    limits: Limits = LIMITS,
) -> Opened:
    """Read the text subtitles of a film; see `ffmpeg`, which is loaded for films alone."""
    from headnotes.tracks import ffmpeg

    return ffmpeg.open_container(path, stream=stream, formats=formats, limits=limits)


def compare_lengths(track: Track, film: Film) -> Issue | None:
    """Return what tells that a track and a film do not fit; see `lengths`, for films alone."""
    from headnotes.tracks import lengths

    return lengths.compare_lengths(track, film)


def measure_film(path: Path) -> Film:
    """Return how long a film is; see `ffmpeg`, which is loaded for films alone."""
    from headnotes.tracks import ffmpeg

    return ffmpeg.measure_film(path)
