"""`headnotes annotate`: tracks to watch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from attrs import evolve, frozen

from headnotes import filenames, profiles
from headnotes.cli.inputs import PATH
from headnotes.cli.options import (
    DEFAULT_OUTPUT,
    STANDARD_OUTPUT,
    Choosing,
    Reading,
    choosing_options,
    look_up,
    offer,
    overwrite_option,
    pick,
    reading_options,
)
from headnotes.cli.outputs import Outputs
from headnotes.cli.printing import print_line
from headnotes.cli.session import NOTHING, Session, shown
from headnotes.issues import HeadnotesError, Issue, UsageError
from headnotes.languages import (
    FALLBACK,
    choose_language,
    describe_reason,
    load_messages,
    profile_title,
)
from headnotes.model import Headnote, Language, Outcome, Profile, Track
from headnotes.scheduling import Density, Schedule, list_by_moment, schedule, select, word_note
from headnotes.text import printable
from headnotes.times import format_clock

DEFAULT_PROFILE = "combined-srt"

_PROFILES = ", ".join(profile.name for profile in profiles.PROFILES)
_PLAYERS = ", ".join(
    sorted({player for profile in profiles.PROFILES for player in profile.players})
)


@frozen(kw_only=True)
class Writing:
    """How tracks are written."""

    output: Path
    profile: tuple[str, ...]
    player: tuple[str, ...]
    density: Density
    seen: str | None
    naming: filenames.Naming | None
    mux: Path | None
    overwrite: bool
    beside: bool
    dry_run: bool


@frozen(kw_only=True)
class Form:
    """A profile, and how its files are named."""

    profile: Profile
    naming: filenames.Naming


@click.command(
    "annotate",
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
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option(
    "--profile",
    multiple=True,
    metavar="NAME",
    shell_complete=offer(lambda: _PROFILES.split(", ")),
    help=f"How to write the tracks: {_PROFILES}. [default: {DEFAULT_PROFILE}]",
)
@click.option(
    "--for",
    "player",
    multiple=True,
    metavar="PLAYER",
    shell_complete=offer(lambda: _PLAYERS.split(", ")),
    help=f"The profile and naming that serve a player best: {_PLAYERS}.",
)
@click.option(
    "--density",
    type=click.Choice(("sparse", "normal", "dense")),
    default="normal",
    show_default=True,
    help="At most 5, 13 or 40 headnotes in ten minutes.",
)
@click.option("--seen", metavar="SxxEyy|all", help="How far you have seen. [default: this episode]")
@click.option(
    "--naming",
    type=click.Choice(("titled", "plain")),
    help="With or without a title before the language. [default: titled]",
)
@click.option(
    "--mux",
    type=PATH,
    metavar="VIDEO",
    help="Also print the commands that put the tracks into this video.",
)
@overwrite_option
def command(**chosen: Any) -> int:  # noqa: ANN401  # click gives what the options say
    """Write annotated tracks for subtitle files and folders (default: subtitles/)."""
    return annotate(pick(Reading, chosen), pick(Choosing, chosen), pick(Writing, chosen))


def annotate(reading: Reading, choosing: Choosing, writing: Writing) -> int:
    """Write the tracks and return the exit status."""
    if str(writing.output) == STANDARD_OUTPUT:
        what, hint = "tracks are files that players find by their names", "name a folder"
        raise UsageError(Issue(path="-o -", code="file-for-stream", message=what, hint=hint))
    session = Session(reading, {"profiles": profiles})
    session.check_topics(choosing)
    forms = _choose_forms(session, writing)
    select((), seen=writing.seen)  # a wrong --seen is told before anything is read
    if writing.mux:
        _check_video(writing.mux, session)
    writer = _TrackWriter(session, writing, forms)
    writer.claim_names(choosing.lang)
    for file, outcome in session.outcomes():
        planned = _plan(outcome, choosing, writing)
        if planned.by_moment:
            writer.write(file, outcome.track, planned)
        elif outcome.episode.work is not None or outcome.annotations:
            session.inform(f"{outcome.track.name}: nothing to note; no track written")
    made = writer.made
    if made and not writing.dry_run:
        where = "beside the inputs" if writing.beside else f"in {shown(writing.output)}"
        session.inform(f"{len(made)} track(s) {where}")
    if made and writing.mux:
        target = writing.mux.with_name(f"{writing.mux.stem}.headnotes.mkv")
        session.inform("nothing was done to the film; one of these commands does it:")
        for line in profiles.mux_commands(writing.mux, made, target):
            # bytes: no console's character set may change a name
            click.echo(f"{line}\n".encode(), nl=False)
    return NOTHING if writer.is_in_vain else session.status


def _check_video(video: Path, session: Session) -> None:
    """Refuse to mux into a film that is not there, or the tracks of several files into one."""
    if not video.is_file():
        raise UsageError(
            Issue(
                path="--mux",
                code="no-file",
                message=f"{video.name!r} is no file",
                hint="name the film",
            )
        )
    if str(video).endswith("\n"):
        what, hint = "a name that ends with a line feed", "rename the file"
        raise UsageError(Issue(path="--mux", code="unquotable-name", message=what, hint=hint))
    if len(session.inputs) > 1:
        what = f"{len(session.inputs)} inputs for one film"
        raise UsageError(
            Issue(
                path="--mux",
                code="several-tracks",
                message=what,
                hint="name the one that belongs to it",
            )
        )


@frozen(kw_only=True)
class Plan:
    """What is written of one track.

    Attributes:
        on_screen: what shows and when, and what stays out.
        by_moment: every note that the viewer wants, for profiles in which none contends for room.
        wanted: language of the notes.
        reader: language in which the viewer reads what stays out.
    """

    on_screen: Schedule
    by_moment: tuple[Headnote, ...]
    wanted: Language | None
    reader: Language


def _plan(outcome: Outcome, choosing: Choosing, writing: Writing) -> Plan:
    """Return what a track shows and when."""
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
        chosen.kept,
        language=choosing.lang,
        density=writing.density,
    )
    left_out = (*chosen.kept_back, *planned.left_out)
    return Plan(
        on_screen=evolve(planned, left_out=left_out),
        by_moment=list_by_moment(outcome.track, chosen.kept, language=choosing.lang),
        wanted=choosing.lang or outcome.track.language,
        reader=choosing.lang or FALLBACK,
    )


class _TrackWriter:
    """Writes tracks in every wanted profile; what fails is said and costs itself alone.

    Attributes:
        made: the files that are there now.
    """

    def __init__(self, session: Session, writing: Writing, forms: Sequence[Form]) -> None:
        """Prepare to write below a folder, or beside each input."""
        self.made: list[profiles.MuxTrack] = []
        self._session = session
        self._writing = writing
        self._forms = forms
        self._outputs = Outputs(
            session.inputs, is_ours=session.is_own_output, overwrite=writing.overwrite
        )

    @property
    def is_in_vain(self) -> bool:
        """Whether there were files to write, and none could be published."""
        return bool(self._outputs.refused) and not self.made

    def claim_names(self, wanted: Language | None) -> None:
        """Announce the names of all files before the first is written.

        Args:
            wanted: language of the notes.
        """
        spoken = {
            language: ""
            for topic in self._session.registry.topics.values()
            for note in topic.notes
            for language in note.texts
        }
        for file, track in self._session.new_tracks():
            language = choose_language(spoken, wanted or track.language) if spoken else FALLBACK
            for form in self._forms:
                place = self._find_place(file, track, form, language)
                self._outputs.claim(place, self._name_owner(file, track, form))

    def write(self, file: Path, track: Track, plan: Plan) -> None:
        """Write one track with its headnotes."""
        language = filenames.main_language(plan.by_moment, track.language or FALLBACK)
        for form in self._forms:
            headnotes = plan.by_moment if form.profile.is_by_moment else plan.on_screen.shown
            if not headnotes:
                what = "nothing has a place on screen; no track written"
                self._session.inform(f"{track.name}: {what}")
                continue
            place = self._find_place(file, track, form, language)
            try:
                text = profiles.render_profile(form.profile, track, headnotes)
                is_current = self._is_current(place, text)
                if not is_current and not self._writing.dry_run:
                    self._outputs.publish(place, text, self._name_owner(file, track, form))
            except HeadnotesError as error:
                for problem in error.issues:
                    self._session.fail(problem)
                continue
            title = profile_title(form.profile, language)
            self.made.append(profiles.MuxTrack(path=place, language=language, title=title))
            if is_current:
                self._session.inform(f"{track.name}: {shown(place)} is up to date")
            else:
                self._print_result(track, plan, len(headnotes), place)
        _print_left_out(self._session, track, plan)

    def _is_current(self, place: Path, text: str) -> bool:
        """Whether a file has its text already; what is no file is said when it is written."""
        try:
            return place.is_file() and place.read_bytes() == text.encode()
        except OSError:
            return False

    def _find_place(self, file: Path, track: Track, form: Form, language: Language) -> Path:
        name = filenames.output_name(
            Path(track.name).stem,
            form.profile,
            track_format=track.format,
            dialogue_language=track.language,
            note_language=language,
            naming=form.naming,
        )
        if self._writing.beside:
            return file.parent / name
        return self._writing.output / self._session.folder_below(file) / name

    def _name_owner(self, file: Path, track: Track, form: Form) -> str:
        """Name what a file is made from: track and profile, where there are several profiles."""
        source = shown(file) if file.name == track.name else f"{shown(file)}, {track.name}"
        return f"{source} as {form.profile.name}" if len(self._forms) > 1 else source

    def _print_result(self, track: Track, plan: Plan, count: int, place: Path) -> None:
        """Print what was written where, how much stays out, and whether players will find it."""
        arrow = "would go to" if self._writing.dry_run else "->"
        headnotes = "1 headnote" if count == 1 else f"{count} headnotes"
        # What the viewer's own options exclude is not missed, and chapters leave nothing out.
        left = sum(entry.kind != "filter" for entry in plan.on_screen.left_out)
        is_hinted = left and count < len(plan.by_moment) and not self._session.reading.verbose
        rest = f", {left} left out (-v lists them, the report has them)" if is_hinted else ""
        self._session.inform(f"{track.name}: {headnotes}{rest} {arrow} {shown(place)}")
        renamed = filenames.explain_name(
            Path(track.name).stem, track.language, place.name, printable(track.name)
        )
        if renamed is not None:
            self._session.inform(str(renamed))


def _print_left_out(session: Session, track: Track, plan: Plan) -> None:
    """Print each note that is not on screen: when, what it says, and why."""
    left_out = plan.on_screen.left_out if session.reading.verbose else ()
    messages = load_messages(plan.reader)
    for entry in left_out:
        note = entry.annotation.note
        wording = word_note(note, plan.wanted)
        line = messages.text(
            "screen.left_out",
            time=format_clock(entry.annotation.moment.start_ms),
            note=f"{entry.annotation.topic}/{note.id}",
            line=wording.text.replace("\n", " ") or wording.label,
            reason=describe_reason(entry.reason, messages),
        )
        print_line(f"{track.name}: {line}")
    if left_out:
        print_line(f"{track.name}: {messages.text('screen.where')}")


def _choose_forms(session: Session, writing: Writing) -> list[Form]:
    """Return the profiles to write in, and how to name their files."""
    known: tuple[Profile, ...] = session.registry.provide("provide_profiles")
    by_name = {profile.name: profile for profile in known}
    names = writing.profile or (() if writing.player else (DEFAULT_PROFILE,))
    forms = {
        name: Form(profile=look_up(name, by_name, "--profile"), naming=writing.naming or "titled")
        for name in names
    }
    for player in writing.player:
        profile, naming = profiles.serve_player(player.lower(), known)
        forms[profile.name] = Form(profile=profile, naming=writing.naming or naming)
    return list(forms.values())
