"""Many files over any executor, and to one SQLite file of what is in them, resumable.

`running` keeps files on their way and results coming, `job` is what a worker does with one file,
`store` keeps the results. The command line chooses files and executor.
"""

from headnotes.archive.executors import (
    count_processors,
    count_threads,
    join_cluster,
    start_processes,
)
from headnotes.archive.job import FileResult, Setting, annotate_file, fail_file
from headnotes.archive.parquet import write_tables
from headnotes.archive.places import list_remote, local_path
from headnotes.archive.questions import QUESTIONS, ask
from headnotes.archive.running import Crew, run_files
from headnotes.archive.store import Store, open_for_reading

__all__ = [
    "QUESTIONS",
    "Crew",
    "FileResult",
    "Setting",
    "Store",
    "annotate_file",
    "ask",
    "count_processors",
    "count_threads",
    "fail_file",
    "join_cluster",
    "list_remote",
    "local_path",
    "open_for_reading",
    "run_files",
    "start_processes",
    "write_tables",
]
