"""A Dask cluster of two worker processes, one of which is killed in mid-run."""

import os
import shutil
import signal
import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from headnotes import Headnotes, archive
from headnotes.archive import Crew, Setting, Store, annotate_file, fail_file
from headnotes.issues import UsageError

pytest.importorskip("distributed", reason='needs the extra "archive"')
pytestmark = pytest.mark.filterwarnings("default")  # of Dask's own

SAMPLES = Path(__file__).parents[3] / "subtitles" / "babylon-berlin"


@pytest.fixture(scope="module")
def started():
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.fixture
def cluster(started):
    """The cluster, whole again where the test before has killed a worker."""
    from distributed import Client

    with Client(started.scheduler_address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    return started


@pytest.fixture
def states(tmp_path):
    folder = tmp_path / "series"
    folder.mkdir()
    for copy in range(6):
        for name in ("S01E04.en.srt", "S01E01.de.srt"):
            shutil.copy(SAMPLES / name, folder / f"{copy}.{name}")
    return {str(file): "as it is" for file in sorted(folder.iterdir())}


def fill(place, states, executors):
    with closing(Store(place)) as store:
        store.write_notes(Headnotes().topics)
        work = partial(annotate_file, setting=Setting())
        crew = Crew(do=work, fail=fail_file, executors=executors, at_once=4)
        yield from archive.run_files(crew, states, store, "test")


def answers(place):
    with closing(archive.open_for_reading(place)) as database:
        return {name: list(archive.ask(database, name)[1]) for name in archive.QUESTIONS}


def test_cluster_answers_as_processes_do_though_a_worker_is_killed(cluster, states, tmp_path):
    join = partial(archive.join_cluster, cluster.scheduler_address)
    victims = [worker.pid for worker in cluster.workers.values()]
    first = threading.Timer(0.0, os.kill, (victims[0], signal.SIGKILL))
    done: list[str] = []
    for result in fill(tmp_path / "a.sqlite", states, join):
        if not done:
            first.start()
            first.join()
            time.sleep(0)
        done.append(result.path)
    assert sorted(done) == sorted(states)
    list(fill(tmp_path / "b.sqlite", states, partial(archive.start_processes, 2)))
    assert answers(tmp_path / "a.sqlite") == answers(tmp_path / "b.sqlite")


def test_cluster_gets_work_for_all_its_threads(cluster):
    assert archive.count_threads(cluster.scheduler_address) == 2


def test_address_without_a_cluster_is_refused():
    with (
        pytest.raises(UsageError, match="no cluster answers"),
        archive.join_cluster("tcp://127.0.0.1:1"),
    ):
        pass
