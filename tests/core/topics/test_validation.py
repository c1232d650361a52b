"""The plain way of reading and the explaining one accept the same data, with the same values."""

import tomllib
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import Ratings, Topic, Work
from headnotes.topics.building import build
from headnotes.topics.validation import find_misfits, make_converter
from made_topics import TOPIC, WORK

FILES = sorted((Path(__file__).parents[3] / "plugins").glob("*/*.toml"))
KINDS = {"ratings.toml": Ratings, "topic.toml": Topic, "work.toml": Work}
SAMPLES = [(Topic, tomllib.loads(TOPIC)), (Work, tomllib.loads(WORK))]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3000),
    st.floats(0, 1),
    st.dates(),
    st.sampled_from(["", " ", "x", "X y", "S01E01", "snow", "high", "1929-31", "http://a", "S1E1"]),
    st.lists(st.sampled_from(["", "x", 1, ["x"], [], {}, {"all": ["x"]}]), max_size=2),
    st.dictionaries(st.sampled_from(["en", "de", "all", "hits", "x y"]), st.just("x"), max_size=2),
)


def list_places(data):
    """List every container of data with each of its keys or positions."""
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inside:
        yield data, key
        if isinstance(value, dict | list):
            yield from list_places(value)


@st.composite
def damaged(draw):
    """Make the data of a file with a few values changed, taken away or added."""
    kind, data = draw(st.sampled_from(SAMPLES))
    data = deepcopy(data)
    for _ in range(draw(st.integers(0, 3))):
        container, key = draw(st.sampled_from([*list_places(data)] or [(data, "x")]))
        change = draw(st.sampled_from(["set", "drop", "add"]))
        if change == "set" or isinstance(container, list):
            container[key] = deepcopy(draw(VALUES))
        elif change == "drop":
            container.pop(key)
        else:
            names = ["en", "fr", "texts", "anchors", "line", "origin", "title", "weight", "x"]
            container[draw(st.sampled_from(names))] = deepcopy(draw(VALUES))
    return kind, data


def agree(kind, data):
    """Whether both ways refuse the data, or make the same value of it."""
    misfits = [*find_misfits(kind, data)]
    try:
        built = build(kind, data)
    except ValueError:
        return bool(misfits)
    return not misfits and make_converter().structure(data, kind) == built


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_both_ways_read_a_built_in_file_alike(file):
    kind = KINDS[file.name]
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    assert [*find_misfits(kind, data)] == []
    assert make_converter().structure(data, kind) == build(kind, data)


@given(damaged())
def test_both_ways_read_any_data_alike(sample):
    assert agree(*sample)


@pytest.mark.parametrize("key", ["line", "origin", "texts", "anchors"])
def test_names_of_the_model_are_not_keys_of_a_file(key):
    data = deepcopy(SAMPLES[0][1])
    data["notes"][0][key] = 1
    ((path, issue),) = find_misfits(Topic, data)
    assert (path, issue.code) == (("notes", 0, key), "unknown-key")


def test_unknown_language_and_unknown_service_are_unknown_keys():
    data = deepcopy(SAMPLES[1][1])
    data["title"]["english"] = "x"
    data["episodes"][0]["numberings"] = {"No Service": "x"}
    assert [(path, str(issue)) for path, issue in find_misfits(Work, data)] == [
        (("title", "english"), "unknown key 'english'; use a language tag"),
        (
            ("episodes", 0, "numberings", "No Service"),
            "unknown key 'No Service'; use a service",
        ),
    ]


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("A Show", "'A Show' is text; use a table, as { en = \"…\" }"),
        ({}, 'is empty; write at least one, as { en = "…" }'),
    ],
)
def test_text_by_language_is_shown_by_an_example(title, message):
    data = {**deepcopy(SAMPLES[1][1]), "title": title}
    assert [str(issue) for _, issue in find_misfits(Work, data)] == [message]
