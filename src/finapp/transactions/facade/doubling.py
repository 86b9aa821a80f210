"""Equal debits of households, kept between questions: after a write only the days that changed are read again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from finapp.platform.database import Database
from finapp.platform.memory import Memory
from finapp.transactions.domain.doubled import Debits, Key, Pair
from finapp.transactions.public import RepeatedDebit
from finapp.transactions.store import changed, debits

_MOST_DEBITS = 50_000
"""Debits up to which they are kept, about two hundred bytes each."""
_FEW_DAYS = 20
"""Days that are read again one by one: of more, the whole period is."""


@dataclass(frozen=True)
class _Kept:
    """The debits of a period at one version, or later."""

    version: int
    debits: Debits
    shown: Mapping[Key, RepeatedDebit]
    pairs: tuple[RepeatedDebit, ...]


class Doubling:
    """Reads the debits of households."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = Memory[_Kept](most=8)

    def pairs(self, owner: str, first: date, last: date) -> tuple[RepeatedDebit, ...]:
        """Pairs of equal debits in a period, the largest first."""
        # Asked before anything is read, so that what is kept is never older than its version.
        version, known = self._database.version(owner), self._kept.known((owner, first, last))
        if known is None or known.version != version:
            with self._database.read() as connection:
                found = self._read(connection, owner, (first, last), known)
            known = _kept(version, found, known)
            if sum(map(len, found.by_day.values())) <= _MOST_DEBITS:
                self._kept.keep((owner, first, last), known)
        return known.pairs

    @staticmethod
    def _read(connection: Connection, owner: str, period: tuple[date, date], known: _Kept | None) -> Debits:
        if known is not None:
            days = [day for day in changed.since(connection, owner, known.version) if period[0] <= day <= period[1]]
            if len(days) <= _FEW_DAYS:
                again = [row for day in days for row in debits.between(connection, owner, day, day)]
                return known.debits.renewed([day.isoformat() for day in days], again)
        return Debits.of(debits.between(connection, owner, *period))


def _kept(version: int, found: Debits, known: _Kept | None) -> _Kept:
    """The pairs as the others see them; those that are still the same are not written down again."""
    if known is not None and known.debits.pairs is found.pairs:
        return replace(known, version=version, debits=found)
    was: Mapping[Key, Pair] = {} if known is None else known.debits.pairs
    seen: Mapping[Key, RepeatedDebit] = {} if known is None else known.shown
    shown = {key: seen[key] if was.get(key) is pair else debits.shown(*pair) for key, pair in found.pairs.items()}
    # The largest first, then the oldest.
    order = sorted(found.pairs, key=lambda key: (key[3], found.pairs[key][0].id))
    return _Kept(version, found, shown, tuple(shown[key] for key in order))
