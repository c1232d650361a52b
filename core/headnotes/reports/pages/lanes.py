"""Where marks go on the timeline of a page, so that none covers another.

Places are shares of the width, because a page has no fixed one. Rows are found twice: for the
narrowest page and for a wide one; the style sheet picks.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from headnotes.model import Annotation

TARGET_PX = 26
"""Width and height of a mark with the gap to the next.

Source: WCAG 2.2, success criterion 2.5.8, targets of 24 pixels.
"""
NARROW_PX, WIDE_PX = 272, 640
"""Widths of the timeline on pages of 320 pixels, and where the style sheet changes over."""
MOST_ROWS = 9


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


def make_lanes(annotations: Sequence[Annotation], length_ms: int) -> tuple[Lane, ...]:
    """Give each topic a lane, in the order of topic ids."""
    by_topic: dict[str, list[Annotation]] = {}
    for one in sorted(annotations, key=lambda one: (one.topic, one.moment.start_ms)):
        by_topic.setdefault(one.topic, []).append(one)
    return tuple(_make_lane(topic, group, length_ms) for topic, group in by_topic.items())


def _make_lane(topic: str, annotations: Sequence[Annotation], length_ms: int) -> Lane:
    places = [min(1.0, one.moment.start_ms / length_ms) for one in annotations]
    narrow, wide = (place_rows(places, TARGET_PX / width) for width in (NARROW_PX, WIDE_PX))
    return Lane(
        topic=topic,
        marks=tuple(
            Mark(annotation=one, at=at, narrow=low, wide=high)
            for one, at, low, high in zip(annotations, places, narrow, wide, strict=True)
        ),
        narrow_rows=_count_rows(narrow),
        wide_rows=_count_rows(wide),
    )


def place_rows(places: Sequence[float], gap: float, most: int = MOST_ROWS) -> list[int | None]:
    """Give each place the first row whose last place is far enough to the left.

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
