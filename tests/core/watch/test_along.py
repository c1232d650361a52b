"""The page to watch along with: what it holds, what it holds back, and what it may not load."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import get_args

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from headnotes.languages import labels_of, load_messages
from headnotes.model import NoteText
from headnotes.scheduling import Density, label_note, schedule, select, word_note
from headnotes.text import show_controls
from headnotes.watch import render_watch
from headnotes.watch.along import FRAME_RATES, describe_watching, list_levels, plan_windows
from made_outcomes import ENGLISH, correct_in, make_everywhere, make_outcome, make_track
from strategies import HOSTILE, outcomes

SCHEMA = json.loads(
    (files("headnotes.reports") / "schema" / "headnotes-2.schema.json").read_text("utf-8")
)
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Reader(HTMLParser):
    """An independent reading of a page: every element with its attributes, and scripts' texts."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.texts = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")
        self.open += [(tag, len(self.texts) - 1)] if tag not in VOID else []

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for _, place in self.open:
            self.texts[place] += data

    def find(self, name):
        return [attributes for tag, attributes in self.elements if tag == name]

    def read(self, name, **wanted):
        pairs = zip(self.elements, self.texts, strict=True)
        return [
            text for (tag, found), text in pairs if tag == name and wanted.items() <= found.items()
        ]


def render(*made, language="en", **more):
    return render_watch(made, language, **more)


def read_page(*made, **more):
    return Reader(next(iter(render(*made, **more).values())))


def read_json(page, name):
    return json.loads(page.read("script", id=name)[0])


# ------------------------------------------------------------------------------ safety


@pytest.mark.parametrize("video", ["", "film.mp4"])
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_becomes_markup(text, video):
    hostile = read_page(make_everywhere(text), video=video)
    plain = read_page(make_everywhere("plain"), video=video)
    shapes = [[(tag, sorted(found)) for tag, found in page.elements] for page in (hostile, plain)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_breaks_out_of_the_data(text):
    outcome = make_everywhere(text)
    page = read_page(outcome)
    assert read_json(page, "data")["episode"]["file"] == outcome.track.name
    spoken = [show_controls(cue.text) for cue in outcome.track.by_time if cue.text.strip()]
    assert [cue[2] for cue in read_json(page, "settings")["cues"]] == spoken


@given(outcomes(), st.sampled_from(["en", "de"]), st.sampled_from(["", "a%20b.mp4"]))
@settings(max_examples=25)
def test_any_outcome_gives_a_whole_page(outcome, language, video):
    page = read_page(outcome, language=language, video=video)
    assert page.open == []
    assert [len(page.find(name)) for name in ("h1", "main", "script", "style")] == [1, 1, 3, 1]
    assert len(page.find("video")) == bool(video)
    assert page.find("html") == [{"lang": language}]


def hash_of(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    ("video", "media"), [("", []), ("film.mp4", ["media-src 'self' file:"])], ids=["clock", "film"]
)
def test_policy_allows_own_style_and_script_and_the_film_alone(video, media):
    page = read_page(make_outcome(4), video=video)
    (policy,) = [
        meta["content"]
        for meta in page.find("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {hash_of(page.read('style')[0])}",
        f"script-src {hash_of(page.read('script')[2])}",
        "img-src data:",
        *media,
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_page_loads_nothing_but_the_film():
    page = read_page(make_outcome(20), video="../film.mp4")
    loads = [
        (tag, name, found[name])
        for tag, found in page.elements
        for name in ("src", "srcset", "data", "poster", "action", "background")
        if name in found
    ]
    assert loads == [("video", "src", "../film.mp4")]
    assert page.find("link") == [{"rel": "icon", "href": "data:,"}]


# ------------------------------------------------------------------------------ content


def test_data_is_the_contract():
    page = read_page(make_outcome(12))
    Draft202012Validator(SCHEMA).validate(read_json(page, "data"))


@pytest.mark.parametrize(("language", "button"), [("en", "What was that?"), ("de", "Was war das?")])
def test_page_speaks_the_language_of_its_notes(language, button):
    page = read_page(make_outcome(4), language=language)
    assert button in page.read("button", **{"data-act": "recall"})
    screen = read_json(page, "settings")["screen"]
    assert [line.startswith("[") for line in screen] == [True] * 4
    assert (language == "de") == screen[0].startswith("[WAHR]")


@pytest.mark.parametrize(("language", "rate"), [("en", "23.976"), ("de", "23,976")])
def test_rates_and_speeds_have_the_mark_of_their_language(language, rate):
    page = read_page(make_outcome(1), language=language)
    options = page.read("option")
    assert len([text for text in options if rate in text]) == 2
    assert f"0{rate[2]}75×" in options


def test_places_in_another_language_say_so():
    outcome = correct_in(ENGLISH, make_outcome(1))
    page = read_page(outcome, language="de")
    assert "Fundstellen in den Quellen sind auf Englisch angegeben." in page.read("p")
    assert outcome.annotations[0].note.citations[0].at in page.read("span", lang="en")


def test_every_note_can_be_read_without_a_script():
    outcome = make_outcome(20)
    page = read_page(outcome)
    assert len(page.find("article")) == len(outcome.annotations)
    assert [found for found in page.find("article") if "hidden" in found] == []
    records = [note.texts["en"].record for note in (item.note for item in outcome.annotations)]
    assert [record for record in records if record not in "".join(page.read("article"))] == []


def test_what_gives_away_later_episodes_is_folded_without_a_script():
    outcome = make_outcome(20)
    later = [item.note for item in outcome.annotations if item.note.spoiler]
    page = read_page(outcome)
    assert len(page.read("details", **{"class": "spoiler"})) == len(later) > 0


def test_every_source_stands_on_the_page_with_its_link():
    page = read_page(make_outcome(4))
    links = [found["href"] for found in page.find("a") if found["href"].startswith("https:")]
    assert links == ["https://doi.org/10.1017/S0018246X00018653"]
    cited = {found["href"] for found in page.find("a") if re.match(r"#s\d", found["href"])}
    assert cited == {f"#{found['id']}" for found in page.find("li") if "id" in found}


def test_page_of_150_notes_is_light():
    """With texts as long as those of our topics are on average, in both languages."""
    long = NoteText(headnote="h" * 60, shown="s" * 140, record="r" * 500, confidence="c" * 120)
    outcome = make_outcome(150)
    annotations = tuple(
        evolve(item, note=evolve(item.note, texts={"en": long, "de": long}))
        for item in outcome.annotations
    )
    (text,) = render(evolve(outcome, annotations=annotations)).values()
    assert 300_000 <= len(text.encode()) <= 500_000


def test_words_of_the_page_are_not_in_its_data_again():
    page = read_page(make_outcome(4))
    data = read_json(page, "data")
    kept = [(item["text"], item["evidence"], item["citations"]) for item in data["annotations"]]
    assert kept == [({}, [], [])] * 4
    assert data["sources"] == {}


def test_script_runs_on_televisions_of_the_last_years():
    """What came after Chromium 85 of 2020 is younger than many a television's browser."""
    script = read_page(make_outcome(1)).read("script")[2]
    younger = r"findLast|hasOwn|\.at\(|toSorted|structuredClone|checkVisibility|static \{|\(\?<="
    assert re.findall(younger, script) == []


def test_same_outcomes_give_the_same_bytes():
    made = (make_outcome(12), make_outcome(3))
    assert render(*made) == render(*made)


# ------------------------------------------------------------------------------ when what comes up


@pytest.mark.parametrize("density", get_args(Density))
def test_windows_are_those_of_the_tracks(density):
    outcome = make_outcome(60)
    kept = select(outcome.annotations, episode=outcome.episode).kept
    headnotes = schedule(outcome.track, kept, language="en", density=density).headnotes
    windows = plan_windows(outcome, "en", "")[density]
    assert [window[1:] for window in windows] == [(one.start_ms, one.end_ms) for one in headnotes]
    assert [outcome.annotations[place] for place, _, _ in windows] == [
        one.annotation for one in headnotes
    ]


def test_every_note_comes_at_its_moment_where_all_are_wanted():
    outcome = make_outcome(20)
    windows = plan_windows(outcome, "en", "S02E08")["every"]
    moments = [item.moment for item in outcome.annotations]
    fits = [bool(word_note(item.note, "en").text) for item in outcome.annotations]
    assert windows == [
        (place, one.start_ms, one.end_ms) for place, one in enumerate(moments) if fits[place]
    ]


def test_later_episodes_are_held_back_until_they_are_seen():
    outcome = make_outcome(20)
    described = describe_watching(outcome, load_messages("en"))
    later = [place for place, one in enumerate(outcome.annotations) if one.note.spoiler]
    assert list_levels(outcome) == ("", "S02E08")
    assert [place for place, level in enumerate(described["guards"]) if level] == later
    for level in described["levels"]:
        shown = {place for place, _, _ in level["windows"]["every"]}
        assert bool(shown & set(later)) == bool(level["seen"])


def test_cues_are_listed_by_time_and_without_empty_ones():
    track = make_track(3)
    first, second, third = track.cues
    cues = (third, evolve(second, text=" "), first)
    described = describe_watching(
        make_outcome(1, track=evolve(track, cues=cues)), load_messages("en")
    )
    assert described["cues"] == [(cue.start_ms, cue.end_ms, cue.text) for cue in (first, third)]


def test_track_without_cues_has_a_length():
    outcome = make_outcome(0, track=make_track(0))
    assert describe_watching(outcome, load_messages("en"))["length"] == 1


def test_subtitles_of_a_slower_film_run_faster_beside_a_faster_one():
    factors = {(rate.film, rate.subtitles): float(rate.factor) for rate in FRAME_RATES}
    assert factors["", ""] == 1
    # an hour at 23.976 frames a second has run through after 57:32.5 at 25
    assert 3_600 / factors["25", "23.976"] == pytest.approx(3_452.5, abs=0.1)
    assert factors["25", "24"] * factors["24", "25"] == pytest.approx(1)


# ------------------------------------------------------------------------------ several pages


def test_several_episodes_get_an_index_that_leads_to_each():
    made = (
        make_outcome(3, track=make_track(name="watch.srt")),
        make_outcome(3, track=make_track(name="a #1?.srt"), episode_id="S01E05"),
    )
    pages = render(*made)
    assert list(pages) == ["watch (2).watch.html", "a #1_.watch.html", "watch.html"]
    links = [found["href"] for found in Reader(pages["watch.html"]).find("a")]
    assert links == ["watch%20%282%29.watch.html", "a%20%231_.watch.html"]
    first = Reader(pages["watch (2).watch.html"])
    assert "watch.html" in [found["href"] for found in first.find("a")]


def list_links(*outcomes):
    return Reader(render(*outcomes)["watch.html"]).read("a")


def test_index_tells_languages_apart_where_there_are_several():
    english, german, other = (
        make_outcome(2, track=evolve(make_track(name=f"{tag}.srt"), language=tag))
        for tag in ("en", "de", None)
    )
    assert [text.rpartition(" · ")[2] for text in list_links(english, german)] == [
        "English",
        "German",
    ]
    assert " · " not in "".join(list_links(english, english))
    assert [" · " in text for text in list_links(english, other)] == [True, False]


def test_pages_lead_to_the_episodes_before_and_after():
    first, last, other = (
        make_outcome(2, track=make_track(name=f"{name}.srt"), episode_id=name)
        for name in ("S01E04", "S01E06", "S01E05")
    )
    pages = {name: Reader(text) for name, text in render(first, last, other).items()}
    leads = {
        name: [(found["rel"], found["href"]) for found in page.find("a") if "rel" in found]
        for name, page in pages.items()
        if name != "watch.html"
    }
    after = ("next", "S01E05.watch.html"), ("next", "S01E06.watch.html")
    web = {
        name: [link for link in found if link[0] in {"prev", "next"}]
        for name, found in leads.items()
    }
    assert web == {
        "S01E04.watch.html": [after[0], after[0]],
        "S01E05.watch.html": [("prev", "S01E04.watch.html"), after[1], after[1]],
        "S01E06.watch.html": [("prev", "S01E05.watch.html")],
    }


def make_spoken(name, language, count=30):
    track = evolve(make_track(count, name=f"{name}.srt"), language=language)
    return make_outcome(2, track=track, episode_id=name[:6])


def test_each_page_speaks_the_language_of_its_dialogue():
    german, english = make_spoken("S01E04.de", "de"), make_spoken("S01E04.en", "en")
    pages = render(german, english, language=None)
    spoken = [Reader(text).find("html")[0]["lang"] for text in pages.values()]
    assert spoken == ["de", "en", "en"]
    several = render(german, make_spoken("S01E05.de", "de"), language=None)
    assert Reader(several["watch.html"]).find("html")[0]["lang"] == "de"


def test_index_is_in_the_order_of_episodes():
    made = [make_spoken(name, "en") for name in ("S02E01.a", "S01E10.b", "S01E02.c")]
    links = [found["href"] for found in Reader(render(*made)["watch.html"]).find("a")]
    assert links == [f"{name}.watch.html" for name in ("S01E02.c", "S01E10.b", "S02E01.a")]


def test_list_of_keys_has_no_class_that_reports_put_a_colon_behind():
    text = next(iter(render(make_outcome(2)).values()))
    (keys,) = re.findall(r'<p class="small with-keys">(.*?)</p>', text)
    assert set(re.findall(r'class="([^"]*)"', keys)) == {"shortcut"}
    assert ".key::after" in text


def test_report_is_linked_where_it_lies_beside():
    outcome = make_outcome(3)
    with_report = read_page(outcome, has_report=lambda name: name == "S01E04.en.html")
    assert "S01E04.en.html" in [found["href"] for found in with_report.find("a")]
    assert "S01E04.en.html" not in [found["href"] for found in read_page(outcome).find("a")]


def test_command_that_makes_the_report_stands_where_none_lies_beside():
    outcome = make_outcome(3, track=make_track(name="a b.srt"))
    command = ["headnotes report 'a b.srt' --format html -o FOLDER"]
    assert read_page(outcome).read("code") == command
    assert read_page(outcome, has_report=lambda _: True).read("code") == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_labels_of_cards_and_choices_are_those_on_screen(language):
    outcome = make_outcome(12)
    page = read_page(outcome, language=language)
    known = labels_of(language)
    written = [text for text in page.read("b") if text.startswith("[")]
    on_screen = [label_note(item.note, language) for item in outcome.annotations]
    assert written == [*known.values(), *on_screen]


def test_how_far_one_has_seen_is_asked_where_it_matters():
    labels = [
        [found for tag, found in read_page(made).elements if tag == "label" and "hidden" in found]
        for made in (make_outcome(0), make_outcome(20))
    ]
    assert labels == [[{"hidden": None}], []]
