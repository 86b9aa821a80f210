"""What a request may cost in calls between contexts: each would be a call over the network when they are lifted out."""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from finapp.app.catalogue import PLUGS
from finapp.app.main import create_app
from finapp.app.settings import Settings
from finapp.platform.plugs import Parts, Plug
from tests.acceptance import story
from tests.support import TODAY

BUDGETS = {
    "/accounts": (2, 2),
    "/analytics/summary": (10, 4),
    "/net-worth": (10, 4),
    "/reports/emergency-fund": (25, 10),
    "/fire/summary": (25, 10),
    "/dashboard": (110, 20),
}
"""Path -> calls of the first request, and of one when nothing has changed since. Raise one only with a reason."""


class Counted:
    """A facade that notes who is asked what."""

    def __init__(self, name: str, facade: Any, calls: Counter[str]) -> None:
        self._name, self._facade, self._calls = name, facade, calls

    def __getattr__(self, method: str) -> Any:
        found = getattr(self._facade, method)

        def ask(**arguments: Any) -> Any:
            self._calls[f"{self._name}.{method}"] += 1
            return found(**arguments)

        return ask


def counted(plug: Plug, calls: Counter[str]) -> Plug:
    def build(parts: Parts) -> Any:
        return Counted(plug.name, plug.build(parts), calls)

    return dataclasses.replace(plug, build=build)


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Counter[str]]]:
    """A signed-in household with six months of rows, and the calls between contexts so far."""
    calls: Counter[str] = Counter()
    settings = Settings(data=tmp_path_factory.mktemp("data"), today=TODAY)
    app = create_app(settings, [counted(plug, calls) for plug in PLUGS])
    with TestClient(app) as client:
        story.arrive(client)
        yield client, calls


def cost(client: TestClient, path: str, calls: Counter[str]) -> int:
    """How many calls between contexts one request makes."""
    calls.clear()
    story.get(client, path)
    return calls.total()


@pytest.mark.parametrize("path", BUDGETS)
def test_a_request_stays_within_its_budget_of_calls(path: str, household: tuple[TestClient, Counter[str]]) -> None:
    client, calls = household
    first, unchanged = BUDGETS[path]
    assert 0 < cost(client, path, calls) <= first, dict(calls)
    # The cheapest of three, because work in the background may still have changed something before one of them.
    assert min(cost(client, path, calls) for _ in range(3)) <= unchanged, dict(calls)
