"""How much there is to read between two times: the dialogue as characters over time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from headnotes.languages import language_data
from headnotes.model import Cue, Language
from headnotes.scheduling.limits import NOTE_CPS
from headnotes.text import drop_isolates

_WORD_JOINER = "\u2060"


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
        slopes_after: list[float] = []
        sums: list[float] = []
        total = slope = 0.0
        last_ms = 0
        for bound_ms in self.bounds_ms:
            total += slope * (bound_ms - last_ms)
            slope += slopes[bound_ms]
            last_ms = bound_ms
            sums.append(total)
            slopes_after.append(slope)
        self.sums: Mapping[int, float] = _Sums(self.bounds_ms, sums, slopes_after)
        """By any time, the characters of dialogue on screen from the beginning to then."""

    def count_chars(self, start_ms: int, end_ms: int) -> float:
        """Count the characters of dialogue on screen between two times."""
        return self.sums[end_ms] - self.sums[start_ms]

    def measure_cps(self, note_chars: int, start_ms: int, end_ms: int) -> float:
        """Measure characters a second of a note in its window, dialogue included (N2)."""
        chars = note_chars + self.count_chars(start_ms, end_ms)
        return chars * 1000 / max(end_ms - start_ms, 1)

    def list_bounds(self, first_ms: int, last_ms: int, at_most: int) -> Sequence[int]:
        """List times between two times at which a cue begins or ends, evenly thinned out."""
        first, end = bisect_left(self.bounds_ms, first_ms), bisect_right(self.bounds_ms, last_ms)
        return self.bounds_ms[first : end : max(0, end - first - 1) // at_most + 1]


class _Sums(dict[int, float]):
    """The characters of dialogue from the beginning to a time, reckoned when first asked for.

    Headnotes of one passage ask for the same times, on one grid.
    """

    def __init__(
        self, bounds_ms: Sequence[int], sums: Sequence[float], slopes: Sequence[float]
    ) -> None:
        self._bounds_ms, self._sums, self._slopes = bounds_ms, sums, slopes

    def __missing__(self, time_ms: int) -> float:
        at = bisect_right(self._bounds_ms, time_ms) - 1
        total = 0.0
        if at >= 0:
            total = self._sums[at] + self._slopes[at] * (time_ms - self._bounds_ms[at])
        self[time_ms] = total
        return total
