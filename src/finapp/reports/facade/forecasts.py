"""Turns what the neighbours know of a household into the question of its cash forecast."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from finapp.assets.public import Loan
from finapp.kernel.money import rounded
from finapp.kernel.months import last_day, month_of, shift
from finapp.reports.domain.forecast import instalments
from finapp.reports.domain.forecast.habits import RECENT, WEEKS, expected_items, habits
from finapp.reports.domain.recurring.book import Book
from finapp.reports.facade.households import HOLDS_MONEY
from finapp.reports.public import (
    ForecastAccount,
    ForecastInstalment,
    ForecastQuestion,
    RecurringPayments,
    RecurringStream,
)
from finapp.transactions.public import AccountBalance

FORECAST_MONTHS = 24
_LEARNED = timedelta(weeks=WEEKS)
_ZERO = Decimal(0)


def why_no_forecast(balances: Sequence[AccountBalance]) -> str:
    """Why no account can be forecast: those that hold money are in other currencies, or there are none."""
    return "other_currency" if any(b.kind in HOLDS_MONEY for b in balances) else "no_accounts"


def forecast_question(
    found: RecurringPayments,
    balances: Sequence[AccountBalance],
    loans: Sequence[Loan],
    book: Book,
    as_of: date,
) -> ForecastQuestion | None:
    """Accounts that hold money, the expected rows of their streams and loans for 24 months, and what they do beside
    those. An instalment that no stream shows yet is taken to leave the account that pays most."""
    held = [b for b in balances if b.kind in HOLDS_MONEY and b.currency == found.currency]
    if not held:
        return None
    accounts = {b.account_id for b in held}
    live = [
        stream for stream in found.streams if stream.status in ("mature", "overdue") or stream.decision == "confirmed"
    ]
    last = last_day(shift(month_of(as_of), FORECAST_MONTHS))
    planned = [stream for stream in live if stream.account_id in accounts and stream.next_on is not None]
    used = frozenset(row for stream in planned for row in stream.transaction_ids)
    owed = [_instalment(loan) for loan in loans if loan.currency == found.currency and loan.instalment]
    due = [one for one in owed if one is not None]
    amounts = book.amounts({row for stream in planned for row in stream.transaction_ids[-RECENT:]})
    moved = book.moved(as_of - _LEARNED, as_of, used)
    paid = instalments.payers(due, live)
    expected_rows = expected_items(planned, amounts, as_of, last, book.seen(as_of), instalments.last_days(paid))
    unpaid = [one for one in due if one not in paid]
    unseen = instalments.unseen(unpaid, _pays_most(planned, held), as_of, last)
    return ForecastQuestion(
        currency=found.currency,
        accounts=tuple(ForecastAccount(id=b.account_id, name=b.name, balance=b.balance) for b in held),
        items=(*expected_rows, *unseen),
        instalments=tuple(
            ForecastInstalment(loan=one.name, paid_by=paid[one].name if one in paid else None) for one in due
        ),
        habits=habits(moved, book.first_days(as_of), sorted(accounts), as_of),
        months=FORECAST_MONTHS,
    )


def _instalment(loan: Loan) -> instalments.Instalment | None:
    if loan.instalment is None or loan.next_due_on is None:
        return None
    amount = rounded(loan.instalment, loan.currency)
    return instalments.Instalment(
        loan_id=loan.id, name=loan.name, amount=amount, next_due_on=loan.next_due_on, ends_on=loan.ends_on
    )


def _counted(instalment: instalments.Instalment, paid: RecurringStream | None) -> ForecastInstalment:
    return ForecastInstalment(loan=instalment.name, paid_by=None if paid is None else paid.name)


def _pays_most(planned: Sequence[RecurringStream], held: Sequence[AccountBalance]) -> str:
    paid = {b.account_id: _ZERO for b in held}
    for stream in planned:
        if stream.direction == "out" and stream.account_id is not None:
            paid[stream.account_id] += stream.monthly_equivalent
    return max(paid, key=lambda account: (paid[account], account))
