"""Rows in other currencies are converted at the day's rate, or left out by name."""

from datetime import date

from finapp.analytics.public import Scope
from finapp.platform.exchange import EcbRates
from tests.analytics.support import OWNER, D, Ledger, analytics, row, six_equal_months

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
