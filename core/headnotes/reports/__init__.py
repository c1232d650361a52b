"""Our own reports, offered through the hook that any plugin may answer.

Nothing heavy is imported before a report is made: each `render` loads its module when called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from headnotes.hookspecs import hookimpl
from headnotes.model import Language, Outcome, Report

_Render = Callable[[tuple[Outcome, ...], Language], Mapping[str, str]]


@hookimpl
def provide_reports() -> tuple[Report, ...]:
    """Bring the reports that come with Headnotes."""
    return (
        Report(name="terminal", suffix=".txt", render=_later("terminal", "render_plain")),
        Report(
            name="html",
            suffix=".html",
            render=_later("pages.site", "render_html"),
            is_for_folder=True,
        ),
        Report(name="md", suffix=".md", render=_later("markdown", "render_markdown")),
        Report(name="csv", suffix=".csv", render=_later("csvtable", "render_csv")),
        Report(name="json", suffix=".json", render=_later("data", "render_json")),
        Report(
            name="webannotation",
            suffix=".jsonld",
            render=_later("webannotation", "render_webannotation"),
        ),
    )


def _later(module: str, function: str) -> _Render:
    """Give a render function that imports its module only when it is called."""

    def render(outcomes: tuple[Outcome, ...], language: Language) -> Mapping[str, str]:
        found = getattr(import_module(f"{__name__}.{module}"), function)
        return cast("_Render", found)(outcomes, language)

    return render
