"""One track through all topics and plugins: dialogue in, annotations out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from attrs import evolve, frozen

from headnotes.anchoring import (
    Attempt,
    Dialogue,
    Expectation,
    choose_moments,
    describe_loss,
    find_placed,
    nearest_attempt,
    share_scenes,
)
from headnotes.matching import Matcher, parse_term, words_of
from headnotes.model import (
    Annotation,
    Depiction,
    Episode,
    Moment,
    Note,
    Outcome,
    Topic,
    Track,
    Unplaced,
    Work,
)
from headnotes.recognition import FileClues, Told, recognise_episode
from headnotes.scenes import find_scenes

# Ours: two scenes well shown, or three just so; and half as much again as the next episode.
_EPISODE_EVIDENCE = 4.0
_EPISODE_LEAD = 1.5


class Annotators(Protocol):
    """Where annotations found by code come from; the registry is one."""

    def annotate_track(self, track: Track, episode: Episode) -> tuple[Annotation, ...]:
        """Say what code finds in a track."""


@frozen(kw_only=True)
class Examination:
    """What `headnotes explain` tells of one note: whether it may appear, and its best attempt.

    Attributes:
        admitted: whether the note may appear in this track at all.
        attempt: the one that came closest; `None` where not one term is spoken.
        expectation: how the note stands to the episode.
    """

    topic: str
    note: Note
    admitted: bool
    attempt: Attempt | None
    expectation: Expectation


class _Hearing:
    """A track as heard for scenes, and, when asked, for the words of notes that are missed."""

    def __init__(self, dialogue: Dialogue, listen_closely: Callable[[], Dialogue]) -> None:
        self.dialogue = dialogue
        self._listen_closely = listen_closely

    @cached_property
    def closely(self) -> Dialogue:
        """The track with the hits of the missed notes' own terms, too."""
        return self._listen_closely()


class Engine:
    """Topics and works made ready once, for any number of tracks."""

    def __init__(
        self,
        topics: Mapping[str, Topic],
        works: Mapping[str, Work],
        annotators: Annotators | None = None,
        *,
        is_any_work: bool = False,
    ) -> None:
        """Make ready.

        Args:
            topics: by id.
            works: by id.
            annotators: asked for annotations found by code; `None`: there are none.
            is_any_work: let context notes appear in tracks of any work, or of none.
        """
        self.topics = topics
        self.works = works
        self._annotators = annotators
        self._is_any_work = is_any_work
        self._depictions = {
            (work.id, one.id): one for work in works.values() for one in work.depictions
        }
        alone = [note for topic in topics.values() for note in topic.notes if not note.depictions]
        self._matcher = _make_matcher((*self._depictions.values(), *alone), works)

    @cached_property
    def _close_matcher(self) -> Matcher:
        """Looks for the words of every single note, too, as only `explain` needs them."""
        notes = [note for topic in self.topics.values() for note in topic.notes]
        return _make_matcher((*self._depictions.values(), *notes), self.works)

    def annotate(
        self, track: Track, clues: FileClues = FileClues(), told: Told = Told()
    ) -> Outcome:
        """Find everything worth knowing in one track.

        Raises:
            UsageError: the work the user names is unknown.
        """
        dialogue = self._listen(track, self._matcher)
        episode = recognise_episode(tuple(self.works.values()), clues, dialogue, told)
        hearing = _Hearing(dialogue, lambda: self._listen_closely(dialogue, episode))
        depicted = self._find_depictions(dialogue, episode)
        if episode.id is None and (guess := self._guess_episode(episode, depicted)):
            episode = evolve(episode, id=guess, ids=(guess,), how=f"{episode.how}; its scenes")
            depicted = self._find_depictions(dialogue, episode)
        annotations: list[Annotation] = []
        unplaced: list[Unplaced] = []
        for topic in self.topics.values():
            for note in topic.notes:
                if not self.admits(topic, note, episode):
                    continue
                moments = self._find_moments(note, hearing, depicted, episode)
                annotations += [
                    Annotation(topic=topic.id, note=note, moment=moment) for moment in moments
                ]
                if not moments and (missing := self._say_missing(topic, note, hearing, episode)):
                    unplaced.append(Unplaced(topic=topic.id, note=note, missing=missing))
        annotations += self._found_by_code(track, episode)
        placed = {(one.topic, one.note.id) for one in annotations}
        return Outcome(
            track=track,
            episode=episode,
            scenes=tuple(dialogue.scenes),
            annotations=tuple(sorted(annotations, key=_reading_order)),
            unplaced=tuple(
                sorted(
                    (one for one in unplaced if (one.topic, one.note.id) not in placed),
                    key=lambda one: (one.topic, one.note.id),
                )
            ),
            topics=self.topics,
            work=self.works.get(episode.work) if episode.work else None,
        )

    def listen(self, track: Track) -> Dialogue:
        """Find all terms of all notes in a track."""
        return self._listen(track, self._close_matcher)

    def _listen_closely(self, dialogue: Dialogue, episode: Episode) -> Dialogue:
        """Find the own terms, too, of the notes that may be missed in an episode."""
        notes = [
            note
            for topic in self.topics.values()
            for note in topic.notes
            if self.admits(topic, note, episode)
            and expectation_of(note.episodes, episode) != "elsewhere"
        ]
        own = _make_matcher(notes, {}).find(dialogue.words)
        return evolve(dialogue, hits={**dialogue.hits, **own})

    def _listen(self, track: Track, matcher: Matcher) -> Dialogue:
        cues = track.by_time
        words = words_of(cues)
        return Dialogue(
            words=words,
            hits=matcher.find(words),
            scenes=find_scenes(cues),
            language=track.language,
        )

    def admits(self, topic: Topic, note: Note, episode: Episode) -> bool:
        """Tell whether a note may appear in a track of this work at all."""
        if episode.work == topic.work:
            return True
        return self._is_any_work and note.kind == "context"

    def examine(
        self, dialogue: Dialogue, episode: Episode, notes: Mapping[str, tuple[Note, ...]]
    ) -> tuple[Examination, ...]:
        """Look closely at notes, by topic id, in one track that was listened to."""
        return tuple(
            Examination(
                topic=topic,
                note=note,
                admitted=self.admits(self.topics[topic], note, episode),
                attempt=self._nearest(self.topics[topic], note, dialogue, episode),
                expectation=expectation_of(note.episodes, episode),
            )
            for topic, chosen in notes.items()
            for note in chosen
        )

    def _find_moments(
        self,
        note: Note,
        hearing: _Hearing,
        depicted: Mapping[str, tuple[Attempt, ...]],
        episode: Episode,
    ) -> tuple[Moment, ...]:
        """Find where a note belongs: at what it is about, or where its own words are spoken.

        What a note is about is found by all that is said there. Where that scene is expected and
        not found, the note's own words must show it as strongly as in a strange place.
        """
        expectation = expectation_of(note.episodes, episode)
        if not note.depictions:
            found = find_placed(note.anchors, hearing.dialogue, expectation)
            return choose_moments(found, hearing.dialogue)
        found = tuple(one for name in note.depictions for one in depicted.get(name, ()))
        if found or expectation == "elsewhere":
            return choose_moments(found, hearing.dialogue)
        found = find_placed(note.anchors, hearing.closely, "elsewhere")
        return choose_moments(found, hearing.closely)

    def _find_depictions(
        self, dialogue: Dialogue, episode: Episode
    ) -> dict[str, tuple[Attempt, ...]]:
        """Find what the recognised work shows in a track, by id of the depiction."""
        work = self.works.get(episode.work) if episode.work else None
        found = {
            one.id: find_placed(one.anchors, dialogue, expectation_of(one.episodes, episode))
            for one in (work.depictions if work else ())
        }
        return share_scenes(found, dialogue)

    def _guess_episode(
        self, episode: Episode, depicted: Mapping[str, tuple[Attempt, ...]]
    ) -> str | None:
        """Say which episode the scenes of a track belong to, where no name told it.

        Each scene found speaks for the episodes that show it. One episode must have evidence
        for several scenes, and clearly more than any other, to be believed.
        """
        work = self.works.get(episode.work) if episode.work else None
        told: dict[str, float] = defaultdict(float)
        for one in work.depictions if work else ():
            for attempt in depicted.get(one.id, ()):
                for name in one.episodes:
                    told[name] += attempt.evidence / len(one.episodes)
        ranked = sorted(told, key=lambda name: (-told[name], name))
        most, next_most = ([told[name] for name in ranked] + [0.0, 0.0])[:2]
        is_clear = most >= _EPISODE_EVIDENCE and most >= next_most * _EPISODE_LEAD
        return ranked[0] if is_clear else None

    def _nearest(
        self, topic: Topic, note: Note, dialogue: Dialogue, episode: Episode
    ) -> Attempt | None:
        """Find what came closest to being the note's moment, by its depictions or by itself."""
        depictions = [
            one for name in note.depictions if (one := self._depictions.get((topic.work, name)))
        ]
        anchors = [anchor for one in depictions for anchor in one.anchors]
        expectation = expectation_of(note.episodes, episode)
        return nearest_attempt((*anchors, *note.anchors), dialogue, expectation)

    def _say_missing(self, topic: Topic, note: Note, hearing: _Hearing, episode: Episode) -> str:
        """Say why a note that belongs here was not placed; nothing where it need not be told."""
        expectation = expectation_of(note.episodes, episode)
        if expectation == "elsewhere":
            return ""
        if not note.anchors and not note.depictions:
            return "its plugin's code found no place" if expectation == "expected" else ""
        attempt = self._nearest(topic, note, hearing.closely, episode)
        if attempt is None:
            return "none of its words is spoken" if expectation == "expected" else ""
        return describe_loss(attempt, hearing.closely)

    def _found_by_code(self, track: Track, episode: Episode) -> tuple[Annotation, ...]:
        if self._annotators is None:
            return ()
        return tuple(
            one
            for one in self._annotators.annotate_track(track, episode)
            if self.admits(self.topics[one.topic], one.note, episode)
        )


def _make_matcher(anchored: Iterable[Depiction | Note], works: Mapping[str, Work]) -> Matcher:
    anchors = [anchor for one in anchored for anchor in one.anchors]
    terms = [term for one in anchors for term in (*one.all, *one.any, *one.none)]
    terms += [name for work in works.values() for name in work.names]
    return Matcher(map(parse_term, dict.fromkeys(terms)))


def expectation_of(expected: Sequence[str], episode: Episode) -> Expectation:
    """Say how the episodes in which something is expected stand to that of a track."""
    if episode.id is None or not expected:
        return "unknown"
    return "expected" if set(episode.ids).intersection(expected) else "elsewhere"


def _reading_order(annotation: Annotation) -> tuple[int, int, str, str]:
    moment = annotation.moment
    return moment.start_ms, moment.end_ms, annotation.topic, annotation.note.id
