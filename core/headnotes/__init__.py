"""Headnotes: watch a historical drama with the record beside it.

This is the public door; together with `headnotes.testing` nothing else is public. Programs find
`Headnotes` here, which reads, annotates, writes and reports (its docstring has an example), and
plugins what they are made of. A whole plugin on one screen:

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
from headnotes.issues import (
    HeadnotesError,
    Issue,
    PluginError,
    TermError,
    TopicError,
    TrackError,
    UsageError,
)
from headnotes.model import (
    Anchor,
    Annotation,
    Cases,
    Citation,
    Claim,
    Correction,
    Cue,
    DepictedClaim,
    Depiction,
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
    Reason,
    Report,
    Scene,
    Source,
    Topic,
    Track,
    TrackFormat,
    Unplaced,
    Work,
    WorkEpisode,
    WorkSeason,
)

if TYPE_CHECKING:
    from headnotes.app import Headnotes, Plan, Wishes
    from headnotes.scheduling import LeftOut, Schedule

    __version__: str
    """The version of the installed distribution, as in its `pyproject.toml`."""
else:
    # Looked up when they are asked for: plugins need no engine, and most runs no metadata.
    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version

            return version(__name__)
        if name in ("Headnotes", "Plan", "Wishes"):
            from headnotes import app

            return getattr(app, name)
        if name in ("LeftOut", "Schedule"):
            from headnotes import scheduling

            return getattr(scheduling, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Anchor",
    "Annotation",
    "Cases",
    "Citation",
    "Claim",
    "Correction",
    "Cue",
    "DepictedClaim",
    "Depiction",
    "Episode",
    "EpisodeId",
    "Evidence",
    "Headnote",
    "Headnotes",
    "HeadnotesError",
    "Issue",
    "LeftOut",
    "Moment",
    "Note",
    "NoteText",
    "Outcome",
    "Passage",
    "Plan",
    "PluginError",
    "Profile",
    "Question",
    "Rating",
    "Reason",
    "Report",
    "Scene",
    "Schedule",
    "Source",
    "TermError",
    "Topic",
    "TopicError",
    "Track",
    "TrackError",
    "TrackFormat",
    "Unplaced",
    "UsageError",
    "Wishes",
    "Work",
    "WorkEpisode",
    "WorkSeason",
    "__version__",
    "hookimpl",
]
