"""Notes find their moments as well as they did before, in whatever guise a track comes."""

import re
import tomllib
from pathlib import Path

import pytest
from disguises import DISGUISES, disguise
from measure import annotations_elsewhere, measure

from headnotes.engine import Engine
from headnotes.recognition import FileHints, Overrides
from headnotes.registry import Registry
from headnotes.tracks import parse_track

HERE = Path(__file__).parent
REACHED = tomllib.loads((HERE / "reached.toml").read_text(encoding="utf-8"))
SAMPLES = HERE.parents[1] / "subtitles" / "babylon-berlin"
EPISODE = "S01E04"


@pytest.fixture(scope="module")
def tallies():
    return measure()


@pytest.fixture(scope="module")
def engine():
    registry = Registry()
    return Engine(registry.topics, registry.works, registry)


@pytest.mark.parametrize("half", ["tuned", "held"])
@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_recall_keeps_what_was_reached(tallies, half, difficulty):
    assert tallies[half].recall(difficulty) >= REACHED[half][difficulty]


@pytest.mark.parametrize("half", ["tuned", "held"])
def test_precision_keeps_what_was_reached(tallies, half):
    assert tallies[half].precision >= REACHED[half]["right_scene"]


@pytest.mark.parametrize("half", ["tuned", "held"])
def test_moments_stand_close_to_what_they_are_about(tallies, half):
    assert tallies[half].distance(0.5) == 0
    assert tallies[half].distance(0.95) <= 15


def test_other_works_get_no_note():
    assert annotations_elsewhere() == []


def scenes_by_note(engine, data, name, share=(0.0, 1.0)):
    """Give for each verdict note the scene it stands in, as a share of the whole film."""
    track = parse_track(data, name)
    overrides = Overrides(work="babylon-berlin", episode=EPISODE)
    outcome = engine.annotate(track, FileHints(names=(name,)), overrides)
    first, last = share
    length_ms = max(track.duration_ms, 1)
    return {
        one.note.id: first + (last - first) * one.moment.start_ms / length_ms
        for one in outcome.annotations
        if one.note.kind == "verdict"
    }


@pytest.mark.parametrize("guise", sorted(DISGUISES))
def test_same_notes_stand_on_the_same_scenes_in_any_guise(engine, guise):
    plain = (HERE / f"{EPISODE}.en.srt").read_text(encoding="utf-8")
    expected = scenes_by_note(engine, plain.encode(), "plain.srt")
    # A film cut in two may show a note of one half in the other, too; it must be in its own.
    found = [
        scenes_by_note(engine, data, "guise.srt", share) for data, share in disguise(guise, plain)
    ]
    assert {note for part in found for note in part} == set(expected)
    assert all(
        min(abs(part.get(note, 2) - place) for part in found) < 0.05
        for note, place in expected.items()
    )


def test_other_language_tells_the_same_notes(engine):
    english, german = (
        set(scenes_by_note(engine, (SAMPLES / f"{EPISODE}.{tag}.srt").read_bytes(), "a.srt"))
        for tag in ("en", "de")
    )
    assert len(english & german) >= 0.8 * len(english | german)


def test_labels_lie_inside_their_tracks():
    labels = tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))["labels"]
    counts = {
        name: len(parse_track((HERE / name).read_bytes(), name).cues)
        for name in {label["track"] for label in labels}
    }
    wrong = [
        label
        for label in labels
        if not 1
        <= label["scene"][0]
        <= label["first_cue"]
        <= label["last_cue"]
        <= label["scene"][1]
        <= counts[label["track"]]
        or not re.fullmatch(r"D\d{3}|", label["depiction"])
    ]
    assert wrong == []
