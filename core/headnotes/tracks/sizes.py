"""How much of a subtitle file is read: more than any real one has, less than harms the machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from headnotes.model import Cue
from headnotes.values import frozen

_MEGABYTE = 1024 * 1024
_MARKS = ("->", "Dialogue:", "<p", ":p")
"""Every cue of a format of ours has one of these; counting them costs a hundredth of reading."""


@frozen(kw_only=True)
class Limits:
    """The most that one file may have.

    Attributes:
        file_bytes: 20 MB; the subtitles of a whole season have a tenth of that.
        cues: an episode has some hundreds.
        cue_chars: a cue that nobody could read has some hundreds.
    """

    file_bytes: int = 20 * _MEGABYTE
    cues: int = 100_000
    cue_chars: int = 10_000

    def explain_size(self, size_bytes: int) -> str:
        """Return what is wrong with the size of a file; empty where nothing is."""
        if size_bytes <= self.file_bytes:
            return ""
        size, most = size_bytes / _MEGABYTE, self.file_bytes / _MEGABYTE
        return f"{size:.0f} MB, and a subtitle file has {most:.0f} MB at most"

    def explain_text(self, text: str) -> str:
        """Return whether a text has too many cues, before any of them is read."""
        if len(text) <= 2 * self.cues:  # the shortest mark has two characters
            return ""
        count = max(map(text.count, _MARKS))
        return self._explain_count(f"about {count:,}") if count > self.cues else ""

    def explain_cues(self, cues: tuple[Cue, ...]) -> str:
        """Return what is wrong with the cues of a file; empty where nothing is."""
        if len(cues) > self.cues:
            return self._explain_count(f"{len(cues):,}")
        return next(self._find_long(cues), "")

    def _explain_count(self, count: str) -> str:
        return f"{count} cues, and a subtitle file has {self.cues:,} at most"

    def _find_long(self, cues: tuple[Cue, ...]) -> Iterator[str]:
        for cue in cues:
            if len(cue.raw) > self.cue_chars:
                count, most = f"{len(cue.raw):,}", f"{self.cue_chars:,}"
                yield f"cue {cue.number} has {count} characters, and a cue has {most} at most"


LIMITS = Limits()
NO_LIMITS = Limits(file_bytes=sys.maxsize, cues=sys.maxsize, cue_chars=sys.maxsize)
"""For a file that its owner trusts; a read of it may take hours and gigabytes."""
