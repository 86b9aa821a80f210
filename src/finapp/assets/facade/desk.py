"""What every part of the facade works with: the household's stored things, found once per version."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from finapp.assets import tables
from finapp.assets.domain.estate import Estate, LedgerAccount, Rates
from finapp.assets.domain.matching import WINDOW_DAYS, Paid
from finapp.assets.domain.net_worth import net_worth
from finapp.assets.facade.belongings import Belongings, Events, read_belongings, read_events
from finapp.assets.facade.rates import HouseholdRates
from finapp.assets.public import AssetNotFound, LiabilityNotFound, NetWorth
from finapp.assets.store import parents
from finapp.auth.public import Auth
from finapp.kernel.clock import Clock
from finapp.kernel.errors import Invalid
from finapp.kernel.months import last_day, month_of, shift
from finapp.platform.database import Database
from finapp.platform.memory import Memory
from finapp.transactions.public import AccountBalance, Movement, Transactions

KEPT = 16
WORTHS = 256
"""Answers kept, of all households together."""


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
        self._reference = rates
        self._keep_snapshot_later = keep_snapshot_later
        self._wanted: set[tuple[str, str]] = set()
        self._kept: OrderedDict[str, tuple[int, Belongings]] = OrderedDict()
        self._kept_events: OrderedDict[str, tuple[int, Events]] = OrderedDict()
        self._lock = threading.Lock()
        self._worths: Memory[NetWorth] = Memory(most=WORTHS)

    def version(self, *, owner: str) -> str:
        own = self._database.version(owner)
        return f"{own}.{self._transactions.version(owner=owner)}.{self._auth.version(owner=owner)}"

    def _rates(self, owner: str) -> Rates:
        """Exchange rates of the household."""
        return HouseholdRates(owner=owner, transactions=self._transactions, reference=self._reference)

    def _worth(self, owner: str, as_of: date) -> NetWorth:
        """Net worth at the end of a day, composed once per state of what it rests on: many answers begin with it.

        It rests on the household's currency, not on its people: asking for that costs no more calls than composing.
        """
        currency = self._auth.household(owner=owner).currency
        key = (owner, as_of, currency, self._database.version(owner), self._transactions.version(owner=owner))
        return self._worths.answer(key, lambda: net_worth(self._estate(owner, [as_of], currency), self._rates(owner)))

    def _want_snapshot(self, owner: str) -> None:
        """Has the last month's end kept in the background; asked for once a month in this process."""
        month = (owner, month_of(self._clock.today()))
        if month not in self._wanted:
            self._wanted.add(month)
            self._keep_snapshot_later(owner)

    def _belongings(self, owner: str) -> Belongings:
        version = self._database.version(owner)
        with self._lock:
            kept = self._kept.get(owner)
            if kept is not None:
                self._kept.move_to_end(owner)
                if kept[0] == version:
                    return kept[1]
        with self._database.read() as connection:
            made = read_belongings(connection, owner, None if kept is None else kept[1])
        with self._lock:
            self._kept[owner] = (version, made)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def _events(self, owner: str) -> Events:
        """What happened to the household's assets, read once per version."""
        version = self._database.version(owner)
        with self._lock:
            kept = self._kept_events.get(owner)
        if kept is not None and kept[0] == version:
            return kept[1]
        with self._database.read() as connection:
            made = read_events(connection, owner)
        with self._lock:
            self._kept_events[owner] = (version, made)
            self._kept_events.move_to_end(owner)
            while len(self._kept_events) > KEPT:
                self._kept_events.popitem(last=False)
        return made

    def _estate(self, owner: str, days: Sequence[date], currency: str | None = None) -> Estate:
        """Everything over `days`, the ledger's balances asked of transactions in one call for many days."""
        accounts = self._accounts(owner, days)
        belongings = self._belongings(owner)
        return Estate(
            currency=currency or self._auth.household(owner=owner).currency,
            days=tuple(days),
            holdings=belongings.holdings,
            debts=belongings.debts,
            accounts=accounts,
        )

    def _accounts(self, owner: str, days: Sequence[date]) -> dict[str, LedgerAccount]:
        balances: list[AccountBalance] = []
        asked: set[date] = set()
        whole = [day for day in days if day == last_day(month_of(day))]
        if len(whole) > 1:
            first, last = month_of(whole[0]), month_of(whole[-1])
            balances.extend(self._transactions.account_balances_by_month(owner=owner, first=first, last=last))
            asked = set(whole)
        for day in days:
            if day not in asked:
                balances.extend(self._transactions.account_balances(owner=owner, on=day))
        return _by_account(balances, days)

    def _moved_out(self, owner: str, first: date, last: date, but: str | None = None) -> list[tuple[str, Paid]]:
        """Money that left an account other than `but` from a little before `first` to a little after `last`, with
        its currency."""
        window = timedelta(days=WINDOW_DAYS)
        moved = self._transactions.movements(owner=owner, first=first - window, last=last + window)
        return [
            (row.currency, _paid(row))
            for row in moved.rows
            if row.amount < 0 and (but is None or row.account_id != but)
        ]

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


def _paid(row: Movement) -> Paid:
    is_debt = row.flow == "debt"
    return Paid(id=row.id, account_id=row.account_id, date=row.date, amount=-row.amount, is_debt=is_debt)


def _by_account(balances: Sequence[AccountBalance], days: Sequence[date]) -> dict[str, LedgerAccount]:
    named: dict[str, AccountBalance] = {}
    on_day: dict[tuple[str, date], AccountBalance] = {}
    for item in balances:
        named[item.account_id] = item
        on_day[item.account_id, item.on] = item
    return {account_id: _ledger_account(item, days, on_day) for account_id, item in named.items()}


def _ledger_account(
    item: AccountBalance, days: Sequence[date], on_day: dict[tuple[str, date], AccountBalance]
) -> LedgerAccount:
    begins = None if item.first_row_on is None else last_day(shift(month_of(item.first_row_on), -1))
    found = [on_day.get((item.account_id, day)) for day in days]
    known = [None if begins is not None and day < begins else at for day, at in zip(days, found, strict=True)]
    return LedgerAccount(
        id=item.account_id,
        name=item.name,
        kind=item.kind,
        currency=item.currency,
        begins=begins,
        balances=[None if at is None else at.balance for at in known],
        last_rows=[None if at is None else at.last_row_on for at in known],
    )


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
