"""The months that have rows, kept between questions: after a write only those it touched are looked at."""

from collections.abc import Mapping
from dataclasses import dataclass

from finapp.kernel.months import Month, month_of
from finapp.platform.database import Database
from finapp.platform.driver import Glance
from finapp.platform.memory import Memory
from finapp.transactions.store import changed, covering
from finapp.transactions.store.covering import Edges

_FEW = 6
"""Months that are looked at one by one: of more, all are."""


@dataclass(frozen=True)
class _Known:
    """The months of a household or an account at one version, or later."""

    version: int
    months: Mapping[Month, Edges]


class CoveredMonths:
    """Reads the months of ledgers, each once until it changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = Memory[_Known]()

    def of(self, owner: str, account_id: str | None) -> Mapping[Month, Edges]:
        """Month -> its first and last day with rows, and how many it has, in order."""
        # Asked before anything is read, so that what is kept is never older than its version.
        version, known = self._database.version(owner), self._kept.known((owner, account_id))
        if known is None or known.version != version:
            with self._database.glance() as glance:
                months = _read(glance, owner, account_id, known)
            known = _Known(version, months)
            self._kept.keep((owner, account_id), known)
        return known.months


def _read(glance: Glance, owner: str, account_id: str | None, known: _Known | None) -> Mapping[Month, Edges]:
    if known is not None:
        touched = sorted({month_of(day) for day in changed.since(glance, owner, known.version)})
        if len(touched) <= _FEW:
            left = {month: edges for month, edges in known.months.items() if month not in touched}
            return dict(sorted({**left, **covering.of_months(glance, owner, account_id, touched)}.items()))
    return covering.of_every_month(glance, owner, account_id)
