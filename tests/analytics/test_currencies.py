"""Rows in other currencies are converted at the day's rate, or left out by name."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from finapp.analytics.public import Scope
from finapp.platform.exchange import EcbRates
from tests.analytics.household_rows import OWNER, D, row, six_equal_months
from tests.analytics.support import Ledger, analytics
from tests.support import client

API = "/api/v1"
AS_OF = date(2026, 7, 15)
JUNE = Scope(first=date(2026, 6, 1), last=date(2026, 6, 30))
ROWS = [
    *six_equal_months(),
    row("2026-06-03", "-10.00", "dining", currency="USD"),
    row("2026-06-20", "-10.00", "dining", currency="USD"),
    row("2026-06-21", "-99.000", "dining", currency="BHD"),
]
RATES = {("USD", "2026-06-03"): "80.005", ("USD", "2026-06-20"): "90"}


def test_each_day_is_converted_at_its_own_rate() -> None:
    found = analytics(Ledger(ROWS), RATES).summary(owner=OWNER, scope=JUNE, as_of=AS_OF)
    assert found.expenses == D("50000.00") + D("800.05") + D("900.00")
    assert "USD" in found.basis.assumptions["exchange_rates"]


def test_a_currency_without_a_rate_is_left_out_by_name() -> None:
    found = analytics(Ledger(ROWS), RATES).summary(owner=OWNER, scope=JUNE, as_of=AS_OF)
    (other,) = found.other_currencies
    assert (other.currency, other.expenses, other.income, other.count) == ("BHD", D("99.000"), D("0.000"), 1)
    assert found.basis.assumptions["left_out"].startswith("BHD")


def test_a_month_and_its_days_convert_alike() -> None:
    facade = analytics(Ledger(ROWS), RATES)
    by_month = facade.cash_flow(owner=OWNER, scope=JUNE, by="month", as_of=AS_OF)
    by_day = facade.cash_flow(owner=OWNER, scope=JUNE, by="day", as_of=AS_OF)
    assert by_month.items[0].expenses == sum((item.expenses for item in by_day.items), D(0))


def test_a_merchant_of_another_currency_is_listed_last_and_not_converted() -> None:
    rows = [
        row("2026-06-02", "-5.00", "dining", merchant="Cafe"),
        row("2026-06-29", "-5.00", "dining", merchant="Cafe"),
    ]
    rows.append(row("2026-06-03", "-900.00", "dining", merchant="Diner", currency="USD"))
    found = analytics(Ledger(rows), {}).merchants(owner=OWNER, scope=JUNE, as_of=AS_OF, limit=10).items
    assert [(item.merchant, item.currency, item.share_reason) for item in found] == [
        ("Cafe", "INR", None),
        ("Diner", "USD", "other_currency"),
    ]


def test_reference_rates_carry_over_a_weekend_and_end_where_nothing_is_known() -> None:
    rates = EcbRates()
    friday, sunday = date(2023, 6, 2), date(2023, 6, 4)
    assert rates.rate(currency="USD", to="INR", on=sunday) == rates.rate(currency="USD", to="INR", on=friday)
    assert rates.rate(currency="USD", to="INR", on=date(1990, 1, 1)) is None
    assert rates.rate(currency="BHD", to="INR", on=friday) is None
    assert rates.rate(currency="INR", to="INR", on=date(1990, 1, 1)) == 1


def test_the_households_own_rate_goes_before_the_banks_and_says_of_which_day_it_is(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        body = {"name": "Dollars", "kind": "checking", "currency": "USD"}
        account_id = http.post(f"{API}/accounts", json=body).json()["id"]
        row_ = {"account_id": account_id, "date": "2026-06-03", "amount": "-10.00", "description": "UPI-SWIGGY"}
        http.post(f"{API}/transactions", json=row_)
        asked = {"from": "2026-06-01", "to": "2026-06-30"}
        by_bank = http.get(f"{API}/analytics/summary", params=asked).json()
        said = {"date": "2026-05-20", "base": "USD", "quote": "INR", "rate": "50.5"}
        assert http.post(f"{API}/exchange-rates", json=said).is_success
        by_own = http.get(f"{API}/analytics/summary", params=asked).json()
    assert Decimal(by_bank["expenses"]) > Decimal("700")
    assert by_own["expenses"] == "505.00"
    (own,) = _rates(by_own)
    (bank,) = _rates(by_bank)
    assert (own["value"], own["source"]) == ("50.5", "own, of 2026-05-20")
    assert bank["source"] == "European Central Bank, reference rate, of 2026-06-03"
    assert by_own["basis"]["assumptions"]["rates_carried_from"] == "USD: 2026-05-20"
    assert "rates_carried_from" not in by_bank["basis"]["assumptions"]


def test_a_currency_that_no_bank_quotes_counts_at_the_households_rate(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        body = {"name": "Dirhams", "kind": "checking", "currency": "AED"}
        account_id = http.post(f"{API}/accounts", json=body).json()["id"]
        row_ = {"account_id": account_id, "date": "2026-06-03", "amount": "-10.00", "description": "Lunch"}
        http.post(f"{API}/transactions", json=row_)
        asked = {"from": "2026-06-01", "to": "2026-06-30"}
        without = http.get(f"{API}/analytics/summary", params=asked).json()
        http.post(f"{API}/exchange-rates", json={"date": "2020-01-01", "base": "INR", "quote": "AED", "rate": "0.05"})
        found = http.get(f"{API}/analytics/summary", params=asked).json()
    assert (without["expenses"], [other["currency"] for other in without["other_currencies"]]) == ("0.00", ["AED"])
    assert (found["expenses"], found["other_currencies"]) == ("200.00", [])


def test_merchants_of_a_currency_with_large_numbers_take_no_place_of_the_others(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        asia = ("VND", "-2000000", ("Pho Hoa", "Cong Caphe"))
        for currency, amount, shops in (asia, ("INR", "-450.00", ("Swiggy",))):
            body = {"name": currency, "kind": "checking", "currency": currency}
            account_id = http.post(f"{API}/accounts", json=body).json()["id"]
            for shop in shops:
                row_ = {"account_id": account_id, "date": "2026-06-03", "amount": amount, "description": shop}
                assert http.post(f"{API}/transactions", json=row_).is_success
        asked = {"from": "2026-06-01", "to": "2026-06-30"}
        (first,) = http.get(f"{API}/analytics/merchants", params={**asked, "limit": 1}).json()["items"]
        every = http.get(f"{API}/analytics/merchants", params=asked).json()["items"]
    assert (first["merchant"], first["currency"], first["amount"]) == ("Swiggy", "INR", "450.00")
    assert [item["currency"] for item in every] == ["INR", "VND", "VND"]


def test_a_part_by_tag_is_compared_with_the_same_part_of_the_period_before() -> None:
    rows = [
        *six_equal_months(),
        row("2026-05-10", "-100.00", "dining", merchant="Cafe", tags=("trip",)),
        row("2026-05-11", "-900.00", "dining", merchant="Cafe"),
        row("2026-06-10", "-150.00", "dining", merchant="Cafe", tags=("trip",)),
    ]
    scope = Scope(first=JUNE.first, last=JUNE.last, tag="trip")
    (cafe,) = analytics(Ledger(rows)).merchants(owner=OWNER, scope=scope, as_of=AS_OF, limit=10).items
    assert (cafe.amount, cafe.previous_amount, cafe.drift) == (D("150.00"), D("100.00"), D("0.5"))


def test_a_merchant_is_compared_however_many_others_got_more_in_the_period_before() -> None:
    others = [row("2026-05-10", "-500.00", "dining", merchant=f"Shop {number}") for number in range(600)]
    visits = [row(day, "-30.00", "dining", merchant="Tearoom") for day in ("2026-05-11", "2026-06-10")]
    scope = Scope(first=JUNE.first, last=JUNE.last)
    ledger = Ledger([*six_equal_months(), *others, *visits])
    (tearoom,) = (
        item
        for item in analytics(ledger).merchants(owner=OWNER, scope=scope, as_of=AS_OF, limit=10).items
        if item.merchant == "Tearoom"
    )
    assert (tearoom.amount, tearoom.previous_amount, tearoom.previous_reason) == (D("30.00"), D("30.00"), None)


def _rates(found: Any) -> list[Any]:
    inputs = found["basis"]["figures"]["discretionary"]["inputs"]
    return [each for each in inputs if each["kind"] == "assumption"]
