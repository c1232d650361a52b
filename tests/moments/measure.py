"""How well passages are found, on tracks of which it is known what plays where.

Run it by hand for the whole story, `python tests/moments/measure.py [--stories]`; the test beside
it runs it too and fails when a figure falls below the last one reached. `--ablate` takes one
mechanism away at a time and prints what is left.

The scripts were written without sight of the anchors, and so were the collections of scenes in
`scenes/`, each of which is a further set by its name (see `scenes.py`).

A depiction counts as *found* in a file when one of its passages overlaps a label of it; its
difficulty there is that of its easiest label; `moved` is what a script plays in an episode of which
the work does not tell it. A passage counts as *right* when it overlaps a label of its depiction and
begins at most 30 s before it. Terms and rules may be tuned on one half of the scripts and on the
collections `open` and `opened` (which were closed once, and opened when the next one was written);
all else only reports, and of `closed` nobody who tunes has read a scene.

What plays as a theme through six or more episodes (who a circle is, how two people stand) is not
labelled everywhere, and some depictions came into the work after the labels; such a passage, in an
episode that it is expected in and without a label, counts as `unsure`, neither right nor wrong. In
collections each theme is labelled wherever it plays.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import add
from pathlib import Path

from attrs import astuple, define, field, frozen
from rhythm import DIFFICULTIES, Label, lay_out
from scenes import DEPICTIONS, find_collections
from variants import HALVES, SCRIPTS, VARIANTS, WORK, Sample, make_samples, make_source

from headnotes import engine as engine_room
from headnotes import recognition
from headnotes.anchoring import assignment, candidates, evidence, index, moments
from headnotes.engine import Engine
from headnotes.model import Annotation, Outcome, Passage, Track, Work
from headnotes.recognition import FileHints, Overrides
from headnotes.registry import Registry
from headnotes.scheduling import schedule, select
from headnotes.tracks import parse_track, read_track

HERE = Path(__file__).parent
MOVED = "moved"
"""The difficulty of what a script plays in another episode than the work does."""

SETS = (*HALVES, *find_collections())
"""Parts of the scripts, and collections: by name."""

NEAR_MS = 30_000
THEME_EPISODES = 6


@define
class Tally:
    """What was counted on one set in one variant.

    Attributes:
        wanted, found: pairs of file and depiction, by difficulty.
        right, wrong, unsure: passages.
        ends_s: by how much each right passage ends after its label; before it, below 0.
        sharing: for each start at which annotations stand, how many do.
        recognised: files whose episodes were all told, and no other.
        files: in all.
        stories: a line for every miss and every wrong passage.
    """

    wanted: Counter[str] = field(factory=Counter)
    found: Counter[str] = field(factory=Counter)
    right: int = 0
    wrong: int = 0
    unsure: int = 0
    ends_s: list[float] = field(factory=list)
    sharing: list[int] = field(factory=list)
    recognised: int = 0
    files: int = 0
    stories: list[str] = field(factory=list)

    def recall(self, difficulty: str) -> float:
        """Share of the wanted depictions that were found; 1 where none was wanted."""
        wanted = self.wanted[difficulty]
        return self.found[difficulty] / wanted if wanted else 1.0

    @property
    def precision(self) -> float:
        """Share of the passages that are right; 1 where there are none."""
        placed = self.right + self.wrong
        return self.right / placed if placed else 1.0

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(*map(add, astuple(self, recurse=False), astuple(other, recurse=False)))

    @property
    def ends_near(self) -> float:
        """Share of the right passages that end within 30 s of their label."""
        near = sum(abs(end_s) * 1000 <= NEAR_MS for end_s in self.ends_s)
        return near / len(self.ends_s) if self.ends_s else 1.0

    @property
    def shared(self) -> float:
        """Share of the annotations that begin at the same time as another one."""
        total = sum(self.sharing)
        return sum(count for count in self.sharing if count > 1) / total if total else 0.0


def make_engine() -> Engine:
    """Make an engine of all installed topics and works."""
    registry = Registry()
    return Engine(registry.topics, registry.works, registry)


def measure(engine: Engine, variant: str, part: str, *, is_whole: bool = False) -> Tally:
    """Run the files of one variant of one part of the scripts, or of a collection.

    Args:
        engine: of all topics.
        variant: by name.
        part: by name.
        is_whole: let every scene of a collection play.
    """
    tally = Tally()
    for sample in make_samples(variant, make_source(part, is_whole=is_whole)):
        _count(annotate(engine, sample), sample, engine.works[WORK], tally)
    return tally


def annotate(engine: Engine, sample: Sample) -> Outcome:
    """Run one file under its name."""
    data = sample.track.to_srt().encode()
    return engine.annotate(parse_track(data, f"{sample.name}.srt"), sample.hints)


@frozen
class Stray:
    """What was found in a track of another work, where there must be nothing.

    Attributes:
        hours: how long the dialogue lasts.
        annotations: a line for each.
        shown: the same for those that reach the screen at normal density.
    """

    name: str
    hours: float
    annotations: tuple[str, ...]
    shown: tuple[str, ...]


def annotate_elsewhere(engine: Engine, *, is_forced: bool = False) -> list[Stray]:
    """Run every track of another work.

    Args:
        engine: of all topics.
        is_forced: claim that they belong to the work all the same.
    """
    overrides = Overrides(work=WORK) if is_forced else Overrides()
    return [_find_strays(engine, track, overrides) for track in _tracks_elsewhere()]


def _tracks_elsewhere() -> Iterator[Track]:
    for file in sorted((HERE / "elsewhere").glob("*.srt")):
        yield read_track(file)
    for script in sorted((SCRIPTS / "elsewhere").glob("*.txt")):
        yield parse_track(lay_out(script).to_srt().encode(), f"{script.stem}.srt")


def _find_strays(engine: Engine, track: Track, overrides: Overrides) -> Stray:
    outcome = engine.annotate(track, FileHints(names=(Path(track.name).stem,)), overrides)
    wanted = select(outcome.annotations, episode=outcome.episode).kept
    shown = schedule(track, wanted, density="normal").headnotes
    return Stray(
        track.name,
        track.duration_ms / 3_600_000,
        tuple(map(_describe, outcome.annotations)),
        tuple(_describe(headnote.annotation) for headnote in shown),
    )


def _describe(annotation: Annotation) -> str:
    return f"{annotation.topic}/{annotation.note.id} at cue {annotation.moment.first_cue}"


def shown_per_hour(strays: Sequence[Stray]) -> float:
    """Return how many headnotes an hour of other works shows."""
    return sum(len(stray.shown) for stray in strays) / sum(stray.hours for stray in strays)


def _count(outcome: Outcome, sample: Sample, work: Work, tally: Tally) -> None:
    labels: dict[str, list[Label]] = defaultdict(list)
    for label in sample.track.labels:
        if label.depiction in DEPICTIONS:
            labels[DEPICTIONS[label.depiction]].append(label)
    unlabelled = {
        depiction.id
        for depiction in work.depictions
        if set(sample.holds).intersection(depiction.episodes)
        and (
            (len(depiction.episodes) >= THEME_EPISODES and not sample.is_labelled)
            or depiction.id not in DEPICTIONS.values()
        )
    }
    tally.files += 1
    tally.recognised += set(outcome.episode.ids) == set(sample.holds)
    starts = Counter(annotation.moment.start_ms for annotation in outcome.annotations)
    tally.sharing += starts.values()
    for passage in outcome.passages:
        end_s = _end_of_right(passage, labels[passage.depiction], sample)
        if end_s is not None:
            tally.right += 1
            tally.ends_s.append(end_s)
        elif passage.depiction in unlabelled:
            tally.unsure += 1
        else:
            tally.wrong += 1
            tally.stories.append(_wrong(outcome, passage))
    expected = {
        depiction.id
        for depiction in work.depictions
        if set(sample.holds).intersection(depiction.episodes)
    }
    tally.stories += _count_recall(outcome, labels, expected, tally)


def _count_recall(
    outcome: Outcome, labels: dict[str, list[Label]], expected: set[str], tally: Tally
) -> Iterator[str]:
    for depiction, own in labels.items():
        if not own:
            continue
        easiest = min((label.difficulty for label in own), key=DIFFICULTIES.index)
        if depiction not in expected:
            easiest = MOVED
        tally.wanted[easiest] += 1
        is_found = any(
            passage.depiction == depiction and _overlaps(passage, label)
            for passage in outcome.passages
            for label in own
        )
        tally.found[easiest] += is_found
        if not is_found:
            cues = ", ".join(f"{label.first_cue}-{label.last_cue}" for label in own)
            yield f"{outcome.track.name}: {depiction} missed ({easiest}, cues {cues})"


def _overlaps(passage: Passage, label: Label) -> bool:
    return passage.first_cue <= label.last_cue and label.first_cue <= passage.last_cue


def _end_of_right(passage: Passage, own: Sequence[Label], sample: Sample) -> float | None:
    """Return by how many seconds a right passage ends after its label; `None` for a wrong one."""
    lines = sample.track.lines
    ends_s = [
        lines[passage.last_cue - 1].end_s - lines[label.last_cue - 1].end_s
        for label in own
        if _overlaps(passage, label)
        and passage.start_ms >= lines[label.first_cue - 1].start_s * 1000 - NEAR_MS
    ]
    return min(ends_s, key=abs, default=None)


def _wrong(outcome: Outcome, passage: Passage) -> str:
    cues = outcome.track.cues[passage.first_cue - 1 : passage.last_cue]
    text = " / ".join(cue.spoken.replace("\n", " ") for cue in cues[:6])
    where = f"{passage.first_cue}-{passage.last_cue}"
    return f"{outcome.track.name}: {passage.depiction} wrong, cues {where}: {text}"


def _nothing(*_: object) -> None:
    """Find no word of a note's own."""


ABLATIONS: dict[str, tuple[object, str, object]] = {
    "nothing": (recognition, "NAME_EVIDENCE", recognition.NAME_EVIDENCE),
    "competition": (assignment, "_exclude", lambda *_: False),
    "chance taken off": (evidence.Weighing, "_expect_by_chance", lambda *_: 0.0),
    "support from nearby": (evidence, "_SUPPORT", 0.0),
    "less for shared words": (index, "weigh_shared", lambda *_: {}),
    "rarity in the track": (index, "PLACES_APART_MS", 10**12),
    "neighbouring words once": (evidence.Weighing, "_around", lambda _, *span: range(*span)),
    "one term less": (candidates, "_LEAST_TO_LACK", 99),
    "doubt of the name": (recognition, "NAME_EVIDENCE", 1000.0),
    "what is not found": (recognition, "ABSENCE_COSTS", 0.0),
    "words of their own": (assignment, "OF_ITS_OWN", 1000.0),
    "less for long lists": (candidates, "LIST_POWER", 0.0),
    "less for themes": (candidates, "THEME_POWER", 0.0),
    "recaps": (engine_room, "_list_early", lambda *_: []),
    "notes' own anchors": (moments, "_find_own", _nothing),
    "notes' own words": (moments, "_find_word", _nothing),
}
"""What is taken away: by name, where it stands, what it is called, and what stands in its place."""

ABLATED = ("drama", "named one off", "no name", "recap", "half the words")


def ablate(engine: Engine, sets: Sequence[str]) -> None:
    """Print what is left of all figures without each mechanism."""
    for name, (place, attribute, instead) in ABLATIONS.items():
        kept = vars(place)[attribute]
        setattr(place, attribute, instead)
        print(f"without {name}")
        for variant in ABLATED:
            for part in sets:
                print(write_row(variant, part, measure(engine, variant, part)), flush=True)
        shown = shown_per_hour(annotate_elsewhere(engine, is_forced=True))
        print(f"elsewhere, forced: {shown:.2f} headnotes shown per hour")
        setattr(place, attribute, kept)


HEADS = (
    *DIFFICULTIES,
    MOVED,
    "precision",
    "unsure",
    "ends <= 30 s",
    "share a start",
    "episodes told",
)


def write_row(variant: str, part: str, tally: Tally) -> str:
    """Write the figures of one variant and set as a line of the table."""
    cells = [
        f"{tally.recall(difficulty):.2f} ({tally.found[difficulty]}/{tally.wanted[difficulty]})"
        for difficulty in (*DIFFICULTIES, MOVED)
    ]
    cells.append(f"{tally.precision:.2f} ({tally.right}/{tally.right + tally.wrong})")
    cells += [str(tally.unsure), f"{tally.ends_near:.2f}", f"{tally.shared:.2f}"]
    cells.append(f"{tally.recognised}/{tally.files}")
    return f"{variant:20}{part:7}" + "".join(f"{cell:14}" for cell in cells).rstrip()


def main() -> None:
    """Print the table, and every miss with `--stories`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", action="store_true", help="also what was missed or wrong")
    parser.add_argument("--set", choices=SETS, action="append")
    parser.add_argument("--variant", choices=tuple(VARIANTS), action="append")
    parser.add_argument("--ablate", action="store_true", help="without one mechanism at a time")
    parser.add_argument(
        "--every-scene", action="store_true", help="make the episodes of collections until all play"
    )
    options = parser.parse_args()
    engine = make_engine()
    if options.ablate:
        ablate(engine, options.set or SETS)
        return
    heads = (
        "easy",
        "medium",
        "hard",
        "moved",
        "precision",
        "unsure",
        "ends <= 30 s",
        "share a start",
    )
    print(f"{'':27}" + "".join(f"{head:14}" for head in (*heads, "episodes told")).rstrip())
    for variant in options.variant or VARIANTS:
        for part in options.set or SETS:
            tally = measure(engine, variant, part, is_whole=options.every_scene)
            print(write_row(variant, part, tally), flush=True)
            if options.stories:
                print("\n".join(f"  {line}" for line in tally.stories))
    for title, is_forced in (("elsewhere", False), ("elsewhere, forced", True)):
        strays = annotate_elsewhere(engine, is_forced=is_forced)
        print(f"{title}: {shown_per_hour(strays):.2f} headnotes shown per hour")
        for stray in strays:
            if stray.annotations:
                lines = [
                    f"{line}, shown" if line in stray.shown else line for line in stray.annotations
                ]
                print(f"  {stray.name}, {stray.hours:.2f} h", *lines, sep="\n    ")


if __name__ == "__main__":
    main()
