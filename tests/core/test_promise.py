"""What was promised to plugins and files of earlier versions holds: `promised/` still runs."""

from pathlib import Path

import pytest

import headnotes
from headnotes import Choice, Headnotes

PROMISED = Path(__file__).parent / "promised"
TRACK = (
    "SECONDS\n"
    "3 Corvin Ashgrove! Station Master Ulmt wants you in Ulmtford.\n"
    "never this line has no time\n"
    "10 The lamp is out, and the express is due.\n"
    "13 Then take the flag, and stop it by hand.\n"
    "40 Set the signal to danger.\n"
)


@pytest.fixture
def old_plugin(monkeypatch, tmp_path):
    """Install the plugin of version 0.2 beside ours."""
    monkeypatch.syspath_prepend(PROMISED)
    monkeypatch.syspath_prepend(tmp_path)
    info = tmp_path / "headnotes_promised-0.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: promised\nVersion: 0.2\n")
    (info / "entry_points.txt").write_text("[headnotes]\npromised = headnotes_promised\n")


def test_plugin_of_version_0_2_answers_every_hook(old_plugin):
    notes = Headnotes(plugins=["promised"])
    assert notes.issues == ()
    track = notes.read(TRACK.encode(), "the.signal.box.s01e01.seconds")
    assert (track.format, len(track.cues), len(track.repairs)) == ("seconds", 4, 1)
    outcome = notes.annotate(track)
    found = {entry.note.id: entry.moment.first_cue for entry in outcome.annotations}
    assert found == {"by-words": 2, "by-code": 4}
    assert "[TRUE] A red flag by day" in notes.write(outcome, profile="lines")
    assert notes.report([outcome], form="tally") == {
        "tally.txt": "the.signal.box.s01e01.seconds S01E01 promised/by-words\n"
        "the.signal.box.s01e01.seconds S01E01 promised/by-code\n"
    }


def test_topic_of_the_first_edition_is_read(old_plugin, tmp_path):
    folder = tmp_path / "topics"
    folder.mkdir()
    (folder / "topic.toml").write_bytes((PROMISED / "first_edition.toml").read_bytes())
    notes = Headnotes(plugins=["promised"], topics=["first-edition"], folders=[folder])
    assert notes.issues == ()
    outcome = notes.annotate(notes.read(TRACK.encode(), "the.signal.box.s01e01.seconds"))
    assert [entry.note.id for entry in outcome.annotations] == ["judged"]


def test_program_of_the_next_version_narrows_a_report(old_plugin):
    """In words of its own: `choice` of `Headnotes.report` came after 0.2."""
    notes = Headnotes(plugins=["promised"])
    outcome = notes.annotate(notes.read(TRACK.encode(), "the.signal.box.s01e01.seconds"))
    choice = Choice(topics=("promised",), verdicts=("accurate",), min_weight=1, seen="all")
    assert notes.report([outcome], form="tally", choice=choice) == {
        "tally.txt": "the.signal.box.s01e01.seconds S01E01 promised/by-words\n"
    }


NAMES_OF_0_2 = """
Anchor Annotation Cases Citation Claim Correction Cue Depiction Episode EpisodeId Evidence Headnote
Headnotes HeadnotesError Issue LeftOut Moment Note NoteText Outcome Passage Plan PluginError Profile
Question Rating Reason Report Scene Schedule Source TermError Topic TopicError Track TrackError
TrackFormat Unplaced UsageError Wishes Work WorkEpisode __version__ hookimpl
"""


@pytest.mark.parametrize("name", NAMES_OF_0_2.split())
def test_public_name_of_version_0_2_is_still_there(name):
    assert name in headnotes.__all__
    assert hasattr(headnotes, name)
