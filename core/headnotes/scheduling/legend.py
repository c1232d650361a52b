"""The first headnote of a track: what the labels mean, where there is time before the dialogue."""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.languages import (
    all_languages,
    cache_by_languages,
    choose_language,
    labels_of,
    language_data,
)
from headnotes.model import Annotation, Headnote, Language, Moment, Note, NoteText, Track
from headnotes.scheduling.limits import GAP_MS, LEGEND_MS
from headnotes.scheduling.placement import reading_time_ms
from headnotes.scheduling.wording import word_note
from headnotes.text import drop_isolates


def make_legend(
    track: Track, headnotes: Sequence[Headnote], wanted: Language | None
) -> Headnote | None:
    """Return the legend, at the very beginning; `None` where it has no room or no words.

    Args:
        track: its dialogue leaves `LEGEND_MS` free before it, or there is no room.
        headnotes: by start; the legend is in the language of the first, if that has one.
        wanted: language of the notes.
    """
    if not headnotes or min(cue.start_ms for cue in track.cues) < LEGEND_MS:
        return None
    language = choose_language(headnotes[0].annotation.note.texts, wanted)
    line = language_data(language).legend
    # it is a headnote like all others, and keeps their distance
    if not line or headnotes[0].start_ms < LEGEND_MS + GAP_MS:
        return None
    text = NoteText(headnote=line, shown="", record="")
    note = Note(id="legend", texts={language: text}, citations=(), weight=1)
    wording = word_note(note, language)
    end_ms = reading_time_ms(wording.reading_chars)
    moment = Moment(start_ms=0, end_ms=end_ms, first_cue=0, last_cue=0, strength=1.0)
    return Headnote(
        annotation=Annotation(topic="headnotes", note=note, moment=moment),
        label=wording.label,
        text=wording.text,
        start_ms=0,
        end_ms=end_ms,
        language=language,
    )


def is_legend(text: str) -> bool:
    """Whether a cue is the legend in any language."""
    return " ".join(drop_isolates(text).split()) in _all_legends()


@cache_by_languages
def _all_legends() -> frozenset[str]:
    return frozenset(
        f"{labels_of(data.tag)['context']} {data.legend}" for data in all_languages() if data.legend
    )
