"""The fixed set of labels by which a headnote names itself, and by which we know our own tracks.

A label says in words what the headnote judges, so that no meaning hangs on a colour or a place
that a player may drop (N5).
"""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.languages import all_languages, cache_by_languages, labels_of
from headnotes.model import Cue, Headnote, Language, Note, Track
from headnotes.scheduling.limits import (
    GRID_MS,
    MAX_DURATION_MS,
    MAX_LINE_CHARS,
    MAX_LINES,
    MIN_DURATION_MS,
    NOTE_CPS,
)
from headnotes.scheduling.reading_load import count_chars
from headnotes.text import drop_isolates
from headnotes.values import evolve

_ENOUGH_TO_BE_OURS = 2

_MARK = "\u00a0"
"""A no-break space after the label: every player has it and draws it as the space that it replaces,
and nobody writes one there (N5 and P6 hold: label and dialogue stay as they are)."""


def kind_of(note: Note) -> str:
    """Return what a note is labelled by: its verdict, or `omission` or `context`."""
    return note.verdict or note.kind


def label_note(note: Note, language: Language) -> str:
    """Return the label of a note; in English where the language has none of its own."""
    return labels_of(language)[kind_of(note)]


@cache_by_languages
def every_label() -> frozenset[str]:
    """Return the labels of all languages, and those by which earlier versions wrote tracks."""
    return frozenset(
        label for data in all_languages() for label in (*data.labels.values(), *data.former_labels)
    )


def find_label(text: str) -> str | None:
    """Return the label that a cue's text begins with; `None` unless words follow it.

    A bare `[TRUE]` or a `[FALSE ALARM]` is a sound or a speaker, not a headnote.
    """
    head, bracket, rest = drop_isolates(text).partition("]")
    label = head + bracket
    if label not in every_label() or not rest[:1].isspace():
        return None
    # nothing but signs after it: a sound, perhaps music
    return label if any(map(str.isalnum, rest)) else None


def mark_label(headnote: Headnote) -> Headnote:
    """Return a headnote that is known as ours even where it is the only one of its track."""
    rest = headnote.text.removeprefix(headnote.label)
    return evolve(headnote, text=headnote.label + _MARK + rest.removeprefix(" "))


def is_annotated(track: Track) -> bool:
    """Whether a track is an output of ours, so that it is not annotated again.

    Every cue that begins with a label must keep the rules that all our headnotes keep (N1), and
    the labelled cues must be more than a chance: all cues of the track, one at the top of the
    picture, one beside a line of dialogue, one that bears our mark, or several.
    """
    labelled = [cue for cue in track.cues if find_label(cue.text)]
    if not labelled or not all(map(_keeps_our_form, labelled)):
        return False
    return (
        len(labelled) >= _ENOUGH_TO_BE_OURS
        or len(labelled) == len(track.cues)
        or labelled[0].is_top
        or drop_isolates(labelled[0].text).partition("]")[2].startswith(_MARK)
        or _overlaps_any(labelled[0], track.cues)
    )


def _keeps_our_form(cue: Cue) -> bool:
    duration_ms = cue.end_ms - cue.start_ms
    lines = cue.text.split("\n")
    return (
        MIN_DURATION_MS <= duration_ms <= MAX_DURATION_MS
        and count_chars(cue.text) * 1000 <= NOTE_CPS * duration_ms
        and len(lines) <= MAX_LINES
        and all(count_chars(line) <= MAX_LINE_CHARS for line in lines)
        and cue.start_ms % GRID_MS == cue.end_ms % GRID_MS == 0
    )


def _overlaps_any(labelled: Cue, cues: Sequence[Cue]) -> bool:
    return any(
        cue is not labelled and cue.start_ms < labelled.end_ms and labelled.start_ms < cue.end_ms
        for cue in cues
    )
