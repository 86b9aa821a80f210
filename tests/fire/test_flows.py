"""Flows on the calendar: which month they belong to, and how they repeat."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.fire.domain.flows import by_slot, slot_of, whole_months
from finapp.fire.public import Flow

TODAY = date(2026, 1, 31)


def slots(flow: Flow, months: int = 48) -> list[int]:
    return [slot for slot, _ in by_slot(flow, TODAY, months)]


def test_a_day_a_whole_month_ahead_closes_the_month_before_it() -> None:
    days = {date(2026, 1, 31): 0, date(2026, 2, 1): 0, date(2026, 2, 28): 0, date(2026, 3, 1): 1, date(2026, 3, 31): 1}
    assert {day: slot_of(TODAY, day) for day in days} == days
    assert (whole_months(TODAY, date(2026, 2, 28)), whole_months(TODAY, date(2026, 2, 27))) == (1, 0)
    assert slot_of(TODAY, date(2027, 1, 31)) == 11


def test_once_and_repeated_flows_fall_due_in_their_months() -> None:
    amount = Decimal(100)
    assert slots(Flow(amount=amount, year=2)) == [24]
    assert slots(Flow(amount=amount, date=date(2026, 7, 15))) == [5]
    assert slots(Flow(amount=amount, from_year=1, to_year=3)) == [12, 24, 36]
    assert slots(Flow(amount=amount, every="month", from_year=1, to_year=1)) == list(range(12, 24))
    assert slots(Flow(amount=amount, every="month", start=date(2026, 7, 1), end=date(2026, 9, 1))) == [5, 6, 7]
    assert slots(Flow(amount=amount)) == [0, 12, 24, 36]


def test_a_flow_that_began_earlier_goes_on_from_its_next_payment() -> None:
    yearly = Flow(amount=Decimal(100), start=date(2020, 6, 1))
    assert slots(yearly, 24) == [4, 16]
    monthly = Flow(amount=Decimal(100), every="month", start=date(2020, 6, 1), end=date(2026, 4, 1))
    assert slots(monthly) == [0, 1, 2]


def test_growth_counts_from_year_to_year() -> None:
    growing = Flow(amount=Decimal(100), every="month", growth=Decimal("0.10"))
    paid = dict(by_slot(growing, TODAY, 25))
    assert [paid[slot] for slot in (0, 11, 12, 24)] == [100, 100, Decimal("110.0"), Decimal("121.00")]


@pytest.mark.parametrize("months", [1, 12, 36])
def test_nothing_lies_beyond_the_months_that_were_asked_for(months: int) -> None:
    for flow in (Flow(amount=Decimal(1)), Flow(amount=Decimal(1), every="month"), Flow(amount=Decimal(1), year=3)):
        assert all(slot < months for slot in slots(flow, months))
