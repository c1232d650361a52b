"""Our frozen classes are attrs classes in all that anybody can see."""

import copy
import pickle
import typing

import attrs
import pytest

from headnotes import values
from headnotes.values import (
    Factory,
    NamedTuple,
    define,
    evolve,
    field,
    fields_of,
    frozen,
    is_value_class,
    make_all,
)


@frozen(kw_only=True)
class Flag:
    colour: str
    size: int = 1
    origin: str = field(default="", eq=False)
    secret: str = field(default="", repr=False)


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


# ---------------------------------------------------- classes that attrs has not made yet


@frozen(kw_only=True)
class Mast:
    height: int = field(converter=int)
    flags: list[str] = field(factory=list)
    reach: int = field(default=Factory(lambda mast: mast.height * 2, takes_self=True))
    name: str = field(default="", eq=False, repr=False)


@frozen(kw_only=True)
class TallMast(Mast):
    wires: tuple[str, ...] = ()

    def __str__(self):
        return f"tall {super().__str__()}"


@frozen
class Place:
    x: int
    y: int = 0


class TheirsOf:
    """The same classes as attrs makes them."""

    @attrs.frozen(kw_only=True)
    class Mast:
        height: int = attrs.field(converter=int)
        flags: list[str] = attrs.field(factory=list)

    @attrs.frozen
    class Place:
        x: int
        y: int = 0


def test_fields_are_converted_made_and_reckoned_from_others():
    mast = Mast(height="7")
    assert (mast.height, mast.flags, mast.reach, mast.name) == (7, [], 14, "")
    assert Mast(height=7).flags is not mast.flags
    assert Mast(height=1, reach=3, flags=["red"]).reach == 3
    assert repr(mast) == "Mast(height=7, flags=[], reach=14)"
    assert mast == Mast(height=7, name="other")


def test_what_attrs_knows_of_a_class_is_there_when_asked_for():
    assert [each.name for each in attrs.fields(TallMast)] == [
        "height", "flags", "reach", "name", "wires",
    ]  # fmt: skip
    assert [each.name for each in fields_of(TallMast)] == [
        each.name for each in attrs.fields(TallMast)
    ]
    assert attrs.fields(Mast).name.eq is False
    mast = TallMast(height="7", wires=("a",))
    assert attrs.evolve(mast, height=8) == evolve(mast, height=8)
    assert (evolve(mast, height="8").height, evolve(mast, height=8).wires) == (8, ("a",))
    assert attrs.asdict(mast)["reach"] == 14
    assert attrs.has(TallMast)


def test_what_a_class_of_ours_is_has_fields():
    assert [each.is_made for each in fields_of(Mast)] == [False, True, True, False]
    assert [is_value_class(kind) for kind in (Mast, TallMast, Empty)] == [True] * 3
    assert [is_value_class(kind) for kind in (str, tuple[Mast, ...], Reference)] == [False] * 3


@pytest.mark.parametrize("kind", [Flag, Place, Mast], ids=lambda kind: kind.__name__)
def test_one_name_for_another_is_refused(kind):
    with pytest.raises(TypeError, match="shape"):
        kind(shape=1)


@define(kw_only=True, slots=False)
class Bag:
    size: int
    _held: tuple[str, ...] = field(init=False, factory=tuple, converter=tuple)


def test_field_that_is_never_given_is_made():
    bag = Bag(size=2)
    assert (bag._held, bag == Bag(size=2), repr(bag)) == ((), True, "Bag(size=2, _held=())")
    bag.size = 3
    assert evolve(bag, size=4) == Bag(size=4)
    with pytest.raises(TypeError, match="unhashable"):
        hash(bag)


def test_order_is_within_one_class():
    with pytest.raises(TypeError, match="not supported between"):
        assert Number(1) < Single(2)  # type: ignore[operator]  # what is tested


def test_method_that_names_its_class_means_the_one_that_was_made():
    assert str(TallMast(height=7)) == f"tall {TallMast(height=7)!r}"
    assert issubclass(TallMast, Mast)
    assert TallMast(height=7) != Mast(height=7)


def test_values_are_given_by_place_or_by_name():
    assert Place(1) == Place(x=1) == Place(1, 0) == Place(1, y=0)
    match Place(1, 2):
        case Place(x, y):
            assert (x, y) == (1, 2)


@pytest.mark.parametrize("given", [{}, {"height": 1, "colour": "red"}, {"colour": "red"}], ids=str)
def test_wrong_fields_are_refused_as_by_attrs(given):
    with pytest.raises(TypeError) as ours:
        Mast(**given)
    with pytest.raises(TypeError) as theirs:
        TheirsOf.Mast(**given)
    assert str(ours.value).split(") ")[1] == str(theirs.value).split(") ")[1]


def test_class_without_slots_takes_no_wrong_name():
    @values.define(slots=False)
    class Open:
        x: int
        y: int = 0

    with pytest.raises(TypeError, match="yy"):
        Open(x=1, yy=2)  # type: ignore[call-arg]  # that is the point
    assert Open(x=1, y=2).y == 2


def test_what_is_made_by_itself_cannot_be_given():
    @values.define
    class Made:
        x: int
        y: int = values.field(init=False, default=3)

    with pytest.raises(TypeError, match="y"):
        Made(x=1, y=2)  # type: ignore[call-arg]  # that is the point
    assert Made(x=1).y == 3


@pytest.mark.parametrize(
    ("places", "given"), [((), {}), ((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1})], ids=str
)
def test_wrong_places_are_refused_as_by_attrs(places, given):
    with pytest.raises(TypeError) as ours:
        Place(*places, **given)
    with pytest.raises(TypeError) as theirs:
        TheirsOf.Place(*places, **given)
    assert str(ours.value).split(") ")[1] == str(theirs.value).split(") ")[1]


def test_of_many_values_the_last_is_made_like_the_first(monkeypatch):
    monkeypatch.setattr(values, "_MANY", 3)

    @frozen(kw_only=True)
    class Crowd:
        size: int = field(converter=int)
        names: tuple[str, ...] = ()
        seats: list[int] = Factory(list)

    before = Crowd.__init__
    made = [Crowd(size="1", names=("a",)) for _ in range(6)]
    assert Crowd.__init__ is not before
    assert made == [Crowd(size=1, names=("a",))] * 6
    assert [crowd.seats for crowd in made] == [[]] * 6
    assert made[-1].seats is not made[-2].seats
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del made[-1].size


@frozen(kw_only=True)
class Parcel:
    sender: str
    pages: int = field(default=1, converter=int)
    half: int = field(default=Factory(lambda parcel: parcel.pages // 2, takes_self=True))
    stamps: list[str] = field(factory=list)


def test_many_values_made_at_once_are_those_made_one_by_one():
    columns: dict[str, list[object]] = {
        "sender": ["Max", "Ida"],
        "pages": ["6", None],
        "half": [None, 4],
    }
    made = make_all(Parcel, columns)
    assert made == [Parcel(sender="Max", pages="6"), Parcel(sender="Ida", half=4)]
    assert made[0].stamps is not made[1].stamps
    assert make_all(Parcel, {"sender": []}) == []


def test_field_that_is_left_for_later_is_empty():
    (parcel,) = make_all(Parcel, {"sender": ["Max"]}, ["stamps"])
    assert (parcel.half, hasattr(parcel, "stamps")) == (0, False)


@pytest.mark.parametrize(
    "columns", [{"pages": [1]}, {"sender": ["Max", None]}, {"sender": ["Max"], "half": [1, 2]}]
)
def test_many_values_of_which_one_lacks_something_are_refused(columns):
    with pytest.raises(ValueError, match=r"sender|half|pages"):
        make_all(Parcel, columns)


# ------------------------------------------------------------------------------ named tuples


class Spot(NamedTuple):
    """Where something stands."""

    line: int
    column: int = 1

    @property
    def shown(self) -> str:
        return f"{self.line}:{self.column}"


class Typed(typing.NamedTuple):
    line: int
    column: int = 1


TUPLES = Spot(3), Typed(3)


@pytest.mark.parametrize(
    "look",
    [
        tuple,
        hash,
        lambda place: place == (3, 1),
        lambda place: (place.line, place.column),
        lambda place: (place._fields, place._field_defaults, place.__match_args__),
        lambda place: place._asdict(),
        lambda place: tuple(place._replace(column=5)),
        lambda place: tuple(type(place)(column=7, line=6)),
        lambda place: tuple(type(place)._make([8, 9])),
        lambda place: isinstance(place, tuple) and type(type(place)),
        lambda place: repr(place).partition("(")[2],
        lambda place: hasattr(place, "__dict__"),
    ],
)
def test_named_tuple_is_one_of_typing(look):
    ours, theirs = map(look, TUPLES)
    assert ours == theirs


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, 2, 3), {}), ((1,), {"line": 2}), ((1,), {"row": 2})]
)
def test_named_tuple_of_wrong_fields_is_refused_as_by_typing(values, named):
    refusals = []
    for kind in (Spot, Typed):
        with pytest.raises(TypeError) as refused:
            kind(*values, **named)
        refusals.append(str(refused.value).partition("()")[2])
    ours, theirs = refusals
    assert ours == theirs


@pytest.mark.parametrize("place", TUPLES)
def test_named_tuple_is_neither_changed_nor_replaced_by_unknown_names(place):
    with pytest.raises(AttributeError):
        place.line = 5
    with pytest.raises((TypeError, ValueError)):
        place._replace(row=5)
    with pytest.raises(TypeError):
        place._make([1, 2, 3])


def test_named_tuple_keeps_what_its_class_has():
    assert repr(Spot(3)) == "Spot(line=3, column=1)"
    assert Spot(3).shown == "3:1"
    assert Spot.__doc__ == "Where something stands."
    assert pickle.loads(pickle.dumps(Spot(3, 4))) == copy.copy(Spot(3, 4)) == Spot(3, 4)
    assert type(pickle.loads(pickle.dumps(Spot(3, 4)))) is Spot


def test_named_tuple_whose_later_fields_have_no_default_is_refused_as_by_typing():
    kind: typing.Any = type(NamedTuple)
    with pytest.raises(TypeError, match="without a default come first"):
        kind("Odd", (NamedTuple,), {"__annotations__": {"a": int, "b": int}, "a": 1})
