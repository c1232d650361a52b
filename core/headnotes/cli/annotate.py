"""`headnotes annotate`: tracks to watch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from attrs import frozen

from headnotes import profiles
from headnotes.cli.choices import look_up
from headnotes.cli.messages import say
from headnotes.cli.options import (
    DEFAULT_OUTPUT,
    Choosing,
    Reading,
    choosing_options,
    pick,
    reading_options,
)
from headnotes.cli.outputs import Outputs
from headnotes.cli.session import Session, shown
from headnotes.errors import HeadnotesError
from headnotes.model import Outcome, Profile
from headnotes.scheduling import Density, Schedule, schedule, select


@frozen(kw_only=True)
class Writing:
    """How tracks are written."""

    output: Path
    profile: tuple[str, ...]
    density: Density
    seen: str | None
    naming: profiles.Naming


@click.command(
    "annotate",
    epilog="Example: headnotes annotate Season1/ --profile notes-plain --lang en -o Season1-notes",
)
@reading_options
@choosing_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=DEFAULT_OUTPUT, show_default=True
)
@click.option("--profile", multiple=True, default=("combined-srt",), metavar="NAME")
@click.option("--density", type=click.Choice(("sparse", "normal", "dense")), default="normal")
@click.option("--seen", metavar="SxxEyy|all", help="How far you have seen. [default: this episode]")
@click.option("--naming", type=click.Choice(("titled", "plain")), default="titled")
def command(**chosen: Any) -> int:  # noqa: ANN401  # click gives what the options say
    """Write annotated tracks for subtitle files and folders (default: subtitles/)."""
    return annotate(pick(Reading, chosen), pick(Choosing, chosen), pick(Writing, chosen))


def annotate(reading: Reading, choosing: Choosing, writing: Writing) -> int:
    """Write the tracks; give the exit status."""
    session = Session(reading, {"profiles": profiles})
    session.check_topics(choosing)
    wanted = _find_profiles(session, writing.profile)
    select((), seen=writing.seen)  # a wrong --seen is told before anything is read
    with Outputs(writing.output, session.inputs, is_ours=session.is_own_output) as outputs:
        written = 0
        for file, outcome in session.outcomes():
            planned = _plan(outcome, choosing, writing)
            if not planned.headnotes:
                session.inform(f"{outcome.track.name}: nothing to note; no track written")
                continue
            for profile in wanted:
                try:
                    text = profile.write(outcome.track, planned.headnotes)
                except HeadnotesError as error:
                    for problem in error.problems:
                        session.fail(problem)
                    continue
                language = choosing.lang or planned.headnotes[0].language
                name = profiles.output_name(
                    file.stem,
                    profile,
                    track_format=outcome.track.format,
                    dialogue_language=outcome.track.language,
                    note_language=language,
                    naming=writing.naming,
                )
                place = outputs.add(name, text, made_from=outcome.track.name)
                written += 1
                _tell(session, outcome, planned, place)
    if written:
        session.inform(f"{written} track(s) in {shown(writing.output)}")
    return session.status


def _plan(outcome: Outcome, choosing: Choosing, writing: Writing) -> Schedule:
    """Choose and schedule what one track shows; what stays out is told on request."""
    chosen = select(
        outcome.annotations,
        topics=choosing.topic,
        verdicts=choosing.verdict,
        min_weight=choosing.min_weight,
        seen=writing.seen,
        episode=outcome.episode,
    )
    planned = schedule(
        outcome.track,
        outcome.scenes,
        chosen.kept,
        language=choosing.lang,
        density=writing.density,
    )
    return Schedule(headnotes=planned.headnotes, left_out=(*chosen.kept_back, *planned.left_out))


def _tell(session: Session, outcome: Outcome, planned: Schedule, place: Path) -> None:
    count, left = len(planned.headnotes), len(planned.left_out)
    rest = f", {left} left out (-v lists them)" if left and not session.reading.verbose else ""
    session.inform(f"{outcome.track.name}: {count} headnotes{rest} -> {shown(place)}")
    if session.reading.verbose:
        for one in planned.left_out:
            note = one.annotation.note.id
            say(f"{outcome.track.name}: left out {one.annotation.topic}/{note}: {one.reason}")


def _find_profiles(session: Session, names: tuple[str, ...]) -> list[Profile]:
    known = {profile.name: profile for profile in session.registry.provide("provide_profiles")}
    return [look_up(name, known, "--profile") for name in dict.fromkeys(names)]
