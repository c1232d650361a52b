"""Watching along: a page beside the film, which brings each note at its moment.

The door of the room.
"""

from __future__ import annotations

from headnotes.watch.along import INDEX, render_watch

__all__ = ["INDEX", "render_watch"]
