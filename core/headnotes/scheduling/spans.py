"""Between which times a headnote may stand: after its anchor, and in its scene (N4)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from attrs import frozen

from headnotes.model import Moment, Scene, Track
from headnotes.scheduling.limits import MAX_DURATION_MS, OVERHANG_CPS_PER_S, WAITING_CPS_PER_S


@frozen(kw_only=True)
class Span:
    """Where a headnote may stand.

    Attributes:
        start_ms: its anchor is complete here; nothing may be told before.
        start_until_ms: it must have begun by then.
        end_ms: it must be gone by then.
        waiting_cps_per_s: what a second of waiting is worth in characters a second.
    """

    start_ms: int
    start_until_ms: int
    end_ms: int
    waiting_cps_per_s: float = WAITING_CPS_PER_S


class SpanFinder:
    """The scenes of one track, ready to be asked where a moment's headnote may stand."""

    def __init__(self, track: Track, scenes: Sequence[Scene]) -> None:
        """Index the cues by number and the scenes by start."""
        self._cue_starts = {cue.number: cue.start_ms for cue in track.cues}
        self._scene_starts = [scene.start_ms for scene in scenes]
        self._scene_ends = [scene.end_ms for scene in scenes]
        self._duration_ms = track.duration_ms

    def find_spans(self, moment: Moment) -> tuple[Span, Span]:
        """Return where a moment's headnote may stand: inside its scene, or failing that beyond it.

        The moment is complete, and may be spoken of, when the last cue of its evidence begins. A
        headnote that has no window before its scene's last word may outlast it into the silence
        that follows, up to the next scene's first word, as long as it has begun in its scene.
        """
        spoken_ms = [self._cue_starts.get(found.cue, moment.start_ms) for found in moment.evidence]
        start_ms = max([moment.start_ms, *(at for at in spoken_ms if at <= moment.end_ms)])
        at = bisect_right(self._scene_starts, start_ms) - 1
        end_ms = self._scene_ends[at] if at >= 0 else self._duration_ms
        end_ms = max(end_ms, start_ms)
        silence_ms = (
            self._scene_starts[at + 1]
            if at + 1 < len(self._scene_starts)
            else end_ms + MAX_DURATION_MS
        )
        return (
            Span(start_ms=start_ms, start_until_ms=end_ms, end_ms=end_ms),
            Span(
                start_ms=start_ms,
                start_until_ms=end_ms,
                end_ms=max(end_ms, silence_ms),
                waiting_cps_per_s=OVERHANG_CPS_PER_S,
            ),
        )
