"""Annotations as a table, one row each, for spreadsheets and statistics.

Claims of the episode that this file did not let us find follow, each in a row without a place.
Cells come from the data contract. The page's own CSV download is made in the browser by the same
rules; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    "found": "found",
    "claim": "claim.name",
    "claim_text": "claim.text",
    "seen": "claim.seen",
    "verdict": "verdict",
    "confidence": "confidence",
    "second_verdict": "second.verdict",
    "second_confidence": "second.confidence",
    "disputed_claim": "claim.disputed",
    "departures": "departures",
    "weight": "weight",
    "disputed": "disputed",
    "spoiler": "spoiler",
    "passage_start_ms": "passage.start_ms",
    "passage_end_ms": "passage.end_ms",
    "start_ms": "moment_ms",
    "end_ms": "moment_end_ms",
    "shown_ms": "shown_ms",
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
    "counts_in": "counts_in",
}
"""Names of the columns, and where in a row's data their cells come from."""


def render_csv(outcomes: tuple[Outcome, ...], language: Language) -> dict[str, str]:
    """Return one table for all outcomes, every cell quoted, lines as RFC 4180 has them."""
    name = name_files(outcomes, ".csv")[0] if len(outcomes) == 1 else "headnotes.csv"
    rows: list[list[str]] = []
    for outcome in outcomes:
        data = describe_outcome(outcome, language)
        rows += [
            [_write_cell(_find(row, path)) for path in COLUMNS.values()]
            for row in _list_rows(data, language)
        ]
    return {name: HEADER + "".join(map(_write_row, rows))}


def _list_rows(data: Mapping[str, Any], language: Language) -> Iterator[dict[str, Any]]:
    """Yield what each row is about: an annotation with its claim, or a claim not found."""
    claims = {claim["name"]: claim for claim in data["claims"]}
    beside = {"episode": data["episode"]}
    for annotation in data["annotations"]:
        tag, text = _choose(annotation["text"], language)
        row = {**beside, **annotation, "found": True, "text": text or {}, "text_language": tag}
        yield {**row, **_describe_claim(claims.get(annotation["claim"]), row["topic"], language)}
    for claim in claims.values():
        if not claim["found"] and _is_wanted(claim, data["choice"]):
            first = claim["ratings"][0]
            row = {**beside, **claim, "kind": "claim", "confidence": first["confidence"]}
            row |= {"topic": first["topic"], "text": {}, "disputed": None}
            yield {**row, **_describe_claim(claim, first["topic"], language)}


def _is_wanted(claim: Mapping[str, Any], choice: Mapping[str, Any]) -> bool:
    """Whether a claim has a verdict and a weight that the reader asked for."""
    verdicts = {verdict for rating in claim["ratings"] for verdict in rating["verdicts"]}
    is_of_kind = not choice["verdicts"] or not verdicts.isdisjoint(choice["verdicts"])
    return is_of_kind and claim["weight"] >= choice["min_weight"]


def _describe_claim(
    claim: Mapping[str, Any] | None, topic: str, language: Language
) -> dict[str, Any]:
    """Return a claim in one language, and the second rating beside that of a topic."""
    if claim is None:
        return {"claim": {}, "second": {}}
    seconds = (rating["second"] for rating in claim["ratings"] if rating["topic"] == topic)
    text = _choose(claim["text"], language)[1]
    return {"claim": {**claim, "text": text}, "second": next(seconds, None) or {}}


def _choose(texts: Mapping[Language, Any], language: Language) -> tuple[Language | None, Any]:
    tag = choose_language(texts, language) if texts else None
    return tag, texts[tag] if tag else None


def _find(row: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - JSON holds any type
    outer, _, inner = path.partition(".")
    value = row.get(outer)
    return value.get(inner) if inner and value else None if inner else value


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
