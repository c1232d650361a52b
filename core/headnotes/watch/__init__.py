"""Watching along: a page beside the film, which brings each note at its moment; keys for mpv.

The door of the room. The server is imported where one is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from headnotes.watch.along import INDEX, render_watch
from headnotes.watch.keys import (
    SCRIPT,
    find_options_file,
    find_scripts_folder,
    render_script,
)

if TYPE_CHECKING:
    from headnotes.watch.server import PageServer

__all__ = [
    "INDEX",
    "SCRIPT",
    "find_options_file",
    "find_scripts_folder",
    "make_server",
    "render_script",
    "render_watch",
]


def make_server(files: Mapping[str, Path], address: str, port: int) -> PageServer:
    """Return a server that is bound and not yet running.

    Args:
        files: all that it serves, by the path of their address; `/` is the first page.
        address: of this computer, to bind to.
        port: 0 for any that is free.

    Raises:
        OSError: the address cannot be bound.
    """
    from headnotes.watch.server import PageServer

    return PageServer(files, address, port)
