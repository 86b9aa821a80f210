"""Loans that are paid otherwise than by months, whose rate compounds otherwise, or in money without hundredths."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.assets.domain.schedule import build_schedule
from finapp.assets.public import LoanTerms, PartPayment, RateChange, Schedule
from finapp.kernel.errors import Invalid
from finapp.kernel.money import quantum

D = Decimal
TERMS = LoanTerms(principal=D(100000), annual_rate=D("0.06"), months=300, start=date(2024, 1, 31))
FREQUENCIES = ["monthly", "semi_monthly", "weekly", "biweekly", "quarterly", "half_yearly", "yearly"]


def schedule(terms: LoanTerms, currency: str = "INR") -> Schedule:
    return build_schedule(terms, currency=currency, as_of=date(2024, 1, 1))


@pytest.mark.parametrize(
    ("frequency", "per_year"),
    [
        ("monthly", 12),
        ("semi_monthly", 24),
        ("weekly", 52),
        ("biweekly", 26),
        ("quarterly", 4),
        ("half_yearly", 2),
        ("yearly", 1),
    ],
)
@pytest.mark.parametrize(("compounding", "times"), [("instalment", 0), ("half_yearly", 2), ("monthly", 12)])
def test_the_instalment_is_the_annuity_of_the_periods_rate(
    frequency: str, per_year: int, compounding: str, times: int
) -> None:
    made = schedule(replace(TERMS, frequency=frequency, rate_compounding=compounding))  # type: ignore[arg-type]
    rate = 0.06 / per_year if times == 0 else (1 + 0.06 / times) ** (times / per_year) - 1
    expected = 100000 * rate / (1 - (1 + rate) ** -(25 * per_year))
    assert float(made.instalment_unrounded) == pytest.approx(expected, abs=1e-6)
    assert (made.instalments, made.months) == (25 * per_year, 300)
    assert made.apr is not None
    assert float(made.apr) == pytest.approx(rate * per_year, abs=1e-6)
    assert made.effective_apr is not None
    assert float(made.effective_apr) == pytest.approx((1 + rate) ** per_year - 1, abs=1e-6)


def test_a_canadian_mortgage_compounds_twice_a_year() -> None:
    """Canada, Interest Act, section 6: (1.03)^(1/6) - 1 = 0.493862 % a month, 639.81 on 100,000 over 25 years."""
    made = schedule(replace(TERMS, rate_compounding="half_yearly"))
    assert made.rows[0].interest == D("493.86")
    assert made.instalment == D("639.81")


def test_weeks_follow_one_another_and_quarters_keep_the_end_of_the_month() -> None:
    weekly = schedule(replace(TERMS, months=None, instalments=5, frequency="weekly"))
    assert [row.date for row in weekly.rows] == [date(2024, 1, 31) + timedelta(weeks=week) for week in range(1, 6)]
    quarterly = schedule(replace(TERMS, months=12, frequency="quarterly"))
    assert [row.date.isoformat() for row in quarterly.rows] == ["2024-04-30", "2024-07-31", "2024-10-31", "2025-01-31"]


@pytest.mark.parametrize(
    ("start", "first", "dues"),
    [
        ("2024-01-01", None, ["2024-01-16", "2024-02-01", "2024-02-16", "2024-03-01"]),
        ("2024-01-15", None, ["2024-01-30", "2024-02-15", "2024-02-29", "2024-03-15"]),
        ("2024-01-31", None, ["2024-02-15", "2024-02-29", "2024-03-15", "2024-03-31"]),
        ("2024-01-20", "2024-02-15", ["2024-02-15", "2024-02-29", "2024-03-15", "2024-03-30"]),
    ],
)
def test_twice_a_month_keeps_two_days_of_the_month(start: str, first: str | None, dues: list[str]) -> None:
    terms = replace(TERMS, start=date.fromisoformat(start), months=2, frequency="semi_monthly")
    made = schedule(replace(terms, first_payment=None if first is None else date.fromisoformat(first)))
    assert [row.date.isoformat() for row in made.rows] == dues


def test_half_months_bear_a_twenty_fourth_of_the_rate_and_no_odd_days() -> None:
    """Over 600 half-months 100,000 at 6 % takes 100,000 x 0.0025 / (1 - 1.0025^-600) = 321.98, from any start; a first
    period of 25 days bears 25/360."""
    for day in (1, 14, 15, 16, 28, 30, 31):
        made = schedule(replace(TERMS, start=date(2024, 1, day), frequency="semi_monthly"))
        assert made.instalment == D("321.98")
        assert float(made.apr or 0) == pytest.approx(0.06, abs=1e-5)
    broken = replace(TERMS, start=date(2024, 1, 20), first_payment=date(2024, 2, 15), frequency="semi_monthly")
    assert schedule(broken).rows[0].interest == D("416.67")


@given(
    frequency=st.sampled_from(FREQUENCIES),
    compounding=st.sampled_from(["instalment", "daily", "half_yearly"]),
    day_count=st.sampled_from(["30/360", "30e/360", "act/365f", "act/360", "act/act"]),
    rate=st.integers(0, 3000).map(lambda points: D(points) / 10_000),
    years=st.integers(1, 8),
    currency=st.sampled_from(["INR", "JPY", "KWD"]),
    days=st.integers(1, 300),
    keep=st.sampled_from(["instalment", "end_date"]),
)
def test_every_frequency_ends_at_exactly_nothing_in_whole_amounts_of_its_currency(
    frequency: str, compounding: str, day_count: str, rate: Decimal, years: int, currency: str, days: int, keep: str
) -> None:
    start = date(2023, 1, 31)
    terms = LoanTerms(
        principal=D(500000),
        annual_rate=rate,
        months=12 * years,
        start=start,
        frequency=frequency,  # type: ignore[arg-type]
        rate_compounding=compounding,  # type: ignore[arg-type]
        day_count=day_count,  # type: ignore[arg-type]
        prepayments=(PartPayment(date=start + timedelta(days=days), amount=D(1000), keep=keep),),  # type: ignore[arg-type]
        rate_changes=(RateChange(date=start + timedelta(days=days), annual_rate=rate / 2),),
    )
    made = schedule(terms, currency)
    unit = quantum(currency)
    assert str(made.rows[-1].balance) == str(0 * unit)
    assert sum(row.principal for row in made.rows) == D(500000)
    assert all(amount == amount.quantize(unit) for row in made.rows for amount in (row.payment, row.interest))


@pytest.mark.parametrize(
    ("currency", "instalment", "last"), [("INR", "146.93", "0.00"), ("JPY", "147", "0"), ("KWD", "146.933", "0.000")]
)
def test_hundredths_are_the_smallest_amount_of_the_currency(currency: str, instalment: str, last: str) -> None:
    made = schedule(replace(TERMS, principal=D(1000), annual_rate=D("0.085"), months=7), currency)
    assert (str(made.instalment), str(made.rows[-1].balance)) == (instalment, last)


def test_a_loan_without_rounding_or_interest_shows_plain_zeros() -> None:
    unrounded = schedule(replace(TERMS, principal=D(1000), months=7, rounding="none"))
    assert str(unrounded.rows[-1].balance) == "0.00"
    free = schedule(replace(TERMS, principal=D(1000), annual_rate=D(0), months=7, moratorium_months=2))
    texts = [f"{amount}" for row in free.rows for amount in (row.payment, row.interest, row.principal, row.balance)]
    assert not any(text.startswith("-0.00") or "E" in text for text in texts)
    assert str(free.rows[0].payment) == "0.00"
    assert not str(float(free.apr or 0)).startswith("-")


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (replace(TERMS, months=7, frequency="quarterly"), "months"),
        (replace(TERMS, months=1, frequency="weekly"), "months"),
        (replace(TERMS, instalments=10), "instalments"),
        (replace(TERMS, months=None, instalments=1201), "instalments"),
        (replace(TERMS, frequency="semi_monthly", moratorium_months=2), "moratorium_months"),
        (replace(TERMS, frequency="weekly", moratorium_months=2), "moratorium_months"),
        (replace(TERMS, frequency="weekly", first_payment=date(2024, 1, 31)), "first_payment"),
    ],
)
def test_terms_that_make_no_whole_number_of_instalments_are_refused(terms: LoanTerms, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        schedule(terms)
    assert refusal.value.field == field
