"""Read every file of a folder and say how it went: a table per folder, refusals with reasons.

    python tests/fuzz/reading_survey.py FOLDER

Three things are checked on the way, and named where they fail: the number of cues of a SubRip or
WebVTT file against an independent count of its timing lines, times and raw text of the cues after
a profile of the same format wrote them, where nothing was repaired, and that nothing but
`HeadnotesError` is raised. Exit status 1 where one of them fails.
"""

from __future__ import annotations

import argparse
import re
import sys
import traceback
from collections import Counter, defaultdict
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


def survey(folder: Path) -> tuple[dict[str, Counter[str]], list[str], list[str]]:
    """Read all files below a folder.

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
            count["refused"] += 1
            refusals.append(str(error).replace(path.as_posix(), place.as_posix()))
        except Exception:  # noqa: BLE001  # what this script is there to find
            wrong.append(f"{place}: {traceback.format_exc()}")
        else:
            count.update(read=1, cues=len(track.cues), repairs=len(track.repairs))
            count[f"as {track.format}"] += 1
    return counts, refusals, wrong


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    counts, refusals, wrong = survey(parser.parse_args().folder)
    columns = ("read", "cues", "repairs", "refused", "as srt", "as webvtt", "as ass", "as ttml")
    print(f"{'folder':24}", *(f"{column:>9}" for column in columns))
    for folder, count in counts.items():
        print(f"{folder:24}", *(f"{count[column]:9}" for column in columns))
    print("", *refusals, "", *wrong, f"{len(wrong)} wrong", sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
