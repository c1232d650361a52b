from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from headnotes.reports.webannotation import AROUND, CONTEXT, render_webannotation
from made_outcomes import make_outcome
from strategies import outcomes

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
BASE = "http://example.org/files/"
TERMS = {
    "id": "@id",
    "type": "@type",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "items": {"@id": f"{AS}items", "@container": "@list"},
    "Annotation": f"{OA}Annotation",
    "TextualBody": f"{OA}TextualBody",
    "SpecificResource": f"{OA}SpecificResource",
    "FragmentSelector": f"{OA}FragmentSelector",
    "TextQuoteSelector": f"{OA}TextQuoteSelector",
    "Software": f"{AS}Application",
    "body": {"@id": f"{OA}hasBody", "@type": "@id"},
    "target": {"@id": f"{OA}hasTarget", "@type": "@id"},
    "source": {"@id": f"{OA}hasSource", "@type": "@id"},
    "selector": {"@id": f"{OA}hasSelector", "@type": "@id"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "assessing": f"{OA}assessing",
    "commenting": f"{OA}commenting",
    "tagging": f"{OA}tagging",
    "linking": f"{OA}linking",
    "conformsTo": {"@id": "http://purl.org/dc/terms/conformsTo", "@type": "@id"},
    "creator": {"@id": "http://purl.org/dc/terms/creator", "@type": "@id"},
    "name": "http://xmlns.com/foaf/0.1/name",
    "value": f"{RDF}value",
    "exact": f"{OA}exact",
    "prefix": f"{OA}prefix",
    "suffix": f"{OA}suffix",
    "language": "http://purl.org/dc/elements/1.1/language",
    "format": "http://purl.org/dc/elements/1.1/format",
}
"""What the published context says of the terms we use, so that tests need no network."""


def load_context(url, _options):
    assert url == CONTEXT
    return {"documentUrl": url, "contextUrl": None, "document": {"@context": TERMS}}


def read_items(*made):
    """Read annotations back with an independent JSON-LD reader."""
    (text,) = render_webannotation(made, "en").values()
    options = {"base": BASE, "documentLoader": load_context}
    (page,) = jsonld.expand(json.loads(text), options)
    return [one for found in page.get(f"{AS}items", []) for one in found["@list"]]


def find(item, *path):
    for part in path:
        item = item[f"{OA}{part}"][0]
    return item


def read_times(item):
    selectors = find(item, "hasTarget")[f"{OA}hasSelector"]
    (value,) = [
        one[f"{RDF}value"][0]["@value"]
        for one in selectors
        if one["@type"] == [f"{OA}FragmentSelector"]
    ]
    return tuple(round(float(part) * 1000) for part in value.removeprefix("t=").split(","))


@given(st.lists(outcomes(), min_size=1, max_size=2))
@settings(max_examples=40)
def test_counts_and_times_read_back_equal(made):
    assert [read_times(item) for item in read_items(*made)] == [
        (one.moment.start_ms, one.moment.end_ms) for outcome in made for one in outcome.annotations
    ]


@given(outcomes())
@settings(max_examples=40)
def test_target_is_the_file_beside_it(outcome):
    sources = {find(item, "hasTarget", "hasSource")["@id"] for item in read_items(outcome)}
    assert {unquote(one.removeprefix(BASE)) for one in sources} <= {outcome.track.name}


def test_every_annotation_has_an_id_of_its_own():
    items = read_items(make_outcome(50))
    assert len({item["@id"] for item in items}) == 50


def ids_of(*made):
    (text,) = render_webannotation(made, "en").values()
    page = json.loads(text)
    return page["id"], [item["id"] for item in page["items"]]


def test_files_of_one_name_have_annotations_of_their_own():
    """As one episode has in the folders of two releases; no folder gets into any id."""
    one = make_outcome(5)
    later = [evolve(cue, end_ms=cue.end_ms + 1) for cue in one.track.cues]
    other = evolve(one, track=evolve(one.track, cues=tuple(later)))
    first, second = ids_of(one), ids_of(other)
    assert first[0] != second[0]
    assert set(first[1]).isdisjoint(second[1])
    assert ids_of(one, other)[1] == [*first[1], *second[1]]
    assert len({*ids_of(one, one)[1]}) == 10  # copies


def test_page_is_made_by_headnotes():
    (text,) = render_webannotation((make_outcome(1),), "en").values()
    assert json.loads(text)["generator"] == {"type": "Software", "name": "Headnotes"}


def test_quote_stands_between_what_is_spoken_around_it():
    item = read_items(make_outcome(6))[3]
    (quote,) = [
        one
        for one in find(item, "hasTarget")[f"{OA}hasSelector"]
        if one["@type"] == [f"{OA}TextQuoteSelector"]
    ]
    exact, prefix, suffix = (
        quote[f"{OA}{part}"][0]["@value"] for part in ("exact", "prefix", "suffix")
    )
    spoken = " ".join(cue.spoken for cue in make_outcome(6).track.by_time)
    assert prefix + exact + suffix in spoken
    assert (len(prefix), len(suffix)) == (AROUND, AROUND)


@pytest.mark.parametrize(("place", "motive"), [(0, "assessing"), (2, "commenting")])
def test_verdicts_assess_and_context_comments(place, motive):
    assert find(read_items(make_outcome(3))[place], "motivatedBy")["@id"] == OA + motive


def test_bodies_are_texts_tags_and_links():
    bodies = read_items(make_outcome(1))[0][f"{OA}hasBody"]
    values = [one[f"{RDF}value"][0]["@value"] for one in bodies if f"{RDF}value" in one]
    assert values[0].startswith("Zwei Frauen")
    assert values[1].startswith("Two women")
    assert values[2:4] == ["blutmai/note-0000", "accurate"]
    linked = next(one for one in bodies if f"{OA}hasSource" in one)
    assert find(linked, "hasSource")["@id"].startswith("https://doi.org/")


def test_bodies_tell_the_claim_and_what_a_second_reader_says():
    bodies = read_items(make_outcome(1))[0][f"{OA}hasBody"]
    values = [one[f"{RDF}value"][0]["@value"] for one in bodies if f"{RDF}value" in one]
    assert values[-3].startswith("Two women are shot by police")
    assert values[-1] == "accurate, low: The list is firm."
