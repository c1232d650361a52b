"""What names of files and folders say, in the ways people write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.tracks.release_names import read_file_name

BB = "babylon berlin"
EPISODES = {
    "Babylon.Berlin.S01E04.1080p.de.srt": (BB, 1, (4,), "de"),
    "Babylon Berlin - 1x04.ger.srt": (BB, 1, (4,), "de"),
    "Babylon Berlin/Season 2/e03.en.sdh.srt": (BB, 2, (3,), "en"),
    "Babylon Berlin/Staffel 2/Folge 3.srt": (BB, 2, (3,), None),
    "babylon-berlin/S01E04.en.srt": (BB, 1, (4,), "en"),
    "Babylon.Berlin.S01E01E02.srt": (BB, 1, (1, 2), None),
    "Babylon.Berlin.S01E01-E03.srt": (BB, 1, (1, 2, 3), None),
    "Babylon.Berlin.S01E01-02.720p.srt": (BB, 1, (1, 2), None),
    "Babylon Berlin S1E1 & S1E2.srt": (BB, 1, (1, 2), None),
    "Babylon Berlin 1x01-02.srt": (BB, 1, (1, 2), None),
    "Babylon.Berlin.S01E04-720p.WEB.srt": (BB, 1, (4,), None),
    "Babylon.Berlin.Season.1.Episode.4.srt": (BB, 1, (4,), None),
    "Babylon Berlin Folge 12.de.srt": (BB, None, (12,), "de"),
    "Babylon Berlin - 09.srt": (BB, None, (9,), None),
    "[Gruppe] Babylon Berlin - 05 [1080p].ass": (BB, None, (5,), None),
    "Babylon Berlin (2017) - S01E04 - Folge 4 [Bluray-1080p].pt-BR.srt": (BB, 1, (4,), "pt"),
    "Babylon.Berlin.S01/Babylon.Berlin.E04.srt": (BB, 1, (4,), None),
    "Babylon.Berlin.S01E04.1080p/2_German.srt": (BB, 1, (4,), "de"),
    "Babylon Berlin/Staffel 1/04 - Titel.de.srt": (BB, 1, (4,), "de"),
    "Babylon Berlin/Staffel 1/04.de.srt": (BB, 1, (4,), "de"),
    "Babylon.Berlin.S01E04.GERMAN.1080p.WEB.x264-ABC.srt": (BB, 1, (4,), "de"),
    "Sendung.S01E01.It.Is.Over.srt": ("sendung", 1, (1,), None),
    "Metropolis.1927.1080p.de.srt": ("metropolis", None, (), "de"),
    "captions.en.vtt": ("captions", None, (), "en"),
    "Babylon Berlin 109.srt": (BB, 1, (9,), None),
}


@pytest.mark.parametrize(("path", "said"), EPISODES.items(), ids=EPISODES)
def test_names_tell_title_episode_and_language(path, said):
    name = read_file_name(Path(path))
    assert (name.title, name.season, name.episodes, name.language) == said


def test_titles_of_folders_stand_behind_the_own():
    name = read_file_name(Path("Fernsehen/Babylon Berlin (2017)/Season 1/Pilot.S01E01.srt"))
    assert name.titles == ("pilot", "babylon berlin", "fernsehen")


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("A.S01E01.srt", "file name"),
        ("A.S01E01/2_German.srt", "folder name"),
        ("Babylon Berlin 109.srt", "guessit"),
        ("A.srt", ""),
    ],
)
def test_name_says_who_told_the_episode(path, how):
    assert read_file_name(Path(path)).how == how


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3))
def test_no_name_is_too_strange(parts):
    name = read_file_name(Path(*parts))
    assert all(number >= 0 for number in name.episodes)
