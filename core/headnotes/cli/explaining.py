"""Explanations in words: where notes stand and why, line by line, in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from headnotes.anchoring import (
    PRIORS,
    THRESHOLD,
    Candidate,
    IndexedTrack,
    explain_candidate,
    index_track,
)
from headnotes.cli.findings import Findings
from headnotes.cli.recognised import describe_recognised
from headnotes.engine import Examination
from headnotes.issues import TermError
from headnotes.languages import Messages, abridge_term, describe_reasons
from headnotes.matching import Matcher, parse_term
from headnotes.model import Annotation, Evidence, Headnote, Moment, Outcome, Passage
from headnotes.times import format_clock


def explain_all(
    findings: Findings, examined: Iterable[Examination], depicted: Iterable[Examination]
) -> Iterator[str]:
    """Yield lines that say what a track is, then what was found of notes, then of depictions."""
    yield from describe_recognised(findings.outcome, findings.messages)
    for exams, explain in ((examined, _explain), (depicted, explain_depicted)):
        for exam in exams:
            yield ""
            yield from explain(exam, findings)


def give_overview(findings: Findings, examined: Iterable[Examination]) -> Iterator[str]:
    """Yield what a track is, a line for each placed or outbid note, and counts of the rest."""
    messages = findings.messages
    yield from describe_recognised(findings.outcome, messages)
    placed = [_list_placed(annotation, findings) for annotation in findings.outcome.annotations]
    outbid: list[str] = []
    rest: Counter[str] = Counter()
    for exam in examined:
        if not exam.admitted or findings.annotations_of(exam):
            continue
        if rival := findings.find_rival(exam):
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


def _list_placed(annotation: Annotation, findings: Findings) -> str:
    """Return where a note stands, by which words, and whether it is on screen, in one line."""
    line = list_place(annotation, findings.spoken_for(annotation), findings.messages)
    if findings.why_left_out(annotation):
        return findings.messages.text("explain.overview_not_on_screen", line=line)
    return line


def list_place(annotation: Annotation, words: Iterable[str], messages: Messages) -> str:
    """Return where a note stands, and by which words, in one line."""
    return messages.text(
        "explain.overview_note",
        time=format_clock(annotation.moment.start_ms),
        note=f"{annotation.topic}/{annotation.note.id}",
        words=messages.quote(words) or messages.text("explain.by_code"),
    )


def _explain(exam: Examination, findings: Findings) -> Iterator[str]:
    """Yield lines that say where a note stands and why, or why it stands nowhere."""
    messages, name = findings.messages, f"{exam.topic}/{exam.note.id}"
    placed = findings.annotations_of(exam)
    for annotation in placed:
        place = describe_place(annotation.moment, messages)
        yield messages.text("explain.placed", note=name, place=place)
        yield from (f"    {line}" for line in _explain_place(annotation, findings))
        if left_out := describe_left_out(annotation, findings):
            yield f"    {left_out}"
    if placed:
        # what is expected of its passage counts there, not what is of the note
        expected = findings.depicted_by(placed[0].passage) or exam
        strength = describe_strength(placed[0].moment, messages)
        yield f"    {strength}; {describe_expectation(expected, messages)}"
    else:
        expectation = describe_expectation(exam, messages)
        yield messages.text("explain.not_placed", note=name, expectation=expectation)
        yield f"    {describe_absence(exam, findings.outcome, findings.track, messages)}"


def explain_depicted(exam: Examination, findings: Findings) -> Iterator[str]:
    """Yield lines that say where something shown plays and why, or why it plays nowhere."""
    messages, track = findings.messages, findings.track
    name, expectation = f"{exam.topic}/{exam.note.id}", describe_expectation(exam, messages)
    passage = findings.passage_of(exam)
    if passage is None or exam.candidate is None:
        yield messages.text("explain.not_placed", note=name, expectation=expectation)
        yield f"    {describe_absence(exam, findings.outcome, track, messages)}"
        return
    place = describe_place(passage, messages, time=describe_span(passage, messages))
    yield messages.text("explain.placed", note=name, place=place)
    yield f"    {describe_reasons(explain_candidate(exam.candidate, track), messages)}"
    yield f"    {describe_strength(exam.candidate, messages)}; {expectation}"


def _explain_place(annotation: Annotation, findings: Findings) -> Iterator[str]:
    """Yield the passage of an annotation, what competed for it, and the words that were spoken."""
    passage, evidence = annotation.passage, annotation.moment.evidence
    messages, words = findings.messages, findings.words_of(annotation.passage)
    if passage is not None and passage.depiction:
        yield from explain_passage(passage, findings)
    if words and words != evidence:
        yield messages.text("explain.passage_found")
        yield from list_words(words, findings)
        yield messages.text("explain.own_words")
    yield from list_words(evidence, findings)
    if not evidence:
        yield messages.text("explain.by_code")


def explain_passage(passage: Passage, findings: Findings) -> Iterator[str]:
    """Yield where a depiction plays, and what competed for that place."""
    messages, rivals = findings.messages, findings.outcome.rivals
    depiction = passage.depiction
    place = describe_place(passage, messages, time=describe_span(passage, messages))
    yield messages.text("explain.passage", depiction=messages.quote((depiction,)), place=place)
    if outbid := [lost for lost, rival in rivals.items() if rival == depiction]:
        yield messages.text("explain.rivals", depictions=messages.quote(outbid))
    if depiction in rivals:
        rival = messages.quote((rivals[depiction],))
        yield messages.text("explain.second_best", rival=rival)


def list_words(evidence: Iterable[Evidence], findings: Findings) -> Iterator[str]:
    """Yield a line for each term that was spoken."""
    messages = findings.messages
    for found in evidence:
        text = messages.quote((found.text,))
        term = abridge_term(found.term, _find_alternative(found, findings.track))
        yield messages.text("explain.evidence", text=text, cue=found.cue, term=term)


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


def describe_left_out(annotation: Annotation, findings: Findings) -> str:
    """Return why a placed note is by default not on screen; empty where it is."""
    reason, messages = findings.why_left_out(annotation), findings.messages
    if reason is None:
        return ""
    return messages.text("explain.not_on_screen", reason=describe_reasons((reason,), messages))


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
