"""Annotations as a table, one row each, for spreadsheets and statistics.

Cells come from the data contract. The page's own CSV download is made in the browser by the same
rules; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from headnotes.filenames import name_files
from headnotes.languages import choose_language
from headnotes.model import Language, Outcome
from headnotes.reports.json import describe_outcome
from headnotes.text import quote_csv

COLUMNS: Mapping[str, str] = {
    "file": "episode.file",
    "work": "episode.work",
    "episode": "episode.id",
    "dialogue_language": "episode.language",
    "topic": "topic",
    "note": "note",
    "kind": "kind",
    "verdict": "verdict",
    "confidence": "confidence",
    "departures": "departures",
    "weight": "weight",
    "disputed": "disputed",
    "spoiler": "spoiler",
    "start_ms": "moment_ms",
    "end_ms": "moment_end_ms",
    "first_cue": "first_cue",
    "last_cue": "last_cue",
    "strength": "strength",
    "evidence": "evidence",
    "citations": "citations",
    "text_language": "text_language",
    "headnote": "text.headnote",
    "shown": "text.shown",
    "record": "text.record",
    "why": "text.confidence",
}
"""Names of the columns, and where in the data their cells come from."""


def render_csv(outcomes: tuple[Outcome, ...], language: Language) -> dict[str, str]:
    """Return one table for all outcomes, every cell quoted, lines as RFC 4180 has them."""
    name = name_files(outcomes, ".csv")[0] if len(outcomes) == 1 else "headnotes.csv"
    rows: list[list[str]] = []
    for outcome in outcomes:
        data = describe_outcome(outcome, language)
        rows += [_make_row(row, data, language) for row in data["annotations"]]
    return {name: HEADER + "".join(map(_write_row, rows))}


def _make_row(
    annotation: Mapping[str, Any], data: Mapping[str, Any], language: Language
) -> list[str]:
    row = _choose_text(annotation, data, language)
    return [_write_cell(_find(row, path)) for path in COLUMNS.values()]


def _choose_text(
    annotation: Mapping[str, Any], data: Mapping[str, Any], language: Language
) -> dict[str, Any]:
    texts = annotation["text"]
    chosen = choose_language(texts, language) if texts else None
    return {
        **annotation,
        "episode": data["episode"],
        "text": texts[chosen] if chosen else {},
        "text_language": chosen,
    }


def _find(row: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - JSON holds any type
    outer, _, inner = path.partition(".")
    return row[outer].get(inner) if inner else row[outer]


def _write_cell(value: Any) -> str:  # noqa: ANN401 - JSON holds any type
    """Write a value as text: lists with semicolons, the fields of objects with commas."""
    if value is None:
        return ""
    # Before numbers: to Python a bool is one.
    if isinstance(value, bool):
        return "true" if value else "false"
    # As a browser writes it, so that both downloads agree.
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, list):
        return "; ".join(map(_write_cell, value))
    if isinstance(value, dict):
        return ", ".join(map(_write_cell, value.values()))
    return str(value)


def _write_row(cells: Iterable[str]) -> str:
    return ",".join(map(quote_csv, cells)) + "\r\n"


HEADER = _write_row(COLUMNS)
"""The first line of every table, by which a table of ours is known again."""
