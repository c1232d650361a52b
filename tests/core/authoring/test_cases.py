import pytest
from attrs import evolve

from headnotes.authoring.cases import check_cases, finds, language_among, speak
from headnotes.model import Anchor, Cases, Note, NoteText


def note(**anchor):
    return Note(id="n", texts={}, citations=(), anchors=(Anchor(**anchor),), episodes=("S01E01",))


SNOW = note(all=("snowflake*",), any=("May | Mai",), at_least=1, none=("ballet",), within=5)


@pytest.mark.parametrize(
    ("lines", "is_found", "closest"),
    [
        (["Snowflakes in May,", "in May!"], True, "found “Snowflakes”, “May”"),
        (["Snowflakes."], False, "terms needed from “any”"),
        (["Snowflakes.", "So?", "What?", "It is May."], False, "8 s apart, 5 allowed"),
        (["Snowflakes in May, at the ballet."], False, "“ballet” in cue 1 speaks against it"),
        (["Good morning."], False, ""),
    ],
    ids=["hit", "term-missing", "too-far-apart", "forbidden", "nothing"],
)
def test_case_says_what_came_closest(lines, is_found, closest):
    found, told = finds(SNOW, lines)
    assert (found, closest in told) == (is_found, True), told


def test_weak_case_says_how_to_make_it_stronger():
    found, explained = finds(note(all=("house",)), ["In the house."])
    assert not found
    assert "too weak" in explained
    assert explained.endswith("common words say little, ask for rarer ones")


@pytest.mark.parametrize(
    ("languages", "is_found"), [(["fr"], True), (["fr", "en"], True), (["en", "de"], False)]
)
def test_lines_of_a_note_that_speaks_no_german_are_no_german(languages, is_found):
    # “war” is said in every scene in German, and tells a little in English
    words = NoteText(headnote="a", shown="a", record="a")
    texts = dict.fromkeys(languages, words)
    placed = evolve(note(all=("war*",), any=("guerre*", "~Franco")), texts=texts)
    assert finds(placed, ["The war is over.", "Franco has won."])[0] == is_found


def test_lines_are_spoken_in_a_row_with_silences():
    cues = speak(["One.", 4, "Two."])
    assert [(cue.number, cue.start_ms, cue.end_ms) for cue in cues] == [
        (1, 0, 2500),
        (2, 6500, 9000),
    ]


@pytest.mark.parametrize(
    ("line", "languages", "tag"),
    [
        ("where is the umbrella", ["en", "de"], "en"),
        ("wo ist der regenschirm", ["en", "de"], "de"),
        ("wo ist der regenschirm", ["en"], "en"),
        ("wo ist der regenschirm", ["sq", "de"], "de"),
        ("ku eshte ombrella", ["sq"], "sq"),
    ],
)
def test_language_among_a_case_is_that_of_its_words(line, languages, tag):
    assert language_among(line.split(), languages) == tag


def with_cases(hits, misses):
    anchor = Anchor(
        all=("snowflake*",), any=("May | Mai", "*brella", "end of the day"), none=("ballet",)
    )
    return evolve(SNOW, anchors=(anchor,), cases=Cases(hits=hits, misses=misses))


HITS = (("Snowflakes, in May!",), ("May snowflakes?",), ("Snowflakes in mild May.",))


@pytest.mark.parametrize(
    ("misses", "found"),
    [
        (["May I?", "Snow fell.", "Umbrellas at the ballet."], []),
        (["May I?", "may i", "May, I?"], ["lists 1 misses in 'en'"]),
        (["May I?", "Snow fell.", "Hello."], ["lists 2 misses in 'en'"]),
        (
            ["Hello.", "Hello.", "Of the two."],
            ["lists no near miss: no line in misses has a word of the anchor"],
        ),
    ],
    ids=["near", "repeated", "far", "none near"],
)
def test_miss_counts_once_and_only_if_it_shares_a_word_with_the_anchor(misses, found):
    note = with_cases(HITS, tuple((line,) for line in misses))
    assert [issue.message for _, issue in check_cases(note, ["en"])] == found


def test_hit_said_twice_counts_once():
    note = with_cases((*HITS[:2], HITS[0]), (("May I?",), ("Snow fell.",), ("A ballet.",)))
    ((_, issue),) = check_cases(note, ["en"])
    assert (issue.code, issue.message) == ("few-cases", "lists 2 hits in 'en'")
    assert issue.hint == "write 3 or more; 1 of 3 are repeated"
