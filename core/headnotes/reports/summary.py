"""The closing table of the terminal report: all files together, by work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headnotes.languages.messages import Words
from headnotes.model import Language, Outcome
from headnotes.reports.headings import label_outcomes, title_work
from headnotes.reports.rollup import Series, roll_up
from headnotes.reports.telling import looks_of, tell_differences, tell_index, tell_span
from headnotes.reports.verdict_styles import PAINTS
from headnotes.scoring import VERDICTS, Score
from headnotes.text import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


def draw_summary(
    outcomes: tuple[Outcome, ...], words: Words, language: Language
) -> list[RenderableType]:
    """Draw a table of the files of each work, in the order of episodes, never of scores."""
    from rich.text import Text

    parts: list[RenderableType] = []
    for series in roll_up(outcomes):
        names = [printable(name) for name in label_outcomes(series.part.outcomes, words)]
        title = printable(title_work(series.part.outcomes[0], words, language))
        told = tell_differences(series.part.scores, names, words)
        parts += [Text(f"{words.say('summary.title')}: {title}", "bold")]
        parts += [_draw_table(series, names, words), *map(Text, told)]
        parts += [Text(words.say("differences.note"), "dim")]
    return parts


def _draw_table(series: Series, names: list[str], words: Words) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column(words.say("summary.file"), overflow="fold")
    table.add_column(words.say("score.title"), justify="right")
    table.add_column(words.say("summary.interval"), justify="right")
    for verdict in VERDICTS:
        paint = PAINTS[verdict]
        table.add_column(Text(paint.symbol, f"bold {paint.fill}"), justify="right")
    table.add_column(PAINTS["context"].symbol, justify="right")
    for name, score in zip(names, series.part.scores, strict=True):
        table.add_row(Text(name), *_make_cells(score, words))
    table.add_section()
    table.add_row(words.say("summary.together"), *_make_cells(series.part.score, words))
    return table


def _make_cells(score: Score, words: Words) -> list[str]:
    counts = [str(count or "·") for count in looks_of(score).values()]
    return [tell_index(score, words), tell_span(score.interval, words), *counts]
