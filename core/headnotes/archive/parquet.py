"""The tables of an archive as Parquet files, for programs that read columns; through pyarrow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from io import BytesIO

from headnotes.archive.store import TABLES
from headnotes.issues import Issue, UsageError


def write_tables(database: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """Yield each table's file name and its whole content.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        hint = 'pip install "headnotes[archive]"'
        issue = Issue(path="--parquet", code="missing-library", message="needs pyarrow", hint=hint)
        raise UsageError(issue) from None
    for table in TABLES:
        cursor = database.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608 - our names
        names = [column[0] for column in cursor.description]
        columns = list(zip(*cursor, strict=True)) or [()] * len(names)
        made = BytesIO()
        parquet.write_table(pa.table(dict(zip(names, map(list, columns), strict=True))), made)
        yield f"{table}.parquet", made.getvalue()
