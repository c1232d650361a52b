"""The build of a wheel: topics, languages and terms are read once, and not by every first run.

A wheel has what that gives beside the files that it is made from; an editable installation and the
sdist have not, and do it in their first run. See `headnotes.compiling`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelHook(BuildHookInterface[Any]):
    """Lays the entries of the cache into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the entries; an editable installation has none, as its files change."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path[:0] = [str(root / "core")]
        from headnotes.compiling import bring_entries

        plugins = self.metadata.core.entry_points["headnotes"]
        self._made = tempfile.TemporaryDirectory()
        folders = [root / "plugins" / package for _, package in sorted(plugins.items())]
        for file in bring_entries(Path(self._made.name), folders):
            build_data["force_include"][str(file)] = f"headnotes/brought/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made, which is in the wheel by now."""
        if version != "editable":
            self._made.cleanup()
