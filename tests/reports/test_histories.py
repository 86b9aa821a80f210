"""Detection held against histories that the simulator has no part in, case by case and in the mass."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random

import pytest

from finapp.reports.domain.recurring.detection import streams
from finapp.reports.public.recurring import RecurringRow, RecurringStream
from tests.reports.histories import Rule, monthly, nth_weekday, twice, weekly, working_day
from tests.reports.tally import tally


def booked(days: list[date], amounts: list[str], text: str = "ACME SERVICES {n}") -> list[RecurringRow]:
    """One row a day with a reference of its own; a single amount stands for all."""
    dice = Random(len(days))
    every = amounts * len(days) if len(amounts) == 1 else amounts
    return [
        RecurringRow(
            id=f"r{i}", date=day, amount=Decimal(amount), description=text.format(n=dice.randint(10**8, 10**9))
        )
        for i, (day, amount) in enumerate(zip(days, every, strict=True))
    ]


def only(found: list[RecurringStream]) -> RecurringStream:
    assert len(found) == 1, [(one.merchant, one.frequency) for one in found]
    return found[0]


def test_streams_of_four_countries_are_found_and_liked_shops_and_cash_are_not() -> None:
    found = tally(6)
    assert found.precision >= 0.98
    assert found.recall >= 0.97
    assert found.share_off_at_most(2) >= 0.95


RULES: dict[str, tuple[Rule, str, str]] = {
    "weekly": (weekly(date(2024, 9, 6), 7), "weekly", "every friday"),
    "two-weekly": (weekly(date(2024, 9, 6), 14), "biweekly", "every friday"),
    "four-weekly": (weekly(date(2024, 9, 6), 28), "four_weekly", "every friday"),
    "15th and last": (twice(15, 31, "none"), "semi_monthly", "day 15 and last day"),
    "15th and last working day": (twice(15, 31, "previous"), "semi_monthly", "day 15 and last working day"),
    "day of month": (monthly(12), "monthly", "day 12"),
    "31st, 28th, 31st": (monthly(31), "monthly", "last day"),
    "next working day": (monthly(5, shift="next"), "monthly", "day 5"),
    "working day before": (monthly(28, shift="previous"), "monthly", "day 28"),
    "last working day": (working_day(-1), "monthly", "last working day"),
    "first working day": (working_day(1), "monthly", "day 1"),
    "third working day": (working_day(3), "monthly", "3rd working day"),
    "second tuesday": (nth_weekday(2, 1), "monthly", "2nd tuesday"),
    "fourth wednesday": (nth_weekday(4, 2), "monthly", "4th wednesday"),
    "last friday": (nth_weekday(-1, 4), "monthly", "last friday"),
    "two-monthly": (monthly(18, 2), "bimonthly", "day 18"),
    "quarterly": (monthly(15, 3), "quarterly", "day 15"),
    "half-yearly": (monthly(7, 6), "half_yearly", "day 7"),
    "yearly": (monthly(3, 12), "yearly", "day 3"),
}


@pytest.mark.parametrize("count", [6, 12, 24])
@pytest.mark.parametrize("name", RULES)
def test_each_rule_is_named_and_its_next_day_is_exact(name: str, count: int) -> None:
    rule, frequency, anchor = RULES[name]
    days = list(islice(rule("us"), count + 1))
    found = only(streams(booked(days[:-1], ["-50.00"]), days[-2] + timedelta(days=1), calendar="US"))
    assert (found.frequency, found.next_on, found.occurrences) == (frequency, days[-1], count)
    assert found.status == "mature"
    if count >= 12:
        assert found.anchor == anchor


@pytest.mark.parametrize("name", [name for name in RULES if name not in ("weekly", "two-weekly")])
def test_a_price_that_changed_is_dated(name: str) -> None:
    rule, frequency, _ = RULES[name]
    days = list(islice(rule("us"), 13))
    amounts = ["-50.00"] * 8 + ["-55.00"] * 4
    found = only(streams(booked(days[:-1], amounts), days[-2] + timedelta(days=1), calendar="US"))
    assert (found.frequency, found.amount.kind, found.next_on) == (frequency, "stepped", days[-1])
    assert [(change.on, change.before, change.after) for change in found.price_changes] == [
        (days[8], Decimal("50.00"), Decimal("55.00"))
    ]


@pytest.mark.parametrize(
    ("plan", "frequency"),
    [(28, "four_weekly"), (30, "monthly"), (56, "bimonthly"), (84, "quarterly")],
)
@pytest.mark.parametrize("seed", range(4))
def test_prepaid_plans_are_counted_from_the_day_on_which_they_were_renewed(
    plan: int, frequency: str, seed: int
) -> None:
    """Renewed up to two days late each time, so that no calendar rule holds."""
    dice, days = Random(seed), [date(2024, 9, 3)]
    while len(days) < 9:
        days.append(days[-1] + timedelta(days=plan + dice.choice((0, 0, 1, 2))))
    found = only(streams(booked(days, ["-299.00"], "UPI/JIO PREPAID/{n}"), days[-1] + timedelta(days=2)))
    assert (found.frequency, found.occurrences) == (frequency, 9)
    assert found.next_window is not None
    assert found.next_window.first <= days[-1] + timedelta(days=plan + 1)
    assert days[-1] + timedelta(days=plan - 1) <= found.next_window.last


def test_a_liked_shop_is_no_stream_however_regular_the_visits() -> None:
    for seed in range(20):
        dice = Random(seed)
        saturdays = [date(2025, 9, 6) + timedelta(days=7 * n) for n in range(40)]
        visits = [day for day in saturdays if dice.random() < 0.9]
        amounts = [f"-{60 * dice.lognormvariate(0, 0.2):.2f}" for _ in visits]
        assert streams(booked(visits, amounts, "TRADER JOES #552"), date(2026, 6, 30)) == []


def test_what_is_brought_to_the_door_every_week_at_much_the_same_price_is_one() -> None:
    dice, days = Random(3), [date(2025, 9, 5) + timedelta(days=7 * n) for n in range(40)]
    amounts = [f"-{dice.uniform(13, 15.6):.2f}" for _ in days]
    assert only(streams(booked(days, amounts, "MILK & MORE {n}"), days[-1])).frequency == "weekly"


def test_a_varying_payment_to_a_shop_by_its_category_is_no_stream() -> None:
    """The same rows are a utility's when the ledger says so."""
    dice, days = Random(5), list(islice(monthly(4)("in"), 18))
    rows = booked(days, [f"-{1600 * dice.uniform(0.8, 1.2):.2f}" for _ in days], "DMART {n}")
    assert streams([replace(row, category="groceries") for row in rows], days[-1]) == []
    assert len(streams([replace(row, category="utilities") for row in rows], days[-1])) == 1


@pytest.mark.parametrize(
    "texts", [("NETFLIX.COM LOS GATOS CA", "NETFLIX 866-579-7172", "Netflix.com", "NETFLIX INC {n}")]
)
def test_one_merchant_under_many_narrations_is_one_stream(texts: tuple[str, ...]) -> None:
    days = list(islice(monthly(12)("us"), 16))
    dice = Random(1)
    rows = [booked([day], ["-15.49"], dice.choice(texts))[0] for day in days]
    found = only(streams([replace(row, id=f"n{i}") for i, row in enumerate(rows)], days[-1]))
    assert (found.frequency, found.occurrences) == ("monthly", 16)


def test_fields_in_another_order_are_the_same_counterparty() -> None:
    days = [date(2024, 7, 4) + timedelta(days=7 * n) for n in range(60)]
    orders = ("UPI/P2M/{n}/RAMESH K/GARDEN/AXIS BANK LTD", "UPI/P2A/{n}/RAMESH K/AXIS BANK LTD/GARDEN")
    rows = [replace(booked([day], ["-250.00"], orders[i % 2])[0], id=f"n{i}") for i, day in enumerate(days)]
    found = only(streams(rows, days[-1]))
    assert (found.frequency, found.occurrences) == ("weekly", 60)


def test_two_instalments_to_one_bank_on_one_day_are_told_apart_when_one_ends() -> None:
    days = list(islice(monthly(28)("us"), 24))
    ended, begun = booked(days[:16], ["-187.02"], "NELNET DES {n}"), booked(days[14:], ["-312.77"], "NELNET DES {n}")
    begun = [replace(row, id=f"b{i}") for i, row in enumerate(begun)]
    rows = sorted([*ended, *begun], key=lambda row: row.date)
    found = {stream.amount.last: stream for stream in streams(rows, days[-1] + timedelta(days=5))}
    assert {str(amount): stream.status for amount, stream in found.items()} == {"187.02": "ended", "312.77": "mature"}
