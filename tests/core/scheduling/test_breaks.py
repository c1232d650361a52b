import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from headnotes.languages import language_data
from headnotes.scheduling.breaks import break_line, rate_break

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


COSTS = [
    ("en", "aaaa bbbb", "cccc dddd", 0),
    ("en", "aaaa bb", "cccc dddd", 1),
    ("en", "aaaa bbbb", "cccc dd", 1),
    ("en", "[TRUE]", "abc de", 60),
    ("en", "[TRUE]", "abc de fg", 61.5),
    ("en", "[TRUE] xx", "yyyy zzzz", 0),
    *(("en", f"aaaa bbb{sign}", "cccc dddd", -30) for sign in ".,;:!?…–—"),
    *(("en", f"aaaa bb,{sign}", "cccc dddd", -30) for sign in "\"'”’“»«)]"),
    ("en", "aaaa bbb-", "cccc dddd", 0),
    ("en", "aaaaaa 3.", "cccc dddd", 40),
    ("en", "aaaaaa 3,", "cccc dddd", -30),
    ("en", "aaaaa Dr.", "cccc dddd", 40),
    ("en", "aaaa bbbb", "and ddddd", -20),
    ("en", "aaaa bbbb", "“and” ddd", -20),
    ("en", "aaaa bbbb", "from dddd", -15),
    ("en", "aaaa bbbb", "was ddddd", -10),
    ("en", "aaaaa and", "cccc dddd", 25),
    ("en", "aaaaa was", "cccc dddd", 25),
    ("en", "aaaa from", "cccc dddd", 40),
    ("en", "aaaaa the", "cccc dddd", 40),
    ("en", "aaaa the”", "cccc dddd", 40),
    ("en", "aaaa of 7", "cccc dddd", 40),
    ("en", "aaaa bbbb", "33 dddddd", 40),
    ("en", "aaaa Rosa", "Luxe dddd", 40),
    ("en", "aaaa bbbb", "Luxe dddd", 10),
    ("en", "aaaa Bbbb", "cccc dddd", 0),
    ("en", "aaa legal", "cccc dddd", 25),
    ("en", "aaaaa the", "and ddddd", 20),
    ("de", "aaa altes", "Haus dddd", 25),
    ("de", "aaa altes", "haus dddd", 0),
    ("de", "aaaa bbbb", "Haus dddd", 0),
    ("de", "aaa Altes", "haus dddd", 0),
    ("de", "aaa Altes", "Haus dddd", 40),
    ("de", "aaaaaa 3.", "Haus dddd", 40),
    ("fr", "aaa legal", "cccc dddd", 0),
    ("fr", "aaaa bbbb", "33 dddddd", 40),
]


@pytest.mark.parametrize(("language", "upper", "lower", "cost"), COSTS)
def test_break_costs_what_it_tears_apart_less_what_speaks_for_it(language, upper, lower, cost):
    assert rate_break(upper, lower, language_data(language).line_breaks) == cost


def test_of_equal_breaks_the_first_is_taken():
    assert break_line(f"{'a' * 30} bb {'c' * 30}", "fr") == f"{'a' * 30}\nbb {'c' * 30}"


@pytest.mark.parametrize(("first", "second"), [(42, 42), (1, 42), (42, 1)])
def test_two_full_lines_fit(first, second):
    assert break_line(f"{'a' * first} {'b' * second}", "fr") == f"{'a' * first}\n{'b' * second}"


@pytest.mark.parametrize(("first", "second"), [(43, 41), (41, 43), (43, 1)])
def test_line_of_forty_three_characters_does_not_fit(first, second):
    assert break_line(f"{'a' * first} {'b' * second}", "fr") == ""


def test_line_without_spaces_breaks_between_characters():
    line = "[场景：不实] 并非一九二九年，巴伐利亚早在四年前已解禁。"
    upper, lower = break_line(line, "zh").split("\n")
    assert upper + lower == line
    assert max(len(upper), len(lower)) <= 16
    assert upper.endswith("，")


def test_mark_that_closes_never_begins_a_line():
    for length in range(17, 30):
        line = "，".join("字" * length)[:length]
        assert not break_line(line, "zh").partition("\n")[2].startswith("，")
