"""A household's rows, read once: as columns, so that a day can be read again alone, and by counterparty."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice

from finapp.reports.domain.recurring.amounts import money
from finapp.reports.domain.recurring.counterparties import (
    Group,
    Key,
    family_of,
    group_of,
    groups_of,
    key_of_group,
)
from finapp.reports.domain.recurring.rows import Columns, Kind, Row
from finapp.reports.public.recurring import RecurringRow

Days = tuple[date, date]
"""The first and the last day of a period."""
Member = tuple[Key, Columns]
"""A counterparty with its words in the order of its first row, and its rows without signs."""
Family = tuple[Member, ...]
"""Counterparties with one first word."""

_LAG = (7, 45)
"""Days: statements come monthly, so an account without rows for some weeks is most likely one not yet imported."""


@dataclass(frozen=True)
class _Part:
    """Rows by day, those of one day or of some that follow each other, and the group of each."""

    rows: Columns
    groups: list[Group | None]

    def between(self, start: int, end: int) -> "_Part":
        """The rows from a place to before another."""
        return _Part(self.rows.between(start, end), self.groups[start:end])

    @cached_property
    def accounts(self) -> frozenset[str]:
        """Every account with a row."""
        return frozenset(kind.account_id for kind in self.rows.kinds if kind.account_id)


class Book:
    """Rows by day and by counterparty; never changed, so that whoever reads it is undisturbed."""

    def __init__(self, rows: Columns, decimals: int = 2) -> None:
        """`rows` have signed amounts in minor units of a currency with so many `decimals`."""
        self.decimals = decimals
        by_day = rows.by_day()
        groups = list(groups_of(by_day))
        self._days = dict(_by_day(by_day, groups))
        self._size = len(rows)
        self._groups = {group: (key_of_group(group, rows), rows) for group, rows in _gathered(by_day, groups).items()}
        self._families = _families(self._groups.values())

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

    def read_again(self, changed: Mapping[Days, Columns]) -> "Book":
        """The book with the rows of some days, which may be none, in place of those it had.

        Rows of one day stand in the order of their ids, as a ledger gives them. Counterparties whose rows are the same
        keep the very columns that they had.
        """
        again = Book(Columns.of(()), self.decimals)
        parts, groups = dict(self._days), dict(self._groups)
        renewed, size, in_order = set[Group](), self._size, True
        for (first, last), rows in changed.items():
            known = [day for day in range(first.toordinal(), last.toordinal() + 1) if day in parts]
            whole, now = _joined([parts[day] for day in known]), rows.by_day()
            ahead, behind = _same_ends(whole.rows, now)
            before = whole.between(ahead, len(whole.rows) - behind)
            after = _read(now.between(ahead, len(now) - behind))
            renewed |= _renew(groups, before, after)
            left = whole.groups[len(whole.groups) - behind :]
            by_day = dict(_by_day(now, [*whole.groups[:ahead], *after.groups, *left]))
            for day in set(known) - by_day.keys():
                del parts[day]
            in_order = in_order and by_day.keys() <= parts.keys()
            parts.update(by_day)
            size += len(now) - len(whole.rows)
        again._days, again._groups, again._size = parts if in_order else dict(sorted(parts.items())), groups, size
        again._families = self._families_with(groups, renewed)
        return again

    def _families_with(self, groups: Mapping[Group, Member], renewed: Collection[Group]) -> dict[Key, Family]:
        """The families after some of their groups were renewed; the others stay the very same."""
        members = [each[group] for group in renewed for each in (self._groups, groups) if group in each]
        families = dict(self._families)
        touched = {family_of(key) for key, _ in members}
        left = [each for name in touched for each in families.pop(name, ()) if group_of(each[0]) not in renewed]
        return families | _families([*left, *(groups[group] for group in renewed if group in groups)])

    def __len__(self) -> int:
        return self._size

    def _between(self, since: date, until: date) -> Iterator[Columns]:
        """The rows between two days, both included, day by day."""
        first, last = since.toordinal(), until.toordinal()
        return (part.rows for day, part in self._days.items() if first <= day <= last)

    def span(self, as_of: date) -> tuple[int, date | None, date | None]:
        """How many rows there are up to a day, the first and the last day of them."""
        days, count = self._until(as_of.toordinal())
        if not days:
            return 0, None, None
        return count, date.fromordinal(days[0]), date.fromordinal(days[-1])

    def _until(self, until: int) -> tuple[Sequence[int], int]:
        """The first and the last day with rows up to one, and how many rows there are till then."""
        if not self._days or next(reversed(self._days)) <= until:
            return [day for ends in (self._days, reversed(self._days)) for day in islice(ends, 1)], self._size
        days = [day for day in self._days if day <= until]
        return days, sum(len(self._days[day].rows) for day in days)

    def rows(self, as_of: date, since: date = date.min) -> tuple[RecurringRow, ...]:
        """The rows up to a day, and not before another, oldest first."""
        return tuple(self._row(row, row.amount) for rows in self._between(since, as_of) for row in rows.rows())

    def moved(self, since: date, until: date, without: Collection[str] = ()) -> dict[tuple[str, date], Decimal]:
        """What each account moved on each day of a period, rows of some ids aside."""
        sums: dict[tuple[str, int], int] = {}
        for rows in self._between(since, until):
            for name, day, amount, kind in zip(rows.ids, rows.days, rows.amounts, rows.kinds, strict=True):
                if kind.account_id is not None and name not in without:
                    place = kind.account_id, day
                    sums[place] = sums.get(place, 0) + amount
        return {
            (account, date.fromordinal(day)): money(amount, self.decimals) for (account, day), amount in sums.items()
        }

    def first_days(self, as_of: date) -> dict[str, date]:
        """The first day of each account that has rows up to a day."""
        first: dict[str, date] = {}
        for day, part in self._days.items():
            if day > as_of.toordinal():
                break
            first |= dict.fromkeys(part.accounts - first.keys(), date.fromordinal(day))
        return first

    def amounts(self, wanted: Collection[str]) -> dict[str, Decimal]:
        """The amounts of rows by their ids, looked for from the newest day on."""
        missing, found = set(wanted), dict[str, Decimal]()
        for part in reversed(self._days.values()):
            if not missing:
                break
            for name in missing.intersection(part.rows.ids):
                found[name] = money(part.rows.amounts[part.rows.ids.index(name)], self.decimals)
            missing -= found.keys()
        return found

    def sources(self, direction: str, rows: Iterable[Row]) -> tuple[RecurringRow, ...]:
        """Rows of a stream as they were read."""
        sign = 1 if direction == "in" else -1
        return tuple(self._row(row, sign * row.amount) for row in rows)

    def _row(self, row: Row, signed: int) -> RecurringRow:
        amount = money(signed, self.decimals)
        day = date.fromordinal(row.day)
        return RecurringRow(id=row.id, date=day, amount=amount, description=row.description, **row.kind._asdict())

    def families(self, as_of: date) -> Mapping[Key, Family]:
        """The rows up to a day by counterparty, and those by their first word; cash is left out.

        A family whose rows are the same is the very one that it was.
        """
        until = as_of.toordinal()
        if next(reversed(self._days), until) <= until:
            return self._families
        return {name: known for name, family in self._families.items() if (known := _until(family, until))}

    def seen(self, as_of: date) -> Mapping[str, date]:
        """The last row of each account whose statements lag behind: by more than a week, but not so long as to be
        over."""
        until = as_of.toordinal()
        over, late = until - _LAG[1], until - _LAG[0]
        last: dict[str, int] = {}
        for day in range(over, until + 1):
            if day in self._days:
                last |= dict.fromkeys(self._days[day].accounts, day)
        return {account: date.fromordinal(day) for account, day in last.items() if day < late}


def _until(family: Family, until: int) -> Family:
    """The rows of a family up to a day."""
    return tuple(
        (key, rows if rows.days[-1] <= until else rows.between(0, bisect_right(rows.days, until)))
        for key, rows in family
        if rows.days[0] <= until
    )


def _read(rows: Columns) -> _Part:
    return _Part(rows, list(groups_of(rows)))


def _joined(parts: Sequence[_Part]) -> _Part:
    """The rows of days that follow each other."""
    if len(parts) == 1:
        return parts[0]
    return _Part(Columns.joined([part.rows for part in parts]), [group for part in parts for group in part.groups])


def _same_ends(before: Columns, now: Columns) -> tuple[int, int]:
    """How many of the first rows of two readings are the same, and how many of the others are, from the end."""
    one, other = before.plain(), now.plain()
    ahead = _same_start(one, other)
    return ahead, _same_start(one[ahead:][::-1], other[ahead:][::-1])


def _same_start(one: Sequence[object], other: Sequence[object]) -> int:
    differing = (place for place, (row, again) in enumerate(zip(one, other, strict=False)) if row != again)
    return next(differing, min(len(one), len(other)))


def _place(rows: Columns, place: tuple[int, str]) -> int:
    """Where the row with a day and an id stands, or would."""
    first = bisect_left(rows.days, place[0])
    return bisect_left(rows.ids, place[1], first, bisect_right(rows.days, place[0], first))


def _by_day(rows: Columns, groups: Sequence[Group | None]) -> Iterator[tuple[int, _Part]]:
    """Rows by day, cut into days."""
    start = 0
    while start < len(rows):
        day = rows.days[start]
        end = bisect_right(rows.days, day, start)
        yield day, _Part(rows.between(start, end), list(groups[start:end]))
        start = end


def _gathered(rows: Columns, groups: Sequence[Group | None]) -> dict[Group, Columns]:
    """The rows of each group without signs."""
    places: dict[Group, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        if group is not None:
            places[group].append(place)
    return {group: rows.chosen(chosen).without_signs() for group, chosen in places.items()}


def first_row(member: Member) -> tuple[int, str]:
    """The day and the id of a counterparty's first row."""
    return member[1].days[0], member[1].ids[0]


def _families(members: Iterable[Member]) -> dict[Key, Family]:
    """Counterparties by their first word, those whose first row is the oldest first."""
    found: dict[Key, list[Member]] = defaultdict(list)
    for member in members:
        found[family_of(member[0])].append(member)
    return {name: tuple(sorted(family, key=first_row)) for name, family in found.items()}


def _renew(groups: dict[Group, Member], before: _Part, after: _Part) -> set[Group]:
    """Puts rows that follow each other in the ledger in place of those before, in the groups where they differ, which
    it answers."""
    renewed = set[Group]()
    none, was, now = Columns.of(()), *(_gathered(each.rows, each.groups) for each in (before, after))
    for group in was.keys() | now.keys():
        old, new = was.get(group, none), now.get(group, none)
        if old == new:
            continue
        renewed.add(group)
        rows = groups[group][1] if group in groups else none
        first = _place(rows, min((each.days[0], each.ids[0]) for each in (old, new) if len(each)))
        rows = Columns.joined([rows.between(0, first), new, rows.between(first + len(old), len(rows))])
        if len(rows):
            groups[group] = key_of_group(group, rows), rows
        else:
            del groups[group]
    return renewed
