"""The tables of an archive as Parquet files, for programs that read columns; through pyarrow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from io import BytesIO

from headnotes.archive.store import TABLES, list_columns
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
    types = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}
    for table in TABLES:
        # said, not guessed: a column without values would have none
        schema = pa.schema([(name, types[kind]) for name, kind in list_columns(table).items()])
        cursor = database.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608 - our names
        columns = list(zip(*cursor, strict=True)) or [()] * len(schema)
        made = BytesIO()
        parquet.write_table(pa.table(list(map(list, columns)), schema=schema), made)
        yield f"{table}.parquet", made.getvalue()
