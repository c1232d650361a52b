"""The script for mpv as it is written: where, running what, and with nothing left to fill in."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.profiles import MPV_SCHEMA
from headnotes.watch import find_scripts_folder, render_script
from headnotes.watch.keys import quote_lua


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"MPV_HOME": "/m", "XDG_CONFIG_HOME": "/x"}, "/m/scripts"),
        ({"XDG_CONFIG_HOME": "/x"}, "/x/mpv/scripts"),
        ({"XDG_CONFIG_HOME": "", "MPV_HOME": ""}, "/h/.config/mpv/scripts"),
        ({}, "/h/.config/mpv/scripts"),
    ],
    ids=["mpv's own", "settings of the desktop", "empty", "neither"],
)
def test_script_goes_where_mpv_looks_for_it(environment, folder, monkeypatch):
    monkeypatch.setenv("HOME", "/h")
    assert find_scripts_folder(environment) == Path(folder)


def test_script_runs_this_program_and_no_module_of_the_folder_it_starts_in():
    (program,) = re.findall(r"^local PROGRAM = \{ (.*) \}$", render_script(), re.MULTILINE)
    assert program == f'{quote_lua(sys.executable)}, "-P", "-m", "headnotes.cli"'


@pytest.mark.parametrize(("platform", "opener"), [("linux", "xdg-open"), ("darwin", "open")])
def test_pages_are_opened_by_what_the_system_has(platform, opener):
    assert f'browser = "{opener}" }}' in render_script(platform)


def test_script_is_marked_as_ours_and_whole():
    script = render_script()
    assert script.startswith("-- Made with Headnotes\n")
    assert f"local SCHEMA = {quote_lua(MPV_SCHEMA)}" in script
    assert re.findall(r"@\w+@", script) == []


PATHS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(PATHS)
def test_any_path_is_one_string_of_plain_characters(path):
    quoted = quote_lua(path)
    assert re.fullmatch(r'"([A-Za-z0-9/._\- ]|\\\d{3})*"', quoted, re.ASCII)
    raw = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1])), quoted[1:-1])
    assert raw.encode("latin-1") == os.fsencode(path)
