"""What is due in the next days, and how low the balance falls on the way."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from finapp.dashboard.public import Obligation, ObligationsFacts

DAYS = 30


def obligations(
    expected: Sequence[Obligation], *, currency: str, balance: Decimal, first: date, last: date
) -> ObligationsFacts:
    """Expected rows from `first` to `last` against today's balance. What comes in on a day counts before what goes."""
    ordered = sorted(expected, key=lambda item: (item.date, item.amount))
    zero = balance - balance
    lowest, lowest_on, running = balance, first, balance
    for day, items in groupby(ordered, key=lambda item: item.date):
        running += sum((item.amount for item in items), zero)
        if running < lowest:
            lowest, lowest_on = running, day
    outgoing = tuple(item for item in ordered if item.amount < 0)
    return ObligationsFacts(
        currency=currency,
        first=first,
        last=last,
        items=outgoing,
        total_out=sum((-item.amount for item in outgoing), zero),
        total_in=sum((item.amount for item in ordered if item.amount > 0), zero),
        balance=balance,
        lowest_balance=lowest,
        lowest_on=lowest_on,
    )
