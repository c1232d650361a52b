"""What an open project promises beside its code: licences, changes, pages whose links lead on."""

import os
import re
import subprocess
import textwrap
import tomllib
from importlib.metadata import files, metadata
from pathlib import Path

import pytest

import headnotes

ROOT = Path(__file__).parents[1]
CORE = ROOT / "core"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LICENCES = metadata("headnotes").get_all("License-File") or []
PAGES = sorted(
    path for path in (ROOT / "README.md", *CORE.glob("*.md"), *CORE.glob("decisions/*.md"))
)
DECISIONS = sorted(path.name for path in CORE.glob("decisions/*.md"))


def test_licences_lie_in_the_distribution():
    listed = metadata("headnotes").get_all("License-File") or []
    assert "core/LICENSE" in listed
    held = [str(path) for path in files("headnotes") or ()]
    assert [
        one for one in listed if not any(path.endswith(f"licenses/{one}") for path in held)
    ] == []


def test_metadata_names_both_licences():
    assert metadata("headnotes")["License-Expression"] == PROJECT["license"]
    assert set(PROJECT["license"].split(" AND ")) == {"GPL-3.0-or-later", "CC-BY-SA-4.0"}
    assert "Version 3, 29 June 2007" in (CORE / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", sorted(CORE.rglob("common_words.*.txt")), ids=lambda it: it.name)
def test_frequencies_have_their_licence_beside_them(table):
    licence = table.with_name("LICENSE.txt")
    text = licence.read_text(encoding="utf-8")
    assert "Robyn Speer" in text
    assert "Attribution-ShareAlike 4.0 International" in text
    assert licence.relative_to(ROOT).as_posix() in (
        metadata("headnotes").get_all("License-File") or []
    )


def test_newest_version_of_the_change_log_is_ours():
    heads = re.findall(r"^## (.+)$", (CORE / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(headnotes.__version__)} - \d{{4}}-\d\d-\d\d", heads[1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_a_page_lead_to_files(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_is_numbered_and_listed_in_order():
    listed = re.findall(r"\]\(decisions/(.+\.md)\)", (CORE / "README.md").read_text("utf-8"))
    assert listed == DECISIONS
    assert [int(name[:3]) for name in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("name", DECISIONS)
def test_decision_says_context_decision_and_consequences(name):
    text = (CORE / "decisions" / name).read_text(encoding="utf-8")
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    assert heads[0].startswith(f"{int(name[:3])}. ")
    assert heads[1:] == ["Context", "Decision", "Consequences"]


# --------------------------------------------------------------- for repositories of authors


def run_action(tmp_path, paths, strict):
    """Run the last step of the action, and return what it gives `headnotes`, a line each."""
    text = (ROOT / ".github" / "actions" / "check" / "action.yml").read_text(encoding="utf-8")
    script = textwrap.dedent(text.partition("run: |\n")[2].partition("      env:")[0])
    program = tmp_path / "headnotes"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PATHS": paths, "STRICT": strict}
    done = subprocess.run(
        ["bash", "-e", "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("paths", "strict", "arguments"),
    [
        (".", "false", ["check", "--format", "github", "--", "."]),
        (".", "true", ["check", "--format", "github", "--strict", "--", "."]),
        ("a b\n$(c)\n", "false", ["check", "--format", "github", "--", "a b", "$(c)"]),
    ],
)
def test_action_checks_the_paths_it_is_given_as_they_are(tmp_path, paths, strict, arguments):
    assert run_action(tmp_path, paths, strict) == arguments


@pytest.mark.parametrize(
    ("path", "is_checked"),
    [
        ("topic.toml", True),
        ("topics/weather/topic.toml", True),
        ("topics/show/work.toml", True),
        ("topics/weather/mytopic.toml", False),
        ("topics/weather/headnotes.toml", False),
        ("topics/weather/ratings.toml", True),
    ],
)
def test_hook_checks_topics_works_and_ratings(path, is_checked):
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"files: (.+)", text)
    assert bool(re.search(pattern, path)) is is_checked
    assert "entry: headnotes check\n" in text
