"""Frozen attrs classes that cost a run little, as it makes some seventy of them.

attrs writes the code of the methods of each class and compiles it when the class is made, which
took a quarter of a short run; most classes have few values in a run, and few are ever asked for
their fields. So here all classes share their methods, and an `__init__` that goes through the
fields. What attrs makes of a class, with an `__init__` that is twice as fast, takes its place as
soon as somebody asks for what attrs knows (`attrs.fields`, `attrs.evolve`), many values are made,
or one is made wrongly. In every other way these are attrs classes: values are equal where they are
of one class and all fields with `eq` are.

Values of a class that stands on `Later` may leave some of their fields to be read when one of them
is first asked for: a run looks at the texts of few notes. Nobody who uses such a value can tell.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import get_annotations
from operator import attrgetter, ge, gt, le, lt
from types import FunctionType
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

__all__ = [
    "NOTHING",
    "Factory",
    "Field",
    "Later",
    "define",
    "evolve",
    "field",
    "fields_of",
    "frozen",
    "is_value_class",
    "known_of",
    "put_off",
]

_MANY = 500
"""From so many values on it pays to have attrs write an `__init__`, where it is loaded already."""

if TYPE_CHECKING:
    from attrs import NOTHING, Factory, define, evolve, field, frozen  # what type checkers know
else:
    NOTHING = type("Nothing", (), {"__repr__": lambda _: "NOTHING"})()
    """The default of a field that must be given."""

    class Factory:
        """What makes the default of a field: of nothing, or of the value with the fields before."""

        def __init__(self, factory: Callable[..., object], *, takes_self: bool = False) -> None:
            self.factory, self.takes_self = factory, takes_self


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

    name: str
    default: Any = NOTHING
    converter: Callable[[Any], Any] | None = None
    eq: bool = True
    repr: bool = True
    init: bool = True

    @property
    def is_made(self) -> bool:
        """Whether what it holds where nothing is given is made anew for each value."""
        return isinstance(self.default, Factory)  # type: ignore[arg-type]  # a class at run time

    def make_default(self, value: object) -> Any:  # noqa: ANN401  # of any field
        """Return what it holds where nothing is given; fields before it are there already."""
        if not self.is_made:
            return self.default
        made = self.default
        return made.factory(value) if made.takes_self else made.factory()


class _Described:
    """A field, described by its default or factory and what else a `Field` has, as for attrs."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # those of attrs
        if (factory := options.pop("factory", None)) is not None:
            options["default"] = Factory(factory)
        self.options = options

    def default(self, function: Callable[[Any], object]) -> Callable[[Any], object]:
        """Take a method of the class for what returns the default."""
        self.options["default"] = Factory(function, takes_self=True)
        return function


if not TYPE_CHECKING:
    field = _Described

    def evolve(value, /, **changes):  # noqa: ANN001, ANN003, ANN201  # those of attrs
        """Return a value with some fields changed, as `attrs.evolve` does."""
        for each in fields_of(type(value)):
            name = _argument_of(each)
            if each.init and name not in changes:
                changes[name] = getattr(value, each.name)
        return type(value)(**changes)

    def frozen(cls=None, /, **options):  # noqa: ANN001, ANN003, ANN201  # those of attrs
        """Make a frozen class: its options are `kw_only`, `eq` and `order`, as for attrs."""
        return define(cls, is_frozen=True, **options)

    def define(cls=None, /, **options):  # noqa: ANN001, ANN003, ANN201  # those of attrs
        """Make a class whose values may change; `slots` is an option, too."""
        if cls is None:
            return lambda decorated: define(decorated, **options)
        theirs = sys.modules.get("attr")
        if theirs and any(type(member) is type(theirs.ib()) for member in vars(cls).values()):
            is_frozen = options.pop("is_frozen", False)
            return theirs.define(cls, frozen=is_frozen, **options)
        return _Plan(cls, **options).made


_fields: dict[type, tuple[Field, ...]] = {}


def fields_of(kind: type) -> tuple[Field, ...]:
    """Return the fields of a class of ours, or of attrs, in their order."""
    if kind not in _fields:
        listed = _plans[kind].list_fields() if kind in _plans else _ask_attrs(kind)
        _fields[kind] = tuple(listed)
    return _fields[kind]


def _ask_attrs(kind: Any) -> Iterator[Field]:  # noqa: ANN401  # a class of attrs
    import attrs

    for each in attrs.fields(kind):
        default = each.default
        if default is attrs.NOTHING:
            default = NOTHING
        elif isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time
            default = Factory(default.factory, takes_self=default.takes_self)
        shown, compared = bool(each.repr), bool(each.eq)
        yield Field(each.name, default, each.converter, compared, shown, each.init)


def is_value_class(kind: Any) -> bool:  # noqa: ANN401  # anything
    """Whether something is a class of attrs; in contrast to `attrs.has` none is made for that."""
    if kind in _plans:
        return True
    theirs = sys.modules.get("attr")  # where nobody has loaded it, there is no other class of it
    return theirs is not None and bool(theirs.has(kind))


def _argument_of(each: Field) -> str:
    """Return the name by which a field is given."""
    return each.name.lstrip("_")


class _Plan:
    """A class as written, and what has to be done for attrs to make it.

    Attributes:
        made: what stands for it: in slots, and with methods that it shares with others.
    """

    def __init__(  # noqa: PLR0913  # the options of attrs
        self,
        written: type,
        *,
        is_frozen: bool = False,
        kw_only: bool = False,
        eq: bool = True,
        order: bool = False,
        slots: bool = True,
    ) -> None:
        self._written = written
        self._options = {"frozen": is_frozen, "kw_only": kw_only, "slots": slots}
        # in a tenth of the time, where they are there
        own = written.__dict__.get("__annotations__") or get_annotations(written)  # noqa: RUF063
        members = {name: value for name, value in _members_of(written) if name not in own}
        if slots:
            has_weak = any(hasattr(base, "__weakref__") for base in written.__bases__)
            members["__slots__"] = (*own, *(() if has_weak else ("__weakref__",)))
        members["__init__"] = self._make_first_init()
        members["__match_args__"] = _Places(is_empty=kw_only)
        members["__attrs_attrs__"] = _Unmade(self)
        members |= _FROZEN if is_frozen else {}
        for name, method in {**(_COMPARED if eq else {}), **(_ORDERED if order else {})}.items():
            members.setdefault(name, method)
        if eq and not is_frozen:
            members["__hash__"] = None
        members.setdefault("__repr__", _show)
        self.made: type = type(written)(written.__name__, written.__bases__, members)
        _refer_to(self.made, written)
        _plans[self.made] = self

    def list_fields(self) -> Iterator[Field]:
        """Return the fields, those that it inherits first."""
        own = tuple(_list_own(self._written))
        names = {each.name for each in own}
        base = next(filter(is_value_class, self._written.__mro__[1:]), None)
        yield from (each for each in (fields_of(base) if base else ()) if each.name not in names)
        yield from own

    def finish(self) -> Any:  # noqa: ANN401  # a class of attrs
        """Have attrs make the class, take over what it makes, and return the class."""
        if isinstance(self.made.__dict__["__attrs_attrs__"], _Unmade):
            import attrs

            members = {
                name: _describe_to_attrs(value) for name, value in _members_of(self._written)
            }
            copy = type(self._written)(self._written.__name__, self._written.__bases__, members)
            theirs = attrs.define(copy, eq=False, repr=False, **self._options)  # type: ignore[call-overload]  # all are its own
            for name in ("__init__", "__attrs_props__", "__attrs_attrs__"):
                if name in theirs.__dict__:
                    setattr(self.made, name, theirs.__dict__[name])
        return self.made

    def _make_first_init(self) -> Callable[..., None]:
        """Return what makes the first value, and what makes all others after it."""

        def __init__(self_: object, *values: object, **given: object) -> None:  # noqa: N807
            made: Any = self.made
            made.__init__ = self._make_init()
            made.__init__(self_, *values, **given)

        return __init__

    def _make_init(self) -> Callable[..., None]:
        """Return what takes the fields, as attrs would write it out."""
        all_fields = fields_of(self.made)
        fields = [each for each in all_fields if each.init]
        names = tuple(map(_argument_of, fields))
        most = 0 if self._options["kw_only"] else len(names)
        made = [each for each in all_fields if each.is_made or not each.init]
        usual = {
            name: each.default
            for name, each in zip(names, fields, strict=True)
            if each.default is not NOTHING and not each.is_made
        }
        # what is reckoned from other fields comes when those are there
        made.sort(key=lambda each: each.is_made and each.default.takes_self)
        converted = [(_argument_of(each), each.converter) for each in fields if each.converter]
        renamed = {_argument_of(each): each.name for each in fields if each.name.startswith("_")}
        count, size, hold = 0, len(all_fields), object.__setattr__
        if self._options["slots"] and not (most or made or converted or renamed):
            return _make_plain_init(self, usual, size)

        def __init__(self_: object, *values: object, **given: object) -> None:  # noqa: N807
            nonlocal count
            count += 1
            held = {**usual, **given}
            if values:
                held |= zip(names, values, strict=False)
            later = [each for each in made if _argument_of(each) not in held] if made else ()
            is_wrong = len(held) + len(later) != size or len(values) > most
            is_twice = values and not given.keys().isdisjoint(names[: len(values)])
            if is_wrong or is_twice or (count > _MANY and "attr" in sys.modules):
                self.finish().__init__(self_, *values, **given)
                return
            for name, convert in converted:
                if name in held:
                    held[name] = convert(held[name])
            try:
                for name, value in held.items():
                    hold(self_, renamed.get(name, name) if renamed else name, value)
            except AttributeError:  # one name for another
                self.finish().__init__(self_, *values, **given)
            for each in later:
                value = each.make_default(self_)
                hold(self_, each.name, each.converter(value) if each.converter else value)

        return __init__


def _make_plain_init(plan: _Plan, usual: Mapping[str, object], size: int) -> Callable[..., None]:
    """Return what takes fields by name alone that are held as they are given.

    Args:
        plan: of the class.
        usual: what fields hold where nothing is given.
        size: how many fields there are.
    """
    count, hold = 0, object.__setattr__

    def __init__(self: object, *values: object, **given: object) -> None:  # noqa: N807
        nonlocal count
        count += 1
        held = given if len(given) == size else {**usual, **given}
        if len(held) != size or values or (count > _MANY and "attr" in sys.modules):
            plan.finish().__init__(self, *values, **given)
            return
        try:
            for name, value in held.items():
                hold(self, name, value)
        except AttributeError:  # one name for another
            plan.finish().__init__(self, *values, **given)

    return __init__


class _Places:
    """The fields that may be given by place, where a value is matched by them."""

    def __init__(self, *, is_empty: bool) -> None:
        self._is_empty = is_empty

    def __get__(self, value: object, kind: type) -> tuple[str, ...]:
        """Return their names."""
        names = (each.name for each in fields_of(kind) if each.init)
        return () if self._is_empty else tuple(names)


_plans: dict[type, _Plan] = {}


class _Unmade:
    """Stands for what attrs knows of a class until somebody asks for it."""

    def __init__(self, plan: _Plan) -> None:
        self._plan = plan

    def __get__(self, value: object, kind: type) -> Any:  # noqa: ANN401  # of attrs
        """Have attrs make the class."""
        return self._plan.finish().__attrs_attrs__


def _describe_to_attrs(described: Any) -> Any:  # noqa: ANN401  # of attrs
    """Return the description of a field, or the factory of its default, as attrs takes it."""
    import attrs

    if isinstance(described, _Described):
        options = described.options
        return attrs.field(**{name: _describe_to_attrs(given) for name, given in options.items()})
    if isinstance(described, Factory):  # type: ignore[arg-type]  # a class at run time
        return attrs.Factory(described.factory, takes_self=described.takes_self)
    return described


def _members_of(cls: type) -> Iterator[tuple[str, Any]]:
    return (
        (name, value)
        for name, value in vars(cls).items()
        if name not in {"__dict__", "__weakref__"}
    )


def _list_own(cls: type) -> Iterator[Field]:
    """Return the fields that a class as written adds to those that it inherits."""
    for name in get_annotations(cls):
        given = cls.__dict__.get(name, NOTHING)
        is_described = isinstance(given, _Described)
        yield Field(name, **given.options) if is_described else Field(name, given)


def _refer_to(made: type, written: type) -> None:
    """Have methods that name their class, as `super()` does, mean the one that was made."""
    for member in vars(written).values():
        for cell in (isinstance(member, FunctionType) and member.__closure__) or ():
            if cell.cell_contents is written:
                cell.cell_contents = made


# ------------------------------------------------------------------- what all classes share

_keys: dict[type, Any] = {}


def _key_of(value: Any) -> Any:  # noqa: ANN401  # of any class of ours
    """Return what a value is compared by."""
    kind = type(value)
    if kind not in _keys:
        names = [each.name for each in fields_of(kind) if each.eq]
        _keys[kind] = attrgetter(*names) if names else type
    return _keys[kind](value)


def _is_equal(self: object, other: object) -> Any:  # noqa: ANN401  # or `NotImplemented`
    return _key_of(self) == _key_of(other) if type(other) is type(self) else NotImplemented


def _hash(self: object) -> int:
    return hash((type(self), _key_of(self)))


def _make_order(compare: Callable[[Any, Any], bool]) -> Callable[[object, object], Any]:
    def is_in_order(self: object, other: object) -> Any:  # noqa: ANN401  # or `NotImplemented`
        if type(other) is not type(self):
            return NotImplemented
        return compare(_key_of(self), _key_of(other))

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


_FROZEN = {
    "__setattr__": _refuse_change,
    "__delattr__": _refuse_change,
    "__getstate__": _get_state,
    "__setstate__": _set_state,
}
_COMPARED = {"__eq__": _is_equal, "__hash__": _hash}
_ORDERED = {f"__{compare.__name__}__": _make_order(compare) for compare in (lt, le, gt, ge)}


class Later:
    """What a class is made of whose values may have fields that are read later."""

    __slots__ = ("_known", "_later")

    if not TYPE_CHECKING:  # where all fields are there

        def __getattr__(self, name: str) -> object:
            """Fill the fields that are not there yet."""
            try:
                read = object.__getattribute__(self, "_later")
            except AttributeError:
                message = f"{type(self).__name__!r} object has no attribute {name!r}"
                raise AttributeError(message) from None
            for field, value in read(name).items():
                object.__setattr__(self, field, value)
            return object.__getattribute__(self, name)


_Late = TypeVar("_Late", bound=Later)


def put_off(
    value: _Late,
    names: Iterable[str],
    read: Callable[[str], Mapping[str, object]],
    known: object = None,
) -> _Late:
    """Return a value that was just made without some of its fields, which are read when needed.

    Args:
        value: that nobody else has yet.
        names: of the fields.
        read: returns the one that is asked for, and any others; may be asked more than once.
        known: of these fields before they are read, for `known_of`.
    """
    for name in names:
        object.__delattr__(value, name)
    object.__setattr__(value, "_later", read)
    object.__setattr__(value, "_known", known)
    return value


def known_of(value: Later) -> Any:  # noqa: ANN401  # whatever was given
    """Return what `put_off` was given to know of a value; `None` of any other."""
    try:
        return object.__getattribute__(value, "_known")
    except AttributeError:
        return None
