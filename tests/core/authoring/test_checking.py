import pytest

from headnotes.authoring import check_file, rung_of
from headnotes.topics import read_work
from made_topics import RATINGS, TOPIC, WORK, broken


@pytest.fixture
def work(tmp_path):
    file = tmp_path / "work.toml"
    file.write_text(WORK, encoding="utf-8")
    return read_work(file)


@pytest.fixture
def review(tmp_path, monkeypatch, work):
    """Check a text as a topic file, or as a file of another name."""
    monkeypatch.chdir(tmp_path)

    def look(text, name="topic.toml", **taken):
        folder = tmp_path / "weather"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        (folder / "ratings.toml").write_text(RATINGS, encoding="utf-8")
        file = (folder / name).relative_to(tmp_path)
        return check_file(file, {work.id: work}, taken)

    return look


def test_good_topic_has_nothing_to_correct(review):
    found = review(TOPIC)
    assert (found.id, [*map(str, found.issues)], found.next_rung) == ("weather", [], None)


def test_language_by_another_code_is_named_by_its_tag(review):
    found = review(TOPIC.replace("[notes.de]", "[notes.deu]").replace(" de =", " ger ="))
    said = [str(issue).split(": ", 1)[1] for issue in found.issues]
    assert "notes[1].deu: 'deu' is no tag; write de" in said
    assert "title.ger: 'ger' is no tag; write de" in said
    assert "'ger'" in str(review(WORK.replace(" de =", " ger ="), "work.toml").issues)


@pytest.mark.parametrize(
    ("called", "is_said"),
    [("S01E02", False), ("12", False), ("foo", True), ("1x02", True), ("02", True)],
)
def test_number_of_another_service_is_one_that_a_name_may_have(review, called, is_said):
    text = WORK.replace('id = "S01E02"', f'id = "S01E02"\nnumberings = {{ disc = "{called}" }}')
    said = [*map(str, review(text, "work.toml").issues)]
    assert bool(said) is is_said
    assert all(f"episodes[2].numberings.disc: {called!r}; write it as" in line for line in said)


def test_line_may_be_exempt_with_a_reason(review):
    plain = TOPIC.replace("No snow fell that May;", "In May it did not snow;").replace(
        'confidence = "One station, read in part."',
        'confidence = "One station, read in part."\nexempt = "the denial comes soon enough"',
    )
    assert review(plain).issues == review(TOPIC).issues == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        pytest.param('source = "almanac"\n', "", -1, "'source' is missing", id="no-source"),
        pytest.param('source = "almanac"', 'source = "almanach"', 0,
                     "'almanach'; did you mean 'almanac'?", id="unknown-source"),
        pytest.param('at = "page 3"\n', "", -2, "'at' is missing", id="no-locator"),
        pytest.param('standpoint = { en = "none", de = "keiner" }\n', "", -5,
                     "'standpoint' is missing", id="no-standpoint"),
        pytest.param('standpoint = { en = "none", de = "keiner" }', 'standpoint = { en = "none" }',
                     0, "almanac: has no text in 'de'", id="standpoint-language"),
        pytest.param('read = "part"\n', "", -6, "'read' is missing", id="no-reading-status"),
        pytest.param('read = "part"', 'read = "not"', 22,
                     "snow: rests only on sources not read", id="source-not-read"),
        pytest.param('confidence = "high"\n', "", -5, "verdict without confidence", id="unsure"),
        pytest.param('confidence = "One station, read in part."\n', "", -4,
                     "a verdict without the reason of its confidence", id="no-reason"),
        pytest.param('headnote = "No snow fell that May; it was 12 degrees."',
                     f'headnote = "{"No snow. " * 12}"', 0, "its line and label are", id="long"),
        pytest.param('headnote = "Kein Schnee fiel in jenem Mai; es waren 12 Grad."',
                     f'headnote = "{"Kein Schnee. " * 9}"', 0, "its line and label", id="long-de"),
        pytest.param('"No snow fell that May; it was 12 degrees."',
                     '"It was 12 degrees in May."', 0,
                     "after [SCENE: FALSE] it does not open by denying or correcting; begin it "
                     "like 'Not in 1929: Bavaria had lifted", id="plain-opening"),
        pytest.param('confidence = "One station, read in part."\n',
                     'confidence = "One station, read in part."\nexempt = "a quotation"\n', 1,
                     "is exempt from a rule that it keeps; drop it", id="idle-exemption"),
        pytest.param("[notes.de]", "[notes.fr]", -15, "has no text in 'de'", id="no-language"),
        pytest.param('spoiler = "S01E02"', 'spoiler = "1x02"', 0,
                     "season and episode as S01E04", id="spoiler-form"),
        pytest.param('spoiler = "S01E02"', 'spoiler = "S09E02"', 0,
                     "'S09E02' is not an episode of 'show'; it has S01E01 to S02E01", id="spoiler"),
        pytest.param('episodes = ["S01E01"]', 'episodes = ["S01E09"]', 0,
                     "'S01E09' is not an episode of 'show'", id="episode"),
        pytest.param('episodes = ["S01E01"]', 'episodes = ["S02E01"]', 1,
                     "'S01E02' is earlier than all episodes", id="spoiler-before-episode"),
        pytest.param('["snow-in-may"]', '["snow-in-mai"]', 0,
                     "unknown depiction 'snow-in-mai'; did you mean 'snow-in-may'?",
                     id="depiction"),
        pytest.param('work = "show"', 'work = "shaw"', 0,
                     "unknown work 'shaw'; did you mean 'show'? known: show; put its folder or zip "
                     "beside this one (work.toml describes a new one)", id="work"),
        pytest.param('["An umbrella against snowflakes?"]', '["An umbrella in the sun?"]', 0,
                     "line does not hit: 'An umbrella in the sun?'; closest: found “umbrella”",
                     id="hit-that-misses"),
        pytest.param('["Where is my umbrella?"]', '["My umbrella is full of snowflakes."]', 0,
                     "line hits, but must not: 'My umbrella is full of snowflakes.'",
                     id="miss-that-hits"),
        pytest.param('["snowflake* | Schneeflocke*"]', '["avalanche"]', 6,
                     "line does not hit: 'Snowflakes, in May!'", id="anchor-finds-nothing"),
        pytest.param("[notes.de]", "[note.de]", 0,
                     "unknown table [note.de]; did you mean [notes.de]?", id="table"),
        pytest.param("[[sources]]", "[[source]]", 0,
                     "unknown table [[source]]; did you mean [[sources]]?", id="tables"),
        pytest.param('version = "1.0"', 'version = "1.0"\nautors = ["me"]', 1,
                     "unknown key 'autors'; did you mean 'authors'?", id="list"),
        pytest.param('version = "1.0"', 'version = "1.0"\ntitel = { en = "a" }', 1,
                     "unknown key 'titel'; did you mean 'title'?", id="inline"),
        pytest.param("[notes.de]", "[notes.DE]", 0,
                     "unknown table [notes.DE]; write [notes.de]", id="capital-tag"),
        pytest.param("title = { en", "title = { EN", 0,
                     "title.EN: unknown key 'EN'; write en", id="capital-title"),
        pytest.param("[[notes.citations]]", "[notes.citations]", 0,
                     "is a single table; write [[notes.citations]] before each", id="single"),
        pytest.param("[notes.cases]\n", "[notes.case]\n", 0, "unknown key 'case'", id="key"),
    ],
)  # fmt: skip
def test_mistake_is_found_at_its_line(review, old, new, line, told):
    text, at = broken(old, new)
    found = [issue for issue in review(text).issues if told in str(issue)]
    assert [(issue.line, issue.path, issue.level) for issue in found[:1]] == [
        (at + line, "weather/topic.toml", "error")
    ], [*map(str, review(text).issues)]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ('standpoint = { en = "none", de = "keiner" }', 'standpoint = "none"', "as { de = "),
        (TOPIC[TOPIC.index("[notes.en]") : TOPIC.index("[[notes.citations]]")], "", "[notes.de]"),
    ],
)
def test_examples_are_in_the_language_of_the_topic(review, old, new, hint):
    text = TOPIC.replace('title = { en = "Weather", de = "Wetter" }', 'title = { de = "Wetter" }')
    assert old in text
    assert hint in " ".join(map(str, review(text.replace(old, new)).issues))


def test_id_used_twice_is_found_at_the_second(review):
    second = TOPIC[TOPIC.index("[[notes]]") :]
    (issue,) = review(TOPIC + second).issues
    assert str(issue).startswith(f"weather/topic.toml:{TOPIC.count(chr(10)) + 2}: notes[2].id")


def test_source_nobody_cites_is_found(review):
    source = TOPIC[TOPIC.index("[[sources]]") : TOPIC.index("[[notes]]")].replace(
        "almanac", "diary"
    )
    (issue,) = review(TOPIC.replace("[[notes]]", f"{source}[[notes]]")).issues
    assert (issue.key, issue.message) == ("diary", "is cited by no note")


def test_further_reading_need_not_be_cited(review):
    source = TOPIC[TOPIC.index("[[sources]]") : TOPIC.index("[[notes]]")]
    further = source.replace("almanac", "diary").replace('read = "part"', 'read = "not"')
    assert review(TOPIC.replace("[[notes]]", f"{further}[[notes]]")).issues == ()


@pytest.mark.parametrize("status", ["whole", "passage", "abstract", "opening", "part"])
def test_every_reading_status_but_not_carries_a_verdict(review, status):
    unsure = TOPIC.replace('confidence = "high"', 'confidence = "moderate"')
    assert review(unsure.replace('read = "part"', f'read = "{status}"')).issues == ()


QUESTION = """
[[questions]]
text = { en = "Did it snow?", de = "Fiel Schnee?" }
notes = ["snow"]
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('["snow"]', '["snows"]', "questions[1].notes[1]: unknown note 'snows'; did you mean"),
        ('["snow"]', "[]", "questions[1].notes"),
        (', de = "Fiel Schnee?"', "", "question: has no text in 'de'"),
    ],
    ids=["note", "no-note", "language"],
)
def test_question_is_asked_in_every_language_and_answered_by_a_note(review, old, new, told):
    assert review(TOPIC + QUESTION).issues == ()
    (issue,) = review(TOPIC + QUESTION.replace(old, new)).issues
    assert told in str(issue)


def test_topic_may_not_take_the_id_of_another(review):
    (issue,) = review(TOPIC, weather="elsewhere/topic.toml").issues
    assert str(issue) == (
        "weather/topic.toml:2: id: 'weather' already exists, from elsewhere/topic.toml; "
        "choose another id, or remove one of them"
    )
    assert review(TOPIC, weather="weather/topic.toml").issues == ()


ANCHOR = TOPIC[TOPIC.index("[notes.anchor]") : TOPIC.index("[notes.cases]")]
CASES = TOPIC[TOPIC.index("[notes.cases]") :]
PLACED_BY_NOTHING = TOPIC.replace('depictions = ["snow-in-may"]\n', "").replace(ANCHOR + CASES, "")


def test_note_that_hangs_on_a_depiction_needs_no_cases(review):
    assert review(TOPIC.replace(ANCHOR + CASES, "")).issues == ()


def test_cases_without_anchor_are_found(review):
    (issue,) = review(TOPIC.replace(ANCHOR, "")).issues
    assert issue.message == "tests an anchor, and the note has none of its own"


def test_note_that_nothing_places_is_found(review):
    (issue,) = review(PLACED_BY_NOTHING).issues
    assert (issue.line, issue.message) == (14, "has nothing that places it")


def test_note_may_be_placed_by_code_beside_it(review, tmp_path):
    (tmp_path / "weather").mkdir()
    (tmp_path / "weather" / "__init__.py").write_text("def annotate_track(track): ...\n")
    assert review(PLACED_BY_NOTHING).issues == ()


@pytest.mark.parametrize("kind", ["hits", "misses"])
def test_anchor_without_cases_is_found(review, kind):
    start = TOPIC.index(f"{kind} = [")
    text = TOPIC[:start] + TOPIC[TOPIC.index("\n]\n", start) + 3 :]
    (issue,) = review(text).issues
    assert (issue.message, rung_of(issue), issue.level) == (
        f"lists no {kind}",
        "cases",
        "error",
    )


def test_strict_check_asks_for_three_cases_a_language(review):
    text, line = broken('  ["Ein Regenschirm gegen die Schneeflocken?"],\n', "")
    found = review(text)
    (issue,) = found.asked(is_strict=True)
    assert found.asked(is_strict=False) == ()
    assert (issue.message, issue.line) == ("lists 2 hits in 'de'", line - 5)


def test_topic_is_asked_for_the_languages_of_its_title_alone(review):
    text = TOPIC.replace(', de = "Wetter"', "").replace("[notes.de]", "[notes.is]")
    assert review(text).issues == ()
    (issue, *_) = review(TOPIC.replace('en = "Weather", de =', "fr =")).issues
    assert (issue.message, rung_of(issue), issue.level) == (
        "has no text in 'fr'",
        "languages",
        "error",
    )


def test_file_that_cannot_be_read_gives_issues_of_reading(review):
    found = review("format = 1\nid = 'weather\n")
    (issue,) = found.issues
    assert (found.id, issue.line, rung_of(issue)) == ("", 2, "file")
    assert "is not valid TOML" in issue.message


def test_missing_file_is_one_issue(tmp_path):
    (issue,) = check_file(tmp_path / "topic.toml", {}).issues
    assert "does not exist" in issue.message


def test_good_work_has_nothing_to_correct(review):
    assert review(WORK, "work.toml").issues == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "told", "level"),
    [
        (
            'hits = [["Snowflakes, in May!"]]',
            'hits = [["Rain, in May!"]]',
            0,
            "does not hit",
            "error",
        ),
        ('misses = [["May I?"]]', 'misses = [["Snowflakes, now in May"]]', 0, "must not", "error"),
        ('misses = [["May I?"]]\n', "", -2, "lists no misses", "warning"),
        (', de = "Im Mai fällt Schnee."', "", 0, "has no text in 'de'", "error"),
    ],
    ids=["hit-that-misses", "miss-that-hits", "no-misses", "no-language"],
)
def test_depictions_of_a_work_are_checked_too(review, old, new, line, told, level):
    text, at = broken(old, new, WORK)
    (issue,) = review(text, "work.toml").issues
    assert told in issue.message
    assert (issue.line, issue.key, issue.level) == (at + line, "snow-in-may", level)
