"""Returns: every root found, none invented."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from finapp.assets.domain.flows import netted
from finapp.assets.domain.returns import measure
from finapp.assets.domain.xirr import all_roots, present_value
from finapp.assets.public import DatedFlow, DatedValue, ReturnsQuestion
from finapp.kernel.errors import Invalid

D = Decimal


def question(*flows: tuple[str, str], **more: object) -> ReturnsQuestion:
    paid = tuple(DatedFlow(date=date.fromisoformat(day), amount=D(amount)) for day, amount in flows)
    return ReturnsQuestion(flows=paid, **more)  # type: ignore[arg-type]


def test_the_example_of_the_spreadsheet_function() -> None:
    """Microsoft's documentation of XIRR: 0.373362535."""
    flows = (
        ("2008-01-01", "-10000"),
        ("2008-03-01", "2750"),
        ("2008-10-30", "4250"),
        ("2009-02-15", "3250"),
        ("2009-04-01", "2750"),
    )
    made = measure(question(*flows))
    assert made.xirr is not None
    assert abs(made.xirr - D("0.373362535")) < D("1e-8")
    assert made.roots == (made.xirr,)
    assert measure(question(*reversed(flows))).roots == made.roots


def test_every_root_of_three_is_listed_and_none_is_chosen() -> None:
    """1000 (x - 1.1)(x - 1.2)(x - 1.3): roots of 10, 20 and 30 %."""
    made = measure(
        question(("2020-01-01", "-1000"), ("2020-12-31", "3600"), ("2021-12-31", "-4310"), ("2022-12-31", "1716"))
    )
    assert made.roots == (D("0.1"), D("0.2"), D("0.3"))
    assert (made.xirr, made.xirr_reason) == (None, "several_roots")


def test_a_root_that_only_touches_zero_is_found() -> None:
    made = measure(question(("2020-01-01", "100"), ("2020-12-31", "-220"), ("2021-12-31", "121")))
    assert made.roots == (D("0.1"),)


@pytest.mark.parametrize(
    "flows",
    [
        (("2020-01-01", "-100"), ("2021-01-01", "-230")),
        (("2020-01-01", "100"), ("2020-12-31", "-200"), ("2021-12-31", "150")),
        (("2020-01-01", "-100"), ("2020-01-01", "100"), ("2021-01-01", "5")),
    ],
)
def test_where_there_is_no_root_none_is_invented(flows: tuple[tuple[str, str], ...]) -> None:
    made = measure(question(*flows))
    assert made.roots == ()
    assert (made.xirr, made.xirr_reason) == (None, "no_root")
    assert (made.period_return, made.period_return_reason) == (None, "no_root")


def test_a_rate_close_to_a_total_loss_and_a_very_high_one_are_found() -> None:
    assert measure(question(("2020-01-01", "-100"), ("2021-01-01", "0.01"))).roots[0] < D("-0.9998")
    assert measure(question(("2020-01-01", "-100"), ("2020-01-11", "200"))).roots[0] > D("9e10")


def test_flows_that_give_back_what_was_paid_return_zero() -> None:
    made = measure(question(("2020-01-01", "-100"), ("2022-01-01", "100")))
    assert made.xirr == 0


@given(
    amounts=st.lists(st.integers(-100_000, 100_000), min_size=2, max_size=24),
    gaps=st.lists(st.integers(1, 900), min_size=24, max_size=24),
)
def test_every_root_makes_the_payments_worthless(amounts: list[int], gaps: list[int]) -> None:
    day, flows = date(2000, 1, 1), []
    for amount, gap in zip(amounts, gaps, strict=False):
        flows.append((day, D(amount)))
        day += timedelta(days=gap)
    for root in all_roots(flows):
        size = sum(abs(amount) * (1 + root) ** (-D((on - flows[0][0]).days) / 365) for on, amount in netted(flows))
        assert abs(present_value(netted(flows), root)) <= size * D("1e-13")


@given(
    roots=st.lists(st.integers(-60, 300), min_size=1, max_size=5, unique=True),
)
def test_payments_built_from_known_roots_give_back_exactly_those(roots: list[int]) -> None:
    rates = sorted(D(root) / 100 for root in roots)
    assume(all(later - earlier >= D("0.02") for earlier, later in itertools.pairwise(rates)))
    coefficients = [D(1)]
    for rate in rates:
        shifted = [*coefficients, D(0)]
        coefficients = [
            shifted[index] - (1 + rate) * (coefficients[index - 1] if index else 0) for index in range(len(shifted))
        ]
    flows = [(date(2000, 1, 1) + timedelta(days=365 * year), value) for year, value in enumerate(coefficients)]
    found = all_roots(flows)
    assert len(found) == len(rates)
    assert all(abs(got - rate) < D("1e-9") for got, rate in zip(found, rates, strict=True))


def test_time_weighting_links_growth_between_payments() -> None:
    """100 grows to 110, 100 more comes in, 210 falls to 189: 1.1 x 0.9 - 1 = -1 %."""
    made = measure(
        question(
            ("2020-01-01", "-100"),
            ("2020-07-01", "-100"),
            value=D(189),
            as_of=date(2020, 12, 31),
            valuations=(DatedValue(date=date(2020, 7, 1), value=D(110)),),
        )
    )
    assert made.twr is not None
    assert abs(made.twr - D("-0.01")) < D("1e-11")
    assert made.twr_annualised is True


def test_without_valuations_time_weighting_is_left_out() -> None:
    made = measure(question(("2020-01-01", "-100"), ("2020-07-01", "-100"), value=D(210), as_of=date(2021, 1, 1)))
    assert (made.twr, made.twr_reason) == (None, "no_valuations")


def test_modified_dietz_weighs_payments_by_their_time() -> None:
    """100 for 366 days and 50 for half of them, worth 160 at the end: 10 / (100 + 50 x 183 / 366) = 8 %."""
    made = measure(question(("2020-01-01", "-100"), ("2020-07-02", "-50"), value=D(160), as_of=date(2021, 1, 1)))
    assert made.modified_dietz is not None
    period = (1 + made.modified_dietz) ** (D(366) / 365) - 1
    assert abs(period - D("0.08")) < D("1e-10")


def test_less_than_a_year_is_not_annualised_unless_asked() -> None:
    asked = question(("2020-01-01", "-100"), value=D(110), as_of=date(2020, 7, 1))
    made = measure(asked)
    assert (made.modified_dietz, made.modified_dietz_annualised) == (D("0.1"), False)
    assert made.twr == D("0.1")
    assert made.period_return == D("0.1")
    assert made.xirr is not None
    assert made.xirr > D("0.2")
    yearly = measure(question(("2020-01-01", "-100"), value=D(110), as_of=date(2020, 7, 1), annualise=True))
    assert yearly.twr is not None
    assert abs(yearly.twr - made.xirr) < D("1e-10")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (ReturnsQuestion(flows=()), "flows"),
        (question(("0001-01-01", "-5")), "flows.0.date"),
        (question(("2020-01-01", "-5"), as_of=date(2019, 1, 1)), "flows.0.date"),
        (question(("2020-01-01", "-5"), value=D(-1)), "value"),
        (
            question(("2020-01-01", "-5"), valuations=(DatedValue(date=date(2020, 1, 1), value=D(1)),) * 2),
            "valuations.1.date",
        ),
    ],
)
def test_impossible_questions_are_refused_by_field(asked: ReturnsQuestion, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        measure(asked)
    assert refused.value.field == field


def test_no_return_is_invented_for_money_paid_in_whose_worth_nobody_told() -> None:
    """Two payments in and no worth: a missing value is unknown, not zero, and no loss exceeds everything."""
    made = measure(question(("2020-01-01", "-100"), ("2020-07-01", "-100")))
    assert (made.twr, made.twr_reason) == (None, "no_value")
    assert (made.modified_dietz, made.modified_dietz_reason) == (None, "no_value")
    assert (made.twr_annualised, made.modified_dietz_annualised) == (False, False)


def test_a_worth_before_a_payment_that_would_be_negative_is_no_valuation() -> None:
    made = measure(question(("2020-01-01", "-100"), ("2020-07-01", "-100"), value=D(50)))
    assert (made.twr, made.twr_reason) == (None, "no_valuations")
    assert (made.modified_dietz, made.modified_dietz_reason) == (None, "beyond_total_loss")


def test_a_worth_of_zero_that_is_told_is_the_loss_of_everything() -> None:
    made = measure(question(("2020-01-01", "-100"), value=D(0), as_of=date(2020, 7, 1)))
    assert (made.twr, made.modified_dietz) == (D(-1), D(-1))


@given(
    flows=st.lists(st.tuples(st.integers(0, 700), st.integers(-500, 500)), min_size=1, max_size=6),
    value=st.none() | st.integers(0, 900),
)
def test_no_return_lies_below_a_loss_of_everything(flows: list[tuple[int, int]], value: int | None) -> None:
    days = [((date(2020, 1, 1) + timedelta(days=day)).isoformat(), str(amount)) for day, amount in flows]
    made = measure(question(*days, value=None if value is None else D(value)))
    assert made.twr is None or made.twr >= -1
    assert made.modified_dietz is None or made.modified_dietz >= -1
