"""JSON that is read an item at a time: the C reader lets no other thread go on before it has read the last byte."""

import json
import re
from typing import Any

_value_at = json.JSONDecoder().raw_decode
_SPACE = re.compile(r"[ \t\n\r]*")
_AFTER_ITEM = re.compile(r"[ \t\n\r]*([,\]])[ \t\n\r]*")
_AFTER_MEMBER = re.compile(r"[ \t\n\r]*([,}])[ \t\n\r]*")
_COLON = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")


def loads(content: bytes) -> Any:
    """What `json.loads` says, and raises. Of an object, the members are read one by one, and so are those of a list
    that is one of them."""
    try:
        text = content.decode(json.detect_encoding(content), "surrogatepass")
        found, end = _object(text, _space(text, 0))
        if _space(text, end) == len(text):
            return found
    except ValueError:
        pass
    return json.loads(content)


def _object(text: str, at: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    at, more = _opened(text, at, "{", "}")
    while more:
        name, at = _value_at(text, at)
        if not isinstance(name, str):
            raise ValueError("a name is a text")
        at = _passed(_COLON, text, at).end()
        found[name], at = _list(text, at) if text.startswith("[", at) else _value_at(text, at)
        following = _passed(_AFTER_MEMBER, text, at)
        at, more = following.end(), following[1] == ","
    return found, at


def _list(text: str, at: int) -> tuple[list[Any], int]:
    found = []
    at, more = _opened(text, at, "[", "]")
    while more:
        item, at = _value_at(text, at)
        found.append(item)
        following = _passed(_AFTER_ITEM, text, at)
        at, more = following.end(), following[1] == ","
    return found, at


def _opened(text: str, at: int, begin: str, end: str) -> tuple[int, bool]:
    """Where the first thing between two brackets stands, or what follows them when there is none."""
    if not text.startswith(begin, at):
        raise ValueError(f"begins with no {begin}")
    at = _space(text, at + 1)
    return (at + 1, False) if text.startswith(end, at) else (at, True)


def _space(text: str, at: int) -> int:
    return _passed(_SPACE, text, at).end()


def _passed(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    found = pattern.match(text, at)
    if found is None:
        raise ValueError(f"does not go on as JSON does at {at}")
    return found
