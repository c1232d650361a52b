"""What is said, apart from labels, sounds and music."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.formats.spoken import split_spoken

CASES = {
    "plain": ("Nein.", "Nein.", ()),
    "speaker-in-capitals": ("WOLTER: Nein.", "Nein.", ("WOLTER",)),
    "speaker-with-a-first-name": ("BRUNO WOLTER: Nein.", "Nein.", ("BRUNO WOLTER",)),
    "speaker-and-manner": ("WOLTER (leise): Nein.", "Nein.", ("WOLTER (leise)",)),
    "speaker-behind-a-dash": (
        "- WOLTER: Nein.\n- RATH: Doch.",
        "- Nein.\n- Doch.",
        ("WOLTER", "RATH"),
    ),
    "speaker-on-a-line-of-its-own": ("WOLTER:\nNein.", "Nein.", ("WOLTER",)),
    "speaker-in-brackets": ("[Charlotte] Nein.", "Nein.", ("Charlotte",)),
    "said-with-a-colon": ("Er sagte: Nein.", "Er sagte: Nein.", ()),
    "time-of-day": ("UM 12:30 war er da.", "UM 12:30 war er da.", ()),
    "sound": ("[Schüsse] Runter!", "Runter!", ("Schüsse",)),
    "sound-in-round-brackets": ("(Tür knallt) Wer da?", "Wer da?", ("Tür knallt",)),
    "sound-over-two-lines": (
        "[Schüsse\nund Schreie]\nRunter!",
        "Runter!",
        ("Schüsse und Schreie",),
    ),
    "sound-in-mid-line": ("Ich [hustet] gehe.", "Ich gehe.", ("hustet",)),
    "nothing-but-a-sound": ("- [lacht]", "", ("lacht",)),
    "song": ("♪ Zu Asche, zu Staub ♪", "Zu Asche, zu Staub", ("♪", "♪")),
    "song-with-hashes": ("# Zu Asche, zu Staub #", "Zu Asche, zu Staub", ("#", "#")),
    "number-sign": ("Zimmer # 5", "Zimmer # 5", ()),
    "bracket-left-open": ("[Schüsse", "[Schüsse", ()),
    "empty-brackets": ("Ja [] nein", "Ja nein", ()),
    "blanks-inside": ("Ja.\n\n Nein.", "Ja.\n\n Nein.", ()),
}


@pytest.mark.parametrize(("text", "spoken", "asides"), CASES.values(), ids=CASES)
def test_labels_sounds_and_music_are_set_apart(text, spoken, asides):
    assert split_spoken(text) == (spoken, asides)


@given(st.text("ab[]()♪#: \nAB-", max_size=60))
def test_no_word_is_lost(text):
    spoken, asides = split_spoken(text)
    kept = sorted("".join((spoken, *asides)).replace(":", ""))
    assert [char for char in kept if char in "abAB"] == sorted(c for c in text if c in "abAB")
