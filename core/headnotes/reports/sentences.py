"""The sentences that every report for people shares: headings, scores, differences.

Plain text: whoever shows it escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.languages import Messages, points
from headnotes.model import Citation, Note, Outcome, Source, Track
from headnotes.reports.rollup import find_clear_differences
from headnotes.reports.view import VerdictKey
from headnotes.scoring import Range, Score
from headnotes.times import format_clock
from headnotes.tracks import CLOCK_CODES

# ------------------------------------------------------------------------------ headings


def title_work(outcome: Outcome, messages: Messages) -> str:
    """Return the title of the recognised work, its id where it has none, or that there is none."""
    if outcome.work is None:
        return outcome.episode.work or messages.text("unknown_work")
    return messages.local(outcome.work.title) or outcome.work.id


def title_report(outcome: Outcome, messages: Messages) -> str:
    """Return the title of a report: a question about the work where one was recognised."""
    work = title_work(outcome, messages)
    return messages.text("terminal.title", work=work) if outcome.work else work


def title_episode(outcome: Outcome, messages: Messages) -> str:
    """Return the episode's title in quotes; empty where it is unknown or has none."""
    episodes = outcome.work.episodes if outcome.work else ()
    titles = {episode.id: episode.title for episode in episodes}
    episode_id = outcome.episode.id
    title = messages.local(titles.get(episode_id, {})) if episode_id else ""
    return messages.text("quoted", text=title) if title else ""


def name_episode(outcome: Outcome, messages: Messages) -> str:
    """Return the episode's id and title; for a file that holds several, all their ids."""
    episode = outcome.episode
    if episode.id is None:
        return messages.text("unknown_episode")
    ids = " + ".join(map(str, episode.ids))
    return f"{ids} {title_episode(outcome, messages)}".rstrip()


def describe_track(outcome: Outcome, messages: Messages) -> str:
    """Return episode, length, dialogue language, size and file in one line."""
    track = outcome.track
    parts = (
        name_episode(outcome, messages),
        format_clock(track.duration_ms),
        messages.name_language(track.language),
        messages.plural("cues", len(track.cues)),
        track.name,
        *describe_clock(track, messages),
    )
    return " · ".join(filter(None, parts))


def describe_clock(track: Track, messages: Messages) -> list[str]:
    """Return what was changed about the times of a whole track, each kind of change once."""
    codes = dict.fromkeys(repair.code for repair in track.repairs if repair.code in CLOCK_CODES)
    return [messages.text(f"clock.{code}") for code in codes]


def label_outcomes(outcomes: Sequence[Outcome], messages: Messages) -> tuple[str, ...]:
    """Return a short name of its own for each outcome: its episode, with what tells it apart.

    That is the dialogue's language or, where that is not enough, the file's name.
    """
    episodes = [outcome.episode.id for outcome in outcomes]
    versions = [(outcome.episode.id, outcome.track.language) for outcome in outcomes]
    labels = []
    for outcome in outcomes:
        episode, language = outcome.episode.id, outcome.track.language
        if episode is None:
            labels.append(outcome.track.name)
        elif episodes.count(episode) == 1:
            labels.append(str(episode))
        else:
            is_alone = language and versions.count((episode, language)) == 1
            apart = messages.name_language(language) if is_alone else outcome.track.name
            labels.append(f"{episode} ({apart})")
    return tuple(labels)


# ------------------------------------------------------------------------------ notes


def name_verdict(verdict: VerdictKey, messages: Messages) -> str:
    """Return a verdict in words."""
    return messages.text(f"verdicts.{verdict}")


def list_departures(note: Note, messages: Messages) -> list[str]:
    """Return in words how a note's depiction departs from the record."""
    return [messages.text(f"departures.{departure}") for departure in note.departures]


def describe_rating(note: Note, messages: Messages) -> list[str]:
    """Return weight, confidence, dispute and departures of a note, each in words."""
    return [
        messages.text(f"page.weight.{note.weight}"),
        *([messages.text(f"page.sure.{note.confidence}")] if note.confidence else ()),
        *([messages.text("page.disputed")] if note.disputed else ()),
        *list_departures(note, messages),
    ]


def describe_place(shown_ms: int | None, messages: Messages) -> str:
    """Return when a note is on screen, or that the report alone has it."""
    if shown_ms is None:
        return messages.text("screen.only_here")
    return messages.text("screen.on_screen", time=format_clock(shown_ms))


def describe_standing(source: Source, messages: Messages) -> list[str]:
    """Return kind, standpoint and reading status of a source, each in words."""
    parts = (
        messages.text(f"kinds.{source.kind}"),
        messages.local(source.standpoint),
        messages.text(f"read.{source.read}"),
    )
    return [part for part in parts if part]


def name_stance(citation: Citation, messages: Messages) -> str:
    """Return in words whether a citation supports, disputes or qualifies."""
    return messages.text(f"stances.{citation.stance}")


# ------------------------------------------------------------------------------ scores


def describe_index(score: Score, messages: Messages) -> str:
    """Return the index in points, or that there is none, with "few" where it rests on few notes."""
    if score.index is None:
        return messages.text("score.none")
    index = str(points(score.index))
    return f"{index} ({messages.text('score.few')})" if score.basis == "few" else index


def describe_doubt(score: Score, messages: Messages) -> list[str]:
    """Return on how much the index rests and how far off it may be; empty without an index."""
    if score.index is None or score.bounds is None:
        return []
    interval = messages.text("score.interval", range=describe_range(score.interval, messages))
    bounds = messages.text("score.bounds", range=describe_range(score.bounds, messages))
    scored = messages.plural("scored", score.scored)
    return [scored, interval, bounds, describe_coverage(score, messages)]


def describe_withheld(score: Score, messages: Messages) -> str:
    """Return why there is no index; empty where there is one."""
    agreement = score.agreement
    alpha = agreement.ordinal
    return "; ".join(
        messages.text(
            f"withheld.{reason}",
            scored=messages.plural("scored", score.scored),
            once=agreement.claims - agreement.rated_twice,
            claims=agreement.claims,
            alpha=messages.text("no_value") if alpha is None else messages.decimal(alpha, 3),
        )
        for reason in score.withheld
    )


def describe_coverage(score: Score, messages: Messages) -> str:
    """Return which share of what was judged could be scored."""
    if score.coverage is None:
        return messages.text("score.no_coverage")
    return messages.text("score.coverage", share=messages.percent(score.coverage))


def describe_range(span: Range | None, messages: Messages) -> str:
    """Return a range in points, or a sign that there is none."""
    return messages.span(span.low, span.high) if span else messages.text("no_value")


def describe_presets(score: Score, messages: Messages) -> str:
    """Return the index under all three presets in one line; empty without an index."""
    return " · ".join(
        f"{messages.text(f'presets.{name}')} {points(reading.index)}"
        for name, reading in (score.presets or {}).items()
    )


def describe_movers(score: Score, messages: Messages) -> str:
    """Return the claims that move the index most, with their points; may be empty."""
    return ", ".join(
        messages.text(
            "score.mover",
            note=mover.claim,
            change=messages.change(mover.change),
        )
        for mover in score.movers
    )


def describe_differences(
    scores: Sequence[Score], names: Sequence[str], messages: Messages
) -> list[str]:
    """Return which scores differ clearly, or that none do; empty for fewer than two scores."""
    if len(scores) < 2:
        return []
    clear = [
        messages.text(
            "differences.clear",
            above=names[place],
            others=", ".join(names[other] for other in below),
        )
        for place, below in find_clear_differences(scores)
    ]
    return clear or [messages.text("differences.none")]


def list_definitions(messages: Messages) -> list[tuple[str, str]]:
    """Return the name of every number and what it means."""
    names, meanings = messages.table["defined"], messages.table["definitions"]
    return [(names[key], meaning) for key, meaning in meanings.items()]
