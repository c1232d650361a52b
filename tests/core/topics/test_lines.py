import tomllib
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.topics.lines import LineIndex

TEXT = '''\
# a comment [with] = "brackets"
title = { en = "A", de = "B" }
plain = "x = [1]"

[[notes]]
id = "one"   # not = this
long = """
[[notes]]
fake = 1
"""
hits = [
  ["a", "b"],   # a = 1
  ["[c]", 'd = "'],  # ] }
]

[notes.en]
text = "x"

[[notes]]
"quoted key" = 1
a.b = { c = [1,
  2] }
[[notes.citations]]
at = 1
[[notes.citations]]
at = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("title", "de"), 2),
        (("plain",), 3),
        (("notes", 0), 5),
        (("notes", 0, "id"), 6),
        (("notes", 0, "long"), 7),
        (("notes", 0, "hits"), 11),
        (("notes", 0, "hits", 1), 13),
        (("notes", 0, "hits", 1, 1), 13),
        (("notes", 0, "en", "text"), 17),
        (("notes", 1), 19),
        (("notes", 1, "quoted key"), 20),
        (("notes", 1, "a", "b", "c", 1), 22),
        (("notes", 1, "citations", 1, "at"), 26),
        (("notes", 1, "missing", "deep"), 19),
        ((), 1),
    ],
    ids=str,
)
def test_path_leads_to_its_line(path, line):
    tomllib.loads(TEXT)
    assert LineIndex(TEXT, [path]).line_of(path) == line


def test_windows_line_ends_count_once():
    assert LineIndex("a = 1\r\nb = 2\r\n", [("b",)]).line_of(("b",)) == 2


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(), min_size=1, max_size=20))
def test_every_plain_key_stands_on_its_line(values):
    text = "".join(f"{key} = {value}\n" for key, value in values.items())
    index = LineIndex(text, [(key,) for key in values])
    assert [index.line_of((key,)) for key in values] == list(range(1, len(values) + 1))


def test_what_nobody_asks_for_takes_no_memory():
    text = "a = [" + "[]," * 50_000 + "]\nb = { c = [" + "{ d = 'x' }," * 10_000 + "] }\ne = 1\n"
    tracemalloc.start()
    index = LineIndex(text, [("e",)])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert index.line_of(("e",)) == 3
    assert most <= 100_000


@given(st.text(max_size=200))
def test_index_ends_on_any_text(text):
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert LineIndex(text, [("x", 0)]).line_of(("x", 0)) >= 1
