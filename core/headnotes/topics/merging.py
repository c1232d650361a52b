"""Several files of one id to one work, whichever of them is read first.

A work file states facts: a title in a language, a year, an episode's title, a depiction, a claim.
Files of one id add up to one work. Where two say different things, the one that describes the work
counts before those that extend it, and of two alike the one whose name comes first in the alphabet;
the other is named beside it. So the order in which plugins are found changes nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

from headnotes.issues import Issue, near_name
from headnotes.model import Claim, LocalText, Topic, Work, WorkEpisode, WorkSeason, write_span
from headnotes.topics.tables import DataPath
from headnotes.values import NamedTuple, evolve

_Key = tuple[Hashable, ...]
"""What a fact is about: `("title", "en")`, `("depictions", "train-robbery")`."""


class Clash(NamedTuple):
    """What of one file is left out of a work, and why.

    Attributes:
        part: the file as read.
        path: where in it.
    """

    part: Work
    path: DataPath
    issue: Issue


class _Fact(NamedTuple):
    key: _Key
    value: Any
    path: DataPath


def merge_works(parts: Iterable[Work]) -> tuple[dict[str, Work], list[Clash]]:
    """Return the works that files add up to, by id, and what of the files is left out.

    Args:
        parts: works as read, in any order, each with its origin.
    """
    by_id: dict[str, list[Work]] = {}
    for part in parts:
        by_id.setdefault(part.id, []).append(part)
    works: dict[str, Work] = {}
    clashes: list[Clash] = []
    described = sorted(part.id for group in by_id.values() for part in group if not part.extends)
    for name, group in sorted(by_id.items()):
        if name in described:
            works[name], left_out = _merge(group)
            clashes += left_out
        else:
            clashes += (Clash(part, ("id",), _miss_work(name, described)) for part in group)
    return works, clashes


def _miss_work(name: str, described: list[str]) -> Issue:
    message = f"extends {name!r}, which no file describes"
    known = ", ".join(dict.fromkeys(described)) or "none"
    hint = f"{near_name(name, described)}known: {known}; install it, or drop extends"
    return Issue(code="unknown-work", message=message, hint=hint)


def _merge(group: list[Work]) -> tuple[Work, list[Clash]]:
    """Return the one work of all files of an id, of which one describes it."""
    if len(group) == 1 and not group[0].claims:
        return group[0], []
    ordered = sorted(group, key=lambda part: (part.extends, part.origin, repr(part)))
    facts: dict[_Key, Any] = {}
    owners: dict[_Key, str] = {}
    clashes: list[Clash] = []
    for part in ordered:
        for key, value, path in _list_facts(part):
            if facts.setdefault(key, value) != value:
                clashes.append(Clash(part, path, _differ(key, owners[key])))
            owners.setdefault(key, part.origin)
    clashes += _find_stray_claims(ordered, facts)
    return _build(ordered, facts), clashes


def _differ(key: _Key, owner: str) -> Issue:
    message = f"'{'.'.join(map(str, key))}' is not what {owner} says, which counts"
    return Issue(code="work-clash", message=message, hint="drop it here, or change it there")


def _find_stray_claims(parts: Iterable[Work], facts: Mapping[_Key, Any]) -> Iterator[Clash]:
    """Find claims that stand apart from depictions which no file has."""
    known = [str(name) for name, _ in _under(facts, "depictions")]
    for part in parts:
        for position, claim in enumerate(part.claims):
            if claim.depiction not in known:
                message = f"unknown depiction {claim.depiction!r}"
                near = near_name(claim.depiction, known)
                hint = f"{near}`headnotes topics {part.id}` lists them"
                issue = Issue(code="unknown-depiction", message=message, hint=hint)
                yield Clash(part, ("claims", position, "depiction"), issue)


# ------------------------------------------------------------------------- files to facts


def _list_facts(part: Work) -> Iterator[_Fact]:
    """Return what one file says, each thing by itself."""
    yield from _list_texts(("title",), part.title, ("title",))
    if part.kind:
        yield _Fact(("kind",), part.kind, ("kind",))
    if part.span:
        yield _Fact(("years",), part.span, ("year" if part.year else "years",))
    for position, season in enumerate(part.seasons):
        path: DataPath = ("seasons", position)
        yield from _list_texts(("seasons", season.number), season.title, (*path, "title"))
        if season.year:
            yield _Fact(("seasons", season.number, "year"), season.year, (*path, "year"))
    for position, episode in enumerate(part.episodes):
        for name in ("title", "numberings"):
            key, path = ("episodes", str(episode.id), name), ("episodes", position, name)
            yield from _list_texts(key, getattr(episode, name), path)
    for position, depiction in enumerate(part.depictions):
        alone = evolve(depiction, claims=())
        yield _Fact(("depictions", depiction.id), alone, ("depictions", position))
    yield from _list_claims(part)


def _list_texts(key: _Key, texts: Mapping[str, str], path: DataPath) -> Iterator[_Fact]:
    for name, text in texts.items():
        yield _Fact((*key, name), text, (*path, name))


def _list_claims(part: Work) -> Iterator[_Fact]:
    for place, depiction in enumerate(part.depictions):
        for position, claim in enumerate(depiction.claims):
            path: DataPath = ("depictions", place, "claims", position)
            yield _Fact(("claims", claim.id), (depiction.id, claim), path)
    for position, apart in enumerate(part.claims):
        claim = Claim(id=apart.id, text=apart.text, seen=apart.seen)
        yield _Fact(("claims", apart.id), (apart.depiction, claim), ("claims", position))


# ------------------------------------------------------------------------- facts to a work


def _build(parts: list[Work], facts: Mapping[_Key, Any]) -> Work:
    """Return the work of some facts, in the order of the files they come from."""
    claims: dict[str, list[Claim]] = {}
    for _, (depiction, claim) in _under(facts, "claims"):
        claims.setdefault(depiction, []).append(claim)
    return evolve(
        parts[0],
        title=dict(_under(facts, "title")),
        kind=facts.get(("kind",)),
        year=None,
        years=write_span(facts.get(("years",))),
        aliases=_unite(part.aliases for part in parts),
        names=_unite(part.names for part in parts),
        seasons=_build_seasons(parts, facts),
        episodes=_build_episodes(parts, facts),
        depictions=tuple(
            evolve(depiction, claims=tuple(claims.get(depiction.id, ())))
            for _, depiction in _under(facts, "depictions")
        ),
        claims=(),
    )


def _under(facts: Mapping[_Key, Any], *key: Hashable) -> Iterator[tuple[Any, Any]]:
    """Yield the facts one step below a key, by the last part of theirs."""
    size = len(key)
    return ((known[-1], value) for known, value in facts.items() if known[:size] == key)


def _unite(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for texts in lists for text in texts))


def _build_seasons(parts: list[Work], facts: Mapping[_Key, Any]) -> tuple[WorkSeason, ...]:
    aliases: dict[int, list[tuple[str, ...]]] = {}
    for part in parts:
        for season in part.seasons:
            aliases.setdefault(season.number, []).append(season.aliases)
    built: list[WorkSeason] = []
    for number, others in sorted(aliases.items()):
        texts: LocalText = {
            name: text for name, text in _under(facts, "seasons", number) if name != "year"
        }
        year = facts.get(("seasons", number, "year"))
        built.append(WorkSeason(number=number, title=texts, aliases=_unite(others), year=year))
    return tuple(built)


def _build_episodes(parts: list[Work], facts: Mapping[_Key, Any]) -> tuple[WorkEpisode, ...]:
    """Return all episodes by season and number."""
    ids = sorted({episode.id for part in parts for episode in part.episodes})
    return tuple(
        WorkEpisode(
            id=known,
            title=dict(_under(facts, "episodes", str(known), "title")),
            numberings=dict(_under(facts, "episodes", str(known), "numberings")),
        )
        for known in ids
    )


def find_clashes(part: Work, others: Iterable[Work]) -> Iterator[tuple[DataPath, Issue]]:
    """Find what of one file is left out of its work beside other files, by its place in it."""
    _, clashes = merge_works([*others, part])
    return ((clash.path, clash.issue) for clash in clashes if clash.part is part)


def known_claims(topic: Topic, work: Work) -> list[str]:
    """Return the ids of the claims that notes of a topic may judge: its own, then the work's."""
    own = [claim.id for claim in topic.claims]
    return own + [claim.id for depiction in work.depictions for claim in depiction.claims]
