"""A file that was right is not parsed again, and nothing but time depends on that."""

import os
import pickle
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes import cache
from headnotes.issues import TopicError
from headnotes.topics import NO_BOUNDS, Bounds, compiled, loading, read_folder, read_topic
from headnotes.user_folders import user_folder
from made_topics import RATINGS, TOPIC, WORK

PLUGINS = Path(__file__).parents[3] / "plugins"
FILES = {"topic.toml": TOPIC, "ratings.toml": RATINGS, "work.toml": WORK}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give a folder with a topic, its ratings and its work, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    inside = tmp_path / "weather"
    inside.mkdir()
    for name, text in FILES.items():
        (inside / name).write_text(text, encoding="utf-8")
    return inside


@pytest.fixture
def parsed(monkeypatch):
    """Give the list of files that are parsed from now on, by name."""
    names = []
    parse = loading._parse

    def note(file, content):
        names.append(file.name)
        return parse(file, content)

    monkeypatch.setattr(loading, "_parse", note)
    return names


def see(values):
    """Return all there is to a pair of topics and works, with what does not count as equal."""
    topics, works = values
    lines = [[note.line for note in topic.notes] for topic in topics]
    return repr(values), topics, works, lines, [value.origin for value in (*topics, *works)]


def test_second_run_parses_nothing_and_sees_the_same(folder, parsed):
    first = read_folder(folder)
    assert sorted(parsed) == sorted(FILES)
    parsed.clear()
    second = read_folder(folder)
    assert parsed == []
    assert see(second) == see(first)
    assert second[0][0].ratings
    assert all(note.line for note in second[0][0].notes)


def test_topic_without_ratings_is_kept_too(folder, parsed):
    (folder / "ratings.toml").unlink()
    first = read_folder(folder)
    parsed.clear()
    assert see(read_folder(folder)) == see(first)
    assert parsed == []


@pytest.mark.parametrize("plugin", sorted(PLUGINS.glob("headnotes_*")), ids=lambda path: path.name)
def test_our_own_files_come_back_as_they_were(plugin, parsed):
    read_folder(plugin)
    parsed.clear()
    kept = see(read_folder(plugin))
    assert parsed == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.OFF, "1")
        assert see(read_folder(plugin)) == kept


@pytest.mark.parametrize("name", FILES)
def test_edit_is_seen_at_once(name, folder, parsed):
    read_folder(folder)
    parsed.clear()
    (folder / name).write_text(f"{FILES[name]}\n# edited\n", encoding="utf-8")
    read_folder(folder)
    assert name in parsed


def test_edit_within_the_same_second_and_size_is_seen(folder):
    read_folder(folder)
    file = folder / "topic.toml"
    before = file.stat()
    edited = TOPIC.replace("12 degrees", "13 degrees")
    file.write_text(edited, encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    ((topic,), _) = read_folder(folder)
    assert "13 degrees" in topic.notes[0].texts["en"].headnote


def test_added_and_removed_ratings_are_seen(folder):
    (folder / "ratings.toml").unlink()
    assert read_folder(folder)[0][0].ratings == ()
    (folder / "ratings.toml").write_text(RATINGS, encoding="utf-8")
    assert read_folder(folder)[0][0].ratings != ()
    (folder / "ratings.toml").unlink()
    assert read_folder(folder)[0][0].ratings == ()


@pytest.mark.parametrize("name", FILES)
def test_file_with_mistakes_is_not_kept(name, folder, parsed):
    (folder / name).write_text(f'colour = "red"\n{FILES[name]}', encoding="utf-8")
    first = read_folder(folder)
    parsed.clear()
    assert see(read_folder(folder)) == see(first)
    assert name in parsed


def test_ratings_that_cannot_be_read_are_named_in_every_run(folder):
    read_folder(folder)
    (folder / "ratings.toml").write_bytes(b"\xff")
    for _ in range(2):
        ((topic,), _) = read_folder(folder)
        assert [issue.code for issue in topic.issues] == ["not-utf-8"]


def test_a_check_reads_the_file_itself(folder, parsed):
    read_folder(folder)
    parsed.clear()
    read_topic(folder / "topic.toml")
    assert "topic.toml" in parsed


def test_bounds_are_kept_apart(folder):
    read_folder(folder, NO_BOUNDS)
    with pytest.raises(TopicError) as refusal:
        read_folder(folder, Bounds(all_terms=1))
    assert {issue.code for issue in refusal.value.issues} == {"too-many"}


def test_other_code_reads_the_files_anew(folder, parsed, monkeypatch):
    read_folder(folder)
    parsed.clear()
    monkeypatch.setattr(compiled, "fingerprint_code", lambda: "another version")
    read_folder(folder)
    assert sorted(parsed) == sorted(FILES)


def test_code_in_an_archive_keeps_nothing(folder, parsed, monkeypatch):
    def refuse():
        raise NotADirectoryError("headnotes.zip")

    monkeypatch.setattr(compiled, "fingerprint_code", refuse)
    read_folder(folder)
    parsed.clear()
    read_folder(folder)
    assert sorted(parsed) == sorted(FILES)


def test_copy_of_a_folder_has_its_own_name(folder):
    read_folder(folder)
    other = folder.with_name("climate")
    shutil.copytree(folder, other)
    ((topic,), (work,)) = read_folder(other)
    assert (topic.origin, work.origin) == ("climate/topic.toml", "climate/work.toml")


@given(kept=JSON, rest=st.binary())
def test_whatever_the_cache_holds_the_file_is_what_counts(kept, rest):
    """Also where it was written with a right key and a right checksum."""
    plugin = PLUGINS / "headnotes_trotskyists"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "load_entry", lambda *_: cache.Entry(kept, rest))
        content = (plugin / "topic.toml").read_bytes()
        place = compiled.find_place(plugin / "topic.toml", (content, None), NO_BOUNDS)
        assert compiled.load_topic(place, "origin", pytest.fail) is None
        assert compiled.load_work(place, "origin", pytest.fail) is None


DAMAGES = {
    "no lines": lambda kept: kept.pop("lines"),
    "lines are texts": lambda kept: kept.update(lines=["1"] * len(kept["lines"])),
    "too few lines": lambda kept: kept["lines"].pop(),
    "no topic": lambda kept: kept.pop("topic"),
    "topic is a list": lambda kept: kept.update(topic=[]),
    "two topics": lambda kept: kept["topic"]["id"].append("snow"),
    "id is a number": lambda kept: kept["topic"].update(id=[1]),
    "id is left out": lambda kept: kept["topic"].update(id=[None]),
    "ids are a text": lambda kept: kept["notes"].update(id="snow"),
    "id is no slug": lambda kept: kept["notes"]["id"].__setitem__(0, "Snow and ice"),
    "id is a list": lambda kept: kept["notes"]["id"].__setitem__(0, ["snow"]),
    "a note too many": lambda kept: kept["notes"]["id"].append("snow"),
    "weight is true": lambda kept: kept["notes"]["weight"].__setitem__(0, bool(kept)),
    "verdict is no verdict": lambda kept: kept["notes"]["verdict"].__setitem__(0, "so so"),
    "episodes are a text": lambda kept: kept["notes"]["episodes"].__setitem__(0, "S01E01"),
    "anchors are a list": lambda kept: kept["notes"].update(anchors=[]),
    "fewer anchors than said": lambda kept: kept["notes"]["anchors"]["counts"].append(1),
    "a negative count": lambda kept: kept["notes"]["anchors"]["counts"].extend([-1, 1]),
    "unknown key": lambda kept: kept["topic"].update(colour=["red"]),
    "key of the rest": lambda kept: kept["notes"].update(citations=[[]]),
    "language is none": lambda kept: kept["languages"].__setitem__(0, ["English"]),
    "no language": lambda kept: kept["languages"].__setitem__(0, []),
}
REST = {
    "no line": b"",
    "lines are no JSON": b"\n".join([b"{"] * 3),
    "lines are lists": b"\n".join([b"[]"] * 3),
    "lines are empty": b"\n".join([b"{}"] * 3),
    "texts are wrong": b"\n".join([b'{"title": {"en": 1}, "texts": {"en": {}}}'] * 3),
    "lines nest deeply": b"\n".join([b"[" * 100_000] * 3),
}


def load_damaged(monkeypatch, damage):
    load = cache.load_entry

    def load_and_damage(*place):
        kept = load(*place)
        return damage(kept) if "lines" in kept.value else kept

    monkeypatch.setattr(cache, "load_entry", load_and_damage)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_kept_topic_of_wrong_types_is_read_from_its_file(damage, folder, parsed, monkeypatch):
    first = read_folder(folder)

    def damage_value(kept):
        damage(kept.value)
        return kept

    load_damaged(monkeypatch, damage_value)
    parsed.clear()
    assert see(read_folder(folder)) == see(first)
    assert "topic.toml" in parsed


@pytest.mark.parametrize("rest", REST.values(), ids=REST)
def test_texts_of_wrong_types_are_read_from_their_file(rest, folder, parsed, monkeypatch):
    first = read_folder(folder)
    load_damaged(monkeypatch, lambda kept: kept._replace(rest=rest))
    parsed.clear()
    assert see(read_folder(folder)) == see(first)
    assert "topic.toml" in parsed


def test_ratings_of_wrong_types_are_read_from_their_file(folder, parsed, monkeypatch):
    first = read_folder(folder)
    damage = lambda rest: rest.replace(b'"verdict": "', b'"verdict": "hardly-').replace(  # noqa: E731
        b'"verdict":"', b'"verdict":"hardly-'
    )
    load_damaged(monkeypatch, lambda kept: kept._replace(rest=damage(kept.rest)))
    parsed.clear()
    assert see(read_folder(folder)) == see(first)
    assert "ratings.toml" in parsed


def test_texts_are_read_when_they_are_asked_for_and_languages_known_before(folder, monkeypatch):
    read_folder(folder)
    pieces = []
    parse = compiled._parse

    def note(written):
        pieces.append(written)
        return parse(written)

    monkeypatch.setattr(compiled, "_parse", note)
    ((topic,), _) = read_folder(folder)
    assert topic.notes[0].languages == ("en", "de")
    assert topic.notes[0].anchors
    assert pieces == []
    assert topic.notes[0].texts["en"].headnote
    assert len(pieces) == 1
    assert topic.notes[0].cases.hits is topic.notes[0].cases.hits
    assert topic.notes[0].citations
    assert len(pieces) == 2
    assert topic.title
    assert len(pieces) == 3


def test_note_of_a_forged_id_whose_texts_are_none_is_refused_in_one_line(folder, monkeypatch):
    read_folder(folder)

    def forge(kept):
        kept.value["notes"]["id"][0] = "forged"
        return kept._replace(rest=kept.rest.replace(b"headnote", b"footnote"))

    load_damaged(monkeypatch, forge)
    ((topic,), _) = read_folder(folder)
    with pytest.raises(TopicError, match="forged: what the cache keeps of it belongs to no file"):
        repr(topic.notes[0].texts)


def test_kept_topic_goes_to_another_process_whole(folder):
    first = read_folder(folder)
    assert see(pickle.loads(pickle.dumps(read_folder(folder)))) == see(first)


def test_nothing_is_written_without_a_cache(folder, monkeypatch):
    monkeypatch.setenv(cache.OFF, "1")
    read_folder(folder)
    assert not user_folder("cache").exists()
