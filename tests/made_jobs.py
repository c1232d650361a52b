"""Jobs of an archive that end badly, in a module that any worker can import.

As a program it starts two processes, prints their numbers, and waits to be killed.
"""

import os
import signal
import time
from pathlib import Path

from headnotes.archive import annotate_file, start_processes


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


def has_ended(process):
    """Wait for a process, or for all of a group where the number is below zero; in good time?"""
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def tell_number(_):
    """Return the number of the process that does it, once the other one has come up, too."""
    time.sleep(1)
    return os.getpid()


if __name__ == "__main__":
    with start_processes(2) as pool:
        print(*pool.map(tell_number, range(2)), flush=True)
        time.sleep(60)
