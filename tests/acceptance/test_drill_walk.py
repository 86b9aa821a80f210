"""Every derived figure of the demo household, followed down to its leaves over HTTP."""

import copy
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
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
    "/analytics/categories/history?category_id=groceries",
    "/budgets",
    "/budgets/{id}",
    "/budgets/envelopes",
)
DASHBOARD = (
    "/dashboard",
    "/dashboard/kpis",
    "/dashboard/health-score",
    "/dashboard/next-rupee?amount=10000.00",
    "/dashboard/next-rupee?amount=10000.00&every=month",
    "/dashboard/insights",
    "/dashboard/digest",
    "/dashboard/year-end?year=2025&format=json",
    "/goals",
    "/goals/{id}",
)
REPORTS = (
    "/reports/recurring-payments",
    f"/reports/recurring-payments/calendar?from={TODAY}&to=2026-08-14",
    "/reports/cash-forecast",
    "/reports/emergency-fund",
    "/reports/loan-prepayment",
    "/reports/salary-sweep",
    "/reports/obligations",
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
    "/fire/plan/standing",
    "/fire/scenarios/comparison",
)
ASSETS = (
    "/net-worth",
    "/net-worth/timeline",
    "/net-worth/attribution?from=2026-01-01&to=2026-07-15",
    "/net-worth/projection",
    "/net-worth/snapshots",
    "/assets",
    "/assets/returns",
    "/liabilities",
    "/liabilities/{id}/schedule",
    "/liabilities/{id}/payments/matched",
    "/liquidations",
    "/liquidations/{id}",
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
        later = {"name": "Later", "own": {"withdrawal_rate": 0.035}}
        assert client.post(f"{API}/fire/scenarios", json=later).status_code == 201
        _sell(client)
        yield client


def _sell(client: TestClient) -> None:
    """Buys units of a fund, and sells a part of them."""

    def made(path: str, body: dict[str, Any]) -> str:
        answer = client.post(API + path, json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json().get("id"))

    fund = made("/assets", {"name": "Index fund", "kind": "fund", "currency": "INR"})
    for day, quantity, cost in (("2024-03-01", "100", "10000.00"), ("2025-09-01", "50", "6500.00")):
        made(f"/assets/{fund}/lots", {"date": day, "quantity": quantity, "cost": cost})
    made(f"/assets/{fund}/valuations", {"date": "2026-06-30", "value": "21000.00"})
    made("/liquidations", {"asset_id": fund, "date": "2026-03-02", "quantity": "40", "proceeds": "5600.00"})


@pytest.fixture(scope="module")
def walk(demo: TestClient) -> Walk:
    """One walk, so that nothing is asked twice."""

    def get(path: str) -> Any:
        answer = demo.get(path)
        assert answer.status_code == 200, f"{path}: {answer.text[:300]}"
        return answer.json()

    def post(path: str, body: Any) -> Any:
        answer = demo.post(API + path, json=body)
        assert answer.status_code == 200, f"{path}: {answer.text[:300]}"
        return answer.json()

    return Walk(get, post)


def _with_ids(walk: Walk, path: str) -> str:
    """The path with the id of the first of its kind, where it stands in braces after the list's own path."""
    listed, found, rest = path.partition("/{id}")
    if not found:
        return path
    return f"{listed}/{walk.answer(listed)['items'][0]['id']}{rest}"


PATHS = (*ANALYTICS, *DASHBOARD, *REPORTS, *FIRE, *ASSETS)


@pytest.mark.parametrize("path", PATHS)
def test_every_figure_is_what_its_leaves_make(walk: Walk, path: str) -> None:
    path = _with_ids(walk, path)
    before = len(walk.faults)
    walk.down(path)
    assert walk.faults[before:] == []


def derived(spec: Any) -> set[str]:
    """The GETs whose answer carries a basis, itself or in its parts, by the document that the product serves."""
    schemas = spec["components"]["schemas"]

    def explains(part: Any, seen: frozenset[str] = frozenset()) -> bool:
        if isinstance(part, list):
            return any(explains(each, seen) for each in part)
        if not isinstance(part, dict):
            return False
        name = str(part.get("$ref", "")).rpartition("/")[2]
        if name in seen:
            return False
        if name:
            return name == "Basis" or explains(schemas[name], seen | {name})
        return any(explains(each, seen) for each in part.values())

    asked = {path: found["get"]["responses"]["200"] for path, found in spec["paths"].items() if "get" in found}
    return {path for path, answer in asked.items() if explains(answer)}


def test_every_derived_answer_is_walked(demo: TestClient) -> None:
    spec = demo.get("/openapi.json").json()
    walked = {path.partition("?")[0] for path in PATHS}
    missing = {path for path in derived(spec) if not any(_fits(path, each) for each in walked)}
    assert missing == set()


def _fits(template: str, path: str) -> bool:
    pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
    return re.fullmatch(pattern, API + path) is not None


def test_the_walk_went_somewhere(walk: Walk) -> None:
    for path in (*ANALYTICS, *DASHBOARD):
        walk.down(_with_ids(walk, path))
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

    walk = Walk(bent, lambda path, body: None)
    walk.down("/analytics/summary")
    said = " ".join(walk.faults)
    assert all(name in said for name in ("summary income", "summary savings_rate", "summary monthly.expenses"))


@pytest.mark.parametrize(
    ("path", "bend"),
    [
        ("/fire/projection", lambda answer: answer.update(months=answer["months"] + 1)),
        ("/fire/simulation", lambda answer: answer.update(success_rate=answer["success_rate"] + 0.01)),
        ("/reports/loan-prepayment", lambda answer: answer["strategies"][0].update(total_interest="1.00")),
        ("/reports/salary-sweep", lambda answer: answer.update(gain="1.00")),
        ("/liabilities/{id}/schedule", lambda answer: answer["rows"][3].update(balance="1.00")),
        ("/net-worth/projection", lambda answer: answer["points"][5].update(assets="1.00")),
    ],
)
def test_a_wrong_answer_of_a_method_is_found(walk: Walk, path: str, bend: Callable[[Any], None]) -> None:
    whole = _with_ids(walk, path)
    bent = copy.deepcopy(walk.answer(whole))
    bend(bent)
    other = Walk(lambda asked: bent if asked == API + whole else walk.answer(asked), walk.post)
    other.down(whole)
    assert other.faults


def test_the_score_moves_little_from_one_day_to_the_next(walk: Walk) -> None:
    """At most a point within a month, and three when a month is complete and counts for the first time."""
    days = [TODAY - timedelta(days=number) for number in range(40, -1, -1)]
    scores = [walk.answer(f"/dashboard/health-score?as_of={day}")["score"] for day in days]
    for (before, _), (after, day) in pairwise(zip(scores, days, strict=True)):
        assert abs(after - before) <= (3 if day.day == 1 else 1), day


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
