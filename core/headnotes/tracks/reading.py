"""One subtitle file in, one track out."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import evolve

from headnotes.formats import FORMATS
from headnotes.issues import Issue, TrackError
from headnotes.languages import guess_language, is_kin, read_language
from headnotes.model import Cue, Track, TrackFormat
from headnotes.tracks.decoding import Decoded, decode_bytes
from headnotes.tracks.filetypes import describe_bytes, describe_text, suggest_remedy
from headnotes.tracks.timebase import settle_timebase

TRACK_SUFFIXES = frozenset(suffix for form in FORMATS for suffix in form.suffixes)
"""Endings of files that are worth reading when a folder is given."""

VIDEO_SUFFIXES = frozenset(
    {".mkv", ".mk3d", ".mks", ".mp4", ".m4v", ".mov", ".webm"} | {".ts", ".m2ts", ".mts", ".avi"}
)
"""Endings of films that may have subtitles inside; see `ffmpeg`."""

LIMIT_BYTES = 200 * 1024 * 1024
"""The largest file that is read; subtitles of a whole season have a hundredth of that."""

_OWN_NAMES = frozenset(form.name for form in FORMATS)
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
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            raise _error(where, "no-regular-file", what, "give a subtitle file")
        if status.st_size > limit_bytes:
            size, most = status.st_size / _MEGABYTE, limit_bytes / _MEGABYTE
            what = f"{size:.0f} MB, and a subtitle file has {most:.0f} MB at most"
            raise _error(where, "too-large", what, "is it a film?")
        # the limit again: the file may grow while it is read
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except (OSError, ValueError) as error:  # the latter for a name that holds NUL
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise _error(where, "unreadable", what, "check name and rights") from None
    try:
        return parse_track(data, path.name, formats=formats, encoding=encoding)
    except TrackError as error:
        raise _move_issues(error, path.name, where) from None


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
    if other := describe_bytes(data):
        raise _error(name, "unknown-format", other, suggest_remedy(other))
    decoded = decode_bytes(data, encoding)
    for form in formats:
        found = _parse(form, decoded.text, name)
        if found is not None:
            return _make_track(name, form, decoded, *found)
    other = describe_text(decoded.text)
    raise _error(name, "unknown-format", other, suggest_remedy(other))


def _parse(
    form: TrackFormat, text: str, name: str
) -> tuple[tuple[Cue, ...], tuple[Issue, ...]] | None:
    """Let a format read a text, if it recognises it; one that fails is named."""
    try:
        return form.parse(text) if form.recognise(text) else None
    except TrackError as error:
        raise _move_issues(error, "", name) from None
    except Exception as error:
        if form.name in _OWN_NAMES:  # a bug of ours keeps its traceback
            raise
        what = f"the format {form.name!r} failed on it: {error!r}"
        raise _error(name, "failed-format", what, "tell its plugin's author") from error


def _make_track(
    name: str,
    form: TrackFormat,
    decoded: Decoded,
    cues: tuple[Cue, ...],
    repairs: Iterable[Issue],
) -> Track:
    """Put together what was read, and settle the language."""
    cues, changes = settle_timebase(cues, decoded.text, is_ordered=form.name != "ass")
    named, spoken = read_language(Path(name).stem)[0], guess_language(cues)
    done = sorted((*decoded.repairs, *repairs, *changes), key=lambda repair: repair.line)
    if named and spoken and not is_kin(named, spoken):
        what = f"the name says {named!r}, the dialogue is {spoken!r}; taken as that"
        done.append(Issue(line=1, code="language-mismatch", level="info", message=what))
    return Track(
        name=name,
        format=form.name,
        language=named if named and spoken and is_kin(named, spoken) else spoken or named,
        cues=cues,
        encoding=decoded.encoding,
        encoding_certainty=decoded.certainty,
        repairs=tuple(done),
        source=decoded.text,
        bom=decoded.bom,
    )


def _error(path: str, code: str, message: str, hint: str) -> TrackError:
    return TrackError(Issue(path=path, code=code, message=message, hint=hint))


def _move_issues(error: TrackError, old: str, new: str) -> TrackError:
    """Return an error whose issues name the file as the caller does."""
    return TrackError(
        *(evolve(issue, path=new) if issue.path == old else issue for issue in error.issues)
    )
