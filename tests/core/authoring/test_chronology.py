"""Dates that contradict each other, and those that only look so."""

import pytest

from headnotes.authoring.chronology import Chronology
from headnotes.model import Citation, Note, NoteText, Source, Topic

CITED = (Citation(source="study", at="page 3", stance="supports"),)


def make_note(name, record, language="en", headnote="It was so", line=0):
    text = NoteText(headnote=headnote, shown="It is so.", record=record)
    return Note(id=name, citations=CITED, texts={language: text}, line=line)


def make_topic(*notes, name="cinema", origin=""):
    source = Source(
        id="study", title="Study", kind="scholarly", read="whole", standpoint={"en": "x"}
    )
    return Topic(
        id=name,
        title={"en": name},
        version="1.0",
        work="show",
        sources={"study": source},
        notes=notes,
        origin=origin,
    )


def find(first, second, language="en"):
    """What is found of the second of two records of one topic."""
    notes = (make_note("first", first, language, line=7), make_note("second", second, language))
    topic = make_topic(*notes, origin="cinema/topic.toml")
    chronology = Chronology([topic])
    assert not [*chronology.find_contradictions(notes[0], topic)]
    return [*chronology.find_contradictions(notes[1], topic)]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "Germany refused Trotsky in April 1929.",
            "Trotsky was refused on 27 February 1929.",
        ),
        ("en", "Krestinsky was shot in March 1938.", "They had Krestinsky shot in 1937."),
        ("en", "Landau (born 29 January 1903)", "Landau was born on 30 January 1903 in Vienna."),
        ("de", "Landau wurde am 29. Januar 1903 geboren.", "Landau, geboren 1904, ging."),
        ("en", "The Rotfront ban came on 3 May.", "Rotfront was banned on 14 May 1929."),
    ],
)
def test_one_event_with_two_dates_is_found(language, first, second):
    ((tag, part, message),) = find(first, second, language)
    assert (tag, part) == (language, "record")
    assert "cinema/topic.toml:7: first says" in message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Krestinsky was shot in March 1938.", "Krestinsky was shot in 1938."),
        ("Krestinsky was shot in March 1938.", "Kamenev was shot in August 1936."),
        ("Krestinsky was shot in March 1938.", "Krestinsky was tried in 1937."),
        ("Krestinsky was shot in March 1938.", "Krestinsky was shot before 1939."),
        ("Krestinsky was shot in March 1938.", "By one account Krestinsky was shot in 1937."),
        ("Radek was shot in 1938.", "Radek was shot, in 1937 he spoke, in 1935 he did not."),
        ("The league was founded in Leipzig in 1928.", "One was founded in Leipzig in 1930."),
        ("The German league was founded in 1928.", "A German union was founded in 1930."),
        ("Radek was banned in 1927.", "Radek was banned from 1928."),
        ("Radek was banned in 1927.", "Radek was banned in 1928 and again in 1929."),
    ],
    ids=[
        "less exact", "other name", "other event", "limit", "account", "other clause", "place",
        "common word", "since", "two dates"
    ],
)  # fmt: skip
def test_dates_of_different_things_pass(first, second):
    assert find(first, second) == []


def test_topics_on_one_work_contradict_each_other_in_both():
    first = make_topic(make_note("first", "Radek was born in 1885.", line=4), origin="a/topic.toml")
    second = make_topic(
        make_note("second", "Radek, born in 1886."), name="b", origin="b/topic.toml"
    )
    chronology = Chronology([first, second])
    assert [*chronology.find_contradictions(second.notes[0], second)] == [
        ("en", "record", "'1886', and a/topic.toml:4: first says '1885' of 'Radek'")
    ]
    assert [*chronology.find_contradictions(first.notes[0], first)]


def test_language_without_words_for_events_is_not_looked_at():
    assert find("Radek fut né en 1885.", "Radek fut né en 1886.", "fr") == []


def test_two_parts_that_contradict_one_note_are_named_each():
    headnote = "In 1886 Radek was born"
    notes = (
        make_note("first", "Radek was born in 1885. Radek, born in 1885."),
        make_note("second", "Radek was born in 1886.", headnote=headnote),
    )
    found = Chronology([topic := make_topic(*notes)]).find_contradictions(notes[1], topic)
    assert [part for _, part, _ in found] == ["headnote", "record"]


# ------------------------------------------------------------------- between languages


@pytest.mark.parametrize(
    ("english", "german", "message"),
    [
        (
            "It fell on 3 May 1929.",
            "Es fiel am 4. Mai 1929.",
            "'4. Mai 1929', and in 'en' '3 May 1929'",
        ),
        ("It fell in May.", "Es fiel im Juni.", "'Juni', and in 'en' 'May'"),
        ("It fell in 1929.", "Es fiel 1930.", "'1930', and in 'en' '1929'"),
    ],
)
def test_date_lost_in_translation_is_found(english, german, message):
    assert _translated(english, german) == [("de", "record", message)]


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("It fell on 3 May 1929.", "Es fiel am 3. Mai."),
        ("It fell on 3 May 1929.", "Es fiel."),
        ("It cost 1,500 dollars in 1929.", "Es kostete 1500 Dollar im Jahr 1929."),
        ("In April 1929 they planned it.", "Sie planten es für den 1. Mai."),
    ],
    ids=["less", "left out", "number", "other precision"],
)
def test_dates_that_languages_say_differently_pass(english, german):
    assert _translated(english, german) == []


def _translated(english, german):
    texts = {
        language: NoteText(headnote="It was", shown="It is.", record=record)
        for language, record in (("en", english), ("de", german))
    }
    topic = make_topic(note := Note(id="note", citations=CITED, texts=texts))
    return [*Chronology([topic]).find_contradictions(note, topic)]
