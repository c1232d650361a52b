"""Which plugins are installed: the entry points of our group, read without importlib.metadata.

To import that takes a fifth of a short run, and it reads the metadata of every distribution. What
pip and its like install is one folder `NAME-VERSION.dist-info` with plain files in it (of old,
`.egg-info`), and those are read here as the specifications describe them. Wherever anything else
may hold distributions (archives, eggs, finders of other programs), or a line is not plain,
importlib.metadata is asked.

Source: Python Packaging User Guide, "Recording installed projects" and "Entry points
specification"; of several copies of a distribution the first on the path counts, as for
importlib.metadata.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

from headnotes.hookspecs import PROJECT
from headnotes.values import frozen

_POINTS_FILE = "entry_points.txt"
_GROUP = f"[{PROJECT}]"
_METADATA_FILES = {"dist-info": "METADATA", "egg-info": "PKG-INFO"}


@frozen(kw_only=True)
class EntryPoint:
    """One installed plugin.

    Attributes:
        name: of the plugin.
        distribution, version: what it was installed with; empty where that is unknown.
        load: imports it; raises whatever its code raises.
    """

    name: str
    distribution: str
    version: str
    load: Callable[[], Any]


class _OddInstallationError(Exception):
    """Something is installed in a way that only importlib.metadata knows."""


def find_entry_points() -> dict[str, EntryPoint]:
    """Return the installed plugins by name.

    One distribution may be found twice (an old and a new copy on the path): the first counts.
    """
    try:
        found = [*_read_path()]
    except (_OddInstallationError, OSError, ValueError):
        found = [*_ask_importlib()]
    return {point.name: point for point in reversed(found)}


def _read_path() -> Iterator[EntryPoint]:
    """Read the folders on the path.

    Raises:
        _OddInstallationError: that would not find all.
    """
    finders = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    if [getattr(finder, "__name__", "") for finder in finders] != ["PathFinder"]:
        raise _OddInstallationError
    seen: set[str] = set()
    for folder in sys.path:
        for name in _list_distributions(folder or "."):
            stem = name.rpartition(".")[0].partition("-")[0]
            project = "-".join(filter(None, stem.replace(".", "_").split("_"))).lower()
            if project not in seen:
                seen.add(project)
                yield from _read_distribution(f"{folder or '.'}/{name}")


def _list_distributions(folder: str) -> list[str]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are enough, and there may be many
    except FileNotFoundError:
        return []
    except NotADirectoryError:  # an archive
        raise _OddInstallationError from None
    if any(name.endswith(".egg") for name in names):
        raise _OddInstallationError
    return [name for name in names if name.endswith((".dist-info", ".egg-info"))]


def _read_distribution(folder: str) -> Iterator[EntryPoint]:
    try:
        points = _read(folder, _POINTS_FILE)
    except (FileNotFoundError, NotADirectoryError):
        return
    if _GROUP.encode() not in points:  # nor are those of most distributions decoded
        return
    metadata = _read(folder, _METADATA_FILES[folder.rpartition(".")[2]])
    headers = _read_headers(_decode(metadata))
    for name, value in _list_points(_decode(points)):
        module, colon, attribute = value.partition(":")
        if not _is_dotted(module) or (colon and not _is_dotted(attribute)):
            raise _OddInstallationError
        yield EntryPoint(
            name=name,
            distribution=headers.get("name", ""),
            version=headers.get("version", ""),
            load=partial(_load, module, attribute),
        )


def _read(folder: str, name: str) -> bytes:
    with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123  # in half the time
        return file.read()


def _decode(content: bytes) -> str:
    return content.decode().replace("\r\n", "\n")


def _is_dotted(name: str) -> bool:
    """Whether a text names a module, or something inside one, in plain letters."""
    return name.isascii() and all(map(str.isidentifier, name.split(".")))


def _read_headers(text: str) -> dict[str, str]:
    """Return the headers of a METADATA file by name in lower case, each on one line."""
    head = text.partition("\n\n")[0]
    pairs = (line.partition(":") for line in head.splitlines() if not line[:1].isspace())
    return {name.lower(): value.strip() for name, _, value in reversed([*pairs])}


def _list_points(text: str) -> Iterator[tuple[str, str]]:
    """Return names and values of our group in the text of an `entry_points.txt`."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = line
        elif section == _GROUP and line and line[0] not in "#;":
            name, _, value = line.partition("=")
            yield name.strip(), value.strip()


def _load(module: str, attribute: str) -> Any:  # noqa: ANN401  # whatever it is
    found: Any = import_module(module)
    for name in attribute.split(".") if attribute else ():
        found = getattr(found, name)
    return found


def _ask_importlib() -> Iterator[EntryPoint]:
    from importlib.metadata import entry_points

    for point in entry_points(group=PROJECT):
        metadata: Any = point.dist.metadata if point.dist else {"Name": "", "Version": ""}
        yield EntryPoint(
            name=point.name,
            distribution=metadata["Name"] or "",
            version=metadata["Version"] or "",
            load=point.load,
        )
