"""How many rows each month has, from the sums that are kept of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from finapp.kernel import ids
from finapp.kernel.months import Month
from finapp.platform import driver
from finapp.platform.driver import Glance
from finapp.platform.prepared import Stored
from finapp.transactions.public import TransactionFilter
from finapp.transactions.store.periods import parted

# A month's period is its name: grouped by the key itself, nothing is sorted.
_MONTHS = "SELECT period, sum(count) FROM monthly_sums WHERE owner = ? AND period BETWEEN ? AND ?{more} GROUP BY period"
_DAYS = (
    "SELECT substr(period, 1, 7), sum(count) FROM daily_sums WHERE owner = ? AND period BETWEEN ? AND ?{more} "
    "GROUP BY substr(period, 1, 7)"
)


def by_month(
    glance: Glance, owner: str, asked: TransactionFilter, below: Sequence[str] | None
) -> list[tuple[Month, int]]:
    """Month and count, newest month first; `below` are the categories asked for, None for all."""
    parts = parted(asked.first or date.min, asked.last or date.max)
    narrowed = list(_narrowed(asked, below))
    more, values = "".join(text for text, _ in narrowed), [value for _, some in narrowed for value in some]
    months: Counter[str] = Counter()

    def count(query: str, *period: str) -> None:
        found = driver.execute(glance, query.format(more=more), (ids.to_number(owner), *period, *values)).fetchall()
        months.update({month: int(number) for month, number in found})

    if parts.months is not None:
        count(_MONTHS, *parts.months)
    for first, last in parts.days:
        count(_DAYS, first.isoformat(), last.isoformat())
    return [(Month(month), number) for month, number in sorted(months.items(), reverse=True)]


def _narrowed(asked: TransactionFilter, below: Sequence[str] | None) -> Iterator[tuple[str, Sequence[Stored]]]:
    """Conditions on the sums, each with its values."""
    if asked.account_id is not None:
        yield " AND account_id = ?", [ids.to_number(asked.account_id)]
    for column, some in (("category_id", below), ("flow", asked.flows), ("need", asked.needs)):
        if some:
            yield f" AND {column} IN ({', '.join('?' * len(some))})", some
