import pytest

NOTE = "women-on-the-balcony"


@pytest.fixture
def episode(world, sample):
    world.write({"Babylon.Berlin.S01E04.en.srt": sample("S01E04.en.srt")})
    return world


@pytest.mark.parametrize("written", ["S01E04", "s1e4", "1x04"])
def test_episode_may_be_written_as_people_do(episode, written):
    finished = episode.run("explain", "Babylon.Berlin.S01E04.en.srt", NOTE, "--episode", written)
    assert finished.status == 0
    assert "babylon-berlin S01E04, by file name" in finished.out


def test_what_is_no_episode_is_refused_in_a_line(episode):
    finished = episode.run("explain", "Babylon.Berlin.S01E04.en.srt", "--episode", "four")
    assert finished.status == 2
    assert "'four' is not an episode; write it as S01E04" in finished.err


def test_unknown_note_is_refused_with_a_near_name(episode):
    finished = episode.run("explain", "Babylon.Berlin.S01E04.en.srt", "women-on-a-balcony")
    assert finished.status == 2
    assert f"did you mean '{NOTE}'?" in finished.err
