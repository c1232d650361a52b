"""The timeline of a page: scenes, density of the dialogue, and marks of which none covers another.

Places are shares of the width, because a page has no fixed one. Rows of marks are found twice:
for the narrowest page and for a wide one; the style sheet picks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from attrs import frozen

from headnotes.model import Annotation, Outcome, Scene
from headnotes.reports.view import (
    STYLES,
    VerdictKey,
    measure_density,
    measure_length,
    place_ticks,
    verdict_key,
)

TARGET_PX = 26
"""Width and height of a mark with the gap to the next.

Source: WCAG 2.2, success criterion 2.5.8, targets of 24 pixels.
"""
NARROW_PX, WIDE_PX = 272, 640
"""Widths of the timeline on pages of 320 pixels, and where the style sheet changes over."""
MAX_ROWS = 9
_DENSITY_BINS = 240
_MAX_TICKS = 11


@frozen(kw_only=True)
class SceneBlock:
    """A scene on the timeline: where it is, and how many of its notes have which verdict."""

    scene: Scene
    at: float
    width: float
    verdicts: Mapping[VerdictKey, int]


@frozen(kw_only=True)
class Mark:
    """One annotation on its lane.

    Attributes:
        at: share of the width, 0 to 1.
        narrow, wide: its row from 0 on either page; `None` where all rows are full there.
    """

    annotation: Annotation
    at: float
    narrow: int | None
    wide: int | None


@frozen(kw_only=True)
class Lane:
    """The marks of one topic.

    Attributes:
        narrow_rows, wide_rows: rows in use on either page, at least one.
    """

    topic: str
    marks: tuple[Mark, ...]
    narrow_rows: int
    wide_rows: int

    @property
    def narrow_hidden(self) -> int:
        """How many marks find no room on a narrow page; the table of notes has them."""
        return sum(mark.narrow is None for mark in self.marks)

    @property
    def wide_hidden(self) -> int:
        """How many marks find no room on a wide page."""
        return sum(mark.wide is None for mark in self.marks)


@frozen(kw_only=True)
class Timeline:
    """All of it.

    Attributes:
        length: in milliseconds; shares are of it.
        ticks: round times.
        density: outline of how much is said, in a box of 240 by 100, for an SVG path.
        blocks: the scenes.
        lanes: the topics, by id.
    """

    length: int
    ticks: Sequence[int]
    density: str
    blocks: Sequence[SceneBlock]
    lanes: Sequence[Lane]


def make_timeline(outcome: Outcome) -> Timeline:
    """Place everything of an outcome on its timeline."""
    length_ms = measure_length(outcome)
    return Timeline(
        length=length_ms,
        ticks=place_ticks(length_ms, _MAX_TICKS),
        density=_draw_density(outcome, length_ms),
        blocks=_make_blocks(outcome, length_ms),
        lanes=make_lanes(outcome.annotations, length_ms),
    )


def _draw_density(outcome: Outcome, length_ms: int) -> str:
    shares = measure_density(outcome.track.cues, length_ms, _DENSITY_BINS)
    steps = "".join(f"V{100 - round(share * 100)}h1" for share in shares)
    # A step per bin, not a curve: nothing is known between the cues.
    return f"M0 100{steps}V100Z"


def _make_blocks(outcome: Outcome, length_ms: int) -> tuple[SceneBlock, ...]:
    """Return each scene with the verdicts of the notes that begin in it."""
    verdicts: dict[int, Counter[VerdictKey]] = defaultdict(Counter)
    starts = [scene.start_ms for scene in outcome.scenes]
    for annotation in outcome.annotations if starts else ():
        place = bisect_right(starts, annotation.moment.start_ms)
        scene = outcome.scenes[max(place - 1, 0)]
        verdicts[scene.number][verdict_key(annotation.note)] += 1
    return tuple(
        SceneBlock(
            scene=scene,
            at=scene.start_ms / length_ms,
            width=(scene.end_ms - scene.start_ms) / length_ms,
            verdicts={
                verdict: verdicts[scene.number][verdict]
                for verdict in STYLES
                if verdict in verdicts[scene.number]
            },
        )
        for scene in outcome.scenes
    )


def make_lanes(annotations: Sequence[Annotation], length_ms: int) -> tuple[Lane, ...]:
    """Return a lane for each topic, in the order of topic ids."""
    by_topic: dict[str, list[Annotation]] = {}
    for annotation in sorted(annotations, key=lambda item: (item.topic, item.moment.start_ms)):
        by_topic.setdefault(annotation.topic, []).append(annotation)
    return tuple(_make_lane(topic, group, length_ms) for topic, group in by_topic.items())


def _make_lane(topic: str, annotations: Sequence[Annotation], length_ms: int) -> Lane:
    places = [min(1.0, annotation.moment.start_ms / length_ms) for annotation in annotations]
    narrow, wide = (place_rows(places, TARGET_PX / width) for width in (NARROW_PX, WIDE_PX))
    return Lane(
        topic=topic,
        marks=tuple(
            Mark(annotation=annotation, at=at, narrow=low, wide=high)
            for annotation, at, low, high in zip(annotations, places, narrow, wide, strict=True)
        ),
        narrow_rows=_count_rows(narrow),
        wide_rows=_count_rows(wide),
    )


def place_rows(places: Sequence[float], gap: float, most: int = MAX_ROWS) -> list[int | None]:
    """Return for each place the first row whose last place is far enough to the left.

    Args:
        places: in rising order.
        gap: least distance of two in one row.
        most: rows there are; `None` for a place that finds all of them taken.
    """
    last: list[float] = []
    rows: list[int | None] = []
    for place in places:
        row = next((row for row, end in enumerate(last) if place - end >= gap), len(last))
        if row == most:
            rows.append(None)
            continue
        last[row : row + 1] = [place]
        rows.append(row)
    return rows


def _count_rows(rows: Sequence[int | None]) -> int:
    return 1 + max((row for row in rows if row is not None), default=0)
