"""The data contract `headnotes/2`: one track's outcome as JSON.

`schema/headnotes-2.schema.json` defines every field; other reports that carry data take it from
here. What the numbers mean is in `scoring`, in which words in `languages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import asdict

from headnotes.filenames import name_files
from headnotes.languages import FALLBACK, describe_reasons, load_messages
from headnotes.model import (
    Annotation,
    Choice,
    EpisodeId,
    Language,
    NoteText,
    Outcome,
    Passage,
    Source,
    Topic,
    Unplaced,
)
from headnotes.scheduling import schedule, select
from headnotes.scoring import (
    JudgedClaim,
    Judgement,
    Score,
    claims_by_note,
    claims_elsewhere,
    claims_of,
    score_claims,
    score_topics,
)
from headnotes.text import write_json

SCHEMA = "headnotes/2"


def render_json(outcomes: tuple[Outcome, ...], language: Language) -> dict[str, str]:
    """Return one outcome as indented JSON, several as JSON Lines, one object a line."""
    # One object for a person to read, many for a program to read one at a time.
    if len(outcomes) == 1:
        (name,) = name_files(outcomes, ".json")
        return {name: write_json(describe_outcome(outcomes[0], language), indent=2) + "\n"}
    lines = [write_json(describe_outcome(outcome, language)) + "\n" for outcome in outcomes]
    return {"headnotes.jsonl": "".join(lines)}


def describe_outcome(outcome: Outcome, language: Language) -> dict[str, Any]:
    """Return everything known about one track, as the schema lays it down.

    Args:
        outcome: spoilers and unplaced notes included; data holds nothing back.
        language: of the definitions of the score; notes come in all their languages.
    """
    names = name_sources(outcome)
    claims = claims_of(outcome)
    # what is on screen depends on the density; data tells that of a usual track
    judged, shown = claims_by_note(claims), find_shown(outcome)
    elsewhere = claims_by_note(claims_elsewhere(outcome))
    return {
        "schema": SCHEMA,
        "choice": _describe_choice(outcome.choice),
        "episode": _describe_episode(outcome),
        "passages": [asdict(passage) for passage in outcome.passages],
        "claims": [_describe_claim(claim) for claim in claims],
        "annotations": [
            {
                **_describe_annotation(annotation, names),
                "claim": _name_claim(judged.get((annotation.topic, annotation.note.id))),
                "counts_in": _list_episodes(elsewhere.get((annotation.topic, annotation.note.id))),
                "shown_ms": shown.get(_place_of(annotation)),
            }
            for annotation in outcome.annotations
        ],
        "unplaced": list(map(_describe_unplaced, outcome.unplaced)),
        "sources": {
            name: _describe_source(outcome.topics[topic].sources[source])
            for (topic, source), name in names.items()
        },
        "topics": {topic.id: _describe_topic(topic) for topic in outcome.topics.values()},
        "score": describe_score(claims, outcome.topics, language),
        "problems": [
            {"where": issue.where, "what": issue.message, "mend": issue.hint}
            for issue in outcome.issues
        ],
    }


def _describe_choice(choice: Choice) -> dict[str, Any]:
    return {
        "topics": list(choice.topics),
        "verdicts": list(choice.verdicts),
        "min_weight": choice.min_weight,
        "seen": choice.seen,
    }


def _describe_topic(topic: Topic) -> dict[str, Any]:
    return {
        "title": dict(topic.title),
        "version": topic.version,
        "authors": [*topic.authors],
        "licence": topic.licence,
        "homepage": topic.homepage,
    }


def name_sources(outcome: Outcome) -> dict[tuple[str, str], str]:
    """Name the cited sources, by topic and source id.

    Two topics that describe one work in the same words share its id. Where they use one id for
    different entries, each keeps its own as `topic/id`; an id itself never has a slash.
    """
    cited: dict[str, dict[str, Source]] = {}
    for annotation in outcome.annotations:
        topic = outcome.topics.get(annotation.topic)
        known = topic.sources if topic else {}
        for citation in annotation.note.citations:
            if citation.source in known:
                entries = cited.setdefault(citation.source, {})
                entries[annotation.topic] = known[citation.source]
    names = {}
    for source, entries in sorted(cited.items()):
        is_shared = all(entry == next(iter(entries.values())) for entry in entries.values())
        for topic_id in sorted(entries):
            names[topic_id, source] = source if is_shared else f"{topic_id}/{source}"
    return names


def find_shown(outcome: Outcome) -> dict[tuple[str, str, int], int]:
    """Return when annotations stand on screen in a track of usual density.

    Returns:
        Milliseconds by topic, note and first cue; what a reader may not know yet is left out.
    """
    seen = outcome.choice.seen
    kept = select(outcome.annotations, seen=seen, episode=outcome.episode).kept
    headnotes = schedule(outcome.track, kept).headnotes
    return {_place_of(headnote.annotation): headnote.start_ms for headnote in headnotes}


def _place_of(annotation: Annotation) -> tuple[str, str, int]:
    return annotation.topic, annotation.note.id, annotation.moment.first_cue


def describe_score(
    claims: tuple[JudgedClaim, ...], topics: Mapping[str, Topic], language: Language
) -> dict[str, Any]:
    """Return the score of some claims, in all and by topic, with what each number means."""
    return {
        **_describe_numbers(score_claims(claims, topics)),
        "topics": {
            topic: _describe_numbers(score) for topic, score in score_topics(claims, topics).items()
        },
        "definitions": dict(load_messages(language).table["definitions"]),
    }


def _describe_numbers(score: Score) -> dict[str, Any]:
    return {
        "claims": score.claims,
        "found": score.found,
        "from_summaries": score.from_summaries,
        "disputed": score.disputed,
        "distribution": dict(score.counts),
        "scored": score.scored,
        "inventions": score.counts["invented"],
        "coverage": score.coverage,
        "agreement": asdict(score.agreement),
        "basis": score.basis,
        "withheld": list(score.withheld),
        "index": score.index,
        "bounds": asdict(score.bounds) if score.bounds else None,
        "interval": asdict(score.interval) if score.interval else None,
        "presets": {name: asdict(reading) for name, reading in score.presets.items()}
        if score.presets
        else None,
        "movers": [asdict(mover) for mover in score.movers],
    }


def _describe_episode(outcome: Outcome) -> dict[str, Any]:
    track = outcome.track
    return {
        "work": outcome.episode.work,
        "id": _write_episode(outcome.episode.id),
        "ids": [str(episode) for episode in outcome.episode.ids],
        "film": outcome.episode.is_film,
        "posterior": [
            {"id": str(episode), "probability": share}
            for episode, share in outcome.episode.posterior.items()
        ],
        "language": track.language,
        "file": track.name,
        "encoding": track.encoding,
        "encoding_certainty": track.encoding_certainty,
        "cues": len(track.cues),
        "duration_ms": track.duration_ms,
        "repairs": [
            {"line": repair.line, "kind": repair.code, "what": repair.message}
            for repair in track.repairs
        ],
    }


def _write_episode(episode: EpisodeId | None) -> str | None:
    return str(episode) if episode else None


def _describe_claim(claim: JudgedClaim) -> dict[str, Any]:
    return {
        "name": claim.name,
        "id": claim.id,
        "topic": claim.topic or None,
        "depiction": claim.depiction or None,
        "episodes": [str(episode) for episode in claim.episodes],
        "text": dict(sorted(claim.text.items())),
        "seen": claim.seen,
        "weight": claim.weight,
        "verdict": claim.verdict,
        "disputed": claim.is_disputed,
        "found": claim.is_found,
        "ratings": [_describe_judgement(judgement) for judgement in claim.judgements],
    }


def _describe_judgement(judgement: Judgement) -> dict[str, Any]:
    second = judgement.second
    return {
        "topic": judgement.topic,
        "notes": list(judgement.notes),
        "verdicts": list(judgement.verdicts),
        "confidence": judgement.confidence,
        "second": {
            "verdict": second.verdict,
            "confidence": second.confidence,
            "reason": dict(sorted(second.reason.items())),
        }
        if second
        else None,
    }


def _list_episodes(claim: JudgedClaim | None) -> list[str]:
    return [str(episode) for episode in claim.episodes] if claim else []


def _name_claim(claim: JudgedClaim | None) -> str | None:
    return claim.name if claim else None


def _describe_passage(passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {
        "depiction": passage.depiction or None,
        "start_ms": passage.start_ms,
        "end_ms": passage.end_ms,
    }


def _describe_annotation(
    annotation: Annotation, names: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    note, moment = annotation.note, annotation.moment
    return {
        "topic": annotation.topic,
        "note": note.id,
        "kind": note.kind,
        "verdict": note.verdict,
        "confidence": note.confidence,
        "departures": list(note.departures),
        "weight": note.weight,
        "disputed": note.disputed,
        "spoiler": _write_episode(note.spoiler),
        "passage": _describe_passage(annotation.passage),
        "moment_ms": moment.start_ms,
        "moment_end_ms": moment.end_ms,
        "first_cue": moment.first_cue,
        "last_cue": moment.last_cue,
        "strength": moment.strength,
        "evidence": [asdict(evidence) for evidence in moment.evidence],
        "text": {tag: _describe_text(text) for tag, text in sorted(note.texts.items())},
        "citations": [
            {
                **asdict(citation),
                "source": names.get((annotation.topic, citation.source), citation.source),
            }
            for citation in note.citations
        ],
    }


def _describe_unplaced(missed: Unplaced) -> dict[str, Any]:
    return {
        "topic": missed.topic,
        "note": missed.note.id,
        # in one language whatever the reader's: data has the codes for all others
        "missing": describe_reasons(missed.reasons, load_messages(FALLBACK)),
        "reasons": [asdict(reason) for reason in missed.reasons],
    }


def _describe_text(text: NoteText) -> dict[str, Any]:
    fields = asdict(text)
    del fields["exempt"]  # an answer to `check`, not to readers
    return fields


def _describe_source(source: Source) -> dict[str, Any]:
    fields = asdict(source)
    del fields["id"]  # it is the key, where two topics disagree with the topic before it
    return fields
