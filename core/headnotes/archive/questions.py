"""The usual questions to an archive, as SQL; any other may be asked in SQL, too."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from headnotes.issues import Issue, UsageError

_HEARD = """
        WITH RECURSIVE heard (track, episode, rest) AS (
            SELECT id, NULL, episode || ' ' FROM tracks WHERE episode IS NOT NULL
            UNION ALL
            SELECT track, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
            FROM heard WHERE rest <> ''
        )
"""
"""Each episode of each track, where a file may hold several; and a row without one for each."""

QUESTIONS: Mapping[str, str] = {
    "notes": f"""{_HEARD}
        SELECT notes.topic, notes.note, coalesce(notes.verdict, notes.kind) AS verdict,
            count(DISTINCT annotations.track) AS tracks,
            count(DISTINCT heard.episode) AS episodes,
            count(DISTINCT annotations.rowid) FILTER (WHERE shown_start_ms IS NOT NULL)
                AS on_screen,
            notes.headnote
        FROM notes LEFT JOIN annotations USING (topic, note)
            LEFT JOIN heard ON heard.track = annotations.track
        GROUP BY notes.topic, notes.note ORDER BY tracks DESC, notes.topic, notes.note
    """,  # noqa: S608 - all of it is ours
    "places": """
        SELECT work, episode, path, tracks.name, topic, note, moment_ms, passage_start_ms,
            passage_end_ms, shown_start_ms, shown_end_ms
        FROM annotations JOIN tracks ON tracks.id = track JOIN files ON files.id = file
        ORDER BY work, episode, path, tracks.name, moment_ms, topic, note
    """,
    "works": f"""{_HEARD}
        SELECT coalesce(work, '') AS work, count(*) AS tracks,
            (SELECT count(DISTINCT heard.episode)
                FROM heard JOIN tracks AS others ON others.id = heard.track
                WHERE others.work IS tracks.work) AS episodes,
            count(DISTINCT language) AS languages, sum(cues) AS cues
        FROM tracks GROUP BY work ORDER BY tracks DESC, work
    """,  # noqa: S608 - all of it is ours
    "episodes": """
        SELECT work, episode, count(DISTINCT tracks.id) AS tracks,
            (SELECT group_concat(language, ' ') FROM (
                SELECT DISTINCT language FROM tracks AS others
                WHERE others.work = tracks.work AND others.episode IS tracks.episode
                ORDER BY language
            )) AS languages,
            count(DISTINCT topic || ' ' || note) AS notes, count(shown_start_ms) AS on_screen
        FROM tracks LEFT JOIN annotations ON track = tracks.id
        WHERE work IS NOT NULL GROUP BY work, episode ORDER BY work, episode
    """,
    "verdicts": """
        SELECT tracks.work, tracks.episode, coalesce(notes.verdict, notes.kind) AS verdict,
            count(DISTINCT topic || ' ' || note) AS notes,
            count(DISTINCT annotations.track) AS tracks
        FROM annotations JOIN notes USING (topic, note) JOIN tracks ON tracks.id = track
        GROUP BY tracks.work, tracks.episode, verdict
        ORDER BY tracks.work, tracks.episode, verdict
    """,
    "doubles": """
        SELECT digest, count(*) AS files, min(path) AS first_path
        FROM files WHERE digest <> '' GROUP BY digest HAVING count(*) > 1
        ORDER BY files DESC, first_path
    """,
    "failed": """
        SELECT path, failure FROM files WHERE failure <> '' ORDER BY path
    """,
    "issues": """
        SELECT path, tracks.name AS track, line
        FROM issues JOIN tracks ON tracks.id = track JOIN files ON files.id = file
        UNION ALL
        SELECT path, '', failure FROM files
        WHERE failure <> '' AND id NOT IN (SELECT file FROM tracks)
        ORDER BY path, track, line
    """,
}


_READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}

_MOST_BYTES = 50_000_000
"""Of one value in an answer."""

_STEPS = 100_000
"""Of SQLite between two looks whether to stop; some milliseconds."""


def ask(database: sqlite3.Connection, question: str) -> tuple[Sequence[str], Iterator[Any]]:
    """Return the names of the columns and the rows that answer a question.

    Args:
        database: an archive, opened for reading.
        question: one of `QUESTIONS`, or one statement of SQL.

    Raises:
        UsageError: it is no such statement, or it would change the archive; or, while its rows
            are taken, it cannot be answered.
    """
    database.set_authorizer(_allow)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_BYTES)
    # now and then Python looks whether it is asked to stop, which SQLite by itself never does
    database.set_progress_handler(lambda: 0, _STEPS)
    with _refusing():
        cursor = database.execute(QUESTIONS.get(question, question))
    return [column[0] for column in cursor.description or ()], _take_rows(cursor)


def _take_rows(cursor: sqlite3.Cursor) -> Iterator[Any]:
    with _refusing():
        yield from cursor


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what SQLite says against a question into one line."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning, UnicodeEncodeError) as error:
        if str(error) == "interrupted":
            raise KeyboardInterrupt from None
        hint = f"ask {' | '.join(QUESTIONS)}, or in SQL"
        issue = Issue(path="--ask", code="no-question", message=str(error), hint=hint)
        raise UsageError(issue) from None


def _allow(action: int, *_: str | None) -> int:
    """Allow to read: nothing else, such as to attach another file."""
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY
