"""How pages look: what a room adds to the templates and the style that reports have."""

from __future__ import annotations

from headnotes.values import frozen


@frozen
class Look:
    """What a room brings to pages of its own, beside the templates and the style of reports.

    Attributes:
        package: whose folders `templates` and `assets` come before those of reports.
        styles: names of style sheets that are added to that of reports.
        scripts: names of the scripts, in the order in which they run.
        loads: further directives of the policy, for what the page may load.
    """

    package: str
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
