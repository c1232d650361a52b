"""What an explanation rests on: a track with all that was found in it, and what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping

from headnotes.anchoring import IndexedTrack, list_evidence
from headnotes.app import Headnotes
from headnotes.engine import Examination
from headnotes.languages import FALLBACK, Messages, load_messages
from headnotes.model import Annotation, Depiction, Evidence, Headnote, Outcome, Passage, Reason
from headnotes.values import frozen


@frozen(kw_only=True)
class Findings:
    """One track, explained.

    Attributes:
        track: indexed by all terms.
        messages: in which to say it.
        headnotes: what is on screen where the viewer asks for nothing special.
        left_out: why annotations are not, by identity.
        played: by depiction that plays in the track, what its passage was found by.
    """

    outcome: Outcome
    track: IndexedTrack
    messages: Messages
    headnotes: tuple[Headnote, ...]
    left_out: Mapping[int, Reason]
    played: Mapping[str, Examination]

    def annotations_of(self, exam: Examination) -> list[Annotation]:
        """Return where an examined note was placed."""
        return [
            annotation
            for annotation in self.outcome.annotations
            if (annotation.topic, annotation.note.id) == (exam.topic, exam.note.id)
        ]

    def passage_of(self, exam: Examination) -> Passage | None:
        """Return where an examined depiction plays; `None`: nowhere."""
        passages = self.outcome.passages
        played = (passage for passage in passages if passage.depiction == exam.note.id)
        return next(played, None) if exam.admitted else None

    def find_rival(self, exam: Examination) -> str | None:
        """Return the depiction that took the best place of one that a note is about."""
        rivals = (self.outcome.rivals.get(name) for name in exam.note.depictions)
        return next(filter(None, rivals), None)

    def why_left_out(self, annotation: Annotation) -> Reason | None:
        """Return why an annotation is not on screen by default; `None` where it is."""
        return self.left_out.get(id(annotation))

    def headnote_of(self, annotation: Annotation) -> Headnote | None:
        """Return when and how an annotation is on screen by default; `None`: it is not."""
        shown = (known for known in self.headnotes if known.annotation is annotation)
        return next(shown, None)

    def depicted_by(self, passage: Passage | None) -> Examination | None:
        """Return what was found of the depiction that a passage is of; `None`: it is of none."""
        return self.played.get(passage.depiction) if passage else None

    def words_of(self, passage: Passage | None) -> tuple[Evidence, ...]:
        """Return the words by which a passage was found; none where it is just dialogue."""
        exam = self.depicted_by(passage)
        return list_evidence(exam.candidate, self.track) if exam and exam.candidate else ()

    def spoken_for(self, annotation: Annotation) -> tuple[str, ...]:
        """Return the words by which a note stands: its passage's, and its own in that."""
        evidence = (*self.words_of(annotation.passage), *annotation.moment.evidence)
        return tuple(dict.fromkeys(found.text for found in sorted(evidence, key=_cue_of)))


def _cue_of(found: Evidence) -> int:
    return found.cue


def find_all(notes: Headnotes, outcome: Outcome, language: str | None) -> Findings:
    """Return what explanations of a track rest on.

    Args:
        notes: topics and works.
        outcome: of the track.
        language: asked for; by default that of the dialogue.
    """
    engine = notes.engine
    track = engine.index(outcome.track, outcome.episode)
    planned = notes.plan(outcome, language=language).on_screen
    names = {passage.depiction for passage in outcome.passages}
    depictions = outcome.work.depictions if outcome.work else ()
    shown: dict[str, tuple[Depiction, ...]] = {}
    if outcome.work and names:
        shown[outcome.work.id] = tuple(known for known in depictions if known.id in names)
    return Findings(
        outcome=outcome,
        track=track,
        messages=load_messages(language or outcome.track.language or FALLBACK),
        headnotes=planned.headnotes,
        left_out={id(entry.annotation): entry.reason for entry in planned.left_out},
        played={exam.note.id: exam for exam in engine.examine_depictions(track, outcome, shown)},
    )
