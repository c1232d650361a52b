"""One track through all topics and plugins: dialogue in, annotations out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Protocol

from attrs import define, evolve, frozen

from headnotes.anchoring import (
    PRIORS,
    Candidate,
    Expectation,
    IndexedTrack,
    assign_passages,
    choose_moments,
    expectation_of,
    explain_loss,
    find_sufficient,
    index_track,
    nearest_candidate,
    prior_of,
)
from headnotes.matching import Matcher, parse_term
from headnotes.model import (
    Annotation,
    Depiction,
    Episode,
    EpisodeId,
    Moment,
    Note,
    Outcome,
    Passage,
    Reason,
    Topic,
    Track,
    Unplaced,
    Work,
)
from headnotes.recognition import FileHints, Overrides, Shown, is_unlisted, judge_episodes, recognise_episode


class Annotators(Protocol):
    """Where annotations found by code come from; the registry is one."""

    def annotate_track(self, track: Track, episode: Episode) -> tuple[Annotation, ...]:
        """Return what code finds in a track."""


@frozen(kw_only=True)
class Examination:
    """What `headnotes explain` shows of one note: whether it may appear, and its best candidate.

    Attributes:
        admitted: whether the note may appear in this track at all.
        candidate: the one that came closest; `None` where not one term is spoken.
        expectation: how the note stands to the episode.
    """

    topic: str
    note: Note
    admitted: bool
    candidate: Candidate | None
    expectation: Expectation

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why there is not even a candidate; empty where there is one."""
        return () if self.candidate else (_reason_of_absence(self.note),)


@define(kw_only=True, slots=False)
class _Recognised:
    """One track with what it belongs to.

    Attributes:
        track: indexed by the terms of what is depicted, and of notes that depict nothing.
        depicted: what was found of what the work depicts, by id.
        index_missed: indexes the track by the own terms, too, of notes that may be missed.
    """

    track: IndexedTrack
    episode: Episode
    depicted: Mapping[str, tuple[Candidate, ...]]
    index_missed: Callable[[], IndexedTrack]

    @cached_property
    def with_missed(self) -> IndexedTrack:
        """The track indexed by the own terms, too, of the notes that may be missed in it."""
        return self.index_missed()


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
            (work.id, depiction.id): depiction
            for work in works.values()
            for depiction in work.depictions
        }
        alone = [note for topic in topics.values() for note in topic.notes if not note.depictions]
        self._matcher = _make_matcher((*self._depictions.values(), *alone), works)

    @cached_property
    def _full_matcher(self) -> Matcher:
        """Matches the terms of every single note, too, as only `explain` needs them."""
        notes = [note for topic in self.topics.values() for note in topic.notes]
        return _make_matcher((*self._depictions.values(), *notes), self.works)

    def annotate(
        self, track: Track, hints: FileHints = FileHints(), overrides: Overrides = Overrides()
    ) -> Outcome:
        """Find everything worth knowing in one track.

        Args:
            track: as read.
            hints: what its file's name and folders say about its episode.
            overrides: what the user says instead.

        Raises:
            UsageError: the work the user names is unknown.
        """
        recognised = self._recognise(track, hints, overrides)
        episode = recognised.episode
        annotations: list[Annotation] = []
        unplaced: list[Unplaced] = []
        for topic in self.topics.values():
            for note in topic.notes:
                if not self.admits(topic, note, episode):
                    continue
                moments = self._find_moments(note, recognised)
                annotations += [
                    Annotation(topic=topic.id, note=note, moment=moment) for moment in moments
                ]
                if not moments and (reasons := self._explain_absence(topic, note, recognised)):
                    unplaced.append(Unplaced(topic=topic.id, note=note, reasons=reasons))
        annotations += self._found_by_code(track, episode)
        annotations = [_with_passage(annotation, recognised.track) for annotation in annotations]
        placed = {(annotation.topic, annotation.note.id) for annotation in annotations}
        return Outcome(
            track=track,
            episode=episode,
            scenes=tuple(recognised.track.scenes),
            annotations=tuple(sorted(annotations, key=_reading_order)),
            unplaced=tuple(
                missed
                for missed in sorted(unplaced, key=_name_of)
                if _name_of(missed) not in placed
            ),
            topics=self.topics,
            work=self.works.get(episode.work) if episode.work else None,
            passages=tuple(Passage(depiction=n, start_ms=m.start_ms,end_ms=m.end_ms,first_cue=m.first_cue,last_cue=m.last_cue) for n,c in recognised.depicted.items() for m in choose_moments(c, recognised.track)),
        )

    def _recognise(self, track: Track, hints: FileHints, overrides: Overrides) -> _Recognised:
        """Find which episode a track is, and what is depicted in it; each helps the other."""
        indexed = index_track(track.by_time, self._matcher, track.language)
        episode = recognise_episode(tuple(self.works.values()), hints, indexed, overrides)
        work = self.works.get(episode.work) if episode.work else None
        if work and overrides.episode is None:
            unknown = evolve(episode, ids=())
            shown = [
                Shown(c.found[0].at_ms, c.evidence / PRIORS["unknown"] - 1, self._depictions[work.id, name].episodes)
                for name, cs in self._find_depictions(indexed, unknown).items() for c in cs
                if self._depictions[work.id, name].episodes
            ]
            episode = judge_episodes(episode, work, shown)
        depicted = {} if is_unlisted(episode, work) else self._find_depictions(indexed, episode)
        return _Recognised(
            track=indexed,
            episode=episode,
            depicted=depicted,
            index_missed=lambda: self._index_missed(indexed, episode),
        )

    def index(self, track: Track) -> IndexedTrack:
        """Index a track by all terms of all notes."""
        return index_track(track.by_time, self._full_matcher, track.language)

    def _index_missed(self, track: IndexedTrack, episode: Episode) -> IndexedTrack:
        """Index a track by the own terms, too, of the notes that may be missed in an episode."""
        notes = [
            note
            for topic in self.topics.values()
            for note in topic.notes
            if self.admits(topic, note, episode)
            and expectation_of(note.episodes, episode) != "elsewhere"
        ]
        own = _make_matcher(notes, {}).find(track.tokens)
        return evolve(track, spans={**track.spans, **own})

    def admits(self, topic: Topic, note: Note, episode: Episode) -> bool:
        """Whether a note may appear in a track of this work at all."""
        if episode.work == topic.work:
            return True
        return self._is_any_work and note.kind == "context"

    def examine(
        self, track: IndexedTrack, episode: Episode, notes: Mapping[str, tuple[Note, ...]]
    ) -> tuple[Examination, ...]:
        """Look closely at notes, by topic id, in one track from `index`."""
        return tuple(
            Examination(
                topic=topic,
                note=note,
                admitted=self.admits(self.topics[topic], note, episode),
                candidate=self._nearest(self.topics[topic], note, track, episode),
                expectation=expectation_of(note.episodes, episode),
            )
            for topic, chosen in notes.items()
            for note in chosen
        )

    def _find_moments(self, note: Note, recognised: _Recognised) -> tuple[Moment, ...]:
        """Find where a note belongs: at what it is about, or where its own words are spoken.

        What a note is about is found by all that is said there. Where that scene is expected and
        not found, the note's own words must show it as strongly as in a strange place.
        """
        track = recognised.track
        expectation = expectation_of(note.episodes, recognised.episode)
        if not note.depictions:
            return choose_moments(find_sufficient(note.anchors, track, prior_of(note.episodes, recognised.episode)), track)
        depicted = recognised.depicted
        found = tuple(found for name in note.depictions for found in depicted.get(name, ()))
        if found or expectation == "elsewhere":
            return choose_moments(found, track)
        track = recognised.with_missed
        return choose_moments(find_sufficient(note.anchors, track, PRIORS["elsewhere"]), track)

    def _find_depictions(
        self, track: IndexedTrack, episode: Episode
    ) -> dict[str, tuple[Candidate, ...]]:
        """Find what the recognised work shows in a track, by id of the depiction."""
        candidates = {
            depiction.id: find_sufficient(
                depiction.anchors, track, prior_of(depiction.episodes, episode)
            )
            for depiction in self._depictions_of(episode)
        }
        return {name: (c,) for name, c in assign_passages(candidates, track).passages.items()}

    def _depictions_of(self, episode: Episode) -> tuple[Depiction, ...]:
        work = self.works.get(episode.work) if episode.work else None
        return work.depictions if work else ()

    def _nearest(
        self, topic: Topic, note: Note, track: IndexedTrack, episode: Episode
    ) -> Candidate | None:
        """Find what came closest to being the note's moment, by its depictions or by itself."""
        depictions = [
            depiction
            for name in note.depictions
            if (depiction := self._depictions.get((topic.work, name)))
        ]
        anchors = [anchor for depiction in depictions for anchor in depiction.anchors]
        prior = prior_of(note.episodes, episode)
        return nearest_candidate((*anchors, *note.anchors), track, prior)

    def _explain_absence(
        self, topic: Topic, note: Note, recognised: _Recognised
    ) -> tuple[Reason, ...]:
        """Return why a note that belongs here was not placed; nothing where it need not be said."""
        expectation = expectation_of(note.episodes, recognised.episode)
        if expectation == "elsewhere":
            return ()
        if note.anchors or note.depictions:
            track = recognised.with_missed
            candidate = self._nearest(topic, note, track, recognised.episode)
            if candidate is not None:
                return explain_loss(candidate, track)
        return (_reason_of_absence(note),) if expectation == "expected" else ()

    def _found_by_code(self, track: Track, episode: Episode) -> tuple[Annotation, ...]:
        if self._annotators is None:
            return ()
        return tuple(
            annotation
            for annotation in self._annotators.annotate_track(track, episode)
            if self.admits(self.topics[annotation.topic], annotation.note, episode)
        )


def _with_passage(annotation: Annotation, track: IndexedTrack) -> Annotation:
    """Return an annotation with the run of dialogue around it as its passage."""
    starts = [scene.start_ms for scene in track.scenes]
    at = max(0, bisect_right(starts, annotation.moment.start_ms) - 1)
    if annotation.passage is not None or not starts:
        return annotation
    scene, cues = track.scenes[at], track.tokens.cues
    passage = Passage(
        start_ms=scene.start_ms,
        end_ms=scene.end_ms,
        first_cue=cues[scene.first_cue].number,
        last_cue=cues[scene.last_cue].number,
    )
    return evolve(annotation, passage=passage)


def _reason_of_absence(note: Note) -> Reason:
    """Return why there is nothing that came close to a note's moment."""
    return Reason("nothing-spoken" if note.anchors or note.depictions else "code-found-nothing")


def _make_matcher(anchored: Iterable[Depiction | Note], works: Mapping[str, Work]) -> Matcher:
    anchors = [anchor for placed in anchored for anchor in placed.anchors]
    terms = [term for anchor in anchors for term in (*anchor.all, *anchor.any, *anchor.none)]
    terms += [name for work in works.values() for name in work.names]
    return Matcher(map(parse_term, dict.fromkeys(terms)))


def _name_of(unplaced: Unplaced) -> tuple[str, str]:
    return unplaced.topic, unplaced.note.id


def _reading_order(annotation: Annotation) -> tuple[int, int, str, str]:
    moment = annotation.moment
    return moment.start_ms, moment.end_ms, annotation.topic, annotation.note.id
