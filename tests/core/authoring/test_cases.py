import pytest

from headnotes.authoring.cases import finds, language_of, speak
from headnotes.model import Anchor, Note


def note(**anchor):
    return Note(id="n", texts={}, citations=(), anchors=(Anchor(**anchor),), episodes=("S01E01",))


SNOW = note(all=("snowflake*",), any=("May | Mai",), at_least=1, none=("ballet",), within=5)


@pytest.mark.parametrize(
    ("lines", "is_found", "closest"),
    [
        (["Snowflakes in May,", "in May!"], True, "found “Snowflakes”, “May”"),
        (["Snowflakes."], False, "terms needed from 'any'"),
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
    found, told = finds(note(all=("house",)), ["In the house."])
    assert not found
    assert "too weak" in told
    assert told.endswith("common words tell little, ask for rarer ones")


def test_lines_are_spoken_in_a_row_with_silences():
    cues = speak(["One.", 4, "Two."])
    assert [(cue.number, cue.start_ms, cue.end_ms) for cue in cues] == [
        (1, 0, 2500),
        (2, 6500, 9000),
    ]


@pytest.mark.parametrize(
    ("line", "tag"), [("Where is the umbrella?", "en"), ("Wo ist der Regenschirm?", "de")]
)
def test_language_of_a_case_is_that_of_its_words(line, tag):
    assert language_of([line]) == tag
