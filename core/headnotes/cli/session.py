"""One run of a command that reads tracks: plugins, engine, files, and the exit status."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from headnotes import tracks
from headnotes.app import Plan, Wishes
from headnotes.cli.inputs import find_files
from headnotes.cli.jobs import Contents, Desk, FileWork, Orders, Task, choose_jobs, do_all
from headnotes.cli.options import DEFAULT_INPUT, Choosing, Reading
from headnotes.cli.places import is_large, list_folders, list_wanted_plugins
from headnotes.cli.printing import print_line, progress_of
from headnotes.issues import HeadnotesError, Issue, look_up
from headnotes.languages import (
    FALLBACK,
    all_languages,
    base_language,
    language_data,
)
from headnotes.model import Episode, Outcome, Track
from headnotes.recognition import is_unlisted
from headnotes.scheduling import is_annotated
from headnotes.text import printable
from headnotes.values import evolve

if TYPE_CHECKING:
    from headnotes.tracks import Film

DONE, PARTLY, NOTHING = 0, 1, 2

SAY_WORK = frozenset({"file-name", "folder-name", "option"})
"""What a work is recognised by where the user names it."""

_MOST_WAITING = 32
"""Tracks that are kept between being named and being annotated; a season has fewer."""
_LARGEST_WAITING_CHARS = 1_000_000


class Session:
    """Everything a command needs to turn paths into outcomes.

    Attributes:
        reading: the options.
        notes: topics and plugins made ready.
        failed: how many files gave nothing; a run in which none gave anything was in vain.
        read: how many were read.
    """

    def __init__(self, reading: Reading, described: Collection[str] = ()) -> None:
        """Load plugins and make their topics ready.

        Args:
            reading: the options.
            described: codes of issues of tracks that the command itself puts into words.
        """
        self.reading = reading
        self._described = described
        self.failed = self.read = self._unknown = 0
        self._passed_over = 0
        self._printed: set[Issue] = set()
        self._files: list[Path] = []
        self._opened: dict[Path, Contents] = {}
        self._waiting: dict[Path, Contents] = {}
        self._films: dict[Path, Film | None] = {}
        self._is_plugin_failing = False
        wanted = list_wanted_plugins()
        orders = Orders(
            reading=evolve(self.reading, paths=()),
            folders=tuple(list_folders(self.reading.topics_dir)),
            plugins=None if wanted is None else tuple(wanted),
            is_large=is_large(),
        )
        self._desk = Desk(orders)
        self.notes = self._desk.notes
        self.print_issues()

    def check_topics(self, choosing: Choosing) -> None:
        """Refuse topic ids that no plugin brings.

        Raises:
            UsageError: one of them is unknown.
        """
        for topic in choosing.topic:
            look_up(topic, self.notes.topics, "--topic")
        self._inform_of_language(choosing)

    def _inform_of_language(self, choosing: Choosing) -> None:
        """Print that no note, or no label, speaks the language asked for."""
        if not choosing.lang:
            return
        if not language_data(choosing.lang).labels:
            known = ", ".join(data.tag for data in all_languages() if data.labels)
            what = f"--lang: labels and reports have no words in {choosing.lang!r}"
            self.inform(f"{what} and appear in English; there are words in {known}")
        spoken = {
            base_language(tag)
            for topic in self.notes.topics.values()
            if not choosing.topic or topic.id in choosing.topic
            for note in topic.notes
            for tag in note.languages
        }
        if spoken and base_language(choosing.lang) not in spoken:
            known = ", ".join(sorted(spoken))
            self.inform(f"--lang: no note is in {choosing.lang!r}; there are notes in {known}")

    def outcomes(self) -> Iterator[tuple[Path, Outcome]]:
        """Read the files one after the other; what fails is named, and the rest goes on."""
        return ((file, outcome) for file, outcome, _ in self._do_all(None))

    def plans(self, wishes: Wishes) -> Iterator[tuple[Path, Outcome, Plan]]:
        """Read the files like `outcomes`, and plan what is on screen."""
        return (
            (file, outcome, plan)
            for file, outcome, plan in self._do_all(wishes)
            if plan is not None
        )

    def _do_all(self, wishes: Wishes | None) -> Iterator[tuple[Path, Outcome, Plan | None]]:
        """Yield what came of each track that has no headnotes yet; print what there is to say."""
        files = self.inputs
        tasks = (Task(file=file, opened=self._take_opened(file)) for file in files)
        done = do_all(self._desk, tasks, wishes, choose_jobs(self.reading.jobs, len(files)))
        with progress_of(done, len(files), is_quiet=self.reading.quiet) as coming:
            for work in coming:
                yield from self._take(work)
        if self._passed_over:
            self.inform(f"skipped what already has headnotes: {self._passed_over}")
        # plugins may have failed on any of the files; each failure is printed once
        self.print_issues()
        for plugin in self.notes.registry.plugins:
            if plugin.is_slow:
                self.inform(f"plugin {plugin.name!r} is slow: {plugin.seconds:.1f} s of this run")

    @property
    def inputs(self) -> list[Path]:
        """The files to read; paths that lead nowhere are named once.

        Raises:
            UsageError: no path leads to any file.
        """
        if not self._files:
            self._files, issues = find_files(
                self.reading.paths or (Path(DEFAULT_INPUT),), self.is_own_output
            )
            for issue in issues:
                if issue.level == "info":
                    self.inform(str(issue))
                else:
                    self.fail(issue)
        return self._files

    def _take_opened(self, file: Path) -> Contents | None:
        """Return what a file holds, if it has been read and kept."""
        return self._opened.get(file) or self._waiting.pop(file, None)

    def _take(self, work: FileWork) -> Iterator[tuple[Path, Outcome, Plan | None]]:
        """Yield what came of the tracks of one file; print what is wrong with them or with it."""
        for issue in work.issues:
            self.fail(issue)
        if work.film is not None:
            self._films[work.file] = work.film
        for done in work.tracks:
            track = done.track
            self.read += 1
            self._print_repairs(track)
            self._print_misfit(work.file, track)
            if done.outcome is None:
                self._passed_over += 1
                if self.reading.verbose:
                    print_line(f"{track.name}: already has headnotes; skipped")
            else:
                self._print_outcome(done.outcome)
                self._unknown += is_unknown(done.outcome) and not self.reading.any_work
                yield work.file, done.outcome, done.plan

    def _print_repairs(self, track: Track) -> None:
        """Print what was put right; a change to the whole clock, and doubt, even unasked."""
        if track.encoding_certainty == "guess":
            what = f"read as {track.encoding}, which is a guess"
            self.inform(f"{track.name}: {what}; give another with --encoding")
        for repair in track.repairs:
            line = str(evolve(repair, path=track.name))
            if self.reading.verbose:
                print_line(line)
            elif repair.code in tracks.CLOCK_CODES:
                self.inform(line)

    def _print_misfit(self, file: Path, track: Track) -> None:
        """Print where a track and its film do not fit: the film named, or the one it came from."""
        video = self.reading.video
        film = self._measure(video) if video else self._films.get(file)
        misfit = tracks.compare_lengths(track, film) if film else None
        if misfit:
            self.inform(str(misfit))

    def _measure(self, video: Path) -> Film | None:
        """Measure the film named, once."""
        if video not in self._films:
            # so that one that cannot be measured is named once, not with every file
            self._films[video] = None
            try:
                self._films[video] = tracks.measure_film(video)
            except HeadnotesError as error:
                for issue in error.issues:
                    self.fail(evolve(issue, path=f"--video {issue.path}"))
        return self._films[video]

    def _open(self, file: Path) -> Contents:
        """Read a file; of a film what it holds is kept, and what is wrong is printed once."""
        if opened := self._take_opened(file):
            return opened
        opened = self._desk.open(file)
        # to take a film's tracks out may mean reading all of it, and three steps ask for them
        if file.suffix.lower() in tracks.VIDEO_SUFFIXES:
            self._opened[file] = opened
            for issue in opened.issues:
                self.fail(issue)
        return opened

    def is_own_output(self, file: Path) -> bool:
        """Whether a file is a track, or chapters, that headnotes has written before."""
        from headnotes.cli.marks import has_mark

        try:
            return has_mark(file) or all(map(is_annotated, self._open(file).tracks))
        except HeadnotesError:
            return False

    def new_tracks(self) -> Iterator[tuple[Path, Track]]:
        """Yield the tracks that have no headnotes yet; what cannot be read is passed over.

        Those of films are kept, because to take them out again could mean minutes, and some others
        until they are asked for again.
        """
        for file in self.inputs:
            try:
                opened = self._open(file)
            except HeadnotesError:
                continue
            is_small = sum(len(track.source) for track in opened.tracks) < _LARGEST_WAITING_CHARS
            if is_small and len(self._waiting) < _MOST_WAITING:
                self._waiting[file] = opened
            yield from ((file, track) for track in opened.tracks if not is_annotated(track))

    def folder_below(self, file: Path) -> Path:
        """Return the folder of an input as seen from the one that holds all inputs."""
        folders = [os.path.abspath(file.parent) for file in self.inputs]  # noqa: PTH100 - no links
        return Path(os.path.abspath(file.parent)).relative_to(os.path.commonpath(folders))  # noqa: PTH100

    def _print_outcome(self, outcome: Outcome) -> None:
        """Print what is doubtful about a track, or failed in it."""
        track = outcome.track
        if outcome.episode.work is None:
            self.inform(
                f"{track.name}: no known work recognised, so nothing to note; give it with --work"
                f" ({', '.join(self.notes.works) or 'no work is known'})"
            )
        elif outcome.episode.id is None and not outcome.episode.is_film:
            self.inform(f"{track.name}: episode unknown; give it with --episode SxxEyy")
        for problem in outcome.issues:
            if problem.code in self._described:
                continue
            if problem.level == "error":  # it cost notes, which no wish for quiet makes good
                self._is_plugin_failing = True
                print_line(str(problem))
            else:
                self.inform(str(problem))

    def name_track(self, outcome: Outcome) -> str:
        """Return the name of a track, with what it was taken for where that does not say it."""
        is_verbose = self.reading.verbose and outcome.episode.work is not None
        if not is_verbose and is_taken_as_said(outcome.episode):
            return outcome.track.name
        from headnotes.cli.recognised import describe_track
        from headnotes.languages import load_messages

        return describe_track(outcome, load_messages(FALLBACK), is_whole=is_verbose)

    def fail(self, issue: Issue) -> None:
        """Print why a file gave nothing."""
        self.failed += 1
        print_line(str(issue))

    def inform(self, line: str) -> None:
        """Print something that is not an issue, unless the user wants quiet."""
        if not self.reading.quiet:
            print_line(line)

    def print_issues(self) -> None:
        """Print what failed in plugins since the last time."""
        # those of a plugin that failed late stand before those of the next plugins
        for issue in self.notes.issues:
            if issue not in self._printed:
                print_line(str(issue))
                self._printed.add(issue)

    @property
    def is_in_vain(self) -> bool:
        """Whether tracks were read, and none is of a work and episode that notes could be about."""
        return bool(self.read) and self._unknown == self.read

    @property
    def status(self) -> int:
        """The exit status: whether all, some or nothing was done."""
        if self.failed and not self.read:
            return NOTHING
        is_whole = not (self.failed or self._is_plugin_failing or self.notes.issues)
        return DONE if is_whole else PARTLY


def is_unknown(outcome: Outcome) -> bool:
    """Whether a track without notes is of no work or episode that any note could be about."""
    is_known = outcome.work is not None and not is_unlisted(outcome.episode, outcome.work)
    return not is_known and not outcome.annotations


def is_taken_as_said(episode: Episode) -> bool:
    """Whether work and episodes are what the file's name or the user's options say, or unknown."""
    if episode.work is None:
        return True
    said = {reason.code: reason.parameters for reason in episode.recognised_by}
    is_work_said = not SAY_WORK.isdisjoint(said)
    ids = ", ".join(map(str, episode.ids))
    asked = said.get("episode-asked", {}).get("asked", "")
    named = said.get("episode-named", {}).get("named", "")
    is_number_said = ids in (asked, named)
    return is_work_said and is_number_said


def shown(path: Path) -> str:
    """Write a path as the user would."""
    return printable(str(path))
