"""Headnotes: watch a historical drama with the record beside it.

This is the public door for plugins and library users; together with `headnotes.testing` nothing
else is public. A whole plugin on one screen:

    from pathlib import Path
    from headnotes import hookimpl

    @hookimpl
    def provide_topics():
        return [Path(__file__).parent]  # the folder with topic.toml

and in its `pyproject.toml`:

    [project.entry-points.headnotes]
    my-topic = "my_package"
"""

from typing import TYPE_CHECKING

from headnotes.hookspecs import hookimpl
from headnotes.issues import HeadnotesError, Issue
from headnotes.model import (
    Anchor,
    Annotation,
    Citation,
    Claim,
    Cue,
    Episode,
    EpisodeId,
    Evidence,
    Headnote,
    Moment,
    Note,
    NoteText,
    Outcome,
    Passage,
    Profile,
    Question,
    Rating,
    Report,
    Scene,
    Source,
    Topic,
    Track,
    TrackFormat,
    Work,
)

if TYPE_CHECKING:
    __version__: str
    """The version of the installed distribution, as in its `pyproject.toml`."""
else:
    # Looked up when it is asked for: a run that only annotates does not pay for the metadata.
    def __getattr__(name: str) -> str:
        if name != "__version__":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib.metadata import version

        return version(__name__)


__all__ = [
    "Anchor",
    "Annotation",
    "Citation",
    "Claim",
    "Cue",
    "Episode",
    "EpisodeId",
    "Evidence",
    "Headnote",
    "HeadnotesError",
    "Issue",
    "Moment",
    "Note",
    "NoteText",
    "Outcome",
    "Passage",
    "Profile",
    "Question",
    "Rating",
    "Report",
    "Scene",
    "Source",
    "Topic",
    "Track",
    "TrackFormat",
    "Work",
    "__version__",
    "hookimpl",
]
