"""Turns what the neighbours know of a household into the questions that the reports answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import compress
from typing import Literal

from finapp.analytics.public import TypicalMonth
from finapp.assets.public import Loan as OwedLoan
from finapp.assets.public import Position
from finapp.kernel.money import rounded
from finapp.kernel.months import add_months
from finapp.reports.domain.recurring.calendar import expected
from finapp.reports.domain.recurring.rows import Columns, Kind
from finapp.reports.domain.sweep.past import Booked
from finapp.reports.public import (
    DatedMoney,
    EmergencyQuestion,
    Liquid,
    LiquidSource,
    Loan,
    PrepaymentQuestion,
    RateChange,
    RecurringPayments,
    RecurringStream,
    SweepAccount,
    SweepChoices,
    SweepQuestion,
    Tier,
)
from finapp.transactions.public import AccountBalance, Movement, MovementColumns

SWEEP_DAYS = 92
_ZERO = Decimal(0)
HOLDS_MONEY = ("checking", "savings", "overdraft")


def recurring_columns(found: MovementColumns, currency: str) -> Columns:
    """Rows as the detector reads them; rows in another currency are left out."""
    kinds = [
        Kind(kind.account_id, kind.merchant, None if kind.category == "uncategorized" else kind.category, kind.flow)
        for kind in found.of_kind
    ]
    days = {day: day.toordinal() for day in set(found.dates)}
    wanted = [kind.currency == currency for kind in found.of_kind]
    mine = [wanted[place] for place in found.kinds]
    return Columns(
        ids=list(compress(found.ids, mine)),
        days=[days[day] for day in compress(found.dates, mine)],
        amounts=list(compress(found.amounts, mine)),
        kinds=[kinds[place] for place in compress(found.kinds, mine)],
        descriptions=list(compress(found.descriptions, mine)),
    )


def emergency_question(
    month: TypicalMonth, positions: Sequence[Position], earners: int, currency: str
) -> EmergencyQuestion:
    """The emergency fund of a household: medians of its complete months, liquid money by tier, what it owes."""
    sources = _sources(positions, currency)
    return EmergencyQuestion(
        currency=currency,
        liquid=None if sources is None else _liquid(sources, currency),
        liquid_reason="no_exchange_rate" if sources is None else None,
        sources=sources or (),
        essential=None if month.essential is None else max(month.essential, _ZERO),
        essential_by_month=month.essential_by_month if month.complete else (),
        income_by_month=month.income_by_month if month.complete else (),
        earners=max(earners, 1),
        debt_service=max(month.debt_service or _ZERO, _ZERO),
        monthly_saving=month.saved,
        debt_outstanding=_owed(positions, currency),
    )


def earners_of(found: RecurringPayments) -> int:
    """Different payers of salaries that are live."""
    return len(
        {
            stream.merchant.casefold()
            for stream in found.streams
            if stream.direction == "in"
            and stream.category == "income_salary"
            and stream.status in ("mature", "overdue")
        }
    )


def _owed(positions: Sequence[Position], currency: str) -> Decimal:
    """Loans by what is outstanding; those without an exchange rate are left out."""
    owed = [-held.converted for held in positions if held.kind == "liability" and held.converted is not None]
    return rounded(max(sum(owed, _ZERO), _ZERO), currency)


def _sources(positions: Sequence[Position], currency: str) -> tuple[LiquidSource, ...] | None:
    """The accounts and assets that hold money; None when one of them has no exchange rate."""
    found: list[LiquidSource] = []
    for held in positions:
        if held.liquidity is None or held.reason == "no_valuation":
            continue
        if held.converted is None:
            return None
        if held.converted > 0:
            amount = rounded(held.converted, currency)
            found.append(LiquidSource(id=held.id, name=held.name, tier=held.liquidity, amount=amount))
    return tuple(found)


def _liquid(sources: Sequence[LiquidSource], currency: str) -> Liquid:
    zero = rounded(_ZERO, currency)
    tiers: tuple[Tier, ...] = ("today", "days", "months", "locked")
    return Liquid(**{tier: sum((one.amount for one in sources if one.tier == tier), zero) for tier in tiers})


def prepayment_question(
    loans: Sequence[OwedLoan], month: TypicalMonth, currency: str, as_of: date
) -> PrepaymentQuestion | None:
    """The household's loans that repay themselves, and what a typical month leaves over after investing."""
    repaid = tuple(
        Loan(
            id=loan.id,
            name=loan.name,
            outstanding=rounded(loan.outstanding, currency),
            annual_rate=loan.annual_rate,
            instalment=rounded(loan.instalment, currency),
            next_due_on=_soon(loan.next_due_on, as_of),
            rate_changes=tuple(RateChange(on=one.date, annual_rate=one.annual_rate) for one in loan.rate_changes),
            on_rate_change=_gives_way(loan),
        )
        for loan in loans
        if loan.currency == currency and loan.instalment and loan.annual_rate is not None and _repays(loan)
    )
    if not repaid:
        return None
    left = (month.saved or _ZERO) - (month.invested or _ZERO)
    return PrepaymentQuestion(currency=currency, loans=repaid, extra_monthly=rounded(max(left, _ZERO), currency))


def _gives_way(loan: OwedLoan) -> Literal["tenure", "instalment"]:
    """What the lender changes at the next reset: a loan that keeps its last date has its instalment solved anew."""
    keeps_date = bool(loan.rate_changes) and loan.rate_changes[0].keep == "end_date"
    return "instalment" if keeps_date else "tenure"


def _soon(due: date | None, as_of: date) -> date | None:
    """A due day within a month; later ones belong to loans that are not repaid monthly."""
    return due if due is not None and as_of < due <= add_months(as_of, 1) else None


def _repays(loan: OwedLoan) -> bool:
    if loan.annual_rate is None or loan.instalment is None:
        return False
    later = [change.annual_rate for change in loan.rate_changes] if _gives_way(loan) == "tenure" else []
    return 0 < loan.outstanding * max([loan.annual_rate, *later]) / 12 < loan.instalment


def sweep_question(
    found: RecurringPayments, balances: Sequence[AccountBalance], month: TypicalMonth, as_of: date
) -> SweepQuestion | str:
    """Accounts that hold money and the expected rows of the next 92 days; a reason when there is nothing to plan.

    The first account is the one that the largest recurring income reaches. What a typical month spends beyond its
    recurring payments stays there as a buffer. An unknown interest rate counts as 0.
    """
    holding = {b.account_id: b for b in balances if b.kind in HOLDS_MONEY and b.currency == found.currency}
    live = [stream for stream in found.streams if stream.status in ("mature", "overdue")]
    incomes = [stream for stream in live if stream.direction == "in" and stream.account_id in holding]
    if not incomes:
        return "no_salary_account"
    if len(holding) < 2:
        return "one_account"
    salary = max(incomes, key=lambda stream: stream.monthly_equivalent).account_id or ""
    others = sorted((b for b in holding.values() if b.account_id != salary), key=lambda b: -(b.interest_rate or _ZERO))
    planned = [stream for stream in live if stream.account_id in holding and stream.category != "transfer"]
    spent = (month.expenses or _ZERO) + (month.debt_service or _ZERO) + (month.invested or _ZERO)
    beyond = max(spent - sum((s.monthly_equivalent for s in planned if s.direction == "out"), _ZERO), _ZERO)
    last = as_of + timedelta(days=SWEEP_DAYS - 1)
    return SweepQuestion(
        currency=found.currency,
        accounts=tuple(_sweep_account(b) for b in (holding[salary], *others[:4])),
        credits=tuple(_dated(planned, "in", as_of, last)),
        debits=tuple(_dated(planned, "out", as_of, last)),
        horizon=SWEEP_DAYS,
        buffer=rounded(min(beyond, max(holding[salary].balance, _ZERO)), found.currency),
    )


def chosen(question: SweepQuestion, choices: SweepChoices) -> SweepQuestion:
    """The question planned as the household wants it."""
    return replace(
        question,
        transfer_cost=choices.transfer_cost,
        max_transfers=choices.max_transfers,
        transfer_minimum=choices.transfer_minimum,
        needed=choices.needed,
    )


def are_foreign(balances: Sequence[AccountBalance], currency: str) -> bool:
    """Whether accounts have rows, but none in a currency."""
    return any(b.last_row_on is not None for b in balances) and all(b.currency != currency for b in balances)


def _spread(stream: RecurringStream) -> Decimal:
    """Standard deviation of a variable amount: a quarter of its range."""
    spread = (stream.amount.high - stream.amount.low) / 4 if stream.amount.kind == "variable" else _ZERO
    return spread.quantize(stream.amount.typical)


def booked(rows: Sequence[Movement]) -> tuple[Booked, ...]:
    """Rows as the replay of past months reads them."""
    return tuple(
        Booked(account_id=row.account_id, date=row.date, amount=row.amount, transfer_id=row.transfer_id) for row in rows
    )


def _sweep_account(balance: AccountBalance) -> SweepAccount:
    overdraft = balance.kind == "overdraft"
    return SweepAccount(
        id=balance.account_id,
        balance=max(balance.balance, _ZERO),
        annual_rate=balance.interest_rate or _ZERO,
        kind="overdraft" if overdraft else "savings",
        maximum=max(-balance.balance, _ZERO) if overdraft else None,
    )


def _dated(planned: Sequence[RecurringStream], direction: str, first: date, last: date) -> Iterator[DatedMoney]:
    """Expected rows; a variable debit deviates by a quarter of its range."""
    for stream in planned:
        if stream.direction != direction:
            continue
        for item in expected(stream, first + timedelta(days=1), last):
            yield DatedMoney(
                date=item.date,
                amount=abs(item.amount),
                account_id=stream.account_id,
                deviation=_spread(stream) if direction == "out" else _ZERO,
                name=stream.name,
                stream_id=stream.id,
            )
