"""What the codec does with values made of others: each function builds the converter from those of the parts."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from finapp.platform.scalars import Convert, Converter, Malformed, locate, wrong


def optional(inner: Converter) -> Converter:
    """None, or what `inner` takes."""

    def encode(value: Any) -> Any:
        return None if value is None else inner.encode(value)

    def decode(data: Any) -> Any:
        return None if data is None else inner.decode(data)

    return Converter(encode, decode)


def series(item: Converter, accepted: type[Any], made: Callable[[list[Any]], Any]) -> Converter:
    """Any number of `item`: encodes an instance of `accepted`, decodes to what `made` makes of a list."""

    def encode(value: Any) -> list[Any]:
        if not isinstance(value, accepted) or isinstance(value, (str, bytes)):
            raise wrong("a series", value)
        return convert(value, item.encode)

    def decode(data: Any) -> Any:
        if type(data) is not list:
            raise wrong("a list", data)
        return made(convert(data, item.decode))

    def convert(members: Iterable[Any], one: Convert) -> list[Any]:
        try:
            return [one(member) for member in members]
        except Malformed:
            locate((f"[{index}]", one, member) for index, member in enumerate(members))
            raise

    return Converter(encode, decode)


def unordered(item: Converter) -> Converter:
    """A frozenset of `item`, written in one order so that equal sets give equal bytes."""
    inner = series(item, frozenset, frozenset)
    return Converter(lambda value: sorted(inner.encode(value), key=json.dumps), inner.decode)


def fixed(items: Sequence[Converter]) -> Converter:
    """A tuple with exactly one value for each of `items`."""

    def encode(value: Any) -> list[Any]:
        return convert(value, tuple, [item.encode for item in items])

    def decode(data: Any) -> tuple[Any, ...]:
        return tuple(convert(data, list, [item.decode for item in items]))

    def convert(members: Any, accepted: type[Any], each: list[Convert]) -> list[Any]:
        if not isinstance(members, accepted) or len(members) != len(each):
            raise wrong(f"a series of {len(each)}", members)
        try:
            return [one(member) for one, member in zip(each, members, strict=True)]
        except Malformed:
            locate((f"[{index}]", each[index], member) for index, member in enumerate(members))
            raise

    return Converter(encode, decode)


def mapping(key: Converter, item: Converter) -> Converter:
    """A Mapping, in its own order; comes back as a dict."""
    if not key.is_text:
        raise TypeError("the keys of a mapping must be text on the wire")

    def encode(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise wrong("a mapping", value)
        return convert(value, key.encode, item.encode)

    def decode(data: Any) -> dict[Any, Any]:
        if type(data) is not dict:
            raise wrong("an object", data)
        return convert(data, key.decode, item.decode)

    def convert(members: Mapping[Any, Any], name: Convert, one: Convert) -> dict[Any, Any]:
        try:
            return {name(word): one(member) for word, member in members.items()}
        except Malformed:
            locate((f".keys()[{index}]", name, word) for index, word in enumerate(members.keys()))
            locate((f".values()[{index}]", one, member) for index, member in enumerate(members.values()))
            raise

    return Converter(encode, decode)


def record(kind: type, parts: Mapping[str, Converter], required: frozenset[str]) -> Converter:
    """An instance of the dataclass `kind`. `parts` may be filled after this call, before the first use."""

    def encode(value: Any) -> dict[str, Any]:
        if type(value) is not kind:
            raise wrong(kind.__name__, value)
        try:
            return {name: part.encode(getattr(value, name)) for name, part in parts.items()}
        except Malformed:
            locate((f".{name}", part.encode, getattr(value, name)) for name, part in parts.items())
            raise

    def decode(data: Any) -> Any:
        if type(data) is not dict:
            raise wrong(f"{kind.__name__} as an object", data)
        if unknown := data.keys() - parts.keys():
            raise Malformed(f"{kind.__name__} has no field {min(unknown)!r}")
        if missing := required - data.keys():
            raise Malformed("is missing", f".{min(missing)}")
        try:
            arguments = {name: parts[name].decode(member) for name, member in data.items()}
        except Malformed:
            locate((f".{name}", parts[name].decode, member) for name, member in data.items())
            raise
        try:
            return kind(**arguments)
        except ValueError as fault:
            raise Malformed(f"{kind.__name__} refuses its fields") from fault

    return Converter(encode, decode)


def tagged(members: Mapping[type, Converter]) -> Converter:
    """An instance of one of several dataclasses, written as an object of one entry: class name -> fields."""
    by_name = {kind.__name__: part for kind, part in members.items()}
    if len(by_name) < len(members):
        raise TypeError("the classes of a union need different names")

    def encode(value: Any) -> dict[str, Any]:
        part = members.get(type(value))
        if part is None:
            raise wrong(" or ".join(by_name), value)
        return {type(value).__name__: part.encode(value)}

    def decode(data: Any) -> Any:
        if type(data) is not dict or len(data) != 1:
            raise wrong("an object of one entry", data)
        [(name, fields)] = data.items()
        if name not in by_name:
            raise Malformed(f"expected {' or '.join(by_name)} as the name of the entry")
        return by_name[name].decode(fields)

    return Converter(encode, decode)
