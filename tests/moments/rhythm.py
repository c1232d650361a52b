"""Written scenes laid out in the rhythm of real drama, with the cues in which each thing plays.

A script is text: a heading for each scene, then a line for each cue, `|` where it breaks.

    == D002 medium      a new scene, in which D002 of the work plays from here to the next heading
    -- private          the same scene goes on, D002 does not
    == near-miss        a scene that shares words with something the work shows, and is not it

Scenes follow each other as in television: few silences, most of the dialogue in long runs. The
same script and seed give the same cues on every machine.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from attrs import evolve, field, frozen

OWN = "Stand-in dialogue written for Headnotes.\nNot the dialogue of the series."
EPISODE_S = 45 * 60
SILENCE_S = 10.0
"""A pause from which on dialogue counts as interrupted."""

DIFFICULTIES = ("easy", "medium", "hard")

_CHARS_PER_S = 14.5
_SHORTEST_S, _LONGEST_S = 0.9, 6.8
_LONG_RUN_SHARE = 0.25
"""Of all runs of dialogue; as they are so much longer, they hold some seven tenths of it."""
_LONG_RUN_S = (130.0, 420.0)
_SHORT_RUN_S = (6.0, 60.0)


@frozen(kw_only=True)
class Label:
    """Where a depiction plays: its id, and its first and last cue.

    `depiction` is empty for a near miss. `difficulty`: `easy` (words of the subject are spoken),
    `medium` (spoken of in other words), `hard` (none of the obvious words).
    """

    depiction: str
    difficulty: str
    first_cue: int
    last_cue: int


@frozen(kw_only=True)
class TimedLine:
    """One cue: seconds, text with line breaks, whether a new scene begins with it."""

    start_s: float
    end_s: float
    text: str
    is_cut: bool = False


@frozen(kw_only=True)
class LaidOut:
    """A script with times: cues by time, numbered from 1, and what plays where."""

    lines: tuple[TimedLine, ...]
    labels: tuple[Label, ...] = field(factory=tuple)

    def to_srt(self) -> str:
        """Write the cues as a SubRip file."""
        blocks = [
            f"{number}\n{_clock(line.start_s)} --> {_clock(line.end_s)}\n{line.text}\n"
            for number, line in enumerate(self.lines, 1)
        ]
        return "\n".join(blocks)


class Part(NamedTuple):
    """Lines of one scene in which one thing plays.

    Attributes:
        name: of what plays, as the script calls it; `private` or `near-miss` where nothing does.
        difficulty: of finding it; empty where nothing plays.
        is_cut: whether a scene begins with it.
        lines: one for each cue.
    """

    name: str
    difficulty: str
    is_cut: bool
    lines: Sequence[str]


def lay_out(path: Path) -> LaidOut:
    """Lay out a script in the rhythm of real drama; its name is the seed."""
    return lay_out_parts([*read_parts(path)], path.name)


def lay_out_parts(parts: Sequence[Part], seed: str) -> LaidOut:
    """Lay out parts of scenes, one after the other, in the rhythm of real drama."""
    chance = random.Random(seed)
    texts = [
        (text, part.is_cut and at == 0) for part in parts for at, text in enumerate(part.lines)
    ]
    spoken = [_spoken_s(text, chance) for text, _ in texts]
    gaps = [_gap_s(is_cut, chance) for _, is_cut in texts]
    _insert_silences(gaps, spoken, [is_cut for _, is_cut in texts], chance)
    at_s = 6.0
    lines = [TimedLine(start_s=1.0, end_s=5.0, text=OWN)]
    for (text, is_cut), length_s, gap_s in zip(texts, spoken, gaps, strict=True):
        start_s = round(at_s + gap_s, 3)
        at_s = start_s + length_s
        lines.append(TimedLine(start_s=start_s, end_s=round(at_s, 3), text=text, is_cut=is_cut))
    return LaidOut(lines=tuple(lines), labels=tuple(_label(parts)))


def shorten_silences(track: LaidOut, most_s: float = 4.0) -> LaidOut:
    """Return the same words without any silence longer than so many seconds."""
    moved: list[TimedLine] = []
    shift_s = end_s = 0.0
    for line in track.lines:
        shift_s += max(0.0, line.start_s - end_s - most_s)
        end_s = line.end_s
        start_s = round(line.start_s - shift_s, 3)
        moved.append(evolve(line, start_s=start_s, end_s=round(line.end_s - shift_s, 3)))
    return evolve(track, lines=tuple(moved))


def measure_rhythm(track: LaidOut) -> dict[str, float]:
    """Return what tells real drama from a made track.

    `cues`; `minutes` in all; `short_gaps`: share of gaps under 3 s; `silences`: gaps of 10 s or
    more; `long_runs`: share of the dialogue, in seconds, in runs of over 120 s between those.
    """
    gaps = [
        after.start_s - before.end_s
        for before, after in zip(track.lines, track.lines[1:], strict=False)
    ]
    runs: list[list[TimedLine]] = [[track.lines[0]]]
    for gap_s, line in zip(gaps, track.lines[1:], strict=True):
        runs.append([line]) if gap_s >= SILENCE_S else runs[-1].append(line)
    in_long = sum(_spoken_in(run) for run in runs if run[-1].end_s - run[0].start_s > 120)
    return {
        "cues": len(track.lines),
        "minutes": track.lines[-1].end_s / 60,
        "short_gaps": sum(gap_s < 3 for gap_s in gaps) / len(gaps),
        "silences": len(runs) - 1,
        "long_runs": in_long / _spoken_in(track.lines),
    }


def _spoken_in(lines: Sequence[TimedLine]) -> float:
    return sum(line.end_s - line.start_s for line in lines)


def read_parts(path: Path) -> Iterator[Part]:
    """Read the parts of the scenes of a script."""
    heading: list[str] = []
    lines: list[str] = []
    for raw in [*path.read_text(encoding="utf-8").splitlines(), "== end"]:
        if raw.startswith(("== ", "-- ")):
            if lines:
                name, difficulty = (*heading[1:], "")[:2]
                yield Part(name, difficulty, heading[0] == "==", lines)
            heading, lines = raw.split(), []
        elif raw.strip():
            lines.append(raw.replace(" | ", "\n").strip())


def _label(parts: Sequence[Part]) -> Iterator[Label]:
    first = 2  # behind the cue that says whose dialogue it is
    for name, difficulty, _, lines in parts:
        last = first + len(lines) - 1
        if name != "private":
            is_shown = difficulty in DIFFICULTIES
            yield Label(
                depiction=name if is_shown else "",
                difficulty=difficulty or "near-miss",
                first_cue=first,
                last_cue=last,
            )
        first = last + 1


def _spoken_s(text: str, chance: random.Random) -> float:
    wanted_s = len(text) / _CHARS_PER_S * (0.85 + 0.4 * chance.random())
    return round(min(max(wanted_s, _SHORTEST_S), _LONGEST_S), 3)


def _gap_s(is_cut: bool, chance: random.Random) -> float:  # noqa: FBT001
    """Return a pause before a line: four of five under three seconds, none a silence."""
    if is_cut:
        return 1.5 + 7.5 * chance.random()
    if chance.random() < 0.9:
        return 0.08 + 2.4 * chance.random() ** 2
    return 3.0 + 6.0 * chance.random()


def _insert_silences(
    gaps: list[float], spoken: Sequence[float], cuts: Sequence[bool], chance: random.Random
) -> None:
    """Make some gaps silences, at cuts where one is near, and fill the episode with them."""
    silent: list[int] = []
    run_s, wanted_s = 0.0, _run_s(chance)
    for at, length_s in enumerate(spoken):
        run_s += gaps[at] + length_s
        is_near = run_s > wanted_s * 0.85 and cuts[at]
        if at and (is_near or run_s > wanted_s):
            silent.append(at)
            run_s, wanted_s = 0.0, _run_s(chance)
    spare_s = EPISODE_S - sum(gaps) - sum(spoken) - SILENCE_S * len(silent)
    weights = [-math.log(1 - chance.random()) for _ in silent]
    for at, weight in zip(silent, weights, strict=True):
        gaps[at] = SILENCE_S + 0.5 + max(0.0, spare_s) * weight / sum(weights)


def _run_s(chance: random.Random) -> float:
    low, high = _LONG_RUN_S if chance.random() < _LONG_RUN_SHARE else _SHORT_RUN_S
    return low + (high - low) * chance.random()


def _clock(seconds: float) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"
