"""Every kind of slip in a TOML file is named by its own words, in its own line."""

import re

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from headnotes.topics.slips import Slip, find_slip
from made_topics import TOPIC


def slip_in(text):
    with pytest.raises(tomli.TOMLDecodeError) as caught:
        tomli.loads(text)
    return find_slip(text, caught.value)


@pytest.mark.parametrize(
    ("row", "message", "hint"),
    [
        ("title = « Weather »", "« is not a quote of TOML", "use straight quotes"),
        ("title = ‘Weather’", "‘ is not a quote of TOML", "use straight quotes"),
        (
            'record = Pas de baraques : en février 1939, du sable…"',
            "'Pas de baraques : en février 1939, du sable…' without its first quote",
            'write "Pas de baraques : en février 1939, du sable…"',
        ),
        (
            "record = En 1939, l'armée  # later",
            '"En 1939, l\'armée" without quotes',
            'write "En 1939, l\'armée"',
        ),
        ("all = [Rath, Ritter]", "'Rath' without quotes", 'write "Rath"'),
        ("title = “Weather”", "“ is not a quote of TOML", "use straight quotes"),
        ('title = "Weather”', "” is not a quote of TOML, so the text does not end", "use straight"),
        ('title = “Weather"', "“ is not a quote of TOML", "use straight quotes"),
        (
            'title = "Weather”  # a',
            "” is not a quote of TOML, so the text does not end",
            "use straight",
        ),
        ('all = ["a”, "b"]', "” is not a quote of TOML, so the text does not end", "use straight"),
        ("title = 'Weather’", "’ is not a quote of TOML, so the text does not end", "use straight"),
        ("title = „Wetter“", "„ is not a quote of TOML", "use straight quotes"),
        ('at = "C:\\Users"', "a lone backslash", r"write \\ for each, or put"),
        ('at = "a \\d"', "a lone backslash", r"write \\ for each, or put"),
        ('at = "He said "no" to it"', "a quote inside a text ends the text", r"write \" inside"),
        ("at = 'don't'", "an apostrophe inside a text ends the text", "put the text in double"),
        ('at = "page 3', "a text is not closed in its line", "close it with the quote"),
        ("at = 'page 3", "a text is not closed in its line", "close it with the quote"),
        ("disputed = yes", "'yes' without quotes", "write true"),
        ("disputed = Nein", "'Nein' without quotes", 'write "Nein"'),
        ("disputed = nein", "'nein' without quotes", "write false"),
        ("disputed = True", "'True' with a capital", "write true"),
        ("claim = none", "'none' is not a value", "leave out the whole line"),
        ("claim =", "'claim' has no value", "write one, or drop the line"),
        ("claim = # later", "'claim' has no value", "write one, or drop the line"),
        ("title\u00a0= 1", "an invisible sign (no-break space)", "replace it by a plain space"),
        ("\u200btitle = 1", "an invisible sign (zero width space)", "replace it by a plain"),
        ('at = "a\x07b"', "a control character (U+0007)", "delete it"),
        ("title = Weather report", "'Weather report' without quotes", 'write "Weather report"'),
        ("episodes = [S01E01]", "'S01E01' without quotes", 'write "S01E01"'),
        ('title: "x"', "a colon after a key", "write = instead"),
        ('title "x"', "no = after 'title'", "write title = …"),
        ('first note = "x"', "a key of several words", "keys are known words"),
        ('schlüssel = "x"', "a key of several words, or with a letter beyond", "keys are known"),
        ('all = ["a" "b"]', "no comma before this item", "write one after the item above it"),
        ('all = ["a", "b"', "a list that begins here does not end", "write the ] that ends it"),
        ('title = { en = "a"', "a table that begins here does not end", "write the } that"),
        ('record = """He', 'a text that begins with """ does not end', 'end it with """'),
        ("record = '''He", "a text that begins with ''' does not end", "end it with '''"),
        ("[[notes", "[[notes is not closed", "write [[notes]]"),
        ("[notes", "[notes is not closed", "write [notes]"),
        ("weight = 1 // prop", "// does not begin a comment", "begin it with #"),
        ("// a comment", "this does not begin a comment", "begin it with #"),
        ("weight = 1;", "';' at the end of a value", "drop it"),
        ("weight = 1,", "',' at the end of a value", "drop it"),
        ('all = ["a"]]', "one ] too many", "drop it"),
        ("weight = 01", "a number with a 0 before it", "drop the 0"),
        ("weight = 1,5", "a number with a comma", "write a whole number"),
        ("year = 1929-31", "a number that is not valid", 'write a span as text: "1929-31"'),
        ("weight = 1 year = 2", "a second statement in one line", "begin a new line"),
        ('{"title": "x"}', "this is a format other than TOML", "write key = value"),
        ("- a", "a dash does not begin an item of a list", "write a list in brackets"),
        ("• a", "a dash does not begin an item of a list", "write a list in brackets"),
        ("# a line\rweight = 2", "a line ends with a carriage return alone", "save it with"),
        ("weight = 1\rweight = 2", "a line ends with a carriage return alone", "save it with"),
        ("<<<<<<< HEAD", "<<<<<<< marks a conflict of two versions", "keep one version"),
        ("?", "neither a comment, nor a table in brackets", "write one of these"),
        ("a = …", "invalid value", "look for a quote or bracket missing here"),
    ],
)
def test_slip_is_named_with_its_line_and_what_to_write(row, message, hint):
    slip = slip_in(f"format = 2\n\n{row}\nid = 'x'\n")
    assert slip.line == 3
    assert slip.message.startswith(message)
    assert slip.hint.startswith(hint)


TWO = "[notes] in one pair of brackets, and [[notes]] in two"
EACH = "write [[notes]] before each"


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("a = 1\nb = 2\na = 3\n", (3, "'a' is given twice, in line 1 too", "drop one of them")),
        ("a = 1\na.b = 2\n", (2, "'a.b' has another value already", "drop one of them")),
        (
            "[x]\na = 1\n[y]\na.b = 1\na = 2\n",
            (5, "'a' has another value already", "drop one of them"),
        ),
        (
            '[[notes]]\nid = "a"\n[notes]\n',
            (3, TWO, EACH),
        ),
        (
            '[notes]\nid = "a"\n[[notes]]\n',
            (1, TWO, EACH),
        ),
        (
            "[notes]\n[notes]\n",
            (2, "[notes] is given twice, in line 1 too", f"{EACH}, if there are several"),
        ),
        (
            "[[notes]]\n[notes.en]\n[notes.en]\n",
            (
                3,
                "[notes.en] is given twice, in line 2 too",
                "drop one, or write [[notes]] before the second",
            ),
        ),
        (
            "[[notes]]\n[notes.citations]\na = 1\n[notes.citations]\n",
            (
                2,
                "[notes.citations] is given twice, in line 4 too",
                "write [[notes.citations]] before each",
            ),
        ),
        (
            "title = 'x'\n[title]\n",
            (2, "[title] has a value already", "drop the key of this name, or the table"),
        ),
        (
            'hits = [\n  ["a"],\n[notes.x]\n',
            (3, "a list above is not closed", "write the ] that ends it"),
        ),
        (
            'hits = [\n  ["a"]\n  ["b"],\n]\n',
            (3, "no comma before this item", "write one after the item above it"),
        ),
    ],
)  # fmt: skip
def test_slip_over_several_lines_is_found_where_it_is(text, slip):
    assert slip_in(text) == slip_in(text.replace("\n", "\r\n"))
    assert slip_in(text)[:3] == slip


def test_slips_of_one_kind_are_told_from_all_others():
    kinds = ['a = "x', "a = “x”", 'a = "\\d"', 'a = "a"b"', "a = 1\na = 2", "[[a]]\n[a]", "a = yes"]
    kinds += ["a = x y", "a\u00a0= 1", "a: 1", "a = [1 2]"]
    assert len({slip_in(kind).hint for kind in kinds}) == len(kinds) == 11


def test_lone_apostrophe_is_found_in_its_line_where_no_other_follows():
    slip = slip_in('format = 2\nat = \'page 3\n\n[[notes]]\nid = "x"\n')
    assert (slip.line, slip.message) == (2, "a text is not closed in its line")
    assert slip_in("at = 'page 3").line == 1


def test_list_of_an_unusual_key_is_sought_where_it_fails():
    assert slip_in('"a key" = [1\n').line == 1


def test_line_as_long_as_a_file_costs_no_time():
    assert slip_in("a = " + "x " * 1_000_000).message.startswith("'x x")


@given(
    st.integers(0, len(TOPIC)),
    st.sampled_from(['"', "'", "[", "]", "{", "=", "\\", "“", "\n", "\x00"]),
)
def test_any_damage_to_a_topic_is_a_slip_in_a_line_of_it(at, sign):
    text = TOPIC[:at] + sign + TOPIC[at:]
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        slip = find_slip(text, error)
    else:
        slip = Slip(1, "none", "none")
    assert 1 <= slip.line <= text.count("\n") + 1
    assert slip.message
    assert slip.hint
    assert not re.search(r"\{\w+\}", slip.message)  # nothing of ours is left to be filled in
