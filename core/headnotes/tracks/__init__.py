"""Subtitle files to tracks and back."""

from headnotes.tracks.reading import FORMATS, LIMIT_BYTES, parse_track, read_track, write_track

__all__ = ["FORMATS", "LIMIT_BYTES", "parse_track", "read_track", "write_track"]
