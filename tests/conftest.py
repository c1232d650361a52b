"""Fixtures that many rooms use: a small world of files, and the program run in it."""

import os
import sys
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import settings

from headnotes.cli import run

# Machines here are noisy, so no test is timed; what lands must not depend on chance.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("steady")

SAMPLES = Path(__file__).parents[1] / "subtitles" / "babylon-berlin"


@frozen
class Finished:
    """What one run of the program left."""

    status: int
    out: str
    err: str

    @property
    def lines(self):
        """The lines for people."""
        return self.err.splitlines()


@frozen
class World:
    """A folder made for one test, which is the current one while it runs.

    Attributes:
        folder: where the files are.
        capture: pytest's own, to read what the program prints.
    """

    folder: Path
    capture: pytest.CaptureFixture[str]

    def write(self, files):
        """Write files, by relative name; text as UTF-8, bytes as they are."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def run(self, *arguments):
        """Run the program in process."""
        self.capture.readouterr()
        status = run([str(one) for one in arguments])
        said = self.capture.readouterr()
        return Finished(status, said.out, said.err)

    def files(self):
        """All files there are, by relative name, with their bytes."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="session", autouse=True)
def cache_home(tmp_path_factory):
    """Keep what runs work out away from the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def world(tmp_path, monkeypatch, capsys):
    """Give an empty folder, with the program to run in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    # a busy machine makes no plugin slow, nor a message that a test does not expect
    monkeypatch.setattr("headnotes.registry.plugin.SLOW_S", 60.0)
    return World(tmp_path, capsys)


@pytest.fixture
def install(tmp_path_factory, monkeypatch):
    """Install made plugins: give one's name and the code of its module."""
    site = tmp_path_factory.mktemp("site")
    monkeypatch.syspath_prepend(site)

    def put(name, code):
        package = f"headnotes_{name.replace('-', '_')}"
        monkeypatch.delitem(sys.modules, package, raising=False)
        (site / f"{package}.py").write_text(code, encoding="utf-8")
        info = site / f"{package}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[headnotes]\n{name} = {package}\n")

    return put


@pytest.fixture(scope="session")
def sample():
    """Give the text of one of our sample tracks, by name."""
    return lambda name: (SAMPLES / name).read_text(encoding="utf-8")
