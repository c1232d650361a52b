"""What a command that reads tracks does with one file, in this process or in others.

Whoever does it, the same comes of it: `Desk.do` is called here for few files, and through the
processes of an archive for many. What is printed, and what is written, is the session's alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from headnotes import tracks
from headnotes.app import Headnotes, Plan, Wishes, lasting
from headnotes.cli.options import Reading
from headnotes.issues import HeadnotesError, Issue, UsageError
from headnotes.model import Outcome, Track, TrackFormat
from headnotes.scheduling import is_annotated
from headnotes.values import frozen

if TYPE_CHECKING:
    from headnotes.tracks import Film

FILES_PER_PROCESS = 32
"""To start a process takes as long as a dozen files; fewer than these are done faster without."""

AT_ONCE = 8
"""Files on their way for each process: enough that none waits, few enough to hold."""


@frozen(kw_only=True)
class Orders:
    """What a process needs to know to read and annotate files as all others do.

    Attributes:
        reading: the options; not the paths, which come one by one.
        folders: with more topic files.
        plugins: names of the only installed plugins to load; `None`: all.
        is_large: read what is beyond all bounds, too.
    """

    reading: Reading
    folders: tuple[Path, ...]
    plugins: tuple[str, ...] | None
    is_large: bool


@frozen(kw_only=True)
class Contents:
    """What a file holds.

    Attributes:
        tracks: of a film, by stream.
        issues: why streams gave none.
        film: it is; `None` where it is none, or of unknown length.
    """

    tracks: tuple[Track, ...]
    issues: tuple[Issue, ...] = ()
    film: Film | None = None


@frozen(kw_only=True)
class Task:
    """One file to do.

    Attributes:
        opened: what it holds, where that has been read already.
    """

    file: Path
    opened: Contents | None = None


@frozen(kw_only=True)
class TrackWork:
    """What came of one track.

    Attributes:
        track: with the times that the options want.
        outcome: `None` where it has headnotes already.
        plan: `None` where none was asked for.
    """

    track: Track
    outcome: Outcome | None = None
    plan: Plan | None = None


@frozen(kw_only=True)
class FileWork:
    """What came of one file.

    Attributes:
        issues: why it, or some of it, gave nothing; not those known before.
        film: as in `Contents`.
        tracks: by stream.
    """

    file: Path
    issues: tuple[Issue, ...] = ()
    film: Film | None = None
    tracks: tuple[TrackWork, ...] = ()


class Desk:
    """One process's topics and plugins, and what it does with files.

    Attributes:
        orders: the same for all files.
        notes: topics and plugins made ready.
    """

    def __init__(self, orders: Orders) -> None:
        """Load plugins and topics.

        Raises:
            UsageError: no installed plugin has one of the names.
        """
        self.orders = orders
        with lasting():
            self.notes = Headnotes(
                folders=orders.folders,
                plugins=orders.plugins,
                is_any_work=orders.reading.any_work,
                is_large=orders.is_large,
            )
            self._formats: tuple[TrackFormat, ...] = tuple(self.notes.formats.values())
            if orders.reading.fps:
                self._formats = tracks.set_frame_rate(self._formats, orders.reading.fps)

    def open(self, file: Path) -> Contents:
        """Read a subtitle file, or the text subtitles of a film.

        Raises:
            TrackError: there is nothing in it that can be read.
        """
        reading, formats = self.orders.reading, self._formats
        limits = tracks.NO_LIMITS if self.orders.is_large else tracks.LIMITS
        if file.suffix.lower() in tracks.VIDEO_SUFFIXES:
            film = tracks.open_container(
                file, stream=reading.stream, formats=formats, limits=limits
            )
            return Contents(tracks=film.tracks, issues=film.issues, film=film.film)
        track = tracks.read_track(file, formats=formats, encoding=reading.encoding, limits=limits)
        return Contents(tracks=(track,))

    def do(self, task: Task, wishes: Wishes | None) -> FileWork:
        """Read and annotate one file; what is wrong with it is part of the result.

        Args:
            task: the file.
            wishes: what the viewer wants on screen; `None`: nothing is planned.
        """
        try:
            opened = task.opened or self.open(task.file)
        except HeadnotesError as error:
            return FileWork(file=task.file, issues=error.issues)
        return FileWork(
            file=task.file,
            issues=() if task.opened else opened.issues,
            film=opened.film,
            tracks=tuple(self._annotate(task.file, track, wishes) for track in opened.tracks),
        )

    def _annotate(self, file: Path, as_read: Track, wishes: Wishes | None) -> TrackWork:
        reading = self.orders.reading
        shift_ms, rate = reading.shift or 0, reading.rate or 1
        track = tracks.retime(as_read, shift_ms=shift_ms, rate=rate)
        if is_annotated(track):
            return TrackWork(track=track)
        outcome = self.notes.annotate(track, path=file, work=reading.work, episode=reading.episode)
        plan = None if wishes is None else self.notes.plan(outcome, **wishes)
        return TrackWork(track=track, outcome=outcome, plan=plan)


# ----------------------------------------------------------------------- many files


def do_all(
    desk: Desk, tasks: Iterable[Task], wishes: Wishes | None, jobs: int
) -> Iterator[FileWork]:
    """Do files and yield what comes of them in their order.

    Args:
        desk: of this process.
        tasks: taken as they are needed.
        wishes: what the viewer wants on screen; `None`: nothing is planned.
        jobs: how many processes share the work; 1: this one does it.

    Raises:
        UsageError: processes die whatever they are given, or no work has the name asked for.
    """
    if jobs == 1:
        yield from (desk.do(task, wishes) for task in tasks)
        return
    from headnotes.cli.sending import do_in_processes

    with naming_broken_workers():
        yield from do_in_processes(desk, tasks, wishes, jobs)


@contextmanager
def naming_broken_workers() -> Iterator[None]:
    """Turn the end of all workers into a line for the user.

    Raises:
        UsageError: workers died whatever they were given.
    """
    from concurrent.futures import BrokenExecutor

    try:
        yield
    except BrokenExecutor as error:
        hint = "what is done is kept; is there enough memory?"
        issue = Issue(path="--jobs", code="broken-workers", message=str(error), hint=hint)
        raise UsageError(issue) from None


def choose_jobs(asked: int | None, files: int) -> int:
    """Return how many processes are worth their start.

    Args:
        asked: by the user; `None`: as many as the machine has, where each gets files enough.
        files: to do.
    """
    if asked is not None:
        return max(1, min(asked, files))
    if files < 2 * FILES_PER_PROCESS:
        return 1
    from headnotes.archive import count_processors

    return max(1, min(count_processors(), files // FILES_PER_PROCESS))
