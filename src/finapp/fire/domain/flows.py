"""Dated and repeated flows laid out on the calendar of a plan."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from finapp.fire.public.projection import Flow
from finapp.kernel.errors import Invalid
from finapp.kernel.months import add_months, count_months, month_of

LONGEST_MONTHS = 1200
"""Flows without an end are laid out for a hundred years."""


def month_index(as_of: date, day: date) -> int:
    """The first whole number of months after `as_of` whose date is not before `day`; negative for the past."""
    months = count_months(month_of(as_of), month_of(day))
    return months if add_months(as_of, months) >= day else months + 1


def check(flow: Flow, as_of: date, field: str) -> None:
    """Raises Invalid, naming the part of `field` that contradicts another."""
    once = [name for name in ("date", "year") if getattr(flow, name) is not None]
    repeated = [name for name in ("start", "end", "from_year", "to_year") if getattr(flow, name) is not None]
    if len(once) > 1 or (once and repeated):
        raise Invalid(f"{field}.{once[0]}", f"a flow on one day cannot have {(once[1:] + repeated)[0]} as well")
    for by_date, by_year in (("start", "from_year"), ("end", "to_year")):
        if getattr(flow, by_date) is not None and getattr(flow, by_year) is not None:
            raise Invalid(f"{field}.{by_date}", f"give {by_date} or {by_year}, not both")
    if flow.date is not None and flow.date < as_of:
        raise Invalid(f"{field}.date", "lies before as_of")
    for name in ("year", "from_year", "to_year"):
        value = getattr(flow, name)
        if value is not None and not 0 <= value <= LONGEST_MONTHS // 12:
            raise Invalid(f"{field}.{name}", f"must be between 0 and {LONGEST_MONTHS // 12}")
    if flow.growth <= -1 or flow.growth > 1:
        raise Invalid(f"{field}.growth", "must be above -1 and at most 1")
    first, last = _span(flow, as_of)
    if last is not None and last < first:
        raise Invalid(f"{field}.{'end' if flow.end is not None else 'to_year'}", "lies before the start")


def is_for_life(flow: Flow, as_of: date) -> bool:
    """Whether the flow runs from the first year on, for good, at constant purchasing power."""
    first, last = _span(flow, as_of)
    return last is None and first <= 1 and flow.real and flow.growth == 0 and flow.date is None and flow.year is None


def yearly_amount(flow: Flow) -> Decimal:
    """What a repeated flow brings in a year."""
    return flow.amount * (12 if flow.every == "month" else 1)


def by_month(flow: Flow, as_of: date, months: int = LONGEST_MONTHS) -> Iterator[tuple[int, Decimal]]:
    """(month index, amount) of every payment from month 0 (today) to `months`, before any deflation.

    A flow that has begun before today is taken from today on. `growth` counts from its first payment here.
    """
    if flow.date is not None or flow.year is not None:
        index = month_index(as_of, flow.date) if flow.date is not None else 12 * (flow.year or 0)
        if index <= months:
            yield index, flow.amount
        return
    first, last = _span(flow, as_of)
    step = 1 if flow.every == "month" else 12
    amount, end = flow.amount, min(months, last if last is not None else months)
    for number, index in enumerate(range(first, end + 1, step)):
        if number and number * step % 12 == 0:
            amount *= 1 + flow.growth
        yield index, amount


def _span(flow: Flow, as_of: date) -> tuple[int, int | None]:
    """First and last month index of a repeated flow; the last is None when it has no end."""
    monthly = flow.every == "month"
    if flow.start is not None:
        first = month_index(as_of, flow.start)
        step = 1 if monthly else 12
        first = first if first >= 0 else first % step
    else:
        first = 12 * (flow.from_year or 0) + (1 if monthly else 0)
    if flow.end is not None:
        return first, count_months(month_of(as_of), month_of(flow.end)) - (
            add_months(as_of, count_months(month_of(as_of), month_of(flow.end))) > flow.end
        )
    if flow.to_year is not None:
        return first, 12 * (flow.to_year + 1) if monthly else 12 * flow.to_year
    return first, None
