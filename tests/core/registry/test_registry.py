import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

import volapuk
from headnotes import profiles, reports, tracks
from headnotes.hookspecs import hookimpl
from headnotes.languages import data, find_language, labels_of
from headnotes.model import (
    Annotation,
    Cue,
    Episode,
    Profile,
    Report,
    Track,
    TrackFormat,
)
from headnotes.registry import Registry
from headnotes.topics import find_flaws
from made_plugins import moment, topic
from made_topics import SMALL_TOPIC, TOPIC, WORK

TRACK = Track(
    name="a.srt",
    format="srt",
    language="en",
    cues=(Cue(number=1, start_ms=0, end_ms=1000, text="a", spoken="a", raw="a"),),
)


def plugin(**hooks):
    module = ModuleType("made")
    for name, function in hooks.items():
        setattr(module, name, hookimpl(function))
    return module


def write_topic(folder, text=SMALL_TOPIC):
    folder.mkdir()
    (folder / "topic.toml").write_text(text, encoding="utf-8")


def told(registry):
    """What went wrong with plugins that a test made; ours are installed and good."""
    return [str(problem) for problem in registry.issues]


def annotation(**changes):
    return Annotation(
        topic=changes.pop("topic", "good"),
        note=topic("good").notes[0],
        moment=moment(**changes),
    )


def test_hook_provide_topics_brings_ready_values():
    registry = Registry(builtins={"mine": plugin(provide_topics=lambda: [topic("mine")])})
    assert registry.topics["mine"] == topic("mine")
    assert told(registry) == []


def test_hook_provide_topics_brings_folders(tmp_path):
    (tmp_path / "topic.toml").write_text("format = 1", encoding="utf-8")
    registry = Registry(builtins={"mine": plugin(provide_topics=lambda: [tmp_path])})
    assert any(f"{tmp_path.name}/topic.toml" in line for line in told(registry))


def test_hook_provide_languages_brings_data_files(monkeypatch):
    monkeypatch.setattr(data, "_added", {})
    registry = Registry(builtins={"mine": volapuk})
    try:
        assert told(registry) == []
        assert labels_of("vo")["accurate"] == "[VERATIK]"
        assert find_language("volapuk") == "vo"
    finally:
        data._added.clear()
        data.add_language_files([])


@pytest.mark.parametrize(
    ("answer", "line"),
    [(lambda: ["vo"], "gave 'vo'"), (lambda: [Path("nowhere/vo.toml")], "which does not exist")],
)
def test_language_with_mistakes_is_left_out_and_named(answer, line):
    registry = Registry(builtins={"mine": plugin(provide_languages=answer)})
    assert any(line in said for said in told(registry))
    assert data._added == {}


FORMAT = TrackFormat(name="one", suffixes=(".one",), recognise=bool, parse=lambda _: ((), ()))
PROFILE = Profile(name="one", title={}, suffix=".one", write=lambda *_: "")
REPORT = Report(name="one", suffix=".one", render=lambda *_: {})


@pytest.mark.parametrize(
    ("hook", "named"),
    [("provide_formats", FORMAT), ("provide_profiles", PROFILE), ("provide_reports", REPORT)],
)
def test_hook_provides_named_things_once(hook, named):
    thing = topic("x")
    registry = Registry(
        builtins={
            "first": plugin(**{hook: lambda: [named]}),
            "second": plugin(**{hook: lambda: [named]}),
            "third": plugin(**{hook: lambda: [thing]}),
        }
    )
    assert [each.name for each in registry.provide(hook)] == ["one"]
    assert len(told(registry)) == 2
    assert "'one' is taken" in told(registry)[0]


def test_hook_annotate_track_attaches_notes_by_code():
    registry = Registry(
        builtins={
            "good": plugin(
                provide_topics=lambda: [topic("good")],
                annotate_track=lambda track, topics: [annotation()] if "good" in topics else [],
            )
        }
    )
    assert registry.annotate_track(TRACK, Episode()) == ((annotation(),), ())


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
            "bad": plugin(provide_topics=lambda: [topic("good")], annotate_track=lambda: [answer])
        }
    )
    found, failed = registry.annotate_track(TRACK, Episode())
    assert found == ()
    assert reason in str(failed[0])
    assert registry.issues == ()  # nothing piles up, however many tracks there are


def test_annotation_given_twice_is_kept_once_and_named():
    registry = Registry(
        builtins={
            "twice": plugin(
                provide_topics=lambda: [topic("good")],
                annotate_track=lambda: [*[annotation()] * 2, annotation(start_ms=500)],
            )
        }
    )
    found, failed = registry.annotate_track(TRACK, Episode())
    assert found == (annotation(),)
    assert [(issue.code, issue.level) for issue in failed] == [("double", "warning")] * 2
    note = found[0].note.id
    assert f"'twice', hook annotate_track: good/{note} at cues 1-1 is given twice" in str(failed[0])


def failing(*_, **__):
    raise RuntimeError("no luck\nat all")


def leaving():
    sys.exit(3)


def stopping_halfway():
    yield topic("half")
    raise RuntimeError("no luck at all")


@pytest.mark.parametrize(
    "answer", [failing, leaving, stopping_halfway], ids=lambda one: one.__name__
)
def test_plugin_that_raises_is_named_and_others_run(answer):
    registry = Registry(
        builtins={
            "bad": plugin(provide_topics=answer),
            "good": plugin(provide_topics=lambda: [topic("good")]),
        }
    )
    assert "good" in registry.topics
    assert "half" not in registry.topics
    assert len(told(registry)) == 1
    assert told(registry)[0].startswith("plugin 'bad', hook provide_topics: ")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (plugin(provide_topic=failing), "did you mean 'provide_topics'?"),
        (plugin(annotate_track=lambda trak: []), "did you mean 'track'? use track | episode"),
        (plugin(annotate_scenes=failing), "unknown hook 'annotate_scenes'"),
        (plugin(annotate_scenes=failing), "update headnotes if the plugin is for a newer one"),
        (plugin(), "answers none"),
    ],
    ids=["misspelt-hook", "misspelt-argument", "newer-hook", "newer-hook-mend", "no-hook"],
)
def test_misspelling_is_an_error_not_silence(bad, reason):
    registry = Registry(
        builtins={"bad": bad, "good": plugin(provide_topics=lambda: [topic("good")])}
    )
    assert "good" in registry.topics
    assert reason in told(registry)[0]


def test_second_topic_of_one_id_is_left_out():
    registry = Registry(
        builtins={
            "first": plugin(provide_topics=lambda: [topic("same")]),
            "second": plugin(provide_topics=lambda: [topic("same")]),
        }
    )
    assert "already exists" in told(registry)[0]


def test_folder_of_topic_files_needs_no_installing(tmp_path):
    write_topic(tmp_path / "weather")
    registry = Registry(folders=[tmp_path])
    (plugin,) = [one for one in registry.plugins if one.topics == ["weather"]]
    assert told(registry) == []
    assert (plugin.name, plugin.version, plugin.notes) == ("weather", "1.0", 1)
    assert plugin.origin == f"folder {tmp_path}"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ([], "holds no topic.toml"),
        (["weather.toml"], "weather.toml: is not read under this name; call it topic.toml"),
        (["weather/Topics.toml"], "Topics.toml: is not read under this name; call it topic.toml"),
        (["weather/deeper/topic.toml"], "holds no topic.toml"),
    ],
    ids=lambda value: "-".join(value) or "empty" if isinstance(value, list) else None,
)
def test_folder_without_topic_files_says_so(tmp_path, files, reason):
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert reason in told(Registry(folders=[tmp_path]))[0]


def test_missing_folder_says_so(tmp_path):
    assert "does not exist" in told(Registry(folders=[tmp_path / "missing"]))[0]


def test_folder_of_a_python_project_holds_other_files_too(tmp_path):
    write_topic(tmp_path / "weather")
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "ruff.toml").touch()
    assert told(Registry(folders=[tmp_path])) == []


def test_file_for_a_newer_format_is_left_out(tmp_path):
    write_topic(tmp_path / "weather", "format = 3\n")
    registry = Registry(folders=[tmp_path])
    assert "weather" not in registry.topics
    assert told(registry) == [
        "weather/topic.toml:1: format 3, newer than 2; update headnotes to read it"
    ]


def test_topic_without_its_works_plugin_is_told_which_to_load():
    registry = Registry(only=["blutmai"])
    (issue,) = registry.issues
    assert str(issue).endswith(
        "unknown work 'babylon-berlin'; load its plugin, too: --only-plugin babylon-berlin"
    )


def test_plugin_named_twice_is_loaded_once():
    registry = Registry(only=["blutmai", "babylon-berlin", "blutmai"])
    assert told(registry) == []
    assert [plugin.name for plugin in registry.plugins] == ["babylon-berlin", "blutmai"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'work = "babylon-berlin"',
            'work = "babylon"',
            "weather/topic.toml: unknown work 'babylon'; did you mean 'babylon-berlin'? known: "
            "babylon-berlin; put the folder or zip of that work beside it",
        ),
        (
            'id = "snow"',
            'id = "snow"\ndepictions = ["red-fortres"]',
            "weather/topic.toml:14: snow: unknown depiction 'red-fortres'; did you mean "
            "'red-fortress'? `headnotes topics babylon-berlin` lists them",
        ),
    ],
    ids=["work", "depiction"],
)
def test_topic_that_names_nothing_real_is_told(tmp_path, old, new, said):
    write_topic(tmp_path / "weather", text=SMALL_TOPIC.replace(old, new))
    assert [str(one) for one in Registry(folders=[tmp_path]).issues] == [said]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("names = ", 'year = "2021"\nnames = ', ["unknown work 'show'; its file has mistakes"]),
        ("[depictions.anchor]\nall = [", "[depictions.anchor]\nall = [7, ", []),
    ],
    ids=["whole", "depiction"],
)
def test_topic_is_not_blamed_for_the_mistakes_of_its_work(tmp_path, old, new, said):
    write_topic(tmp_path / "weather", text=TOPIC)
    (tmp_path / "show").mkdir()
    (tmp_path / "show" / "work.toml").write_text(WORK.replace(old, new), encoding="utf-8")
    issues = Registry(folders=[tmp_path]).issues
    assert any("show/work.toml" in issue.path for issue in issues)
    blamed = [str(issue) for issue in issues if "weather" in issue.path]
    assert blamed == [f"weather/topic.toml: {line}; correct those first" for line in said]


def test_interrupt_names_the_plugin_that_was_running():
    def wait(track):
        raise KeyboardInterrupt

    registry = Registry(builtins={"patient": plugin(annotate_track=wait)})
    with pytest.raises(KeyboardInterrupt) as caught:
        registry.annotate_track(TRACK, Episode())
    assert caught.value.__notes__ == ["plugin 'patient' was running, hook annotate_track"]


def test_slow_plugin_is_known_by_its_time(monkeypatch):
    now = [0.0]

    def take_three_seconds():
        now[0] += 3
        return ()

    monkeypatch.setattr("headnotes.registry.plugin.time.perf_counter", lambda: now[0])
    registry = Registry(
        builtins={
            "slow": plugin(provide_topics=take_three_seconds),
            "idle": plugin(annotate_track=failing),
        }
    )
    by_name = {one.name: one for one in registry.plugins}
    assert by_name["slow"].is_slow
    assert not by_name["idle"].is_slow


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (TrackFormat, tracks.provide_formats()),
        (Profile, profiles.provide_profiles()),
        (Report, reports.provide_reports()),
    ],
)
def test_what_we_provide_ourselves_keeps_the_rules_by_which_plugins_are_held(kind, values):
    names = [value.name for value in values]
    assert len(names) == len({*names}) > 1
    assert [flaw for value in values for flaw in find_flaws(value, kind)] == []


def test_installed_topics_are_found_by_entry_point():
    registry = Registry()
    assert told(registry) == []
    assert {"blutmai", "comintern", "trotskyists"} <= set(registry.topics)
    assert "babylon-berlin" in registry.works
    assert all("provide_topics" in one.hooks for one in registry.plugins)


def test_account_without_a_home_still_reads_folders(tmp_path, monkeypatch):
    def find_no_home():
        raise RuntimeError

    write_topic(tmp_path / "weather")
    monkeypatch.setattr("pathlib.Path.home", find_no_home)
    registry = Registry(folders=[tmp_path])
    assert (registry.topics["weather"].id, told(registry)) == ("weather", [])


def test_locked_folder_of_topics_is_told_and_the_others_are_read(tmp_path, monkeypatch):
    write_topic(tmp_path / "weather")
    (tmp_path / "locked").mkdir()
    real = Path.iterdir

    def refuse(folder):
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    registry = Registry(folders=[tmp_path])
    assert "weather" in registry.topics
    assert any("locked: cannot be read: Permission denied" in one for one in told(registry))


def test_topic_file_that_is_no_regular_file_is_never_opened(tmp_path):
    os.mkfifo(tmp_path / "topic.toml")
    registry = Registry(folders=[tmp_path])
    assert any("does not exist, or is not a regular file" in one for one in told(registry))
