"""Our own reports, offered through the hook that any plugin may answer; the door of the room.

Every function here imports the module that does the work: a run loads the reports it makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from headnotes.hookspecs import hookimpl
from headnotes.languages import Messages, load_messages
from headnotes.model import Language, Outcome, Report, Topic, Work
from headnotes.reports.look import Look

__all__ = [
    "BIBLIOGRAPHY_FORMATS",
    "Look",
    "collect_page_values",
    "is_own_table",
    "list_neighbours",
    "order_by_episode",
    "provide_reports",
    "render_page",
    "render_terminal",
    "write_agreement",
    "write_bibliography",
    "write_pages",
    "write_topic_page",
]

BIBLIOGRAPHY_FORMATS = ("csl", "bibtex")
"""As `write_bibliography` takes them."""

_Outcomes = tuple[Outcome, ...]
_Files = dict[str, str]


@hookimpl
def provide_reports() -> tuple[Report, ...]:
    """Return the reports that come with Headnotes."""
    return (
        Report(name="terminal", suffix=".txt", render=_render_plain),
        Report(name="html", suffix=".html", render=_render_html, is_for_folder=True),
        Report(name="md", suffix=".md", render=_render_markdown),
        Report(name="csv", suffix=".csv", render=_render_csv),
        Report(name="json", suffix=".json", render=_render_json),
        Report(name="webannotation", suffix=".jsonld", render=_render_webannotation),
    )


def list_neighbours(outcomes: Sequence[Outcome]) -> list[list[tuple[str, int]]]:
    """Return for each outcome the places of the episodes before and after, as `prev` and `next`.

    Of several files of an episode, the fullest in the same language, else of all.
    """
    from headnotes.reports import pages

    return pages.list_neighbours(outcomes)


def order_by_episode(outcomes: Sequence[Outcome]) -> list[int]:
    """Return the places of outcomes in the order of works and their episodes."""
    from headnotes.reports import pages

    return pages.order_by_episode(outcomes)


def _render_plain(outcomes: _Outcomes, language: Language) -> _Files:
    from headnotes.reports.terminal import render_plain

    return render_plain(outcomes, language)


def _render_html(outcomes: _Outcomes, language: Language) -> _Files:
    from headnotes.reports.pages import render_html

    return render_html(outcomes, language)


def write_pages(
    outcomes: Iterable[Outcome], language: Language | None
) -> Iterator[tuple[str, str]]:
    """Yield the pages of outcomes one by one by file name; each outcome is let go when it is made.

    Args:
        outcomes: taken one at a time.
        language: of the pages; `None` for that of each page's dialogue.
    """
    from headnotes.reports import pages

    return pages.write_pages(outcomes, language)


def _render_markdown(outcomes: _Outcomes, language: Language) -> _Files:
    from headnotes.reports.markdown import render_markdown

    return render_markdown(outcomes, language)


def _render_csv(outcomes: _Outcomes, language: Language) -> _Files:
    from headnotes.reports.csvtable import render_csv

    return render_csv(outcomes, language)


def _render_json(outcomes: _Outcomes, language: Language) -> _Files:
    from headnotes.reports.json import render_json

    return render_json(outcomes, language)


def _render_webannotation(outcomes: _Outcomes, language: Language) -> _Files:
    from headnotes.reports.webannotation import render_webannotation

    return render_webannotation(outcomes, language)


def render_terminal(
    outcomes: _Outcomes, language: Language, *, width: int, is_colored: bool
) -> str:
    """Return the report for a terminal of so many columns, with or without colours."""
    from headnotes.reports import terminal

    return terminal.render_terminal(outcomes, language, width=width, is_colored=is_colored)


def collect_page_values(outcome: Outcome, messages: Messages) -> dict[str, Any]:
    """Return what every page about one episode shows, by the names that templates use."""
    from headnotes.reports.pages.episode import collect_values

    return collect_values(outcome, messages)


def render_page(
    name: str,
    messages: Messages,
    look: Look,
    **values: Any,  # noqa: ANN401 - what a template wants
) -> str:
    """Fill a template of another room for a page like those of reports.

    Args:
        name: of the template, without its ending.
        messages: in the language of the page.
        look: whose templates, style and scripts.
        values: whatever else the template shows.
    """
    from headnotes.reports.pages import rendering

    return rendering.render_page(name, messages, look=look, **values)


def is_own_table(text: str) -> bool:
    """Whether a text begins with the header of our tables, which can bear no other mark."""
    from headnotes.reports.csvtable import HEADER

    return text.startswith(HEADER)


def write_bibliography(topics: Iterable[Topic], form: str, language: Language) -> str:
    """Return the sources of topics in one of `BIBLIOGRAPHY_FORMATS`.

    Args:
        topics: in the order wanted; a source that several share is written once.
        form: one of `BIBLIOGRAPHY_FORMATS`.
        language: of standpoints and reading status.
    """
    from headnotes.reports import references

    write = references.write_csl if form == "csl" else references.write_bibtex
    return write(references.name_entries(topics), load_messages(language))


def write_topic_page(topic: Topic, language: Language, work: Work | None = None) -> str:
    """Return all that a topic knows as Markdown; the work brings the claims that it judges."""
    from headnotes.reports import markdown

    return markdown.write_topic_page(topic, language, work)


def write_agreement(topics: Sequence[Topic], work: Work | None, language: Language) -> list[str]:
    """Return how far two ratings of the claims of topics agree, and where they differ, in lines."""
    from headnotes.reports import comparison

    return comparison.write_agreement(topics, work, language)
