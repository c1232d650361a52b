"""What a run does not use is neither compiled nor imported."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from headnotes import cache
from headnotes.lazy import lazy_pattern

SAMPLE = Path(__file__).parents[2] / "subtitles" / "babylon-berlin" / "S01E04.en.srt"
UNUSED = {"attr", "cattrs", "chardet", "difflib", "fractions", "guessit", "jinja2", "locale",
          "rich", "shlex", "shutil", "textwrap", "tomli"}  # fmt: skip


def test_pattern_is_compiled_when_first_used_and_once(monkeypatch):
    compiled = []
    compile_ = re.compile

    def note(*written):
        compiled.append(written)
        return compile_(*written)

    monkeypatch.setattr(re, "compile", note)
    pattern = lazy_pattern(r"s(\d+)", re.IGNORECASE)
    assert compiled == []
    assert [pattern.findall(text) for text in ("S1 s22", "none")] == [["1", "22"], []]
    assert len(compiled) == 1
    assert pattern.pattern == r"s(\d+)"
    with pytest.raises(AttributeError, match="search_all"):
        _ = pattern.search_all  # type: ignore[attr-defined]  # what is tested


def test_second_run_over_an_episode_does_without_what_only_the_first_needs(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    code = (
        "import sys; from headnotes.cli import run;"
        "status = run(['annotate', '-q', '-o', sys.argv[1], sys.argv[2]]);"
        f"print(status, sorted({UNUSED!r} & {{*sys.modules}}))"
    )
    # an installed wheel brings what the first run of others makes
    first = "0 []\n" if cache.BROUGHT.is_dir() else "tomli"
    for expected in (first, "0 []\n"):
        command = [sys.executable, "-c", code, tmp_path / "out", SAMPLE]
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert expected in answer


def test_process_ends_at_once_and_loses_nothing(tmp_path):
    code = (
        "import atexit, sys; from headnotes.cli import main;"
        "atexit.register(print, 'registered');"
        "sys.stdout.write('written, ');"
        "sys.argv = ['headnotes', *sys.argv[1:]]; main()"
    )
    for argument, status in (("--version", 0), ("--nonsense", 2)):
        answer = subprocess.run(
            [sys.executable, "-c", code, argument], capture_output=True, text=True, check=False
        )
        assert answer.returncode == status
        assert answer.stdout.startswith("written, ")
        assert answer.stdout.endswith("registered\n")
    assert "--nonsense" in answer.stderr


def test_completion_ends_as_well(monkeypatch):
    monkeypatch.setenv("_HEADNOTES_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "headnotes an")
    monkeypatch.setenv("COMP_CWORD", "1")
    code = "import sys; from headnotes.cli import main; sys.argv = ['headnotes']; main()"
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert answer == "plain,annotate\n"


def test_process_with_a_thread_at_work_ends_when_that_has_ended():
    code = (
        "import sys, threading, time; from headnotes.cli import main;"
        "threading.Thread(target=lambda: (time.sleep(0.3), print('done'))).start();"
        "sys.argv = ['headnotes', '--version']; main()"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.endswith("done\n")
