"""What the other contexts ask of the ledger."""

from collections.abc import Mapping
from datetime import date

from finapp.kernel.errors import Invalid
from finapp.kernel.months import Month
from finapp.transactions.facade.base import Base
from finapp.transactions.public import (
    AccountBalance,
    Coverage,
    DailyTotal,
    MerchantTotal,
    MonthlyTotal,
    MovementColumns,
    Movements,
    RepeatedDebit,
    TransactionFilter,
)
from finapp.transactions.store import (
    accounts,
    categories,
    changed,
    covering,
    listing,
    merchants,
    movements,
    recounting,
    sums,
    texts,
)

MOST_PERIODS = 4_000


class Readings(Base):
    """Sums, balances and light rows."""

    def account_balances(self, *, owner: str, on: date) -> tuple[AccountBalance, ...]:
        """What every account held at the end of a day."""

        def read() -> tuple[AccountBalance, ...]:
            with self._database.read() as connection:
                return accounts.balances(connection, owner, on)

        return self._balances.answer((owner, on, self._database.version(owner)), read)

    def account_balances_by_month(self, *, owner: str, first: Month, last: Month) -> tuple[AccountBalance, ...]:
        """What every account held at the end of each month, by month and then account."""
        with self._database.glance() as glance:
            return accounts.balances_by_month(glance, owner, first, last, self._moved.seen(glance, owner))

    def monthly_totals(
        self, *, owner: str, first: Month, last: Month, account_id: str | None = None
    ) -> tuple[MonthlyTotal, ...]:
        """The kept sums of a range of months, both ends included."""
        leaves = self._database.settled(categories.leaves, owner)
        with self._database.glance() as glance:
            return sums.monthly(glance, owner, first, last, account_id, leaves)

    def daily_totals(
        self, *, owner: str, first: date, last: date, account_id: str | None = None
    ) -> tuple[DailyTotal, ...]:
        """The kept sums of a range of days, both ends included."""
        leaves = self._database.settled(categories.leaves, owner)
        with self._database.glance() as glance:
            return sums.daily(glance, owner, first, last, account_id, leaves)

    def period_totals(
        self, *, owner: str, periods: tuple[tuple[date, date], ...], account_id: str | None = None
    ) -> tuple[DailyTotal, ...]:
        """The kept sums of each period, as of its first day. Raises Invalid for more than 4,000 periods."""
        if len(periods) > MOST_PERIODS:
            raise Invalid("periods", f"are more than {MOST_PERIODS}")
        leaves = self._database.settled(categories.leaves, owner)
        with self._database.glance() as glance:
            return sums.by_period(glance, owner, periods, account_id, leaves)

    def filtered_totals(self, *, owner: str, where: TransactionFilter) -> tuple[DailyTotal, ...]:
        """What the rows of any filter add up to, by day. Raises Invalid, InvalidQuery, CategoryNotFound."""
        with self._database.read() as connection:
            wanted = listing.found(connection, owner, where, self._clock.today())
            return sums.of_filter(connection, wanted.conditions, categories.leaves(connection, owner))

    def repeated_debits(self, *, owner: str, first: date, last: date) -> tuple[RepeatedDebit, ...]:
        """Pairs of equal debits in a period, the largest first."""
        return self._doubling.pairs(owner, first, last)

    def spent_by_merchant(
        self,
        *,
        owner: str,
        first: date,
        last: date,
        account_id: str | None = None,
        of: tuple[str, ...] | None = None,
        limit: int,
    ) -> tuple[MerchantTotal, ...]:
        """Spending by merchant between two days, both included, the `limit` largest of each currency: from kept sums
        where months are whole, so that a long period costs no more than its months. `of` some merchants alone."""
        with self._database.glance() as glance:
            return merchants.spent(glance, owner, first, last, account_id, of, limit)

    def filtered_merchants(
        self, *, owner: str, where: TransactionFilter, of: tuple[str, ...] | None = None, limit: int
    ) -> tuple[MerchantTotal, ...]:
        """Spending of any filter's rows by merchant. Raises Invalid, InvalidQuery, CategoryNotFound."""
        with self._database.read() as connection:
            wanted = listing.found(connection, owner, where, self._clock.today())
            return merchants.spent_of(connection, owner, wanted.conditions, of, limit)

    def coverage(self, *, owner: str, account_id: str | None = None) -> Coverage:
        """From when to when there are rows."""
        return covering.coverage(self._covered.now(owner, account_id))

    def changed_days(self, *, owner: str, since: str) -> tuple[date, ...] | None:
        """The days that had rows added, changed or taken away after a version; None for what is no version."""
        if not since.isdecimal():
            return None
        with self._database.glance() as glance:
            return changed.since(glance, owner, int(since))

    def recount(self) -> Mapping[str, int]:
        """Each kind of kept sums of every household, and the index of texts -> how many differ from the rows."""
        with self._database.read() as connection:
            found = recounting.recount(connection)
        with self._database.write(None) as unit:
            return {**found, "texts": texts.differing(unit.connection)}

    def repair(self) -> None:
        """Makes every kept sum and the index of texts again from the rows."""
        with self._database.read() as connection:
            owners = recounting.owners(connection)
        for owner in owners:
            with self._database.write(owner) as unit:
                recounting.rebuild(unit.connection, owner)
        with self._database.write(None) as unit:
            texts.rebuild(unit.connection)

    def movements(self, *, owner: str, first: date | None, last: date | None, limit: int = 200_000) -> Movements:
        """Light rows of a period, oldest first, for pattern finding."""
        with self._database.read() as connection:
            found = movements.movements(connection, owner, first, last, limit + 1)
        return Movements(rows=tuple(found[:limit]), truncated=len(found) > limit)

    def movement_columns(
        self, *, owner: str, first: date | None, last: date | None, limit: int = 200_000
    ) -> MovementColumns:
        """Light rows of a period as columns, for whole histories."""
        with self._database.read() as connection:
            return movements.columns(connection, owner, first, last, limit)
