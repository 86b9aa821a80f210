"""The screen on the whole product: its figures, and what is left of it when a neighbour fails."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from finapp.dashboard.facade import LocalDashboard, Neighbours
from finapp.dashboard.public import Overview
from finapp.kernel.errors import Unavailable
from tests.analytics.household_rows import MONTH
from tests.support import TODAY, client, database

NAMES = ("auth", "transactions", "assets", "analytics", "reports", "fire")
API = "/api/v1"
NARRATIONS = {
    "income_salary": "NEFT CR-ACME TECHNOLOGIES PVT LTD-SALARY",
    "housing": "UPI-R KUMAR-RENT FLAT 4B",
    "loan": "ACH D- HDFC LTD-HOME LOAN EMI",
    "investment": "ACH D- INDIAN CLEARING CORP-SIP",
    "dining": "UPI-SWIGGY",
    "groceries": "UPI-BIGBASKET",
    "utilities": "BIL/ONL/TATA POWER",
    "insurance": "ACH D- LIC OF INDIA-PREMIUM",
    "card_spending_unseen": "BILLPAY HDFC CREDIT CARD 4321",
    "transfer": "IMPS-SELF-TO OWN SAVINGS ACCOUNT",
}


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The product with the household of six equal months in its ledger."""
    with client(Path(tmp_path_factory.mktemp("screen"))) as signed_in:
        account = {"name": "Main", "kind": "checking", "currency": "INR", "opening_balance": "50000.00"}
        account_id = signed_in.post(f"{API}/accounts", json=account).json()["id"]
        for month in range(1, 7):
            for day, amount, category, *_ in MONTH:
                row = {"account_id": account_id, "date": f"2026-{month:02d}-{day:02d}", "amount": amount}
                answer = signed_in.post(f"{API}/transactions", json={**row, "description": NARRATIONS[category]})
                assert answer.status_code == 201, answer.text
        yield signed_in


def tiles(overview: Any) -> dict[str, Any]:
    """The tiles of an answer by name."""
    return {name: tile for name, tile in overview.items() if isinstance(tile, dict) and "status" in tile}


def test_one_call_answers_every_tile(http: TestClient) -> None:
    answer = http.get(f"{API}/dashboard").json()
    found = tiles(answer)
    assert set(found) == {
        "net_worth",
        "cash_flow",
        "savings",
        "runway",
        "emergency_fund",
        "obligations",
        "debt",
        "independence",
        "health_score",
        "goals",
        "budgets",
        "insights",
    }
    assert {tile["status"] for tile in found.values()} == {"ok"}
    assert {tile["as_of"] for tile in found.values()} == {TODAY.isoformat()}
    assert answer["complete"] is True


def test_the_tiles_say_what_the_household_is(http: TestClient) -> None:
    data = {name: tile["data"] for name, tile in tiles(http.get(f"{API}/dashboard").json()).items()}
    normal = data["cash_flow"]["normal"]
    assert (normal["income"], normal["expenses"], normal["debt_service"]) == ("120000.00", "50000.00", "30000.00")
    assert (normal["saved"], normal["invested"]) == ("40000.00", "10000.00")
    assert (data["cash_flow"]["this_month"], data["cash_flow"]["this_month_reason"]) == (None, "no_rows_yet")
    assert data["cash_flow"]["left_to_spend"] is None
    assert data["cash_flow"]["newest_row_on"] == "2026-06-25"
    assert abs(data["savings"]["savings_rate"] - 1 / 3) < 1e-6
    assert data["net_worth"]["net_worth"] == "140000.00"
    assert data["independence"]["fire_number"] == "15000000.00"
    assert data["emergency_fund"]["monthly_need"] == data["runway"]["monthly_need"] == "66800.00"
    assert data["debt"]["debt_free_on_reason"] == "loan_not_entered"
    assert data["obligations"]["total_out"] > "0"


def test_the_key_figures_are_those_of_the_tiles(http: TestClient) -> None:
    data = {name: tile["data"] for name, tile in tiles(http.get(f"{API}/dashboard").json()).items()}
    kpis = http.get(f"{API}/dashboard/kpis").json()
    assert kpis["net_worth"] == data["net_worth"]["net_worth"]
    assert kpis["savings_rate"] == data["savings"]["savings_rate"]
    assert kpis["emergency_months"] == data["emergency_fund"]["months"]
    assert kpis["independence_months"] == data["independence"]["months"]
    assert kpis["debt_service_to_income"] == 0.25
    inputs = kpis["basis"]["figures"]["debt_service_to_income"]["inputs"]
    assert [(each["id"], each["value"]) for each in inputs] == [("debt_service", "30000.00"), ("income", "120000.00")]
    assert kpis["complete"] is True


def test_the_health_score_is_the_one_on_its_tile(http: TestClient) -> None:
    tile = tiles(http.get(f"{API}/dashboard").json())["health_score"]["data"]
    alone = http.get(f"{API}/dashboard/health-score").json()
    assert alone == tile
    assert alone["coverage"] == 0.9
    missing = {each["name"]: each["value_reason"] for each in alone["components"] if each["value"] is None}
    assert missing == {"debt_to_assets": "loan_not_entered"}


class Broken:
    """A neighbour of which every question fails in one way; with `version`, it still says that."""

    def __init__(self, fail: Callable[[], Any], version: Any = None) -> None:
        self._fail, self._version = fail, version

    def __getattr__(self, name: str) -> Any:
        if name == "version" and self._version is not None:
            return self._version

        def method(**_: Any) -> Any:
            return self._fail()

        return method


def down() -> Any:
    raise Unavailable()


def fault() -> Any:
    raise RuntimeError("a fault of its own")


RESTS_ON = {
    "auth": {"obligations", "debt", "insights"},
    "transactions": {"cash_flow", "obligations", "insights"},
    "assets": {"net_worth", "debt", "health_score"},
    "analytics": {"cash_flow", "savings", "debt", "health_score", "insights"},
    "reports": {"emergency_fund", "obligations", "health_score", "insights"},
    "fire": {"runway", "independence"},
}


@pytest.fixture
def broken(http: TestClient, tmp_path: Path) -> Iterator[Callable[..., LocalDashboard]]:
    """A dashboard among the product's own neighbours, one of them broken."""
    stored = database("dashboard", tmp_path)

    def build(context: str, fail: Callable[[], Any], seconds: float = 20, says_version: bool = False) -> LocalDashboard:
        facades: dict[str, Any] = {name: http.app.state.facades[name] for name in NAMES}  # type: ignore[attr-defined]
        facades[context] = Broken(fail, facades[context].version if says_version else None)
        near = Neighbours(**facades)
        return LocalDashboard(database=stored, neighbours=near, seconds=seconds, first_seconds=seconds)

    yield build
    stored.close()


def owner(http: TestClient) -> str:
    found: str = http.get(f"{API}/auth/me").json()["household_id"]
    return found


def unavailable(overview: Overview) -> dict[str, str]:
    """The tiles that are missing, with the reason."""
    found = {name: tile for name, tile in vars(overview).items() if name in {*RESTS_ON["fire"], *all_tiles()}}
    assert all((tile.data is None) == (tile.status == "unavailable") for tile in found.values())
    return {name: tile.reason for name, tile in found.items() if tile.status == "unavailable"}


def all_tiles() -> set[str]:
    return set().union(*RESTS_ON.values()) | {"goals"}


@pytest.mark.parametrize("fail", [down, fault])
@pytest.mark.parametrize("context", NAMES)
def test_a_broken_neighbour_costs_its_own_tiles_only(
    http: TestClient, broken: Callable[..., LocalDashboard], context: str, fail: Callable[[], Any]
) -> None:
    overview = broken(context, fail).dashboard(owner=owner(http), as_of=TODAY)
    missing = unavailable(overview)
    assert set(missing) == RESTS_ON[context]
    assert {reason.split(":")[0] for reason in missing.values()} == {"down" if fail is down else "failed"}
    assert overview.complete is False


@pytest.mark.parametrize("context", ["reports", "fire"])
def test_a_slow_neighbour_costs_its_own_tiles_only_and_its_own_time(
    http: TestClient, broken: Callable[..., LocalDashboard], context: str
) -> None:
    http.get(f"{API}/dashboard")
    released = threading.Event()
    dashboard = broken(context, lambda: released.wait(30), seconds=1)
    before = time.monotonic()
    overview = dashboard.dashboard(owner=owner(http), as_of=TODAY)
    took = time.monotonic() - before
    released.set()
    assert took < 4
    missing = unavailable(overview)
    assert RESTS_ON[context] <= set(missing)
    assert {reason.split(":")[0] for reason in missing.values()} == {"slow"}


@pytest.mark.parametrize("context", NAMES)
def test_key_figures_and_score_name_what_could_not_be_asked(
    http: TestClient, broken: Callable[..., LocalDashboard], context: str
) -> None:
    dashboard = broken(context, down)
    kpis = dashboard.kpis(owner=owner(http), as_of=TODAY)
    score = dashboard.health_score(owner=owner(http), as_of=TODAY)
    reasons = {name.removesuffix("_reason") for name, value in vars(kpis).items() if value == "unavailable"}
    assert all(getattr(kpis, name) is None for name in reasons)
    assert kpis.complete is (not reasons)
    unknown = {each.name for each in score.components if each.value_reason == "unavailable"}
    assert score.complete is (not unknown)
    expected = {
        "auth": {"currency"},
        "fire": {"runway_months", "independence_progress", "independence_months"},
        "reports": {"emergency_months"},
        "assets": {"net_worth", "debt_to_assets"},
    }
    assert reasons == expected.get(context, reasons)
    assert unknown == {"reports": {"emergency_cover", "on_time_payments", "insurance"}, "fire": set()}.get(
        context, unknown
    )


@pytest.mark.parametrize("says_version", [True, False])
def test_an_answer_with_a_tile_missing_is_not_kept(
    http: TestClient, broken: Callable[..., LocalDashboard], says_version: bool
) -> None:
    facades = http.app.state.facades  # type: ignore[attr-defined]
    whole, day = facades["dashboard"], date(2026, 7, 13 + says_version).isoformat()
    facades["dashboard"] = broken("fire", down, says_version=says_version)
    partly = http.get(f"{API}/dashboard", params={"as_of": day})
    facades["dashboard"] = whole
    complete = http.get(f"{API}/dashboard", params={"as_of": day})
    assert partly.status_code == 200
    assert "etag" not in partly.headers
    assert (partly.json()["complete"], complete.json()["complete"]) == (False, True)
    again = http.get(f"{API}/dashboard", params={"as_of": day}, headers={"If-None-Match": complete.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/accounts", {"name": "New", "kind": "cash", "currency": "INR"}),
        ("/assets", {"name": "Gold", "kind": "gold", "currency": "INR"}),
        ("/goals", {"name": "Car", "target_amount": "1000.00"}),
    ],
)
def test_a_write_anywhere_is_another_version_of_the_screen(http: TestClient, path: str, body: dict[str, str]) -> None:
    before = http.get(f"{API}/dashboard").headers["etag"]
    assert http.post(f"{API}{path}", json=body).status_code == 201
    assert http.get(f"{API}/dashboard").headers["etag"] != before
