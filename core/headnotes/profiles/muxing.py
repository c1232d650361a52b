"""Commands that put written tracks into a video, as lines for a POSIX shell.

Nothing is run here. Every value is quoted, and no path can be taken for an option.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from pathlib import PurePath

from headnotes.languages import container_code
from headnotes.model import Language
from headnotes.text import quote_shell
from headnotes.values import frozen

_FFMPEG_CODECS = {".srt": "srt", ".ass": "ass", ".vtt": "webvtt"}
_CHAPTERS = {".xml", ".ffmetadata"}
_LEFT_OUT_OF_MERGE = {".ffmetadata", ".vtt", ".json"}
_LEFT_OUT_OF_COPY = {".xml", ".json"}
_HOLDS_OWN_TEXT = {".mp4", ".m4v", ".mov"}
"""Films whose subtitles Matroska does not take as they are."""
_LANGUAGE = r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"


@frozen(kw_only=True)
class MuxTrack:
    """A written file on its way into a video.

    Attributes:
        path: the file; `.xml` and `.ffmetadata` are chapters, `.json` is for mpv's script and goes
            into no film, all others are subtitles.
        language: of the notes.
        title: shown in the player's menu.
    """

    path: PurePath
    language: Language
    title: str


def mux_commands(video: PurePath, tracks: Sequence[MuxTrack], output: PurePath) -> tuple[str, ...]:
    """Write the commands that add tracks to a video: mkvmerge's and ffmpeg's.

    The new tracks are never the default and never forced, and are flagged as commentary.
    mkvmerge takes no chapters from `.ffmetadata`, ffmpeg none from `.xml`, and the WebVTT that
    mkvmerge writes is unknown to ffmpeg and the players on it (seen with 74 and 5.1): such a file
    is left out of that command, and a command that would add nothing is left out whole. A film has
    one set of chapters: the first is taken.

    Args:
        video: what to add to; it is only read.
        tracks: at least one.
        output: the new video, Matroska, which keeps titles (S5).

    Raises:
        ValueError: no shell takes one of the names from a line of text.

    Source: conventions S3 to S5; manuals of mkvmerge 74 and ffmpeg 5.1.
    """
    merges = _drop_later_chapters(tracks, _LEFT_OUT_OF_MERGE)
    copies = _drop_later_chapters(tracks, _LEFT_OUT_OF_COPY)
    commands = []
    if merges:
        commands.append(_join(_list_mkvmerge(video, merges, output)))
    if copies:
        commands.append(_write_ffmpeg(video, copies, output))
    return tuple(commands)


def _drop_later_chapters(tracks: Iterable[MuxTrack], left_out: Container[str]) -> list[MuxTrack]:
    """Return what a program takes: tracks that are not left out, of chapters the first."""
    taken = [track for track in tracks if track.path.suffix not in left_out]
    first = next((track for track in taken if track.path.suffix in _CHAPTERS), None)
    return [track for track in taken if track is first or track.path.suffix not in _CHAPTERS]


def _list_mkvmerge(video: PurePath, tracks: Sequence[MuxTrack], output: PurePath) -> list[str]:
    words = ["mkvmerge", "-o", _path(output), _path(video)]
    for track in tracks:
        # chapters are options of the output, which come before the inputs
        if track.path.suffix == ".xml":
            words[3:3] = ["--chapters", _path(track.path)]
            continue
        words += ["--language", f"0:{_tag(track.language)}", "--track-name", f"0:{track.title}"]
        words += ["--default-track-flag", "0:no", "--forced-display-flag", "0:no"]
        words += ["--commentary-flag", "0:yes", _path(track.path)]
    return words


def _write_ffmpeg(video: PurePath, tracks: Sequence[MuxTrack], output: PurePath) -> str:
    """Write ffmpeg's command; the shell counts the subtitle streams that the video has already."""
    inputs = ["-i", _path(video)]
    # Matroska takes no data, such as the time code of a camera
    maps = ["-map", "0", "-map", "-0:d"]
    settings: list[str] = []
    subtitles = 0
    for number, track in enumerate(tracks, start=1):
        inputs += ["-i", _path(track.path)]
        if track.path.suffix == ".ffmetadata":
            maps += ["-map_chapters", str(number)]
            continue
        maps += ["-map", str(number)]
        settings += _list_settings(track, f"$((n+{subtitles}))")
        subtitles += 1
    # ffmpeg numbers subtitle streams of the output, so those of the video must be counted first
    count = (
        "ffprobe -v error -select_streams s -show_entries stream=index -of csv=p=0 "
        f"{quote_shell(_path(video))}"
    )
    codecs = ["-c", "copy"]
    if video.suffix.lower() in _HOLDS_OWN_TEXT:
        codecs += ["-c:s", "srt"]
    start, end = _join(["ffmpeg", "-n", *inputs, *maps, *codecs]), _path(output)
    return f"n=$({count} | wc -l); {' '.join([start, *settings, quote_shell(end)])}"


def _list_settings(track: MuxTrack, stream: str) -> list[str]:
    """List settings of one new subtitle stream; its number is an expression of the shell's."""
    codec = _FFMPEG_CODECS.get(track.path.suffix, "srt")
    language = quote_shell(f"language={container_code(_tag(track.language))}")
    return [
        f"-c:s:{stream} {codec}",
        f"-metadata:s:s:{stream} {language}",
        f"-metadata:s:s:{stream} {quote_shell(f'title={track.title}')}",
        f"-disposition:s:{stream} comment",
    ]


def _join(words: Iterable[str]) -> str:
    return " ".join(map(quote_shell, words))


def _path(path: PurePath) -> str:
    """Write a path so that neither program reads an option, a protocol or a list from it."""
    return str(path) if path.is_absolute() else f"./{path}"


def _tag(language: Language) -> str:
    return language if re.fullmatch(_LANGUAGE, language) else "und"
