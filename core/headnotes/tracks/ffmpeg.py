"""Subtitles inside films: which streams there are, and their text through ffmpeg.

Two programs are run, each with a list of arguments and never through a shell; the film is named
by its resolved path behind `file:`, so that no name can be an option or an address.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess  # ffmpeg is a program of its own
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from headnotes.formats import FORMATS
from headnotes.issues import Issue, TrackError
from headnotes.languages import find_language
from headnotes.model import Language, Track, TrackFormat
from headnotes.tracks.reading import parse_track
from headnotes.tracks.sizes import LIMITS, Limits

_TEXT_CODECS = {
    # codec of the stream: muxer to write it with, and whether it can be copied as it is
    "subrip": ("srt", "copy"),
    "srt": ("srt", "copy"),
    "ass": ("ass", "copy"),
    "ssa": ("ass", "copy"),
    "webvtt": ("webvtt", "copy"),
    "mov_text": ("srt", "srt"),
    "text": ("srt", "srt"),
}
_PICTURE_CODECS = {"hdmv_pgs_subtitle": "PGS", "dvd_subtitle": "VobSub", "dvb_subtitle": "DVB"}
_PROBE = ("ffprobe", "-v", "error", "-protocol_whitelist", "file", "-of", "json")
_EXTRACT = ("ffmpeg", "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe")
_PROBE_SECONDS = 60
_EXTRACT_SECONDS = 1_800  # the whole film is read, from a slow disc perhaps


@frozen(kw_only=True)
class Stream:
    """One subtitle stream of a film.

    Attributes:
        index: its number among all streams, as `--stream` and ffmpeg take it.
        codec: ffmpeg's name of what it is encoded in.
        language: `None` where it is not marked.
    """

    index: int
    codec: str
    language: Language | None


@frozen(kw_only=True)
class Opened:
    """What a film gave: its tracks by stream, and the problems of the streams that gave none."""

    tracks: tuple[Track, ...]
    issues: tuple[Issue, ...]


def open_container(
    path: Path,
    *,
    stream: int | None = None,
    formats: Sequence[TrackFormat] = FORMATS,
    limits: Limits = LIMITS,
) -> Opened:
    """Read the text subtitles of a film.

    Args:
        path: a film that ffmpeg can read, by convention one of `VIDEO_SUFFIXES`.
        stream: only the one with this index.
        formats: what may read them.
        limits: of each of them.

    Raises:
        TrackError: nothing could be read; its issues say why, one for each stream.
    """
    streams = list_streams(path)
    wanted = [found for found in streams if stream in {None, found.index}]
    if not wanted:
        listed = ", ".join(f"{found.index} ({_describe_stream(found)})" for found in streams)
        hint = f"there are {listed}; leave --stream out to read all of them"
        raise _error(path, "no-such-stream", f"no stream {stream} with subtitles in it", hint)
    names = _name_tracks(path, wanted)
    tracks: list[Track] = []
    issues: list[Issue] = []
    for found in wanted:
        try:
            data = _extract(path, found, limits)
            tracks.append(parse_track(data, names[found.index], formats=formats, limits=limits))
        except TrackError as error:
            issues += error.issues
    if not tracks:
        raise TrackError(*issues)
    return Opened(tracks=tuple(tracks), issues=tuple(issues))


def _name_tracks(path: Path, streams: Sequence[Stream]) -> dict[int, str]:
    """Return a name for each stream as a file beside the film has it, `Film.en.srt`.

    The number stands in it only where an earlier stream of text has the same language, as players
    know a file by the film's name with nothing but a language behind it.
    """
    names: dict[int, str] = {}
    for stream in streams:
        suffix = _TEXT_CODECS.get(stream.codec, ("srt", ""))[0]
        language = f".{stream.language}" if stream.language else ""
        is_taken = any(
            found.language == stream.language and found.index in names
            for found in streams
            if found.codec in _TEXT_CODECS
        )
        number = f".{stream.index}" if is_taken else ""
        names[stream.index] = f"{path.stem}{number}{language}.{suffix}"
    return names


def _describe_stream(stream: Stream) -> str:
    codec = _PICTURE_CODECS.get(stream.codec, stream.codec)
    return f"{stream.language}, {codec}" if stream.language else codec


def list_streams(path: Path) -> tuple[Stream, ...]:
    """List the subtitle streams of a film, in its order.

    Raises:
        TrackError: ffmpeg is missing, cannot read the file, or finds no subtitles in it.
    """
    if shutil.which("ffprobe") is None or shutil.which("ffmpeg") is None:
        command = shlex.join(["ffmpeg", "-i", path.name, "-map", "0:s:0", f"{path.stem}.srt"])
        what = "its subtitles cannot be read without ffmpeg"
        hint = f"install ffmpeg, or take them out elsewhere: {command}"
        raise _error(path, "ffmpeg-missing", what, hint)
    fields = "stream=index,codec_name:stream_tags=language"
    listed = _run(
        path,
        [*_PROBE, "-show_entries", fields, "-select_streams", "s", _address(path)],
        _PROBE_SECONDS,
    )
    streams = tuple(map(_read_stream, _load_json(path, listed).get("streams", ())))
    if not streams:
        raise _error(path, "no-subtitles", "a film without subtitles in it")
    return streams


def _load_json(path: Path, listed: bytes) -> dict[str, Any]:
    """Read what ffprobe prints."""
    import json

    try:
        loaded = json.loads(listed)
    except ValueError:
        loaded = None
    if not isinstance(loaded, dict):
        raise _error(path, "ffprobe-failed", "ffprobe did not list what is in it")
    return loaded


def _read_stream(listed: dict[str, Any]) -> Stream:
    tags = listed.get("tags", {})
    return Stream(
        index=int(listed["index"]),
        codec=str(listed.get("codec_name", "unknown")),
        language=find_language(str(tags.get("language", "")).lower().partition("-")[0]),
    )


def _extract(path: Path, stream: Stream, limits: Limits) -> bytes:
    """Take the text of one stream out of a film."""
    where = f"{path.as_posix()}, stream {stream.index}"
    if stream.codec in _PICTURE_CODECS:
        what = f"{_PICTURE_CODECS[stream.codec]} subtitles are pictures"
        raise _error(where, "picture-subtitles", what, "turn them into text by OCR first")
    if stream.codec not in _TEXT_CODECS:
        what = f"subtitles in the unknown codec {stream.codec!r}"
        raise _error(where, "unknown-codec", what)
    muxer, codec = _TEXT_CODECS[stream.codec]
    return _run(
        path,
        [
            *(*_EXTRACT, "-i", _address(path), "-map", f"0:{stream.index}", "-c:s", codec),
            *("-fs", str(limits.file_bytes), "-f", muxer, "pipe:1"),
        ],
        _EXTRACT_SECONDS,
    )


def _address(path: Path) -> str:
    """Name a file so that it can only be a file."""
    return f"file:{path.resolve()}"


def _run(path: Path, command: list[str], seconds: int) -> bytes:
    """Run ffmpeg or ffprobe on a film and return what it prints."""
    try:
        done = subprocess.run(  # noqa: S603  # a list of arguments, no shell
            command, capture_output=True, check=True, timeout=seconds, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        what = f"{command[0]} took more than {seconds} s"
        raise _error(path, "ffmpeg-timeout", what) from None
    except (OSError, subprocess.CalledProcessError) as error:
        output = getattr(error, "stderr", None) or str(error).encode()
        message = output.decode("utf-8", "replace").replace(str(path.resolve()), path.name)
        what = f"{command[0]} cannot read it: {message.strip().splitlines()[-1][-200:]}"
        raise _error(path, "ffmpeg-failed", what, "is it a film?") from None
    return done.stdout


def _error(where: Path | str, code: str, message: str, hint: str = "") -> TrackError:
    path = where.as_posix() if isinstance(where, Path) else where
    return TrackError(Issue(path=path, code=code, message=message, hint=hint))
