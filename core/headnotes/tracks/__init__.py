"""Subtitle files to tracks: decoding, file types, subtitles inside films, names of files.

A file is decoded, recognised by its content, repaired where it has to be and read, cue by cue;
all that was put right is listed in `Track.repairs`. What the dialogue means is the business of
`matching` and the rooms above; which files of a folder to read is the command line's.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from headnotes.formats import FORMATS
from headnotes.hookspecs import hookimpl
from headnotes.model import TrackFormat
from headnotes.tracks.reading import (
    LIMIT_BYTES,
    TRACK_SUFFIXES,
    VIDEO_SUFFIXES,
    parse_track,
    read_track,
)
from headnotes.tracks.release_names import FileName, read_file_name

if TYPE_CHECKING:
    from headnotes.tracks.ffmpeg import open_container
else:
    from headnotes.lazy import export_later

    __getattr__ = export_later(__name__, ffmpeg=("open_container",))

__all__ = [
    "LIMIT_BYTES",
    "TRACK_SUFFIXES",
    "VIDEO_SUFFIXES",
    "FileName",
    "open_container",
    "parse_track",
    "provide_formats",
    "read_file_name",
    "read_track",
]


@hookimpl
def provide_formats() -> Iterable[TrackFormat]:
    """Bring SubRip, WebVTT, SubStation and TTML."""
    return FORMATS
