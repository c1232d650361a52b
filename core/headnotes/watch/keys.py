"""Keys for mpv: a script for its folder, which asks this program for the notes of a film."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from headnotes.profiles import MPV_SCHEMA

SCRIPT = "headnotes.lua"


def find_scripts_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder from which mpv loads the scripts of this user.

    Args:
        environment: variables by name.

    Source: mpv manual, "Files" and "Environment variables".
    """
    if home := environment.get("MPV_HOME"):
        return Path(home) / "scripts"
    settings = environment.get("XDG_CONFIG_HOME")
    return (Path(settings) if settings else Path.home() / ".config") / "mpv" / "scripts"


def find_options_file(environment: Mapping[str, str]) -> Path:
    """Return the file in which this user may write options of the script; it need not be there.

    Args:
        environment: variables by name.
    """
    folder = find_scripts_folder(environment).parent / "script-opts"
    return folder / Path(SCRIPT).with_suffix(".conf")


def render_script(platform: str = sys.platform) -> str:
    """Return the script, which knows how to run this program: this Python, wherever mpv starts.

    Args:
        platform: as Python names it; tells what opens a page.
    """
    # -P: mpv runs in the folder of the film, whose files must not pass for modules
    program = (sys.executable, "-P", "-m", "headnotes.cli")
    values = {
        "PROGRAM": ", ".join(map(quote_lua, program)),
        "SCHEMA": quote_lua(MPV_SCHEMA),
        "BROWSER": quote_lua("open" if platform == "darwin" else "xdg-open"),
    }
    text = (files(__package__) / "assets" / SCRIPT).read_text("utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def quote_lua(text: str) -> str:
    """Return a text as a string of Lua, a path in the bytes it has on the disk."""
    return f'"{"".join(_quote_bytes(os.fsencode(text)))}"'


def _quote_bytes(text: bytes) -> Iterable[str]:
    for byte in text:
        char = chr(byte)
        yield char if char.isascii() and (char.isalnum() or char in "/._- ") else f"\\{byte:03}"
