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

from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import get_annotations
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import attrs

__all__ = [
    "Field",
    "Later",
    "evolve",
    "field",
    "fields_of",
    "frozen",
    "is_value_class",
    "known_of",
    "put_off",
]

_THEIRS = type(attrs.field())

_MANY = 500
"""From so many values on it pays to have attrs write an `__init__`."""


class Field(NamedTuple):
    """One field of a class.

    Attributes:
        name: as in the class.
        default: what it holds where nothing is given, a factory of that, or `attrs.NOTHING`.
        converter: of what is given; `None`: it is taken as it is.
        eq: whether values are compared by it.
        repr: whether it is shown.
    """

    name: str
    default: Any = attrs.NOTHING
    converter: Callable[[Any], Any] | None = None
    eq: bool = True
    repr: bool = True

    def make_default(self, value: object) -> Any:  # noqa: ANN401  # of any field
        """Return what it holds where nothing is given; fields before it are there already."""
        default = self.default
        if not isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time
            return default
        return default.factory(value) if default.takes_self else default.factory()


class _Described:
    """A field, described by `default` or `factory`, `converter`, `eq` and `repr`, as for attrs."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # those of attrs
        if (factory := options.pop("factory", None)) is not None:
            options["default"] = attrs.Factory(factory)
        self.options = options

    def default(self, function: Callable[[Any], object]) -> Callable[[Any], object]:
        """Take a method of the class for what returns the default."""
        self.options["default"] = attrs.Factory(function, takes_self=True)
        return function


if TYPE_CHECKING:
    from attrs import evolve, field, frozen  # what type checkers know of them
else:
    field = _Described

    def evolve(value, /, **changes):  # noqa: ANN001, ANN003, ANN201  # those of attrs
        """Return a value with some fields changed, as `attrs.evolve` does."""
        for each in fields_of(type(value)):
            if each.name not in changes:
                changes[each.name] = getattr(value, each.name)
        return type(value)(**changes)

    def frozen(cls=None, /, *, kw_only=False, eq=True, **options):  # noqa: ANN001, ANN003, ANN201
        """Make a frozen attrs class; takes what `attrs.frozen` takes."""
        if cls is None:
            return lambda decorated: frozen(decorated, kw_only=kw_only, eq=eq, **options)
        are_theirs = any(type(value) is _THEIRS for value in vars(cls).values())
        if options or are_theirs:  # in an order, or with what only attrs knows of a field
            return attrs.frozen(cls, kw_only=kw_only, eq=eq, **options)
        return _Plan(cls, kw_only=kw_only).make(eq=eq)


_fields: dict[type, tuple[Field, ...]] = {}


def fields_of(kind: type) -> tuple[Field, ...]:
    """Return the fields of a class of ours or of attrs, in their order."""
    if kind not in _fields:
        _fields[kind] = tuple(
            Field(each.name, each.default, each.converter, bool(each.eq), bool(each.repr))
            for each in attrs.fields(kind)
        )
    return _fields[kind]


def is_value_class(kind: Any) -> bool:  # noqa: ANN401  # anything
    """Whether something is a class of attrs; in contrast to `attrs.has` none is made for that."""
    return kind in _fields or attrs.has(kind)


class _Plan:
    """A class as written, and what has to be done for attrs to make it.

    Attributes:
        written: the class.
        fields: those that it inherits, then its own.
        made: what stands for it.
    """

    made: type

    def __init__(self, written: type, *, kw_only: bool) -> None:
        self.written = written
        self._kw_only = kw_only
        self._own = tuple(_list_own(written))
        names = {each.name for each in self._own}
        inherited = (each for each in _list_inherited(written) if each.name not in names)
        self.fields = (*inherited, *self._own)

    def make(self, *, eq: bool) -> type:
        """Return a class in slots that shares its methods with others."""
        written, names = self.written, tuple(each.name for each in self.fields)
        own = [each.name for each in self._own]
        if not any(hasattr(base, "__weakref__") for base in written.__bases__):
            own.append("__weakref__")
        members = {
            **{name: value for name, value in _members_of(written) if name not in own},
            "__slots__": tuple(own),
            "__init__": self._make_init(),
            "__setattr__": _refuse_setting,
            "__delattr__": _refuse_deleting,
            "__getstate__": _get_state,
            "__setstate__": _set_state,
            "__match_args__": () if self._kw_only else names,
            "__attrs_attrs__": _Unmade(self),
        }
        if eq:
            members |= {"__eq__": _is_equal, "__hash__": _hash}
        members.setdefault("__repr__", _show)
        self.made = type(written)(written.__name__, written.__bases__, members)
        _refer_to(self.made, written)
        _fields[self.made] = self.fields
        return self.made

    def finish(self) -> Any:  # noqa: ANN401  # a class of attrs
        """Have attrs make the class, take over what it makes, and return the class."""
        if isinstance(self.made.__dict__["__attrs_attrs__"], _Unmade):
            members = {
                name: attrs.field(**value.options) if isinstance(value, _Described) else value
                for name, value in _members_of(self.written)
            }
            copy = type(self.written)(self.written.__name__, self.written.__bases__, members)
            theirs = attrs.frozen(copy, kw_only=self._kw_only, eq=False, repr=False)
            for name in ("__init__", "__attrs_props__", "__attrs_attrs__"):
                if name in theirs.__dict__:
                    setattr(self.made, name, theirs.__dict__[name])
        return self.made

    def _make_init(self) -> Callable[..., None]:
        fields, names = self.fields, tuple(each.name for each in self.fields)
        most = 0 if self._kw_only else len(names)
        made = [each for each in fields if isinstance(each.default, attrs.Factory)]  # type: ignore[arg-type]  # a class at run time
        usual = {
            each.name: each.default
            for each in fields
            if each.default is not attrs.NOTHING and each not in made
        }
        # what is reckoned from other fields comes when those are there
        made.sort(key=lambda each: each.default.takes_self)
        converted = [(each.name, each.converter) for each in fields if each.converter]
        count, size, hold = 0, len(names), object.__setattr__

        def __init__(self_: object, *values: object, **given: object) -> None:  # noqa: N807
            nonlocal count
            count += 1
            held = {**usual, **given}
            if values:
                held |= zip(names, values, strict=False)
            later = [each for each in made if each.name not in held] if made else ()
            is_wrong = len(held) + len(later) != size or len(values) > most
            if (
                count > _MANY
                or is_wrong
                or (values and not given.keys().isdisjoint(names[: len(values)]))
            ):
                self.finish().__init__(self_, *values, **given)
                return
            for name, convert in converted:
                if name in held:
                    held[name] = convert(held[name])
            try:
                for name, value in held.items():
                    hold(self_, name, value)
            except AttributeError:  # one name for another
                self.finish().__init__(self_, *values, **given)
            for each in later:
                value = each.make_default(self_)
                hold(self_, each.name, each.converter(value) if each.converter else value)

        return __init__


class _Unmade:
    """Stands for what attrs knows of a class until somebody asks for it."""

    def __init__(self, plan: _Plan) -> None:
        self._plan = plan

    def __get__(self, value: object, kind: type) -> Any:  # noqa: ANN401  # of attrs
        """Have attrs make the class."""
        return self._plan.finish().__attrs_attrs__


def _members_of(cls: type) -> Iterator[tuple[str, Any]]:
    return (
        (name, value)
        for name, value in vars(cls).items()
        if name not in {"__dict__", "__weakref__"}
    )


def _list_own(cls: type) -> Iterator[Field]:
    """Return the fields that a class as written adds to those that it inherits."""
    for name in get_annotations(cls):
        given = cls.__dict__.get(name, attrs.NOTHING)
        is_described = isinstance(given, _Described)
        yield Field(name, **given.options) if is_described else Field(name, given)


def _list_inherited(cls: type) -> tuple[Field, ...]:
    base = next(filter(is_value_class, cls.__mro__[1:]), None)
    return fields_of(base) if base else ()


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


def _show(self: object) -> str:
    shown = [
        f"{each.name}={getattr(self, each.name)!r}" for each in fields_of(type(self)) if each.repr
    ]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_setting(self: object, name: str, value: object) -> None:
    raise attrs.exceptions.FrozenInstanceError


def _refuse_deleting(self: object, name: str) -> None:
    raise attrs.exceptions.FrozenInstanceError


def _get_state(self: object) -> dict[str, Any]:
    return {each.name: getattr(self, each.name) for each in fields_of(type(self))}


def _set_state(self: object, state: Mapping[str, Any]) -> None:
    for name, value in state.items():
        object.__setattr__(self, name, value)


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
            for field, value in read().items():
                object.__setattr__(self, field, value)
            return object.__getattribute__(self, name)


_Late = TypeVar("_Late", bound=Later)


def put_off(
    value: _Late,
    names: Iterable[str],
    read: Callable[[], Mapping[str, object]],
    known: object = None,
) -> _Late:
    """Return a value that was just made without some of its fields, which are read when needed.

    Args:
        value: that nobody else has yet.
        names: of the fields.
        read: returns them all, and may be asked more than once.
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
