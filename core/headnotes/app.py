"""Headnotes for programs: read a track, annotate it, write or report what came of it.

The command line stands on this, and so may a web service, a player or a notebook:

    from headnotes import Headnotes

    notes = Headnotes()
    track = notes.read(data, "S01E04.de.srt")
    outcome = notes.annotate(track)
    text = notes.write(outcome, profile="combined-srt", language="de")

Nothing here prints, writes a file or remembers a track. One `Headnotes` may serve several threads
at once; code of plugins then runs for one of them at a time.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypedDict, TypeVar, Unpack, get_args

from headnotes import tracks
from headnotes.engine import Engine
from headnotes.issues import Issue, UsageError, look_up
from headnotes.languages import FALLBACK
from headnotes.model import (
    VERDICTS_TO_CHOOSE,
    Choice,
    Episode,
    EpisodeId,
    Headnote,
    Language,
    Outcome,
    Profile,
    Report,
    Topic,
    Track,
    TrackFormat,
    Work,
)
from headnotes.recognition import Overrides, hints_of_name, hints_of_path
from headnotes.registry import Registry
from headnotes.scheduling import (
    Density,
    Schedule,
    choose,
    is_annotated,
    list_by_moment,
    schedule,
    select,
)
from headnotes.topics import BOUNDS, NO_BOUNDS
from headnotes.values import evolve, frozen

Name = TypeVar("Name", bound=str | Path)

DEFAULT_PROFILE = "combined-srt"

_VERDICTS = dict.fromkeys(VERDICTS_TO_CHOOSE)
_DENSITIES = dict.fromkeys(get_args(Density))
_WEIGHTS = (1, 2, 3)


class Wishes(TypedDict, total=False):
    """What a viewer wants on screen; each key may be left out, and a single name be a text.

    Attributes:
        language: of the notes, a BCP 47 tag; by default that of the dialogue, else English.
        topics: ids of the only topics wanted.
        verdicts: the only verdicts wanted; `context` for notes that judge nothing.
        min_weight: the least weight wanted, 1 to 3.
        density: how many headnotes in ten minutes at most; `normal` by default.
        seen: how far the viewer has seen, `S02E03` or `all`; by default this episode.
    """

    language: Language | None
    topics: Collection[str]
    verdicts: Collection[str]
    min_weight: int
    density: Density
    seen: str | None


@frozen(kw_only=True)
class Plan:
    """What one viewer gets to see of one track.

    Attributes:
        on_screen: what shows and when, and what stays out and why.
        by_moment: every note that the viewer wants at its moment, for profiles in which none
            contends for room.
    """

    on_screen: Schedule
    by_moment: tuple[Headnote, ...]


class Headnotes:
    """Topics and plugins made ready once, for any number of tracks.

    Attributes:
        topics: those that are asked, by id.
        works: all that are known, by id.
    """

    def __init__(
        self,
        *,
        topics: Collection[str] = (),
        folders: Iterable[Path | str] = (),
        plugins: Collection[str] | None = None,
        is_any_work: bool = False,
        is_large: bool = False,
    ) -> None:
        """Load plugins and topics.

        Args:
            topics: ids of the only topics to ask; by default all.
            folders: with more topic files, beside the installed plugins.
            plugins: names of the only installed plugins to load; by default all, and none where
                this is empty.
            is_any_work: let context notes appear in tracks of any work, or of none.
            is_large: take topics and tracks that are beyond all bounds, too.

        Raises:
            UsageError: no topic, or no installed plugin, has one of these names.
        """
        bounds = NO_BOUNDS if is_large else BOUNDS
        # For the command line; what it is like is not promised.
        self.registry = Registry(
            builtins={"formats": tracks},
            folders=tuple(map(Path, _list_names(folders))),
            only=None if plugins is None else _list_names(plugins),
            bounds=bounds,
        )
        known = self.registry.topics
        asked = _list_names(topics)
        chosen = {name: look_up(name, known, "topic") for name in asked} if asked else known
        self.topics: Mapping[str, Topic] = MappingProxyType(chosen)
        self.works: Mapping[str, Work] = MappingProxyType(self.registry.works)
        # Plain dictionaries, so that an outcome can be sent to another process.
        self.engine = Engine(chosen, self.registry.works, self.registry, is_any_work=is_any_work)
        self._limits = tracks.NO_LIMITS if is_large else tracks.LIMITS
        self._asking = threading.Lock()
        self._provided: dict[str, Mapping[str, Any]] = {}

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What failed while plugins and topics were loaded; what fails on a track its outcome has.

        A plugin or a topic with issues is left out, or what is wrong in it; the rest is good.
        """
        return self.registry.issues

    @property
    def formats(self) -> Mapping[str, TrackFormat]:
        """The subtitle formats that are read, by name, in the order they are asked."""
        return self._provide("provide_formats")

    @property
    def profiles(self) -> Mapping[str, Profile]:
        """The ways of writing a track, by name."""
        from headnotes import profiles

        return self._provide("provide_profiles", "profiles", profiles)

    @property
    def reports(self) -> Mapping[str, Report]:
        """The kinds of report, by name."""
        from headnotes import reports

        return self._provide("provide_reports", "reports", reports)

    def _provide(self, hook: str, name: str = "", ours: object = None) -> Mapping[str, Any]:
        """Return what plugins add by a hook, asked once, whoever asks first."""
        with self._asking:
            if hook not in self._provided:
                if ours is not None:
                    self.registry.add(name, ours)
                found = {value.name: value for value in self.registry.provide(hook)}
                self._provided[hook] = MappingProxyType(found)
            return self._provided[hook]

    def read(self, data: bytes, name: str, *, encoding: str | None = None) -> Track:
        """Read one subtitle file of any format, known by its content.

        Args:
            data: the whole file.
            name: its name; may tell language, work and episode.
            encoding: its character set where that is known better.

        Raises:
            TrackError: there is no cue in it, too much, or nothing that can be read.
        """
        return tracks.parse_track(
            data,
            name,
            formats=tuple(self.formats.values()),
            encoding=encoding,
            limits=self._limits,
        )

    def read_file(self, path: Path | str, *, encoding: str | None = None) -> Track:
        """Read one subtitle file from disk; like `read`.

        Raises:
            TrackError: as for `read`, or it is no regular file.
        """
        formats = tuple(self.formats.values())
        return tracks.read_track(
            Path(path), formats=formats, encoding=encoding, limits=self._limits
        )

    def annotate(
        self,
        track: Track,
        *,
        path: Path | str | None = None,
        work: str | None = None,
        episode: EpisodeId | str | None = None,
    ) -> Outcome:
        """Find everything worth knowing in one track; in one that has headnotes already, nothing.

        Args:
            track: as read.
            path: where it lies: folders, too, may name work and season. By default its name alone.
            work: its id, instead of recognising it.
            episode: instead of recognising it.

        Returns:
            Annotations, passages and claims; in `issues` what is doubtful, or failed in a plugin,
            or `already-annotated`: headnotes would stand there twice.

        Raises:
            UsageError: no work has that id.
            ValueError: `episode` is no text such as `S01E04`.
        """
        overrides = Overrides(work=work, episode=episode)
        if is_annotated(track):
            if work is not None:
                look_up(work, self.works, "--work")
            return self._pass_over(track)
        hints = hints_of_name(track.name) if path is None else hints_of_path(Path(path))
        return self.engine.annotate(track, hints, overrides)

    def _pass_over(self, track: Track) -> Outcome:
        """Return what comes of a track that has headnotes already: nothing, and why."""
        issue = Issue(
            path=track.name,
            code="already-annotated",
            level="warning",
            message="already has headnotes, so it gets no more",
            hint="annotate the file that it was made from",
        )
        return Outcome(
            track=track,
            episode=Episode(),
            scenes=(),
            annotations=(),
            unplaced=(),
            topics=self.engine.topics,
            issues=(issue,),
        )

    def plan(self, outcome: Outcome, **wishes: Unpack[Wishes]) -> Plan:
        """Decide what a viewer gets to see of an outcome, and when.

        Raises:
            UsageError: a wish is for a topic, verdict, weight or density that there is not, or
                `seen` is neither an episode nor `all`.
        """
        choice = self._check_choice(
            topics=wishes.get("topics", ()),
            verdicts=wishes.get("verdicts", ()),
            min_weight=wishes.get("min_weight", 1),
            seen=wishes.get("seen"),
        )
        density = wishes.get("density", "normal")
        look_up(str(density), _DENSITIES, "density")
        chosen = select(
            outcome.annotations,
            topics=choice.topics,
            verdicts=choice.verdicts,
            min_weight=choice.min_weight,
            seen=choice.seen,
            episode=outcome.episode,
        )
        language = wishes.get("language")
        on_screen = schedule(
            outcome.track,
            chosen.kept,
            language=language,
            density=density,
        )
        left_out = (*chosen.kept_back, *on_screen.left_out)
        return Plan(
            on_screen=evolve(on_screen, left_out=left_out),
            by_moment=list_by_moment(outcome.track, chosen.kept, language=language),
        )

    def _check_choice(
        self,
        *,
        topics: Collection[str],
        verdicts: Collection[str],
        min_weight: int,
        seen: str | None,
    ) -> Choice:
        """Return a choice of topics, verdicts and a weight that there are.

        Raises:
            UsageError: one of them there is not.
        """
        choice = Choice(
            topics=_list_names(topics),
            verdicts=_list_names(verdicts),
            min_weight=min_weight,
            seen=seen,
        )
        for topic in choice.topics:
            look_up(topic, self.topics, "topic")
        for verdict in choice.verdicts:
            look_up(verdict, _VERDICTS, "verdict")
        if min_weight not in _WEIGHTS:
            message, hint = f"unknown {min_weight!r}", "known: 1, 2, 3"
            raise UsageError(
                Issue(path="min_weight", code="bad-weight", message=message, hint=hint)
            )
        return choice

    def write(
        self, outcome: Outcome, *, profile: str = DEFAULT_PROFILE, **wishes: Unpack[Wishes]
    ) -> str:
        """Return an annotated track as a whole file's text.

        Args:
            outcome: of the track.
            profile: the way of writing it, one of `profiles`.
            wishes: what the viewer wants.

        Raises:
            UsageError: no profile has that name, or a wish cannot be granted, as for `plan`.
            PluginError: a plugin's profile failed.
        """
        form = look_up(profile, self.profiles, "profile")
        plan = self.plan(outcome, **wishes)
        return form.write(
            outcome.track, plan.by_moment if form.is_by_moment else plan.on_screen.shown
        )

    def report(
        self,
        outcomes: Sequence[Outcome],
        *,
        form: str = "json",
        language: Language = FALLBACK,
        choice: Choice | None = None,
    ) -> Mapping[str, str]:
        """Return a report on one or more tracks.

        Args:
            outcomes: in the order wanted.
            form: the kind of report, one of `reports`.
            language: of the report.
            choice: which notes are wanted; by default all, or those that outcomes have by a choice.

        Returns:
            File names, without folders, and whole texts; of most reports one.

        Raises:
            UsageError: no report has that name, or the choice is of what there is not, as for
                `plan`.
            PluginError: a plugin's report failed.
        """
        report = look_up(form, self.reports, "report")
        if choice is not None:
            wanted = self._check_choice(
                topics=choice.topics,
                verdicts=choice.verdicts,
                min_weight=choice.min_weight,
                seen=choice.seen,
            )
            outcomes = [choose(outcome, wanted) for outcome in outcomes]
        return report.render(tuple(outcomes), language)


def _list_names(names: Iterable[Name] | Name) -> tuple[Name, ...]:
    """Return names one by one; a text alone is one of them, not its letters."""
    return (names,) if isinstance(names, str | Path) else tuple(names)


@contextmanager
def lasting() -> Iterator[None]:
    """Make what stays to the end of the process without looking for garbage in it.

    There would be none, and looking takes a twentieth of the work on files.
    """
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
