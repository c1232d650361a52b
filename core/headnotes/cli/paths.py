"""Paths as they are, whatever a file system answers: loops, rights and length raise nothing here.

`Path.resolve` raises on a loop of links, and `Path.is_dir` and its like on a folder that may not
be looked into or a name that is too long.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

PATH = click.Path(path_type=Path, readable=False)
"""The type of arguments that are paths: what reads them says what is wrong, file by file."""


def true_path(path: Path) -> Path:
    """Follow all links as far as they lead; a loop of links stays as it is."""
    return Path(os.path.realpath(path))


def is_folder(path: Path) -> bool:
    """Whether a folder is there that one may see."""
    return os.path.isdir(path)  # noqa: PTH112 - says no where pathlib raises


def is_file(path: Path) -> bool:
    """Whether a regular file is there that one may see."""
    return os.path.isfile(path)  # noqa: PTH113 - says no where pathlib raises
