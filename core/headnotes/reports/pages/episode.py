"""What the page of one episode shows, in the order it shows it, and the data it carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headnotes.languages import (
    Messages,
    choose_language,
    describe_reasons,
    points,
)
from headnotes.model import Annotation, Language, Outcome
from headnotes.reports.csvtable import COLUMNS
from headnotes.reports.json import describe_outcome
from headnotes.reports.pages.rendering import render_page
from headnotes.reports.pages.timeline import make_timeline
from headnotes.reports.sentences import (
    describe_clock,
    describe_coverage,
    describe_standing,
    describe_withheld,
    list_definitions,
    name_episode,
    name_verdict,
    title_report,
    title_work,
)
from headnotes.reports.view import (
    STYLES,
    count_verdicts,
    list_corrections,
    list_evidence,
    list_sources,
    make_cards,
    name_topics,
)
from headnotes.scoring import (
    ENOUGH_SCORED,
    FEWEST_SCORED,
    PRESETS,
    SCORED,
    claims_of,
    score_outcomes,
)
from headnotes.text import FORMULA_STARTS
from headnotes.times import format_clock


def render_episode(outcome: Outcome, messages: Messages, *, name: str, index: str = "") -> str:
    """Return the page of one episode.

    Args:
        outcome: spoilers are folded, not left out.
        messages: in the language of the page.
        name: of its file; downloads are called after it.
        index: file name of the index to link to; none if empty.
    """
    values = collect_values(outcome, messages)
    score = score_outcomes([outcome])
    return render_page(
        "episode",
        messages,
        **values,
        asked=[topic for _, topic in sorted(outcome.topics.items())],
        timeline=make_timeline(outcome),
        points=points,
        local=messages.local,
        index=index,
        stem=name.removesuffix("html"),
        score=score,
        counts=count_verdicts(score),
        coverage=describe_coverage(score, messages),
        withheld=describe_withheld(score, messages),
        definitions=list_definitions(messages),
        list_evidence=list_evidence,
        describe_reasons=lambda reasons: describe_reasons(reasons, messages),
        card_of={card.id: card for card in values["cards"]},
        claim_of={claim.name: claim for claim in claims_of(outcome)},
        corrections=list_corrections(outcome),
        claims=describe_claims(outcome, messages),
        settings=describe_settings(messages),
    )


def collect_values(outcome: Outcome, messages: Messages) -> dict[str, Any]:
    """Return what every page about one episode shows, a report's or another's, by name."""
    sources = list_sources(outcome)
    return {
        "title": title_report(outcome, messages),
        "work": title_work(outcome, messages),
        "episode_name": name_episode(outcome, messages),
        "facts": _list_facts(outcome, messages),
        "topics": name_topics(outcome, messages),
        "outcome": outcome,
        "cards": make_cards(outcome, messages),
        "sources": sources,
        "source_ids": {key: f"s{number}" for number, key in enumerate(sources, 1)},
        "describe_standing": lambda source: describe_standing(source, messages),
        "data": describe_page(outcome, messages.reader),
    }


def _list_facts(outcome: Outcome, messages: Messages) -> list[str]:
    track = outcome.track
    spoken = messages.name_language(track.language)
    facts = (
        format_clock(track.duration_ms),
        messages.text("page.dialogue", language=spoken) if spoken else "",
        messages.plural("cues", len(track.cues)),
        messages.plural("notes", len(outcome.annotations)),
        track.name,
        *describe_clock(track, messages),
    )
    return [fact for fact in facts if fact]


# ------------------------------------------------------------------------------ data


def describe_page(outcome: Outcome, language: Language) -> dict[str, Any]:
    """Return the page's data: the contract, with texts in the language of the page alone."""
    data = describe_outcome(outcome, language)
    for annotation in data["annotations"]:
        annotation["text"] = _keep_language(annotation["text"], language)
    for source in data["sources"].values():
        source["standpoint"] = _keep_language(source["standpoint"], language)
    return data


def _keep_language(texts: Mapping[Language, Any], language: Language) -> dict[Language, Any]:
    tag = choose_language(texts, language) if texts else None
    return {tag: texts[tag]} if tag else {}


def describe_settings(messages: Messages) -> dict[str, Any]:
    """Return what the script must not know better than we do: rules, columns, messages."""
    return {
        "presets": {name: dict(values) for name, values in PRESETS.items()},
        "fewest": FEWEST_SCORED,
        "enough": ENOUGH_SCORED,
        "columns": dict(COLUMNS),
        "formulaStarts": FORMULA_STARTS,
        "words": {key: messages.table[key] for key in ("script", "kinds", "read")},
        "verdicts": [*STYLES],
    }


# ------------------------------------------------------------------------------ claims


def describe_claims(outcome: Outcome, messages: Messages) -> dict[str, Any]:
    """Return the verdicts as ClaimReview, which fact-check directories read.

    One review per verdict note: what is shown is the claim, the headnote explains it. A verdict
    that is not scored has a name but no number. All reviews share one `itemReviewed`.

    Source: schema.org, type ClaimReview.
    """
    reviewed: dict[tuple[str, str], Annotation] = {}
    for annotation in outcome.annotations:
        if annotation.note.verdict:
            reviewed.setdefault((annotation.topic, annotation.note.id), annotation)
    claim = {
        "@type": "Claim",
        "@id": "#claim",
        "appearance": _describe_episode(outcome, messages),
    }
    reviews = [_describe_review(item, messages) for item in reviewed.values()]
    return {"@context": "https://schema.org", "@graph": [claim, *reviews]}


def _describe_episode(outcome: Outcome, messages: Messages) -> dict[str, Any]:
    work = title_work(outcome, messages)
    if outcome.episode.id is None:
        return {"@type": "CreativeWork", "name": work}
    series = {"@type": "CreativeWorkSeries", "name": work}
    return {"@type": "Episode", "name": str(outcome.episode.id), "partOfSeries": series}


def _describe_review(annotation: Annotation, messages: Messages) -> dict[str, Any]:
    note = annotation.note
    tag, text = messages.note_text(note)
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": name_verdict(note.verdict or "context", messages),
        "ratingExplanation": text.headnote,
    }
    if note.verdict is not None and note.verdict in SCORED:
        rating |= {
            "ratingValue": round(1 + 3 * SCORED[note.verdict]),
            "bestRating": 4,
            "worstRating": 1,
        }
    return {
        "@type": "ClaimReview",
        "url": f"#{annotation.topic}/{note.id}",
        "inLanguage": tag,
        "claimReviewed": text.shown,
        "itemReviewed": {"@id": "#claim"},
        "reviewRating": rating,
    }
