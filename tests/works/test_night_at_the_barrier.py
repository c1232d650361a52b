"""A film of another time and in other languages, from its files to what viewers and readers get.

Nothing in Headnotes is made for one series: what is invented here (title, people, dialogue) comes
with notes on the night of 9 November 1989, which is not.
"""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from headnotes.issues import TopicError
from headnotes.topics import read_folder

FILM = Path(__file__).parent / "night-at-the-barrier"
TRACKS = {path.name.split(".")[-2]: path for path in sorted((FILM / "tracks").iterdir())}
NOTES = ("heard-at-supper", "who-is-schabowski", "stamped-out", "no-order-came", "which-minute")

# The cues, counted from 1, in which each note's passage begins and ends, the same in every track.
SCENES = {
    "heard-at-supper": (1, 5),
    "who-is-schabowski": (6, 6),
    "stamped-out": (15, 19),
    "no-order-came": (20, 24),
    "which-minute": (25, 30),
}
LANGUAGES = ("de", "en", "ja")


@pytest.fixture
def film(world):
    """The film's topic in its place, its tracks in a folder of films."""
    shutil.copytree(FILM, world.folder / "topics" / FILM.name, ignore=lambda *_: ["tracks"])
    shutil.copytree(FILM / "tracks", world.folder / "films")
    return world


def track(language):
    return Path("films", TRACKS[language].name)


def report(world, language, form):
    finished = world.run("report", track(language), "--format", form, "--lang", "en")
    assert finished.status == 0
    return finished.out


def read_pages(world):
    pages = [content for name, content in world.files().items() if name.endswith(".html")]
    return b"".join(pages).decode()


# --------------------------------------------------------------------------- the film itself


def test_the_film_can_be_read():
    (topic,), (work,) = read_folder(FILM)
    assert (work.is_film, work.span, len(topic.notes)) == (True, (2019, 2019), 5)
    assert {note.id for note in topic.notes} == {*NOTES}


def test_check_has_nothing_against_it(film):
    finished = film.run("check")
    assert (finished.status, finished.err) == (0, "")
    assert finished.out.count("nothing to correct; [x] file  [x] sources  [x] cases") == 2


def test_an_episode_is_refused_where_there_are_none(film):
    topic = film.folder / "topics" / FILM.name / "topic.toml"
    text = topic.read_text("utf-8").replace("weight = 1", 'weight = 1\nepisodes = ["S01E01"]', 1)
    topic.write_text(text, encoding="utf-8")
    assert "'night-at-the-barrier' is a film, which has no episodes" in film.run("check").out


# -------------------------------------------------------------------------- finding its notes


@pytest.mark.parametrize("language", TRACKS)
def test_it_is_recognised_by_its_title_in_every_script(film, language):
    episode = json.loads(report(film, language, "json"))["episode"]
    assert (episode["work"], episode["film"]) == ("night-at-the-barrier", True)
    assert (episode["id"], episode["ids"], episode["posterior"]) == (None, [], [])
    assert episode["language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_stands_in_its_scene(film, language):
    annotations = json.loads(report(film, language, "json"))["annotations"]
    found = {item["note"]: item["first_cue"] for item in annotations}
    assert [item["note"] for item in annotations] == [*NOTES]
    for note, (first, last) in SCENES.items():
        assert first <= found[note] <= last


def test_a_rare_name_alone_places_its_note(film):
    finished = film.run("explain", track("en"), "who-is-schabowski")
    assert "who-is-schabowski: placed at 0:03:10 (cue 6)" in finished.out
    assert "expected anywhere in this film" in finished.out


def test_a_name_of_three_people_recognises_it_without_a_title(film):
    text = track("en").read_text("utf-8")
    film.write({"lost/disc.en.srt": text})
    finished = film.run("explain", "lost/disc.en.srt", "stamped-out")
    assert "night-at-the-barrier (film) by 3 names in the dialogue;" in finished.out


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("The Night at the Barrier (1962).en.srt", "but from 1962, when that was not shown"),
        (
            "The Night at the Barrier S02E03.en.srt",
            "taken for S02E03, an episode that the work does not list",
        ),
    ],
)
def test_a_namesake_gets_none_of_its_notes(film, name, status):
    film.write({f"other/{name}": track("en").read_text("utf-8")})
    finished = film.run("annotate", "other", "-o", "out")
    assert status in finished.err
    assert not (film.folder / "out").exists()


def test_it_cannot_be_made_an_episode(film):
    finished = film.run("annotate", track("en"), "--episode", "S01E02", "-o", "out")
    assert finished.status == 0
    assert (
        "“night-at-the-barrier” has no episode S01E02; it is a film; --episode is ignored"
        in finished.err
    )


def test_a_part_of_it_is_still_the_film(film):
    film.write({"parts/The Night at the Barrier Part 1.en.srt": track("en").read_text("utf-8")})
    finished = film.run("report", "parts", "--format", "json")
    assert json.loads(finished.out)["episode"]["film"] is True


# ------------------------------------------------------------------------------- what comes out


def test_its_tracks_bear_its_title_and_no_episode(film):
    finished = film.run("annotate", "films", "--lang", "en", "-o", "out")
    assert finished.status == 0
    assert "episode" not in finished.err
    names = [Path(name).name for name in film.files() if name.startswith("out/")]
    assert names[:2] == [
        "Die Nacht am Schlagbaum (2019).Historical notes (de).en.srt",
        "The.Night.at.the.Barrier.2019.1080p.Historical notes.en.srt",
    ]
    assert not any(re.search(r"S\d\dE\d\d", name) for name in names)


@pytest.mark.parametrize("language", ["de", "en"])
def test_all_its_notes_are_on_screen(film, language):
    film.run("annotate", track(language), "--lang", language, "-o", "out")
    (text,) = (
        content.decode() for name, content in film.files().items() if name.startswith("out/")
    )
    # the legend, then a label for each note
    labels = {
        "en": [
            "[HISTORY]",
            "[TRUE]",
            "[HISTORY]",
            "[SCENE: FALSE]",
            "[SCENE: FALSE]",
            "[MOSTLY TRUE]",
        ],
        "de": [
            "[HISTORIE]",
            "[WAHR]",
            "[HISTORIE]",
            "[SZENE: FALSCH]",
            "[SZENE: FALSCH]",
            "[IM KERN WAHR]",
        ],
    }[language]
    assert re.findall(r"\[[A-Z: ]+\]", text) == labels


@pytest.mark.parametrize("profile", ["chapters-matroska", "notes-web", "combined-ass"])
def test_other_profiles_show_it_too(film, profile):
    film.run("annotate", track("en"), "--profile", profile, "-o", "out")
    (text,) = (
        content.decode() for name, content in film.files().items() if name.startswith("out/")
    )
    assert "Harald Jäger" in text
    assert "S00" not in text


@pytest.mark.parametrize("form", ["terminal", "md", "csv", "json", "webannotation", "html"])
@pytest.mark.parametrize("language", TRACKS)
def test_reports_call_it_by_its_title_and_no_episode(film, form, language):
    text = report(film, language, form) or read_pages(film)
    assert "S00E00" not in text
    assert "episode unknown" not in text
    if form in ("terminal", "md", "html"):
        assert "The Night at the Barrier (2019)" in text


def test_page_to_watch_along_calls_it_by_its_title_once(film):
    film.run("watch", track("en"), "--lang", "en", "-o", "out")
    page = (film.folder / "out" / "The.Night.at.the.Barrier.2019.1080p.en.watch.html").read_text(
        "utf-8"
    )
    (heading,) = re.findall(r"<h1>(.*?)</h1>", page)
    assert re.sub(r"<[^>]*>", "", heading) == "The Night at the Barrier (2019)"


def test_its_claims_are_all_counted(film):
    data = json.loads(report(film, "en", "json"))
    assert [claim["found"] for claim in data["claims"]] == [True] * 4
    rows = [*csv.DictReader(io.StringIO(report(film, "en", "csv")))]
    assert [row["note"] for row in rows] == [*NOTES]
    assert {row["episode"] for row in rows} == {""}


def test_schema_org_calls_it_a_movie(film):
    film.run("report", track("en"), "--format", "html", "-o", "out")
    assert '"@type":"Movie"' in read_pages(film).replace(" ", "")


def test_tracks_in_several_languages_are_one_film(film):
    film.run("report", "films", "--format", "html", "--lang", "en", "-o", "out")
    index = film.files()["out/index.html"].decode()
    assert index.count("The Night at the Barrier (2019)") >= 2
    assert "episode unknown" not in index
    for language in ("German", "English", "Japanese"):
        assert language in index
    summary = film.run("report", "films", "--format", "md", "--lang", "en").out
    assert "The Night at the Barrier (2019) (German, English, Japanese)" in summary


def test_preview_shows_it_to_its_author(film):
    finished = film.run("preview", track("en"))
    assert "night-at-the-barrier (film) by file name;" in finished.out
    assert "5 on screen, 0 left out" in finished.out


# --------------------------------------------------------------------------- what others do with it


def test_a_topic_on_it_is_begun_in_three_commands(film):
    begun = film.run("new", "east-berlin", "--work", "night-at-the-barrier")
    assert begun.status == 0
    assert film.run("check", "topics/east-berlin").status == 0
    finished = film.run("preview", track("en"), "--topic", "east-berlin")
    assert "east-berlin/first-note\n    on screen" in finished.out


EXTENSION = """\
format = 2
id = "night-at-the-barrier"
extends = true
aliases = ["Noc przy szlabanie"]

[[depictions]]
id = "daughter-in-the-west"
shown = { en = "A mother's daughter lives in the West.", de = "Die Tochter lebt im Westen." }
anchor = { all = ["daughter | Tochter", "metres | Meter"] }

[[claims]]
depiction = "order-by-telephone"
id = "brandtner-takes-the-call"
text = { en = "Brandtner takes the call.", de = "Brandtner nimmt den Anruf an." }
"""


def test_another_folder_adds_to_it(film):
    film.write({"topics/more/work.toml": EXTENSION})
    film.write({"films/Noc przy szlabanie.pl.srt": track("en").read_text("utf-8")})
    assert film.run("check", "topics/more").status == 0
    listed = film.run("topics", "night-at-the-barrier").out
    assert "a work; a film, 5 depictions" in listed
    assert "daughter-in-the-west" in listed
    assert "brandtner-takes-the-call: Brandtner takes the call." in listed
    finished = film.run("explain", "films/Noc przy szlabanie.pl.srt", "stamped-out")
    assert "night-at-the-barrier (film) by file name;" in finished.out


def test_what_another_folder_says_otherwise_is_named_with_both_files(film):
    film.write({"topics/more/work.toml": EXTENSION + '\n[title]\nen = "Another night"\n'})
    finished = film.run("check", "topics/more")
    assert finished.status == 1
    assert (
        "topics/more/work.toml: title.en: 'title.en' is not what "
        "night-at-the-barrier/work.toml says, which counts"
    ) in re.sub(r"toml:\d+", "toml", finished.out)
    outcome = film.run("report", track("en"), "--format", "md", "--lang", "en")
    assert "The Night at the Barrier" in outcome.out
    assert "more/work.toml: 'title.en' is not what" in outcome.err


def test_an_extension_of_a_work_that_is_not_there_is_told(world):
    world.write({"topics/more/work.toml": EXTENSION})
    finished = world.run("check")
    assert "extends 'night-at-the-barrier', which no file describes" in finished.out
    with pytest.raises(TopicError):
        read_folder(world.folder / "films")
