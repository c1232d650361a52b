"""The sheet that the script for mpv reads: each note at its moment, with pages to be read at rest.

All text is made ready here, so that the script only shows it: lines are broken for its panel and
escaped for ASS. The script and the sheet know each other by the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from headnotes.filenames import main_language
from headnotes.languages import FALLBACK, Messages, load_messages
from headnotes.model import Headnote, Track
from headnotes.profiles import MPV_SCHEMA
from headnotes.text import escape_ass, show_controls, write_json

PAGE_LINES, LINE_CHARS = 18, 58
"""What the panel of the script shows at once, in letters as large as those of subtitles."""


def write_mpv_sheet(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write the sheet as JSON; all times are milliseconds of the track.

    Args:
        track: as read.
        headnotes: each at its moment, and until the end of its passage.
    """
    messages = load_messages(main_language(headnotes, track.language or FALLBACK))
    notes = [_describe(headnote, messages) for headnote in headnotes]
    sheet = {"schema": MPV_SCHEMA, "words": messages.table["mpv"], "notes": notes}
    return write_json(sheet, is_tight=True) + "\n"


def _describe(headnote: Headnote, messages: Messages) -> dict[str, object]:
    annotation = headnote.annotation
    passage = annotation.passage
    lines = list(_list_lines(headnote, messages))
    pages = [lines[at : at + PAGE_LINES] for at in range(0, len(lines), PAGE_LINES)]
    return {
        "id": f"{annotation.topic}/{annotation.note.id}",
        "moment": headnote.start_ms,
        "passage": [passage.start_ms, passage.end_ms]
        if passage
        else [headnote.start_ms, headnote.end_ms],
        "line": show_controls(headnote.text.replace("\n", " ")),
        "pages": [r"\N".join(page) for page in pages],
    }


def _list_lines(headnote: Headnote, messages: Messages) -> Iterator[str]:
    """Yield the lines of one note as ASS: what it says on screen, then its texts under headings."""
    line = show_controls(headnote.text.replace("\n", " "))
    yield from (rf"{{\b1}}{line}{{\b0}}" for line in _break_lines(line))
    text = headnote.annotation.note.texts[headnote.language]
    for key, part in (("shown", text.shown), ("record", text.record), ("why", text.confidence)):
        if part:
            yield ""
            yield rf"{{\i1}}{escape_ass(messages.text(f'page.{key}'))}{{\i0}}"
            yield from _break_lines(show_controls(part))


def _break_lines(text: str) -> Sequence[str]:
    """Break a text into lines of the panel, each escaped."""
    import textwrap  # of this profile alone

    broken = (textwrap.wrap(line, LINE_CHARS) for line in text.splitlines())
    return [escape_ass(line) for line in chain.from_iterable(broken)]
