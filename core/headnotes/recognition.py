"""Which work and episode a track belongs to: by name first, else by names in the dialogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from headnotes.anchoring import Dialogue
from headnotes.issues import Issue, UsageError, near_name
from headnotes.matching import fold_word
from headnotes.matching.folding import fold_spellings, split_words
from headnotes.model import Episode, Work

# Ours: three different names, none of them common, do not meet by chance in another drama; in
# the labelled tracks of other series at most one did.
_NAMES_WANTED = 3
_NAMES_MUST_TELL = 1.5


@frozen(kw_only=True)
class FileClues:
    """What a file's place tells about the episode it holds.

    Attributes:
        names: of the file and the folders around it, nearest first, without endings.
        season: `None` where no name tells.
        episodes: the numbers of all episodes in the file; empty where no name tells.
    """

    names: tuple[str, ...] = ()
    season: int | None = None
    episodes: tuple[int, ...] = ()


@frozen(kw_only=True)
class Told:
    """What the user said about the tracks, instead of guessing."""

    work: str | None = None
    episode: str | None = None


def recognise_episode(
    works: Sequence[Work], clues: FileClues, dialogue: Dialogue, told: Told = Told()
) -> Episode:
    """Say which work and episode a track belongs to, and how that is known.

    Args:
        works: all that are known; the names of each must be among the terms looked for.
        clues: from the file's name and folders.
        dialogue: the track with the hits of those names.
        told: by the user; what is given is not guessed.

    Returns:
        An episode whose `work` is `None` where nothing recognised one; its `id` may be known
        all the same.

    Raises:
        UsageError: the work the user names is unknown.
    """
    work, how = _recognise_work(works, clues, dialogue, told)
    if told.episode:
        return Episode(
            work=work.id if work else None, id=told.episode, ids=(told.episode,), how=how
        )
    ids = _episode_ids(work, clues)
    return Episode(work=work.id if work else None, id=ids[0] if ids else None, ids=ids, how=how)


def _recognise_work(
    works: Sequence[Work], clues: FileClues, dialogue: Dialogue, told: Told
) -> tuple[Work | None, str]:
    if told.work is not None:
        known = {work.id: work for work in works}
        if told.work not in known:
            raise UsageError(
                Issue(
                    path="--work",
                    code="unknown-work",
                    message=f"unknown work {told.work!r}",
                    hint=f"{near_name(told.work, list(known))}known: {', '.join(known) or 'none'}",
                )
            )
        return known[told.work], "--work"
    for name in clues.names:
        for work in works:
            if _is_named(work, name):
                where = "file name" if name == clues.names[0] else "folder name"
                return work, where
    return _recognise_by_dialogue(works, dialogue)


def _is_named(work: Work, name: str) -> bool:
    """Tell whether a file or folder name holds a title of the work as words in a row."""
    words = [fold_word(word) for word in split_words(name)]
    titles = {*work.title.values(), *work.aliases, work.id}
    return any(_holds(words, split_words(title)) for title in titles)


def _holds(words: Sequence[str], title: Sequence[str]) -> bool:
    """Tell whether words of a title stand in a row; umlauts may be transcribed."""
    spellings = [fold_spellings(word) for word in title]
    size = len(title)
    return size > 0 and any(
        all(word in forms for word, forms in zip(words[start:], spellings, strict=False))
        for start in range(len(words) - size + 1)
    )


def _recognise_by_dialogue(works: Iterable[Work], dialogue: Dialogue) -> tuple[Work | None, str]:
    best: tuple[int, Work] | None = None
    for work in works:
        heard = [seen[0] for name in work.names if (seen := dialogue.sightings(name))]
        # How often a name is spoken says nothing against it here: `told` is taken unspread.
        told = sum(dialogue.told_by(one.hit) for one in heard)
        is_enough = len(heard) >= _NAMES_WANTED and told >= _NAMES_MUST_TELL
        if is_enough and (best is None or len(heard) > best[0]):
            best = (len(heard), work)
    if best is None:
        return None, ""
    return best[1], f"{best[0]} names in the dialogue"


def _episode_ids(work: Work | None, clues: FileClues) -> tuple[str, ...]:
    """Give the episodes of a file in the work's own numbering, through others where needed."""
    ids = []
    for number in clues.episodes:
        own = f"S{clues.season:02d}E{number:02d}" if clues.season is not None else ""
        if work is None:
            ids += [own] if own else []
            continue
        known = {episode.id for episode in work.episodes}
        elsewhere = {
            called: episode.id
            for episode in reversed(work.episodes)
            for called in episode.numberings.values()
        }
        if own in known or (own and not known):
            ids.append(own)
        elif found := elsewhere.get(own or str(number)):
            ids.append(found)
    return tuple(dict.fromkeys(ids))
