"""The reports over HTTP: from the household's data, from given inputs, and refusals with the field at fault."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finapp.assets.public import RateChange
from tests.reports.support import HOME, Neighbours, client, household_rows


def loan(**changes: Any) -> dict[str, Any]:
    return {"id": "home", "outstanding": "2500000.00", "annual_rate": 0.085, "months": 180, **changes}


def accounts(**changes: Any) -> list[dict[str, Any]]:
    first = {"id": "salary", "balance": "20000.00", "annual_rate": "0.03", "minimum": "5000.00", **changes}
    return [first, {"id": "saver", "balance": "0.00", "annual_rate": "0.07"}]


def test_recurring_payments_come_from_the_households_rows_and_keep_its_word(tmp_path: Path) -> None:
    with client(tmp_path, Neighbours()) as http:
        found = http.get("/reports/recurring-payments").json()
        assert {(s["direction"], s["frequency"], s["anchor"]) for s in found["streams"]} == {
            ("in", "monthly", "day 1"),
            ("out", "monthly", "day 5"),
            ("out", "monthly", "day 7"),
        }
        assert found["monthly_out"] == "55000.00"
        assert found["basis"]["rows"]["count"] == 36
        rent = next(s for s in found["streams"] if s["anchor"] == "day 7")
        path = f"/reports/recurring-payments/{rent['id']}"
        assert http.patch(path, json={"decision": "confirmed", "name": "Rent"}).json()["name"] == "Rent"
        again = http.get("/reports/recurring-payments").json()["streams"]
        assert next(s for s in again if s["id"] == rent["id"])["decision"] == "confirmed"
        http.patch(path, json={"decision": "dismissed"})
        after = http.get("/reports/recurring-payments").json()
        assert (len(after["streams"]), [s["name"] for s in after["dismissed"]]) == (2, ["Rent"])
        assert http.patch(path, json={"decision": None}).json()["decision"] is None
        assert len(http.get("/reports/recurring-payments").json()["streams"]) == 3
        assert http.patch(f"{path}x", json={"name": "x"}).status_code == 404


def test_streams_are_split_and_merged_by_the_user(tmp_path: Path) -> None:
    with client(tmp_path, Neighbours()) as http:
        path = "/reports/recurring-payments"
        rent = next(s for s in http.get(path).json()["streams"] if s["anchor"] == "day 7")
        some = rent["transaction_ids"][:6]
        items = http.post(f"{path}/{rent['id']}/split", json={"transaction_ids": some}).json()["items"]
        assert [one["transaction_ids"] for one in items] == [some, rent["transaction_ids"][6:]]
        assert len(http.get(path).json()["streams"]) == 4
        merged = http.post(f"{path}/merge", json={"stream_ids": [one["id"] for one in items]}).json()
        assert merged["transaction_ids"] == rent["transaction_ids"]
        assert len(http.get(path).json()["streams"]) == 3


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("merge", {"stream_ids": ["rent", "salary"]}, "stream_ids"),
        ("merge", {"stream_ids": ["rent", "rent"]}, "stream_ids"),
        ("rent/split", {"transaction_ids": ["m0", "m3"]}, "transaction_ids.0"),
        ("rent/split", {"transaction_ids": ["m2"]}, "transaction_ids"),
    ],
)
def test_merges_and_splits_that_make_no_sense_are_refused(
    tmp_path: Path, path: str, body: dict[str, list[str]], field: str
) -> None:
    with client(tmp_path, Neighbours()) as http:
        streams = http.get("/reports/recurring-payments").json()["streams"]
        known = {
            name: s["id"]
            for s in streams
            for name, day in (("rent", "day 7"), ("salary", "day 1"))
            if s["anchor"] == day
        }
        asked = {key: [known.get(one, one) for one in values] for key, values in body.items()}
        answer = http.post(f"/reports/recurring-payments/{path.replace('rent', known['rent'])}", json=asked)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == field
        assert len(http.get("/reports/recurring-payments").json()["streams"]) == 3


def test_obligations_are_what_can_be_relied_on(tmp_path: Path) -> None:
    with client(tmp_path, Neighbours()) as http:
        rent = next(s for s in http.get("/reports/recurring-payments").json()["streams"] if s["anchor"] == "day 7")
        http.patch(f"/reports/recurring-payments/{rent['id']}", json={"decision": "confirmed", "name": "Rent"})
        answer = http.get("/reports/obligations").json()
        assert [(one["name"], one["confirmed"], one["next_on"]) for one in answer["items"]][-1] == (
            "Rent",
            True,
            "2026-08-07",
        )
        assert (answer["monthly_in"], answer["monthly_out"]) == ("120000.00", "55000.00")
        assert http.get("/reports/obligations?nonsense=1").status_code == 422


def test_an_unchanged_report_is_not_sent_twice(tmp_path: Path) -> None:
    with client(tmp_path, Neighbours()) as http:
        first = http.get("/reports/recurring-payments")
        again = http.get("/reports/recurring-payments", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304


def test_the_calendar_shows_expected_days(tmp_path: Path) -> None:
    with client(tmp_path, Neighbours()) as http:
        answer = http.get("/reports/recurring-payments/calendar?from=2026-08-01&to=2026-08-31").json()
        assert [(item["date"], item["amount"]) for item in answer["items"]] == [
            ("2026-08-01", "120000.00"),
            ("2026-08-05", "-30000.00"),
            ("2026-08-07", "-25000.00"),
        ]
        assert http.get("/reports/recurring-payments/calendar?from=2026-08-01&to=2026-07-01").status_code == 422


def test_the_feed_is_a_calendar_that_other_programs_read(tmp_path: Path) -> None:
    """RFC 5545: CRLF line ends, lines of at most 75 octets, one event per expected day with a lasting id."""
    with client(tmp_path, Neighbours()) as http:
        answer = http.get("/reports/recurring-payments/calendar.ics")
        assert answer.headers["content-type"].startswith("text/calendar")
        lines = answer.content.split(b"\r\n")
        assert (lines[0], lines[-2], lines[-1]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"")
        assert all(len(line) <= 75 for line in lines)
        assert lines.count(b"BEGIN:VEVENT") == 36
        assert b"DTSTART;VALUE=DATE:20260801" in lines
        uids = [line for line in lines if line.startswith(b"UID:")]
        assert len(set(uids)) == len(uids)
        again = http.get("/reports/recurring-payments/calendar.ics?alarm_days=2").content.split(b"\r\n")
        assert [line for line in again if line.startswith(b"UID:")] == uids
        assert (again.count(b"TRIGGER:-P2D"), lines.count(b"BEGIN:VALARM")) == (36, 0)
        assert http.get("/reports/recurring-payments/calendar.ics?alarm_days=99").status_code == 422


def test_detection_works_on_given_rows(tmp_path: Path) -> None:
    rows = [
        {"id": f"t{n}", "date": f"2026-{n:02d}-09", "amount": "-499.00", "description": f"UPI/{n}77/NETFLIX/x"}
        for n in range(1, 7)
    ]
    with client(tmp_path, Neighbours()) as http:
        body = {"transactions": rows, "as_of": "2026-06-30"}
        stream = http.post("/reports/recurring-payments/detect", json=body).json()["streams"][0]
        assert stream["next_on"] == "2026-07-09"
        assert stream["transaction_ids"] == [f"t{n}" for n in range(1, 7)]
        assert stream["amount"] == {
            "kind": "fixed",
            "last": "499.00",
            "typical": "499.00",
            "low": "499.00",
            "high": "499.00",
        }
        bad = http.post("/reports/recurring-payments/detect", json={"transactions": [{"date": "x", "amount": 5}]})
        assert bad.status_code == 422


HEADERS = {"content-type": "application/json"}
ROW = {"id": "a", "date": "2026-07-01", "amount": "-499.00"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"date": "2026-02-30"}, "transactions.1.date"),
        ({"date": "1066-10-14"}, "transactions.1.date"),
        ({"date": "2026-7-1"}, "transactions.1.date"),
        ({"amount": 499}, "transactions.1.amount"),
        ({"amount": "1e3"}, "transactions.1.amount"),
        ({"amount": "-499.005"}, "transactions.1.amount"),
        ({"amount": "9" * 15}, "transactions.1.amount"),
        ({"id": "a"}, "transactions.1.id"),
        ({"id": ""}, "transactions.1.id"),
        ({"merchant": "x" * 201}, "transactions.1.merchant"),
        ({"description": "\ud800"}, "transactions.1.description"),
        ({"flow": "theft"}, "transactions.1.flow"),
        ({"colour": "red"}, "transactions.1.colour"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_place_and_field(
    tmp_path: Path, changed: dict[str, object], field: str
) -> None:
    body = json.dumps({"transactions": [ROW, {**ROW, "id": "b", **changed}]})
    with client(tmp_path, Neighbours()) as http:
        refused = http.post("/reports/recurring-payments/detect", content=body, headers=HEADERS)
        assert refused.status_code == 422
        assert [fault["field"] for fault in refused.json()["errors"]] == [field]


def test_the_emergency_fund_adds_up(tmp_path: Path) -> None:
    """Need is essential 35,000 plus instalments 30,000; 3 lakh are liquid, locked money does not count."""
    with client(tmp_path, Neighbours()) as http:
        found = http.get("/reports/emergency-fund").json()
        assert found["monthly_need"] == "65000.00"
        assert found["months"] == pytest.approx(4.615385)
        assert found["target_months"] == 6
        assert found["shortfall"] == "90000.00"
        assert found["funding"]["months"] == 3
        assert found["by_tier"][-1]["months_reason"] == "locked"
        body = {"monthly_need": "65000.00", "liquid": "300000.00", "target_months": 4}
        given = http.post("/reports/emergency-fund", json=body).json()
        assert given.keys() == found.keys()
        assert given["shortfall"] == "0.00"


def test_without_spending_the_emergency_fund_gives_reasons_not_zeros(tmp_path: Path) -> None:
    with client(tmp_path, Neighbours()) as http:
        found = http.post("/reports/emergency-fund", json={"monthly_need": "0", "liquid": "1000.00"}).json()
        assert found["months"] is None
        assert found["months_reason"] == "no_spending"


def test_a_reset_agreed_for_later_costs_what_the_rate_path_says(tmp_path: Path) -> None:
    """The household's answer is that of the same loan asked with its rate path."""
    reset = RateChange(date=date(2027, 1, 5), annual_rate=Decimal("0.1"), keep="instalment")
    with client(tmp_path, Neighbours(loan_items=(replace(HOME, rate_changes=(reset,)),))) as http:
        own = http.get("/reports/loan-prepayment").json()
        loan = {
            "id": "home",
            "outstanding": "2500000.00",
            "annual_rate": 0.085,
            "instalment": "24618.00",
            "next_due_on": "2026-08-05",
            "rate_changes": [{"date": "2027-01-05", "annual_rate": 0.1}],
        }
        asked = {"loans": [loan]}
        given = http.post("/reports/loan-prepayment", json=asked).json()
        plain = http.post("/reports/loan-prepayment", json={"loans": [{**loan, "rate_changes": []}]}).json()
    none = [answer["strategies"][0]["total_interest"] for answer in (own, given, plain)]
    assert none[0] == none[1]
    assert Decimal(none[0]) > Decimal(none[2])


def test_loan_prepayment_answers_in_one_shape(tmp_path: Path) -> None:
    with client(tmp_path, Neighbours(loan_items=(HOME,))) as http:
        own = http.get("/reports/loan-prepayment").json()
        assert own["strategies"][0]["name"] == "none"
        assert own["best"] == "optimal"
        given = http.post("/reports/loan-prepayment", json={"loans": [loan()], "extra_monthly": "16666.67"}).json()
        assert given.keys() == own.keys()
        assert Decimal(given["lower_bound"]) <= min(Decimal(s["total_cost"]) for s in given["strategies"])


def test_a_household_without_loans_is_told_so(tmp_path: Path) -> None:
    with client(tmp_path, Neighbours(loan_items=(replace(HOME, annual_rate=None),))) as http:
        found = http.get("/reports/loan-prepayment").json()
        assert found["strategies"] == []
        assert found["best_reason"] == "no_loans"


def test_the_salary_sweep_answers_in_one_shape(tmp_path: Path) -> None:
    with client(tmp_path, Neighbours()) as http:
        own = http.get("/reports/salary-sweep").json()
        assert own["feasible"] is True
        assert [s["name"] for s in own["scenarios"]] == ["none", "once", "optimal"]
        body = {
            "accounts": accounts(),
            "credits": [{"day": 1, "amount": "100000.00"}],
            "debits": [{"day": 5, "amount": "30000.00"}],
            "horizon": 62,
            "as_of": "2026-07-01",
        }
        given = http.post("/reports/salary-sweep", json=body).json()
        assert given.keys() == own.keys()
        assert given["transfers"][0].keys() == {"date", "from", "to", "amount"}
        assert len(given["daily"]) == 62


def test_an_infeasible_sweep_says_which_day_and_how_much(tmp_path: Path) -> None:
    body = {
        "accounts": accounts(),
        "debits": [{"date": "2026-07-20", "amount": "30000.00"}],
        "as_of": "2026-07-15",
    }
    with client(tmp_path, Neighbours()) as http:
        found = http.post("/reports/salary-sweep", json=body).json()
        assert found["feasible"] is False
        assert found["shortfall"] == {"date": "2026-07-20", "missing": "15000.00"}


def test_without_a_salary_there_is_no_sweep(tmp_path: Path) -> None:
    rows = tuple(row for row in household_rows() if row.amount < 0)
    with client(tmp_path, Neighbours(rows=rows)) as http:
        assert http.get("/reports/salary-sweep").json()["best_reason"] == "no_salary_account"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("loan-prepayment", {"loans": [loan(id=str(n)) for n in range(10_000)]}, "loans"),
        ("loan-prepayment", {"loans": [loan(annual_rate=10)]}, "loans.0.annual_rate"),
        ("loan-prepayment", {"loans": [loan(outstanding="-5.00")]}, "loans.0.outstanding"),
        ("loan-prepayment", {"loans": [loan(outstanding=5)]}, "loans.0.outstanding"),
        ("salary-sweep", {"accounts": accounts(balance="-1.00")}, "accounts.0.balance"),
        ("salary-sweep", {"accounts": accounts(), "debits": [{"day": 45, "amount": "1.00"}]}, "debits.0.day"),
        ("salary-sweep", {"accounts": accounts(), "horizon": 100000}, "horizon"),
        ("salary-sweep", {"accounts": accounts(), "horizon": "2020-01-01"}, "horizon"),
        ("salary-sweep", {"accounts": accounts(), "horizon": 1.5}, "horizon"),
        ("emergency-fund", {"monthly_need": "-1.00", "liquid": "5.00"}, "monthly_need"),
        ("emergency-fund", {"liquid": "5.00"}, "monthly_need"),
    ],
)
def test_nonsense_is_refused_with_the_field(path: str, body: dict[str, Any], field: str, tmp_path: Path) -> None:
    with client(tmp_path, Neighbours()) as http:
        answer = http.post(f"/reports/{path}", json=body)
        assert answer.status_code == 422
        assert any(error["field"] == field for error in answer.json()["errors"])


@pytest.mark.parametrize("months", [12, "36.5", 120])
def test_a_fund_and_a_search_for_work_may_last_years(tmp_path: Path, months: Any) -> None:
    body = {"liquid": "300000.00", "monthly_need": "30000.00", "target_months": months, "job_search_months": 24}
    with client(tmp_path, Neighbours()) as http:
        answer = http.post("/reports/emergency-fund", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["target_months"] == float(months)
        for field, wrong in (("target_months", 121), ("job_search_months", 61), ("job_search_months", 0)):
            refused = http.post("/reports/emergency-fund", json={**body, field: wrong})
            assert refused.status_code == 422
            assert refused.json()["errors"][0]["field"].endswith(field)


def test_the_households_sweep_follows_its_choices_and_names_its_streams(tmp_path: Path) -> None:
    with client(tmp_path, Neighbours()) as http:
        free = http.get("/reports/salary-sweep").json()
        few = http.get("/reports/salary-sweep?max_transfers=2").json()
        assert len(few["transfers"]) <= 2 < len(free["transfers"])
        names = {item["name"] for item in few["basis"]["figures"]["gain"]["inputs"] if item["source"] == "stream"}
        assert names == {stream["name"] for stream in http.get("/reports/recurring-payments").json()["streams"]}
        refused = http.get("/reports/salary-sweep?transfer_cost=-1")
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "transfer_cost")
        assert http.get("/reports/salary-sweep?transfers=1").status_code == 422
