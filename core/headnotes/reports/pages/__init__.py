"""Pages for a browser: one file per episode in one language, and an index of all.

A page needs no network, no second file and no script to be read; the script adds filters, search
and downloads. What is on a page is decided in `episode` and `season`, how it looks in `templates/`
and `assets/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from headnotes.filenames import name_files
from headnotes.languages import FALLBACK, common_language, load_messages
from headnotes.model import Language, Outcome
from headnotes.reports.pages.episode import NAVIGATION, render_episode
from headnotes.reports.pages.rendering import render_part
from headnotes.reports.pages.season import render_index
from headnotes.reports.pages.timeline import Block
from headnotes.reports.rollup import Member, Series, make_member, roll_up
from headnotes.values import frozen

INDEX = "index.html"


@frozen(kw_only=True)
class Listed:
    """A file whose page is made: what its series and its row in the index need of it."""

    member: Member
    blocks: tuple[Block, ...]

    @property
    def outcome(self) -> Outcome:
        """What came of it, without what is heavy."""
        return self.member.outcome


def render_html(outcomes: Iterable[Outcome], language: Language) -> dict[str, str]:
    """Return one page per outcome and, for more than one, an index; whole pages by file name."""
    return dict(write_pages(outcomes, language))


def write_pages(
    outcomes: Iterable[Outcome], language: Language | None
) -> Iterator[tuple[str, str]]:
    """Yield the pages of outcomes one by one, the index of several last.

    Each outcome is let go when its page is made. Pages wait in a folder of the system until the
    last one is known, because they link to their neighbours.

    Args:
        outcomes: taken one at a time.
        language: of the pages; `None` for that of each page's dialogue, and for that of the
            index if all have the same, else English.

    Yields:
        File name and whole page; no two names are equal, whatever the tracks are called.
    """
    with TemporaryDirectory(prefix="headnotes-") as name:
        folder = Path(name)
        yield from _finish(_render_all(outcomes, language, folder), language, folder)


def _render_all(
    outcomes: Iterable[Outcome], language: Language | None, folder: Path
) -> list[Listed]:
    """Write the page of each outcome into a folder, under its number, and keep what is light."""
    listed: list[Listed] = []
    for number, outcome in enumerate(outcomes):
        messages = load_messages(language or outcome.track.language or FALLBACK)
        page = render_episode(outcome, messages)
        Path(folder, str(number)).write_text(page.text, encoding="utf-8")
        listed.append(Listed(member=make_member(outcome), blocks=page.blocks))
    return listed


def _finish(
    listed: Sequence[Listed], language: Language | None, folder: Path
) -> Iterator[tuple[str, str]]:
    names = name_files([file.outcome for file in listed], ".html")
    # by identity: two files may have equal names and equal content
    links = {id(file.member): quote(name) for file, name in zip(listed, names, strict=True)}
    series = roll_up(file.member for file in listed)
    beside = {
        id(member): neighbours for work in series for member, neighbours in find_neighbours(work)
    }
    is_many = len(listed) > 1
    for number, (file, name) in enumerate(zip(listed, names, strict=True)):
        messages = load_messages(language or file.outcome.track.language or FALLBACK)
        navigation = render_part(
            "navigation",
            messages,
            stem=name.removesuffix("html"),
            index=INDEX if is_many else "",
            neighbours=[
                (rel, links[id(other)], str(other.episode))
                for rel, other in beside[id(file.member)]
            ],
        )
        # the first place only: in all others a text from outside would be replaced, too
        text = Path(folder, str(number)).read_text(encoding="utf-8")
        yield name, text.replace(NAVIGATION, navigation, 1)
    if is_many:
        common = common_language(file.outcome.track.language for file in listed)
        messages = load_messages(language or common)
        blocks = {id(file.member): file.blocks for file in listed}
        yield INDEX, render_index(series, links, blocks, messages)


def find_neighbours(series: Series) -> Iterator[tuple[Member, list[tuple[str, Member]]]]:
    """Yield each file with those of the episodes before and after, as `prev` and `next`.

    Of several files of an episode, the fullest in the same language, else of all.
    """
    episodes = series.episodes
    for place, episode in enumerate(episodes):
        around = [("prev", place - 1), ("next", place + 1)]
        known = [(rel, episodes[other]) for rel, other in around if 0 <= other < len(episodes)]
        for member in episode.members:
            language = member.outcome.track.language
            yield (
                member,
                [
                    (rel, _pick(other.members, language))
                    for rel, other in known
                    if member.episode and other.members[0].episode
                ],
            )


def list_neighbours(outcomes: Iterable[Outcome]) -> list[list[tuple[str, int]]]:
    """Return for each outcome the places of those before and after it, as `prev` and `next`."""
    members = [make_member(outcome) for outcome in outcomes]
    places = {id(member): place for place, member in enumerate(members)}
    around = {
        id(member): neighbours
        for series in roll_up(members)
        for member, neighbours in find_neighbours(series)
    }
    return [[(rel, places[id(other)]) for rel, other in around[id(member)]] for member in members]


def order_by_episode(outcomes: Iterable[Outcome]) -> list[int]:
    """Return the places of outcomes in the order of works and their episodes."""
    members = [make_member(outcome) for outcome in outcomes]
    places = {id(member): place for place, member in enumerate(members)}
    return [places[id(member)] for series in roll_up(members) for member in series.part.members]


def _pick(members: Sequence[Member], language: Language | None) -> Member:
    """Return the file to lead to: forced subtitles have hardly any cues, and hardly any notes."""
    same = [member for member in members if member.outcome.track.language == language]
    return max(same or members, key=lambda member: member.cues)
