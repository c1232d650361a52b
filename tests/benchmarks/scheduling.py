"""What headnotes cost on the way out: scheduling and writing, against writing alone.

Prints medians of paired repetitions in one run, as cues a second and as a ratio; the ratio says
more than the times. Last come two tracks that nobody would make by hand.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from attrs import evolve

from headnotes.linting import lint_track
from headnotes.model import Annotation, Cue, Moment, NoteText, Profile, Track
from headnotes.profiles import PROFILES, render_profile
from headnotes.scheduling import Density, schedule
from headnotes.tracks import parse_track, read_track
from made_outcomes import make_note

SAMPLES = Path(__file__).parents[2] / "subtitles" / "babylon-berlin"
CUES, NOTES, ROUNDS = 700, 30, 25
LINE = "Two women died at one address; their names stood in the paper."


def make_track() -> Track:
    """Make a track of 700 cues out of our sample tracks, one after the other."""
    cues: list[Cue] = []
    shift_ms = 0
    for sample in sorted(SAMPLES.glob("*.en.srt")):
        for cue in read_track(sample).cues:
            start_ms, end_ms = cue.start_ms + shift_ms, cue.end_ms + shift_ms
            cues.append(evolve(cue, number=len(cues) + 1, start_ms=start_ms, end_ms=end_ms))
        shift_ms = cues[-1].end_ms + 20_000
    return Track(name="a.en.srt", format="srt", language="en", cues=tuple(cues[:CUES]))


def annotate(track: Track, count: int) -> list[Annotation]:
    """Spread so many notes over a track."""
    text = NoteText(headnote=LINE, shown="", record="")
    note = evolve(make_note(), texts={"en": text})
    step = max(1, len(track.cues) // count)
    return [
        Annotation(
            topic="t",
            note=evolve(note, id=f"n{number}", weight=1 + number % 3),
            moment=Moment(
                start_ms=cue.start_ms,
                end_ms=cue.end_ms,
                first_cue=cue.number,
                last_cue=cue.number,
                strength=1.0,
            ),
        )
        for number, cue in enumerate(islice(cycle(track.cues[::step]), count))
    ]


def schedule_and_render(profile: Profile, track: Track, annotations: Sequence[Annotation]) -> str:
    """Do what the command does between finding moments and writing a file."""
    return render_profile(profile, track, schedule(track, annotations).headnotes)


def make_wall(count: int, step_ms: int, chars: int) -> Track:
    """Make dialogue without a gap."""
    text = "x" * chars
    cues = tuple(
        Cue(
            number=n + 1,
            start_ms=n * step_ms,
            end_ms=(n + 1) * step_ms,
            text=text,
            spoken=text,
            raw=text,
        )
        for n in range(count)
    )
    return Track(name="wall.srt", format="srt", language="en", cues=cues)


def compare(
    name: str, track: Track, ours: Callable[[], object], floor: Callable[[], object]
) -> None:
    """Print what one job costs against another, done in turn."""
    ratios, seconds, floors = [], [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        floor()
        middle = time.perf_counter()
        ours()
        end = time.perf_counter()
        floors.append(middle - start)
        seconds.append(end - middle)
        ratios.append((end - middle) / (middle - start))
    ours_s, floor_s = (
        len(track.cues) / statistics.median(seconds),
        len(track.cues) / statistics.median(floors),
    )
    print(
        f"{name:24} {ours_s:>9,.0f} cues/s, writing alone {floor_s:>9,.0f}: "
        f"{statistics.median(ratios):.2f} times as long"
    )


def time_schedule(name: str, track: Track, count: int, density: Density) -> None:
    """Print how long an odd track takes to schedule."""
    annotations = annotate(track, count)
    start = time.perf_counter()
    planned = schedule(track, annotations, density=density)
    took = time.perf_counter() - start
    print(f"{name:44} {took * 1000:7.0f} ms, {len(planned.headnotes)} of {count} shown")


def main() -> None:
    """Run everything once."""
    track = make_track()
    annotations = annotate(track, NOTES)
    planned = schedule(track, annotations)
    print(f"{len(track.cues)} cues, {NOTES} notes, {len(planned.headnotes)} headnotes")
    for profile in PROFILES:
        if profile.name.startswith("combined"):
            compare(
                profile.name,
                track,
                partial(schedule_and_render, profile, track, annotations),
                partial(render_profile, profile, track, planned.headnotes),
            )
    written = render_profile(PROFILES[0], track, planned.headnotes)
    back = parse_track(written.encode(), "back.srt")
    compare(
        "lint, against parsing",
        back,
        lambda: lint_track(back),
        lambda: parse_track(written.encode(), "x"),
    )
    time_schedule("500 notes in a minute", make_wall(60, 1_000, 12), 500, "dense")
    time_schedule(
        "10,000 cues of one scene, 1,000 notes", make_wall(10_000, 2_000, 34), 1_000, "dense"
    )
    time_schedule("100,000 cues in a minute, 500 notes", make_wall(60_000, 1, 1), 500, "dense")


if __name__ == "__main__":
    main()
