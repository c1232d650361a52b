from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from headnotes.reports.verdict_styles import PAINTS

PAPERS = ("#ffffff", "#15181c")
VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Linear sRGB to linear sRGB. Source: Machado, Oliveira & Fernandes 2009, severity 1."""


def read_linear(color):
    shares = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]


def measure_contrast(one, other):
    """WCAG 2.2, definition of contrast ratio."""
    light, dark = sorted(
        (
            sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), read_linear(x), strict=True))
            for x in (one, other)
        ),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


def see_lab(color, vision):
    """CIE L*a*b* under D65 of a colour as seen."""
    linear = read_linear(color)
    seen = [
        min(1, max(0, sum(m * c for m, c in zip(row, linear, strict=True))))
        for row in VISIONS[vision]
    ]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1, 1.08883)
    x, y, z = (
        _bend(sum(m * c for m, c in zip(row, seen, strict=True)) / w)
        for row, w in zip(rows, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _bend(share):
    return share ** (1 / 3) if share > (6 / 29) ** 3 else share / (3 * (6 / 29) ** 2) + 4 / 29


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("look", PAINTS)
def test_fill_stands_out_from_paper(look, paper):
    assert measure_contrast(PAINTS[look].fill, paper) >= 3


@pytest.mark.parametrize("look", PAINTS)
def test_ink_is_readable_on_fill(look):
    assert measure_contrast(PAINTS[look].ink, PAINTS[look].fill) >= 4.5


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(("one", "other"), list(combinations(PAINTS, 2)))
def test_two_fills_look_different_to_everyone(one, other, vision):
    assert dist(see_lab(PAINTS[one].fill, vision), see_lab(PAINTS[other].fill, vision)) >= 20


@pytest.mark.parametrize("part", ["symbol", "fill", "pattern"])
def test_no_two_verdicts_share_a_mark(part):
    marks = [getattr(paint, part) for paint in PAINTS.values()]
    assert len(set(marks)) == len(marks)
