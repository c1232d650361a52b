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


def test_version_is_asked_of_the_metadata_where_its_folder_is_not_on_the_path(monkeypatch):
    known = headnotes.__version__
    monkeypatch.setattr(sys, "path", ["/nowhere"])
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"{name} {known}")
    assert headnotes.__version__ == f"headnotes {known}"


def test_door_lists_all_that_is_behind_it():
    assert {*headnotes.__all__} <= {*dir(headnotes)}
    assert all(getattr(headnotes, name) is not None for name in headnotes.__all__)


def test_version_and_help_of_the_whole_load_no_model():
    code = "import sys, headnotes.cli; print(sorted({'attrs', 'headnotes.model'} & {*sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_completion_of_commands_imports_none():
    code = (
        "import sys; from headnotes.cli import app; from click import Context;"
        "found = [item.value for item in app.shell_complete(Context(app), 'pr')];"
        "print(found, 'headnotes.cli.preview' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"['preview'] False"
