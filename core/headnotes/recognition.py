"""Which work and episodes a track belongs to: by its name and by what plays in it, together.

The work is recognised by the file's name (see `titles`) or by names in the dialogue. The name's
episode is a strong prior, never a fact: all that the track says about each episode is summed up, as
logarithms of odds against chance. A depiction that has one place with much evidence speaks for
every episode that it is expected in, one that has none, or hardly, against them; what is expected
in many episodes need not play in any one, and says less. Enough of it outweighs a name. Depictions
do not compete here: what two of them may be speaks for the episodes of both.

A file may hold several episodes, one after the other; each change from one to the next costs more
than one place can bring, so that chance places of other episodes make none. To take a right
name for wrong is worse than to believe a wrong one, so the numbers lean to the name.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, log, sqrt
from pathlib import Path
from typing import get_args

from headnotes.anchoring import IndexedTrack
from headnotes.issues import Issue, UsageError, near_name
from headnotes.model import DoubtCode, Episode, EpisodeId, Reason, Work, as_episode_id_or_none
from headnotes.titles import Named, find_episode, find_named
from headnotes.tracks import read_file_name
from headnotes.values import NamedTuple, evolve, field, frozen

# Ours: three different names, none of them common, do not meet by chance in another drama; in
# the labelled tracks of other series at most one did.
_LEAST_NAMES = 3
_LEAST_INFORMATION = 1.5

NAME_EVIDENCE = 4.0
"""What the episode of a file's name is worth, as a natural logarithm of odds like all here."""

CHANCE_EVIDENCE = 1.2
"""So much evidence for a depiction is found by chance as often as where it plays."""

SHORT_MS = 20 * 60_000
"""In a clip shorter than this, what is absent tells nothing."""

EVIDENCE_WEIGHT = 2.2
MOST_EVIDENCE = 7.0
"""Each unit of evidence above that of chance is worth so much, up to so much in all: measured on
scenes by writers who knew none of the terms."""

ABSENCE_COSTS = 1.0
"""What it costs an episode at most that a depiction is not found: most often it is worded in
another way, and in a part of a file it need not be there."""

CHANGE_COSTS = 8.0
"""What a further episode in one file must bring."""

LEAST_LIKELY = 0.8
"""How likely an episode must be, among all, to be recognised without a name."""

LEAST_AGAINST_NAME = 0.25
"""How likely another episode must be to contradict a name: where little is found at all, those with
the fewest depictions lead, each with a few hundredths."""

LIKELY_ENOUGH = 0.02
"""How likely an episode is at least that the posterior lists: a season may be all that is known."""

DOUBTS = frozenset[str](get_args(DoubtCode))
"""Codes of what speaks against the work or episode that a track was taken for."""

_FOLDERS_THAT_NAME = 3
"""Of the folders around a file: `Babylon Berlin/Season 1/Subs` is as deep as it gets."""


class Shown(NamedTuple):
    """Where most speaks for a depiction, whatever the episode.

    Attributes:
        at_ms: when its first telling word is spoken.
        evidence: what speaks for it where it is expected.
        depiction: that may play there.
    """

    at_ms: int
    evidence: float
    depiction: str


@frozen(kw_only=True)
class FileHints:
    """What a file's place says about the episode it holds.

    Attributes:
        names: of the file and the folders around it, nearest first, without endings.
        season: `None` where no name has it.
        episodes: the numbers of all episodes in the file; empty where no name has them.
    """

    names: tuple[str, ...] = ()
    season: int | None = None
    episodes: tuple[int, ...] = ()


@frozen(kw_only=True)
class Overrides:
    """What the user says about the tracks, instead of guessing."""

    work: str | None = None
    episode: EpisodeId | None = field(default=None, converter=as_episode_id_or_none)


def hints_of_name(name: str) -> FileHints:
    """Return what the bare name of a file says about its episode."""
    read = read_file_name(Path(name))
    return FileHints(names=(Path(name).stem,), season=read.season, episodes=read.episodes)


def hints_of_path(path: Path) -> FileHints:
    """Return what a file's name and the folders around it say about its episode."""
    read = read_file_name(path)
    try:
        place = Path(os.path.realpath(path))
    except ValueError:  # no file system has such a name: one with NUL, or half a character
        place = path
    folders = list(place.parents)[:_FOLDERS_THAT_NAME]
    names = (path.stem, *(folder.name for folder in folders))
    return FileHints(names=names, season=read.season, episodes=read.episodes)


def recognise_episode(
    works: Sequence[Work],
    hints: FileHints,
    track: IndexedTrack,
    overrides: Overrides = Overrides(),
) -> Episode:
    """Return which work and episode a track belongs to, and how that is known.

    Args:
        works: all that are known; the track must be indexed by the names of each.
        hints: from the file's name and folders.
        track: the track.
        overrides: by the user; what is given is not guessed.

    Returns:
        An episode whose `work` is `None` where nothing recognised one; its `id` may be known
        all the same. A film has no `id`, and is known for one.

    Raises:
        UsageError: the work the user names is unknown.
    """
    has_episode = bool(hints.episodes or overrides.episode)
    named = find_named(works, hints.names, has_episode=has_episode)
    work, reasons = _recognise_work(works, hints, track, overrides, named)
    asked = _translate(work, overrides.episode) if overrides.episode else None
    ids = (asked,) if asked else _episode_ids(work, hints, named)
    is_film = work is not None and work.is_film and (not ids or overrides.episode is not None)
    episode = Episode(
        work=work.id if work else None,
        ids=() if is_film else ids,
        is_film=is_film,
        recognised_by=(
            *reasons,
            *_reasons_of_number(work, ids, overrides, _find_other_number(ids, hints, named)),
        ),
    )
    if overrides.episode is not None or not is_unlisted(episode, work):
        return episode
    unlisted = Reason("episode-unlisted", {"named": str(ids[0])})
    return evolve(episode, recognised_by=(*episode.recognised_by, unlisted))


def _reasons_of_number(
    work: Work | None, ids: Sequence[EpisodeId], overrides: Overrides, written: str
) -> Iterator[Reason]:
    """Yield what gives the number of an episode of a work, and whether the work lists none such.

    Args:
        work: of the track.
        ids: its episodes, as the work counts them.
        overrides: by the user.
        written: what the name says where it counts otherwise; else empty.
    """
    asked = overrides.episode
    if work is None or not ids:
        return
    if asked is None:
        by_name = {"named": ", ".join(map(str, ids))}
        if written:
            yield Reason("episode-counted", {**by_name, "written": written})
        else:
            yield Reason("episode-named", by_name)
        return
    known = [listed.id for listed in work.episodes]
    if work.is_film:
        yield Reason("asked-of-film", {"work": work.id, "asked": str(asked)})
        return
    yield Reason("episode-asked", {"asked": str(asked)})
    if known and ids[0] not in known:
        listed = {"first": str(known[0]), "last": str(known[-1])}
        yield Reason("asked-unlisted", {"work": work.id, "asked": str(asked), **listed})


def _recognise_work(
    works: Sequence[Work],
    hints: FileHints,
    track: IndexedTrack,
    overrides: Overrides,
    named: Named,
) -> tuple[Work | None, tuple[Reason, ...]]:
    if overrides.work is not None:
        return _look_up(overrides.work, works), (Reason("option"),)
    if len(named.works) == 1:
        is_own = named.name == hints.names[0]
        return named.works[0], (Reason("file-name" if is_own else "folder-name"),)
    # a remake has the names of the first film, too: its year tells them apart
    excluded = [work for work, _ in named.others]
    work, reason = _recognise_by_dialogue(
        named.works or [work for work in works if work not in excluded], track
    )
    if reason:
        return work, (reason,)
    return None, tuple(
        Reason("other-year", {"work": other.id, "year": year}) for other, year in named.others
    )


def _look_up(name: str, works: Iterable[Work]) -> Work:
    known = {work.id: work for work in works}
    if name not in known:
        raise UsageError(
            Issue(
                path="--work",
                code="unknown-work",
                message=f"unknown work {name!r}",
                hint=f"{near_name(name, list(known))}known: {', '.join(known) or 'none'}",
            )
        )
    return known[name]


def _recognise_by_dialogue(
    works: Iterable[Work], track: IndexedTrack
) -> tuple[Work | None, Reason | None]:
    best: tuple[int, Work] | None = None
    for work in works:
        spoken = [found[0] for name in work.names if (found := track.occurrences(name))]
        # How often a name is spoken says nothing against it here, so its own information counts.
        information = sum(track.information(occurrence.span) for occurrence in spoken)
        is_enough = len(spoken) >= _LEAST_NAMES and information >= _LEAST_INFORMATION
        if is_enough and (best is None or len(spoken) > best[0]):
            best = (len(spoken), work)
    if best is None:
        return None, None
    return best[1], Reason("names-spoken", {"count": best[0]})


def _episode_ids(work: Work | None, hints: FileHints, named: Named) -> tuple[EpisodeId, ...]:
    """Return the episodes of a file in the work's own numbering, through others where needed.

    A film has parts, but no episodes, unless the name has a season, too.
    """
    if work is not None and work.is_film and hints.season is None:
        return ()
    if work is not None and not hints.episodes:
        found = find_episode(work, named.name)
        return (found,) if found else ()
    season = _find_season(hints, named)
    ids = [_own_id(work, season, number) for number in hints.episodes]
    return tuple(dict.fromkeys(filter(None, ids)))


def _find_season(hints: FileHints, named: Named) -> int | None:
    """Return the season that a file's names give; `None`: none does."""
    seasons = (named.own_season, hints.season, named.season)
    return next((given for given in seasons if given is not None), None)


def _find_other_number(ids: Sequence[EpisodeId], hints: FileHints, named: Named) -> str:
    """Return what a name calls its episodes where its work counts them otherwise, else nothing."""
    season, numbers = _find_season(hints, named), hints.episodes
    own = {known.number for known in ids if season in (None, known.season)}
    if not ids or own.issuperset(numbers):
        return ""
    if season is None:
        return ", ".join(map(str, numbers))
    return ", ".join(str(EpisodeId(season, number)) for number in numbers)


def _own_id(work: Work | None, season: int | None, number: int) -> EpisodeId | None:
    """Return an episode of the work; the number itself where the work lists it nowhere."""
    given = None if season is None else EpisodeId(season, number)
    if work is None:
        return given
    if given is not None:
        return _translate(work, given)
    return _list_numberings(work).get(str(number)) or _count_through(work, number)


def _translate(work: Work | None, given: EpisodeId) -> EpisodeId:
    """Return an episode as the work counts it; as given where the work lists it nowhere."""
    if work is None or given in {listed.id for listed in work.episodes}:
        return given
    return _list_numberings(work).get(str(given), given)


def _list_numberings(work: Work) -> Mapping[str, EpisodeId]:
    """Return the episodes by what other numberings call them; the first of two has the name."""
    return {
        called: listed.id
        for listed in reversed(work.episodes)
        for called in listed.numberings.values()
    }


def _count_through(work: Work, number: int) -> EpisodeId | None:
    """Return the episode of a number that no season and no numbering goes with.

    A work of one season has no other; of several the numbers are taken to run through. A number
    beyond all is kept: no other episode is meant by it.
    """
    shown = [name for depiction in work.depictions for name in depiction.episodes]
    known = sorted(episode.id for episode in work.episodes if episode.id.season)
    seasons = {name.season for name in known or shown}
    if len(seasons) == 1:
        return EpisodeId(seasons.pop(), number)
    if not known:
        return None
    return known[number - 1] if 0 < number <= len(known) else EpisodeId(1, number)


def is_unlisted(episode: Episode, work: Work | None) -> bool:
    """Whether a track is of an episode that its work does not list, so that no note is meant."""
    if work is None or not episode.ids:
        return False
    known = {listed.id for listed in work.episodes}
    return work.kind == "film" or (bool(known) and known.isdisjoint(episode.ids))


# --------------------------------------------------------------------- name and scenes together


def judge_episodes(
    episode: Episode, work: Work, shown: Iterable[Shown], *, length_ms: int
) -> Episode:
    """Return what a track belongs to, judged by its name and by what plays in it.

    Args:
        episode: as its name has it.
        work: of the track.
        shown: the strongest place of each depiction, found without regard to any episode.
        length_ms: of the track; a clip need not show much of the episode that its name has.

    Returns:
        The episode with its posterior. Its ids are those of the name unless what plays speaks
        clearly for others; then `recognised_by` says so.
    """
    if is_unlisted(episode, work):
        return episode
    named = frozenset(episode.ids)
    is_clip = length_ms < SHORT_MS
    odds = _Odds(work, named, shown, is_clip=is_clip)
    posterior = _weigh_episodes(odds, or_none=not named)
    blocks = _divide(odds)
    if len(blocks) == 1 and blocks[0] not in named:
        least = LEAST_AGAINST_NAME if named else LEAST_LIKELY
        spoken_for = {name for place in odds.places for name, says in place.items() if says > 0}
        is_likely = posterior.get(blocks[0], 0.0) >= least and blocks[0] in spoken_for
        blocks = blocks if is_likely else []
    ids = tuple(dict.fromkeys((*episode.ids, *blocks) if named.intersection(blocks) else blocks))
    if not ids or set(ids) == named:
        return evolve(episode, posterior=posterior)
    return evolve(
        episode,
        ids=sorted(ids),
        posterior=posterior,
        recognised_by=(*episode.recognised_by, _reason_of_change(episode, sorted(ids))),
    )


def doubt_number(
    episode: Episode, work: Work, shown: Iterable[Shown], *, length_ms: int
) -> Episode:
    """Return an episode whose number stands, with what its scenes say against it, if they do.

    Args:
        episode: asked for by the user, or named as one that the work does not list.
        work: of the track.
        shown: as for `judge_episodes`.
        length_ms: of the track.
    """
    if not episode.ids:
        return episode
    is_listed = not is_unlisted(episode, work)
    named = episode if is_listed else evolve(episode, ids=())
    scenes = judge_episodes(named, work, shown, length_ms=length_ms).ids
    if not scenes or set(scenes).intersection(episode.ids):
        return episode
    says = {"scenes": ", ".join(map(str, scenes))}
    doubt = Reason("scenes-of", says)
    if is_listed:
        doubt = Reason("asked-contradicted", {"asked": _name_as_given(episode), **says})
    return evolve(episode, recognised_by=(*episode.recognised_by, doubt))


def doubts_of(episode: Episode) -> tuple[tuple[Reason, ...], ...]:
    """Return what speaks against what a track was taken for, each with what scenes say instead."""
    doubts = [reason for reason in episode.recognised_by if reason.code in DOUBTS]
    scenes = [doubt for doubt in doubts if doubt.code == "scenes-of"]
    return tuple((doubt, *scenes) for doubt in doubts if doubt.code != "scenes-of")


def _reason_of_change(episode: Episode, ids: Sequence[EpisodeId]) -> Reason:
    """Return by what other episodes than those of the name, or more, were recognised."""
    if not episode.ids or set(episode.ids).issubset(ids):
        return Reason("scenes")
    scenes = ", ".join(map(str, ids))
    return Reason("episode-contradicted", {"named": _name_as_given(episode), "scenes": scenes})


def _name_as_given(episode: Episode) -> str:
    """Return the episodes of a track, behind what name or user call them where that differs.

    Who looks for the number that is spoken of must find it.
    """
    ids = ", ".join(map(str, episode.ids))
    calls = (
        str(reason.parameters[key])
        for reason in episode.recognised_by
        for key in ("written", "asked")
        if key in reason.parameters
    )
    given = next(calls, ids)
    return ids if given == ids else f"{given} = {ids}"


class _Odds:
    """What name and places say for each episode, as logarithms of odds.

    Attributes:
        before: for each episode, by its name, and by what of it is not found.
        places: in order of time, what each says for the episodes that it is expected in.
    """

    def __init__(
        self, work: Work, named: frozenset[EpisodeId], shown: Iterable[Shown], *, is_clip: bool
    ) -> None:
        expected = {depiction.id: depiction.episodes for depiction in work.depictions}
        in_time = sorted(shown)
        found = {
            place.depiction: _weigh_place(place.evidence, expected[place.depiction])
            for place in in_time
        }
        self.before = dict.fromkeys(named, NAME_EVIDENCE)
        for name, episodes in expected.items():
            against = 0.0 if is_clip else min(found.get(name, _weigh_absence(episodes)), 0.0)
            for episode in episodes:
                known = self.before.get(episode, 0.0)
                self.before[episode] = known + against
        self.places = [
            dict.fromkeys(expected[place.depiction], max(found[place.depiction], 0.0))
            for place in in_time
            if expected[place.depiction]
        ]


def _weigh_place(evidence: float, expected: Sequence[EpisodeId]) -> float:
    """Return what a depiction's place says for its episodes, by how much speaks for the place."""
    odds = EVIDENCE_WEIGHT * (evidence - CHANCE_EVIDENCE)
    return _weigh_doubt(min(max(-ABSENCE_COSTS, odds), MOST_EVIDENCE), expected)


def _weigh_absence(expected: Sequence[EpisodeId]) -> float:
    """Return what it says against its episodes that something is not found."""
    return _weigh_doubt(-ABSENCE_COSTS, expected)


def _weigh_doubt(odds: float, expected: Sequence[EpisodeId]) -> float:
    """Return what is left of odds where something need not play in each episode it may play in."""
    shown = 1 / sqrt(max(1, len(expected)))
    return log(1 + shown * (exp(odds) - 1))


def _weigh_episodes(odds: _Odds, *, or_none: bool) -> Mapping[EpisodeId, float]:
    """Return how likely the likeliest episodes are, against each other and perhaps against none."""
    gains = dict.fromkeys(odds.before, 0.0)
    for place in odds.places:
        for name, gain in place.items():
            gains[name] += gain
    evidence = {name: before + gains[name] for name, before in odds.before.items()}
    # for none of them nothing speaks, and nothing against it
    most = max(0.0, *evidence.values()) if evidence else 0.0
    shares = {name: exp(value - most) for name, value in evidence.items()}
    whole = sum(shares.values()) + or_none * exp(-most)
    ranked = sorted(shares, key=lambda name: (-shares[name], name))
    likely = {name: round(shares[name] / whole, 4) for name in ranked}
    # the likeliest is listed in any case: how unlikely it is says how little the scenes tell
    return {
        name: share for name, share in likely.items() if share >= LIKELY_ENOUGH or name == ranked[0]
    }


class _Path(NamedTuple):
    """The best way to divide what plays up to some place, ending in one episode."""

    evidence: float
    blocks: tuple[EpisodeId, ...]


def _divide(odds: _Odds) -> list[EpisodeId]:
    """Divide what plays into episodes one after the other, so that most evidence agrees."""
    # by position: to look an episode up for each place costs more than all else here
    names = sorted(odds.before)
    before = [*map(odds.before.__getitem__, names)]
    position = {name: at for at, name in enumerate(names)}
    paths = [_Path(evidence, (name,)) for evidence, name in zip(before, names, strict=True)]
    for place in odds.places:
        gains = {position[name]: gain for name, gain in place.items()}
        best = max(paths, key=lambda path: path.evidence)
        for at, path in enumerate(paths):
            further = best.evidence - CHANGE_COSTS + before[at]
            if further > path.evidence and names[at] not in best.blocks:
                gain = gains.get(at, 0.0)
                paths[at] = _Path(further + gain, (*best.blocks, names[at]))
            elif at in gains:
                paths[at] = _Path(path.evidence + gains[at], path.blocks)
    best_path = max(paths, key=lambda path: path.evidence, default=_Path(0.0, ()))
    return list(best_path.blocks)
