"""A household for tests of assets: neighbours that keep their Protocol with what a test gives them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypedDict

from finapp.assets.facade import LocalAssets
from finapp.kernel.clock import FixedClock
from finapp.kernel.ids import new_id
from finapp.kernel.months import Month, last_day, month_of, months_between
from finapp.platform.database import Database
from finapp.transactions.public import (
    AccountBalance,
    Coverage,
    DailyTotal,
    DatedRate,
    ExchangeRate,
    ExchangeRatePage,
    MonthlyTotal,
    Movement,
    Movements,
    TransactionFilter,
)
from tests.support import database

TODAY = date(2026, 7, 15)
NOON = datetime(2026, 7, 15, 12, tzinfo=UTC)
D = Decimal


@dataclass
class Ledger:
    """Transactions as assets asks it: accounts with dated balances, and light rows."""

    accounts: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    balances: dict[str, list[tuple[date, Decimal]]] = field(default_factory=dict)
    rows: list[Movement] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    rates: dict[tuple[str, date], Decimal] = field(default_factory=dict)
    """The household's own exchange rates to the rupee."""
    said: int = 0
    """Raised by a test that changes them."""

    def account(self, kind: str, balances: dict[str, str], currency: str = "INR", name: str = "") -> str:
        """An account that holds each amount from its day on."""
        account_id = new_id()
        self.accounts[account_id] = (name or kind, kind, currency)
        self.balances[account_id] = [(date.fromisoformat(day), D(amount)) for day, amount in balances.items()]
        return account_id

    def version(self, *, owner: str) -> str:
        return f"{self.said}:{len(self.rows)}:{len(self.accounts)}"

    def account_balances(self, *, owner: str, on: date) -> tuple[AccountBalance, ...]:
        self.asked.append("account_balances")
        return tuple(self._balances(on))

    def account_balances_by_month(self, *, owner: str, first: Month, last: Month) -> tuple[AccountBalance, ...]:
        self.asked.append("account_balances_by_month")
        return tuple(item for month in months_between(first, last) for item in self._balances(last_day(month)))

    def movements(self, *, owner: str, first: date | None, last: date | None, limit: int = 200_000) -> Movements:
        self.asked.append("movements")
        found = [
            row for row in self.rows if (first is None or row.date >= first) and (last is None or row.date <= last)
        ]
        return Movements(rows=tuple(sorted(found, key=lambda row: row.date)), truncated=False)

    def daily_totals(
        self, *, owner: str, first: date, last: date, account_id: str | None = None
    ) -> tuple[DailyTotal, ...]:
        self.asked.append("daily_totals")
        return tuple(
            _total(row) for row in self.rows if first <= row.date <= last and account_id in (None, row.account_id)
        )

    def filtered_totals(self, *, owner: str, where: TransactionFilter) -> tuple[DailyTotal, ...]:
        """Of a filter by days, account, flows and `is:in` or `is:out`."""
        assert where.first is not None
        assert where.last is not None
        sides = {"is:in": 1, "is:out": -1}
        found = self.daily_totals(owner=owner, first=where.first, last=where.last, account_id=where.account_id)
        return tuple(
            total for total in found if total.flow in where.flows and total.amount * sides[str(where.query)] > 0
        )

    def coverage(self, *, owner: str, account_id: str | None = None) -> Coverage:
        days = tuple(sorted({row.date for row in self.rows}))
        return Coverage(
            first=days[0] if days else None, last=days[-1] if days else None, rows=len(self.rows), active_days=days
        )

    def monthly_totals(
        self, *, owner: str, first: Month, last: Month, account_id: str | None = None
    ) -> tuple[MonthlyTotal, ...]:
        return tuple(
            MonthlyTotal(
                month=month_of(row.date),
                category=row.category,
                category_id="",
                flow=row.flow,
                need=row.need,
                currency=row.currency,
                amount=row.amount,
                count=1,
            )
            for row in self.rows
            if first <= month_of(row.date) <= last
        )

    def exchange_rates(self, *, owner: str, limit: int, cursor: str | None) -> ExchangeRatePage:
        found = [ExchangeRate(date=on, base=base, quote="INR", rate=rate) for (base, on), rate in self.rates.items()]
        return ExchangeRatePage(items=tuple(found), next_cursor=None)

    def exchange_rate(self, *, owner: str, base: str, quote: str, on: date) -> DatedRate:
        known = [(day, rate) for (currency, day), rate in self.rates.items() if currency == base and day <= on]
        day, rate = max(known, default=(None, None))
        reason = "no_rate" if rate is None else None
        return DatedRate(base=base, quote=quote, on=on, rate=rate, rate_reason=reason, rate_on=day, source="own")

    def move(self, account_id: str, day: str, amount: str, flow: str, description: str = "") -> str:
        """A row in an account; its balance follows."""
        on, change = date.fromisoformat(day), D(amount)
        known = self.balances[account_id]
        last = known[-1][1] if known else D("0.00")
        known.append((on, last + change))
        row_id = new_id()
        self.rows.append(
            Movement(
                id=row_id,
                account_id=account_id,
                date=on,
                amount=change,
                currency=self.accounts[account_id][2],
                description=description,
                merchant=None,
                category="x",
                flow=flow,  # type: ignore[arg-type]
                need=None,
                transfer_id=None,
            )
        )
        return row_id

    def _balances(self, on: date) -> Iterable[AccountBalance]:
        for account_id, (name, kind, currency) in self.accounts.items():
            known = [(day, amount) for day, amount in self.balances[account_id] if day <= on]
            yield AccountBalance(
                account_id=account_id,
                name=name,
                kind=kind,  # type: ignore[arg-type]
                currency=currency,
                interest_rate=None,
                balance=known[-1][1] if known else D("0.00"),
                on=on,
                first_row_on=min((day for day, _ in self.balances[account_id]), default=None),
                last_row_on=known[-1][0] if known else None,
            )


def _total(row: Movement) -> DailyTotal:
    return DailyTotal(
        day=row.date,
        category=row.category,
        category_id="",
        flow=row.flow,
        need=row.need,
        currency=row.currency,
        amount=row.amount,
        count=1,
    )


class People:
    """Auth as assets asks it."""

    def __init__(self) -> None:
        self.households: list[str] = []
        """Of each person, in the order in which they came."""

    def version(self, *, owner: str) -> str:
        return "0"

    def people(self, *, limit: int, cursor: str | None) -> Any:
        """Two to a page."""
        start = int(cursor or 0)
        page = self.households[start : start + 2]
        more = str(start + 2) if start + 2 < len(self.households) else None
        return SimpleNamespace(items=tuple(SimpleNamespace(household_id=owner) for owner in page), next_cursor=more)

    def household(self, *, owner: str) -> Any:
        return SimpleNamespace(id=owner, currency="INR", locale="en-IN", members=())


class FixedRates:
    """Exchange rates that a test states."""

    def __init__(self, rates: dict[tuple[str, str], str]) -> None:
        self.rates = rates

    def rate(self, *, currency: str, to: str, on: date) -> Decimal | None:
        found = self.rates.get((currency, on.isoformat())) or self.rates.get((currency, ""))
        return None if found is None else D(found)


class Acting(TypedDict):
    """Who acts for which household."""

    owner: str
    person: str


@dataclass
class Household:
    """A household's facade with the ids a test needs."""

    facade: LocalAssets
    ledger: Ledger
    owner: str
    person: str
    database: Database
    kept_later: list[str]
    """Households whose last month's end was asked to be kept."""
    clock: FixedClock
    people: People

    @property
    def who(self) -> Acting:
        """Owner and person for a command."""
        return {"owner": self.owner, "person": self.person}


@contextmanager
def household(tmp_path: Path, rates: dict[tuple[str, str], str] | None = None) -> Iterator[Household]:
    """An empty household on a migrated database of its own."""
    clock = FixedClock(NOON)
    ledger, people = Ledger(), People()
    stored = database("assets", tmp_path, clock)
    kept: list[str] = []
    facade = LocalAssets(
        database=stored,
        keep_snapshot_later=kept.append,
        clock=clock,
        auth=people,  # type: ignore[arg-type]
        transactions=ledger,  # type: ignore[arg-type]
        rates=FixedRates(rates or {}),
    )
    try:
        made = Household(
            facade=facade,
            ledger=ledger,
            owner=new_id(),
            person=new_id(),
            database=stored,
            kept_later=kept,
            clock=clock,
            people=people,
        )
        people.households.append(made.owner)
        yield made
    finally:
        stored.close()
