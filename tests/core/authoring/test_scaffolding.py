import re
import subprocess
import sys
import tomllib

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.authoring import check_file
from headnotes.authoring.scaffolding import package_files, topic_files
from headnotes.model import SLUG_PATTERN, Anchor, Depiction, Work

BARE = Work(id="show", title={"de": "Eine Serie"})


def write(folder, texts):
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def work_showing(shown):
    depiction = Depiction(id="scene", shown={"de": shown}, anchors=(Anchor(all=("Schnee",)),))
    return Work(id="show", title={"de": "Eine Serie"}, depictions=(depiction,))


@pytest.mark.parametrize("work", [BARE, work_showing("Es schneit.")], ids=["bare", "depicting"])
def test_new_topic_passes_the_check(tmp_path, work):
    write(tmp_path, topic_files("my-topic", work))
    review = check_file(tmp_path / "topic.toml", {"show": work})
    assert (review.id, [*map(str, review.asked(is_strict=False))]) == ("my-topic", [])


WRITTEN = {"author", "standpoint", "headnote", "shown", "record", "at", "confidence", "authors"}


def list_prose(data, name=""):
    """List the texts that an author is to write: the values of some keys, and what is in them."""
    if isinstance(data, dict):
        return [
            found
            for key in data
            for found in list_prose(data[key], key if key in WRITTEN else name)
        ]
    if isinstance(data, list):
        return [found for value in data for found in list_prose(value, name)]
    return [data] if name and isinstance(data, str) else []


def test_all_that_an_author_is_to_write_is_found_as_still_to_be_written(tmp_path):
    texts = package_files("my-topic", BARE, "0.1.0")
    text = texts["headnotes_my_topic/topic.toml"] + topic_files("x", work_showing("Es schneit."))[
        "topic.toml"
    ].partition("[[notes]]\n")[2].join(["[[notes]]\n", ""])
    text = text.replace('id = "second-note"', 'id = "third-note"', 1)
    text = re.sub("(?m)^# (?=[a-z]+ = .*TODO)", "", text)  # what is offered in comments
    write(tmp_path, {"topic.toml": text})
    found = check_file(tmp_path / "topic.toml", {"show": work_showing("Es schneit.")})
    prose = [text for text in list_prose(tomllib.loads(text)) if text != "Es schneit."]
    assert [text for text in prose if not text.startswith("TODO:")] == []
    assert len(found.placeholders) == len(prose) + 1  # and the title of the source
    assert {issue.level for issue in found.placeholders} == {"warning"}


def test_first_note_hangs_on_what_the_work_shows():
    topic = tomllib.loads(topic_files("my-topic", work_showing("Es schneit."))["topic.toml"])
    assert topic["notes"][0]["depictions"] == ["scene"]
    assert topic["notes"][0]["de"]["shown"] == "Es schneit."


@pytest.mark.parametrize(
    ("title", "tags"),
    [
        ({"fr": "L'Île"}, ["fr"]),
        ({"pt-BR": "a", "fr": "b"}, ["pt-BR", "fr"]),
        ({"de": "c", "en": "d"}, ["en"]),
    ],
)
def test_new_topic_speaks_the_languages_of_its_work(tmp_path, title, tags):
    work = evolve(work_showing('Il "neige".'), title=title)
    for texts in (topic_files("my-topic", work), package_files("my-topic", work, "0.1.0")):
        (text,) = [text for name, text in texts.items() if name.endswith("topic.toml")]
        topic = tomllib.loads(text)
        assert [*topic["title"]] == [*topic["sources"][0]["standpoint"]] == tags
        assert [[key for key in note if key in {"en", *tags}] for note in topic["notes"]] == [
            tags for _ in topic["notes"]
        ]
    write(tmp_path, topic_files("my-topic", work))
    review = check_file(tmp_path / "topic.toml", {"show": work})
    assert [*map(str, review.asked(is_strict=False))] == []


def test_new_package_passes_the_check(tmp_path):
    write(tmp_path, package_files("my-topic", BARE, "0.1.0"))
    review = check_file(tmp_path / "headnotes_my_topic" / "topic.toml", {"show": BARE})
    assert [*map(str, review.asked(is_strict=False))] == []


def test_new_package_is_checked_for_types_strictly(tmp_path):
    pytest.importorskip("mypy")
    write(tmp_path, package_files("my-topic", BARE, "0.1.0"))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "Success: no issues found in 2 source files\n"


def test_new_package_has_a_licence_and_what_every_change_must_pass():
    texts = package_files("my-topic", BARE, "0.1.0")
    assert "GNU GENERAL PUBLIC LICENSE" in texts["LICENSE"][:100]
    workflow = texts[".github/workflows/check.yml"]
    steps = ['pip install -e ".[test]"', "headnotes check --format github .", "mypy", "pytest"]
    assert [line.partition("run: ")[2] for line in workflow.split("\n") if "run: " in line] == steps
    assert "python-version: ${{ matrix.python }}" in workflow


@given(name=st.from_regex(SLUG_PATTERN, fullmatch=True), shown=st.text(min_size=1))
def test_any_name_and_any_work_make_files_that_can_be_read(name, shown):
    texts = package_files(name, work_showing(shown), "0.1.0")
    package = f"headnotes_{name.replace('-', '_')}"
    project = tomllib.loads(texts["pyproject.toml"])["project"]
    topic = tomllib.loads(texts[f"{package}/topic.toml"])
    assert project["entry-points"] == {"headnotes": {name: package}}
    assert (topic["id"], topic["notes"][0]["de"]["shown"]) == (name, shown)
    for file in (f"{package}/__init__.py", "tests/test_topic.py"):
        compile(texts[file], file, "exec")
