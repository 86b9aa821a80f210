"""What every part of the facade works with: the household's stored things, found once per version."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from finapp.assets import tables
from finapp.assets.domain.debts import Debt
from finapp.assets.domain.estate import Estate, LedgerAccount, Rates
from finapp.assets.domain.lots import Happening, replay
from finapp.assets.domain.valuing import Holding
from finapp.assets.public import (
    AssetDetails,
    AssetNotFound,
    Income,
    LiabilityDetails,
    LiabilityNotFound,
    StoredPartPayment,
    StoredRateChange,
)
from finapp.assets.store import entries, parents, sales
from finapp.assets.store.rows import from_row
from finapp.auth.public import Auth
from finapp.kernel.clock import Clock
from finapp.kernel.errors import Invalid
from finapp.kernel.months import last_day, month_of
from finapp.platform.database import Database
from finapp.transactions.public import AccountBalance, Transactions

KEPT = 16


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """Everything stored for a household, ready for arithmetic."""

    holdings: tuple[Holding, ...]
    debts: tuple[Debt, ...]
    versions: Mapping[str, int]
    """Of assets and liabilities, by id."""
    happenings: Mapping[str, Sequence[Happening]]
    """Purchases, corporate actions and sales by asset."""
    incomes: Mapping[str, Sequence[Income]]
    """What each asset paid."""


class Desk:
    """The parts that the resources of this context share."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        auth: Auth,
        transactions: Transactions,
        rates: Rates,
        keep_snapshot_later: Callable[[str], None] = lambda owner: None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._auth = auth
        self._transactions = transactions
        self._rates = rates
        self._keep_snapshot_later = keep_snapshot_later
        self._wanted: set[tuple[str, str]] = set()
        self._kept: OrderedDict[tuple[str, int], Belongings] = OrderedDict()
        self._lock = threading.Lock()

    def _want_snapshot(self, owner: str) -> None:
        """Has the last month's end kept in the background; asked for once a month in this process."""
        month = (owner, month_of(self._clock.today()))
        if month not in self._wanted:
            self._wanted.add(month)
            self._keep_snapshot_later(owner)

    def _belongings(self, owner: str) -> Belongings:
        key = (owner, self._database.version(owner))
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        with self._database.read() as connection:
            made = read_belongings(connection, owner)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def _estate(self, owner: str, days: Sequence[date]) -> Estate:
        """Everything over `days`, the ledger's balances asked of transactions in one call for many days."""
        accounts = self._accounts(owner, days)
        currency = self._auth.household(owner=owner).currency
        belongings = self._belongings(owner)
        return Estate(
            currency=currency,
            days=tuple(days),
            holdings=belongings.holdings,
            debts=belongings.debts,
            accounts=accounts,
        )

    def _accounts(self, owner: str, days: Sequence[date]) -> dict[str, LedgerAccount]:
        balances: list[AccountBalance] = []
        whole = [day for day in days if day == last_day(month_of(day))]
        if len(whole) > 1:
            first, last = month_of(whole[0]), month_of(whole[-1])
            balances.extend(self._transactions.account_balances_by_month(owner=owner, first=first, last=last))
        known = {_month_end(item.on) for item in balances}
        for day in days:
            if day not in known:
                balances.extend(self._transactions.account_balances(owner=owner, on=day))
        return _by_account(balances, days)

    def _linked(self, owner: str, account_id: str | None, currency: str) -> dict[str, LedgerAccount]:
        """The ledger accounts today when one is to be linked. Raises Invalid for an unknown one or another currency."""
        if account_id is None:
            return {}
        accounts = self._accounts(owner, [self._clock.today()])
        account = accounts.get(account_id)
        if account is None:
            raise Invalid("account_id", "is no account of this household")
        if account.currency != currency:
            raise Invalid("currency", f"differs from the linked account's {account.currency}")
        return accounts


def _month_end(day: date) -> date:
    return last_day(month_of(day))


def _by_account(balances: Sequence[AccountBalance], days: Sequence[date]) -> dict[str, LedgerAccount]:
    named: dict[str, AccountBalance] = {}
    on_day: dict[tuple[str, date], AccountBalance] = {}
    for item in balances:
        named[item.account_id] = item
        on_day[item.account_id, item.on] = item
    return {
        account_id: LedgerAccount(
            id=account_id,
            name=item.name,
            kind=item.kind,
            currency=item.currency,
            balances=[None if (account_id, day) not in on_day else on_day[account_id, day].balance for day in days],
            last_rows=[
                None if (account_id, day) not in on_day else on_day[account_id, day].last_row_on for day in days
            ],
        )
        for account_id, item in named.items()
    }


def read_belongings(connection: Connection, owner: str) -> Belongings:
    """Every asset and liability of the household with all entries."""
    assets = parents.every(connection, tables.assets, owner)
    liabilities = parents.every(connection, tables.liabilities, owner)
    currencies = {row.id: row.currency for row in (*assets, *liabilities)}
    marks = entries.marks(connection, owner)
    happenings = sales.happenings(connection, owner, currencies)
    changes = entries.by_parent(connection, tables.rate_changes, owner, StoredRateChange, currencies)
    parts = entries.by_parent(connection, tables.part_payments, owner, StoredPartPayment, currencies)
    return Belongings(
        holdings=tuple(holding_of(row, marks.get(row.id, []), happenings.get(row.id, [])) for row in assets),
        debts=tuple(
            Debt(
                id=row.id,
                details=from_row(row, tables.liabilities, LiabilityDetails, row.currency),
                rate_changes=tuple(changes.get(row.id, ())),
                part_payments=tuple(parts.get(row.id, ())),
            )
            for row in liabilities
        ),
        versions={row.id: row.version for row in (*assets, *liabilities)},
        happenings=happenings,
        incomes=entries.by_parent(connection, tables.incomes, owner, Income, currencies),
    )


def holding_of(row: Row[Any], marks: Sequence[Any], happenings: Sequence[Happening]) -> Holding:
    """An asset ready for valuing."""
    details = from_row(row, tables.assets, AssetDetails, row.currency)
    steps = tuple(replay(happenings, details.currency).steps)
    return Holding(id=row.id, details=details, marks=tuple(marks), steps=steps)


def require_asset(connection: Connection, owner: str, asset_id: str) -> Row[Any]:
    """The stored asset. Raises AssetNotFound."""
    row = parents.find(connection, tables.assets, owner, asset_id)
    if row is None:
        raise AssetNotFound(f"no asset {asset_id}")
    return row


def require_liability(connection: Connection, owner: str, liability_id: str) -> Row[Any]:
    """The stored liability. Raises LiabilityNotFound."""
    row = parents.find(connection, tables.liabilities, owner, liability_id)
    if row is None:
        raise LiabilityNotFound(f"no liability {liability_id}")
    return row
