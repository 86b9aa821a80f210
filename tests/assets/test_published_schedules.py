"""Schedules as their sources printed them, reproduced to the last digit."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from finapp.assets.domain.schedule import build_schedule
from finapp.assets.public import LoanTerms, RateChange, Schedule, ScheduleRow
from finapp.kernel.months import add_months

D = Decimal
START = date(2024, 1, 1)
CENT = D("0.01")


def schedule(terms: LoanTerms) -> Schedule:
    return build_schedule(terms, currency=None, as_of=START)


def printed(row: ScheduleRow) -> tuple[str, ...]:
    """A row as a table shows it: number, payment, principal, interest, balance."""
    figures = (row.payment, row.principal, row.interest, row.balance)
    return (str(row.number), *(str(figure.quantize(CENT, rounding=ROUND_HALF_UP)) for figure in figures))


def table(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in text.strip().splitlines()]


def assert_printed(made: Schedule, text: str) -> None:
    rows = {str(row.number): row for row in made.rows if row.number is not None}
    assert [printed(rows[line[0]]) for line in table(text)] == table(text)


def test_the_variable_rate_sample_of_regulation_z() -> None:
    """US 12 CFR 1026, appendix H, sample H-14: 10,000 over 30 years, rates of 1982 to 1996 after the caps."""
    rates = ["0.1541", "0.1517", "0.1317", *["0.1241"] * 11]
    changes = tuple(
        RateChange(date=add_months(date(1982, 7, 1), 12 * (year + 1)), annual_rate=D(rate))
        for year, rate in enumerate(rates)
    )
    terms = LoanTerms(
        principal=D(10000), annual_rate=D("0.1741"), months=360, start=date(1982, 7, 1), rate_changes=changes
    )
    assert_printed(
        schedule(terms),
        """
        1 145.90 0.82 145.08 9999.18
        12 145.90 0.96 144.94 9989.37
        13 129.81 1.53 128.28 9987.84
        24 129.81 1.76 128.05 9969.66
        25 127.91 1.88 126.03 9967.78
        36 127.91 2.15 125.76 9945.51
        37 112.43 3.28 109.15 9942.23
        48 112.43 3.70 108.73 9903.70
        49 106.73 4.31 102.42 9899.39
        60 106.73 4.83 101.90 9848.94
        180 106.73 16.58 90.15 8700.37
        """,
    )


def test_the_direct_reduction_plan_of_1935() -> None:
    """Federal Home Loan Bank Review, March 1935, pages 196 and 197, plan A: 3,000 at 6 %, 30 a month, unrounded
    balances, a 139th payment of 29.27."""
    terms = LoanTerms(principal=D(3000), annual_rate=D("0.06"), instalment=D("30.00"), start=START, rounding="none")
    made = schedule(terms)
    assert made.months == 139
    assert_printed(
        made,
        """
        1 30.00 15.00 15.00 2985.00
        2 30.00 15.08 14.93 2969.93
        3 30.00 15.15 14.85 2954.77
        12 30.00 15.85 14.15 2814.97
        60 30.00 20.13 9.87 1953.45
        120 30.00 27.16 2.84 541.81
        138 30.00 29.71 0.29 29.13
        139 29.27 29.13 0.15 0.00
        """,
    )


def test_the_constant_payment_mortgage_of_geltner() -> None:
    """Geltner et al., Commercial Real Estate Analysis and Investments, chapter 20, exhibit 20-6: unrounded."""
    terms = LoanTerms(principal=D(1000000), annual_rate=D("0.12"), months=360, start=START, rounding="none")
    assert_printed(
        schedule(terms),
        """
        1 10286.13 286.13 10000.00 999713.87
        2 10286.13 288.99 9997.14 999424.89
        3 10286.13 291.88 9994.25 999133.01
        180 10286.13 1698.57 8587.56 857057.13
        291 10286.13 5125.73 5160.40 510913.93
        292 10286.13 5176.99 5109.14 505736.94
        359 10286.13 10083.45 202.68 10184.28
        """,
    )


def test_the_first_table_of_goldstein() -> None:
    """Goldstein et al., Finite Mathematics and Its Applications, 12th edition, section 10.3, table 1."""
    terms = LoanTerms(principal=D(563), annual_rate=D("0.12"), months=5, start=START, rounding="none")
    assert_printed(
        schedule(terms),
        """
        1 116.00 110.37 5.63 452.63
        2 116.00 111.47 4.53 341.16
        3 116.00 112.59 3.41 228.57
        4 116.00 113.71 2.29 114.85
        5 116.00 114.85 1.15 0.00
        """,
    )


def test_a_japanese_schedule_in_whole_yen() -> None:
    """loankeisan.com, 30,000,000 yen at 1 % over 360 months: instalment and interest truncated to the yen."""
    terms = LoanTerms(
        principal=D(30000000),
        annual_rate=D("0.01"),
        months=360,
        start=START,
        rounding="unit",
        rounding_mode="down",
        interest_rounding_mode="down",
    )
    assert_printed(
        schedule(terms),
        """
        1 96491.00 71491.00 25000.00 29928509.00
        10 96491.00 72029.00 24462.00 29282398.00
        200 96491.00 84381.00 12110.00 14448159.00
        359 96491.00 96331.00 160.00 96559.00
        360 96639.00 96559.00 80.00 0.00
        """,
    )


def test_the_interest_only_sample_of_the_cfpb() -> None:
    """CFPB sample loan estimate: 211,000 at 4 %, sixty months of interest at 703.33, then 300 instalments."""
    terms = LoanTerms(
        principal=D(211000),
        annual_rate=D("0.04"),
        months=300,
        start=START,
        moratorium_months=60,
        moratorium="interest_only",
    )
    made = schedule(terms)
    assert {row.payment for row in made.rows[:60]} == {D("703.33")}
    assert made.instalment == D("1113.74")
    assert made.rows[60].balance == D("210589.59")
    assert made.rows[-1].balance == 0


def test_the_actual_360_example_of_fannie_mae() -> None:
    """Fannie Mae Multifamily Guide, section 1103: 25 million at 5.5 %, thirty-year instalment by twelfths, actual/360
    interest, nothing rounded, 4,114,494.17 repaid after 120 months from 1 December 2018."""
    terms = LoanTerms(
        principal=D(25000000),
        annual_rate=D("0.055"),
        months=360,
        start=date(2018, 12, 1),
        day_count="act/360",
        instalment_by="twelfths",
        rounding="none",
    )
    made = schedule(terms)
    assert made.instalment.quantize(CENT) == D("141947.25")
    assert made.rows[119].balance.quantize(CENT) == D("20885505.83")


@pytest.mark.parametrize(
    ("principal", "rate", "months", "mode", "instalment"),
    [
        ("162000", "0.03875", 360, "half_up", "761.78"),  # CFPB sample closing disclosure H-25(B)
        ("28500", "0.0399", 60, "up", "524.75"),  # OpenStax Contemporary Mathematics 6.8
        ("136700", "0.0575", 180, "up", "1135.18"),  # OpenStax Contemporary Mathematics 6.8
        ("132650", "0.048", 360, "half_up", "695.97"),  # OpenStax Contemporary Mathematics 6.12
        ("200000", "0.065", 360, "half_up", "1264.14"),  # Wikipedia, Mortgage calculator
        ("100000", "0.07", 360, "half_up", "665.30"),  # Mississippi State University Extension P3920
        ("15000", "0.09", 60, "half_up", "311.38"),  # Las Positas College, Math for Liberal Arts 8.05
    ],
)
def test_printed_instalments(principal: str, rate: str, months: int, mode: str, instalment: str) -> None:
    terms = LoanTerms(
        principal=D(principal),
        annual_rate=D(rate),
        months=months,
        start=START,
        rounding_mode=mode,  # type: ignore[arg-type]
    )
    assert schedule(terms).instalment == D(instalment)


def test_interest_of_exactly_half_a_cent_is_seen_as_a_tie() -> None:
    """100,001.25 at 4.8 %: the first month's interest is 400.005."""
    terms = LoanTerms(principal=D("100001.25"), annual_rate=D("0.048"), months=360, start=START)
    assert schedule(terms).rows[0].interest == D("400.01")
    assert schedule(replace(terms, interest_rounding_mode="half_even")).rows[0].interest == D("400.00")


def test_the_first_example_of_regulation_z() -> None:
    """US 12 CFR 1026, appendix J, (c)(1)(i): 5,000 advanced, 24 monthly payments of 230, 9.69 %."""
    terms = LoanTerms(principal=D(5000), instalment=D(230), months=24, start=date(1978, 1, 10))
    made = schedule(terms)
    assert made.apr is not None
    assert made.apr.quantize(D("0.0001")) == D("0.0969")


def test_the_long_first_period_of_regulation_z() -> None:
    """US 12 CFR 1026, appendix J, (c)(1)(ii): 6,000 on 10 February 1978, 36 payments of 200 from 1 April, 11.82 %."""
    terms = LoanTerms(
        principal=D(6000), instalment=D(200), months=36, start=date(1978, 2, 10), first_payment=date(1978, 4, 1)
    )
    made = schedule(terms)
    assert made.apr is not None
    assert made.apr.quantize(D("0.0001")) == D("0.1182")


@pytest.mark.parametrize(
    ("principal", "payment", "count", "frequency", "start", "first", "rate"),
    [
        (5000, "219.17", 24, "semi_monthly", "1978-02-23", "1978-03-01", "0.1034"),
        (10000, "385", 40, "quarterly", "1978-05-23", "1978-10-01", "0.0897"),
        (500, "17.60", 30, "weekly", "1978-03-20", "1978-04-21", "0.1496"),
    ],
)
def test_the_other_regular_examples_of_regulation_z(
    principal: int, payment: str, count: int, frequency: str, start: str, first: str, rate: str
) -> None:
    """US 12 CFR 1026, appendix J, (c)(1)(iii) to (v): half-months, quarters and weeks with an odd first period."""
    terms = LoanTerms(
        principal=D(principal),
        instalment=D(payment),
        instalments=count,
        frequency=frequency,  # type: ignore[arg-type]
        start=date.fromisoformat(start),
        first_payment=date.fromisoformat(first),
        rounding="none",
    )
    made = schedule(terms)
    assert made.apr is not None
    assert made.apr.quantize(D("0.0001")) == D(rate)


def test_the_first_example_of_the_european_directive() -> None:
    """Council Directive 90/88/EEC, annex: 1,000 lent, 1,200 repaid after eighteen months, 12.92 %."""
    terms = LoanTerms(
        principal=D(1000), instalment=D(1200), months=1, start=date(2024, 1, 1), first_payment=date(2025, 7, 1)
    )
    made = schedule(terms)
    assert made.effective_apr is not None
    assert made.effective_apr.quantize(D("0.0001")) == D("0.1292")
