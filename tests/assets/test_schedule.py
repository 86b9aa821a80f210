"""Loan schedules against published figures and by their invariants."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from finapp.assets.domain.schedule import amortize, build_schedule
from finapp.assets.public import LoanTerms, PartPayment, RateChange, Schedule
from finapp.kernel.errors import Invalid

D = Decimal
TODAY = date(2026, 1, 1)


def schedule(terms: LoanTerms) -> Schedule:
    return build_schedule(terms, currency="INR", as_of=TODAY)


def loan(principal: str, rate: str, months: int | None, start: str = "2024-01-01", **more: object) -> LoanTerms:
    return LoanTerms(
        principal=D(principal),
        annual_rate=D(rate),
        months=months,
        start=date.fromisoformat(start),
        **more,  # type: ignore[arg-type]
    )


def test_a_home_loan_of_25_lakh_at_8_5_percent_has_its_known_instalment_and_balances() -> None:
    made = schedule(loan("2500000", "0.085", 240))
    assert made.instalment == D("21695.58")
    assert made.rows[0].interest == D("17708.33")
    assert made.rows[0].principal == D("3987.25")
    assert [round(made.rows[number - 1].balance) for number in (12, 60, 120)] == [2450244, 2203180, 1749846]
    assert made.rows[-1].balance == D("0.00")
    assert made.apr is not None
    assert abs(made.apr - D("0.085")) < D("1e-8")


DAY_COUNTS = st.sampled_from(["30/360", "30e/360", "act/365f", "act/360", "act/act"])
AMOUNTS = st.integers(min_value=100_00, max_value=50_000_000_00).map(lambda minor: D(minor) / 100)
RATES = st.integers(min_value=0, max_value=6000).map(lambda basis_points: D(basis_points) / 10_000)
STARTS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


@given(
    principal=AMOUNTS,
    rate=RATES,
    months=st.integers(min_value=1, max_value=150),
    start=STARTS,
    day_count=DAY_COUNTS,
    rounding=st.sampled_from(["none", "unit", "hundredth"]),
)
def test_every_schedule_ends_at_zero_and_its_principal_sums_to_the_loan(
    principal: Decimal, rate: Decimal, months: int, start: date, day_count: str, rounding: str
) -> None:
    terms = LoanTerms(
        principal=principal,
        annual_rate=rate,
        months=months,
        start=start,
        day_count=day_count,  # type: ignore[arg-type]
        rounding=rounding,  # type: ignore[arg-type]
    )
    try:
        made = schedule(terms)
    except Invalid:
        # A small loan's whole-unit instalment can fall to its interest: that is refused, never answered wrongly.
        assume(rounding == "none")
        raise
    assert made.rows[-1].balance == 0
    assert sum(row.principal for row in made.rows) == principal
    assert made.months <= months
    balance = principal
    for row in made.rows:
        assert row.payment == row.interest + row.principal
        balance -= row.principal
        assert row.balance == balance
    assert made.total_interest == sum(row.interest for row in made.rows)
    assert made.total_payment == sum(row.payment for row in made.rows)


@given(
    principal=AMOUNTS,
    rate=st.integers(min_value=0, max_value=2000).map(lambda points: D(points) / 10_000),
    months=st.integers(min_value=12, max_value=240),
    start=STARTS,
    day_count=DAY_COUNTS,
    parts=st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 20), st.booleans()), max_size=3),
    resets=st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 2000), st.booleans()), max_size=3),
    moratorium=st.tuples(st.integers(0, 12), st.sampled_from(["capitalise", "accrue", "interest_only"])),
)
def test_whatever_happens_to_a_loan_it_ends_at_zero_or_is_refused(
    principal: Decimal,
    rate: Decimal,
    months: int,
    start: date,
    day_count: str,
    parts: list[tuple[int, int, bool]],
    resets: list[tuple[int, int, bool]],
    moratorium: tuple[int, str],
) -> None:
    terms = LoanTerms(
        principal=principal,
        annual_rate=rate,
        months=months,
        start=start,
        day_count=day_count,  # type: ignore[arg-type]
        prepayments=tuple(
            PartPayment(
                date=start + timedelta(days=days),
                amount=(principal * share / 100).quantize(D("0.01")),
                keep="end_date" if fixed else "instalment",
            )
            for days, share, fixed in parts
        ),
        rate_changes=tuple(
            RateChange(
                date=start + timedelta(days=days),
                annual_rate=D(to) / 10_000,
                keep="end_date" if fixed else "instalment",
            )
            for days, to, fixed in {days: (days, to, fixed) for days, to, fixed in resets}.values()
        ),
        moratorium_months=moratorium[0],
        moratorium=moratorium[1],  # type: ignore[arg-type]
    )
    try:
        made = schedule(terms)
    except Invalid as refusal:
        assume(refusal.field not in ("instalment", "prepayments"))
        raise
    assert made.rows[-1].balance == 0
    assert sum(row.principal for row in made.rows) == principal
    assert [row.number for row in made.rows if row.number] == list(range(1, made.months + 1))
    assert [row.date for row in made.rows] == sorted(row.date for row in made.rows)


@given(
    principal=AMOUNTS,
    rate=st.integers(min_value=1, max_value=3000).map(lambda points: D(points) / 10_000),
    months=st.integers(min_value=2, max_value=120),
    start=STARTS,
    day_count=DAY_COUNTS,
)
def test_each_of_the_four_quantities_follows_from_the_other_three(
    principal: Decimal, rate: Decimal, months: int, start: date, day_count: str
) -> None:
    terms = LoanTerms(
        principal=principal,
        annual_rate=rate,
        months=months,
        start=start,
        day_count=day_count,  # type: ignore[arg-type]
        rounding="none",
    )
    instalment = amortize(terms).instalment_unrounded
    solved_rate = amortize(replace(terms, annual_rate=None, instalment=instalment)).annual_rate
    assert abs(solved_rate - rate) < D("1e-6")
    solved_principal = amortize(replace(terms, principal=None, instalment=instalment)).principal
    assert abs(solved_principal - principal) <= D("0.01")
    solved_months = amortize(replace(terms, months=None, instalment=instalment)).months
    assert solved_months == months


def test_a_loan_without_interest_is_divided_evenly() -> None:
    made = schedule(loan("100.00", "0", 3))
    assert [row.payment for row in made.rows] == [D("33.33"), D("33.33"), D("33.34")]
    assert made.total_interest == 0
    assert made.apr is not None
    assert abs(made.apr) < D("1e-9")


def test_due_dates_keep_the_last_day_of_the_month() -> None:
    made = schedule(loan("1000", "0.12", 4, "2024-01-31"))
    assert [row.date.isoformat() for row in made.rows] == ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]


def test_an_instalment_that_does_not_cover_the_interest_is_refused() -> None:
    with pytest.raises(Invalid, match=r"does not cover the interest of 8333\.33") as refused:
        schedule(loan("1000000", "0.10", None, instalment=D("8333.33")))
    assert refused.value.field == "instalment"


def test_a_rise_of_the_rate_with_the_instalment_kept_is_refused_when_it_would_not_amortize() -> None:
    change = RateChange(date=date(2024, 6, 1), annual_rate=D("0.20"), keep="instalment")
    with pytest.raises(Invalid, match="does not cover the interest"):
        schedule(loan("1000000", "0.08", 240, rate_changes=(change,)))


def test_keeping_the_instalment_moves_the_end_and_keeping_the_end_moves_the_instalment() -> None:
    plain = schedule(loan("2500000", "0.085", 240))
    reset = RateChange(date=date(2026, 1, 1), annual_rate=D("0.09"), keep="instalment")
    longer = schedule(loan("2500000", "0.085", 240, rate_changes=(reset,)))
    same_end = schedule(loan("2500000", "0.085", 240, rate_changes=(replace(reset, keep="end_date"),)))
    assert longer.months > 240
    assert {row.payment for row in longer.rows[:-1]} == {plain.instalment}
    assert same_end.months == 240
    assert same_end.ends_on == plain.ends_on
    assert same_end.rows[24].payment > plain.instalment


def test_a_part_payment_shortens_the_loan_or_lowers_the_instalment() -> None:
    """n' = ceil(-ln(1 - B' i / EMI) / ln(1 + i)) after the 24th payment of 25 lakh at 8.5 %, 2 lakh repaid."""
    part = PartPayment(date=date(2026, 1, 1), amount=D("200000"))
    shorter = schedule(loan("2500000", "0.085", 240, prepayments=(part,)))
    balance = shorter.rows[24].balance
    assert shorter.rows[24].kind == "part_payment"
    i = D("0.085") / 12
    left = -(1 - balance * i / shorter.instalment).ln() / (1 + i).ln()
    assert shorter.months == 24 + left.to_integral_value(rounding="ROUND_CEILING")
    lower = schedule(loan("2500000", "0.085", 240, prepayments=(replace(part, keep="end_date"),)))
    assert lower.months == 240
    assert lower.rows[-2].payment < shorter.instalment
    assert shorter.total_interest < lower.total_interest


def test_a_part_payment_of_more_than_is_owed_is_refused() -> None:
    part = PartPayment(date=date(2024, 3, 1), amount=D("200000"))
    with pytest.raises(Invalid, match="is more than the"):
        schedule(loan("100000", "0.08", 24, prepayments=(part,)))


def test_a_loan_can_be_paid_off_between_two_dues() -> None:
    plain = schedule(loan("100000", "0.0876", 24, day_count="act/365f"))
    after = plain.rows[1].balance
    interest = (after * D("0.0876") * 10 / 365).quantize(D("0.01"))
    part = PartPayment(date=date(2024, 3, 11), amount=after + interest)
    made = schedule(loan("100000", "0.0876", 24, day_count="act/365f", prepayments=(part,)))
    assert made.ends_on == date(2024, 3, 11)
    assert made.rows[-1].interest == interest
    assert made.rows[-1].balance == 0


def test_a_moratorium_capitalises_accrues_or_is_paid() -> None:
    base = loan("100000", "0.12", 12, moratorium_months=2)
    compound = schedule(base)
    assert compound.rows[1].balance == D("102010.00")
    simple = schedule(replace(base, moratorium="accrue"))
    assert simple.rows[1].balance == D("102000.00")
    assert (simple.rows[1].interest, simple.rows[2].interest) == (D("1000.00"), D("1020.00"))
    paid = schedule(replace(base, moratorium="interest_only"))
    assert [row.payment for row in paid.rows[:2]] == [D("1000.00"), D("1000.00")]
    assert paid.rows[1].balance == D("100000")
    assert {compound.months, simple.months, paid.months} == {12}


def test_the_rate_of_a_loan_with_the_longest_moratorium_is_found() -> None:
    terms = loan("100000", "0.08", 12, moratorium_months=180, rate_compounding="daily", rounding="none")
    instalment = amortize(terms).instalment_unrounded
    solved = amortize(replace(terms, annual_rate=None, instalment=instalment))
    assert abs(solved.annual_rate - D("0.08")) < D("1e-8")


def test_a_broken_first_period_is_charged_by_its_days() -> None:
    base = loan("100000", "0.0730", 12, "2024-01-11", day_count="act/365f", first_payment=date(2024, 3, 1))
    level = schedule(base)
    assert level.rows[0].date == date(2024, 3, 1)
    assert level.rows[0].interest == D("1000.00")
    apart = schedule(replace(base, broken_period="separate"))
    assert apart.rows[0].kind == "broken_period"
    assert (apart.rows[0].date, apart.rows[0].interest) == (date(2024, 2, 1), D("420.00"))
    assert apart.rows[1].interest == D("580.00")
    assert apart.instalment < level.instalment


def test_fees_raise_the_apr_and_both_kinds_of_it_are_given() -> None:
    made = schedule(loan("500000", "0.10", 24, fees=D("10000"), insurance=D("50")))
    assert made.apr is not None
    assert made.effective_apr is not None
    i = made.apr / 12
    worth = sum((row.payment + row.charges) / (1 + i) ** (number + 1) for number, row in enumerate(made.rows))
    assert abs(D(worth) - 490000) < D("0.001")
    assert abs((1 + i) ** 12 - 1 - made.effective_apr) < D("1e-9")
    assert made.apr > D("0.10")


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"principal": D(-1)}, "principal"),
        ({"annual_rate": D(9)}, "annual_rate"),
        ({"months": 0}, "months"),
        ({"start": date(1, 1, 1)}, "start"),
        ({"months": None}, "months"),
        ({"first_payment": date(2023, 12, 1)}, "first_payment"),
        ({"fees": D(2000)}, "fees"),
        ({"moratorium_months": -1}, "moratorium_months"),
        ({"rate_changes": (RateChange(date=date(2020, 1, 1), annual_rate=D("0.1")),)}, "rate_changes.0.date"),
        ({"prepayments": (PartPayment(date=date(2024, 5, 1), amount=D(0)),)}, "prepayments.0.amount"),
        ({"moratorium_months": 181}, "moratorium_months"),
    ],
)
def test_impossible_terms_are_refused_by_field(terms: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        schedule(replace(loan("1000", "0.10", 12), **terms))
    assert refused.value.field == field


@pytest.mark.parametrize(("currency", "shown"), [("INR", "0.00"), ("JPY", "0"), (None, "0.00")])
def test_amounts_carry_the_decimals_of_their_currency(currency: str | None, shown: str) -> None:
    terms = loan("30000000", "0.01", 360, rounding="unit")
    made = build_schedule(terms, currency=currency, as_of=TODAY)
    assert str(made.rows[-1].balance) == shown
    decimals = len(shown.partition(".")[2])
    assert {len(str(row.payment).partition(".")[2]) for row in made.rows} == {decimals}
