"""The index: every season's episodes and topics side by side, never ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from headnotes.languages import Messages
from headnotes.reports.pages.rendering import render_page
from headnotes.reports.pages.timeline import Block
from headnotes.reports.rollup import Member, Part, Season, Series
from headnotes.reports.sentences import (
    describe_differences,
    describe_elsewhere,
    describe_index,
    describe_topics,
    label_files,
    list_definitions,
    list_verdicts,
    name_film,
    name_part,
    title_episode,
    title_report,
    title_work,
)
from headnotes.reports.view import count_verdicts
from headnotes.scoring import Score
from headnotes.values import frozen


@frozen(kw_only=True)
class IndexRow:
    """One line of a table of the index.

    Attributes:
        name, title: what it is about, `S01E04`, and what that is called.
        links: to its pages, each with its mark, as a rule the language of the dialogue.
        score: what it adds up to.
        elsewhere: what is judged in it and counts for other episodes, in sentences.
        blocks: passages to scale, of an episode.
    """

    name: str
    title: str = ""
    links: tuple[tuple[str, str], ...] = ()
    score: Score
    elsewhere: tuple[str, ...] = ()
    blocks: tuple[Block, ...] | None = None

    @property
    def is_episode(self) -> bool:
        """Whether it is about one episode, with its files."""
        return self.blocks is not None


@frozen(kw_only=True)
class Section:
    """One season with its episodes, or one series with its seasons; its topics beside them.

    Attributes:
        id: its address in the page.
        title, caption, column: over it, over the table of its rows, and over their names.
        rows: episodes or seasons in order, all of them together last.
        topics: a row for each.
        differences: which of them differ clearly, in sentences.
    """

    id: str
    title: str
    caption: str
    column: str
    rows: tuple[IndexRow, ...]
    topics: tuple[IndexRow, ...]
    differences: list[str]


@frozen
class _WorkPage:
    """What all sections of one work need.

    Attributes:
        number: of the work on this page, from 1.
        work_title: empty where the page is about one work alone.
        links: addresses of the pages, by the identity of their file.
        blocks: passages to scale, by the same.
    """

    number: int
    work_title: str
    links: Mapping[int, str]
    blocks: Mapping[int, tuple[Block, ...]]
    messages: Messages

    def title(self, section: str) -> str:
        """Put the work before a section's title, and begin it with a capital."""
        title = f"{self.work_title}, {section}" if self.work_title else section
        return title[:1].upper() + title[1:]


def render_index(
    rolled: Sequence[Series],
    links: Mapping[int, str],
    blocks: Mapping[int, tuple[Block, ...]],
    messages: Messages,
) -> str:
    """Return the index of some pages.

    Args:
        rolled: what the pages are about.
        links: addresses of the pages, by the identity of the file each is about.
        blocks: passages to scale, by the same.
        messages: in the language of the index.
    """
    is_alone = len(rolled) == 1
    sections: list[Section] = []
    for number, series in enumerate(rolled, 1):
        title = "" if is_alone else title_work(series.part.outcomes[0], messages)
        sections += _make_sections(series, _WorkPage(number, title, links, blocks, messages))
    return render_page(
        "index",
        messages,
        heading=title_report(rolled[0].part.outcomes[0], messages)
        if is_alone and rolled[0].work
        else messages.text("index.title"),
        sections=sections,
        choice=describe_topics(
            [outcome for series in rolled for outcome in series.part.outcomes], messages
        ),
        count_verdicts=count_verdicts,
        list_verdicts=lambda score: list_verdicts(count_verdicts(score), messages),
        describe_index=lambda score: describe_index(score, messages),
        definitions=list_definitions(messages),
        file_count=len(links),
    )


def _make_sections(series: Series, index: _WorkPage) -> list[Section]:
    seasons = [_show_season(season, index) for season in series.seasons]
    return [_show_series(series, seasons, index), *seasons] if len(seasons) > 1 else seasons


def _show_series(series: Series, seasons: Sequence[Section], index: _WorkPage) -> Section:
    messages = index.messages
    rows = [
        IndexRow(name=shown.title, links=((f"#{shown.id}", ""),), score=season.part.score)
        for season, shown in zip(series.seasons, seasons, strict=True)
    ]
    return Section(
        id=f"work-{index.number}",
        title=index.title(messages.text("index.all_seasons")),
        caption=messages.text("index.seasons"),
        column=messages.text("index.season"),
        rows=_add_whole(rows, series.part, messages),
        topics=_show_topics(series.part, messages),
        differences=_describe_differences(rows, messages),
    )


def _show_season(season: Season, index: _WorkPage) -> Section:
    messages, number = index.messages, season.number
    rows = [_show_episode(episode, index) for episode in season.episodes]
    return Section(
        id=f"work-{index.number}-season-{'unknown' if number is None else number}",
        title=_title_season(season, index),
        caption=messages.text("index.episodes"),
        column=messages.text("summary.file"),
        rows=_add_whole(rows, season.part, messages),
        topics=_show_topics(season.part, messages),
        differences=_describe_differences(rows, messages),
    )


def _title_season(season: Season, index: _WorkPage) -> str:
    messages, outcome = index.messages, season.part.outcomes[0]
    if outcome.episode.is_film:
        return name_film(outcome, messages)
    if season.number is None:
        return index.title(messages.text("unknown_episode"))
    titles = {known.number: known.title for known in outcome.work.seasons} if outcome.work else {}
    own = messages.local(titles.get(season.number, {}))
    number = messages.text("season", number=season.number)
    return index.title(f"{number} {messages.text('quoted', text=own)}" if own else number)


def _show_episode(episode: Part, index: _WorkPage) -> IndexRow:
    # the passages of its first file stand for those of all
    first = episode.members[0]
    return IndexRow(
        name=name_part(episode, index.messages),
        title=title_episode(first.outcome, index.messages),
        links=_link_files(episode.members, index),
        score=episode.score,
        elsewhere=tuple(describe_elsewhere(episode.elsewhere, index.messages)),
        blocks=index.blocks[id(first)],
    )


def _link_files(members: Sequence[Member], index: _WorkPage) -> tuple[tuple[str, str], ...]:
    """Return the address of each file's page with the language, or else the name, that marks it."""
    labels = label_files(members, index.messages)
    return tuple(
        (index.links[id(member)], label) for member, label in zip(members, labels, strict=True)
    )


def _add_whole(rows: list[IndexRow], whole: Part, messages: Messages) -> tuple[IndexRow, ...]:
    # the sum of one is that one
    if len(rows) < 2:
        return tuple(rows)
    return (*rows, IndexRow(name=messages.text("summary.together"), score=whole.score))


def _show_topics(part: Part, messages: Messages) -> tuple[IndexRow, ...]:
    known = {topic.id: topic for member in part.outcomes for topic in member.topics.values()}
    return tuple(
        IndexRow(
            name=(messages.local(known[topic].title) if topic in known else "") or topic,
            score=score,
        )
        for topic, score in part.topics.items()
    )


def _describe_differences(rows: Sequence[IndexRow], messages: Messages) -> list[str]:
    return describe_differences([row.score for row in rows], [row.name for row in rows], messages)
