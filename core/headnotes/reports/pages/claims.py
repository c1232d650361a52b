"""The verdicts of a page as ClaimReview, which fact-check directories read.

Source: schema.org, type ClaimReview.
"""

from __future__ import annotations

from typing import Any

from headnotes.languages.messages import Words, choose_note_text
from headnotes.model import Annotation, Language, Outcome
from headnotes.reports.headings import title_work
from headnotes.scoring import SCORED


def describe_claims(outcome: Outcome, words: Words, language: Language) -> dict[str, Any]:
    """Give one review per verdict note: what is shown is the claim, the headnote explains it.

    A verdict that is not scored has a name but no number. All reviews share one `itemReviewed`.
    """
    notes = {(one.topic, one.note.id): one for one in reversed(outcome.annotations)}
    shown = {
        "@type": "Claim",
        "@id": "#claim",
        "appearance": _describe_episode(outcome, words, language),
    }
    return {
        "@context": "https://schema.org",
        "@graph": [
            shown,
            *(
                _describe_review(one, words, language)
                for one in outcome.annotations
                if one.note.verdict and notes[one.topic, one.note.id] is one
            ),
        ],
    }


def _describe_episode(outcome: Outcome, words: Words, language: Language) -> dict[str, Any]:
    work = title_work(outcome, words, language)
    if outcome.episode.id is None:
        return {"@type": "CreativeWork", "name": work}
    series = {"@type": "CreativeWorkSeries", "name": work}
    return {"@type": "Episode", "name": str(outcome.episode.id), "partOfSeries": series}


def _describe_review(one: Annotation, words: Words, language: Language) -> dict[str, Any]:
    note = one.note
    tag, text = choose_note_text(note, language)
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": words.say(f"verdicts.{note.verdict}"),
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
        "url": f"#{one.topic}/{note.id}",
        "inLanguage": tag,
        "claimReviewed": text.shown,
        "itemReviewed": {"@id": "#claim"},
        "reviewRating": rating,
    }
