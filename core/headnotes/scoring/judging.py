"""The claims of a work, and what topics say of each: whatever file of an episode is looked at.

A claim belongs to its work and may be judged by several topics. A claim that a topic alone brings,
and the claim of a note that names none, belong to that topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from headnotes.model import (
    Claim,
    Confidence,
    Depiction,
    EpisodeId,
    LocalText,
    Note,
    Outcome,
    Rating,
    Seen,
    Topic,
    Verdict,
    Work,
)
from headnotes.recognition import is_unlisted
from headnotes.values import evolve, frozen


@frozen(kw_only=True)
class Judgement:
    """What one topic says of a claim.

    Attributes:
        topic: its id.
        notes: ids of its notes on the claim, in the order of the topic.
        verdicts: of these notes, each once; more than one where they differ.
        confidence: of the first of them.
        weight: the greatest of theirs.
        second: the rating of a reader who had not seen theirs; `None`: rated once.
    """

    topic: str
    notes: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    confidence: Confidence
    weight: int
    second: Rating | None = None


@frozen(kw_only=True)
class JudgedClaim:
    """One claim of a work, with all that topics say of it.

    Attributes:
        work: id of the work.
        topic: id of the topic that alone brings it; empty for a claim of the work.
        id: slug, unique in the work or in that topic.
        text: by language.
        seen: how the passage is known.
        depiction: id of what it is about; empty where no depiction shows it.
        episodes: where it is made. Of a depiction's, those that a note on it lists: what is shown
            in many episodes need not claim everything in each. All of them, where no note lists
            any. Of a claim that a topic brings, those of its notes.
        judgements: by topic.
        is_found: whether a note on it has a place in one of the files looked at.
    """

    work: str
    topic: str
    id: str
    text: LocalText
    seen: Seen
    depiction: str
    episodes: tuple[EpisodeId, ...]
    judgements: tuple[Judgement, ...]
    is_found: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by among the claims of all works."""
        return self.work, self.topic, self.id

    @property
    def name(self) -> str:
        """Its id, after that of the topic that alone brings it: `weather/snow-falls`."""
        return f"{self.topic}/{self.id}" if self.topic else self.id

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What its notes say, each verdict once."""
        found = (verdict for judgement in self.judgements for verdict in judgement.verdicts)
        return tuple(dict.fromkeys(found))

    @property
    def is_disputed(self) -> bool:
        """Whether notes on it differ, so that it is shown and not scored."""
        return len(self.verdicts) > 1

    @property
    def verdict(self) -> Verdict | None:
        """What all its notes say; `None` where they differ."""
        return None if self.is_disputed else self.verdicts[0]

    @property
    def weight(self) -> int:
        """The greatest weight that a note gives it."""
        return max(judgement.weight for judgement in self.judgements)

    @property
    def seconds(self) -> tuple[Rating, ...]:
        """The second ratings, by topic."""
        return tuple(judgement.second for judgement in self.judgements if judgement.second)

    @property
    def is_rated_twice(self) -> bool:
        """Whether every topic that judges it has a second rating of it."""
        return len(self.seconds) == len(self.judgements)

    @property
    def ratings_differ(self) -> bool:
        """Whether a second rating is not what the notes say."""
        return any((rating.verdict,) != self.verdicts for rating in self.seconds)


def claims_of(outcome: Outcome) -> tuple[JudgedClaim, ...]:
    """Return the claims of a file's episodes that the topics asked judge, found in it or not.

    An episode makes the claims listed for it (see `JudgedClaim`). A work without episodes makes all
    of them. Where a file's episode is unknown there are none.
    """
    found = _find_judged(outcome)
    episodes = {*outcome.episode.ids}
    work = outcome.work
    is_whole = work is not None and not work.episodes and not is_unlisted(outcome.episode, work)
    return tuple(
        evolve(
            claim,
            is_found=any((judgement.topic, claim.id) in found for judgement in claim.judgements),
        )
        for claim in judge_claims(work, outcome.topics)
        if is_whole or episodes & {*claim.episodes}
    )


def claims_elsewhere(outcome: Outcome) -> tuple[JudgedClaim, ...]:
    """Return the claims that notes with a place in a file judge, and that do not count for it.

    Something shown in many episodes may be claimed in some of them alone; where a file's episode
    is unknown, no claim counts.
    """
    found = _find_judged(outcome)
    counted = {claim.key for claim in claims_of(outcome)}
    return tuple(
        claim
        for claim in judge_claims(outcome.work, outcome.topics)
        if claim.key not in counted
        and any((judgement.topic, claim.id) in found for judgement in claim.judgements)
    )


def _find_judged(outcome: Outcome) -> set[tuple[str, str | None]]:
    """Return what notes with a place judge, by topic and claim."""
    placed = (*outcome.annotations, *outcome.set_aside)
    return {(place.topic, place.note.judges) for place in placed}


def merge_claims(claims: Iterable[JudgedClaim]) -> tuple[JudgedClaim, ...]:
    """Return each claim once, where it first comes up; found where it is found in any file."""
    merged: dict[tuple[str, str, str], JudgedClaim] = {}
    for claim in claims:
        known = merged.setdefault(claim.key, claim)
        if claim.is_found and not known.is_found:
            merged[claim.key] = evolve(known, is_found=True)
    return tuple(merged.values())


def judge_claims(work: Work | None, topics: Mapping[str, Topic]) -> tuple[JudgedClaim, ...]:
    """Return all claims of a work that some of the topics judge.

    Those of the work come first, in its order; then those of single topics, by topic.
    """
    if work is None:
        return ()
    shown = {claim.id: (claim, depiction) for claim, depiction in _shown_claims(work)}
    judged: dict[tuple[str, str], JudgedClaim] = {}
    for _, topic in sorted(topics.items()):
        if topic.work == work.id:
            for claim in _claims_of_topic(topic, work.id, shown):
                _add(judged, claim)
    order = {name: place for place, name in enumerate(shown)}
    own = len(order)
    claims = sorted(judged.values(), key=lambda claim: own if claim.topic else order[claim.id])
    return tuple(_narrow(claim, topics) for claim in claims)


def _narrow(claim: JudgedClaim, topics: Mapping[str, Topic]) -> JudgedClaim:
    """Keep of a depiction's episodes those in which a note on the claim is expected, if any."""
    judging = {(each.topic, note) for each in claim.judgements for note in each.notes}
    listed = {
        episode
        for topic in {each.topic for each in claim.judgements}
        for note in topics[topic].notes
        if (topic, note.id) in judging
        for episode in note.episodes
    }
    kept = tuple(episode for episode in claim.episodes if episode in listed)
    return evolve(claim, episodes=kept or claim.episodes)


def _shown_claims(work: Work) -> Iterator[tuple[Claim, Depiction]]:
    for depiction in work.depictions:
        for claim in depiction.claims:
            yield claim, depiction


def _add(judged: dict[tuple[str, str], JudgedClaim], claim: JudgedClaim) -> None:
    """Keep a claim of one topic, together with what others say of it."""
    key = claim.topic, claim.id
    known = judged.get(key)
    if known:
        claim = evolve(known, judgements=known.judgements + claim.judgements)
    judged[key] = claim


def _claims_of_topic(
    topic: Topic, work: str, shown: Mapping[str, tuple[Claim, Depiction]]
) -> Iterator[JudgedClaim]:
    """Return what one topic judges, with its judgement alone, in the order of its notes."""
    own = {claim.id: claim for claim in topic.claims}
    seconds = {rating.claim: rating for rating in topic.ratings}
    by_claim: dict[str, list[Note]] = {}
    for note in topic.notes:
        if judged := note.judges:
            by_claim.setdefault(judged, []).append(note)
    for name, notes in by_claim.items():
        judgement = _judge(topic.id, notes, seconds.get(name))
        # A note called like a claim of the work does not judge it unless it says so.
        if name in shown and name not in own and notes[0].claim:
            claim, depiction = shown[name]
            owner, place, episodes = "", depiction.id, depiction.episodes
        else:
            claim = own.get(name) or _make_claim(name, notes[0])
            owner, place = topic.id, ""
            episodes = tuple(dict.fromkeys(id_ for note in notes for id_ in note.episodes))
        yield JudgedClaim(
            work=work,
            topic=owner,
            id=name,
            text=claim.text,
            seen=claim.seen,
            depiction=place,
            episodes=episodes,
            judgements=(judgement,),
        )


def _judge(topic: str, notes: list[Note], second: Rating | None) -> Judgement:
    # whoever judges is sure to some degree; a note made in code that is not passes no check
    sure: list[Confidence] = [note.confidence for note in notes if note.confidence]
    return Judgement(
        topic=topic,
        notes=tuple(note.id for note in notes),
        verdicts=tuple(dict.fromkeys(note.verdict for note in notes if note.verdict)),
        confidence=sure[0] if sure else "low",
        weight=max(note.weight for note in notes),
        second=second,
    )


def _make_claim(name: str, note: Note) -> Claim:
    """Make the claim of a note that names none that is known: what it says is shown."""
    texts = {language: text.shown for language, text in note.texts.items()}
    return Claim(id=name, text=texts)


def claims_by_note(claims: Iterable[JudgedClaim]) -> dict[tuple[str, str], JudgedClaim]:
    """Return the claims by the ids of topics and of their notes that judge them."""
    return {
        (judgement.topic, note): claim
        for claim in claims
        for judgement in claim.judgements
        for note in judgement.notes
    }
