"""What is missing between the statements of one account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from finapp.kernel.months import Month, first_day, last_day, month_of, months_between


@dataclass(frozen=True, kw_only=True)
class Covered:
    """The days and balances of one statement."""

    key: str
    first: date
    last: date
    opening: Decimal | None
    closing: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Between two statements: the days neither covers, and by how much the balance jumps."""

    after: str
    before: str
    first: date
    last: date
    difference: Decimal | None
    missing: bool | None


def gaps(statements: Sequence[Covered]) -> tuple[Gap, ...]:
    """The gaps between statements, in order. Statements that overlap or touch with equal balances have none.

    Days without a row between two exports are no proof: where both balances are known and equal, nothing is missing.
    """
    found = []
    reached: Covered | None = None
    for each in sorted(statements, key=lambda one: (one.first, one.last)):
        if reached is not None and each.first > reached.last:
            known = reached.closing is not None and each.opening is not None
            jump = each.opening - reached.closing if known else None  # type: ignore[operator]  # both are known
            apart = (each.first - reached.last).days > 1
            if jump if known else apart:
                first, last = reached.last + timedelta(days=1), each.first - timedelta(days=1)
                found.append(
                    Gap(
                        after=reached.key,
                        before=each.key,
                        first=min(first, each.first),
                        last=max(last, reached.last),
                        difference=jump,
                        missing=True if known else None,
                    )
                )
        if reached is None or each.last > reached.last:
            reached = each
    return tuple(found)


def missing_months(statements: Sequence[Covered]) -> tuple[Month, ...]:
    """Months between the first and the last statement of which no statement covers a day."""
    if not statements:
        return ()
    first, last = min(each.first for each in statements), max(each.last for each in statements)
    return tuple(
        month
        for month in months_between(month_of(first), month_of(last))
        if not any(each.first <= last_day(month) and each.last >= first_day(month) for each in statements)
    )
