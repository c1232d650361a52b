import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.issues import TermError
from headnotes.matching.terms import kind_of, parse_term


def manners(text):
    return [[kind_of(word[0]) for word in phrase] for phrase in parse_term(text).phrases]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Benda", [["exact"]]),
        ("Trotzkist*", [["start"]]),
        ("*verbot", [["end"]]),
        ("*verbot*", [["inside"]]),
        ("~Zörgiebel", [["tolerant"]]),
        ("Fourth International", [["exact", "exact"]]),
        ("rote* Fahne* | red flag", [["start", "start"], ["exact", "exact"]]),
        ("Anti-Kriegs*", [["exact", "start"]]),
    ],
)
def test_term_says_how_words_compare(text, expected):
    assert manners(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*",
        "a",
        "x",
        "ab*",
        "*abc*",
        "~Benda",
        "a | ",
        "fl*ag",
        "~flag*",
        "flag~",
        "fl~ag",
        "~~flag",
        "*~flag",
        "!?",
    ],
)
def test_term_that_matches_everything_is_refused(text):
    with pytest.raises(TermError) as caught:
        parse_term(text)
    assert caught.value.issues[0].path == f"term {text!r}"
    assert caught.value.issues[0].hint


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("(Red|Crimson) Castle.*", "("),
        ("Castle.*", "."),
        ("colou?r", "?"),
        ("^Rath", "^"),
        ("Rath$", "$"),
        ("[Rr]ath", "["),
        ("\\bRath", "\\"),
        ("a+ Rath", "+"),
        ("foo_bar", "_"),
        ("“Rote Fahne”", "“"),
        ("1. Mai", "."),
        ("Rath, Gereon", ","),
        ("Rath & Sons", "&"),
    ],
)
def test_sign_that_no_term_knows_is_refused(text, sign):
    with pytest.raises(TermError) as caught:
        parse_term(text)
    (issue,) = caught.value.issues
    assert issue.message == (
        f"{sign!r} stands for nothing in a term: terms are words, not regular expressions"
    )
    assert issue.hint == "leave it out; of all signs only * ~ | - ' mean something"


def test_sign_that_a_backslash_makes_is_told_from_one_that_is_typed():
    with pytest.raises(TermError) as caught:
        parse_term("\bRath\b")
    (issue,) = caught.value.issues
    assert issue.hint.startswith("leave out the backslash: ")


@pytest.mark.parametrize(
    "text",
    [
        "Castle*",
        "don't",
        "don’t",
        "U-Bahn",
        "Żółw",
        "東京タワー",
        "हिन्दी",
        "می\u200cخواهم",
        "col·legi",
    ],
)
def test_letters_of_any_script_are_a_term(text):
    assert parse_term(text).text == text


@pytest.mark.parametrize(
    ("text", "languages"), [("the", ["en"]), ("und | Fahne", ["en", "de"]), ("war", ["de"])]
)
def test_stop_word_of_a_language_is_refused_for_it(text, languages):
    with pytest.raises(TermError, match="nearly every scene in"):
        parse_term(text, languages)


def test_stop_word_of_one_language_is_a_term_of_another():
    assert parse_term("war", ["en"]) == parse_term("war")


@pytest.mark.parametrize("text", ["碘", "*碘酒*", "ヨード*", "*베를린*", "ช*"])
def test_script_without_spaces_needs_no_least_length(text):
    assert parse_term(text).phrases


def test_single_letter_may_stand_in_phrase():
    assert manners("a Red") == [["exact", "exact"]]


@given(st.text(max_size=30))
def test_any_text_is_a_term_or_refused(text):
    try:
        term = parse_term(text)
    except TermError:
        return
    assert term.text == text
    assert all(term.phrases)
