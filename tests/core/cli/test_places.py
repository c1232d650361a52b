"""Where commands find plugins and topics, and what they say of those that fail."""

import re
import zipfile

import pytest

from made_topics import TOPIC, WORK

GOOD = """
from headnotes import hookimpl
from made_plugins import topic
@hookimpl
def provide_topics():
    return [topic("good", depictions=("train-taken-at-the-border",))]
"""
BROKEN = {
    "fails-to-load": ("import nowhere_to_be_found", "plugin 'bad', loading: ModuleNotFoundError"),
    "for-a-newer-door": (
        "from headnotes import Hologram",
        "update headnotes if the plugin is for a newer one",
    ),
    "for-a-newer-hook": (
        "from headnotes import hookimpl\n@hookimpl\ndef annotate_scenes(scenes): ...",
        "plugin 'bad', hooks: unknown hook 'annotate_scenes'",
    ),
    "misspelt-argument": (
        "from headnotes import hookimpl\n@hookimpl\ndef annotate_track(trak): ...",
        "hook annotate_track has no argument 'trak'; did you mean 'track'?",
    ),
    "raises": (
        "from headnotes import hookimpl\n@hookimpl\ndef annotate_track(track): return 1 / 0",
        "plugin 'bad', hook annotate_track: ZeroDivisionError: division by zero (headnotes_bad"
        ".py:3)",
    ),
    "answers-nonsense": (
        "from headnotes import hookimpl\n@hookimpl\ndef annotate_track(track): return ['x']",
        "plugin 'bad', hook annotate_track: gave 'x', not an Annotation",
    ),
    "takes-a-taken-id": (
        GOOD.replace('"good"', '"blutmai"'),
        "topic 'blutmai' already exists, from plugin 'bad'",
    ),
    "brings-a-newer-file": (
        "from pathlib import Path\nfrom headnotes import hookimpl\n@hookimpl\n"
        "def provide_topics():\n    file = Path(__file__).parent / 'topic.toml'\n"
        "    file.write_text('format = 7')\n    return [file]",
        "topic.toml:1: format 7, newer than 2; update headnotes to read it",
    ),
    "exits": ("raise SystemExit(3)", "plugin 'bad', loading: SystemExit: 3"),
}


WHEN_ASKED = {"raises", "answers-nonsense"}


@pytest.mark.parametrize(("code", "told"), BROKEN.values(), ids=BROKEN)
def test_broken_plugin_leaves_the_good_ones_track(world, sample, install, code, told):
    install("bad", code)
    install("good", GOOD)
    world.write({"Babylon.Berlin.S01E01.en.srt": sample("S01E01.en.srt")})
    finished = world.run("annotate", ".", "-o", "out", "--topic", "good")
    assert finished.status == 1
    assert told in finished.err
    (track,) = [content for name, content in world.files().items() if name.startswith("out/")]
    assert b"[HISTORY] A good note." in track


@pytest.mark.parametrize(
    ("code", "told"),
    [broken for name, broken in BROKEN.items() if name not in WHEN_ASKED | {"takes-a-taken-id"}],
)
def test_plugins_lists_the_broken_with_its_reason(world, install, code, told):
    install("bad", code)
    finished = world.run("plugins")
    assert finished.status == 1
    assert re.search(r"^bad 1\.2 \| bad \| .*FAILED$", finished.out, re.MULTILINE)
    assert told in finished.err


def test_plugins_lists_what_a_good_one_brings(world, install):
    install("good", GOOD)
    finished = world.run("plugins")
    assert finished.status == 0
    assert re.search(
        r"^good 1\.2 \| good \| provide_topics \| good \(1 note\) \| \d+ ms \| ok$",
        finished.out,
        re.MULTILINE,
    )


@pytest.mark.parametrize("folder", ["topics", "config/headnotes/topics"])
@pytest.mark.parametrize("command", ["topics", "plugins", "bibliography"])
def test_topics_are_found_in_the_users_own_folders(world, folder, command):
    world.write({f"{folder}/weather/topic.toml": TOPIC, f"{folder}/show/work.toml": WORK})
    finished = world.run(command)
    assert finished.status == 0
    assert {"topics": "weather 1.0", "plugins": "weather 1.0", "bibliography": "Almanac"}[
        command
    ] in finished.out


def test_folder_named_twice_is_read_once(world):
    world.write({"topics/weather/topic.toml": TOPIC, "topics/show/work.toml": WORK})
    assert world.run("topics", "--topics-dir", "topics", "--topics-dir", "./topics/").status == 0


def test_folder_called_topics_may_hold_other_things(world):
    world.write({"topics/cooking.md": "", "topics/pictures/cake.png": b""})
    assert world.run("topics").status == 0


def test_second_topic_of_an_id_is_named(world):
    world.write({"topics/weather/topic.toml": TOPIC, "topics/wetter/topic.toml": TOPIC})
    finished = world.run("topics")
    assert finished.status == 1
    assert "topic 'weather' already exists, from weather/topic.toml" in finished.err
    assert finished.out.count("weather 1.0") == 1


def test_works_list_what_they_show(world):
    world.write({"topics/show/work.toml": WORK})
    assert "show: A Show, a work; 3 episodes, 1 depictions" in world.run("topics").out
    assert (
        "  snow-in-may [S01E01] Im Mai fällt Schnee."
        in world.run("topics", "show", "--lang", "de").out
    )


def test_slow_plugin_is_named_with_its_time(world, sample, install, monkeypatch):
    monkeypatch.setattr("headnotes.registry.plugin.SLOW_S", 0.05)
    install(
        "slow",
        "import time\nfrom headnotes import hookimpl\n@hookimpl\n"
        "def annotate_track(track):\n    time.sleep(0.1)",
    )
    world.write({"Babylon.Berlin.S01E01.en.srt": sample("S01E01.en.srt")})
    finished = world.run("report", ".")
    assert re.search(r"plugin 'slow' is slow: 0\.\d s of this run", finished.err)
    assert finished.status == 0


def test_interrupt_says_which_plugin_was_running(world, sample, install):
    install(
        "patient",
        "from headnotes import hookimpl\n@hookimpl\ndef annotate_track(track):\n"
        "    raise KeyboardInterrupt",
    )
    world.write({"Babylon.Berlin.S01E01.en.srt": sample("S01E01.en.srt")})
    finished = world.run("annotate", ".", "-o", "out")
    assert finished.status == 130
    assert finished.lines[-1] == (
        "headnotes: interrupted; plugin 'patient' was running, hook annotate_track"
    )
    assert not any(name.startswith("out/") for name in world.files())


def packed(world, name, files):
    world.write({name: ""})
    with zipfile.ZipFile(world.folder / name, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)


def test_topics_in_a_zip_are_found_beside_folders_and_by_name(world):
    packed(world, "topics/weather.zip", {"weather/topic.toml": TOPIC})
    packed(world, "gifts/show.zip", {"work.toml": WORK})
    assert "weather 1.0: Weather" not in world.run("topics", "--topics-dir", "gifts/show.zip").err
    for where in ("gifts", "gifts/show.zip"):
        finished = world.run("topics", "--topics-dir", where)
        assert finished.status == 0
        assert "weather 1.0: Weather; 1 notes" in finished.out
        assert "show: A Show, a work" in finished.out
    listed = world.run("plugins", "--topics-dir", "gifts").out
    assert "weather 1.0 | archive topics/weather.zip | topic files | weather (1 note)" in listed


def test_bad_zip_is_named_and_costs_nothing_else(world):
    world.write({"topics/broken.zip": "no zip", "topics/show/work.toml": WORK})
    finished = world.run("topics")
    assert finished.status == 1
    assert "broken.zip: cannot be read as a zip" in finished.err
    assert "show: A Show, a work" in finished.out
