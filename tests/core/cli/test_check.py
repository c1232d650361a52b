import json

import pytest

from made_topics import RATINGS, TOPIC, WORK, broken

WEATHER = "topics/weather/topic.toml"
SHOW = "topics/show/work.toml"
UMBRELLA = '["An umbrella against snowflakes?"]'


@pytest.fixture
def author(world):
    world.write({WEATHER: TOPIC, SHOW: WORK, "topics/weather/ratings.toml": RATINGS})
    return world


def test_check_looks_at_topics_beside_it(author):
    finished = author.run("check")
    assert (finished.status, finished.err) == (0, "")
    reached = ("file", "sources", "cases", "languages", "ratings", "strict")
    top = f"nothing to correct; {'  '.join(f'[x] {rung}' for rung in reached)}"
    assert finished.out.splitlines() == [f"{SHOW}: {top}", f"{WEATHER}: {top}"]


# The twelve commonest mistakes, and how each is told.
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            'title = "Almanac"\n', "",
            "7: sources[1]: 'title' is missing; write title = … (as printed)",
            id="missing-field",
        ),
        pytest.param(
            'verdict = "inaccurate"', 'verdict = "innacurate"',
            "18: notes[1].verdict: 'innacurate'; did you mean 'inaccurate'? use accurate | "
            "mostly-accurate | mostly-inaccurate | inaccurate | invented | unverified",
            id="wrong-verdict",
        ),
        pytest.param(
            'spoiler = "S01E02"', 'spoilers = "S01E02"',
            "21: notes[1].spoilers: unknown key 'spoilers'; did you mean 'spoiler'? use id | "
            "verdict | confidence | claim | departures | weight | episodes | spoiler | disputed | "
            "citations | depictions | anchor | cases | exempt | "
            "a language tag with the note's texts",
            id="typo-in-a-key",
        ),
        pytest.param(
            'episodes = ["S01E01"]', 'episodes = "S01E01"',
            "20: notes[1].episodes: 'S01E01' is text; use a list in [ ]",
            id="wrong-type",
        ),
        pytest.param(
            "year = 1929", "year = 1929-05-01",
            "10: sources[1].year: 1929-05-01 is a date; use text in quotes: a span of years as "
            '"1929-31"; a plain year, 1929, has no quotes',
            id="bad-date",
        ),
        pytest.param(
            "[[notes]]\n", '[[sources]]\nid = "almanac"\ntitle = "Another"\nkind = "general"\n'
            'standpoint = { en = "x", de = "x" }\nread = "whole"\n\n[[notes]]\n',
            "15: sources[2].id: 'almanac' is used twice; rename one",
            id="duplicate-id",
        ),
        pytest.param(
            'record = "It was warm."', 'record = "It was warm.',
            "26: is not valid TOML: a text is not closed in its line; close it with the quote it "
            'began with; one of several lines begins and ends with """',
            id="broken-toml",
        ),
        pytest.param(
            '["snowflake* | Schneeflocke*"]', '["snowflake* | the"]',
            "41: notes[1].anchor.all[1]: term 'snowflake* | the': 'the' is said in nearly every "
            "scene in 'en'; use a word that belongs to the moment, or write it for 'de' alone: "
            'all = { de = ["the"] }',
            id="term-that-matches-everything",
        ),
        pytest.param(
            "[notes.de]", "[notes.fr]",
            "14: snow: has no text in 'de'; write a [notes.de] table",
            id="missing-language",
        ),
        pytest.param(
            'source = "almanac"', 'source = "almanack"',
            "36: notes[1].citations[1].source: unknown source 'almanack'; did you mean "
            "'almanac'? add it to [[sources]], or cite one that is there",
            id="missing-source",
        ),
        pytest.param(
            UMBRELLA, '["An umbrella in May?"]',
            "48: snow: line does not hit: 'An umbrella in May?'; closest: found “umbrella”, “May” "
            "from cue 1 (0:00:00); no “snowflake* | Schneeflocke*”",
            id="hit-line-that-misses",
        ),
        pytest.param(
            '["Where is my umbrella?"]', '["Where is my umbrella? Snowflakes!"]',
            "56: snow: line hits, but must not: 'Where is my umbrella? Snowflakes!'; found "
            "“umbrella”, “Snowflakes” from cue 1 (0:00:00); ask for more terms, or forbid some "
            "in none",
            id="miss-line-that-hits",
        ),
    ],
)  # fmt: skip
def test_common_mistake_is_told_with_place_and_mend(author, old, new, told):
    author.write({WEATHER: broken(old, new)[0]})
    finished = author.run("check", WEATHER)
    assert finished.status == 1
    assert finished.out.splitlines()[0] == f"{WEATHER}:{told}"


def test_findings_of_all_files_come_at_once(author):
    author.write({WEATHER: broken('kind = "reference"', 'kind = "rumour"')[0]})
    author.write({SHOW: broken('["May I?"]', '["Snowflakes now in May!"]', WORK)[0]})
    lines = author.run("check").out.splitlines()
    assert lines[0].startswith(f"{SHOW}:22: snow-in-may: line hits, but must not")
    assert lines[1].startswith(f"{WEATHER}:11: sources[1].kind: 'rumour'")


def test_ladder_says_what_the_next_rung_asks(author):
    author.write({WEATHER: broken('  ["Snowflakes, in May!"],\n', "")[0]})
    finished = author.run("check", WEATHER)
    assert (finished.status, finished.out.splitlines()) == (
        0,
        [
            f"{WEATHER}: nothing to correct; [x] file  [x] sources  [x] cases  [x] languages"
            "  [x] ratings  [ ] strict",
            "    next rung, strict: nothing left to write, three hits and three misses in each of "
            "them, no verdict surer than its record; 1 to correct; --strict lists it all",
        ],
    )
    assert author.run("check", WEATHER, "--strict").status == 1


def test_what_is_still_to_be_written_is_counted_and_strictly_listed(author):
    text, line = broken('title = "Almanac"', 'title = "TODO: its title"')
    author.write({WEATHER: text})
    finished = author.run("check", WEATHER)
    assert finished.status == 0
    assert finished.out.splitlines()[1] == (
        f"    1 text is still to be written (TODO:), line {line}; --strict lists it all"
    )
    author.write({WEATHER: text.replace('at = "page 3"', 'at = "TODO: page"')})
    finished = author.run("check", WEATHER)
    assert finished.out.splitlines()[1] == (
        f"    2 texts are still to be written (TODO:), the first in line {line}; "
        "--strict lists it all"
    )
    finished = author.run("check", WEATHER, "--strict")
    assert finished.status == 1
    assert finished.out.splitlines()[0] == (
        f"{WEATHER}:{line}: sources[1].title: is still to be written: 'TODO: its title'; "
        "replace it by your own text"
    )
    assert "still to be written (TODO:)" not in finished.out


def test_line_too_long_for_the_screen_is_shortened_to_a_length(author):
    old = 'headnote = "No snow fell that May; it was 12 degrees."'
    author.write({WEATHER: broken(old, f'headnote = "No {"snow " * 20}fell."')[0]})
    assert "shorten it to 84 characters at most, label included" in author.run("check").out
    wide = f"No {'snow' * 10}, {'snow' * 6}"
    author.write({WEATHER: broken(old, f'headnote = "{wide}"')[0]})
    assert "or order its words otherwise" in author.run("check").out
    author.write({WEATHER: broken(old, 'headnote = "\\u200b"')[0]})
    assert "it has no line for the screen in English; write one" in author.run("check").out


def test_check_for_programs_is_json(author):
    author.write({WEATHER: broken(UMBRELLA, '["Rain?"]')[0]})
    document = json.loads(author.run("check", "--format", "json").out)
    (finding,) = document["findings"]
    assert document["schema"] == "headnotes-check/1"
    assert (finding["file"], finding["line"], finding["place"]) == (WEATHER, 48, "snow")
    assert (finding["rung"], finding["is_strict"]) == ("cases", False)
    assert document["files"][1] == {
        "file": WEATHER,
        "id": "weather",
        "ladder": {"file": 0, "sources": 0, "cases": 1, "languages": 0, "ratings": 0, "strict": 0},
    }


def test_check_for_github_marks_lines(author):
    author.write({WEATHER: broken(UMBRELLA, '["100 % rain,\\u2028 no::error::more?"]')[0]})
    (line,) = author.run("check", WEATHER, "--format", "github").out.splitlines()
    assert line.startswith(f"::error file={WEATHER},line=48,title=headnotes check::snow: line does")
    assert "'100 %25 rain,\\u2028 no::error::more?'" in line


def test_two_topics_of_one_id_are_told(author):
    author.write({"topics/weather-copy/topic.toml": TOPIC})
    finished = author.run("check")
    assert finished.status == 1
    assert (
        "topics/weather-copy/topic.toml:2: id: 'weather' already exists, from weather/topic.toml"
        in finished.out
    )


def test_topic_of_an_installed_id_is_told(author):
    author.write({WEATHER: TOPIC.replace('id = "weather"', 'id = "blutmai"')})
    assert "'blutmai' already exists, from headnotes_blutmai/topic.toml" in author.run("check").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "nowhere: does not exist"),
        (["empty"], "empty: holds no topic.toml; `headnotes new NAME` writes one"),
        (["packed"], "packed: holds no topic.toml; unpack rain.zip"),
        (["misnamed"], "misnamed/weather.toml: is not read under this name; call it topic.toml"),
    ],
)
def test_path_without_topic_files_is_wrong_use(world, arguments, told):
    world.write({"empty/a.txt": "", "packed/rain.zip": "", "misnamed/weather.toml": TOPIC})
    finished = world.run("check", *arguments)
    assert (finished.status, finished.out) == (2, "")
    assert told in finished.err


def test_flaw_of_a_language_stands_at_its_key(world):
    world.write({"vo.toml": 'names = ["x"]\n\n[labels]\naccurate = "VERATIK"\n'})
    lines = world.run("check", "vo.toml").out.splitlines()
    assert any(line.startswith("vo.toml:4: labels.accurate: 'VERATIK'") for line in lines)


def test_misnamed_file_beside_a_good_one_is_a_finding(author):
    author.write({"topics/rain/rain.toml": TOPIC})
    finished = author.run("check")
    assert finished.status == 1
    assert "topics/rain/rain.toml:1: is not read under this name" in finished.out
    assert f"{WEATHER}: nothing to correct" in finished.out


def test_topic_beyond_its_bounds_is_refused_and_read_where_the_user_insists(author):
    author.write({WEATHER: TOPIC.replace("It was warm.", "It was warm. " * 1_000)})
    refused = author.run("check")
    assert refused.status == 1
    assert "text of 13,000 characters, at most 10,000 allowed; shorten it; --large" in refused.out
    assert author.run("topics", "--topics-dir", "topics").err.count("at most 10,000 allowed") == 1
    assert "at most 10,000 allowed" not in author.run("check", "--large").out
    assert author.run("topics", "weather", "--topics-dir", "topics", "--large").err == ""


def test_fix_puts_right_what_it_can_and_says_what(author):
    text = broken('version = "1.0"', "version: “1.0”  # first")[0].replace(
        '"almanac"', '"Almanac"', 1
    )
    author.write({WEATHER: text})
    before = author.files()
    finished = author.run("check", "--fix")
    assert finished.lines == [
        f"headnotes: {WEATHER}:3: version: “1.0”  # first -> version = “1.0”  # first",
        f'headnotes: {WEATHER}:3: version = “1.0”  # first -> version = "1.0"  # first',
        f'headnotes: {WEATHER}:8: id = "Almanac" -> id = "almanac"',
    ]
    assert finished.status == 0
    after = author.files()
    assert {name for name in after if after[name] != before.get(name)} == {WEATHER}
    assert after[WEATHER].decode() == TOPIC.replace('version = "1.0"', 'version = "1.0"  # first')


def test_check_without_fix_changes_no_topic(author):
    author.write({WEATHER: broken('version = "1.0"', "version: “1.0”")[0]})
    before = author.files()
    author.run("check")
    assert author.files() == before


@pytest.mark.parametrize(
    "content",
    [b"\xff", b"a = " + b"[" * 5_000, b"a = " + b"1" * 5_000, b"x" * 4_000_001],
    ids=["no text", "too deep", "endless number", "too large"],
)
def test_fix_leaves_what_it_cannot_read(author, content):
    (author.folder / WEATHER).write_bytes(content)
    assert author.run("check", "--fix").status == 1
    assert (author.folder / WEATHER).read_bytes() == content


def test_fix_says_what_it_may_not_write(author, monkeypatch):
    def refuse(*_):
        raise OSError(30, "Read-only file system")

    author.write({WEATHER: broken('version = "1.0"', "version: “1.0”")[0]})
    monkeypatch.setattr("headnotes.cli.check.replace_text", refuse)
    finished = author.run("check", "--fix")
    assert finished.lines == [f"headnotes: {WEATHER}: not changed: Read-only file system"]


def test_check_renews_the_schema_beside_a_file(author):
    old = '{"title": "Headnotes topic file, format 1"}\n'
    mine = '{"title": "my own"}\n'
    author.write({"topics/weather/topic.schema.json": old, "topics/show/work.schema.json": mine})
    finished = author.run("check")
    assert finished.lines == ["headnotes: topics/weather/topic.schema.json: brought up to date"]
    files = author.files()
    assert json.loads(files["topics/weather/topic.schema.json"])["properties"]["licence"]
    assert files["topics/show/work.schema.json"].decode() == mine
    assert author.run("check").lines == []


def test_zip_is_to_be_unpacked_before_it_is_checked(author):
    author.write({"weather.zip": "PK"})
    finished = author.run("check", "weather.zip", WEATHER)
    assert finished.status == 1
    assert "weather.zip:1: is a zip; unpack it to check what is in it" in finished.out
    assert author.run("check", "weather.zip").status == 2


def test_what_is_wrong_with_the_ratings_is_counted_with_their_topic(author):
    author.write({"topics/weather/ratings.toml": RATINGS.replace('claim = "', 'claim = "un', 1)})
    finished = author.run("check", WEATHER)
    assert finished.status == 1
    found = [line for line in finished.out.splitlines() if "ratings.toml:" in line]
    assert f"{WEATHER}: {len(found)} finding(s); " in finished.out
    assert found


def test_folder_of_work_is_searched_for_its_topics_too(author):
    author.write({"headnotes.toml": 'lang = "de"\n'})
    finished = author.run("check", "--format", "github", ".")
    assert (finished.status, finished.out, finished.err) == (0, "", "")
    author.write({WEATHER: broken("year = 1929", "year = 1929-05-01")[0]})
    assert f"file={WEATHER},line=10" in author.run("check", "--format", "github", ".").out
    author.write({"rain/topic.toml": "x = 1"})
    assert author.run("check", ".").out.count("[ ] file") == 0
    assert "rain/topic.toml:1: " in author.run("check", ".").out


def test_ratings_are_checked_with_their_topic(author):
    finished = author.run("check", "topics/weather/ratings.toml", WEATHER)
    assert finished.status == 0
    assert [line.split(":")[0] for line in finished.out.splitlines()] == [WEATHER]
    author.write({"alone/ratings.toml": RATINGS})
    alone = author.run("check", "alone/ratings.toml")
    assert (alone.status, alone.out) == (2, "")
    assert "alone/ratings.toml: has no topic.toml beside it; put it into the folder" in alone.err


@pytest.mark.parametrize(
    ("name", "mend"),
    [("pt-br.toml", "pt"), ("ga-ie.toml", "ga"), ("GA.toml", "ga"), ("zh_Hant.toml", "zh")],
)
def test_file_named_for_a_region_is_checked_as_one_of_a_language(world, name, mend):
    world.write({name: ""})
    assert world.run("check", name).out.splitlines()[0] == (
        f"{name}:1: {name!r} is not the name of a language; call it {mend}.toml"
    )


def test_work_beside_the_folder_of_a_topic_is_known(world):
    world.write({"data/weather/topic.toml": TOPIC, "data/show/work.toml": WORK})
    finished = world.run("check", "data/weather/topic.toml")
    assert (finished.status, len(finished.out.splitlines())) == (0, 2)
    assert "nothing to correct" in finished.out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("names = ", 'year = "2021"\nnames = '),
        ('id = "S01E02"', 'id = "S01E02"\nnumber = 2'),
        ("names = [", "names = "),
    ],
    ids=["whole", "part", "toml"],
)
def test_topic_is_not_blamed_for_the_mistakes_of_its_work(author, old, new):
    author.write({SHOW: WORK.replace(old, new)})
    found = [line for line in author.run("check").out.splitlines() if line.startswith(WEATHER)]
    assert len(found) == 2
    assert found[0].endswith(
        "work 'show' has mistakes, in show/work.toml; "
        "correct those first; what hangs on them is not checked"
    )
    assert author.run("check", WEATHER).out.count("\n") == 3
