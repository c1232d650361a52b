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

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headnotes.app import Headnotes, Plan, Wishes
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
        Choice,
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
    from headnotes.scheduling import LeftOut, Schedule

    __version__: str
    """The version of the installed distribution, as in its `pyproject.toml`."""
else:
    # Imported when it is asked for: `headnotes --version` pays for no model, a short run for no
    # metadata.
    def __getattr__(name: str) -> object:
        if name == "__version__":
            return _find_version()
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        room = _ELSEWHERE.get(name, "model")
        value = globals()[name] = getattr(import_module(f"headnotes.{room}"), name)
        return value


_ELSEWHERE = {
    "hookimpl": "hookspecs",
    **dict.fromkeys(("Headnotes", "Plan", "Wishes"), "app"),
    **dict.fromkeys(("LeftOut", "Schedule"), "scheduling"),
    **dict.fromkeys(("HeadnotesError", "Issue", "PluginError", "TermError"), "issues"),
    **dict.fromkeys(("TopicError", "TrackError", "UsageError"), "issues"),
}
"""The rooms of the names that are not of the model."""


def _find_version() -> str:
    """Return the version of the distribution, by the name of the folder with its metadata."""
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208 - names are enough
                if name.startswith("headnotes-") and name.endswith(".dist-info"):
                    return name.removeprefix("headnotes-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version(__name__)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "Anchor",
    "Annotation",
    "Cases",
    "Choice",
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
