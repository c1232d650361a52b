import pytest

from headnotes.languages import all_languages, language_data, opens_by_denying

EXAMPLES = [
    (data.tag, line, is_good)
    for data in all_languages()
    if data.openings
    for is_good, lines in ((True, data.openings.good), (False, data.openings.bad))
    for line in lines
]


@pytest.mark.parametrize(("language", "line", "is_good"), EXAMPLES)
def test_rule_of_a_language_keeps_to_its_examples(language, line, is_good):
    assert opens_by_denying(line, language) == is_good


@pytest.mark.parametrize("language", ["en", "de"])
def test_rule_has_examples_of_both_kinds(language):
    openings = language_data(language).openings
    assert len(openings.good) >= 4
    assert len(openings.bad) >= 4


def test_correction_stands_in_the_first_five_words():
    assert opens_by_denying("By some three years too early: it began in 1932", "en") is False
    assert opens_by_denying("Some three years too early: it began in 1932", "en") is True


@pytest.mark.parametrize("line", ["Notable men met", "Nobel won it", "“Not” was the word"])
def test_whole_words_count(line):
    assert opens_by_denying(line, "en") == line.startswith("“")


def test_language_without_a_rule_holds_no_line_to_one():
    assert opens_by_denying("Verðirnir voru vopnaðir", "xx") is None
