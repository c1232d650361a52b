"""Jobs of an archive that end badly, in a module that any worker can import."""

import os
import signal
from pathlib import Path

from headnotes.archive import annotate_file


def die_of_marked(path, setting):
    """Kill the process over files whose names say so."""
    if "deadly" in Path(path).name:
        os.kill(os.getpid(), signal.SIGKILL)
    return annotate_file(path, setting)


def die_once(path, setting):
    """Kill the first process that gets a file, as a full memory would; the others go on."""
    try:
        (Path(path).parent / "not-yet").unlink()
    except FileNotFoundError:
        return annotate_file(path, setting)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def die_always(path, setting):
    """Kill every process."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail_as_a_bug(path, setting):
    """Raise what nobody foresaw."""
    raise RuntimeError("no luck")
