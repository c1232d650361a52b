import sys
from types import ModuleType

import pytest

from headnotes.hookspecs import hookimpl
from headnotes.model import (
    Annotation,
    Citation,
    Cue,
    Episode,
    Moment,
    Note,
    Source,
    Topic,
    Track,
)
from headnotes.registry import Registry

TRACK = Track(
    name="a.srt",
    format="srt",
    language="en",
    cues=(Cue(number=1, start_ms=0, end_ms=1000, text="a", spoken="a", raw="a"),),
)


def source_of(name):
    return Source(id=name, title="t", kind="general", standpoint={"en": "x"}, read="part")


def topic_of(name):
    note = Note(id="n", texts={}, citations=(Citation(source="s", at="1", stance="supports"),))
    return Topic(
        id=name,
        version="1",
        work="w",
        title={"en": name},
        notes=(note,),
        sources={"s": source_of("s")},
    )


def plugin(**hooks):
    module = ModuleType("made")
    for name, function in hooks.items():
        setattr(module, name, hookimpl(function))
    return module


def told(registry):
    """What went wrong with plugins that a test made; ours are installed and good."""
    return [str(problem) for problem in registry.problems]


def annotation(**changes):
    moment = {"start_ms": 0, "end_ms": 1000, "first_cue": 1, "last_cue": 1, "strength": 1.0}
    return Annotation(
        topic=changes.pop("topic", "good"),
        note=topic_of("good").notes[0],
        moment=Moment(**{**moment, **changes}),
    )


def test_hook_provide_topics_brings_ready_values():
    registry = Registry(builtins={"mine": plugin(provide_topics=lambda: [topic_of("mine")])})
    assert registry.topics["mine"] == topic_of("mine")
    assert told(registry) == []


def test_hook_provide_topics_brings_folders(tmp_path):
    (tmp_path / "topic.toml").write_text("format = 1", encoding="utf-8")
    registry = Registry(builtins={"mine": plugin(provide_topics=lambda: [tmp_path])})
    assert any(f"{tmp_path.name}/topic.toml" in line for line in told(registry))


@pytest.mark.parametrize("hook", ["provide_formats", "provide_profiles", "provide_reports"])
def test_hook_provides_named_things_once(hook):
    thing = topic_of("x")
    named = type("Named", (), {"name": "one"})()
    registry = Registry(
        builtins={
            "first": plugin(**{hook: lambda: [named]}),
            "second": plugin(**{hook: lambda: [named]}),
            "third": plugin(**{hook: lambda: [thing]}),
        }
    )
    assert registry.provide(hook) == (named,)
    assert len(told(registry)) == 2
    assert "'one' is taken" in told(registry)[0]


def test_hook_annotate_track_attaches_notes_by_code():
    registry = Registry(
        builtins={
            "good": plugin(
                provide_topics=lambda: [topic_of("good")],
                annotate_track=lambda track, topics: [annotation()] if "good" in topics else [],
            )
        }
    )
    assert registry.annotate_track(TRACK, Episode()) == (annotation(),)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (annotation(end_ms=1001), "outside the track"),
        (annotation(last_cue=2), "not in the track"),
        (annotation(topic="other"), "unknown topic 'other'"),
        ("text", "not an Annotation"),
    ],
)
def test_senseless_annotation_is_named_and_left_out(answer, reason):
    registry = Registry(
        builtins={
            "bad": plugin(
                provide_topics=lambda: [topic_of("good")], annotate_track=lambda: [answer]
            )
        }
    )
    assert registry.annotate_track(TRACK, Episode()) == ()
    assert reason in told(registry)[0]


def failing(*_, **__):
    raise RuntimeError("no luck\nat all")


def leaving():
    sys.exit(3)


def stopping_halfway():
    yield topic_of("half")
    raise RuntimeError("no luck at all")


@pytest.mark.parametrize(
    "answer", [failing, leaving, stopping_halfway], ids=lambda one: one.__name__
)
def test_plugin_that_raises_is_named_and_others_run(answer):
    registry = Registry(
        builtins={
            "bad": plugin(provide_topics=answer),
            "good": plugin(provide_topics=lambda: [topic_of("good")]),
        }
    )
    assert "good" in registry.topics
    assert "half" not in registry.topics
    assert len(told(registry)) == 1
    assert told(registry)[0].startswith("plugin 'bad', hook provide_topics: ")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (plugin(provide_topic=failing), "provide_topic"),
        (plugin(annotate_track=lambda trak: []), "trak"),
        (plugin(), "answers none"),
    ],
    ids=["misspelt-hook", "misspelt-argument", "no-hook"],
)
def test_misspelling_is_an_error_not_silence(bad, reason):
    registry = Registry(
        builtins={"bad": bad, "good": plugin(provide_topics=lambda: [topic_of("good")])}
    )
    assert "good" in registry.topics
    assert reason in told(registry)[0]


def test_second_topic_of_one_id_is_left_out():
    registry = Registry(
        builtins={
            "first": plugin(provide_topics=lambda: [topic_of("same")]),
            "second": plugin(provide_topics=lambda: [topic_of("same")]),
        }
    )
    assert "is there already" in told(registry)[0]


def test_folder_of_topic_files_needs_no_installing(tmp_path):
    registry = Registry(folders=[tmp_path, tmp_path / "missing"])
    assert [line.split(", ", 1)[1] for line in told(registry)] == [
        "topics: holds no topic files; put a topic.toml there",
        "topics: is no folder; put a topic.toml there",
    ]


def test_installed_topics_are_found_by_entry_point():
    registry = Registry()
    assert told(registry) == []
    assert {"blutmai", "comintern", "trotskyists"} <= set(registry.topics)
    assert "babylon-berlin" in registry.works
    assert all(one.hooks == ("provide_topics",) for one in registry.plugins)
