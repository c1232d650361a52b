"""What only the whole of a topic or work can show: ids used twice, citations of unknown sources.

Every part is right by itself already. Whether a topic is good enough to publish is another
question: `headnotes check` asks it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from headnotes.issues import Issue, TermError, near_name
from headnotes.matching import parse_term
from headnotes.model import Anchor, Claim, Language, Note, Ratings, Topic, Work
from headnotes.topics.bounds import Bounds
from headnotes.topics.tables import DataPath, Found

_RATE = "rate a claim of the notes beside it"


def find_faults(value: Topic | Work, bounds: Bounds, most: int) -> list[Found]:
    """Return so many faults at most of a topic or work whose parts are right.

    What is too much is not looked into any further.
    """
    excesses = [*islice(bounds.find_excesses(value), most)]
    return excesses or [*islice(find_contradictions(value), most)]


def find_contradictions(value: Topic | Work) -> Iterator[Found]:
    """Find what is wrong between the parts of a topic or work."""
    if isinstance(value, Work):
        yield from _check_work(value)
        yield from _check_terms(value.names, value.title, ("names",))
        yield from _find_repeated([str(episode.id) for episode in value.episodes], "episodes")
        yield from _find_repeated([depiction.id for depiction in value.depictions], "depictions")
        for position, depiction in enumerate(value.depictions):
            place = ("depictions", position)
            yield from _check_anchors(depiction.anchors, depiction.shown, place)
        yield from _find_repeated_claims(value)
        return
    yield from _find_repeated([note.id for note in value.notes], "notes")
    yield from _find_repeated([claim.id for claim in value.claims], "claims")
    for position, note in enumerate(value.notes):
        yield from _check_note(note, value, ("notes", position))
    yield from _find_unknown_notes(value)


def _find_unknown_notes(topic: Topic) -> Iterator[Found]:
    """Find questions and corrections that name a note which the topic does not have."""
    ids = [note.id for note in topic.notes]
    named: list[tuple[DataPath, str]] = [
        (("questions", position, "notes", place), name)
        for position, question in enumerate(topic.questions)
        for place, name in enumerate(question.notes)
    ]
    named += [
        (("corrections", position, "note"), correction.note)
        for position, correction in enumerate(topic.corrections)
    ]
    known = set(ids)
    for path, name in named:
        if name not in known:
            hint = f"{near_name(name, ids)}give a note of this file"
            yield path, Issue(code="unknown-note", message=f"unknown note {name!r}", hint=hint)


def list_judged(topic: Topic) -> set[str]:
    """Return the claims of a topic that may be rated a second time."""
    judged = {claim for note in topic.notes if (claim := note.judges)}
    return judged | {claim.id for claim in topic.claims}


def find_misratings(ratings: Ratings, topic: Topic, lost: Collection[str] = ()) -> Iterator[Found]:
    """Find what is wrong between the ratings beside a topic and the topic itself.

    Args:
        ratings: beside the topic.
        topic: what is right of it.
        lost: claims of what was left out of it; to rate them is no mistake.
    """
    if ratings.topic != topic.id:
        message = f"{ratings.topic!r} is not the topic beside it"
        yield ("topic",), Issue(code="wrong-topic", message=message, hint=f"use {topic.id!r}")
    claims = [judged for note in topic.notes if (judged := note.judges)]
    known = list_judged(topic)
    rated: set[str] = set()
    for position, rating in enumerate(ratings.ratings):
        path = ("ratings", position, "claim")
        if rating.claim in rated:
            message = f"{rating.claim!r} is rated twice"
            yield path, Issue(code="repeated-id", message=message, hint="drop one of them")
        elif rating.claim not in known and rating.claim not in lost:
            message = f"no note judges a claim {rating.claim!r}"
            near = near_name(rating.claim, claims)
            hint = f"{near}correct whichever of both is misspelt" if near else _RATE
            yield path, Issue(code="unknown-claim", message=message, hint=hint)
        rated.add(rating.claim)


def _find_repeated_claims(work: Work) -> Iterator[Found]:
    """Find claims of one id, also where they stand in different depictions."""
    counts = Counter[str]()
    places: list[tuple[DataPath, Sequence[Claim]]] = [
        (("depictions", place, "claims"), depiction.claims)
        for place, depiction in enumerate(work.depictions)
    ]
    for place, claims in [*places, (("claims",), work.claims)]:
        for position, claim in enumerate(claims):
            counts[claim.id] += 1
            if counts[claim.id] > 1:
                yield (*place, position, "id"), _repeated(claim.id)


def _check_work(work: Work) -> Iterator[Found]:
    """Find what contradicts itself in what a work is."""
    if not work.title and not work.extends:
        hint = "write title = … (by language), or extends = true where this adds to another file"
        yield (), Issue(code="missing-key", message="'title' is missing", hint=hint)
    if work.year and work.years:
        message, hint = "is given beside year", "drop one of them"
        yield ("years",), Issue(code="said-twice", message=message, hint=hint)
    elif work.span and work.span[0] > work.span[1]:
        key = "year" if work.year else "years"
        message, hint = f"{work.year or work.years!r} ends before it begins", "turn it round"
        yield (key,), Issue(code="bad-value", message=message, hint=hint)
    if work.kind == "film" and (work.episodes or work.seasons):
        message = "a film has neither seasons nor episodes"
        hint = 'drop them, or use "series"'
        yield ("kind",), Issue(code="film-with-episodes", message=message, hint=hint)
    yield from _find_repeated([str(season.number) for season in work.seasons], "seasons", "number")


def _check_note(note: Note, topic: Topic, path: DataPath) -> Iterator[Found]:
    if note.claim and note.verdict is None:
        hint = "judge it, or drop the claim: context and omissions judge nothing"
        message = f"claim {note.claim!r} without a verdict"
        yield (*path, "claim"), Issue(code="half-a-verdict", message=message, hint=hint)
    if (note.verdict is None) != (note.confidence is None):
        names = ("confidence", "verdict") if note.verdict is None else ("verdict", "confidence")
        message = "{} without {}".format(*names)
        hint = "a verdict needs its confidence; a context note has neither"
        yield path, Issue(code="half-a-verdict", message=message, hint=hint)
    if not note.texts:
        message = "has no text in any language"
        hint = f"write a [notes.{next(iter(topic.title))}] table"
        yield path, Issue(code="no-text", message=message, hint=hint)
    for position, citation in enumerate(note.citations):
        if citation.source not in topic.sources:
            near = near_name(citation.source, list(topic.sources))
            yield (
                (*path, "citations", position, "source"),
                Issue(
                    code="unknown-source",
                    message=f"unknown source {citation.source!r}",
                    hint=f"{near}add it to [[sources]], or cite one that is there",
                ),
            )
    yield from _check_anchors(note.anchors, note.texts, path)


def _check_anchors(
    anchors: Sequence[Anchor], languages: Iterable[Language], path: DataPath
) -> Iterator[Found]:
    """Check anchors; those for dialogue of any language are for those that the author writes."""
    for position, anchor in enumerate(anchors):
        meant = [anchor.language] if anchor.language else [*languages]
        yield from _check_anchor(anchor, meant, (*path, "anchor", position))


def _check_anchor(anchor: Anchor, languages: Sequence[Language], path: DataPath) -> Iterator[Found]:
    if not anchor.all and not anchor.any:
        message, hint = "asks for no term", "list some in all or any"
        yield path, Issue(code="no-terms", message=message, hint=hint)
    # a term that is listed twice counts once
    if anchor.at_least > (count := len({*anchor.any})):
        message = f"{anchor.at_least} of {count} terms can never be spoken"
        hint = "list more terms in any, or ask for fewer"
        yield (*path, "at_least"), Issue(code="too-many-wanted", message=message, hint=hint)
    for term in sorted({*anchor.none} & {*anchor.all}):
        message = f"{term!r} is in all as well, so the anchor can never hold"
        hint = "drop it from one of them"
        yield (*path, "none"), Issue(code="forbidden-and-wanted", message=message, hint=hint)
    for key, terms in (("all", anchor.all), ("any", anchor.any), ("none", anchor.none)):
        yield from _check_terms(terms, languages, (*path, key))


def _check_terms(
    terms: Sequence[str], languages: Iterable[Language], path: DataPath
) -> Iterator[Found]:
    for position, term in enumerate(terms):
        try:
            parse_term(term, languages)
        except TermError as error:
            for issue in error.issues:
                message = f"term {term!r}: {issue.message}"
                yield (
                    (*path, position),
                    Issue(code=issue.code, message=message, hint=issue.hint),
                )


def _find_repeated(ids: Sequence[str], table: str, key: str = "id") -> Iterator[Found]:
    known: set[str] = set()
    for position, name in enumerate(ids):
        if name in known:
            yield (table, position, key), _repeated(name)
        known.add(name)


def _repeated(name: str) -> Issue:
    return Issue(code="repeated-id", message=f"{name!r} is used twice", hint="rename one")
