"""What comes of a track: moments, annotations, headnotes, and the ways of writing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, get_args

from headnotes.issues import Issue
from headnotes.model.topics import Note, Topic, Verdict
from headnotes.model.tracks import Language, LocalText, Scene, Track
from headnotes.model.works import EpisodeId, Work, as_episode_ids
from headnotes.values import field, frozen

DoubtCode = Literal[
    "episode-contradicted",
    "episode-unlisted",
    "asked-contradicted",
    "asked-unlisted",
    "asked-of-film",
    "scenes-of",
    "other-year",
]
"""What speaks against the work or episode that a track was taken for."""

ReasonCode = Literal[
    # how work and episode were recognised
    "option",
    "file-name",
    "folder-name",
    "names-spoken",
    "episode-named",
    "episode-counted",
    "episode-asked",
    "scenes",
    DoubtCode,
    # what a note has, and what it wants to be placed
    "found",
    "term-missing",
    "too-few-terms",
    "too-wide",
    "forbidden",
    "too-weak",
    "outbid",
    "recap",
    "nothing-spoken",
    "code-found-nothing",
    # what keeps a note from a track in which its words are spoken
    "other-work",
    "depicted-elsewhere",
    # why a note with a place is not on screen
    "other-topic",
    "other-verdict",
    "low-weight",
    "later-episode",
    "no-line",
    "long-line",
    "passage-too-short",
    "much-dialogue",
    "crowded-passage",
    "many-in-ten-minutes",
]
"""Why something was decided as it was; each has a template in every language's `[reasons]`."""


@frozen
class Reason:
    """One reason for a decision, put into words where it is shown.

    Attributes:
        code: stays the same from version to version.
        parameters: what the template of that code takes: texts, numbers, lists of texts.
    """

    code: ReasonCode
    parameters: Mapping[str, str | int | float | tuple[str, ...]] = field(factory=dict)


@frozen(kw_only=True)
class Episode:
    """What a track belongs to.

    Attributes:
        work: id of the work; `None` where none was recognised.
        ids: all episodes the file holds; empty where none is known, and for a film.
        is_film: whether the work is a film, and thereby its own single episode.
        recognised_by: what the work, and then the episode, was recognised by, and what speaks
            against that.
        posterior: how likely episodes are, by name and scenes together, from 0 to 1: the likeliest,
            and all of 0.02 and more, the likeliest first; empty where there is nothing to judge by.
            Each is judged as if the whole file were that one: of several in a file it says little.
    """

    work: str | None = None
    ids: tuple[EpisodeId, ...] = field(default=(), converter=as_episode_ids)
    is_film: bool = False
    recognised_by: tuple[Reason, ...] = ()
    posterior: Mapping[EpisodeId, float] = field(factory=dict)

    @property
    def id(self) -> EpisodeId | None:
        """The first episode the file holds; `None` where none is known."""
        return self.ids[0] if self.ids else None


@frozen(kw_only=True)
class Evidence:
    """One term found: the number of the cue it begins in, the term, the words as spoken."""

    cue: int
    term: str
    text: str


@frozen(kw_only=True)
class Moment:
    """The span of cues that an anchor found.

    Attributes:
        start_ms, end_ms: from the first cue's start to the last cue's end.
        first_cue, last_cue: numbers of those cues.
        strength: 0 to 1, how much independent evidence speaks for it.
        evidence: by cue, then by term.
    """

    start_ms: int
    end_ms: int
    first_cue: int
    last_cue: int
    strength: float
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class Passage:
    """The stretch of one track in which a depiction plays.

    Attributes:
        depiction: its id in the work; empty where a note stands by its own words or by code, and
            the passage is the run of dialogue around it.
        start_ms, end_ms: from its first cue's start to the end of its last cue, and of the pause
            after that where the passage is known to go on.
        first_cue, last_cue: numbers of those cues.
    """

    depiction: str = ""
    start_ms: int
    end_ms: int
    first_cue: int
    last_cue: int


@frozen(kw_only=True)
class Annotation:
    """A note attached to a moment, under the id of the topic it comes from.

    Attributes:
        moment: where it belongs.
        passage: in which the moment lies; `None` until the engine has seen it, as plugins' code
            need not know.
    """

    topic: str
    note: Note
    moment: Moment
    passage: Passage | None = None

    @property
    def reading_order(self) -> tuple[int, int, str, str]:
        """What annotations of one track are sorted by: their moments, then topic and note."""
        return self.moment.start_ms, self.moment.end_ms, self.topic, self.note.id

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Which note it is and at which cues: of two that agree in it, one is a double."""
        return self.topic, self.note.id, self.moment.first_cue, self.moment.last_cue


@frozen(kw_only=True)
class Unplaced:
    """A note that expects this track and found no moment.

    Attributes:
        reasons: what there was of it, if anything, then what it wants.
    """

    topic: str
    note: Note
    reasons: tuple[Reason, ...]


@frozen(kw_only=True)
class Headnote:
    """An annotation as shown on screen.

    Attributes:
        label: one of the fixed set that names it, brackets included.
        text: label and line in one or two lines, joined by a newline.
        start_ms, end_ms: its window.
        language: of the text.
    """

    annotation: Annotation
    label: str
    text: str
    start_ms: int
    end_ms: int
    language: Language


@frozen(kw_only=True)
class Profile:
    """One way of writing a track.

    Attributes:
        name: as `--profile` takes it.
        title: the free title in the file name, by language: `Historical notes`.
        suffix: file ending with its dot.
        suffix_by_format: other endings, for tracks of these formats.
        write: the track and the headnotes by start to a whole file's text.
        players: names for `--for` that this profile serves best.
        is_by_moment: whether it writes every note at its moment, as chapters do, and not only
            those that have a place on screen; each then lasts to the end of its passage.
    """

    name: str
    title: LocalText
    suffix: str
    write: Callable[[Track, tuple[Headnote, ...]], str]
    players: tuple[str, ...] = ()
    is_by_moment: bool = False
    suffix_by_format: Mapping[str, str] = field(factory=dict)


VERDICTS_TO_CHOOSE = (*get_args(Verdict), "context")
"""What a choice of verdicts may name."""


@frozen(kw_only=True)
class Choice:
    """Which notes a reader asked for, and how far they have seen.

    Topics decide what a report is about; the rest decides what it lists, never what it counts.
    `Headnotes.report` takes one as `choice`.

    Attributes:
        topics: ids; empty for all.
        verdicts: verdict slugs, or `context` for notes that judge nothing; empty for all.
        min_weight: 1 to 3.
        seen: how far they have seen, `SxxEyy` or `all`; `None` for the episodes of the file.
    """

    topics: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    min_weight: int = 1
    seen: str | None = None


@frozen(kw_only=True)
class Outcome:
    """Everything that came of one track: the input of every track and report we write.

    Attributes:
        track, episode, scenes: what was read, and what it belongs to.
        passages: where the depictions of the work play, by time.
        rivals: by depiction that lost its best place, the depiction that plays there instead.
        recap: of earlier episodes, at the start, which gets no notes; `None`: there is none.
        annotations: by moment, then topic, then note id; spoilers included.
        unplaced: notes that expected this track and found no moment, by topic and note.
        topics: the topics that were asked, by id: titles, sources and corrections.
        work: the recognised work; `None` where there is none.
        issues: what failed on the way (a plugin, a topic file); the rest is still good.
        choice: what its reader asked for.
        set_aside: annotations of the topics asked that the reader does not want listed; they count.
    """

    track: Track
    episode: Episode
    scenes: tuple[Scene, ...]
    annotations: tuple[Annotation, ...]
    unplaced: tuple[Unplaced, ...]
    topics: Mapping[str, Topic]
    passages: tuple[Passage, ...] = ()
    rivals: Mapping[str, str] = field(factory=dict)
    recap: Passage | None = None
    work: Work | None = None
    issues: tuple[Issue, ...] = ()
    choice: Choice = Choice()
    set_aside: tuple[Annotation, ...] = ()


@frozen(kw_only=True)
class Report:
    """One way of reporting, as a plugin may add it.

    Attributes:
        name: as `--format` takes it.
        suffix: file ending with its dot.
        render: the outcomes in order, and the language of the page, to file names (without
            folders) and their whole text; a report for standard output returns one.
        is_for_folder: whether it writes several files by default instead of standard output.
    """

    name: str
    suffix: str
    render: Callable[[tuple[Outcome, ...], Language], Mapping[str, str]]
    is_for_folder: bool = False
