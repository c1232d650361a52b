"""Frozen attrs classes and named tuples that cost a run little, as it makes a hundred of them.

attrs compiles the methods of each class when the class is made, which took a sixth of a short run.
Here all classes share theirs, and an `__init__` that goes through the fields. attrs makes a class,
too, as soon as somebody asks for what it knows of one (`attrs.fields`, `attrs.evolve`), makes many
values, or one wrongly, so that it is refused. In every other way these are attrs classes.

typing compiles the annotations of a named tuple, and collections its `__new__`: for thirty of them
five milliseconds. Here those with equally many fields share the code of it, under their own names.
"""

from __future__ import annotations

import sys
from collections import _tuplegetter, deque  # type: ignore[attr-defined]  # of its named tuples
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from inspect import get_annotations
from operator import attrgetter, ge, gt, le, lt
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

__all__ = [
    "NOTHING",
    "Factory",
    "Field",
    "NamedTuple",
    "define",
    "evolve",
    "field",
    "fields_of",
    "frozen",
    "is_value_class",
    "make_all",
]

_MANY = 500
"""From so many values on attrs makes the `__init__`, where it is loaded already: it is faster."""

# ------------------------------------------------------------------------------ named tuples


def _make_named(name: str, members: dict[str, Any]) -> type:
    """Return the named tuple that is written as a class with these members."""
    # in a tenth of the time, where they are there
    written = members.get("__annotations__") or get_annotations(type(name, (), {**members}))
    fields = tuple(written)
    defaults = {field: members.pop(field) for field in fields if field in members}
    if tuple(defaults) != fields[len(fields) - len(defaults) :]:
        raise TypeError(f"{name}: fields without a default come first")
    code = _code_of_new(len(fields)).replace(co_varnames=("_cls", *fields), co_name="__new__")
    new = FunctionType(code, _NEW, "__new__", (*defaults.values(),))
    new.__qualname__ = f"{name}.__new__"
    known = {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
    getters = {field: _tuplegetter(place, None) for place, field in enumerate(fields)}
    return type(name, (tuple,), {**_NAMED, **known, "__new__": new, **getters, **members})


@cache
def _code_of_new(count: int) -> CodeType:
    """Return the code that makes a tuple of so many fields, given by place or by name."""
    names = "".join(f"_{place}, " for place in range(count))
    made = eval(f"lambda _cls, {names}: _make(_cls, ({names}))")  # noqa: S307  # of numbers alone
    return cast("CodeType", made.__code__)


def _make_of_all(kind: Any, values: Iterable[object]) -> Any:  # noqa: ANN401  # of any named tuple
    return kind(*values)


def _replace_some(self: Any, /, **changes: object) -> Any:  # noqa: ANN401  # of any named tuple
    return type(self)(**{**self._asdict(), **changes})


def _as_dict(self: Any) -> dict[str, object]:  # noqa: ANN401  # of any named tuple
    return dict(zip(self._fields, self, strict=True))


def _list_held(self: Any) -> tuple[object, ...]:  # noqa: ANN401  # of any named tuple
    return tuple(self)


def _show_named(self: Any) -> str:  # noqa: ANN401  # of any named tuple
    shown = (f"{name}={held!r}" for name, held in self._asdict().items())
    return f"{type(self).__name__}({', '.join(shown)})"


_NEW = {"_make": tuple.__new__, "__builtins__": {}}
_NAMED: Mapping[str, Any] = {
    "__slots__": (),
    "__getnewargs__": _list_held,
    "__repr__": _show_named,
    "_asdict": _as_dict,
    "_make": classmethod(_make_of_all),
    "_replace": _replace_some,
}


# ------------------------------------------------------------------------ what a class is made of

if TYPE_CHECKING:  # what type checkers know
    from typing import NamedTuple

    from attrs import NOTHING, Factory, define, evolve, field, frozen
else:

    class _NamedTuples(type):
        """Makes what is written as a class with this one below it."""

        def __new__(cls, name, bases, members):  # noqa: ANN001, ANN204  # a plain class
            return _make_named(name, members) if bases else type.__new__(cls, name, (), members)

    class NamedTuple(metaclass=_NamedTuples):
        """What named tuples are written with, as with `typing.NamedTuple`."""

    NOTHING = object()
    """The default of a field that must be given."""

    class Factory(NamedTuple):
        """What makes the default of a field: of nothing, or of the value with the fields before."""

        factory: Callable[..., object]
        takes_self: bool = False

    def field(*, factory=None, **options):  # noqa: ANN001, ANN003, ANN201  # those of attrs
        """Describe a field."""
        return Field(**options) if factory is None else Field(default=Factory(factory), **options)

    def frozen(cls=None, /, **options):  # noqa: ANN001, ANN003, ANN201  # those of attrs
        """Make a class whose values do not change."""
        return define(cls, frozen=True, **options)

    def define(cls=None, /, **options):  # noqa: ANN001, ANN003, ANN201  # those of attrs
        """Make a class; the options are `frozen`, `kw_only`, `eq`, `order` and `slots`."""
        return _make(cls, **options) if cls else lambda written: _make(written, **options)

    def evolve(value, /, **changes):  # noqa: ANN001, ANN003, ANN201  # those of attrs
        """Return a value with some fields changed."""
        for each in fields_of(type(value)):
            if each.init and each.argument not in changes:
                changes[each.argument] = getattr(value, each.name)
        return type(value)(**changes)


Value = TypeVar("Value")

_DICT_OR_WEAK = frozenset(("__dict__", "__weakref__"))


class Field(NamedTuple):
    """One field of a class.

    Attributes:
        name: as in the class.
        default: what it holds where nothing is given, a factory of that, or `NOTHING`.
        converter: of what is given; `None`: it is taken as it is.
        eq: whether values are compared by it.
        repr: whether it is shown.
        init: whether it may be given.
    """

    name: str = ""
    default: Any = NOTHING
    converter: Callable[[Any], Any] | None = None
    eq: bool = True
    repr: bool = True
    init: bool = True

    @property
    def argument(self) -> str:
        """The name by which it is given."""
        return self.name.lstrip("_")

    @property
    def is_made(self) -> bool:
        """Whether what it holds where nothing is given is made anew for each value."""
        return isinstance(self.default, Factory)  # type: ignore[arg-type]  # a class at run time

    def make_default(self, value: object) -> Any:  # noqa: ANN401  # of any field
        """Return what it holds where nothing is given; fields before it are there already."""
        if not self.is_made:
            return self.default
        return self.default.factory(value) if self.default.takes_self else self.default.factory()

    def fill(self, values: Sequence[object], given: Sequence[Any]) -> Sequence[Any]:
        """Return what it holds in many values, `None` being nothing; see `make_all`."""
        if len(given) != len(values):
            raise ValueError(self.name, len(given))
        if self.is_made:
            pairs = zip(values, given, strict=True)
            given = [self.make_default(value) if held is None else held for value, held in pairs]
        elif self.default is not NOTHING:
            given = [self.default if held is None else held for held in given]
        elif any(held is None for held in given):
            raise ValueError(self.name)
        return [*map(self.converter, given)] if self.converter else given


def fields_of(kind: Any) -> tuple[Field, ...]:  # noqa: ANN401  # a class of ours
    """Return the fields of a class of ours in their order, those that it inherits first."""
    fields: tuple[Field, ...] = kind.value_fields
    return fields


def make_all(
    kind: type[Value], columns: Mapping[str, Sequence[Any]], later: Collection[str] = ()
) -> list[Value]:
    """Return many values of one class, made field by field in a fifth of the time.

    Args:
        kind: the class.
        columns: by the names of its fields what each value holds, all of one length; `None` stands
            for what a field holds where nothing is given.
        later: names of fields that are left empty.

    Raises:
        ValueError: the columns differ in length, or a field that must be given is not.
    """
    count = max(map(len, columns.values()), default=0)
    made = [object.__new__(kind) for _ in range(count)]
    for each in fields_of(kind):
        if each.name not in later:
            held = each.fill(made, columns.get(each.name, [None] * count))
            deque(map(_setter_of(kind, each.name), made, held), maxlen=0)  # takes all, keeps none
    return made


def is_value_class(kind: Any) -> bool:  # noqa: ANN401  # anything
    """Whether something is a class of ours."""
    return hasattr(kind, "value_fields")


def _make(
    written: type, *, eq: bool = True, order: bool = False, slots: bool = True, **options: bool
) -> type:
    """Return what stands for a class as written: in slots, with methods that it shares."""
    # in a tenth of the time, where they are there
    own = written.__dict__.get("__annotations__") or get_annotations(written)  # noqa: RUF063
    members = dict(_list_members(written))
    inherited = (each for each in getattr(written, "value_fields", ()) if each.name not in own)
    fields = (*inherited, *(_describe(name, members.pop(name, NOTHING)) for name in own))
    compared = [each.name for each in fields if each.eq]
    places = [each.argument for each in fields if each.init and not options.get("kw_only")]
    asked = _Asked(written, slots=slots, **options)
    is_frozen = options.get("frozen", False)
    shared: dict[str, Any] = {"__repr__": _show, **(_FROZEN if is_frozen else {})}
    shared |= {"__eq__": _is_equal, "__hash__": _hash if is_frozen else None} if eq else {}
    shared |= _ORDERED if order else {}
    shared["compared_by"] = attrgetter(*compared) if compared else type
    if slots:
        has_weak = any(hasattr(base, "__weakref__") for base in written.__bases__)
        shared["__slots__"] = (*own, *(() if has_weak else ("__weakref__",)))
    known = {"value_fields": fields, "__match_args__": tuple(places), "__attrs_attrs__": asked}
    made: Any = type(written)(written.__name__, written.__bases__, shared | members | known)
    made.__init__ = _make_init(made, places, asked)
    for member in members.values():  # methods that name their class, as `super()` does
        for cell in (isinstance(member, FunctionType) and member.__closure__) or ():
            if cell.cell_contents is written:
                cell.cell_contents = made
    return cast("type", made)


def _list_members(written: type) -> Iterator[tuple[str, Any]]:
    return ((name, held) for name, held in vars(written).items() if name not in _DICT_OR_WEAK)


def _describe(name: str, given: Any) -> Field:  # noqa: ANN401  # whatever stands there
    return given._replace(name=name) if isinstance(given, Field) else Field(name, given)


def _make_init(kind: Any, places: Sequence[str], asked: _Asked) -> Callable[..., None]:  # noqa: ANN401  # a class
    """Return what takes the fields, as attrs would write it out.

    Args:
        kind: the class.
        places: what may be given by place.
        asked: makes what takes them sooner, and refuses what is wrong.
    """
    fields = fields_of(kind)
    made = [each for each in fields if each.is_made or not each.init]
    usual = {
        each.argument: each.default
        for each in fields
        if each.init and not each.is_made and each.default is not NOTHING
    }
    converted = [(each.argument, each.converter) for each in fields if each.converter]
    hold = {each.argument: _setter_of(kind, each.name) for each in fields if each.init}
    count, size = 0, len(fields)

    def __init__(self: object, *values: object, **given: object) -> None:  # noqa: N807
        nonlocal count
        count += 1
        held = {**usual, **given}
        if values:
            held |= zip(places, values, strict=False)
        later = [each for each in made if each.argument not in held] if made else ()
        is_twice = values and not given.keys().isdisjoint(places[: len(values)])
        is_wrong = is_twice or len(values) > len(places) or len(held) + len(later) != size
        if is_wrong or (count > _MANY and "attr" in sys.modules):
            kind.__init__ = asked.make().__init__
            kind.__init__(self, *values, **given)
            return
        for name, convert in converted:
            if name in held:
                held[name] = convert(held[name])
        try:
            for name, value in held.items():
                hold[name](self, value)
        except KeyError:  # one name for another
            asked.make().__init__(self, *values, **given)
        for each in later:
            value = each.make_default(self)
            value = each.converter(value) if each.converter else value
            _setter_of(kind, each.name)(self, value)

    return __init__


def _setter_of(kind: Any, name: str) -> Callable[[Any, Any], None]:  # noqa: ANN401  # a class
    """Return what sets a field, also where it may not be changed."""
    if kind.__dictoffset__:
        return lambda value, held: object.__setattr__(value, name, held)
    setter: Callable[[Any, Any], None] = getattr(kind, name).__set__
    return setter


class _Asked:
    """Stands for what attrs knows of a class until somebody asks for it."""

    def __init__(self, written: type, **options: bool) -> None:
        self._written, self._options = written, options
        self._made: Any = None

    def __get__(self, value: object, kind: type) -> Any:  # noqa: ANN401  # of attrs
        """Return what it knows of the fields."""
        return self.make().__attrs_attrs__

    def make(self) -> Any:  # noqa: ANN401  # a class of attrs
        """Have attrs make the class."""
        if self._made is None:
            import attrs

            written = self._written
            members = {name: _tell_attrs(value) for name, value in _list_members(written)}
            copy = type(written)(written.__name__, written.__bases__, members)
            self._made = attrs.define(copy, eq=False, repr=False, **self._options)  # type: ignore[call-overload]  # all are its own
        return self._made


def _tell_attrs(member: Any) -> Any:  # noqa: ANN401  # of attrs
    """Return a member of a class as attrs takes it."""
    if isinstance(member, Factory):  # type: ignore[arg-type]  # a class at run time
        member = Field(default=member)
    if not isinstance(member, Field):
        return member
    import attrs

    options = member._asdict()
    del options["name"]
    if member.default is NOTHING:
        del options["default"]
    elif member.is_made:
        options["default"] = attrs.Factory(*member.default)
    return attrs.field(**options)


# ------------------------------------------------------------------- what all classes share


def _is_equal(self: Any, other: Any) -> Any:  # noqa: ANN401  # or `NotImplemented`
    if type(other) is not type(self):
        return NotImplemented
    return self.compared_by(self) == other.compared_by(other)


def _hash(self: Any) -> int:  # noqa: ANN401  # of any class of ours
    return hash((type(self), self.compared_by(self)))


def _make_order(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    def is_in_order(self: Any, other: Any) -> Any:  # noqa: ANN401  # or `NotImplemented`
        if type(other) is not type(self):
            return NotImplemented
        return compare(self.compared_by(self), other.compared_by(other))

    return is_in_order


def _show(self: object) -> str:
    shown = [
        f"{each.name}={getattr(self, each.name)!r}" for each in fields_of(type(self)) if each.repr
    ]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_change(*_: object) -> NoReturn:
    import attrs

    raise attrs.exceptions.FrozenInstanceError


def _get_state(self: object) -> dict[str, Any]:
    return {each.name: getattr(self, each.name) for each in fields_of(type(self))}


def _set_state(self: object, state: Mapping[str, Any]) -> None:
    for name, value in state.items():
        object.__setattr__(self, name, value)


_ORDERED = {f"__{compare.__name__}__": _make_order(compare) for compare in (lt, le, gt, ge)}
_FROZEN = {
    "__setattr__": _refuse_change,
    "__delattr__": _refuse_change,
    "__getstate__": _get_state,
    "__setstate__": _set_state,
}
