"""Subtitles inside films: which streams there are, and their text through ffmpeg.

Two programs are run, each with a list of arguments and never through a shell; the film is named
by its resolved path behind `file:`, so that no name can be an option or an address.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess  # ffmpeg is a program of its own
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from headnotes.formats import FORMATS, read_timestamp
from headnotes.issues import Issue, TrackError
from headnotes.languages import find_language
from headnotes.model import Language, Track, TrackFormat
from headnotes.tracks.lengths import Film
from headnotes.tracks.reading import parse_track
from headnotes.tracks.sizes import LIMITS, Limits
from headnotes.values import frozen

_TEXT_CODECS = {
    # codec of the stream: muxer to write it with, and whether it can be copied as it is
    "subrip": ("srt", "copy"),
    "srt": ("srt", "copy"),
    "ass": ("ass", "copy"),
    "ssa": ("ass", "copy"),
    "webvtt": ("webvtt", "copy"),
    "mov_text": ("srt", "srt"),
    "text": ("srt", "srt"),
    "dvb_teletext": ("srt", "srt"),
}
_TELETEXT = "dvb_teletext"
_PICTURE_CODECS = {"hdmv_pgs_subtitle": "PGS", "dvd_subtitle": "VobSub", "dvb_subtitle": "DVB"}
_OCR = "turn them into text by OCR first, for example with Subtitle Edit"
_TELETEXT_OPTIONS = ("-fix_sub_duration", "-txt_page", "subtitle", "-txt_format", "text")
"""Only pages marked as subtitles, as plain text; each shows until the next one."""
_PROBE = ("ffprobe", "-v", "error", "-protocol_whitelist", "file", "-of", "json")
_EXTRACT = ("ffmpeg", "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe")
_FIELDS = (
    "stream=index,codec_name,codec_type,avg_frame_rate,duration:stream_disposition=attached_pic,forced"
    ":stream_tags=language,DURATION:format=duration"
)
_PROBE_SECONDS = 60
_EXTRACT_SECONDS = 1_800  # the whole film is read, from a slow disc perhaps


@frozen(kw_only=True)
class Stream:
    """One subtitle stream of a film.

    Attributes:
        index: its number among all streams, as `--stream` and ffmpeg take it.
        codec: ffmpeg's name of what it is encoded in.
        language: `None` where it is not marked.
        is_forced: whether it is marked as shown to all: what is foreign, or on signs.
    """

    index: int
    codec: str
    language: Language | None
    is_forced: bool


@frozen(kw_only=True)
class Opened:
    """What a film gave.

    Attributes:
        tracks: by stream.
        issues: the problems of the streams that gave none.
        film: what is known of its picture; `None` where ffprobe does not say how long it is.
    """

    tracks: tuple[Track, ...]
    issues: tuple[Issue, ...]
    film: Film | None


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
    probed = _probe(path)
    streams = _list_streams(path, probed)
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
    return Opened(tracks=tuple(tracks), issues=tuple(issues), film=_read_film(probed))


def _name_tracks(path: Path, streams: Sequence[Stream]) -> dict[int, str]:
    """Return a name for each stream as a file beside the film has it, `Film.en.srt`.

    The number stands in it only where an earlier stream of text has the same language, as players
    know a file by the film's name with nothing but a language behind it. Forced ones say so, as
    files do, and leave that name to the full one.
    """
    names: dict[int, str] = {}
    for stream in streams:
        suffix = _TEXT_CODECS.get(stream.codec, ("srt", ""))[0]
        language = f".{stream.language}" if stream.language else ""
        flag = ".forced" if stream.is_forced else ""
        is_taken = any(
            (found.language, found.is_forced) == (stream.language, stream.is_forced)
            and found.index in names
            for found in streams
            if found.codec in _TEXT_CODECS
        )
        number = f".{stream.index}" if is_taken else ""
        names[stream.index] = f"{path.stem}{number}{language}{flag}.{suffix}"
    return names


def _describe_stream(stream: Stream) -> str:
    codec = _PICTURE_CODECS.get(stream.codec, stream.codec)
    return f"{stream.language}, {codec}" if stream.language else codec


def measure_film(path: Path) -> Film:
    """Return how long a film is, and how many frames a second it has.

    Raises:
        TrackError: ffmpeg is missing, cannot read the file, or does not know its length.
    """
    film = _read_film(_probe(path))
    if film is None:
        raise _error(path, "no-duration", "nothing in it says how long it is", "is it a film?")
    return film


def _probe(path: Path) -> dict[str, Any]:
    """Ask ffprobe what is in a film.

    Raises:
        TrackError: ffmpeg is missing, or cannot read the file.
    """
    if shutil.which("ffprobe") is None or shutil.which("ffmpeg") is None:
        command = shlex.join(["ffmpeg", "-i", path.name, "-map", "0:s:0", f"{path.stem}.srt"])
        what = "its subtitles cannot be read without ffmpeg"
        hint = f"install ffmpeg, or take them out elsewhere: {command}"
        raise _error(path, "ffmpeg-missing", what, hint)
    listed = _run(path, [*_PROBE, "-show_entries", _FIELDS, _address(path)], _PROBE_SECONDS)
    return _load_json(path, listed)


def _list_streams(path: Path, probed: dict[str, Any]) -> tuple[Stream, ...]:
    """List the subtitle streams of a film, in its order."""
    listed = probed.get("streams", ())
    streams = tuple(_read_stream(each) for each in listed if each.get("codec_type") == "subtitle")
    if not streams:
        raise _error(path, "no-subtitles", "a film without subtitles in it")
    return streams


def _read_film(probed: dict[str, Any]) -> Film | None:
    """Read how long the picture of a film is.

    Containers count the longest of their streams, which may be the subtitles.
    """
    streams = probed.get("streams", ())
    video: dict[str, Any] = next((each for each in streams if _is_picture(each)), {})
    tags = {key.upper(): value for key, value in video.get("tags", {}).items()}
    written = (
        video.get("duration"),
        tags.get("DURATION"),
        probed.get("format", {}).get("duration"),
    )
    known = (read_timestamp(_shorten_fraction(str(each))) for each in written if each)
    duration_ms = next((time_ms for time_ms in known if time_ms), None)
    if duration_ms is None:
        return None
    rate = re.fullmatch(r"([1-9]\d{0,8})/([1-9]\d{0,8})", str(video.get("avg_frame_rate")))
    frame_rate = Fraction(int(rate[1]), int(rate[2])) if rate else None
    return Film(duration_ms=duration_ms, frame_rate=frame_rate)


def _is_picture(stream: dict[str, Any]) -> bool:
    """Whether a stream is the film's picture, and not the picture on its cover."""
    is_cover = stream.get("disposition", {}).get("attached_pic")
    return stream.get("codec_type") == "video" and not is_cover


def _shorten_fraction(written: str) -> str:
    """Return a time without the digits that no clock of ours has."""
    whole, point, fraction = written.partition(".")
    return f"{whole}{point}{fraction[:3]}"


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
        is_forced=bool(listed.get("disposition", {}).get("forced")),
    )


def _extract(path: Path, stream: Stream, limits: Limits) -> bytes:
    """Take the text of one stream out of a film."""
    where = f"{path.as_posix()}, stream {stream.index}"
    if stream.codec in _PICTURE_CODECS:
        what = f"{_PICTURE_CODECS[stream.codec]} subtitles are pictures"
        raise _error(where, "picture-subtitles", what, _OCR)
    if stream.codec == _TELETEXT:
        _check_teletext(path, where)
    if stream.codec not in _TEXT_CODECS:
        what = f"subtitles in the unknown codec {stream.codec!r}"
        raise _error(where, "unknown-codec", what)
    muxer, codec = _TEXT_CODECS[stream.codec]
    reading = _TELETEXT_OPTIONS if stream.codec == _TELETEXT else ()
    command = [
        *(*_EXTRACT, *reading, "-i", _address(path), "-map", f"0:{stream.index}", "-c:s"),
        *(codec, "-fs", str(limits.file_bytes), "-f", muxer, "pipe:1"),
    ]
    data = _run(path, command, _EXTRACT_SECONDS)
    if not data.strip():
        raise _error(where, "no-cues", "a stream of subtitles without any text in it")
    return data


def _check_teletext(path: Path, where: str) -> None:
    """Refuse teletext where ffmpeg was built without the library that reads it.

    Source: FFmpeg's decoder libzvbi_teletextdec, which distributions may leave out.
    """
    decoders = _run(path, ["ffmpeg", "-v", "error", "-decoders"], _PROBE_SECONDS)
    if b"libzvbi" not in decoders:
        what = "teletext, which this ffmpeg was built without (libzvbi)"
        command = shlex.join(["ccextractor", path.name, "-o", f"{path.stem}.srt"])
        hint = f"install an ffmpeg with libzvbi, or take it out elsewhere: {command}"
        raise _error(where, "no-teletext", what, hint)


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
