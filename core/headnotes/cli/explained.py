"""Explanations as data, which `reports/schema/explain-1.schema.json` describes."""

from __future__ import annotations

from typing import Any

from attrs import asdict

from headnotes.anchoring import THRESHOLD, Candidate, IndexedTrack, explain_candidate
from headnotes.cli.findings import Findings
from headnotes.cli.recognised import find_parts, reasons_of_episode, reasons_of_work
from headnotes.engine import Examination
from headnotes.languages import describe_reasons
from headnotes.model import Annotation, Outcome, Passage, Reason

_SCHEMA = "headnotes-explain/1"
"""Name and version of the data."""


def describe_note(exam: Examination, findings: Findings) -> dict[str, Any]:
    """Return what there is to say of one note."""
    placed = findings.annotations_of(exam)
    reasons = () if placed else exam.explain(findings.outcome, findings.track)
    candidate = exam.candidate
    return {
        **describe_track(findings),
        "topic": exam.topic,
        "note": exam.note.id,
        "admitted": exam.admitted,
        "expectation": exam.expectation,
        "placed": [_describe_place(annotation, findings) for annotation in placed],
        "episode": describe_episode(findings.outcome),
        "recap": describe_passage(findings.outcome.recap),
        "outbid_by": findings.find_rival(exam),
        "rivals": dict(sorted(findings.outcome.rivals.items())),
        "reasons": _describe_reasons(reasons),
        "message": describe_reasons(reasons, findings.messages),
        "threshold": THRESHOLD,
        "candidate": _describe_candidate(candidate, findings.track) if candidate else None,
    }


def describe_track(findings: Findings) -> dict[str, Any]:
    """Return what begins every explanation: the version of the contract, and the file."""
    return {"schema": _SCHEMA, "file": findings.outcome.track.name}


def _describe_place(annotation: Annotation, findings: Findings) -> dict[str, Any]:
    words = findings.words_of(annotation.passage)
    return {
        **asdict(annotation.moment),
        "passage": describe_passage(annotation.passage),
        "passage_evidence": [*map(asdict, words)],
        "left_out": _describe_left_out(findings.why_left_out(annotation)),
    }


def describe_episode(outcome: Outcome) -> dict[str, Any]:
    """Return what a track was taken for, and by what."""
    episode = outcome.episode
    return {
        "ids": [str(name) for name in episode.ids],
        "recognised_by": _describe_reasons(episode.recognised_by),
        "work_by": [reason.code for reason in reasons_of_work(episode)],
        "episode_by": [reason.code for reason in reasons_of_episode(episode)],
        "posterior": {str(name): share for name, share in episode.posterior.items()},
        "parts": [
            {"id": str(part.episode), "start_ms": part.start_ms, "end_ms": part.end_ms}
            for part in find_parts(outcome)
        ],
    }


def describe_depicted(exam: Examination, findings: Findings) -> dict[str, Any]:
    """Return what there is to say of one depiction."""
    described = describe_note(exam, findings)
    del described["topic"], described["note"], described["placed"]
    return {
        "schema": described.pop("schema"),
        "file": described.pop("file"),
        "work": exam.topic,
        "depiction": exam.note.id,
        "passage": describe_passage(findings.passage_of(exam)),
        **described,
    }


def describe_passage(passage: Passage | None) -> dict[str, Any] | None:
    """Return from when to when something plays."""
    if passage is None:
        return None
    return {**asdict(passage), "depiction": passage.depiction or None}


def describe_played(passage: Passage, findings: Findings) -> dict[str, Any]:
    """Return where a depiction plays, and by which words it was found."""
    exam = findings.played[passage.depiction]
    return {
        **asdict(passage),
        "evidence": [*map(asdict, findings.words_of(passage))],
        "strength": exam.candidate.strength if exam.candidate else 0.0,
        "expectation": exam.expectation,
    }


def _describe_left_out(reason: Reason | None) -> dict[str, Any] | None:
    return _describe_reasons((reason,))[0] if reason else None


def _describe_reasons(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    return [{"code": reason.code, **reason.parameters} for reason in reasons]


def _describe_candidate(candidate: Candidate, track: IndexedTrack) -> dict[str, Any]:
    cues = track.tokens.cues
    forbidden = candidate.forbidden_by
    return {
        "found": [
            {
                "cue": cues[occurrence.cue].number,
                "start_ms": occurrence.at_ms,
                "term": occurrence.term,
                "text": track.quote(occurrence),
                "information": round(occurrence.information, 3),
            }
            for occurrence in candidate.found
        ],
        "missing": list(candidate.missing),
        "lacking": candidate.lacking,
        "too_wide_by_s": candidate.too_wide_by_s,
        "blocked_by": {"cue": cues[forbidden.cue].number, "text": track.quote(forbidden)}
        if forbidden
        else None,
        "strength": candidate.strength,
        "is_moment": candidate.is_moment,
        "reasons": _describe_reasons(explain_candidate(candidate, track)),
    }
