from __future__ import annotations

import json
import unicodedata
from importlib.resources import files

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from headnotes.model import EpisodeId, Passage
from headnotes.reports.json import describe_outcome, name_sources, render_json
from headnotes.scheduling import schedule, select
from headnotes.text import write_json
from made_outcomes import TOPICS, make_outcome, make_topic
from strategies import outcomes

SCHEMA = json.loads(
    (files("headnotes.reports") / "schema" / "headnotes-2.schema.json").read_text("utf-8")
)
STEERING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
CHECK = Draft202012Validator(SCHEMA)


def find_objects(schema):
    """Every part of a schema that describes an object with named fields."""
    parts = schema.values() if isinstance(schema, dict) else schema
    inner = [one for part in parts if isinstance(part, dict | list) for one in find_objects(part)]
    return [schema, *inner] if isinstance(schema, dict) and "properties" in schema else inner


def test_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@given(outcomes())
def test_any_outcome_validates_against_the_schema(outcome):
    CHECK.validate(json.loads(write_json(describe_outcome(outcome, "en"))))


def test_every_field_of_an_object_is_required():
    closed = [one for one in find_objects(SCHEMA) if one.get("type") == "object"]
    assert [list(one["properties"]) for one in closed] == [one["required"] for one in closed]


def test_one_file_is_one_indented_object():
    written = render_json((make_outcome(),), "en")
    assert list(written) == ["S01E04.en.json"]
    assert json.loads(written["S01E04.en.json"])["schema"] == "headnotes/2"


def test_several_files_are_one_object_a_line():
    (text,) = render_json((make_outcome(3), make_outcome(0), make_outcome(1)), "de").values()
    assert [len(json.loads(line)["annotations"]) for line in text.splitlines()] == [3, 0, 1]


def test_data_holds_spoilers_and_every_language():
    described = describe_outcome(make_outcome(12), "en")["annotations"]
    assert described[7]["spoiler"] == "S02E08"
    assert sorted(described[7]["text"]) == ["de", "en"]


def test_unknown_work_and_episode_are_null():
    outcome = make_outcome(2, episode_id=None)
    outcome = evolve(outcome, episode=evolve(outcome.episode, work=None), work=None)
    episode = describe_outcome(outcome, "en")["episode"]
    assert (episode["work"], episode["id"]) == (None, None)


def test_equal_sources_of_two_topics_share_their_id():
    assert set(name_sources(make_outcome(6)).values()) == {
        "berlin-am-morgen-1929-05-04",
        "bowlby-1986",
    }


def test_different_sources_of_one_id_stay_apart():
    outcome = make_outcome(6)
    other = make_topic("comintern", [])
    changed = evolve(other.sources["bowlby-1986"], title="Another text")
    other = evolve(other, sources={**other.sources, "bowlby-1986": changed})
    described = describe_outcome(
        evolve(outcome, topics={**outcome.topics, "comintern": other}), "en"
    )
    assert sorted(described["sources"]) == [
        "berlin-am-morgen-1929-05-04",
        *(f"{topic}/bowlby-1986" for topic in sorted(TOPICS)),
    ]
    assert described["annotations"][1]["citations"][1]["source"] == "comintern/bowlby-1986"


@given(outcomes())
def test_every_known_citation_leads_to_its_source(outcome):
    described = describe_outcome(outcome, "en")
    cited = {
        citation["source"] for one in described["annotations"] for citation in one["citations"]
    }
    assert cited == set(described["sources"])


@pytest.mark.parametrize("language", ["en", "de"])
def test_score_defines_its_numbers(language):
    score = describe_outcome(make_outcome(), language)["score"]
    assert all(score["definitions"].values())


@given(st.text(st.characters()))
def test_written_json_hides_nothing_and_reads_back(text):
    written = write_json({"text": text})
    assert json.loads(written) == {"text": text}
    assert {unicodedata.category(char) for char in written} & {"Cc", "Cs", "Zl", "Zp"} == set()
    assert {unicodedata.bidirectional(char) for char in written} & STEERING == set()


@given(outcomes())
def test_same_outcome_gives_same_bytes(outcome):
    assert render_json((outcome,), "en") == render_json((outcome,), "en")


# ------------------------------------------------------------------------ claims


def test_data_lists_the_claims_of_the_episode_with_both_ratings():
    outcome = make_outcome(12)
    described = describe_outcome(evolve(outcome, annotations=outcome.annotations[:1]), "en")
    assert described["score"]["claims"] == len(described["claims"]) == 11
    assert [claim["found"] for claim in described["claims"]] == [True, *[False] * 10]
    assert described["claims"][0] == {
        "name": "blutmai/note-0000",
        "id": "note-0000",
        "topic": "blutmai",
        "depiction": None,
        "episodes": ["S01E04"],
        "text": {
            "de": "Zwei Frauen werden während der Maikämpfe auf ihrem Balkon erschossen.",
            "en": "Two women are shot by police on their own balcony during the May fights.",
        },
        "seen": "summaries",
        "weight": 1,
        "verdict": "accurate",
        "disputed": False,
        "found": True,
        "ratings": [
            {
                "topic": "blutmai",
                "notes": ["note-0000"],
                "verdicts": ["accurate"],
                "confidence": "moderate",
                "second": {
                    "verdict": "accurate",
                    "confidence": "low",
                    "reason": {"de": "Die Liste ist fest.", "en": "The list is firm."},
                },
            }
        ],
    }


def test_claim_that_is_rated_once_has_no_second():
    outcome = make_outcome(3)
    once = evolve(outcome.topics["blutmai"], ratings=())
    described = describe_outcome(evolve(outcome, topics={"blutmai": once}), "en")
    assert [claim["ratings"][0]["second"] for claim in described["claims"]] == [None, None]
    assert described["score"]["withheld"] == ["few-scored", "rated-once"]
    assert described["score"]["topics"]["blutmai"]["agreement"]["rated_twice"] == 0


def test_annotation_names_its_claim_and_places():
    outcome = make_outcome(12)
    first, second, context = outcome.annotations[:3]
    passage = Passage(depiction="balcony", start_ms=1, end_ms=9_000, first_cue=1, last_cue=3)
    run = Passage(start_ms=2, end_ms=8_000, first_cue=2, last_cue=3)
    placed = (evolve(first, passage=passage), evolve(second, passage=run), context)
    described = describe_outcome(evolve(outcome, annotations=placed, passages=(passage,)), "en")
    notes = described["annotations"]
    assert [note["claim"] for note in notes] == ["blutmai/note-0000", "comintern/note-0001", None]
    assert [note["passage"] for note in notes] == [
        {"depiction": "balcony", "start_ms": 1, "end_ms": 9_000},
        {"depiction": None, "start_ms": 2, "end_ms": 8_000},
        None,
    ]
    moment = first.moment
    assert (notes[0]["moment_ms"], notes[0]["moment_end_ms"]) == (moment.start_ms, moment.end_ms)
    assert described["passages"] == [
        {"depiction": "balcony", "start_ms": 1, "end_ms": 9_000, "first_cue": 1, "last_cue": 3}
    ]


def test_annotation_says_when_it_is_on_screen_if_at_all():
    outcome = make_outcome(12)
    shown = [note["shown_ms"] for note in describe_outcome(outcome, "en")["annotations"]]
    kept = select(outcome.annotations, episode=outcome.episode).kept
    on_screen = {
        headnote.annotation.note.id: headnote.start_ms
        for headnote in schedule(outcome.track, kept).headnotes
    }
    assert shown == [on_screen.get(item.note.id) for item in outcome.annotations]
    assert shown[7] is None  # a spoiler
    assert any(start is not None for start in shown)


def test_episode_says_how_likely_it_is():
    outcome = make_outcome(0)
    likely = {EpisodeId(1, 4): 0.75, EpisodeId(1, 5): 0.25}
    double = evolve(outcome.episode, ids=("S01E04", "S01E05"), posterior=likely)
    episode = describe_outcome(evolve(outcome, episode=double), "en")["episode"]
    assert (episode["id"], episode["ids"]) == ("S01E04", ["S01E04", "S01E05"])
    assert episode["posterior"] == [
        {"id": "S01E04", "probability": 0.75},
        {"id": "S01E05", "probability": 0.25},
    ]
