"""Where topics come from besides installed plugins: folders that the user names or keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import click

from headnotes.cli.inputs import true_path
from headnotes.cli.options import IS_LARGE, ONLY_PLUGINS
from headnotes.registry import Registry
from headnotes.topics import BOUNDS, NO_BOUNDS, Bounds, is_archive
from headnotes.user_folders import user_folder

OWN_TOPICS = Path("topics")
"""The folder of topics beside the files one works on; found without being named."""


def open_registry(
    named: Sequence[Path] = (), builtins: Mapping[str, object] | None = None
) -> Registry:
    """Load plugins as the options want them, and topics from folders the user names and keeps.

    Args:
        named: by `--topics-dir`; asked before the user's own folders.
        builtins: modules of ours that answer hooks, by name.
    """
    return Registry(
        builtins=builtins,
        folders=list_folders(named),
        only=list_wanted_plugins(),
        bounds=choose_bounds(),
    )


def list_wanted_plugins() -> Collection[str] | None:
    """Return the names of the only installed plugins wanted; `None`: all."""
    context = click.get_current_context(silent=True)
    return context.meta.get(ONLY_PLUGINS) if context else None


def is_large() -> bool:
    """Whether the user wants files read that are beyond all bounds."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(IS_LARGE))


def choose_bounds() -> Bounds:
    """Return the most that a topic may have in this run."""
    return NO_BOUNDS if is_large() else BOUNDS


def list_folders(named: Sequence[Path]) -> list[Path]:
    """List each folder once, and the zips in it; own folders only where there are TOML files.

    Whoever names a folder hears why there is no topic in it.
    """
    found: dict[Path, Path] = {}
    settings = user_folder("config")
    own = (OWN_TOPICS, *([settings / "topics"] if settings else []))
    for folder in (*named, *own):
        archives, has_files = _look_into(folder)
        if has_files or (folder in named and not archives):
            found.setdefault(true_path(folder), folder)
        for archive in archives:
            found.setdefault(true_path(archive), archive)
    return list(found.values())


def _look_into(folder: Path) -> tuple[list[Path], bool]:
    """Return the zips in a folder, and whether it holds TOML files; what fails is named later."""
    try:
        archives = sorted(path for path in folder.glob("*") if is_archive(path))
        return archives, any(folder.glob("*.toml")) or any(folder.glob("*/*.toml"))
    except OSError:
        return [], False
