"""The numbers a headnote keeps: what a viewer can read beside the dialogue.

All are rules of this project unless a source is given; the code that keeps them is in `spans`,
`placement`, `packing` and `wording`, the code that checks them on any track in `headnotes.linting`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Density = Literal["sparse", "normal", "dense"]

MAX_LINES = 2
MAX_LINE_CHARS = 42
"""Source: Netflix Timed Text Style Guide, General Requirements, for Latin script."""

MIN_DURATION_MS = 2_500
MAX_DURATION_MS = 7_000
"""Source: Netflix Timed Text Style Guide, General Requirements, for the longer of the two."""

NOTE_CPS = 13
"""Characters a second of a headnote by itself, label and spaces included (N1).

Source: the slowest adult speed of the Netflix Timed Text Style Guide is 17, its speed for
children 13; the BBC Subtitle Guidelines (4.3) ask for extra time for unfamiliar words, labels,
and text in an unusual place, and a headnote is all three.
"""

AIM_CPS = 20
FAIL_CPS = 26
"""Characters a second of headnote and dialogue together (N2).

Source: most viewers cope with 20 (Szarkowska & Gerber-Morón 2018), comprehension falls towards
28 (Kruger, Wisniewska & Liao 2022).
"""

GAP_MS = 2_000
"""From the end of a headnote to the start of the next, also within a crowded passage (N3)."""

SPACING_MS: Mapping[Density, int] = {"sparse": 120_000, "normal": 45_000, "dense": 15_000}
"""From headnote to headnote on average over any `BUCKET_MS` (N3)."""

BUCKET_MS = 600_000
"""Within any stretch of this length no more headnotes begin than `SPACING_MS` gives (N3)."""

QUIET_MS = 120_000
"""How far a context or omission note may go on after its passage (N4)."""

MAX_DELAY_MS = 120_000
"""How long a headnote waits where its passage is only the dialogue around it, or unknown.

Such a passage says when people stop talking, not when they stop talking of this.
"""

LEGEND_MS = 3_000
"""The free time before the first words that a legend needs (N5)."""

WAITING_CPS_PER_S = 0.5
"""What a second of waiting is worth: a window 10 s later must be 5 characters a second quieter."""

FAST_CPS = 15
"""What reading at ease is worth, at most the aim of N2: a wait of half a minute."""

CROWDED_CPS = 30
"""What a free top of the picture is worth: a wait of a minute."""

GRID_MS = 10
"""Windows begin and end on this grid, the finest that every format can store (ASS counts 10 ms)."""
