"""The words of Headnotes as frozen values.

Every value is immutable and compares by value. Times are whole milliseconds from the start of
the file; languages are BCP 47 tags in lower case (`en`, `de`). What reads, matches, places or
writes these values lives in the rooms above; nothing here touches a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from attrs import field, frozen

from headnotes.errors import Problem

Language = str
"""A language tag such as `en` or `de`."""

LocalText = Mapping[Language, str]
"""One text in several languages."""

Verdict = Literal[
    "accurate", "mostly-accurate", "mostly-inaccurate", "inaccurate", "invented", "unverified"
]
"""How a depiction stands to the record; the last two are not scored."""

Confidence = Literal["high", "moderate", "low"]
Departure = Literal[
    "anachronism",
    "time-compressed",
    "composite",
    "invented-person",
    "invented-event",
    "omitted",
    "scale",
    "place",
    "prop",
    "language",
    "motive",
]
"""A kind of licence taken, after the goof categories of IMDb, cut to history."""

SourceKind = Literal["scholarly", "primary", "reference", "journalism", "general", "partisan"]
ReadStatus = Literal["whole", "part", "not"]
Stance = Literal["supports", "disputes", "qualifies"]
When = Literal["first", "last", "scene", "every"]
Widen = Literal["moment", "scene"]
Certainty = Literal["given", "certain", "likely", "guess"]
"""How a fact about a file is known: said by the user, proven, plausible, or a last resort."""

# ---------------------------------------------------------------------------------- tracks


@frozen(kw_only=True)
class Cue:
    """One timed text of a track.

    Attributes:
        number: its place in the file as read, from 1; empty timed cues count.
        start_ms, end_ms: when it shows; `end_ms` is never before `start_ms`.
        text: all its characters without markup, lines joined by a newline: what a viewer reads.
        spoken: what is said: `text` less speaker labels, [sounds] and music notes.
        asides: those labels, sounds and notes, in reading order, without their brackets.
        raw: the text as the file has it, markup included, lines joined by a newline.
        is_top: whether the file puts it at the top of the picture.
        starts_scene: whether the format itself marks a cut or a new chapter here.
        span: where the whole cue block stands in the decoded source; `None` for made cues.
    """

    number: int
    start_ms: int
    end_ms: int
    text: str
    spoken: str
    raw: str
    asides: tuple[str, ...] = ()
    is_top: bool = False
    starts_scene: bool = False
    span: tuple[int, int] | None = None


@frozen(kw_only=True)
class Repair:
    """One thing put right while reading a file, so that nothing is mended in silence.

    Attributes:
        line: line of the decoded file, from 1.
        kind: a slug that stays the same from version to version.
        what: what was found and how it was read, in words.
    """

    line: int
    kind: str
    what: str


@frozen(kw_only=True)
class Track:
    """One subtitle file as read.

    Attributes:
        name: the file's name for people, without folders of this machine.
        format: name of the `TrackFormat` that read it.
        language: of the dialogue; `None` where neither name nor text tells.
        cues: in the order of the file.
        encoding: name of the character set it was read in.
        encoding_certainty: how sure that is.
        repairs: what was put right, by line.
        source: the decoded text, kept so that an unchanged track is written back unchanged.
        bom: whether the file began with a byte order mark.
    """

    name: str
    format: str
    language: Language | None
    cues: tuple[Cue, ...]
    encoding: str = "utf-8"
    encoding_certainty: Certainty = "certain"
    repairs: tuple[Repair, ...] = ()
    source: str = field(default="", repr=False)
    bom: bool = False

    @property
    def by_time(self) -> tuple[Cue, ...]:
        """The cues by start, then by number: the order of matching and of written tracks."""
        return tuple(sorted(self.cues, key=lambda cue: (cue.start_ms, cue.number)))

    @property
    def duration_ms(self) -> int:
        """When the last cue ends; 0 for a track without cues."""
        return max((cue.end_ms for cue in self.cues), default=0)


@frozen(kw_only=True)
class TrackFormat:
    """One subtitle format, as a plugin may add it.

    Attributes:
        name: short, as `--format` texts and data name it: `srt`.
        suffixes: usual file endings with their dot, the first one for writing.
        recognise: whether decoded text is of this format; sees the whole text, answers fast.
        parse: decoded text to cues in file order and what was repaired; raises `TrackError`.
        write: cues with times and raw text to a whole file's text; `None`: read only.
    """

    name: str
    suffixes: tuple[str, ...]
    recognise: Callable[[str], bool]
    parse: Callable[[str], tuple[tuple[Cue, ...], tuple[Repair, ...]]]
    write: Callable[[Track], str] | None = None


@frozen(kw_only=True)
class Scene:
    """A run of cues without a long silence.

    Attributes:
        number: from 1, by time.
        start_ms, end_ms: from its first cue's start to its last cue's end.
        first_cue, last_cue: positions in `Track.by_time`, from 0, both inside.
    """

    number: int
    start_ms: int
    end_ms: int
    first_cue: int
    last_cue: int


# ---------------------------------------------------------------------------------- anchors


@frozen(kw_only=True)
class Anchor:
    """The rule that finds a note's moment; terms are written as in topic files.

    Attributes:
        all: terms that must all be spoken.
        any, at_least: of these at least so many; a topic file asks for one unless it says more.
        none: terms that must not be spoken in or close to the moment.
        within: seconds between the first and the last of them at most, 5 to 600.
        when: the first moment only, the last one (where an early note would tell what is about
            to happen), one a scene, or every one.
        widen: the moment as found, or the whole scene around it.
    """

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    at_least: int = 0
    none: tuple[str, ...] = ()
    within: int = 60
    when: When = "first"
    widen: Widen = "moment"


@frozen(kw_only=True)
class Cases:
    """Dialogue that tests an anchor: each case is one or more lines spoken in a row."""

    hits: tuple[tuple[str, ...], ...] = ()
    misses: tuple[tuple[str, ...], ...] = ()


# ------------------------------------------------------------------------------------ works


@frozen(kw_only=True)
class WorkEpisode:
    """One episode of a work, and what other services call it.

    Attributes:
        id: `SxxEyy` in the numbering of the work's own broadcaster.
        title: where it has one.
        numberings: the same episode elsewhere, by service, as `SxxEyy` or a plain number.
    """

    id: str
    title: LocalText = field(factory=dict)
    numberings: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class Depiction:
    """One thing a work shows, which notes of any topic may be about.

    Its anchors find the scene, so that a note is found by everything that is said there, and
    not only by the words of its own subject.

    Attributes:
        id: slug, unique in its work.
        shown: what is shown, in a line.
        episodes: where; a prior, never a condition.
        anchors: rules of which any one may find it.
        cases: dialogue that tests them.
    """

    id: str
    shown: LocalText
    anchors: tuple[Anchor, ...]
    episodes: tuple[str, ...] = ()
    cases: Cases = Cases()


@frozen(kw_only=True)
class Work:
    """The film or series that verdicts are about.

    Attributes:
        id, title: its slug and its titles by language.
        aliases: other titles that file names use.
        names: terms for names spoken in it; several distinct ones recognise the work.
        episodes: in order; empty for a film.
        depictions: what it shows, in order.
        origin: where it was read from, for messages.
    """

    id: str
    title: LocalText
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    episodes: tuple[WorkEpisode, ...] = ()
    depictions: tuple[Depiction, ...] = ()
    origin: str = field(default="", eq=False)


@frozen(kw_only=True)
class Episode:
    """What a track belongs to.

    Attributes:
        work: id of the work; `None` where none was recognised.
        id: `SxxEyy`; `None` where unknown. A double episode has its first id here.
        ids: all episodes the file holds.
        how: in words, what told us: `file name`, `--work`, `6 names in the dialogue`.
    """

    work: str | None = None
    id: str | None = None
    ids: tuple[str, ...] = ()
    how: str = ""


# ----------------------------------------------------------------------------------- topics


@frozen(kw_only=True)
class Source:
    """A bibliographic entry.

    Attributes:
        id: slug, unique in its topic.
        author, title, year: as printed; `year` may be a range or `None` for undated pages.
        kind: what sort of text it is.
        standpoint: from where it speaks, by language.
        read: how much of it was read for the notes.
        url, publisher, site, pages: where there are any.
    """

    id: str
    title: str
    kind: SourceKind
    standpoint: LocalText
    read: ReadStatus
    author: str = ""
    year: int | str | None = None
    url: str = ""
    publisher: str = ""
    site: str = ""
    pages: str = ""


@frozen(kw_only=True)
class Citation:
    """A place in a source that supports, disputes or qualifies a note."""

    source: str
    at: str
    stance: Stance


@frozen(kw_only=True)
class NoteText:
    """What a note says in one language.

    Attributes:
        headnote: the on-screen line without its label.
        shown: what the work shows.
        record: what is known, and how sources disagree.
        confidence: why the verdict is as sure as it is; empty for context notes.
    """

    headnote: str
    shown: str
    record: str
    confidence: str = ""


@frozen(kw_only=True)
class Note:
    """What is worth knowing at a moment.

    Attributes:
        verdict: `None` for a context note, which judges nothing.
        confidence: how sure the verdict is; `None` for a context note.
        weight: 1 prop, 2 scene, 3 plot-level claim.
        episodes: where it is expected; a prior, never a condition.
        spoiler: the later episode it tells of.
        disputed: whether sources disagree on the point.
        texts: by language.
        depictions: ids of what it is about, in its work; where one is found, the note stands.
        anchors: rules of its own, of which any one may find it where no depiction is found;
            without depictions and anchors a plugin's code places it.
        line: where it stands in its topic file, for messages; 0 for made notes.
    """

    id: str
    texts: Mapping[Language, NoteText]
    citations: tuple[Citation, ...]
    verdict: Verdict | None = None
    confidence: Confidence | None = None
    departures: tuple[Departure, ...] = ()
    weight: int = 2
    episodes: tuple[str, ...] = ()
    spoiler: str | None = None
    disputed: bool = False
    depictions: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    cases: Cases = Cases()
    line: int = field(default=0, eq=False)

    @property
    def kind(self) -> Literal["verdict", "context"]:
        """Whether it judges a depiction or gives background."""
        return "context" if self.verdict is None else "verdict"


@frozen(kw_only=True)
class Correction:
    """One public change to a note: what it was, what it is, why, since which version."""

    note: str
    version: str
    change: str
    why: str


@frozen(kw_only=True)
class Topic:
    """One subject with its notes and sources.

    Attributes:
        work: id of the work its verdicts are about.
        sources: by id, in the order of the file.
        origin: where it was read from, for messages.
    """

    id: str
    version: str
    work: str
    title: LocalText
    notes: tuple[Note, ...]
    sources: Mapping[str, Source]
    corrections: tuple[Correction, ...] = ()
    origin: str = field(default="", eq=False)


# ------------------------------------------------------------------------------ annotations


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


# ------------------------------------------------------------------- what plugins may add


@frozen(kw_only=True)
class Profile:
    """One way of writing a track.

    Attributes:
        name: as `--profile` takes it.
        title: the free title in the file name, by language: `Historical notes`.
        suffix: file ending with its dot.
        suffix_by_format: other endings, for tracks of these formats.
        carries_dialogue: whether the dialogue is in the file too.
        write: the track and the headnotes by start to a whole file's text.
        players: names for `--for` that this profile serves best.
    """

    name: str
    title: LocalText
    suffix: str
    carries_dialogue: bool
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
        problems: what failed on the way (a plugin, a topic file); the rest is still good.
    """

    track: Track
    episode: Episode
    scenes: tuple[Scene, ...]
    annotations: tuple[Annotation, ...]
    unplaced: tuple[Unplaced, ...]
    topics: Mapping[str, Topic]
    work: Work | None = None
    problems: tuple[Problem, ...] = ()


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
