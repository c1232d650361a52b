"""What a file was taken for, as far as it is worth saying."""

import pytest

from headnotes.cli.session import is_taken_as_said
from headnotes.model import Episode, Reason

NAMED = Reason("episode-named", {"named": "S01E04"})
COUNTED = Reason("episode-counted", {"named": "S02E06", "written": "S01E14"})
ASKED = Reason("episode-asked", {"asked": "S02E06"})
ASKED_OTHERWISE = Reason("episode-asked", {"asked": "S01E14"})
BY_NAME = Reason("file-name")
BY_TALK = Reason("names-spoken", {"count": 3})


@pytest.mark.parametrize(
    ("work", "ids", "reasons", "is_said"),
    [
        ("show", ("S01E04",), (BY_NAME, NAMED), True),
        ("show", ("S01E05",), (BY_NAME, NAMED), False),
        ("show", ("S01E04",), (BY_TALK, NAMED), False),
        ("show", ("S02E06",), (BY_NAME, COUNTED), False),
        ("show", ("S02E06",), (BY_NAME, ASKED), True),
        ("show", ("S02E06",), (BY_NAME, ASKED_OTHERWISE), False),
        (None, ("S01E04",), (), True),
        (None, (), (), True),
    ],
    ids=[
        *("as named", "as shown", "by its talk", "as counted elsewhere"),
        *("as asked", "asked as counted elsewhere", "number alone", "nothing known"),
    ],
)
def test_what_the_name_does_not_say_is_worth_saying(work, ids, reasons, is_said):
    episode = Episode(work=work, ids=ids, recognised_by=reasons)
    assert is_taken_as_said(episode) is is_said
