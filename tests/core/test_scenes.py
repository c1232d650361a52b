from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import Cue
from headnotes.scenes import SILENCE_MS, find_scenes


def cue(start_ms, end_ms, **more):
    return Cue(number=1, start_ms=start_ms, end_ms=end_ms, text="", spoken="", raw="", **more)


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
