"""What `explain` says of a track and its notes, line by line, in both languages and as data."""

import json

import pytest

from made_topics import TOPIC

NOTE = "women-on-the-balcony"

DEPICTIONS = {
    "storm": ("S01E01", "blizzard", "hail", "thunder"),
    "quake": ("S01E01", "tremor", "rubble", "crevice"),
    "flood": ("S01E01", "levee", "sandbags", "dinghy"),
    "tide": ("S01E01", "sandbags", "dinghy"),
    "drought": ("S01E02", "parched", "cactus", "mirage"),
    "dust": ("S01E02", "haboob", "goggles", "turban"),
}
WORK = """\
format = 1
id = "show"
title = { en = "The Show" }
"""
PLUGIN = """\
from headnotes import Annotation, hookimpl
from made_plugins import moment, topic

RAIN = topic("rain", "show")


@hookimpl
def provide_topics():
    return [RAIN]


@hookimpl
def annotate_track(track, episode):
    return [Annotation(topic="rain", note=RAIN.notes[0], moment=moment(start_ms=5000, end_ms=9000))]
"""
PAUSE = [""] * 24


def make_work():
    episodes = "".join(f'[[episodes]]\nid = "S01E0{number}"\n' for number in (1, 2))
    return f"{WORK}{episodes}" + "".join(
        f'[[depictions]]\nid = "{name}"\nshown = {{ en = "A {name}." }}\nepisodes = ["{episode}"]\n'
        f"[depictions.anchor]\nall = {json.dumps(words)}\n"
        for name, (episode, *words) in DEPICTIONS.items()
    )


def make_topic():
    """A topic with a note about each depiction, and the head of the one made up for tests."""
    return TOPIC[: TOPIC.index("[[notes]]")] + "".join(
        f'[[notes]]\nid = "the-{name}"\ndepictions = ["{name}"]\nepisodes = ["{episode}"]\n'
        '[notes.en]\nheadnote = "It was so."\nshown = "It."\nrecord = "It was."\n'
        '[[notes.citations]]\nsource = "almanac"\nat = "page 3"\nstance = "supports"\n'
        for name, (episode, *_) in DEPICTIONS.items()
    )


def srt(*lines):
    return "".join(
        f"{at}\n00:{at * 5 // 60:02d}:{at * 5 % 60:02d},000 --> "
        f"00:{(at * 5 + 4) // 60:02d}:{(at * 5 + 4) % 60:02d},000\n{line}\n\n"
        for at, line in enumerate(lines, start=1)
        if line
    )


def scenes(*names):
    """Speak the words of depictions, each in a cue of its own, with a silence after each."""
    return [
        line for name in names for line in (*map("Look, {}.".format, DEPICTIONS[name][1:]), *PAUSE)
    ]


@pytest.fixture
def show(world):
    world.write({"topics/show/work.toml": make_work(), "topics/weather/topic.toml": make_topic()})

    def explain(name, lines, *arguments):
        world.write({name: srt(*lines)})
        return world.run("explain", name, *arguments)

    return explain


@pytest.fixture
def episode(world, sample):
    world.write({"Babylon.Berlin.S01E04.en.srt": sample("S01E04.en.srt")})
    return world


@pytest.mark.parametrize("written", ["S01E04", "s1e4", "1x04"])
def test_episode_may_be_written_as_people_do(episode, written):
    finished = episode.run("explain", "Babylon.Berlin.S01E04.en.srt", NOTE, "--episode", written)
    assert finished.status == 0
    assert "babylon-berlin S01E04, recognised by file name" in finished.out


def test_what_is_no_episode_is_refused_in_a_line(episode):
    finished = episode.run("explain", "Babylon.Berlin.S01E04.en.srt", "--episode", "four")
    assert finished.status == 2
    assert "'four' is not an episode; write it as S01E04" in finished.err


def test_unknown_note_is_refused_with_a_near_name(episode):
    finished = episode.run("explain", "Babylon.Berlin.S01E04.en.srt", "women-on-a-balcony")
    assert finished.status == 2
    assert f"did you mean '{NOTE}'?" in finished.err


OUTBID = ("The.Show.S01E01.en.srt", scenes("storm", "flood", "drought"))
EXPLAINED = {
    "en": """\
The.Show.S01E01.en.srt: show S01E01, recognised by file name; 9 cues
    likely episodes, by name and by what is shown: S01E01 100%

weather/the-storm: placed at 0:00:05 (cues 1 to 3)
    in the passage “storm”, 0:00:05 to 0:00:29 (cues 1 to 3)
    “blizzard” in cue 1 counts for blizzard
    “hail” in cue 2 counts for hail
    “thunder” in cue 3 counts for thunder
    strength 0.81, 0.50 needed; expected in this episode

weather/the-quake: not placed; expected in this episode
    none of its words are spoken

weather/the-flood: placed at 0:02:20 (cues 4 to 6)
    in the passage “flood”, 0:02:20 to 0:02:44 (cues 4 to 6)
    there it outbid “tide”
    “levee” in cue 4 counts for levee
    “sandbags” in cue 5 counts for sandbags
    “dinghy” in cue 6 counts for dinghy
    strength 0.82, 0.50 needed; expected in this episode

weather/the-tide: not placed; expected in this episode
    would fit here: found “sandbags”, “dinghy” from cue 5 (0:02:25); \
but this place fits “flood” better

weather/the-drought: not placed; expected in S01E02, so the same words count for less here
    closest: found “parched”, “cactus”, “mirage” from cue 7 (0:04:35); \
too weak: strength 0.31, 0.50 needed
""",
    "de": """\
The.Show.S01E01.en.srt: show S01E01, erkannt an: Dateiname; 9 Untertitel
    wahrscheinliche Folgen nach Namen und Gezeigtem: S01E01 100 %

weather/the-storm: bei 0:00:05 (Untertitel 1 bis 3)
    in der Szene „storm“, 0:00:05 bis 0:00:29 (Untertitel 1 bis 3)
    „blizzard“ in Untertitel 1 zählt für blizzard
    „hail“ in Untertitel 2 zählt für hail
    „thunder“ in Untertitel 3 zählt für thunder
    Stärke 0,81, nötig ist 0,50; in dieser Folge erwartet

weather/the-quake: ohne Stelle; in dieser Folge erwartet
    keines ihrer Wörter wird gesprochen

weather/the-flood: bei 0:02:20 (Untertitel 4 bis 6)
    in der Szene „flood“, 0:02:20 bis 0:02:44 (Untertitel 4 bis 6)
    setzt sich dort durch gegen „tide“
    „levee“ in Untertitel 4 zählt für levee
    „sandbags“ in Untertitel 5 zählt für sandbags
    „dinghy“ in Untertitel 6 zählt für dinghy
    Stärke 0,82, nötig ist 0,50; in dieser Folge erwartet

weather/the-tide: ohne Stelle; in dieser Folge erwartet
    würde hier passen; gefunden: „sandbags“, „dinghy“ ab Untertitel 5 (0:02:25); \
doch zu dieser Stelle passt „flood“ besser

weather/the-drought: ohne Stelle; in S01E02 erwartet, daher zählen dieselben Worte hier weniger
    am ehesten: gefunden: „parched“, „cactus“, „mirage“ ab Untertitel 7 (0:04:35); \
zu schwach: Stärke 0,31, nötig ist 0,50
""",
}
CONTRADICTED = ("The.Show.S01E02.en.srt", scenes("storm", "flood"))
RECAP = ("The.Show.S01E02.en.srt", [*scenes("storm")[:4], *scenes("quake", "drought", "dust")])
UNLISTED = ("The.Show.S01E09.en.srt", scenes("storm"))
UNKNOWN = ("The.Show.en.srt", ["A blizzard.", *PAUSE])
WEAK_AND_UNLISTED = ["found", "too-weak", "episode-unlisted"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_is_said_in_the_language_asked_for(show, language):
    """The notes of this episode come first, whatever the order of their topic."""
    finished = show(*OUTBID, "--lang", language)
    assert (finished.status, finished.out, finished.err) == (0, EXPLAINED[language], "")


@pytest.mark.parametrize(
    ("made", "language", "line"),
    [
        (CONTRADICTED, "en", "the file is named S01E02, but shows S01E01"),
        (CONTRADICTED, "de", "die Datei heißt S01E02, zeigt aber S01E01"),
        (CONTRADICTED, "en", "by what is shown: S01E01 92%, S01E02 8%"),
        (UNLISTED, "en", "taken for S01E09, an episode that the work does not list"),
        (UNLISTED, "de", "diese Datei gilt als S01E09, eine Folge, die das Werk nicht aufführt"),
        (UNKNOWN, "en", "The.Show.en.srt: show (episode unknown), recognised by file name; 1 cue"),
        (UNKNOWN, "de", "The.Show.en.srt: show (Folge unbekannt), erkannt an: Dateiname"),
        (UNKNOWN, "en", "not placed; expected in S01E01; which episode this is, is not known"),
        (UNKNOWN, "de", "in S01E01 erwartet; welche Folge dies ist, ist nicht bekannt"),
        (RECAP, "en", "    a recap of earlier episodes up to cue 6 (0:00:49); it gets no notes"),
        (RECAP, "de", "    Rückblick auf frühere Folgen bis Untertitel 6 (0:00:49), ohne"),
        (RECAP, "en", "from cue 4 (0:00:25); too weak: strength 0.31, 0.50 needed, it lies in"),
        (RECAP, "de", "das liegt im Rückblick, der mit Untertitel 6 endet"),
    ],
)
def test_doubts_about_the_episode_are_said(show, made, language, line):
    assert line in show(*made, "the-quake", "--lang", language).out


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "    placed by the code of its plugin"), ("de", "    vom Code ihres Plugins gesetzt")],
)
def test_note_placed_by_code_says_so(show, install, language, line):
    install("rain", PLUGIN)
    assert line in show(*OUTBID, "rain/n", "--lang", language).out.splitlines()


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "not placed; its work was not recognised in this track"),
        ("de", "ohne Stelle; ihr Werk wurde in dieser Datei nicht erkannt"),
    ],
)
def test_note_of_another_work_is_explained_only_if_named(show, language, line):
    assert NOTE not in show(*OUTBID, "--lang", language).out
    assert f"blutmai/{NOTE}: {line}" in show(*OUTBID, NOTE, "--lang", language).out


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "    it is about “babylon-berlin”; --work takes this track for that"),
        ("de", "    sie gehört zu „babylon-berlin“; --work nimmt diese Datei dafür"),
    ],
)
def test_note_of_another_work_says_which_and_how_to_name_it(show, language, line):
    assert line in show(*OUTBID, NOTE, "--lang", language).out.splitlines()


@pytest.mark.parametrize(
    ("made", "name", "arguments", "codes"),
    [
        (OUTBID, f"blutmai/{NOTE}", (), ["other-work"]),
        (OUTBID, "the-storm", ("--work", "babylon-berlin"), ["found", "other-work"]),
        (UNLISTED, "the-storm", (), WEAK_AND_UNLISTED),
        (UNLISTED, "the-quake", (), ["episode-unlisted"]),
        (UNLISTED, "show/storm", (), WEAK_AND_UNLISTED),
        (OUTBID, "the-storm", ("--episode", "S09E09"), WEAK_AND_UNLISTED),
    ],
)
def test_what_keeps_a_note_from_a_track_has_a_code(show, made, name, arguments, codes):
    """Its words may all be spoken, and it has no place all the same."""
    (explained,) = json.loads(show(*made, name, *arguments, "--format", "json").out)
    assert [reason["code"] for reason in explained["reasons"]] == codes
    assert explained["passage" if "depiction" in explained else "placed"] in (None, [])


def test_own_words_of_a_note_whose_scene_belongs_elsewhere_do_not_place_it(world):
    words = ["zephyr", "sirocco", "monsoon", "typhoon", "squall", "mistral", "drizzle", "sleet"]
    words += ["hailstone", "cyclone", "rainbow", "puddle"]
    own = f'id = "the-drought"\nanchor = {{ all = {json.dumps(words)} }}\n'
    topic = make_topic().replace('id = "the-drought"\n', own)
    name = "The.Show.S01E01.en.srt"
    spoken = [*scenes("storm"), *(f"Look, {word}." for word in words), *PAUSE]
    world.write(
        {
            "topics/show/work.toml": make_work(),
            "topics/weather/topic.toml": topic,
            name: srt(*spoken),
        }
    )
    (explained,) = json.loads(world.run("explain", name, "the-drought", "--format", "json").out)
    assert [reason["code"] for reason in explained["reasons"]] == ["found", "depicted-elsewhere"]


LATER = """[[notes]]
id = "the-secret"
depictions = ["storm"]
episodes = ["S01E01"]
spoiler = "S01E02"
[notes.en]
headnote = "It was so."
shown = "It."
record = "It was."
[[notes.citations]]
source = "almanac"
at = "page 3"
stance = "supports"
"""


@pytest.fixture
def secret(show, world):
    world.write({"topics/weather/topic.toml": make_topic() + LATER})
    return show


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "by default not on screen: it gives away something of S01E02, which comes later"),
        ("de", "ohne eigene Optionen nicht im Bild: sie verrät etwas aus S01E02, das später kommt"),
    ],
)
def test_placed_note_that_is_not_on_screen_says_why(secret, language, line):
    out = secret(*OUTBID, "the-secret", "--lang", language).out
    assert f"    {line}" in out
    assert "annotate -v" in out


def test_data_has_why_a_placed_note_is_left_out(secret):
    for name, left_out in (
        ("the-secret", {"code": "later-episode", "episode": "S01E02"}),
        ("the-flood", None),
    ):
        (explained,) = json.loads(secret(*OUTBID, name, "--format", "json").out)
        assert [place["left_out"] for place in explained["placed"]] == [left_out]


def test_depiction_that_lost_its_best_place_names_what_plays_there(show):
    tide_again = [*scenes("flood"), *PAUSE, "Sandbags.", "And a dinghy.", *PAUSE]
    finished = show("The.Show.S01E01.en.srt", tide_again, "the-tide")
    assert "    its best place fits “flood” better" in finished.out.splitlines()


def test_german_dialogue_is_explained_in_german(show):
    """Nobody asked for a language, so it is that of the dialogue, as in reports."""
    finished = show("The.Show.S01E01.de.srt", OUTBID[1], "the-quake")
    assert finished.out.splitlines()[-1] == "    keines ihrer Wörter wird gesprochen"


def test_data_has_codes_and_the_message_in_the_language_asked_for(show):
    finished = show(*OUTBID, "the-tide", "--format", "json", "--lang", "de")
    (explained,) = json.loads(finished.out)
    assert [reason["code"] for reason in explained["reasons"]] == ["found", "outbid"]
    assert explained["message"].endswith("doch zu dieser Stelle passt „flood“ besser")
    assert explained["rivals"] == {"tide": "flood"}
    assert [reason["code"] for reason in explained["candidate"]["reasons"]] == ["found"]
    assert {*explained["candidate"]["found"][0]} == {
        "cue",
        "start_ms",
        "term",
        "text",
        "information",
    }


def test_explain_knows_claims_by_the_names_that_reports_give_them(world, sample):
    track = "Babylon.Berlin.S01E04.en.srt"
    world.write({track: sample("S01E04.en.srt")})
    (data,) = [json.loads(world.run("report", track, "--format", "json", "-o", "-").out)]
    explained = {
        claim["name"]: json.loads(
            world.run("explain", track, claim["name"], "--format", "json").out
        )
        for claim in data["claims"]
    }
    assert {name: sorted(note["note"] for note in notes) for name, notes in explained.items()} == {
        claim["name"]: sorted(note for rating in claim["ratings"] for note in rating["notes"])
        for claim in data["claims"]
    }


def test_explain_says_where_a_depiction_plays(world, sample):
    world.write({"Babylon.Berlin.S01E01.en.srt": sample("S01E01.en.srt")})
    finished = world.run(
        "explain", "Babylon.Berlin.S01E01.en.srt", "babylon-berlin/train-taken-at-the-border"
    )
    assert finished.status == 0
    lines = finished.out.splitlines()
    assert lines[3].startswith("babylon-berlin/train-taken-at-the-border: placed at 0:02:11 to ")
    assert lines[4].startswith("    found “timber”")
    assert lines[5].endswith("0.50 needed; expected in this episode")


@pytest.mark.parametrize(
    ("name", "plays"), [("train-taken-at-the-border", True), ("orders-for-may-day", False)]
)
def test_explain_describes_a_depiction_as_data(world, sample, name, plays):
    track = "Babylon.Berlin.S01E01.en.srt"
    world.write({track: sample("S01E01.en.srt")})
    (found,) = json.loads(world.run("explain", track, name, "--format", "json").out)
    assert (found["work"], found["depiction"]) == ("babylon-berlin", name)
    assert (found["passage"] is not None) is plays
    assert "note" not in found
