"""Analytics over HTTP: shapes, refusals, and answers that are not computed twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support import client

API = "/api/v1"
PATHS = ("summary", "categories", "merchants", "cashflow", "typical-month")


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The product with a few rows in two accounts."""
    with client(Path(tmp_path_factory.mktemp("analytics"))) as signed_in:
        for name in ("Main", "Other"):
            account = {"name": name, "kind": "checking", "currency": "INR"}
            account_id = signed_in.post(f"{API}/accounts", json=account).json()["id"]
            for month in (4, 5, 6):
                for day, amount, text in ((1, "1000.00", "NEFT CR-ACME-SALARY"), (28, "-400.00", "UPI-SWIGGY")):
                    row = {"account_id": account_id, "date": f"2026-{month:02d}-{day:02d}", "amount": amount}
                    signed_in.post(f"{API}/transactions", json={**row, "description": text, "tags": [name]})
        yield signed_in


def test_rows_that_a_figure_names_add_up_to_it_over_http(http: TestClient) -> None:
    answer = http.get(f"{API}/analytics/summary").json()
    assert answer["months"] == ["2026-04", "2026-05", "2026-06"]
    assert (answer["income"], answer["expenses"], answer["saved"]) == ("6000.00", "2400.00", "3600.00")
    for name, sign in (("income", 1), ("expenses", -1), ("essential", -1), ("discretionary", -1)):
        rows = http.get(answer["basis"]["figures"][name]["transactions_query"]).json()["items"]
        assert sign * sum(float(row["amount"]) for row in rows) == float(answer[name])


def test_every_listed_category_and_merchant_finds_its_rows(http: TestClient) -> None:
    tree = http.get(f"{API}/analytics/categories", params={"from": "2026-06"}).json()
    shops = http.get(f"{API}/analytics/merchants").json()
    assert tree["items"]
    assert shops["items"]
    for item in (*tree["items"], *shops["items"]):
        rows = http.get(item["transactions_query"]).json()["items"]
        assert len(rows) == item["count"]
        assert abs(sum(float(row["amount"]) for row in rows)) == float(item["amount"])


def test_an_account_and_a_tag_narrow_the_figures(http: TestClient) -> None:
    account_id = http.get(f"{API}/accounts").json()["items"][0]["id"]
    by_account = http.get(f"{API}/analytics/summary", params={"account_id": account_id}).json()
    by_tag = http.get(f"{API}/analytics/summary", params={"tag": "Main"}).json()
    assert by_account["income"] == by_tag["income"] == "3000.00"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-02-30"}, "from"),
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-06", "to": "2026-05"}, "from"),
        ({"from": "2030-01"}, "from"),
        ({"include_transfers": "perhaps"}, "include_transfers"),
        ({"as_of": "NaN"}, "as_of"),
    ],
)
@pytest.mark.parametrize("path", ["summary", "categories", "merchants", "cashflow"])
def test_a_question_that_makes_no_sense_is_refused_by_field(
    http: TestClient, path: str, query: dict[str, str], field: str
) -> None:
    answer = http.get(f"{API}/analytics/{path}", params=query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_periods_are_of_known_kinds_and_not_too_many(http: TestClient) -> None:
    assert http.get(f"{API}/analytics/cashflow", params={"by": "fortnight"}).status_code == 422
    answer = http.get(f"{API}/analytics/cashflow", params={"by": "day", "from": "1950-01"})
    assert answer.json()["errors"][0]["field"] == "by"
    assert len(http.get(f"{API}/analytics/cashflow", params={"by": "week"}).json()["items"]) == 14


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_ledger_costs_a_304_and_a_changed_one_another_answer(http: TestClient, path: str) -> None:
    first = http.get(f"{API}/analytics/{path}")
    tag = {"If-None-Match": first.headers["etag"]}
    assert http.get(f"{API}/analytics/{path}", headers=tag).status_code == 304
    account_id = http.get(f"{API}/accounts").json()["items"][0]["id"]
    row = {"account_id": account_id, "date": "2026-07-02", "amount": "-1.00", "description": "UPI-SWIGGY"}
    made = http.post(f"{API}/transactions", json=row).json()["id"]
    assert http.get(f"{API}/analytics/{path}", headers=tag).status_code == 200
    assert http.delete(f"{API}/transactions/{made}").status_code == 204


def test_nobody_reads_without_signing_in(http: TestClient) -> None:
    answer = http.get(f"{API}/analytics/summary", headers={"Authorization": ""})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("path", "name"),
    [("analytics/summary", "form"), ("analytics/typical-month", "from"), ("budgets", "month"), ("dashboard", "tile")],
)
def test_a_query_parameter_that_is_unknown_is_refused_by_its_name(http: TestClient, path: str, name: str) -> None:
    answer = http.get(f"{API}/{path}", params={name: "2026-06"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, name)


@pytest.mark.parametrize("path", PATHS[:4])
def test_an_account_that_nobody_knows_is_not_found(http: TestClient, path: str) -> None:
    answer = http.get(f"{API}/analytics/{path}", params={"account_id": "01JUNKNOWN0000000000000000"})
    assert (answer.status_code, answer.json()["code"]) == (404, "account_not_found")
