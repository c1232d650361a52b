"""A score in words: the sentences that every report for people shares."""

from __future__ import annotations

from collections.abc import Sequence

from headnotes.languages.messages import Words, points
from headnotes.reports.rollup import find_clear_differences
from headnotes.reports.verdict_styles import Look
from headnotes.scoring import Range, Score


def looks_of(score: Score) -> dict[Look, int]:
    """Give the counts per look: verdicts in their order, then context."""
    return {**dict(score.counts.items()), "context": score.context}


def tell_doubt(score: Score, words: Words) -> list[str]:
    """Say on how much the index rests and how far it could lie off; empty without an index."""
    if score.index is None or score.bounds is None:
        return []
    interval = (
        words.say("score.interval", range=words.span(score.interval.low, score.interval.high))
        if score.interval
        else words.say("score.no_interval")
    )
    bounds = words.say("score.bounds", range=words.span(score.bounds.low, score.bounds.high))
    return [words.count("scored", score.scored), interval, bounds, tell_coverage(score, words)]


def tell_coverage(score: Score, words: Words) -> str:
    """Say which part of what was judged could be scored."""
    if score.coverage is None:
        return words.say("score.no_coverage")
    return words.say("score.coverage", share=words.percent(score.coverage))


def tell_span(span: Range | None, words: Words) -> str:
    """Give a range in points, or a sign that there is none."""
    return words.span(span.low, span.high) if span else words.say("no_value")


def tell_readings(score: Score, words: Words) -> str:
    """Give the index under all three presets in one line; empty without an index."""
    return " · ".join(
        f"{words.say(f'presets.{name}')} {points(one.index)}"
        for name, one in (score.presets or {}).items()
    )


def tell_index(score: Score, words: Words) -> str:
    """Give the index in points, or that there is none, with "few" where it rests on few notes."""
    if score.index is None:
        return words.say("score.none")
    told = str(points(score.index))
    return f"{told} ({words.say('score.few')})" if score.basis == "few" else told


def tell_differences(scores: Sequence[Score], names: Sequence[str], words: Words) -> list[str]:
    """Say which scores differ clearly, or that none do; empty for less than two scores."""
    if len(scores) < 2:
        return []
    told = [
        words.say(
            "differences.clear",
            one=names[place],
            others=", ".join(names[other] for other in below),
        )
        for place, below in find_clear_differences(scores)
    ]
    return told or [words.say("differences.none")]


def tell_definitions(words: Words) -> list[tuple[str, str]]:
    """Give every number's name and what it means."""
    names, meanings = words.table["defined"], words.table["definitions"]
    return [(names[key], meaning) for key, meaning in meanings.items()]


def tell_movers(score: Score, words: Words) -> str:
    """Name the notes that move the index most, with their points; may be empty."""
    return ", ".join(
        words.say("score.mover", note=f"{one.topic}/{one.note}", change=words.change(one.change))
        for one in score.movers
    )
