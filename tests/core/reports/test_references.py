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
