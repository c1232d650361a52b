"""The README for authors is walked, command by command, as it stands."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "plugins" / "README.md"
SUBTITLES = Path(__file__).parents[2] / "subtitles"
SET_UP = ("python3 -m venv", ". .venv/", "pip install -q .")

# A command with what it prints, a change of a line in the topic file, or a whole new file.
STEPS = re.compile(
    r"^```console\n(?P<console>.*?)^```$"
    r"|^<!-- change: (?P<old>.*?) -->\n```toml\n(?P<new>.*?)\n```$"
    r"|^<!-- file: (?P<file>.*?) -->\n```toml\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


def commands(console):
    """Give each command of a block, with the lines it shall print."""
    parts = re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]
    return [(part.partition("\n")[0], part.partition("\n")[2].splitlines()) for part in parts]


def fits(printed, wanted):
    """Tell whether lines are as wanted; `…` stands for anything in a line, alone for any lines."""
    lines = [".*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) for line in wanted]
    pattern = "\n".join(lines)
    any_lines = re.sub(r"(?m)^\.\*$", r"(?s:.*)", pattern)
    return re.fullmatch(any_lines, "\n".join(printed)) is not None


class Newcomer:
    """Somebody who does what the README says."""

    def __init__(self, world, install_package):
        self.world = world
        self.install_package = install_package

    def enter(self, command, wanted):
        if command.startswith(SET_UP):
            return
        words = re.findall(r'"([^"]*)"|(\S+)', command)
        program, *arguments = ["".join(word) for word in words]
        printed = getattr(self, f"run_{program}")(arguments)
        assert fits(printed, wanted), f"$ {command}\n" + "\n".join(printed)

    def run_headnotes(self, arguments):
        finished = self.world.run(*arguments)
        return (finished.err + finished.out).splitlines()

    def run_pip(self, arguments):
        self.install_package(self.world.folder / arguments[-1].partition("[")[0])
        return []

    def run_pytest(self, arguments):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
            cwd=self.world.folder,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.splitlines()

    def change(self, old, new):
        file = self.world.folder / "topics" / "weimar-cinema" / "topic.toml"
        text = file.read_text(encoding="utf-8")
        assert text.count(f"\n{old}\n") == 1, old
        file.write_text(text.replace(f"\n{old}\n", f"\n{new}\n"), encoding="utf-8")


@pytest.fixture
def install_package(tmp_path_factory, monkeypatch):
    """Install a package's folder as an editable one, without asking any registry."""

    def put(folder):
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        site = tmp_path_factory.mktemp("site")
        info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        )
        points = [f"{name} = {at}" for name, at in project["entry-points"]["headnotes"].items()]
        (info / "entry_points.txt").write_text("[headnotes]\n" + "\n".join(points))
        monkeypatch.syspath_prepend(site)
        monkeypatch.syspath_prepend(folder)

    return put


def test_newcomer_gets_through_the_readme(world, install_package):
    shutil.copytree(SUBTITLES, world.folder / "subtitles")
    newcomer = Newcomer(world, install_package)
    steps = list(STEPS.finditer(README.read_text(encoding="utf-8")))
    assert len(steps) > 10
    for step in steps:
        if step["console"]:
            for command, wanted in commands(step["console"]):
                newcomer.enter(command, wanted)
        elif step["old"]:
            newcomer.change(step["old"], step["new"])
        else:
            world.write({step["file"]: step["text"]})


def test_readme_describes_every_rung_as_the_check_does():
    from headnotes.authoring import RUNG_MEANINGS

    text = README.read_text(encoding="utf-8")
    assert [
        rung for rung, told in RUNG_MEANINGS.items() if f"| `{rung}` | {told} |" not in text
    ] == []


def test_readme_names_every_moment_that_an_anchor_may_ask_for():
    from typing import get_args

    from headnotes.model.works import When

    (row,) = re.findall(r"(?m)^\| `when` \|.*", README.read_text(encoding="utf-8"))
    assert [when for when in get_args(When) if f"`{when}`" not in row] == []


def test_reference_tells_the_ways_to_have_read_that_are_not_like_the_others():
    text = README.with_name("REFERENCE.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"(?m)^- `read` \(required\):.*", text)
    assert "'not' is further reading, 'part' is for files of format 1" in line
