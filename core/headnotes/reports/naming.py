"""File names for reports, made from the names of tracks.

Track names come from strangers: they are cut down to what every file system and shell takes, and
two tracks never get one name. Where files go is not decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import count

from headnotes.model import Outcome

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""What Windows does not allow in a name, and names it keeps for devices.

Source: Microsoft, "Naming Files, Paths, and Namespaces".
"""
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
MOST_BYTES = 200
"""Of a name without its ending; most file systems take 255 bytes in all."""


def name_files(
    outcomes: Sequence[Outcome], suffix: str, taken: Iterable[str] = ("index",)
) -> tuple[str, ...]:
    """Name one file per outcome, in their order.

    Args:
        outcomes: their tracks' names are used without folders and without their last ending.
        suffix: the new ending with its dot.
        taken: names without ending that must not be used.

    Returns:
        Different names, also where a file system ignores letter case or accents' spelling.
    """
    used = {_fold(one) for one in taken}
    names = []
    for outcome in outcomes:
        stem = clean_name(outcome.track.name)
        # The second of two equal names says so, as file managers do.
        tries = (stem if number == 1 else f"{stem} ({number})" for number in count(1))
        free = next(one for one in tries if _fold(one) not in used)
        used.add(_fold(free))
        names.append(free + suffix)
    return tuple(names)


def clean_name(name: str) -> str:
    """Give a track's name without folders, ending, and anything a file name must not have."""
    base = re.split(r"[/\\]", name)[-1]
    stem = _SUFFIX.sub("", base)
    shown = "".join(char if char.isprintable() else "_" for char in stem)
    safe = _FORBIDDEN.sub("_", shown).strip(" .")
    cut = safe.encode()[:MOST_BYTES].decode(errors="ignore").strip(" .")
    return f"_{cut}" if _DEVICES.match(cut) or cut.startswith("-") else cut or "track"


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())
