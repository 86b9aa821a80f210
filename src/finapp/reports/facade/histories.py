"""The rows of households, kept between questions: after a write only the months that changed are read again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import TypeVar

from finapp.kernel import ids
from finapp.kernel.money import exponent
from finapp.kernel.months import Month, first_day, last_day, month_of, shift
from finapp.platform.memory import Memory
from finapp.reports.domain.recurring.book import Book
from finapp.reports.domain.recurring.rows import Columns
from finapp.reports.facade import households
from finapp.transactions.public import Change, ChangeKind, Import, MonthlyTotal, MovementColumns, Transactions

MOST_READ = 200_000
"""Rows; of a longer history the latest are read."""
_EVER = Month("1900-01"), Month("2199-12")
_IN_SUMS: frozenset[ChangeKind] = frozenset(
    {"created", "deleted", "restored", "transfer_confirmed", "transfer_rejected"}
)
"""Changes by a person that move the sums of a month; others may change a text alone, which no sum tells."""
_LOOKED_AT = 20
_SLOW_COMMIT = 10_000 << 20
"""Ten seconds, as ids count time."""
T = TypeVar("T", Change, Import)


@dataclass(frozen=True)
class _Kept:
    """A household's rows with what they rest on: the sums of each month, and an id that everything later exceeds."""

    version: str
    currency: str
    mark: str
    sums: dict[Month, tuple[MonthlyTotal, ...]]
    book: Book


class Histories:
    """Reads the rows of households through the transactions context."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._kept = Memory[_Kept](most=4)

    def book(self, owner: str, as_of: date, currency: str, version: str) -> Book:
        """The household's rows in its currency, later ones than `as_of` perhaps among them.

        `version` is that of the ledger, asked before anything else is.
        """
        kept = self._kept.known(owner)
        if kept is not None and kept.currency == currency:
            if kept.version == version:
                return kept.book
            renewed = self._renewed(owner, kept, version)
            if renewed is not None:
                return self._keep(owner, renewed)
        mark, sums = _mark(), self._sums(owner)
        found, whole = self._all(owner, as_of)
        book = Book(households.recurring_columns(found, currency), exponent(currency))
        return self._keep(owner, _Kept(version, currency, mark, sums, book)) if whole else book

    def _keep(self, owner: str, kept: _Kept) -> Book:
        self._kept.keep(owner, kept)
        return kept.book

    def _sums(self, owner: str) -> dict[Month, tuple[MonthlyTotal, ...]]:
        by_month: dict[Month, list[MonthlyTotal]] = defaultdict(list)
        for total in self._transactions.monthly_totals(owner=owner, first=_EVER[0], last=_EVER[1]):
            by_month[total.month].append(total)
        return {month: tuple(totals) for month, totals in by_month.items()}

    def _renewed(self, owner: str, kept: _Kept, version: str) -> _Kept | None:
        """What was kept with the changed months read again; None when all must be."""
        mark = _mark()
        changes = self._transactions.changes(owner=owner, limit=_LOOKED_AT, cursor=None).items
        imports = self._transactions.imports(owner=owner, limit=_LOOKED_AT, cursor=None).items
        said, dated = _since(changes, kept.mark), _months(_since(imports, kept.mark))
        if dated is None or said is None or any(change.kind not in _IN_SUMS for change in said):
            return None
        sums = self._sums(owner)
        months = {month for month in kept.sums.keys() | sums.keys() if kept.sums.get(month) != sums.get(month)} | dated
        book = kept.book
        for month in months:
            book = book.read_again(month, self._month(owner, month, kept.currency))
        return _Kept(version, kept.currency, mark, sums, book)

    def _month(self, owner: str, month: Month, currency: str) -> Columns:
        found = self._transactions.movement_columns(owner=owner, first=first_day(month), last=last_day(month))
        return households.recurring_columns(found, currency)

    def _all(self, owner: str, as_of: date) -> tuple[MovementColumns, bool]:
        """All rows, or the latest up to `as_of` where they are too many; and whether they are all."""
        found = self._transactions.movement_columns(owner=owner, first=None, last=None, limit=MOST_READ)
        if not found.truncated:
            return found, True
        known = self._transactions.coverage(owner=owner)
        days = (as_of - (known.first or as_of)).days
        while days > 1 and found.truncated:
            days = min(days * 9 // 10, days * MOST_READ // max(known.rows, 1))
            first = as_of - timedelta(days=max(days, 1))
            found = self._transactions.movement_columns(owner=owner, first=first, last=as_of, limit=MOST_READ)
        return found, False


def _mark() -> str:
    """An id that whatever is written from now on exceeds, however slowly it is committed."""
    return ids.to_text(ids.new_number() - _SLOW_COMMIT)


def _since(items: Sequence[T], mark: str) -> list[T] | None:
    """The items, newest first, later than a mark; None when there may be more than were looked at."""
    later = list(takewhile(lambda one: one.id > mark, items))
    return later if len(later) < _LOOKED_AT else None


def _months(imports: Sequence[Import] | None) -> set[Month] | None:
    """The months of some imports: rows like those of before may have come with new ids. None when unsure."""
    months: set[Month] = set()
    for one in imports or ():
        if one.period_first is None or one.period_last is None:
            return None
        month = month_of(one.period_first)
        while month <= month_of(one.period_last):
            months.add(month)
            month = shift(month, 1)
    return None if imports is None else months
