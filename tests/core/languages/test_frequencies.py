import pytest

from headnotes.languages import RAREST_ZIPF, has_frequencies, rarest_zipf, stop_words, zipf_of


@pytest.mark.parametrize(("word", "language"), [("the", "en"), ("und", "de"), ("war", "de")])
def test_words_of_every_scene_are_stop_words(word, language):
    assert zipf_of(word, language) >= 6.5
    assert word in stop_words(language)


def test_stop_word_of_one_language_says_something_in_another():
    assert "war" not in stop_words("en")
    assert stop_words("xx") == frozenset()


def test_language_without_a_table_takes_the_commonest_reading_of_those_assumed():
    assert zipf_of("die", "xx") == zipf_of("die", None)
    assert not has_frequencies("xx")


def test_rare_words_tell_more_than_common_ones():
    assert zipf_of("phosgene", "en") == RAREST_ZIPF
    assert zipf_of("phosgene", "en") < zipf_of("balcony", "en") < zipf_of("police", "en")


def test_unknown_language_takes_the_commonest_reading():
    assert zipf_of("die", None) == max(zipf_of("die", "en"), zipf_of("die", "de"))


def test_word_is_looked_up_whole():
    assert zipf_of("olice", "en") == RAREST_ZIPF


@pytest.mark.parametrize(("language", "end"), [("en", 3.5), ("fr", 3.4), ("ru", 2.7), ("xx", 3.5)])
def test_table_ends_where_little_of_running_text_is_left(language, end):
    assert rarest_zipf(language) == end
    assert zipf_of("qqqq", language) == end
