from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.text import (
    escape_markdown,
    escape_srt,
    escape_tex,
    escape_workflow,
    is_file_name,
    join_lines,
    printable,
    quote_csv,
    show_controls,
    web_address,
    write_json,
)
from strategies import texts


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/a", "a/", "a\0"])
def test_name_that_could_lead_out_of_its_folder_is_none(name):
    assert not is_file_name(name)
    assert is_file_name("..a b.srt")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a\\u0000b"),
        ("\u202eabc", "\\u202eabc"),
        ("\ud800", "\\ud800"),
        ("line\r\nline\tend", "line\nline\tend"),
        ("Straße\u00a0שלום\u200f 👩‍👩‍👧", "Straße\u00a0שלום\u200f 👩‍👩‍👧"),
    ],
    ids=ascii,
)
def test_only_what_steers_becomes_visible(text, shown):
    assert show_controls(text) == shown


@given(st.text(st.characters()))
def test_showing_twice_changes_nothing(text):
    assert show_controls(show_controls(text)) == show_controls(text)


@given(st.text(st.characters()))
def test_joined_lines_are_one_line(text):
    assert join_lines(text).splitlines() in ([], [join_lines(text)])


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "http://[",
        'https://example.org/"onclick=',
        "https://example.org/ x",
        "https://example.org/\u202e",
        "https://example.org/<b>",
    ],
    ids=ascii,
)
def test_only_plain_web_addresses_are_linked(url):
    assert web_address(url) == ""


@pytest.mark.parametrize("url", ["https://example.org/a?b=1&c=2#d", "http://example.org/ü"])
def test_web_address_stays_as_it_is(url):
    assert web_address(url) == url


@given(st.text())
def test_printable_text_is_one_harmless_line(text):
    shown = printable(text)
    assert shown.isprintable()
    assert len(shown.splitlines()) <= 1


@given(texts())
def test_escaped_srt_holds_no_markup(text):
    assert not re.search(r"<[/A-Za-z]|\{[\\\w]|-->|&[#\w]|\\[Nnh]", escape_srt(text))


@pytest.mark.parametrize(
    ("write", "text", "written"),
    [
        (escape_markdown, "# *a* [b]\n|c|", r"\# \*a\* \[b\] \|c\|"),
        (
            escape_tex,
            "50 % of {a_b} & ~c\\",
            r"50 \% of \{a\_b\} \& \textasciitilde{}c\textbackslash{}",
        ),
        (escape_workflow, "50 %\n::error::", r"50 %25\n::error::"),
        (quote_csv, 'say "so"', '"say ""so"""'),
        (quote_csv, "=1+1", '"\'=1+1"'),
        (quote_csv, "\u202e=1", '"\\u202e=1"'),
        (write_json, ["é\u202e"], '["é\\u202e"]'),
    ],
    ids=["markdown", "tex", "workflow", "csv", "formula", "controls", "json"],
)
def test_each_target_has_its_own_escapes(write, text, written):
    assert write(text) == written
