"""One track in the guises in which people have it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

import pysrt

Guise = Sequence[tuple[bytes, tuple[float, float]]]
"""Files as bytes, each with the share of the film it holds."""


def _as_bytes(track: pysrt.SubRipFile, encoding: str = "utf-8") -> bytes:
    track.clean_indexes()
    return "\n".join(str(cue) for cue in track).encode(encoding, "replace")


def _whole(data: bytes) -> Guise:
    return [(data, (0.0, 1.0))]


def _change(text: str, change: Callable[[str], str], encoding: str = "utf-8") -> Guise:
    track = pysrt.from_string(text)
    for cue in track:
        cue.text = change(cue.text)
    return _whole(_as_bytes(track, encoding))


def _with_sounds(text: str) -> Guise:
    names = random.Random(4)
    return _change(
        text,
        lambda line: f"{names.choice(['WOLTER:', '[Gereon]', 'MAN 1:'])} {line}\n(door slams) ♪",
    )


def _with_reading_errors(text: str) -> Guise:
    """Confuse one letter in some forty, as a program does that reads from pictures."""
    chance = random.Random(7)
    wrong = {"l": "I", "I": "l", "o": "0", "i": "l", "m": "rn", "O": "0", "e": "c"}
    return _change(
        text,
        lambda line: "".join(
            wrong[char] if char in wrong and chance.random() < 0.08 else char for char in line
        ),
    )


def _stretched(text: str) -> Guise:
    track = pysrt.from_string(text)
    track.shift(ratio=25 / 23.976)
    track.shift(seconds=38)
    return _whole(_as_bytes(track))


def _cut_in_two(text: str) -> Guise:
    track = pysrt.from_string(text)
    end = track[-1].end.ordinal
    half = end // 2
    first = pysrt.SubRipFile([cue for cue in track if cue.start.ordinal < half])
    second = pysrt.SubRipFile([cue for cue in track if cue.start.ordinal >= half])
    second_start = second[0].start.ordinal
    for cue in second:
        cue.shift(milliseconds=-second_start)
    ends = first[-1].end.ordinal / end
    return [(_as_bytes(first), (0.0, ends)), (_as_bytes(second), (second_start / end, 1.0))]


def _transcribed(text: str) -> Guise:
    pairs = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
    return _change(text, lambda line: re.sub("[äöüÄÖÜß]", lambda found: pairs[found[0]], line))


DISGUISES: dict[str, Callable[[str], Guise]] = {
    "all in capitals": lambda text: _change(text, str.upper),
    "cp1252": lambda text: _change(text, lambda line: line, "cp1252"),
    "cut in two files": _cut_in_two,
    "for the deaf": _with_sounds,
    "reading errors": _with_reading_errors,
    "stretched and shifted": _stretched,
    "transcribed umlauts": _transcribed,
    "utf-16": lambda text: _change(text, lambda line: line, "utf-16"),
}
"""By name: from the text of a SubRip file to the files of a guise."""


def disguise(name: str, text: str) -> Guise:
    """Give a track in one of its guises."""
    return DISGUISES[name](text)
