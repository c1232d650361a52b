"""How each verdict looks: symbol, colour and pattern, never one of them alone.

Colours are fills. Each has a contrast of 3:1 or more on white and on #15181c, and any two lie
20 or more apart (CIE 1976) in normal, protan, deutan and tritan vision; a test holds this. Words
are not here but in `languages/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from headnotes.model import Verdict

Look = Verdict | Literal["context"]
"""A verdict, or `context` for a note without one."""


@frozen(kw_only=True)
class Paint:
    """One way of marking.

    Attributes:
        symbol: one character that shows the same in any colour.
        fill: colour of the area, `#rrggbb`.
        ink: colour of text on it, with a contrast of 4.5:1 or more.
        pattern: slug of the hatching that tells it apart in grey print.
    """

    symbol: str
    fill: str
    ink: str
    pattern: str


PAINTS: Mapping[Look, Paint] = {
    "accurate": Paint(symbol="●", fill="#225ef5", ink="#ffffff", pattern="solid"),
    "mostly-accurate": Paint(symbol="◕", fill="#189ab9", ink="#000000", pattern="dots"),
    "mostly-inaccurate": Paint(symbol="◔", fill="#a86604", ink="#ffffff", pattern="rising"),
    "inaccurate": Paint(symbol="✕", fill="#db4d4d", ink="#000000", pattern="crossed"),
    "invented": Paint(symbol="✎", fill="#b22d81", ink="#ffffff", pattern="upright"),
    "unverified": Paint(symbol="?", fill="#96948c", ink="#000000", pattern="level"),
    "context": Paint(symbol="i", fill="#ba6dee", ink="#000000", pattern="falling"),
}
"""By verdict.

Source: colours of the project's conventions, section 7, computed there; `invented` by the same
test. With the six given ones no seventh colour passes it, so the grey of `unverified` is lighter.
"""


def look_of(verdict: Verdict | None) -> Look:
    """Say under which look a note of this verdict goes."""
    return verdict or "context"
