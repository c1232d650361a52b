import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.issues import TopicError
from headnotes.topics import NO_BOUNDS, Bounds, read_folder, read_topic, read_work

GOOD = """\
format = 1
id = "weather"
version = "1.0"
work = "show"
title = { en = "Weather", de = "Wetter" }

[[sources]]
id = "almanac"
title = "Almanac"
kind = "reference"
standpoint = { en = "none" }
read = "part"

[[notes]]
id = "snow"
verdict = "inaccurate"
confidence = "high"
weight = 1
episodes = ["S01E01"]

[notes.en]
headnote = "No snow fell that May; it was 12 degrees."
shown = "Snow falls."
record = "It was warm."
confidence = "One station, read in part."

[[notes.citations]]
source = "almanac"
at = "page 3"
stance = "disputes"

[notes.anchor]
all = ["snow* | Schnee*"]
any = ["May | Mai", "cold | kalt"]
within = 30

[notes.cases]
hits = [["Snow, in May!"]]
misses = [["Snow White."]]
"""


def read(tmp_path, text):
    file = tmp_path / "weather" / "topic.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return read_topic(file)


def problems(tmp_path, text):
    with pytest.raises(TopicError) as caught:
        read(tmp_path, text)
    return [(one.where, one.message, one.hint) for one in caught.value.issues]


def test_topic_file_becomes_a_topic(tmp_path):
    topic = read(tmp_path, GOOD)
    note = topic.notes[0]
    assert (topic.id, topic.work, list(topic.sources)) == ("weather", "show", ["almanac"])
    assert (note.verdict, note.kind, note.weight, note.line) == ("inaccurate", "verdict", 1, 14)
    assert note.anchors[0].within == 30
    assert note.anchors[0].at_least == 1
    assert note.cases.hits == (("Snow, in May!",),)


def test_several_anchors_may_find_a_note(tmp_path):
    text = GOOD.replace("[notes.anchor]", '[[notes.anchor]]\nall = ["frost*"]\n[[notes.anchor]]')
    assert [one.all[0] for one in read(tmp_path, text).notes[0].anchors] == [
        "frost*",
        "snow* | Schnee*",
    ]


def test_note_without_verdict_is_context(tmp_path):
    text = GOOD.replace('verdict = "inaccurate"\nconfidence = "high"\n', "")
    assert read(tmp_path, text).notes[0].kind == "context"


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "mend"),
    [
        pytest.param(
            'verdict = "inaccurate"', 'verdict = "inacurate"', 16, "'inacurate'",
            "did you mean 'inaccurate'?", id="wrong-verdict",
        ),
        pytest.param(
            'verdict = "inaccurate"', 'verdict = "im Kern wahr"', 16, "'im Kern wahr'",
            "did you mean 'mostly-accurate'?", id="label-for-verdict",
        ),
        pytest.param(
            "[[notes.citations]]", "[[note.citations]]", 27, "unknown table [[note.citations]]",
            "did you mean [[notes.citations]]?", id="list-in-other-table",
        ),
        pytest.param("weight = 1", "wieght = 1", 18, "unknown key 'wieght'", "'weight'", id="typo"),
        pytest.param("weight = 1", "weight = 4", 18, "4", "use 1 to 3", id="out-of-range"),
        pytest.param("weight = 1", 'weight = "1"', 18, "is text", "a whole number", id="type"),
        pytest.param('["S01E01"]', '["1x01"]', 19, "'1x01'", "S01E04", id="episode"),
        pytest.param('["S01E01"]', '"S01E01"', 19, "is text", "a list", id="text-for-list"),
        pytest.param("within = 30", "within = 0", 35, "0", "use 5 to 600", id="window"),
        pytest.param('["snow* | Schnee*"]', '["*"]', 33, "'*'", "word", id="matches-all"),
        pytest.param('"cold | kalt"', '"the"', 34, "'the'", "belongs", id="stop-word"),
        pytest.param('= "almanac"\nat', '= "x"\nat', 28, "unknown source", "add", id="source"),
        pytest.param('at = "page 3"\n', "", 27, "'at' is missing", "page", id="locator"),
        pytest.param("within = 30", "at_least = 3", 35, "3 of 2 terms", "fewer", id="never-holds"),
        pytest.param('read = "part"\n', "", 7, "'read' is missing", "how much", id="read"),
        pytest.param('confidence = "high"\n', "", 14, "without confidence", "needs", id="unsure"),
        pytest.param("[notes.en]", "[notes.english]", 21, "'english'", "use", id="language"),
        pytest.param('title = "Almanac"', 'title = " "', 9, "is empty", "write", id="blank"),
        pytest.param("format = 1", "format = 3", 1, "format 3", "update", id="newer-format"),
    ],
)  # fmt: skip
def test_mistake_is_named_with_its_line(tmp_path, old, new, line, what, mend):
    assert GOOD.count(old) == 1
    found = problems(tmp_path, GOOD.replace(old, new))
    prefix = "weather/topic.toml" + (f":{line}" if line else "")
    assert [
        one for one in found if one[0].startswith(prefix) and what in one[1] and mend in one[2]
    ], found


def test_all_mistakes_come_at_once_in_order(tmp_path):
    text = (
        GOOD.replace("weight = 1", "weight = 9")
        .replace('kind = "reference"', 'kind = "rumour"')
        .replace("[notes.cases]", "[notes.case]")
        .replace('"page 3"', "3")
        .replace("within = 30", "within = true")
    )
    lines = [int(where.split(":")[1]) for where, _, _ in problems(tmp_path, text)]
    assert lines == [10, 18, 29, 35, 37]


def test_broken_toml_names_its_line(tmp_path):
    (problem,) = problems(tmp_path, GOOD.replace('at = "page 3"', 'at = "page 3'))
    assert problem[0] == "weather/topic.toml:29"


def test_id_used_twice_is_named(tmp_path):
    second = GOOD[GOOD.index("[[notes]]") :]
    (problem,) = problems(tmp_path, GOOD + second)
    assert problem[:2] == ("weather/topic.toml:41: notes[2].id", "'snow' is used twice")


def test_folder_without_files_says_what_to_put_there(tmp_path):
    with pytest.raises(TopicError, match=r"has neither topic\.toml nor work\.toml"):
        read_folder(tmp_path)


def test_work_file_becomes_a_work(tmp_path):
    file = tmp_path / "work.toml"
    file.write_text(
        'format = 1\nid = "show"\ntitle = { en = "A Show" }\nnames = ["~Gereon"]\n'
        '[[episodes]]\nid = "S01E01"\nnumberings = { disc = "S01E02" }\n',
        encoding="utf-8",
    )
    work = read_work(file)
    assert (work.id, work.names, work.episodes[0].numberings) == (
        "show",
        ("~Gereon",),
        {"disc": "S01E02"},
    )


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"\x00" * 1000, b"[" * 100_000, b"a = " + b"[" * 5000, b"x" * 4_000_001],
    ids=["utf-16", "nul", "brackets", "nested", "huge"],
)
def test_hostile_file_is_one_problem(tmp_path, content):
    file = tmp_path / "topic.toml"
    file.write_bytes(content)
    with pytest.raises(TopicError) as caught:
        read_topic(file)
    assert len(caught.value.issues) == 1


@given(
    keys=st.lists(st.sampled_from(GOOD.splitlines()), max_size=8),
    junk=st.text(max_size=20).filter(lambda text: "\r" not in text),
)
def test_any_damage_is_a_topic_or_named_problems(tmp_path_factory, keys, junk):
    text = GOOD
    for key in keys:
        text = text.replace(key, junk, 1)
    file = tmp_path_factory.mktemp("t") / "topic.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read_topic(file)
    except TopicError as error:
        assert error.issues
        assert all(one.where.startswith(Path(file).parent.name) for one in error.issues)


def mistakes(tmp_path, text):
    return [": ".join(one) for one in problems(tmp_path, text)]


@pytest.mark.parametrize(
    "number", ["9" * 5000, f"0x{'f' * 5000}", f"0b{'1' * 9000}"], ids=["long", "hex", "binary"]
)
@pytest.mark.parametrize("key", ["format", "id", "kind", "weight"])
def test_number_of_any_length_is_a_mistake_like_others(tmp_path, key, number):
    text = re.sub(rf"^{key} = .*$", f"{key} = {number}", GOOD, count=1, flags=re.MULTILINE)
    assert text != GOOD
    (told,) = mistakes(tmp_path, text)
    assert "number" in told


@pytest.mark.parametrize("depth", [10, 100, 200, 300, 400, 500, 1000, 100_000])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ("{a=", "}")], ids=["lists", "tables"])
def test_nesting_of_any_depth_is_a_mistake_like_others(tmp_path, depth, opens, closes):
    value = f"{opens * depth}1{closes * depth}"
    (told,) = mistakes(tmp_path, GOOD.replace("weight = 1", f"weight = {value}"))
    assert "use a whole number" in told or "nested too deeply" in told


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("weight = 1", "departures = [" + '"",' * 100_000 + "]"),
        GOOD.replace("weight = 1", "\n".join(f"key{n} = 1" for n in range(20_000))),
        GOOD.replace('source = "almanac"', 'source = "x"')
        + "".join(
            f'[[notes]]\nid = "n{n}"\nen = {{ headnote = "h", shown = "s", record = "r" }}\n'
            f'citations = [{{ source = "s{n}", at = "1", stance = "supports" }}]\n'
            for n in range(3000)
        )
        + "".join(
            f'[[sources]]\nid = "t{n}"\ntitle = "t"\nkind = "primary"\n'
            'standpoint = { en = "x" }\nread = "part"\n'
            for n in range(3000)
        ),
    ],
    ids=["items", "keys", "citations"],
)
def test_thousands_of_mistakes_end_in_how_many_there_are(tmp_path, text):
    told = mistakes(tmp_path, text)
    assert len(told) == 201
    assert told[-1].endswith("has more than these 200 mistakes: correct these, then check again")


def test_header_inside_a_text_does_not_shift_the_lines_of_notes(tmp_path):
    record = 'record = """\nIt was warm.\n[[notes]]\nas the file would say.\n"""'
    second = GOOD[GOOD.index("[[notes]]") :].replace('"snow"', '"rain"')
    text = GOOD.replace('record = "It was warm."', record) + second
    assert [note.line for note in read(tmp_path, text).notes] == [14, 44]


@pytest.mark.parametrize("header", ["[[ notes ]]", '[["notes"]]', "  [['notes']]  # snow"])
def test_header_of_a_note_may_be_written_in_many_ways(tmp_path, header):
    (note,) = read(tmp_path, GOOD.replace("[[notes]]", header)).notes
    assert note.line == 14


def test_notes_without_headers_have_lines_too(tmp_path):
    start = GOOD.index("[[notes]]")
    note = (
        '\nnotes = [\n  { id = "a", en = { headnote = "h", shown = "s", record = "r" },\n'
        '  citations = [{ source = "almanac", at = "1", stance = "supports" }] },\n]\n'
    )
    head, sources = GOOD[:start].split("\n\n", 1)
    (made,) = read(tmp_path, f"{head}{note}\n{sources}").notes
    assert made.line == 7


def test_file_that_is_right_is_read_without_cattrs(tmp_path):
    read(tmp_path, GOOD)
    code = (
        "import sys; from pathlib import Path; from headnotes.topics import read_folder; "
        "read_folder(Path(sys.argv[1])); print('cattrs' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "weather")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"May | Mai"', '"cold | kalt", "cold | kalt"', "3 of 1 terms can never be spoken"),
        ('"May | Mai"', f'"{"x" * 2_001}"', "term of 2,001 characters, at most 2,000 allowed"),
        ('"May | Mai"', ", ".join(f'"word{n}"' for n in range(1_000)), "has 1,001 terms"),
    ],
    ids=["listed-twice", "long-term", "many-terms"],
)
def test_terms_are_bounded_and_count_once(tmp_path, old, new, message):
    text = GOOD.replace(old, new).replace("within = 30", "within = 30\nat_least = 3")
    assert message in problems(tmp_path, text)[0][1]


def test_notes_of_a_topic_are_bounded(tmp_path):
    head, note = GOOD.split("[[notes]]", 1)
    notes = "".join(
        "[[notes]]" + note.replace('id = "snow"', f'id = "snow-{n}"') for n in range(5_001)
    )
    found = problems(tmp_path, head + notes)
    assert [message for _, message, _ in found] == ["has 5,001 notes, at most 5,000 allowed"]


@pytest.mark.parametrize(
    ("text", "bounds", "message"),
    [
        (GOOD, Bounds(terms=1), "has 2 terms, at most 1 allowed; split it; --large reads"),
        (GOOD, Bounds(all_terms=2), "terms in all, at most 2 allowed"),
        (GOOD, Bounds(text_chars=5), "characters, at most 5 allowed; shorten it; --large"),
        (GOOD, Bounds(file_bytes=100), "is larger than 0.0001 MB"),
    ],
    ids=["list", "terms", "text", "file"],
)
def test_topic_beyond_its_bounds_is_refused_and_read_where_its_owner_insists(
    tmp_path, text, bounds, message
):
    file = tmp_path / "topic.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TopicError) as refused:
        read_topic(file, bounds)
    assert message in str(refused.value.issues[0])
    assert read_topic(file, NO_BOUNDS) == read_topic(file)


def test_depictions_and_names_of_a_work_are_bounded(tmp_path):
    file = tmp_path / "work.toml"
    file.write_bytes(files("headnotes_babylon_berlin").joinpath("work.toml").read_bytes())
    with pytest.raises(TopicError) as refused:
        read_work(file, Bounds(notes=9, terms=3))
    messages = [issue.message for issue in refused.value.issues]
    assert any("depictions, at most 9 allowed" in message for message in messages)
    assert any("terms, at most 3 allowed" in message for message in messages)
    assert read_work(file, NO_BOUNDS) == read_work(file)
