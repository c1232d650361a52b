"""What commands print, and where it goes, when it is not the plainest case."""

import json

import pytest

from headnotes.cli import printing
from headnotes.cli import report as report_command

TRACK = "Babylon.Berlin.S01E04.en.srt"
LONG = "1\n00:00:01,000 --> 00:00:01,200\n[FALSE]" + " A line far too long to be read." * 3 + "\n\n"


@pytest.fixture
def episode(world, sample):
    world.write({TRACK: sample("S01E04.en.srt")})
    return world


def test_report_into_a_file_is_that_file_alone(episode):
    finished = episode.run("report", TRACK, "--format", "md", "-o", "made.md")
    assert (finished.status, finished.out) == (0, "")
    assert finished.lines == ["headnotes: report in made.md"]
    assert episode.files()["made.md"].startswith(b"# ")


@pytest.mark.parametrize("is_colored", [True, False], ids=["colours", "no-colours"])
def test_report_on_a_terminal_has_its_width_and_colours(episode, monkeypatch, is_colored):
    monkeypatch.setattr(report_command, "is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if not is_colored:
        monkeypatch.setenv("NO_COLOR", "1")
    printed = episode.run("report", TRACK).out
    assert ("\x1b[" in printed) is is_colored


def test_lint_gives_findings_as_data_and_names_what_it_cannot_read(world):
    world.write({"long.en.srt": LONG, "empty.en.srt": b"\x00\x01"})
    finished = world.run("lint", "long.en.srt", "empty.en.srt", "--format", "json")
    findings = json.loads(finished.out)
    assert finished.status == 1
    assert [(one["file"], one["line"], one["rule"]) for one in findings] == [
        ("long.en.srt", 1, rule) for rule in ("N1", "N1", "N1", "N2")
    ]
    assert [line for line in finished.lines if "empty.en.srt" in line] != []
    assert finished.lines[-1] == f"headnotes: 1 track(s), {len(findings)} violation(s)"


def test_lint_of_nothing_readable_is_wrong_use(world):
    world.write({"empty.en.srt": b"\x00\x01"})
    assert world.run("lint", "empty.en.srt").status == 2


def test_verbose_annotate_lists_repairs_and_what_is_left_out(episode, sample):
    episode.write({TRACK: sample("S01E04.en.srt").replace("00:00:0", "0:00:0", 1)})
    finished = episode.run("annotate", TRACK, "-v", "--density", "sparse", "-o", "out")
    assert finished.lines[0] == (
        f"headnotes: {TRACK}:2: the times '0:00:01,000 --> 00:00:05,000', "
        "read as 00:00:01,000 --> 00:00:05,000"
    )
    assert [line for line in finished.lines if ": left out " in line] != []


def test_verbose_annotate_names_tracks_that_it_passes_over(episode):
    episode.run("annotate", TRACK, "-o", "out")
    (made,) = [name for name in episode.files() if name.startswith("out/")]
    finished = episode.run("annotate", made, "-v", "-o", "again")
    assert [line for line in finished.lines if "already has headnotes; skipped" in line] != []


def test_explain_names_the_note_that_was_meant(episode):
    finished = episode.run("explain", TRACK, "women-on-the-balkony")
    assert finished.status == 2
    assert "did you mean 'women-on-the-balcony'" in finished.err


def test_bibliography_names_a_topic_that_cannot_be_read(world):
    world.write({"topics/bad/topic.toml": "format = 1\n"})
    finished = world.run("bibliography", "--topics-dir", "topics")
    assert [line for line in finished.lines if "bad/topic.toml" in line] != []
    assert finished.out != ""


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("left out at 0:13:32: a note", "headnotes: left out at 0:13:32: a\n  note\n"),
        ("x" * 22, f"headnotes: {'x' * 22}\n"),
        ("  pip install -e a-folder-with-a-name", None),
        ("x" * 60, f"headnotes:\n  {'x' * 60}\n"),
    ],
    ids=["between-words", "whole-width", "command", "long-word"],
)
def test_message_on_a_terminal_breaks_between_words(monkeypatch, capsys, line, shown):
    monkeypatch.setattr(printing, "is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", "33")
    printing.print_line(line)
    assert capsys.readouterr().err == (shown or f"headnotes: {line}\n")


def test_message_for_a_file_stays_one_line(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "33")
    printing.print_line("left out at 0:13:32: a note")
    assert capsys.readouterr().err == "headnotes: left out at 0:13:32: a note\n"
