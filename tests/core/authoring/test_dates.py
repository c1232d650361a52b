"""Dates in running text."""

import pytest

from headnotes.authoring.dates import read_dates


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("en", "On 9 June 1929 it met.", [(1929, 6, 9)]),
        ("en", "It met on 9 June.", [(None, 6, 9)]),
        ("en", "In June 1929, and in July", [(1929, 6, None), (None, 7, None)]),
        ("en", "It was 1929.", [(1929, None, None)]),
        ("de", "Am 9. Juni 1929 und im März", [(1929, 6, 9), (None, 3, None)]),
        ("en", "May they march", []),
        ("en", "They may march in March", [(None, 3, None)]),
        ("en", "1929,5 or 11929 or 1,929 or 1929-31", []),
        ("fr", "Le 9 juin 1929", []),
        ("en", "", []),
    ],
)
def test_dates_are_read_as_far_as_a_text_says_them(language, text, dates):
    assert [found[:3] for found in read_dates(text, language)] == dates


@pytest.mark.parametrize(
    ("text", "other", "is_same"),
    [
        ("9 June 1929", "June 1929", True),
        ("9 June 1929", "9 June", True),
        ("9 June 1929", "1929", True),
        ("9 June 1929", "10 June 1929", False),
        ("9 June 1929", "July 1929", False),
        ("June 1929", "1928", False),
    ],
)
def test_dates_may_be_the_same_as_far_as_both_say(text, other, is_same):
    (first,), (second,) = read_dates(text, "en"), read_dates(other, "en")
    assert first.may_be(second) is second.may_be(first) is is_same
