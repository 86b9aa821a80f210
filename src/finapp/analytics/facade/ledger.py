"""What analytics asks of the ledger: kept sums where there are any, sums of a filter where there are none."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from finapp.analytics.domain.calendar import Calendar
from finapp.analytics.domain.merchants import Spent
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import Moved
from finapp.analytics.domain.sums import Sum, Sums, in_currency
from finapp.analytics.facade.kept import Days, KeptSums, of_day
from finapp.analytics.facade.rates import HouseholdRates
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor
from finapp.transactions.public import Coverage, MerchantTotal, Transaction, TransactionFilter, Transactions

PAGE = 500
MOST_ROWS = 20_000
"""Rows read one by one for a question that no sum answers."""
SALARY = "income_salary"


class Ledger:
    """Reads sums of a place of the ledger in one currency."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._kept = KeptSums(transactions)

    def coverage(self, owner: str, account_id: str | None) -> Coverage:
        """From when to when there are rows."""
        return self._kept.coverage(owner, account_id)

    def sums(self, owner: str, place: Place, currency: str, calendar: Calendar) -> Sums:
        """Sums by month of the calendar, each as of its first day in the place; by day in other currencies."""
        if place.is_narrowed:
            raw: Iterable[Sum] = self._filtered(owner, place)
        else:
            pieces = tuple(calendar.pieces(place.first, place.last))
            raw = self._kept.sums(owner, place.account_id, pieces, currency)
        return in_currency(raw, currency, self._rates(owner), calendar)

    def daily_sums(self, owner: str, place: Place, currency: str, calendar: Calendar) -> Sums:
        """Sums by day."""
        raw = self._filtered(owner, place) if place.is_narrowed else self._days(owner, place, place.first, place.last)
        return in_currency(raw, currency, self._rates(owner), calendar)

    def sums_of(self, owner: str, place: Place, periods: Sequence[Days], currency: str, calendar: Calendar) -> Sums:
        """Sums by given periods, as of their first days; they do not overlap and cover the place."""
        raw = self._filtered(owner, place) if place.is_narrowed else self._by_period(owner, place, periods, currency)
        return in_currency(raw, currency, self._rates(owner), calendar)

    def salaries(self, owner: str, as_of: date) -> dict[date, Decimal]:
        """What came as salary on each day, in whatever currency."""
        where = TransactionFilter(category_id=SALARY, flows=("income",), last=as_of)
        found: dict[date, Decimal] = {}
        for total in self._transactions.filtered_totals(owner=owner, where=where):
            found[total.day] = found.get(total.day, Decimal(0)) + total.amount
        return {day: amount for day, amount in found.items() if amount > 0}

    def moved(self, owner: str, place: Place, currency: str, calendar: Calendar) -> Moved:
        """What moved between own accounts: every outgoing row, and an incoming one without a counterpart."""
        zero, sums = from_minor(0, currency), []
        try:
            for row in self.rows(owner, place, flows=("transfer",)):
                if row.amount < 0 or row.transfer_id is None or place.account_id is not None:
                    sums.append(_of_row(row))
        except Invalid:
            return Moved(amount=None, reason="too_many_rows")
        found = in_currency(sums, currency, self._rates(owner), calendar)
        return Moved(amount=sum((abs(item.amount) for item in found.items), zero), reason=None)

    def spent(self, owner: str, place: Place, limit: int, of: tuple[str, ...] | None = None) -> list[Spent]:
        """What was spent at the merchants of a place, the `limit` largest of each currency; `of` some of them alone."""
        if place.is_narrowed:
            found = self._transactions.filtered_merchants(owner=owner, where=_filter(place), of=of, limit=limit)
        else:
            found = self._transactions.spent_by_merchant(
                owner=owner, first=place.first, last=place.last, account_id=place.account_id, of=of, limit=limit
            )
        return [_spent_at(each) for each in found]

    def rows(self, owner: str, place: Place, **conditions: tuple[str, ...]) -> Iterator[Transaction]:
        """Rows of a place. Raises Invalid when there are more than are read one by one."""
        where = _filter(place, **conditions)
        cursor: str | None = None
        for _ in range(MOST_ROWS // PAGE):
            page = self._transactions.transactions(owner=owner, where=where, limit=PAGE, cursor=cursor)
            yield from page.items
            cursor = page.next_cursor
            if cursor is None:
                return
        raise Invalid("from", f"the period has more than {MOST_ROWS} rows of this kind: ask for a shorter one")

    def _by_period(self, owner: str, place: Place, periods: Sequence[Days], currency: str) -> Iterator[Sum]:
        asked = {"owner": owner, "account_id": place.account_id}
        totals = self._transactions.period_totals(periods=tuple(periods), **asked)  # type: ignore[arg-type]
        yield from (of_day(total) for total in totals if total.currency == currency)
        if any(total.currency != currency for total in totals):
            days = self._days(owner, place, place.first, place.last)
            yield from (item for item in days if item.currency != currency)

    def _days(self, owner: str, place: Place, first: date, last: date) -> Iterable[Sum]:
        found = self._transactions.daily_totals(owner=owner, first=first, last=last, account_id=place.account_id)
        return (of_day(total) for total in found)

    def _rates(self, owner: str) -> HouseholdRates:
        return HouseholdRates(owner=owner, transactions=self._transactions)

    def _filtered(self, owner: str, place: Place) -> Iterable[Sum]:
        found = self._transactions.filtered_totals(owner=owner, where=_filter(place))
        return (of_day(total) for total in found)


def _filter(place: Place, **conditions: tuple[str, ...]) -> TransactionFilter:
    wanted: dict[str, object] = {"account_id": place.account_id, "tag": place.tag, "person": place.person}
    return TransactionFilter(first=place.first, last=place.last, **wanted, **conditions)  # type: ignore[arg-type]


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


def _spent_at(total: MerchantTotal) -> Spent:
    return Spent(
        merchant_id=total.merchant_id,
        merchant=total.merchant,
        currency=total.currency,
        amount=total.amount,
        count=total.count,
        last_on=total.last_on,
    )
