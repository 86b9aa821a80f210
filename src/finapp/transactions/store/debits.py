"""Money that left, day by day, by which the same payment made twice is seen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.platform import driver
from finapp.transactions.public import RepeatedDebit

# Written so that no index by amount serves it: the period is what narrows the rows.
_OF_DAYS = (
    "SELECT date, account_id, merchant_id, currency, amount, merchant, id FROM transactions "
    "WHERE owner = ? AND date BETWEEN ? AND ? AND amount + 0 < 0 AND flow || '' IN ('expense', 'debt') "
    "AND split_of IS NULL AND merchant_id <> ''"
)
Payment = tuple[int, str, str, int]
"""Account, merchant, currency and amount, as they are stored."""


class Day(NamedTuple):
    """The debits of one day: what each paid, and the name of its merchant with its id."""

    payments: tuple[Payment, ...]
    rows: tuple[tuple[str, int], ...]


def of_days(connection: Connection, owner: str, first: date, last: date) -> dict[str, Day]:
    """Day (YYYY-MM-DD) -> its debits, for the days of a period that have any."""
    asked = ids.to_number(owner), first.isoformat(), last.isoformat()
    found: dict[str, list[tuple[Payment, tuple[str, int]]]] = defaultdict(list)
    for day, account_id, merchant_id, currency, amount, merchant, number in driver.execute(connection, _OF_DAYS, asked):
        found[day].append(((account_id, merchant_id, currency, amount), (merchant, number)))
    return {day: Day(*zip(*debits, strict=True)) for day, debits in found.items()}


def repeated(days: dict[str, Day]) -> tuple[RepeatedDebit, ...]:
    """The payments that were made exactly twice, the largest first."""
    times = Counter(chain.from_iterable(day.payments for day in days.values()))
    twice = {payment for payment, count in times.items() if count == 2}
    made: dict[Payment, list[tuple[str, str, int]]] = defaultdict(list)
    for payment, day, merchant, number in _among(days, twice):
        made[payment].append((day, merchant, number))
    pairs = sorted(made.items(), key=lambda pair: (pair[0][3], min(number for _, _, number in pair[1])))
    return tuple(_shown(payment, rows) for payment, rows in pairs)


def _among(days: dict[str, Day], wanted: set[Payment]) -> Iterator[tuple[Payment, str, str, int]]:
    for day, debits in days.items():
        for payment, (merchant, number) in zip(debits.payments, debits.rows, strict=True):
            if payment in wanted:
                yield payment, day, merchant, number


def _shown(payment: Payment, rows: Iterable[tuple[str, str, int]]) -> RepeatedDebit:
    account_id, _, currency, amount = payment
    days, merchants, numbers = (sorted(each) for each in zip(*rows, strict=True))
    return RepeatedDebit(
        account_id=ids.to_text(account_id),
        merchant=merchants[0],
        currency=currency,
        amount=from_minor(amount, currency),
        first_on=date.fromisoformat(days[0]),
        last_on=date.fromisoformat(days[-1]),
        transaction_ids=(ids.to_text(numbers[0]), ids.to_text(numbers[-1])),
    )
