"""Subtitle files to tracks and back: decoding, repair, formats, names.

A file is decoded, recognised by its content, repaired where it has to be and read, cue by cue;
all that was put right is listed in `Track.repairs`. What the dialogue means is the business of
`matching` and the rooms above; which files of a folder to read is the command line's.
"""

from collections.abc import Iterable

from headnotes.formats.catalogue import FORMATS
from headnotes.formats.converting import srt_text
from headnotes.hookspecs import hookimpl
from headnotes.model import TrackFormat
from headnotes.tracks.reading import (
    LIMIT_BYTES,
    TRACK_SUFFIXES,
    VIDEO_SUFFIXES,
    parse_track,
    read_track,
    write_track,
)
from headnotes.tracks.release_names import FileName, read_file_name

__all__ = [
    "FORMATS",
    "LIMIT_BYTES",
    "TRACK_SUFFIXES",
    "VIDEO_SUFFIXES",
    "FileName",
    "parse_track",
    "provide_formats",
    "read_file_name",
    "read_track",
    "srt_text",
    "write_track",
]


@hookimpl
def provide_formats() -> Iterable[TrackFormat]:
    """Bring SubRip, WebVTT, SubStation and TTML."""
    return FORMATS
