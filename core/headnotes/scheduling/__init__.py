"""Which headnote is on screen when.

`select` keeps what the viewer wants and may know, `schedule` finds the line and the window of
each of these by the rules of `limits`. How a headnote is written into a file is not decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from headnotes.model import Annotation, Headnote, Language, Scene, Track
from headnotes.scheduling import limits
from headnotes.scheduling.labels import (
    every_label,
    find_label,
    is_annotated,
    label_note,
)
from headnotes.scheduling.limits import FAIL_CPS, SPACING_MS, Density
from headnotes.scheduling.placement import Board, NoWindow, Window, join_tops
from headnotes.scheduling.reading_load import ReadingLoad, count_chars
from headnotes.scheduling.selection import LeftOut, LeftOutKind, Selection, select
from headnotes.scheduling.spans import Span, SpanFinder
from headnotes.scheduling.wording import Wording, clean_line, word_note
from headnotes.times import format_clock

__all__ = [
    "Density",
    "LeftOut",
    "LeftOutKind",
    "ReadingLoad",
    "Schedule",
    "Selection",
    "clean_line",
    "count_chars",
    "every_label",
    "find_label",
    "is_annotated",
    "join_tops",
    "label_note",
    "limits",
    "schedule",
    "select",
    "word_note",
]


@frozen(kw_only=True)
class Schedule:
    """What is on screen, by start, and what is not, by moment."""

    headnotes: tuple[Headnote, ...]
    left_out: tuple[LeftOut, ...]


def schedule(
    track: Track,
    scenes: Sequence[Scene],
    annotations: Iterable[Annotation],
    *,
    language: Language | None = None,
    density: Density = "normal",
) -> Schedule:
    """Return the line and the window of each annotation, or the reason why it has none.

    Verdicts choose before context notes, a note shown for the first time before one shown again,
    the heavier before the lighter, then the earlier before the later. The same input gives the
    same windows, in whatever order the annotations come.

    Args:
        track: the dialogue that the headnotes stand beside.
        scenes: by time; a headnote begins in the scene of its moment.
        annotations: what to show, as `select` kept it.
        language: of the notes; `None` for the dialogue's own.
        density: how many headnotes in a while at most.
    """
    wanted = language or track.language
    board = Board(ReadingLoad(track.cues), join_tops(track.cues), SPACING_MS[density])
    spans = SpanFinder(track, scenes)
    shown: dict[int, Headnote] = {}
    left_out: list[LeftOut] = []
    for annotation in _rank(annotations):
        wording = word_note(annotation.note, wanted)
        if wording.misfit:
            left_out.append(LeftOut(annotation=annotation, kind="text", reason=wording.misfit))
            continue
        found = _find_window(board, len(wording.text), spans.find_spans(annotation.moment))
        if isinstance(found, Window):
            board.take(found)
            shown[found.start_ms] = _show(annotation, wording, found)
        else:
            left_out.append(_explain(annotation, found, shown, density))
    return Schedule(
        headnotes=tuple(shown[start_ms] for start_ms in sorted(shown)),
        left_out=tuple(sorted(left_out, key=lambda entry: _order(entry.annotation))),
    )


def _order(annotation: Annotation) -> tuple[int, str, str]:
    return annotation.moment.start_ms, annotation.topic, annotation.note.id


def _rank(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Return annotations in the order in which they choose their windows."""
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for annotation in sorted(annotations, key=_order):
        note = annotation.note
        name = (annotation.topic, note.id)
        rank = (note.kind != "verdict", seen[name] > 0, -note.weight, _order(annotation))
        ranked.append((rank, annotation))
        seen[name] += 1
    return [annotation for _, annotation in sorted(ranked, key=lambda pair: pair[0])]


def _find_window(board: Board, note_chars: int, spans: Iterable[Span]) -> Window | NoWindow:
    """Return a window in the first span that has one; the last answer knows the most room."""
    nothing = NoWindow(cps=None)
    for span in spans:
        found = board.find_window(note_chars, span)
        if isinstance(found, Window):
            return found
        nothing = found
    return nothing


def _show(annotation: Annotation, wording: Wording, window: Window) -> Headnote:
    return Headnote(
        annotation=annotation,
        label=wording.label,
        text=wording.text,
        start_ms=window.start_ms,
        end_ms=window.end_ms,
        language=wording.language,
    )


def _explain(
    annotation: Annotation, found: NoWindow, shown: Mapping[int, Headnote], density: Density
) -> LeftOut:
    """Explain in words why an annotation found no window."""
    kind: LeftOutKind = "dialogue"
    if found.cps is None:
        reason = "its scene is over before it could be read (N1, N4)"
    elif found.cps > FAIL_CPS:
        reason = (
            f"the dialogue leaves no time to read it: {found.cps:.0f} characters a second "
            f"together at the quietest, {FAIL_CPS} at most (N2)"
        )
    else:
        kind = "room"
        rivals = ", ".join(
            f"{rival.annotation.topic}/{rival.annotation.note.id} at {format_clock(rival.start_ms)}"
            for rival in map(shown.__getitem__, found.rivals)
        )
        reason = f"no room beside {rivals} at density {density!r} (N3)"
    return LeftOut(annotation=annotation, kind=kind, reason=reason)
