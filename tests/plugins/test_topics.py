"""The built-in topics are held to the strictest check, and to their own rules."""

from pathlib import Path

import pytest

from headnotes.authoring import check_file
from headnotes.reports import write_topic_page
from headnotes.topics import read_topic, read_work

PLUGINS = Path(__file__).parents[2] / "plugins"
FILES = sorted(PLUGINS.glob("*/topic.toml"))
TOPICS = list(map(read_topic, FILES))
WORK_FILES = sorted(PLUGINS.glob("*/work.toml"))
WORKS = {work.id: work for work in map(read_work, WORK_FILES)}


def shown(value):
    return value.parent.name if isinstance(value, Path) else None


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_topic_passes_the_strict_check(file):
    assert [*map(str, check_file(file, WORKS).issues)] == []


@pytest.mark.parametrize("file", WORK_FILES, ids=shown)
def test_work_passes_the_check(file):
    assert [*map(str, check_file(file, WORKS).asked(is_strict=False))] == []


@pytest.mark.parametrize(("name", "language"), [("TOPIC.md", "en"), ("TOPIC.de.md", "de")])
@pytest.mark.parametrize("file", FILES, ids=shown)
def test_topic_page_is_what_the_program_writes(file, name, language):
    # headnotes topics TOPIC --lang TAG > plugins/headnotes_TOPIC/TOPIC.md
    topic = read_topic(file)
    page = write_topic_page(topic, language, WORKS[topic.work])
    assert (file.parent / name).read_text(encoding="utf-8") == page


def test_one_source_is_described_once():
    described: dict[str, set[object]] = {}
    for topic in TOPICS:
        for source in topic.sources.values():
            described.setdefault(source.id, set()).add((source.title, source.author, source.kind))
    assert {name: them for name, them in described.items() if len(them) > 1} == {}
