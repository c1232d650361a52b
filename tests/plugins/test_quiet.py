"""The topics keep out of everyday talk, in both languages."""

import pytest

pytest_plugins = ["headnotes.testing"]

TOPICS = ["blutmai", "comintern", "rearmament", "trotskyists"]
TALK = {
    "en": (
        *("Good morning.", "Is there any coffee left?", "No, but there is tea.", 3),
        *("When does the train leave?", "At ten past nine.", "Then we have an hour.", 15),
        *("Your mother has written.", "What does she say?", "It rains, and she has a cold.", 4),
        *("Shall we go to the theatre on Sunday?", "If you get us tickets.", "Good night."),
    ),
    "de": (
        *("Guten Morgen.", "Ist noch Kaffee da?", "Nein, aber Tee.", 3),
        *("Wann fährt denn der Zug?", "Um zehn nach neun.", "Dann haben wir noch Zeit.", 15),
        *("Deine Mutter hat geschrieben.", "Was schreibt sie?", "Es regnet, und sie hustet.", 4),
        *("Gehen wir am Sonntag ins Theater?", "Wenn du Karten kriegst.", "Gute Nacht."),
    ),
}


@pytest.mark.parametrize("tag", TALK)
@pytest.mark.parametrize("topic", TOPICS)
def test_topic_says_nothing_about_everyday_talk(make_track, play, topic, tag):
    assert play(make_track(*TALK[tag], language=tag), topic).notes == []
