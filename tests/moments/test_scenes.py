"""Collections of scenes become episodes, whoever writes them and whatever they are called."""

from collections import Counter
from itertools import chain, cycle, islice

import pytest
from rhythm import DIFFICULTIES, measure_rhythm
from scenes import (
    DEPICTIONS,
    LEAST_CUES,
    MOST_CUES,
    SCENES,
    count_rounds,
    find_collections,
    read_collection,
)
from variants import VARIANTS, make_samples, make_source

LABELS = ("D001", "D002", "D003", "D004", "D005")
"""Of the first episode; the last plays in six."""


def write(folder, name, *, count=4):
    """Write a collection of some labels, each scene telling which it is."""
    difficulties = list(islice(cycle(DIFFICULTIES), count))
    scenes = [
        f"== {label} {difficulty}\nThis is {label} {at}.\nIt goes on.\n"
        for label in LABELS
        for at, difficulty in enumerate(difficulties)
    ]
    scenes += ["== private\nGood morning.\n", "== near-miss\nA train, madam?\n"]
    (folder / name).write_text("\n".join(scenes), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    read_collection.cache_clear()
    write(tmp_path, "closed.en.txt")
    return tmp_path


def find_marked(samples):
    """Return which scenes play in some files."""
    lines = chain.from_iterable(sample.track.lines for sample in samples)
    return {line.text for line in lines if line.text.startswith("This is")}


def test_a_collection_is_a_set_by_its_name(folder):
    assert find_collections(folder) == {"closed": ["en"]}
    source = make_source("closed", folder)
    assert source.tags == ["en"]
    assert source.is_labelled
    assert "S01E01" in source.episodes


def test_an_episode_shows_one_scene_of_each_thing_expected_there(folder):
    sample = make_samples("drama", make_source("closed", folder))[0]
    shown = [label.depiction for label in sample.track.labels if label.depiction]
    assert sorted(shown) == sorted(LABELS)
    first = next(label for label in sample.track.labels if label.depiction)
    assert first.depiction in sample.track.lines[first.first_cue - 1].text


def test_every_scene_plays_where_all_are_made(folder):
    source = make_source("closed", folder, is_whole=True)
    assert len(find_marked(make_samples("drama", source))) == len(LABELS) * 4


def test_what_is_expected_in_more_episodes_than_it_has_scenes_plays_in_some(folder):
    samples = make_samples("drama", make_source("closed", folder))
    shown = [
        label.depiction
        for sample in samples
        for label in sample.track.labels
        if label.depiction == "D005"
    ]
    assert 1 <= len(shown) <= 4


def test_the_same_file_is_made_every_time(folder):
    one, other = (make_samples("drama", make_source("closed", folder)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_can_be_made_of_a_collection(folder, variant):
    make_samples(variant, make_source("closed", folder))


def test_scene_without_a_difficulty_is_refused(tmp_path):
    path = tmp_path / "open.en.txt"
    path.write_text("== D001\nWhere to?\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'D001' has no difficulty"):
        read_collection(path)


@pytest.mark.parametrize("path", sorted(SCENES.glob("open.*.txt")), ids=lambda path: path.stem)
def test_open_collections_hold_every_depiction_at_every_difficulty(path):
    scenes = read_collection(path).scenes
    assert set(scenes) == set(DEPICTIONS.values())
    assert all({part.difficulty for part in own} == {*DIFFICULTIES} for own in scenes.values())
    assert count_rounds(read_collection(path)) == 4


UNSEEN = {"social-democrats-unspoken", "where-the-gold-was"}
"""What the series speaks around, so that it has no scene of its own."""


@pytest.mark.parametrize("path", sorted(SCENES.glob("closed.*.txt")), ids=lambda path: path.stem)
def test_closed_collections_hold_two_scenes_of_every_depiction_of_every_difficulty(path):
    scenes = read_collection(path).scenes
    assert set(scenes) == {*DEPICTIONS.values()} - UNSEEN
    assert all(len(own) >= 2 for own in scenes.values())
    written = Counter(part.difficulty for own in scenes.values() for part in own)
    assert written["medium"] >= max(written["easy"], written["hard"])
    assert min(written.values()) >= 40


def test_episodes_of_a_collection_have_the_rhythm_of_drama():
    for sample in make_samples("drama", make_source("open")):
        rhythm = measure_rhythm(sample.track)
        assert LEAST_CUES - 20 <= rhythm["cues"] <= MOST_CUES + 2
        assert 15 <= rhythm["silences"] <= 45
        assert rhythm["short_gaps"] >= 0.7
