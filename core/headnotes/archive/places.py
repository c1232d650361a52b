"""Files that lie elsewhere, by their addresses: buckets, servers, inside a zip; through fsspec."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from headnotes.issues import Issue, TrackError, UsageError
from headnotes.tracks import TRACK_SUFFIXES, Limits

if TYPE_CHECKING:
    from types import ModuleType

_PIECE_BYTES = 1 << 20


def list_remote(address: str) -> Iterator[tuple[str, str]]:
    """Yield the subtitle files at an address, with what tells that one has changed.

    Args:
        address: of a file or folder, such as `s3://bucket/subtitles` or `zip://::season.zip`.

    Raises:
        UsageError: fsspec is not installed, does not know the address, or cannot reach it.
    """
    try:
        address = _settle(address)
        system, root = _fsspec().core.url_to_fs(address)
        outer = "".join(address.partition("::")[1:])
        files = [root] if system.isfile(root) else filter(_is_track, sorted(system.find(root)))
        protocol, count = address.partition("://")[0], 0
        for count, file in enumerate(files, start=1):  # noqa: B007 - it is wanted below
            found = f"{protocol}://{file}{outer}"
            found.encode()  # what is no text could not stand in an archive
            yield found, _state(system.info(file))
    except Exception as error:  # noqa: BLE001 - each kind of address has errors of its own
        raise UsageError(_describe(address, error)) from None
    if not count:
        message, hint = "holds no subtitle files", "check the address"
        raise UsageError(Issue(path=address, code="no-subtitles", message=message, hint=hint))


def read_remote(address: str, limits: Limits) -> bytes:
    """Return the bytes of a file at an address.

    Raises:
        TrackError: it cannot be read, or is too large.
    """
    try:
        with _fsspec().open(address, "rb") as file:
            # one byte more than allowed is enough to know; a size that an address claims is not
            data: bytes = b"".join(_take(file, limits.file_bytes))
    except Exception as error:  # noqa: BLE001 - as above
        raise TrackError(_describe(address, error)) from None
    if message := limits.explain_size(len(data)):
        raise TrackError(Issue(path=address, code="too-large", message=message))
    return data


def _take(file: IO[bytes], most: int) -> Iterator[bytes]:
    """Yield what a file holds in pieces, up to the piece that exceeds the most."""
    taken = 0
    while taken <= most and (piece := file.read(_PIECE_BYTES)):
        taken += len(piece)
        yield piece


def local_path(address: str) -> str | None:
    """Return the path that is meant, also where it is written `file://…`; `None` for elsewhere.

    Signs may stand for bytes there, as in the addresses that an archive has of names that are no
    text, unless the path exists as it is written.
    """
    protocol, is_address, path = address.partition("://")
    if not is_address:
        return address
    if protocol not in {"file", "local"} or "::" in path:
        return None
    return path if os.path.lexists(path) else os.fsdecode(unquote_to_bytes(path))


def _settle(address: str) -> str:
    """Return an address in which the files here that it goes through have absolute paths."""
    inner, *outer = address.split("::")
    if "://" not in inner:  # it takes the path of what follows, as typed
        return address
    return "::".join((inner, *map(_settle_part, outer)))


def _settle_part(part: str) -> str:
    """Return one part of an address; a single small word is the name of a protocol to fsspec."""
    path = local_path(part)
    if not path or re.fullmatch("[a-z]+", part):
        return part
    return os.path.abspath(path)  # noqa: PTH100 - no links


def _fsspec() -> ModuleType:
    """Return fsspec, which is needed for addresses alone."""
    import fsspec

    return fsspec  # type: ignore[no-any-return]  # it has no types


def _is_track(file: str) -> bool:
    name = file.rpartition("/")[2]
    return not name.startswith(".") and f".{name.rpartition('.')[2].lower()}" in TRACK_SUFFIXES


def _state(information: dict[str, Any]) -> str:
    """Return what a file system says of a file that changes with its content."""
    known = ("size", "mtime", "LastModified", "ETag", "CRC", "created")
    return " ".join(f"{key}={information[key]}" for key in known if information.get(key))


def _describe(address: str, error: Exception) -> Issue:
    what = str(error) or type(error).__name__
    if isinstance(error, TypeError | AttributeError):  # which speak of code
        what = "something is missing in it"
    hint = "check the address"
    if isinstance(error, ImportError):
        hint = 'pip install "headnotes[archive]", and what fsspec names for this kind of address'
    return Issue(path=address, code="unreachable", message=f"cannot be read: {what}", hint=hint)
