"""The version is known where it is asked for, and costs nothing where it is not."""

import subprocess
import sys
from importlib.metadata import version

import pytest

import headnotes


def test_version_is_that_of_the_distribution(world):
    assert headnotes.__version__ == version("headnotes")
    assert world.run("--version").out == f"headnotes, version {headnotes.__version__}\n"


@pytest.mark.parametrize("name", ["__versions__", "version"])
def test_door_makes_up_no_other_name(name):
    with pytest.raises(AttributeError, match=f"has no attribute '{name}'"):
        getattr(headnotes, name)


def test_import_looks_no_version_up():
    code = "import sys, headnotes.cli; print('importlib.metadata' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
