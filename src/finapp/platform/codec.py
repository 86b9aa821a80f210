"""Values to JSON and back by type hints alone: the wire format of facades, events and remembered answers.

Supported: str, int, bool, float, Decimal, date, datetime, bytes, None, Literal, Enum, frozen dataclasses (which may
contain themselves), tuple[X, ...], fixed tuples, frozenset, Sequence (comes back as a tuple), Mapping whose keys are
text on the wire, X | None, unions of dataclasses (tagged by class name), and Annotated or NewType around any of them.

A value comes back equal and of the hinted type: a Decimal with its exponent, a datetime as the same instant in UTC.
Nothing is guessed: a subclass of a dataclass, a naive datetime, an int for a Decimal, NaN or an unknown field is
refused; a missing field takes its default. Messages name path and types, never a value, so that they may be logged.
"""

import collections.abc
import dataclasses
import json
import types
import typing
from enum import Enum
from typing import Annotated, Any, Literal, NewType, TypeVar, cast

from typing_extensions import TypeForm

from finapp.platform import converters
from finapp.platform.scalars import SCALARS, Converter, Malformed, enumeration, literal

__all__ = ["Json", "Malformed", "converter", "decode", "encode", "from_bytes", "read_json", "to_bytes", "write_json"]

T = TypeVar("T")
Json = None | bool | int | float | str | list[Any] | dict[str, Any]


def encode(value: T, hint: TypeForm[T]) -> Json:
    """`value` as JSON-ready data. Raises Malformed (a ValueError) when it does not fit, TypeError for the hint."""
    return cast(Json, converter(hint).encode(value))


def decode(data: Json, hint: TypeForm[T]) -> T:
    """The value that `encode` wrote. Raises Malformed (a ValueError) when it does not fit, TypeError for the hint."""
    return cast(T, converter(hint).decode(data))


def to_bytes(value: T, hint: TypeForm[T]) -> bytes:
    """`value` as compact ASCII JSON. Raises as `encode`."""
    return write_json(encode(value, hint))


def from_bytes(data: bytes, hint: TypeForm[T]) -> T:
    """The value that `to_bytes` wrote. Raises as `decode`, also when `data` is not JSON."""
    return decode(read_json(data), hint)


def write_json(data: Json) -> bytes:
    """Compact ASCII JSON. Raises ValueError for NaN and infinities."""
    return json.dumps(data, separators=(",", ":"), allow_nan=False).encode("ascii")


def read_json(data: bytes) -> Json:
    """Parsed JSON. Raises Malformed when `data` is not JSON."""
    try:
        return cast(Json, json.loads(data))
    except (ValueError, RecursionError) as fault:
        raise Malformed("is not JSON") from fault


_known: dict[Any, Converter] = {}


def converter(hint: Any) -> Converter:
    """The converter of a hint, built once. Raises TypeError when the hint has no wire format."""
    found = _known.get(hint)
    if found is None:
        builder = _Builder()
        found = builder.of(hint)
        _known.update(builder.started)
    return found


class _Builder:
    """Builds the converters that one hint needs. They are shared only once all of them are complete."""

    def __init__(self) -> None:
        self.started: dict[Any, Converter] = {}

    def of(self, hint: Any) -> Converter:
        found = _known.get(hint) or self.started.get(hint)
        if found is None:
            found = self.started[hint] = self._build(hint)
        return found

    def _build(self, hint: Any) -> Converter:
        if hint in SCALARS:
            return SCALARS[hint]
        if isinstance(hint, NewType):
            return self.of(hint.__supertype__)
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is not None:
            return self._compound(hint, origin, arguments)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return enumeration(hint)
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            return self._dataclass(hint)
        raise TypeError(f"{hint!r} has no wire format")

    def _compound(self, hint: Any, origin: Any, arguments: tuple[Any, ...]) -> Converter:
        if origin is Annotated:
            return self.of(arguments[0])
        if origin is Literal:
            return literal(arguments)
        if origin in (typing.Union, types.UnionType):
            return self._union(arguments)
        if origin is tuple and arguments[-1:] != (Ellipsis,):
            return converters.fixed([self.of(argument) for argument in arguments])
        if origin is tuple:
            return converters.series(self.of(arguments[0]), tuple, tuple)
        if origin is collections.abc.Sequence:
            return converters.series(self.of(arguments[0]), collections.abc.Sequence, tuple)
        if origin is frozenset:
            return converters.unordered(self.of(arguments[0]))
        if origin is collections.abc.Mapping:
            return converters.mapping(self.of(arguments[0]), self.of(arguments[1]))
        raise TypeError(f"{hint!r} has no wire format")

    def _union(self, members: tuple[Any, ...]) -> Converter:
        some = [member for member in members if member is not type(None)]
        inner = self.of(some[0]) if len(some) == 1 else converters.tagged({kind: self._member(kind) for kind in some})
        return converters.optional(inner) if len(some) < len(members) else inner

    def _member(self, kind: Any) -> Converter:
        if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
            raise TypeError(f"a union may hold dataclasses and None only, not {kind!r}")
        return self.of(kind)

    def _dataclass(self, kind: type) -> Converter:
        fields = dataclasses.fields(kind)
        if not kind.__dataclass_params__.frozen or not all(field.init for field in fields):  # type: ignore[attr-defined]
            raise TypeError(f"{kind!r} is not a frozen dataclass that is given all its fields")
        parts: dict[str, Converter] = {}
        # Known before its fields are, so that a class may contain itself.
        made = self.started[kind] = converters.record(kind, parts, frozenset(filter(None, map(_required, fields))))
        hints = typing.get_type_hints(kind, include_extras=True)
        parts.update({field.name: self.of(hints[field.name]) for field in fields})
        return made


def _required(field: "dataclasses.Field[Any]") -> str | None:
    has_default = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    return None if has_default else field.name
