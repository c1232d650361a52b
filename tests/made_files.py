"""Clean subtitle files of any size in every format we read, for tests and benchmarks of reading."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice

from headnotes.times import format_srt_time, format_vtt_time

WORDS = "the police said that nobody knows where Charlotte went last night and why he never came"
SPAN_MS = 300_000_000  # beyond that times begin anew: a large file is longer than any film

Row = Callable[[int, int, int, str], str]


def _hundredths(time_ms: int) -> str:
    return format_vtt_time(time_ms)[1:-1]


SHAPES: dict[str, tuple[str, Row, str]] = {
    # what stands before the cues, one cue (number, start, end, text), what stands behind them
    "srt": (
        "",
        lambda n, a, z, text: f"{n}\n{format_srt_time(a)} --> {format_srt_time(z)}\n{text}\n\n",
        "",
    ),
    "webvtt": (
        "WEBVTT\n\n",
        lambda _, a, z, text: f"{format_vtt_time(a)} --> {format_vtt_time(z)}\n{text}\n\n",
        "",
    ),
    "ass": (
        "[Events]\n",
        lambda _, a, z, text: (
            f"Dialogue: 0,{_hundredths(a)},{_hundredths(z)},Default,,0,0,0,,"
            + text.replace("\n", r"\N")
            + "\n"
        ),
        "",
    ),
    "ttml": (
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div>\n',
        lambda _, a, z, text: (
            f'<p begin="{format_vtt_time(a)}" end="{format_vtt_time(z)}">'
            + text.replace("\n", "<br/>")
            + "</p>\n"
        ),
        "</div></body></tt>",
    ),
    "sami": (
        "<SAMI><BODY>\n",
        lambda _, a, z, text: (
            f"<SYNC Start={a}><P Class=ENCC>{text}\n<SYNC Start={z}><P Class=ENCC>&nbsp;\n"
        ),
        "</BODY></SAMI>",
    ),
    "subviewer": (
        "",
        lambda _, a, z, text: f"{format_vtt_time(a)[1:]},{format_vtt_time(z)[1:]}\n{text}\n\n",
        "",
    ),
    "microdvd": (
        "",
        lambda _, a, z, text: f"{{{a // 40}}}{{{z // 40}}}" + text.replace("\n", "|") + "\n",
        "",
    ),
    "mpl2": (
        "",
        lambda _, a, z, text: f"[{a // 100}][{z // 100}]" + text.replace("\n", "|") + "\n",
        "",
    ),
    "tmplayer": (
        "",
        lambda _, a, __, text: f"{format_vtt_time(a)[:8]}:" + text.replace("\n", "|") + "\n",
        "",
    ),
}


def make_file(shape: str, size: int, words: int = 8) -> bytes:
    """Make a file of about so many bytes, each of its cues one or two lines of so many words."""
    before, row, behind = SHAPES[shape]
    said = cycle(WORDS.split())
    parts, count, number = [before], 0, 0
    while count < size:
        number += 1
        begin_ms = number * 2_000 % SPAN_MS
        spoken = list(islice(said, words + number % 3))
        half = len(spoken) if number % 2 else len(spoken) // 2
        lines = filter(None, (" ".join(spoken[:half]), " ".join(spoken[half:])))
        parts.append(row(number, begin_ms, begin_ms + 1_900, "\n".join(lines)))
        count += len(parts[-1])
    return "".join((*parts, behind)).encode()
