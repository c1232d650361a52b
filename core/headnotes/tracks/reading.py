"""One subtitle file in, one track out, and back."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import evolve

from headnotes.formats.catalogue import FORMATS
from headnotes.issues import Issue, TrackError
from headnotes.languages import guess_language, is_kin, read_language
from headnotes.model import Cue, Track, TrackFormat
from headnotes.tracks.decoding import Decoded, decode_bytes
from headnotes.tracks.filetypes import describe_bytes, describe_text, say_mend

TRACK_SUFFIXES = frozenset(suffix for form in FORMATS for suffix in form.suffixes)
"""Endings of files that are worth reading when a folder is given."""

VIDEO_SUFFIXES = frozenset({".mkv", ".mk3d", ".mks", ".mp4", ".m4v", ".mov", ".webm"})
"""Endings of films that may have subtitles inside; see `containers`."""

LIMIT_BYTES = 200 * 1024 * 1024
"""The largest file that is read; subtitles of a whole season have a hundredth of that."""

_MEGABYTE = 1024 * 1024


def read_track(
    path: Path,
    *,
    formats: Sequence[TrackFormat] = FORMATS,
    encoding: str | None = None,
    limit_bytes: int = LIMIT_BYTES,
) -> Track:
    """Read one subtitle file of any format, known by its content.

    Args:
        path: the file.
        formats: what may read it, asked in this order.
        encoding: its character set where the user knows better.
        limit_bytes: a larger file is refused before it is read.

    Raises:
        TrackError: there is no cue in it, or it cannot be read at all.
    """
    where = path.as_posix()
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
            raise TrackError(
                Issue(path=where, code="no-regular-file", message=what, hint="give a subtitle file")
            )
        if status.st_size > limit_bytes:
            size, most = status.st_size / _MEGABYTE, limit_bytes / _MEGABYTE
            what = f"{size:.0f} MB, and a subtitle file has {most:.0f} MB at most"
            raise TrackError(
                Issue(path=where, code="too-large", message=what, hint="is it a film?")
            )
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except (OSError, ValueError) as error:  # the latter for a name that holds NUL
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise TrackError(
            Issue(path=where, code="unreadable", message=what, hint="check name and rights")
        ) from None
    try:
        return parse_track(data, path.name, formats=formats, encoding=encoding)
    except TrackError as error:
        raise _tell_where(error, path.name, where) from None


def parse_track(
    data: bytes,
    name: str,
    *,
    formats: Sequence[TrackFormat] = FORMATS,
    encoding: str | None = None,
) -> Track:
    """Read the bytes of one subtitle file.

    Args:
        data: the whole file.
        name: its name for people; may tell its language.
        formats: what may read it, asked in this order.
        encoding: its character set where the user knows better.

    Raises:
        TrackError: there is no cue in it.
    """
    if stranger := describe_bytes(data):
        raise TrackError(
            Issue(path=name, code="unknown-format", message=stranger, hint=say_mend(stranger))
        )
    decoded = decode_bytes(data, encoding)
    for form in formats:
        found = _parse(form, decoded.text, name)
        if found is not None:
            return _make_track(name, form, decoded, *found)
    stranger = describe_text(decoded.text)
    raise TrackError(
        Issue(path=name, code="unknown-format", message=stranger, hint=say_mend(stranger))
    )


def write_track(track: Track, *, formats: Sequence[TrackFormat] = FORMATS) -> bytes:
    """Write a track in the format and character set it was read in.

    Returns:
        The bytes that were read where nothing was changed and nothing could not be decoded. A
        changed cue whose characters the set lacks turns the whole file to UTF-8.

    Raises:
        TrackError: the format can only be read.
    """
    form = next((form for form in formats if form.name == track.format), None)
    if form is None or form.write is None:
        what = f"the format {track.format!r} can only be read"
        raise TrackError(
            Issue(
                path=track.name,
                code="unwritable-format",
                message=what,
                hint="choose another profile",
            )
        )
    text = form.write(track)
    try:
        return ("\ufeff" * track.bom + text).encode(track.encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _parse(
    form: TrackFormat, text: str, name: str
) -> tuple[tuple[Cue, ...], tuple[Issue, ...]] | None:
    """Let a format read a text, if it recognises it; one that fails is named."""
    try:
        return form.parse(text) if form.recognise(text) else None
    except TrackError as error:
        raise _tell_where(error, "", name) from None
    except Exception as error:
        if form in FORMATS:
            raise
        what = f"the format {form.name!r} failed on it: {error!r}"
        raise TrackError(
            Issue(path=name, code="failed-format", message=what, hint="tell its plugin's author")
        ) from error


def _make_track(
    name: str,
    form: TrackFormat,
    decoded: Decoded,
    cues: tuple[Cue, ...],
    repairs: Iterable[Issue],
) -> Track:
    """Put together what was read, and settle the language."""
    named, said = read_language(Path(name).stem)[0], guess_language(cues)
    mended = sorted((*decoded.repairs, *repairs), key=lambda repair: repair.line)
    if named and said and not is_kin(named, said):
        what = f"the name says {named!r}, the dialogue is {said!r}; taken as that"
        mended.append(Issue(line=1, code="language-mismatch", level="info", message=what))
    return Track(
        name=name,
        format=form.name,
        language=named if named and said and is_kin(named, said) else said or named,
        cues=cues,
        encoding=decoded.encoding,
        encoding_certainty=decoded.certainty,
        repairs=tuple(mended),
        source=decoded.text,
        bom=decoded.bom,
    )


def _tell_where(error: TrackError, old: str, new: str) -> TrackError:
    """Say in the caller's words where something is wrong."""
    problems = error.issues
    return TrackError(*(evolve(one, path=new) if one.path == old else one for one in problems))
