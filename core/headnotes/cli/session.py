"""One run of a command that reads tracks: plugins, engine, files, and the exit status."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headnotes import tracks
from headnotes.app import Headnotes
from headnotes.cli.inputs import find_files
from headnotes.cli.marks import has_mark
from headnotes.cli.options import DEFAULT_INPUT, Choosing, Reading
from headnotes.cli.places import is_large, list_folders, list_wanted_plugins
from headnotes.cli.printing import print_line, progress
from headnotes.issues import HeadnotesError, Issue, look_up
from headnotes.languages import all_languages, base_language, language_data
from headnotes.model import EpisodeId, Outcome, Track, Work
from headnotes.scheduling import is_annotated
from headnotes.text import printable
from headnotes.values import evolve

DONE, PARTLY, NOTHING = 0, 1, 2

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

    def __init__(self, reading: Reading) -> None:
        """Load plugins and make their topics ready.

        Args:
            reading: the options.
        """
        self.reading = reading
        self.failed = self.read = 0
        self._passed_over = self._printed_issues = 0
        self._informed_works: set[str] = set()
        self._files: list[Path] = []
        self._opened: dict[Path, tuple[Track, ...]] = {}
        self._waiting: dict[Path, tuple[Track, ...]] = {}
        self._films: dict[Path, tracks.Film | None] = {}
        self._is_plugin_failing = False
        with _lasting():
            self.notes = Headnotes(
                folders=list_folders(self.reading.topics_dir),
                plugins=list_wanted_plugins(),
                is_any_work=self.reading.any_work,
                is_large=is_large(),
            )
            self._formats = tuple(self.notes.formats.values())
            if self.reading.fps:
                self._formats = tracks.set_frame_rate(self._formats, self.reading.fps)
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
            self.inform(f"{what} and come in English; they have some in {known}")
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
        with progress(self.inputs, is_quiet=self.reading.quiet) as shown:
            for file in shown:
                for track in self._read(file):
                    yield file, self._annotate(file, track)
        if self._passed_over:
            self.inform(f"passed over what has headnotes already: {self._passed_over}")
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

    def _read(self, file: Path) -> Iterator[Track]:
        try:
            found = self._open(file)
        except HeadnotesError as error:
            for issue in error.issues:
                self.fail(issue)
            return
        for as_read in found:
            self.read += 1
            track = self._retime(as_read)
            self._print_repairs(track)
            self._print_misfit(file, track)
            if is_annotated(track):
                self._passed_over += 1
                if self.reading.verbose:
                    print_line(f"{track.name}: has headnotes already; passed over")
            else:
                yield track

    def _retime(self, track: Track) -> Track:
        shift_ms, rate = self.reading.shift or 0, self.reading.rate or 1
        return tracks.retime(track, shift_ms=shift_ms, rate=rate)

    def _print_repairs(self, track: Track) -> None:
        """Print what was put right; a change to the whole clock, and doubt, even unasked."""
        if track.encoding_certainty == "guess":
            what = f"read as {track.encoding}, which is a guess"
            self.inform(f"{track.name}: {what}; --encoding names another")
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

    def _measure(self, video: Path) -> tracks.Film | None:
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

    def _open(self, file: Path) -> tuple[Track, ...]:
        """Read a subtitle file, or the text subtitles of a film."""
        limits = tracks.NO_LIMITS if is_large() else tracks.LIMITS
        if file.suffix.lower() not in tracks.VIDEO_SUFFIXES:
            encoding, formats = self.reading.encoding, self._formats
            if file in self._waiting:
                return self._waiting.pop(file)
            return (tracks.read_track(file, formats=formats, encoding=encoding, limits=limits),)
        # to take a film's tracks out may mean reading all of it, and three steps ask for them
        if file not in self._opened:
            stream, formats = self.reading.stream, self._formats
            opened = tracks.open_container(file, stream=stream, formats=formats, limits=limits)
            self._opened[file] = opened.tracks
            self._films[file] = opened.film
            for issue in opened.issues:
                self.fail(issue)
        return self._opened[file]

    def is_own_output(self, file: Path) -> bool:
        """Whether a file is a track, or chapters, that headnotes has written before."""
        try:
            return has_mark(file) or all(map(is_annotated, self._open(file)))
        except HeadnotesError:
            return False

    def new_tracks(self) -> Iterator[tuple[Path, Track]]:
        """Yield the tracks that have no headnotes yet; what cannot be read is passed over.

        Those of films are kept, because to take them out again could mean minutes, and some others
        until they are asked for again.
        """
        for file in self.inputs:
            try:
                found = self._open(file)
            except HeadnotesError:
                continue
            is_small = sum(len(track.source) for track in found) < _LARGEST_WAITING_CHARS
            if is_small and len(self._waiting) < _MOST_WAITING:
                self._waiting[file] = found
            yield from ((file, track) for track in found if not is_annotated(track))

    def folder_below(self, file: Path) -> Path:
        """Return the folder of an input as seen from the one that holds all inputs."""
        folders = [os.path.abspath(file.parent) for file in self.inputs]  # noqa: PTH100 - no links
        return Path(os.path.abspath(file.parent)).relative_to(os.path.commonpath(folders))  # noqa: PTH100

    def _annotate(self, file: Path, track: Track) -> Outcome:
        outcome = self.notes.annotate(
            track, path=file, work=self.reading.work, episode=self.reading.episode
        )
        if outcome.episode.work is None:
            self.inform(
                f"{track.name}: no known work recognised, so nothing to note; name it with --work"
                f" ({', '.join(self.notes.works) or 'no work is known'})"
            )
        elif outcome.episode.id is None and not outcome.episode.is_film:
            self.inform(f"{track.name}: episode unknown; --episode SxxEyy names it")
        elif outcome.work is not None and self.reading.episode is not None:
            self._inform_of_episode(self.reading.episode, outcome.work)
        for problem in outcome.issues:
            if problem.level == "error":  # it cost notes, which no wish for quiet makes good
                self._is_plugin_failing = True
                print_line(str(problem))
            else:
                self.inform(str(problem))
        return outcome

    def _inform_of_episode(self, episode: EpisodeId, work: Work) -> None:
        """Print once that a work does not list the episode asked for."""
        known = [listed.id for listed in work.episodes]
        is_odd = work.is_film or (known and episode not in known)
        if is_odd and work.id not in self._informed_works:
            self._informed_works.add(work.id)
            what = f"it has {known[0]} to {known[-1]}" if known else "it is a film"
            self.inform(f"--episode: {work.id!r} has no episode {episode}; {what}")

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
        issues = self.notes.issues
        for issue in issues[self._printed_issues :]:
            print_line(str(issue))
        self._printed_issues = len(issues)

    @property
    def status(self) -> int:
        """The exit status: whether all, some or nothing was done."""
        if self.failed and not self.read:
            return NOTHING
        is_whole = not (self.failed or self._is_plugin_failing or self.notes.issues)
        return DONE if is_whole else PARTLY


@contextmanager
def _lasting() -> Iterator[None]:
    """Make what stays to the end of the run without looking for garbage in it.

    There would be none, and looking takes a twenty-fifth of a run over one season.
    """
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def shown(path: Path) -> str:
    """Write a path as the user would."""
    return printable(str(path))
