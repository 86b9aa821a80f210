"""Which days a card's statements cover, and which bills those days belong to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from finapp.transactions.domain.movement.values import LightRow, OwnAccount

Period = tuple[date, date]

_BILLED: Final = timedelta(days=30), timedelta(days=25)
"""A bill settles purchases of about 45 to 5 days before it: those in the middle of that time are on every such bill."""
_SILENCE: Final = timedelta(days=35)
"""How long a card that is in use may print nothing: between two statements, or at the edges of a month."""
_ARRIVES: Final = timedelta(days=5)
"""By when a payment stands on the card it pays."""
_BEFORE: Final = timedelta(days=10)
_AFTER: Final = timedelta(days=75)


def shows_purchases(card: OwnAccount, paid_on: date) -> bool:
    """Whether the purchases that a bill of this day settles lie in the time that the card's statements cover."""
    from_, until = (paid_on - days for days in _BILLED)
    return any(first <= until and last >= from_ for first, last in _merged(card.covered))


def prints_payments(covered: Sequence[Period], payments: Iterable[date], paid_on: date) -> bool:
    """Whether a card's statements of that time print payments, and reach the day by which this one would be there.

    A bill that such a card does not show is not its bill.
    """
    for first, last in _merged(covered):
        if first <= paid_on and paid_on + _ARRIVES <= last:
            return any(first <= day <= last for day in payments)
    return False


def bills_touched(rows: Sequence[LightRow], accounts: Mapping[str, OwnAccount]) -> Period | None:
    """Between which days the bills lie that new, changed or deleted card rows may turn; None without card rows.

    Rows join the periods around them, so every bill of the joined period may turn.
    """
    spans: dict[str, Period] = {}
    for row in rows:
        if row.account_kind == "credit_card":
            first, last = spans.get(row.account_id, (row.date, row.date))
            spans[row.account_id] = min(first, row.date), max(last, row.date)
    days: list[date] = []
    for account_id, span in spans.items():
        known = accounts[account_id].covered if account_id in accounts else ()
        joined = next(one for one in _merged((*known, span)) if one[0] <= span[0] and span[1] <= one[1])
        days += joined
    return (min(days) - _BEFORE, max(days) + _AFTER) if days else None


def _merged(periods: Sequence[Period]) -> list[Period]:
    """Periods in order, those with a short silence between them as one."""
    merged: list[Period] = []
    for first, last in sorted(periods):
        if merged and first - merged[-1][1] <= _SILENCE:
            first, last = merged[-1][0], max(last, merged[-1][1])
            merged.pop()
        merged.append((first, last))
    return merged
