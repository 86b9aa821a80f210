"""Streams are found by the calendar, told apart by amount, dated ahead, and never made of chance."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest

from finapp.kernel.months import add_months
from finapp.reports.domain.recurring.book import Book
from finapp.reports.domain.recurring.detection import streams
from finapp.reports.domain.recurring.report import report
from finapp.reports.public.recurring import RecurringRow, RecurringStream

AS_OF = date(2026, 6, 30)
_numbers = count(1)


def rows(
    days: Iterable[date], amounts: Iterable[str] | str, text: str = "UPI/{n}/NETFLIX COM/pay"
) -> list[RecurringRow]:
    """Rows on the days; one amount for all, or one each."""
    listed = list(days)
    values = [amounts] * len(listed) if isinstance(amounts, str) else list(amounts)
    made = []
    for day, value in zip(listed, values, strict=True):
        number = next(_numbers)
        made.append(RecurringRow(id=f"t{number}", date=day, amount=Decimal(value), description=text.format(n=number)))
    return made


def monthly(first: date, times: int, step: int = 1) -> list[date]:
    return [add_months(first, step * number, first.day) for number in range(times)]


def every(first: date, days: int, times: int) -> list[date]:
    return [first + timedelta(days=days * number) for number in range(times)]


def only(found: list[RecurringStream]) -> RecurringStream:
    assert len(found) == 1, [(s.merchant, s.frequency, s.occurrences) for s in found]
    return found[0]


@pytest.mark.parametrize(
    ("days", "frequency", "anchor", "next_on"),
    [
        (every(date(2026, 1, 2), 7, 26), "weekly", "every friday", date(2026, 7, 3)),
        (every(date(2026, 1, 2), 14, 13), "biweekly", "every friday", date(2026, 7, 3)),
        (every(date(2025, 8, 15), 28, 12), "four_weekly", "every friday", date(2026, 7, 17)),
        (monthly(date(2025, 1, 5), 18), "monthly", "day 5", date(2026, 7, 5)),
        (monthly(date(2025, 1, 31), 18), "monthly", "last day", date(2026, 7, 31)),
        (monthly(date(2025, 2, 10), 9, 2), "bimonthly", "day 10", date(2026, 8, 10)),
        (monthly(date(2024, 4, 20), 9, 3), "quarterly", "day 20", date(2026, 7, 20)),
        (monthly(date(2024, 2, 12), 5, 6), "half_yearly", "day 12", date(2026, 8, 12)),
        (monthly(date(2023, 9, 9), 3, 12), "yearly", "day 9", date(2026, 9, 9)),
    ],
)
def test_each_rhythm_is_found_with_its_next_day(days: list[date], frequency: str, anchor: str, next_on: date) -> None:
    stream = only(streams(rows(days, "-499.00"), AS_OF))
    assert (stream.frequency, stream.anchor, stream.next_on) == (frequency, anchor, next_on)
    assert stream.status == "mature"
    assert stream.amount.kind == "fixed"
    assert len(stream.transaction_ids) == len(days)


def test_semi_monthly_differs_from_biweekly() -> None:
    days = [date(2026, month, day) for month in range(1, 7) for day in (1, 15)]
    stream = only(streams(rows(days, "52000.00", "NEFT CR-ACME TECH-SALARY"), AS_OF))
    assert (stream.frequency, stream.direction) == ("semi_monthly", "in")
    assert stream.next_on == date(2026, 7, 1)


def test_a_month_end_wraps_from_31_to_28_and_back() -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    stream = only(streams(rows(days, "-1200.00"), date(2026, 5, 10)))
    assert stream.next_on == date(2026, 5, 31)


def test_days_moved_off_weekends_keep_their_rule() -> None:
    days = []
    for day in monthly(date(2025, 1, 5), 17):
        days.append(day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0)))
    stream = only(streams(rows(days, "-15000.00", "ACH D- HDFC LTD EMI {n}"), AS_OF))
    assert (stream.frequency, stream.anchor) == ("monthly", "day 5")
    assert stream.next_on == date(2026, 6, 5) or stream.next_on == date(2026, 7, 6)


def test_the_last_working_day_is_recognised() -> None:
    days = []
    for month in range(1, 19):
        end = add_months(date(2025, 1, 1), month) - timedelta(days=1)
        days.append(end - timedelta(days=max(0, end.weekday() - 4)))
    stream = only(streams(rows(days, "90000.00", "SALARY ACME {n}"), AS_OF))
    assert stream.anchor == "last working day"
    assert stream.next_on == date(2026, 7, 31)


def test_two_instalments_to_one_bank_are_two_streams() -> None:
    both = rows(monthly(date(2025, 1, 5), 18), "-21695.58", "ACH D- HDFC LTD {n}")
    both += rows(monthly(date(2025, 1, 5), 18), "-10253.29", "ACH D- HDFC LTD {n}")
    found = streams(both, AS_OF)
    assert sorted(stream.amount.last for stream in found) == [Decimal("10253.29"), Decimal("21695.58")]
    assert all(stream.occurrences == 18 for stream in found)


def test_a_price_rise_is_one_stepped_stream_with_its_day() -> None:
    days = monthly(date(2025, 7, 8), 12)
    stream = only(streams(rows(days, ["-499.00"] * 7 + ["-649.00"] * 5), AS_OF))
    assert stream.amount.kind == "stepped"
    change = stream.price_changes[0]
    assert (change.on, change.before, change.after) == (date(2026, 2, 8), Decimal("499.00"), Decimal("649.00"))
    assert stream.amount.typical == Decimal("649.00")


def test_a_variable_bill_is_one_variable_stream() -> None:
    dice = random.Random(7)
    amounts = [f"-{1800 * dice.lognormvariate(0, 0.25):.2f}" for _ in range(12)]
    stream = only(streams(rows(monthly(date(2025, 7, 11), 12), amounts, "BIL/TATA POWER/{n}"), AS_OF))
    assert stream.amount.kind == "variable"
    assert stream.occurrences == 12


def test_a_missed_month_is_named() -> None:
    days = [day for day in monthly(date(2025, 7, 8), 12) if day != date(2025, 12, 8)]
    assert only(streams(rows(days, "-499.00"), AS_OF)).missed == (date(2025, 12, 8),)


@pytest.mark.parametrize(
    ("step", "times", "as_of"),
    [
        (1, 6, date(2026, 10, 19)),
        (2, 5, date(2026, 10, 24)),
        (3, 5, date(2026, 10, 27)),
        (6, 4, date(2026, 11, 1)),
        (12, 3, date(2026, 11, 11)),
    ],
)
def test_a_premium_that_did_not_come_is_missed_from_the_end_of_its_grace(step: int, times: int, as_of: date) -> None:
    due = date(2026, 10, 12)
    days = monthly(add_months(due, -step * times), times, step)
    premiums = rows(days, "-12000.00", "LIC OF INDIA PREMIUM {n}")
    assert only(streams(premiums, as_of)).missed == ()
    found = report(premiums, as_of + timedelta(days=1), "INR")
    stream = only(list(found.streams))
    assert (stream.status, stream.missed, stream.next_on) == ("overdue", (due,), add_months(due, step))
    assert [(alert.kind, alert.on) for alert in found.alerts] == [("overdue", due)]
    assert only(streams(premiums, as_of + timedelta(days=1), {"": date(2026, 10, 11)})).missed == ()


def test_status_follows_what_has_come() -> None:
    days = monthly(date(2025, 7, 8), 6)
    series = rows(days, "-499.00")
    by_day = {
        date(2025, 12, 20): "mature",
        date(2026, 1, 10): "mature",
        date(2026, 1, 20): "overdue",
        date(2026, 4, 1): "ended",
    }
    for day, status in by_day.items():
        assert only(streams(series, day)).status == status
    assert only(streams(series, date(2025, 9, 1))).status == "early"
    assert only(streams(series, date(2026, 4, 1))).next_on is None


def test_a_double_booking_and_a_refund_do_not_disturb() -> None:
    series = rows(monthly(date(2025, 7, 8), 12), "-499.00")
    series += rows([date(2026, 1, 9)], "-499.00") + rows([date(2026, 1, 20)], "499.00")
    assert only(streams(series, AS_OF)).occurrences == 12


def test_equal_cash_withdrawals_are_not_a_stream() -> None:
    taken = rows(monthly(date(2025, 1, 3), 18), "-10000.00", "ATW-{n}-S1ANMU42-MUMBAI")
    assert streams(taken, AS_OF) == []


def test_a_favourite_shop_is_not_a_stream() -> None:
    for seed in range(20):
        dice = random.Random(seed)
        day, days = date(2024, 7, 1), []
        while day < AS_OF:
            day += timedelta(days=dice.choice([3, 4, 6, 7, 7, 8, 10]))
            days.append(day)
        amounts = [f"-{900 * dice.lognormvariate(0, 0.4):.2f}" for _ in days]
        assert streams(rows(days, amounts, "POS {n} DMART ANDHERI"), AS_OF) == []


def test_a_membership_among_many_purchases_is_found() -> None:
    dice = random.Random(3)
    day, days = date(2023, 7, 1), []
    while day < AS_OF:
        day += timedelta(days=dice.randrange(1, 9))
        days.append(day)
    bought = rows(days, [f"-{700 * dice.lognormvariate(0, 0.8):.2f}" for _ in days], "AMAZON PAY {n}")
    member = rows(monthly(date(2023, 8, 14), 3, 12), "-1499.00", "AMAZON PAY {n}")
    found = [stream for stream in streams(bought + member, AS_OF) if stream.frequency == "yearly"]
    assert only(found).transaction_ids == tuple(row.id for row in member)


def test_one_service_paid_twice_is_told_with_what_it_costs_a_year() -> None:
    mine = rows(monthly(date(2025, 7, 8), 12), "-499.00")
    yours = [replace(row, account_id="other") for row in rows(monthly(date(2025, 10, 20), 9), "-499.00")]
    found = report([replace(row, account_id="own") for row in mine] + yours, AS_OF, "INR")
    [alert] = [alert for alert in found.alerts if alert.kind == "duplicate_subscription"]
    assert set(alert.stream_ids) == {stream.id for stream in found.streams}
    assert (alert.on, alert.yearly_cost) == (date(2025, 10, 20), Decimal("5988.00"))


def test_totals_and_alerts_add_up() -> None:
    pay = rows(monthly(date(2025, 7, 1), 12), "120000.00", "NEFT CR-ACME SALARY {n}")
    films = rows(monthly(date(2025, 7, 8), 12), ["-499.00"] * 9 + ["-649.00"] * 3)
    found = report(pay + films, AS_OF, "INR")
    assert found.monthly_in == Decimal("120000.00")
    assert found.monthly_out == Decimal("649.00")
    alert = next(alert for alert in found.alerts if alert.kind == "price_rise")
    assert (alert.on, alert.yearly_cost) == (date(2026, 4, 8), Decimal("1800.00"))


def test_what_is_due_after_the_last_statement_is_not_missing() -> None:
    """Statements end in June; on 15 July the payment of the 5th is not overdue, it has not been looked at."""
    series = [replace(row, account_id="bank") for row in rows(monthly(date(2025, 7, 5), 12), "-499.00")]
    later = [replace(rows([date(2026, 6, 30)], "-75.00", "POS TEA")[0], account_id="bank")]
    day = date(2026, 7, 15)
    known = Book.of(series + later).seen(day)
    stream = only(streams(series + later, day, known))
    assert (stream.status, stream.next_on) == ("mature", date(2026, 8, 5))
    assert only(streams(series + later, day)).status == "overdue"
    assert Book.of(series).seen(date(2026, 12, 1)) == {}


def test_one_row_taken_for_cash_does_not_hide_its_like() -> None:
    bills = rows(monthly(date(2025, 9, 5), 10), "-499.00", "POS 4{n} CITY GYM")
    bills[0] = replace(bills[0], category="cash")
    [found] = streams(bills, AS_OF)
    assert found.occurrences == 9


def test_letters_of_references_are_no_words_of_a_name() -> None:
    """Each row has a reference of its own with letters beside and between its digits."""
    marks = ["ICI30D9A9E93E3", "ICI6331FEB9D27", "ICI52323B688888DF", "ICI7D2DFB8C54B0", "ICI8293FC503D", "1ABC2"]
    paid = [
        row
        for mark, day in zip(marks, monthly(date(2026, 1, 5), 6), strict=True)
        for row in rows([day], "-499.00", f"UPI/{mark}/NETFLIX/x")
    ]
    [found] = streams(paid, AS_OF)
    assert (found.occurrences, found.merchant) == (6, "Netflix")


def test_a_name_may_touch_a_long_number() -> None:
    paid = [
        row
        for number, day in enumerate(monthly(date(2026, 1, 5), 6))
        for row in rows([day], "-499.00", f"UPI/NETFLIX90{number}8765432/x")
    ]
    [found] = streams(paid, AS_OF)
    assert (found.occurrences, found.merchant) == (6, "Netflix")


def test_what_a_stream_cost_in_the_past_year_is_the_sum_of_the_rows_its_query_lists() -> None:
    series = rows(monthly(date(2024, 7, 11), 24), "-499.00")
    stream = only(streams(series, AS_OF))
    assert stream.transactions_query is not None
    listed = stream.transactions_query.removeprefix("/api/v1/transactions?q=id%3A").split(",")
    past = [row for row in series if row.id in listed]
    assert len(past) == 12
    assert stream.past_year == sum(row.amount for row in past) == Decimal("-5988.00")


def test_a_stream_that_ended_long_ago_lists_no_rows() -> None:
    stream = only(streams(rows(monthly(date(2022, 1, 11), 12), "-499.00"), AS_OF))
    assert (stream.past_year, stream.transactions_query, stream.transactions_query_reason) == (0, None, "no_rows")
