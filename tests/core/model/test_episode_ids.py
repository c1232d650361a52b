import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import EpisodeId, Note, WorkEpisode

NUMBERS = st.integers(0, 9999)


@pytest.mark.parametrize("text", ["S01E04", "s1e4", "S1E4", "1x04", "01X4", " S0001E0004 "])
def test_every_way_of_writing_an_episode_names_it(text):
    assert EpisodeId.parse(text) == EpisodeId(1, 4)


@pytest.mark.parametrize(
    "text",
    ["", "4", "S01", "E04", "S01E", "SxxEyy", "S01E04E05", "1-4", "S٠١E٠٤", "S12345E1", "later"],
)
def test_anything_else_is_no_episode(text):
    with pytest.raises(ValueError, match="is not an episode"):
        EpisodeId.parse(text)


@given(st.builds(EpisodeId, NUMBERS, NUMBERS))
def test_what_is_written_is_read_again(episode):
    assert EpisodeId.parse(str(episode)) == episode
    assert EpisodeId.parse(f"{episode.season}x{episode.number}") == episode


@given(st.lists(st.tuples(NUMBERS, NUMBERS)))
def test_episodes_come_by_season_then_by_number(pairs):
    episodes = sorted(EpisodeId(*pair) for pair in pairs)
    assert [(episode.season, episode.number) for episode in episodes] == sorted(pairs)


def test_episode_is_written_with_two_digits_or_more():
    assert [str(EpisodeId(1, 4)), str(EpisodeId(12, 104))] == ["S01E04", "S12E104"]


def test_values_made_in_code_may_name_episodes_as_text():
    note = Note(id="n", texts={}, citations=(), episodes=("S01E04", "1x5"), spoiler="S02E08")
    assert note.episodes == (EpisodeId(1, 4), EpisodeId(1, 5))
    assert (note.spoiler, WorkEpisode(id="S01E01").id) == (EpisodeId(2, 8), EpisodeId(1, 1))
