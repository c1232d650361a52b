"""What languages are called in file names and containers."""

import pytest

from headnotes.languages import (
    all_languages,
    container_code,
    find_language,
    names_language,
    read_language,
)


@pytest.mark.parametrize(
    ("stem", "language", "flags"),
    [
        ("A.en.sdh", "en", {"sdh"}),
        ("A.en.cc", "en", {"sdh"}),
        ("A.forced.de", "de", {"forced"}),
        ("A.en.hi", "en", {"sdh"}),
        ("A.hi", "hi", set()),
        ("A.pt-BR", "pt", set()),
        ("A.zh-Hans", "zh", set()),
        ("A.Deutsch", "de", set()),
        ("A [English]", "en", set()),
        ("A.eng.1080p", "en", set()),
        ("De.It.No", "no", set()),
        ("Ich bin es nicht", None, set()),
    ],
)
def test_end_of_name_tells_language_and_flags(stem, language, flags):
    assert read_language(stem.lower()) == (language, flags)


@pytest.mark.parametrize("data", all_languages(), ids=lambda data: data.tag)
def test_every_word_of_a_language_means_it_alone(data):
    words = (data.tag, *data.codes, *data.names)
    assert {find_language(word) for word in words} == {data.tag}
    assert all(word == word.lower() for word in words)


@pytest.mark.parametrize(
    ("language", "code"), [("de", "ger"), ("de-AT", "ger"), ("fr", "fre"), ("xx", "xx")]
)
def test_containers_get_the_bibliographic_code(language, code):
    assert container_code(language) == code


@pytest.mark.parametrize(
    ("word", "language", "names"),
    [
        ("de", "de", True),
        ("de-AT", "de", True),
        ("ger", "de-AT", True),
        ("Deutsch", "de", True),
        ("en", "de", False),
        ("xx", "xx", True),
    ],
)
def test_part_of_a_name_may_stand_for_a_language(word, language, names):
    assert names_language(word, language) == names
