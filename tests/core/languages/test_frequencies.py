import pytest

from headnotes.languages import stop_words, zipf_of
from headnotes.languages.frequencies import RAREST_ZIPF


@pytest.mark.parametrize(("word", "language"), [("the", "en"), ("und", "de"), ("the", None)])
def test_words_of_every_scene_are_stop_words(word, language):
    assert zipf_of(word, language) > 6.5
    assert word in stop_words()


def test_rare_words_tell_more_than_common_ones():
    assert zipf_of("phosgene", "en") == RAREST_ZIPF
    assert zipf_of("phosgene", "en") < zipf_of("balcony", "en") < zipf_of("police", "en")


def test_unknown_language_takes_the_commonest_reading():
    assert zipf_of("die", None) == max(zipf_of("die", "en"), zipf_of("die", "de"))


def test_word_is_looked_up_whole():
    assert zipf_of("olice", "en") == RAREST_ZIPF
