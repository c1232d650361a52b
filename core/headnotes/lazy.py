"""Regular expressions that are compiled when they are first used.

A run uses a third of those that its modules define, and compiling one takes from a tenth of a
millisecond to ten.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

__all__ = ["lazy_pattern"]

if TYPE_CHECKING:

    def lazy_pattern(_text: str, _flags: int = 0) -> re.Pattern[str]:
        """Return a regular expression, which is used by its methods."""
else:

    class lazy_pattern:  # noqa: N801  # stands where `re.compile` stood
        """A regular expression, which is used by its methods."""

        def __init__(self, text: str, flags: int = 0) -> None:
            self._written = text, flags

        def __getattr__(self, name: str) -> object:
            found = getattr(re.compile(*self._written), name)
            setattr(self, name, found)  # the next time it is there
            return found
