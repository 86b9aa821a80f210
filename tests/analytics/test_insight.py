"""Patterns, money flow and trends: they lose nothing, balance, and are as sure as they say."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from finapp.analytics.domain import trends
from finapp.analytics.public import Scope
from finapp.kernel.errors import Invalid
from tests.analytics.household_rows import OWNER, D, Row, row, six_equal_months
from tests.analytics.support import Ledger, analytics
from tests.analytics.test_queries import rows, total

AS_OF = date(2026, 7, 15)
HALF_YEAR = Scope(first=date(2026, 1, 20), last=AS_OF)


@given(found=st.lists(rows(), max_size=30))
def test_every_pattern_divides_the_same_living_cost(found: list[Row]) -> None:
    ledger = Ledger(found)
    facade = analytics(ledger)
    answer = facade.patterns(owner=OWNER, scope=HALF_YEAR, as_of=AS_OF)
    whole = facade.summary(owner=OWNER, scope=HALF_YEAR, as_of=AS_OF)
    assume(whole.reason is None)
    days = (AS_OF - date(2026, 1, 20)).days + 1
    for buckets, count in ((answer.weekdays, 7), (answer.days_of_month, 31), (answer.months_of_year, 12)):
        assert len(buckets) == count
        assert sum((each.amount for each in buckets), D(0)) == whole.expenses
        assert sum(each.days for each in buckets) == days
    assert sum((day.amount for day in answer.calendar), D(0)) == whole.expenses
    for day in answer.calendar:
        assert -total(ledger, day.transactions_query) == day.amount
        assert 0 <= day.level <= 4


def test_days_without_rows_count_in_what_a_day_costs() -> None:
    monday, other_monday = "2026-06-01", "2026-06-15"
    ledger = Ledger([row(monday, "-300.00", "dining"), row(other_monday, "-100.00", "dining")])
    scope = Scope(first=date(2026, 6, 1), last=date(2026, 6, 28))
    answer = analytics(ledger).patterns(owner=OWNER, scope=scope, as_of=AS_OF)
    found = {each.name: each for each in answer.weekdays}
    assert (found["monday"].per_day, found["monday"].days, found["monday"].index) == (D("100.00"), 4, D(7))
    assert (found["sunday"].per_day, found["sunday"].index) == (D("0.00"), D(0))
    by_month = {each.name: each for each in answer.months_of_year}
    assert (by_month["january"].per_day, by_month["january"].per_day_reason) == (None, "no_such_day")


def test_patterns_of_a_lifetime_are_refused() -> None:
    with pytest.raises(Invalid):
        analytics(Ledger()).patterns(owner=OWNER, scope=Scope(first=date(1990, 1, 1)), as_of=AS_OF)


@given(found=st.lists(rows(), max_size=40))
def test_what_comes_into_a_node_goes_out_of_it(found: list[Row]) -> None:
    ledger = Ledger(found)
    facade = analytics(ledger)
    answer = facade.flow(owner=OWNER, scope=HALF_YEAR, as_of=AS_OF)
    amounts = {node.id: node.amount for node in answer.nodes}
    assert len(amounts) == len(answer.nodes)
    for node in answer.nodes:
        came = [link.amount for link in answer.links if link.target == node.id]
        went = [link.amount for link in answer.links if link.source == node.id]
        assert sum(came, D(0)) == node.amount if came else node.kind == "source"
        assert sum(went, D(0)) == node.amount if went else node.kind == "use"
        if node.transactions_query is not None:
            assert abs(total(ledger, node.transactions_query)) == node.amount
    assert all(link.amount > 0 for link in answer.links)
    whole = facade.summary(owner=OWNER, scope=HALF_YEAR, as_of=AS_OF)
    assume(whole.reason is None)
    left = amounts.get("to_balances", D(0)) - amounts.get("from_balances", D(0))
    assert left == whole.saved - whole.invested


def test_the_flow_of_the_six_equal_months() -> None:
    answer = analytics(Ledger(six_equal_months())).flow(owner=OWNER, scope=Scope(), as_of=AS_OF)
    links = {(link.source, link.target): link.amount for link in answer.links}
    assert links["income.income_salary", "money"] == D("720000.00")
    assert links["money", "debt.g_debt"] == links["debt.g_debt", "debt.loan"] == D("180000.00")
    assert links["money", "to_balances"] == D("180000.00")


def monthly(figures: list[int]) -> Ledger:
    """Months that spend these amounts for pleasure and earn ten times as much."""
    found = []
    for number, amount in enumerate(figures):
        month = f"{2025 + number // 12}-{number % 12 + 1:02d}"
        found.append(row(f"{month}-01", f"{10 * amount}.00", "income_salary", "income"))
        found.append(row(f"{month}-28", f"-{amount}.00", "dining"))
    return Ledger(found)


def test_a_single_wild_month_does_not_bend_a_trend() -> None:
    answer = analytics(monthly([100, 110, 120, 9000, 140, 150, 160, 170])).trends(
        owner=OWNER, scope=Scope(), as_of=AS_OF
    )
    found = {item.figure: item for item in answer.items}
    assert found["discretionary"].per_month == D("10.00")
    assert found["essential"].direction == "flat"
    assert answer.lifestyle_creep == D("0.1")


def test_too_few_months_have_no_trend() -> None:
    answer = analytics(monthly([100, 200, 300])).trends(owner=OWNER, scope=Scope(), as_of=AS_OF)
    assert {(item.per_month, item.per_month_reason) for item in answer.items} == {(None, "too_few_months")}
    assert answer.lifestyle_creep_reason == "too_few_months"


@given(st.lists(st.integers(-1000, 1000), min_size=6, max_size=30))
def test_the_slope_is_that_of_theil_and_sen(values: list[int]) -> None:
    from scipy.stats import theilslopes

    assert float(trends.slope([D(value) for value in values])) == pytest.approx(theilslopes(values).slope, abs=1e-9)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=20), st.integers(-50, 50))
def test_a_slope_follows_a_steady_change(values: list[int], step: int) -> None:
    tilted = [D(value + step * number) for number, value in enumerate(values)]
    difference = trends.slope(tilted) - trends.slope([D(value) for value in values]) - step
    assert abs(difference) < D("1e-20")


@pytest.mark.parametrize("months", [6, 7])
def test_months_without_a_trend_look_like_one_no_more_often_than_stated(months: int) -> None:
    orders = list(permutations([D(value) for value in range(months)]))
    alarms = sum(trends.p_value(order) <= trends.SURE for order in orders)
    assert 0 < alarms <= trends.SURE * len(orders)


def test_equal_months_are_no_trend() -> None:
    assert trends.p_value([D(5)] * 12) == 1.0
    steadily = [D(number) for number in range(12)]
    assert trends.p_value(steadily) < 0.001
    assert trends.p_value(steadily) == trends.p_value([-value for value in steadily])


def test_a_lone_day_has_the_lowest_level_of_heat() -> None:
    scope = Scope(first=AS_OF - timedelta(days=3), last=AS_OF)
    answer = analytics(Ledger([row("2026-07-13", "-5.00", "dining")])).patterns(owner=OWNER, scope=scope, as_of=AS_OF)
    assert [(day.amount, day.level) for day in answer.calendar] == [(Decimal("5.00"), 0)]
