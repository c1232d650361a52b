"""What is recognised at one time of a track, which notes are near it, and which were not placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import asdict

from headnotes.anchoring import THRESHOLD
from headnotes.cli.explained import (
    describe_episode,
    describe_note,
    describe_passage,
    describe_played,
    describe_track,
)
from headnotes.cli.explaining import (
    describe_absence,
    describe_expectation,
    describe_left_out,
    describe_place,
    describe_span,
    describe_strength,
    explain_passage,
    list_place,
    list_words,
)
from headnotes.cli.findings import Findings
from headnotes.cli.recognised import describe_recognised
from headnotes.engine import Examination
from headnotes.languages import describe_reason
from headnotes.model import Annotation, Cue, Passage, Reason
from headnotes.times import MINUTE_MS, format_clock
from headnotes.values import frozen

NEAR_MS = MINUTE_MS
"""So far from the time asked for, a note is still looked for: people remember no seconds."""


@frozen(kw_only=True)
class AtTime:
    """What there is at one time of a track.

    Attributes:
        cue: spoken then; `None`: nobody speaks.
        passages: of depictions that play then.
        before, after: of the others the one that ends last before it, and the one that begins first
            after it; `None`: there is none.
        placed: notes whose passage plays then, that are on screen then, or whose moment is near,
            by moment.
        missed: notes without a place of which words are spoken near it, where they came closest to
            one, or whose place one of the passages took.
    """

    time_ms: int
    cue: Cue | None
    passages: tuple[Passage, ...]
    before: Passage | None
    after: Passage | None
    placed: tuple[tuple[Examination, Annotation], ...]
    missed: tuple[Examination, ...]


def look_at(time_ms: int, findings: Findings, examined: Iterable[Examination]) -> AtTime:
    """Return what there is at one time of a track.

    Args:
        time_ms: from the start of the film.
        findings: of the track.
        examined: all notes.
    """
    played = [passage for passage in findings.outcome.passages if passage.depiction]
    now = tuple(passage for passage in played if passage.start_ms <= time_ms <= passage.end_ms)
    past = (passage for passage in played if passage.end_ms < time_ms)
    to_come = (passage for passage in played if passage.start_ms > time_ms)
    cues = (cue for cue in findings.track.tokens.cues if cue.start_ms <= time_ms <= cue.end_ms)
    exams = tuple(examined)
    placed = [
        (exam, annotation)
        for exam in exams
        for annotation in findings.annotations_of(exam)
        if annotation.passage in now or _is_near(annotation, time_ms, findings)
    ]
    return AtTime(
        time_ms=time_ms,
        cue=next(cues, None),
        passages=now,
        before=max(past, key=lambda passage: passage.end_ms, default=None),
        after=min(to_come, key=lambda passage: passage.start_ms, default=None),
        placed=tuple(sorted(placed, key=lambda found: found[1].moment.start_ms)),
        missed=tuple(exam for exam in exams if _is_missed(exam, time_ms, now, findings)),
    )


def _is_near(annotation: Annotation, time_ms: int, findings: Findings) -> bool:
    """Whether a note is on screen at a time, or has its moment close to it."""
    moment, headnote = annotation.moment, findings.headnote_of(annotation)
    is_shown = headnote is not None and headnote.start_ms <= time_ms <= headnote.end_ms
    return is_shown or moment.start_ms - NEAR_MS <= time_ms <= moment.end_ms + NEAR_MS


def _is_missed(exam: Examination, time_ms: int, now: Sequence[Passage], findings: Findings) -> bool:
    """Whether a note came closest to a place near a time or in what plays then, and has none."""
    candidate = exam.candidate
    if candidate is None or not exam.admitted or findings.annotations_of(exam):
        return False
    # single words are spoken anywhere, and say little of what is expected elsewhere
    if exam.expectation == "elsewhere" and not candidate.has_all_terms:
        return False
    if findings.find_rival(exam) in {passage.depiction for passage in now}:
        return True
    first_ms = min([time_ms - NEAR_MS, *(passage.start_ms for passage in now)])
    last_ms = max([time_ms + NEAR_MS, *(passage.end_ms for passage in now)])
    return any(first_ms <= spoken.at_ms <= last_ms for spoken in candidate.found)


# ------------------------------------------------------------------------------ in words


def explain_time(found: AtTime, findings: Findings) -> Iterator[str]:
    """Yield lines that say what there is at one time of a track."""
    messages = findings.messages
    yield from describe_recognised(findings.outcome, messages)
    yield ""
    yield _describe_spoken(found, findings)
    for passage in found.passages:
        yield from (f"    {line}" for line in _explain_played(passage, findings))
    if not found.passages:
        yield from (f"    {line}" for line in _explain_nothing(found, findings))
    yield ""
    yield messages.text("explain.notes_near", count=len(found.placed))
    for _, annotation in found.placed:
        words = dict.fromkeys(spoken.text for spoken in annotation.moment.evidence)
        yield f"    {list_place(annotation, words, messages)}"
        yield f"        {_describe_fate(annotation, findings)}"
    if found.missed:
        yield ""
        yield messages.text("explain.missed_near", count=len(found.missed))
        for exam in found.missed:
            yield f"    {exam.topic}/{exam.note.id}: {describe_expectation(exam, messages)}"
            yield f"        {describe_absence(exam, findings.outcome, findings.track, messages)}"


def _describe_spoken(found: AtTime, findings: Findings) -> str:
    """Return the time, and what is spoken then."""
    messages, time = findings.messages, format_clock(found.time_ms)
    if found.cue is not None:
        text = messages.quote((" ".join(found.cue.text.split()),))
        return messages.text("explain.spoken_at", time=time, text=text, cue=found.cue.number)
    end_ms = max((cue.end_ms for cue in findings.track.tokens.cues), default=0)
    if found.time_ms > end_ms:
        return messages.text("explain.after_end", time=time, end=format_clock(end_ms))
    return messages.text("explain.silent_at", time=time)


def _explain_played(passage: Passage, findings: Findings) -> Iterator[str]:
    """Yield where a depiction plays, by which words it was found, and how strong they are."""
    messages = findings.messages
    yield from explain_passage(passage, findings)
    yield messages.text("explain.passage_found")
    yield from list_words(findings.words_of(passage), findings)
    exam = findings.played[passage.depiction]
    if exam.candidate:
        strength = describe_strength(exam.candidate, messages)
        yield f"{strength}; {describe_expectation(exam, messages)}"


def _explain_nothing(found: AtTime, findings: Findings) -> Iterator[str]:
    """Yield that nothing plays at a time, and what plays before and after it."""
    messages, recap = findings.messages, findings.outcome.recap
    yield messages.text("explain.nothing_plays")
    if recap is not None and recap.start_ms <= found.time_ms <= recap.end_ms:
        yield describe_reason(Reason("recap", {"cue": recap.last_cue}), messages)
    for key, passage in (("passage_before", found.before), ("passage_after", found.after)):
        if passage is not None:
            place = describe_place(passage, messages, time=describe_span(passage, messages))
            depiction = messages.quote((passage.depiction,))
            yield messages.text(f"explain.{key}", depiction=depiction, place=place)


def _describe_fate(annotation: Annotation, findings: Findings) -> str:
    """Return when a placed note is on screen, or why it is not."""
    headnote = findings.headnote_of(annotation)
    if headnote is None:
        return describe_left_out(annotation, findings)
    span = describe_span(headnote, findings.messages)
    return findings.messages.text("preview.on_screen", span=span)


# ------------------------------------------------------------------------------- as data


def describe_time(found: AtTime, findings: Findings) -> dict[str, Any]:
    """Return what there is at one time of a track, as data."""
    exams = {id(exam): exam for exam, _ in found.placed}
    cue = found.cue
    return {
        **describe_track(findings),
        "time_ms": found.time_ms,
        "cue": asdict(cue, filter=lambda field, _: field.name in _OF_CUE) if cue else None,
        "passages": [describe_played(passage, findings) for passage in found.passages],
        "before": describe_passage(found.before),
        "after": describe_passage(found.after),
        "notes": [describe_note(exam, findings) for exam in (*exams.values(), *found.missed)],
        "episode": describe_episode(findings.outcome),
        "recap": describe_passage(findings.outcome.recap),
        "threshold": THRESHOLD,
    }


_OF_CUE = frozenset({"number", "start_ms", "end_ms", "text"})
