"""How much of what is placed reaches the screen, and how late, over scripts in real rhythm.

    python tests/moments/screen.py [--labelled] [FOLDER]

FOLDER holds scripts as `rhythm` reads them; the default is `scripts` beside this file. With
`--labelled` a note lies in the passage that the script labels, not in the one that was found: what
scheduling does by itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import get_args

from attrs import evolve, field, frozen
from rhythm import LaidOut, lay_out

from headnotes.anchoring.passages import PAUSE_MS
from headnotes.engine import Engine
from headnotes.linting import lint_track
from headnotes.model import Annotation, Headnote, Outcome, Passage
from headnotes.profiles import PROFILES, render_profile
from headnotes.recognition import Overrides
from headnotes.registry import Registry
from headnotes.scheduling import Density, schedule, select
from headnotes.tracks import parse_track

SCRIPTS = Path(__file__).parent / "scripts"


@frozen(kw_only=True)
class Screen:
    """What became of the notes of some tracks at one density.

    Attributes:
        placed: notes with a place, spoilers apart.
        headnotes: what is shown of them.
        violations: rules broken by the tracks as written.
    """

    placed: tuple[Annotation, ...] = ()
    headnotes: tuple[Headnote, ...] = field(default=())
    violations: int = 0

    def share(self, weight: int = 0, *, verdicts: bool = False) -> float:
        """Return the share shown of the notes of a weight, or of verdict notes, or of all."""
        shown = [headnote.annotation for headnote in self.headnotes]
        of_all = list(_only(self.placed, weight, verdicts))
        return len(list(_only(shown, weight, verdicts))) / len(of_all) if of_all else 1.0

    def delays_s(self) -> list[float]:
        """Return how long after their moments verdict notes stand, in seconds."""
        return [
            (headnote.start_ms - headnote.annotation.moment.start_ms) / 1000
            for headnote in self.headnotes
            if headnote.annotation.note.kind == "verdict"
        ]


def measure_screen(outcomes: Sequence[Outcome], density: Density) -> Screen:
    """Schedule outcomes at one density and count."""
    placed: list[Annotation] = []
    headnotes: list[Headnote] = []
    violations = 0
    for outcome in outcomes:
        wanted = select(outcome.annotations, episode=outcome.episode).kept
        planned = schedule(outcome.track, wanted, density=density)
        placed += wanted
        headnotes += planned.headnotes
        text = render_profile(PROFILES[0], outcome.track, planned.shown)
        violations += len(lint_track(parse_track(text.encode(), name=outcome.track.name)))
    return Screen(placed=tuple(placed), headnotes=tuple(headnotes), violations=violations)


def annotate_scripts(folder: Path, *, is_labelled: bool = False) -> tuple[Outcome, ...]:
    """Lay out and annotate every script of a folder, its name telling the episode."""
    registry = Registry()
    engine = Engine(registry.topics, registry.works, registry)
    outcomes = []
    for path in sorted(folder.glob("*.txt")):
        laid_out = lay_out(path)
        track = parse_track(laid_out.to_srt().encode(), name=f"{path.stem}.srt")
        wishes = Overrides(work="babylon-berlin", episode=path.name[:6])
        outcome = engine.annotate(track, overrides=wishes)
        outcomes.append(_label(outcome, laid_out) if is_labelled else outcome)
    return tuple(outcomes)


def _label(outcome: Outcome, laid_out: LaidOut) -> Outcome:
    """Return an outcome with the passages of the script instead of those that were found."""
    cues = {cue.number: cue for cue in outcome.track.cues}
    ends_ms = {number: cue.end_ms for number, cue in cues.items()}
    for number, next_cue in cues.items():  # the pause after its last word belongs to a passage
        if number - 1 in cues:
            ends_ms[number - 1] = min(next_cue.start_ms, ends_ms[number - 1] + PAUSE_MS)
    passages = [
        Passage(
            depiction=label.depiction,
            start_ms=cues[label.first_cue].start_ms,
            end_ms=ends_ms[label.last_cue],
            first_cue=label.first_cue,
            last_cue=label.last_cue,
        )
        for label in laid_out.labels
    ]
    moved = (
        evolve(annotation, passage=next(_around(annotation, passages), annotation.passage))
        for annotation in outcome.annotations
    )
    return evolve(outcome, annotations=tuple(moved))


def _around(annotation: Annotation, passages: Sequence[Passage]) -> Iterator[Passage]:
    for passage in passages:
        if passage.start_ms <= annotation.moment.start_ms <= passage.end_ms:
            yield passage


def _only(
    annotations: Sequence[Annotation],
    weight: int,
    verdicts: bool,  # noqa: FBT001
) -> Iterator[Annotation]:
    for annotation in annotations:
        note = annotation.note
        if (not weight or note.weight == weight) and (not verdicts or note.kind == "verdict"):
            yield annotation


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?", default=SCRIPTS)
    parser.add_argument("--labelled", action="store_true")
    given = parser.parse_args()
    outcomes = annotate_scripts(given.folder, is_labelled=given.labelled)
    print("density  placed  verdicts  weight 3  all   delay median  p90   max   lint")
    for density in get_args(Density):
        screen = measure_screen(outcomes, density)
        delays = screen.delays_s()
        print(
            f"{density:8} {len(screen.placed):6}  {screen.share(verdicts=True):8.0%}"
            f"  {screen.share(3, verdicts=True):8.0%}  {screen.share():4.0%}"
            f"  {median(delays):10.0f} s  {quantiles(delays, n=10)[-1]:3.0f}"
            f"  {max(delays):4.0f}  {screen.violations:4}"
        )


if __name__ == "__main__":
    main()
