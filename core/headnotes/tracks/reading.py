"""One subtitle file in, one track out."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from headnotes.formats import FORMATS
from headnotes.issues import Issue, PluginError, TrackError
from headnotes.languages import guess_language, is_kin, read_language
from headnotes.model import Cue, Track, TrackFormat
from headnotes.tracks.decoding import Decoded, decode_bytes
from headnotes.tracks.filetypes import describe_bytes, describe_text, suggest_remedy
from headnotes.tracks.sizes import LIMITS, Limits
from headnotes.tracks.timebase import settle_timebase
from headnotes.values import evolve

TRACK_SUFFIXES = frozenset(suffix for form in FORMATS for suffix in form.suffixes)
"""Endings of files that are worth reading when a folder is given."""

VIDEO_SUFFIXES = frozenset(
    {".mkv", ".mk3d", ".mks", ".mp4", ".m4v", ".mov", ".webm"} | {".ts", ".m2ts", ".mts", ".avi"}
)
"""Endings of films that may have subtitles inside; see `ffmpeg`."""

_INSIST = "is it a film? --large reads it all the same"


def read_track(
    path: Path,
    *,
    formats: Sequence[TrackFormat] = FORMATS,
    encoding: str | None = None,
    limits: Limits = LIMITS,
) -> Track:
    """Read one subtitle file of any format, known by its content.

    Args:
        path: the file.
        formats: what may read it, asked in this order.
        encoding: its character set where the user knows better.
        limits: a larger file is refused before it is read.

    Raises:
        TrackError: there is no cue in it, or it cannot be read at all.
    """
    try:
        # nothing here holds the bytes, so that a large file is not held twice
        return parse_track(
            load_bytes(path, limits), path.name, formats=formats, encoding=encoding, limits=limits
        )
    except TrackError as error:
        # where a reader failed, what it raised; else nothing
        raise _move_issues(error, path.name, path.as_posix()) from error.__cause__


def parse_track(
    data: bytes,
    name: str,
    *,
    formats: Sequence[TrackFormat] = FORMATS,
    encoding: str | None = None,
    limits: Limits = LIMITS,
) -> Track:
    """Read the bytes of one subtitle file.

    Args:
        data: the whole file.
        name: its name for people; may tell its language.
        formats: what may read it, asked in this order.
        encoding: its character set where the user knows better.
        limits: a text with more is refused.

    Raises:
        TrackError: there is no cue in it, or too much.
    """
    if message := limits.explain_size(len(data)):
        raise _error(name, "too-large", message, _INSIST)
    if other := describe_bytes(data):
        raise _error(name, "unknown-format", other, suggest_remedy(other))
    decoded = decode_bytes(data, encoding)
    del data  # a large file is not held twice
    if message := limits.explain_text(decoded.text):
        raise _error(name, "too-many-cues", message, _INSIST)
    for form in formats:
        found = _parse(form, decoded.text, name)
        if found is not None:
            if message := limits.explain_cues(found[0]):
                raise _error(name, "too-large-cues", message, _INSIST)
            return _make_track(name, form, decoded, *found)
    other = describe_text(decoded.text)
    raise _error(name, "unknown-format", other, suggest_remedy(other))


def load_bytes(path: Path, limits: Limits = LIMITS) -> bytes:
    """Return what is in a file, unless that is no regular file or too large.

    Raises:
        TrackError: it is one of these, or cannot be read.
    """
    where = path.as_posix()
    try:
        _check_kind(path.stat(), where)
        with open(path, "rb", opener=_open_at_once) as file:
            status = os.fstat(file.fileno())
            _check_kind(status, where)  # again: another may have taken its place
            if message := limits.explain_size(status.st_size):
                raise _error(where, "too-large", message, _INSIST)
            # no more than it has now: a file may grow while it is read
            return file.read(status.st_size)
    except (OSError, ValueError) as error:  # the latter for a name that holds NUL
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise _error(where, "unreadable", what, "check name and rights") from None


def _check_kind(status: os.stat_result, where: str) -> None:
    """Refuse what is no regular file."""
    if not stat.S_ISREG(status.st_mode):
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        raise _error(where, "no-regular-file", what, "give a subtitle file")


def _open_at_once(path: str, flags: int) -> int:
    """Open a file without waiting for anybody, as a FIFO or a device would."""
    return os.open(path, flags | os.O_NONBLOCK)


def _parse(
    form: TrackFormat, text: str, name: str
) -> tuple[tuple[Cue, ...], tuple[Issue, ...]] | None:
    """Read a text in a format that recognises it; a format that fails is named."""
    try:
        return form.parse(text) if form.recognise(text) else None
    except TrackError as error:
        raise _move_issues(error, "", name) from None
    except PluginError as error:
        named = (evolve(issue, message=f"{name!r}: {issue.message}") for issue in error.issues)
        raise TrackError(*named) from None
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {str(error)[:200]}".split())
        message = f"the reader of {form.name} fails on it ({what})"
        raise _error(name, "failed-reader", message, "report it with the file") from error


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
