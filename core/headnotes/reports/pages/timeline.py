"""The strip of an episode: passages as areas, topics as lanes of marks, none covering another.

Places are shares of the width, because a page has no fixed one. Rows are found twice: for the
narrowest page and for a wide one; the style sheet picks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from headnotes.model import Outcome
from headnotes.reports.played import PlayedPassage
from headnotes.reports.view import (
    Card,
    VerdictKey,
    measure_density,
    measure_length,
    place_ticks,
)
from headnotes.values import frozen

AREA_PX, AREA_ROW_PX = 58, 36
"""Width and height of a passage's area with the gap to the next: a time that can be read.

Source: WCAG 2.2, success criterion 2.5.8, targets of 24 pixels.
"""
MARK_PX = 18
"""The same of a mark, which is read and not touched."""
NARROW_PX, WIDE_PX = 230, 600
"""Widths of the strip on pages of 320 pixels, and where the style sheet changes over."""
MAX_ROWS = 9
_DENSITY_BINS = 240
_MAX_TICKS = 11

Item = TypeVar("Item")


@frozen(kw_only=True)
class Spot(Generic[Item]):
    """Something on its lane.

    Attributes:
        at: share of the width, 0 to 1.
        narrow, wide: its row from 0 on either page; `None` where all rows are full there.
    """

    item: Item
    at: float
    narrow: int | None
    wide: int | None


@frozen(kw_only=True)
class Lane(Generic[Item]):
    """A lane of the strip; `name` is the id of its topic."""

    name: str
    spots: tuple[Spot[Item], ...]

    @property
    def narrow_rows(self) -> int:
        """Rows in use on a narrow page, at least one."""
        return _count_rows([spot.narrow for spot in self.spots])

    @property
    def wide_rows(self) -> int:
        """Rows in use on a wide page, at least one."""
        return _count_rows([spot.wide for spot in self.spots])

    @property
    def narrow_hidden(self) -> int:
        """How many find no room on a narrow page; the table has them."""
        return sum(spot.narrow is None for spot in self.spots)

    @property
    def wide_hidden(self) -> int:
        """How many find no room on a wide page."""
        return sum(spot.wide is None for spot in self.spots)


@frozen(kw_only=True)
class Block:
    """A passage drawn to scale: where it is, and how many of its notes have which verdict."""

    at: float
    width: float
    verdicts: Mapping[VerdictKey, int]


@frozen(kw_only=True)
class Timeline:
    """All of it.

    Attributes:
        length: in milliseconds; shares are of it.
        ticks: round times.
        density: outline of how much is said, in a box of 240 by 100, for an SVG path.
        blocks: the passages, to scale.
        areas: the passages, to touch.
        lanes: the notes of each topic, in the order of topic ids.
    """

    length: int
    ticks: Sequence[int]
    density: str
    blocks: tuple[Block, ...]
    areas: Lane[PlayedPassage]
    lanes: tuple[Lane[Card], ...]


def make_timeline(outcome: Outcome, passages: Sequence[PlayedPassage]) -> Timeline:
    """Place everything of an outcome on its timeline."""
    length_ms = measure_length(outcome)
    cards = [card for passage in passages for card in passage.cards]
    topics = sorted({card.first.topic for card in cards})
    return Timeline(
        length=length_ms,
        ticks=place_ticks(length_ms, _MAX_TICKS),
        density=_draw_density(outcome, length_ms),
        blocks=make_blocks(passages, length_ms),
        areas=make_lane("", passages, lambda item: item.start_ms / length_ms, AREA_PX),
        lanes=tuple(
            make_lane(
                topic,
                [card for card in cards if card.first.topic == topic],
                lambda card: card.first.moment.start_ms / length_ms,
                MARK_PX,
            )
            for topic in topics
        ),
    )


def _draw_density(outcome: Outcome, length_ms: int) -> str:
    shares = measure_density(outcome.track.cues, length_ms, _DENSITY_BINS)
    steps = "".join(f"V{100 - round(share * 100)}h1" for share in shares)
    # A step per bin, not a curve: nothing is known between the cues.
    return f"M0 100{steps}V100Z"


def make_blocks(passages: Sequence[PlayedPassage], length_ms: int) -> tuple[Block, ...]:
    """Return each passage to scale, with its verdicts."""
    return tuple(
        Block(
            at=passage.start_ms / length_ms,
            width=(passage.end_ms - passage.start_ms) / length_ms,
            verdicts=passage.verdicts,
        )
        for passage in passages
    )


def make_lane(
    name: str, items: Sequence[Item], place: Callable[[Item], float], size_px: int
) -> Lane[Item]:
    """Return a lane on which no two items touch.

    Args:
        name: of the lane.
        items: in any order.
        place: an item to its share of the width.
        size_px: width of an item with the gap to the next.
    """
    ordered = sorted(items, key=place)
    # a moment made by code may lie past the last cue
    places = [min(1.0, place(item)) for item in ordered]
    narrow, wide = (place_rows(places, size_px / width) for width in (NARROW_PX, WIDE_PX))
    return Lane(
        name=name,
        spots=tuple(
            Spot(item=item, at=at, narrow=low, wide=high)
            for item, at, low, high in zip(ordered, places, narrow, wide, strict=True)
        ),
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
