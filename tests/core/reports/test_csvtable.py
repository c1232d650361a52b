from __future__ import annotations

import csv
import io

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import Choice
from headnotes.reports.csvtable import COLUMNS, render_csv
from headnotes.scheduling import choose
from headnotes.text import FORMULA_STARTS
from made_outcomes import make_outcome
from strategies import outcomes


def read_rows(outcomes, language="en"):
    (text,) = render_csv(outcomes, language).values()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@given(st.lists(outcomes(), max_size=2).map(tuple))
def test_one_row_per_annotation_reads_back(made):
    rows = [row for row in read_rows(made) if row["found"] == "true"]
    placed = [one for outcome in made for one in outcome.annotations]
    assert [(int(row["start_ms"]), row["note"]) for row in rows] == [
        (one.moment.start_ms, one.note.id) for one in placed
    ]


@given(outcomes())
def test_no_cell_is_a_formula(outcome):
    cells = [cell for row in read_rows((outcome,)) for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []


def test_no_annotation_gives_the_names_of_the_columns():
    (text,) = render_csv((evolve(make_outcome(0), topics={}),), "en").values()
    assert text == ",".join(f'"{name}"' for name in COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    ("language", "tag", "start"), [("de", "de", "Zwei Frauen"), ("pt", "en", "Two women")]
)
def test_texts_are_in_one_language(language, tag, start):
    row = read_rows((make_outcome(1),), language)[0]
    assert row["text_language"] == tag
    assert row["headnote"].startswith(start)


def test_lists_are_joined_inside_their_cell():
    row = read_rows((make_outcome(1),))[0]
    assert row["departures"] == "time-compressed; invented-person"
    assert row["citations"].split("; ")[1] == "bowlby-1986, p. 149, qualifies"


def test_row_has_both_ratings_of_its_claim_and_when_it_is_shown():
    row = read_rows((make_outcome(3),))[1]
    assert (row["verdict"], row["second_verdict"]) == ("mostly-accurate", "accurate")
    assert row["claim_text"].startswith("Two women are shot by police")
    assert int(row["shown_ms"]) > int(row["start_ms"])


def test_claim_that_was_not_found_has_a_row_without_a_place():
    row = read_rows((make_outcome(1),))[-1]
    known = ("claim", "kind", "verdict", "second_verdict", "found", "note", "start_ms")
    assert [row[name] for name in known] == [
        "blutmai/the-musket",
        "claim",
        "unverified",
        "unverified",
        "false",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("asked", "is_listed"),
    [({"verdicts": ("invented",)}, False), ({"verdicts": ("unverified",)}, True)],
)
def test_claim_that_was_not_found_is_listed_where_its_verdict_is_asked_for(asked, is_listed):
    rows = read_rows((choose(make_outcome(1), Choice(**asked)),))
    assert [row["claim"] for row in rows] == ["blutmai/the-musket"] * is_listed
