"""What `explain` says of a track and its notes, line by line, in both languages and as data."""

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

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
    assert "babylon-berlin by file name, S01E04 by --episode; " in finished.out


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
The.Show.S01E01.en.srt: show by file name, S01E01 by name; 9 cues
    likely episodes by name and scenes: S01E01 100%

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
    there it won over “tide”
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
The.Show.S01E01.en.srt: show laut Dateinamen, S01E01 laut Namen; 9 Untertitel
    wahrscheinliche Folgen nach Namen und Szenen: S01E01 100 %

weather/the-storm: bei 0:00:05 (Untertitel 1 bis 3)
    in der Szene „storm“, 0:00:05 bis 0:00:29 (Untertitel 1 bis 3)
    „blizzard“ in Untertitel 1 zählt als blizzard
    „hail“ in Untertitel 2 zählt als hail
    „thunder“ in Untertitel 3 zählt als thunder
    Stärke 0,81 (nötig: 0,50); in dieser Folge erwartet

weather/the-quake: keine Stelle gefunden; in dieser Folge erwartet
    keines ihrer Wörter kommt vor

weather/the-flood: bei 0:02:20 (Untertitel 4 bis 6)
    in der Szene „flood“, 0:02:20 bis 0:02:44 (Untertitel 4 bis 6)
    setzt sich dort gegen „tide“ durch
    „levee“ in Untertitel 4 zählt als levee
    „sandbags“ in Untertitel 5 zählt als sandbags
    „dinghy“ in Untertitel 6 zählt als dinghy
    Stärke 0,82 (nötig: 0,50); in dieser Folge erwartet

weather/the-tide: keine Stelle gefunden; in dieser Folge erwartet
    würde hier passen: „sandbags“, „dinghy“ ab Untertitel 5 (0:02:25) gefunden; \
doch zu dieser Stelle passt „flood“ besser

weather/the-drought: keine Stelle gefunden; \
in S01E02 erwartet, daher zählen dieselben Worte hier weniger
    am ehesten: „parched“, „cactus“, „mirage“ ab Untertitel 7 (0:04:35) gefunden; \
zu schwach: Stärke 0,31 (nötig: 0,50)
""",
}
CONTRADICTED = ("The.Show.S01E02.en.srt", scenes("storm", "flood"))
RECAP = ("The.Show.S01E02.en.srt", [*scenes("storm")[:4], *scenes("quake", "drought", "dust")])
CROWD = ("storm", "quake", "flood")
UNLISTED = ("The.Show.S01E09.en.srt", scenes("storm"))
UNNAMED = ("The.Show.en.srt", scenes("storm", "quake", "flood", "tide"))
TWO = ("The.Show.S01E01-E02.en.srt", scenes("storm", "quake", "flood", "drought", "dust"))
HALF = ("The.Show.S01E01-E02.en.srt", scenes("storm", "quake", "flood"))
UNKNOWN = ("The.Show.en.srt", ["A blizzard.", *PAUSE])
WEAK_AND_UNLISTED = ["found", "too-weak", "episode-unlisted"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_is_said_in_the_language_asked_for(show, language):
    """The notes of this episode come first, whatever the order of their topic."""
    finished = show(*OUTBID, "-v", "--lang", language)
    assert (finished.status, finished.out, finished.err) == (0, EXPLAINED[language], "")


OVERVIEWS = {
    "en": """\
The.Show.S01E01.en.srt: show by file name, S01E01 by name; 9 cues
    likely episodes by name and scenes: S01E01 100%

placed: 2
    0:00:05  weather/the-storm: “blizzard”, “hail”, “thunder”
    0:02:20  weather/the-flood: “levee”, “sandbags”, “dinghy”

place went to another: 1
    weather/the-tide: its place fits “flood” better

not placed: 1 expected in this episode, 2 expected in other episodes

“headnotes explain TRACK NOTE” explains one note; \
with a time such as 0:35:00 instead of NOTE, what is there; with -v, every note
""",
    "de": """\
The.Show.S01E01.en.srt: show laut Dateinamen, S01E01 laut Namen; 9 Untertitel
    wahrscheinliche Folgen nach Namen und Szenen: S01E01 100 %

Stelle gefunden: 2
    0:00:05  weather/the-storm: „blizzard“, „hail“, „thunder“
    0:02:20  weather/the-flood: „levee“, „sandbags“, „dinghy“

Stelle anders vergeben: 1
    weather/the-tide: zu ihrer Stelle passt „flood“ besser

keine Stelle gefunden: 1 in dieser Folge erwartet, 2 in anderen Folgen erwartet

„headnotes explain DATEI ANMERKUNG“ erklärt eine Anmerkung; \
mit einer Zeit wie 0:35:00 statt ANMERKUNG, was dort ist; mit -v jede
""",
}


@pytest.mark.parametrize("language", ["en", "de"])
def test_without_a_name_there_is_an_overview(show, language):
    finished = show(*OUTBID, "--lang", language)
    assert (finished.status, finished.out, finished.err) == (0, OVERVIEWS[language], "")


def test_overview_of_an_unknown_episode_counts_what_may_belong_there(show):
    assert show(*UNKNOWN).out.splitlines()[1:] == [
        "    likely episodes by name and scenes: S01E01 33%, S01E02 33%",
        "",
        "not placed: 6 that may belong here",
        "",
        "“headnotes explain TRACK NOTE” explains one note; with a time such as 0:35:00 instead of"
        " NOTE, what is there; with -v, every note",
    ]


def test_episodes_that_nothing_tells_apart_are_not_called_likely(world):
    world.write({"Babylon.Berlin.en.srt": srt("Good morning.")})
    lines = world.run("explain", "Babylon.Berlin.en.srt").out.splitlines()
    assert lines[:2] == [
        "Babylon.Berlin.en.srt: babylon-berlin by file name, episode unknown; 1 cue",
        "",
    ]


def test_each_namesake_of_another_year_is_named_with_what_to_do(show, world):
    other = make_work().replace('id = "show"', 'id = "remake"', 1)
    dated = 'title = { en = "The Show" }\nyear = 2014\n'
    for work, text in (("show", make_work()), ("remake", other)):
        made = text.replace('title = { en = "The Show" }\n', dated)
        world.write({f"topics/{work}/work.toml": made})
    lines = show("The.Show.1962.en.srt", ["A blizzard."]).out.splitlines()
    assert [line.partition("; ")[2] for line in lines[1:3]] == [
        "not taken for it; --work remake insists",
        "not taken for it; --work show insists",
    ]


@pytest.mark.parametrize(
    ("made", "arguments", "line"),
    [
        (OUTBID, (), "show by file name, S01E01 by name; 9 cues"),
        (OUTBID, ("--work", "show"), "show by --work, S01E01 by name; 9 cues"),
        (OUTBID, ("--episode", "S01E01"), "show by file name, S01E01 by --episode; 9 cues"),
        (UNNAMED, (), "show by file name, S01E01 by its scenes; 11 cues"),
        (CONTRADICTED, (), "show by file name, S01E01 by its scenes; 6 cues"),
        (TWO, (), "show by file name, S01E01 + S01E02 by name; 15 cues"),
    ],
)
def test_work_and_episode_each_say_what_they_were_recognised_by(show, made, arguments, line):
    assert show(*made, *arguments).out.splitlines()[0] == f"{made[0]}: {line}"


@pytest.mark.parametrize(
    ("made", "language", "line"),
    [
        (TWO, "en", "that only one of them has: S01E01 0:00:05 to 0:04:59, S01E02 0:06:50 to 0:09"),
        (TWO, "de", "    Szenen, die nur eine davon hat: S01E01 0:00:05 bis 0:04:59, S01E02 0:06"),
        (
            HALF,
            "en",
            "    scenes that only one of them has: S01E01 0:00:05 to 0:04:59, S01E02 none",
        ),
        (HALF, "de", "S01E01 0:00:05 bis 0:04:59, S01E02 keine gefunden"),
    ],
)
def test_file_of_two_episodes_says_where_each_of_them_plays(show, made, language, line):
    """How likely each is as the whole of the file says nothing there."""
    out = show(*made, "--lang", language).out
    assert line in out
    assert "100" not in out


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "--episode says S01E02, but the scenes look like S01E01; if the scenes are right, "),
        ("de", "laut --episode S01E02, den Szenen nach aber S01E01; stimmen die Szenen"),
    ],
)
def test_wrong_episode_asked_for_is_contradicted_once(show, language, line):
    finished = show(*UNNAMED, "--episode", "S01E02", "--lang", language)
    assert (finished.status, finished.err) == (0, "")
    assert f"    {line}" in finished.out


OWN_WORDS = {
    "en": """\
weather/the-storm: placed at 0:00:15 (cue 3)
    in the passage “storm”, 0:00:05 to 0:00:29 (cues 1 to 3)
    the passage was found by these words:
    “blizzard” in cue 1 counts for blizzard
    “hail” in cue 2 counts for hail
    “thunder” in cue 3 counts for thunder
    in it the note stands at words of its own:
    “thunder” in cue 3 counts for thunder | lightning
    strength 0.81, 0.50 needed; expected in this episode
""",
    "de": """\
weather/the-storm: bei 0:00:15 (Untertitel 3)
    in der Szene „storm“, 0:00:05 bis 0:00:29 (Untertitel 1 bis 3)
    die Szene wurde an diesen Worten erkannt:
    „blizzard“ in Untertitel 1 zählt als blizzard
    „hail“ in Untertitel 2 zählt als hail
    „thunder“ in Untertitel 3 zählt als thunder
    in ihr steht die Anmerkung bei ihren eigenen Worten:
    „thunder“ in Untertitel 3 zählt als thunder | lightning
    Stärke 0,81 (nötig: 0,50); in dieser Folge erwartet
""",
}


@pytest.fixture
def own_words(show, world):
    """A note at a word of its own, of another episode than the one its scene is expected in."""
    own = 'id = "the-storm"\nanchor = { all = ["thunder | lightning"] }\n'
    topic = make_topic().replace('id = "the-storm"\n', own)
    head, _, note = topic.partition(own)
    note = note.replace('episodes = ["S01E01"]', 'episodes = ["S01E02"]', 1)
    world.write({"topics/weather/topic.toml": f"{head}{own}{note}"})
    return show


@pytest.mark.parametrize("language", ["en", "de"])
def test_note_at_its_own_words_shows_those_that_its_passage_was_found_by(own_words, language):
    out = own_words(*OUTBID, "the-storm", "--lang", language).out
    assert out.endswith(f"\n\n{OWN_WORDS[language]}")


def test_overview_names_the_words_of_the_passage_beside_those_of_the_note(own_words):
    line = "    0:00:15  weather/the-storm: “blizzard”, “hail”, “thunder”"
    assert line in own_words(*OUTBID).out.splitlines()


def test_data_has_the_words_of_the_passage_beside_those_of_the_note(own_words):
    (explained,) = json.loads(own_words(*OUTBID, "the-storm", "--format", "json").out)
    Draft202012Validator(SCHEMA).validate([explained])
    (place,) = explained["placed"]
    assert [found["text"] for found in place["evidence"]] == ["thunder"]
    assert [found["text"] for found in place["passage_evidence"]] == ["blizzard", "hail", "thunder"]


def test_note_placed_by_code_has_no_words_of_a_passage(show, install):
    install("rain", PLUGIN)
    (explained,) = json.loads(show(*OUTBID, "rain/n", "--format", "json").out)
    assert [place["passage_evidence"] for place in explained["placed"]] == [[]]


@pytest.mark.parametrize(
    ("track", "name"),
    [("S01E03.en.srt", "kardakov-at-svetlanas"), ("S01E04.en.srt", "women-on-the-balcony")],
)
def test_words_of_a_passage_are_those_it_was_made_of_where_others_in_it_are_stronger(
    world, sample, track, name
):
    world.write({f"Babylon.Berlin.{track}": sample(track)})
    name = f"babylon-berlin/{name}"
    (found,) = json.loads(
        world.run("explain", f"Babylon.Berlin.{track}", name, "--format", "json").out
    )
    assert found["candidate"]["found"][0]["cue"] == found["passage"]["first_cue"]


def test_word_list_shows_the_alternative_that_was_spoken(show, world):
    rare = "snowstorm | white squall | driving snow | ice needles in the wind | blizzard | sleet"
    world.write({"topics/show/work.toml": make_work().replace('"blizzard"', f'"{rare}"')})
    for name in ("the-storm", "show/storm"):
        lines = show(*OUTBID, name).out
        assert "“blizzard”" in lines
    line = (
        "    “blizzard” in cue 1 counts for snowstorm | white squall | driving snow | blizzard | …"
    )
    assert line in show(*OUTBID, "the-storm").out.splitlines()


def test_alternative_that_runs_on_into_the_next_cue_is_shown(show, world):
    rare = (
        "snowstorm | white squall | driving snow | ice needles in the wind | blizzard again | sleet"
    )
    world.write({"topics/show/work.toml": make_work().replace('"blizzard"', f'"{rare}"')})
    spoken = ["Look, blizzard", "again: hail.", "Thunder.", *PAUSE]
    lines = show("The.Show.S01E01.en.srt", spoken, "the-storm").out.splitlines()
    shown = "snowstorm | white squall | driving snow | blizzard again | …"
    assert f"    “blizzard again” in cue 1 counts for {shown}" in lines


@pytest.mark.parametrize(
    ("made", "language", "line"),
    [
        (
            CONTRADICTED,
            "en",
            "    named S01E02, but its scenes look like S01E01; taken for S01E01; if that is",
        ),
        (
            CONTRADICTED,
            "de",
            "    dem Namen nach S01E02, den Szenen nach aber S01E01; die Datei gilt als S01E01",
        ),
        (CONTRADICTED, "en", "by name and scenes: S01E01 92%, S01E02 8%"),
        (UNLISTED, "en", "taken for S01E09, an episode that the work does not list"),
        (UNLISTED, "de", "diese Datei gilt als S01E09, eine Folge, die das Werk nicht aufführt"),
        (UNKNOWN, "en", "The.Show.en.srt: show by file name, episode unknown; 1 cue"),
        (UNKNOWN, "de", "The.Show.en.srt: show laut Dateinamen, Folge unbekannt; 1"),
        (UNKNOWN, "en", "not placed; expected in S01E01; it is not known which episode this is"),
        (UNKNOWN, "de", "in S01E01 erwartet, doch welche Folge dies ist, ist nicht bekannt"),
        (RECAP, "en", "    a recap of earlier episodes up to cue 6 (0:00:49); it gets no notes"),
        (RECAP, "de", "    Rückblick auf frühere Folgen bis Untertitel 6 (0:00:49), ohne"),
        (RECAP, "en", "from cue 4 (0:00:25); too weak: strength 0.31, 0.50 needed, it lies in"),
        (RECAP, "de", "die Stelle liegt im Rückblick, der mit Untertitel 6 endet"),
    ],
)
def test_doubts_about_the_episode_are_said(show, made, language, line):
    assert line in show(*made, "the-quake", "--lang", language).out


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "    placed by the code of its plugin"), ("de", "    vom Code des Plugins gesetzt")],
)
def test_note_placed_by_code_says_so(show, install, language, line):
    install("rain", PLUGIN)
    assert line in show(*OUTBID, "rain/n", "--lang", language).out.splitlines()


@pytest.mark.parametrize("term", ["|", "*", "blizzard | an invention of its plugin", "invention"])
def test_evidence_of_code_is_shown_whatever_it_calls_a_term(show, install, term):
    evidence = f"(Evidence(cue=2, term={term!r}, text='no such words'),)"
    code = PLUGIN.replace("end_ms=9000)", f"end_ms=9000, evidence={evidence})")
    install("rain", code.replace("import Annotation", "import Annotation, Evidence"))
    finished = show(*OUTBID, "rain/n")
    shown = " | ".join(part.strip() for part in term.split("|"))
    assert f"    “no such words” in cue 2 counts for {shown}" in finished.out.splitlines()


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "not placed; its work was not recognised in this track"),
        ("de", "keine Stelle gefunden; ihr Werk wurde in dieser Datei nicht erkannt"),
    ],
)
def test_note_of_another_work_is_explained_only_if_named(show, language, line):
    assert NOTE not in show(*OUTBID, "-v", "--lang", language).out
    assert f"blutmai/{NOTE}: {line}" in show(*OUTBID, NOTE, "--lang", language).out


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "    it is about “babylon-berlin”; --work treats this track as that work"),
        ("de", "    sie gehört zu „babylon-berlin“; --work ordnet diese Datei dem Werk zu"),
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
        (
            "de",
            "mit den Voreinstellungen nicht im Bild: sie verrät etwas aus S01E02, die erst später",
        ),
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
    assert finished.out.splitlines()[-1] == "    keines ihrer Wörter kommt vor"


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


SCHEMA = json.loads(
    (files("headnotes.reports") / "schema" / "explain-1.schema.json").read_text("utf-8")
)


def test_schema_of_the_data_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("made", "arguments"),
    [
        (OUTBID, ()),
        (OUTBID, ("show/storm",)),
        (OUTBID, ("show/quake",)),
        (OUTBID, (NOTE,)),
        (TWO, ()),
        (HALF, ("the-tide",)),
        (RECAP, ()),
        (UNLISTED, ("the-storm",)),
        (UNKNOWN, ("the-storm",)),
        (OUTBID, ("the-storm", "--episode", "S09E09")),
    ],
)
def test_data_is_as_the_schema_says(show, made, arguments):
    data = json.loads(show(*made, *arguments, "--format", "json").out)
    assert data
    Draft202012Validator(SCHEMA).validate(data)


def test_data_tells_the_place_from_what_is_closest_by_itself(show):
    (explained,) = json.loads(show(*OUTBID, "the-flood", "--format", "json").out)
    (place,) = explained["placed"]
    spoken = ["levee", "sandbags", "dinghy"]
    assert [found["text"] for found in place["evidence"]] == spoken
    assert (explained["outbid_by"], explained["rivals"]) == (None, {"tide": "flood"})
    (lost,) = json.loads(show(*OUTBID, "the-tide", "--format", "json").out)
    assert (lost["placed"], lost["outbid_by"]) == ([], "flood")
    assert lost["candidate"]["is_moment"]


@pytest.mark.parametrize(
    ("made", "work_by", "episode_by", "parts"),
    [
        (OUTBID, ["file-name"], ["episode-named"], [("S01E01", 5_000, 164_000)]),
        (CONTRADICTED, ["file-name"], ["scenes"], [("S01E01", 5_000, 164_000)]),
        (
            HALF,
            ["file-name"],
            ["episode-named"],
            [("S01E01", 5_000, 299_000), ("S01E02", None, None)],
        ),
    ],
)
def test_data_has_apart_how_work_and_episode_were_recognised(
    show, made, work_by, episode_by, parts
):
    (explained,) = json.loads(show(*made, "the-storm", "--format", "json").out)
    episode = explained["episode"]
    assert (episode["work_by"], episode["episode_by"]) == (work_by, episode_by)
    found = [(part["id"], part["start_ms"], part["end_ms"]) for part in episode["parts"]]
    assert found == parts


@pytest.mark.parametrize(
    ("minutes", "by", "last_cue"),
    [(25, ["episode-named"], 9), (5, ["episode-named", "scenes"], None)],
    ids=["recap", "clip"],
)
def test_scenes_that_crowd_the_start_of_a_long_file_say_nothing_of_its_episode(
    show, minutes, by, last_cue
):
    """Scenes of its own last longer; those of a clip may not."""
    words = [[f"Look, {word}." for word in DEPICTIONS[name][1:]] for name in CROWD]
    front = [line for lines in words for line in (*lines, *PAUSE[:5])]
    rest = [*[""] * (minutes * 12), *scenes("drought", "dust")]
    made = ("The.Show.S01E02.en.srt", [*front, *rest])
    (explained,) = json.loads(show(*made, "the-dust", "--format", "json").out)
    recap = explained["recap"]
    assert explained["episode"]["episode_by"] == by
    assert (recap["last_cue"] if recap else None) == last_cue


def test_whole_scenes_of_an_earlier_episode_are_no_recap_and_say_why_they_get_no_notes(show):
    front = ["Blizzard.", "Hail.", "Thunder.", *PAUSE, *PAUSE]
    made = ("The.Show.S01E02.en.srt", [*front, *scenes("drought", "dust")])
    (explained,) = json.loads(show(*made, "the-storm", "--format", "json").out)
    assert (explained["recap"], explained["expectation"]) == (None, "elsewhere")
    assert [reason["code"] for reason in explained["reasons"]] == ["found", "too-weak"]


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
    assert lines[3].startswith("babylon-berlin/train-taken-at-the-border: placed at 0:01:55 to ")
    assert lines[4].startswith("    found “braking”")
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


AT_TIME = {
    "en": """\
at 0:02:26, cue 5: “Look, sandbags.”
    in the passage “flood”, 0:02:20 to 0:02:44 (cues 4 to 6)
    there it won over “tide”
    the passage was found by these words:
    “levee” in cue 4 counts for levee
    “sandbags” in cue 5 counts for sandbags
    “dinghy” in cue 6 counts for dinghy
    strength 0.82, 0.50 needed; expected in this episode

notes there: 1
    0:02:20  weather/the-flood: “levee”, “sandbags”, “dinghy”
        on screen 0:02:20 to 0:02:22

not placed there: 1
    weather/the-tide: expected in this episode
        would fit here: found “sandbags”, “dinghy” from cue 5 (0:02:25); \
but this place fits “flood” better
""",
    "de": """\
bei 0:02:26, Untertitel 5: „Look, sandbags.“
    in der Szene „flood“, 0:02:20 bis 0:02:44 (Untertitel 4 bis 6)
    setzt sich dort gegen „tide“ durch
    die Szene wurde an diesen Worten erkannt:
    „levee“ in Untertitel 4 zählt als levee
    „sandbags“ in Untertitel 5 zählt als sandbags
    „dinghy“ in Untertitel 6 zählt als dinghy
    Stärke 0,82 (nötig: 0,50); in dieser Folge erwartet

Anmerkungen dort: 1
    0:02:20  weather/the-flood: „levee“, „sandbags“, „dinghy“
        im Bild 0:02:20 bis 0:02:22

dort keine Stelle gefunden: 1
    weather/the-tide: in dieser Folge erwartet
        würde hier passen: „sandbags“, „dinghy“ ab Untertitel 5 (0:02:25) gefunden; \
doch zu dieser Stelle passt „flood“ besser
""",
}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("written", ["0:02:26", "2:26", "146", "146.0"])
def test_time_says_what_plays_then_and_which_notes_are_there_or_were_left_out(
    show, written, language
):
    finished = show(*OUTBID, written, "--lang", language)
    assert (finished.status, finished.err) == (0, "")
    assert finished.out.partition("\n\n")[2] == AT_TIME[language]


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        (
            "1:30",
            [
                "at 0:01:30 nobody speaks",
                "    no passage is recognised there",
                "    before it: “storm”, 0:00:05 to 0:00:29 (cues 1 to 3)",
                "    after it: “flood”, 0:02:20 to 0:02:44 (cues 4 to 6)",
                "",
                "notes there: 1",
                "    0:02:20  weather/the-flood: “levee”, “sandbags”, “dinghy”",
                "        on screen 0:02:20 to 0:02:22",
                "",
                "not placed there: 1",
            ],
        ),
        (
            "2:00:00",
            [
                "2:00:00 is after the last words, which end at 0:04:49",
                "    no passage is recognised there",
                "    before it: “flood”, 0:02:20 to 0:02:44 (cues 4 to 6)",
                "",
                "notes there: 0",
            ],
        ),
    ],
)
def test_time_at_which_nothing_plays_says_what_is_before_and_after_it(show, written, lines):
    shown = show(*OUTBID, written).out.partition("\n\n")[2].splitlines()
    assert shown[: len(lines)] == lines


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "        by default not on screen: it gives away something of S01E02, which comes"),
        ("de", "        mit den Voreinstellungen nicht im Bild: sie verrät etwas aus S01E02"),
    ],
)
def test_time_says_why_a_note_there_is_not_on_screen(secret, language, line):
    out = secret(*OUTBID, "0:00:10", "--lang", language).out
    assert line in out
    assert "It was so." not in out


def test_time_in_a_recap_says_so(show):
    line = "    it lies in the recap, which ends with cue 6"
    assert line in show(*RECAP, "0:00:20").out.splitlines()


@pytest.mark.parametrize("arguments", [("-5",), ("-0:05:00",), ("--", "-5")])
def test_time_before_the_film_is_refused_in_a_line(episode, arguments):
    finished = episode.run("explain", "Babylon.Berlin.S01E04.en.srt", *arguments)
    assert (finished.status, finished.out) == (2, "")
    line = "lies before the film; count from its start, as in 0:35:00, 35:00 or 2100"
    assert finished.err == f"headnotes: time: {arguments[-1]!r} {line}\n"


def test_misspelt_option_is_taken_for_no_time(episode):
    finished = episode.run("explain", "Babylon.Berlin.S01E04.en.srt", "-z")
    # click puts the option into quotes in some versions
    assert finished.err.replace("'", "").replace(":", "") == (
        "headnotes No such option -z; `headnotes explain --help` shows how to use it\n"
    )


def test_what_is_neither_name_nor_time_says_how_a_time_is_written(episode):
    finished = episode.run("explain", "Babylon.Berlin.S01E04.en.srt", "35 minutes")
    assert finished.status == 2
    assert "a time is written like 0:35:00, 35:00 or 2100" in finished.err


def test_note_named_by_digits_is_no_time(show, world):
    world.write({"topics/weather/topic.toml": make_topic().replace('"the-storm"', '"1929"')})
    assert "weather/1929: placed at 0:00:05" in show(*OUTBID, "1929").out


@pytest.mark.parametrize(
    ("made", "written", "passages", "notes"),
    [
        (OUTBID, "2:26", ["flood"], ["the-flood", "the-tide"]),
        (OUTBID, "1:30", [], ["the-flood", "the-tide"]),
        (OUTBID, "2:00:00", [], []),
        (UNKNOWN, "0:06", [], ["the-storm"]),
        (RECAP, "0:10", [], ["the-storm", "the-quake"]),
    ],
)
def test_data_of_a_time_has_passages_and_notes_as_the_schema_says(
    show, made, written, passages, notes
):
    data = json.loads(show(*made, written, "--format", "json").out)
    Draft202012Validator(SCHEMA).validate(data)
    (found,) = data
    assert [passage["depiction"] for passage in found["passages"]] == passages
    assert [note["note"] for note in found["notes"]] == notes
