"""The report for a terminal: score, verdicts, timeline, a table of the notes, all files together.

`render_terminal` is for the command line, which knows the terminal; `render_plain` is the same
for files and pipes. Text from outside is made printable before rich gets it and never read as
markup.
"""

from __future__ import annotations

from collections import defaultdict
from io import StringIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from headnotes.languages import FALLBACK, Messages, load_messages, points
from headnotes.model import Language, Outcome
from headnotes.reports.rollup import Series, make_member, roll_up
from headnotes.reports.sentences import (
    describe_choice,
    describe_differences,
    describe_doubt,
    describe_elsewhere,
    describe_ground,
    describe_index,
    describe_presets,
    describe_range,
    describe_rating,
    describe_track,
    describe_unplaced,
    describe_withheld,
    head_texts,
    label_episode,
    list_definitions,
    list_movers,
    name_verdict,
    title_report,
    title_work,
)
from headnotes.reports.view import (
    STYLES,
    Card,
    VerdictKey,
    count_verdicts,
    make_cards,
    measure_density,
    measure_length,
    place_ticks,
    verdict_key,
)
from headnotes.scoring import VERDICTS, Score, claims_elsewhere, score_outcomes
from headnotes.text import MADE_WITH, printable
from headnotes.times import format_clock

PLAIN_WIDTH = 80
WIDE = 120
"""From so many columns on, a note's second line has room for all that is beside it."""

ON_SCREEN = "▸"
"""Before the verdict of a note that is on screen, where its time has no room."""
_DENSITY_BLOCKS = " ▁▂▃▄▅▆▇█"
_MAX_MARK_ROWS = 4
"""Notes over one column beyond this many become a `+` on top."""
_TICK_COLUMNS = 12


def render_plain(outcomes: tuple[Outcome, ...], language: Language) -> dict[str, str]:
    """Return the report in 80 columns without colour, for a file or a pipe."""
    text = render_terminal(outcomes, language, width=PLAIN_WIDTH, is_colored=False)
    return {"headnotes.txt": f"{text}\n{MADE_WITH}\n"}


def render_terminal(
    outcomes: tuple[Outcome, ...], language: Language, *, width: int, is_colored: bool
) -> str:
    """Return the report as one text.

    Args:
        outcomes: in the order to show.
        language: of messages and notes.
        width: columns of the terminal; lines are never longer.
        is_colored: whether to use colours and bold type, as escape sequences of 256 colours.
    """
    messages = load_messages(language)
    written = StringIO()
    console = _make_console(written, width, is_colored=is_colored)
    for outcome in outcomes:
        for part in _show_outcome(outcome, messages, width):
            console.print(part)
    if len(outcomes) > 1:
        console.print(*_show_summary(outcomes, messages), sep="\n")
    console.print(_show_definitions(messages))
    # Tables are padded to the full width; nobody wants to copy that.
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def _make_console(file: StringIO, width: int, *, is_colored: bool) -> Console:
    return Console(
        file=file,
        width=width,
        force_terminal=is_colored,
        color_system="256" if is_colored else None,
        no_color=not is_colored,
        legacy_windows=False,
        # words from outside may look like markup of rich
        markup=False,
        emoji=False,
        highlight=False,
        # no variable of somebody's shell changes a report
        _environ={},
    )


def _show_outcome(outcome: Outcome, messages: Messages, width: int) -> list[RenderableType]:
    score = score_outcomes([outcome])
    parts = [*_show_heading(outcome, messages), "", _show_score(score, messages)]
    parts += describe_elsewhere(claims_elsewhere(outcome), messages)
    parts += [*_show_movers(score, outcome, messages), ""]
    parts += [_show_counts(score, messages, width), ""] if score.claims else []
    parts += draw_timebar(outcome, messages, width)
    if choice := describe_choice(outcome, messages):
        parts += ["", *map(_clean, choice)]
    if outcome.annotations:
        parts += [_show_notes(outcome, messages, width)]
    elif not outcome.set_aside:
        parts += ["", messages.text("terminal.no_notes")]
    parts += _show_unplaced(outcome, messages)
    parts += _show_problems(outcome, messages)
    return [*parts, ""]


def _show_heading(outcome: Outcome, messages: Messages) -> list[RenderableType]:
    title = Text(_clean(title_report(outcome, messages)), "bold")
    return [title, _clean(describe_track(outcome, messages)), Rule(style="dim")]


# ------------------------------------------------------------------------------ score


def _show_score(score: Score, messages: Messages) -> Text:
    line = Text(messages.text("score.title") + "  ")
    scored = messages.plural("scored", score.scored)
    if score.index is None:
        line.append(messages.text("score.none"), "bold")
        line.append(f" ({describe_withheld(score, messages)})")
        ground = "; ".join(describe_ground(score, messages))
        return line.append(f"\n{ground}") if ground else line
    line.append(messages.text("score.of_100", index=points(score.index)), "bold")
    if score.basis == "few":
        why = messages.text("score.few_why", scored=scored)
        line.append(f" ({messages.text('score.few')}: {why})")
    rows = ["; ".join(part(score, messages)) for part in (describe_doubt, describe_ground)]
    rows.append(describe_presets(score, messages))
    return line.append("\n" + "\n".join(rows))


def _show_movers(score: Score, outcome: Outcome, messages: Messages) -> list[RenderableType]:
    if not score.movers:
        return []
    title = messages.text("score.movers")
    return [f"{title}:", *_indent(list_movers(score, outcome, messages))]


def _show_counts(score: Score, messages: Messages, width: int) -> Table:
    """Show one symbol per note, as far as they fit; a bar in proportion where they do not."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    counts = count_verdicts(score)
    most = max(counts.values())
    # what the longest name of a verdict, its number and the gaps leave
    room = width - 34
    for verdict, count in counts.items():
        style = STYLES[verdict]
        symbols = " ".join(style.symbol * count)
        bar = symbols if 2 * most <= room else "█" * -(-count * room // most)
        table.add_row(_show_verdict(verdict, messages), str(count), Text(bar, style.fill))
    return table


def _show_verdict(verdict: VerdictKey, messages: Messages) -> Text:
    symbol = (STYLES[verdict].symbol, f"bold {STYLES[verdict].fill}")
    return Text.assemble(symbol, " ", name_verdict(verdict, messages))


# ------------------------------------------------------------------------------ timeline


def draw_timebar(outcome: Outcome, messages: Messages, width: int) -> list[Text]:
    """Draw notes as symbols over the dialogue's density, the scenes and a scale.

    Args:
        outcome: its last cue's end is the end of the scale.
        messages: for the legend.
        width: columns that may be used.
    """
    length = measure_length(outcome)
    shares = measure_density(outcome.track.cues, length, width)
    # rounded up, so that any word at all is seen
    density = "".join(_DENSITY_BLOCKS[-(-round(share * 80) // 10)] for share in shares)
    return [
        *_draw_marks(outcome, length, width),
        Text(density, "dim"),
        Text(_draw_scenes(outcome, length, width)),
        Text(_draw_scale(length, width)),
        Text(messages.text("terminal.legend"), "dim"),
    ]


def _draw_marks(outcome: Outcome, length: int, width: int) -> list[Text]:
    stacks: dict[int, list[VerdictKey]] = defaultdict(list)
    for annotation in outcome.annotations:
        column = min(width - 1, annotation.moment.start_ms * width // length)
        stacks[column].append(verdict_key(annotation.note))
    height = min(_MAX_MARK_ROWS, max(map(len, stacks.values()), default=0))
    lines = []
    for row in reversed(range(height)):
        line = Text()
        for column in range(width):
            stack = stacks.get(column, [])
            if len(stack) <= row:
                line.append(" ")
            # only the highest row may hide something, so a stack that fits is shown whole
            elif row == _MAX_MARK_ROWS - 1 and len(stack) > _MAX_MARK_ROWS:
                line.append("+")
            else:
                line.append(STYLES[stack[row]].symbol, STYLES[stack[row]].fill)
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
    for tick in place_ticks(length, max(2, width // _TICK_COLUMNS)):
        column = tick * width // length
        label = format_clock(tick)
        if column >= len(line) and column + len(label) + 1 < width - len(end):
            line = line.ljust(column) + label
    return line.ljust(width - len(end)) + end


# ------------------------------------------------------------------------------ notes


def _show_notes(outcome: Outcome, messages: Messages, width: int) -> Table:
    """Show a row per note: when, whether it is on screen, its verdict, its line, what is beside."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, expand=True)
    table.add_column(messages.text("terminal.time"), justify="right", no_wrap=True)
    is_wide = width >= WIDE
    column = messages.text("screen.column") if is_wide else ""
    table.add_column(column, justify="right", no_wrap=True)
    table.add_column(messages.text("terminal.verdict"), no_wrap=True)
    table.add_column(messages.text("terminal.note"), ratio=1)
    before = ""
    for card in make_cards(outcome, messages):
        clock = format_clock(card.first.moment.start_ms)
        table.add_row(
            clock if clock != before else "",
            _show_place(card, is_wide=is_wide),
            _show_verdict(card.verdict, messages),
            _show_note(card, messages, is_wide=is_wide),
        )
        before = clock
    return table


def _show_place(card: Card, *, is_wide: bool) -> str:
    """Show when a note is on screen, or that it is; a dash or nothing where it is not."""
    if card.shown_ms is None:
        return "–" if is_wide else ""
    return format_clock(card.shown_ms) if is_wide else ON_SCREEN


def _show_note(card: Card, messages: Messages, *, is_wide: bool) -> Text:
    line = card.line
    if card.is_spoiler:
        line = messages.text("terminal.spoiler", episode=card.note.spoiler)
    beside = [card.id]
    if is_wide:
        beside += describe_rating(card.note, messages)
    elif card.note.confidence:
        # The rest would cost a narrow terminal a line more.
        beside.append(messages.text(f"page.sure.{card.note.confidence}"))
    if card.is_elsewhere:
        beside.append(messages.text("page.elsewhere"))
    if card.claim and card.claim.ratings_differ:
        beside.append(messages.text("page.differ"))
    return Text(_clean(line)).append("\n" + _clean(" · ".join(beside)), "dim")


def _show_unplaced(outcome: Outcome, messages: Messages) -> list[RenderableType]:
    if not outcome.unplaced:
        return []
    lines = [describe_unplaced(item, outcome, messages) for item in outcome.unplaced]
    return [_show_list(messages.text("terminal.unplaced"), lines)]


def _show_problems(outcome: Outcome, messages: Messages) -> list[RenderableType]:
    if not outcome.issues:
        return []
    title = head_texts("terminal.problems", [FALLBACK], messages)
    return [_show_list(title, list(map(str, outcome.issues)))]


def _show_definitions(messages: Messages) -> RenderableType:
    lines = [f"{term}: {meaning}" for term, meaning in list_definitions(messages)]
    return _show_list(messages.text("definitions_title"), lines)


def _show_list(title: str, lines: list[str]) -> RenderableType:
    return Group("", Text(title, "bold"), *_indent(lines))


def _indent(lines: list[str]) -> list[RenderableType]:
    return [Padding(Text(_clean(line)), (0, 0, 0, 2)) for line in lines]


# ------------------------------------------------------------------------------ all files


def _show_summary(outcomes: tuple[Outcome, ...], messages: Messages) -> list[RenderableType]:
    """Show a table of the files of each work, in the order of episodes, never of scores."""
    parts: list[RenderableType] = []
    for series in roll_up(map(make_member, outcomes)):
        names = [printable(label_episode(episode, messages)) for episode in series.episodes]
        title = printable(title_work(series.part.outcomes[0], messages))
        scores = [episode.score for episode in series.episodes]
        differences = describe_differences(scores, names, messages)
        parts += [Text(f"{messages.text('summary.title')}: {title}", "bold")]
        parts += [_show_series(series, names, messages), *map(Text, differences)]
        parts += [Text(messages.text("differences.note"), "dim")]
    return parts


def _show_series(series: Series, names: list[str], messages: Messages) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column(messages.text("summary.file"), overflow="fold")
    table.add_column(messages.text("score.title"), justify="right")
    table.add_column(messages.text("summary.interval"), justify="right")
    for verdict in VERDICTS:
        style = STYLES[verdict]
        table.add_column(Text(style.symbol, f"bold {style.fill}"), justify="right")
    table.add_column(messages.text("summary.found"), justify="right")
    for name, episode in zip(names, series.episodes, strict=True):
        table.add_row(Text(name), *_make_cells(episode.score, messages))
    table.add_section()
    table.add_row(messages.text("summary.together"), *_make_cells(series.part.score, messages))
    return table


def _make_cells(score: Score, messages: Messages) -> list[str]:
    counts = [str(count or "·") for count in count_verdicts(score).values()]
    found = messages.text("page.of", number=score.found, all=score.claims)
    index = describe_index(score, messages)
    return [index, describe_range(score.interval, messages), *counts, found]


def _clean(text: str) -> str:
    """Put text from outside on one line that cannot steer the terminal."""
    return printable(" ".join(text.split()))
