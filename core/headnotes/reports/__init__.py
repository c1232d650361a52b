"""Our own reports, offered through the hook that any plugin may answer.

Nothing heavy is imported before a report is made: each `render` loads its module when called.
"""

from __future__ import annotations

from headnotes.hookspecs import hookimpl
from headnotes.lazy import import_later
from headnotes.model import Report


@hookimpl
def provide_reports() -> tuple[Report, ...]:
    """Bring the reports that come with Headnotes."""
    return (
        Report(
            name="terminal",
            suffix=".txt",
            render=import_later(f"{__name__}.terminal", "render_plain"),
        ),
        Report(
            name="html",
            suffix=".html",
            render=import_later(f"{__name__}.pages.site", "render_html"),
            is_for_folder=True,
        ),
        Report(
            name="md", suffix=".md", render=import_later(f"{__name__}.markdown", "render_markdown")
        ),
        Report(
            name="csv", suffix=".csv", render=import_later(f"{__name__}.csvtable", "render_csv")
        ),
        Report(name="json", suffix=".json", render=import_later(f"{__name__}.json", "render_json")),
        Report(
            name="webannotation",
            suffix=".jsonld",
            render=import_later(f"{__name__}.webannotation", "render_webannotation"),
        ),
    )
