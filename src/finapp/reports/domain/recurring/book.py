"""A household's rows, read once: as columns, so that a month can be read again alone, and by counterparty."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from finapp.kernel.months import Month, first_day, last_day
from finapp.reports.domain.recurring.amounts import money
from finapp.reports.domain.recurring.merchants import is_own_money, key_of
from finapp.reports.domain.recurring.rows import Columns, Kind, Row
from finapp.reports.public.recurring import RecurringRow

Key = tuple[str, tuple[str, ...], str | None]
"""Direction, words of the counterparty, account."""
_Group = tuple[str, frozenset[str], str | None]
"""Direction, words of the counterparty in whatever order a bank prints them, account."""

_ANY_DIGIT = str.maketrans("123456789", "000000000")
_REFERENCE = re.compile(r"(?<!\d)\d(?!\d{5})\w*")
"""References are letters mixed with a few digits: with one sign for what follows the first digit, a narration is read
once, not once per reference. Six digits or more stay, since a name may stand right before or after them."""
_LAG = (7, 45)
"""Days: statements come monthly, so an account without rows for some weeks is most likely one not yet imported."""


class Book:
    """Rows by date; never changed, so that whoever reads it is undisturbed."""

    def __init__(self, rows: Columns, decimals: int = 2) -> None:
        """`rows` have signed amounts in minor units of a currency with so many `decimals`."""
        self.decimals = decimals
        self._rows = rows.by_day()
        self._groups = list(_groups(self._rows))

    @classmethod
    def of(cls, rows: Sequence[RecurringRow]) -> "Book":
        """The book of rows with the decimals of one currency."""
        decimals = max((-int(row.amount.as_tuple().exponent) for row in rows), default=2)
        known: dict[Kind, Kind] = {}
        kinds = [Kind(row.account_id, row.merchant, row.category, row.flow) for row in rows]
        columns = Columns(
            ids=[row.id for row in rows],
            days=[row.date.toordinal() for row in rows],
            amounts=[int(row.amount.scaleb(decimals)) for row in rows],
            kinds=[known.setdefault(kind, kind) for kind in kinds],
            descriptions=[row.description for row in rows],
        )
        return cls(columns, decimals)

    def read_again(self, month: Month, rows: Columns) -> "Book":
        """The book with the rows of a month, which may be none, in place of those it had."""
        start, end = self._before(first_day(month)), self._until(last_day(month))
        part, again = Book(rows, self.decimals), Book(Columns.of(()), self.decimals)
        earlier, later = self._rows.between(0, start), self._rows.between(end, len(self))
        again._rows = earlier.followed_by(part._rows).followed_by(later)
        again._groups = [*self._groups[:start], *part._groups, *self._groups[end:]]
        return again

    def __len__(self) -> int:
        return len(self._rows)

    def _before(self, day: date) -> int:
        return bisect_left(self._rows.days, day.toordinal())

    def _until(self, day: date) -> int:
        return bisect_right(self._rows.days, day.toordinal())

    def span(self, as_of: date) -> tuple[int, date | None, date | None]:
        """How many rows there are up to a day, the first and the last day of them."""
        count, days = self._until(as_of), self._rows.days
        return (count, date.fromordinal(days[0]), date.fromordinal(days[count - 1])) if count else (0, None, None)

    def rows(self, as_of: date, since: date = date.min) -> tuple[RecurringRow, ...]:
        """The rows up to a day, and not before another, oldest first."""
        part = self._rows.between(self._before(since), self._until(as_of))
        return tuple(self._row(row, row.amount) for row in part.rows())

    def sources(self, direction: str, rows: Iterable[Row]) -> tuple[RecurringRow, ...]:
        """Rows of a stream as they were read."""
        sign = 1 if direction == "in" else -1
        return tuple(self._row(row, sign * row.amount) for row in rows)

    def _row(self, row: Row, signed: int) -> RecurringRow:
        amount = money(signed, self.decimals)
        day = date.fromordinal(row.day)
        return RecurringRow(id=row.id, date=day, amount=amount, description=row.description, **row.kind._asdict())

    def groups(self, as_of: date) -> Iterator[tuple[Key, Columns]]:
        """The rows up to a day by direction and counterparty, each group by date without signs; cash is left out."""
        places: dict[_Group | None, list[int]] = defaultdict(list)
        for place in range(self._until(as_of)):
            places[self._groups[place]].append(place)
        for group, chosen in places.items():
            if group is None:
                continue
            direction, _, account = group
            found = self._rows.chosen(chosen)
            words, _ = _words(found.kinds[0].merchant or _legible(found.descriptions[:1])[0])
            yield (direction, words, account), found.without_signs()

    def seen(self, as_of: date) -> Mapping[str, date]:
        """The last row of each account whose statements lag behind: by more than a week, but not so long as to be
        over."""
        recent = self._rows.between(self._before(as_of - timedelta(days=_LAG[1])), self._until(as_of))
        last = {kind.account_id: day for kind, day in zip(recent.kinds, recent.days, strict=True) if kind.account_id}
        late = as_of.toordinal() - _LAG[0]
        return {account: date.fromordinal(day) for account, day in last.items() if day < late}


def _groups(rows: Columns) -> Iterator[_Group | None]:
    """The group of each row; none where no money moves or it stays at hand as cash."""
    known: dict[_Group, _Group] = {}
    for amount, kind, text in zip(rows.amounts, rows.kinds, _legible(rows.descriptions), strict=True):
        if amount and kind.category != "cash" and not _is_own_money(text):
            group = ("in" if amount > 0 else "out", _words(kind.merchant or text)[1], kind.account_id)
            yield known.setdefault(group, group)
        else:
            yield None


def _legible(descriptions: Sequence[str]) -> list[str]:
    """Narrations with one sign for every reference, read together because one by one costs three times as much."""
    whole = "\n".join(descriptions)
    if whole.count("\n") == len(descriptions) - 1:
        return _REFERENCE.sub("0", whole.translate(_ANY_DIGIT)).split("\n")
    return [_REFERENCE.sub("0", text.translate(_ANY_DIGIT)) for text in descriptions]


@lru_cache(maxsize=65_536)
def _is_own_money(description: str) -> bool:
    return is_own_money(description)


@lru_cache(maxsize=65_536)
def _words(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of the counterparty, in order and in any order."""
    words = key_of(text)
    return words, frozenset(words)
