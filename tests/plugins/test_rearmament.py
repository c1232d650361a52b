"""The note of the rearmament topic that is found by code."""

import pytest

pytest_plugins = ["headnotes.testing"]

FLIGHT = {
    "en": (
        "Over there is Lipetsk. It is an airfield.",
        "How many planes do you count?",
        "Thirty. And they are German, in the middle of Russia!",
        "Take your pictures, Gräf!",
    ),
    "de": (
        "Da drüben, das ist ein Flugplatz.",
        "Wie viele Flugzeuge?",
        "Dreißig. Und alle deutsch, mitten in Russland!",
        "Knips, Gräf, knips!",
    ),
}
NOTE = "other-hidden-schools"


@pytest.mark.parametrize("tag", FLIGHT)
def test_note_waits_until_the_talk_comes_back(make_track, play, tag):
    track = make_track(
        *FLIGHT[tag], 60, "Good evening.", "Lipetsk, General.", 8, "Lipetsk again?", language=tag
    )
    played = play(track, "rearmament", episode="S02E03")
    assert played.lines_of(NOTE) == ["Lipetsk, General."]
    assert "Tomka" in played.shown(NOTE)[0]


def test_note_stands_after_the_flight_where_nobody_comes_back(make_track, play):
    track = make_track(*FLIGHT["en"], 30, "Good evening.")
    played = play(track, "rearmament", episode="S02E03")
    assert played.lines_of(NOTE) == [FLIGHT["en"][-1]]


@pytest.mark.parametrize(
    "lines",
    [
        ("Your plane leaves from the airfield at six.", 30, "Which airfield?"),
        ("Twenty pictures of aircraft!", "It is a secret.", "Shoot!", "The hangar!", 30, "Lipetsk"),
        (*FLIGHT["en"], "Lipetsk."),
        (*(line for said in FLIGHT["en"] for line in (said, 120)), "Lipetsk."),
        (),
    ],
    ids=["passing-mention", "nobody-says-whose", "no-silence", "far-apart", "empty"],
)
def test_note_keeps_out_of_other_talk(make_track, play, lines):
    played = play(make_track(*lines), "rearmament", episode="S02E03")
    assert played.lines_of(NOTE) == []
    assert played.missing(NOTE) == "its plugin's code found no place"


def test_note_wants_more_in_an_unexpected_episode(make_track, play):
    back = (*FLIGHT["en"], 30, "Lipetsk, General.")
    more = ("They are shooting at us!", "A secret air force!", *back)
    assert play(make_track(*back), "rearmament", episode="S01E02").lines_of(NOTE) == []
    assert play(make_track(*more), "rearmament", episode="S01E02").lines_of(NOTE) == [back[-1]]
