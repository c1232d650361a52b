"""Where a user's own files lie on each platform: settings, topics, and what may be deleted."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

NAME = "headnotes"

_XDG = {"config": ("XDG_CONFIG_HOME", ".config"), "cache": ("XDG_CACHE_HOME", ".cache")}


def user_folder(kind: Literal["config", "cache"]) -> Path | None:
    """Return the folder of Headnotes for settings or for the cache, which need not exist.

    Where platformdirs would only apply the two lines that the XDG specification has for it, that is
    done here: to import it takes a tenth of a short run. A test holds both equal.

    Returns:
        An absolute path; `None` where the user has no home.

    Source: XDG Base Directory Specification 0.8; platformdirs for all other platforms.
    """
    try:
        if sys.platform == "linux":
            variable, below_home = _XDG[kind]
            named = os.environ.get(variable, "")
            folder = Path(named) if named.strip() else Path.home() / below_home
            folder /= NAME
        else:
            from platformdirs import user_cache_path, user_config_path

            find = user_config_path if kind == "config" else user_cache_path
            folder = find(NAME, appauthor=False)
    except RuntimeError:  # an account without a home
        return None
    return folder if folder.is_absolute() else None
