"""Dated and repeated flows laid out on the calendar of a plan.

A slot is a month counted from today: slot 0 runs from today to a month from today. A payment belongs to the slot in
which it falls due; a flow of year k belongs to slot 12 k.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from finapp.fire.public.projection import Flow
from finapp.kernel.errors import Invalid
from finapp.kernel.months import add_months, count_months, month_of

LONGEST_MONTHS = 1200
"""Flows without an end are laid out for a hundred years."""


def whole_months(first: date, last: date) -> int:
    """How many whole months fit between two days; negative when `last` is earlier."""
    months = count_months(month_of(first), month_of(last))
    return months if add_months(first, months) <= last else months - 1


def slot_of(as_of: date, day: date) -> int:
    """The slot in which `day` lies; a day exactly n months ahead closes slot n - 1."""
    months = whole_months(as_of, day)
    return max(months - 1 if add_months(as_of, months) == day else months, 0)


def check(flow: Flow, as_of: date, field: str) -> None:
    """Raises Invalid, naming the part of `field` that is out of range or contradicts another."""
    once = [name for name in ("date", "year") if getattr(flow, name) is not None]
    repeated = [name for name in ("start", "end", "from_year", "to_year") if getattr(flow, name) is not None]
    if len(once) > 1 or (once and repeated):
        raise Invalid(f"{field}.{once[0]}", f"a flow paid once cannot have {(once[1:] + repeated)[0]} as well")
    for by_date, by_year in (("start", "from_year"), ("end", "to_year")):
        if getattr(flow, by_date) is not None and getattr(flow, by_year) is not None:
            raise Invalid(f"{field}.{by_date}", f"give {by_date} or {by_year}, not both")
    for name in ("date", "end"):
        day = getattr(flow, name)
        if day is not None and day < as_of:
            raise Invalid(f"{field}.{name}", "lies before as_of")
    for name in ("year", "from_year", "to_year"):
        value = getattr(flow, name)
        if value is not None and not 0 <= value <= LONGEST_MONTHS // 12:
            raise Invalid(f"{field}.{name}", f"must be between 0 and {LONGEST_MONTHS // 12}")
    if not -1 < flow.growth <= 1:
        raise Invalid(f"{field}.growth", "must be above -1 and at most 1")
    first, last = _span(flow, as_of)
    if last is not None and last < first:
        raise Invalid(f"{field}.{'end' if flow.end is not None else 'to_year'}", "lies before the start")


def is_for_life(flow: Flow, as_of: date) -> bool:
    """Whether the flow runs from the first year on, for good, at constant purchasing power."""
    if flow.date is not None or flow.year is not None or not flow.real or flow.growth:
        return False
    first, last = _span(flow, as_of)
    return last is None and first < _step(flow)


def yearly_amount(flow: Flow) -> Decimal:
    """What a repeated flow brings in a year."""
    return flow.amount * (12 // _step(flow))


def by_slot(flow: Flow, as_of: date, slots: int = LONGEST_MONTHS) -> Iterator[tuple[int, Decimal]]:
    """(slot, amount) of every payment within the next `slots` months, before any deflation.

    A flow that began before today is taken from its next payment on. `growth` counts from the first payment here.
    """
    if flow.date is not None or flow.year is not None:
        slot = slot_of(as_of, flow.date) if flow.date is not None else 12 * (flow.year or 0)
        if slot < slots:
            yield slot, flow.amount
        return
    first, last = _span(flow, as_of)
    step, amount = _step(flow), flow.amount
    end = slots - 1 if last is None else min(slots - 1, last)
    for number, slot in enumerate(range(first, end + 1, step)):
        if number and number * step % 12 == 0:
            amount *= 1 + flow.growth
        yield slot, amount


def _step(flow: Flow) -> int:
    return 1 if flow.every == "month" else 12


def _span(flow: Flow, as_of: date) -> tuple[int, int | None]:
    """First and last slot of a repeated flow; the last is None when it has no end."""
    step = _step(flow)
    if flow.start is None:
        begins = add_months(as_of, 12 * (flow.from_year or 0))
        first = 12 * (flow.from_year or 0)
    else:
        begins = flow.start
        if begins < as_of:
            passed = -(-max(whole_months(begins, as_of), 0) // step) * step
            begins = add_months(flow.start, passed)
            if begins < as_of:
                begins = add_months(flow.start, passed + step)
        first = slot_of(as_of, begins)
    if flow.end is not None:
        return first, first + whole_months(begins, flow.end)
    if flow.to_year is not None:
        return first, 12 * flow.to_year + (11 if step == 1 else 0)
    return first, None
