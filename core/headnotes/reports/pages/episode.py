"""What the page of one episode shows, in the order it shows it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from headnotes.languages.messages import Words, choose_local, load_words, points
from headnotes.languages.reasons import tell_reasons
from headnotes.languages.tags import choose_language
from headnotes.model import (
    Language,
    Outcome,
    Scene,
)
from headnotes.reports.cards import (
    list_corrections,
    list_evidence,
    list_sources,
    make_cards,
    name_topics,
)
from headnotes.reports.csvtable import COLUMNS, FORMULA_STARTS
from headnotes.reports.headings import name_episode, title_work
from headnotes.reports.json import describe_outcome
from headnotes.reports.pages.claims import describe_claims
from headnotes.reports.pages.lanes import make_lanes
from headnotes.reports.pages.rendering import render_page
from headnotes.reports.telling import looks_of, tell_coverage, tell_definitions
from headnotes.reports.timeline import measure_density, measure_length, place_ticks
from headnotes.reports.verdict_styles import PAINTS, Look, look_of
from headnotes.scoring import (
    ENOUGH_SCORED,
    FEWEST_SCORED,
    PRESETS,
    rate_outcomes,
    score_ratings,
)
from headnotes.times import format_clock

DENSITY_BINS = 240
MOST_TICKS = 11


@frozen(kw_only=True)
class Block:
    """A scene on the timeline: where it is, and how many of its notes have which verdict."""

    scene: Scene
    at: float
    width: float
    looks: Mapping[Look, int]


def render_episode(outcome: Outcome, language: Language, *, name: str, index: str = "") -> str:
    """Write the page of one episode.

    Args:
        outcome: spoilers are folded, not left out.
        language: of the page and, where they have it, of the notes.
        name: of its file; downloads are called after it.
        index: file name of the index to link to; none if empty.
    """
    words = load_words(language)
    cards = make_cards(outcome, language)
    score = score_ratings(rate_outcomes([outcome]))
    sources = list_sources(outcome)
    return render_page(
        "episode",
        **_name_things(outcome, words, language),
        **_draw_timeline(outcome),
        words=words,
        say=words.say,
        tell_reasons=tell_reasons,
        points=points,
        local=lambda text: choose_local(text, language),
        index=index,
        stem=name.removesuffix("html"),
        outcome=outcome,
        score=score,
        looks=looks_of(score),
        coverage=tell_coverage(score, words),
        definitions=tell_definitions(words),
        list_evidence=list_evidence,
        cards=cards,
        card_of={card.id: card for card in cards},
        sources=sources,
        source_ids={name: f"s{number}" for number, name in enumerate(sources, 1)},
        corrections=list_corrections(outcome),
        data=describe_page(outcome, language),
        claims=describe_claims(outcome, words, language),
        settings=describe_settings(words),
    )


def _name_things(outcome: Outcome, words: Words, language: Language) -> dict[str, Any]:
    track = outcome.track
    spoken = words.name_language(track.language)
    facts = (
        format_clock(track.duration_ms),
        words.say("page.dialogue", language=spoken) if spoken else "",
        words.count("cues", len(track.cues)),
        words.count("notes", len(outcome.annotations)),
        track.name,
    )
    return {
        "work_title": title_work(outcome, words, language),
        "episode_name": name_episode(outcome, words, language),
        "topics": name_topics(outcome, language),
        "asked": [topic for _, topic in sorted(outcome.topics.items())],
        "facts": [fact for fact in facts if fact],
    }


def _draw_timeline(outcome: Outcome) -> dict[str, Any]:
    length = measure_length(outcome)
    return {
        "length": length,
        "ticks": place_ticks(length, MOST_TICKS),
        "density": draw_density(outcome, length),
        "blocks": make_blocks(outcome, length),
        "lanes": make_lanes(outcome.annotations, length),
    }


def make_blocks(outcome: Outcome, length_ms: int) -> tuple[Block, ...]:
    """Give each scene its place and the verdicts of the notes that begin in it."""
    looks: dict[int, Counter[Look]] = defaultdict(Counter)
    for one in rate_outcomes([outcome]):
        looks[one.scene[1]][look_of(one.verdict)] += 1
    return tuple(
        Block(
            scene=scene,
            at=scene.start_ms / length_ms,
            width=(scene.end_ms - scene.start_ms) / length_ms,
            looks={
                look: looks[scene.number][look] for look in PAINTS if look in looks[scene.number]
            },
        )
        for scene in outcome.scenes
    )


def _in_order(looks: Mapping[Look, int]) -> dict[Look, int]:
    return {look: looks[look] for look in PAINTS if look in looks}


def draw_density(outcome: Outcome, length_ms: int) -> str:
    """Give the outline of how much is said, in a box of 240 by 100, for an SVG path."""
    said = measure_density(outcome.track.cues, length_ms, DENSITY_BINS)
    steps = "".join(f"V{100 - round(share * 100)}h1" for share in said)
    # A step per bin, not a curve: nothing is known between the cues.
    return f"M0 100{steps}V100Z"


def describe_page(outcome: Outcome, language: Language) -> dict[str, Any]:
    """Give the page's data: the contract, with every text in the language of the page alone."""
    data = describe_outcome(outcome, language)
    for one in data["annotations"]:
        one["text"] = _keep_language(one["text"], language)
    for source in data["sources"].values():
        source["standpoint"] = _keep_language(source["standpoint"], language)
    return data


def _keep_language(texts: Mapping[Language, Any], language: Language) -> dict[Language, Any]:
    tag = choose_language(texts, language) if texts else None
    return {tag: texts[tag]} if tag else {}


def describe_settings(words: Words) -> dict[str, Any]:
    """Give the script what it must not know better than we do: rules, columns, words."""
    return {
        "presets": {name: dict(values) for name, values in PRESETS.items()},
        "fewest": FEWEST_SCORED,
        "enough": ENOUGH_SCORED,
        "columns": dict(COLUMNS),
        "formulaStarts": FORMULA_STARTS,
        "words": {key: words.table[key] for key in ("script", "kinds", "read")},
        "verdicts": [*PAINTS],
    }
