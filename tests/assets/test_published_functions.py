"""Schedules and rates against the worked examples in the documentation of Excel's financial functions.

Microsoft Support, pages "PMT function", "IPMT function", "PPMT function", "CUMIPMT function", "CUMPRINC function",
"RATE function", "NPER function", "IRR function".
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from finapp.assets.domain.returns import measure
from finapp.assets.domain.schedule import build_schedule
from finapp.assets.public import DatedFlow, LoanTerms, ReturnsQuestion, Schedule

D = Decimal
START = date(2024, 1, 1)


def loan(principal: str, rate: str | None, **more: object) -> Schedule:
    terms = LoanTerms(
        principal=D(principal),
        annual_rate=None if rate is None else D(rate),
        start=START,
        rounding="none",
        **more,  # type: ignore[arg-type]
    )
    return build_schedule(terms, currency="USD", as_of=START)


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(D("0.01"))


def test_pmt() -> None:
    assert cents(loan("10000", "0.08", months=10).instalment_unrounded) == D("1037.03")


def test_ipmt_of_the_first_month_and_of_the_last_year() -> None:
    assert cents(loan("8000", "0.1", months=36).rows[0].interest) == D("66.67")
    yearly = loan("8000", "0.1", instalments=3, frequency="yearly")
    assert cents(yearly.rows[2].interest) == D("292.45")


def test_ppmt_of_the_first_month_and_of_the_last_year() -> None:
    assert cents(loan("2000", "0.1", months=24).rows[0].principal) == D("75.62")
    yearly = loan("200000", "0.08", instalments=10, frequency="yearly")
    assert cents(yearly.rows[9].principal) == D("27598.05")


def test_cumipmt_and_cumprinc_of_the_second_year() -> None:
    made = loan("125000", "0.09", months=360)
    second = made.rows[12:24]
    assert cents(made.rows[0].interest) == D("937.50")
    assert cents(sum((row.interest for row in second), D(0))) == D("11135.23")
    assert sum((row.principal for row in second), D(0)).quantize(D("0.0001")) == D("934.1071")
    assert made.rows[0].principal.quantize(D("0.0001")) == D("68.2783")


def test_rate() -> None:
    made = loan("8000", None, months=48, instalment=D(200))
    assert made.annual_rate.quantize(D("0.0001")) == D("0.0924")


@pytest.mark.parametrize(("years", "rate"), [(4, "-0.021"), (5, "0.087")])
def test_irr_with_a_year_of_365_days(years: int, rate: str) -> None:
    amounts = [-70000, 12000, 15000, 18000, 21000, 26000][: years + 1]
    flows = tuple(
        DatedFlow(date=date(2021, 1, 1) + timedelta(days=365 * year), amount=D(amount))
        for year, amount in enumerate(amounts)
    )
    made = measure(ReturnsQuestion(flows=flows))
    assert made.xirr is not None
    assert made.xirr.quantize(D("0.001")) == D(rate)
