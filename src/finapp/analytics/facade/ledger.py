"""What analytics asks of the ledger: kept sums where there are any, rows only for a tag."""

from collections.abc import Iterable, Iterator
from datetime import date

from finapp.analytics.domain import coverage
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import Moved
from finapp.analytics.domain.sums import Rates, Sum, Sums, added_up, in_currency
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor
from finapp.kernel.months import first_day, last_day
from finapp.transactions.public import DailyTotal, MonthlyTotal, Transaction, TransactionFilter, Transactions

PAGE = 500
MOST_ROWS = 20_000
"""Rows read one by one for a question that no kept sum answers."""


class Ledger:
    """Reads sums of a place of the ledger in one currency."""

    def __init__(self, transactions: Transactions, rates: Rates) -> None:
        self._transactions = transactions
        self._rates = rates

    def sums(self, owner: str, place: Place, currency: str) -> Sums:
        """Sums by month where whole months are asked for, by day elsewhere and in other currencies."""
        raw = self._mixed(owner, place, currency) if place.tag is None else self._of_rows(owner, place)
        return in_currency(raw, currency, self._rates)

    def daily_sums(self, owner: str, place: Place, currency: str) -> Sums:
        """Sums by day."""
        if place.tag is not None:
            return self.sums(owner, place, currency)
        return in_currency(self._days(owner, place, place.first, place.last), currency, self._rates)

    def moved(self, owner: str, place: Place, currency: str) -> Moved:
        """What moved between own accounts: every outgoing row, and an incoming one without a counterpart."""
        zero, sums = from_minor(0, currency), []
        try:
            for row in self.rows(owner, place, flows=("transfer",)):
                if row.amount < 0 or row.transfer_id is None or place.account_id is not None:
                    sums.append(_of_row(row))
        except Invalid:
            return Moved(amount=None, reason="too_many_rows")
        found = in_currency(sums, currency, self._rates)
        return Moved(amount=sum((abs(item.amount) for item in found.items), zero), reason=None)

    def rows(self, owner: str, place: Place, **conditions: tuple[str, ...]) -> Iterator[Transaction]:
        """Rows of a place. Raises Invalid when there are more than are read one by one."""
        wanted: dict[str, object] = {"account_id": place.account_id, "tag": place.tag, **conditions}
        where = TransactionFilter(first=place.first, last=place.last, **wanted)  # type: ignore[arg-type]
        cursor: str | None = None
        for _ in range(MOST_ROWS // PAGE):
            page = self._transactions.transactions(owner=owner, where=where, limit=PAGE, cursor=cursor)
            yield from page.items
            cursor = page.next_cursor
            if cursor is None:
                return
        raise Invalid("from", f"the period has more than {MOST_ROWS} rows of this kind: ask for a shorter one")

    def _mixed(self, owner: str, place: Place, currency: str) -> Iterator[Sum]:
        parts = coverage.parts(place.first, place.last)
        for first, last in parts.days:
            yield from self._days(owner, place, first, last)
        if parts.months is None:
            return
        begin, end = parts.months
        totals = self._transactions.monthly_totals(owner=owner, first=begin, last=end, account_id=place.account_id)
        yield from (_of_month(total) for total in totals if total.currency == currency)
        if any(total.currency != currency for total in totals):
            # Other currencies are converted at the rate of each day.
            days = self._days(owner, place, first_day(begin), last_day(end))
            yield from (item for item in days if item.currency != currency)

    def _days(self, owner: str, place: Place, first: date, last: date) -> Iterable[Sum]:
        found = self._transactions.daily_totals(owner=owner, first=first, last=last, account_id=place.account_id)
        return (_of_day(total) for total in found)

    def _of_rows(self, owner: str, place: Place) -> Iterable[Sum]:
        return added_up(_of_row(row) for row in self.rows(owner, place))


def _of_month(total: MonthlyTotal) -> Sum:
    return Sum(
        on=first_day(total.month),
        category_id=total.category_id,
        flow=total.flow,
        need=total.need,
        currency=total.currency,
        amount=total.amount,
        count=total.count,
    )


def _of_day(total: DailyTotal) -> Sum:
    return Sum(
        on=total.day,
        category_id=total.category_id,
        flow=total.flow,
        need=total.need,
        currency=total.currency,
        amount=total.amount,
        count=total.count,
    )


def _of_row(row: Transaction) -> Sum:
    return Sum(
        on=row.date,
        category_id=row.category_id,
        flow=row.flow,
        need=row.need,
        currency=row.currency,
        amount=row.amount,
        count=1,
    )
