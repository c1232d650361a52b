"""How much there is to read between two times: the dialogue as characters over time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from headnotes.languages import language_data
from headnotes.model import Cue, Language
from headnotes.scheduling.limits import NOTE_CPS
from headnotes.text import drop_isolates

_WORD_JOINER = "\u2060"

_BEFORE_ALL_MS = -(1 << 62)
"""Earlier than anything, a cue before the film included."""


def count_chars(text: str) -> int:
    """Count what there is to read: spaces and line breaks, but no joiners put in as escapes.

    Nor what sets a line from right to left.
    """
    shown = drop_isolates(text)
    return len(shown) - shown.count(_WORD_JOINER)


def weigh_reading(language: Language | None) -> float:
    """Return how many characters of Latin script one of a language is worth to a reader.

    Chinese says in one character what English says in two or three, and is read accordingly.
    """
    return NOTE_CPS / language_data(language).note_cps if language else 1.0


class ReadingLoad:
    """The dialogue of a track as an amount of reading that grows with time.

    A cue's characters are spread evenly over the time it shows, so a window that meets half a
    cue meets half its characters. Cues that overlap add up; a cue without duration is taken to
    last a millisecond.
    """

    def __init__(self, cues: Iterable[Cue], weight: float = 1.0) -> None:
        """Sum up the cues, sorting them once.

        Args:
            cues: the dialogue.
            weight: of each of its characters.
        """
        # What is on screen grows in straight lines, so bends and sums at them answer every question
        # about any stretch, however many cues overlap.
        slopes: dict[int, float] = {}
        for cue in cues:
            end_ms = max(cue.end_ms, cue.start_ms + 1)
            slope = weight * count_chars(cue.text) / (end_ms - cue.start_ms)
            slopes[cue.start_ms] = slopes.get(cue.start_ms, 0.0) + slope
            slopes[end_ms] = slopes.get(end_ms, 0.0) - slope
        self.bounds_ms: Sequence[int] = sorted(slopes)
        """Every time at which a cue begins or ends, in order."""
        total = slope = 0.0
        last_ms = _BEFORE_ALL_MS
        rows = [(last_ms, total, slope)]
        for bound_ms in self.bounds_ms:
            total += slope * (bound_ms - last_ms)
            slope += slopes[bound_ms]
            last_ms = bound_ms
            rows.append((bound_ms, total, slope))
        times_ms, sums, slopes_after = zip(*rows, strict=True)
        self.lines: tuple[Sequence[int], Sequence[float], Sequence[float]]
        self.lines = times_ms, sums, slopes_after
        """Each bound, one before all of them, the characters up to it, and how they go on."""

    def sum_up(self, times_ms: Iterable[int]) -> list[float]:
        """Return the characters of dialogue on screen from the beginning to each time."""
        bounds_ms, sums, slopes = self.lines
        return [
            sums[at] + slopes[at] * (time_ms - bounds_ms[at])
            for time_ms in times_ms
            for at in (bisect_right(bounds_ms, time_ms) - 1,)
        ]

    def count_chars(self, start_ms: int, end_ms: int) -> float:
        """Count the characters of dialogue on screen between two times."""
        before, until = self.sum_up((start_ms, end_ms))
        return until - before

    def measure_cps(self, note_chars: int, start_ms: int, end_ms: int) -> float:
        """Measure characters a second of a note in its window, dialogue included (N2)."""
        chars = note_chars + self.count_chars(start_ms, end_ms)
        return chars * 1000 / max(end_ms - start_ms, 1)

    def list_bounds(self, first_ms: int, last_ms: int, at_most: int) -> Sequence[int]:
        """List times between two times at which a cue begins or ends, evenly thinned out."""
        first, end = bisect_left(self.bounds_ms, first_ms), bisect_right(self.bounds_ms, last_ms)
        return self.bounds_ms[first : end : max(0, end - first - 1) // at_most + 1]
