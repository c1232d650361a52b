"""One file of an archive, as a worker does it: any process that can import this module."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from functools import cache
from pathlib import Path

from headnotes import tracks
from headnotes.app import Headnotes, lasting
from headnotes.archive.places import read_remote
from headnotes.issues import HeadnotesError, Issue
from headnotes.model import Outcome, Track
from headnotes.scheduling import is_annotated
from headnotes.text import printable
from headnotes.values import evolve, frozen


@frozen(kw_only=True)
class Setting:
    """What a worker needs to know; plain values, so that it can be sent anywhere.

    Attributes:
        folders: with more topic files.
        plugins: names of the only installed plugins to load; `None`: all.
        work: id of the work of all files, instead of recognising it.
        encoding: character set of all files.
        is_large: read what is beyond all bounds, too.
    """

    folders: tuple[str, ...] = ()
    plugins: tuple[str, ...] | None = None
    work: str | None = None
    encoding: str | None = None
    is_large: bool = False

    def load(self) -> Headnotes:
        """Load plugins and topics.

        Raises:
            UsageError: no installed plugin has one of the names.
        """
        notes = Headnotes(
            folders=tuple(map(Path, self.folders)), plugins=self.plugins, is_large=self.is_large
        )
        _ = notes.formats  # what fails there is no failure of the first file
        return notes


@frozen(kw_only=True)
class PlacedNote:
    """One note placed in one track; times in milliseconds.

    Attributes:
        shown_ms: when its headnote shows, to a viewer who asks for nothing else and has seen no
            later episode; `None` where it has no place on screen.
    """

    topic: str
    note: str
    moment_ms: int
    passage_ms: tuple[int, int] | None
    shown_ms: tuple[int, int] | None
    strength: float
    first_cue: int
    depiction: str


@frozen(kw_only=True)
class TrackResult:
    """One track of a file, and what came of it.

    Attributes:
        issues: what is doubtful about it or failed on it, each in one line.
        errors: those of them that cost notes.
    """

    name: str
    format: str
    language: str | None
    cues: int
    duration_ms: int
    work: str | None
    episodes: tuple[str, ...]
    placed: tuple[PlacedNote, ...]
    issues: tuple[str, ...]
    errors: tuple[str, ...] = ()


@frozen(kw_only=True)
class FileResult:
    """What came of one file.

    Attributes:
        digest: SHA-256 of its bytes; empty where it could not be read, or is a film.
        tracks: those read; several where the file is a film, none where it has headnotes already.
        failure: why it gave nothing, or not all, in one line that begins with the path; empty
            where it was read and no plugin failed on it.
        passed_over: how many tracks it has that have headnotes already.
        broken: formats of plugins that failed to say whether they are for it, each in one line and
            for the first file that a process shows it alone; it costs a file nothing that others
            read.
    """

    path: str
    digest: str = ""
    tracks: tuple[TrackResult, ...] = ()
    failure: str = ""
    passed_over: int = 0
    broken: tuple[str, ...] = ()


def annotate_file(path: str, setting: Setting) -> FileResult:
    """Read and annotate one file; whatever is wrong with it is part of the result.

    Args:
        path: of a file here, or an address that fsspec knows.
        setting: the same for all files of a run; what it asks for is loaded once per process.
    """
    notes = _load(setting)
    known = notes.issues
    try:
        digest, found, lost = _read(path, notes, setting)
        new = [track for track in found if not is_annotated(track)]
        made = [_describe(track, notes, path, setting) for track in new]
    except HeadnotesError as error:
        failure = _word_failure(path, error.issues[0])
        return FileResult(path=path, failure=failure, broken=_list_new(notes, known))
    if made and lost:
        made[0] = evolve(made[0], issues=(*map(str, lost), *made[0].issues))
    errors = "; ".join(line for track in made for line in track.errors)
    return FileResult(
        path=path,
        digest=digest,
        tracks=tuple(made),
        failure=f"{printable(path)}: {errors}" if errors else "",
        passed_over=len(found) - len(new),
        broken=_list_new(notes, known),
    )


def _list_new(notes: Headnotes, known: Collection[Issue]) -> tuple[str, ...]:
    """Return what failed in plugins, and not on a track, since so much was known."""
    return tuple(str(issue) for issue in notes.issues if issue not in known)


def fail_file(path: str, error: Exception) -> FileResult:
    """Return what comes of a file whose work broke, by a bug of ours or with its process."""
    if isinstance(error, BrokenExecutor):
        message, hint = "the process that read it died", "is there enough memory?"
    else:
        message, hint = f"{type(error).__name__}: {error}", ""
    issue = Issue(path=path, code="broken-work", message=message, hint=hint)
    return FileResult(path=path, failure=str(issue))


def _word_failure(path: str, issue: Issue) -> str:
    """Return why a file gave nothing, with its folders where the issue has its name alone."""
    if issue.code == "unknown-format" and path.lower().endswith(".zip") and "://" not in path:
        issue = evolve(issue, hint=f"give zip://::{path} to read what is in it")
    is_own = issue.path in {_name_of(path), Path(path).as_posix()}
    return str(evolve(issue, path=path if is_own else f"{path}: {issue.path}"))


def _name_of(path: str) -> str:
    """Return the name of a file, or of the innermost one that an address leads to."""
    if "://" in path:
        return path.partition("::")[0].rpartition("/")[2]
    return Path(path).name


@cache
def _load(setting: Setting) -> Headnotes:
    """Load plugins and topics, once in each process."""
    with lasting():
        return setting.load()


def _read(
    path: str, notes: Headnotes, setting: Setting
) -> tuple[str, tuple[Track, ...], tuple[Issue, ...]]:
    """Return the digest of a file, its tracks, and why streams of a film gave none."""
    limits = tracks.NO_LIMITS if setting.is_large else tracks.LIMITS
    if "://" in path:
        data = read_remote(path, limits)
        return _digest(data), (notes.read(data, _name_of(path), encoding=setting.encoding),), ()
    file = Path(path)
    if file.suffix.lower() in tracks.VIDEO_SUFFIXES:
        opened = tracks.open_container(file, formats=tuple(notes.formats.values()), limits=limits)
        if not opened.tracks:
            raise HeadnotesError(*opened.issues)
        return "", opened.tracks, opened.issues
    data = tracks.load_bytes(file, limits)
    return _digest(data), (notes.read(data, file.name, encoding=setting.encoding),), ()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _describe(track: Track, notes: Headnotes, path: str, setting: Setting) -> TrackResult:
    """Annotate one track and keep what an archive asks about."""
    where = None if "://" in path else Path(path)
    outcome = notes.annotate(track, path=where, work=setting.work)
    return TrackResult(
        name=track.name,
        format=track.format,
        language=track.language,
        cues=len(track.cues),
        duration_ms=track.duration_ms,
        work=outcome.episode.work,
        episodes=tuple(map(str, outcome.episode.ids)),
        placed=tuple(_list_placed(outcome, notes)),
        issues=tuple(map(str, _without_repairs(outcome.issues))),
        errors=tuple(str(issue) for issue in outcome.issues if issue.level == "error"),
    )


def _without_repairs(issues: Iterable[Issue]) -> Iterator[Issue]:
    return (issue for issue in issues if issue.level != "info")


def _list_placed(outcome: Outcome, notes: Headnotes) -> Iterator[PlacedNote]:
    plan = notes.plan(outcome)
    shown = {
        (headnote.annotation.topic, headnote.annotation.note.id, headnote.annotation.moment): (
            headnote.start_ms,
            headnote.end_ms,
        )
        for headnote in plan.on_screen.headnotes
    }
    for found in outcome.annotations:
        moment, passage = found.moment, found.passage
        yield PlacedNote(
            topic=found.topic,
            note=found.note.id,
            moment_ms=moment.start_ms,
            passage_ms=(passage.start_ms, passage.end_ms) if passage else None,
            shown_ms=shown.get((found.topic, found.note.id, moment)),
            strength=round(moment.strength, 4),
            first_cue=moment.first_cue,
            depiction=passage.depiction if passage else "",
        )
