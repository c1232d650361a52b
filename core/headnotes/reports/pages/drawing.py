"""What verdicts look like on a page: symbols and hatchings as SVG, and the style rules for them.

Symbols are drawn, not set in type: not every font has them. Each stands beside its word.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from urllib.parse import quote

from headnotes.reports.pages.lanes import MOST_ROWS, TARGET_PX
from headnotes.reports.verdict_styles import PAINTS, Look

_LINE = 'fill="none" stroke="INK" stroke-linecap="round" stroke-linejoin="round"'
_RING = f'<circle r="5.5" {_LINE} stroke-width="1.6"/>'
_GLYPHS: Mapping[Look, str] = {
    "accurate": '<circle r="5.5" fill="INK"/>',
    "mostly-accurate": f'{_RING}<path d="M0-5.5A5.5 5.5 0 1 1-5.5 0H0Z" fill="INK"/>',
    "mostly-inaccurate": f'{_RING}<path d="M0-5.5A5.5 5.5 0 0 1 5.5 0H0Z" fill="INK"/>',
    "inaccurate": f'<path d="M-4.5-4.5l9 9m0-9l-9 9" {_LINE} stroke-width="2.6"/>',
    "invented": f'<path d="M-5.4 5.4l1-3.8 7.3-7.3 2.8 2.8-7.3 7.3zM1.2-4L4-1.2" {_LINE}'
    ' stroke-width="1.7"/>',
    "unverified": f'<path d="M-3.2-2.4a3.2 3.2 0 1 1 4.7 2.8C.5 1 0 1.5 0 2.5" {_LINE}'
    ' stroke-width="2"/><circle cy="5.6" r="1.3" fill="INK"/>',
    "context": f'<circle cy="-5" r="1.5" fill="INK"/><path d="M0-1.2v6.7" {_LINE}'
    ' stroke-width="2.4"/>',
}
"""Twelve to each side of the middle, `INK` for the colour."""

_HATCHINGS: Mapping[str, str] = {
    "solid": "",
    "dots": '<circle cx="2" cy="2" r="1.2" fill="INK"/><circle cx="6" cy="6" r="1.2" fill="INK"/>',
    "rising": '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="INK" stroke-width="1.2"/>',
    "crossed": '<path d="M0 0l8 8M0 8l8-8" stroke="INK" stroke-width="1.2"/>',
    "upright": '<path d="M2 0v8M6 0v8" stroke="INK" stroke-width="1.2"/>',
    "level": '<path d="M0 2h8M0 6h8" stroke="INK" stroke-width="1"/>',
    "falling": '<path d="M-2 6l4 4M0 0l8 8M6-2l4 4" stroke="INK" stroke-width="1.2"/>',
}
"""Eight to a side."""

NARROW = "44rem"
"""Pages up to this width are narrow, here and in the style sheet."""


def draw_symbol(look: Look) -> str:
    """Give the sign of a verdict as SVG, twelve to each side of the middle."""
    paint = PAINTS[look]
    glyph = _GLYPHS[look].replace("INK", paint.ink)
    return f'<rect x="-12" y="-12" width="24" height="24" rx="6" fill="{paint.fill}"/>{glyph}'


def draw_hatching(look: Look) -> str:
    """Give the filling of a verdict's area as SVG, eight to a side, to be repeated."""
    paint = PAINTS[look]
    lines = _HATCHINGS[paint.pattern].replace("INK", paint.ink)
    return f'<rect width="8" height="8" fill="{paint.fill}"/><g opacity=".5">{lines}</g>'


@cache
def write_rules() -> str:
    """Write the style rules that depend on the verdicts, and on the rows of the timeline."""
    rules = [
        f".v.{look}::before{{content:url({_as_address(look)}) / ''}}"
        f".note.{look}{{border-left-color:{paint.fill}}}"
        for look, paint in PAINTS.items()
    ]
    rules += [_write_row("w", "wh", row) for row in range(MOST_ROWS + 1)]
    narrow = "".join(_write_row("n", "nh", row) for row in range(MOST_ROWS + 1))
    return "".join(rules) + f"@media (max-width:{NARROW}){{{narrow}}}\n"


def _write_row(place: str, height: str, row: int) -> str:
    middle, end = (row + 0.5) * TARGET_PX, row * TARGET_PX
    return f".{place}{row}{{transform:translateY({middle}px)}}.{height}{row}{{height:{end}px}}"


def _as_address(look: Look) -> str:
    image = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="-12 -12 24 24">'
        f"{draw_symbol(look)}</svg>"
    )
    return f"data:image/svg+xml,{quote(image, safe='/:=-.,')}"
