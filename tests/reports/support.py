"""The reports context on a real database with small neighbours that keep the parts of their Protocols it asks for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from finapp.analytics.public import TypicalMonth
from finapp.assets.public import Loan, Loans
from finapp.kernel import ids
from finapp.kernel.basis import Basis
from finapp.kernel.clock import FixedClock
from finapp.kernel.money import to_minor
from finapp.kernel.months import Month, add_months, month_of
from finapp.kernel.who import Who
from finapp.platform import operations, problems
from finapp.platform.answers import Answers
from finapp.platform.database import Database
from finapp.reports.facade import LocalReports
from finapp.reports.router import router
from finapp.transactions.public import (
    AccountBalance,
    MonthlyTotal,
    Movement,
    MovementColumns,
    MovementKind,
    Movements,
    Suggestion,
    UnlabelledRow,
)
from tests.support import database

TODAY = date(2026, 7, 15)
CLOCK = FixedClock(datetime(2026, 7, 15, 12, tzinfo=UTC))
NOTHING = Basis(formula="test", version=1)
MONTHS = tuple(Month(f"2025-{number:02d}") for number in range(7, 13)) + tuple(
    Month(f"2026-{number:02d}") for number in range(1, 7)
)


def movement(number: int, day: date, amount: str, text: str, account: str = "salary", category: str = "x") -> Movement:
    flow = "income" if Decimal(amount) > 0 else "expense"
    return Movement(
        id=f"m{number}",
        account_id=account,
        date=day,
        amount=Decimal(amount),
        currency="INR",
        description=text,
        merchant=None,
        category=category,
        flow=flow,
        need=None,
        transfer_id=None,
    )


def household_rows() -> tuple[Movement, ...]:
    """Twelve months of salary on the 1st, an instalment on the 5th and rent on the 7th."""
    rows = []
    for number in range(12):
        for day, amount, text in (
            (1, "120000.00", "NEFT CR-ACME TECH-SALARY"),
            (5, "-30000.00", "ACH D- HDFC LTD EMI"),
            (7, "-25000.00", "UPI/RAVI KUMAR/RENT"),
        ):
            when = add_months(date(2025, 8, day), number - 1)
            rows.append(movement(len(rows), when, amount, text))
    return tuple(rows)


def columns(rows: Sequence[Movement]) -> MovementColumns:
    """Rows as the ledger gives whole histories."""
    kinds = [
        MovementKind(
            account_id=row.account_id,
            currency=row.currency,
            merchant=row.merchant,
            category=row.category,
            flow=row.flow,
        )
        for row in rows
    ]
    places = {kind: place for place, kind in enumerate(dict.fromkeys(kinds))}
    return MovementColumns(
        ids=tuple(row.id for row in rows),
        dates=tuple(row.date for row in rows),
        amounts=tuple(to_minor(row.amount, row.currency) for row in rows),
        descriptions=tuple(row.description for row in rows),
        kinds=tuple(places[kind] for kind in kinds),
        of_kind=tuple(places),
        truncated=False,
    )


@dataclass
class Neighbours:
    """Stands in for auth, transactions, assets and analytics at once."""

    rows: tuple[Movement, ...] = field(default_factory=household_rows)
    loan_items: tuple[Loan, ...] = ()
    guessed: str = "services"
    told: dict[str, tuple[Movement, ...]] = field(default_factory=dict)
    """The rows at each version that was asked for."""
    writes: int = 0
    asked: list[tuple[date | None, date | None]] = field(default_factory=list)
    positions: tuple[Any, ...] = field(
        default_factory=lambda: tuple(
            SimpleNamespace(id=tier, kind="asset", name=tier, liquidity=tier, converted=Decimal(amount), reason=None)
            for tier, amount in (("today", "200000.00"), ("days", "100000.00"), ("locked", "500000.00"))
        )
    )

    def version(self, *, owner: str) -> str:
        version = f"{len(self.rows)}-{self.writes}"
        self.told[version] = self.rows
        return version

    def household(self, *, owner: str) -> Any:
        return SimpleNamespace(currency="INR")

    def movements(self, *, owner: str, first: date | None, last: date | None, limit: int = 200_000) -> Movements:
        self.asked.append((first, last))
        kept = [row for row in self.rows if (last is None or row.date <= last) and (first is None or row.date >= first)]
        rows = tuple(sorted(kept, key=lambda row: (row.date, row.id)))
        return Movements(rows=rows[:limit], truncated=len(rows) > limit)

    def movement_columns(
        self, *, owner: str, first: date | None, last: date | None, limit: int = 200_000
    ) -> MovementColumns:
        found = self.movements(owner=owner, first=first, last=last, limit=limit)
        return replace(columns(found.rows), truncated=found.truncated)

    def monthly_totals(
        self, *, owner: str, first: Month, last: Month, account_id: str | None = None
    ) -> tuple[MonthlyTotal, ...]:
        sums: dict[tuple[Month, str, str], list[Decimal]] = {}
        for row in self.rows:
            sums.setdefault((month_of(row.date), row.category, row.flow), []).append(row.amount)
        return tuple(
            MonthlyTotal(
                month=month,
                category=category,
                category_id=category,
                flow=flow,  # type: ignore[arg-type]
                need=None,
                currency="INR",
                amount=sum(amounts, Decimal(0)),
                count=len(amounts),
            )
            for (month, category, flow), amounts in sorted(sums.items())
        )

    def changed_days(self, *, owner: str, since: str) -> tuple[date, ...] | None:
        before, now = set(self.told.get(since, ())), set(self.rows)
        return tuple(sorted({row.date for row in before ^ now})) if since in self.told else None

    def account_balances(self, *, owner: str, on: date) -> tuple[AccountBalance, ...]:
        return tuple(
            AccountBalance(
                account_id=name,
                name=name,
                kind="savings",
                currency="INR",
                interest_rate=rate,
                balance=balance,
                on=on,
                last_row_on=None,
            )
            for name, rate, balance in (
                ("salary", Decimal("0.03"), Decimal("150000.00")),
                ("saver", Decimal("0.07"), Decimal("50000.00")),
            )
        )

    def suggest(
        self, *, owner: str, country: str | None, currency: str | None, rows: tuple[UnlabelledRow, ...]
    ) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion(
                category=None,
                category_best=self.guessed,
                candidates=(),
                confidence=Decimal("0.9"),
                source="model",
                merchant=None,
                why="",
            )
            for _ in rows
        )

    def loans(self, *, owner: str, as_of: date) -> Loans:
        return Loans(as_of=as_of, items=self.loan_items, basis=NOTHING)

    def net_worth(self, *, owner: str, as_of: date) -> Any:
        return SimpleNamespace(positions=self.positions)

    def typical_month(self, *, owner: str, as_of: date) -> TypicalMonth:
        money = Decimal
        return TypicalMonth(
            as_of=as_of,
            currency="INR",
            months=MONTHS,
            complete=True,
            reason=None,
            income=money("120000.00"),
            expenses=money("50000.00"),
            essential=money("35000.00"),
            discretionary=money("15000.00"),
            debt_service=money("30000.00"),
            invested=money("10000.00"),
            saved=money("40000.00"),
            savings_rate=money("0.3333"),
            savings_rate_reason=None,
            income_band=None,
            expenses_band=None,
            essential_band=None,
            expenses_by_month=(money("50000.00"),) * 12,
            essential_by_month=tuple(money(35000 + 1000 * (number % 3 - 1)) for number in range(12)),
            income_by_month=(money("120000.00"),) * 12,
            saved_by_month=(money("40000.00"),) * 12,
            basis=NOTHING,
        )


HOME = Loan(
    id="home",
    name="Home loan",
    kind="home_loan",
    currency="INR",
    account_id=None,
    outstanding=Decimal("2500000.00"),
    outstanding_source="schedule",
    annual_rate=Decimal("0.085"),
    rate_kind="floating",
    instalment=Decimal("24618.00"),
    next_due_on=date(2026, 8, 5),
    months_remaining=180,
    interest_remaining=None,
    ends_on=None,
)


def facade(store: Database, neighbours: Neighbours) -> LocalReports:
    """The facade on a migrated database."""
    found: Any = neighbours
    return LocalReports(database=store, clock=CLOCK, auth=found, transactions=found, assets=found, analytics=found)


@contextmanager
def client(directory: Path, neighbours: Neighbours) -> Iterator[TestClient]:
    """The routes of this context for a signed-in person."""
    household = ids.new_id()
    app = FastAPI()
    store = database("reports", directory, CLOCK)
    app.state.facades = {"reports": facade(store, neighbours)}
    app.state.clock = CLOCK
    app.state.answers = Answers()
    operations.serve(app, [operations.section(router)])
    problems.install(app)

    @app.middleware("http")
    async def signed_in(request: Any, call_next: Any) -> Any:
        request.state.who = Who(
            person=household, household=household, session="s", administrator=False, scopes=None, expires_at=9e12
        )
        return await call_next(request)

    with TestClient(app, raise_server_exceptions=False) as found:
        yield found
    store.close()
