"""What names of files and folders say, in the ways people write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.tracks.release_names import read_file_name

EPISODES = {
    "Babylon.Berlin.S01E04.1080p.de.srt": (1, (4,), "de"),
    "Babylon Berlin - 1x04.ger.srt": (1, (4,), "de"),
    "Babylon Berlin/Season 2/e03.en.sdh.srt": (2, (3,), "en"),
    "Babylon Berlin/Staffel 2/Folge 3.srt": (2, (3,), None),
    "babylon-berlin/S01E04.en.srt": (1, (4,), "en"),
    "Babylon.Berlin.S01E01E02.srt": (1, (1, 2), None),
    "Babylon.Berlin.S01E01-E03.srt": (1, (1, 2, 3), None),
    "Babylon.Berlin.S01E01-02.720p.srt": (1, (1, 2), None),
    "Babylon Berlin S1E1 & S1E2.srt": (1, (1, 2), None),
    "Babylon Berlin 1x01-02.srt": (1, (1, 2), None),
    "Babylon Berlin 1x01-1X03.srt": (1, (1, 2, 3), None),
    "Babylon Berlin 1x04x05.srt": (1, (4, 5), None),
    "Babylon.Berlin.S01E04-720p.WEB.srt": (1, (4,), None),
    "Babylon.Berlin.Season.1.Episode.4.srt": (1, (4,), None),
    "Babylon Berlin Folge 12.de.srt": (None, (12,), "de"),
    "Babylon Berlin - 09.srt": (None, (9,), None),
    "[Gruppe] Babylon Berlin - 05 [1080p].ass": (None, (5,), None),
    "Babylon Berlin (2017) - S01E04 - Folge 4 [Bluray-1080p].pt-BR.srt": (1, (4,), "pt"),
    "Babylon.Berlin.S01/Babylon.Berlin.E04.srt": (1, (4,), None),
    "Babylon.Berlin.S01E04.1080p/2_German.srt": (1, (4,), "de"),
    "Babylon Berlin/Staffel 1/04 - Titel.de.srt": (1, (4,), "de"),
    "Babylon Berlin/Staffel 1/04.de.srt": (1, (4,), "de"),
    "Babylon.Berlin.S01E04.GERMAN.1080p.WEB.x264-ABC.srt": (1, (4,), "de"),
    "Sendung.S01E01.It.Is.Over.srt": (1, (1,), None),
    "Metropolis.1927.1080p.de.srt": (None, (), "de"),
    "captions.en.vtt": (None, (), "en"),
    "Babylon Berlin 109.srt": (1, (9,), None),
}


@pytest.mark.parametrize(("path", "said"), EPISODES.items(), ids=EPISODES)
def test_names_tell_episode_and_language(path, said):
    name = read_file_name(Path(path))
    assert (name.season, name.episodes, name.language) == said


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3))
def test_no_name_is_too_strange(parts):
    name = read_file_name(Path(*parts))
    assert all(number >= 0 for number in name.episodes)
