"""All pages of one call, under names that lead from one to the other."""

from __future__ import annotations

from urllib.parse import quote

from headnotes.filenames import name_files
from headnotes.model import Language, Outcome
from headnotes.reports.pages.episode import render_episode
from headnotes.reports.pages.season import render_index

INDEX = "index.html"


def render_html(outcomes: tuple[Outcome, ...], language: Language) -> dict[str, str]:
    """Write one page per outcome and, for more than one, an index.

    Returns:
        Whole pages by file name; no two names are equal, whatever the tracks are called.
    """
    names = name_files(outcomes, ".html")
    is_many = len(outcomes) > 1
    pages = {
        name: render_episode(outcome, language, name=name, index=INDEX if is_many else "")
        for name, outcome in zip(names, outcomes, strict=True)
    }
    if is_many:
        pages[INDEX] = render_index(outcomes, [quote(name) for name in names], language)
    return pages
