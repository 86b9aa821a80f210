"""What is due in the next days, how low the balance falls on the way, and what is left until pay day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from itertools import groupby

from finapp.dashboard.public import Obligation, ObligationsFacts
from finapp.kernel.money import from_minor, quantum

DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the money of today is and whether anything can be expected, each unknown for a reason."""

    balance: Decimal | None
    balance_reason: str | None = None
    expected_reason: str | None = None


def obligations(
    expected: Sequence[Obligation],
    *,
    currency: str,
    known: Known,
    first: date,
    last: date,
    payday: date | None = None,
    has_income: bool = False,
) -> ObligationsFacts:
    """Expected rows from `first` to `last` against today's balance. What comes in on a day counts before what goes.

    `payday` is the next day of the largest regular income, when there is one (`has_income`) up to `last`.
    """
    ordered = sorted(expected, key=lambda item: (item.date, item.amount))
    zero, balance, unknown = from_minor(0, currency), known.balance, known.expected_reason
    lowest, lowest_on = (None, None) if balance is None or unknown else _lowest(balance, ordered, first)
    outgoing = tuple(item for item in ordered if item.amount < 0)
    due = None
    if payday is not None:
        due = sum((-item.amount for item in outgoing if item.date < payday), zero)
    left = None if due is None or balance is None else balance - due
    payday_reason = None if payday is not None else unknown or ("later" if has_income else "no_regular_income")
    return ObligationsFacts(
        currency=currency,
        first=first,
        last=last,
        items=outgoing,
        total_out=None if unknown else sum((-item.amount for item in outgoing), zero),
        total_out_reason=unknown,
        total_in=None if unknown else sum((item.amount for item in ordered if item.amount > 0), zero),
        total_in_reason=unknown,
        balance=balance,
        balance_reason=known.balance_reason,
        lowest_balance=lowest,
        lowest_balance_reason=known.balance_reason or unknown,
        lowest_on=lowest_on,
        payday=payday,
        payday_reason=payday_reason,
        due_until_payday=due,
        left_until_payday=left,
        left_until_payday_reason=payday_reason or known.balance_reason,
        left_per_day=None if left is None or payday is None else _per_day(left, first, payday, currency),
    )


def _lowest(balance: Decimal, ordered: Sequence[Obligation], first: date) -> tuple[Decimal, date]:
    lowest, lowest_on, running = balance, first, balance
    for day, items in groupby(ordered, key=lambda item: item.date):
        running = sum((item.amount for item in items), running)
        if running < lowest:
            lowest, lowest_on = running, day
    return lowest, lowest_on


def _per_day(left: Decimal, first: date, payday: date, currency: str) -> Decimal:
    # `first` is tomorrow: today's spending has to come out of it as well.
    days = (payday - (first - timedelta(days=1))).days
    return (max(left, left - left) / max(days, 1)).quantize(quantum(currency), rounding=ROUND_FLOOR)
