"""Headnotes as programs use it: read, annotate, write, report; in threads, and typed in public."""

import collections.abc
import inspect
import sys
import typing
from concurrent.futures import ThreadPoolExecutor
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import attrs
import pytest

import headnotes
from headnotes import (
    Choice,
    Headnotes,
    HeadnotesError,
    Outcome,
    Plan,
    PluginError,
    TrackError,
    UsageError,
    hookspecs,
    model,
)

SAMPLES = Path(__file__).parents[2] / "subtitles" / "babylon-berlin"
SAMPLE = SAMPLES / "S01E04.en.srt"


@pytest.fixture(scope="module")
def notes():
    return Headnotes()


@pytest.fixture(scope="module")
def outcome(notes):
    return notes.annotate(notes.read(SAMPLE.read_bytes(), SAMPLE.name))


def test_bytes_become_an_annotated_track(notes, outcome):
    assert (outcome.episode.work, str(outcome.episode.id)) == ("babylon-berlin", "S01E04")
    assert "women-on-the-balcony" in {found.note.id for found in outcome.annotations}
    text = notes.write(outcome, profile="combined-srt", language="de")
    assert "[FEHLT]" in text
    assert all(cue.text.split("\n")[0] in text for cue in outcome.track.cues[:20])


def test_command_line_and_library_write_the_same_bytes(notes, outcome, world):
    done = world.run("annotate", str(SAMPLE), "-o", "out", "--seen", "all", "--density", "dense")
    assert done.status == 0
    (written,) = world.folder.glob("out/*.srt")
    assert written.read_text("utf-8") == notes.write(outcome, seen="all", density="dense")


def test_wishes_decide_what_shows(notes, outcome):
    everything = notes.plan(outcome, seen="all", density="dense")
    only = notes.plan(outcome, seen="all", density="dense", topics=("comintern",))
    shown = {shown.annotation.topic for shown in only.on_screen.headnotes}
    assert shown <= {"comintern"} < {found.annotation.topic for found in everything.by_moment}
    false = notes.plan(outcome, verdicts=("inaccurate",), min_weight=3)
    assert {shown.annotation.note.verdict for shown in false.by_moment} <= {"inaccurate"}
    # what is kept back is in the plan, with its reason
    kept_back = {left.annotation.note.id for left in false.on_screen.left_out}
    assert kept_back >= {found.note.id for found in outcome.annotations} - {
        shown.annotation.note.id for shown in false.by_moment
    }


def test_track_that_has_headnotes_gets_no_second_ones(notes, outcome):
    """As on the command line: three calls on what three calls wrote would show all twice."""
    written = notes.write(outcome)
    again = notes.annotate(notes.read(written.encode(), SAMPLE.name))
    assert again.annotations == ()
    assert [(issue.code, issue.path) for issue in again.issues] == [
        ("already-annotated", SAMPLE.name)
    ]
    assert notes.write(again) == written
    with pytest.raises(UsageError, match="unknown 'nope'"):
        notes.annotate(again.track, work="nope")
    for form in notes.reports:
        assert notes.report([again], form=form)


def test_single_name_is_a_name_and_not_its_letters(notes, outcome, tmp_path):
    by_topic = notes.plan(outcome, topics=["comintern"])
    assert notes.plan(outcome, topics="comintern") == by_topic != notes.plan(outcome)
    by_verdict = notes.plan(outcome, verdicts=["mostly-inaccurate"])
    assert notes.plan(outcome, verdicts="mostly-inaccurate") == by_verdict
    alone: Any = "comintern"  # for those who check no types
    as_asked = notes.report([outcome], choice=Choice(topics=("comintern",)))
    assert notes.report([outcome], choice=Choice(topics=alone)) == as_asked
    assert set(Headnotes(topics="blutmai", plugins="blutmai").topics) == {"blutmai"}
    (issue,) = Headnotes(folders=str(tmp_path / "is-not-there"), plugins=()).issues
    assert "is-not-there" in str(issue)


def test_paths_may_be_texts(notes, tmp_path):
    assert notes.read_file(str(SAMPLE)) == notes.read_file(SAMPLE)
    with pytest.raises(TrackError):
        notes.read_file("is-not-there.srt")
    (issue,) = Headnotes(folders=[str(tmp_path / "is-not-there")], plugins=()).issues
    assert "is-not-there" in str(issue)
    track = notes.read(b"1\n00:00:01,000 --> 00:00:02,000\nHello.\n", "04.srt")
    path = tmp_path / "Babylon Berlin" / "Season 1" / "04.srt"
    assert notes.annotate(track, path=str(path)) == notes.annotate(track, path=path)


def test_report_narrows_as_the_command_line_does(notes, outcome, world):
    asked = ["--topic", "comintern", "--verdict", "inaccurate", "--verdict", "context"]
    asked += ["--min-weight", "2", "--seen", "S01E08"]
    choice = Choice(
        topics=("comintern",), verdicts=("inaccurate", "context"), min_weight=2, seen="S01E08"
    )
    for form in ("json", "md"):
        done = world.run("report", str(SAMPLE), "--format", form, "--lang", "en", *asked)
        (text,) = notes.report([outcome], form=form, choice=choice).values()
        assert done.out == text
        assert [text] != [*notes.report([outcome], form=form).values()]


def test_reports_come_as_names_and_texts(notes, outcome):
    (text,) = notes.report([outcome]).values()
    assert '"headnotes/2"' in text
    pages = notes.report([outcome], form="html", language="de")
    assert {Path(name).suffix for name in pages} == {".html"}


def test_only_the_topics_asked_for_speak():
    notes = Headnotes(topics=("blutmai",))
    assert set(notes.topics) == {"blutmai"}
    outcome = notes.annotate(notes.read_file(SAMPLE))
    assert {found.topic for found in outcome.annotations} == {"blutmai"}


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda notes: Headnotes(topics=("blutmei",)), "did you mean 'blutmai'"),
        (lambda notes: Headnotes(plugins=("nobody",)), "no plugin 'nobody' is installed"),
        (lambda notes: notes.annotate(TRACK(notes), work="babylon-berlim"), "did you mean"),
        (lambda notes: notes.write(OUTCOME(notes), profile="combined-srd"), "combined-srt"),
        (lambda notes: notes.write(OUTCOME(notes), seen="later"), "or 'all'"),
        (lambda notes: notes.report([], form="jsonl"), "did you mean 'json'"),
        (lambda notes: notes.plan(OUTCOME(notes), topics=["blutmei"]), "did you mean 'blutmai'"),
        (lambda notes: notes.plan(OUTCOME(notes), verdicts=["tru"]), "known: accurate, .*context"),
        (lambda notes: notes.plan(OUTCOME(notes), min_weight=9), "unknown 9; known: 1, 2, 3"),
        (lambda notes: notes.write(OUTCOME(notes), density="bogus"), "known: sparse, normal, dens"),
        (lambda notes: notes.report([], choice=Choice(topics=("no",))), "topic: unknown 'no'"),
        (lambda notes: notes.report([], choice=Choice(verdicts=("tru",))), "verdict: unknown"),
        (lambda notes: notes.report([], choice=Choice(min_weight=0)), "min_weight: unknown 0"),
    ],
    ids=[
        *("topic", "plugin", "work", "profile", "seen", "report"),
        *("wished-topic", "wished-verdict", "wished-weight", "wished-density"),
        *("chosen-topic", "chosen-verdict", "chosen-weight"),
    ],
)
def test_wrong_name_is_refused_in_one_line(notes, ask, message):
    with pytest.raises(UsageError, match=message) as caught:
        ask(notes)
    assert len(str(caught.value).splitlines()) == 1


def TRACK(notes):  # noqa: N802 - a value that needs the fixture
    return notes.read(b"1\n00:00:01,000 --> 00:00:02,000\nHello.\n", "a.srt")


def OUTCOME(notes):  # noqa: N802
    return notes.annotate(TRACK(notes))


def test_what_is_no_track_raises_an_error_for_people(notes):
    with pytest.raises(TrackError, match=r"a\.srt"):
        notes.read(b"not a subtitle", "a.srt")
    with pytest.raises(HeadnotesError):
        notes.read_file(Path("is-not-there.srt"))


def test_bare_name_is_not_looked_up_in_the_working_folder(notes, tmp_path, monkeypatch):
    """Bytes from elsewhere have nothing to do with where a program happens to run."""
    folder = tmp_path / "Babylon Berlin" / "Season 1"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    track = notes.read(b"1\n00:00:01,000 --> 00:00:02,000\nHello.\n", "04.srt")
    assert notes.annotate(track).episode.work is None
    assert notes.annotate(track, path=folder / "04.srt").episode.work == "babylon-berlin"


@pytest.mark.parametrize("name", ["04\0.srt", "04\ud800.srt"])
def test_path_that_no_file_system_has_names_work_and_season_all_the_same(notes, name):
    track = notes.read(SAMPLE.read_bytes(), "04.srt")
    outcome = notes.annotate(track, path=Path("Babylon Berlin", "Season 1", name))
    assert outcome.episode.work == "babylon-berlin"


def test_episode_may_be_a_text_or_an_id(notes):
    by_text = notes.annotate(TRACK(notes), work="babylon-berlin", episode="s1e4")
    assert str(by_text.episode.id) == "S01E04"
    assert by_text.episode.id is not None
    by_id = notes.annotate(TRACK(notes), work="babylon-berlin", episode=by_text.episode.id)
    assert by_id == by_text
    with pytest.raises(ValueError, match="fourth"):
        notes.annotate(TRACK(notes), work="babylon-berlin", episode="the fourth")


def test_several_threads_get_what_one_gets(notes, outcome):
    """Plugins' code included, whose output is turned aside while it runs."""
    ours = sys.stdout
    one = notes.report([outcome])
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: notes.annotate(notes.read_file(SAMPLE)), range(8)))
    assert sys.stdout is ours
    assert all(notes.report([outcome]) == one for outcome in found)


def test_failure_in_a_plugin_comes_with_the_outcome_and_piles_up_nowhere(tmp_path):
    notes = Headnotes(plugins=(), is_any_work=True)

    class Broken:
        @headnotes.hookimpl
        def annotate_track(self, track):
            raise RuntimeError("no luck")

    notes.registry.add("broken", Broken())
    for _ in range(3):
        (issue,) = notes.annotate(TRACK(notes)).issues
        assert "no luck" in str(issue)
    assert notes.issues == ()


def test_plugins_add_profiles_and_reports():
    class Adding:
        @headnotes.hookimpl
        def provide_profiles(self):
            def write(track, headnotes):
                return f"{len(headnotes)} in {track.name}"

            return [headnotes.Profile(name="count", title={}, suffix=".txt", write=write)]

        @headnotes.hookimpl
        def provide_reports(self):
            raise RuntimeError("no luck")

    notes = Headnotes(plugins=())
    notes.registry.add("adding", Adding())
    assert notes.write(OUTCOME(notes), profile="count") == "0 in a.srt"
    assert "json" in notes.reports  # ours stay
    assert [issue.code for issue in notes.issues] == ["failed-plugin"]


# ------------------------------------------------------------------------- the public door


# What the modules import for type checkers alone.
SCOPE = {**vars(collections.abc), **vars(model), "Path": Path, "Traversable": Traversable}


def named_types(hint):
    if hasattr(hint, "__args__"):
        for argument in hint.__args__:
            yield from named_types(argument)
    if inspect.isclass(hint):
        yield hint


def hints_of(value):
    """Yield the type hints of what can be seen of a public class or function."""
    if attrs.has(value):
        yield from typing.get_type_hints(value, None, SCOPE).values()
    if typing.is_typeddict(value):
        yield from typing.get_type_hints(value, None, SCOPE).values()
    members = vars(value).items() if inspect.isclass(value) else ()
    for name, member in members:
        if isinstance(member, property):
            member = member.fget  # noqa: PLW2901
        if inspect.isfunction(member) and (name == "__init__" or not name.startswith("_")):
            yield from typing.get_type_hints(member, None, SCOPE).values()


@pytest.mark.parametrize("name", sorted({*headnotes.__all__} - {"__version__", "hookimpl"}))
def test_every_type_in_a_public_signature_is_public(name):
    value = getattr(headnotes, name)
    seen = {found for hint in hints_of(value) for found in named_types(hint)}
    ours = {found.__name__ for found in seen if found.__module__.startswith("headnotes")}
    assert ours <= {*headnotes.__all__}


def test_hooks_speak_of_public_types_only():
    for name in dir(hookspecs):
        if name.startswith(("provide_", "annotate_")):
            hints = typing.get_type_hints(getattr(hookspecs, name), None, SCOPE)
            seen = {found for hint in hints.values() for found in named_types(hint)}
            ours = {found.__name__ for found in seen if found.__module__.startswith("headnotes")}
            assert ours <= {*headnotes.__all__}, name


def test_door_lists_what_it_has():
    for name in headnotes.__all__:
        assert getattr(headnotes, name) is not None
    assert {Plan, Outcome, PluginError} <= {getattr(headnotes, name) for name in headnotes.__all__}


def test_installed_topics_are_the_default(notes):
    assert set(notes.topics) >= {"blutmai", "comintern", "rearmament", "trotskyists"}
