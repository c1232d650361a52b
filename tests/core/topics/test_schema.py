import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from headnotes.topics import describe_topic_file
from made_topics import TOPIC, broken

TOPICS = sorted((Path(__file__).parents[3] / "plugins").glob("*/topic.toml"))
SCHEMA = describe_topic_file()


def misfits(text):
    return [error.json_path for error in Draft7Validator(SCHEMA).iter_errors(tomllib.loads(text))]


def test_schema_is_valid():
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", TOPICS, ids=lambda file: file.parent.name)
def test_built_in_topic_fits_the_schema(file):
    assert misfits(file.read_text(encoding="utf-8")) == []


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
    assert misfits(TOPIC) == []
    assert misfits(broken(old, new)[0]) == [place]
