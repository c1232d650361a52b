"""Whether every verdict names its claim, and every claim is rated twice and counted somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from headnotes.authoring.notes import check_languages, within
from headnotes.issues import Issue, near_name
from headnotes.model import Note, Topic, Work
from headnotes.scoring import JudgedClaim, judge_claims
from headnotes.topics import Found, known_claims


def check_claims(topic: Topic, work: Work) -> Iterator[Found]:
    """Find what is to correct between the notes of a topic and what they judge.

    What a first topic need not have yet (named claims, a second rating) only the strict check
    asks for.
    """
    known = known_claims(topic, work)
    shown = {claim.id for depiction in work.depictions for claim in depiction.claims}
    judged = {note.claim for note in topic.notes}
    for position, claim in enumerate(topic.claims):
        path = ("claims", position)
        missing = check_languages(claim.text, topic.title, "add {} = …", ("text",))
        yield from within(path, claim.id, missing)
        if claim.id in shown:
            message, hint = f"{work.id!r} makes a claim of this id", "name that one, or rename this"
            yield path, Issue(key=claim.id, code="taken-claim", message=message, hint=hint)
        if claim.id not in judged:
            message, hint = "is judged by no note", "judge it or remove it"
            yield path, Issue(key=claim.id, code="idle-claim", message=message, hint=hint)
    places = {note.id: position for position, note in enumerate(topic.notes)}
    for note in topic.notes:
        found = _check_note(note, known, work)
        yield from within(("notes", places[note.id]), note.id, found)
    for claim_judged in judge_claims(work, {topic.id: topic}):
        first = claim_judged.judgements[0].notes[0]
        # of a topic that can be checked only the ratings have issues, and cost them all
        found = _check_judged(claim_judged, work, is_unread=bool(topic.issues))
        yield from within(("notes", places[first]), first, found)


def _check_note(note: Note, known: list[str], work: Work) -> Iterator[Found]:
    if note.claim and note.claim not in known:
        message = f"unknown claim {note.claim!r}"
        hint = f"{near_name(note.claim, known)}`headnotes topics {work.id}` lists them"
        yield ("claim",), Issue(code="unknown-claim", message=message, hint=hint)
    elif note.verdict and not note.claim:
        message = "a verdict on no named claim"
        hint = "name what it judges: claim = … of its work, or of [[claims]] here"
        yield (
            ("verdict",),
            Issue(code="unnamed-claim", level="warning", message=message, hint=hint),
        )


def _check_judged(claim: JudgedClaim, work: Work, *, is_unread: bool) -> Iterator[Found]:
    (judgement,) = claim.judgements
    if claim.is_disputed:
        notes = ", ".join(judgement.notes)
        message = f"claim {claim.id!r} is judged differently by {notes}, so it is not scored"
        yield _warn("disputed-claim", message, "judge it alike, or split the claim")
    if not claim.is_rated_twice and not is_unread:
        message = f"claim {claim.id!r} is rated once"
        hint = "let somebody who has not seen the verdict rate it, in ratings.toml"
        yield _warn("rated-once", message, hint)
    if work.episodes and not claim.episodes:
        message = f"claim {claim.id!r} counts in no episode"
        yield _warn("uncounted-claim", message, "list the episodes that make it")


def _warn(code: str, message: str, hint: str) -> Found:
    return ("verdict",), Issue(code=code, level="warning", message=message, hint=hint)
