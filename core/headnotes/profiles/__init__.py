"""The ways of writing a track, and what the files are called.

Our own profiles answer `provide_profiles` like a stranger's would. A profile gives text; files
are written elsewhere. What writes a profile is imported when it is asked for: most runs want
SubRip alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headnotes.filenames import Naming, explain_name, main_language, output_name
from headnotes.hookspecs import hookimpl
from headnotes.issues import Issue, PluginError, UsageError
from headnotes.lazy import import_later
from headnotes.model import Headnote, Profile, Track
from headnotes.profiles.muxing import MuxTrack, mux_commands

__all__ = [
    "PROFILES",
    "MuxTrack",
    "Naming",
    "explain_name",
    "main_language",
    "mux_commands",
    "output_name",
    "provide_profiles",
    "render_profile",
    "serve_player",
]


# Our own profiles have their titles in the files of the languages.
PROFILES: Sequence[Profile] = (
    Profile(
        name="combined-srt",
        title={},
        suffix=".srt",
        carries_dialogue=True,
        write=import_later(f"{__name__}.subrip", "write_combined_srt"),
    ),
    Profile(
        name="combined-ass",
        title={},
        suffix=".ass",
        carries_dialogue=True,
        write=import_later(f"{__name__}.substation", "write_combined_ass"),
        players=("mpv", "vlc", "kodi"),
    ),
    Profile(
        name="combined-plain",
        title={},
        suffix=".srt",
        suffix_by_format={"webvtt": ".vtt"},
        carries_dialogue=True,
        write=import_later(f"{__name__}.subrip", "write_combined_plain"),
        players=("jellyfin", "plex"),
    ),
    Profile(
        name="notes-plain",
        title={},
        suffix=".srt",
        carries_dialogue=False,
        write=import_later(f"{__name__}.subrip", "write_notes_plain"),
    ),
    Profile(
        name="notes-web",
        title={},
        suffix=".vtt",
        carries_dialogue=False,
        write=import_later(f"{__name__}.webvtt", "write_notes_web"),
        players=("browser",),
    ),
    Profile(
        name="chapters-matroska",
        title={},
        suffix=".xml",
        carries_dialogue=False,
        write=import_later(f"{__name__}.chapters", "write_matroska_chapters"),
    ),
    Profile(
        name="chapters-ffmetadata",
        title={},
        suffix=".ffmetadata",
        carries_dialogue=False,
        write=import_later(f"{__name__}.chapters", "write_ffmetadata_chapters"),
    ),
)

_KNOW_NO_TITLES = frozenset({"mpv", "plex"})
"""Players that want `Base.en.srt` (S1)."""


@hookimpl
def provide_profiles() -> Sequence[Profile]:
    """Bring the profiles of Headnotes itself."""
    return PROFILES


def serve_player(player: str, profiles: Iterable[Profile]) -> tuple[Profile, Naming]:
    """Give the profile and the naming that serve a player best.

    Args:
        player: as `--for` takes it.
        profiles: all of this run; the first that names the player is taken.

    Raises:
        UsageError: no profile names it.
    """
    known: set[str] = set()
    for profile in profiles:
        if player in profile.players:
            return profile, "plain" if player in _KNOW_NO_TITLES else "titled"
        known.update(profile.players)
    mend = f"known are {', '.join(sorted(known))}; for others choose a --profile"
    raise UsageError(
        Issue(path="--for", code="unknown-player", message=f"unknown player {player!r}", hint=mend)
    )


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
        raise PluginError(
            Issue(path=where, code="failed-profile", message=what, hint="tell its author")
        ) from error
    if not isinstance(text, str):
        what = f"gave {type(text).__name__} for {track.name!r} instead of text"
        raise PluginError(
            Issue(path=where, code="bad-answer", message=what, hint="tell its author")
        )
    return text
