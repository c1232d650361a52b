from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from headnotes.matching.folding import (
    find_words,
    fold_lookalikes,
    fold_spellings,
    fold_word,
    is_one_edit_apart,
    split_all,
    split_folded,
    split_words,
)

letters = st.text("abcdefgh", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Don't go, Gereon!", ["Don't", "go", "Gereon"], id="apostrophe"),
        pytest.param("der Polizei-\npräsident", ["der", "Polizeipräsident"], id="hyphenated"),
        pytest.param("Moka-\nEfti", ["Moka", "Efti"], id="hyphen-before-capital"),
        pytest.param("„Rot Front“ – “now”", ["Rot", "Front", "now"], id="quotes"),
        pytest.param("Zör\u00adgiebel", ["Zörgiebel"], id="soft-hyphen"),
        pytest.param("1. Mai 1929", ["1", "Mai", "1929"], id="numbers"),
        pytest.param("- ...\n♪", [], id="no-words"),
    ],
)
def test_split_words_reads_as_people_do(text, words):
    assert split_words(text) == words


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("ZÖRGIEBEL", "zorgiebel"),
        ("Straße", "strasse"),
        ("Kardakov's", "kardakov"),
        ("Kardakow’s", "kardakow"),
        ("don't", "dont"),
        ("Ｆｌａｇ", "flag"),
        ("ﬂag", "flag"),
        ("Café", "cafe"),
    ],
)
def test_fold_word_forgets_how_it_is_written(word, folded):
    assert fold_word(word) == folded


@given(st.text(max_size=20))
def test_fold_word_is_stable(word):
    once = fold_word(word)
    assert fold_word(once) == once


def test_umlauts_have_two_spellings():
    assert fold_spellings("Zörgiebel") == ("zorgiebel", "zoergiebel")
    assert fold_spellings("Benda") == ("benda",)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("trochln", "trochin"),
        ("jarnicke", "jamicke"),
        ("vvolter", "wolter"),
        ("z0rgiebel", "zorgiebel"),
    ],
)
def test_lookalike_letters_fold_together(read, meant):
    assert fold_lookalikes(read) == fold_lookalikes(meant)


@given(letters, st.data())
def test_one_edit_is_seen_wherever_it_stands(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    dropped = word[:at] + word[at + 1 :]
    replaced = word[:at] + "x" + word[at + 1 :]
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    for other in (word, dropped, replaced, swapped):
        assert is_one_edit_apart(word, other)
        assert is_one_edit_apart(other, word)


@given(letters)
def test_two_new_letters_are_two_edits(word):
    assert not is_one_edit_apart(word, "x" + word + "x")
    assert not is_one_edit_apart(word, word + "xx")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("क्या हिन्दी में", ["क्या", "हिन्दी", "में"]),
        ("碘酒 ab在", ["碘", "酒", "ab", "在"]),
        ("ヨードチンキをください", ["ヨードチンキ", "を", "く", "だ", "さ", "い"]),
        ("שָׁלוֹם עליכם", ["שָׁלוֹם", "עליכם"]),
        ("ถ้ำ", ["ถ้", "ำ"]),
        ("Zo\u0308rgiebel kam", ["Zo\u0308rgiebel", "kam"]),
    ],
    ids=["hi", "zh", "ja", "he", "th", "accent-apart"],
)
def test_split_words_keeps_to_the_rules_of_scripts(text, words):
    assert split_words(text) == words


@pytest.mark.parametrize(
    ("word", "language", "folded"),
    [
        ("l’iode", "fr", "iode"),
        ("l'iode", "en", "liode"),
        ("dell'acqua", "it", "acqua"),
        ("aujourd'hui", "fr", "aujourdhui"),
        ("Berlin'de", "tr", "berlin"),
        ("Łódź", "pl", "lodz"),
        ("IŞIK", "tr", "isik"),
        ("ガス", "ja", "カ\u3099ス"),
        ("مـوسى", "ar", "موسي"),
        ("क़लम", "hi", "कलम"),
    ],
)
def test_fold_word_keeps_to_the_rules_of_languages(word, language, folded):
    assert fold_word(word, language) == folded


def test_elided_word_of_a_term_has_both_spellings():
    assert fold_spellings("d'Alembert") == ("dalembert", "alembert")
    assert fold_spellings("O'Neill") == ("oneill",)


SCRIPTS = (
    "abZ09'’`´-‐… \n\x01\x0b\x80\x85\x9f\u200b\ufeff\u00adäéıŁ♪„\u0301ומ\u05b8ال第二集のガ\u3099กั"
)


@given(st.text(SCRIPTS + "ßñ-\n", max_size=30))
@example("der Polizei-\npräsident, Zör\u00adgiebel, Moka-\nEfti")
@example("Polizei\u200b-\n\u00adpräsident und Polizeipräsident")
def test_each_word_is_found_where_it_stands(text):
    standing = [text[start:end] for start, end in find_words(text)]
    assert [split_words(word) for word in standing] == [[word] for word in split_words(text)]


def lay_out(words_of_texts):
    """Give the words of all texts, and how many each has."""
    return [*chain.from_iterable(words_of_texts)], [*map(len, words_of_texts)]


@given(st.lists(st.text(SCRIPTS, max_size=12), max_size=30))
def test_texts_are_split_in_one_go_as_each_by_itself(texts):
    assert split_all(texts) == lay_out([split_words(text) for text in texts])


@given(
    st.lists(st.text(SCRIPTS + "ßÆœ½µ²ªsSlL", max_size=12), max_size=30),
    st.sampled_from([None, "en", "de", "fr", "tr", "he"]),
)
def test_texts_are_split_and_folded_in_one_go_as_each_word_by_itself(texts, language):
    expected = [[fold_word(word, language) for word in split_words(text)] for text in texts]
    assert split_folded(texts, language) == lay_out(expected)
    others = ["Don't go"] * 10 * len(texts)
    among_many = lay_out([*expected, *[["dont", "go"]] * len(others)])
    if language != "tr":  # which takes what stands behind an apostrophe for an ending
        assert split_folded([*texts, *others], language) == among_many


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_each_western_letter_is_split_and_folded_in_one_go_as_by_itself(encoding):
    letters = bytes(range(256)).decode(encoding, "ignore")
    texts = [f"a{letter}b {letter}" for letter in letters if letter != "\u00b4"]
    expected = [[fold_word(word) for word in split_words(text)] for text in texts]
    assert split_folded(texts) == lay_out(expected)
    assert split_all(texts) == lay_out([split_words(text) for text in texts])


@given(st.lists(st.text(SCRIPTS + "ßÆœ½µ²ªsSlL", max_size=12), max_size=5))
def test_words_are_the_same_beside_other_texts(texts):
    """As evidence is quoted from some cues of a track that was split as a whole."""
    assert split_words(" ".join(texts)) == [*chain.from_iterable(map(split_words, texts))]


def test_texts_with_controls_of_one_western_encoding_are_split_beside_signs_of_the_other():
    texts = ["Ja\x85 so", "Nein… Größe", *["Don't go"] * 20]
    expected = [["ja", "so"], ["nein", "grosse"], *[["dont", "go"]] * 20]
    assert split_folded(texts) == lay_out(expected)
    assert split_all(texts) == lay_out([split_words(text) for text in texts])


def test_more_texts_than_are_split_in_one_go_are_split_the_same():
    texts = ["Don't go", "Größe ’s", "第二集", "", "l'iode`s"] * 500
    assert split_all(texts) == lay_out([split_words(text) for text in texts])


def test_equal_words_of_many_texts_are_one_object():
    words, _ = split_all(["gold " + "bar"] * 1_001)
    assert len({*map(id, words)}) == len({*words})
