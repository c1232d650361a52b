"""Pages for a browser: one file per episode in one language, and an index of all.

A page needs no network, no second file and no script to be read; the script adds filters, a
switch and downloads. What is on a page is decided in `episode` and `season`, how it looks in
`templates/` and `assets/`.
"""

from __future__ import annotations

from urllib.parse import quote

from headnotes.filenames import name_files
from headnotes.languages import load_messages
from headnotes.model import Language, Outcome
from headnotes.reports.pages.episode import render_episode
from headnotes.reports.pages.season import render_index

INDEX = "index.html"


def render_html(outcomes: tuple[Outcome, ...], language: Language) -> dict[str, str]:
    """Return one page per outcome and, for more than one, an index.

    Returns:
        Whole pages by file name; no two names are equal, whatever the tracks are called.
    """
    messages = load_messages(language)
    names = name_files(outcomes, ".html")
    is_many = len(outcomes) > 1
    pages = {
        name: render_episode(outcome, messages, name=name, index=INDEX if is_many else "")
        for name, outcome in zip(names, outcomes, strict=True)
    }
    if is_many:
        pages[INDEX] = render_index(outcomes, [quote(name) for name in names], messages)
    return pages
