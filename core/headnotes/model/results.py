"""What comes of a track: moments, annotations, headnotes, and the ways of writing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import field, frozen

from headnotes.issues import Issue
from headnotes.model.topics import Note, Topic
from headnotes.model.tracks import Language, LocalText, Scene, Track
from headnotes.model.works import Episode, Work


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
class Annotation:
    """A note attached to a moment, under the id of the topic it comes from."""

    topic: str
    note: Note
    moment: Moment


@frozen(kw_only=True)
class Unplaced:
    """A note that expects this track and found no moment, with what was missing in words."""

    topic: str
    note: Note
    missing: str


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
    """

    name: str
    title: LocalText
    suffix: str
    write: Callable[[Track, tuple[Headnote, ...]], str]
    players: tuple[str, ...] = ()
    suffix_by_format: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class Outcome:
    """Everything that came of one track: the input of every track and report we write.

    Attributes:
        track, episode, scenes: what was read, and what it belongs to.
        annotations: by moment, then topic, then note id; spoilers included.
        unplaced: notes that expected this track and found no moment, by topic and note.
        topics: the topics that were asked, by id: titles, sources and corrections.
        work: the recognised work; `None` where there is none.
        issues: what failed on the way (a plugin, a topic file); the rest is still good.
    """

    track: Track
    episode: Episode
    scenes: tuple[Scene, ...]
    annotations: tuple[Annotation, ...]
    unplaced: tuple[Unplaced, ...]
    topics: Mapping[str, Topic]
    work: Work | None = None
    issues: tuple[Issue, ...] = ()


@frozen(kw_only=True)
class Report:
    """One way of reporting, as a plugin may add it.

    Attributes:
        name: as `--format` takes it.
        suffix: file ending with its dot.
        render: the outcomes in order, and the language of the page, to file names (without
            folders) and their whole text; a report that goes to standard output gives one.
        is_for_folder: whether it writes several files by default instead of standard output.
    """

    name: str
    suffix: str
    render: Callable[[tuple[Outcome, ...], Language], Mapping[str, str]]
    is_for_folder: bool = False
