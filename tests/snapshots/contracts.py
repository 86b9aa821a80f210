"""The contracts of the running product, as plain data that can be compared and committed."""

import dataclasses
import inspect
import json
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from finapp.app.catalogue import PLUGS
from finapp.app.main import create_app
from finapp.app.settings import Settings

HERE = Path(__file__).parent
OPENAPI, FACADES = HERE / "openapi.json", HERE / "facades.json"

Json = Any


def openapi(directory: Path) -> Json:
    """The OpenAPI document that the product serves."""
    app = create_app(Settings(data=directory))
    try:
        return json.loads(json.dumps(app.openapi()))
    finally:
        app.state.stop()


def facades() -> Json:
    """Every method of every Protocol, and every value its signature reaches."""
    found: dict[str, Json] = {}
    for plug in PLUGS:
        values: dict[str, Json] = {}
        methods = {
            name: _method(member, values)
            for name, member in vars(plug.protocol()).items()
            if inspect.isfunction(member) and not name.startswith("_")
        }
        found[plug.name] = {"methods": methods, "values": dict(sorted(values.items()))}
    return found


def _method(member: Any, values: dict[str, Json]) -> Json:
    hints = typing.get_type_hints(member, include_extras=True)
    for hint in hints.values():
        _collect(hint, values)
    parameters = inspect.signature(member).parameters.values()
    required = [one.name for one in parameters if one.default is one.empty and one.name != "self"]
    return {"hints": {name: _name(hint) for name, hint in hints.items()}, "required": required}


def _collect(hint: Any, values: dict[str, Json]) -> None:
    for part in typing.get_args(hint):
        _collect(part, values)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type) and hint.__name__ not in values:
        hints = typing.get_type_hints(hint, include_extras=True)
        values[hint.__name__] = {name: _name(kind) for name, kind in hints.items()}
        for kind in hints.values():
            _collect(kind, values)


def _name(hint: Any) -> str:
    text = hint.__name__ if isinstance(hint, type) and not typing.get_args(hint) else str(hint)
    # An object's address in an annotation would differ from run to run.
    return text.split(" object at ")[0].replace("typing.", "")


def breaking(before: Json, after: Json) -> list[str]:
    """What whoever relies on `before` would miss in `after`: anything removed or changed.

    Additions are harmless, except a newly required parameter or field of a request. A field that answers always had
    and now may lack is missed, too.
    """
    return list(_missed(before, after, "", taken(before) | taken(after)))


def _missed(before: Json, after: Json, path: str, sent: set[str]) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        yield from (f"{path}/{name} is gone" for name in before if name not in after)
        for name in before.keys() & after.keys() - {"description", "summary", "title", "operationId"}:
            yield from _missed(before[name], after[name], f"{path}/{name}", sent)
    elif isinstance(before, list) and isinstance(after, list):
        if not path.endswith("/required"):
            yield from (f"{path}: {item} is gone" for item in before if item not in after)
        elif _is_sent(path, sent):
            yield from (f"{path}: {name} is now required" for name in after if name not in before)
        else:
            yield from (f"{path}: {name} may now be missing" for name in before if name not in after)
    elif not _is_wider(before, after):
        yield f"{path}: {before} became {after}"


def _is_wider(before: Json, after: Json) -> bool:
    """Whether it says the same, or is a set of words that has only grown."""
    words = [re.fullmatch(r"Literal\[(.*)\]", each) for each in (before, after) if isinstance(each, str)]
    if len(words) == 2 and all(words):
        old, new = (set(found[1].split(", ")) for found in words if found)
        return old <= new
    return bool(before == after)


def _is_sent(path: str, sent: set[str]) -> bool:
    """Whether a place in a contract describes what a client sends: all that is no answer and in no answer only."""
    schema = re.match(r"/components/schemas/([^/]+)/", path)
    return schema[1] in sent if schema else "/responses/" not in path


def taken(document: Json) -> set[str]:
    """The schemas of an OpenAPI document that a request can hold."""
    schemas = document.get("components", {}).get("schemas", {}) if isinstance(document, dict) else {}
    found: set[str] = set()
    waiting = [
        operation.get(part, {})
        for operations in (document.get("paths", {}) if isinstance(document, dict) else {}).values()
        for operation in operations.values()
        for part in ("requestBody", "parameters")
    ]
    while waiting:
        for name in set(re.findall(r"#/components/schemas/([^\"\s]+)", json.dumps(waiting.pop()))) - found:
            found.add(name)
            waiting.append(schemas.get(name, {}))
    return found


def text(contract: Json) -> str:
    """As it is committed."""
    return json.dumps(contract, indent=1, sort_keys=True) + "\n"
