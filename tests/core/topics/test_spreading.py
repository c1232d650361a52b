"""Terms by language: one anchor in the file, one for each language in the model."""

import jsonschema
import pytest
import tomli

from headnotes.anchoring import find_sufficient, index_track
from headnotes.authoring.cases import finds, speak
from headnotes.issues import TopicError
from headnotes.matching import Matcher, parse_term
from headnotes.model import Anchor, Topic
from headnotes.topics import describe_file, read_topic
from headnotes.topics.spreading import spread, written_path
from made_topics import broken

ANCHOR = {"all": {"en": ["war"], "de": ["Krieg"]}, "none": ["film"], "within": 30}


def spread_anchors(anchor):
    return spread({"notes": [{"anchor": anchor}]})["notes"][0]["anchor"]


def test_anchor_becomes_one_for_each_language():
    assert spread_anchors(ANCHOR) == [
        {"all": ["war"], "none": ["film"], "within": 30, "language": "en"},
        {"all": ["Krieg"], "none": ["film"], "within": 30, "language": "de"},
    ]


def test_language_that_a_table_lacks_has_no_terms_there():
    found = spread_anchors([{"all": {"en": ["war"]}, "any": {"de": ["Krieg"]}}])
    assert [(anchor["all"], anchor["any"]) for anchor in found] == [(["war"], []), ([], ["Krieg"])]


@pytest.mark.parametrize(
    "data", [{"notes": [{"anchor": {"all": ["war"]}}]}, {"notes": 3}, {}, [], {"notes": [3, {}]}]
)
def test_plain_lists_and_nonsense_are_left_alone(data):
    assert spread(data) == data


def test_spreading_twice_changes_nothing():
    once = spread({"notes": [{"anchor": ANCHOR}]})
    assert spread(once) == once


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (("notes", 0, "anchor", 1, "all", 0), ("notes", 0, "anchor", 0, "all", "de", 0)),
        (("notes", 0, "anchor", 1, "none", 0), ("notes", 0, "anchor", 0, "none", 0)),
        (("notes", 0, "anchor", 1, "within"), ("notes", 0, "anchor", 0, "within")),
        (("notes", 0, "anchor", 1, "language"), ("notes", 0, "anchor", 0, "all", "de")),
        (("notes", 0, "anchor", 2, "language"), ("notes", 0, "anchor", 1, "language")),
        (("notes", 0, "anchor", 2, "all", 0), ("notes", 0, "anchor", 1, "all", 0)),
        (("notes", 0, "anchor", 9), ("notes", 0, "anchor", 9)),
        (("notes", 0, "id"), ("notes", 0, "id")),
    ],
)
def test_place_is_that_of_the_file(path, written):
    data = {"notes": [{"anchor": [ANCHOR, {"all": ["peace"]}]}]}
    assert written_path(path, data) == written


BY_LANGUAGE = 'all = { en = ["snowflake*"], de = ["Schneeflocke*"] }'


def read(tmp_path, text):
    file = tmp_path / "topic.toml"
    file.write_text(text, encoding="utf-8")
    return read_topic(file)


def test_topic_file_may_list_terms_by_language(tmp_path):
    text, _ = broken('all = ["snowflake* | Schneeflocke*"]', BY_LANGUAGE)
    (note,) = read(tmp_path, text).notes
    assert [(anchor.language, anchor.all) for anchor in note.anchors] == [
        ("en", ("snowflake*",)),
        ("de", ("Schneeflocke*",)),
    ]
    assert finds(note, ["Snowflakes, in May!"])[0]
    assert finds(note, ["Schneeflocken, im Mai!"])[0]
    jsonschema.validate(tomli.loads(text), describe_file(Topic))


def test_mistake_in_a_table_is_named_where_it_is_written(tmp_path):
    text, line = broken(
        'all = ["snowflake* | Schneeflocke*"]',
        'all = { en = ["snowflake*"], de = ["Schneeflocke*", "und"] }',
    )
    with pytest.raises(TopicError) as caught:
        read(tmp_path, text)
    (issue,) = caught.value.issues
    assert (issue.line, issue.key) == (line, "notes[1].anchor.all.de[2]")
    assert "'und' is said in nearly every scene in 'de'" in issue.message


def test_stop_word_of_another_language_is_a_term(tmp_path):
    """An English author may write of war, which German says in every scene."""
    text, _ = broken('all = ["snowflake* | Schneeflocke*"]', 'all = { en = ["war"] }')
    assert read(tmp_path, text).notes[0].anchors[0].language == "en"
    with pytest.raises(TopicError, match="'war' is said in nearly every scene in 'de'"):
        read(tmp_path, text.replace('{ en = ["war"] }', '["war"]'))


@pytest.mark.parametrize(
    ("language", "is_found"), [("en", True), ("en-GB", True), ("de", False), (None, True)]
)
def test_anchor_of_a_language_is_for_its_dialogue_alone(language, is_found):
    anchor = Anchor(all=("phosgene",), language="en")
    track = index_track(speak(["Phosgene!"]), Matcher([parse_term("phosgene")]), language)
    assert bool(find_sufficient([anchor], track, 1.0)) == is_found
