"""A household's rows, read once: by month, so that a month can be read again alone, and by counterparty."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter

from finapp.kernel.months import Month, first_day
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
    """The rows of one month by date, and those of them that can be of a stream beside their groups."""

    rows: Sequence[RecurringRow]
    groups: Sequence[Group]
    placed: Sequence[Row]


class Book:
    """Rows by month; never changed, so that whoever reads it is undisturbed."""

    def __init__(self, rows: Iterable[RecurringRow] = ()) -> None:
        self._pages = _pages(rows, ())

    def read_again(self, months: Iterable[Month], rows: Iterable[RecurringRow]) -> "Book":
        """The book with the rows of some months, which may be none, in place of those it had."""
        again = Book()
        pages = self._pages | _pages(rows, months)
        again._pages = {month: pages[month] for month in sorted(pages) if pages[month].rows}
        return again

    def __len__(self) -> int:
        return sum(len(page.rows) for page in self._pages.values())

    def rows(self, as_of: date) -> tuple[RecurringRow, ...]:
        """The rows up to a day, oldest first."""
        until = _number(as_of)
        whole = [page.rows for month, page in self._pages.items() if month < until]
        last = self._pages.get(until)
        part = [] if last is None else [row for row in last.rows if row.date <= as_of]
        return tuple(row for rows in (*whole, part) for row in rows)

    def groups(self, as_of: date) -> dict[Group, list[Row]]:
        """The rows up to a day by direction and counterparty, each group by date; cash is left out."""
        until, today = _number(as_of), as_of.toordinal()
        groups: dict[Group, list[Row]] = defaultdict(list)
        for month, page in self._pages.items():
            if month < until:
                for group, row in zip(page.groups, page.placed, strict=True):
                    groups[group].append(row)
            elif month == until:
                for group, row in zip(page.groups, page.placed, strict=True):
                    if row.day <= today:
                        groups[group].append(row)
        return groups

    def seen(self, as_of: date) -> Mapping[str, date]:
        """The last row of each account whose statements lag behind: by more than a week, but not so long as to be
        over."""
        last: dict[str, date] = {}
        for row in self.rows(as_of):
            if row.account_id is not None:
                last[row.account_id] = row.date
        return {account: day for account, day in last.items() if _LAG[0] < (as_of - day).days <= _LAG[1]}


def _pages(rows: Iterable[RecurringRow], months: Iterable[Month]) -> dict[int, _Page]:
    """The rows by month, oldest first, and an empty page for each of `months` that has none."""
    by_month: dict[int, list[RecurringRow]] = {_number(first_day(month)): [] for month in months}
    for row in rows:
        by_month.setdefault(_number(row.date), []).append(row)
    for found in by_month.values():
        found.sort(key=_DATE)
    return {month: _page(by_month[month]) for month in sorted(by_month)}


def _number(day: date) -> int:
    """Of the month, counted on through the years."""
    return day.year * 12 + day.month - 1


def _page(rows: Sequence[RecurringRow]) -> _Page:
    groups: list[Group] = []
    placed: list[Row] = []
    same: dict[Group, Group] = {}
    for row in rows:
        name = _name(row.description, row.merchant) if row.amount and row.category != "cash" else None
        if name is not None:
            group = ("in" if row.amount > 0 else "out", name[1], row.account_id)
            groups.append(same.setdefault(group, group))
            placed.append(Row(row, row.date.toordinal(), abs(row.amount), name[0]))
    return _Page(rows, groups, placed)


def _name(description: str, merchant: str | None) -> tuple[tuple[str, ...], frozenset[str]] | None:
    """The words of the counterparty, in order and in any order; None for own money."""
    return _known(_REFERENCE.sub("0", description.translate(_ANY_DIGIT)), merchant)


@lru_cache(maxsize=65_536)
def _known(description: str, merchant: str | None) -> tuple[tuple[str, ...], frozenset[str]] | None:
    if is_own_money(description):
        return None
    words = key_of(description, merchant)
    return words, frozenset(words)
