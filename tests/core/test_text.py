from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.text import escape_srt, join_lines, printable, show_controls, web_address
from strategies import texts


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
