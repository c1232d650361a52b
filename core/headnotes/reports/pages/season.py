"""The index: every season's episodes and topics side by side, never ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from headnotes.languages.messages import Words, load_words
from headnotes.model import Language, Outcome
from headnotes.reports.cards import name_topics
from headnotes.reports.headings import label_outcomes, title_episode, title_work
from headnotes.reports.pages.rendering import render_page
from headnotes.reports.rollup import Part, Season, Series, roll_up
from headnotes.reports.telling import (
    looks_of,
    tell_definitions,
    tell_differences,
    tell_index,
)
from headnotes.scoring import Score, rate_outcomes, score_topics


@frozen(kw_only=True)
class Row:
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
        title, caption, head: over it, over the table of its rows, and over their names.
        rows: episodes or seasons in order.
        whole: all of them together.
        differences: which of them differ clearly, in sentences.
    """

    id: str
    title: str
    caption: str
    head: str
    rows: tuple[Row, ...]
    whole: Row
    differences: list[str]


@frozen
class _Index:
    """What all sections of one work need.

    Attributes:
        number: of the work on this page, from 1.
        work_title: empty where the page is about one work alone.
        links: file names of the pages, by the identity of their outcome.
    """

    number: int
    work_title: str
    links: Mapping[int, str]
    words: Words
    language: Language

    def head(self, title: str) -> str:
        """Put the work before a section's title, and begin it with a capital."""
        title = f"{self.work_title}, {title}" if self.work_title else title
        return title[:1].upper() + title[1:]


def render_index(outcomes: Sequence[Outcome], pages: Sequence[str], language: Language) -> str:
    """Write the index of some pages.

    Args:
        outcomes: what the pages are about.
        pages: their file names, in the same order.
        language: of the index.
    """
    words = load_words(language)
    links = dict(zip(map(id, outcomes), pages, strict=True))
    rolled = roll_up(outcomes)
    titles = [title_work(series.part.outcomes[0], words, language) for series in rolled]
    return render_page(
        "index",
        words=words,
        say=words.say,
        heading=words.say("terminal.title", work=titles[0])
        if len(rolled) == 1 and rolled[0].work
        else words.say("index.title"),
        sections=[
            section
            for number, (series, title) in enumerate(zip(rolled, titles, strict=True), 1)
            for section in _make_sections(
                series,
                _Index(number, title if len(rolled) > 1 else "", links, words, language),
            )
        ],
        topics=_name_all_topics(outcomes, language),
        looks_of=looks_of,
        count_looks=lambda score: count_looks(score, words),
        tell_index=tell_index,
        definitions=tell_definitions(words),
        file_count=len(outcomes),
    )


def count_looks(score: Score, words: Words) -> str:
    """Say in words how many notes have which verdict."""
    counted = [
        f"{count} {words.say(f'verdicts.{look}')}"
        for look, count in looks_of(score).items()
        if count
    ]
    return ", ".join(counted) or words.count("notes", 0)


def _name_all_topics(outcomes: Sequence[Outcome], language: Language) -> dict[str, str]:
    return {
        topic: title
        for outcome in outcomes
        for topic, title in name_topics(outcome, language).items()
    }


def _make_sections(series: Series, index: _Index) -> list[Section]:
    seasons = [_show_season(season, index) for season in series.seasons]
    return [_show_series(series, seasons, index), *seasons] if len(seasons) > 1 else seasons


def _show_series(series: Series, seasons: Sequence[Section], index: _Index) -> Section:
    words = index.words
    rows = tuple(
        Row(
            name=one.title,
            link=f"#{one.id}",
            score=one.whole.score,
            topics=one.whole.topics,
        )
        for one in seasons
    )
    scores, names = [row.score for row in rows], [row.name for row in rows]
    return Section(
        id=f"work-{index.number}",
        title=index.head(words.say("index.all_seasons")),
        caption=words.say("index.seasons"),
        head=words.say("index.season"),
        rows=rows,
        whole=_show_whole(series.part, words),
        differences=tell_differences(scores, names, words),
    )


def _show_season(season: Season, index: _Index) -> Section:
    part, words = season.part, index.words
    names = label_outcomes(part.outcomes, words)
    rows = tuple(
        Row(
            name=f"{name} {title_episode(outcome, words, index.language)}".rstrip(),
            link=index.links[id(outcome)],
            score=score,
            topics=score_topics(rate_outcomes([outcome])),
        )
        for outcome, name, score in zip(part.outcomes, names, part.scores, strict=True)
    )
    number = season.number
    title = words.say("unknown_episode") if number is None else words.say("season", number=number)
    return Section(
        id=f"work-{index.number}-season-{'unknown' if number is None else number}",
        title=index.head(title),
        caption=words.say("index.episodes"),
        head=words.say("summary.file"),
        rows=rows,
        whole=_show_whole(part, words),
        differences=tell_differences(part.scores, names, words),
    )


def _show_whole(part: Part, words: Words) -> Row:
    return Row(name=words.say("summary.together"), link="", score=part.score, topics=part.topics)
