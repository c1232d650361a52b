"""What is told of a later season keeps out of the earlier ones, and has a scene to stand in."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from headnotes.engine import Engine
from headnotes.recognition import Overrides
from headnotes.registry import Registry
from headnotes.reports.webannotation import render_webannotation
from headnotes.tracks import read_track

SAMPLES = Path(__file__).parents[2] / "subtitles" / "babylon-berlin"
TRACKS = sorted(SAMPLES.glob("*.srt"))
EARLY, LATE = ("S01", "S02"), ("S03", "S04")
FULL_LENGTH = ("S03E06", "S03E12", "S04E01", "S04E12")
LONG_SILENCE_MS, LONG_RUN_MS = 10_000, 120_000


@pytest.fixture(scope="module")
def outcomes():
    registry = Registry()
    engine = Engine(registry.topics, registry.works, registry)
    return [
        engine.annotate(
            read_track(file), overrides=Overrides(work="babylon-berlin", episode=file.name[:6])
        )
        for file in TRACKS
    ]


def notes_by_seasons(outcome, seasons):
    """Give the ids of the notes that are expected in these seasons alone."""
    return {
        f"{topic.id}/{note.id}"
        for topic in outcome.topics.values()
        for note in topic.notes
        if note.episodes and all(str(episode).startswith(seasons) for episode in note.episodes)
    }


def placed_in(outcomes, seasons):
    """Give a line for every note that stands in a sample of these seasons."""
    return {
        f"{annotation.topic}/{annotation.note.id}"
        for outcome in outcomes
        if outcome.track.name.startswith(seasons)
        for annotation in outcome.annotations
    }


@pytest.mark.parametrize(
    ("expected", "spoken"), [(LATE, EARLY), (EARLY, LATE)], ids=["late", "early"]
)
def test_notes_keep_to_their_own_seasons(outcomes, expected, spoken):
    assert notes_by_seasons(outcomes[0], expected) & placed_in(outcomes, spoken) == set()


@pytest.mark.parametrize("tag", ["en", "de"])
def test_every_note_of_late_seasons_has_a_scene(outcomes, tag):
    spoken = [outcome for outcome in outcomes if outcome.track.name.endswith(f"{tag}.srt")]
    assert notes_by_seasons(outcomes[0], LATE) - placed_in(spoken, LATE) == set()


def silences_ms(cues):
    return [later.start_ms - earlier.end_ms for earlier, later in pairwise(cues)]


def runs(cues):
    """Cut the dialogue at its long silences."""
    found = [[cues[0]]]
    for cue, silence in zip(cues[1:], silences_ms(cues), strict=True):
        if silence >= LONG_SILENCE_MS:
            found.append([])
        found[-1].append(cue)
    return found


@pytest.mark.parametrize("tag", ["en", "de"])
@pytest.mark.parametrize("episode", FULL_LENGTH)
def test_full_samples_have_the_rhythm_of_drama(episode, tag):
    cues = read_track(SAMPLES / f"{episode}.{tag}.srt").cues
    silences = silences_ms(cues)
    long_runs = [run for run in runs(cues) if run[-1].end_ms - run[0].start_ms > LONG_RUN_MS]
    assert 450 <= len(cues) <= 800
    assert 15 <= sum(silence >= LONG_SILENCE_MS for silence in silences) <= 38
    assert sum(silence < 3_000 for silence in silences) / len(silences) >= 0.8
    assert sum(map(len, long_runs)) / len(cues) >= 0.5


@pytest.mark.parametrize("tag", ["en", "de"])
def test_passage_is_found_though_no_note_may_be_about_it(outcomes, tag):
    (found,) = (outcome for outcome in outcomes if outcome.track.name == f"S02E04.{tag}.srt")
    assert "jaenicke-murdered" in {passage.depiction for passage in found.passages}


def test_no_more_than_three_notes_stand_on_one_second(outcomes):
    for outcome in outcomes:
        starts = Counter(annotation.moment.start_ms // 1000 for annotation in outcome.annotations)
        assert max(starts.values(), default=0) <= 3


def test_every_quote_of_evidence_stands_in_its_cue(outcomes):
    quotes = 0
    for outcome in outcomes:
        lines = {cue.number: " ".join(cue.text.split()) for cue in outcome.track.cues}
        for annotation in outcome.annotations:
            for found in annotation.moment.evidence:
                # a phrase may run on into the next cue
                assert found.text in f"{lines[found.cue]} {lines.get(found.cue + 1)}"
                quotes += 1
    assert quotes > 300


def test_every_quote_of_web_annotations_is_found_in_its_file(outcomes):
    (page,) = render_webannotation(tuple(outcomes), "en").values()
    spoken = {
        f"./{outcome.track.name}": " ".join(
            " ".join(cue.text.split()) for cue in outcome.track.by_time
        )
        for outcome in outcomes
    }
    quotes = [
        (item["target"]["source"], selector)
        for item in json.loads(page)["items"]
        for selector in item["target"]["selector"]
        if selector["type"] == "TextQuoteSelector"
    ]
    assert len(quotes) > 300
    for file, quote in quotes:
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in spoken[file]
