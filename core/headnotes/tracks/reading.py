"""One subtitle file in, one track out, and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from headnotes.errors import Problem, TrackError
from headnotes.model import Track, TrackFormat
from headnotes.tracks.ass import ASS
from headnotes.tracks.decoding import decode_bytes
from headnotes.tracks.srt import SRT
from headnotes.tracks.ttml import TTML
from headnotes.tracks.webvtt import VTT

FORMATS: tuple[TrackFormat, ...] = (SRT, VTT, ASS, TTML)
"""The formats we bring; a file goes to the first that recognises its text."""

LIMIT_BYTES = 200 * 1024 * 1024
"""The largest file that is read."""


def read_track(
    path: Path,
    *,
    formats: Sequence[TrackFormat] = FORMATS,
    encoding: str | None = None,
    limit_bytes: int = LIMIT_BYTES,
) -> Track:
    """Read one subtitle file."""
    return parse_track(path.read_bytes(), path.name, formats=formats, encoding=encoding)


def parse_track(
    data: bytes,
    name: str,
    *,
    formats: Sequence[TrackFormat] = FORMATS,
    encoding: str | None = None,
) -> Track:
    """Read the bytes of one subtitle file."""
    decoded = decode_bytes(data, encoding)
    for form in formats:
        if form.recognise(decoded.text):
            cues, repairs = form.parse(decoded.text)
            return Track(
                name=name,
                format=form.name,
                language=None,
                cues=cues,
                encoding=decoded.encoding,
                encoding_certainty=decoded.certainty,
                repairs=decoded.repairs + repairs,
                source=decoded.text,
                bom=decoded.bom,
            )
    raise TrackError(Problem(where=name, what="not a subtitle file", mend="give a subtitle file"))


def write_track(track: Track, *, formats: Sequence[TrackFormat] = FORMATS) -> bytes:
    """Write a track back in the format and character set it was read in."""
    form = next(form for form in formats if form.name == track.format)
    if form.write is None:
        raise TrackError(Problem(where=track.name, what="cannot be written"))
    text = form.write(track).encode(track.encoding)
    mark = "\ufeff".encode(track.encoding) if track.bom else b""
    return mark + text
