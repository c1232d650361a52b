"""The index: every season's episodes and topics side by side, never ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from headnotes.model import Language, Outcome
from headnotes.reports.cards import name_topics
from headnotes.reports.headings import label_outcomes, title_episode, title_work
from headnotes.reports.pages.rendering import render_page
from headnotes.reports.rollup import Season, roll_up
from headnotes.reports.scoring import Score, rate_outcomes, score_topics
from headnotes.reports.telling import (
    looks_of,
    tell_definitions,
    tell_differences,
    tell_index,
)
from headnotes.reports.wording import Words, load_words


@frozen(kw_only=True)
class Row:
    """One line of a table of the index: a name, where it leads, and what it adds up to."""

    name: str
    link: str
    score: Score
    topics: Mapping[str, Score]


@frozen(kw_only=True)
class Section:
    """One season: its episodes, its topics, and both together.

    Attributes:
        title: of the season.
        rows: episodes in order.
        whole: all of them together.
        differences: which of them differ clearly, in sentences.
    """

    title: str
    rows: tuple[Row, ...]
    whole: Row
    differences: list[str]


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
            _make_section(season, title if len(rolled) > 1 else "", links, words, language)
            for series, title in zip(rolled, titles, strict=True)
            for season in series.seasons
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


def _make_section(
    season: Season, work_title: str, links: Mapping[int, str], words: Words, language: Language
) -> Section:
    part = season.part
    names = label_outcomes(part.outcomes, words)
    rows = tuple(
        Row(
            name=f"{name} {title_episode(outcome, words, language)}".rstrip(),
            link=links[id(outcome)],
            score=score,
            topics=score_topics(rate_outcomes([outcome])),
        )
        for outcome, name, score in zip(part.outcomes, names, part.scores, strict=True)
    )
    whole = Row(name=words.say("summary.together"), link="", score=part.score, topics=part.topics)
    return Section(
        title=_title_season(season.number, work_title, words),
        rows=rows,
        whole=whole,
        differences=tell_differences(part.scores, names, words),
    )


def _title_season(number: int | None, work_title: str, words: Words) -> str:
    season = words.say("unknown_episode") if number is None else words.say("season", number=number)
    title = f"{work_title}, {season}" if work_title else season
    return title[:1].upper() + title[1:]
