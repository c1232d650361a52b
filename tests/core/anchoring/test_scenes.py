import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.anchoring import SILENCE_MS, find_scenes
from headnotes.model import Cue, Scene


def cue(start_ms, end_ms):
    return Cue(number=1, start_ms=start_ms, end_ms=end_ms, text="", spoken="", raw="")


@st.composite
def timed_cues(draw):
    starts = sorted(draw(st.lists(st.integers(0, 600_000), max_size=30)))
    return [cue(start, start + draw(st.integers(0, 30_000))) for start in starts]


@given(timed_cues())
def test_every_cue_is_in_one_scene(cues):
    scenes = find_scenes(cues)
    inside = [at for one in scenes for at in range(one.first_cue, one.last_cue + 1)]
    assert inside == list(range(len(cues)))


@given(timed_cues())
def test_scenes_stand_apart_by_a_silence(cues):
    scenes = find_scenes(cues)
    assert all(
        after.start_ms - before.end_ms >= SILENCE_MS
        for before, after in zip(scenes, scenes[1:], strict=False)
    )


def test_long_cue_hides_no_silence_after_it():
    cues = [cue(0, 60_000), cue(1_000, 2_000), cue(61_000, 62_000), cue(75_000, 76_000)]
    assert [(one.first_cue, one.last_cue) for one in find_scenes(cues)] == [(0, 2), (3, 3)]


@pytest.mark.parametrize(("silence_ms", "count"), [(9_999, 1), (10_000, 2)])
def test_silence_of_ten_seconds_ends_a_scene(silence_ms, count):
    assert len(find_scenes([cue(0, 1_000), cue(1_000 + silence_ms, 20_000)])) == count


def test_scene_is_its_cues_by_time():
    cues = [cue(3_000, 9_000), cue(4_000, 5_000), cue(30_000, 31_000)]
    assert find_scenes(cues) == (
        Scene(number=1, start_ms=3_000, end_ms=9_000, first_cue=0, last_cue=1),
        Scene(number=2, start_ms=30_000, end_ms=31_000, first_cue=2, last_cue=2),
    )


def test_late_first_cue_begins_the_first_scene():
    assert len(find_scenes([cue(60_000, 61_000)])) == 1
    assert find_scenes([]) == ()


def test_silence_counts_from_the_very_start():
    assert len(find_scenes([cue(0, 0), cue(10_000, 11_000)])) == 2
