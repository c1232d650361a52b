import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from headnotes.authoring.schemas import make_schema, schema_text
from made_topics import TOPIC, broken

TOPICS = sorted((Path(__file__).parents[3] / "plugins").glob("*/topic.toml"))
SCHEMA = json.loads(schema_text())


def flaws(text):
    return [error.json_path for error in Draft7Validator(SCHEMA).iter_errors(tomllib.loads(text))]


def test_schema_that_ships_is_made_from_the_fields():
    # python tests/made_pages.py
    assert schema_text() == make_schema()


def test_schema_is_one():
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", TOPICS, ids=lambda file: file.parent.name)
def test_topics_of_ours_fit_the_schema(file):
    assert flaws(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('verdict = "inaccurate"', 'verdict = "innacurate"', "$.notes[0].verdict"),
        ('spoiler = "S01E02"', 'spoilers = "S01E02"', "$.notes[0]"),
        ('title = "Almanac"\n', "", "$.sources[0]"),
        ('episodes = ["S01E01"]', 'episodes = "S01E01"', "$.notes[0].episodes"),
        ('read = "part"', 'read = "half"', "$.sources[0].read"),
    ],
    ids=["value", "key", "missing", "type", "choice"],
)
def test_schema_refuses_what_reading_refuses(old, new, place):
    assert flaws(TOPIC) == []
    assert flaws(broken(old, new)[0]) == [place]
