"""`headnotes explain`: why notes stand where they stand, or nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click
from attrs import asdict
from attrs.filters import exclude

from headnotes.anchoring import THRESHOLD, Candidate, IndexedTrack, explain_candidate
from headnotes.app import Headnotes
from headnotes.cli.commands import Command
from headnotes.cli.inputs import PATH
from headnotes.cli.options import Reading, lang_option, pick, recognising_options
from headnotes.cli.session import Session
from headnotes.engine import Examination
from headnotes.issues import Issue, UsageError, near_name
from headnotes.languages import FALLBACK, Messages, abridge_term, describe_reasons, load_messages
from headnotes.model import (
    Annotation,
    Depiction,
    Headnote,
    Moment,
    Note,
    Outcome,
    Passage,
    Reason,
    Topic,
)
from headnotes.text import printable, write_json
from headnotes.times import format_clock

_LeftOut = Mapping[int, Reason]
"""Why annotations are not on screen where the viewer asks for nothing special, by identity."""

_ON_THEIR_OWN = ("episode-contradicted", "episode-unlisted")
"""What speaks against an episode's number; it gets a line of its own."""

_MOST_LIKELY = 3
"""Of episodes that a track may be, so many are listed: where only a season is known, all of it."""


@click.command(
    "explain",
    cls=Command,
    epilog="Example: headnotes explain S01E04.en.srt women-on-the-balcony",
)
@click.argument("track", type=PATH)
@click.argument("note", metavar="[NOTE|CLAIM|DEPICTION]", required=False)
@lang_option
@recognising_options
@click.option("--format", "form", type=click.Choice(("terminal", "json")), default="terminal")
def command(track: Path, note: str | None, lang: str | None, form: str, **chosen: Any) -> int:  # noqa: ANN401
    """Explain for each note of a track, or for one of them, what was found and what was missing.

    Of a note that has a place and is not on screen by default it says why.
    """
    session = Session(pick(Reading, {**chosen, "paths": (track,)}))
    wanted = _find_notes(session.notes.topics, note)
    shown = {} if wanted else _find_depictions(session.notes, note or "")
    described: list[dict[str, Any]] = []
    for _, outcome in session.outcomes():
        messages = load_messages(lang or outcome.track.language or FALLBACK)
        indexed = session.notes.engine.index(outcome.track, outcome.episode)
        examined = session.notes.engine.examine(indexed, outcome.episode, wanted)
        if note is None:
            of_interest = [exam for exam in examined if _is_of_interest(exam, outcome)]
            examined = tuple(sorted(of_interest, key=lambda exam: exam.expectation != "expected"))
        depicted = session.notes.engine.examine_depictions(indexed, outcome, shown)
        planned = session.notes.plan(outcome, language=lang).on_screen
        left_out = {id(entry.annotation): entry.reason for entry in planned.left_out}
        if form == "json":
            described += [
                _describe(exam, outcome, indexed, messages, left_out) for exam in examined
            ]
            described += [_describe_depicted(exam, outcome, indexed, messages) for exam in depicted]
        else:
            _print(outcome, (examined, depicted), indexed, messages, left_out)
    if form == "json":
        click.echo(write_json(described, indent=2))
    return session.status


def _find_notes(topics: Mapping[str, Topic], name: str | None) -> dict[str, tuple[Note, ...]]:
    """Return the notes of all topics, or those of one name: of a note, else of what they judge.

    A name is `note` or `topic/note`; that of a claim is what reports call it.
    """
    if name is None:
        return {topic.id: topic.notes for topic in topics.values()}
    for key in ("id", "judges"):
        found = {
            topic.id: tuple(
                note
                for note in topic.notes
                if name in ((called := getattr(note, key)), f"{topic.id}/{called}")
            )
            for topic in topics.values()
        }
        if any(found.values()):
            break
    return {topic: notes for topic, notes in found.items() if notes}


def _find_depictions(notes: Headnotes, name: str) -> dict[str, tuple[Depiction, ...]]:
    """Return the depictions of one name, `depiction` or `work/depiction`, by work.

    Raises:
        UsageError: no depiction has it; and no note, or there would be no need to ask.
    """
    works = notes.works
    found = {
        work.id: tuple(
            shown for shown in work.depictions if name in (shown.id, f"{work.id}/{shown.id}")
        )
        for work in works.values()
    }
    found = {work: shown for work, shown in found.items() if shown}
    if not found and name:
        known = [note.id for topic in notes.topics.values() for note in topic.notes]
        known += [shown.id for work in works.values() for shown in work.depictions]
        hint = f"{near_name(name, known)}`headnotes topics TOPIC` lists a topic's notes"
        raise UsageError(
            Issue(path="note", code="unknown-note", message=f"unknown {name!r}", hint=hint)
        )
    return found


def _is_of_interest(exam: Examination, outcome: Outcome) -> bool:
    """Leave out, where all notes are explained, those that nothing in this track speaks for."""
    if annotations_of(exam, outcome):
        return True
    if not exam.admitted or exam.expectation == "expected":
        return exam.admitted
    return exam.candidate is not None and exam.candidate.has_all_terms


def annotations_of(exam: Examination, outcome: Outcome) -> list[Annotation]:
    """Return where an examined note was placed."""
    return [
        annotation
        for annotation in outcome.annotations
        if (annotation.topic, annotation.note.id) == (exam.topic, exam.note.id)
    ]


# ------------------------------------------------------------------------------ in words


def _print(
    outcome: Outcome,
    examined: tuple[tuple[Examination, ...], tuple[Examination, ...]],
    track: IndexedTrack,
    messages: Messages,
    left_out: _LeftOut,
) -> None:
    """Print what was found of notes, then of depictions."""
    explainers: tuple[Callable[..., Iterator[str]], ...] = (
        partial(_explain, left_out=left_out),
        explain_depicted,
    )
    for line in describe_recognised(outcome, messages):
        click.echo(printable(line))
    for exams, explain in zip(examined, explainers, strict=True):
        for exam in exams:
            click.echo()
            for line in explain(exam, outcome, track, messages):
                click.echo(printable(line))


def describe_recognised(outcome: Outcome, messages: Messages) -> Iterator[str]:
    """Yield lines that say what a track was taken for, and what speaks for and against it."""
    episode, name = outcome.episode, outcome.track.name
    cues = messages.plural("cues", len(outcome.track.cues))
    if episode.work is None:
        yield messages.text("explain.unrecognised", track=name, cues=cues)
        return
    missing = messages.text("film" if episode.is_film else "unknown_episode")
    ids = " + ".join(map(str, episode.ids)) or f"({missing})"
    reasons: list[Reason] = []
    doubts: list[Reason] = []
    for reason in episode.recognised_by:
        (doubts if reason.code in _ON_THEIR_OWN else reasons).append(reason)
    yield messages.text(
        "explain.recognised",
        track=name,
        name=f"{episode.work} {ids}",
        reasons=describe_reasons(reasons, messages),
        cues=cues,
    )
    if doubts:
        yield f"    {describe_reasons(doubts, messages)}"
    if episode.posterior:
        likeliest = list(episode.posterior.items())[:_MOST_LIKELY]
        likely = (f"{known} {messages.percent(share)}" for known, share in likeliest)
        yield f"    {messages.text('explain.likely', episodes=', '.join(likely))}"
    if outcome.recap is not None:
        end, time = outcome.recap.last_cue, format_clock(outcome.recap.end_ms)
        yield f"    {messages.text('explain.recap', cue=end, time=time)}"


def _explain(
    exam: Examination,
    outcome: Outcome,
    track: IndexedTrack,
    messages: Messages,
    left_out: _LeftOut,
) -> Iterator[str]:
    """Yield lines that say where a note stands and why, or why it stands nowhere."""
    name, expectation = f"{exam.topic}/{exam.note.id}", describe_expectation(exam, messages)
    placed = annotations_of(exam, outcome)
    for annotation in placed:
        place = describe_place(annotation.moment, messages)
        yield messages.text("explain.placed", note=name, place=place)
        yield from (f"    {line}" for line in _explain_place(annotation, outcome, messages))
        if reason := left_out.get(id(annotation)):
            why = describe_reasons((reason,), messages)
            yield f"    {messages.text('explain.not_on_screen', reason=why)}"
    if placed:
        strength = describe_strength(placed[0].moment, messages)
        yield f"    {strength}; {expectation}"
    else:
        yield messages.text("explain.not_placed", note=name, expectation=expectation)
        yield f"    {describe_absence(exam, outcome, track, messages)}"


def explain_depicted(
    exam: Examination, outcome: Outcome, track: IndexedTrack, messages: Messages
) -> Iterator[str]:
    """Yield lines that say where something shown plays and why, or why it plays nowhere."""
    name, expectation = f"{exam.topic}/{exam.note.id}", describe_expectation(exam, messages)
    passage = passage_of(exam, outcome)
    if passage is None or exam.candidate is None:
        yield messages.text("explain.not_placed", note=name, expectation=expectation)
        yield f"    {describe_absence(exam, outcome, track, messages)}"
        return
    place = describe_place(passage, messages, time=describe_span(passage, messages))
    yield messages.text("explain.placed", note=name, place=place)
    yield f"    {describe_reasons(explain_candidate(exam.candidate, track), messages)}"
    yield f"    {describe_strength(exam.candidate, messages)}; {expectation}"


def passage_of(exam: Examination, outcome: Outcome) -> Passage | None:
    """Return where an examined depiction plays; `None`: nowhere."""
    played = (passage for passage in outcome.passages if passage.depiction == exam.note.id)
    return next(played, None) if exam.admitted else None


def _explain_place(annotation: Annotation, outcome: Outcome, messages: Messages) -> Iterator[str]:
    """Yield the passage of an annotation, what competed for it, and the words that were spoken."""
    passage, evidence = annotation.passage, annotation.moment.evidence
    if passage is not None and passage.depiction:
        depiction, rivals = passage.depiction, outcome.rivals
        place = describe_place(passage, messages, time=describe_span(passage, messages))
        yield messages.text("explain.passage", depiction=messages.quote((depiction,)), place=place)
        if outbid := [lost for lost, rival in rivals.items() if rival == depiction]:
            yield messages.text("explain.rivals", depictions=messages.quote(outbid))
        if depiction in rivals:
            rival = messages.quote((rivals[depiction],))
            yield messages.text("explain.second_best", rival=rival)
    for found in evidence:
        text, term = messages.quote((found.text,)), abridge_term(found.term)
        yield messages.text("explain.evidence", text=text, cue=found.cue, term=term)
    if not evidence:
        yield messages.text("explain.by_code")


def describe_absence(
    exam: Examination, outcome: Outcome, track: IndexedTrack, messages: Messages
) -> str:
    """Return what came closest to a note's place, and what was wrong with it."""
    reasons = describe_reasons(exam.explain(outcome, track), messages)
    if exam.candidate is None:
        return reasons
    key = "explain.here" if exam.candidate.is_moment else "explain.nearest"
    return messages.text(key, reasons=reasons)


def describe_strength(found: Moment | Candidate, messages: Messages) -> str:
    """Return how strong the evidence for a moment is, and how strong it must be."""
    strength, wanted = map(messages.decimal, (found.strength, THRESHOLD))
    return messages.text("explain.strength", strength=strength, wanted=wanted)


def describe_expectation(exam: Examination, messages: Messages) -> str:
    """Return how a note stands to the episode, or that it is about another work."""
    if not exam.admitted:
        return messages.text("explain.not_admitted")
    episodes = ", ".join(map(str, exam.note.episodes))
    if not episodes and exam.expectation == "expected":
        return messages.text("explain.in_film")
    key = exam.expectation if episodes or exam.expectation != "unknown" else "anywhere"
    return messages.text(f"explain.{key}", episodes=episodes)


def describe_span(span: Passage | Headnote, messages: Messages) -> str:
    """Return from when to when something lasts."""
    start, end = format_clock(span.start_ms), format_clock(span.end_ms)
    return messages.text("explain.span", start=start, end=end)


def describe_place(place: Moment | Passage, messages: Messages, time: str = "") -> str:
    """Return where something is: its time (by default its start) and its cues."""
    key = "at_cue" if place.first_cue == place.last_cue else "at_cues"
    time = time or format_clock(place.start_ms)
    return messages.text(f"explain.{key}", time=time, first=place.first_cue, last=place.last_cue)


# ------------------------------------------------------------------------------- as data


def _describe(
    exam: Examination,
    outcome: Outcome,
    track: IndexedTrack,
    messages: Messages,
    left_out: _LeftOut,
) -> dict[str, Any]:
    placed = annotations_of(exam, outcome)
    reasons = () if placed else exam.explain(outcome, track)
    return {
        "file": outcome.track.name,
        "topic": exam.topic,
        "note": exam.note.id,
        "admitted": exam.admitted,
        "expectation": exam.expectation,
        "placed": [
            {
                **asdict(annotation.moment, filter=exclude("evidence")),
                "passage": _describe_passage(annotation.passage),
                "left_out": _describe_left_out(left_out.get(id(annotation))),
            }
            for annotation in placed
        ],
        "episode": {
            "ids": [str(name) for name in outcome.episode.ids],
            "recognised_by": _describe_reasons(outcome.episode.recognised_by),
            "posterior": {str(name): share for name, share in outcome.episode.posterior.items()},
        },
        "recap": _describe_passage(outcome.recap),
        "rivals": {name: outcome.rivals[name] for name in sorted(outcome.rivals)},
        "reasons": _describe_reasons(reasons),
        "message": describe_reasons(reasons, messages),
        "threshold": THRESHOLD,
        "candidate": _describe_candidate(exam.candidate, track) if exam.candidate else None,
    }


def _describe_depicted(
    exam: Examination, outcome: Outcome, track: IndexedTrack, messages: Messages
) -> dict[str, Any]:
    described = _describe(exam, outcome, track, messages, {})
    del described["topic"], described["note"], described["placed"]
    passage = passage_of(exam, outcome)
    return {
        "file": described.pop("file"),
        "work": exam.topic,
        "depiction": exam.note.id,
        "passage": _describe_passage(passage),
        **described,
    }


def _describe_passage(passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {**asdict(passage), "depiction": passage.depiction or None}


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
