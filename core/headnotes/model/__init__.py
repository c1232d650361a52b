"""The words of Headnotes as frozen values.

Every value is immutable and compares by value. Times are whole milliseconds from the start of
the file; languages are BCP 47 tags in lower case (`en`, `de`). What reads, matches, places or
writes these values lives in the rooms above; nothing here touches a file.
"""

from headnotes.model.results import (
    Annotation,
    Evidence,
    Headnote,
    Moment,
    Outcome,
    Profile,
    Report,
    Unplaced,
)
from headnotes.model.rules import (
    EPISODE_PATTERN,
    LANGUAGE_PATTERN,
    SLUG_PATTERN,
    Help,
    LanguageTag,
    Layout,
    Pattern,
    Range,
)
from headnotes.model.topics import (
    Citation,
    Confidence,
    Correction,
    Departure,
    Note,
    NoteText,
    ReadStatus,
    Source,
    SourceKind,
    Stance,
    Topic,
    Verdict,
)
from headnotes.model.tracks import (
    Certainty,
    Cue,
    Language,
    LocalText,
    Scene,
    Track,
    TrackFormat,
)
from headnotes.model.works import Anchor, Cases, Depiction, Episode, When, Widen, Work, WorkEpisode

__all__ = [
    "EPISODE_PATTERN",
    "LANGUAGE_PATTERN",
    "SLUG_PATTERN",
    "Anchor",
    "Annotation",
    "Cases",
    "Certainty",
    "Citation",
    "Confidence",
    "Correction",
    "Cue",
    "Departure",
    "Depiction",
    "Episode",
    "Evidence",
    "Headnote",
    "Help",
    "Language",
    "LanguageTag",
    "Layout",
    "LocalText",
    "Moment",
    "Note",
    "NoteText",
    "Outcome",
    "Pattern",
    "Profile",
    "Range",
    "ReadStatus",
    "Report",
    "Scene",
    "Source",
    "SourceKind",
    "Stance",
    "Topic",
    "Track",
    "TrackFormat",
    "Unplaced",
    "Verdict",
    "When",
    "Widen",
    "Work",
    "WorkEpisode",
]
