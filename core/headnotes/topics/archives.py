"""Topics as others give them away: in a zip, read in memory without being unpacked.

Nothing of it reaches the disk, so no name in it can lead anywhere; links, locked files and names
that would leave a folder are refused all the same, for whoever unpacks it by other means.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, Any

from headnotes.issues import Issue, TopicError
from headnotes.topics.bounds import BOUNDS, Bounds
from headnotes.topics.loading import RATINGS_FILE, TOPIC_FILE, WORK_FILE
from headnotes.values import frozen

MOST_FILES = 1_000
MOST_ARCHIVE_BYTES = 50_000_000
"""Of a zip, and of all that is read from it together."""

_WANTED = frozenset({TOPIC_FILE, WORK_FILE, RATINGS_FILE})
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What every Python and every program for zips can unpack."""

_DEPTH = 2
"""A file of a topic lies at the top of a zip, or in a folder of it."""


class _Held(Traversable):
    """What is read like a file, from memory."""

    def read_bytes(self) -> bytes:
        """Return all of it."""
        with self.open("rb") as stream:
            content: bytes = stream.read()
        return content

    def read_text(self, encoding: str | None = None) -> str:
        """Return all of it as text."""
        return self.read_bytes().decode(encoding or "utf-8")


@frozen
class HeldFile(_Held):
    """One file of an archive, or the place where it would be.

    Attributes:
        name: with that of its archive and folder, for messages.
        content: `None`: there is no such file.
    """

    name: str
    content: bytes | None

    def is_file(self) -> bool:
        """Whether it is there."""
        return self.content is not None

    def is_dir(self) -> bool:
        """Return false: it is a file."""
        return False

    def iterdir(self) -> Iterator[Traversable]:
        """Return nothing: it holds no files."""
        return iter(())

    def joinpath(self, *descendants: Any) -> Traversable:  # noqa: ANN401  # as its class has it
        """Return a place that is not there: it holds no files."""
        return HeldFile("/".join((self.name, *map(str, descendants))), None)

    def open(self, mode: str = "r", *_: Any, **__: Any) -> IO[Any]:  # noqa: ANN401
        """Open it for reading bytes.

        Raises:
            FileNotFoundError: it is not there.
        """
        if self.content is None:
            raise FileNotFoundError(self.name)
        held = io.BytesIO(self.content)
        return held if "b" in mode else io.TextIOWrapper(held, encoding="utf-8")


@frozen
class HeldFolder(_Held):
    """One folder of an archive with the files of a topic or work.

    Attributes:
        name: with that of its archive, for messages.
        files: contents by file name.
    """

    name: str
    files: Mapping[str, bytes]

    def is_file(self) -> bool:
        """Return false: it is a folder."""
        return False

    def is_dir(self) -> bool:
        """Return true: it is a folder."""
        return True

    def iterdir(self) -> Iterator[Traversable]:
        """Yield its files."""
        return (self.joinpath(name) for name in self.files)

    def joinpath(self, *descendants: Any) -> Traversable:  # noqa: ANN401  # as its class has it
        """Return a file in it, which need not be there."""
        inside = "/".join(map(str, descendants))
        return HeldFile(f"{self.name}/{inside}", self.files.get(inside))

    def open(self, mode: str = "r", *_: Any, **__: Any) -> IO[Any]:  # noqa: ANN401
        """Raise IsADirectoryError: it is a folder."""
        raise IsADirectoryError(self.name)


def open_archive(file: Path, bounds: Bounds = BOUNDS) -> tuple[HeldFolder, ...]:
    """Read the topic and work files in a zip, and the ratings beside them.

    Args:
        file: the zip.
        bounds: the most bytes that one file may have; one byte more is read, so that reading
            the topic refuses it.

    Returns:
        A folder for each that has a topic or work, in the order of their names.

    Raises:
        TopicError: it is no zip, is unsafe or damaged, or holds no topic.
    """
    try:
        if file.stat().st_size > MOST_ARCHIVE_BYTES:
            raise _refuse(file, f"is larger than {MOST_ARCHIVE_BYTES / 1_000_000:g} MB")
        with zipfile.ZipFile(file) as archive:
            folders = _read_all(file, archive, bounds)
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        # Python has these for what is damaged, locked or packed by unknown means.
        raise _refuse(file, f"cannot be read as a zip: {error}") from error
    held = [
        HeldFolder(f"{file.name}/{name}".rstrip("/"), files)
        for name, files in sorted(folders.items())
        if files.keys() & {TOPIC_FILE, WORK_FILE}
    ]
    if not held:
        raise _refuse(file, f"holds no {TOPIC_FILE} at its top, or in a folder there")
    return tuple(held)


def _read_all(file: Path, archive: zipfile.ZipFile, bounds: Bounds) -> dict[str, dict[str, bytes]]:
    """Return the contents of all files that are wanted, by folder and name."""
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise _refuse(file, f"holds more than {MOST_FILES:,} files")
    folders: dict[str, dict[str, bytes]] = {}
    left = MOST_ARCHIVE_BYTES
    for member in members:
        _refuse_unsafe(file, member)
        *folder, name = member.filename.split("/")
        if name not in _WANTED or len(folder) >= _DEPTH:
            continue
        if member.compress_type not in _METHODS:
            raise _refuse(file, f"is packed by other means than deflate: {member.filename!r}")
        most = min(left, MOST_ARCHIVE_BYTES if bounds.file_bytes is None else bounds.file_bytes)
        with archive.open(member) as stream:
            content = stream.read(most + 1)
        left -= len(content)
        if left < 0:
            raise _refuse(file, f"unpacks to more than {MOST_ARCHIVE_BYTES / 1_000_000:g} MB")
        folders.setdefault("/".join(folder), {})[name] = content
    return folders


def _refuse_unsafe(file: Path, member: zipfile.ZipInfo) -> None:
    """Refuse a member that would do harm where it is unpacked.

    Raises:
        TopicError: its name leads out of a folder, or it is a link or locked.
    """
    parts = member.filename.split("/")
    if ".." in parts or not parts[0] or "\\" in member.filename or ":" in parts[0]:
        raise _refuse(file, f"has a name that leads out of its folder: {member.filename!r}")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _refuse(file, f"holds a link: {member.filename!r}")
    if member.flag_bits & 1:
        raise _refuse(file, f"is locked by a password: {member.filename!r}")


def _refuse(file: Path, message: str) -> TopicError:
    hint = "pack the folder of a topic again: plain files, topic.toml among them"
    return TopicError(Issue(path=file.name, code="bad-archive", message=message, hint=hint))
