"""A household's rows, read once: by month, so that a month can be read again alone, and by counterparty."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter

from finapp.kernel.months import Month, month_of
from finapp.reports.domain.recurring.merchants import is_own_money, key_of
from finapp.reports.domain.recurring.separation import Row
from finapp.reports.public.recurring import RecurringRow

Group = tuple[str, frozenset[str], str | None]
"""Direction, words of the counterparty in whatever order a bank prints them, account."""

_ANY_DIGIT = str.maketrans("123456789", "000000000")
_REFERENCE = re.compile(r"(?<!\d)\d(?!\d{5})\w*")
"""References are letters mixed with a few digits: with one sign for what follows the first digit, a narration is read
once, not once per reference. Six digits or more stay, since a name may stand right before or after them."""
_DATE = attrgetter("date")
_LAG = (7, 45)
"""Days: statements come monthly, so an account without rows for some weeks is most likely one not yet imported."""


@dataclass(frozen=True)
class _Page:
    """The rows of one month by date, and those of them that can be of a stream with their group."""

    rows: tuple[RecurringRow, ...]
    placed: tuple[tuple[Group, Row], ...]


class Book:
    """Rows by month."""

    def __init__(self, rows: Iterable[RecurringRow] = ()) -> None:
        self._pages: dict[Month, _Page] = {}
        self.put(rows)

    def put(self, rows: Iterable[RecurringRow], months: Iterable[Month] = ()) -> None:
        """Sets the rows of their months; `months` without rows are emptied."""
        by_month: dict[Month, list[RecurringRow]] = {month: [] for month in months}
        for row in rows:
            by_month.setdefault(month_of(row.date), []).append(row)
        for month, found in by_month.items():
            found.sort(key=_DATE)
            self._pages[month] = _page(found)
        self._pages = {month: self._pages[month] for month in sorted(self._pages) if self._pages[month].rows}

    def __len__(self) -> int:
        return sum(len(page.rows) for page in self._pages.values())

    def rows(self, as_of: date) -> tuple[RecurringRow, ...]:
        """The rows up to a day, oldest first."""
        until = month_of(as_of)
        whole = [page.rows for month, page in self._pages.items() if month < until]
        last = self._pages.get(until)
        part = () if last is None else tuple(row for row in last.rows if row.date <= as_of)
        return tuple(row for rows in (*whole, part) for row in rows)

    def groups(self, as_of: date) -> dict[Group, list[Row]]:
        """The rows up to a day by direction and counterparty, each group by date; cash is left out."""
        until, today = month_of(as_of), as_of.toordinal()
        groups: dict[Group, list[Row]] = defaultdict(list)
        for month, page in self._pages.items():
            if month < until:
                for key, row in page.placed:
                    groups[key].append(row)
            elif month == until:
                for key, row in page.placed:
                    if row.day <= today:
                        groups[key].append(row)
        return groups

    def seen(self, as_of: date) -> Mapping[str, date]:
        """The last row of each account whose statements lag behind: by more than a week, but not so long as to be
        over."""
        last: dict[str, date] = {}
        for row in self.rows(as_of):
            if row.account_id is not None:
                last[row.account_id] = row.date
        return {account: day for account, day in last.items() if _LAG[0] < (as_of - day).days <= _LAG[1]}


def _page(rows: Sequence[RecurringRow]) -> _Page:
    placed: list[tuple[Group, Row]] = []
    groups: dict[Group, Group] = {}
    for row in rows:
        name = _name(row.description, row.merchant) if row.amount and row.category != "cash" else None
        if name is not None:
            words, same = name
            group = ("in" if row.amount > 0 else "out", same, row.account_id)
            placed.append((groups.setdefault(group, group), Row(row, row.date.toordinal(), abs(row.amount), words)))
    return _Page(tuple(rows), tuple(placed))


def _name(description: str, merchant: str | None) -> tuple[tuple[str, ...], frozenset[str]] | None:
    """The words of the counterparty, in order and in any order; None for own money."""
    return _known(_REFERENCE.sub("0", description.translate(_ANY_DIGIT)), merchant)


@lru_cache(maxsize=65_536)
def _known(description: str, merchant: str | None) -> tuple[tuple[str, ...], frozenset[str]] | None:
    if is_own_money(description):
        return None
    words = key_of(description, merchant)
    return words, frozenset(words)
