"""Read every file of a folder and say how it went: a table per folder, refusals with reasons.

    python tests/fuzz/reading_survey.py FOLDER

Three things are checked on the way, and named where they fail: the number of cues of a SubRip or
WebVTT file against an independent count of its timing lines, the bytes written back against the
bytes read where nothing was repaired, and that nothing but `HeadnotesError` is raised. Exit
status 1 where one of them fails.
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
from headnotes.tracks import read_track, write_track

TIMING = re.compile(r"^[ \t\f\ufeff]*[\d:]+[.,]\d+[ \t\f]*-->[ \t\f]*[\d:]+[.,]\d+", re.MULTILINE)

MALFORMED = {"odd-time", "odd-arrow", "negative-time", "unreadable-time", "nul-bytes"}
"""Repairs behind which a simple count of timing lines finds fewer than there are."""


def count_timing_lines(track: Track) -> int:
    """Count what looks like a timing line at the start of a line, without our reader."""
    return len(TIMING.findall(track.source.replace("\r\n", "\n").replace("\r", "\n")))


def check_track(track: Track, path: Path) -> list[str]:
    """Say what is wrong with a track that was read."""
    wrong = []
    is_countable = track.format in {"srt", "webvtt"} and all(
        repair.code not in MALFORMED for repair in track.repairs
    )
    if is_countable and len(track.cues) != count_timing_lines(track):
        wrong.append(f"{len(track.cues)} cues, {count_timing_lines(track)} timing lines")
    if track.format != "ttml" and not track.repairs and write_track(track) != path.read_bytes():
        wrong.append("written back, the bytes differ")
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
            wrong += [f"{place}: {what}" for what in check_track(track, path)]
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
