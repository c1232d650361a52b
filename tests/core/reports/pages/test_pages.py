from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import pytest
from attrs import evolve, field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from headnotes.model import Annotation
from headnotes.reports.pages import render_html
from headnotes.reports.pages.rendering import embed_json
from made_outcomes import make_everywhere, make_moment, make_outcome, make_track
from strategies import HOSTILE, outcomes

SCHEMA = json.loads(
    (files("headnotes.reports") / "schema" / "headnotes-2.schema.json").read_text("utf-8")
)

VOID = {"meta", "link", "input", "br", "img", "hr"}


@frozen
class Element:
    name: str
    attributes: dict[str, Any] = field(factory=dict)
    text: list[str] = field(factory=list)
    above: tuple[str, ...] = ()


class Reader(HTMLParser):
    """An independent reading of a page: its elements in order, each with its own text."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        above = tuple(one.name for one in self.open)
        element = Element(tag, dict(attrs), [], above)
        self.elements.append(element)
        self.open += [element] if tag not in VOID else []

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs), [], tuple(one.name for one in self.open)))

    def handle_endtag(self, tag):
        assert self.open.pop().name == tag

    def handle_data(self, data):
        for element in self.open:
            element.text.append(data)

    def find(self, name):
        return [one for one in self.elements if one.name == name]


def render(*made, language="en"):
    return render_html(tuple(made), language)


def read_page(*made, language="en"):
    return Reader(next(iter(render(*made, language=language).values())))


def read_data(page, place=0):
    return json.loads("".join(page.find("script")[place].text))


@given(outcomes(), st.sampled_from(["en", "de"]))
@settings(max_examples=40)
def test_any_outcome_gives_a_whole_page(outcome, language):
    page = read_page(outcome, language=language)
    assert page.open == []
    assert [len(page.find(name)) for name in ("h1", "main", "script", "style")] == [1, 1, 4, 1]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_becomes_markup(text):
    hostile, plain = read_page(make_everywhere(text)), read_page(make_everywhere("plain"))
    shape = [(one.name, sorted(one.attributes)) for one in hostile.elements]
    assert shape == [(one.name, sorted(one.attributes)) for one in plain.elements]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_breaks_out_of_the_data(text):
    data = read_data(read_page(make_everywhere(text)))
    assert data["annotations"][0]["text"]["en"]["record"] == text


@given(st.text(st.characters()))
def test_embedded_data_has_no_character_of_markup(text):
    written = str(embed_json([text]))
    assert set(written) & set("<>&") == set()
    assert json.loads(written) == [text]


@given(outcomes())
@settings(max_examples=30)
def test_embedded_data_keeps_the_contract(outcome):
    Draft202012Validator(SCHEMA).validate(read_data(read_page(outcome)))


@given(outcomes())
@settings(max_examples=30)
def test_every_id_is_unique_and_every_link_leads_there(outcome):
    page = read_page(outcome)
    ids = Counter(one.attributes["id"] for one in page.elements if "id" in one.attributes)
    links = {one.attributes["href"] for one in page.find("a")}
    assert set(ids.values()) == {1}
    assert {unquote(link[1:]) for link in links if link.startswith("#")} <= set(ids)


@given(outcomes())
@settings(max_examples=30)
def test_nothing_is_loaded_from_anywhere(outcome):
    page = read_page(outcome)
    loading = [
        one.attributes.get("src") or one.attributes.get("href")
        for one in page.elements
        if one.name not in {"a", "use"} and {"src", "href"} & set(one.attributes)
    ]
    assert loading == ["data:,"]
    assert not re.search(r"@import|url\((?!data:|#)", "".join(page.find("style")[0].text))


def test_policy_allows_this_style_and_script_alone():
    page = read_page(make_outcome(3))
    policy = page.find("meta")[1].attributes["content"]
    texts = ["".join(page.find("style")[0].text), "".join(page.find("script")[-1].text)]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
    assert [f"'sha256-{one}'" in policy for one in hashes] == [True, True]
    assert policy.startswith("default-src 'none';")
    assert not any("style" in one.attributes for one in page.elements)
    assert "unsafe" not in policy


@pytest.mark.parametrize("language", ["en", "de"])
def test_page_speaks_its_language(language):
    page = read_page(make_outcome(3), language=language)
    (tag,) = read_data(page)["annotations"][0]["text"]
    assert page.find("html")[0].attributes["lang"] == tag == language


def test_text_in_another_language_says_so():
    outcome = make_outcome(1)
    note = outcome.annotations[0].note
    note = evolve(note, texts={"de": note.texts["de"]})
    outcome = evolve(outcome, annotations=(evolve(outcome.annotations[0], note=note),))
    page = read_page(outcome)
    heading = next(one for one in page.find("h3") if "article" in one.above)
    assert heading.attributes["lang"] == "de"


def test_every_word_of_a_note_is_readable_without_script():
    outcome = make_outcome(4)
    shown = "".join("".join(one.text) for one in read_page(outcome).find("article"))
    text = outcome.annotations[3].note.texts["en"]
    assert all(part in shown for part in (text.headnote, text.shown, text.record, text.confidence))


def test_spoilers_are_folded_and_named_nowhere_else():
    page = read_page(make_outcome(12))
    note = make_outcome(12).annotations[7].note.id
    (article,) = [one for one in page.find("article") if one.attributes["id"].endswith(note)]
    (summary,) = page.find("summary")
    assert "".join(summary.text) == "spoiler for S02E08"
    assert "".join(page.find("table")[1].text).count("spoiler for S02E08") == 1
    assert "Two women did die" in "".join(article.text)


def test_note_with_several_moments_has_one_card():
    outcome = make_outcome(1)
    one = outcome.annotations[0]
    again = Annotation(topic=one.topic, note=one.note, moment=make_moment(outcome.track, 100))
    page = read_page(evolve(outcome, annotations=(one, again)))
    assert len(page.find("article")) == 1
    assert len([tag for tag in page.find("a") if "svg" in tag.above]) == 2


def test_sources_with_other_addresses_are_not_linked():
    outcome = make_outcome(1)
    topic = outcome.topics["blutmai"]
    bad = evolve(topic.sources["bowlby-1986"], url="javascript:alert(1)")
    topic = evolve(topic, sources={**topic.sources, "bowlby-1986": bad})
    page = read_page(evolve(outcome, topics={**outcome.topics, "blutmai": topic}))
    assert [one for one in page.find("a") if "javascript" in one.attributes["href"]] == []


def test_page_of_150_notes_is_light():
    (text,) = render(make_outcome(150)).values()
    assert len(text.encode()) <= 500_000


def test_claims_are_reviewed_once_each():
    graph = read_data(read_page(make_outcome(10)), place=2)["@graph"]
    ratings = [one["reviewRating"] for one in graph if one["@type"] == "ClaimReview"]
    values = [one.get("ratingValue") for one in ratings]
    assert values == [4, 3, 1, None, 3, None, 2, 4]
    assert ratings[3]["alternateName"] == "invented"


@pytest.mark.parametrize(
    "outcome",
    [
        make_outcome(0, track=make_track(0)),
        make_outcome(0),
        make_outcome(1, episode_id=None),
        make_outcome(4, verdicts=("invented",)),
        make_outcome(9, verdicts=(None,)),
        make_outcome(3, track=make_track(900, step_ms=80_000)),
    ],
    ids=["no cues", "no notes", "unknown episode", "only inventions", "only context", "20 hours"],
)
def test_odd_outcomes_give_a_sensible_page(outcome):
    page = read_page(outcome)
    assert len(page.find("article")) == len(outcome.annotations)
    assert "no score" in "".join(page.find("output")[0].text)


def test_several_files_get_an_index_that_leads_to_each():
    pages = render(
        make_outcome(12, track=make_track(name="S01E04.en.srt")),
        make_outcome(12, track=make_track(name="S01E04.en.vtt")),
        make_outcome(12, track=make_track(name="a #1?.srt"), episode_id="S01E05"),
    )
    links = [one.attributes["href"] for one in Reader(pages["index.html"]).find("a")]
    assert {unquote(link) for link in links} | {"index.html"} == set(pages)


def test_index_compares_without_ranking():
    low = make_outcome(12, verdicts=("inaccurate",), episode_id="S01E04")
    high = make_outcome(12, verdicts=("accurate",), episode_id="S01E05")
    shown = "".join("".join(one.text) for one in Reader(render(low, high)["index.html"]).find("li"))
    assert "S01E05 lies clearly above S01E04" in shown
    assert "Not a ranking" in shown


def test_seasons_of_a_series_are_shown_together_first():
    made = [make_outcome(12, episode_id=one) for one in ("S01E04", "S02E01")]
    page = Reader(render(*made)["index.html"])
    assert ["".join(one.text) for one in page.find("h2")] == ["All seasons", "Season 1", "Season 2"]
    links = [one.attributes["href"] for one in page.find("a") if "th" in one.above]
    assert links[:2] == ["#work-1-season-1", "#work-1-season-2"]


@given(st.lists(outcomes(), min_size=2, max_size=3), st.sampled_from(["en", "de"]))
@settings(max_examples=15)
def test_any_outcomes_give_a_whole_index(made, language):
    page = Reader(render(*made, language=language)["index.html"])
    assert page.open == []
    links = [one.attributes["href"] for one in page.find("a") if "th" in one.above]
    assert len([link for link in links if not link.startswith("#")]) == len(made)


def test_same_outcomes_give_the_same_bytes():
    made = (make_outcome(12), make_outcome(3))
    assert render(*made) == render(*made)
