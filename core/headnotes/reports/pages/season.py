"""The index: every season's episodes and topics side by side, never ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from headnotes.languages import Messages
from headnotes.model import Outcome
from headnotes.reports.pages.rendering import render_page
from headnotes.reports.rollup import Part, Season, Series, roll_up
from headnotes.reports.sentences import (
    describe_differences,
    describe_index,
    label_outcomes,
    list_definitions,
    name_verdict,
    title_episode,
    title_report,
    title_work,
)
from headnotes.reports.view import count_verdicts, name_topics
from headnotes.scoring import Score, claims_of, score_topics


@frozen(kw_only=True)
class SeasonRow:
    """One line of a table of the index: a name, where it leads, and what it adds up to."""

    name: str
    link: str
    score: Score
    topics: Mapping[str, Score]


@frozen(kw_only=True)
class Section:
    """One season with its episodes, or one series with its seasons; its topics beside them.

    Attributes:
        id: its address in the page.
        title, caption, column: over it, over the table of its rows, and over their names.
        rows: episodes or seasons in order.
        whole: all of them together.
        differences: which of them differ clearly, in sentences.
    """

    id: str
    title: str
    caption: str
    column: str
    rows: tuple[SeasonRow, ...]
    whole: SeasonRow
    differences: list[str]


@frozen
class _WorkPage:
    """What all sections of one work need.

    Attributes:
        number: of the work on this page, from 1.
        work_title: empty where the page is about one work alone.
        links: file names of the pages, by the identity of their outcome.
    """

    number: int
    work_title: str
    links: Mapping[int, str]
    messages: Messages

    def title(self, section: str) -> str:
        """Put the work before a section's title, and begin it with a capital."""
        title = f"{self.work_title}, {section}" if self.work_title else section
        return title[:1].upper() + title[1:]


def render_index(outcomes: Sequence[Outcome], pages: Sequence[str], messages: Messages) -> str:
    """Return the index of some pages.

    Args:
        outcomes: what the pages are about.
        pages: their file names, in the same order.
        messages: in the language of the index.
    """
    links = dict(zip(map(id, outcomes), pages, strict=True))
    rolled = roll_up(outcomes)
    is_alone = len(rolled) == 1
    sections: list[Section] = []
    for number, series in enumerate(rolled, 1):
        title = "" if is_alone else title_work(series.part.outcomes[0], messages)
        sections += _make_sections(series, _WorkPage(number, title, links, messages))
    return render_page(
        "index",
        messages,
        heading=title_report(outcomes[0], messages)
        if is_alone and rolled[0].work
        else messages.text("index.title"),
        sections=sections,
        topics=_name_all_topics(outcomes, messages),
        count_verdicts=count_verdicts,
        list_verdicts=lambda score: list_verdicts(score, messages),
        describe_index=lambda score: describe_index(score, messages),
        definitions=list_definitions(messages),
        file_count=len(outcomes),
    )


def list_verdicts(score: Score, messages: Messages) -> str:
    """Return in words how many notes have which verdict."""
    counted = [
        f"{count} {name_verdict(verdict, messages)}"
        for verdict, count in count_verdicts(score).items()
        if count
    ]
    return ", ".join(counted) or messages.plural("notes", 0)


def _name_all_topics(outcomes: Sequence[Outcome], messages: Messages) -> dict[str, str]:
    return {
        topic: title
        for outcome in outcomes
        for topic, title in name_topics(outcome, messages).items()
    }


def _make_sections(series: Series, index: _WorkPage) -> list[Section]:
    seasons = [_show_season(season, index) for season in series.seasons]
    return [_show_series(series, seasons, index), *seasons] if len(seasons) > 1 else seasons


def _show_series(series: Series, seasons: Sequence[Section], index: _WorkPage) -> Section:
    messages = index.messages
    rows = tuple(
        SeasonRow(
            name=season.title,
            link=f"#{season.id}",
            score=season.whole.score,
            topics=season.whole.topics,
        )
        for season in seasons
    )
    scores, names = [row.score for row in rows], [row.name for row in rows]
    return Section(
        id=f"work-{index.number}",
        title=index.title(messages.text("index.all_seasons")),
        caption=messages.text("index.seasons"),
        column=messages.text("index.season"),
        rows=rows,
        whole=_show_whole(series.part, messages),
        differences=describe_differences(scores, names, messages),
    )


def _show_season(season: Season, index: _WorkPage) -> Section:
    part, messages, number = season.part, index.messages, season.number
    names = label_outcomes(part.outcomes, messages)
    rows = tuple(
        SeasonRow(
            name=f"{name} {title_episode(outcome, messages)}".rstrip(),
            link=index.links[id(outcome)],
            score=score,
            topics=score_topics(claims_of(outcome), outcome.topics),
        )
        for outcome, name, score in zip(part.outcomes, names, part.scores, strict=True)
    )
    title = (
        messages.text("unknown_episode")
        if number is None
        else messages.text("season", number=number)
    )
    return Section(
        id=f"work-{index.number}-season-{'unknown' if number is None else number}",
        title=index.title(title),
        caption=messages.text("index.episodes"),
        column=messages.text("summary.file"),
        rows=rows,
        whole=_show_whole(part, messages),
        differences=describe_differences(part.scores, names, messages),
    )


def _show_whole(part: Part, messages: Messages) -> SeasonRow:
    name = messages.text("summary.together")
    return SeasonRow(name=name, link="", score=part.score, topics=part.topics)
