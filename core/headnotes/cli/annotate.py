"""`headnotes annotate`: tracks to watch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from headnotes import profiles
from headnotes.app import DEFAULT_PROFILE, Plan, Wishes
from headnotes.cli.commands import Command
from headnotes.cli.inputs import PATH
from headnotes.cli.options import (
    DEFAULT_OUTPUT,
    STANDARD_OUTPUT,
    Choosing,
    Reading,
    choosing_options,
    is_typed,
    jobs_option,
    offer,
    overwrite_option,
    pick,
    reading_options,
    seen_option,
)
from headnotes.cli.session import NOTHING, Session, shown
from headnotes.cli.writing import OTHER_NAME, Form, TrackWriter, Writing
from headnotes.issues import Issue, UsageError, look_up
from headnotes.scheduling import select

_PROFILES = ", ".join(profile.name for profile in profiles.PROFILES)
_PLAYERS = ", ".join(
    sorted({player for profile in profiles.PROFILES for player in profile.players})
)

_WISHES = {
    "other-topic": "--topic",
    "other-verdict": "--verdict",
    "low-weight": "--min-weight",
    "later-episode": "--seen",
}
"""By why a note is left out whatever room there is, the option that says otherwise."""


@click.command(
    "annotate",
    cls=Command,
    epilog="Example: headnotes annotate Season1/ --for mpv --lang en -o Season1-notes",
)
@reading_options
@choosing_options
@click.option(
    "-o",
    "--output",
    type=PATH,
    default=DEFAULT_OUTPUT,
    show_default=True,
    help="Folder for the tracks.",
)
@click.option(
    "--beside",
    is_flag=True,
    help="Write next to each input, under the name its player finds, instead of -o.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option(
    "--profile",
    multiple=True,
    metavar="NAME",
    shell_complete=offer(lambda: _PROFILES.split(", ")),
    help=f"How to write the tracks, may be repeated: {_PROFILES}. [default: {DEFAULT_PROFILE}]",
)
@click.option(
    "--for",
    "player",
    multiple=True,
    metavar="PLAYER",
    shell_complete=offer(lambda: _PLAYERS.split(", ")),
    help=f"The profile and naming that serve a player best, may be repeated: {_PLAYERS}.",
)
@click.option(
    "--density",
    type=click.Choice(("sparse", "normal", "dense")),
    default="normal",
    show_default=True,
    help="At most 5, 13 or 40 headnotes in ten minutes.",
)
@seen_option
@click.option(
    "--naming",
    type=click.Choice(("titled", "plain")),
    help="With or without a title before the language: plain may be what your own file is called."
    " [default: as the player wants it, else titled]",
)
@click.option(
    "--mux",
    type=PATH,
    metavar="VIDEO",
    help="Also print the commands that put the tracks into this video.",
)
@jobs_option
@overwrite_option
def command(**chosen: Any) -> int:  # noqa: ANN401  # click gives what the options say
    """Write annotated tracks for subtitle files and folders (default: subtitles/)."""
    if is_typed("output"):
        if is_typed("beside"):
            what, hint = "-o names another place for the tracks", "leave out one of the two"
            raise UsageError(Issue(path="--beside", code="two-places", message=what, hint=hint))
        chosen["beside"] = False  # as the settings would have it
    return annotate(pick(Reading, chosen), pick(Choosing, chosen), pick(Writing, chosen))


def annotate(reading: Reading, choosing: Choosing, writing: Writing) -> int:
    """Write the tracks and return the exit status."""
    if str(writing.output) == STANDARD_OUTPUT:
        what, hint = "tracks are files that players find by their names", "give a folder"
        raise UsageError(Issue(path="-o -", code="file-for-stream", message=what, hint=hint))
    session = Session(reading)
    session.check_topics(choosing)
    forms = _choose_forms(session, writing)
    select((), seen=writing.seen)  # a wrong --seen is refused before anything is read
    if writing.mux:
        _check_video(writing.mux, session)
    writer = TrackWriter(session, writing, forms)
    writer.claim_names(choosing.lang)
    wishes = Wishes(
        language=choosing.lang,
        topics=choosing.topic,
        verdicts=choosing.verdict,
        min_weight=choosing.min_weight,
        density=writing.density,
        seen=writing.seen,
    )
    for file, outcome, plan in session.plans(wishes):
        if plan.by_moment:
            writer.write(file, outcome, plan, choosing.lang)
        elif outcome.episode.work is not None or outcome.annotations:
            why = _describe_filters(plan)
            session.inform(f"{session.name_track(outcome)}: nothing to note{why}; no track written")
    if writer.made and not writing.dry_run:
        where = "beside the inputs" if writing.beside else f"in {shown(writing.output)}"
        session.inform(f"{len(writer.made)} track(s) {where}")
        if writer.namesakes:
            what = f"named like the input: {writer.namesakes}, so not to be put beside it"
            session.inform(f"{what}; {OTHER_NAME}")
    if writer.muxed and writing.mux:
        _print_mux_commands(writing.mux, writer.muxed, session)
    return NOTHING if writer.is_in_vain or session.is_in_vain else session.status


def _describe_filters(plan: Plan) -> str:
    """Return how many notes no room would help, and the options that do; empty for none."""
    codes = (entry.reason.code for entry in plan.on_screen.left_out)
    options = [_WISHES[code] for code in codes if code in _WISHES]
    named = ", ".join(dict.fromkeys(options))
    return f", {len(options)} left out (see {named})" if options else ""


def _print_mux_commands(video: Path, made: Sequence[profiles.MuxTrack], session: Session) -> None:
    """Print the commands that put tracks into a film."""
    commands = profiles.mux_commands(video, made, video.with_name(f"{video.stem}.headnotes.mkv"))
    what = "nothing was done to the film; one of these commands does it:"
    session.inform(what if commands else "--mux: nothing that was written goes into a film")
    for line in commands:
        # bytes: no console's character set may change a name
        click.echo(f"{line}\n".encode(), nl=False)


def _check_video(video: Path, session: Session) -> None:
    """Refuse to mux into a film that is not there, or the tracks of several files into one."""
    if not video.is_file():
        what, hint = f"{video.name!r} is not a file", "give the film"
        raise UsageError(Issue(path="--mux", code="no-file", message=what, hint=hint))
    if str(video).endswith("\n"):
        what, hint = "a name that ends with a line feed", "rename the file"
        raise UsageError(Issue(path="--mux", code="unquotable-name", message=what, hint=hint))
    inputs = {file for file, _ in session.new_tracks()}
    if len(inputs) > 1:
        what, hint = f"{len(inputs)} inputs for one film", "give the one that belongs to it"
        raise UsageError(Issue(path="--mux", code="several-tracks", message=what, hint=hint))


def _choose_forms(session: Session, writing: Writing) -> list[Form]:
    """Return the profiles to write in, and how to name their files."""
    known = session.notes.profiles
    session.print_issues()  # why a plugin has none, before one of its names is unknown
    names = writing.profile or (() if writing.player else (DEFAULT_PROFILE,))
    forms = [
        Form(profile=look_up(name, known, "--profile"), naming=writing.naming or "titled")
        for name in names
    ]
    for player in writing.player:
        profile, naming = profiles.serve_player(player.lower(), known.values())
        forms.append(Form(profile=profile, naming=writing.naming or naming))
    # two players may share a profile and yet look for different names
    return list({(form.profile.name, form.naming): form for form in forms}.values())
