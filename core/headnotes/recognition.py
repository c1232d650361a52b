"""Which work and episode a track belongs to: by name first, else by names in the dialogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import converters, field, frozen

from headnotes.anchoring import IndexedTrack
from headnotes.issues import Issue, UsageError, near_name
from headnotes.matching import fold_spellings, fold_word, split_words
from headnotes.model import Episode, EpisodeId, Reason, Work, as_episode_id

# Ours: three different names, none of them common, do not meet by chance in another drama; in
# the labelled tracks of other series at most one did.
_LEAST_NAMES = 3
_LEAST_INFORMATION = 1.5


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
    episode: EpisodeId | None = field(default=None, converter=converters.optional(as_episode_id))


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
        all the same.

    Raises:
        UsageError: the work the user names is unknown.
    """
    work, reason = _recognise_work(works, hints, track, overrides)
    ids = (overrides.episode,) if overrides.episode else _episode_ids(work, hints)
    return Episode(
        work=work.id if work else None, ids=ids, recognised_by=(reason,) if reason else ()
    )


def _recognise_work(
    works: Sequence[Work], hints: FileHints, track: IndexedTrack, overrides: Overrides
) -> tuple[Work | None, Reason | None]:
    if overrides.work is not None:
        return _look_up(overrides.work, works), Reason("option")
    for name in hints.names:
        for work in works:
            if _is_named(work, name):
                return work, Reason("file-name" if name == hints.names[0] else "folder-name")
    return _recognise_by_dialogue(works, track)


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


def _is_named(work: Work, name: str) -> bool:
    """Whether a file or folder name holds a title of the work as words in a row."""
    words = [fold_word(word) for word in split_words(name)]
    titles = {*work.title.values(), *work.aliases, work.id}
    return any(_holds(words, split_words(title)) for title in titles)


def _holds(words: Sequence[str], title: Sequence[str]) -> bool:
    """Whether words of a title stand in a row; umlauts may be transcribed."""
    spellings = [fold_spellings(word) for word in title]
    size = len(title)
    return size > 0 and any(
        all(word in forms for word, forms in zip(words[start:], spellings, strict=False))
        for start in range(len(words) - size + 1)
    )


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


def _episode_ids(work: Work | None, hints: FileHints) -> tuple[EpisodeId, ...]:
    """Return the episodes of a file in the work's own numbering, through others where needed."""
    ids = [_own_id(work, hints.season, number) for number in hints.episodes]
    return tuple(dict.fromkeys(filter(None, ids)))


def _own_id(work: Work | None, season: int | None, number: int) -> EpisodeId | None:
    given = None if season is None else EpisodeId(season, number)
    known = {episode.id for episode in work.episodes} if work else set()
    if work is None or given in known or (given and not known):
        return given
    elsewhere = {
        called: episode.id
        for episode in reversed(work.episodes)
        for called in episode.numberings.values()
    }
    return elsewhere.get(str(given or number))
