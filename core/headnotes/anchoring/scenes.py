"""Cues to scenes: a scene ends where nobody speaks for long."""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.model import Cue, Scene

SILENCE_MS = 10_000
"""A silence this long ends a scene.

Ours: inside a scene of dialogue, pauses above ten seconds are rare, and most cuts between scenes
of drama bring a longer one. Two scenes taken for one cost a little precision; one scene taken
for two could tear a moment apart, so the number is rather high.
"""


def find_scenes(cues: Sequence[Cue]) -> tuple[Scene, ...]:
    """Divide cues, in the order of time, into scenes.

    Every cue belongs to exactly one scene. A silence is measured from the latest end so far, so
    overlapping cues and cues that stand for minutes do not hide or make one.
    """
    scenes: list[Scene] = []
    first = 0
    latest_end = 0
    for position, cue in enumerate(cues):
        if position > first and cue.start_ms - latest_end >= SILENCE_MS:
            scenes.append(_scene(len(scenes) + 1, cues, first, position - 1))
            first = position
        latest_end = max(latest_end, cue.end_ms)
    if cues:
        scenes.append(_scene(len(scenes) + 1, cues, first, len(cues) - 1))
    return tuple(scenes)


def _scene(number: int, cues: Sequence[Cue], first: int, last: int) -> Scene:
    return Scene(
        number=number,
        start_ms=cues[first].start_ms,
        end_ms=max(cue.end_ms for cue in cues[first : last + 1]),
        first_cue=first,
        last_cue=last,
    )
