"""The rows of households, kept between questions: after a write only the days that changed are read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from finapp.kernel.money import exponent
from finapp.kernel.months import Month, first_day, last_day, month_of
from finapp.platform.memory import Memory
from finapp.reports.domain.recurring.book import Book, Days
from finapp.reports.domain.recurring.rows import Columns
from finapp.reports.facade import households
from finapp.transactions.public import MovementColumns, Transactions

MOST_READ = 200_000
"""Rows; of a longer history the latest whole months with no more rows than these are read."""
_EVER = Month("1900-01"), Month("2199-12")
_MOST_RUNS, _DAYS = 300, 30
"""Periods that are read again one by one: of more, everything is; and the days of a month."""
_NEAR = timedelta(days=2)
_NOTHING = Columns.of(())


@dataclass(frozen=True)
class _Kept:
    """A household's rows at one version, or later, with the number of rows of every month it has."""

    version: str
    counts: Mapping[Month, int]
    held: frozenset[Month]
    """The months whose rows stand in the book."""
    book: Book


class Histories:
    """Reads the rows of households through the transactions context."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._kept = Memory[_Kept](most=4)

    def book(self, owner: str, as_of: date, currency: str, version: str) -> Book:
        """The household's rows in its currency, later ones than `as_of` perhaps among them.

        `version` is that of the ledger, asked before anything else is: what is kept is never older.
        """
        # The latest months of a long history depend on the day; they are kept apart from those of another month.
        for key in ((owner, currency, None), (owner, currency, month_of(as_of))):
            kept = self._kept.known(key)
            if kept is not None and kept.version == version:
                return kept.book
            renewed = None if kept is None else self._renewed(owner, kept, key[2], currency, version)
            if renewed is not None:
                self._kept.keep(key, renewed)
                return renewed.book
        return self._anew(owner, as_of, currency, version)

    def _anew(self, owner: str, as_of: date, currency: str, version: str) -> Book:
        counts = self._counts(owner, _EVER)
        end = None if sum(counts.values()) <= MOST_READ else month_of(as_of)
        wanted = _latest(counts, end)
        if end is not None and not wanted:
            return Book(households.recurring_columns(self._days(owner, as_of), currency), exponent(currency))
        first, last = (None, None) if end is None else (first_day(wanted[0]), last_day(wanted[-1]))
        found = self._transactions.movement_columns(owner=owner, first=first, last=last, limit=MOST_READ)
        book = Book(households.recurring_columns(found, currency), exponent(currency))
        # What was written since the months were counted may be more than was asked for.
        if not found.truncated:
            kept = _Kept(version=version, counts=counts, held=frozenset(wanted), book=book)
            self._kept.keep((owner, currency, end), kept)
        return book

    def _renewed(self, owner: str, kept: _Kept, end: Month | None, currency: str, version: str) -> _Kept | None:
        """What was kept with the changed days read again; None when it is no longer what is to be kept."""
        days = self._transactions.changed_days(owner=owner, since=kept.version)
        if days is None:
            return None
        changed = _by_month(days)
        counts = {month: count for month, count in kept.counts.items() if month not in changed}
        if days:
            known = self._counts(owner, (month_of(days[0]), month_of(days[-1])))
            counts |= {month: known[month] for month in changed if month in known}
        if (sum(counts.values()) <= MOST_READ) != (end is None):
            return None
        wanted = frozenset(_latest(counts, end))
        if end is not None and not wanted:
            return None
        new, touched = wanted - kept.held, wanted & changed.keys() & kept.held
        runs = [run for month in touched for run in _runs(changed[month])]
        left = sum(counts[month] for month in wanted) // 2
        left -= sum(counts[month] for month in new)
        left -= sum(counts[month] * len(changed[month]) // _DAYS for month in touched)
        if len(runs) > _MOST_RUNS or (left < 0 and len(new) + len(touched) > 1):
            return None
        again = {_whole(month): self._rows(owner, _whole(month), currency) for month in new}
        for run in runs:
            # Read at once, and placed day by day: so the rows of a day that stay are told from the few that do not.
            rows = self._rows(owner, (run[0], run[-1]), currency)
            again |= {(day, day): rows.of_day(day.toordinal()) for day in run}
        again |= {_whole(month): _NOTHING for month in kept.held - wanted}
        return _Kept(version=version, counts=counts, held=wanted, book=kept.book.read_again(again))

    def _counts(self, owner: str, months: tuple[Month, Month]) -> dict[Month, int]:
        """How many rows each of the months has that have any."""
        counts: dict[Month, int] = {}
        for total in self._transactions.monthly_totals(owner=owner, first=months[0], last=months[1]):
            counts[total.month] = counts.get(total.month, 0) + total.count
        return counts

    def _rows(self, owner: str, days: Days, currency: str) -> Columns:
        found = self._transactions.movement_columns(owner=owner, first=days[0], last=days[1])
        return households.recurring_columns(found, currency)

    def _days(self, owner: str, as_of: date) -> MovementColumns:
        """The rows of the latest days up to `as_of`, of a household whose months are too large."""
        known = self._transactions.coverage(owner=owner)
        days = max((as_of - (known.first or as_of)).days, 1)
        while True:
            first = as_of - timedelta(days=days)
            found = self._transactions.movement_columns(owner=owner, first=first, last=as_of, limit=MOST_READ)
            if not found.truncated or days == 1:
                return found
            days = max(1, min(days * 9 // 10, days * MOST_READ // max(known.rows, 1)))


def _whole(month: Month) -> Days:
    return first_day(month), last_day(month)


def _by_month(days: Sequence[date]) -> dict[Month, list[date]]:
    """Some days, which stand in order, by month."""
    found: dict[Month, list[date]] = {}
    for day in days:
        found.setdefault(month_of(day), []).append(day)
    return found


def _runs(days: Sequence[date]) -> list[list[date]]:
    """Days in order, those together between which few days lie: they are read faster with them."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] <= _NEAR:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _latest(counts: Mapping[Month, int], end: Month | None) -> Sequence[Month]:
    """The latest months up to one, in order, with at most as many rows as are read; every month without one."""
    chosen: list[Month] = []
    left = MOST_READ
    for month in sorted(counts, reverse=True):
        if end is None or month <= end:
            left -= counts[month]
            if end is not None and left < 0:
                break
            chosen.append(month)
    return chosen[::-1]
