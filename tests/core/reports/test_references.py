from __future__ import annotations

import json

import bibtexparser
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from headnotes.reports import write_bibliography
from headnotes.reports.references import name_entries
from made_outcomes import SOURCES, make_topic
from strategies import topics


@given(st.lists(topics("blutmai", "work"), max_size=2))
@settings(max_examples=50)
def test_bibtex_reads_back_with_every_entry(made):
    library = bibtexparser.parse_string(write_bibliography(made, "bibtex", "en"))
    assert library.failed_blocks == []
    assert len(library.entries) == len(name_entries(made))


@given(st.lists(topics("blutmai", "work"), max_size=2))
@settings(max_examples=50)
def test_csl_reads_back_with_every_title(made):
    entries = json.loads(write_bibliography(made, "csl", "en"))
    assert [one.get("title", "") for one in entries] == [
        source.title for source in name_entries(made).values()
    ]


def test_shared_source_is_written_once():
    shared = [make_topic("blutmai", []), make_topic("comintern", [])]
    assert list(name_entries(shared)) == list(SOURCES)


def test_clashing_source_is_written_under_its_topic():
    other = make_topic("comintern", [])
    changed = evolve(SOURCES["larsen-2018"], title="Another")
    other = evolve(other, sources={"larsen-2018": changed})
    assert "comintern:larsen-2018" in name_entries([make_topic("blutmai", []), other])


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "scholarly; academic; read in part"),
        ("de", "wissenschaftlich; akademisch; in Teilen gelesen"),
    ],
)
def test_note_tells_standpoint_and_reading(language, note):
    entries = json.loads(write_bibliography([make_topic("blutmai", [])], "csl", language))
    assert entries[0]["note"] == note


@pytest.mark.parametrize(
    ("changes", "csl", "bibtex"),
    [
        ({}, "article-journal", "article"),
        ({"site": ""}, "book", "book"),
        ({"site": "", "pages": "", "url": ""}, "book", "book"),
        ({"site": "", "publisher": ""}, "webpage", "misc"),
        ({"site": "", "publisher": "", "url": ""}, "document", "misc"),
        ({"kind": "general", "publisher": "", "pages": "", "site": "A blog"}, "webpage", "misc"),
        ({"kind": "partisan"}, "article-journal", "article"),
        ({"kind": "primary", "site": ""}, "book", "book"),
        ({"pages": ""}, "article-journal", "article"),
        ({"pages": "", "site": "The Historical Journal"}, "article-journal", "article"),
        ({"pages": "", "site": "1000dokumente.de, document 6"}, "webpage", "misc"),
        ({"pages": "", "kind": "partisan"}, "article-journal", "article"),
        ({"pages": "", "kind": "primary"}, "article-newspaper", "article"),
        (
            {"pages": "", "kind": "primary", "site": "Paper, May 1986"},
            "article-newspaper",
            "article",
        ),
        ({"pages": "", "kind": "primary", "site": "Paper, May 1929"}, "webpage", "misc"),
        ({"pages": "", "kind": "primary", "site": "year1986.de"}, "webpage", "misc"),
        ({"pages": "", "kind": "primary", "site": "Papers Past", "year": None}, "webpage", "misc"),
        ({"kind": "reference"}, "article-journal", "article"),
        ({"kind": "reference", "site": "Encyclopedia"}, "entry-encyclopedia", "misc"),
        ({"kind": "journalism"}, "article-newspaper", "article"),
        ({"kind": "journalism", "site": ""}, "article-newspaper", "misc"),
    ],
)
def test_type_follows_what_a_source_has(changes, csl, bibtex):
    source = evolve(SOURCES["bowlby-1986"], **changes)
    topic = evolve(make_topic("x", []), sources={source.id: source})
    assert json.loads(write_bibliography([topic], "csl", "en"))[0]["type"] == csl
    assert write_bibliography([topic], "bibtex", "en").startswith(f"@{bibtex}{{")


@pytest.mark.parametrize(
    ("key", "author", "people"),
    [
        ("bowlby-1986", "Chris Bowlby", [("Chris", "Bowlby")]),
        ("larsen", "A. E. Larsen", [("A. E.", "Larsen")]),
        ("koessler-1", "Till Kössler", [("Till", "Kössler")]),
        ("bois-a", "Léon Bois", [("Léon", "Bois")]),
        ("broue-1988", "Pierre Broué", [("Pierre", "Broué")]),
        ("lessmann-1989", "Peter Leßmann", [("Peter", "Leßmann")]),
        ("hentig-a", "Hans von Hentig", [("Hans von", "Hentig")]),
        ("van-gogh-1888", "Vincent van Gogh", [("Vincent", "van Gogh")]),
        ("garcia-marquez-1967", "Gabriel García Márquez", [("Gabriel", "García Márquez")]),
        (
            "weber-2",
            "Hermann Weber and Andreas Herbst",
            [("Hermann", "Weber"), ("Andreas", "Herbst")],
        ),
        ("weber-2", "Max Weber und Uwe Herbst", [("Max", "Weber"), ("Uwe", "Herbst")]),
        ("a-1", "Ann A, Bo B, and Cy C", [("Ann", "A"), ("Bo", "B"), ("Cy", "C")]),
        ("a-1", "Ann A; Bo B & Cy C", [("Ann", "A"), ("Bo", "B"), ("Cy", "C")]),
    ],
)
def test_people_are_sorted_by_the_family_name_that_their_id_begins_with(key, author, people):
    topic = make_authored(key, author)
    assert json.loads(write_bibliography([topic], "csl", "en"))[0]["author"] == [
        {"family": family, "given": given} for given, family in people
    ]
    named = " and ".join(f"{family}, {given}" for given, family in people)
    assert f"  author = {{{named}}},\n" in write_bibliography([topic], "bibtex", "en")


@pytest.mark.parametrize(
    ("key", "author"),
    [
        ("weber-2", "Chris Bowlby"),
        ("web-2", "Chris Weber"),
        ("jta-1929", "Jewish Telegraphic Agency"),
        ("spectator-1929", "The Spectator"),
        ("tageblatt-1929", "Berliner Tageblatt"),
        ("sun-1929", "The Sun (Auckland)"),
        ("vorwaerts-1929", "Vorwärts"),
        ("weber-1", "Weber, Hermann"),
        ("kaufmann-1993", "Bernd Kaufmann et al."),
        ("weber-2014", "Hermann Weber, Jakov Drabkin (eds.)"),
        ("weber-2014", "Hermann Weber and the editors"),
        ("mo-1", "莫言"),
    ],
)
def test_author_who_is_not_surely_a_person_stands_as_printed(key, author):
    topic = make_authored(key, author, site="Berliner Tageblatt, 4 May 1929")
    assert json.loads(write_bibliography([topic], "csl", "en"))[0]["author"] == [
        {"literal": author}
    ]
    assert f"  author = {{{{{author}}}}},\n" in write_bibliography([topic], "bibtex", "en")


def make_authored(key, author, site=""):
    source = evolve(SOURCES["bowlby-1986"], id=key, author=author, site=site)
    return evolve(make_topic("x", []), sources={key: source})


def test_years_are_dates_where_they_can_be():
    ranged = evolve(SOURCES["larsen-2018"], year="1929-31", id="a")
    undated = evolve(SOURCES["larsen-2018"], year=None, id="b")
    odd = evolve(SOURCES["larsen-2018"], year="n.d.", id="c")
    topic = evolve(make_topic("x", []), sources={"a": ranged, "b": undated, "c": odd})
    entries = json.loads(write_bibliography([topic], "csl", "en"))
    assert [one.get("issued") for one in entries] == [
        {"date-parts": [[1929]]},
        None,
        {"literal": "n.d."},
    ]
