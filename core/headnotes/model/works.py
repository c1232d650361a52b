"""What a track may belong to: works, their episodes, what they depict, and how that is found."""

# Annotations are no texts here: every run asks for them, and would have to parse each.

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Literal, Self

from headnotes.issues import Issue
from headnotes.later import Later
from headnotes.lazy import lazy_pattern
from headnotes.model.rules import (
    Help,
    LanguageTag,
    Layout,
    Pattern,
    PlainYear,
    Slug,
    WholeNumber,
)
from headnotes.model.tracks import LocalText
from headnotes.values import Factory, field, frozen

When = Literal["first", "last", "scene", "every"]
Widen = Literal["moment", "scene"]
Seen = Literal["watched", "summaries"]
WorkKind = Literal["film", "series"]

_OPEN_END = 9999
"""The last year of what is still going on."""

_Service = Annotated[str, Pattern(r"[a-z0-9-]+", "a service")]
_Lines = Annotated[tuple[str, ...], Layout.FILLED]
_Years = (
    PlainYear
    | Annotated[
        str,
        Pattern(
            r"[12]\d{3}-([12]\d{3}|\d{2})?",
            'from its first to its last year as "2017-2025", "2017-" where it goes on;'
            " a plain year, 2017, has no quotes",
        ),
    ]
)
_EPISODE = lazy_pattern(r"s(\d{1,4})e(\d{1,4})|(\d{1,4})x(\d{1,4})", re.ASCII | re.IGNORECASE)


@frozen(order=True)
class EpisodeId:
    """One episode by season and number, as the work's own broadcaster counts them.

    There is one way of writing it, `S01E04`, and one grammar for reading it: `S01E04`, `s1e4` and
    `1x04` are the same, with up to four digits a number. Topic files take the written form only.
    """

    season: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the episode that a text names.

        Raises:
            ValueError: it names none.
        """
        match = _EPISODE.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not an episode")
        season, number = filter(None, match.groups())
        return cls(int(season), int(number))

    def __hash__(self) -> int:
        return hash((self.season, self.number))

    def __str__(self) -> str:
        return f"S{self.season:02d}E{self.number:02d}"


def as_episode_id(value: EpisodeId | str) -> EpisodeId:
    """Return an episode id given as one or as text, so that notes made in code may say `S01E04`.

    Raises:
        ValueError: the text names no episode.
    """
    return _parse_episode(value) if isinstance(value, str) else value


# The same few episodes are named by all notes.
@lru_cache(maxsize=1 << 10)
def _parse_episode(text: str) -> EpisodeId:
    return EpisodeId.parse(text)


def as_episode_id_or_none(value: EpisodeId | str | None) -> EpisodeId | None:
    """Return an episode id where one is given, as one or as text.

    Raises:
        ValueError: the text names no episode.
    """
    return None if value is None else as_episode_id(value)


def as_episode_ids(values: Iterable[EpisodeId | str]) -> tuple[EpisodeId, ...]:
    """Return several episode ids, each given as one or as text.

    Raises:
        ValueError: a text names no episode.
    """
    return tuple(map(as_episode_id, values))


def _ask_for_one(anchor: "Anchor") -> int:
    return 1 if anchor.any else 0


@frozen(kw_only=True)
class Anchor:
    """The rule that finds a note's moment; terms are written as in topic files.

    Attributes:
        all: terms that must all be spoken.
        any, at_least: of these at least so many, by default one.
        none: terms that must not be spoken in or close to the moment.
        language: of the dialogue it is for; `None`: of any.
        within: seconds between the first and the last of them at most, 5 to 600.
        when: the first moment only, the last one (where an early note would tell what is about
            to happen), one a scene, or every one.
        widen: the moment as found, or the whole scene around it.
    """

    all: Annotated[tuple[str, ...], Layout.BY_LANGUAGE, Help("terms that must all be spoken")] = ()
    any: Annotated[
        tuple[str, ...], Layout.BY_LANGUAGE, Help("terms of which at_least must be spoken")
    ] = ()
    at_least: Annotated[int, WholeNumber(1, 50), Help("how many of any; default 1")] = field(
        default=Factory(_ask_for_one, takes_self=True)
    )
    none: Annotated[
        tuple[str, ...],
        Layout.BY_LANGUAGE,
        Help("terms that must not be spoken in or close to the moment"),
    ] = ()
    language: Annotated[LanguageTag | None, Help("of the dialogue it is for; left out: any")] = None
    within: Annotated[
        int, WholeNumber(5, 600), Help("seconds from first to last term; default 60")
    ] = 60
    when: Annotated[When, Help("which moments; default first")] = "first"
    widen: Annotated[Widen, Help("the moment or its scene; default moment")] = "moment"


@frozen(kw_only=True)
class Cases:
    """Dialogue that tests an anchor: each case is one or more lines spoken in a row."""

    hits: Annotated[
        tuple[_Lines, ...], Help("lines that must find the note; each case is a list of lines")
    ] = ()
    misses: Annotated[tuple[_Lines, ...], Help("near misses that must not")] = ()


@frozen(kw_only=True)
class WorkEpisode:
    """One episode of a work, and what other services call it.

    Attributes:
        id: in the numbering of the work's own broadcaster.
        title: where it has one.
        numberings: the same episode elsewhere, by service, as `SxxEyy` or a plain number.
    """

    id: Annotated[EpisodeId, Help("in the broadcaster's numbering")] = field(
        converter=as_episode_id
    )
    title: Annotated[LocalText, Help("where it has one")] = field(factory=dict)
    numberings: Annotated[Mapping[_Service, str], Help("what other services call it")] = field(
        factory=dict
    )


@frozen(kw_only=True)
class Claim:
    """One sentence that a viewer could affirm or deny about what is shown.

    Attributes:
        id: slug, unique in its work, or in the topic that brings it.
        text: the sentence, by language.
        seen: whether whoever wrote it has watched the passage, or read summaries of it.
    """

    id: Annotated[Slug, Help("slug that notes and ratings name it by")]
    text: Annotated[LocalText, Layout.FILLED, Help("a sentence to affirm or deny, by language")]
    seen: Annotated[Seen, Help("how the passage is known; default summaries")] = "summaries"


@frozen(kw_only=True)
class Depiction(Later):
    """One thing a work shows, which notes of any topic may be about.

    Its anchors find the scene, so that a note is found by everything that is said there, and
    not only by the words of its own subject.

    Attributes:
        id: slug, unique in its work.
        shown: what is shown, in a line.
        episodes: where; a prior, never a condition.
        anchors: rules of which any one may find it.
        cases: dialogue that tests them.
        claims: what the work says by it, each of which may be true or not.
    """

    id: Annotated[Slug, Help("slug that notes name it by")]
    shown: Annotated[LocalText, Layout.FILLED, Help("what is shown, in a line")]
    episodes: Annotated[tuple[EpisodeId, ...], Help("where it is shown")] = field(
        default=(), converter=as_episode_ids
    )
    anchors: Annotated[
        tuple[Anchor, ...],
        Layout.SINGULAR,
        Layout.FILLED,
        Help("the rule that finds it, or several"),
    ]
    cases: Annotated[Cases, Help("dialogue that tests the anchor")] = Cases()
    claims: Annotated[tuple[Claim, ...], Help("what the work says by it")] = ()


@frozen(kw_only=True)
class WorkSeason:
    """One season of a work, where it has a title or a year of its own, as in an anthology.

    Attributes:
        number: as in the ids of its episodes.
        title: by language.
        aliases: other titles that file names use.
        year: in which it was first shown.
    """

    number: Annotated[int, WholeNumber(0, 9999), Help("as in the ids of its episodes")]
    title: Annotated[LocalText, Help("where it has one, by language")] = field(factory=dict)
    aliases: Annotated[tuple[str, ...], Help("other titles that file names use")] = ()
    year: Annotated[PlainYear | None, Help("in which it was first shown")] = None


@frozen(kw_only=True)
class DepictedClaim(Claim):
    """A claim that stands apart from its depiction, as where another file brings that.

    Attributes:
        depiction: id of what makes it.
    """

    depiction: Annotated[Slug, Help("id of the depiction that makes it")]


@frozen(kw_only=True)
class Work:
    """The film or series that verdicts are about.

    Several files of one id are one work, which `headnotes.topics` makes of them.

    Attributes:
        id, title: its slug and its titles by language.
        extends: whether this only adds to a work that others describe.
        kind: `None` where its file does not say; then it is a film if it names no episode.
        year, years: when it was first shown, or from when to when, as the file says it.
        aliases: other titles that file names use.
        names: terms for names spoken in it; several distinct ones recognise the work.
        seasons: those with a title or year of their own.
        episodes: in order; empty for a film, which is its own single episode.
        depictions: what it shows, in order.
        claims: of depictions, where they stand apart from them.
        origin: where it was read from, for messages.
        issues: what was left out of it while reading; the rest is good.
    """

    id: Annotated[Slug, Help("slug that never changes; several files of one id are one work")]
    title: Annotated[
        LocalText, Layout.FILLED, Help("by language; left out where the file extends a work")
    ] = field(factory=dict)
    extends: Annotated[bool, Help("true: this only adds to the work of that id")] = False
    kind: Annotated[
        WorkKind | None, Help("default: film where no episode is named, else series")
    ] = None
    year: Annotated[_Years | None, Help("when it was first shown; tells namesakes apart")] = None
    years: Annotated[_Years | None, Help("the same under another name")] = None
    depictions: Annotated[tuple[Depiction, ...], Help("what it shows, in order")] = ()
    claims: Annotated[
        tuple[DepictedClaim, ...], Help("claims of depictions that another file brings")
    ] = ()
    aliases: Annotated[tuple[str, ...], Help("other titles that file names use")] = ()
    names: Annotated[tuple[str, ...], Help("terms for names spoken in it")] = ()
    seasons: Annotated[tuple[WorkSeason, ...], Help("those with a title or year of their own")] = ()
    episodes: Annotated[tuple[WorkEpisode, ...], Help("in order; none for a film")] = ()
    origin: str = field(default="", eq=False)
    issues: tuple[Issue, ...] = field(default=(), eq=False)

    @property
    def is_film(self) -> bool:
        """Whether it is its own single episode: it says so, or nothing in it names an episode."""
        has_episodes = self.episodes or self.seasons
        named = has_episodes or any(depiction.episodes for depiction in self.depictions)
        return self.kind == "film" or (self.kind is None and not named)

    @property
    def span(self) -> tuple[int, int] | None:
        """The years from the first to the last in which it was shown; `None` where not given."""
        if (given := self.year or self.years) is None:
            return None
        first, _, last = str(given).partition("-")
        if not last:
            return int(first), _OPEN_END if str(given).endswith("-") else int(first)
        return int(first), int(first[: 4 - len(last)] + last)


def write_span(span: tuple[int, int] | None) -> int | str | None:
    """Return the years of a work as its file has them: `2012`, `2017-2025`, `2017-`."""
    if span is None:
        return None
    first, last = span
    return first if first == last else f"{first}-{'' if last == _OPEN_END else last}"
