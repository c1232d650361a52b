"""Files are done once each, whoever does them, however often the run is stopped."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

import made_jobs
import made_plugins
from headnotes import Headnotes, archive
from headnotes.archive import (
    Crew,
    FileResult,
    Setting,
    Store,
    annotate_file,
    fail_file,
    start_processes,
)
from headnotes.archive.job import PlacedNote, TrackResult
from headnotes.issues import Issue, UsageError
from headnotes.tracks.ffmpeg import Opened

SAMPLES = Path(__file__).parents[3] / "subtitles" / "babylon-berlin"
NOTES = Headnotes()
CUES = 2400
"""Of the five tracks below, by the count of their lines with an arrow."""
ONE_THREAD = partial(ThreadPoolExecutor, 1)
TWO_PROCESSES = partial(start_processes, 2)


@pytest.fixture
def series(tmp_path):
    """Give a folder with four tracks, one of them twice, and a file that is none."""
    folder = tmp_path / "series"
    folder.mkdir()
    for name in ("S01E04.en.srt", "S01E04.de.srt", "S02E01.en.srt", "S01E01.en.srt"):
        shutil.copy(SAMPLES / name, folder)
    shutil.copy(SAMPLES / "S01E04.en.srt", folder / "Babylon.Berlin.S01E04.en.srt")
    (folder / "broken.srt").write_text("no cue at all")
    return folder


def states_of(folder):
    return {str(file): str(file.stat().st_mtime_ns) for file in sorted(folder.rglob("*.srt"))}


def fill(place, states, executors=ONE_THREAD, made_by="test", do=annotate_file):
    """Fill an archive with what it does not have; return what was done."""
    with closing(Store(place)) as store:
        store.write_notes(NOTES.topics)
        done = store.list_done(made_by)
        left = {path: state for path, state in states.items() if done.get(path) != state}
        work = partial(do, setting=Setting())
        crew = Crew(do=work, fail=fail_file, executors=executors, at_once=2)
        return list(archive.run_files(crew, left, store, made_by))


def names_of(results):
    return sorted(Path(result.path).name for result in results)


def answers(place):
    """Return what an archive answers to every question."""
    with closing(archive.open_for_reading(place)) as database:
        return {
            name: list(archive.ask(database, question)[1])
            for name, question in archive.QUESTIONS.items()
        }


def test_archive_answers_the_usual_questions(series, tmp_path):
    place = tmp_path / "a.sqlite"
    fill(place, states_of(series))
    found = answers(place)
    assert found["works"] == [("babylon-berlin", 5, 3, 2, CUES)]
    assert {row[1] for row in found["episodes"]} == {"S01E01", "S01E04", "S02E01"}
    balcony = [row for row in found["places"] if row[5] == "women-on-the-balcony"]
    assert len(balcony) == 3
    assert [Path(row[0]).name for row in found["failed"]] == ["broken.srt"]
    assert [row[1] for row in found["doubles"]] == [2]
    assert {row[2] for row in found["verdicts"]} >= {"mostly-accurate", "context"}
    assert {row[2] for row in found["notes"]} >= {"mostly-accurate", "context", "omission"}


def test_archive_counts_on_screen_what_annotate_writes(series, tmp_path):
    place = tmp_path / "a.sqlite"
    fill(place, states_of(series))
    first = next(series.rglob("*S01E01*.srt"))
    outcome = NOTES.annotate(NOTES.read_file(first), path=first)
    assert NOTES.plan(outcome) != NOTES.plan(outcome, seen="all")
    written = [item.start_ms for item in NOTES.plan(outcome).on_screen.headnotes]
    shown = [
        row[9] for row in answers(place)["places"] if Path(row[2]) == first and row[9] is not None
    ]
    assert sorted(shown) == sorted(written)


def test_processes_answer_as_one_thread_does(series, tmp_path):
    fill(tmp_path / "a.sqlite", states_of(series))
    fill(tmp_path / "b.sqlite", states_of(series), TWO_PROCESSES)
    assert answers(tmp_path / "a.sqlite") == answers(tmp_path / "b.sqlite")


def test_what_is_done_is_not_done_again_and_what_changed_is(series, tmp_path):
    place = tmp_path / "a.sqlite"
    assert len(fill(place, states_of(series))) == 6
    before = answers(place)
    failed = "broken.srt"  # which may be over by the next run, whatever it was
    assert names_of(fill(place, states_of(series))) == [failed]
    changed = series / "S01E01.en.srt"
    changed.write_bytes((SAMPLES / "S01E01.de.srt").read_bytes())
    assert names_of(fill(place, states_of(series))) == [changed.name, failed]
    assert len(answers(place)["episodes"]) == len(before["episodes"])
    assert len(fill(place, states_of(series), made_by="other topics")) == 6
    with closing(sqlite3.connect(place)) as database:
        assert database.execute("SELECT count(*), count(DISTINCT path) FROM files").fetchone() == (
            6,
            6,
        )
        assert database.execute("SELECT count(*) FROM tracks").fetchone() == (5,)


def test_run_that_is_stopped_keeps_what_is_done(series, tmp_path):
    states = states_of(series)
    place = tmp_path / "a.sqlite"
    given = []

    def stop_at_the_fourth(path, setting):
        given.append(path)
        if len(given) == 4:
            raise KeyboardInterrupt
        return annotate_file(path, setting)

    with pytest.raises(KeyboardInterrupt):
        fill(place, states, do=stop_at_the_fourth)
    again = fill(place, states)
    assert 0 < len(again) < len(states)
    fill(tmp_path / "b.sqlite", states)
    assert answers(place) == answers(tmp_path / "b.sqlite")


def test_file_that_kills_its_worker_is_named_and_the_others_are_done(series, tmp_path):
    shutil.copy(SAMPLES / "S01E02.en.srt", series / "deadly.srt")
    done = fill(tmp_path / "a.sqlite", states_of(series), TWO_PROCESSES, do=made_jobs.die_of_marked)
    assert sorted(Path(result.path).name for result in done) == sorted(
        Path(path).name for path in states_of(series)
    )
    failures = {Path(result.path).name: result.failure for result in done if result.failure}
    assert set(failures) == {"broken.srt", "deadly.srt"}
    assert "deadly.srt: the process that read it died" in failures["deadly.srt"]


def test_worker_that_is_killed_costs_nothing(series, tmp_path):
    fill(tmp_path / "a.sqlite", states_of(series))
    (series / "not-yet").touch()
    fill(tmp_path / "b.sqlite", states_of(series), TWO_PROCESSES, do=made_jobs.die_once)
    assert not (series / "not-yet").exists()
    assert answers(tmp_path / "a.sqlite") == answers(tmp_path / "b.sqlite")


def test_processes_end_when_the_one_that_began_them_is_killed():
    run = subprocess.Popen([sys.executable, made_jobs.__file__], stdout=subprocess.PIPE, text=True)
    workers = [int(number) for number in run.stdout.readline().split()]
    assert len(workers) == 2
    run.kill()
    run.wait()
    run.stdout.close()
    assert all(made_jobs.has_ended(worker) for worker in workers)


def test_bug_over_one_file_is_the_failure_of_that_file(series, tmp_path):
    done = fill(tmp_path / "a.sqlite", states_of(series), do=made_jobs.fail_as_a_bug)
    assert {result.failure.rpartition(": ")[2] for result in done} == {"no luck"}


def test_executor_that_never_works_ends_the_run(series, tmp_path):
    class Dead(ThreadPoolExecutor):
        def submit(self, *_, **__):
            raise BrokenExecutor

    with pytest.raises(BrokenExecutor, match="whatever they are given"):
        fill(tmp_path / "a.sqlite", states_of(series), lambda: Dead(1))


def test_no_more_files_are_on_their_way_than_asked_for(series, tmp_path):
    class Counting(ThreadPoolExecutor):
        underway, most = 0, 0

        def submit(self, job, /, *arguments, **options):
            Counting.underway += 1
            Counting.most = max(Counting.most, Counting.underway)
            future = super().submit(job, *arguments, **options)
            future.add_done_callback(lambda _: setattr(Counting, "underway", Counting.underway - 1))
            return future

    fill(tmp_path / "a.sqlite", states_of(series), lambda: Counting(1))
    assert Counting.most <= 2


def fail_anything(_, error):
    raise error


@pytest.mark.parametrize(
    ("is_ordered", "expected"), [(True, [0.3, 0.2, 0.0]), (False, [0.0, 0.2, 0.3])]
)
def test_results_come_in_order_only_where_that_is_wanted(is_ordered, expected):
    def sleep(seconds):
        time.sleep(seconds)
        return seconds

    crew = Crew(
        do=sleep,
        fail=fail_anything,
        executors=partial(ThreadPoolExecutor, 3),
        at_once=3,
        is_ordered=is_ordered,
    )
    assert list(crew.work([0.3, 0.2, 0.0])) == expected


def test_work_is_taken_as_results_are_wanted():
    items = iter(range(100))
    crew = Crew(do=abs, fail=fail_anything, executors=ONE_THREAD, at_once=4, is_ordered=True)
    assert list(islice(crew.work(items), 10)) == list(range(10))
    assert next(items) <= 10 + 4


def test_stream_of_a_film_that_gives_nothing_is_among_the_issues(monkeypatch, tmp_path):
    pictures = Issue(path="film.mkv", code="picture-subtitles", message="pictures, not text")
    opened = Opened(
        tracks=(NOTES.read_file(SAMPLES / "S01E04.en.srt"),), issues=(pictures,), film=None
    )
    monkeypatch.setattr("headnotes.tracks.open_container", lambda *_, **__: opened)
    result = annotate_file(str(tmp_path / "film.mkv"), Setting())
    assert (result.failure, result.tracks[0].issues[0]) == ("", str(pictures))


# ------------------------------------------------------------------------------ the store


def result_of(path, *, episodes=(), placed=(), failure=""):
    """Make what came of a file with one track."""
    track = TrackResult(
        name=path.rpartition("/")[2],
        format="srt",
        language="en",
        cues=1,
        duration_ms=1000,
        work="babylon-berlin",
        episodes=episodes,
        placed=placed,
        issues=(),
    )
    return FileResult(path=path, tracks=(track,), failure=failure)


def place_note(topic, note):
    return PlacedNote(
        topic=topic,
        note=note,
        moment_ms=0,
        passage_ms=None,
        shown_ms=(0, 1000),
        strength=1.0,
        first_cue=1,
        depiction="",
    )


def keep(place, *results, topics=()):
    with closing(Store(place)) as store:
        for known in topics:
            store.write_notes(known)
        store.write([(result, "state") for result in results], "test")
        for known in topics[-1:]:
            store.drop_notes(known)


def test_names_that_are_no_text_are_kept_apart_and_known_again(tmp_path):
    place = tmp_path / "a.sqlite"
    paths = [
        "/s/b\udcff.srt",
        "/s/b\udcfe.srt",
        "/s/b\\udcff.srt",
        "/s/b%FF.srt",
    ]
    keep(place, *map(result_of, paths))
    with closing(Store(place)) as store:
        assert {*store.list_done("test")} == {*paths}
        store.drop(paths[:1])
        assert {*store.list_paths()} == {*paths[1:]}
    with closing(archive.open_for_reading(place)) as database:
        written = {path for (path,) in database.execute("SELECT path FROM files")}
        names = {name for (name,) in database.execute("SELECT name FROM tracks")}
    assert "file:///s/b%FE.srt" in written
    assert len(written) == 3
    assert r"b\udcfe.srt" in names


def test_file_in_which_something_failed_is_not_done(tmp_path):
    place = tmp_path / "a.sqlite"
    keep(place, result_of("/a.srt"), result_of("/b.srt", failure="/b.srt: a plugin failed"))
    with closing(Store(place)) as store:
        assert list(store.list_done("test")) == ["/a.srt"]
    assert answers(place)["failed"] == [("/b.srt", "/b.srt: a plugin failed")]


def test_notes_stay_as_long_as_annotations_name_them(tmp_path):
    place = tmp_path / "a.sqlite"
    named = "blutmai", NOTES.topics["blutmai"].notes[0].id
    keep(place, result_of("/a.srt", placed=(place_note(*named),)), topics=(NOTES.topics,))
    keep(place, topics=({},))
    assert [row[:2] for row in answers(place)["notes"]] == [named]
    keep(place, topics=(NOTES.topics,))
    with closing(Store(place)) as store:
        store.drop(["/a.srt"])
    keep(place, topics=({},))
    assert answers(place)["notes"] == []


def test_joined_file_adds_no_episode_and_notes_of_two_topics_count_twice(tmp_path):
    place = tmp_path / "a.sqlite"
    placed = (place_note("one", "n"), place_note("two", "n"), place_note("one", "n"))
    one, two = {"one": made_plugins.topic(id="one"), "two": made_plugins.topic(id="two")}.items()
    keep(
        place,
        result_of("/1.srt", episodes=("S01E01",), placed=placed),
        result_of("/2.srt", episodes=("S01E02",), placed=placed),
        result_of("/12.srt", episodes=("S01E01", "S01E02"), placed=placed),
        topics=(dict((one, two)),),
    )
    found = answers(place)
    assert found["works"] == [("babylon-berlin", 3, 2, 1, 3)]
    assert [row[3:6] for row in found["notes"]] == [(3, 2, 6), (3, 2, 3)]
    assert [row[4] for row in found["episodes"]] == [2, 2, 2]
    assert [row[3] for row in found["verdicts"]] == [2, 2, 2]


@pytest.mark.parametrize("content", [b"SQLite format 3\0 but no more", b"a letter"])
def test_file_of_another_program_is_refused_and_unchanged(tmp_path, content):
    place = tmp_path / "other.sqlite"
    place.write_bytes(content)
    with pytest.raises(UsageError, match="other"):
        Store(place)
    assert place.read_bytes() == content


def test_database_of_another_program_is_refused_and_unchanged(tmp_path):
    place = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(place)) as database:
        database.execute("CREATE TABLE letters (text)")
        database.commit()
    before = place.read_bytes()
    with pytest.raises(UsageError, match="another program's file"):
        Store(place)
    assert place.read_bytes() == before


def test_archive_of_a_later_version_is_refused(tmp_path):
    place = tmp_path / "a.sqlite"
    Store(place).close()
    with closing(sqlite3.connect(place)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="version 99"):
        Store(place)


@pytest.mark.parametrize(
    "question",
    [
        "DELETE FROM files",
        "DROP TABLE files",
        "ATTACH 'x.sqlite' AS x",
        "SELECT 1; SELECT 2",
        "nots",
    ],
)
def test_question_changes_nothing(series, tmp_path, monkeypatch, question):
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "a.sqlite"
    fill(place, states_of(series))
    before = place.read_bytes()
    with closing(archive.open_for_reading(place)) as database:
        with pytest.raises(UsageError) as refused:
            archive.ask(database, question)
        assert len(str(refused.value).splitlines()) == 1
    assert place.read_bytes() == before
    assert not (tmp_path / "x.sqlite").exists()


@pytest.mark.parametrize(
    "question",
    [
        "SELECT abs(column1) FROM (VALUES (1), (-9223372036854775808))",
        "SELECT '\udcff'",
        "SELECT hex(zeroblob(30000000))",
    ],
)
def test_question_that_fails_late_is_answered_in_one_line(tmp_path, question):
    keep(tmp_path / "a.sqlite")
    with (
        closing(archive.open_for_reading(tmp_path / "a.sqlite")) as database,
        pytest.raises(UsageError) as refused,
    ):
        list(archive.ask(database, question)[1])
    assert len(str(refused.value).splitlines()) == 1


def test_question_without_end_stops_when_it_is_asked_to(tmp_path):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    keep(tmp_path / "a.sqlite")
    endless = "WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a) SELECT max(x) FROM a"
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with (
            closing(archive.open_for_reading(tmp_path / "a.sqlite")) as database,
            pytest.raises(KeyboardInterrupt),
        ):
            list(archive.ask(database, endless)[1])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_answer_that_is_no_text_is_read_all_the_same(tmp_path):
    keep(tmp_path / "a.sqlite")
    with closing(archive.open_for_reading(tmp_path / "a.sqlite")) as database:
        assert list(archive.ask(database, "SELECT CAST(x'ff41' AS TEXT)")[1]) == [("\ufffdA",)]
