"""One track through all topics and plugins: dialogue in, annotations out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Protocol

from headnotes.anchoring import (
    PRIORS,
    RECAP_MS,
    Assignment,
    Candidate,
    Depicted,
    Expectation,
    IndexedTrack,
    assign_passages,
    choose,
    choose_moments,
    end_of_crowd,
    expectation_of,
    explain_candidate,
    explain_loss,
    find_moment,
    find_recap,
    find_sufficient,
    how_far,
    index_track,
    list_depicted,
    make_passages,
    nearest_candidate,
    prior_of,
    prior_of_depicted,
)
from headnotes.issues import Issue
from headnotes.languages import FALLBACK
from headnotes.matching import Matcher, parse_term, prepare_matcher
from headnotes.model import (
    Annotation,
    Depiction,
    Episode,
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
from headnotes.recognition import (
    SHORT_MS,
    FileHints,
    Overrides,
    Shown,
    doubt_number,
    doubts_of,
    is_unlisted,
    judge_episodes,
    recognise_episode,
)
from headnotes.values import evolve, frozen


class Annotators(Protocol):
    """Where annotations found by code come from; the registry is one."""

    def annotate_track(
        self, track: Track, episode: Episode
    ) -> tuple[tuple[Annotation, ...], tuple[Issue, ...]]:
        """Return what code finds in a track, and what failed in it."""


@frozen(kw_only=True)
class Examination:
    """What `headnotes explain` shows of one note: whether it may appear, and its best candidate.

    Attributes:
        work: id of the one that the note is about.
        admitted: whether the note may appear in this track at all.
        candidate: the one that came closest; `None` where not one term is spoken.
        expectation: how the note stands to the episode.
    """

    topic: str
    note: Note
    work: str
    admitted: bool
    candidate: Candidate | None
    expectation: Expectation

    def explain(self, outcome: Outcome, track: IndexedTrack) -> tuple[Reason, ...]:
        """Return why the note stands nowhere in the track, or what there is of it.

        Args:
            outcome: of the track.
            track: indexed by all terms.
        """
        if bar := self._find_bar(outcome):
            found = explain_candidate(self.candidate, track) if self.candidate else ()
            return (*found, bar)
        for missed in outcome.unplaced:
            if (missed.topic, missed.note.id) == (self.topic, self.note.id):
                return missed.reasons
        if self.candidate is None:
            return (_reason_of_absence(self.note),)
        rival = _rival_of(self.note, outcome.rivals)
        reasons = explain_loss(self.candidate, track, rival, outcome.recap)
        # where its scene is neither expected nor found, its own words do not count, all or not
        is_by_own_words = bool(self.note.anchors) and len(reasons) == 1
        if is_by_own_words and self.note.depictions and self.expectation == "elsewhere":
            return (*reasons, Reason("depicted-elsewhere"))
        return reasons

    def _find_bar(self, outcome: Outcome) -> Reason | None:
        """Return what keeps the note from the track, whatever is spoken there."""
        episode, work = outcome.episode, outcome.work
        if not self.admitted:
            return Reason("other-work", {"work": self.work})
        is_of_film = work is not None and work.is_film
        if is_unlisted(episode, work) and (
            self.note.episodes or self.note.depictions or is_of_film
        ):
            return Reason("episode-unlisted", {"named": str(episode.ids[0])})
        return None


@frozen(kw_only=True)
class _Recognised:
    """One track with what it belongs to and what plays in it.

    Attributes:
        track: indexed by the terms of what is depicted, and of notes that depict nothing.
        assignment: candidates of depictions that play here, and what outbid the others.
        passages: where those play, by depiction.
        recap: of earlier episodes, at the start.
        is_unlisted: whether its name gives an episode that its work does not list.
        is_of_film: whether its work is a film, of which all notes are about the whole.
    """

    track: IndexedTrack
    episode: Episode
    assignment: Assignment
    passages: Mapping[str, Passage]
    recap: Passage | None
    is_unlisted: bool
    is_of_film: bool


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
        self.works = {work.id: _settle_kind(work, topics.values()) for work in works.values()}
        self._annotators = annotators
        self._is_any_work = is_any_work
        self._depictions = {
            (work.id, depiction.id): depiction
            for work in works.values()
            for depiction in work.depictions
        }
        # looked for before the work is known, so that other works cost a track no more than these
        names = [name for work in works.values() for name in work.names]
        self._names = Matcher(map(parse_term, dict.fromkeys(names)))
        self._matchers: dict[str | None, Matcher] = {}
        self._depicted: dict[str | None, Depicted] = {}

    def prepare(self) -> None:
        """Make the matchers of all works ready, for this run and, kept, for those to come."""
        for work in self.works:
            self._matcher_of(work)
        _ = self._full_matcher

    @cached_property
    def _full_matcher(self) -> Matcher:
        """Matches the terms of every single note, too, as only `explain` needs them."""
        notes = [note for topic in self.topics.values() for note in topic.notes]
        return self._make_matcher((*self._depictions.values(), *notes), "every note")

    def _matcher_of(self, work: str | None) -> Matcher:
        """Return what matches the terms of all that may appear in tracks of a work."""
        if work not in self._matchers:
            depictions = self.works[work].depictions if work else ()
            notes = [
                note
                for topic in self.topics.values()
                for note in topic.notes
                if self.admits(topic, note, work)
            ]
            self._matchers[work] = self._make_matcher((*depictions, *notes), f"work {work}")
        return self._matchers[work]

    def _depicted_in(self, episode: Episode) -> Depicted:
        """Return what the recognised work depicts, by its words."""
        if episode.work not in self._depicted:
            depictions = self._depictions_of(episode)
            self._depicted[episode.work] = list_depicted(shown.anchors for shown in depictions)
        return self._depicted[episode.work]

    def _make_matcher(self, anchored: Iterable[Depiction | Note], name: str) -> Matcher:
        anchors = [anchor for placed in anchored for anchor in placed.anchors]
        terms = chain.from_iterable(
            part for anchor in anchors for part in (anchor.all, anchor.any, anchor.none)
        )
        topics = " ".join(sorted(self.topics))
        return prepare_matcher([*dict.fromkeys(terms)], f"{name} {topics} {self._is_any_work}")

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
        annotations, unplaced = self._place_all(recognised)
        by_code, failed = self._find_by_code(track, episode)
        # terms and code may both find it there
        known = {annotation.place for annotation in annotations}
        annotations += [found for found in by_code if found.place not in known]
        annotations = [_with_passage(annotation, recognised.track) for annotation in annotations]
        # code may have found a note whose anchors did not
        placed = {(annotation.topic, annotation.note.id) for annotation in annotations}
        return Outcome(
            track=track,
            episode=episode,
            scenes=tuple(recognised.track.scenes),
            passages=tuple(recognised.passages.values()),
            rivals=recognised.assignment.rivals,
            recap=recognised.recap,
            annotations=tuple(sorted(annotations, key=attrgetter("reading_order"))),
            unplaced=tuple(
                missed
                for missed in sorted(unplaced, key=_name_of)
                if _name_of(missed) not in placed
            ),
            topics=self.topics,
            work=self._work_of(episode),
            issues=(
                *_issues_of(episode, track),
                *_issues_of_language(recognised.track, track),
                *failed,
            ),
        )

    def _place_all(self, recognised: _Recognised) -> tuple[list[Annotation], list[Unplaced]]:
        """Place the notes of all topics, and say of those that belong here why they are not."""
        annotations: list[Annotation] = []
        unplaced: list[Unplaced] = []
        for topic in self.topics.values():
            for note in topic.notes:
                if not self.admits(topic, note, recognised.episode.work):
                    continue
                found = [
                    Annotation(topic=topic.id, note=note, moment=moment, passage=passage)
                    for moment, passage in self._place(note, recognised)
                ]
                annotations += found
                if not found and (reasons := self._explain_absence(topic, note, recognised)):
                    unplaced.append(Unplaced(topic=topic.id, note=note, reasons=reasons))
        return annotations, unplaced

    def _recognise(self, track: Track, hints: FileHints, overrides: Overrides) -> _Recognised:
        """Find which episode a track is, and what is depicted in it; each helps the other."""
        named = index_track(track.by_time, self._names, track.language)
        episode = recognise_episode(tuple(self.works.values()), hints, named, overrides)
        indexed = named.by(self._matcher_of(episode.work), self._depicted_in(episode))
        work = self._work_of(episode)
        assignment, recap = Assignment(), None
        if work is not None and work.depictions:
            is_settled = overrides.episode is not None or is_unlisted(episode, work)
            judge = doubt_number if is_settled else judge_episodes
            early = _list_early(work, indexed)
            shown = _list_shown(work, indexed, early)
            episode = judge(episode, work, shown, length_ms=indexed.length_ms)
            if not is_unlisted(episode, work):
                assignment = self._assign(indexed, episode)
                recap = _look_for_recap(work, episode, early, indexed)
        return _Recognised(
            track=indexed,
            episode=episode,
            assignment=assignment,
            passages=_without_recap(make_passages(assignment.passages, indexed), recap),
            recap=recap,
            is_unlisted=is_unlisted(episode, work),
            is_of_film=work is not None and work.is_film,
        )

    def _work_of(self, episode: Episode) -> Work | None:
        return self.works.get(episode.work) if episode.work else None

    def index(self, track: Track, episode: Episode) -> IndexedTrack:
        """Index a track, of a recognised episode, by all terms of all notes."""
        depicted = self._depicted_in(episode)
        return index_track(track.by_time, self._full_matcher, track.language, depicted)

    def admits(self, topic: Topic, note: Note, work: str | None) -> bool:
        """Whether a note may appear in a track of this work, or of none, at all.

        What judges a work, or says what it leaves out, is about no other work.
        """
        return work == topic.work or (self._is_any_work and note.kind == "context")

    def examine(
        self, track: IndexedTrack, episode: Episode, notes: Mapping[str, tuple[Note, ...]]
    ) -> tuple[Examination, ...]:
        """Look closely at notes, by topic id, in one track from `index`."""
        return tuple(
            Examination(
                topic=topic,
                note=note,
                work=self.topics[topic].work,
                admitted=self.admits(self.topics[topic], note, episode.work),
                candidate=self._nearest(self.topics[topic], note, track, episode),
                expectation=expectation_of(note.episodes, episode),
            )
            for topic, chosen in notes.items()
            for note in chosen
        )

    def examine_depictions(
        self, track: IndexedTrack, outcome: Outcome, shown: Mapping[str, tuple[Depiction, ...]]
    ) -> tuple[Examination, ...]:
        """Look closely at what works show, by work id, as at notes that are about it alone."""
        episode = outcome.episode
        played = {passage.depiction for passage in outcome.passages}
        # other windows in a passage may be stronger: more than strength decides where one begins
        assigned = {
            (episode.work, name): candidate
            for name, candidate in (self._assign(track, episode).passages if played else {}).items()
            if name in played
        }
        return tuple(
            Examination(
                topic=work,
                note=Note(
                    id=depiction.id,
                    depictions=(depiction.id,),
                    episodes=depiction.episodes,
                    citations=(),
                    texts={},
                ),
                work=work,
                admitted=work == episode.work,
                candidate=assigned.get((work, depiction.id))
                or nearest_candidate(
                    depiction.anchors, track, prior_of_depicted(depiction, episode)
                ),
                expectation=expectation_of(depiction.episodes, episode),
            )
            for work, depictions in shown.items()
            for depiction in depictions
        )

    def _place(
        self, note: Note, recognised: _Recognised
    ) -> Iterable[tuple[Moment, Passage | None]]:
        """Find where a note belongs: in the passage it is about, or where its words are spoken.

        A passage is found by all that is said in it. Where it is expected and not found, the
        note's own words must show it as strongly as in a strange place.
        """
        episode, passages = recognised.episode, recognised.passages
        if recognised.is_unlisted and (note.episodes or recognised.is_of_film):
            return
        expectation = expectation_of(note.episodes, episode)
        names = [name for name in note.depictions if name in passages]
        if names:
            assigned = recognised.assignment.passages
            # by identity: to hash a candidate is to hash its whole anchor
            passage_of = {id(assigned[name]): passages[name] for name in names}
            for candidate in choose([assigned[name] for name in names], recognised.track):
                passage = passage_of[id(candidate)]
                yield find_moment(note, passage, candidate, recognised.track), passage
            return
        # its scene was looked for with all its words, and is not here
        if note.depictions and expectation == "elsewhere":
            return
        prior = PRIORS["elsewhere"] if note.depictions else prior_of(note.episodes, episode)
        track = recognised.track
        for moment in choose_moments(find_sufficient(note.anchors, track, prior), track):
            if recognised.recap is None or moment.start_ms > recognised.recap.end_ms:
                yield moment, None

    def _assign(self, track: IndexedTrack, episode: Episode) -> Assignment:
        """Assign what the recognised work shows to places in a track."""
        candidates = {
            depiction.id: find_sufficient(
                depiction.anchors, track, prior_of_depicted(depiction, episode)
            )
            for depiction in self._depictions_of(episode)
        }
        return assign_passages(candidates, track)

    def _depictions_of(self, episode: Episode) -> tuple[Depiction, ...]:
        work = self._work_of(episode)
        return work.depictions if work else ()

    def _nearest(
        self, topic: Topic, note: Note, track: IndexedTrack, episode: Episode
    ) -> Candidate | None:
        """Find what came closest to being the note's place, by its depictions or by itself."""
        depictions = [
            depiction
            for name in note.depictions
            if (depiction := self._depictions.get((topic.work, name)))
        ]
        own_prior = PRIORS["elsewhere"] if depictions else prior_of(note.episodes, episode)
        nearest = [
            nearest_candidate(depiction.anchors, track, prior_of_depicted(depiction, episode))
            for depiction in depictions
        ]
        nearest.append(nearest_candidate(note.anchors, track, own_prior))
        found = [candidate for candidate in nearest if candidate is not None]
        return min(found, key=how_far) if found else None

    def _explain_absence(
        self, topic: Topic, note: Note, recognised: _Recognised
    ) -> tuple[Reason, ...]:
        """Return why a note that belongs here was not placed; nothing where it need not be said."""
        expectation = expectation_of(note.episodes, recognised.episode)
        is_of_no_film = recognised.is_unlisted and recognised.is_of_film
        if expectation == "elsewhere" or is_of_no_film:
            return ()
        if note.anchors or note.depictions:
            track = recognised.track
            candidate = self._nearest(topic, note, track, recognised.episode)
            if candidate is not None:
                rivals = recognised.assignment.rivals
                return explain_loss(candidate, track, _rival_of(note, rivals), recognised.recap)
        return (_reason_of_absence(note),) if expectation == "expected" else ()

    def _find_by_code(
        self, track: Track, episode: Episode
    ) -> tuple[list[Annotation], tuple[Issue, ...]]:
        """Return what plugins' code finds that may appear here, and what failed in it."""
        is_of_any = self._is_any_work or any(
            topic.work == episode.work for topic in self.topics.values()
        )
        if self._annotators is None or not is_of_any:  # nothing that is found would be admitted
            return [], ()
        found, failed = self._annotators.annotate_track(track, episode)
        admitted = [
            annotation
            for annotation in found
            if annotation.topic in self.topics
            and self.admits(self.topics[annotation.topic], annotation.note, episode.work)
        ]
        return admitted, failed


def _settle_kind(work: Work, topics: Iterable[Topic]) -> Work:
    """Return a work that names no episode as a series if notes about it do."""
    notes = (note for topic in topics if topic.work == work.id for note in topic.notes)
    is_series = work.kind is None and any(note.episodes or note.spoiler for note in notes)
    return evolve(work, kind="series") if is_series and work.is_film else work


def _list_shown(work: Work, track: IndexedTrack, early: Collection[Passage]) -> Iterator[Shown]:
    """Return where most speaks for each depiction that has a place, whatever the episode.

    Args:
        work: of the track.
        track: the track.
        early: passages that are as early as a recap is; where these crowd, places are later.
    """
    # the scenes of a clip may stand as close as those of a recap
    is_clip = track.length_ms < SHORT_MS
    crowded_ms = -1 if is_clip else end_of_crowd(early, track.starts_ms[0])
    # without regard to the name, or it would be its own proof
    for depiction in work.depictions:
        sufficient = find_sufficient(depiction.anchors, track, PRIORS["expected"])
        found = [candidate for candidate in sufficient if candidate.found[0].at_ms > crowded_ms]
        if found:
            best = max(found, key=lambda candidate: (candidate.evidence, -candidate.first_cue))
            yield Shown(best.found[0].at_ms, best.evidence, depiction.id)


def _list_early(work: Work, track: IndexedTrack) -> list[Passage]:
    """Return the passages that are as early as a recap is, whatever the episode."""
    if not track.starts_ms:
        return []
    until_ms = track.starts_ms[0] + RECAP_MS
    early = {
        shown.id: [
            candidate
            for candidate in find_sufficient(shown.anchors, track, PRIORS["unknown"])
            if track.tokens.cues[candidate.last_cue].end_ms <= until_ms
        ]
        for shown in work.depictions
    }
    return [*make_passages(assign_passages(early, track).passages, track).values()]


def _look_for_recap(
    work: Work, episode: Episode, early: Sequence[Passage], track: IndexedTrack
) -> Passage | None:
    """Return the recap at the start of a track, whose scenes are those of other episodes."""
    if not episode.ids or not early:
        return None
    expected = {shown.id: shown.episodes for shown in work.depictions}
    return find_recap(early, expected, episode.ids, track)


def _without_recap(passages: Mapping[str, Passage], recap: Passage | None) -> Mapping[str, Passage]:
    """Return the passages that begin after the recap."""
    if recap is None:
        return passages
    return {name: passage for name, passage in passages.items() if passage.start_ms > recap.end_ms}


def _issues_of(episode: Episode, track: Track) -> Iterator[Issue]:
    """Return what the user should know about the episode that a track was taken for."""
    for doubts in doubts_of(episode):
        from headnotes.languages import describe_reasons, describe_remedy, load_messages

        code, messages = doubts[0].code, load_messages(FALLBACK)
        yield Issue(
            path=track.name,
            code=code,
            level="info" if code == "other-year" else "warning",
            message=describe_reasons(doubts, messages),
            hint=describe_remedy(doubts[0], messages),
        )


def _issues_of_language(indexed: IndexedTrack, track: Track) -> Iterator[Issue]:
    """Return what the user should know about words whose frequency is not known."""
    if not indexed.is_language_known:
        language = f"dialogue in {track.language!r}" if track.language else "unknown language"
        yield Issue(
            path=track.name,
            code="unknown-frequencies",
            level="info",
            message=f"{language}, of which it is not known how common its words are",
            hint="each counts half, so notes ask for twice as many",
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


def _rival_of(note: Note, rivals: Mapping[str, str]) -> str | None:
    """Return what took the place of a note's depiction, if something did."""
    return next((rivals[name] for name in note.depictions if name in rivals), None)


def _reason_of_absence(note: Note) -> Reason:
    """Return why there is nothing that came close to a note's moment."""
    return Reason("nothing-spoken" if note.anchors or note.depictions else "code-found-nothing")


def _name_of(unplaced: Unplaced) -> tuple[str, str]:
    return unplaced.topic, unplaced.note.id
