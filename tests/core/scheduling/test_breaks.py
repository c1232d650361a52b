import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from headnotes.scheduling.breaks import break_line

WORDS = st.lists(st.text("abcdeE.,;33-–", min_size=1, max_size=12), min_size=1, max_size=20)

GOOD = [
    ("en", "[TRUE] Police did search homes for arms,|on 4 May still, and claimed some finds"),
    ("en", "[HISTORY] Police president Zörgiebel|kept the ban of 1928 up."),
    ("en", "[TRUE] About 33 civilians died|and no policeman; police fired freely."),
    ("en", "[FALSE] The women of the printing house|did not strike before the eighth."),
    ("en", "[FALSE] Nobody saw the painter Otto Dix|in the prison of Moabit then."),
    ("en", "[MOSTLY FALSE] The leader of the German|Communist Party was not in Berlin then."),
    ("de", "[MEIST WAHR] Polizeipräsident Zörgiebel|hielt das Demonstrationsverbot aufrecht."),
    ("de", "[WAHR] Panzerwagen kamen am 1. Mai|in den Wedding, am 3. Mai nach Neukölln"),
    ("de", "[FALSCH] Die Zeitung wurde verboten,|weil sie zum Aufstand aufrief."),
    ("de", "[HISTORIE] Man fand den Abgeordneten|Karl Liebknecht im Tiergarten tot auf."),
    ("de", "[WAHR] Es gab an diesem Tag|kein politisches Attentat auf den Kanzler."),
    ("fr", "[TRUE] Deux femmes sont mortes,|le trois mai, dans la rue Hermann."),
]


@pytest.mark.parametrize(("language", "lines"), GOOD, ids=[lines[:24] for _, lines in GOOD])
def test_break_keeps_together_what_belongs_together(language, lines):
    assert break_line(lines.replace("|", " "), language) == lines.replace("|", "\n")


def test_short_line_stays_one_line():
    assert break_line("[TRUE] " + "a" * 35, "en") == "[TRUE] " + "a" * 35


def test_label_is_never_broken():
    assert break_line("[MOSTLY TRUE] " + "0" * 31, "en") == "[MOSTLY TRUE]\n" + "0" * 31


@pytest.mark.parametrize(
    "text",
    [
        "[TRUE] " + "a" * 43,
        "a" * 43,
        "ab " * 28 + "ab",
        "[TRUE] " + "abcdefghi " * 9,
    ],
    ids=["long word", "one word", "86 characters", "97 characters"],
)
def test_what_two_lines_cannot_hold_is_refused(text):
    assert break_line(text, "en") == ""


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@given(words=WORDS)
def test_broken_line_keeps_its_words_and_fits(words, language):
    whole = " ".join(words)
    broken = break_line(whole, language)
    assume(broken)
    assert broken.replace("\n", " ") == whole
    assert len(broken.split("\n")) <= 2
    assert max(map(len, broken.split("\n"))) <= 42


@given(WORDS)
def test_whatever_fits_is_not_refused(words):
    whole = " ".join(words)
    halves = [(whole[:at], whole[at + 1 :]) for at, char in enumerate(whole) if char == " "]
    fits = len(whole) <= 42 or any(max(len(a), len(b)) <= 42 for a, b in halves)
    assert bool(break_line(whole, "en")) == fits
