"""The ways of writing a track: what goes into it, chapters, and commands for muxing.

Our own profiles answer `provide_profiles` as a plugin's would. A profile decides what goes into a
track, `formats` how it is written; files are written elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headnotes.filenames import Naming
from headnotes.hookspecs import hookimpl
from headnotes.issues import Issue, UsageError
from headnotes.model import Headnote, Profile, Track
from headnotes.profiles.muxing import MuxTrack, mux_commands
from headnotes.profiles.writers import (
    write_combined_ass,
    write_combined_plain,
    write_combined_srt,
    write_notes_plain,
    write_notes_web,
)

__all__ = [
    "MPV_SCHEMA",
    "PROFILES",
    "MuxTrack",
    "mux_commands",
    "provide_profiles",
    "render_profile",
    "serve_player",
]


def _write_mpv_sheet(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    from headnotes.profiles.sheets import write_mpv_sheet

    return write_mpv_sheet(track, headnotes)


def _write_matroska_chapters(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    from headnotes.profiles.chapters import write_matroska_chapters

    return write_matroska_chapters(track, headnotes)


def _write_ffmetadata_chapters(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    from headnotes.profiles.chapters import write_ffmetadata_chapters

    return write_ffmetadata_chapters(track, headnotes)


MPV_SCHEMA = "headnotes/mpv-1"
"""What the sheets for mpv say they are, so that its script knows them."""

# The titles of our own profiles stand in the files of the languages.
PROFILES: Sequence[Profile] = (
    Profile(
        name="combined-srt",
        title={},
        suffix=".srt",
        write=write_combined_srt,
    ),
    Profile(
        name="combined-ass",
        title={},
        suffix=".ass",
        write=write_combined_ass,
        players=("mpv", "vlc", "kodi"),
    ),
    Profile(
        name="combined-plain",
        title={},
        suffix=".srt",
        suffix_by_format={"webvtt": ".vtt"},
        write=write_combined_plain,
        players=("jellyfin", "plex"),
    ),
    Profile(
        name="notes-plain",
        title={},
        suffix=".srt",
        write=write_notes_plain,
        players=("asbplayer",),
    ),
    Profile(
        name="notes-mpv",
        title={},
        suffix=".json",
        write=_write_mpv_sheet,
        is_by_moment=True,
    ),
    Profile(
        name="notes-web",
        title={},
        suffix=".vtt",
        write=write_notes_web,
        players=("browser",),
    ),
    Profile(
        name="chapters-matroska",
        title={},
        suffix=".xml",
        write=_write_matroska_chapters,
        is_by_moment=True,
    ),
    Profile(
        name="chapters-ffmetadata",
        title={},
        suffix=".ffmetadata",
        write=_write_ffmetadata_chapters,
        is_by_moment=True,
    ),
)

_KNOW_NO_TITLES = frozenset({"mpv", "plex"})
"""Players that want `Base.en.srt` (S1)."""


@hookimpl
def provide_profiles() -> Sequence[Profile]:
    """Return the profiles that come with Headnotes."""
    return PROFILES


def serve_player(player: str, profiles: Iterable[Profile]) -> tuple[Profile, Naming]:
    """Return the profile and the naming that serve a player best.

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
    hint = f"known: {', '.join(sorted(known))}; for others choose a --profile"
    raise UsageError(
        Issue(path="--for", code="unknown-player", message=f"unknown player {player!r}", hint=hint)
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
    return profile.write(track, headnotes)
