"""What a track may belong to: works, their episodes, what they depict, and how that is found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from headnotes.model.tracks import LocalText

When = Literal["first", "last", "scene", "every"]
Widen = Literal["moment", "scene"]


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
