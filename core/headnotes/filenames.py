"""What an output file is called, so that players find it beside the video.

Which folder it lies in, and whether two outputs collide, is the caller's business; a name from
here is one single component, whatever the track or a plugin is called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from headnotes.issues import Issue
from headnotes.languages import names_language, profile_title
from headnotes.model import Headnote, Language, Profile

Naming = Literal["titled", "plain"]

_MAX_NAME_BYTES = 255
_MAX_TITLE_CHARS = 60
_VARIANTS = {
    "sdh": "captions",
    "cc": "captions",
    "hi": "captions",
    "forced": "inserts",
    "foreign": "inserts",
    "default": "",
}
"""Flags of players that must not mark notes (S2), and what tells such a track from its sisters."""
_RESERVED = {
    "CON",
    "PRN",
    "AUX",
    "NUL",
    *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10)),
}
"""Source: Microsoft, "Naming Files, Paths, and Namespaces"."""
_KEPT_INVISIBLE = "\u200c\u200d"


def output_name(  # noqa: PLR0913 - all that goes into a name
    track_stem: str,
    profile: Profile,
    *,
    track_format: str,
    dialogue_language: Language | None,
    note_language: Language,
    naming: Naming = "titled",
) -> str:
    """Name the file that a profile writes for a track.

    `S01E04.en` gives `S01E04.Historical notes.en.srt`: the video's own name, the profile's title,
    and the language last, where players look for it. Where the notes are in another language than
    the dialogue, the title names the dialogue's: `S01E04.Historical notes (de).en.srt`.

    Args:
        track_stem: the track's file name without its last ending; may hold anything.
        profile: its title and ending go into the name.
        track_format: name of the track's format; some profiles keep it.
        dialogue_language: of the track, where known.
        note_language: of the headnotes.
        naming: `plain` leaves the title out, for players that know no titles.

    Returns:
        One path component of at most 255 bytes in UTF-8.

    Source: conventions S1 to S3, as seen in Jellyfin, Kodi, Plex, mpv and VLC.
    """
    base, variants = _split_stem(track_stem, dialogue_language)
    suffix = profile.suffix_by_format.get(track_format, profile.suffix).lstrip(".")
    tail = f".{_tame_part(note_language)}.{_tame_part(suffix)}"
    if naming == "titled":
        title = profile_title(profile, note_language)
        details = variants
        if dialogue_language and not names_language(dialogue_language, note_language):
            details = [dialogue_language, *variants]
        title += f" ({', '.join(details)})" if details else ""
        tail = f".{_tame_part(title)[:_MAX_TITLE_CHARS]}{tail}"
    room = _MAX_NAME_BYTES - len(tail.encode())
    return _tame_base(base).encode()[:room].decode(errors="ignore") + tail


def explain_name(
    track_stem: str, dialogue_language: Language | None, name: str, where: str
) -> Issue | None:
    """Say that an output could not keep its track's name; `None` where it could.

    Args:
        track_stem: as given to `output_name`.
        dialogue_language: as given to `output_name`.
        name: what that gave.
        where: the track, for the message.
    """
    base, _ = _split_stem(track_stem, dialogue_language)
    if name.startswith(f"{base}."):
        return None
    return Issue(
        path=where,
        code="changed-name",
        message=f"its name cannot be kept, the output is {name!r}",
        hint="players that go by the video's name will not find it; rename track and video",
    )


def main_language(headnotes: Iterable[Headnote], wanted: Language) -> Language:
    """Give the language that most headnotes are in; the wanted one where there are none."""
    counts = Counter(one.language for one in headnotes)
    return min(counts, key=lambda one: (-counts[one], one), default=wanted)


def _split_stem(stem: str, language: Language | None) -> tuple[str, Sequence[str]]:
    """Part the video's name from the language and flags behind it."""
    parts = stem.split(".")
    variants: list[str] = []
    has_language = False
    while len(parts) > 1:
        last = parts[-1].lower()
        if not has_language and language and names_language(last, language):
            has_language = True
        elif last in _VARIANTS:
            variants.append(_VARIANTS[last])
        else:
            break
        parts.pop()
    return ".".join(parts), sorted({variant for variant in variants if variant})


def _tame_base(base: str) -> str:
    """Make a track's name a path component, changing no more than that needs."""
    tame = "".join(
        char if (char.isprintable() or char in _KEPT_INVISIBLE) and char not in "/\\" else "_"
        for char in base
    )
    if not tame.strip(". ") or tame.partition(".")[0].strip().upper() in _RESERVED:
        return f"_{tame}"
    return tame


def _tame_part(text: str) -> str:
    """Make a title, a language or an ending of a plugin fit for every file system."""
    return "".join(char if char not in ':<>"|?*' else "_" for char in _tame_base(text))
