"""Styles and regions of TTML, as far as they say what is italic, bold, underlined or at the top.

Source: W3C TTML2, sections 8 (styling) and 9 (layout).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import define, field

_TAGS = {("fontStyle", "italic"): "i", ("fontStyle", "oblique"): "i", ("fontWeight", "bold"): "b"}
_PERCENT = re.compile(r"\s*[\d.]{1,12}%\s+([\d.]{1,12})%\s*")
_CHAIN_MAX = 8  # styles that name styles; a loop ends here


@define
class StyleSheet:
    """The styles and regions of one document's head.

    Attributes:
        styles, regions: attributes by id, by their local names.
    """

    styles: dict[str, dict[str, str]] = field(factory=dict)
    regions: dict[str, dict[str, str]] = field(factory=dict)

    def find_tags(self, attributes: Mapping[str, str]) -> frozenset[str]:
        """Find the SubRip tags that an element's own and named styles ask for."""
        if not attributes:
            return frozenset()
        tags = {tag for (name, value), tag in _TAGS.items() if attributes.get(name) == value}
        if "underline" in attributes.get("textDecoration", ""):
            tags.add("u")
        for style in self._follow(attributes.get("style", "")):
            tags |= {tag for (name, value), tag in _TAGS.items() if style.get(name) == value}
            if "underline" in style.get("textDecoration", ""):
                tags.add("u")
        return frozenset(tags)

    def is_top(self, region: str) -> bool:
        """Whether a region puts its text into the upper half of the picture."""
        own = self.regions.get(region)
        if own is None:
            return False
        known: dict[str, str] = {}
        for style in (*reversed(self._follow(own.get("style", ""))), own):
            known |= style
        origin = _PERCENT.fullmatch(known.get("origin", ""))
        extent = _PERCENT.fullmatch(known.get("extent", ""))
        if origin is None:
            return known.get("displayAlign") == "before"
        share = {"center": 0.5, "after": 1.0}.get(known.get("displayAlign", ""), 0.0)
        return _number(origin[1]) + share * (_number(extent[1]) if extent else 0.0) < 50

    def _follow(self, names: str) -> list[dict[str, str]]:
        """Give the styles of these names and the ones they name, nearest first."""
        followed: list[dict[str, str]] = []
        waiting = names.split()[:_CHAIN_MAX]
        while waiting and len(followed) < _CHAIN_MAX:
            style = self.styles.get(waiting.pop(0), {})
            followed.append(style)
            waiting += style.get("style", "").split()[:_CHAIN_MAX]
        return followed


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0
