"""The ways of writing a track, and what the files are called.

Our own profiles answer `provide_profiles` like a stranger's would. A profile gives text; files
are written elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.errors import PluginError, Problem
from headnotes.hookspecs import hookimpl
from headnotes.model import Headnote, Profile, Track
from headnotes.profiles.naming import Naming, explain_name, main_language, output_name
from headnotes.profiles.subrip import write_combined_srt, write_notes_plain

__all__ = [
    "PROFILES",
    "Naming",
    "explain_name",
    "main_language",
    "output_name",
    "provide_profiles",
    "render_profile",
]

PROFILES: Sequence[Profile] = (
    Profile(
        name="combined-srt",
        title={"en": "Historical notes", "de": "Historische Notizen"},
        suffix=".srt",
        carries_dialogue=True,
        write=write_combined_srt,
        players=("vlc",),
    ),
    Profile(
        name="notes-plain",
        title={"en": "Historical notes only", "de": "Nur historische Notizen"},
        suffix=".srt",
        carries_dialogue=False,
        write=write_notes_plain,
    ),
)


@hookimpl
def provide_profiles() -> Sequence[Profile]:
    """Bring the profiles of Headnotes itself."""
    return PROFILES


def render_profile(profile: Profile, track: Track, headnotes: tuple[Headnote, ...]) -> str:
    """Write a track and its headnotes as a whole file's text.

    Args:
        profile: ours or a plugin's.
        track: as read.
        headnotes: by start, as `scheduling.schedule` gives them.

    Raises:
        PluginError: a plugin's profile failed, or gave no text.
    """
    where = f"profile {profile.name!r}"
    try:
        text = profile.write(track, headnotes)
    except Exception as error:
        what = f"failed on {track.name!r}: {error!r}"
        raise PluginError(Problem(where=where, what=what, mend="tell its author")) from error
    if not isinstance(text, str):
        what = f"gave {type(text).__name__} for {track.name!r} instead of text"
        raise PluginError(Problem(where=where, what=what, mend="tell its author"))
    return text
