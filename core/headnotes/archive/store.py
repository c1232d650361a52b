"""The archive: one SQLite file that is result and journal at once.

A file is done when its row is there without a failure, written in one transaction with all that
came of it. So a run that was interrupted, killed or cut off from its power goes on where it was,
and nothing is lost or counted twice.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from headnotes.issues import Issue, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headnotes.archive.job import FileResult, TrackResult
    from headnotes.model import Topic

APPLICATION_ID = 0x484E4F54
"""`HNOT` in the head of the file, by which it is known as ours."""

VERSION = 1
"""Of the tables; another version is refused."""

_BUSY_SECONDS = 30

_TABLES = """
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,      -- size and time when it was read: changed files are done again
    made_by TEXT NOT NULL,    -- version and topics it was read with: so are files when these change
    digest TEXT NOT NULL,     -- SHA-256; empty for films
    failure TEXT NOT NULL     -- why it gave nothing, or not all: such files are done again, too
);
CREATE TABLE tracks (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    language TEXT,
    cues INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    work TEXT,
    episode TEXT              -- several, separated by spaces, where the file holds several
);
CREATE INDEX tracks_by_file ON tracks (file);
CREATE TABLE annotations (
    track INTEGER NOT NULL REFERENCES tracks ON DELETE CASCADE,
    topic TEXT NOT NULL,
    note TEXT NOT NULL,
    moment_ms INTEGER NOT NULL,
    passage_start_ms INTEGER,
    passage_end_ms INTEGER,
    shown_start_ms INTEGER,   -- as annotate shows it by default; empty: not on screen
    shown_end_ms INTEGER,
    strength REAL NOT NULL,
    first_cue INTEGER NOT NULL,
    depiction TEXT NOT NULL
);
CREATE INDEX annotations_by_track ON annotations (track);
CREATE INDEX annotations_by_note ON annotations (topic, note);
CREATE TABLE issues (
    track INTEGER NOT NULL REFERENCES tracks ON DELETE CASCADE,
    line TEXT NOT NULL
);
CREATE TABLE notes (
    topic TEXT NOT NULL,
    note TEXT NOT NULL,
    work TEXT NOT NULL,
    kind TEXT NOT NULL,
    verdict TEXT,
    confidence TEXT,
    weight INTEGER NOT NULL,
    claim TEXT,
    headnote TEXT NOT NULL,   -- in English, else in the first language it has
    PRIMARY KEY (topic, note)
);
"""

TABLES = ("files", "tracks", "annotations", "issues", "notes")


def list_columns(table: str) -> Mapping[str, str]:
    """Return the columns of a table with their types in SQL."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_TABLES)
        return dict(database.execute("SELECT name, type FROM pragma_table_info(?)", (table,)))


class Store:
    """An archive opened for writing."""

    def __init__(self, path: Path) -> None:
        """Open an archive, or begin one.

        Raises:
            UsageError: the path is another program's file, or cannot be written.
        """
        self.path = path
        with _named(path):
            is_new = not path.exists() or path.stat().st_size == 0
            self._database = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            with _closed_if_refused(self._database):
                self._database.execute("PRAGMA foreign_keys = ON")
                if is_new:
                    self._begin()
                _check_identity(path, self._database)

    def _begin(self) -> None:
        self._database.executescript(
            f"BEGIN; PRAGMA application_id = {APPLICATION_ID};"
            f" PRAGMA user_version = {VERSION}; {_TABLES} COMMIT;"
        )

    def list_done(self, made_by: str) -> Mapping[str, str]:
        """Return the states of files that were done by the same version and topics, by path.

        One in which anything failed is not done: what it failed of may be over by now.
        """
        with _named(self.path):
            rows = self._database.execute(
                "SELECT path, state FROM files WHERE made_by = ? AND failure = ''", (made_by,)
            )
            return {_read_path(path): state for path, state in rows}

    def list_paths(self) -> list[str]:
        """Return the paths of all files, done or failed."""
        with _named(self.path):
            return [
                _read_path(path) for (path,) in self._database.execute("SELECT path FROM files")
            ]

    def drop(self, paths: Iterable[str]) -> None:
        """Forget files with all that came of them."""
        with _named(self.path), self._transaction():
            self._database.executemany(
                "DELETE FROM files WHERE path = ?", [(_write_path(path),) for path in paths]
            )

    def write_notes(self, topics: Mapping[str, Topic]) -> None:
        """Keep what the notes of all topics are, in place of what was kept of them before."""
        rows = [
            (
                topic.id,
                note.id,
                topic.work,
                note.kind,
                note.verdict,
                note.confidence,
                note.weight,
                note.claim,
                (note.texts.get("en") or next(iter(note.texts.values()))).headnote,
            )
            for topic in topics.values()
            for note in topic.notes
        ]
        with _named(self.path), self._transaction():
            self._database.executemany(
                "INSERT OR REPLACE INTO notes VALUES (?,?,?,?,?,?,?,?,?)", rows
            )

    def drop_notes(self, topics: Mapping[str, Topic]) -> None:
        """Forget notes that none of the topics has, but what annotations of earlier runs name."""
        asked = {(topic.id, note.id) for topic in topics.values() for note in topic.notes}
        with _named(self.path), self._transaction():
            unused = self._database.execute(
                "SELECT topic, note FROM notes"
                " EXCEPT SELECT DISTINCT topic, note FROM annotations ORDER BY 1, 2"
            )
            self._database.executemany(
                "DELETE FROM notes WHERE topic = ? AND note = ?",
                [each for each in unused if each not in asked],
            )

    def write(self, results: Iterable[tuple[FileResult, str]], made_by: str) -> None:
        """Keep what came of files, in place of what was kept of them before: all or nothing.

        Args:
            results: with the state of each file.
            made_by: version and topics.
        """
        with _named(self.path), self._transaction():
            for result, state in results:
                path = _write_path(result.path)
                self._database.execute("DELETE FROM files WHERE path = ?", (path,))
                cursor = self._database.execute(
                    "INSERT INTO files (path, state, made_by, digest, failure)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (path, state, made_by, result.digest, result.failure),
                )
                for track in result.tracks:
                    self._write_track(cursor.lastrowid, track)

    def _write_track(self, file: int | None, track: TrackResult) -> None:
        cursor = self._database.execute(
            "INSERT INTO tracks (file, name, format, language, cues, duration_ms, work, episode)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                file,
                _write_name(track.name),
                track.format,
                track.language,
                track.cues,
                track.duration_ms,
                track.work,
                " ".join(track.episodes) or None,
            ),
        )
        number = cursor.lastrowid
        self._database.executemany(
            "INSERT INTO annotations VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    number,
                    placed.topic,
                    placed.note,
                    placed.moment_ms,
                    *(placed.passage_ms or (None, None)),
                    *(placed.shown_ms or (None, None)),
                    placed.strength,
                    placed.first_cue,
                    placed.depiction,
                )
                for placed in track.placed
            ],
        )
        self._database.executemany(
            "INSERT INTO issues VALUES (?, ?)", [(number, line) for line in track.issues]
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open an archive so that no statement can change it.

    Raises:
        UsageError: there is none, or it is another program's file.
    """
    if not path.is_file():
        message = "is not a file" if os.path.lexists(path) else "does not exist"
        hint = "give it with -o, or make one: headnotes archive PATH... -o archive.sqlite"
        issue = Issue(path=str(path), code="no-archive", message=message, hint=hint)
        raise UsageError(issue)
    with _named(path):
        address = f"{path.absolute().as_uri()}?mode=ro"
        database = sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)
        with _closed_if_refused(database):
            # what no text is, a question may yet take for one
            database.text_factory = partial(str, encoding="utf-8", errors="replace")
            database.execute("PRAGMA query_only = ON")
            database.execute("PRAGMA trusted_schema = OFF")
            _check_identity(path, database)
        return database


def _write_path(path: str) -> str:
    """Return a path as the archive has it: as it is, or as an address where it is no text.

    Names of files here are bytes; addresses of files elsewhere are text. As paths are absolute and
    none begins with `file:`, no two have one form, and programs that know such addresses find it.
    """
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return Path(path).as_uri()
    return path


def _read_path(written: str) -> str:
    """Return the path that the archive has as such a text."""
    scheme, is_address, quoted = written.partition("file://")
    return os.fsdecode(unquote_to_bytes(quoted)) if is_address and not scheme else written


def _write_name(name: str) -> str:
    r"""Return a name for people; bytes that are no text as `\udcff`."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def _closed_if_refused(database: sqlite3.Connection) -> Iterator[None]:
    """Let go of a database that turns out not to be what it should be."""
    try:
        yield
    except BaseException:
        database.close()
        raise


def _check_identity(path: Path, database: sqlite3.Connection) -> None:
    """Refuse a database that is not ours, or of another version.

    Raises:
        UsageError: it is one of these.
    """
    (identity,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if identity != APPLICATION_ID:
        message, hint = "another program's file", "give another file with -o"
    elif version != VERSION:
        message = f"an archive of version {version}, and this program writes version {VERSION}"
        hint = "begin a new one with -o"
    else:
        return
    raise UsageError(Issue(path=str(path), code="no-archive", message=message, hint=hint))


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into one line about the file."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        message = f"cannot be used as an archive: {error}"
        hint = "check name, rights and room on the disk, or whether another run writes into it"
        issue = Issue(path=str(path), code="unusable-archive", message=message, hint=hint)
        raise UsageError(issue) from None
