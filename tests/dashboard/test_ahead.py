"""What is due soon, and what is worth acting on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finapp.dashboard.domain.ahead import Known, obligations
from finapp.dashboard.domain.insights import MOST, Alert, Seen, insights
from finapp.dashboard.public import CashFlowFacts, EmergencyFacts, MonthFigures, Obligation

D = Decimal
FIRST, LAST = date(2026, 7, 16), date(2026, 8, 14)


def due(day: int, amount: str) -> Obligation:
    return Obligation(date=FIRST.replace(day=day), stream_id="s", name="Rent", amount=D(amount), certain=True)


def ahead(balance: str, *items: Obligation) -> tuple[Decimal | None, date | None]:
    found = obligations(items, currency="INR", known=Known(balance=D(balance)), first=FIRST, last=LAST)
    return found.lowest_balance, found.lowest_on


def test_the_lowest_balance_is_found_between_what_goes_and_what_comes() -> None:
    assert ahead("100.00", due(20, "-70.00"), due(22, "-50.00"), due(25, "500.00"), due(30, "-60.00")) == (
        D("-20.00"),
        date(2026, 7, 22),
    )


def test_what_comes_on_a_day_counts_with_what_goes_on_it() -> None:
    assert ahead("10.00", due(20, "-70.00"), due(20, "100.00")) == (D("10.00"), FIRST)


@given(st.lists(st.tuples(st.integers(16, 31), st.integers(-1000, 1000)), max_size=20))
def test_the_balance_never_falls_below_the_lowest(items: list[tuple[int, int]]) -> None:
    expected = [due(day, str(amount)) for day, amount in items]
    found = obligations(expected, currency="INR", known=Known(balance=D(500)), first=FIRST, last=LAST)
    by_day = {day: sum(amount for each, amount in items if each <= day) for day in range(16, 32)}
    assert found.lowest_balance == min(500, *(500 + moved for moved in by_day.values()))
    assert found.total_in is not None
    assert found.total_out is not None
    assert found.total_in - found.total_out == sum(amount for _, amount in items)


MONTH = MonthFigures(
    income=D(0),
    expenses=D("60.00"),
    essential=D("60.00"),
    discretionary=D(0),
    debt_service=D(0),
    invested=D(0),
    saved=D(0),
)
SEEN = Seen(
    currency="INR",
    as_of=FIRST,
    emergency=EmergencyFacts(
        currency="INR",
        monthly_need=D(10),
        liquid=D(30),
        months=D(3),
        months_reason=None,
        target_months=D(3),
        target=D(30),
        shortfall=D(0),
        surplus=D(0),
        probability_lasts=None,
    ),
    cash_flow=CashFlowFacts(
        currency="INR",
        first=date(2026, 7, 1),
        last=FIRST,
        this_month=MONTH,
        normal=MONTH,
        normal_reason=None,
        months=(),
        left_to_spend=D(0),
        newest_row_on=FIRST,
    ),
    spending_high=D("60.00"),
    obligations=obligations([], currency="INR", known=Known(balance=D("1.00")), first=FIRST, last=LAST),
    alerts=(),
)


def test_a_household_in_order_is_told_nothing() -> None:
    assert insights(SEEN).items == ()


def test_each_thing_to_act_on_is_named_with_the_money_at_stake() -> None:
    seen = replace(
        SEEN,
        emergency=replace(SEEN.emergency, shortfall=D("500.00")),
        spending_high=D("50.00"),
        obligations=obligations(
            [due(20, "-31.00")], currency="INR", known=Known(balance=D("1.00")), first=FIRST, last=LAST
        ),
        alerts=(
            Alert(kind="price_rise", stream_id="net", name="Films", on=FIRST, yearly_cost=D("24.00"), figure="alerts"),
        ),
    )
    found = [(item.kind, item.at_stake) for item in insights(seen).items]
    assert found == [
        ("buffer_short", D("500.00")),
        ("balance_short", D("30.00")),
        ("price_rise", D("24.00")),
        ("spending_high", D("10.00")),
    ]


@given(st.lists(st.integers(1, 10**6), max_size=12))
def test_at_most_a_handful_is_shown_the_most_money_first(costs: list[int]) -> None:
    alerts = tuple(
        Alert(kind="overdue", stream_id=str(number), name="x", on=FIRST, yearly_cost=D(cost), figure="alerts")
        for number, cost in enumerate(costs)
    )
    found = [item.at_stake for item in insights(replace(SEEN, alerts=alerts)).items]
    assert found == [D(cost) for cost in sorted(costs, reverse=True)[:MOST]]
