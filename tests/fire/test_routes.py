"""The routes: shapes, reasons and refusals, on the facade with small neighbours."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from finapp.platform.codec import from_bytes, to_bytes
from tests.fire.served import served

PLAN: dict[str, Any] = {"portfolio": "1000000", "annual_spending": "40000", "years": 30}
DRAWN = {**PLAN, "mean": 0.05, "volatility": "0.12", "paths": 2000}


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("fire")) as client:
        yield client


def posted(http: TestClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = http.post(f"/fire/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize("path", ["plan", "summary", "projection", "runway", "savings-rate", "levers"])
def test_each_reading_carries_its_day_and_basis_and_a_tag_that_saves_asking_again(http: TestClient, path: str) -> None:
    answer = http.get(f"/fire/{path}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["as_of"] == "2026-07-15"
    assert answer.json()["basis"]["formula"].startswith("fire.")
    again = http.get(f"/fire/{path}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_projection_answers_the_outlined_fields(http: TestClient) -> None:
    body = {
        "invested": "2000000",
        "monthly_savings": "60000",
        "annual_expenses": "720000",
        "withdrawal_rate": "0.04",
        "real_return": 0.05,
        "age": 30,
        "retirement_age": 60,
    }
    found = posted(http, "projection", body)
    assert (found["fire_number"], found["status"], found["months"]) == ("18000000.00", "on_course", 166)
    assert found["date"] == "2040-05-15"
    assert found["coast_number"] == "4164794.08"
    assert found["currency"] == "INR"
    assert found["path"][0] == {
        "month": 0,
        "date": "2026-07-15",
        "invested": "2000000.00",
        "contributed": "0.00",
        "growth": "0.00",
    }


def test_a_simulation_answers_the_same_bytes_for_the_same_request(http: TestClient) -> None:
    first, second = (http.post("/fire/simulation", json=DRAWN).content for _ in range(2))
    assert first == second
    found = posted(http, "simulation", DRAWN)
    assert set(found) >= {
        "success_rate",
        "standard_error",
        "interval",
        "percentiles",
        "depletion_years",
        "shortfall",
        "seed",
        "conventions",
    }
    assert len(found["percentiles"]["wealth"]["p50"]) == 31
    assert len(found["percentiles"]["spending"]["p50"]) == 30
    assert found["conventions"]["timing"] == "start"
    assert found["conventions"]["terms"] == "real"


@pytest.mark.parametrize(
    "series",
    [
        [0.05, "0.10", -0.2, 0.07],
        [{"year": 2000, "return": 0.05}, {"year": 2001, "return": "-0.10"}],
        [
            {"year": 2000, "stock_total_return": 0.1, "bond10y_total_return": 0.02, "cpi_inflation": 0.02},
            {"year": 2001, "stock_total_return": -0.1, "bond10y_total_return": 0.05, "cpi_inflation": 0.03},
        ],
    ],
)
def test_a_series_of_the_users_own_may_be_numbers_or_rows(http: TestClient, series: list[Any]) -> None:
    several = isinstance(series[0], dict) and len(series[0]) > 2
    body = {**PLAN, "model": "bootstrap", "series": series, "paths": 500}
    if several:
        body["allocation"] = {"stocks": 0.5, "bonds": "0.5"}
    found = posted(http, "simulation", body)
    assert found["conventions"]["series"] == "the request's own rows"


def test_the_built_in_series_names_its_source(http: TestClient) -> None:
    found = posted(http, "backtest", {**PLAN, "series": "us_annual", "allocation": {"stocks": 0.6, "bonds": 0.4}})
    assert "A. Damodaran, NYU Stern" in found["conventions"]["series"]
    assert (len(found["cohorts"]), found["excluded"]) == (68, 29)
    assert found["cohorts"][0].keys() >= {"start", "success", "years_funded", "final"}
    assert found["worst"]["start"] == "1966"
    assert 0.036 < found["safemax"] < 0.039


def test_the_table_of_the_literature_counts_success_by_rate_and_allocation(http: TestClient) -> None:
    table = {"rates": [0.03, 0.04, 0.05], "stock_shares": [0, 0.5, 1], "years": [30, 98]}
    cells = posted(http, "backtest", {**PLAN, "table": table})["table"]
    assert len(cells) == 18
    by_rate = [cell["success_rate"] for cell in cells if cell["years"] == 30 and cell["stock_share"] == 0.5]
    assert by_rate == sorted(by_rate, reverse=True)
    assert {cell["success_rate_reason"] for cell in cells if cell["years"] == 98} == {"no_complete_cohort"}


def test_solving_meets_the_success_and_one_cent_more_would_not(http: TestClient) -> None:
    solved = posted(http, "solve", {**DRAWN, "for": "spending", "success": 0.95})
    assert solved["success_rate"] >= 0.95
    at_value = posted(http, "simulation", {**DRAWN, "annual_spending": solved["value"]})
    assert at_value["success_rate"] == solved["success_rate"]
    more = f"{float(solved['value']) + 0.01:.2f}"
    assert posted(http, "simulation", {**DRAWN, "annual_spending": more})["success_rate"] < 0.95


def test_solving_for_the_portfolio_needs_none_and_for_savings_needs_years_to_save(http: TestClient) -> None:
    body = {name: value for name, value in DRAWN.items() if name != "portfolio"}
    assert float(posted(http, "solve", {**body, "for": "portfolio"})["value"]) > 1_000_000
    refused = http.post("/fire/solve", json={**DRAWN, "for": "savings"})
    assert refused.json()["errors"][0]["field"] == "retire_after_years"
    saving = {**DRAWN, "portfolio": "100000", "years": 45, "retire_after_years": 15, "for": "savings"}
    assert float(posted(http, "solve", saving)["value"]) > 0
    age = {**DRAWN, "portfolio": "300000", "contributions": "30000", "years": 60, "age": 35, "for": "retirement_age"}
    solved = posted(http, "solve", age)
    assert solved["unit"] == "years"
    assert 35 < float(solved["value"]) < 95


def test_a_needed_portfolio_is_at_least_what_is_locked(http: TestClient) -> None:
    locked = {
        **DRAWN,
        "volatility": 0,
        "mean": 0,
        "paths": 1,
        "for": "portfolio",
        "locked": "500000",
        "locked_years": 30,
    }
    solved = posted(http, "solve", {**locked, "portfolio": "0"})
    assert solved["value"] == "1700000.00"


def test_every_rule_is_listed_with_its_source_and_runs_with_the_parameters_shown(http: TestClient) -> None:
    items = http.get("/fire/strategies").json()["items"]
    assert len(items) >= 15
    assert all(len(item["source"]) > 10 for item in items)
    needed = {"cape": {"cape": 25}, "custom_floor": {"floor_amount": "30000"}}
    for item in items:
        rule = {"kind": item["kind"], **needed.get(item["kind"], {})}
        found = posted(http, "simulation", {**DRAWN, "paths": 50, "age": 65, "strategy": rule})
        assert found["conventions"]["strategy"] == item["kind"]


def test_a_tax_may_be_one_rate_or_dated_ones(http: TestClient) -> None:
    one = posted(http, "simulation", {**DRAWN, "withdrawal_tax": 0.1})
    dated = posted(http, "simulation", {**DRAWN, "withdrawal_tax": [{"rate": "0.1", "start": "2026-01-01"}]})
    assert one["success_rate"] == dated["success_rate"] < posted(http, "simulation", DRAWN)["success_rate"]
    two = {**DRAWN, "earners": [{"name": "A", "amount": "10000", "years": 5}, {"amount": "5000.00", "years": 9}]}
    assert posted(http, "simulation", two)["success_rate"] > one["success_rate"]


def test_a_rule_may_be_named_alone(http: TestClient) -> None:
    named = posted(http, "simulation", {**DRAWN, "strategy": "guyton_klinger"})
    assert named == posted(http, "simulation", {**DRAWN, "strategy": {"kind": "guyton_klinger"}})
    refused = http.post("/fire/simulation", json={**DRAWN, "strategy": "martingale"})
    assert refused.json()["errors"][0]["field"] == "strategy.kind"


def test_levers_are_ranked_by_the_months_they_save(http: TestClient) -> None:
    found = http.get("/fire/levers").json()["levers"]
    saved = [lever["months_saved"] for lever in found]
    assert saved == sorted(saved, reverse=True)
    assert [lever["rank"] for lever in found] == list(range(1, len(found) + 1))


def test_a_runway_takes_one_amount_or_tiers_and_one_need_or_its_parts(http: TestClient) -> None:
    whole = posted(http, "runway", {"liquid": "300000", "monthly_need": "50000"})
    parts = posted(
        http,
        "runway",
        {"liquid": {"today": "100000", "days": "200000"}, "monthly_essential": "20000", "debt_service": "30000"},
    )
    assert (whole["months"], parts["months"]) == (6, 6)
    assert http.post("/fire/runway", json={"liquid": "1"}).status_code == 422


@pytest.mark.parametrize(
    ("path", "change", "field"),
    [
        ("simulation", {"paths": 0}, "paths"),
        ("simulation", {"paths": 10**9}, "paths"),
        ("simulation", {"years": -1}, "years"),
        ("simulation", {"mean": "NaN"}, "mean"),
        ("simulation", {"mean": None, "model": "bootstrap", "series": [0.05]}, "series"),
        ("simulation", {"mean": None, "allocation": {"stocks": 0.5, "bonds": 0.4}}, "allocation"),
        ("simulation", {"strategy": {"kind": "martingale"}}, "strategy.kind"),
        ("simulation", {"portfolio": 1000000}, "portfolio"),
        ("simulation", {"paths": 1.5}, "paths"),
        ("simulation", {"invented": 1}, "invented"),
        ("simulation", {"steps_per_year": 4}, "steps_per_year"),
        ("simulation", {"retirement_age": 60}, "age"),
        ("simulation", {"model": "historical", "mean": None, "open_path": 68}, "open_path"),
        ("solve", {"for": "portfolio", "annual_spending": None}, "annual_spending"),
        ("backtest", {"years": 98}, "years"),
        ("backtest", {"series": "nifty"}, "series"),
        ("solve", {"for": "happiness"}, "for"),
        ("solve", {"for": "spending", "success": 1.5}, "success"),
    ],
)
def test_bad_input_is_refused_with_its_field(http: TestClient, path: str, change: dict[str, Any], field: str) -> None:
    base = PLAN if path == "backtest" else DRAWN
    answer = http.post(f"/fire/{path}", json={**base, **change})
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == field


def test_the_plan_is_changed_by_put_and_read_back(http: TestClient) -> None:
    answer = http.put("/fire/plan", json={"annual_expenses": "650000.00", "withdrawal_rate": 0.035, "birth_year": 1990})
    assert answer.status_code == 200, answer.text
    read = http.get("/fire/plan").json()
    assert read == answer.json()
    assert (read["annual_expenses"]["origin"], read["withdrawal_rate"]["value"]) == ("own", 0.035)
    assert http.put("/fire/plan", json={"withdrawal_rate": 0}).json()["errors"][0]["field"] == "withdrawal_rate"
    assert http.put("/fire/plan", json={}).json()["annual_expenses"]["origin"] == "derived"


def test_answers_cross_the_wire_unchanged(http: TestClient) -> None:
    """What a facade takes and gives keeps its value in the wire format of services."""
    from finapp.fire.domain.simulation import simulate
    from finapp.fire.public import BacktestRequest, Simulation
    from tests.fire.futures import plan, us_annual

    found = simulate(plan(paths=50, open_path=3), us_annual())
    assert from_bytes(to_bytes(found, Simulation), Simulation) == found
    asked = BacktestRequest(simulation=plan())
    assert from_bytes(to_bytes(asked, BacktestRequest), BacktestRequest) == asked


PROJECTED = {"invested": "100", "monthly_savings": "10", "annual_expenses": "10", "real_return": 0.03}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("projection", {**PROJECTED, "invested": "100.123"}, "invested"),
        ("projection", {**PROJECTED, "invested": "100.5", "currency": "JPY"}, "invested"),
        ("projection", {**PROJECTED, "flows": [{"amount": "1.001", "year": 2}]}, "flows.0.amount"),
        ("simulation", {**DRAWN, "portfolio": "1000000.001"}, "portfolio"),
        ("simulation", {**DRAWN, "strategy": {"kind": "constant_real", "bequest": "0.001"}}, "strategy.bequest"),
        ("backtest", {**PLAN, "locked": "0.001"}, "locked"),
    ],
)
def test_money_finer_than_its_currency_is_refused_by_its_field(
    http: TestClient, path: str, body: dict[str, Any], field: str
) -> None:
    answer = http.post(f"/fire/{path}", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
