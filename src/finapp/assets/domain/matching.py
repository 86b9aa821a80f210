"""Real payments found for the rows of a schedule."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from finapp.assets.public import NewPartPayment, PaymentsMatched, ScheduledPayment, ScheduleRow
from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.money import from_minor, rounded

WINDOW_DAYS = 10
NEAR = Decimal("0.10")
"""A payment of another amount is taken for an instalment when it differs by at most this part of it."""


@dataclass(frozen=True, kw_only=True)
class Paid:
    """Money that left an account. `amount` is positive."""

    id: str
    account_id: str
    date: date
    amount: Decimal
    is_debt: bool
    """Whether the ledger calls it debt service."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """The days of which the ledger has rows, and the day of the question."""

    first: date | None
    last: date | None
    as_of: date

    def covers(self, due: date) -> bool:
        """Whether the ledger would show a payment of that day."""
        return self.first is not None and self.last is not None and self.first <= due <= self.last


def match(rows: Sequence[ScheduleRow], paid: Sequence[Paid], period: Period, currency: str) -> PaymentsMatched:
    """Each due row beside at most one payment within ten days; each payment beside at most one row.

    First payments of exactly the scheduled amount, the nearest in time; then, among what the ledger calls debt
    service, those that differ by at most a tenth. Rows of days of which the ledger tells nothing are not compared.
    """
    as_of = period.as_of
    zero = from_minor(0, currency)
    due = [_payable(row, currency) for row in rows if row.payment > 0 and row.date <= as_of]
    found = _pairs(due, paid)
    items = tuple(_beside(row, found.get(index), period) for index, row in enumerate(due))
    scheduled = sum((item.scheduled for item in items if item.status != "not_covered"), zero)
    actual = sum((item.paid for item in items if item.paid is not None), zero)
    return PaymentsMatched(
        as_of=as_of,
        items=items,
        totals={"scheduled": scheduled, "paid": actual, "difference": actual - scheduled},
        basis=Basis(
            formula="assets.payments_matched",
            version=1,
            assumptions={
                "window": f"{WINDOW_DAYS} days around the due date",
                "exact": "any payment of the scheduled amount, charges included; the nearest first",
                "not_covered": "due before the ledger's first row or after its last one, and not in the totals",
                "near": f"debt service that differs by at most {NEAR} of it",
            },
            rows=Rows(
                count=len(found),
                first=min((item.date for item in found.values()), default=None),
                last=max((item.date for item in found.values()), default=None),
            ),
            figures=_figures(items),
        ),
    )


def unpaid(parts: Sequence[NewPartPayment], paid: Sequence[Paid]) -> list[NewPartPayment]:
    """The part payments for which no money left an account, or the one they name: none of their amount, with or
    without the fee, within ten days. A payment stands for one part payment."""
    left, missing = list(paid), []
    for part in sorted(parts, key=lambda item: (item.account_id is None, item.date, item.amount)):
        candidates = [item for item in left if _may_have_paid(item, part)]
        if candidates:
            left.remove(min(candidates, key=lambda item: (abs((item.date - part.date).days), item.id)))
        else:
            missing.append(part)
    return missing


def _may_have_paid(item: Paid, part: NewPartPayment) -> bool:
    return (
        part.account_id in (None, item.account_id)
        and item.amount in (part.amount, part.amount + part.fee)
        and abs((item.date - part.date).days) <= WINDOW_DAYS
    )


def _payable(row: ScheduleRow, currency: str) -> ScheduleRow:
    """The row as it can be paid: a schedule carried unrounded asks for parts of a minor unit."""
    return replace(row, payment=rounded(row.payment, currency), charges=rounded(row.charges, currency))


def _figures(items: Sequence[ScheduledPayment]) -> dict[str, Figure]:
    """The totals from the rows of the schedule and of the ledger behind them."""
    due = tuple(
        Input(id=f"schedule.{item.number}", kind="schedule_row", name=str(item.due_on), value=f"{item.scheduled:f}")
        for item in items
        if item.status != "not_covered"
    )
    rows = tuple(
        Input(
            id=item.transaction_id,
            kind="rows",
            name=str(item.paid_on),
            value=f"{item.paid:f}",
            source=f"/api/v1/transactions?q=id%3A{item.transaction_id}",
        )
        for item in items
        if item.paid is not None and item.transaction_id is not None
    )
    both = tuple(
        Input(id=f"totals.{name}", kind="figure", name=name, value=None, source="this answer")
        for name in ("paid", "scheduled")
    )
    return {
        "totals.scheduled": Figure(kind="formula", formula="sum of the inputs", inputs=due),
        "totals.paid": Figure(kind="formula", formula="sum of the inputs", inputs=rows),
        "totals.difference": Figure(kind="formula", formula="paid - scheduled", inputs=both),
    }


def _pairs(due: Sequence[ScheduleRow], paid: Sequence[Paid]) -> dict[int, Paid]:
    """Position of a due row -> its payment."""
    found: dict[int, Paid] = {}
    by_date = sorted(paid, key=lambda item: (item.date, item.id))
    days = [item.date for item in by_date]
    window, taken = timedelta(days=WINDOW_DAYS), set()
    for exact in (True, False):
        candidates = sorted(
            (abs((by_date[at].date - row.date).days), abs(by_date[at].amount - row.payment - row.charges), index, at)
            for index, row in enumerate(due)
            for at in range(bisect_left(days, row.date - window), bisect_right(days, row.date + window))
            if index not in found and at not in taken and _may_be(row, by_date[at], exact)
        )
        for _, _, index, at in candidates:
            if index not in found and at not in taken:
                found[index] = by_date[at]
                taken.add(at)
    return found


def _may_be(row: ScheduleRow, item: Paid, exact: bool) -> bool:
    scheduled = row.payment + row.charges
    if exact:
        return item.amount == scheduled
    return item.is_debt and abs(item.amount - scheduled) <= scheduled * NEAR


def _beside(row: ScheduleRow, item: Paid | None, period: Period) -> ScheduledPayment:
    scheduled = row.payment + row.charges
    if item is None:
        late = (period.as_of - row.date).days > WINDOW_DAYS
        missing: Literal["missing", "not_covered"] = "missing" if period.covers(row.date) else "not_covered"
        return ScheduledPayment(
            number=row.number,
            due_on=row.date,
            scheduled=scheduled,
            paid=None,
            paid_on=None,
            transaction_id=None,
            difference=None,
            status=missing if late else "due",
        )
    return ScheduledPayment(
        number=row.number,
        due_on=row.date,
        scheduled=scheduled,
        paid=item.amount,
        paid_on=item.date,
        transaction_id=item.id,
        difference=item.amount - scheduled,
        status="paid" if item.amount == scheduled else "paid_other_amount",
    )
