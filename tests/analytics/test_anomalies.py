"""Unusual months: found when they are, and called so no more often than stated when they are not."""

from datetime import date
from decimal import Decimal

import numpy
import pytest

from finapp.analytics.domain.anomalies import FLOOR, threshold
from finapp.analytics.public import Anomalies, Scope
from finapp.kernel.errors import Invalid
from finapp.kernel.months import Month, shift
from tests.analytics.household_rows import OWNER, D, Row, row
from tests.analytics.support import Ledger, analytics

AS_OF = date(2026, 7, 15)


def months_of(amounts: list[int], category: str = "dining") -> list[Row]:
    """The last complete months with these amounts, rows on the first and the last day so that all are complete."""
    found = []
    for number, amount in enumerate(reversed(amounts)):
        month = shift(Month("2026-06"), -number)
        found += [row(f"{month}-01", f"-{amount}.00", category), row(f"{month}-28", "0.00", "housing")]
    return found


def asked(rows: list[Row], rate: str = "0.01", scope: Scope | None = None) -> Anomalies:
    return analytics(Ledger(rows)).anomalies(owner=OWNER, scope=scope or Scope(), false_alarm_rate=D(rate), as_of=AS_OF)


USUAL = [100, 104, 96, 101, 99, 103, 97, 102, 98, 100]


def test_a_month_far_from_the_ones_before_is_found_and_only_that_one() -> None:
    ledger = Ledger(months_of([*USUAL, 100, 180]))
    found = analytics(ledger).anomalies(owner=OWNER, scope=Scope(), false_alarm_rate=D("0.01"), as_of=AS_OF)
    (item,) = found.items
    assert (item.month, item.direction, item.amount, item.usual) == ("2026-06", "high", D("180.00"), D("100.00"))
    assert (item.deviation, item.months_before) == (D("80.00"), 11)
    assert item.low < item.usual < item.high < item.amount
    assert -sum(each.amount for each in ledger.listed(item.transactions_query)) == item.amount
    assert found.checked == 6
    assert found.expected_false_alarms == D("0.06")


def test_a_missing_month_is_unusually_low() -> None:
    (item,) = asked(months_of([*USUAL, 0])).items
    assert (item.direction, item.amount) == ("low", D("0.00"))


def test_the_same_amount_every_month_may_be_rounded_but_not_change() -> None:
    within = 1 + FLOOR
    assert asked(months_of([1000] * 8 + [int(1000 * within)])).items == ()
    assert len(asked(months_of([1000] * 8 + [1500])).items) == 1


def test_too_few_months_before_are_not_compared() -> None:
    found = asked(months_of([100, 100, 100, 100, 100, 900]))
    assert (found.checked, found.items) == (0, ())


@pytest.mark.parametrize("months", [6, 12, 24])
@pytest.mark.parametrize("rate", ["0.01", "0.05"])
def test_normal_months_are_called_unusual_as_often_as_stated(months: int, rate: str) -> None:
    """Against 20,000 households of another seed; the standard error of the share at 5 % is 0.15 points."""
    draws = numpy.random.default_rng(20260715).normal(1000, 50, (20_000, months + 1))
    middle = numpy.median(draws[:, :-1], axis=1)
    spread = numpy.median(numpy.abs(draws[:, :-1] - middle[:, None]), axis=1)
    alarms = numpy.mean(numpy.abs(draws[:, -1] - middle) > float(threshold(months, D(rate))) * spread)
    error = (float(rate) * (1 - float(rate)) * (1 / 20_000 + 1 / 40_000)) ** 0.5
    assert abs(alarms - float(rate)) < 4 * error


def test_fewer_false_alarms_need_a_larger_deviation() -> None:
    assert threshold(12, D("0.01")) > threshold(12, D("0.05")) > 0
    assert threshold(6, D("0.01")) > threshold(24, D("0.01"))


@pytest.mark.parametrize("rate", ["0", "0.3", "-1"])
def test_a_rate_that_cannot_be_kept_is_refused(rate: str) -> None:
    with pytest.raises(Invalid) as refusal:
        asked([], rate=rate)
    assert refusal.value.field == "false_alarm_rate"


def test_the_period_says_which_months_are_looked_at() -> None:
    rows = months_of([*USUAL, 500, 100])
    may = Scope(first=date(2026, 5, 1), last=date(2026, 5, 31))
    june = Scope(first=date(2026, 6, 1), last=date(2026, 6, 30))
    assert [item.month for item in asked(rows, scope=may).items] == ["2026-05"]
    assert asked(rows, scope=june).items == ()
    assert Decimal(asked(rows, scope=june).checked) == 1


def test_spending_that_leans_to_the_large_side_raises_no_more_alarms_than_stated() -> None:
    draws = numpy.random.default_rng(9).lognormal(7, 0.35, (60, 36))
    found = [asked(months_of([int(amount) for amount in household]), rate="0.02") for household in draws]
    checked, alarms = sum(each.checked for each in found), sum(len(each.items) for each in found)
    assert checked == 60 * 12
    assert 0 < alarms <= checked * 0.02


def test_a_bill_of_four_times_the_usual_is_found_among_months_that_vary() -> None:
    draws = numpy.random.default_rng(9).lognormal(7, 0.25, 24)
    (item,) = asked(months_of([*(int(amount) for amount in draws), 4400])).items
    assert (item.month, item.direction) == ("2026-06", "high")
    assert item.low < item.usual < item.high < item.amount
