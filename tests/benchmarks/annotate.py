"""How long `headnotes annotate FILE` takes, against the least it could take.

Prints ratios of paired repetitions in one run; absolute times say more about the machine.

- start: the whole command on a release-named file of 700 cues, against a bare Python that
  imports attrs, pluggy, pysrt and click and reads and writes the same file with pysrt.
- reading: our reading of the file, against pysrt's.
- matching: laying out the words and looking for 50, 500 and 5,000 terms, against our reading.
- finding: matching, anchoring and all else that all topics cost, against our reading.
"""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pysrt

SAMPLES = Path(__file__).parents[2] / "subtitles" / "babylon-berlin"
NAME = "Babylon.Berlin.S01E04.1080p.WEB-DL.en.srt"
CUES = 700
ROUNDS = 15
FLOOR = (
    "import attrs, pluggy, pysrt, click; "
    "pysrt.open({0!r}, encoding='utf-8').save({0!r} + '.out', encoding='utf-8')"
)


def make_track(folder: Path) -> Path:
    """Make a file of 700 cues out of our sample tracks, one after the other."""
    track = pysrt.SubRipFile()
    shift_ms = 0
    for sample in sorted(SAMPLES.glob("*.en.srt")):
        for cue in pysrt.open(str(sample), encoding="utf-8"):
            cue.shift(milliseconds=shift_ms)
            track.append(cue)
        shift_ms = track[-1].end.ordinal + 20_000
    del track[CUES:]
    track.clean_indexes()
    path = folder / NAME
    track.save(str(path), encoding="utf-8")
    return path


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Give the median ratio of two jobs done in turn, and the median seconds of ours."""
    ratios, seconds = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        theirs()
        middle = time.perf_counter()
        ours()
        end = time.perf_counter()
        ratios.append((end - middle) / (middle - start))
        seconds.append(end - middle)
    return statistics.median(ratios), statistics.median(seconds)


def made_up_terms(count: int) -> list[str]:
    """Make terms of all kinds from words of our samples; the same ones each time."""
    chance = random.Random(1929)
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.srt")))
    words = sorted({word for word in text.split() if word.isalpha() and len(word) > 7})
    shapes: Sequence[str] = ("{0}", "{0}*", "*{0}*", "~{0}", "{0} {1}", "{0} | {1}*")
    return [
        chance.choice(shapes).format(
            chance.choice(words) + "x" * (n % 3), chance.choice(words) + "x"
        )
        for n in range(count)
    ]


def main() -> None:
    """Print the ratios."""
    from headnotes.engine import Engine
    from headnotes.matching import Matcher, parse_term, words_of
    from headnotes.registry import Registry
    from headnotes.tracks import read_track
    from headnotes.works import Told

    headnotes = shutil.which("headnotes", path=str(Path(sys.executable).parent)) or "headnotes"
    with tempfile.TemporaryDirectory() as name:
        path = make_track(Path(name))
        start, seconds = ratio(
            lambda: subprocess.run(
                [headnotes, "annotate", str(path), "-q", "-o", name + "/out"], check=True
            ),
            lambda: subprocess.run([sys.executable, "-c", FLOOR.format(str(path))], check=True),
        )
        print(f"start      {start:6.2f} x the floor        ({seconds * 1000:.0f} ms)")
        reading, seconds = ratio(
            lambda: read_track(path), lambda: pysrt.open(str(path), encoding="utf-8")
        )
        print(f"reading    {reading:6.2f} x pysrt            ({CUES / seconds:,.0f} cues/s)")
        track = read_track(path)
    for count in (50, 500, 5000):
        matcher = Matcher(map(parse_term, made_up_terms(count)))
        matching, seconds = ratio(
            lambda ready=matcher: ready.find(words_of(track.by_time)),
            lambda: read_again(track.source),
        )
        rate = f"{CUES / seconds:,.0f} cues/s"
        print(f"matching   {matching:6.2f} x our reading      ({count} terms, {rate})")
    registry = Registry()
    engine = Engine(registry.topics, registry.works, registry)
    told = Told(work="babylon-berlin", episode="S01E04")
    finding, seconds = ratio(
        lambda: engine.annotate(track, told=told), lambda: read_again(track.source)
    )
    print(f"finding    {finding:6.2f} x our reading      ({CUES / seconds:,.0f} cues/s)")


def read_again(source: str) -> object:
    """Read a track from memory, as the program does from a file."""
    from headnotes.tracks import parse_track

    return parse_track(source.encode("utf-8"), NAME)


if __name__ == "__main__":
    main()
