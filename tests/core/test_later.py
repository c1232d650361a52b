"""Fields that are read later are like those that were there from the beginning."""

import pickle

import attrs
import pytest

from headnotes.later import Later, known_of, put_off
from headnotes.values import evolve, frozen


@frozen(kw_only=True)
class Letter(Later):
    sender: str
    text: str = ""
    pages: int = 1


def put_off_letter(reads):
    def read(name):
        reads.append(name)
        return {"text": "Dear all", "pages": 3} if name != "stamp" else {}

    return put_off(Letter(sender="Max"), ("text", "pages"), read, known="two fields")


def test_fields_are_read_when_one_of_them_is_asked_for_and_once():
    reads: list[str] = []
    letter = put_off_letter(reads)
    assert (letter.sender, known_of(letter), reads) == ("Max", "two fields", [])
    assert (letter.pages, letter.text, letter.pages, reads) == (3, "Dear all", 3, ["pages"])
    assert known_of(Letter(sender="Max")) is None


WHOLE = Letter(sender="Max", text="Dear all", pages=3)


@pytest.mark.parametrize(
    "see",
    [
        lambda letter: letter,
        lambda letter: pickle.loads(pickle.dumps(letter)),
        lambda letter: attrs.evolve(letter, pages=3),
        evolve,
    ],
    ids=["compared", "pickled", "evolved by attrs", "evolved"],
)
def test_nobody_can_tell_that_fields_were_read_later(see):
    letter = see(put_off_letter([]))
    assert letter == WHOLE
    assert (repr(letter), hash(letter)) == (repr(WHOLE), hash(WHOLE))


@pytest.mark.parametrize("letter", [put_off_letter([]), WHOLE], ids=["later", "whole"])
def test_what_is_no_field_is_not_there(letter):
    assert not hasattr(letter, "stamp")
    with pytest.raises(AttributeError, match="'Letter' object has no attribute 'stamp'"):
        _ = letter.stamp
