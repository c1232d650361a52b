"""Our frozen classes are attrs classes in all that anybody can see."""

import pickle

import attrs
import pytest

from headnotes.values import frozen


@frozen(kw_only=True)
class Flag:
    colour: str
    size: int = 1
    origin: str = attrs.field(default="", eq=False)
    secret: str = attrs.field(default="", repr=False)


@frozen
class Empty:
    pass


@frozen(order=True)
class Number:
    value: int


@frozen(eq=False)
class Single:
    value: int


@frozen
class Own:
    value: int

    def __repr__(self):
        return "own"


@attrs.frozen(kw_only=True)
class Reference:
    colour: str
    size: int = 1
    origin: str = attrs.field(default="", eq=False)
    secret: str = attrs.field(default="", repr=False)


RED = Flag(colour="red")


def test_values_of_equal_fields_are_equal():
    assert Flag(colour="red", origin="here") == RED
    assert hash(Flag(colour="red", origin="here")) == hash(RED)
    assert len({RED, Flag(colour="red"), Flag(colour="black")}) == 2


@pytest.mark.parametrize(
    "other", [Flag(colour="black"), Flag(colour="red", size=2), "red", None, Empty()], ids=repr
)
def test_other_values_are_not_equal(other):
    assert other != RED
    assert other != RED


def test_subclass_is_never_equal():
    class Banner(Flag):
        pass

    assert Banner(colour="red") != RED


def test_value_without_fields_equals_its_like():
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())


def test_repr_is_that_of_attrs():
    assert repr(RED) == repr(Reference(colour="red")).replace("Reference", "Flag")
    assert repr(Own(1)) == "own"


def test_value_cannot_be_changed():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        RED.colour = "black"  # type: ignore[misc]  # what is tested


def test_value_is_evolved_and_pickled_as_by_attrs():
    assert attrs.evolve(RED, size=3) == Flag(colour="red", size=3)
    assert pickle.loads(pickle.dumps(RED)) == RED
    assert attrs.asdict(RED) == {"colour": "red", "size": 1, "origin": "", "secret": ""}


def test_order_and_identity_are_left_to_attrs():
    assert Number(1) < Number(2)
    assert Single(1) != Single(1)
