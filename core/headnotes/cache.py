"""What an earlier run worked out, kept in the user's cache folder: plain data, never code.

An entry has a name, which says what it is about, and a key, which says what it was made from. What
has another key is out of date and is replaced. Nothing here is trusted or needed: an entry that is
damaged, truncated, too large, somebody else's or not there at all is none, and one that cannot be
written is not. So the folder may be deleted at any time; where `HEADNOTES_NO_CACHE` is set, it is
neither read nor written.

JSON rather than marshal or pickle: reading it cannot run code nor crash the interpreter, and takes
some two milliseconds more for all of our topics. What few runs look at stands behind it as bytes,
to be taken apart when it is asked for.

A wheel brings entries for the files in it, so that the first run after an installation is as short
as the second. They are made by the build from those files, with the same keys: where a file, the
code or the rules are others, they are none. They are looked for first.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from zlib import adler32, crc32

from headnotes.user_folders import user_folder
from headnotes.values import NamedTuple

OFF = "HEADNOTES_NO_CACHE"
"""The environment variable that turns all of this off."""

MOST_BYTES = 16_000_000
"""Of one entry; that of our largest topic has a fortieth."""

MOST_ENTRIES = 100
"""When there are more, those written the longest ago go."""

# Neither a link nor a pipe in the place of an entry leads anywhere.
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

BROUGHT = Path(__file__).parent / "brought"
"""The folder of the entries that a wheel brings; not there where the source itself is used."""

_FORMAT = 2
_ENTRY, _STAGED = ".json", ".part"
_DEAD_AFTER_S = 3_600.0

_PLAYERS = r"mpv-\d+-\d+"
_LEFT_AFTER_S = 7 * 86_400.0
"""A folder of `headnotes.lua` that is so old is nobody's: no film runs for a week."""


_making: list[Path] = []
"""The folder of a wheel that is being built; then there is no other."""


class Entry(NamedTuple):
    """What is kept under a name.

    Attributes:
        value: plain data, as JSON has it.
        rest: what stands behind that.
    """

    value: Any
    rest: bytes


def fingerprint(parts: Iterable[bytes]) -> str:
    """Return what is different where any part is; the same on every machine."""
    # two sums against mistakes, for nobody has a reason to deceive himself
    first, second, sizes = 0, 1, list[int]()
    for part in parts:
        first, second = crc32(part, first), adler32(part, second)
        sizes.append(len(part))
    written = repr(sizes).encode()
    return f"{crc32(written, first):08x}{adler32(written, second):08x}"


@cache
def fingerprint_code(folder: str) -> str:
    """Return what is different where the modules in a folder are: edited, or another version's.

    Raises:
        OSError: it cannot be read, or lies in an archive.
    """
    parts: list[bytes] = []
    for name in sorted(os.listdir(folder)):  # noqa: PTH208  # names are enough
        if name.endswith(".py"):
            with open(f"{folder}/{name}", "rb") as module:  # noqa: PTH123  # in half the time
                parts += name.encode(), module.read()
    return fingerprint(parts)


def load(name: str, key: str, brought: str = "") -> Any:  # noqa: ANN401  # whatever JSON holds
    """Return what is kept under a name, as JSON has it; as `load_entry` does."""
    found = load_entry(name, key, brought)
    return found and found.value


def load_entry(name: str, key: str, brought: str = "") -> Entry | None:
    """Return what is kept under a name, if it was made from the same.

    Args:
        name: of a file, made of plain letters and digits.
        key: of what it should be made from.
        brought: its name in a wheel, where that is another.
    """
    folder = _find_folder()
    if folder is None:
        return None
    found = _open(BROUGHT / (brought or name), key, is_brought=True) if not _making else None
    return found or _open(folder / (brought if brought and _making else name), key)


def _open(file: Path, key: str, *, is_brought: bool = False) -> Entry | None:
    try:
        content = _read(file, is_brought=is_brought)
        # nothing of it is copied that need not be: to touch a megabyte takes half a millisecond
        begin = content.index(b"\n") + 1
        end = content.index(b"\n", begin)
        view = memoryview(content)
        if content[: begin - 1] != _make_header(key, view[begin:]):
            return None
        import json

        return Entry(json.loads(str(view[begin:end], "ascii")), content[end + 1 :])
    except (OSError, ValueError, RecursionError):
        return None


def store(name: str, key: str, value: object, rest: bytes = b"", *, brought: str = "") -> None:
    """Keep plain data under a name, complete or not at all; where that cannot be, it is not kept.

    Args:
        name: of a file, made of plain letters and digits, with the suffix `.json`.
        key: of what it was made from.
        value: texts, numbers, lists, and tables with texts as keys.
        rest: what stands behind it.
        brought: its name in a wheel, where that is another.
    """
    folder = _find_folder()
    if folder is None:
        return
    import json

    with suppress(OSError, ValueError, TypeError, RecursionError):
        # escaped, so that it is ASCII, which is read in half the time
        written = json.dumps(value, allow_nan=False, separators=(",", ":"))
        body = b"\n".join((written.encode(), rest))
        content = b"\n".join((_make_header(key, body), body))
        if len(content) <= MOST_BYTES:
            _make_folder(folder)
            _write(folder / (brought if brought and _making else name), content)
            _sweep(folder)


@contextmanager
def making(folder: Path) -> Iterator[None]:
    """Keep what is stored meanwhile in a folder, to be brought by a wheel."""
    _making.append(folder)
    try:
        yield
    finally:
        _making.pop()


def is_off() -> bool:
    """Whether nothing is kept and nothing looked for."""
    return not _making and bool(os.environ.get(OFF))


def _find_folder() -> Path | None:
    if _making:
        return _making[-1]
    return None if is_off() else user_folder("cache")


def _make_header(key: str, body: bytes | memoryview) -> bytes:
    return f"headnotes {_FORMAT} {key} {crc32(body):08x}".encode()


def _read(file: Path, *, is_brought: bool = False) -> bytes:
    """Return what is in an entry.

    Raises:
        OSError: it is not there, no plain file, too large, or, unless a wheel brought it, not of
            this user alone.
    """
    handle = os.open(
        file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    with open(handle, "rb") as opened:  # noqa: PTH123  # it is open already
        status = os.fstat(handle)
        if not (is_brought or _is_ours(status)) or not stat.S_ISREG(status.st_mode):
            raise PermissionError(f"{file} is not a file of this user alone")
        if status.st_size > MOST_BYTES:
            raise PermissionError(f"{file} is too large")
        # to make room for the most that there may be takes six times as long
        return opened.read(status.st_size)


def _is_ours(status: os.stat_result) -> bool:
    """Whether something belongs to this user, and nobody else may write it."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _make_folder(folder: Path) -> None:
    """Make the folder for this user alone; in the home of another user, as with sudo, none is made.

    Raises:
        OSError: it cannot be made, or belongs to somebody else.
    """
    if not folder.is_dir():
        above = next(parent for parent in folder.parents if parent.is_dir())
        if hasattr(os, "geteuid") and above.stat().st_uid != os.geteuid():
            raise PermissionError(f"{above} belongs to another user")
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    elif not _is_ours(folder.stat()):
        raise PermissionError(f"{folder} is not a folder of this user alone")


def _write(place: Path, content: bytes) -> None:
    """Write a file beside its place and rename it, so that no other run sees half of it."""
    from tempfile import mkstemp  # few runs write

    handle, staged = mkstemp(suffix=_STAGED, dir=place.parent)
    try:
        with open(handle, "wb") as opened:  # noqa: PTH123  # it is open already
            opened.write(content)
        os.replace(staged, place)  # noqa: PTH105  # the name is a text
    except BaseException:
        os.unlink(staged)  # noqa: PTH108
        raise


def _sweep(folder: Path) -> None:
    """Remove what killed runs and players have left, and of too many entries the oldest."""
    now, entries = time.time(), list[tuple[float, Path]]()
    for file in folder.iterdir():
        with suppress(OSError):  # another run may sweep as well
            status = file.lstat()
            age_s, is_plain = now - status.st_mtime, stat.S_ISREG(status.st_mode)
            if is_plain and file.suffix == _ENTRY:
                entries.append((status.st_mtime, file))
            elif is_plain and file.suffix == _STAGED and age_s > _DEAD_AFTER_S:
                file.unlink()
            elif stat.S_ISDIR(status.st_mode) and age_s > _LEFT_AFTER_S:
                _remove_left(file)
    for _, file in sorted(entries)[: max(0, len(entries) - MOST_ENTRIES)]:
        with suppress(OSError):
            file.unlink()


def _remove_left(folder: Path) -> None:
    """Remove a folder that the script for mpv made, which a killed player did not; no other."""
    import re
    from shutil import rmtree  # few runs write

    if re.fullmatch(_PLAYERS, folder.name):
        rmtree(folder)
