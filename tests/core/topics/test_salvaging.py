"""A mistake costs what it is in, and nothing around it."""

import pytest
import tomli

from headnotes.issues import TopicError
from headnotes.model import Topic
from headnotes.topics import BOUNDS, find_misfits, read_folder, read_topic, read_work
from headnotes.topics.salvaging import salvage
from made_topics import RATINGS, TOPIC, WORK


class Uncopied:
    """What nobody may copy."""

    def __deepcopy__(self, _: object) -> None:
        raise AssertionError("copied")


NOTE = TOPIC[TOPIC.index("[[notes]]") :]
SECOND = NOTE.replace('id = "snow"', 'id = "more-snow"')
SOURCE = TOPIC[TOPIC.index("[[sources]]") : TOPIC.index("[[notes]]")]
CORRECTION = '[[corrections]]\nnote = "more-snow"\nversion = "1.1"\nchange = "a"\nwhy = "b"\n'


@pytest.fixture
def read(tmp_path):
    """Read a topic leniently: ids of its notes with their lines, and what was left out."""

    def look(text):
        (tmp_path / "topic.toml").write_text(text, encoding="utf-8")
        topic = read_topic(tmp_path / "topic.toml", is_lenient=True)
        notes = {note.id: note.line for note in topic.notes}
        found = [(one.level, one.code, one.line, one.key) for one in topic.issues]
        return topic, notes, found

    return look


def line_of(text, words):
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('verdict = "inaccurate"', 'verdict = "wrong"', "bad-value", "notes[1].verdict"),
        ('confidence = "high"\n', "", "half-a-verdict", "notes[1]"),
        (
            'source = "almanac"',
            'source = "diary"',
            "unknown-source",
            "notes[1].citations[1].source",
        ),
        ("all = [", "all = 7 #[", "wrong-type", "notes[1].anchor.all"),
        ('id = "snow"\n', "", "missing-key", "notes[1]"),
    ],
)
def test_note_with_a_mistake_is_left_out_alone(read, old, new, code, key):
    wrong = NOTE.replace(old, new)
    text = TOPIC.replace(NOTE, f"{wrong}\n{SECOND}")
    _, notes, found = read(text)
    assert notes == {"more-snow": line_of(text, SECOND)}
    assert [(level, what, where) for level, what, _, where in found] == [("error", code, key)]
    assert found[0][2] >= line_of(text, wrong)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (TOPIC.replace("spoiler =", "spoilers ="), "notes[1].spoilers"),
        (TOPIC.replace("any = ", "some = [] \nany = "), "notes[1].anchor.some"),
        (TOPIC.replace("version =", 'author = "me"\nversion ='), "author"),
    ],
    ids=["in a note", "in its anchor", "at the top"],
)
def test_unknown_key_costs_nothing_but_itself(read, text, key):
    _, notes, found = read(text)
    assert list(notes) == ["snow"]
    assert [(level, code, where) for level, code, _, where in found] == [
        ("warning", "unknown-key", key)
    ]


def test_what_names_something_left_out_goes_with_it(read):
    diary = SOURCE.replace('"almanac"', '"diary"').replace('"part"', '"half"')
    second = SECOND.replace('source = "almanac"', 'source = "diary"')
    topic, notes, found = read(
        TOPIC.replace("[[notes]]", f"{diary}[[notes]]") + second + CORRECTION
    )
    assert (list(notes), list(topic.sources), topic.corrections) == (["snow"], ["almanac"], ())
    assert [(code, key) for _, code, _, key in found] == [
        ("bad-value", "sources[2].read"),
        ("left-out-with", "more-snow"),
        ("left-out-with", "more-snow"),
    ]
    lines = [line for _, _, line, _ in found]
    assert 0 < lines[0] < lines[1] < lines[2]


def test_ratings_of_a_note_left_out_go_with_it_in_silence(read, tmp_path):
    rating = RATINGS[RATINGS.index("[[ratings]]") :].replace("snow-falls", "hail-falls")
    (tmp_path / "ratings.toml").write_text(RATINGS + rating, encoding="utf-8")
    wrong = SECOND.replace('"snow-falls"', '"hail-falls"').replace('"high"', '"hi"')
    topic, _, found = read(TOPIC + wrong)
    assert [(code, key) for _, code, _, key in found] == [("bad-value", "notes[2].confidence")]
    assert [rating.claim for rating in topic.ratings] == ["snow-falls"]


def test_note_left_out_is_named_once_though_a_correction_has_its_name(read):
    wrong = SECOND.replace('"high"', '"hi"')
    *_, found = read(TOPIC + wrong + CORRECTION)
    assert [(code, line) for _, code, line, _ in found] == [
        ("bad-value", line_of(TOPIC + wrong, '"hi"')),
        ("left-out-with", line_of(TOPIC + wrong + CORRECTION, CORRECTION)),
    ]


def test_question_left_out_is_named_by_its_notes(read):
    question = '[[questions]]\nnotes = ["more-snow", "snow"]\ntext = { en = "Why?" }\n'
    *_, found = read(TOPIC + SECOND.replace('"high"', '"hi"') + question)
    assert [(code, key) for _, code, _, key in found] == [
        ("bad-value", "notes[2].confidence"),
        ("left-out-with", "more-snow, snow"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        TOPIC.replace('id = "weather"', 'id = "Weather"'),
        TOPIC.replace('verdict = "inaccurate"', 'verdict = "wrong"'),
        TOPIC.replace('work = "show"\n', ""),
    ],
    ids=["its id", "its only note", "its work"],
)
def test_mistake_that_stands_in_no_item_costs_the_topic(read, text):
    with pytest.raises(TopicError):
        read(text)


def test_check_and_test_kit_let_nothing_pass(tmp_path):
    file = tmp_path / "topic.toml"
    file.write_text(TOPIC.replace("spoiler =", "spoilers ="), encoding="utf-8")
    with pytest.raises(TopicError):
        read_topic(file)


def test_good_topic_has_nothing_left_out(read):
    topic, notes, found = read(TOPIC + SECOND)
    assert (list(notes), found, topic.issues) == (["snow", "more-snow"], [], ())


def test_folder_is_read_with_what_is_right_of_it(tmp_path):
    (tmp_path / "topic.toml").write_text(TOPIC, encoding="utf-8")
    work = WORK.replace('id = "S01E02"', 'id = "2"')
    (tmp_path / "work.toml").write_text(work, encoding="utf-8")
    (topic,), (found,) = read_folder(tmp_path)
    assert topic.issues == ()
    assert [str(episode.id) for episode in found.episodes] == ["S01E01", "S02E01"]
    assert [issue.key for issue in found.issues] == ["episodes[2].id"]
    with pytest.raises(TopicError):
        read_work(tmp_path / "work.toml")


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ('authors = "A. Writer"', "authors"),
        ('authors = ["A. Writer", 7]', "authors[2]"),
        ("licence = 4.0", "licence"),
        ('homepage = "example.org"', "homepage"),
    ],
)
def test_mistake_in_what_a_topic_says_of_itself_costs_that_alone(read, line, lost):
    topic, notes, found = read(TOPIC.replace("version =", f"{line}\nversion =", 1))
    assert list(notes) == ["snow"]
    assert [(level, key) for level, _, _, key in found] == [("error", lost)]
    assert topic.authors == (("A. Writer",) if lost == "authors[2]" else ())


def test_question_that_names_a_left_out_note_goes_with_it(read):
    wrong = SECOND.replace('verdict = "inaccurate"', 'verdict = "wrong"')
    question = '[[questions]]\ntext = { en = "Snow?", de = "Schnee?" }\nnotes = ["more-snow"]\n'
    topic, notes, _ = read(TOPIC + wrong + question)
    assert (list(notes), topic.questions) == (["snow"], ())


@pytest.mark.parametrize(
    ("term", "cleaned", "level"),
    [("Nyssen, Alfred", "Nyssen  Alfred", "warning"), ("Nyssen.*", "Nyssen*", "warning")],
)
def test_punctuation_in_a_term_costs_nothing(tmp_path, term, cleaned, level):
    file = tmp_path / "work.toml"
    file.write_text(WORK.replace('"Nyssen"', f'"{term}"'), encoding="utf-8")
    work = read_work(file, is_lenient=True)
    assert work.names == ("~Kardakow", cleaned)
    assert [(issue.code, issue.key, issue.level) for issue in work.issues] == [
        ("punctuation", "names[2]", level)
    ]


@pytest.mark.parametrize("term", ["(Nyssen)", "Nyssen?", "...", "N.*"])
def test_name_that_is_no_term_is_left_out_alone(tmp_path, term):
    file = tmp_path / "work.toml"
    file.write_text(WORK.replace('"Nyssen"', f'"{term}"'), encoding="utf-8")
    work = read_work(file, is_lenient=True)
    assert work.names == ("~Kardakow",)
    assert work.issues[0].key == "names[2]"


def test_punctuation_in_the_anchor_of_a_note_costs_nothing(read):
    topic, notes, found = read(TOPIC.replace('"May | Mai"', '"1. Mai"'))
    assert list(notes) == ["snow"]
    assert topic.notes[0].anchors[0].any[0] == "1  Mai"
    assert [(level, code) for level, code, *_ in found] == [("warning", "punctuation")]


def test_what_a_key_that_nobody_knows_holds_is_not_copied():
    data = {**tomli.loads(TOPIC), "junk": Uncopied()}
    found = [*find_misfits(Topic, data)]
    assert [(path, issue.code) for path, issue in found] == [(("junk",), "unknown-key")]
    ((topic, followers),) = salvage(Topic, data, BOUNDS, found, 25)
    assert (topic.notes[0].id, followers) == ("snow", [])
