"""Dated payments, from the investor's side: paid in negative, received positive."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

Flows = Sequence[tuple[date, Decimal]]


def netted(flows: Flows) -> list[tuple[date, Decimal]]:
    """Payments by day, each day's added up, days that cancel out dropped."""
    days: dict[date, Decimal] = {}
    for day, amount in flows:
        days[day] = days.get(day, Decimal(0)) + amount
    return [(day, days[day]) for day in sorted(days) if days[day] != 0]
