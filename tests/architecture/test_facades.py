"""A facade is put together from parts that share one namespace: no part may hide what another one brings."""

import importlib
from itertools import pairwise

import pytest

from tests.architecture import contexts


def facade_of(context: str) -> type:
    """The class that keeps a context's promise in this process."""
    module = importlib.import_module(f"finapp.{context}.facade")
    found = [value for name, value in vars(module).items() if name == f"Local{context.capitalize()}"]
    assert len(found) == 1, f"{context} has {len(found)} facades"
    kept: type = found[0]
    return kept


def clashes(facade: type) -> dict[str, list[str]]:
    """The names that two unrelated parts of a class define, with the parts. A part may refine what it is derived
    from, which is meant; two parts that do not know each other cannot mean it."""
    parts: dict[str, list[type]] = {}
    for part in facade.__mro__[:-1]:
        for name in vars(part):
            if not name.startswith("__"):
                parts.setdefault(name, []).append(part)
    return {
        name: [each.__qualname__ for each in owners]
        for name, owners in parts.items()
        if any(not issubclass(first, later) for first, later in pairwise(owners))
    }


@pytest.mark.parametrize("context", contexts.names())
def test_no_part_of_a_facade_hides_what_another_brings(context: str) -> None:
    assert clashes(facade_of(context)) == {}


def test_a_name_that_two_parts_bring_is_noticed() -> None:
    class Rows:
        def _read(self) -> str:
            return "rows"

    class Rates:
        def _read(self) -> str:
            return "rates"

    class Ledger(Rows, Rates):
        pass

    class Journal(Rows):
        def _read(self) -> str:
            return "journal"

    assert list(clashes(Ledger)) == ["_read"]
    assert clashes(Journal) == {}
