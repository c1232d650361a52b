"""What a machine finds of verdicts that say more than their record and sources."""

import pytest
from attrs import evolve

from headnotes.authoring.chronology import Chronology
from headnotes.authoring.verdicts import check_verdict
from headnotes.model import Citation, Note, NoteText, Source, Topic

STANDPOINT = {"en": "historian", "de": "Historiker"}


def make_source(name="study", kind="scholarly", read="whole", **more):
    fields = {"title": name, "standpoint": STANDPOINT, **more}
    return Source(id=name, kind=kind, read=read, **fields)


def text(headnote="It was so.", record="It was so.", confidence="Two books agree."):
    return NoteText(headnote=headnote, shown="It is so.", record=record, confidence=confidence)


def check(texts, *cited, verdict="accurate", confidence="moderate", exempt=None):
    """Check one note: place, code and message of each finding."""
    sources = [source for source, _ in cited] or [make_source()]
    places = [at for _, at in cited] or ["page 3"]
    citations = tuple(
        Citation(source=source.id, at=at, stance="supports")
        for source, at in zip(sources, places, strict=True)
    )
    note = Note(
        id="note",
        verdict=verdict,
        confidence=confidence,
        citations=citations,
        texts=texts,
        exempt=exempt or {},
    )
    topic = Topic(
        id="weather",
        title={"en": "Weather", "de": "Wetter"},
        version="1.0",
        work="show",
        sources={source.id: source for source in sources},
        notes=(note,),
    )
    found = list(check_verdict(note, topic, Chronology((topic,))))
    assert all(issue.hint for _, issue in found)
    return [(".".join(map(str, path)), issue.code, issue.message) for path, issue in found]


def codes(*arguments, **more):
    return [(place, code) for place, code, _ in check(*arguments, **more)]


# ------------------------------------------------------------------------ unproven


@pytest.mark.parametrize(
    ("language", "key", "sentence"),
    [
        ("en", "confidence", "That none ever met cannot be proved."),
        ("en", "record", "A first stone is not documented."),
        ("de", "confidence", "Dass keiner sich traf, lässt sich nicht beweisen."),
        ("de", "record", "Ein solches Treffen ist nicht belegt."),
    ],
)
def test_inaccurate_needs_a_record_that_rules_the_claim_out(language, key, sentence):
    texts = {language: evolve(text(), **{key: sentence})}
    assert codes(texts, verdict="inaccurate") == [(f"{language}.{key}", "unproven")]
    for verdict in ("invented", "unverified", "mostly-inaccurate"):
        assert codes(texts, verdict=verdict) == []


def test_language_without_words_of_doubt_is_not_looked_at():
    texts = {"fr": text(record="Cela ne peut être prouvé, 200 ou environ.", headnote="200 hommes")}
    assert codes(texts, verdict="inaccurate") == []


# ------------------------------------------------------------------------ headnote and record


@pytest.mark.parametrize(
    ("language", "headnote", "record", "message"),
    [
        ("en", "There were 400 of them", "There were about 400 of them.", "says 400 as exact"),
        ("en", "They were 8,000", "They were roughly 8,000.", "says 8000 as exact"),
        ("de", "Es waren 8000", "Es waren rund 8.000.", "says 8000 as exact"),
        ("en", "It began in 1937", "It began from 1937.", "says 1937 as exact"),
        ("en", "Of 4,600 exiles", "A lecture gives 4,600 exiles.", "says 4600 as a fact"),
        ("en", "Of some 4,600 exiles", "A lecture gives about 4,600 exiles.", "says 4600 as a"),
        ("de", "Von etwa 4600", "Ein Vortrag nennt etwa 4600.", "says 4600 as a fact"),
    ],
)
def test_headnote_is_never_stronger_than_its_record(language, headnote, record, message):
    ((place, code, found),) = check({language: text(headnote, record)})
    assert (place, code) == (f"{language}.headnote", "stronger-headnote")
    assert found.startswith(message)


def test_word_that_weakens_a_number_stands_within_a_hundred_characters_before_it():
    """What stands further off is not looked through again for every number."""
    for blanks, found in ((95, []), (96, [("en.headnote", "stronger-headnote")])):
        texts = {"en": text(f"There were about{' ' * blanks}400", "There were about 400 of them.")}
        assert codes(texts) == found


def test_number_of_any_length_is_read():
    """Python refuses to make a number of more than 4,300 digits."""
    number = "9" * 5_000
    ((_, code, found),) = check({"en": text(f"Of {number} men", f"A lecture gives {number} men.")})
    assert code == "stronger-headnote"
    assert found == f"says {number} as a fact, and its record as one account"
    assert codes({"en": text("Of 0022 men", "A lecture gives 0022 men.")}) == []


@pytest.mark.parametrize(
    ("headnote", "record"),
    [
        ("There were about 400 of them", "There were about 400 of them."),
        ("There were 400 of them", "There were 400 of them."),
        ("There were 400 of them", "About 400 came. In the end there were 400."),
        ("One count gives 400", "A newspaper counts about 400."),
        ("From 1937 they died", "They died from 1937."),
        ("It was 1937", "He wrote of it in 1937."),
        ("There were 22 dead", "A paper says 22 dead."),
        ("There were 400 of them", "There were many of them."),
    ],
    ids=["as weak", "exact", "once exact", "by count", "since", "year", "few", "no number"],
)
def test_headnote_as_weak_as_its_record_passes(headnote, record):
    assert codes({"en": text(headnote, record)}) == []


@pytest.mark.parametrize(
    ("english", "german", "lacking"),
    [
        ("Murders abroad began then", "Die Morde begannen da", "de"),
        ("The murders began then", "Die Morde im Ausland begannen da", "en"),
        ("Partly true", "Es ist wahr", "de"),
        ("About 300 came", "Es kamen 300", "de"),
        ("300 came", "Es kamen rund 300", "en"),
    ],
)
def test_what_limits_a_headnote_survives_in_every_language(english, german, lacking):
    texts = {"en": text(english), "de": text(german)}
    assert codes(texts) == [(f"{lacking}.headnote", "stronger-headnote")]


def test_headnotes_limited_alike_pass():
    texts = {"en": text("About 300 died abroad"), "de": text("Im Ausland starben etwa 300")}
    assert codes(texts) == []


# ------------------------------------------------------------------------ sources

OPENING = (make_source("handbook", read="part"), "entry, opening")
PASSAGE = (make_source("letters", read="part"), "page 12")
READ_OPENING = (make_source("report", read="not"), "page 1")
BLOG = (make_source("blog", kind="general"), "all of it")


@pytest.mark.parametrize(
    ("cited", "is_thin"),
    [
        ([OPENING], True),
        ([OPENING, READ_OPENING], True),
        ([OPENING, BLOG], True),
        ([OPENING, (make_source("recap", read="part"), "episode 5, on the fight")], True),
        ([OPENING, PASSAGE], False),
        ([(make_source("study"), "opening")], False),
    ],
    ids=["opening", "not read", "and a blog", "and a recap", "and a passage", "whole"],
)
def test_high_confidence_needs_more_than_openings(cited, is_thin):
    expected = [("confidence", "thin-sources")] if is_thin else []
    assert codes({"en": text()}, *cited, confidence="high") == expected
    assert codes({"en": text()}, *cited, confidence="moderate") == []


SPEECH = make_source("speech-1929-06-08")
CABLE = make_source("jta-1929-02-27", title="Cable from Berlin")


@pytest.mark.parametrize(
    ("source", "language", "record", "is_found"),
    [
        (SPEECH, "en", "They met from 9 to 15 June 1929.", True),
        (SPEECH, "de", "Sie tagten vom 9. bis 15. Juni 1929.", True),
        (SPEECH, "en", "They met on 9 June.", True),
        (SPEECH, "en", "They met on 8 June 1929.", False),
        (SPEECH, "en", "They had met on 7 June 1929.", False),
        (SPEECH, "en", "They met on 29 July 1929.", False),
        (SPEECH, "en", "A newspaper announced it for 9 June 1929.", False),
        (CABLE, "en", "By 27 February 1929 the cabinet had refused.", True),
        (CABLE, "de", "Am 27. Februar 1929 lehnte das Kabinett ab.", True),
        (CABLE, "en", "On 27 February 1929 an agency reported it.", False),
        (make_source("minutes-1929-02-27"), "en", "It met on 27 February 1929.", False),
        (make_source("study-1991"), "en", "It met on 27 February 1929.", False),
        (make_source("odd-1929-02-31"), "en", "It met on 27 February 1929.", False),
        (CABLE, "en", "It was 31 February.", False),
    ],
)
def test_date_that_rests_on_an_announcement_or_a_cable_is_found(source, language, record, is_found):
    found = codes({language: text(record=record)}, (source, "opening"))
    assert found == ([(f"{language}.record", "early-source")] if is_found else [])


def test_date_is_found_once_a_language():
    record = "They met from 9 to 15 June 1929 and again on 16 June 1929."
    ((_, _, message),) = check({"en": text(record=record)}, (SPEECH, "page 1"))
    assert message == "1929-06-15 may rest on what was printed by 1929-06-08"


# ------------------------------------------------------------------------ dates


def test_dates_of_two_languages_that_contradict_each_other_are_found():
    texts = {"en": text(record="It was 3 May 1929."), "de": text(record="Es war der 4. Mai 1929.")}
    assert codes(texts) == [("de.record", "contradictory-dates")]
    assert codes(texts, exempt={"contradictory-dates": "Two calendars."}) == []


# ------------------------------------------------------------------------ exemptions


def test_finding_passes_with_a_reason():
    texts = {"en": text(record="It cannot be proved.")}
    exempt = {"unproven": "The record of the court rules it out."}
    assert codes(texts, verdict="inaccurate", exempt=exempt) == []


@pytest.mark.parametrize(
    ("code", "found"), [("unproven", "idle-exemption"), ("unprooven", "unknown-exemption")]
)
def test_exemption_without_a_finding_is_one(code, found):
    assert codes({"en": text()}, exempt={code: "why"}) == [(f"exempt.{code}", found)]
