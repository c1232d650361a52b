"""Collections of scenes, each by itself, laid out into the episodes in which they are expected.

A collection is text like a script (see `rhythm`), but its scenes do not follow each other: there
are several for each thing the work shows, of every difficulty, and private ones and near misses
beside them. Whoever wrote them knew what is shown and never the terms. Every episode is made anew:
of one scene for each depiction expected there, among private ones and near misses of the collection
and private ones of scripts, in an order and a rhythm that its name decides. What is expected in
more episodes than there are scenes of it plays in some of them, so that all scenes play alike.
"""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path
from statistics import median_high

from attrs import frozen
from rhythm import LaidOut, Part, lay_out_parts, read_parts

from headnotes.model import Depiction, EpisodeId, Work

HERE = Path(__file__).parent
SCENES = HERE / "scenes"
DEPICTIONS: Mapping[str, str] = tomllib.loads((HERE / "depictions.toml").read_text("utf-8"))[
    "depictions"
]
"""By label: the depiction of the work that it stands for."""

LEAST_CUES, MOST_CUES = 450, 560
MOST_NEAR_MISSES = 6
"""In an episode; scripts have four to eight."""

LEAST_SHOWN = 2
"""Of an episode that shows less of a collection than so much, no file is made."""


@frozen(kw_only=True)
class Collection:
    """The scenes of one language.

    Attributes:
        scenes: by depiction, in the order in which they were written.
        fillers: private ones and near misses.
    """

    scenes: Mapping[str, Sequence[Part]]
    fillers: Sequence[Part]


def find_collections(folder: Path = SCENES) -> Mapping[str, Sequence[str]]:
    """Return the languages of each collection in a folder, by its name: `open.en.txt`."""
    tags: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.*.txt")):
        name, tag = path.name.split(".")[:2]
        tags[name].append(tag)
    return tags


@cache
def read_collection(path: Path) -> Collection:
    """Read the scenes of a file; those of labels that the work has no depiction for are left out.

    Raises:
        ValueError: a scene is neither of a label with a difficulty nor private nor a near miss.
    """
    scenes: dict[str, list[Part]] = defaultdict(list)
    fillers: list[Part] = []
    for part in read_parts(path):
        if part.name in ("private", "near-miss"):
            fillers.append(part)
        elif not part.difficulty:
            raise ValueError(f"{path.name}: {part.name!r} has no difficulty")
        elif part.name in DEPICTIONS:
            scenes[DEPICTIONS[part.name]].append(part)
    return Collection(scenes=scenes, fillers=fillers)


def count_rounds(collection: Collection) -> int:
    """Return how often each episode must be made so that the scenes of most depictions all play."""
    return median_high(map(len, collection.scenes.values()))


def episodes_of(collection: Collection, work: Work) -> list[str]:
    """Return the episodes in which enough of a collection is expected."""
    shown = [
        str(episode)
        for depiction in work.depictions
        for episode in _choose_episodes(depiction, collection)
    ]
    return sorted(name for name in {*shown} if shown.count(name) >= LEAST_SHOWN)


def _choose_episodes(depiction: Depiction, collection: Collection) -> Sequence[EpisodeId]:
    """Return in which of the episodes that a depiction is expected in it plays."""
    count = len(collection.scenes.get(depiction.id, ()))
    expected = depiction.episodes
    if count >= len(expected):
        return expected
    return [expected[at * len(expected) // count] for at in range(count)]


def lay_out_episode(
    path: Path, stem: str, work: Work, scripts: Sequence[Path], first: int = 0
) -> LaidOut:
    """Make an episode of the scenes of a collection.

    Args:
        path: of the collection.
        stem: which episode, and which time it is made: `S01E04`, `S01E04.2`.
        work: that says what is expected in it.
        scripts: whose private scenes fill it, too.
        first: which scene of each depiction comes first.
    """
    collection = read_collection(path)
    episode, _, count = stem.partition(".")
    chance = random.Random(f"{path.name} {stem}")
    shown = [
        scenes[(first + int(count or 0) + order + at) % len(scenes)]
        for order, depiction in enumerate(work.depictions)
        if (scenes := collection.scenes.get(depiction.id))
        for at, name in enumerate(_choose_episodes(depiction, collection))
        if str(name) == episode
    ]
    parts = [*shown, *_fill(collection, scripts, sum(len(part.lines) for part in shown), chance)]
    chance.shuffle(parts)
    return lay_out_parts([part._replace(is_cut=True) for part in parts], f"{path.name} {stem}")


def _fill(
    collection: Collection, scripts: Sequence[Path], cues: int, chance: random.Random
) -> Iterator[Part]:
    """Return fillers, of the collection and of scripts in turn, until an episode is full."""
    near = [part for part in collection.fillers if part.name == "near-miss"]
    own = [part for part in collection.fillers if part.name == "private"]
    own += chance.sample(near, min(len(near), MOST_NEAR_MISSES))
    others = [part for script in scripts for part in read_parts(script) if part.name == "private"]
    chance.shuffle(own)
    chance.shuffle(others)
    for part in filter(None, chain.from_iterable(zip_longest(own, others))):
        if cues >= LEAST_CUES:
            return
        if cues + len(part.lines) < MOST_CUES:
            cues += len(part.lines)
            yield part
