"""The report for a terminal: score, verdicts, timeline and a table of the notes.

`render_terminal` is for the command line, which knows the terminal; `render_plain` is the same
for files and pipes. Text from strangers is made printable before it gets here and never read as
markup. The timeline bar is drawn in `timebar`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headnotes.issues import printable
from headnotes.languages.messages import Words, choose_note_text, load_words, points
from headnotes.languages.reasons import tell_reasons
from headnotes.model import Annotation, Language, Outcome, Unplaced
from headnotes.reports.headings import find_spoilers, head_episode, title_work
from headnotes.reports.summary import draw_summary
from headnotes.reports.telling import (
    looks_of,
    tell_definitions,
    tell_doubt,
    tell_movers,
    tell_readings,
)
from headnotes.reports.timebar import draw_timebar
from headnotes.reports.verdict_styles import PAINTS, Look, look_of
from headnotes.scoring import Score, rate_outcomes, score_ratings
from headnotes.times import format_clock

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

PLAIN_WIDTH = 80
WIDE = 120
"""From so many columns on, the table has columns of its own for what else it has to say."""


def render_plain(outcomes: tuple[Outcome, ...], language: Language) -> dict[str, str]:
    """Give the report in 80 columns without colour, for a file or a pipe."""
    text = render_terminal(outcomes, language, width=PLAIN_WIDTH, is_colored=False)
    return {"headnotes.txt": text}


def render_terminal(
    outcomes: tuple[Outcome, ...], language: Language, *, width: int, is_colored: bool
) -> str:
    """Give the report as one text.

    Args:
        outcomes: in the order to show.
        language: of words and notes.
        width: columns of the terminal; lines are never longer.
        is_colored: whether to use colours and bold type, as escape sequences of 256 colours.
    """
    words = load_words(language)
    console = _make_console(width, is_colored=is_colored)
    for outcome in outcomes:
        for part in _show_outcome(outcome, words, language, width):
            console.print(part)
    if len(outcomes) > 1:
        console.print(*draw_summary(outcomes, words, language), sep="\n")
    console.print(_show_definitions(words))
    text = console.file.getvalue()  # type: ignore[attr-defined] # it is a StringIO
    # Tables are padded to the full width; nobody wants to copy that.
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _make_console(width: int, *, is_colored: bool) -> Console:
    from io import StringIO

    from rich.console import Console

    return Console(
        file=StringIO(),
        width=width,
        force_terminal=is_colored,
        color_system="256" if is_colored else None,
        no_color=not is_colored,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def _show_outcome(
    outcome: Outcome, words: Words, language: Language, width: int
) -> list[RenderableType]:
    score = score_ratings(rate_outcomes([outcome]))
    parts = [*_show_head(outcome, words, language), "", _show_score(score, words), ""]
    parts += [_show_counts(score, words, width), ""]
    parts += draw_timebar(outcome, words, width)
    if outcome.annotations:
        parts += [_show_notes(outcome, words, language, width)]
    else:
        parts += ["", words.say("terminal.no_notes")]
    parts += _show_unplaced(outcome.unplaced, words)
    parts += _show_problems(outcome, words)
    return [*parts, ""]


def _show_head(outcome: Outcome, words: Words, language: Language) -> list[RenderableType]:
    from rich.rule import Rule
    from rich.text import Text

    title = _clean(title_work(outcome, words, language))
    heading = Text(words.say("terminal.title", work=title) if outcome.work else title, "bold")
    return [heading, _clean(head_episode(outcome, words, language)), Rule(style="dim")]


def _show_score(score: Score, words: Words) -> Text:
    from rich.text import Text

    line = Text(words.say("score.title") + "  ")
    scored = words.count("scored", score.scored)
    if score.index is None:
        line.append(words.say("score.none"), "bold")
        return line.append(f" ({words.say('score.none_why', scored=scored)})")
    line.append(words.say("score.of_100", index=points(score.index)), "bold")
    if score.basis == "few":
        line.append(f" ({words.say('score.few')}: {words.say('score.few_why', scored=scored)})")
    rows = ["; ".join(tell_doubt(score, words)), tell_readings(score, words)]
    if score.movers:
        rows.append(f"{words.say('score.movers')}: {tell_movers(score, words)}")
    return line.append("\n" + "\n".join(rows))


def _show_counts(score: Score, words: Words, width: int) -> Table:
    """Show one symbol per note, as far as they fit; a bar in proportion where they do not."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    counts = looks_of(score)
    most = max(counts.values())
    room = width - 34
    for look, count in counts.items():
        paint = PAINTS[look]
        one_each = " ".join(paint.symbol * count)
        bar = one_each if 2 * most <= room else "█" * -(-count * room // most)
        table.add_row(_show_look(look, words), str(count), Text(bar, paint.fill))
    return table


def _show_look(look: Look, words: Words) -> Text:
    from rich.text import Text

    symbol = (PAINTS[look].symbol, f"bold {PAINTS[look].fill}")
    return Text.assemble(symbol, " ", words.say(f"verdicts.{look}"))


def _show_notes(outcome: Outcome, words: Words, language: Language, width: int) -> Table:
    from rich import box
    from rich.table import Table

    is_wide = width >= WIDE
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, expand=True)
    table.add_column(words.say("terminal.time"), justify="right", no_wrap=True)
    table.add_column(words.say("terminal.verdict"), no_wrap=is_wide, min_width=16)
    table.add_column(words.say("terminal.note"), ratio=3)
    if is_wide:
        table.add_column(words.say("terminal.confidence"))
        table.add_column(words.say("terminal.weight"))
        table.add_column(words.say("terminal.departures"), ratio=1)
        table.add_column(words.say("terminal.evidence"), ratio=1)
    spoilers = find_spoilers(outcome)
    for one in outcome.annotations:
        more = _tell_more(one, words)
        if (one.topic, one.note.id) in spoilers:
            line = words.say("terminal.spoiler", episode=one.note.spoiler)
        else:
            line = choose_note_text(one.note, language)[1].headnote
        cells: list[Any] = [
            format_clock(one.moment.start_ms),
            _show_look(look_of(one.note.verdict), words),
            _show_note(one, line, () if is_wide else more[:1], words),
        ]
        table.add_row(*cells, *(more if is_wide else ()))
    return table


def _show_note(one: Annotation, line: str, more: tuple[str, ...], words: Words) -> Text:
    from rich.text import Text

    beside = [f"{one.topic}/{one.note.id}"]
    beside += [f"{words.say('terminal.confidence')} {level}" for level in more if level]
    return Text(_clean(line)).append("\n" + _clean(" · ".join(beside)), "dim")


def _tell_more(one: Annotation, words: Words) -> tuple[str, str, str, str]:
    note = one.note
    found = dict.fromkeys(_clean(part.text) for part in one.moment.evidence)
    return (
        words.say(f"confidence.{note.confidence}") if note.confidence else "",
        words.say(f"weights.{note.weight}"),
        ", ".join(words.say(f"departures.{departure}") for departure in note.departures),
        ", ".join(found),
    )


def _show_unplaced(unplaced: tuple[Unplaced, ...], words: Words) -> list[RenderableType]:
    if not unplaced:
        return []
    lines = [
        f"{missed.topic}/{missed.note.id}: {tell_reasons(missed.reasons, words)}"
        for missed in unplaced
    ]
    return [_show_list(words.say("terminal.unplaced"), lines)]


def _show_problems(outcome: Outcome, words: Words) -> list[RenderableType]:
    if not outcome.issues:
        return []
    return [_show_list(words.say("terminal.problems"), [str(one) for one in outcome.issues])]


def _show_definitions(words: Words) -> RenderableType:
    lines = [f"{term}: {meaning}" for term, meaning in tell_definitions(words)]
    return _show_list(words.say("definitions_title"), lines)


def _show_list(title: str, lines: list[str]) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    shown = [Padding(Text(_clean(line)), (0, 0, 0, 2)) for line in lines]
    return Group("", Text(title, "bold"), *shown)


def _clean(text: str) -> str:
    """Put text from strangers on one line that cannot steer the terminal."""
    return printable(" ".join(text.split()))
