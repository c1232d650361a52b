"""Tracks written: in every wanted profile, under the names their players find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from headnotes import filenames, profiles
from headnotes.app import Plan
from headnotes.cli.outputs import ELSEWHERE, Outputs
from headnotes.cli.printing import print_line
from headnotes.cli.session import Session, shown
from headnotes.issues import HeadnotesError
from headnotes.languages import (
    FALLBACK,
    choose_language,
    profile_title,
)
from headnotes.model import Language, Outcome, Profile, Track
from headnotes.scheduling import Density, word_note
from headnotes.text import printable
from headnotes.times import format_clock
from headnotes.tracks import VIDEO_SUFFIXES
from headnotes.values import evolve, frozen

OTHER_NAME = "give it a name of its own with --naming titled"


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


@frozen(kw_only=True)
class _Claim:
    """What a track wants to be called, plainly and with a title, and its rank among rivals."""

    owner: str
    plain: Path
    titled: Path
    rank: filenames.Rank


class TrackWriter:
    """Writes tracks in every wanted profile; what fails is said and costs itself alone.

    Attributes:
        made: the files that are there now.
        muxed: those of them that belong into a film: of a track in one profile, one.
        namesakes: how many of them are called like their input, and lie in another folder.
    """

    def __init__(self, session: Session, writing: Writing, forms: Sequence[Form]) -> None:
        """Prepare to write below a folder, or beside each input."""
        self.made: list[Path] = []
        self.muxed: list[profiles.MuxTrack] = []
        self.namesakes = 0
        self._session = session
        self._writing = writing
        self._forms = forms
        self._yielding: dict[str, _Claim] = {}
        """By owner, the claim of the track that gets the plain name both want."""
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
            for topic in self._session.notes.topics.values()
            for note in topic.notes
            for language in note.languages
        }
        claims: dict[Path, list[_Claim]] = defaultdict(list)
        for file, track in self._session.new_tracks():
            language = choose_language(spoken, wanted or track.language) if spoken else FALLBACK
            for form in self._forms:
                owner = self._name_owner(file, track, form)
                if form.naming == "titled":
                    self._outputs.claim(self._find_place(file, track, form, language), owner)
                    continue
                claim = self._make_claim(file, track, form, language)
                claims[claim.plain].append(claim)
        for rivals in claims.values():
            self._claim_plain(rivals)

    def _make_claim(self, file: Path, track: Track, form: Form, language: Language) -> _Claim:
        stem = Path(track.name).stem
        return _Claim(
            owner=self._name_owner(file, track, form),
            plain=self._find_place(file, track, form, language),
            titled=self._find_place(file, track, evolve(form, naming="titled"), language),
            rank=filenames.rank_track(stem, track.language, language),
        )

    def _claim_plain(self, rivals: Sequence[_Claim]) -> None:
        """Claim a plain name for the track likeliest watched, where titles tell others apart."""
        first = min(rivals, key=lambda claim: claim.rank)
        are_told_apart = len({claim.titled for claim in rivals}) == len(rivals)
        for claim in rivals:
            if claim is first or not are_told_apart:
                self._outputs.claim(claim.plain, claim.owner)
            else:
                self._yielding[claim.owner] = first
                self._outputs.claim(claim.titled, claim.owner)

    def write(self, file: Path, outcome: Outcome, plan: Plan, wanted: Language | None) -> None:
        """Write one track with its headnotes.

        Args:
            file: it was read from.
            outcome: of the track.
            plan: what is on screen, and when.
            wanted: language of the notes.
        """
        track, name = outcome.track, self._session.name_track(outcome)
        language = filenames.main_language(plan.by_moment, track.language or FALLBACK)
        done: dict[str, list[Path]] = defaultdict(list)
        for form in self._forms:
            headnotes = plan.by_moment if form.profile.is_by_moment else plan.on_screen.shown
            # a copy of the dialogue alone would look like a track that has been annotated
            if not headnotes:
                what = "nothing has a place on screen; no track written"
                self._session.inform(f"{name}: {what}")
                continue
            place = self._find_place(file, track, form, language)
            if place in done[form.profile.name]:  # it had to take the name of another form
                continue
            try:
                text = profiles.render_profile(form.profile, track, headnotes)
                # what stays as it is keeps its time, so that nobody takes it for new
                is_current = self._is_current(place, text)
                if not is_current:
                    self._publish(place, text, self._name_owner(file, track, form), form)
            except HeadnotesError as error:
                for problem in error.issues:
                    self._session.fail(problem)
                continue
            self.namesakes += place.name == file.name
            self.made.append(place)
            if not done[form.profile.name]:
                title = profile_title(form.profile, language)
                self.muxed.append(profiles.MuxTrack(path=place, language=language, title=title))
            done[form.profile.name].append(place)
            if is_current:
                self._session.inform(f"{name}: {shown(place)} is up to date")
            else:
                legend = plan.on_screen.legend  # it is no note
                count = len(headnotes) - headnotes.count(legend) if legend else len(headnotes)
                self._print_result(name, plan, count, place)
                self._print_renamed(track, place, self._name_owner(file, track, form))
        _print_left_out(self._session, track, plan, wanted)

    def _publish(self, place: Path, text: str, owner: str, form: Form) -> None:
        """Write a file; in a dry run, ask whether it could be written."""
        is_plain = form.naming == "plain"
        elsewhere = f"{OTHER_NAME}, or {ELSEWHERE}" if is_plain else ELSEWHERE
        if self._writing.dry_run:
            self._outputs.check(place, owner, elsewhere)
        else:
            self._outputs.publish(place, text, owner, elsewhere)

    def _is_current(self, place: Path, text: str) -> bool:
        """Whether a file has its text already; what is no file is said when it is written."""
        try:
            return place.is_file() and place.read_bytes() == text.encode()
        except OSError:
            return False

    def _find_place(self, file: Path, track: Track, form: Form, language: Language) -> Path:
        is_yielding = self._name_owner(file, track, form) in self._yielding
        name = filenames.output_name(
            Path(track.name).stem,
            form.profile,
            track_format=track.format,
            dialogue_language=track.language,
            note_language=language,
            naming="titled" if is_yielding else form.naming,
        )
        if self._writing.beside:
            return file.parent / name
        return self._writing.output / self._session.folder_below(file) / name

    def _name_owner(self, file: Path, track: Track, form: Form) -> str:
        """Name what a file is made from: track and profile, where there are several profiles."""
        source = shown(file) if file.name == track.name else f"{shown(file)}, {track.name}"
        return f"{source} as {form.profile.name}" if len(self._forms) > 1 else source

    def _print_result(self, name: str, plan: Plan, count: int, place: Path) -> None:
        """Print what was written where, and how much stays out."""
        arrow = "would go to" if self._writing.dry_run else "->"
        headnotes = "1 headnote" if count == 1 else f"{count} headnotes"
        # What the viewer's own options exclude is not missed, and chapters leave nothing out.
        left = sum(entry.kind != "filter" for entry in plan.on_screen.left_out)
        is_hinted = left and count < len(plan.by_moment) and not self._session.reading.verbose
        rest = f", {left} left out (-v lists them, the report has them)" if is_hinted else ""
        self._session.inform(f"{name}: {headnotes}{rest} {arrow} {shown(place)}")

    def _print_renamed(self, track: Track, place: Path, owner: str) -> None:
        """Print where players will not find a file by its name, or another has the plain one."""
        if first := self._yielding.get(owner):
            what = f"as {first.plain.name!r} is for {first.owner}"
            self._session.inform(f"{track.name}: has a title in its name, {what}")
        renamed = filenames.explain_name(
            Path(track.name).stem, track.language, place.name, printable(track.name)
        )
        if renamed is not None:
            self._session.inform(str(renamed))
        elif self._writing.beside and _is_apart_from_film(place, self._session.inputs):
            what = f"{place.name!r} lies beside no film of that name"
            hint = (
                "players that look beside the film will not find it; move it there, named like it"
            )
            self._session.inform(f"{track.name}: {what}; {hint}")


def _is_apart_from_film(place: Path, inputs: Sequence[Path]) -> bool:
    """Whether no film beside a track has its name, while there are films in other folders."""
    if any(place.name.startswith(f"{film.stem}.") for film in _list_films(place.parent)):
        return False
    named = [file for file in inputs if file.suffix.lower() in VIDEO_SUFFIXES]
    return bool(named or _list_films(place.absolute().parent.parent))


def _list_films(folder: Path) -> list[Path]:
    try:
        return [file for file in folder.iterdir() if file.suffix.lower() in VIDEO_SUFFIXES]
    except OSError:
        return []


def _print_left_out(session: Session, track: Track, plan: Plan, wanted: Language | None) -> None:
    """Print each note that is not on screen: when, what it says, and why."""
    left_out = plan.on_screen.left_out if session.reading.verbose else ()
    if not left_out:
        return
    from headnotes.languages import describe_reason, load_messages

    messages = load_messages(wanted or FALLBACK)
    for entry in left_out:
        note = entry.annotation.note
        wording = word_note(note, wanted or track.language)
        line = messages.text(
            "screen.left_out",
            time=format_clock(entry.annotation.moment.start_ms),
            note=f"{entry.annotation.topic}/{note.id}",
            line=wording.text.replace("\n", " ") or wording.label,
            reason=describe_reason(entry.reason, messages),
        )
        print_line(f"{track.name}: {line}")
    print_line(f"{track.name}: {messages.text('screen.where')}")
