from __future__ import annotations

import base64
import gc
import hashlib
import json
import re
import zlib
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

from headnotes.model import Annotation, Choice, NoteText, Outcome, Passage, Verdict, WorkSeason
from headnotes.reports.pages import render_html, write_pages
from headnotes.reports.pages.episode import describe_page, shorten
from headnotes.reports.pages.rendering import embed_json
from headnotes.scheduling import choose
from headnotes.scoring import claims_of
from headnotes.text import write_json
from made_outcomes import (
    ENGLISH,
    correct_in,
    make_everywhere,
    make_moment,
    make_outcome,
    make_repair,
    make_track,
)
from strategies import CHOICES, HOSTILE, outcomes

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


def read_script(page, place):
    return json.loads("".join(page.find("script")[place].text))


def read_data(page):
    """The data as the page's script unpacks it."""
    marked = ["".join(one.text) for one in page.elements if "data-text" in one.attributes]
    packed = base64.b64decode("".join(page.find("script")[0].text))

    def restore(value):
        return marked[value["$"]] if "$" in value else value

    return json.loads(zlib.decompress(packed), object_hook=restore)


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


@given(outcomes(), CHOICES)
@settings(max_examples=30)
def test_embedded_data_is_the_export_in_one_language(outcome, choice):
    outcome = choose(outcome, choice)
    data = read_data(read_page(outcome))
    Draft202012Validator(SCHEMA).validate(data)
    assert data == json.loads(write_json(describe_page(outcome, "en")))


def test_text_of_a_note_is_in_the_page_once_for_each_card():
    (text,) = render(make_outcome(1)).values()
    record = make_outcome(1).annotations[0].note.texts["en"].record
    assert text.count(record) == text.count("<article") == 2


@given(outcomes(), CHOICES)
@settings(max_examples=30)
def test_every_id_is_unique_and_every_link_leads_there(outcome, choice):
    page = read_page(choose(outcome, choice))
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
    heading = next(one for one in page.find("h4") if "article" in one.above)
    assert heading.attributes["lang"] == "de"


def test_texts_of_a_topic_in_one_language_say_which():
    outcome = correct_in(ENGLISH, make_outcome())
    outcome = evolve(outcome, issues=(make_repair("it broke"),))
    page = read_page(outcome, language="de")
    spans = {"".join(one.text) for one in page.find("span") if one.attributes.get("lang") == "en"}
    at = outcome.annotations[0].note.citations[0].at
    assert {at, f"verdict unverified -> mostly-accurate – {ENGLISH}"} <= spans
    (problem,) = (one for one in page.find("li") if "it broke" in "".join(one.text))
    assert problem.attributes["lang"] == "en"
    summaries = {"".join(one.text).partition(" (1)")[0] for one in page.find("summary")}
    assert {"Korrekturen (auf Englisch)", "Probleme (auf Englisch)"} <= summaries
    assert "Fundstellen in den Quellen sind auf Englisch" in read_section(page, "notes")
    assert "Fundstellen in den Quellen sind auf Englisch" in read_section(page, "sheet")


def test_page_in_the_language_of_its_topics_announces_none():
    outcome = correct_in(ENGLISH, make_outcome())
    page = read_page(outcome, language="en")
    assert not [one for one in page.elements if "lang" in one.attributes and one.name != "html"]
    assert "Places in sources" not in read_section(page, "notes")


def test_repairs_are_in_the_language_of_the_program():
    repair = make_repair("a blank line inside a cue")
    outcome = evolve(make_outcome(1), track=evolve(make_track(), repairs=(repair,)))
    page = read_page(outcome, language="de")
    assert any("repariert (auf Englisch) (1)" in "".join(one.text) for one in page.find("summary"))
    (shown,) = (one for one in page.find("span") if "".join(one.text) == repair.message)
    assert shown.attributes["lang"] == "en"
    bare = read_page(make_outcome(1), language="de")
    assert any("repariert (0)" in "".join(one.text) for one in bare.find("summary"))


def test_every_word_of_a_note_is_readable_without_script():
    outcome = make_outcome(4)
    shown = "".join("".join(one.text) for one in read_page(outcome).find("article"))
    text = outcome.annotations[3].note.texts["en"]
    assert all(part in shown for part in (text.headnote, text.shown, text.record, text.confidence))


def test_spoilers_are_folded_and_named_nowhere_else():
    page = read_page(make_outcome(12))
    note = make_outcome(12).annotations[7].note.id
    (article,) = [one for one in page.find("article") if one.attributes["id"].endswith(note)]
    summaries = ["".join(one.text) for one in page.find("summary") if "article" in one.above]
    assert summaries.count("spoiler for S02E08") == 1
    assert "Two women did die" in "".join(article.text)
    listed = [one.attributes["href"] for one in page.find("a") if "ol" in one.above]
    assert listed
    assert not any(note in link for link in listed)


def test_spoilers_are_on_no_sheet():
    outcome = make_outcome(12)
    (place,) = [i for i, one in enumerate(outcome.annotations) if one.note.spoiler]
    spoiling = outcome.annotations[place]
    outcome = evolve(outcome, annotations=(spoiling,), topics={})
    assert [one for one in read_page(outcome).elements if one.attributes.get("id") == "sheet"] == []


def test_reader_who_has_seen_more_finds_less_folded():
    page = read_page(choose(make_outcome(12), Choice(seen="S02E08")))
    assert "spoiler" not in "".join(page.find("main")[0].text)


def test_claim_of_a_note_that_is_not_listed_still_counts_and_has_no_card():
    outcome = choose(make_outcome(12), Choice(verdicts=("inaccurate",)))
    page = read_page(outcome)
    verdicts = {article.attributes["class"] for article in page.find("article")}
    assert verdicts == {"note inaccurate"}
    score, notes = read_section(page, "score"), "(1 of 12 notes)"
    assert "10 of 11 claims found" in score
    assert f"Only these are listed: inaccurate {notes}. The numbers count all of them." in score
    assert "+6.3 Two women are shot by police" in score


def test_index_says_where_the_notes_count_that_an_episode_shows():
    outcome = make_outcome(6)
    strange = evolve(outcome, episode=evolve(outcome.episode, ids=("S01E05",)))
    page = Reader(render(strange, outcome)["index.html"])
    whole = "".join(page.find("main")[0].text)
    said = "there are no claims to score; 5 claims judged here count for other episodes (S01E04)"
    assert said in whole


def test_note_with_several_moments_has_one_card():
    outcome = make_outcome(1)
    one = outcome.annotations[0]
    again = Annotation(topic=one.topic, note=one.note, moment=make_moment(outcome.track, 100))
    page = read_page(evolve(outcome, annotations=(one, again)))
    ids = [article.attributes["id"] for article in page.find("article")]
    assert ids == ["blutmai/note-0000", "blutmai/the-musket"]
    assert "0:00:20, 0:23:20" in "".join(page.find("article")[0].text)


def lose(outcome, *places):
    """Let the notes at these places be heard nowhere, as in a file with other words."""
    kept = [note for place, note in enumerate(outcome.annotations) if place not in places]
    return evolve(outcome, annotations=tuple(kept))


def read_section(page, name):
    """The elements inside the section of this id, with all their text."""
    (section,) = [one for one in page.elements if one.attributes.get("id") == name]
    return "".join(section.text)


@given(outcomes())
@settings(max_examples=30)
def test_every_claim_that_counts_has_a_card(outcome):
    ids = {article.attributes["id"] for article in read_page(outcome).find("article")}
    for claim in claims_of(outcome):
        judging = {f"{each.topic}/{note}" for each in claim.judgements for note in each.notes}
        assert judging & ids


def test_claim_that_is_not_heard_has_its_correction_and_sources_on_the_page():
    page = read_page(lose(make_outcome(12), 3))
    (card,) = [
        "".join(article.text)
        for article in page.find("article")
        if article.attributes["id"] == "blutmai/note-0003"
    ]
    assert "not found in this file" in card
    assert "A list of the dead names two women" in card
    assert "list of the dead" in card.partition("sources")[2]
    assert "Claims not heard in this file" in read_section(page, "unheard")


def test_source_that_an_unheard_note_alone_cites_is_listed():
    outcome = lose(make_outcome(2), 0, 1)
    assert "The Historical Journal" in read_section(read_page(outcome), "sources")


def test_what_is_furthest_from_the_record_leads_to_its_card_and_says_what_is_known_first():
    page = read_page(lose(make_outcome(12), 3))
    text = read_section(page, "worst")
    assert text.index("[SCENE: FALSE] Two women did die") < text.index(
        "What is shown Two women are"
    )
    assert "not found in this file" in text
    links = [one.attributes["href"] for one in page.find("a") if "ol" in one.above]
    assert "#blutmai/note-0003" in links


@pytest.mark.parametrize("language", ["en", "de"])
def test_note_without_a_place_is_named_by_its_line_and_its_reasons_are_folded(language):
    outcome = make_outcome(1)
    page = read_page(outcome, language=language)
    line = outcome.unplaced[0].note.texts[language].headnote
    (summary,) = [one for one in page.find("summary") if one.above.count("details") == 2]
    assert "".join(summary.text) == line


def test_unplaced_spoiler_is_not_told():
    outcome = make_outcome(1)
    missed = evolve(outcome.unplaced[0], note=evolve(outcome.unplaced[0].note, spoiler="S02E08"))
    page = read_page(evolve(outcome, unplaced=(missed,)))
    (summary,) = [one for one in page.find("summary") if one.above.count("details") == 2]
    assert "".join(summary.text) == "spoiler for S02E08"


def test_sheet_begins_with_what_is_furthest_from_the_record_and_counts_its_claims():
    outcome = make_outcome(12)
    text = read_section(read_page(outcome), "sheet")
    verdicts = "mostly accurate|accurate|inaccurate|invented|unverified|context"
    rows = re.findall(f"^[0-9:]{{7}}({verdicts})", text, re.MULTILINE)
    # of the mostly inaccurate ones, one is a spoiler
    assert rows[:5] == ["inaccurate", *["mostly accurate"] * 3, "accurate"]
    judged = [row for row in rows if row != "context"]
    assert f"{len(judged) + 1} of {len(claims_of(outcome))} claims." in text  # one has no time


def test_sheet_says_what_its_reader_asked_for():
    outcome = choose(make_outcome(12), Choice(verdicts=("inaccurate",)))
    assert "Only these are listed: inaccurate" in read_section(read_page(outcome), "sheet")


def test_sheet_counts_no_claim_that_counts_for_other_episodes():
    outcome = make_outcome(6)
    strange = evolve(outcome, episode=evolve(outcome.episode, ids=("S01E05",)))
    text = read_section(read_page(strange), "sheet")
    assert "of 0 claims" not in text
    assert text.count("counts for other episodes") == 5


def test_source_on_the_sheet_has_author_title_and_year():
    text = read_section(read_page(make_outcome(3)), "sheet")
    assert "Berlin am Morgen: Front page with the names of the dead 1929, list of the dead" in text


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://www.example.org/a/b/", "example.org/a/b"),
        ("https://example.org/" + "long/" * 9, "example.org"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_address_on_the_sheet_is_short(url, short):
    assert shorten(url) == short


def test_sources_with_other_addresses_are_not_linked():
    outcome = make_outcome(1)
    topic = outcome.topics["blutmai"]
    bad = evolve(topic.sources["bowlby-1986"], url="javascript:alert(1)")
    topic = evolve(topic, sources={**topic.sources, "bowlby-1986": bad})
    page = read_page(evolve(outcome, topics={**outcome.topics, "blutmai": topic}))
    assert [one for one in page.find("a") if "javascript" in one.attributes["href"]] == []


def lengthen(outcome, passages):
    """Give each note texts of a thousand characters, in so many passages."""
    share = len(outcome.annotations) / passages
    annotations = []
    for number, annotation in enumerate(outcome.annotations):
        place = int(number / share)
        texts = {
            tag: NoteText(
                headnote=f"{number:03d} {'An opening line as long as a screen takes. ' * 2}"[:80],
                shown=f"{number:03d} {'What the picture shows. ' * 9}"[:150],
                record=f"{number:03d} {'The record has it otherwise. ' * 40}"[:650],
                confidence=f"{number:03d} {'Two lists agree. ' * 9}"[:110],
            )
            for tag in ("en", "de")
        }
        passage = Passage(
            depiction=f"d{place}",
            start_ms=int(place * share) * 15_000,
            end_ms=int(place * share) * 15_000 + 60_000,
            first_cue=1,
            last_cue=2,
        )
        note = evolve(annotation.note, texts=texts)
        annotations.append(evolve(annotation, note=note, passage=passage))
    return evolve(outcome, annotations=tuple(annotations))


def test_page_of_150_long_notes_is_light():
    (text,) = render(lengthen(make_outcome(150), 40)).values()
    assert text.count('<section class="passage"') == 40
    assert len(text.encode()) <= 500_000


def test_claims_are_reviewed_once_each():
    graph = read_script(read_page(make_outcome(10)), 2)["@graph"]
    ratings = [one["reviewRating"] for one in graph if one["@type"] == "ClaimReview"]
    values = [one.get("ratingValue") for one in ratings]
    assert values == [4, 3, 1, None, 3, None, 2, 4]
    assert ratings[3]["alternateName"] == "invented"


def test_page_says_whose_topics_are_and_where_they_are_kept():
    outcome = make_outcome()
    page = next(iter(render_html((outcome,), "en").values()))
    link = '<a class="url" href="https://example.org/topic"'
    assert f"<b>Blutmai</b> 1.1: A. Writer, B. Reader · CC BY-SA 4.0 · {link}" in page
    topics = {
        name: evolve(topic, authors=(), licence="", homepage="")
        for name, topic in outcome.topics.items()
    }
    page = next(iter(render_html((evolve(outcome, topics=topics),), "en").values()))
    assert "A. Writer" not in page


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
    missed = [claim for claim in claims_of(outcome) if not claim.is_found]
    assert len(page.find("article")) == len(outcome.annotations) + len(missed)
    assert "no score" in "".join("".join(one.text) for one in page.find("p"))


def test_several_files_get_an_index_that_leads_to_each():
    pages = render(
        make_outcome(12, track=make_track(name="S01E04.en.srt")),
        make_outcome(12, track=make_track(name="S01E04.en.vtt")),
        make_outcome(12, track=make_track(name="a #1?.srt"), episode_id="S01E05"),
    )
    links = [one.attributes["href"] for one in Reader(pages["index.html"]).find("a")]
    assert {unquote(link) for link in links} | {"index.html"} == set(pages)


def test_index_says_which_topics_alone_its_numbers_are_of():
    made = [
        make_outcome(12, track=make_track(name="S01E04.en.srt")),
        make_outcome(12, track=make_track(name="S01E05.en.srt"), episode_id="S01E05"),
    ]
    said = "Notes and numbers are of these topics alone: Blutmai."
    assert said not in render(*made)["index.html"]
    asked = Choice(topics=("blutmai",))
    narrowed = render(*(choose(outcome, asked) for outcome in made))
    assert said in narrowed["index.html"]


def find_neighbours(page):
    """Where a page leads to before and after it."""
    return {
        one.attributes["rel"]: one.attributes["href"]
        for one in page.find("a")
        if one.above[-1] == "nav" and "rel" in one.attributes
    }


def test_pages_lead_to_the_fullest_file_of_an_episode():
    made = [
        make_outcome(3, track=make_track(count, name=f"{name}.srt"), episode_id=name[:6])
        for name, count in (("S01E04", 30), ("S01E05.forced", 3), ("S01E05", 30))
    ]
    page = Reader(render(*made)["S01E04.html"])
    assert find_neighbours(page) == {"next": "S01E05.html"}


def test_pages_lead_to_the_episodes_beside_them_in_the_same_language():
    names = ("S01E04.en", "S01E04.de", "S01E05.de", "S01E05.en", "S02E01.en")
    made = [
        make_outcome(
            3,
            track=evolve(make_track(30, name=f"{name}.srt"), language=name[-2:]),
            episode_id=name[:6],
        )
        for name in names
    ]
    pages = render(*made)
    found = {name: find_neighbours(Reader(pages[f"{name}.html"])) for name in names}
    assert found == {
        "S01E04.en": {"next": "S01E05.en.html"},
        "S01E04.de": {"next": "S01E05.de.html"},
        "S01E05.de": {"prev": "S01E04.de.html", "next": "S02E01.en.html"},
        "S01E05.en": {"prev": "S01E04.en.html", "next": "S02E01.en.html"},
        "S02E01.en": {"prev": "S01E05.en.html"},
    }


def test_index_has_a_row_per_episode_with_its_languages():
    made = [
        make_outcome(3, track=evolve(make_track(30, name=f"a.{tag}.srt"), language=tag))
        for tag in ("en", "de")
    ]
    page = Reader(render(*made)["index.html"])
    marks = [one for one in page.find("a") if "th" in one.above]
    assert ["".join(one.text) for one in marks] == ["English", "German"]
    assert [one.attributes["href"] for one in marks] == ["a.en.html", "a.de.html"]


def test_pages_without_a_language_speak_that_of_their_dialogue():
    made = [
        make_outcome(3, track=evolve(make_track(30, name=f"a.{tag}.srt"), language=tag))
        for tag in ("en", "de")
    ]
    pages = {name: Reader(text) for name, text in write_pages(made, None)}
    spoken = {name: page.find("html")[0].attributes["lang"] for name, page in pages.items()}
    assert spoken == {"a.en.html": "en", "a.de.html": "de", "index.html": "en"}


def count_living():
    """How many outcomes with their annotations are alive."""
    gc.collect()
    return sum(isinstance(one, Outcome) and bool(one.annotations) for one in gc.get_objects())


def test_outcomes_are_let_go_page_by_page():
    before = count_living()
    alive = []

    def make_many():
        for number in range(6):
            alive.append(count_living() - before)
            yield make_outcome(3, episode_id=f"S01E{number + 1:02d}")

    written = [count_living() - before for _ in write_pages(make_many(), "en")]
    assert max(alive) <= 1
    assert set(written) == {0}


def test_index_compares_without_ranking():
    mostly_wrong: tuple[Verdict, ...] = ("inaccurate", "inaccurate", "inaccurate", "accurate")
    mostly_right: tuple[Verdict, ...] = ("accurate", "accurate", "accurate", "inaccurate")
    low = make_outcome(40, verdicts=mostly_wrong, episode_id="S01E04")
    high = make_outcome(40, verdicts=mostly_right, episode_id="S01E05")
    shown = "".join("".join(one.text) for one in Reader(render(low, high)["index.html"]).find("li"))
    assert "S01E05 lies clearly above S01E04" in shown
    assert "Not a ranking" in shown


def test_seasons_of_a_series_are_shown_together_first():
    made = [make_outcome(12, episode_id=one) for one in ("S01E04", "S02E01")]
    page = Reader(render(*made)["index.html"])
    assert ["".join(one.text) for one in page.find("h2")] == ["All seasons", "Season 1", "Season 2"]
    links = [one.attributes["href"] for one in page.find("a") if "th" in one.above]
    assert links[:2] == ["#work-1-season-1", "#work-1-season-2"]


def test_a_season_of_an_anthology_has_its_own_title():
    made = [make_outcome(12, episode_id=one) for one in ("S01E04", "S02E01")]
    season = WorkSeason(number=2, title={"en": "The Flood"})
    titled = [evolve(one, work=evolve(one.work, seasons=(season,))) for one in made if one.work]
    page = Reader(render(*titled)["index.html"])
    titles = ["".join(one.text) for one in page.find("h2")]
    assert titles == ["All seasons", "Season 1", "Season 2 “The Flood”"]


@given(st.lists(outcomes(), min_size=2, max_size=3), st.sampled_from(["en", "de"]))
@settings(max_examples=15)
def test_any_outcomes_give_a_whole_index(made, language):
    page = Reader(render(*made, language=language)["index.html"])
    assert page.open == []
    links = {one.attributes["href"] for one in page.find("a") if "th" in one.above}
    assert len([link for link in links if not link.startswith("#")]) == len(made)


def test_same_outcomes_give_the_same_bytes():
    made = (make_outcome(12), make_outcome(3))
    assert render(*made) == render(*made)


def test_page_of_a_language_from_right_to_left_says_so():
    (page,) = render(make_outcome(3), language="he").values()
    assert '<html lang="he" dir="rtl">' in page
    assert 'lang="en" dir="ltr"' in page


def test_page_from_left_to_right_says_nothing_of_direction():
    (page,) = render(make_outcome(3), language="de").values()
    assert " dir=" not in page
