"""How well notes find their moments, on tracks whose moments are known.

Run it by hand for the whole story, `python tests/moments/measure.py [--notes]`; the test beside
it runs it too and fails when a figure falls below the last one reached.

The tracks and `labels.toml` were written without sight of the anchors. A verdict note counts as
*found* when one of its moments overlaps a scene in which one of its depictions plays
(`depictions.toml`), and as *right* for every such moment; the difficulty of a note in a track is
that of the easiest of those scenes. Anchors may be tuned on the half named below; the other half
only reports.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from attrs import define, field

from headnotes.engine import Engine
from headnotes.languages import describe_reasons, load_messages
from headnotes.model import Annotation, Outcome, Track
from headnotes.recognition import FileHints, Overrides
from headnotes.registry import Registry
from headnotes.tracks import read_track

HERE = Path(__file__).parent
TUNED_ON = ("S01E01", "S01E03", "S01E05", "S02E03")
DIFFICULTIES = ("easy", "medium", "hard")
WORK = "babylon-berlin"


@define
class Tally:
    """What was counted on one half.

    Attributes:
        wanted, found: pairs of track and verdict note, by difficulty.
        right, wrong: moments of verdict notes.
        distances_s: of each right moment from the dialogue of its depiction.
        stories: a line for every miss and every moment out of turn.
    """

    wanted: Counter[str] = field(factory=Counter)
    found: Counter[str] = field(factory=Counter)
    right: int = 0
    wrong: int = 0
    distances_s: list[float] = field(factory=list)
    stories: list[str] = field(factory=list)

    def recall(self, difficulty: str) -> float:
        """Share of the wanted pairs that were found; 1 where none was wanted."""
        wanted = self.wanted[difficulty]
        return self.found[difficulty] / wanted if wanted else 1.0

    @property
    def precision(self) -> float:
        """Share of the moments that stand on the right scene; 1 where there are none."""
        shown = self.right + self.wrong
        return self.right / shown if shown else 1.0

    def distance(self, share: float) -> float:
        """The distance in seconds that so large a share of the right moments keeps."""
        ordered = sorted(self.distances_s) or [0.0]
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def measure() -> dict[str, Tally]:
    """Run all labelled tracks; give the tallies of both halves, `tuned` and `held`."""
    depictions = tomllib.loads((HERE / "depictions.toml").read_text(encoding="utf-8"))["notes"]
    labels = defaultdict(list)
    for label in tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))["labels"]:
        labels[label["track"]].append(label)
    registry = Registry()
    engine = Engine(registry.topics, registry.works, registry)
    tallies = {"tuned": Tally(), "held": Tally()}
    for name in sorted(labels):
        track = read_track(HERE / name)
        half = "tuned" if name[:6] in TUNED_ON else "held"
        outcome = engine.annotate(track, overrides=Overrides(work=WORK, episode=name[:6]))
        _count(outcome, labels[name], depictions, tallies[half])
    return tallies


def annotations_elsewhere() -> list[str]:
    """Name every annotation in the tracks of other works, where there must be none."""
    registry = Registry()
    engine = Engine(registry.topics, registry.works, registry)
    return [
        f"{file.name}: {one.topic}/{one.note.id}"
        for file in sorted((HERE / "elsewhere").glob("*.srt"))
        for one in engine.annotate(read_track(file), FileHints(names=(file.stem,))).annotations
    ]


def _count(
    outcome: Outcome, labels: list[dict[str, Any]], depictions: dict[str, list[str]], tally: Tally
) -> None:
    moments = defaultdict(list)
    for one in outcome.annotations:
        if one.note.kind == "verdict":
            moments[f"{one.topic}/{one.note.id}"].append(one)
    notes = {
        f"{topic.id}/{note.id}"
        for topic in outcome.topics.values()
        for note in topic.notes
        if note.kind == "verdict"
    }
    for note in sorted(notes):
        own = [one for one in labels if one["depiction"] in depictions.get(note, ())]
        hits = [_nearest(one, own, outcome.track) for one in moments[note]]
        right = [distance for distance in hits if distance is not None]
        tally.right += len(right)
        tally.wrong += len(hits) - len(right)
        tally.distances_s += right
        tally.stories += [
            f"{outcome.track.name}: {note} out of turn at cue {one.moment.first_cue}: "
            f"{', '.join(found.text for found in one.moment.evidence)}"
            for one, distance in zip(moments[note], hits, strict=True)
            if distance is None
        ]
        if own:
            easiest = min((one["difficulty"] for one in own), key=DIFFICULTIES.index)
            tally.wanted[easiest] += 1
            tally.found[easiest] += bool(right)
            if not right:
                tally.stories.append(_miss(outcome, note, easiest, own))


def _miss(outcome: Outcome, note: str, difficulty: str, own: list[dict[str, Any]]) -> str:
    messages = load_messages("en")
    why = {
        f"{missed.topic}/{missed.note.id}": describe_reasons(missed.reasons, messages)
        for missed in outcome.unplaced
    }
    cues = ", ".join(f"{one['first_cue']}-{one['last_cue']}" for one in own)
    return (
        f"{outcome.track.name}: {note} missed ({difficulty}, cues {cues}): "
        f"{why.get(note, 'not expected here')}"
    )


def _nearest(one: Annotation, own: list[dict[str, Any]], track: Track) -> float | None:
    """Give the distance in seconds to the nearest right span; `None` out of its scenes."""
    cues = {cue.number: cue for cue in track.cues}
    moment = one.moment
    distances = [
        max(
            cues[label["first_cue"]].start_ms - moment.end_ms,
            moment.start_ms - cues[label["last_cue"]].end_ms,
            0,
        )
        / 1000
        for label in own
        if moment.first_cue <= label["scene"][1] and label["scene"][0] <= moment.last_cue
    ]
    return min(distances, default=None)


def main() -> None:
    """Print the table, and every miss with `--notes`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--notes", action="store_true", help="also what each note missed")
    parser.add_argument("--half", choices=("tuned", "held"), help="stories of this half only")
    options = parser.parse_args()
    print("half    easy           medium         hard           right scene    s median / 95 %")
    for half, tally in measure().items():
        cells = [
            f"{tally.recall(one):4.0%} ({tally.found[one]}/{tally.wanted[one]})"
            for one in DIFFICULTIES
        ]
        shown = tally.right + tally.wrong
        cells.append(f"{tally.precision:4.0%} ({tally.right}/{shown})")
        distances = f"{tally.distance(0.5):.0f} / {tally.distance(0.95):.0f}"
        print(f"{half:8}" + "".join(f"{cell:15}" for cell in cells) + distances)
        if options.notes and options.half in (None, half):
            print("\n".join(f"  {line}" for line in tally.stories))
    strays = annotations_elsewhere()
    print(f"elsewhere: {len(strays)} annotations", *strays, sep="\n  ")


if __name__ == "__main__":
    main()
