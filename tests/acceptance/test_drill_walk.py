"""Every derived figure of the demo household, followed down to its leaves over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from finapp.app.demo.fill import fill_demo
from tests.acceptance.drill import API, Walk, holders
from tests.support import TODAY, application, sign_in

pytestmark = pytest.mark.acceptance

ANALYTICS = (
    "/analytics/summary",
    "/analytics/summary?from=2026-03-10&to=2026-05-20",
    "/analytics/typical-month",
    "/analytics/categories",
    "/analytics/merchants?limit=20",
    "/analytics/cashflow",
    "/analytics/cashflow?by=week",
    "/analytics/cashflow?by=payday",
    "/analytics/patterns",
    "/analytics/flow",
    "/analytics/trends",
    "/analytics/anomalies",
    "/analytics/bank-charges",
    "/analytics/passive-income",
    "/analytics/real",
    "/budgets",
    "/budgets/envelopes",
)
DASHBOARD = (
    "/dashboard",
    "/dashboard/kpis",
    "/dashboard/health-score",
    "/dashboard/next-rupee?amount=10000.00",
    "/dashboard/next-rupee?amount=10000.00&every=month",
    "/dashboard/digest",
    "/goals",
)
REPORTS = (
    "/reports/recurring-payments",
    f"/reports/recurring-payments/calendar?from={TODAY}&to=2026-08-14",
    "/reports/cash-forecast",
    "/reports/emergency-fund",
    "/reports/loan-prepayment",
    "/reports/salary-sweep",
)
FIRE = (
    "/fire/plan",
    "/fire/summary",
    "/fire/savings-rate",
    "/fire/runway",
    "/fire/projection",
    "/fire/simulation",
    "/fire/backtest",
    "/fire/solve?for=spending",
    "/fire/levers",
)
ASSETS = (
    "/net-worth",
    "/net-worth/timeline",
    "/net-worth/attribution?from=2026-01-01&to=2026-07-15",
    "/net-worth/projection",
    "/net-worth/snapshots",
    "/assets",
    "/liabilities",
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The demo household, with budgets, and what it says of prices."""
    with application(Path(tmp_path_factory.mktemp("walk"))) as client:
        filled = fill_demo(client, profile="in", seed=1, until=TODAY)
        sign_in(client, filled.email, filled.password)
        said = {"prices": {"rate": "0.05", "source": "own"}}
        assert client.put(f"{API}/analytics/settings", json=said).status_code == 200
        for category, rollover in (("g_food", True), ("dining", False), ("utilities", True)):
            body = {"category_id": category, "amount": "9000.00", "starts": "2026-04", "rollover": rollover}
            answer = client.post(f"{API}/budgets", json=body)
            assert answer.status_code in (201, 409), answer.text
        yield client


@pytest.fixture(scope="module")
def walk(demo: TestClient) -> Walk:
    """One walk, so that nothing is asked twice."""

    def get(path: str) -> Any:
        answer = demo.get(path)
        assert answer.status_code == 200, f"{path}: {answer.text[:300]}"
        return answer.json()

    return Walk(get)


@pytest.mark.parametrize("path", [*ANALYTICS, *DASHBOARD, *REPORTS, *FIRE, *ASSETS])
def test_every_figure_is_what_its_leaves_make(walk: Walk, path: str) -> None:
    before = len(walk.faults)
    walk.down(path)
    assert walk.faults[before:] == []


def test_the_walk_went_somewhere(walk: Walk) -> None:
    for path in (*ANALYTICS, *DASHBOARD):
        walk.down(path)
    assert walk.sums > 150
    assert walk.formulas > 300
    assert walk.inputs > 700


def test_a_wrong_figure_is_found(demo: TestClient) -> None:
    """The walk can fail: each kind of figure is changed a little, and each change is noticed."""

    def bent(path: str) -> Any:
        answer = demo.get(path).json()
        for holder in holders(answer):
            if holder["basis"]["formula"] == "analytics.summary":
                holder["income"] = str(float(holder["income"]) + 1)
                holder["savings_rate"] += 0.01
                holder["monthly"]["expenses"] = "1.00"
        return answer

    walk = Walk(bent)
    walk.down("/analytics/summary")
    said = " ".join(walk.faults)
    assert all(name in said for name in ("summary income", "summary savings_rate", "summary monthly.expenses"))


def test_the_timeline_is_net_worth_day_by_day(walk: Walk) -> None:
    points = walk.answer("/net-worth/timeline")["points"]
    for point in points[-3:]:
        assert walk.answer(f"/net-worth?as_of={point['date']}")["net_worth"] == point["net_worth"]


def test_the_calendar_is_of_known_streams(walk: Walk) -> None:
    streams = {stream["id"]: stream for stream in walk.answer("/reports/recurring-payments")["streams"]}
    items = walk.answer(f"/reports/recurring-payments/calendar?from={TODAY}&to=2026-08-14")["items"]
    assert items
    for item in items:
        assert (item["amount"] < "0") == (streams[item["stream_id"]]["direction"] == "out")
