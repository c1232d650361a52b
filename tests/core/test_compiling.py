"""What a wheel brings is what its first run would make, and counts for the same files alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from headnotes import cache
from headnotes.compiling import bring_entries
from headnotes.engine import Engine
from headnotes.languages import all_languages, data, forget_languages
from headnotes.matching import keeping
from headnotes.model import Topic, Work
from headnotes.topics import loading, merge_works, read_folder
from headnotes.user_folders import user_folder

PLUGINS = sorted((Path(__file__).parents[2] / "plugins").glob("headnotes_*"))
BRING = (
    "import sys; from pathlib import Path; from headnotes.compiling import bring_entries;"
    "bring_entries(Path(sys.argv[1]), map(Path, sys.argv[2:]))"
)


@pytest.fixture(scope="module")
def brought(tmp_path_factory):
    """Give the folder of the entries of our wheel."""
    folder = tmp_path_factory.mktemp("wheel") / "brought"
    bring_entries(folder, PLUGINS)
    return folder


@pytest.fixture
def made(brought, tmp_path, monkeypatch):
    """Give the list of all that is made from files from now on; the wheel is installed."""
    monkeypatch.setattr(cache, "BROUGHT", brought)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    names = []

    def note(module, function):
        original = getattr(module, function)

        def note_and_make(*given):
            names.append(str(given[0]))
            return original(*given)

        monkeypatch.setattr(module, function, note_and_make)

    note(loading, "_parse")
    note(data, "_lay")
    note(keeping, "parse_term")
    forget_languages()
    yield names
    forget_languages()


def files_of(made):
    return [Path(name).name for name in made if name.endswith(".toml")]


def read_all(folders=PLUGINS):
    topics: dict[str, Topic] = {}
    works: list[Work] = []
    for folder in folders:
        found, parts = read_folder(folder)
        topics |= {topic.id: topic for topic in found}
        works += parts
    return topics, merge_works(works)[0]


def test_first_run_after_an_installation_makes_nothing(made):
    topics, works = read_all()
    Engine(topics, works).prepare()
    assert len(all_languages()) > 40
    assert topics["blutmai"].notes[0].texts["de"].headnote
    assert made == []
    assert not user_folder("cache").exists()


def test_what_is_brought_is_what_the_files_say(made, monkeypatch):
    brought = repr(read_all())
    monkeypatch.setenv(cache.OFF, "1")
    assert repr(read_all()) == brought
    assert made != []


def test_everywhere_the_same_is_made(brought, tmp_path):
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    subprocess.run([sys.executable, "-c", BRING, tmp_path, *PLUGINS], check=True, env=environment)
    found = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert found == {file.name: file.read_bytes() for file in brought.iterdir()}
    assert len(found) > len(PLUGINS)


def test_edited_topic_is_read_from_its_file(made, tmp_path):
    folder = shutil.copytree(PLUGINS[1], tmp_path / PLUGINS[1].name)
    read_folder(folder)
    assert made == []
    with (folder / "topic.toml").open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    read_folder(folder)
    assert files_of(made) == ["topic.toml", "ratings.toml"]


def test_other_code_makes_its_own(made, monkeypatch):
    monkeypatch.setattr(cache, "fingerprint_code", lambda _: "another version")
    read_folder(PLUGINS[1])
    assert files_of(made) == ["topic.toml", "ratings.toml"]


def test_damaged_entries_are_none(made, brought, tmp_path, monkeypatch):
    damaged = shutil.copytree(brought, tmp_path / "damaged")
    for file in damaged.iterdir():
        file.write_bytes(file.read_bytes()[:-1])
    monkeypatch.setattr(cache, "BROUGHT", damaged)
    read_folder(PLUGINS[1])
    assert files_of(made) == ["topic.toml", "ratings.toml"]


def test_entries_of_a_wheel_may_belong_to_another_user(made, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: PLUGINS[1].stat().st_uid + 1)
    read_folder(PLUGINS[1])
    assert made == []


def test_variable_turns_off_what_a_wheel_brings_too(made, monkeypatch):
    monkeypatch.setenv(cache.OFF, "1")
    read_folder(PLUGINS[1])
    assert files_of(made) == ["topic.toml", "ratings.toml"]
