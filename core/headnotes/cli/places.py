"""Where topics come from besides installed plugins: folders that the user names or keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from headnotes.cli.inputs import true_path
from headnotes.registry import Registry

OWN_TOPICS = Path("topics")
"""The folder of topics beside the files one works on; found without being named."""


def open_registry(
    named: Sequence[Path] = (), builtins: Mapping[str, object] | None = None
) -> Registry:
    """Load installed plugins, and topics from the folders the user names and keeps.

    Args:
        named: by `--topics-dir`; asked before the user's own folders.
        builtins: modules of ours that answer hooks, by name.
    """
    return Registry(builtins=builtins, folders=list_folders(named))


def list_folders(named: Sequence[Path]) -> list[Path]:
    """List each folder once; those that nobody named only where there are TOML files in them."""
    # Its own folder for each platform is all that is wanted of platformdirs.
    from platformdirs import user_config_path

    found = {true_path(folder): folder for folder in named}
    for folder in (OWN_TOPICS, user_config_path("headnotes") / "topics"):
        if any(folder.glob("*.toml")) or any(folder.glob("*/*.toml")):
            found.setdefault(true_path(folder), folder)
    return list(found.values())
