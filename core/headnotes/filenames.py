"""What output files are called: what players find beside a video, and what every system takes.

Which folder a file lies in, and whether it may be replaced, is the caller's business; a name from
here is one single path component, whatever the track or a plugin is called.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import count
from typing import Literal

from headnotes.issues import Issue
from headnotes.languages import names_language, profile_title
from headnotes.lazy import lazy_pattern
from headnotes.model import Headnote, Language, Outcome, Profile

Naming = Literal["titled", "plain"]
Rank = tuple[bool, bool, bool]

_MAX_NAME_BYTES = 255
_MAX_TITLE_CHARS = 60
_MAX_STEM_BYTES = 200
"""Of a report's name without its ending, which leaves room for numbers and endings."""
_SUFFIX = r"\.[A-Za-z0-9]{1,5}$"
_VARIANTS = {
    "sdh": "captions",
    "cc": "captions",
    "hi": "captions",
    "forced": "inserts",
    "foreign": "inserts",
    "default": "",
}
"""Flags of players that must not mark notes (S2), and what sets such a track apart from others."""
_HARMLESS = lazy_pattern(r"[A-Za-z0-9]([A-Za-z0-9 ._()-]{0,120}[A-Za-z0-9)])?")
_PERHAPS_DEVICE = lazy_pattern(r"\s*(aux|clock|com|con|lpt|nul|prn|\$|\.)", re.IGNORECASE)
_JOINERS = "\u200c\u200d"
"""Not printable, yet needed to write Persian, Hindi and other languages."""


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
    return _cut(_tame_base(base), _MAX_NAME_BYTES - len(tail.encode())) + tail


def rank_track(
    track_stem: str, dialogue_language: Language | None, note_language: Language
) -> Rank:
    """Rank a track among those whose output would have one plain name; the lowest deserves it.

    Inserts alone come last: a film is watched with them only where nothing else is needed. Before
    them, a track in another language than the notes stands back, then one with captions.
    """
    _, variants = _split_stem(track_stem, dialogue_language)
    is_foreign = not dialogue_language or not names_language(dialogue_language, note_language)
    return "inserts" in variants, is_foreign, "captions" in variants


def explain_name(
    track_stem: str, dialogue_language: Language | None, name: str, where: str
) -> Issue | None:
    """Return an issue where an output cannot keep its track's name, else nothing.

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
    """Return the language that most headnotes are in; the wanted one where there are none."""
    counts = Counter(headnote.language for headnote in headnotes)
    return min(counts, key=lambda language: (-counts[language], language), default=wanted)


def _split_stem(stem: str, language: Language | None) -> tuple[str, Sequence[str]]:
    """Split a track's name into the video's name and the flags after it, the language dropped."""
    parts = stem.split(".")
    variants: list[str] = []
    has_language = False
    while len(parts) > 1:
        last = parts[-1].lower()
        # the track's own language only: `It` may end a title
        if not has_language and language and names_language(last, language):
            has_language = True
        elif last in _VARIANTS:
            variants.append(_VARIANTS[last])
        else:
            break
        parts.pop()
    return ".".join(parts), sorted({variant for variant in variants if variant})


def name_files(
    outcomes: Sequence[Outcome], suffix: str, taken: Iterable[str] = ("index",)
) -> tuple[str, ...]:
    """Name one report file per outcome, in their order.

    Args:
        outcomes: their tracks' names are used without folders and without their last ending.
        suffix: the new ending with its dot.
        taken: names without ending that must not be used.

    Returns:
        Different names, also where a file system ignores letter case or how accents are encoded.
    """
    used = {_fold(name) for name in taken}
    names = []
    for outcome in outcomes:
        stem = clean_stem(outcome.track.name)
        # the second of two equal names is numbered, as file managers do
        tries = (stem if number == 1 else f"{stem} ({number})" for number in count(1))
        free = next(name for name in tries if _fold(name) not in used)
        used.add(_fold(free))
        names.append(free + suffix)
    return tuple(names)


def clean_stem(name: str) -> str:
    """Return a track's name without folders and ending, as any system and shell takes it."""
    stem = re.sub(_SUFFIX, "", re.split(r"[/\\]", name)[-1])
    cut = _cut(_replace_forbidden(stem).strip(" ."), _MAX_STEM_BYTES).strip(" .")
    # a leading hyphen would be read as an option
    return f"_{cut}" if _is_device(cut) or cut.startswith("-") else cut or "track"


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def _cut(name: str, most_bytes: int) -> str:
    return name.encode()[:most_bytes].decode(errors="ignore")


def _tame_base(base: str) -> str:
    """Return a track's name as a path component; no more is changed than that needs.

    Signs that Windows forbids stay: the video beside the track has them too.
    """
    tame = re.sub(r"[/\\]", "_", _replace_invisible(base))
    return f"_{tame}" if not tame.strip(". ") or _is_device(tame) else tame


def _tame_part(text: str) -> str:
    """Return a title, a language or an ending of a plugin as part of a name on any system."""
    tame = _replace_forbidden(text)
    return tame if tame.strip(". ") and not _is_device(tame) else f"_{tame}"


def _replace_invisible(text: str) -> str:
    return "".join(char if char.isprintable() or char in _JOINERS else "_" for char in text)


def _replace_forbidden(text: str) -> str:
    """Replace what Windows, macOS or Linux do not allow in a name."""
    if _HARMLESS.fullmatch(text):  # most are, and the import is slow
        return text
    from pathvalidate import sanitize_filename
    from pathvalidate.handler import ReservedNameHandler

    shown = _replace_invisible(text)
    return sanitize_filename(
        shown,
        replacement_text="_",
        platform="universal",
        fs_encoding="utf-8",
        reserved_name_handler=ReservedNameHandler.as_is,
    )


def _is_device(name: str) -> bool:
    """Whether Windows takes a name for a device, with an ending or without."""
    if not _PERHAPS_DEVICE.match(name):
        return False
    return name.partition(".")[0].strip().upper() in _list_devices()


@cache
def _list_devices() -> frozenset[str]:
    from pathvalidate import FileNameValidator

    return frozenset(FileNameValidator(platform="windows").reserved_keywords)
