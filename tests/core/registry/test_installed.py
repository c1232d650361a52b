"""Installed plugins are found as importlib.metadata finds them, in less time."""

import importlib.metadata
import subprocess
import sys
import zipfile
from importlib.machinery import PathFinder

import pytest

from headnotes.hookspecs import PROJECT
from headnotes.registry import installed
from headnotes.registry.installed import find_entry_points


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Give a folder on the path that distributions may be put into."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def own_finders(monkeypatch):
    """Find distributions as Python does by itself, whatever libraries other tests have imported.

    The backport importlib_metadata puts a finder of its own in the place of Python's. In its
    presence importlib.metadata is asked, which has a test of its own.
    """
    theirs = "importlib_metadata"
    ours = [finder for finder in sys.meta_path if type(finder).__module__ != theirs]
    monkeypatch.setattr(sys, "meta_path", ours)
    if not hasattr(PathFinder, "find_distributions"):
        find = importlib.metadata.MetadataPathFinder.find_distributions
        monkeypatch.setattr(PathFinder, "find_distributions", find, raising=False)


@pytest.fixture
def asked(monkeypatch):
    """Give the list of times that importlib.metadata is asked."""
    times = []
    ask = installed._ask_importlib

    def note():
        times.append("asked")
        return ask()

    monkeypatch.setattr(installed, "_ask_importlib", note)
    return times


def put(site, points, *, folder="chess-1.2.dist-info", metadata="Name: Chess\nVersion: 1.2\n"):
    info = site / folder
    info.mkdir()
    name = "PKG-INFO" if folder.endswith("egg-info") else "METADATA"
    (info / name).write_text(f"Metadata-Version: 2.1\n{metadata}\nName: of the description\n")
    (info / "entry_points.txt").write_text(points, encoding="utf-8")


def facts(found):
    return {name: (point.distribution, point.version) for name, point in found.items()}


def test_all_are_found_that_importlib_finds(asked):
    points = importlib.metadata.entry_points(group=PROJECT)
    known = {point.name: (point.dist.name, point.dist.version) for point in points}
    assert facts(find_entry_points()) == known
    assert "blutmai" in known
    assert asked == []


@pytest.mark.parametrize("folder", ["chess-1.2.dist-info", "chess-1.2-py3.11.egg-info"])
def test_point_is_found_with_name_and_version(folder, site, asked):
    put(site, f"[console_scripts]\nno = chess:no\n\n[{PROJECT}]\nchess = chess\n", folder=folder)
    assert facts(find_entry_points())["chess"] == ("Chess", "1.2")
    assert asked == []


@pytest.mark.parametrize(
    ("value", "loaded"), [("json", "json"), ("json.decoder:JSONDecoder.decode", "decode")]
)
def test_point_loads_a_module_or_what_is_in_it(value, loaded, site):
    put(site, f"[{PROJECT}]\n# a comment\n; another\nchess={value}\n")
    assert find_entry_points()["chess"].load().__name__ == loaded


def test_first_copy_of_a_distribution_counts(site):
    for place, version in (("old", "1.0"), ("new", "2.0")):
        (site / place).mkdir()
        put(
            site / place, f"[{PROJECT}]\nchess = chess\n", metadata=f"Name: c\nVersion: {version}\n"
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(site / "old")
        patch.syspath_prepend(site / "new")
        assert find_entry_points()["chess"].version == "2.0"
        known = importlib.metadata.entry_points(group=PROJECT)["chess"]
        assert known.dist.version == "2.0"


def test_first_of_two_distributions_with_one_plugin_counts(site):
    for name in ("alpha", "beta"):
        (site / name).mkdir()
        put(
            site / name,
            f"[{PROJECT}]\nchess = chess\n",
            folder=f"{name}-1.dist-info",
            metadata=f"Name: {name}\nVersion: 1\n",
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(site / "beta")
        patch.syspath_prepend(site / "alpha")
        assert find_entry_points()["chess"].distribution == "alpha"


@pytest.mark.parametrize(
    "points",
    [f"[{PROJECT}]\nchess = chess [extra]\n", f"[{PROJECT}]\nchess = no-module!\n"],
    ids=["extra", "no module"],
)
def test_value_that_is_not_plain_is_left_to_importlib(points, site, asked):
    put(site, points)
    assert "chess" in find_entry_points()
    assert asked == ["asked"]


def test_distributions_in_an_archive_are_left_to_importlib(site, asked, monkeypatch):
    archive = site / "packed.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("go-3.dist-info/METADATA", "Metadata-Version: 2.1\nName: go\nVersion: 3\n")
        packed.writestr("go-3.dist-info/entry_points.txt", f"[{PROJECT}]\ngo = json\n")
    monkeypatch.syspath_prepend(archive)
    assert facts(find_entry_points())["go"] == ("go", "3")
    assert asked == ["asked"]


def test_finders_of_other_programs_are_left_to_importlib(asked, monkeypatch):
    class Finder:
        @staticmethod
        def find_spec(*_):
            return None

        @staticmethod
        def find_distributions(*_):
            return []

    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder])
    assert "blutmai" in find_entry_points()
    assert asked == ["asked"]


def test_eggs_are_left_to_importlib(site, asked):
    (site / "chess.egg").mkdir()
    find_entry_points()
    assert asked == ["asked"]


def test_old_metadata_in_one_file_and_paths_that_are_not_there_are_passed_over(site, asked):
    (site / "old-1.egg-info").write_text("Name: old\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(site / "gone")
        assert "blutmai" in find_entry_points()
    assert asked == []


def test_a_short_run_imports_neither_importlib_metadata_nor_readers_of_toml(tmp_path):
    code = (
        "import sys; from headnotes.registry import Registry; Registry();"
        "print(sorted({'importlib.metadata', 'email', 'tomli', 'cattrs'} & {*sys.modules}))"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
