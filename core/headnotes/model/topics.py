"""What is worth knowing: topics, their notes, and the sources these rest on."""

# Annotations are no texts here: every run asks for them, and would have to parse each.

from collections.abc import Mapping
from typing import Annotated, Literal

from headnotes.issues import Issue
from headnotes.later import Later, known_of
from headnotes.model.rules import Help, Layout, Pattern, PlainYear, Slug, WholeNumber
from headnotes.model.tracks import Language, LocalText
from headnotes.model.works import (
    Anchor,
    Cases,
    Claim,
    EpisodeId,
    as_episode_id_or_none,
    as_episode_ids,
)
from headnotes.values import field, frozen

Verdict = Literal[
    "accurate", "mostly-accurate", "mostly-inaccurate", "inaccurate", "invented", "unverified"
]
"""How a claim stands to the record; the last two are not scored."""
Confidence = Literal["high", "moderate", "low"]
NoteKind = Literal["verdict", "context", "omission"]
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
ReadStatus = Literal["whole", "passage", "abstract", "opening", "part", "not"]
"""How much of a source was read: all, a place inside it, its summary, its beginning; `part` says
only that it was not all, as files of format 1 do; `not` is further reading."""
Stance = Literal["supports", "disputes", "qualifies"]

_Year = (
    PlainYear
    | Annotated[
        str,
        Pattern(
            r"\D*\d{4}(\D.*)?",
            'a span of years as "1929-31"; a plain year, 1929, has no quotes',
        ),
    ]
)
_Address = Annotated[str, Pattern(r"https?://[^\s<>\"'`]+", "an http(s) address")]


@frozen(kw_only=True)
class Source:
    """A bibliographic entry.

    Attributes:
        id: slug, unique in its topic.
        author, title, year: as printed; `year` may be a range or `None` for undated pages.
        kind: what sort of text it is.
        standpoint: from where it speaks, by language.
        read: how much of it was read for the notes.
        url, publisher, pages: where there are any.
        site: site, or paper with its issue or date, that it stands in.
    """

    id: Annotated[Slug, Help("slug that citations name it by")]
    author: Annotated[str, Help("as printed")] = ""
    title: Annotated[str, Help("as printed")]
    year: Annotated[_Year | None, Help("of this edition or page")] = None
    kind: Annotated[SourceKind, Help("sort of text")]
    standpoint: Annotated[LocalText, Layout.FILLED, Help("from where it speaks, by language")]
    read: Annotated[
        ReadStatus,
        Help("how much was read; 'not' is further reading, 'part' is for files of format 1"),
    ]
    url: Annotated[_Address, Help("where")] = ""
    publisher: Annotated[str, Help("publisher")] = ""
    site: Annotated[str, Help("site, or paper with its issue or date")] = ""
    pages: Annotated[str, Help("pages")] = ""


@frozen(kw_only=True)
class Citation:
    """A place in a source that supports, disputes or qualifies a note."""

    source: Annotated[Slug, Help("id of one of the sources")]
    at: Annotated[str, Help("place in it: page, paragraph")]
    stance: Annotated[Stance, Help("what it does")]


PLACEHOLDER = "TODO:"
"""How a text begins that its author has still to write; templates have such texts."""


@frozen(kw_only=True)
class NoteText:
    """What a note says in one language.

    Attributes:
        headnote: the on-screen line without its label.
        shown: what the work shows.
        record: what is known, and how sources disagree.
        confidence: why the verdict is as sure as it is; empty for context notes.
        exempt: why the line need not open by denying or correcting; empty where it does.
    """

    headnote: Annotated[str, Help("the on-screen line without its label")]
    shown: Annotated[str, Help("what the work shows")]
    record: Annotated[str, Help("what is known")]
    confidence: Annotated[str, Help("why the verdict is as sure as it is")] = ""
    exempt: Annotated[
        str, Help("why the line after a negative label need not open by denying or correcting")
    ] = ""


@frozen(kw_only=True)
class Note(Later):
    """What is worth knowing at a moment.

    Attributes:
        verdict: `None` for a note that judges nothing: context, or an omission.
        confidence: how sure the verdict is; `None` without a verdict.
        claim: id of what it judges, in its work or its topic; `None` where the verdict is about
            what the note says is shown, which is then a claim of the note's own.
        weight: 1 prop, 2 scene, 3 plot-level claim.
        episodes: where it is expected; a prior, never a condition.
        spoiler: the later episode it tells of.
        disputed: whether sources disagree on the point.
        texts: by language.
        depictions: ids of what it is about, in its work; where one is found, the note stands.
        anchors: rules of its own, of which any one may find it where no depiction is found;
            without depictions and anchors a plugin's code places it.
        exempt: why a finding of `check` about its verdict is none, by the code of the finding.
        line: where it stands in its topic file, for messages; 0 for made notes.
    """

    id: Annotated[Slug, Help("slug that never changes")]
    verdict: Annotated[Verdict | None, Help("left out for context and omissions")] = None
    confidence: Annotated[Confidence | None, Help("how sure the verdict is")] = None
    claim: Annotated[Slug | None, Help("id of the claim that the verdict is about")] = None
    departures: Annotated[
        tuple[Departure, ...],
        Help("kinds of licence taken; omitted without a verdict: what is left out"),
    ] = ()
    weight: Annotated[int, WholeNumber(1, 3), Help("1 prop, 2 scene, 3 plot; default 2")] = 2
    episodes: Annotated[tuple[EpisodeId, ...], Help("where it is expected")] = field(
        default=(), converter=as_episode_ids
    )
    spoiler: Annotated[EpisodeId | None, Help("the later episode it gives away")] = field(
        default=None, converter=as_episode_id_or_none
    )
    disputed: Annotated[bool, Help("whether sources disagree on the point")] = False
    citations: Annotated[tuple[Citation, ...], Layout.FILLED, Help("what it rests on")]
    depictions: Annotated[
        tuple[Slug, ...], Help("what it is about: ids of depictions of its work")
    ] = ()
    anchors: Annotated[
        tuple[Anchor, ...],
        Layout.SINGULAR,
        Layout.FILLED,
        Help(
            "the rule that finds its moment, or several of which one must hold; left out where "
            "a depiction or a plugin's code places it"
        ),
    ] = ()
    cases: Annotated[Cases, Help("dialogue that tests the anchor")] = Cases()
    texts: Annotated[
        Mapping[Language, NoteText], Layout.INLINE, Help("a language tag with the note's texts")
    ]
    exempt: Annotated[
        Mapping[Slug, str], Help("why a finding about its verdict does not hold, by its code")
    ] = field(factory=dict)
    line: int = field(default=0, eq=False)

    @property
    def kind(self) -> NoteKind:
        """Whether it judges a claim, gives background, or says what the work leaves out."""
        if self.verdict is not None:
            return "verdict"
        return "omission" if "omitted" in self.departures else "context"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of its texts, which need not be read for that."""
        return known_of(self) or tuple(self.texts)

    @property
    def judges(self) -> str | None:
        """The id of the claim it judges, its own id for a claim of its own; `None`: none."""
        return None if self.verdict is None else self.claim or self.id


@frozen(kw_only=True)
class Rating:
    """The second verdict on one claim, by a reader who had not seen the first.

    Attributes:
        claim: its id, or that of the note whose own claim it is.
        verdict, confidence: as a note has them.
        reason: one sentence, by language.
    """

    claim: Annotated[Slug, Help("id of the claim, or of the note that names none")]
    verdict: Annotated[Verdict, Help("how the claim stands to the record")]
    confidence: Annotated[Confidence, Help("how sure that is")]
    reason: Annotated[LocalText, Layout.FILLED, Help("one sentence, by language")]


@frozen(kw_only=True)
class Ratings:
    """What the file of ratings beside a topic holds.

    Attributes:
        rater: who rated, and what they saw.
        origin: where it was read from, for messages.
    """

    topic: Annotated[Slug, Help("id of the topic beside it")]
    rater: Annotated[str, Help("who rated, and what they saw")]
    ratings: Annotated[tuple[Rating, ...], Layout.FILLED, Help("second verdicts")]
    origin: str = field(default="", eq=False)


@frozen(kw_only=True)
class Correction:
    """One public change to a note: what it was, what it is, why, since which version."""

    note: Annotated[Slug, Help("id of the note")]
    version: Annotated[str, Help("since which version of the topic")]
    change: Annotated[str, Help("what it was, what it is")]
    why: Annotated[str, Help("what made it needed")]


@frozen(kw_only=True)
class Question:
    """What viewers ask, and the notes that answer it."""

    text: Annotated[LocalText, Layout.FILLED, Help("as viewers ask it, by language")]
    notes: Annotated[tuple[Slug, ...], Layout.FILLED, Help("ids of the notes that answer it")]


@frozen(kw_only=True)
class Topic(Later):
    """One subject with its notes and sources.

    Attributes:
        work: id of the work its verdicts are about.
        authors, licence, homepage: whose it is, on what terms, and where it is kept; all may be
            left out.
        sources: by id, in the order of the file.
        claims: about what notes of this topic find by their own words, and no depiction shows.
        ratings: the second verdicts on the claims that it judges, from the file beside it.
        rater: who gave them; empty where nobody did.
        origin: where it was read from, for messages.
        issues: what was left out of it while reading; the rest is good.
    """

    id: Annotated[Slug, Help("slug that never changes")]
    title: Annotated[LocalText, Layout.FILLED, Help("by language")]
    version: Annotated[str, Help("of this topic, for corrections")]
    work: Annotated[Slug, Help("id of the work its verdicts are about")]
    authors: Annotated[tuple[str, ...], Help("who wrote it, as they want to be cited")] = ()
    licence: Annotated[str, Help("on what terms others may use it, as CC BY-SA 4.0")] = ""
    homepage: Annotated[_Address, Help("where it is kept, and corrections go")] = ""
    sources: Annotated[Mapping[str, Source], Layout.BY_ID, Layout.FILLED, Help("bibliography")]
    notes: Annotated[tuple[Note, ...], Layout.FILLED, Help("what is worth knowing")]
    questions: Annotated[tuple[Question, ...], Help("what viewers ask, with answers")] = ()
    corrections: Annotated[tuple[Correction, ...], Help("public log of changes to notes")] = ()
    claims: Annotated[tuple[Claim, ...], Help("about what no depiction shows")] = ()
    ratings: Annotated[tuple[Rating, ...], Layout.ELSEWHERE] = ()
    rater: Annotated[str, Layout.ELSEWHERE] = ""
    origin: str = field(default="", eq=False)
    issues: tuple[Issue, ...] = field(default=(), eq=False)
