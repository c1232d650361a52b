"""Read every file of a folder and say how it went: a table per folder, refusals with reasons.

    python tests/fuzz/reading_survey.py FOLDER [--peers]

Three things are checked on the way, and named where they fail: the number of cues of a SubRip or
WebVTT file against an independent count of its timing lines, times and raw text of the cues after
a profile of the same format wrote them, where nothing was repaired, and that nothing but
`HeadnotesError` is raised. Exit status 1 where one of them fails. With `--peers` every file that we
read is read by pysrt, srt, pysubs2, webvtt-py and ffmpeg too, as far as they are installed and know
its format: how often each raised, found fewer cues with text, or other times for the same texts.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from headnotes.issues import HeadnotesError
from headnotes.model import Track
from headnotes.profiles import PROFILES, render_profile
from headnotes.tracks import parse_track, read_track

TIMING = re.compile(r"^[ \t\f\ufeff]*[\d:]+[.,]\d+[ \t\f]*-->[ \t\f]*[\d:]+[.,]\d+", re.MULTILINE)

MALFORMED = {"odd-time", "odd-arrow", "negative-time", "unreadable-time", "nul-bytes"}
"""Repairs behind which a simple count of timing lines finds fewer than there are."""

PROFILE_OF = {"srt": "combined-srt", "webvtt": "combined-plain", "ass": "combined-ass"}
"""The profile that writes the dialogue of a format in the same format."""


Times = list[tuple[int, int]]
"""Start and end in milliseconds of the cues that hold a text."""


def read_pysrt(track: Track) -> Times:
    """Read with pysrt."""
    import pysrt

    items = pysrt.from_string(track.source)
    return [(item.start.ordinal, item.end.ordinal) for item in items if item.text.strip()]


def read_srt(track: Track) -> Times:
    """Read with srt."""
    import srt

    return [
        (round(cue.start.total_seconds() * 1_000), round(cue.end.total_seconds() * 1_000))
        for cue in srt.parse(track.source)
        if cue.content.strip()
    ]


def read_pysubs2(track: Track) -> Times:
    """Read with pysubs2."""
    import pysubs2

    events = pysubs2.SSAFile.from_string(track.source).events
    return [(e.start, e.end) for e in events if not e.is_comment and e.plaintext.strip()]


def read_webvtt(track: Track) -> Times:
    """Read with webvtt-py."""
    import webvtt

    read = webvtt.from_buffer(io.StringIO(track.source))
    captions = [caption for caption in read.captions if caption.text.strip()]
    return [(read_clock(caption.start), read_clock(caption.end)) for caption in captions]


def read_clock(written: str) -> int:
    """Read `01:02:03.004`, which webvtt-py gives as whole seconds otherwise."""
    hours, minutes, seconds = written.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1_000)


def read_ffmpeg(track: Track) -> Times:
    """Read with ffmpeg, by what it writes as SubRip."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{'vtt' if track.format == 'webvtt' else track.format}"
        path.write_text(track.source, encoding="utf-8", errors="replace", newline="")
        command = ["ffmpeg", "-v", "error", "-nostdin", "-i", str(path), "-f", "srt", "pipe:1"]
        done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    written = parse_track(done.stdout, "a.srt") if done.stdout.strip() else None
    return [(cue.start_ms, cue.end_ms) for cue in written.cues if cue.text] if written else []


PEERS: dict[str, tuple[Callable[[Track], Times], frozenset[str]]] = {
    "pysrt": (read_pysrt, frozenset({"srt"})),
    "srt": (read_srt, frozenset({"srt"})),
    "pysubs2": (read_pysubs2, frozenset({"srt", "webvtt", "ass", "ttml", "sami", "mpl2"})),
    "webvtt": (read_webvtt, frozenset({"webvtt"})),
    "ffmpeg": (read_ffmpeg, frozenset({"srt", "webvtt", "ass"})),
}
"""How each peer reads, and which of our formats it knows."""


def compare_peers(track: Track, counts: dict[str, Counter[str]]) -> None:
    """Count for each peer how its reading of a track differs from ours."""
    ours = [(cue.start_ms, cue.end_ms) for cue in track.cues if cue.text.strip()]
    for name, (read, formats) in PEERS.items():
        is_there = shutil.which(name) if name == "ffmpeg" else find_spec(name)
        if track.format not in formats or not is_there:
            continue
        count = counts[name]
        count["files"] += 1
        try:
            theirs = read(track)
        except Exception:  # noqa: BLE001  # whatever a peer raises
            count["raised"] += 1
            continue
        if len(theirs) != len(ours):
            count["fewer cues" if len(theirs) < len(ours) else "more cues"] += 1
        # hundredths of SubStation, and of those who convert through them
        elif any(
            max(abs(own[0] - other[0]), abs(own[1] - other[1])) > 10
            for own, other in zip(ours, theirs, strict=True)
        ):
            count["other times"] += 1


def count_timing_lines(track: Track) -> int:
    """Count what looks like a timing line at the start of a line, without our reader."""
    return len(TIMING.findall(track.source.replace("\r\n", "\n").replace("\r", "\n")))


def list_raw(track: Track) -> list[tuple[int, int, str]]:
    """List times and raw text, without the blank lines that no player allows inside a cue."""
    return [
        (cue.start_ms, cue.end_ms, "\n".join(filter(str.strip, cue.raw.split("\n"))))
        for cue in track.by_time
    ]


def write_and_read(track: Track) -> Track:
    """Write a track in its own format, and read that."""
    profile = next(each for each in PROFILES if each.name == PROFILE_OF[track.format])
    return parse_track(render_profile(profile, track, ()).encode(), track.name)


def check_track(track: Track) -> list[str]:
    """Say what is wrong with a track that was read."""
    wrong = []
    is_countable = track.format in {"srt", "webvtt"} and all(
        repair.code not in MALFORMED for repair in track.repairs
    )
    if is_countable and len(track.cues) != count_timing_lines(track):
        wrong.append(f"{len(track.cues)} cues, {count_timing_lines(track)} timing lines")
    is_whole = track.format in PROFILE_OF and not track.repairs
    if is_whole and list_raw(write_and_read(track)) != list_raw(track):
        wrong.append("written in its own format, a cue differs")
    return wrong


def survey(
    folder: Path, peers: dict[str, Counter[str]] | None
) -> tuple[dict[str, Counter[str]], list[str], list[str]]:
    """Read all files below a folder.

    Args:
        folder: with the files.
        peers: the counts of `compare_peers`, to be added to; `None` to ask no peer.

    Returns:
        Counts by folder, refusals, and what went wrong.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    refusals: list[str] = []
    wrong: list[str] = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        place = path.relative_to(folder)
        count = counts[place.parts[0] if len(place.parts) > 1 else "."]
        try:
            track = read_track(path)
            wrong += [f"{place}: {what}" for what in check_track(track)]
        except HeadnotesError as error:
            if error.__cause__:  # what a reader failed with
                wrong.append(f"{place}: {traceback.format_exc()}")
            count["refused"] += 1
            refusals.append(str(error).replace(path.as_posix(), place.as_posix()))
        except Exception:  # noqa: BLE001  # what this script is there to find
            wrong.append(f"{place}: {traceback.format_exc()}")
        else:
            count.update(read=1, cues=len(track.cues), repairs=len(track.repairs))
            count[f"as {track.format}"] += 1
            if peers is not None:
                compare_peers(track, peers)
    return counts, refusals, wrong


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", action="store_true")
    asked = parser.parse_args()
    peers: dict[str, Counter[str]] | None = defaultdict(Counter) if asked.peers else None
    counts, refusals, wrong = survey(asked.folder, peers)
    columns = ("read", "cues", "repairs", "refused", "as srt", "as webvtt", "as ass", "as ttml")
    print(f"{'folder':24}", *(f"{column:>9}" for column in columns))
    for folder, count in counts.items():
        print(f"{folder:24}", *(f"{count[column]:9}" for column in columns))
    differences = ("files", "raised", "fewer cues", "more cues", "other times")
    if peers:
        print(f"\n{'peer':24}", *(f"{column:>11}" for column in differences))
    for peer, count in (peers or {}).items():
        print(f"{peer:24}", *(f"{count[column]:11}" for column in differences))
    print("", *refusals, "", *wrong, f"{len(wrong)} wrong", sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
