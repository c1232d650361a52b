"""`headnotes watch`: which pages are written where, and what is refused."""

import re
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from headnotes import tracks
from headnotes.cli import serving
from headnotes.tracks.lengths import Film
from headnotes.watch.server import PageServer


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
        (("S01E04.en.srt", "none.mp4"), "'none.mp4' is not a file"),
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


@pytest.mark.parametrize(
    ("arguments", "informed"),
    [(("film.mp4",), 1), (("film.mp4", "--video", "film.mp4"), 1), (("film.mp4", "-q"), 0)],
    ids=["played", "named too", "quiet"],
)
def test_film_that_the_subtitles_do_not_fit_is_named(episode, monkeypatch, arguments, informed):
    monkeypatch.setattr(tracks, "measure_film", lambda _: Film(duration_ms=600_000))
    finished = episode.run("watch", "S01E04.en.srt", *arguments, "-o", "along")
    assert finished.status == 0
    assert finished.err.count("after the film, which takes 0:10:00") == informed


def test_nothing_to_read_writes_no_page(episode):
    episode.write({"bad.srt": b"\x00\x01"})
    finished = episode.run("watch", "bad.srt", "-o", "along")
    assert finished.status == 2
    assert not any(name.startswith("along/") for name in episode.files())


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("Other.srt",), "Other.srt: no known work recognised, so nothing to note"),
        (("S01E04.en.srt", "--work", "babylon-berlin", "--episode", "S09E99"), "no page written"),
    ],
)
def test_track_that_no_note_could_be_about_gets_no_page(episode, arguments, line):
    episode.write({"Other.srt": "1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n"})
    before = episode.files()
    finished = episode.run("watch", *arguments, "-o", "along")
    assert (finished.status, episode.files()) == (2, before)
    assert line in finished.err
    assert "open along" not in finished.err


def test_track_that_no_note_could_be_about_costs_no_other_page(world, sample):
    world.write({"in/Babylon.Berlin.S01E04.en.srt": sample("S01E04.en.srt")})
    world.write({"in/Other.srt": "1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n"})
    finished = world.run("watch", "in", "-o", "along")
    assert finished.status == 0
    page = "along/Babylon.Berlin.S01E04.en.watch.html"
    assert [name for name in world.files() if "along" in name] == [page]


def test_page_without_any_note_that_was_asked_for_says_so(world, sample):
    name = "Babylon.Berlin.S01E08.en.srt"
    world.write({name: sample("S01E08.en.srt")})
    finished = world.run("watch", name, "--verdict", "inaccurate", "-o", "along")
    assert finished.status == 0
    assert f"{name}: none of its notes is as asked, so its page has none" in finished.err


# ------------------------------------------------------------------------------ mpv


@pytest.fixture
def mpv(world, monkeypatch):
    """A home of mpv's, in a world without films."""
    monkeypatch.setenv("MPV_HOME", str(world.folder / "mpv"))
    return world


def test_keys_for_mpv_are_put_in_its_folder_and_can_be_taken_away(mpv):
    finished = mpv.run("watch", "--mpv")
    assert finished.status == 0
    assert list(mpv.files()) == ["mpv/scripts/headnotes.lua"]
    assert "scripts/headnotes.lua; to remove them, delete this file" in finished.lines[0]
    assert "H: all notes of this passage" in finished.err
    assert f"this installation: {sys.executable}" in finished.err
    assert f"auto=yes into {mpv.folder / 'mpv/script-opts/headnotes.conf'}" in finished.err


def test_second_script_replaces_ours_and_nobody_elses(mpv):
    mpv.run("watch", "--mpv")
    mpv.write({"mpv/scripts/headnotes.lua": "-- Made with Headnotes\nold"})
    assert mpv.run("watch", "--mpv").status == 0
    assert b"PROGRAM" in mpv.files()["mpv/scripts/headnotes.lua"]
    mpv.write({"mpv/scripts/headnotes.lua": "-- mine"})
    finished = mpv.run("watch", "--mpv")
    assert finished.status == 2
    assert "Headnotes did not write it" in finished.err
    assert mpv.files()["mpv/scripts/headnotes.lua"] == b"-- mine"
    assert mpv.run("watch", "--mpv", "--overwrite").status == 0


def test_keys_for_mpv_are_for_all_films(mpv):
    finished = mpv.run("watch", "film.srt", "--mpv")
    assert finished.status == 2
    assert "--mpv is for all films; give no file" in finished.err
    assert mpv.files() == {}


@pytest.mark.parametrize(
    ("arguments", "needless"),
    [
        (("-o", "along"), "--output"),
        (("--serve", "--lang", "de"), "--lang, --serve"),
        (("--no-plugins",), "--no-plugins"),
    ],
)
def test_options_that_say_nothing_of_keys_for_mpv_are_refused(mpv, arguments, needless):
    finished = mpv.run("watch", "--mpv", *arguments)
    line = "--mpv writes a script into mpv's folder, and no page; leave it out; notes in mpv go by"
    assert (finished.status, finished.out) == (2, "")
    assert finished.err == f"headnotes: {needless}: {line} your settings file\n"
    assert mpv.files() == {}


@pytest.mark.parametrize("option", ["-v", "--quiet"])
def test_how_much_is_said_may_be_chosen_for_keys_for_mpv(mpv, option):
    assert mpv.run("watch", "--mpv", option).status == 0


def test_file_that_came_with_films_may_put_no_keys_into_mpv(mpv, sample):
    mpv.write({"S01E04.en.srt": sample("S01E04.en.srt"), "headnotes.toml": "mpv = true"})
    finished = mpv.run("watch", "S01E04.en.srt")
    assert finished.status == 2
    assert "may not set 'mpv'" in finished.err


# ------------------------------------------------------------------------------ serving


@pytest.fixture
def served(monkeypatch):
    """Servers that were started; each is stopped at once, as by Ctrl-C."""
    servers = []

    def stop(server):
        servers.append(server)
        raise KeyboardInterrupt

    monkeypatch.setattr(PageServer, "serve_forever", stop)
    return servers


def test_pages_and_film_are_served_and_nothing_else(episode, served):
    episode.write({"films/a#b.mp4": b"film"})
    finished = episode.run("watch", "S01E04.en.srt", "films/a#b.mp4", "-o", "along", "--serve")
    (server,) = served
    page = Path("along/S01E04.en.watch.html")
    assert server.files == {
        "/": page,
        "/S01E04.en.watch.html": page,
        "/films/a#b.mp4": Path("films/a#b.mp4"),
    }
    assert finished.status == 0
    assert finished.out == f"http://127.0.0.1:{server.server_port}/\n"
    assert finished.lines[-1] == "headnotes: stopped"


def test_page_without_a_film_serves_pages_alone(episode, served):
    episode.run("watch", "S01E04.en.srt", "-o", "along", "--address", "127.0.0.1:0")
    assert list(served[0].files) == ["/", "/S01E04.en.watch.html"]


def test_other_address_is_drawn_for_a_phone(episode, served, monkeypatch):
    monkeypatch.setattr(serving, "is_terminal", lambda _: True)
    finished = episode.run("watch", "S01E04.en.srt", "-o", "along", "--address", "127.0.0.2")
    assert finished.out.startswith("http://127.0.0.2:")
    assert "▄" in finished.err
    assert served[0].hosts == {f"127.0.0.2:{served[0].server_port}"}


def test_code_changes_with_the_address():
    first, second = (serving.draw_code(f"http://192.168.1.{n}:8000/") for n in (5, 6))
    assert first != second
    assert len(first.splitlines()) > 10


@pytest.mark.parametrize("address", ["0.0.0.0", ":80", "host:http", "host:70000", "", "::1"])
def test_address_that_is_none_is_refused(episode, served, address):
    finished = episode.run("watch", "S01E04.en.srt", "-o", "along", "--address", address)
    assert finished.status == 2
    assert "write it as 192.168.1.5" in finished.err
    assert served == []


def test_address_of_another_computer_is_refused_with_a_line(episode, served):
    finished = episode.run("watch", "S01E04.en.srt", "-o", "along", "--address", "192.0.2.1:80")
    assert finished.status == 2
    assert "192.0.2.1:80: cannot be served at" in finished.err


@pytest.mark.parametrize("setting", ["serve = true", 'address = "127.0.0.2"'])
def test_file_that_came_with_films_may_not_serve_them(episode, served, setting):
    episode.write({"headnotes.toml": setting})
    finished = episode.run("watch", "S01E04.en.srt", "-o", "along")
    assert finished.status == 2
    assert "may not set" in finished.err
    assert served == []


def test_served_page_plays_its_film_in_parts(episode, monkeypatch):
    """Page and film as a browser asks for them, from the address that the page names."""
    answers: list[tuple[int, bytes]] = []

    def ask(server):
        for path, headers in (("", {}), ("film.mp4", {"Range": "bytes=1-2"})):
            thread = threading.Thread(target=server.handle_request)
            thread.start()
            request = urllib.request.Request(server.url + path, headers=headers)
            with urllib.request.urlopen(request, timeout=10) as answer:
                answers.append((answer.status, answer.read()))
            thread.join()

    monkeypatch.setattr(PageServer, "serve_forever", ask)
    episode.run("watch", "S01E04.en.srt", "film.mp4", "-o", "along", "--serve")
    assert [status for status, _ in answers] == [200, 206]
    assert b' src="../film.mp4"' in answers[0][1]
    assert answers[1][1] == b"il"
