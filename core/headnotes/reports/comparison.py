"""How far the two ratings of a topic's claims agree, and where they differ, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from headnotes.languages import Messages, load_messages
from headnotes.model import Confidence, Language, Topic, Verdict, Work
from headnotes.reports.sentences import name_verdict
from headnotes.scoring import (
    FIRM,
    TENTATIVE,
    Agreement,
    JudgedClaim,
    Judgement,
    judge_claims,
    measure_agreement,
)


def write_agreement(topics: Sequence[Topic], work: Work | None, language: Language) -> list[str]:
    """Return the agreement of some topics of one work together, then claim by claim.

    Args:
        topics: their claims count together.
        work: brings the sentences of most claims; `None`: nobody brings it, so only figures.
        language: of the words; sentences without it come in a language they have.
    """
    messages = load_messages(language)
    found = measure_agreement(topics)
    title = ", ".join(messages.local(topic.title) for topic in topics)
    lines = [
        messages.text(
            "agreement.counts",
            topics=title,
            claims=messages.plural("claims", found.claims),
            twice=found.rated_twice,
            differing=found.differing,
        ),
        describe_alpha(found, messages),
    ]
    claims = judge_claims(work, {topic.id: topic for topic in topics})
    lines += _list_claims("differing", _find_differing(claims), messages)
    once = [claim for claim in claims if not claim.is_rated_twice]
    lines += _list_claims("once", ((claim, claim.judgements) for claim in once), messages)
    return lines


def describe_alpha(found: Agreement, messages: Messages) -> str:
    """Return both alphas, and what may rest on them."""
    standing = "none"
    if found.ordinal is not None:
        is_firm, is_enough = found.ordinal >= FIRM, found.ordinal >= TENTATIVE
        standing = "firm" if is_firm else "tentative" if is_enough else "low"
    return messages.text(
        "agreement.alpha",
        ordinal=_write_alpha(found.ordinal, messages),
        nominal=_write_alpha(found.nominal, messages),
        standing=messages.text(f"agreement.{standing}"),
    )


def _write_alpha(alpha: float | None, messages: Messages) -> str:
    return messages.text("no_value") if alpha is None else messages.decimal(alpha, 3)


def _find_differing(
    claims: Iterable[JudgedClaim],
) -> Iterator[tuple[JudgedClaim, tuple[Judgement, ...]]]:
    """Find claims of which a topic, or two topics, say different things."""
    for claim in claims:
        differing = tuple(
            judgement
            for judgement in claim.judgements
            if claim.is_disputed
            or (judgement.second and judgement.verdicts != (judgement.second.verdict,))
        )
        if differing:
            yield claim, differing


def _list_claims(
    kind: str, claims: Iterable[tuple[JudgedClaim, Sequence[Judgement]]], messages: Messages
) -> list[str]:
    lines: list[str] = []
    for claim, judgements in claims:
        seen = messages.text(f"seen.{claim.seen}")
        lines += ["", f"{claim.name}: {messages.local(claim.text)} ({seen})"]
        for judgement in judgements:
            lines += _write_judgement(judgement, messages)
    return ["", messages.text(f"agreement.{kind}"), *lines] if lines else []


def _write_judgement(judgement: Judgement, messages: Messages) -> Iterator[str]:
    notes = ", ".join(f"{judgement.topic}/{note}" for note in judgement.notes)
    first = messages.text("agreement.first")
    yield f"  {first}: {_rate(judgement.verdicts, judgement.confidence, messages)}: {notes}"
    if second := judgement.second:
        reason = messages.local(second.reason)
        rated = _rate([second.verdict], second.confidence, messages)
        yield f"  {messages.text('agreement.second')}: {rated}: {reason}"


def _rate(verdicts: Iterable[Verdict], confidence: Confidence, messages: Messages) -> str:
    named = " / ".join(name_verdict(verdict, messages) for verdict in verdicts)
    return f"{named}, {messages.text(f'page.sure.{confidence}')}"
