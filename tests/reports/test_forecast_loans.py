"""A loan is expected once, by the payments that are made for it; money in other currencies is not called nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from finapp.assets.public import Loan
from finapp.kernel import ids
from finapp.kernel.months import add_months
from finapp.reports.public import CashForecast
from finapp.transactions.public import AccountBalance, Movement
from tests.reports.support import CLOCK, HOME, TODAY, Neighbours, client, facade, household_rows, movement
from tests.support import database

ENTERED = replace(HOME, next_due_on=date(2026, 8, 5), instalment=Decimal("26034.70"), ends_on=date(2044, 3, 5))


def paying(*payments: tuple[int, str, str], flow: Any = "debt") -> tuple[Movement, ...]:
    """The household's salary and rent, and monthly payments of a (day, amount, text) in place of its instalment."""
    others = tuple(row for row in household_rows() if "EMI" not in row.description)
    paid = (
        replace(movement(100 * place + number, add_months(date(2025, 7, day), number), amount, text), flow=flow)
        for place, (day, amount, text) in enumerate(payments, 1)
        for number in range(12)
    )
    return tuple(sorted((*others, *paid), key=lambda row: row.date))


def forecast_of(tmp_path: Path, rows: tuple[Movement, ...], loans: Sequence[Loan]) -> CashForecast:
    store = database("reports", tmp_path, CLOCK)
    found = facade(store, Neighbours(rows=rows, loan_items=tuple(loans)))
    answer = found.cash_forecast(owner=ids.new_id(), as_of=TODAY)
    store.close()
    return answer


def going(found: CashForecast) -> Decimal:
    return next(month.going for month in found.monthly if month.month == "2026-12")


def test_an_instalment_that_is_paid_with_another_amount_is_counted_once(tmp_path: Path) -> None:
    rows = paying((7, "-28415.00", "ACH D- BAJAJHOUSINGFIN"))
    plain = forecast_of(tmp_path / "plain", rows, ())
    found = forecast_of(tmp_path / "loan", rows, (ENTERED,))
    assert going(found) == going(plain)
    assert "Home loan: as " in found.basis.assumptions["instalments"]
    assert "is paid" in found.basis.assumptions["instalments"]
    assert "instalments" not in plain.basis.assumptions


def test_a_payment_that_is_no_debt_service_or_far_off_pays_no_instalment(tmp_path: Path) -> None:
    for name, rows in (
        ("expense", paying((7, "-28415.00", "UPI LANDLORD"), flow="expense")),
        ("day", paying((16, "-28415.00", "ACH D- BAJAJHOUSINGFIN"))),
        ("amount", paying((7, "-31000.00", "ACH D- BAJAJHOUSINGFIN"))),
    ):
        plain = forecast_of(tmp_path / f"{name}-plain", rows, ())
        found = forecast_of(tmp_path / name, rows, (ENTERED,))
        assert going(found) - going(plain) == Decimal("26034.70"), name
        assert found.basis.assumptions["instalments"] == "Home loan: as due"


def test_one_payment_stands_for_one_of_two_like_loans(tmp_path: Path) -> None:
    rows = paying((7, "-28415.00", "ACH D- BAJAJHOUSINGFIN"))
    plain = forecast_of(tmp_path / "plain", rows, ())
    nearer = replace(ENTERED, id="second", name="Plot loan", instalment=Decimal("28000.00"))
    found = forecast_of(tmp_path / "loans", rows, (ENTERED, nearer))
    assert going(found) - going(plain) == Decimal("26034.70")


class Abroad(Neighbours):
    """A household that counts in dollars and banks in rupees."""

    def household(self, *, owner: str) -> Any:
        return SimpleNamespace(currency="USD")

    def account_balances(self, *, owner: str, on: date) -> tuple[AccountBalance, ...]:
        return tuple(replace(each, last_row_on=on) for each in super().account_balances(owner=owner, on=on))


def test_money_in_other_currencies_is_not_called_nothing(tmp_path: Path) -> None:
    with client(tmp_path, Abroad()) as http:
        found = http.get("/reports/recurring-payments").json()
        ahead = http.get("/reports/cash-forecast").json()
    assert (found["currency"], found["monthly_in"], found["monthly_out"]) == ("USD", None, None)
    assert found["monthly_in_reason"] == found["monthly_out_reason"] == "other_currency"
    assert (ahead["accounts"], ahead["previous_reason"]) == ([], "other_currency")


def test_obligations_in_other_currencies_have_no_totals(tmp_path: Path) -> None:
    store = database("reports", tmp_path, CLOCK)
    found = facade(store, Abroad()).obligations(owner=ids.new_id(), as_of=TODAY)
    store.close()
    assert (found.items, found.monthly_out, found.monthly_out_reason) == ((), None, "other_currency")
