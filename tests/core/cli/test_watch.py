"""`headnotes watch`: which pages are written where, and what is refused."""

import re

import pytest


@pytest.fixture
def episode(world, sample):
    world.write({"S01E04.en.srt": sample("S01E04.en.srt"), "film.mp4": b"film"})
    return world


def test_page_of_a_file_lies_in_the_folder_asked_for(episode):
    finished = episode.run("watch", "S01E04.en.srt", "-o", "along")
    assert finished.status == 0
    assert finished.lines[-1].endswith("1 page(s) in along; open along/S01E04.en.watch.html")
    assert set(episode.files()) == {"S01E04.en.srt", "film.mp4", "along/S01E04.en.watch.html"}


def test_folder_gives_an_index_too(episode, sample):
    episode.write({"S01E05.de.srt": sample("S01E05.de.srt")})
    finished = episode.run("watch", ".", "-o", "along")
    assert finished.lines[-1].endswith("open along/watch.html")
    names = {name for name in episode.files() if name.startswith("along/")}
    assert names == {
        f"along/{name}" for name in ("S01E04.en.watch.html", "S01E05.de.watch.html", "watch.html")
    }


def test_second_run_replaces_its_own_pages_alone(episode):
    assert episode.run("watch", "S01E04.en.srt", "-o", "along").status == 0
    assert episode.run("watch", "S01E04.en.srt", "-o", "along").status == 0
    episode.write({"along/S01E04.en.watch.html": "mine"})
    finished = episode.run("watch", "S01E04.en.srt", "-o", "along")
    assert finished.status == 2
    assert "Headnotes did not write it" in finished.err
    assert episode.files()["along/S01E04.en.watch.html"] == b"mine"
    assert episode.run("watch", "S01E04.en.srt", "-o", "along", "--overwrite").status == 0


def read(world, name="along/S01E04.en.watch.html"):
    return world.files()[name].decode()


def test_film_is_addressed_as_seen_from_the_page(episode):
    episode.write({"my films/a#b.mp4": b"film"})
    film = episode.folder / "my films" / "a#b.mp4"
    episode.run("watch", episode.folder / "S01E04.en.srt", film, "-o", episode.folder / "along")
    assert ' src="../my%20films/a%23b.mp4"' in read(episode)
    assert str(episode.folder) not in read(episode)


def test_page_names_no_folder_of_this_machine(episode):
    episode.run("watch", episode.folder / "S01E04.en.srt", "-o", episode.folder / "along")
    assert str(episode.folder) not in read(episode)


def test_report_beside_is_linked(episode):
    episode.run("report", "S01E04.en.srt", "--format", "html", "-o", "along")
    episode.run("watch", "S01E04.en.srt", "-o", "along")
    assert 'href="S01E04.en.html"' in read(episode)


def test_language_and_choice_of_notes_are_kept(episode):
    episode.run("watch", "S01E04.en.srt", "-o", "along", "--lang", "de", "--topic", "blutmai")
    text = read(episode)
    assert '<html lang="de">' in text
    assert set(re.findall(r'<article [^>]*id="([^/"]+)/', text)) == {"blutmai"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("S01E04.en.srt", "-o", "-"), "pages are files"),
        (("S01E04.en.srt", "none.mp4"), "'none.mp4' is no file"),
        (("none.srt",), "does not exist"),
    ],
    ids=["standard output", "no film", "no track"],
)
def test_wrong_use_is_answered_with_a_line(episode, arguments, message):
    finished = episode.run("watch", *arguments)
    assert finished.status == 2
    assert message in finished.err
    assert "headnotes-out" not in "".join(episode.files())


def test_several_tracks_for_one_film_are_refused(episode, sample):
    episode.write(
        {
            "tracks/S01E04.en.srt": sample("S01E04.en.srt"),
            "tracks/S01E05.en.srt": sample("S01E05.en.srt"),
        }
    )
    finished = episode.run("watch", "tracks", "film.mp4")
    assert finished.status == 2
    assert "2 tracks for one film" in finished.err


def test_nothing_to_read_writes_no_page(episode):
    episode.write({"bad.srt": b"\x00\x01"})
    finished = episode.run("watch", "bad.srt", "-o", "along")
    assert finished.status == 2
    assert not any(name.startswith("along/") for name in episode.files())
