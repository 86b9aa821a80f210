"""Sums of households' ledgers, kept between questions: after a write only those of its days are asked again."""

import threading
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from finapp.analytics.domain.sums import Sum
from finapp.kernel.months import first_day, last_day, month_of
from finapp.platform.memory import Memory
from finapp.transactions.public import Coverage, DailyTotal, MonthlyTotal, Transactions

MOST_HOUSEHOLDS, MOST_SUMS = 16, 30_000
"""Sums of a household up to which they are kept, a few hundred bytes each."""
Days = tuple[date, date]
Key = tuple[str, str | None, Days]
"""The household's currency, the account (None for all), the piece of time."""


@dataclass(frozen=True)
class _Household:
    """What is known of a household's ledger at one version or later."""

    version: str
    sums: dict[Key, tuple[Sum, ...]] = field(default_factory=dict)
    coverage: dict[str | None, Coverage] = field(default_factory=dict)
    asking: threading.Lock = field(default_factory=threading.Lock)

    def at(self, version: str, changed: Sequence[date]) -> "_Household":
        """The same at a later version, without what is about the days that changed, which stand in order."""
        left = {key: found for key, found in self.sums.copy().items() if not _touches(key[2], changed)}
        if sum(map(len, left.values())) > MOST_SUMS:
            left = {}
        return _Household(version, left, {} if changed else self.coverage.copy())


class KeptSums:
    """Reads sums and coverage of ledgers, each once until it changes."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._known = Memory[_Household](most=MOST_HOUSEHOLDS)

    def coverage(self, owner: str, account_id: str | None) -> Coverage:
        """From when to when there are rows."""
        home = self._household(owner)
        with home.asking:
            if account_id not in home.coverage:
                home.coverage[account_id] = self._transactions.coverage(owner=owner, account_id=account_id)
            return home.coverage[account_id]

    def sums(self, owner: str, account_id: str | None, pieces: Sequence[Days], currency: str) -> Iterator[Sum]:
        """The sums of pieces of time that do not overlap: those in `currency` as of each piece's first day, others by
        day, so that each can be converted at its own rate."""
        home = self._household(owner)
        with home.asking:
            missing = [piece for piece in pieces if (currency, account_id, piece) not in home.sums]
            if missing:
                for piece, found in self._read(owner, account_id, missing, currency).items():
                    home.sums[currency, account_id, piece] = tuple(found)
            return chain.from_iterable([home.sums[currency, account_id, piece] for piece in pieces])

    def _household(self, owner: str) -> _Household:
        # Asked before anything is read, so that what is known is never older than its version.
        version = self._transactions.version(owner=owner)
        known = self._known.known(owner)
        if known is not None and known.version == version:
            return known
        changed = None if known is None else self._transactions.changed_days(owner=owner, since=known.version)
        home = _Household(version) if known is None or changed is None else known.at(version, changed)
        self._known.keep(owner, home)
        return home

    def _read(self, owner: str, account_id: str | None, pieces: Sequence[Days], currency: str) -> dict[Days, list[Sum]]:
        found: dict[Days, list[Sum]] = {piece: [] for piece in pieces}
        starts = {first: (first, last) for first, last in pieces}
        foreign: set[Days] = set()
        for item in self._totals(owner, account_id, pieces):
            piece = starts.get(item.on)
            if piece is not None and item.currency != currency:
                foreign.add(piece)
            elif piece is not None:
                found[piece].append(item)
        if foreign:
            begin, end = min(foreign)[0], max(foreign)[1]
            days = self._transactions.daily_totals(owner=owner, first=begin, last=end, account_id=account_id)
            abroad = [of_day(day) for day in days if day.currency != currency]
            for piece in foreign:
                found[piece] += (item for item in abroad if piece[0] <= item.on <= piece[1])
        return found

    def _totals(self, owner: str, account_id: str | None, pieces: Sequence[Days]) -> Iterator[Sum]:
        months = [piece for piece in pieces if piece == _month(piece[0])]
        others = [piece for piece in pieces if piece != _month(piece[0])]
        if months:
            begin, end = month_of(months[0][0]), month_of(months[-1][0])
            asked = self._transactions.monthly_totals(owner=owner, first=begin, last=end, account_id=account_id)
            # A month between two whole ones may be cut: where pay came early, for one.
            whole = {first for first, _ in months}
            yield from (item for item in map(of_month, asked) if item.on in whole)
        if others:
            periods = self._transactions.period_totals(owner=owner, periods=tuple(others), account_id=account_id)
            yield from map(of_day, periods)


def _month(day: date) -> Days:
    month = month_of(day)
    return first_day(month), last_day(month)


def _touches(piece: Days, days: Sequence[date]) -> bool:
    """Whether one of some days, which stand in order, lies in a piece of time."""
    at = bisect_left(days, piece[0])
    return at < len(days) and days[at] <= piece[1]


def of_month(total: MonthlyTotal) -> Sum:
    """The sum of a month, as of its first day."""
    return Sum(
        on=first_day(total.month),
        category_id=total.category_id,
        flow=total.flow,
        need=total.need,
        currency=total.currency,
        amount=total.amount,
        count=total.count,
    )


def of_day(total: DailyTotal) -> Sum:
    """The sum of a day, or of a period as of its first day."""
    return Sum(
        on=total.day,
        category_id=total.category_id,
        flow=total.flow,
        need=total.need,
        currency=total.currency,
        amount=total.amount,
        count=total.count,
    )
