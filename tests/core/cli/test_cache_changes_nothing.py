"""What a run writes is the same, byte for byte, with a cache, without one, and with a bad one."""

import os
import shutil
from pathlib import Path

import pytest

from headnotes import cache
from headnotes.user_folders import user_folder
from made_topics import TOPIC, WORK

SAMPLES = Path(__file__).parents[3] / "subtitles" / "babylon-berlin"
FORMATS = ("json", "html", "csv")


@pytest.fixture(autouse=True)
def _own_cache(world, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(world.folder / "cache"))
    # what an installed wheel brings would leave nothing to keep
    monkeypatch.setattr(cache, "BROUGHT", world.folder / "nothing-brought")


def run_all(world, out, track, formats=FORMATS):
    """Annotate and report; return the bytes of all that was written, and what was printed."""
    commands = [["annotate", track, "--for", "mpv", "-v", "-o", out]]
    commands += [["report", track, "--format", name, "-o", f"{out}/{name}"] for name in formats]
    printed = []
    for command in commands:
        done = world.run(*command)
        printed += [done.status, done.out.replace(out, "OUT"), done.err.replace(out, "OUT")]
    files = {name: data for name, data in world.files().items() if name.startswith(f"{out}/")}
    return {name.removeprefix(out): data for name, data in files.items()}, printed


def run_three_times(world, monkeypatch, tracks, formats):
    """Run with an empty cache, with a full one, and without any."""
    first = run_all(world, "first", tracks, formats)
    assert any(user_folder("cache").iterdir())
    second = run_all(world, "second", tracks, formats)
    monkeypatch.setenv(cache.OFF, "1")
    return first, second, run_all(world, "third", tracks, formats)


@pytest.mark.parametrize("season", ["S01", "S02", "S03", "S04"])
def test_tracks_do_not_depend_on_the_cache(season, world, monkeypatch):
    samples = sorted(SAMPLES.glob(f"{season}*.srt"))
    world.write({f"Babylon Berlin/{file.name}": file.read_bytes() for file in samples})
    first, second, third = run_three_times(world, monkeypatch, "Babylon Berlin", [])
    assert len(first[0]) > len(samples) / 2
    assert first == second == third


def test_reports_do_not_depend_on_the_cache(world, monkeypatch):
    first, second, third = run_three_times(world, monkeypatch, SAMPLES / "S01E01.de.srt", FORMATS)
    assert len(first[0]) > len(FORMATS)
    assert first == second == third


def spoil(folder):
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:-10])


def lock(folder):
    for file in folder.iterdir():
        file.chmod(0)
    folder.chmod(0o500)


def fill(folder):
    shutil.rmtree(folder)
    folder.write_text("in the way")


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
@pytest.mark.parametrize("harm", [spoil, lock, fill, shutil.rmtree], ids=lambda harm: harm.__name__)
def test_harm_to_the_cache_costs_nothing_but_time(harm, world):
    sample = SAMPLES / "S01E01.en.srt"
    first = run_all(world, "first", sample, [])
    harm(user_folder("cache"))
    assert run_all(world, "second", sample, []) == first


def test_without_a_home_all_is_done(world, monkeypatch):
    sample = SAMPLES / "S01E01.en.srt"
    first = run_all(world, "first", sample, [])

    def refuse():
        raise RuntimeError("Could not determine home directory.")

    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setattr(Path, "home", refuse)
    assert run_all(world, "second", sample, []) == first


def test_edited_topic_shows_in_the_next_run(world):
    world.write({"mine/topic.toml": TOPIC, "mine/work.toml": WORK})
    track = "1\n00:00:01,000 --> 00:00:03,000\nSnowflakes, in May!\n\n"
    world.write({"A Show S01E01.en.srt": track * 3})
    arguments = ("report", "A Show S01E01.en.srt", "--topics-dir", "mine", "--format", "json")
    assert "12 degrees" in world.run(*arguments).out
    world.write({"mine/topic.toml": TOPIC.replace("12 degrees", "13 degrees")})
    edited = world.run(*arguments).out
    assert "13 degrees" in edited
    assert "12 degrees" not in edited
