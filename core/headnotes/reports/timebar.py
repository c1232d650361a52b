"""The timeline of an episode in characters: notes, dialogue, scenes and a scale."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from headnotes.languages.messages import Words
from headnotes.model import Outcome
from headnotes.reports.timeline import measure_density, measure_length, place_ticks
from headnotes.reports.verdict_styles import PAINTS, Look, look_of
from headnotes.times import format_clock

if TYPE_CHECKING:
    from rich.text import Text

_LEVELS = " ▁▂▃▄▅▆▇█"
MOST_ROWS = 4
"""Notes over one column beyond this many become a `+` on top."""
TICK_WIDTH = 12


def draw_timebar(outcome: Outcome, words: Words, width: int) -> list[Text]:
    """Draw notes as symbols over the dialogue's density, the scenes and a scale.

    Args:
        outcome: its last cue's end is the end of the scale.
        words: for the legend.
        width: columns that may be used.
    """
    from rich.text import Text

    length = measure_length(outcome)
    said = measure_density(outcome.track.cues, length, width)
    density = "".join(_LEVELS[-(-round(share * 80) // 10)] for share in said)
    return [
        *_draw_marks(outcome, length, width),
        Text(density, "dim"),
        Text(_draw_scenes(outcome, length, width)),
        Text(_draw_scale(length, width)),
        Text(words.say("terminal.legend"), "dim"),
    ]


def _draw_marks(outcome: Outcome, length: int, width: int) -> list[Text]:
    from rich.text import Text

    stacks: dict[int, list[Look]] = defaultdict(list)
    for one in outcome.annotations:
        column = min(width - 1, one.moment.start_ms * width // length)
        stacks[column].append(look_of(one.note.verdict))
    height = min(MOST_ROWS, max(map(len, stacks.values()), default=0))
    lines = []
    for row in reversed(range(height)):
        line = Text()
        for column in range(width):
            stack = stacks.get(column, [])
            if len(stack) <= row:
                line.append(" ")
            elif row == MOST_ROWS - 1 and len(stack) > MOST_ROWS:
                line.append("+")
            else:
                line.append(PAINTS[stack[row]].symbol, PAINTS[stack[row]].fill)
        lines.append(line)
    return lines


def _draw_scenes(outcome: Outcome, length: int, width: int) -> str:
    cells = [" "] * width
    for scene in outcome.scenes:
        first = min(width - 1, scene.start_ms * width // length)
        last = min(width - 1, scene.end_ms * width // length)
        cells[first : last + 1] = "━" * (last - first + 1)
    # Beginnings go over all lines, so that a short scene is not lost under a longer one.
    for scene in outcome.scenes:
        cells[min(width - 1, scene.start_ms * width // length)] = "┃"
    return "".join(cells)


def _draw_scale(length: int, width: int) -> str:
    end = format_clock(length)
    line = ""
    for tick in place_ticks(length, max(2, width // TICK_WIDTH)):
        column = tick * width // length
        label = format_clock(tick)
        if column >= len(line) and column + len(label) + 1 < width - len(end):
            line = line.ljust(column) + label
    return line.ljust(width - len(end)) + end
