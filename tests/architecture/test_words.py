"""The front doors are made of words: values that travel, errors with codes, and nothing that only works nearby."""

import dataclasses
import importlib
import inspect
import typing
from collections import Counter
from collections.abc import Iterator
from typing import Any, Protocol

import pytest

from finapp.kernel.errors import FinappError
from finapp.kernel.events import Event
from finapp.platform.codec import converter
from tests.architecture import contexts

MONEY_WORDS = set(
    "amount balance total income expense expenses price cost paid saved invested instalment principal interest payment "
    "worth proceeds gain outstanding salary rent fee".split()
)
STATISTICS = {"probability", "share", "confidence"}


def protocols(context: str) -> list[type]:
    return [kind for kind in contexts.public_classes(context) if getattr(kind, "_is_protocol", False)]


def methods(protocol: type) -> dict[str, Any]:
    """The methods a Protocol promises."""
    return {name: value for name, value in vars(protocol).items() if inspect.isfunction(value) and name[0] != "_"}


def faults_of_method(method: Any) -> list[str]:
    """Why a method cannot be asked from another process by keyword; empty when it can."""
    hints = typing.get_type_hints(method, include_extras=True)
    parameters = list(inspect.signature(method).parameters.values())[1:]
    faults = [f"{each.name} is not keyword-only" for each in parameters if each.kind is not each.KEYWORD_ONLY]
    faults += [f"{name} has no type" for name in [*(each.name for each in parameters), "return"] if name not in hints]
    for name, hint in hints.items():
        try:
            converter(hint)
        except TypeError as fault:
            faults.append(f"{name}: {fault}")
    return faults


def faults_of_keeper(keeper: type, protocol: type) -> list[str]:
    """Where a class that says it keeps a Protocol has another signature."""
    faults = []
    for name, promised in methods(protocol).items():
        kept = getattr(keeper, name, None)
        if kept is None:
            faults.append(f"{name} is missing")
        elif str(inspect.signature(kept)) != str(inspect.signature(promised)) or hints(kept) != hints(promised):
            faults.append(f"{name}{inspect.signature(kept)} is not {name}{inspect.signature(promised)}")
    return faults


def hints(method: Any) -> dict[str, Any]:
    return typing.get_type_hints(method, include_extras=True)


def money_as_float(kind: type) -> list[str]:
    """The fields of a value that are named like money, not like a statistic of it, and typed as float."""
    floats = [name for name, hint in typing.get_type_hints(kind).items() if "float" in repr(hint)]
    words = {name: set(name.split("_")) for name in floats}
    return [name for name in floats if words[name] & MONEY_WORDS and not words[name] & STATISTICS]


def is_frozen_and_made_by_keyword(kind: Any) -> bool:
    return kind.__dataclass_params__.frozen and all(field.kw_only for field in dataclasses.fields(kind))


@pytest.mark.parametrize("context", contexts.names())
def test_a_front_door_speaks_in_values_and_by_keyword(context: str) -> None:
    found = {
        f"{protocol.__name__}.{name}": faults
        for protocol in protocols(context)
        for name, method in methods(protocol).items()
        if (faults := faults_of_method(method))
    }
    assert protocols(context)
    assert not found


@pytest.mark.parametrize("context", contexts.names())
def test_the_local_implementation_keeps_its_protocol_to_the_letter(context: str) -> None:
    protocol = contexts.plug(context).protocol()
    keeper = getattr(contexts.room(context, "facade"), f"Local{protocol.__name__}")
    assert not faults_of_keeper(keeper, protocol)


@pytest.mark.parametrize("context", contexts.names())
def test_every_value_is_frozen_and_made_by_keyword(context: str) -> None:
    values = [kind for kind in contexts.public_classes(context) if dataclasses.is_dataclass(kind)]
    assert not [kind.__name__ for kind in values if not is_frozen_and_made_by_keyword(kind)]


@pytest.mark.parametrize("context", contexts.names())
def test_no_amount_is_a_float(context: str) -> None:
    values = [kind for kind in contexts.public_classes(context) if dataclasses.is_dataclass(kind)]
    assert not {kind.__name__: found for kind in values if (found := money_as_float(kind))}


@pytest.mark.parametrize("context", contexts.names())
def test_everything_public_is_a_word_of_a_known_kind(context: str) -> None:
    def is_word(kind: type) -> bool:
        is_error = issubclass(kind, FinappError)
        return is_error or dataclasses.is_dataclass(kind) or getattr(kind, "_is_protocol", False)

    assert not [kind.__name__ for kind in contexts.public_classes(context) if not is_word(kind)]


def refusals(kind: type[FinappError] = FinappError) -> Iterator[type[FinappError]]:
    """Every error of the product that has been imported."""
    if kind.__module__.startswith("finapp."):
        yield kind
    for below in kind.__subclasses__():
        yield from refusals(below)


def test_every_error_has_a_code_of_its_own() -> None:
    importlib.import_module("finapp.app.main")
    for context in contexts.names():
        for name in ("facade", "router"):
            contexts.room(context, name)
    errors = set(refusals())
    assert not [kind.__qualname__ for kind in errors if "code" not in vars(kind)]
    counted = Counter(kind.code for kind in errors)
    assert not [code for code, count in counted.items() if count > 1]


@pytest.mark.parametrize("context", contexts.names())
def test_an_announced_event_is_a_public_word_that_travels(context: str) -> None:
    for event in contexts.plug(context).announces():
        assert issubclass(event, Event)
        assert event in set(contexts.public_classes(context))
        converter(event)


class Crooked(Protocol):
    def positional(self, owner: str) -> str: ...
    def opaque(self, *, row: dict[str, Any]) -> None: ...
    def untyped(self, *, owner): ...  # type: ignore[no-untyped-def]


class LocalCrooked:
    def positional(self, *, owner: str) -> str: ...  # type: ignore[empty-body]
    def opaque(self, *, row: dict[str, Any], more: int = 0) -> None: ...


@dataclasses.dataclass(frozen=True, kw_only=True)
class Careless:
    total_paid: float | None
    probability_paid: float
    share: float


@dataclasses.dataclass(frozen=True)
class Positional:
    owner: str


def test_a_crooked_word_is_noticed() -> None:
    assert faults_of_method(Crooked.positional) == ["owner is not keyword-only"]
    assert len(faults_of_method(Crooked.opaque)) == 1
    assert faults_of_method(Crooked.untyped) == ["owner has no type", "return has no type"]
    assert len(faults_of_keeper(LocalCrooked, Crooked)) == 3
    assert money_as_float(Careless) == ["total_paid"]
    assert is_frozen_and_made_by_keyword(Careless)
    assert not is_frozen_and_made_by_keyword(Positional)
