"""Debits that came exactly twice in a period: a bill paid twice, or two purchases of one price."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

Key = tuple[int, str, str, int]
"""Account, merchant, currency and amount: debits of one key are equal."""


class Debit(NamedTuple):
    """A row that takes money out, as it is stored."""

    id: int
    day: str
    account: int
    merchant_id: str
    merchant: str
    currency: str
    amount: int
    """In minor units, negative."""

    @property
    def key(self) -> Key:
        """What equal debits share."""
        return self.account, self.merchant_id, self.currency, self.amount


Pair = tuple[Debit, Debit]
"""Two equal debits by age."""


@dataclass(frozen=True)
class Debits:
    """The debits of a period; never changed, so that whoever reads them is undisturbed."""

    by_key: Mapping[Key, tuple[Debit, ...]]
    by_day: Mapping[str, frozenset[Debit]]
    pairs: Mapping[Key, Pair]
    """Those that came exactly twice; what came more often is a habit. One that stays is the very same, and so are all
    of them where none changes."""

    @classmethod
    def of(cls, rows: Iterable[Debit]) -> "Debits":
        """The debits of a period."""
        return cls({}, {}, {}).renewed((), rows)

    def renewed(self, days: Collection[str], rows: Iterable[Debit]) -> "Debits":
        """The same with `rows` in place of those of some days."""
        by_key, by_day = dict(self.by_key), dict(self.by_day)
        new: dict[str, set[Debit]] = defaultdict(set)
        for row in rows:
            new[row.day].add(row)
        touched: dict[Key, None] = {}
        for day in {*days, *new}:
            was, now = by_day.pop(day, frozenset()), frozenset(new[day])
            for row in was - now:
                by_key[row.key] = tuple(each for each in by_key[row.key] if each != row)
                touched[row.key] = None
            for row in now - was:
                by_key[row.key] = (*by_key.get(row.key, ()), row)
                touched[row.key] = None
            by_day[day] = now
        came: dict[Key, Pair] = {}
        for key in touched:
            found = by_key[key] if by_key[key] else by_key.pop(key)
            if len(found) == 2:
                came[key] = min(found), max(found)
        if not came and self.pairs.keys().isdisjoint(touched):
            return Debits(by_key, by_day, self.pairs)
        left = {key: pair for key, pair in self.pairs.items() if key not in touched}
        return Debits(by_key, by_day, left | came)
