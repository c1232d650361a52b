"""`headnotes explain`: why notes stand where they stand, or nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click
from attrs import asdict

from headnotes.anchoring import (
    PRIORS,
    THRESHOLD,
    Candidate,
    IndexedTrack,
    explain_candidate,
    index_track,
)
from headnotes.app import Headnotes
from headnotes.cli.commands import Command
from headnotes.cli.inputs import PATH
from headnotes.cli.options import Reading, lang_option, pick, recognising_options
from headnotes.cli.recognised import (
    describe_recognised,
    find_parts,
    reasons_of_episode,
    reasons_of_work,
)
from headnotes.cli.session import Session
from headnotes.engine import Examination
from headnotes.issues import Issue, TermError, UsageError, near_name
from headnotes.languages import FALLBACK, Messages, abridge_term, describe_reasons, load_messages
from headnotes.matching import Matcher, parse_term
from headnotes.model import (
    Annotation,
    Depiction,
    Evidence,
    Headnote,
    Moment,
    Note,
    Outcome,
    Passage,
    Reason,
    Topic,
)
from headnotes.recognition import DOUBTS
from headnotes.text import printable, write_json
from headnotes.times import format_clock

_LeftOut = Mapping[int, Reason]
"""Why annotations are not on screen where the viewer asks for nothing special, by identity."""

_SCHEMA = "headnotes-explain/1"
"""Name and version of the data, which `reports/schema/explain-1.schema.json` describes."""


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
    """Explain what a track was taken for, and where its notes stand; for one of them, why.

    Without a name it gives an overview, with -v each note as if it had been asked for. If a note
    has a place but is not on screen by default, it says why.
    """
    described = () if form == "json" else DOUBTS
    session = Session(pick(Reading, {**chosen, "paths": (track,)}), described)
    wanted = _find_notes(session.notes.topics, note)
    shown = {} if wanted else _find_depictions(session.notes, note or "")
    data: list[dict[str, Any]] = []
    for _, outcome in session.outcomes():
        messages = load_messages(lang or outcome.track.language or FALLBACK)
        indexed = session.notes.engine.index(outcome.track, outcome.episode)
        examined = session.notes.engine.examine(indexed, outcome.episode, wanted)
        is_overview = note is None and form != "json" and not session.reading.verbose
        if note is None and not is_overview:
            of_interest = [exam for exam in examined if _is_of_interest(exam, outcome)]
            examined = tuple(sorted(of_interest, key=lambda exam: exam.expectation != "expected"))
        depicted = session.notes.engine.examine_depictions(indexed, outcome, shown)
        planned = session.notes.plan(outcome, language=lang).on_screen
        left_out = {id(entry.annotation): entry.reason for entry in planned.left_out}
        if form == "json":
            data += [_describe(exam, outcome, indexed, messages, left_out) for exam in examined]
            data += [_describe_depicted(exam, outcome, indexed, messages) for exam in depicted]
        elif is_overview:
            for line in _give_overview(outcome, examined, messages, left_out):
                click.echo(printable(line))
        else:
            _print(outcome, (examined, depicted), indexed, messages, left_out)
    if form == "json":
        click.echo(write_json(data, indent=2))
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


def _give_overview(
    outcome: Outcome,
    examined: Iterable[Examination],
    messages: Messages,
    left_out: _LeftOut,
) -> Iterator[str]:
    """Yield what a track is, a line for each placed or outbid note, and counts of the rest."""
    yield from describe_recognised(outcome, messages)
    placed = [_list_placed(annotation, messages, left_out) for annotation in outcome.annotations]
    outbid: list[str] = []
    rest: Counter[str] = Counter()
    for exam in examined:
        if not exam.admitted or annotations_of(exam, outcome):
            continue
        if rival := _find_rival(exam, outcome):
            name, rival = f"{exam.topic}/{exam.note.id}", messages.quote((rival,))
            outbid.append(messages.text("explain.overview_rival", note=name, rival=rival))
        else:
            rest[exam.expectation] += 1
    for key, lines in (("placed", placed), ("outbid", outbid)):
        if lines:
            yield ""
            yield messages.text(f"explain.overview_{key}", count=len(lines))
            yield from (f"    {line}" for line in lines)
    counts = [messages.text(f"explain.rest_{key}", count=rest[key]) for key in PRIORS if rest[key]]
    if counts:
        yield ""
        yield messages.text("explain.overview_rest", counts=", ".join(counts))
    yield ""
    yield messages.text("explain.one_note")


def _list_placed(annotation: Annotation, messages: Messages, left_out: _LeftOut) -> str:
    """Return where a note stands, and by which words, in one line."""
    spoken = dict.fromkeys(found.text for found in annotation.moment.evidence)
    line = messages.text(
        "explain.overview_note",
        time=format_clock(annotation.moment.start_ms),
        note=f"{annotation.topic}/{annotation.note.id}",
        words=messages.quote(spoken) or messages.text("explain.by_code"),
    )
    if id(annotation) in left_out:
        return messages.text("explain.overview_not_on_screen", line=line)
    return line


def _find_rival(exam: Examination, outcome: Outcome) -> str | None:
    """Return the depiction that took the best place of one that a note is about."""
    rivals = (outcome.rivals.get(name) for name in exam.note.depictions)
    return next(filter(None, rivals), None)


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
        lines = _explain_place(annotation, outcome, track, messages)
        yield from (f"    {line}" for line in lines)
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


def _explain_place(
    annotation: Annotation, outcome: Outcome, track: IndexedTrack, messages: Messages
) -> Iterator[str]:
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
        text = messages.quote((found.text,))
        term = abridge_term(found.term, _find_alternative(found, track))
        yield messages.text("explain.evidence", text=text, cue=found.cue, term=term)
    if not evidence:
        yield messages.text("explain.by_code")


def _find_alternative(found: Evidence, track: IndexedTrack) -> str:
    """Return the alternative of a term that was spoken; empty where its cues do not show it."""
    if "|" not in found.term:
        return ""
    alternatives = [alternative.strip() for alternative in found.term.split("|")]
    cues = track.tokens.cues
    at = next((at for at, cue in enumerate(cues) if cue.number == found.cue), 0)
    try:
        matcher = Matcher(map(parse_term, alternatives))
    except TermError:  # what code of plugins calls a term need not be one
        return ""
    # a phrase may run on into the next cue
    around = index_track(cues[at : at + 2], matcher, track.language)
    spoken = (
        alternative
        for alternative in alternatives
        if found.text in map(around.quote, around.occurrences(alternative))
    )
    return next(spoken, "")


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
        "schema": _SCHEMA,
        "file": outcome.track.name,
        "topic": exam.topic,
        "note": exam.note.id,
        "admitted": exam.admitted,
        "expectation": exam.expectation,
        "placed": [
            {
                **asdict(annotation.moment),
                "passage": _describe_passage(annotation.passage),
                "left_out": _describe_left_out(left_out.get(id(annotation))),
            }
            for annotation in placed
        ],
        "episode": _describe_episode(outcome),
        "recap": _describe_passage(outcome.recap),
        "outbid_by": _find_rival(exam, outcome),
        "rivals": {name: outcome.rivals[name] for name in sorted(outcome.rivals)},
        "reasons": _describe_reasons(reasons),
        "message": describe_reasons(reasons, messages),
        "threshold": THRESHOLD,
        "candidate": _describe_candidate(exam.candidate, track) if exam.candidate else None,
    }


def _describe_episode(outcome: Outcome) -> dict[str, Any]:
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


def _describe_depicted(
    exam: Examination, outcome: Outcome, track: IndexedTrack, messages: Messages
) -> dict[str, Any]:
    described = _describe(exam, outcome, track, messages, {})
    del described["topic"], described["note"], described["placed"]
    passage = passage_of(exam, outcome)
    return {
        "schema": described.pop("schema"),
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
