"""What names of files and folders say, in the ways people write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.languages import all_languages
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
    "Babylon Berlin 1x04-1x06.srt": (1, (4, 5, 6), None),
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

# In the languages we read, with the number in each way that people write it.
WORDS = {
    "X Episode 2": (None, (2,)),
    "X.Part.2": (None, (2,)),
    "X 1of5": (None, (1,)),
    "X (2 of 6)": (None, (2,)),
    "X 7 of 5, 2 of 3": (None, (2,)),
    "X Season 1 - 04": (1, (4,)),
    "X.E02": (None, (2,)),
    "X ep 2": (None, (2,)),
    "X Part II": (None, (2,)),
    "X Part Two": (None, (2,)),
    "X Season 1 Part 2": (1, (2,)),
    "X Episodes 1 & 2": (None, (1, 2)),
    "X.S02.Folge.3": (2, (3,)),
    "X Staffel 2 Folge 1-3": (2, (1, 2, 3)),
    "X 2. Staffel, 3. Folge": (2, (3,)),
    "X.Teil.2.von.3": (None, (2,)),
    "X Teil IV": (None, (4,)),
    "X saison 1 épisode 2": (1, (2,)),
    "X 2e partie": (None, (2,)),
    "X temporada 3 capitulo 2": (3, (2,)),
    "X 3ª temporada episódio 2": (3, (2,)),
    "X.Cap.102": (1, (2,)),
    "X 1 de 5": (None, (1,)),
    "X stagione 1 puntata 2": (1, (2,)),
    "X sezon 1 odc. 2": (1, (2,)),
    "X seizoen 1 aflevering 2": (1, (2,)),
    "X 2 серия": (None, (2,)),
    "X 1 сезон 3 серия": (1, (3,)),
    "X сезон 1 серия 3": (1, (3,)),
    "X 2-я серия": (None, (2,)),
    "X сезон 1 серія 2": (1, (2,)),
    "X 1. série 2. díl": (1, (2,)),
    "X sezon 1 bolum 2": (1, (2,)),
    "X 2. Bölüm": (None, (2,)),
    "X الموسم ١ الحلقة ٢": (1, (2,)),
    "X עונה 1 פרק 2": (1, (2,)),
    "X第2季第3集": (2, (3,)),
    "X.第二集": (None, (2,)),
    "X第二十三集": (None, (23,)),
    "X第十集": (None, (10,)),
    "X 第2シーズン 第3話": (2, (3,)),
    "X 第１２話": (None, (12,)),
    "X 제2화": (None, (2,)),
}

NONE = ("Part of Me", "The Departed 1080p", "Teilchen 3000", "X (2012)", "第集")


@pytest.mark.parametrize(("path", "said"), EPISODES.items(), ids=EPISODES)
def test_names_tell_episode_and_language(path, said):
    name = read_file_name(Path(path))
    assert (name.season, name.episodes, name.language) == said


@pytest.mark.parametrize(("name", "said"), WORDS.items(), ids=WORDS)
def test_numbers_stand_beside_words_of_any_language(name, said):
    read = read_file_name(Path(f"{name}.srt"))
    assert (read.season, read.episodes) == said


@pytest.mark.parametrize("name", NONE)
def test_a_word_without_its_number_is_no_episode(name):
    assert read_file_name(Path(f"{name}.srt")).episodes == ()


@pytest.mark.parametrize("language", all_languages(), ids=lambda language: language.tag)
def test_every_form_of_every_language_is_read(language):
    for form in language.numbering.seasons:
        assert read_file_name(Path(f"X {form.replace('#', '3')}.srt")).season == 3
    for form in language.numbering.episodes:
        name = form.replace("#", "3", 1).replace("#", "8")
        assert read_file_name(Path(f"X {name}.srt")).episodes == (3,)


@given(st.integers(1, 39))
def test_roman_numerals_after_a_word_are_read(number):
    tens, ones = divmod(number, 10)
    roman = "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
    assert read_file_name(Path(f"Y Part {roman}.srt")).episodes == (number,)


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3))
def test_no_name_is_too_strange(parts):
    name = read_file_name(Path(*parts))
    assert all(number >= 0 for number in name.episodes)


@given(st.text("第集季話部一二十〇ivxIVX012389٣-+& ._ofFolge", max_size=30))
def test_no_number_is_too_strange(name):
    read = read_file_name(Path("x", f"y {name}.srt"))
    assert all(number >= 0 for number in read.episodes)
    assert read.season is None or read.season >= 0
