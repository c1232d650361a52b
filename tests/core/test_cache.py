"""What earlier runs left is used where it is whole and ours, and never needed."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes import cache
from headnotes.user_folders import user_folder

NAME, KEY = "thing.json", "made-from-this"
VALUE = {"words": ["Fahne", "Straße", "旗"], "numbers": {"a": [1, 2.5, None, True]}}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give the folder of the cache, in a home of its own, not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "headnotes"


@pytest.fixture
def entry(folder):
    """Give the file of one entry that is good."""
    cache.store(NAME, KEY, VALUE)
    return folder / NAME


def test_what_is_stored_comes_back(entry):
    assert cache.load(NAME, KEY) == VALUE


def test_entry_made_from_something_else_is_none(entry):
    assert cache.load(NAME, "made-from-that") is None


def test_nothing_comes_back_where_nothing_was_stored(folder):
    assert cache.load(NAME, KEY) is None
    assert not folder.exists()


def test_folder_and_files_are_for_the_user_alone(entry):
    assert entry.stat().st_mode & 0o777 == 0o600
    assert entry.parent.stat().st_mode & 0o777 == 0o700


def test_every_truncated_entry_is_none(entry):
    whole = entry.read_bytes()
    for size in range(len(whole)):
        entry.write_bytes(whole[:size])
        assert cache.load(NAME, KEY) is None


def test_every_damaged_entry_is_none(entry):
    whole = entry.read_bytes()
    for at in range(len(whole)):
        entry.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.load(NAME, KEY) is None


def test_what_stands_behind_the_data_comes_back(folder):
    cache.store(NAME, KEY, VALUE, b"more\nlines\n")
    assert cache.load_entry(NAME, KEY) == (VALUE, b"more\nlines\n")


@given(st.binary(max_size=200))
def test_whatever_stands_after_a_right_header_is_plain_data_or_nothing(body):
    header = cache._make_header(KEY, body)
    folder = user_folder("cache")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "any.json").write_bytes(header + b"\n" + body)
    (folder / "any.json").chmod(0o600)
    found = cache.load("any.json", KEY)
    assert found is None or found == json.loads(body.partition(b"\n")[0])


def test_deeply_nested_entry_is_none(entry):
    body = b"[" * 100_000
    entry.write_bytes(cache._make_header(KEY, body) + b"\n" + body)
    assert cache.load(NAME, KEY) is None


def test_too_large_entry_is_neither_written_nor_read(entry, monkeypatch):
    monkeypatch.setattr(cache, "MOST_BYTES", len(entry.read_bytes()) - 1)
    assert cache.load(NAME, KEY) is None
    cache.store("large.json", KEY, VALUE)
    assert not entry.with_name("large.json").exists()


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666], ids=oct)
def test_entry_that_others_may_write_is_none(entry, mode):
    entry.chmod(mode)
    assert cache.load(NAME, KEY) is None


def test_entry_of_somebody_else_is_none(entry, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: entry.stat().st_uid + 1)
    assert cache.load(NAME, KEY) is None


def test_where_users_have_no_numbers_entries_are_used(entry, monkeypatch):
    monkeypatch.delattr(os, "geteuid")
    cache.store("other.json", KEY, VALUE)
    assert cache.load("other.json", KEY) == VALUE


def test_link_in_the_place_of_an_entry_is_not_followed(entry):
    elsewhere = entry.with_name("elsewhere")
    entry.rename(elsewhere)
    entry.symlink_to(elsewhere)
    assert cache.load(NAME, KEY) is None


def test_pipe_in_the_place_of_an_entry_keeps_nobody_waiting(entry):
    entry.unlink()
    os.mkfifo(entry, 0o600)
    assert cache.load(NAME, KEY) is None


def test_folder_in_the_place_of_an_entry_costs_nothing(entry):
    entry.unlink()
    entry.mkdir()
    cache.store(NAME, KEY, VALUE)
    assert cache.load(NAME, KEY) is None
    assert [file.name for file in entry.parent.iterdir()] == [NAME]


def test_file_in_the_place_of_the_folder_costs_nothing(folder):
    folder.parent.mkdir()
    folder.write_text("in the way")
    cache.store(NAME, KEY, VALUE)
    assert cache.load(NAME, KEY) is None
    assert folder.read_text() == "in the way"


def test_folder_that_others_may_write_is_not_written_to(folder):
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    cache.store(NAME, KEY, VALUE)
    assert [*folder.iterdir()] == []


def test_in_the_home_of_somebody_else_no_folder_is_made(folder, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: folder.parent.parent.stat().st_uid + 1)
    cache.store(NAME, KEY, VALUE)
    assert not folder.parent.exists()


def test_full_disk_leaves_nothing_behind(entry, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    cache.store("other.json", KEY, VALUE)
    assert [file.name for file in entry.parent.iterdir()] == [NAME]


def test_interrupt_while_writing_leaves_nothing_behind(entry, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        cache.store("other.json", KEY, VALUE)
    assert [file.name for file in entry.parent.iterdir()] == [NAME]


@pytest.mark.parametrize("value", [object(), {1, 2}], ids=["object", "set"])
def test_what_is_no_plain_data_is_not_kept(folder, value):
    cache.store(NAME, KEY, value)
    assert cache.load(NAME, KEY) is None


@pytest.mark.parametrize("value", ["Straße", "北京", "\N{FILM PROJECTOR}", "\udc80"], ids=ascii)
def test_any_text_comes_back_from_an_entry_in_ascii(folder, value):
    cache.store(NAME, KEY, [value])
    assert (folder / NAME).read_bytes().isascii()
    assert cache.load(NAME, KEY) == [value]


def test_variable_turns_it_off(entry, monkeypatch):
    monkeypatch.setenv(cache.OFF, "1")
    assert cache.load(NAME, KEY) is None
    cache.store("other.json", KEY, VALUE)
    assert [file.name for file in entry.parent.iterdir()] == [NAME]


def test_of_too_many_entries_the_oldest_go(entry, monkeypatch):
    monkeypatch.setattr(cache, "MOST_ENTRIES", 2)
    os.utime(entry, (1, 1))
    for name in ("b.json", "c.json"):
        cache.store(name, KEY, VALUE)
    assert sorted(file.name for file in entry.parent.iterdir()) == ["b.json", "c.json"]


def test_what_killed_runs_left_goes_after_an_hour(entry):
    old, new = (entry.with_name(f"{age}.part") for age in ("old", "new"))
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 3_700,) * 2)
    cache.store("other.json", KEY, VALUE)
    assert (old.exists(), new.exists()) == (False, True)


WRITE = """
import sys
from headnotes import cache
for _ in range(60):
    cache.store("thing.json", "key", {"writer": sys.argv[1], "much": "x" * 50_000})
    found = cache.load("thing.json", "key")
    assert found is not None and len(found["much"]) == 50_000, found
"""


def test_two_programs_may_write_one_entry(folder):
    running = [
        subprocess.Popen([sys.executable, "-c", WRITE, name], env={**os.environ})
        for name in ("first", "second")
    ]
    assert [program.wait() for program in running] == [0, 0]
    assert [file.name for file in folder.iterdir()] == ["thing.json"]


# --------------------------------------------------------------------------- fingerprints


def test_what_is_no_entry_neither_stops_the_sweep_nor_goes(entry, monkeypatch):
    monkeypatch.setattr(cache, "MOST_ENTRIES", 1)
    folder = entry.parent
    (folder / "of others").mkdir()
    (folder / "folder.json").mkdir()
    (folder / "dangling.json").symlink_to("nowhere")
    (folder / "read me.txt").write_text("")
    for file in folder.iterdir():
        os.utime(file, (1, 1), follow_symlinks=False)
    cache.store("new.json", KEY, VALUE)
    left = {file.name for file in folder.iterdir()}
    assert left == {"new.json", "of others", "folder.json", "dangling.json", "read me.txt"}


def test_folder_of_a_killed_player_goes_after_a_week(entry):
    days = {"mpv-1-1": 8, "mpv-2-1": 6, "mpv-mine": 8}
    for name, age in days.items():
        (entry.parent / name).mkdir()
        (entry.parent / name / "a.srt").write_text("")
        at = time.time() - age * 86_400
        os.utime(entry.parent / name, (at, at))
    cache.store("new.json", KEY, VALUE)
    assert [name for name in days if (entry.parent / name).exists()] == ["mpv-2-1", "mpv-mine"]


def test_fingerprint_tells_parts_apart():
    texts = ([b"ab", b"c"], [b"a", b"bc"], [b"abc"], [b"abc", b""], [b"", b"abc"])
    assert len({cache.fingerprint(parts) for parts in texts}) == len(texts)


def test_fingerprint_of_code_changes_with_its_text(tmp_path):
    def see():
        cache.fingerprint_code.cache_clear()
        return cache.fingerprint_code(str(tmp_path))

    (tmp_path / "module.py").write_text("a = 1\n")
    before = see()
    os.utime(tmp_path / "module.py", (0, 0))
    (tmp_path / "words.txt").write_text("one\n")
    assert see() == before
    (tmp_path / "module.py").write_text("a = 2\n")
    edited = see()
    (tmp_path / "module.py").rename(tmp_path / "other.py")
    assert len({before, edited, see()}) == 3


# -------------------------------------------------------------------------------- folders


@pytest.mark.skipif(sys.platform != "linux", reason="what platformdirs is asked for elsewhere")
@pytest.mark.parametrize("named", ["", "/somewhere", "/with space/"])
@pytest.mark.parametrize("kind", ["config", "cache"])
def test_folders_are_those_of_platformdirs(kind, named, monkeypatch):
    import platformdirs

    monkeypatch.setenv("XDG_CONFIG_HOME", named)
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    find = {"config": platformdirs.user_config_path, "cache": platformdirs.user_cache_path}[kind]
    assert user_folder(kind) == find("headnotes", appauthor=False)


def test_on_other_platforms_platformdirs_is_asked(monkeypatch, tmp_path):
    import platformdirs

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: tmp_path)
    assert user_folder("cache") == tmp_path


def test_relative_folder_is_none(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert user_folder("cache") is None


def test_account_without_home_has_no_folder(monkeypatch):
    def refuse():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", refuse)
    assert user_folder("cache") is None
    cache.store(NAME, KEY, VALUE)
    assert cache.load(NAME, KEY) is None
