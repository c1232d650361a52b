import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from headnotes.model import Ratings, Topic, Work
from headnotes.topics import describe_file
from made_topics import TOPIC, broken

KINDS = {"topic.toml": Topic, "work.toml": Work, "ratings.toml": Ratings}
FILES = sorted((Path(__file__).parents[3] / "plugins").glob("*/*.toml"))


def misfits(text, kind=Topic):
    validator = Draft7Validator(describe_file(kind))
    return [error.json_path for error in validator.iter_errors(tomllib.loads(text))]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_schema_is_valid(kind):
    Draft7Validator.check_schema(describe_file(kind))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_built_in_file_fits_its_schema(file):
    assert misfits(file.read_text(encoding="utf-8"), KINDS[file.name]) == []


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
