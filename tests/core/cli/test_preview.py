import time
import zipfile

import pytest

from made_topics import TOPIC, WORK

LINES = ("Good evening.", "Snowflakes, in May!", "Where is my umbrella?", "Good night.")
TRACK = "A.Show.S01E01.en.srt"


def srt(*lines):
    return "".join(
        f"{at}\n00:00:{at * 5:02d},000 --> 00:00:{at * 5 + 4:02d},000\n{line}\n\n"
        for at, line in enumerate(lines, start=1)
    )


@pytest.fixture
def author(world):
    world.write(
        {"topics/weather/topic.toml": TOPIC, "topics/show/work.toml": WORK, TRACK: srt(*LINES)}
    )
    return world


def test_preview_says_what_shows_where_and_why(author):
    finished = author.run("preview", TRACK)
    assert (finished.status, finished.err) == (0, "")
    assert finished.out.splitlines() == [
        f"{TRACK}: show by file name, S01E01 by name; 4 cues",
        "    likely episodes by name and scenes: S01E01 100%",
        "",
        "weather/snow",
        "    on screen 0:00:10 to 0:00:15",
        "        [SCENE: FALSE] No snow fell that May;",
        "        it was 12 degrees.",
        "    placed at 0:00:10 (cue 2): “May”, “Snowflakes”; strength 0.64, 0.50 needed",
        "",
        "1 on screen, 0 left out",
        "",
        "show/snow-in-may: placed at 0:00:10 to 0:00:34 (cues 2 to 4)",
        "    found “Snowflakes”, “May” from cue 2 (0:00:10)",
        "    strength 0.52, 0.50 needed; expected in this episode",
    ]


@pytest.mark.parametrize(
    ("lines", "name", "told"),
    [
        (["Snowflakes."], TRACK, "0 of the 1 terms needed from “any”"),
        (["Good evening."], TRACK, "    none of its words are spoken"),
        (
            ["Snowflakes, in May!"],
            "Other.S01E01.srt",
            "    not placed; its work was not recognised",
        ),
        (["Snowflakes, in May!"], "A.Show.S02E01.srt", "    not placed; expected in S01E01, so"),
    ],
    ids=["too-little", "nothing", "other-work", "other-episode"],
)
def test_preview_says_why_a_note_is_not_placed(author, lines, name, told):
    author.write({name: srt(*lines)})
    assert told in author.run("preview", name).out


def test_preview_of_an_unknown_film_exits_as_explain_does(author):
    """That it is unknown is an answer to both."""
    author.write({"Other.2012.srt": srt(*LINES)})
    explained = author.run("explain", "Other.2012.srt")
    previewed = author.run("preview", "Other.2012.srt")
    assert previewed.status == explained.status == 0
    assert previewed.err == explained.err != ""


def test_preview_takes_topics_in_a_zip_for_ones_own(author):
    folder = author.folder
    with zipfile.ZipFile(folder / "gift.zip", "w") as archive:
        archive.writestr("weather/topic.toml", TOPIC)
        archive.writestr("show/work.toml", WORK)
    shown = author.run("preview", TRACK).out
    for name in ("topics/weather/topic.toml", "topics/show/work.toml"):
        (folder / name).unlink()
    assert author.run("preview", TRACK).status == 2
    assert author.run("preview", TRACK, "--topics-dir", "gift.zip").out == shown
    (folder / "gift.zip").rename(folder / "topics/gift.zip")
    assert author.run("preview", TRACK).out == shown


def test_preview_speaks_the_language_asked_for(author):
    finished = author.run("preview", TRACK, "--lang", "de")
    assert finished.out.splitlines() == [
        f"{TRACK}: show laut Dateinamen, S01E01 laut Namen; 4 Untertitel",
        "    wahrscheinliche Folgen nach Namen und Szenen: S01E01 100 %",
        "",
        "weather/snow",
        "    im Bild 0:00:10 bis 0:00:15",
        "        [SZENE: FALSCH] Kein Schnee fiel",
        "        in jenem Mai; es waren 12 Grad.",
        "    bei 0:00:10 (Untertitel 2): „May“, „Snowflakes“; Stärke 0,64 (nötig: 0,50)",
        "",
        "1 im Bild, 0 nicht",
        "",
        "show/snow-in-may: bei 0:00:10 bis 0:00:34 (Untertitel 2 bis 4)",
        "    „Snowflakes“, „May“ ab Untertitel 2 (0:00:10) gefunden",
        "    Stärke 0,52 (nötig: 0,50); in dieser Folge erwartet",
    ]


@pytest.mark.parametrize(
    ("lines", "name", "line"),
    [
        (["Good evening."], TRACK, "    keines ihrer Wörter kommt vor"),
        (["Snowflakes, in May!"], "Other.S01E01.srt", "    keine Stelle gefunden; ihr Werk wurde"),
        (["Snowflakes."], TRACK, "    am ehesten: „Snowflakes“ ab Untertitel 1"),
    ],
)
def test_preview_says_in_german_why_a_note_is_not_placed(author, lines, name, line):
    author.write({name: srt(*lines)})
    assert line in author.run("preview", name, "--lang", "de").out


def test_preview_says_why_a_note_is_not_on_screen(author):
    author.write({"topics/weather/topic.toml": TOPIC.replace("No snow", "No snow" * 20)})
    finished = author.run("preview", TRACK)
    assert "    not on screen: its line and label are" in finished.out
    assert "\n0 on screen, 1 left out\n" in finished.out


def test_preview_of_a_work_alone_says_what_plays_and_what_does_not(world):
    world.write({"topics/show/work.toml": WORK, TRACK: srt("Snowflakes.", "Good night.")})
    finished = world.run("preview", TRACK)
    assert finished.status == 0
    assert finished.out.splitlines()[2:] == [
        "",
        "show/snow-in-may: not placed; expected in this episode",
        "    closest: found “Snowflakes” from cue 1 (0:00:05); 0 of the 1 terms needed from “any”",
    ]
    world.write({"A.Show.S01E02.en.srt": srt("Good night.")})
    assert "snow-in-may" not in world.run("preview", "A.Show.S01E02.en.srt").out


def test_preview_of_a_folder_is_a_table_with_what_is_unexpected(author):
    author.write(
        {
            f"season/{TRACK}": srt(*LINES),
            "season/A.Show.S01E01.de.srt": srt("Guten Abend.", "Wo ist denn der Hut?"),
            "season/A.Show.S01E02.en.srt": srt("Good evening."),
            "season/A.Show.S02E01.en.srt": srt("Snowflakes."),
            "season/Other.en.srt": srt(*LINES),
        }
    )
    finished = author.run("preview", "season", "-q")
    assert finished.status == 0
    assert finished.out.splitlines() == [
        "                  S01       S02 ?",
        "                   01 01 02  01   ?",
        "                   de en en  en  en",
        "weather/snow        –  ●  ·   ·   ·",
        "show/snow-in-may    –  ●  ·   ·   ·",
        "",
        "● on screen  ○ placed, but not on screen  – expected, not placed  · not expected",
        "",
        "to look at: 2",
        "    weather/snow: A.Show.S01E01.de.srt: expected here, not placed; none of its words are "
        "spoken",
        "    show/snow-in-may: A.Show.S01E01.de.srt: expected here, not placed; none of its words "
        "are spoken",
    ]


def test_table_of_one_language_does_not_name_it_and_long_numbers_keep_their_digits(author):
    author.write({f"season/A.Show.S01E{number}.en.srt": srt(*LINES) for number in ("01", "102")})
    assert author.run("preview", "season", "-q").out.splitlines()[:3] == [
        "                  S01",
        "                    01 102",
        "weather/snow         ●   ·",
    ]


def test_table_lists_what_is_found_where_nobody_expects_it(world, sample):
    world.write({"season/Babylon.Berlin.S01E04.en.srt": sample("S01E04.en.srt")})
    lines = world.run("preview", "season", "--topic", "blutmai", "-q", "--lang", "de").out
    assert "social-democrats-left-out: Babylon.Berlin.S01E04.en.srt: bei 0:22:20" in lines
    assert ", erwartet in S01E03\n" in lines


def test_table_tells_what_is_placed_from_what_is_on_screen(author):
    author.write({"topics/weather/topic.toml": TOPIC.replace("No snow", "No snow" * 20)})
    author.write({f"season/{TRACK}": srt(*LINES)})
    lines = author.run("preview", "season", "-q").out.splitlines()
    assert "weather/snow        ○" in lines
    assert lines[-1].startswith("● on screen")


def test_preview_shows_an_installed_topic_by_name(author, sample):
    author.write({"Babylon.Berlin.S01E04.en.srt": sample("S01E04.en.srt")})
    finished = author.run("preview", "Babylon.Berlin.S01E04.en.srt", "--topic", "blutmai")
    assert "blutmai/women-on-the-balcony\n    on screen" in finished.out


def test_preview_without_a_topic_says_how_to_begin(world):
    world.write({TRACK: srt(*LINES)})
    finished = world.run("preview", TRACK)
    assert finished.status == 2
    assert "`headnotes new NAME` begins one" in finished.err


def test_preview_of_a_broken_topic_tells_its_mistakes(author):
    author.write({"topics/weather/topic.toml": TOPIC.replace("[notes.de]", "[notes.deutsch]")})
    finished = author.run("preview", TRACK)
    assert finished.status == 1
    assert "weather/topic.toml:29: notes[1].deutsch: unknown key" in finished.err


def test_watch_shows_every_save_and_mends_mistakes(author, monkeypatch):
    texts = [
        TOPIC.replace("12 degrees", "13 degrees"),
        "broken",
        None,
        TOPIC.replace("12 degrees", "14 degrees"),
    ]

    def pause(_):
        if not texts:
            raise KeyboardInterrupt
        if text := texts.pop(0):
            author.write({"topics/weather/topic.toml": text})

    monkeypatch.setattr(time, "sleep", pause)
    finished = author.run("preview", TRACK, "--watch")
    shown = [line.strip() for line in finished.out.splitlines() if "degrees" in line]
    assert finished.status == 0
    assert shown == ["it was 12 degrees.", "it was 13 degrees.", "it was 14 degrees."]
    assert finished.err.count("is not valid TOML") == 1
    assert finished.err.count("watching for changes; Ctrl-C stops it") == 4


def test_watch_survives_a_missing_track(author, monkeypatch):
    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", stop)
    finished = author.run("preview", "missing.srt", "--watch")
    assert (finished.status, finished.lines[0]) == (
        0,
        "headnotes: missing.srt: does not exist; check the path",
    )


def test_preview_names_the_words_of_the_passage_beside_those_of_the_note(author):
    """It stands there because all of them were spoken."""
    work = WORK.replace('all = ["snow* | Schnee*"]', 'all = ["snow* | Schnee*", "night"]')
    author.write({"topics/show/work.toml": work})
    line = "    placed at 0:00:10 (cue 2): “May”, “Snowflakes”, “night”; strength 0."
    assert line in author.run("preview", TRACK).out
