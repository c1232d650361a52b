"""The labelled scripts as people have them: whole, wrongly named, joined, cut, with a recap."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import evolve, field, frozen
from rhythm import Label, LaidOut, TimedLine, lay_out, shorten_silences
from scenes import (
    SCENES,
    count_rounds,
    episodes_of,
    find_collections,
    lay_out_episode,
    read_collection,
)

from headnotes.model import EpisodeId
from headnotes.recognition import FileHints
from headnotes.registry import Registry

WORK = "babylon-berlin"
SCRIPTS = Path(__file__).parent / "scripts"
LANGUAGES = ("de", "en")
TUNED = ("S01E01", "S01E03", "S01E05", "S02E03")
HELD = ("S01E02", "S01E04", "S01E07", "S02E05")
LATE = ("S03E04", "S03E09", "S04E02", "S04E08")
HALVES = {"tuned": TUNED, "held": HELD, "late": LATE}
"""By name; seasons 3 and 4 are a set of their own, written last."""

LAST_EPISODES = {1: 8, 2: 8, 3: 12, 4: 12}
TITLE = "Babylon Berlin"
RECAP_LINES = 5
"""Lines that a recap takes from each passage of earlier episodes."""


@frozen(kw_only=True)
class Sample:
    """One file as somebody has it: what it says, what it is called, what it holds.

    Attributes:
        named: the episode that its name gives; `None` where it gives none.
        holds: the episodes that it really holds.
        is_labelled: whether all that plays in it has a label, themes, too.
    """

    name: str
    track: LaidOut
    named: EpisodeId | None
    holds: tuple[EpisodeId, ...] = field(default=())
    is_labelled: bool = False

    @property
    def hints(self) -> FileHints:
        """What its name says."""
        if self.named is None:
            return FileHints(names=(TITLE,))
        return FileHints(
            names=(f"{TITLE} {self.named}",),
            season=self.named.season,
            episodes=(self.named.number,),
        )


@frozen(kw_only=True)
class Source:
    """A set of episodes, and where their lines come from.

    Attributes:
        episodes: `S01E04`; `S01E04.2` where an episode is made more than once.
        tags: the languages.
        read: lays out one episode in one language.
        is_labelled: whether all that plays in them has a label, themes, too.
    """

    episodes: Sequence[str]
    tags: Sequence[str]
    read: Callable[[str, str], LaidOut]
    is_labelled: bool = False


def _read_script(episode: str, tag: str) -> LaidOut:
    return lay_out(SCRIPTS / f"{episode}.{tag}.txt")


def make_source(name: str, folder: Path = SCENES, *, is_whole: bool = False) -> Source:
    """Return one of the sets by its name: a part of the scripts, or a collection.

    Args:
        name: of `HALVES` or of a collection.
        folder: with collections.
        is_whole: make each episode of a collection until every scene has played; else once.
    """
    if name in HALVES:
        return Source(episodes=HALVES[name], tags=LANGUAGES, read=_read_script)
    tags = find_collections(folder)[name]
    work = Registry().works[WORK]
    # what terms were tuned on stays apart from what only reports, fillers, too, as far as there
    # are any of the season: people talk of others in each
    fillers = (*(HELD if name == "closed" else TUNED), *LATE)
    collection = read_collection(folder / f"{name}.{tags[0]}.txt")
    episodes = episodes_of(collection, work)
    if is_whole:
        rounds = range(count_rounds(collection))
        episodes = [f"{episode}.{count}" for count in rounds for episode in episodes]

    def read(stem: str, tag: str) -> LaidOut:
        scripts = [
            SCRIPTS / f"{episode}.{tag}.txt" for episode in fillers if episode[:3] == stem[:3]
        ]
        path = folder / f"{name}.{tag}.txt"
        return lay_out_episode(path, stem, work, scripts, first=2 * (tag == "de"))

    return Source(episodes=episodes, tags=tags, read=read, is_labelled=True)


def make_samples(variant: str, source: Source) -> list[Sample]:
    """Return the files of one variant of a set, in all of its languages."""
    return [sample for tag in source.tags for sample in VARIANTS[variant](source, tag)]


def _whole(source: Source, tag: str) -> Iterator[Sample]:
    for episode in source.episodes:
        own = EpisodeId.parse(episode[:6])
        track = source.read(episode, tag)
        yield Sample(
            name=f"{episode}.{tag}",
            track=track,
            named=own,
            holds=(own,),
            is_labelled=source.is_labelled,
        )


def _stem_of(sample: Sample) -> str:
    """Return which episode of its set a whole file is."""
    return sample.name.rpartition(".")[0]


def _all_episodes(source: Source) -> Sequence[str]:
    """Return all episodes of a set in order; of the scripts, those of the other halves, too."""
    scripts = (*TUNED, *HELD, *LATE)
    return sorted(scripts if {*source.episodes} <= {*scripts} else source.episodes)


def _short(source: Source, tag: str) -> Iterator[Sample]:
    for sample in _whole(source, tag):
        yield evolve(sample, track=shorten_silences(sample.track))


def _off_by(count: int, source: Source, tag: str) -> Iterator[Sample]:
    """Name each file so many episodes too late, or too early where the season is over."""
    for sample in _whole(source, tag):
        (own,) = sample.holds
        is_late = own.number + count > LAST_EPISODES[own.season]
        number = own.number - count if is_late else own.number + count
        yield evolve(sample, named=EpisodeId(own.season, number))


def _nameless(source: Source, tag: str) -> Iterator[Sample]:
    for sample in _whole(source, tag):
        yield evolve(sample, named=None)


def _halved(source: Source, tag: str) -> Iterator[Sample]:
    for sample in _whole(source, tag):
        middle = len(sample.track.lines) // 2
        yield evolve(sample, name=f"{sample.name} 1", track=_cut(sample.track, 0, middle))
        rest = _cut(sample.track, middle, len(sample.track.lines))
        yield evolve(sample, name=f"{sample.name} 2", track=rest)


def _doubled(source: Source, tag: str) -> Iterator[Sample]:
    """Join two episodes in one file that is named after the first."""
    whole = list(_whole(source, tag))
    for first, second in zip(whole[::2], whole[1::2], strict=False):
        yield _join([first, second], named=first.named)


def _in_a_row(source: Source, tag: str) -> Iterator[Sample]:
    """Join all in one file, as of a whole season, which names no episode."""
    yield _join(list(_whole(source, tag)), named=None)


def _with_recap(source: Source, tag: str) -> Iterator[Sample]:
    """Begin each file with lines out of the passages of the episode before it."""
    earlier = _all_episodes(source)
    for sample in _whole(source, tag):
        at = earlier.index(_stem_of(sample))
        if at:
            recap = _recap(source.read(earlier[at - 1], tag))
            yield evolve(sample, track=_append(recap, sample.track, pause_s=12.0))


def _bilingual(source: Source, tag: str) -> Iterator[Sample]:
    """Show the line of the other language's script under each, where the same thing plays."""
    other = "en" if tag == "de" else "de"
    if other not in source.tags:
        return
    for sample in _whole(source, tag):
        yield evolve(sample, track=_show_below(sample.track, source.read(_stem_of(sample), other)))


def _thinned(source: Source, tag: str) -> Iterator[Sample]:
    """Delete half of all words at random, as if the terms knew but half of the vocabulary."""
    for sample in _whole(source, tag):
        chance = random.Random(sample.name)
        lines = tuple(evolve(line, text=_thin(line.text, chance)) for line in sample.track.lines)
        yield evolve(sample, track=evolve(sample.track, lines=lines))


def _thin(text: str, chance: random.Random) -> str:
    return " ".join(word for word in text.split() if chance.random() < 0.5) or "-"


VARIANTS: dict[str, Callable[[Source, str], Iterator[Sample]]] = {
    "drama": _whole,
    "no silence over 4 s": _short,
    "named one off": lambda source, tag: _off_by(1, source, tag),
    "named three off": lambda source, tag: _off_by(3, source, tag),
    "no name": _nameless,
    "cut in halves": _halved,
    "doubles": _doubled,
    "all in a row": _in_a_row,
    "recap": _with_recap,
    "two languages": _bilingual,
    "half the words": _thinned,
}
"""By name: from a set and a language to files."""


def _cut(track: LaidOut, first: int, end: int) -> LaidOut:
    """Return some lines as a track of their own that begins at once."""
    lines, shift_s = track.lines[first:end], track.lines[first].start_s - 1
    labels = (
        evolve(
            label,
            first_cue=max(label.first_cue - first, 1),
            last_cue=min(label.last_cue - first, len(lines)),
        )
        for label in track.labels
        if label.first_cue - first <= len(lines) and label.last_cue > first
    )
    return LaidOut(lines=_shift(lines, -shift_s), labels=tuple(labels))


def _append(before: LaidOut, after: LaidOut, pause_s: float) -> LaidOut:
    shift_s = before.lines[-1].end_s + pause_s
    labels = (
        evolve(
            label,
            first_cue=label.first_cue + len(before.lines),
            last_cue=label.last_cue + len(before.lines),
        )
        for label in after.labels
    )
    lines = (*before.lines, *_shift(after.lines, shift_s))
    return LaidOut(lines=lines, labels=(*before.labels, *labels))


def _join(samples: Sequence[Sample], named: EpisodeId | None) -> Sample:
    track = samples[0].track
    for sample in samples[1:]:
        track = _append(track, sample.track, pause_s=60.0)
    holds = tuple(episode for sample in samples for episode in sample.holds)
    name = " + ".join(sample.name for sample in samples)
    return Sample(
        name=name,
        track=track,
        named=named,
        holds=holds,
        is_labelled=all(sample.is_labelled for sample in samples),
    )


def _shift(lines: Sequence[TimedLine], by_s: float) -> tuple[TimedLine, ...]:
    return tuple(
        evolve(line, start_s=round(line.start_s + by_s, 3), end_s=round(line.end_s + by_s, 3))
        for line in lines
    )


def _recap(track: LaidOut) -> LaidOut:
    """Return some lines of each passage of a track in a row, which no label calls for."""
    lines = [
        line
        for label in track.labels
        if label.depiction
        for line in track.lines[label.first_cue : label.first_cue + RECAP_LINES]
    ]
    at_s, shown = 1.0, []
    for line in lines[: RECAP_LINES * 5]:
        length_s = line.end_s - line.start_s
        shown.append(evolve(line, start_s=round(at_s, 3), end_s=round(at_s + length_s, 3)))
        at_s += length_s + 0.5
    return LaidOut(lines=tuple(shown))


def _show_below(track: LaidOut, other: LaidOut) -> LaidOut:
    """Show under each line one of the other track: of the same passage, else of none."""
    passages = {label.depiction: label for label in other.labels if label.depiction}
    inside = {at for label in other.labels for at in _positions(label)}
    aside = iter([line.text for at, line in enumerate(other.lines) if at not in inside] * 2)
    below: dict[int, str] = {}
    for label in track.labels:
        if same := passages.get(label.depiction):
            texts = [other.lines[at].text for at in _positions(same)]
            below.update(zip(_positions(label), texts, strict=False))
    lines = tuple(
        evolve(line, text=f"{line.text}\n{below.get(at) or next(aside, '')}".strip())
        for at, line in enumerate(track.lines)
    )
    return evolve(track, lines=lines)


def _positions(label: Label) -> range:
    return range(label.first_cue - 1, label.last_cue)
