"""What each month of a ledger tells, kept between questions: after a write only the months it touched are read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from finapp.kernel.months import Month, month_of
from finapp.platform.database import Database
from finapp.platform.driver import Glance
from finapp.platform.memory import Memory
from finapp.transactions.store import changed

T = TypeVar("T")
Read = Callable[[Glance, str, str | None, Sequence[Month] | None], dict[Month, T]]
"""What months of a household, or of one of its accounts, tell: of all when none are named."""
_FEW = 6
"""Months that are looked at one by one: of more, all are."""


@dataclass(frozen=True)
class _Known(Generic[T]):
    """What the months told at one version."""

    version: int
    months: dict[Month, T]


class KeptMonths(Generic[T]):
    """Reads the months of ledgers, each once until it changes. Nobody may change what it answers."""

    def __init__(self, database: Database, read: Read[T]) -> None:
        self._database = database
        self._read = read
        self._kept = Memory[_Known[T]]()

    def now(self, owner: str, account_id: str | None = None) -> dict[Month, T]:
        """The months that have rows, in order."""
        known = self._kept.known((owner, account_id))
        if known is not None and known.version == self._database.version(owner):
            return known.months
        with self._database.glance() as glance:
            return self.seen(glance, owner, account_id)

    def seen(self, glance: Glance, owner: str, account_id: str | None = None) -> dict[Month, T]:
        """The same in the state that a connection sees."""
        known, version = self._kept.known((owner, account_id)), changed.version(glance, owner)
        if known is not None and known.version == version:
            return known.months
        months = None
        if known is not None and known.version < version:
            touched = sorted({month_of(day) for day in changed.since(glance, owner, known.version)})
            if len(touched) <= _FEW:
                left = {month: told for month, told in known.months.items() if month not in touched}
                months = dict(sorted({**left, **self._read(glance, owner, account_id, touched)}.items()))
        if months is None:
            months = self._read(glance, owner, account_id, None)
        self._kept.keep((owner, account_id), _Known(version, months))
        return months
