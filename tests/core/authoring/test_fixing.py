"""What `check --fix` puts right: only what has one meaning, and nothing beside it."""

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from headnotes.authoring.fixing import Edit, fix_text
from headnotes.model import Topic, Work
from made_topics import TOPIC, WORK, broken


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ('version = "1.0"', "version = “1.0”", 'version = "1.0"'),
        ('version = "1.0"', "version = «\u202f1.0 »  # first", 'version = "1.0"  # first'),
        ('version = "1.0"', "version = ‘1.0’  # first", 'version = "1.0"  # first'),
        ('version = "1.0"', 'version = "1.0”', 'version = "1.0"'),
        ('version = "1.0"', 'version = “1.0"  # first', 'version = "1.0"  # first'),
        ('version = "1.0"', 'version = »1.0"', 'version = "1.0"'),
        ('version = "1.0"', "version = ‘Ede's'", 'version = "Ede\'s"'),
        ('version = "1.0"', 'version = "a “b” c”', 'version = "a “b” c"'),
        ('version = "1.0"', "version = “a „b“ c”", 'version = "a „b“ c"'),
        ('version = "1.0"', f'version = "{"long " * 200}”', f'version = "{"long " * 200}"'),
        ('episodes = ["S01E01"]', 'episodes = ["S01E01”]', 'episodes = ["S01E01"]'),
        (
            'title = { en = "Weather", de = "Wetter" }',
            'title = { en = “a", de = "b” }',
            'title = { en = "a", de = "b" }',
        ),
        ('version = "1.0"', 'version = v1, the first"  # a', 'version = "v1, the first"  # a'),
        ("[[notes.citations]]", "[notes.citations]", "[[notes.citations]]"),
        ('version = "1.0"', "version = „1.0“  # first", 'version = "1.0"  # first'),
        ('version = "1.0"', 'version\u00a0= "1.0"', 'version = "1.0"'),
        ('version = "1.0"', 'version\u200b = "1.0"', 'version = "1.0"'),
        ('version = "1.0"', 'version: "1.0"', 'version = "1.0"'),
        ('version = "1.0"', 'version = "1.0";', 'version = "1.0"'),
        ('version = "1.0"', 'version = "1.0",  # first', 'version = "1.0"  # first'),
        ('version = "1.0"', 'version = "1.0" // first', 'version = "1.0" # first'),
        ('spoiler = "S01E02"', "spoiler = 's1e2'", 'spoiler = "S01E02"'),
        ('episodes = ["S01E01"]', 'episodes = ["1x01"]', 'episodes = ["S01E01"]'),
        ('kind = "reference"', 'kind = "Reference"', 'kind = "reference"'),
        ('id = "almanac"', 'id = "Almanac"', 'id = "almanac"'),
        ('none = ["dance* | Tanz*"]', 'within = "30"', "within = 30"),
        ("format = 2", 'format = "2"', "format = 2"),
        ('verdict = "inaccurate"', 'verdict = "Mostly Accurate"', 'verdict = "mostly-accurate"'),
        ("[[sources]]", "[sources]\nid = 'x'\n[[sources]]", "[[sources]]"),
        ('confidence = "high"', "disputed = yes\nconfidence = 'high'", "disputed = true"),
        ('confidence = "high"', "disputed = True\nconfidence = 'high'", "disputed = true"),
    ],
)
def test_what_has_one_meaning_is_put_right(old, new, after):
    text, line = broken(old, new)
    fixed, (edit, *_) = fix_text(text, Topic)
    assert edit == Edit(line=line, before=new.split("\n")[0], after=after)
    rows = text.split("\n")
    rows[line - 1] = after
    assert fixed == "\n".join(rows)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version = "1.0"', "version = 1.0"),
        ('version = "1.0"', 'version = "1.0'),
        ('version = "1.0"', "version = “1.0"),
        ('version = "1.0"', "version = ‘1’0"),
        ('version = "1.0"', "version = v1, the first"),
        ("[[notes.citations]]\n", "citations.x = { y = 1 }\n[notes.x]\n"),
        ('version = "1.0"', 'version = “a "b" c”'),
        ('version = "1.0"', 'version = “a” b"'),
        ('version = "1.0"', 'version = “a", he said”'),
        ('version = "1.0"', 'version = "the dogs’'),
        ('version = "1.0"', "version = 'the dogs’"),
        ('version = "1.0"', 'version = "a “b”'),
        ('version = "1.0"', 'version = "a” # "b"'),
        ('kind = "reference"', 'kind = "rumour"'),
        ('kind = "reference"', "kind = yes indeed"),
        ('episodes = ["S01E01"]', 'episodes = ["x1", "x1"]'),
        ('episodes = ["S01E01"]', 'episodes = ["1x1", "1x1"]'),
        ("year = 1929", 'year = "19290"'),
        ('id = "almanac"\n', "id = 7\n"),
    ],
)
def test_what_has_two_meanings_is_left_alone(old, new):
    text, _ = broken(old, new)
    assert fix_text(text, Topic) == (text, ())


def test_citations_in_one_pair_of_brackets_each_are_put_right():
    one = '[notes.citations]\nsource = "almanac"\nat = "page 3"\nstance = "disputes"\n'
    text = TOPIC.replace("[[notes.citations]]\n", f"{one}\n[notes.citations]\n")
    fixed, edits = fix_text(text, Topic)
    assert [edit.after for edit in edits] == ["[[notes.citations]]"] * 2
    assert len(tomli.loads(fixed)["notes"][0]["citations"]) == 2


def test_citation_in_one_pair_of_brackets_is_put_right_whatever_is_wrong_inside():
    text = TOPIC.replace("[[notes.citations]]", "[notes.citations]").replace(
        'stance = "disputes"', 'stance = "Disputes"'
    )
    assert fix_text(text, Topic)[1][0].after == "[[notes.citations]]"


def test_every_slip_of_a_file_is_put_right_and_its_line_ends_stay():
    text = WORK.replace('id = "show"', "id: “show”;").replace(
        'seen = "watched"', 'seen = "Watched"'
    )
    fixed, edits = fix_text(text.replace("\n", "\r\n"), Work)
    assert fixed == WORK.replace("\n", "\r\n")
    assert [edit.after for edit in edits] == [
        "id = “show”;",
        'id = "show";',
        'id = "show"',
        'seen = "watched"',
    ]


def test_good_file_stays_as_it_is():
    assert fix_text(TOPIC, Topic) == (TOPIC, ())


@given(
    st.integers(0, len(TOPIC)), st.sampled_from(["“", ":", ";", "//", "\u00a0", "yes", "[", "S1E1"])
)
def test_any_damage_is_put_right_or_left_without_harm(at, sign):
    text = TOPIC[:at] + sign + TOPIC[at:]
    fixed, edits = fix_text(text, Topic)
    assert len(fixed.split("\n")) == len(text.split("\n"))
    assert (fixed == text) == (not edits)
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    tomli.loads(fixed)
