"""Between which times a headnote may stand: from its moment on, by its passage (N4)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from headnotes.model import Annotation, Moment, Track
from headnotes.scheduling.limits import MAX_DELAY_MS, MAX_DURATION_MS, QUIET_MS
from headnotes.values import frozen


@frozen(kw_only=True)
class Span:
    """Where a headnote may stand: not before the start, and no longer than to the end."""

    start_ms: int
    end_ms: int


class SpanFinder:
    """The passages of one track, ready to be asked where a headnote may stand."""

    def __init__(self, track: Track, annotations: Iterable[Annotation]) -> None:
        """Index the cues by number, and the passages that have verdict notes by start."""
        self._cue_starts = {cue.number: cue.start_ms for cue in track.cues}
        self._last_ms = track.duration_ms + MAX_DURATION_MS
        judged = {
            (annotation.passage.start_ms, annotation.passage.end_ms)
            for annotation in annotations
            if annotation.passage is not None and annotation.note.kind == "verdict"
        }
        self._judged_starts = sorted(start_ms for start_ms, _ in judged)
        # the latest end so far: a long passage may still play when shorter ones after it are over
        self._judged_ends = list(accumulate((end_ms for _, end_ms in sorted(judged)), max))

    def find_span(self, annotation: Annotation) -> Span:
        """Return where an annotation's headnote may stand.

        A verdict note stays within its passage. A context or omission note may go on for
        `QUIET_MS` after it, up to the next passage that has verdict notes. Where the passage is
        only the dialogue around the moment, or unknown, neither waits longer than `MAX_DELAY_MS`.
        """
        start_ms = self._find_start(annotation.moment)
        passage = annotation.passage
        if passage is None:
            return Span(start_ms=start_ms, end_ms=min(start_ms + MAX_DELAY_MS, self._last_ms))
        end_ms = passage.end_ms
        if annotation.note.kind != "verdict":
            end_ms = self._find_quiet_end(passage.end_ms)
        if not passage.depiction:
            end_ms = min(end_ms, start_ms + MAX_DELAY_MS)
        return Span(start_ms=start_ms, end_ms=min(end_ms, self._last_ms))

    def _find_start(self, moment: Moment) -> int:
        """Return when the first telling word of a moment is spoken; no headnote comes before it."""
        spoken_ms = [self._cue_starts.get(found.cue, moment.start_ms) for found in moment.evidence]
        # a moment made by code may name words that are said elsewhere
        inside_ms = [at for at in spoken_ms if moment.start_ms <= at <= moment.end_ms]
        return min(inside_ms, default=moment.start_ms)

    def _find_quiet_end(self, passage_end_ms: int) -> int:
        at = bisect_right(self._judged_starts, passage_end_ms)
        if at and self._judged_ends[at - 1] > passage_end_ms:
            return passage_end_ms
        next_ms = self._judged_starts[at : at + 1]
        return min([passage_end_ms + QUIET_MS, *next_ms])
