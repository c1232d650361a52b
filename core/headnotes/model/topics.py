"""What is worth knowing: topics, their notes, and the sources these rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import converters, field, frozen

from headnotes.model.tracks import Language, LocalText
from headnotes.model.works import Anchor, Cases, EpisodeId, as_episode_id, as_episode_ids

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
    episodes: tuple[EpisodeId, ...] = field(default=(), converter=as_episode_ids)
    spoiler: EpisodeId | None = field(default=None, converter=converters.optional(as_episode_id))
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
